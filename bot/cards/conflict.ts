// Both versions of a field that two people changed: whose to keep, field by field, with nothing lost meanwhile.
import type { AnswerableKind } from './verbs';
import type { Ref } from '../board/model';
import type { FormValues } from './fields';
import { button, buttons, cardOf, clean, container, heading, label, paragraph } from './kit';
import type { CardJson } from './kit';
import { keepPrefix } from './verbs';

export interface ConflictCardInput {
  readonly boardId: string;
  readonly kind: AnswerableKind;
  readonly ref: Ref;
  readonly title: string;
  readonly nonce: string;
  /** The version that holds theirs. */
  readonly currentVersion: string;
  readonly period?: string;
  /** In words; `field` is the input's name. */
  readonly changed: readonly {
    readonly field: string;
    readonly label: string;
    readonly theirs: string;
    readonly yours: string;
  }[];
  readonly shown: FormValues;
  readonly typed: FormValues;
}

/** Asks whose version to keep; Save writes yours over theirs only where chosen. */
export function conflictCard(input: ConflictCardInput): CardJson {
  const data = {
    boardId: input.boardId,
    kind: input.kind,
    ref: input.ref,
    nonce: input.nonce,
    ...(input.currentVersion === '' ? {} : { version: input.currentVersion }),
    ...(input.period === undefined ? {} : { period: input.period }),
    shown: input.shown,
    typed: input.typed,
  };
  const body = [
    heading(`${input.ref} was changed meanwhile`),
    paragraph([{ text: clean(input.title, 200), bold: true }], { spacing: 'None' }),
    paragraph([
      'The same thing was changed after this form was opened. Nothing you typed is lost, and nothing in the record is overwritten yet. Choose what the board should see.',
    ]),
    ...input.changed.map(fieldOf),
    buttons(
      [
        button('Save my choice', 'resolve', data, { style: 'positive' }),
        button(
          'Leave as it is now',
          'open',
          { boardId: input.boardId, kind: input.kind, ref: input.ref },
          { leaves: true },
        ),
      ],
      { spacing: 'Medium' },
    ),
  ];
  return cardOf(body, `${input.ref} was changed meanwhile. Choose which version to keep.`);
}

function fieldOf(one: ConflictCardInput['changed'][number]): CardJson {
  return container(
    [
      paragraph([{ text: 'Now in the record: ', bold: true }, clean(one.theirs, 400)]),
      paragraph([{ text: 'Yours: ', bold: true }, clean(one.yours, 400)], { spacing: 'Small' }),
      {
        type: 'Input.ChoiceSet',
        id: `${keepPrefix}${one.field}`,
        label: label(`${one.label}: which one to keep? (required)`),
        style: 'expanded',
        value: 'mine',
        isRequired: true,
        errorMessage: 'Choose which one to keep.',
        choices: [
          { title: 'Mine', value: 'mine' },
          { title: 'What is in the record now', value: 'theirs' },
        ],
      },
    ],
    { separator: true, spacing: 'Medium' },
  );
}
