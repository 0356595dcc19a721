// The form for one item: what is known, the inputs with their last values, errors beside their field, three buttons.
import type { Ref, SubjectKind } from '../board/model';
import { shownValues } from './fields';
import type { Field, FormValues } from './fields';
import { fieldOf, privacyWarnings, problems } from './formParts';
import type { FormIssue } from './formParts';
import { button, buttons, cardBytes, cardLimitBytes, cardOf, clean, container, heading, paragraph } from './kit';
import type { CardJson } from './kit';
import { receiptBar, staleLine } from './owner';
import type { UndoOffer } from './owner';
import { kindWords, statusRuns } from './words';
import type { StatusWords } from './words';

export interface ItemCardInput {
  readonly boardId: string;
  readonly kind: SubjectKind;
  readonly ref: Ref;
  readonly title: string;
  /** One a form shown: names what its Save writes, however often it arrives. */
  readonly nonce: string;
  /** The version the person sees. */
  readonly version?: string;
  /** The month of the reading asked for. */
  readonly period?: string;
  readonly fields: readonly Field[];
  /** What the record says now. */
  readonly status?: StatusWords;
  readonly reason?: string;
  readonly due?: string;
  readonly deputyFor?: string;
  /** "The dates say off track: ..." where the claim is better than the record. */
  readonly disagreement?: string;
  /** The last words on this item, by whom and when. */
  readonly lastSaid?: { readonly text: string; readonly byline: string };
  /** How many others wait after this one. */
  readonly more: number;
  /** "3 of 5": how far the person is. */
  readonly progress?: string;
  /** Buttons of a second row: ways to know or do more about the item than to answer. */
  readonly asides?: readonly { readonly title: string; readonly verb: string; readonly data: CardJson }[];
  /** Whether "no change" answers it (a reading has to be given). */
  readonly noChange: boolean;
  /** What was typed, to be kept; absent: the last values. */
  readonly typed?: FormValues;
  /** What the form first showed, when it is shown again with what was typed. */
  readonly shown?: FormValues;
  readonly issues?: readonly FormIssue[];
  /** Texts that may identify a child: the writer confirms or rewords. */
  readonly warnings?: readonly string[];
  readonly receipt?: string;
  /** What was done, where it is not "Saved". */
  readonly receiptTitle?: string;
  /** How what the receipt tells of is taken back. */
  readonly undo?: UndoOffer;
  /** From when the board is, and why, where that is older than it should be. */
  readonly stale?: string;
}

/** The form; its Save carries what was shown, so that only what was touched is changed. */
export function itemCard(input: ItemCardInput): CardJson {
  // What a person typed comes first; the last words and long lists can be read in SharePoint and in the tab.
  const { lastSaid: _left, ...withoutLastWords } = input;
  const short = {
    ...withoutLastWords,
    title: clean(input.title, shortText),
    fields: input.fields.map(shortened),
    ...(input.reason === undefined ? {} : { reason: clean(input.reason, shortText) }),
    ...(input.disagreement === undefined ? {} : { disagreement: clean(input.disagreement, shortText) }),
    ...(input.receipt === undefined ? {} : { receipt: clean(input.receipt, shortText) }),
  };
  for (const way of [input, withoutLastWords]) {
    const card = build(way);
    if (cardBytes(card) <= cardLimitBytes) return card;
  }
  return build(short);
}

const fewOptions = 5;
const shortText = 120;

/** A long list of choices cut to its first, and the one chosen, with short titles. */
function shortened(field: Field): Field {
  if (field.type !== 'choice' && field.type !== 'choices') return field;
  const kept = field.options.filter((option, index) => index < fewOptions || option.value === field.value);
  return { ...field, options: kept.map((option) => ({ ...option, title: clean(option.title, 30) })) };
}

function build(input: ItemCardInput): CardJson {
  const names = new Set(input.fields.map((field) => field.name));
  const issues = input.issues ?? [];
  const general = issues.filter((issue) => !names.has(issue.field));
  const body: CardJson[] = [
    ...(input.receipt === undefined ? [] : [receiptBar(input.receipt, input.undo, input.receiptTitle)]),
    ...about(input),
    ...staleLine(input.stale),
    ...(issues.length === 0 ? [] : [problems(issues, general)]),
    ...(input.warnings?.length ? [privacyWarnings(input.warnings)] : []),
    ...input.fields.map((field) => fieldOf(field, input.typed, issues)),
    actionsOf(input),
    ...asidesOf(input.asides ?? []),
  ];
  return cardOf(body, `${kindWords[input.kind]} ${input.ref}: ${input.title}. ${input.reason ?? ''}`);
}

function asidesOf(asides: NonNullable<ItemCardInput['asides']>): readonly CardJson[] {
  const ways = asides.map((one) => button(one.title, one.verb, one.data, { leaves: true }));
  return ways.length === 0 ? [] : [buttons(ways, { spacing: 'Small' })];
}

function about(input: ItemCardInput): CardJson[] {
  const more = input.more === 0 ? undefined : `${input.more} more to answer after this`;
  const foot = [
    input.progress,
    more,
    input.due,
    input.deputyFor === undefined ? undefined : `You answer for ${clean(input.deputyFor, 80)}`,
  ]
    .filter((part) => part !== undefined)
    .join('. ');
  const said = input.lastSaid;
  return [
    heading(`${kindWords[input.kind]} ${input.ref}`),
    paragraph([{ text: clean(input.title, 200), bold: true }], { spacing: 'None' }),
    ...(input.status || input.reason
      ? [
          paragraph(
            [
              ...(input.status ? [...statusRuns(input.status), ': '] : []),
              clean(input.reason ?? 'as last recorded.', 400),
            ],
            { spacing: 'Small' },
          ),
        ]
      : []),
    ...(foot === '' ? [] : [paragraph([{ text: foot, subtle: true, size: 'small' }], { spacing: 'Small' })]),
    ...(input.disagreement === undefined
      ? []
      : [
          container([paragraph([{ text: 'The record differs ▲ ', bold: true }, clean(input.disagreement, 400)])], {
            style: 'warning',
          }),
        ]),
    ...(said === undefined
      ? []
      : [
          container(
            [
              paragraph([{ text: clean(said.byline, 120), subtle: true, size: 'small' }]),
              paragraph([clean(said.text, 280)], { spacing: 'None' }),
            ],
            { style: 'emphasis' },
          ),
        ]),
  ];
}

function actionsOf(input: ItemCardInput): CardJson {
  const data = {
    boardId: input.boardId,
    kind: input.kind,
    ref: input.ref,
    nonce: input.nonce,
    ...(input.version === undefined ? {} : { version: input.version }),
    ...(input.period === undefined ? {} : { period: input.period }),
    shown: input.shown ?? shownValues(input.fields),
  };
  const save = input.more > 0 ? 'Save and next' : 'Save';
  return buttons(
    [
      button(save, 'save', data, { style: 'positive', tooltip: `Save ${input.ref}` }),
      ...(input.warnings?.length ? [button('Save as it is', 'save', { ...data, confirmed: true })] : []),
      ...(input.noChange
        ? [button('No change', 'no-change', data, { tooltip: `Nothing changed for ${input.ref}` })]
        : []),
      button('Back', 'list', { boardId: input.boardId }, { leaves: true, tooltip: 'Back to all your items' }),
    ],
    { spacing: 'Medium' },
  );
}
