// What may go wrong: each risk's score, movement, reviews and mitigations. Rules: docs/rules.md, "Risks".
import type { RiskAssessment, RiskBand } from './assessment';
import { compareText, distinct, hasHappened, type Grounds } from './grounds';
import type { CivilDate, Finding, LoggedRow, Meeting, Mitigation, Reason, Ref, Risk, RiskScore } from './model';
import { passedDays } from './delivery';
import { count } from './wording';

export interface RiskJudgement {
  readonly assessment: RiskAssessment;
  readonly findings: readonly Finding[];
}

/** Likelihood times impact. */
export function scoreOf(score: RiskScore): number {
  return score.likelihood * score.impact;
}

/** Bands of the score: low 1 to 3, moderate 4 to 6, high 8 to 12, extreme 15 to 25. Source: docs/rules.md. */
export function bandOf(score: number): RiskBand {
  if (score >= 15) return 'extreme';
  if (score >= 8) return 'high';
  return score >= 4 ? 'moderate' : 'low';
}

/** True when a mitigation is done by the date judged for. */
export function isMitigated(grounds: Grounds, mitigation: Mitigation): boolean {
  return mitigation.status === 'complete' || hasHappened(mitigation.completedOn, grounds.on);
}

export type OverdueMitigation = Mitigation & { readonly dueOn: CivilDate };

/** True when an open mitigation's date has passed. */
export function isMitigationOverdue(grounds: Grounds, mitigation: Mitigation): mitigation is OverdueMitigation {
  return mitigation.dueOn !== undefined && mitigation.dueOn < grounds.on && !isMitigated(grounds, mitigation);
}

/** Judges one risk; a closed risk has its scores and nothing to find. */
export function judgeRisk(grounds: Grounds, risk: Risk): RiskJudgement {
  const mitigations = [...grounds.mitigationsOf(risk.ref)].sort((a, b) => compareText(a.ref, b.ref));
  const done = mitigations.filter((one) => isMitigated(grounds, one));
  const overdue = mitigations.filter((one): one is OverdueMitigation => isMitigationOverdue(grounds, one));
  const open = risk.status === 'open';
  const score = scoreOf(risk.current);
  const inherentScore = scoreOf(risk.inherent);
  const targetScore = scoreOf(risk.target);
  const logged = (log: Meeting | undefined): number | undefined =>
    loggedScore(grounds.loggedRow('risk', risk.ref, log));
  const stuckLogs = grounds.logsBefore.slice(0, grounds.policy.riskStuckLogs).map(logged);
  const last = logged(grounds.logsBefore[0]);
  const third = logged(grounds.logsBefore[2]);
  const notReduced = open && score >= inherentScore;
  const assessment: RiskAssessment = {
    ref: risk.ref,
    title: risk.title,
    ...(risk.ownerRef === undefined ? {} : { ownerRef: risk.ownerRef }),
    areaRefs: risk.areaRefs,
    likelihood: risk.current.likelihood,
    impact: risk.current.impact,
    score,
    band: bandOf(score),
    inherentScore,
    targetScore,
    aboveTolerance: open && score > grounds.policy.riskToleranceScore,
    ...(last === undefined ? {} : { movement: score - last }),
    ...(third === undefined ? {} : { movementOverThree: score - third }),
    rising: open && last !== undefined && score > last,
    notReduced,
    stuck:
      notReduced &&
      stuckLogs.length === grounds.policy.riskStuckLogs &&
      stuckLogs.every((one) => one !== undefined && one >= inherentScore),
    nothingLeftToDo: open && done.length === mitigations.length && score > targetScore,
    reviewOverdue: open && isReviewOverdue(grounds, risk),
    mitigationsDone: done.length,
    mitigationsTotal: mitigations.length,
    overdueMitigationRefs: open ? overdue.map((one) => one.ref) : [],
    reasons: [],
    answered: grounds.answersOf('risk', risk.ref).inTime,
    asked: grounds.asked('risk', risk.ref),
  };
  const reasons = reasonsOf(grounds, risk, assessment, mitigations);
  const findings = [
    ...reasons.map((one) => ({
      rule: one.rule,
      level: one.rule === 'risk-not-reduced' ? ('information' as const) : ('finding' as const),
      ref: risk.ref,
      text: one.text,
      records: one.records,
    })),
    ...(open ? overdue : []).map((one) => mitigationFinding(grounds, one)),
  ];
  return { assessment: { ...assessment, reasons }, findings };
}

