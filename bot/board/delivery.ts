// Was it done? Progress, completion and the computed delivery rating of an action. Rules: docs/rules.md, "Delivery".
// Longer than most: the published rules of one rating, in the order in which they are tried.
import type { Progress } from './assessment';
import { distinct, hasHappened, type Grounds } from './grounds';
import type { Action, CivilDate, DeliveryStatus, EffectStatus, Finding, Milestone, Reason } from './model';
import { deliveryRank } from './terms';
import { count, deliveryWords, plain, small } from './wording';

export interface Completion {
  readonly complete: boolean;
  readonly completedOn?: CivilDate;
  /** Every milestone is complete, but the action has no date of its own. */
  readonly dateFromMilestones: boolean;
}

/** What delivery is judged on; `findings` are about the record of progress itself. */
export interface DeliveryFacts {
  readonly completion: Completion;
  readonly started: boolean;
  readonly progress: Progress;
  readonly openMilestones: readonly Milestone[];
  readonly findings: readonly Finding[];
}

export interface DeliveryJudgement {
  readonly rating: DeliveryStatus;
  readonly reasons: readonly Reason[];
}

/** `better` when the claim goes beyond the record, `worse` when it is more cautious. */
export function compareDelivery(claimed: DeliveryStatus, computed: DeliveryStatus): 'same' | 'better' | 'worse' {
  const step = deliveryRank[claimed] - deliveryRank[computed];
  return step === 0 ? 'same' : step > 0 ? 'better' : 'worse';
}

/** Completion, start and progress of an action as the record has them. */
export function deliveryFacts(grounds: Grounds, action: Action): DeliveryFacts {
  const milestones = [...grounds.milestonesOf(action.ref)].sort((a, b) => (a.ref < b.ref ? -1 : 1));
  const openMilestones = milestones.filter((one) => !hasHappened(one.completedOn, grounds.on));
  const completion = completionOf(action, milestones, openMilestones, grounds.on);
  const progress = progressOf(grounds, action, milestones.length, milestones.length - openMilestones.length);
  const findings: Finding[] = [];
  if (completion.dateFromMilestones)
    findings.push({
      rule: 'completion-date-missing',
      level: 'finding',
      ref: action.ref,
      text: `Every milestone is complete, but no completion date is recorded; ${grounds.calendar.longDate(String(completion.completedOn))} is taken from the last milestone.`,
      records: [action.ref, ...milestones.map((one) => one.ref)],
    });
  const disagreement = progressDisagreement(action, milestones, progress);
  if (disagreement) findings.push(disagreement);
  return {
    completion,
    started: action.startOn === undefined || action.startOn <= grounds.on,
    progress,
    openMilestones,
    findings,
  };
}

function completionOf(
  action: Action,
  milestones: readonly Milestone[],
  openMilestones: readonly Milestone[],
  on: CivilDate,
): Completion {
  if (hasHappened(action.completedOn, on))
    return { complete: true, completedOn: action.completedOn, dateFromMilestones: false };
  const lastOn = milestones.reduce<CivilDate | undefined>(
    (latest, one) => (one.completedOn !== undefined && (latest ?? '') < one.completedOn ? one.completedOn : latest),
    undefined,
  );
  if (openMilestones.length > 0 || lastOn === undefined) return { complete: false, dateFromMilestones: false };
  return { complete: true, completedOn: lastOn, dateFromMilestones: true };
}

function progressOf(grounds: Grounds, action: Action, total: number, done: number): Progress {
  if (total > 0) return { milestonesDone: done, milestonesTotal: total, percent: Math.round((done / total) * 100) };
  const percent = action.percentComplete ?? 0;
  const bare: Progress = { milestonesDone: 0, milestonesTotal: 0, percent };
  if (action.startOn === undefined || action.dueOn === undefined || action.startOn > grounds.on) return bare;
  const wholeDays = grounds.calendar.workingDaysBetween(action.startOn, action.dueOn);
  if (wholeDays <= 0) return bare;
  const elapsedDays = grounds.calendar.workingDaysBetween(action.startOn, grounds.on);
  // Rounded where floating point ends, so that 20 points are 20 points.
  const elapsed = Math.min(100, (elapsedDays / wholeDays) * 100);
  return { ...bare, behindPoints: Math.round((elapsed - percent) * 1e6) / 1e6 };
}

/** The owner's percentage lies between the share of milestones done and the share with the next one done. */
function progressDisagreement(
  action: Action,
  milestones: readonly Milestone[],
  progress: Progress,
): Finding | undefined {
  const { milestonesDone: done, milestonesTotal: total } = progress;
  const percent = action.percentComplete;
  if (total === 0 || percent === undefined) return undefined;
  const lowest = Math.floor((done * 100) / total);
  const highest = done === total ? 100 : Math.ceil(((done + 1) * 100) / total) - 1;
  if (percent >= lowest && percent <= highest) return undefined;
  const range = lowest === highest ? `${lowest}%` : `between ${lowest}% and ${highest}%`;
  return {
    rule: 'progress-disagreement',
    level: 'finding',
    ref: action.ref,
    text: `${done} of ${count(total, 'milestone')} ${done === 1 ? 'is' : 'are'} complete, which is ${range}, but the record says ${plain(percent)}%.`,
    records: [action.ref, ...milestones.map((one) => one.ref)],
  };
}

