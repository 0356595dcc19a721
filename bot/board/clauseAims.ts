// Clauses 13 and 14: the two aims with their dates, and what could trouble the Secretary of State. Rules: docs/rules.md, "Clauses".
import type { ActionAssessment, MeasureAssessment } from './assessment';
import {
  dated,
  openGap,
  type ClauseDraft,
  type ClauseEvidence,
  type ClauseFacts,
  type ClauseGap,
  type ClauseState,
  type ClauseWarning,
} from './clauseState';
import { compareText, hasHappened } from './grounds';
import { present } from './logFacts';
import type { CivilDate, Ref } from './model';
import { standingUpdatesOf } from './takenBack';
import { count, figure, listed } from './wording';

type Standing = 'done' | 'done-after' | 'expected-by' | 'forecast-after' | 'planned-after' | 'no-date';

/** Where an action stands against the aim date: its forecast counts, else its due date while that has not passed. */
function standingOf(facts: ClauseFacts, one: ActionAssessment, aimOn: CivilDate): Standing {
  if (one.complete) return String(one.completedOn) > aimOn ? 'done-after' : 'done';
  const expectedOn = facts.grounds.actions.get(one.ref)?.forecastOn ?? one.dueOn;
  if (expectedOn === undefined || expectedOn < facts.grounds.on) return 'no-date';
  if (expectedOn <= aimOn) return 'expected-by';
  return String(one.dueOn) > aimOn ? 'planned-after' : 'forecast-after';
}

/** Measures by their target dates and actions by the aim date, never added up together. */
export function aimsClause(facts: ClauseFacts): ClauseDraft {
  const { snapshot, calendar, on } = facts.grounds;
  const aimOn = snapshot.facts.actionsAimOn;
  const actions = facts.assessment.actions;
  const standing = aimOn === undefined ? [] : actions.map((one) => ({ one, is: standingOf(facts, one, aimOn) }));
  const those = (is: Standing): readonly Ref[] => standing.flatMap((row) => (row.is === is ? [row.one.ref] : []));
  const after = (is: Standing, words: string, closes: string): readonly ClauseGap[] => {
    const refs = those(is);
    const text = `${count(refs.length, 'action')} ${refs.length === 1 ? 'is' : 'are'} ${words}: ${listed(refs)}.`;
    return refs.length === 0 ? [] : [openGap(text, closes, undefined, refs)];
  };
  const measures = facts.assessment.measures.map((one) => ({ one, is: reachOf(facts, one) }));
  const measured = (is: Reach): readonly MeasureAssessment[] =>
    measures.flatMap((row) => (row.is === is ? [row.one] : []));
  const done = [...those('done'), ...those('done-after')];
  const byAim = those('done').length + those('expected-by').length;
  const state = facts.extra.noticeState;
  const notice =
    state && facts.grounds.people.has(state.byRef)
      ? dated(facts, state.on, () => ({
          ref: 'notice',
          kind: 'notice',
          text: `${state.text} Entered by ${facts.nameOf(state.byRef)}.`,
          ...present('link', state.link),
        }))
      : [];
  const closes = 'An earlier date, or an extension that the Department agreed in writing.';
  const missed = measured('missed').map((one) => one.ref);
  const noTarget = measured('no-target').map((one) => one.ref);
  return {
    clause: '13',
    title: 'Aims and dates',
    shows:
      aimOn === undefined
        ? `At their target: ${measured('reached').length} of ${count(measures.length, 'measure')}`
        : `Done or expected by ${calendar.longDate(aimOn)}: ${byAim} of ${count(actions.length, 'action')}; at their target: ${measured('reached').length} of ${count(measures.length, 'measure')}`,
    nothing: 'No action is complete and no measure has reached its target yet.',
    evidence: [...doneRecords(facts, done), ...measured('reached').map(reachedRecord), ...notice],
    gaps: [
      ...(aimOn === undefined
        ? [openGap('The date by which actions should be implemented is not recorded.', 'Enter the date of the notice.')]
        : []),
      ...(actions.length === 0 ? [openGap('The plan holds no action.', 'Enter the actions of the plan.')] : []),
      ...after('forecast-after', 'due by the aim date and forecast after it', closes),
      ...after('planned-after', 'planned for after the aim date', closes),
      ...after('no-date', 'without a date that is still to come', 'A forecast from the owner.'),
      ...(missed.length === 0
        ? []
        : [
            openGap(
              `${listed(missed)} did not reach the target by its date.`,
              'A reading that reaches it.',
              undefined,
              missed,
            ),
          ]),
      ...(noTarget.length === 0
        ? []
        : [
            openGap(
              `${listed(noTarget)} ${noTarget.length === 1 ? 'has' : 'have'} no target or no reading.`,
              'A target with its date, and a reading.',
              undefined,
              noTarget,
            ),
          ]),
    ],
    pending: those('expected-by').length > 0 || measured('to-come').length > 0,
    toConfirm: notice.length > 0 ? [] : ['The state of the notice, as the Department has given it.'],
    counts: {
      actions: actions.length,
      done: those('done').length,
      expectedByAim: those('expected-by').length,
      byAim,
      forecastAfterAim: those('forecast-after').length,
      plannedAfterAim: those('planned-after').length,
      doneAfterAim: those('done-after').length,
      withoutDate: those('no-date').length,
      measures: measures.length,
      measuresReached: measured('reached').length,
      measuresToCome: measured('to-come').length,
      measuresMissed: missed.length,
      measuresOnTime: toCome(measured('to-come'), 'on-time'),
      measuresLate: toCome(measured('to-come'), 'late'),
      measuresNotOnTrend: toCome(measured('to-come'), 'not-on-this-trend'),
      measuresWithoutForecast: toCome(measured('to-come'), 'none'),
      daysToAim: aimOn === undefined ? 0 : Math.max(0, calendar.daysBetween(on, aimOn)),
    },
  };
}

