// Questions about many actions in chat: what is overdue, and what stands in one area.
import { askListCard } from '../cards/askList';
import type { AskRow } from '../cards/askList';
import { noticeCard } from '../cards/notice';
import type { NoticeCard } from '../cards/notice';
import { dayWords, deliveryWords, distanceWords } from '../cards/words';
import type { CivilDate, DeliveryStatus, Ref } from '../board/model';
import { deliveryStatuses } from '../board/model';
import { ownerItems } from '../board/ownerItems';
import { count, small } from '../board/wording';
import { viewActions } from '../services/viewActions';
import type { ViewContext } from '../services/viewContext';
import { plainWords, refNamed } from './commands';
import { amongPhrases, topicSkill } from './topics';
import type { Asked } from './topics';

type ActionRow = ReturnType<typeof viewActions>['rows'][number];

const overdueWords = amongPhrases('overdue', 'whats overdue', 'what is overdue', 'late', 'whats late', 'my overdue');
const allOverdueWords = amongPhrases('all overdue', 'overdue all', 'everything overdue', 'overdue actions');

/** What is past its date: one's own for who owns something, the board's for chair and secretary. */
export const overdueSkill = topicSkill({
  verb: 'overdue',
  view: 'actions',
  offers: [
    { phrase: 'overdue', does: 'every action past its date', for: ['chair', 'secretary'] },
    { phrase: 'overdue', does: 'what of yours is past its date', for: ['member', 'owner'] },
    { phrase: 'all overdue', does: 'every action past its date', for: ['member', 'owner'] },
  ],
  asks(turn, seat) {
    if (allOverdueWords(turn) !== undefined) return 'board';
    if (overdueWords(turn) === undefined) return undefined;
    return seat.viewer.seesReadiness || seat.view.items.length === 0 ? 'board' : 'mine';
  },
  answer: (context, asked) => (asked.about === 'mine' ? myOverdue(context, asked) : allOverdue(context, asked)),
});

function myOverdue(context: ViewContext, asked: Asked): NoticeCard {
  const { assessment, snapshot, viewer, boardId } = context;
  const late = ownerItems(snapshot, assessment, viewer.person.ref).filter((one) => isPast(context, one.dueOn));
  const rows = late.map((one): AskRow => {
    const rating = one.computed ?? one.claimed;
    return {
      ref: one.ref,
      title: one.title,
      text: one.reason,
      ...(rating === undefined ? {} : { status: deliveryWords[rating] }),
      ...dueFoot(context, one.dueOn),
      ...(one.kind === 'decision'
        ? {}
        : { button: { title: `Update ${one.ref}`, verb: 'open', data: { boardId, kind: one.kind, ref: one.ref } } }),
    };
  });
  const heading = rows.length === 0 ? 'Nothing of yours is overdue' : `Overdue: ${count(rows.length, 'item')} of yours`;
  const whole = overdueActions(context).length;
  return listed(context, asked, {
    verb: 'overdue',
    heading,
    lines: [`On the whole board ${whole === 1 ? '1 action is' : `${whole} actions are`} overdue.`],
    rows,
    unit: 'item',
    empty: 'Nothing that you answer for is past its date.',
    ...(whole === 0 ? {} : { more: { title: 'Show all overdue', verb: 'overdue', data: { boardId, about: 'board' } } }),
  });
}

function allOverdue(context: ViewContext, asked: Asked): NoticeCard {
  const rows = overdueActions(context).map((one) => actionRow(context, one));
  return listed(context, asked, {
    verb: 'overdue',
    heading: rows.length === 0 ? 'Nothing is overdue' : `Overdue: ${count(rows.length, 'action')}`,
    lines: [asOfLine(context)],
    rows,
    unit: 'action',
    empty: 'No open action is past its due date.',
  });
}

/** What the board would talk about first; why, in the words of the log. */
export const slowSkill = topicSkill({
  verb: 'slow',
  view: 'actions',
  offers: [{ phrase: "what's slow", does: 'every action that is slow to progress, and why' }],
  asks: amongPhrases(
    ...['whats slow', 'what is slow', 'slow', 'slow actions', 'which actions are slow', 'whats slow to progress'],
    ...['what is slow to progress', 'slow to progress', 'whats stuck', 'what is stuck', 'stuck', 'whats not moving'],
    ...['what is not moving', 'nothing moves', 'slow items'],
  ),
  answer(context, asked) {
    const { open } = context.assessment.headline;
    const rows = viewActions(context).rows.filter((one) => context.assessedByRef.get(one.ref)?.slow === true);
    const isAre = rows.length === 1 ? 'is' : 'are';
    return listed(context, asked, {
      verb: 'slow',
      heading: `${rows.length} of ${count(open, 'open action')} ${isAre} slow to progress`,
      lines: [asOfLine(context)],
      rows: rows.map((one) => actionRow(context, one)),
      unit: 'action',
      empty: 'Nothing is slow to progress.',
    });
  },
});

