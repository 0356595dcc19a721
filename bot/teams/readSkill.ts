// One record by its reference: the facts, for everybody who may read them; "Update" for who may answer it.
import type { EffectStatus, Ref } from '../board/model';
import { count, effectWords, plain } from '../board/wording';
import { askItemCard } from '../cards/askItem';
import type { AskItemInput } from '../cards/askItem';
import { goneNotice } from '../cards/notice';
import type { NoticeCard } from '../cards/notice';
import { deliveryWords, measureWords, mitigationWords, riskBandWords } from '../cards/words';
import type { AnswerableKind } from '../cards/verbs';
import { mayAnswer } from '../services/access';
import { viewAction } from '../services/viewActions';
import type { ViewContext } from '../services/viewContext';
import { viewMeasure } from '../services/viewMeasures';
import { viewRisks } from '../services/viewRisks';
import { dueWords, showButton } from './askActions';
import { refNamed } from './commands';
import { decisionFacts, looksLikeRef, milestoneFacts, namedRecords, ownerFact, unknownRefNotice } from './recordFacts';
import type { Facts } from './recordFacts';
import type { Seat } from './seat';
import { topicSkill } from './topics';
import type { Asked } from './topics';

type ReadKind = 'action' | 'milestone' | 'risk' | 'measure' | 'decision';
type Fact = Facts['facts'][number];

const kindNames: Readonly<Record<ReadKind, string>> = {
  action: 'Action',
  milestone: 'Milestone',
  risk: 'Risk',
  measure: 'Measure',
  decision: 'Decision',
};

