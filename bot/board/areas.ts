// Each area of the notice in counts, and the one sentence on where the board stands. Rules: docs/rules.md, "Areas".
import type {
  ActionAssessment,
  AreaAssessment,
  Headline,
  MeasureAssessment,
  Readiness,
  RiskAssessment,
} from './assessment';
import { compareText, distinct, grouped, type Grounds } from './grounds';
import type { CivilDate, DeliveryStatus, EffectStatus, Ref } from './model';
import { count } from './wording';

/** The areas for priority action first, each kind in order of ref. */
export function judgeAreas(
  grounds: Grounds,
  judged: {
    readonly actions: readonly ActionAssessment[];
    readonly measures: readonly MeasureAssessment[];
    readonly risks: readonly RiskAssessment[];
  },
  lastVoiceOf: ReadonlyMap<Ref, CivilDate>,
): readonly AreaAssessment[] {
  const actionsOf = grouped(judged.actions, (one) => one.areaRef);
  const measuresOf = grouped(judged.measures, (one) => one.areaRef);
  const risksOf = grouped(
    judged.risks.flatMap((risk) => distinct(risk.areaRefs).map((area) => ({ area, risk }))),
    (one) => one.area,
  );
  return [...grounds.snapshot.areas]
    .sort((a, b) => Number(b.kind === 'priority') - Number(a.kind === 'priority') || compareText(a.ref, b.ref))
    .map((area) => {
      const actions = actionsOf(area.ref);
      const measures = measuresOf(area.ref);
      const risks = risksOf(area.ref).map((one) => one.risk);
      const delivery = noDelivery();
      const claimedDelivery = noDelivery();
      const effect = noEffect();
      for (const one of actions) {
        delivery[one.computedDelivery] += 1;
        claimedDelivery[one.claimedDelivery] += 1;
        effect[one.computedEffect] += 1;
      }
      const asked = actions.filter((one) => one.asked);
      const slow = actions.filter((one) => one.slow).length;
      const lastVoiceOn = lastVoiceOf.get(area.ref);
      const before = slowInLastLog(grounds, actions);
      return {
        ref: area.ref,
        title: area.title,
        actions: actions.length,
        slow,
        delivery,
        claimedDelivery,
        effect,
        measuresBehind: measures.filter((one) => one.state === 'behind').length,
        measures: measures.length,
        risksAboveTolerance: risks.filter((one) => one.aboveTolerance).length,
        risks: risks.length,
        asked: asked.length,
        answered: asked.filter((one) => one.answered).length,
        ...(lastVoiceOn === undefined ? {} : { lastVoiceOn }),
        trend: before === undefined ? ('not-recorded-then' as const) : trendOf(slow, before),
      };
    });
}

function noDelivery(): Record<DeliveryStatus, number> {
  return { 'not-started': 0, 'on-track': 0, 'at-risk': 0, 'off-track': 0, complete: 0, embedded: 0 };
}

function noEffect(): Record<EffectStatus, number> {
  return { 'too-early': 0, 'no-evidence': 0, 'some-evidence': 0, 'clear-evidence': 0 };
}

/** How many of these were slow in the last log; undefined where it recorded it of none. */
function slowInLastLog(grounds: Grounds, actions: readonly ActionAssessment[]): number | undefined {
  const [log] = grounds.logsBefore;
  const recorded = actions.flatMap((one) => grounds.loggedRow('action', one.ref, log)?.slow ?? []);
  return recorded.length === 0 ? undefined : recorded.filter((slow) => slow).length;
}

function trendOf(now: number, before: number): 'better' | 'same' | 'worse' {
  return now === before ? 'same' : now < before ? 'better' : 'worse';
}

/** Better, worse or the same, with counts and last time's, what is still to answer and what is to decide. */
export function headlineOf(
  grounds: Grounds,
  actions: readonly ActionAssessment[],
  readiness: Readiness | undefined,
): Headline {
  const slow = actions.filter((one) => one.slow).length;
  const open = actions.filter((one) => !one.complete).length;
  const slowLastTime = slowInLastLog(grounds, actions);
  const direction = slowLastTime === undefined ? 'no-comparison' : trendOf(slow, slowLastTime);
  const parts = [
    `${slow} of ${count(open, 'open action')} ${slow === 1 ? 'is' : 'are'} slow to progress${comparison(grounds, slowLastTime, direction)}.`,
    ...(readiness ? [answersText(readiness)] : []),
  ];
  return {
    slow,
    open,
    total: actions.length,
    ...(slowLastTime === undefined ? {} : { slowLastTime }),
    direction,
    text: parts.join(' '),
  };
}

function comparison(grounds: Grounds, before: number | undefined, direction: Headline['direction']): string {
  if (before !== undefined)
    return direction === 'same'
      ? ', the same number as in the last log'
      : `, ${direction} than ${before} in the last log`;
  return grounds.logsBefore.length === 0
    ? '; there is no earlier log to compare with'
    : '; the last log did not record how many were';
}

function allInText(total: number): string {
  return total === 1 ? 'The one answer asked for is in' : `All ${total} answers are in`;
}

function answersText(readiness: Readiness): string {
  const { answers, dateChangesToDecide } = readiness;
  const waiting = answers.total - answers.done;
  const said =
    answers.total === 0
      ? 'Nobody has been asked for an update yet'
      : waiting === 0
        ? allInText(answers.total)
        : `${waiting} of ${count(answers.total, 'answer')} ${waiting === 1 ? 'is' : 'are'} still to come`;
  const toDecide = dateChangesToDecide.length;
  if (toDecide === 0) return `${said}.`;
  return `${said}, and ${count(toDecide, 'request')} to move a date ${toDecide === 1 ? 'waits' : 'wait'} for a decision.`;
}