function overdueActions(context: ViewContext): readonly ActionRow[] {
  return viewActions(context).rows.filter((one) => !one.complete && isPast(context, one.dueOn));
}

function isPast(context: ViewContext, dueOn: CivilDate | undefined): boolean {
  return dueOn !== undefined && dueOn < context.assessment.on;
}

/** One area with its actions, worst first. */
export const areaSkill = topicSkill({
  verb: 'area',
  view: 'actions',
  offers: [{ phrase: 'APA2', does: 'an area and its actions, worst first; its name will do too' }],
  asks({ text, words }, seat) {
    const { areas } = seat.view.snapshot;
    const named = refNamed(
      text,
      areas.map((one) => one.ref),
    );
    if (named !== undefined) return named;
    return areas.find((one) => [one.title, one.shortLabel ?? one.title].map(plainWords).includes(words))?.ref;
  },
  answer: areaCard,
});

function areaCard(context: ViewContext, asked: Asked): NoticeCard {
  const area = context.areasByRef.get(asked.about);
  const judged = context.assessment.areas.find((one) => one.ref === asked.about);
  if (!area || !judged) {
    return noticeCard({ title: `There is no area ${asked.about} here`, lines: ['Type "help" for what you can ask.'] });
  }
  const rows = viewActions(context).rows.filter((one) => one.areaRef === area.ref);
  return listed(context, asked, {
    verb: 'area',
    heading: `Area ${area.ref}: ${area.title}`,
    lines: [
      `${count(judged.actions, 'action')}${ratingWords(judged.delivery)}; ${judged.slow} slow to progress.`,
      `${judged.measuresBehind} of ${count(judged.measures, 'measure')} behind; ${judged.risksAboveTolerance} of ${count(judged.risks, 'risk')} above tolerance.`,
      asOfLine(context),
    ],
    rows: rows.map((one) => actionRow(context, one)),
    unit: 'action',
    empty: 'No action is recorded in this area yet.',
  });
}

/** ": 2 off track, 1 complete", by the record. */
function ratingWords(counts: Readonly<Record<DeliveryStatus, number>>): string {
  const parts = deliveryStatuses
    .filter((status) => counts[status] > 0)
    .map((status) => `${counts[status]} ${small(deliveryWords[status].word)}`);
  return parts.length === 0 ? '' : `: ${parts.join(', ')}`;
}

function actionRow(context: ViewContext, row: ActionRow): AskRow {
  const judged = context.assessedByRef.get(row.ref);
  const because = judged?.slowReasons[0] ?? judged?.deliveryReasons[0];
  const said = row.claimed === row.computed ? '' : ` The owner says ${small(deliveryWords[row.claimed].word)}.`;
  return {
    ref: row.ref,
    title: row.title,
    status: deliveryWords[row.computed],
    text: `${because?.text ?? 'As last recorded.'}${said}`,
    button: showButton(context, `action:${row.ref}`, row.ref),
    ...dueFoot(context, row.complete ? undefined : row.dueOn, row.body),
  };
}

/** Leads to the card of one item (readSkill.ts). */
export function showButton(context: ViewContext, about: string, ref: Ref): NonNullable<AskRow['button']> {
  return { title: `Show ${ref}`, verb: 'read', data: { boardId: context.boardId, about } };
}

export function dueWords(context: ViewContext, on: CivilDate): string {
  const { calendar, assessment } = context;
  return `${dayWords(calendar, on, assessment.on)} (${distanceWords(calendar, on, assessment.on)})`;
}

function dueFoot(context: ViewContext, dueOn: CivilDate | undefined, body?: string): { readonly foot?: string } {
  const parts = [...(dueOn === undefined ? [] : [`Due ${dueWords(context, dueOn)}`]), ...(body ? [body] : [])];
  return parts.length === 0 ? {} : { foot: parts.join('. ') };
}

export function asOfLine(context: ViewContext): string {
  return context.asOf.stale ?? `As of ${context.asOf.atWords}.`;
}

/** A list of a topic as a card with its summary. */
export function listed(
  context: ViewContext,
  asked: Asked,
  list: {
    readonly verb: string;
    readonly heading: string;
    readonly lines: readonly string[];
    readonly rows: readonly AskRow[];
    readonly unit: string;
    readonly units?: string;
    readonly empty: string;
    readonly more?: { readonly title: string; readonly verb: string; readonly data: Readonly<Record<string, unknown>> };
  },
): NoticeCard {
  const { verb, unit, units, ...rest } = list;
  const card = askListCard({
    ...rest,
    inAll: count(list.rows.length, unit, units),
    page: asked.page,
    pager: { verb, data: { boardId: context.boardId, about: asked.about } },
  });
  return { card, summary: `${list.heading}. ${list.lines[0] ?? ''}`.trim() };
}