/** The computed rating, the first rule that applies, with every reason of that rating. */
export function judgeDelivery(
  grounds: Grounds,
  action: Action,
  facts: DeliveryFacts,
  effect: EffectStatus,
): DeliveryJudgement {
  const { completion } = facts;
  if (completion.complete) return judgeComplete(grounds, action, completion, effect);
  const offTrack = offTrackReasons(grounds, action, facts);
  if (offTrack.length > 0) return { rating: 'off-track', reasons: offTrack };
  const atRisk = atRiskReasons(grounds, action, facts);
  if (atRisk.length > 0) return { rating: 'at-risk', reasons: atRisk };
  if (!facts.started && action.startOn !== undefined)
    return {
      rating: 'not-started',
      reasons: [
        because('not-started', 'start-in-future', `starts on ${grounds.calendar.longDate(action.startOn)}`, {
          figures: { startOn: action.startOn },
          records: [action.ref],
        }),
      ],
    };
  return { rating: 'on-track', reasons: [onTrackReason(grounds, action, facts)] };
}

function judgeComplete(
  grounds: Grounds,
  action: Action,
  completion: Completion,
  effect: EffectStatus,
): DeliveryJudgement {
  const completedOn = String(completion.completedOn);
  const long = grounds.calendar.longDate(completedOn);
  const proved = grounds.meetingsBefore[2];
  if (proved && completedOn <= proved.on && effect === 'clear-evidence')
    return {
      rating: 'embedded',
      reasons: [
        because('embedded', 'complete-and-sustained', `complete since ${long}, and the evidence of effect is clear`, {
          figures: { completedOn, sustainedSince: proved.ref },
          records: [action.ref, proved.ref],
        }),
      ],
    };
  return {
    rating: 'complete',
    reasons: [
      because('complete', 'complete', `completed on ${long}`, { figures: { completedOn }, records: [action.ref] }),
    ],
  };
}

function offTrackReasons(grounds: Grounds, action: Action, facts: DeliveryFacts): readonly Reason[] {
  const { policy, calendar, on } = grounds;
  const reasons: Reason[] = [];
  if (action.dueOn !== undefined && action.dueOn < on) {
    const days = calendar.workingDaysBetween(action.dueOn, on);
    reasons.push(
      because('off-track', 'due-date-passed', `due date passed ${passedDays(days)}`, {
        figures: { dueOn: action.dueOn, workingDaysLate: days },
        records: [action.ref],
      }),
    );
  }
  const slip = forecastSlip(grounds, action);
  if (slip && slip.workingDays > policy.offTrackLateWorkingDays)
    reasons.push(forecastReason('off-track', 'forecast-far-after-due-date', action, slip));
  for (const late of lateMilestones(grounds, facts))
    if (late.workingDays > policy.offTrackLateWorkingDays)
      reasons.push(milestoneReason('off-track', 'milestone-far-late', action, late));
  return reasons;
}

function atRiskReasons(grounds: Grounds, action: Action, facts: DeliveryFacts): readonly Reason[] {
  const { policy, calendar, on } = grounds;
  const reasons: Reason[] = [];
  const slip = forecastSlip(grounds, action);
  if (slip) reasons.push(forecastReason('at-risk', 'forecast-after-due-date', action, slip));
  for (const late of lateMilestones(grounds, facts))
    reasons.push(milestoneReason('at-risk', 'milestone-late', action, late));
  const behind = facts.progress.behindPoints;
  if (behind !== undefined && behind >= policy.behindPoints)
    reasons.push(
      because('at-risk', 'behind-elapsed-time', behindText(action, behind), {
        figures: { behindPoints: Math.floor(behind), percentComplete: facts.progress.percent },
        records: [action.ref],
      }),
    );
  if (!facts.started) return reasons;
  const lastAt = grounds.answersOf('action', action.ref).lastAt;
  const lastButOne = grounds.meetingsBefore[1];
  const startedBefore = lastButOne && (action.startOn === undefined || action.startOn <= lastButOne.on);
  if (startedBefore && (lastAt === undefined || lastAt <= grounds.endOf(lastButOne))) {
    const lastUpdateOn = lastAt && calendar.on(lastAt);
    reasons.push(
      because(
        'at-risk',
        'no-recent-update',
        lastUpdateOn === undefined
          ? `no update is recorded, and it had started by the meeting on ${calendar.longDate(lastButOne.on)}`
          : `the last update is from ${calendar.longDate(lastUpdateOn)}, before the last meeting but one`,
        { figures: { lastUpdateOn: lastUpdateOn ?? 'none' }, records: [action.ref, lastButOne.ref] },
      ),
    );
  }
  if (action.startOn === undefined) return reasons;
  const sinceStart = calendar.workingDaysBetween(action.startOn, on);
  const nothing = lastAt === undefined && facts.progress.milestonesDone === 0 && (action.percentComplete ?? 0) === 0;
  if (nothing && sinceStart > policy.nothingRecordedWorkingDays)
    reasons.push(
      because('at-risk', 'nothing-recorded', `started ${passedDays(sinceStart)}, and nothing is recorded since`, {
        figures: { startOn: action.startOn, workingDays: sinceStart },
        records: [action.ref],
      }),
    );
  return reasons;
}

