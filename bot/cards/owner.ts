// The owner's card: everything open for the next meeting, worst first, one button a row, in pages that stay small.
import type { Ref, SubjectKind } from '../board/model';
import { count } from '../board/wording';
import { button, buttons, clean, container, heading, paragraph } from './kit';
import type { CardJson, Run } from './kit';
import { pagedCard } from './paged';
import { statusRuns } from './words';
import type { StatusWords } from './words';

/** One item in words, ready to show. */
export interface OwnerRow {
  readonly kind: SubjectKind;
  readonly ref: Ref;
  readonly title: string;
  readonly status?: StatusWords;
  /** One sentence, why before what. */
  readonly reason: string;
  /** "Due Friday 29 November (38 days ago)". */
  readonly due?: string;
  /** The accountable owner, where this person answers as a deputy. */
  readonly deputyFor?: string;
  /** "Answered on Friday 3 January". */
  readonly answered?: string;
  /** False for what cannot be answered in chat (decisions). */
  readonly answerable: boolean;
}

export interface OwnerCardInput {
  readonly boardId: string;
  /** "Update for the board on Wednesday 15 January". */
  readonly heading: string;
  /** "5 to answer by Monday 6 January, 5 pm (today)". */
  readonly deadline: string;
  /** In the order shown. */
  readonly rows: readonly OwnerRow[];
  /** What happens to an answer after the deadline; shown when all is answered. */
  readonly afterwards: string;
  /** From 1; a page that no longer exists shows the last. */
  readonly page?: number;
  /** One line about what was just done. */
  readonly receipt?: string;
  /** How what the receipt tells of is taken back. */
  readonly undo?: UndoOffer;
  /** What else is to be known before the list, a sentence each. */
  readonly notes?: readonly string[];
  /** From when the board is, and why, where that is older than it should be. */
  readonly stale?: string;
  /** "2 date changes wait for your decision". */
  readonly toDecide?: string;
}

const titleLimit = 120;
const reasonLimit = 240;

/** The list of what one owner has to answer; never larger than `cardLimitBytes`. */
export function ownerCard(input: OwnerCardInput): CardJson {
  const open = input.rows.filter((row) => row.answerable && row.answered === undefined);
  return pagedCard({
    top: [
      ...(input.receipt === undefined ? [] : [receiptBar(input.receipt, input.undo)]),
      heading(input.heading),
      paragraph([{ text: input.deadline, bold: true }], { spacing: 'None' }),
      ...(input.notes ?? []).map((note) => paragraph([clean(note, 300)], { spacing: 'Small' })),
      ...staleLine(input.stale),
      ...(input.toDecide === undefined
        ? []
        : [
            container(
              [
                paragraph([{ text: clean(input.toDecide, 200), bold: true }]),
                buttons([button('Decide', 'dates', { boardId: input.boardId }, { leaves: true })], {
                  spacing: 'Small',
                }),
              ],
              { style: 'accent', spacing: 'Medium' },
            ),
          ]),
      ...(open.length === 0 && input.rows.length > 0 ? [paragraph([{ text: input.afterwards }])] : []),
    ],
    rows: input.rows.map((row) => rowOf(input.boardId, row)),
    inAll: count(input.rows.length, 'item'),
    pager: { verb: 'list', data: { boardId: input.boardId } },
    spoken: `${input.heading}. ${input.deadline}.`,
    ...(input.page === undefined ? {} : { page: input.page }),
  });
}

/** One quiet line; nothing while the board is as young as it should be. */
export function staleLine(stale: string | undefined): readonly CardJson[] {
  return stale === undefined ? [] : [paragraph([{ text: clean(stale, 300), subtle: true, size: 'small' }])];
}

/** How an answer is taken back: by its row of the history, up to a time of day in words. */
export interface UndoOffer {
  readonly boardId: string;
  readonly updateKey: string;
  readonly untilTime: string;
}

/** A green bar with one line: what was just saved, and how to take it back. */
export function receiptBar(text: string, undo?: UndoOffer, title = 'Saved'): CardJson {
  const line = paragraph([{ text: `${title} ✓ `, bold: true }, clean(text, 500)]);
  if (!undo) return container([line], { style: 'good', bleed: true });
  const { untilTime, ...data } = undo;
  const back = button(`Undo (until ${untilTime})`, 'undo', data, {
    leaves: true,
    tooltip: 'Take this answer back: everything is as it was before',
  });
  return container([line, buttons([back], { spacing: 'Small' })], { style: 'good', bleed: true });
}

function rowOf(boardId: string, row: OwnerRow): CardJson {
  const name = paragraph([{ text: row.ref, bold: true }, `  ${clean(row.title, titleLimit)}`]);
  const lines: Run[][] = [];
  if (row.answered === undefined) {
    lines.push([...(row.status ? [...statusRuns(row.status), ': '] : []), clean(row.reason, reasonLimit)]);
  } else {
    lines.push([
      { text: `${row.answered} `, bold: true },
      { text: '✓', bold: true, colour: 'good' },
      ...(row.status ? ['. You said: ', ...statusRuns(row.status)] : []),
    ]);
  }
  const foot = [row.due, row.deputyFor === undefined ? undefined : `You answer for ${clean(row.deputyFor, 80)}`]
    .filter((part) => part !== undefined)
    .join('. ');
  const left = [
    name,
    ...lines.map((line) => paragraph(line, { spacing: 'Small' })),
    ...(foot === '' ? [] : [paragraph([{ text: foot, subtle: true, size: 'small' }], { spacing: 'Small' })]),
  ];
  const title = row.answered === undefined ? `Update ${row.ref}` : `Change ${row.ref}`;
  const data = { boardId, kind: row.kind, ref: row.ref };
  return container(
    row.answerable ? [...left, buttons([button(title, 'open', data, { leaves: true })], { spacing: 'Small' })] : left,
    { separator: true, spacing: 'Medium' },
  );
}