function toCome(measures: readonly MeasureAssessment[], kind: MeasureAssessment['forecast']['kind']): number {
  return measures.filter((one) => one.forecast.kind === kind).length;
}

function doneRecords(facts: ClauseFacts, refs: readonly Ref[]): readonly ClauseEvidence[] {
  const done = new Set(refs);
  return facts.assessment.actions.flatMap((one) =>
    done.has(one.ref)
      ? dated(facts, one.completedOn, () => ({ ref: one.ref, kind: 'action', text: `${one.title}: done.` }))
      : [],
  );
}

type Reach = 'reached' | 'to-come' | 'missed' | 'no-target';

function reachOf(facts: ClauseFacts, one: MeasureAssessment): Reach {
  const target = facts.grounds.measures.get(one.ref)?.target;
  if (!target || one.latestValue === undefined) return 'no-target';
  const reached = one.lowerIsBetter ? one.latestValue <= target.value : one.latestValue >= target.value;
  if (reached) return 'reached';
  return target.on < facts.grounds.on ? 'missed' : 'to-come';
}

function reachedRecord(one: MeasureAssessment): ClauseEvidence {
  const text = `${one.name}: ${figure(Number(one.latestValue), one.unit)}, the target is reached.`;
  return { ref: one.ref, kind: 'measure', ...present('on', one.points.at(-1)?.reportedOn), text };
}

/** No state: what the council says first, before anybody else does, and what was done about it. */
export function warningsClause(facts: ClauseFacts, others: readonly ClauseState[]): ClauseState {
  const warnings = [...stalls(facts), ...targets(facts), ...risks(facts), ...longGaps(facts, others)];
  const of = (kind: ClauseWarning['kind']): number => warnings.filter((one) => one.kind === kind).length;
  const said = [
    count(of('stalled'), 'stalled action'),
    count(of('target'), 'target off its trend', 'targets off their trend'),
    count(of('risk'), 'extreme risk rising', 'extreme risks rising'),
    count(of('gap'), 'clause with gaps open for two cycles', 'clauses with gaps open for two cycles'),
  ];
  return {
    clause: '14',
    title: 'What could trouble the Secretary of State',
    sentence: warnings.length === 0 ? 'The record shows nothing of this kind.' : `The record shows ${listed(said)}.`,
    evidence: [],
    gaps: [],
    toConfirm: [],
    counts: { stalled: of('stalled'), targets: of('target'), risks: of('risk'), gaps: of('gap') },
    warnings,
  };
}