/** What people say before a reference when they want to read it. */
const before =
  /^\s*(?:please\s+)?(?:(?:show|tell)(?:\s+me)?(?:\s+about)?|open|update|who\s+owns|(?:where|what|how|who)(?:\s+is|['’]?s)|status\s+of)\s+/iu;

export const readSkill = topicSkill({
  verb: 'read',
  view: 'actions',
  inGroups: true,
  offers: [
    {
      phrase: 'APA1.04',
      does: 'one action, milestone, risk, measure or decision by its reference, with its form where it is yours',
    },
  ],
  asks({ text: typed }, seat) {
    const text = typed.replace(before, '').replace(/,?\s*please[\s.!?]*$/iu, '');
    const found = readable(seat).find(({ refs }) => refNamed(text, refs) !== undefined);
    const ref = found && refNamed(text, found.refs);
    if (ref !== undefined && found) return `${found.kind}:${found.shows(ref)}`;
    return looksLikeRef(text, namedRecords(seat.view)) ? `none:${text.trim().replace(/[?!.,;:\s]+$/u, '')}` : undefined;
  },
  answer(context, asked) {
    const [kind = '', ref = ''] = asked.about.split(':');
    if (kind === 'none') return unknownRefNotice(context, ref);
    const facts = isReadKind(kind) ? readers[kind](context, ref, asked.personal) : undefined;
    if (!isReadKind(kind) || !facts) return goneNotice(ref, context.boardId);
    return itemCard(context, kind, ref, facts, asked);
  },
});

function isReadKind(kind: string): kind is ReadKind {
  return kind in kindNames && Object.hasOwn(kindNames, kind);
}

/** A mitigation is read on the card of its risk. */
function readable(seat: Seat): readonly { kind: ReadKind; refs: readonly Ref[]; shows: (ref: Ref) => Ref }[] {
  const { actions, milestones, risks, measures, mitigations, decisions } = seat.view.snapshot;
  const named = (records: readonly { readonly ref: Ref }[]): readonly Ref[] => records.map((one) => one.ref);
  return [
    { kind: 'action', refs: named(actions), shows: (ref) => ref },
    { kind: 'risk', refs: named(risks), shows: (ref) => ref },
    { kind: 'measure', refs: named(measures), shows: (ref) => ref },
    { kind: 'milestone', refs: named(milestones), shows: (ref) => ref },
    { kind: 'decision', refs: named(decisions), shows: (ref) => ref },
    {
      kind: 'risk',
      refs: named(mitigations),
      shows: (ref) => mitigations.find((one) => one.ref === ref)?.riskRef ?? ref,
    },
  ];
}

function itemCard(context: ViewContext, kind: ReadKind, ref: Ref, facts: Facts, asked: Asked): NoticeCard {
  const { boardId, asOf } = context;
  const heading = `${kindNames[kind]} ${ref}`;
  const card = askItemCard({
    ...facts,
    boardId,
    heading,
    ref,
    buttons: waysFrom(context, kind, ref, asked.personal),
    ...(asOf.stale === undefined ? {} : { stale: `As of ${asOf.readAtWords}. ${asOf.stale}` }),
  });
  return { card, summary: `${heading}: ${facts.title}` };
}

/** A milestone is answered with its action; a decision is recorded by the secretary. */
function waysFrom(context: ViewContext, kind: ReadKind, ref: Ref, personal: boolean): AskItemInput['buttons'] {
  const { boardId, snapshot, viewer } = context;
  const subjectRef =
    kind === 'milestone'
      ? snapshot.milestones.find((one) => one.ref === ref)?.actionRef
      : kind === 'decision'
        ? snapshot.decisions.find((one) => one.ref === ref)?.subjectRef
        : undefined;
  const action = snapshot.actions.find((one) => one.ref === subjectRef);
  const show = action ? [showButton(context, `action:${action.ref}`, action.ref)] : [];
  if (!personal || kind === 'decision') return show;
  const answered: { readonly kind: AnswerableKind; readonly ref: Ref } =
    kind === 'milestone' ? { kind: 'action', ref: subjectRef ?? '' } : { kind, ref };
  const lists = { action: snapshot.actions, risk: snapshot.risks, measure: snapshot.measures, mitigation: [] };
  const record = lists[answered.kind].find((one) => one.ref === answered.ref);
  const update = { title: `Update ${answered.ref}`, verb: 'open', data: { boardId, ...answered } };
  return [
    ...(record !== undefined && mayAnswer(snapshot, viewer, record) ? [update] : []),
    ...show,
    ...(kind === 'milestone'
      ? []
      : [{ title: 'History', verb: 'history', data: { boardId, about: `${kind}:${ref}` } }]),
  ];
}

const readers: Readonly<Record<ReadKind, (context: ViewContext, ref: Ref, personal: boolean) => Facts | undefined>> = {
  action: actionFacts,
  milestone: milestoneFacts,
  risk: riskFacts,
  measure: measureFacts,
  decision: decisionFacts,
};

function actionFacts(context: ViewContext, ref: Ref, personal: boolean): Facts | undefined {
  const view = viewAction(context, ref);
  if (!view) return undefined;
  const { action, dates } = view;
  const because = view.slowReasons[0] ?? view.deliveryReasons[0];
  const last = view.updates.find((one) => one.narrative !== undefined);
  return {
    title: action.title,
    status: deliveryWords[action.computed],
    reason: because?.text ?? 'as last recorded.',
    ...(action.claimed === action.computed ? {} : { claimed: deliveryWords[action.claimed] }),
    facts: [
      { name: 'Area', words: `${action.areaRef} ${action.areaLabel}` },
      ...ownerFact(action.owner?.name, action.body, personal),
      ...dateFacts(context, dates, action.dateMoves),
      { name: 'Progress', words: progressWords(action) },
      { name: 'Effect', words: effectLine(action.claimedEffect, action.computedEffect) },
      ...(view.blocker ? [{ name: 'In the way', words: blockerWords(view.blocker) }] : []),
      ...view.measures.slice(0, 2).map((one) => ({ name: `Measure ${one.ref}`, words: one.text })),
    ],
    ...(personal && last?.narrative !== undefined
      ? { lastSaid: { text: last.narrative, byline: `Last said by ${last.by} on ${last.words}:` } }
      : {}),
  };
}

function dateFacts(
  context: ViewContext,
  dates: NonNullable<ReturnType<typeof viewAction>>['dates'],
  moves: number,
): readonly Fact[] {
  if (dates.completedOn !== undefined) return [{ name: 'Done', words: context.calendar.longDate(dates.completedOn) }];
  if (dates.dueOn === undefined) return [{ name: 'Due', words: 'no due date is recorded' }];
  const moved = moves === 0 ? '' : `; moved ${moves === 1 ? 'once' : `${moves} times`}`;
  const forecast =
    dates.forecastOn === undefined
      ? []
      : [{ name: 'Forecast by the owner', words: dueWords(context, dates.forecastOn) }];
  return [{ name: 'Due', words: `${dueWords(context, dates.dueOn)}${moved}` }, ...forecast];
}

function progressWords(action: {
  readonly percent: number;
  readonly milestonesDone: number;
  readonly milestonesTotal: number;
}): string {
  const share = `${plain(Math.round(action.percent))}% done`;
  if (action.milestonesTotal === 0) return share;
  return `${share}, ${action.milestonesDone} of ${count(action.milestonesTotal, 'milestone')}`;
}

function effectLine(claimed: EffectStatus, computed: EffectStatus): string {
  const record = effectWords[computed];
  return claimed === computed ? record : `${record}; the owner says: ${effectWords[claimed]}`;
}

function blockerWords(blocker: { readonly text: string; readonly waitingOnBody?: string }): string {
  return blocker.waitingOnBody === undefined ? blocker.text : `${blocker.text} (waiting for ${blocker.waitingOnBody})`;
}

function riskFacts(context: ViewContext, ref: Ref, personal: boolean): Facts | undefined {
  const view = viewRisks(context);
  const risk = view.rows.find((one) => one.ref === ref);
  if (!risk) return undefined;
  return {
    title: risk.title,
    status: riskBandWords[risk.band],
    reason: `scores ${risk.score} (likelihood ${risk.likelihood}, impact ${risk.impact})${
      risk.aboveTolerance ? `, above the board’s tolerance of ${view.tolerance}.` : `. ${risk.reasons[0]?.text ?? ''}`
    }`.trim(),
    facts: [
      { name: 'Risk', words: risk.sentence },
      ...ownerFact(risk.owner?.name, undefined, personal),
      {
        name: 'Score',
        words: `${risk.inherentScore} at first, ${risk.score} now, ${risk.targetScore} wanted`,
      },
      ...risk.mitigations.slice(0, mostMitigations).map((one) => ({
        name: one.ref,
        words: `${one.text} (${mitigationWords[one.status].toLowerCase()}${one.overdue ? ', overdue' : ''})`,
      })),
    ],
  };
}

const mostMitigations = 8;
/** A year of months. */
const mostReadings = 12;

function measureFacts(context: ViewContext, ref: Ref, personal: boolean): Facts | undefined {
  const view = viewMeasure(context, ref);
  if (!view) return undefined;
  const points = view.points.slice(-mostReadings);
  return {
    title: view.name,
    status: measureWords[view.state],
    reason: view.text,
    facts: [
      { name: 'Area', words: view.areaLabel },
      ...ownerFact(view.owner?.name, undefined, personal),
      { name: 'Trend', words: trendWords(view.direction, view.forecast) },
      ...readingsFact(points),
    ],
    readings: points.map((one) => ({ words: one.text, status: measureWords[one.state], value: one.value })),
  };
}

type Point = NonNullable<ReturnType<typeof viewMeasure>>['points'][number];

/** What the chart shows, in words. */
function readingsFact(points: readonly Point[]): readonly Fact[] {
  const [first, last] = [points[0], points.at(-1)];
  if (!first || !last || first === last) return [];
  const byValue = [...points].sort((a, b) => a.value - b.value);
  const ends = `lowest ${byValue[0]?.figureWords ?? ''}, highest ${byValue.at(-1)?.figureWords ?? ''}`;
  const name = `The last ${points.length} readings`;
  const from = `${first.figureWords} in ${first.monthWords}`;
  return [{ name, words: `from ${from} to ${last.figureWords} in ${last.monthWords}; ${ends}` }];
}

function trendWords(direction: 'improving' | 'level' | 'worsening' | undefined, forecast: string): string {
  return direction === undefined ? forecast : `${direction}. ${forecast}`;
}
