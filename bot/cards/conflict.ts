// Both versions of what two people changed: whose to keep, field by field, or both; nothing that was typed is lost meanwhile.
import type { AnswerableKind } from './verbs';
import type { Ref } from '../board/model';
import { normalised } from './fields';
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
  /** Who changed it, where the record says so. */
  readonly by?: string;
  /** When they did, in words. */
  readonly atWords?: string;
  /** "3 of 6", or "2 of 3, each saved by itself": where the person goes on afterwards. */
  readonly progress?: string;
  /** Comes back with the buttons of a card that is one of several. */
  readonly place?: string;
  /** In words; `field` is the input's name. */
  readonly changed: readonly ChangedField[];
  readonly shown: FormValues;
  readonly typed: FormValues;
}

export interface ChangedField {
  readonly field: string;
  readonly label: string;
  readonly theirs: string;
  readonly yours: string;
  /** Both texts as one, where they fit into the field together. */
  readonly both?: string;
}

/** Asks whose version to keep; Save writes yours over theirs only where chosen, the rest of the answer with it. */
export function conflictCard(input: ConflictCardInput): CardJson {
  const { boardId, kind, ref, typed, place, changed } = input;
  const both = Object.fromEntries(changed.flatMap((one) => (one.both === undefined ? [] : [[one.field, one.both]])));
  const placed = place === undefined ? {} : { place };
  const data = {
    ...{ boardId, kind, ref, nonce: input.nonce },
    ...(input.currentVersion === '' ? {} : { version: input.currentVersion }),
    ...(input.period === undefined ? {} : { period: input.period }),
    ...placed,
    ...(Object.keys(both).length === 0 ? {} : { both }),
    shown: input.shown,
    typed,
  };
  const said = normalised(typed['narrative'] ?? '');
  const body = [
    heading(`${ref} was changed meanwhile`),
    paragraph([{ text: clean(input.title, 200), bold: true }], { spacing: 'None' }),
    ...(input.progress === undefined
      ? []
      : [paragraph([{ text: clean(input.progress, 100), subtle: true, size: 'small' }], { spacing: 'Small' })]),
    paragraph([
      `${input.by === undefined ? 'It was changed' : `${clean(input.by, 80)} changed it${input.atWords === undefined ? '' : ` on ${input.atWords},`}`} after this form was opened. Nothing is overwritten yet, and what you typed is kept. Choose what the board should see.`,
    ]),
    ...changed.map(fieldOf),
    ...(said === ''
      ? []
      : [
          paragraph([{ text: 'Saved with it, as you wrote it: ', bold: true }, clean(said, 200)], {
            separator: true,
            spacing: 'Medium',
          }),
        ]),
    buttons(
      [
        button('Save my choice', 'resolve', data, { style: 'positive' }),
        button('Edit my answer', 'open', { boardId, kind, ref, typed, ...placed }, { leaves: true }),
      ],
      { spacing: 'Medium' },
    ),
  ];
  return cardOf(body, `${ref} was changed meanwhile. Choose which version to keep.`);
}

function fieldOf(one: ChangedField): CardJson {
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
          ...(one.both === undefined ? [] : [{ title: 'Both, one after the other', value: 'both' }]),
        ],
      },
    ],
    { separator: true, spacing: 'Medium' },
  );
}