function loggedScore(row: LoggedRow | undefined): number | undefined {
  return row?.likelihood === undefined || row.impact === undefined ? undefined : row.likelihood * row.impact;
}

/** A review held on or after its date was held, though the next date is not set yet. */
function isReviewOverdue(grounds: Grounds, risk: Risk): boolean {
  if (risk.reviewOn === undefined || risk.reviewOn >= grounds.on) return false;
  return risk.lastReviewedOn === undefined || risk.lastReviewedOn < risk.reviewOn;
}

function reasonsOf(
  grounds: Grounds,
  risk: Risk,
  judged: RiskAssessment,
  mitigations: readonly Mitigation[],
): readonly Reason[] {
  const { score, inherentScore, targetScore, mitigationsDone: done, mitigationsTotal: total } = judged;
  const { policy, calendar } = grounds;
  const { movement = 0 } = judged;
  const steps = mitigations.map((one) => one.ref);
  const reasons: Reason[] = [];
  const add = (rule: string, text: string, figures: Reason['figures'], records: readonly Ref[] = []): void => {
    reasons.push({ rule, text, figures, records: distinct([risk.ref, ...records]) });
  };
  if (judged.aboveTolerance)
    add('risk-above-tolerance', `The score is ${score}, above the board's tolerance of ${policy.riskToleranceScore}.`, {
      score,
      tolerance: policy.riskToleranceScore,
    });
  if (judged.rising)
    add(
      'risk-rising',
      `The score rose from ${score - movement} in the last log to ${score}${score >= inherentScore ? ', where it was before anything was done' : ''}.`,
      { score, before: score - movement },
      grounds.logsBefore.slice(0, 1).map((one) => one.ref),
    );
  if (judged.notReduced)
    add('risk-not-reduced', `The score is ${score}, no lower than the ${inherentScore} it started from.`, {
      score,
      inherentScore,
    });
  if (judged.stuck)
    add(
      'risk-stuck',
      `Not reduced now or in the last ${count(policy.riskStuckLogs, 'log')}: ${stuckWords(grounds, mitigations, done)}.`,
      { score, inherentScore, logs: policy.riskStuckLogs, mitigationsDone: done, mitigationsTotal: total },
      steps,
    );
  if (judged.nothingLeftToDo)
    add(
      'risk-nothing-left-to-do',
      `${allDoneWords(total)}, and the score of ${score} is above its target of ${targetScore}: a new step or the chair's acceptance is needed.`,
      { score, targetScore, mitigationsTotal: total },
      steps,
    );
  if (judged.reviewOverdue && risk.reviewOn !== undefined) {
    const days = calendar.workingDaysBetween(risk.reviewOn, grounds.on);
    const silent =
      judged.asked && !judged.answered && grounds.ownersDeadlinePassed
        ? " No answer had come by the owners' deadline."
        : '';
    add('risk-review-overdue', `The date of its review passed ${passedDays(days)}.${silent}`, {
      reviewOn: risk.reviewOn,
      workingDaysLate: days,
      answered: judged.answered,
    });
  }
  return reasons;
}

function allDoneWords(total: number): string {
  if (total === 0) return 'No mitigation is recorded';
  return total === 1 ? 'Its one mitigation is complete' : `All ${total} mitigations are complete`;
}

function stuckWords(grounds: Grounds, mitigations: readonly Mitigation[], done: number): string {
  const total = mitigations.length;
  if (total === 0) return 'no mitigation is recorded';
  if (done === total) return 'all is done, and it is no lower';
  if (done > 0) return `${done} of ${count(total, 'mitigation')} done, and it is no lower`;
  const first = mitigations.reduce<string | undefined>(
    (earliest, one) =>
      one.dueOn !== undefined && (earliest === undefined || one.dueOn < earliest) ? one.dueOn : earliest,
    undefined,
  );
  return first === undefined
    ? 'nothing is done yet'
    : `nothing is done yet; the first step is due on ${grounds.calendar.longDate(first)}`;
}

function mitigationFinding(grounds: Grounds, mitigation: OverdueMitigation): Finding {
  const days = grounds.calendar.workingDaysBetween(mitigation.dueOn, grounds.on);
  return {
    rule: 'mitigation-overdue',
    level: 'finding',
    ref: mitigation.ref,
    text: `The mitigation "${mitigation.text}" is not complete; its due date passed ${passedDays(days)}.`,
    records: [mitigation.ref, mitigation.riskRef],
  };
}
