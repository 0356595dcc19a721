// The same judgement of actions as one writes it first: each rule filters the whole list for its action.
// It knows the rules by docs/rules.md alone and shares only dates and trajectories with the product.
import type { ActionAssessment, BoardAssessment } from '../../../../bot/board/assessment';
import { calendarOf, meetingAt, planCycle } from '../../../../bot/board/cycle';
import type {
  Action,
  BoardSnapshot,
  DeliveryStatus,
  EffectStatus,
  Instant,
  LoggedRow,
  Measure,
  Meeting,
  Ref,
} from '../../../../bot/board/model';
import { resolvePolicy } from '../../../../bot/board/policy';
import { expectation } from '../../../../bot/board/trajectory';

/** What both versions work out of each action; texts, figures, findings and all of the rest only the product does. */
export interface PlainJudgement {
  readonly ref: Ref;
  readonly complete: boolean;
  readonly percent: number;
  readonly delivery: DeliveryStatus;
  readonly effect: EffectStatus;
  readonly slowRules: readonly string[];
  readonly daysLateWorking: number;
  readonly dateMoves: number;
  readonly lastUpdateAt: Instant | undefined;
  readonly asked: boolean;
  readonly answered: boolean;
}

export function sameOf(assessment: BoardAssessment): readonly PlainJudgement[] {
  return assessment.actions.map((one: ActionAssessment) => ({
    ref: one.ref,
    complete: one.complete,
    percent: one.progress.percent,
    delivery: one.computedDelivery,
    effect: one.computedEffect,
    slowRules: distinct(one.slowReasons.map((reason) => reason.rule)),
    daysLateWorking: one.daysLateWorking,
    dateMoves: one.dateMoves,
    lastUpdateAt: one.lastUpdateAt,
    asked: one.asked,
    answered: one.answered,
  }));
}

function distinct(values: readonly string[]): readonly string[] {
  return [...new Set(values)];
}