function onTrackReason(grounds: Grounds, action: Action, facts: DeliveryFacts): Reason {
  const { milestonesDone: done, milestonesTotal: total, percent } = facts.progress;
  const due = action.dueOn === undefined ? 'no due date' : `due on ${grounds.calendar.longDate(action.dueOn)}`;
  const so = total > 0 ? `${done} of ${count(total, 'milestone')} complete` : `${plain(percent)}% complete`;
  return because('on-track', 'no-sign-of-delay', `${so}, ${due}, and nothing late`, {
    figures: { milestonesDone: done, milestonesTotal: total, percent },
    records: [action.ref],
  });
}

interface Slip {
  readonly forecastOn: CivilDate;
  readonly dueOn: CivilDate;
  readonly workingDays: number;
}

/** How far the owner's forecast lies after the due date; undefined when it does not. */
export function forecastSlip(grounds: Grounds, action: Action): Slip | undefined {
  const { forecastOn, dueOn } = action;
  if (forecastOn === undefined || dueOn === undefined || forecastOn <= dueOn) return undefined;
  return { forecastOn, dueOn, workingDays: grounds.calendar.workingDaysBetween(dueOn, forecastOn) };
}

export interface LateMilestone {
  readonly milestone: Milestone;
  readonly workingDays: number;
}

/** Open milestones whose date has passed; one completed late is history. */
export function lateMilestones(grounds: Grounds, facts: DeliveryFacts): readonly LateMilestone[] {
  return facts.openMilestones
    .filter((one) => one.dueOn < grounds.on)
    .map((milestone) => ({
      milestone,
      workingDays: grounds.calendar.workingDaysBetween(milestone.dueOn, grounds.on),
    }));
}

/** `132 working days ago`; a date that passed over a weekend or quiet days has none yet. */
export function passedDays(workingDays: number): string {
  return workingDays === 0 ? 'since the last working day' : `${count(workingDays, 'working day')} ago`;
}

/** How far an action without milestones is behind, as a clause. */
export function behindText(action: Action, behindPoints: number): string {
  const percent = action.percentComplete;
  const said = percent === undefined ? 'no percentage is recorded' : `${plain(percent)}% is recorded`;
  return `${said}, ${count(Math.floor(behindPoints), 'point')} behind the share of its time that has gone`;
}

function because(
  rating: DeliveryStatus,
  rule: string,
  clause: string,
  facts: { readonly figures: Reason['figures']; readonly records: Reason['records'] },
): Reason {
  return {
    rule,
    text: `${deliveryWords[rating]}: ${clause}.`,
    figures: facts.figures,
    records: distinct(facts.records),
  };
}

function forecastReason(rating: DeliveryStatus, rule: string, action: Action, slip: Slip): Reason {
  const far = slip.workingDays === 0 ? 'just' : count(slip.workingDays, 'working day');
  return because(rating, rule, `the forecast is ${far} after the due date`, {
    figures: { forecastOn: slip.forecastOn, dueOn: slip.dueOn, workingDaysLate: slip.workingDays },
    records: [action.ref],
  });
}

function milestoneReason(rating: DeliveryStatus, rule: string, action: Action, late: LateMilestone): Reason {
  const { milestone, workingDays } = late;
  return because(rating, rule, `the date of the milestone "${milestone.title}" passed ${passedDays(workingDays)}`, {
    figures: { milestone: milestone.ref, dueOn: milestone.dueOn, workingDaysLate: workingDays },
    records: [action.ref, milestone.ref],
  });
}

/** The finding when the owner's rating goes beyond the record. */
export function unsupportedDelivery(action: Action, judged: DeliveryJudgement): Finding | undefined {
  if (compareDelivery(action.deliveryStatus, judged.rating) !== 'better') return undefined;
  return {
    rule: 'delivery-claim-not-supported',
    level: 'finding',
    ref: action.ref,
    text: `Rated ${small(deliveryWords[action.deliveryStatus])} by the owner, which the record does not support. ${judged.reasons.map((one) => one.text).join(' ')}`,
    records: distinct([action.ref, ...judged.reasons.flatMap((one) => one.records)]),
  };
}
