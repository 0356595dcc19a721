// One action, risk or measure by its reference: the facts, for everybody who may read them; "Update" for who may answer.
import type { EffectStatus, Ref } from '../board/model';
import { count, effectWords, plain } from '../board/wording';
import { askItemCard } from '../cards/askItem';
import type { AskBar, AskItemInput } from '../cards/askItem';
import { goneNotice } from '../cards/notice';
import type { NoticeCard } from '../cards/notice';
import { deliveryWords, measureWords, mitigationWords, riskBandWords } from '../cards/words';
import type { AnswerableKind } from '../cards/verbs';
import { mayAnswer } from '../services/access';
import { viewAction } from '../services/viewActions';
import type { ViewContext } from '../services/viewContext';
import { viewMeasure } from '../services/viewMeasures';
import { viewRisks } from '../services/viewRisks';
import { dueWords } from './askActions';
import { refNamed } from './commands';
import type { Seat } from './seat';
import { topicSkill } from './topics';
import type { Asked } from './topics';

type ReadKind = 'action' | 'risk' | 'measure';
type Fact = AskItemInput['facts'][number];
/** A card but for its buttons. */
type Facts = Omit<AskItemInput, 'boardId' | 'heading' | 'ref' | 'buttons'>;

const kindNames: Readonly<Record<ReadKind, string>> = { action: 'Action', risk: 'Risk', measure: 'Measure' };

export const readSkill = topicSkill({
  verb: 'read',
  view: 'actions',
  inGroups: true,
  offers: [
    { phrase: 'APA1.04', does: 'one action, risk or measure by its reference, with its form where it is yours' },
  ],
  asks({ text }, seat) {
    const found = readable(seat).find(({ refs }) => refNamed(text, refs) !== undefined);
    const ref = found && refNamed(text, found.refs);
    return ref === undefined || !found ? undefined : `${found.kind}:${found.shows(ref)}`;
  },
  answer(context, asked) {
    const [kind = '', ref = ''] = asked.about.split(':');
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
  const { actions, risks, measures, mitigations } = seat.view.snapshot;
  const named = (records: readonly { readonly ref: Ref }[]): readonly Ref[] => records.map((one) => one.ref);
  return [
    { kind: 'action', refs: named(actions), shows: (ref) => ref },
    { kind: 'risk', refs: named(risks), shows: (ref) => ref },
    { kind: 'measure', refs: named(measures), shows: (ref) => ref },
    {
      kind: 'risk',
      refs: named(mitigations),
      shows: (ref) => mitigations.find((one) => one.ref === ref)?.riskRef ?? ref,
    },
  ];
}

function itemCard(context: ViewContext, kind: ReadKind, ref: Ref, facts: Facts, asked: Asked): NoticeCard {
  const { boardId, snapshot, viewer, asOf } = context;
  const records = { action: snapshot.actions, risk: snapshot.risks, measure: snapshot.measures };
  const record = records[kind].find((one) => one.ref === ref);
  const answerable = asked.personal && record !== undefined && mayAnswer(snapshot, viewer, record);
  const data = { boardId, kind: kind satisfies AnswerableKind, ref };
  const heading = `${kindNames[kind]} ${ref}`;
  const card = askItemCard({
    ...facts,
    boardId,
    heading,
    ref,
    buttons: [
      ...(answerable ? [{ title: `Update ${ref}`, verb: 'open', data }] : []),
      ...(asked.personal ? [{ title: 'History', verb: 'history', data: { boardId, about: `${kind}:${ref}` } }] : []),
    ],
    ...(asOf.stale === undefined ? {} : { stale: `As of ${asOf.readAtWords}. ${asOf.stale}` }),
  });
  return { card, summary: `${heading}: ${facts.title}` };
}

const readers: Readonly<Record<ReadKind, (context: ViewContext, ref: Ref, personal: boolean) => Facts | undefined>> = {
  action: actionFacts,
  risk: riskFacts,
  measure: measureFacts,
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

function ownerFact(owner: string | undefined, body: string | undefined, personal: boolean): readonly Fact[] {
  // Where others read along, the body stands for the person.
  const parts = [...(personal ? [owner ?? 'nobody yet'] : []), ...(body ? [body] : [])];
  return parts.length === 0 ? [] : [{ name: personal ? 'Owner' : 'Led by', words: [...new Set(parts)].join(', ') }];
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
    reason:
      `scores ${risk.score} (likelihood ${risk.likelihood}, impact ${risk.impact}). ${risk.reasons[0]?.text ?? ''}`.trim(),
    facts: [
      { name: 'Risk', words: risk.sentence },
      ...ownerFact(risk.owner?.name, undefined, personal),
      {
        name: 'Score',
        words: `${risk.inherentScore} at first, ${risk.score} now, ${risk.targetScore} wanted; the board’s tolerance is ${view.tolerance}`,
      },
      ...risk.mitigations.slice(0, mostMitigations).map((one) => ({
        name: one.ref,
        words: `${one.text} (${mitigationWords[one.status].toLowerCase()}${one.overdue ? ', overdue' : ''})`,
      })),
    ],
  };
}

const mostMitigations = 8;
const mostBars = 6;

function measureFacts(context: ViewContext, ref: Ref, personal: boolean): Facts | undefined {
  const view = viewMeasure(context, ref);
  if (!view) return undefined;
  const points = view.points.slice(-mostBars);
  const most = Math.max(...points.flatMap((one) => [Math.abs(one.value), Math.abs(one.expected ?? 0)]), 0);
  return {
    title: view.name,
    status: measureWords[view.state],
    reason: view.text,
    facts: [
      { name: 'Area', words: view.areaLabel },
      ...ownerFact(view.owner?.name, undefined, personal),
      { name: 'Trend', words: trendWords(view.direction, view.forecast) },
      ...(points.length === 0
        ? []
        : [{ name: 'Readings', words: `the last ${points.length}, each against what was expected` }]),
    ],
    bars: points.map((one): AskBar => ({
      words: one.text,
      status: measureWords[one.state],
      share: most === 0 ? 0 : Math.abs(one.value) / most,
    })),
  };
}

function trendWords(direction: 'improving' | 'level' | 'worsening' | undefined, forecast: string): string {
  return direction === undefined ? forecast : `${direction}. ${forecast}`;
}