/** For a board whose instants are all written alike and whose requests and logs are of one kind. */
export function judgePlainly(snapshot: BoardSnapshot, at: Instant, meetingRef: Ref): readonly PlainJudgement[] {
  const { policy } = resolvePolicy(snapshot.policy);
  const calendar = calendarOf(policy);
  const on = calendar.on(at);
  const { meeting, previous } = meetingAt(snapshot, at, meetingRef);
  const held = snapshot.meetings
    .filter((one) => one.state !== 'cancelled' && calendar.at(one.on, one.endsAtTime) <= at)
    .filter((one) => !meeting || one.on < meeting.on)
    .sort((a, b) => (a.on < b.on ? 1 : -1));
  const [last, lastButOne, third] = held;
  const lastEndAt = last && calendar.at(last.on, last.endsAtTime);
  const deadlineAt = meeting && planCycle(meeting, previous, calendar, policy).deadlines.ownersDeadlineAt;
  const late = (dueOn: string): number => calendar.workingDaysBetween(dueOn, on);

  function readingsBehind(measure: Measure): { readonly state: string; readonly behind: number } {
    const expected = expectation(measure);
    const known = snapshot.readings.filter((one) => one.measureRef === measure.ref && one.reportedOn <= on);
    const periods = distinct(known.map((one) => one.period)).toSorted();
    const states = periods.map((period) => {
      const readings = known.filter((one) => one.period === period);
      const value = (readings.findLast((one) => one.revises) ?? readings[0])?.value ?? 0;
      const wanted = expected(period) ?? 0;
      const lead = Math.round((measure.lowerIsBetter ? wanted - value : value - wanted) * 1e9) / 1e9;
      return lead < -measure.tolerance ? 'behind' : 'good';
    });
    const behind = states.length - 1 - states.findLastIndex((state) => state !== 'behind');
    return { state: states.at(-1) ?? 'none', behind };
  }

  function loggedAt(action: Action, log: Meeting | undefined): LoggedRow | undefined {
    return snapshot.loggedRows.find(
      (one) => one.meetingRef === log?.ref && one.subjectKind === 'action' && one.subjectRef === action.ref,
    );
  }

  function judge(action: Action): PlainJudgement {
    const updates = snapshot.updates.filter(
      (one) => one.subjectKind === 'action' && one.subjectRef === action.ref && one.at <= at,
    );
    const lastUpdateAt = updates
      .map((one) => one.at)
      .reduce<Instant | undefined>((a, b) => (a && a > b ? a : b), undefined);
    const request = snapshot.requests.find(
      (one) => one.meetingRef === meeting?.ref && one.subjectKind === 'action' && one.subjectRef === action.ref,
    );
    const closed =
      (request?.state === 'answered' || request?.state === 'late') && !(request.answeredOn && request.answeredOn > on);
    const recent = updates.filter((one) => lastEndAt === undefined || one.at > lastEndAt);
    const answeredSince = recent.length > 0 || closed;
    const answered =
      recent.some((one) => deadlineAt === undefined || one.at <= deadlineAt) ||
      (closed && request?.state === 'answered');

    const milestones = snapshot.milestones.filter((one) => one.actionRef === action.ref);
    const openSteps = milestones.filter((one) => one.completedOn === undefined || one.completedOn > on);
    const lastStepOn = milestones
      .flatMap((one) => one.completedOn ?? [])
      .toSorted()
      .at(-1);
    const stepsDone = milestones.length > 0 && openSteps.length === 0;
    const ownDate = action.completedOn !== undefined && action.completedOn <= on;
    const completedOn = ownDate ? action.completedOn : stepsDone ? lastStepOn : undefined;
    const complete = completedOn !== undefined;
    const started = action.startOn === undefined || action.startOn <= on;
    const stepsDoneCount = milestones.length - openSteps.length;
    const percent =
      milestones.length > 0 ? Math.round((stepsDoneCount / milestones.length) * 100) : (action.percentComplete ?? 0);
    let behindPoints: number | undefined;
    if (milestones.length === 0 && action.startOn !== undefined && action.dueOn !== undefined && started) {
      const whole = calendar.workingDaysBetween(action.startOn, action.dueOn);
      const elapsed = Math.min(100, (late(action.startOn) / whole) * 100);
      if (whole > 0) behindPoints = Math.round((elapsed - percent) * 1e6) / 1e6;
    }
    const behindTime = behindPoints !== undefined && behindPoints >= policy.behindPoints;

    const measures = snapshot.measures.filter((one) => action.measureRefs.includes(one.ref)).map(readingsBehind);
    const evidence = snapshot.evidence.filter((one) => one.actionRef === action.ref && one.on <= on);
    const supporting = evidence.filter((one) => !one.contrary);
    const against = evidence.some((one) => one.contrary && !(one.resolvedOn && one.resolvedOn <= on));
    const good = measures.some((one) => one.state === 'good');
    const kinds = new Set([...supporting.map((one) => one.kind), ...(good ? ['data'] : [])]);
    const outside = good || supporting.some((one) => one.sourceBody !== action.leadBody);
    const effect: EffectStatus =
      kinds.size === 0
        ? complete && last && completedOn < last.on
          ? 'no-evidence'
          : 'too-early'
        : kinds.size >= 2 && outside && !against
          ? 'clear-evidence'
          : 'some-evidence';

    const overdue = action.dueOn !== undefined && action.dueOn < on;
    const slip =
      action.forecastOn !== undefined && action.dueOn !== undefined && action.forecastOn > action.dueOn
        ? calendar.workingDaysBetween(action.dueOn, action.forecastOn)
        : undefined;
    const lateSteps = openSteps.filter((one) => one.dueOn < on).map((one) => late(one.dueOn));
    const far = (days: number): boolean => days > policy.offTrackLateWorkingDays;
    const silent =
      started &&
      lastButOne !== undefined &&
      (action.startOn === undefined || action.startOn <= lastButOne.on) &&
      (lastUpdateAt === undefined || lastUpdateAt <= calendar.at(lastButOne.on, lastButOne.endsAtTime));
    const nothing = lastUpdateAt === undefined && stepsDoneCount === 0 && (action.percentComplete ?? 0) === 0;
    const nothingRecorded =
      started && action.startOn !== undefined && nothing && late(action.startOn) > policy.nothingRecordedWorkingDays;
    const delivery: DeliveryStatus = complete
      ? third && completedOn <= third.on && effect === 'clear-evidence'
        ? 'embedded'
        : 'complete'
      : overdue || (slip !== undefined && far(slip)) || lateSteps.some(far)
        ? 'off-track'
        : slip !== undefined || lateSteps.length > 0 || behindTime || silent || nothingRecorded
          ? 'at-risk'
          : started
            ? 'on-track'
            : 'not-started';

    const approved = snapshot.dateChanges.filter(
      (one) => one.actionRef === action.ref && one.decision === 'approved' && !(one.decidedOn && one.decidedOn > on),
    );
    const apart =
      action.originalDueOn !== undefined && action.dueOn !== undefined
        ? calendar.daysBetween(action.originalDueOn, action.dueOn)
        : 0;
    const dateMoves = Math.max(approved.length, apart === 0 ? 0 : 1);
    const summed = approved.reduce((sum, one) => sum + calendar.daysBetween(one.fromOn, one.toOn), 0);
    const movedDays = Math.max(0, summed, apart);
    const movedMuch =
      dateMoves >= policy.datesMovedTimes || (dateMoves > 0 && movedDays >= policy.datesMovedCalendarDays);

    const then = [loggedAt(action, last), loggedAt(action, lastButOne)];
    const stood = then.every(
      (row) =>
        row !== undefined &&
        stepsDoneCount <= (row.milestonesDone ?? 0) &&
        (action.percentComplete ?? 0) <= (row.percentComplete ?? 0),
    );
    const unanswered =
      request !== undefined &&
      deadlineAt !== undefined &&
      at > deadlineAt &&
      !answeredSince &&
      request.state !== 'cancelled';
    const own = [
      overdue ? 'slow-overdue' : '',
      lateSteps.some((days) => days > policy.milestoneLateWorkingDays) ? 'slow-milestone-late' : '',
      slip !== undefined && slip > policy.forecastLateWorkingDays ? 'slow-forecast-late' : '',
      behindTime ? 'slow-behind-time' : '',
      stood ? 'slow-nothing-moved' : '',
      movedMuch ? 'slow-date-moved' : '',
      unanswered ? 'slow-not-answered' : '',
    ].filter((rule) => rule !== '');
    const measureBehind = measures.some((one) => one.behind >= policy.measureBehindReadings);
    const slowRules =
      complete || !started || own.length === 0 ? [] : [...own, ...(measureBehind ? ['slow-measure-behind'] : [])];

    return {
      ref: action.ref,
      complete,
      percent,
      delivery,
      effect,
      slowRules,
      daysLateWorking: !complete && overdue ? late(action.dueOn) : 0,
      dateMoves,
      lastUpdateAt,
      asked: request !== undefined,
      answered,
    };
  }

  return snapshot.actions.map(judge).sort((a, b) => (a.ref < b.ref ? -1 : 1));
}