/** Nothing moved forward over two frozen logs. */
function stalls(facts: ClauseFacts): readonly ClauseWarning[] {
  const since = facts.grounds.logsBefore[1]?.on;
  return facts.assessment.actions.flatMap((one): ClauseWarning[] => {
    const reason = one.slowReasons.find((given) => given.rule === 'slow-nothing-moved');
    if (!reason) return [];
    const text = `${one.ref}, ${one.title}: nothing has moved forward for two cycles.`;
    return [
      {
        kind: 'stalled',
        ref: one.ref,
        text,
        ...present('since', since),
        done: doneAbout(facts, one.ref),
      },
    ];
  });
}

function targets(facts: ClauseFacts): readonly ClauseWarning[] {
  return facts.assessment.measures.flatMap((one): ClauseWarning[] => {
    if (one.forecast.kind !== 'not-on-this-trend') return [];
    const text = `${one.ref}, ${one.name}: on its present trend it does not reach the target.`;
    const movers = facts.grounds.snapshot.actions.filter((action) => action.measureRefs.includes(one.ref));
    return [{ kind: 'target', ref: one.ref, text, done: movers.flatMap((action) => doneAbout(facts, action.ref)) }];
  });
}

function risks(facts: ClauseFacts): readonly ClauseWarning[] {
  const { grounds } = facts;
  return facts.assessment.risks.flatMap((one): ClauseWarning[] => {
    if (!one.rising || one.band !== 'extreme') return [];
    const text = `${one.ref}, ${one.title}: extreme, and above the last log, at ${one.score}.`;
    const steps = grounds
      .mitigationsOf(one.ref)
      .flatMap((step) =>
        hasHappened(step.completedOn, grounds.on)
          ? [{ text: `Done: ${step.text}`, by: nameOrNobody(facts, step.ownerRef), on: step.completedOn }]
          : [],
      );
    const since = grounds.logsBefore[0]?.on;
    const done = [...steps, ...doneAbout(facts, one.ref)];
    return [{ kind: 'risk', ref: one.ref, text, ...present('since', since), done }];
  });
}

/** Open since the last meeting but one, or longer: one warning a clause, with the gap that is open longest. */
function longGaps(facts: ClauseFacts, others: readonly ClauseState[]): readonly ClauseWarning[] {
  const { cycleAfterOn } = facts;
  if (cycleAfterOn === undefined) return [];
  return others.flatMap((clause): ClauseWarning[] => {
    const long = clause.gaps.filter((gap) => gap.open && gap.since !== undefined && gap.since <= cycleAfterOn);
    const [first] = long;
    if (first?.since === undefined) return [];
    const more =
      long.length === 1 ? '' : ` ${count(long.length - 1, 'more gap has', 'more gaps have')} been open for two cycles.`;
    const done = doneAbout(facts, clause.clause);
    return [
      {
        kind: 'gap',
        ref: clause.clause,
        text: `Clause ${clause.clause}: ${first.text}${more}`,
        since: first.since,
        done,
      },
    ];
  });
}

function nameOrNobody(facts: ClauseFacts, ref: Ref | undefined): string {
  return ref === undefined ? 'nobody named' : facts.nameOf(ref);
}

/** The board's decisions on a subject, date changes decided, and the last answer of its owner. */
function doneAbout(facts: ClauseFacts, ref: Ref): ClauseWarning['done'] {
  const { snapshot, calendar, at, on, meetings } = facts.grounds;
  const decisions = snapshot.decisions.flatMap((one) => {
    const decidedOn = meetings.get(one.meetingRef)?.on;
    return one.subjectRef === ref && hasHappened(decidedOn, on)
      ? [{ text: `Decided: ${one.text}`, by: nameOrNobody(facts, one.ownerRef), on: decidedOn }]
      : [];
  });
  const moves = snapshot.dateChanges.flatMap((one) =>
    one.actionRef === ref && hasHappened(one.decidedOn, on)
      ? [
          {
            text: `Date change ${one.decision}: ${one.reason}`,
            by: nameOrNobody(facts, one.decidedByRef),
            on: one.decidedOn,
          },
        ]
      : [],
  );
  const [last] = standingUpdatesOf(snapshot, ref)
    .filter((one) => one.at <= at && one.narrative !== undefined)
    .sort((a, b) => compareText(b.at, a.at));
  const answer = last
    ? [{ text: `Reported: ${String(last.narrative)}`, by: facts.nameOf(last.byRef), on: calendar.on(last.at) }]
    : [];
  return [...decisions, ...moves, ...answer].sort((a, b) => compareText(b.on, a.on) || compareText(a.text, b.text));
}
