// Did it change anything for children and families? The computed effect of an action. Rules: docs/rules.md, "Effect".
import type { MeasureAssessment } from './assessment';
import { compareText, distinct, hasHappened, type Grounds } from './grounds';
import type { Action, EffectStatus, Evidence, Finding, Reason, Ref } from './model';
import type { Completion } from './delivery';
import { count, effectWords, evidenceWords, listed, sentence, small } from './wording';

export interface EffectJudgement {
  readonly rating: EffectStatus;
  readonly reasons: readonly Reason[];
  /** Contrary evidence not resolved, in order of ref. */
  readonly contraryOpen: readonly Evidence[];
}

const rank: Readonly<Record<EffectStatus, number>> = {
  'no-evidence': 0,
  'too-early': 0,
  'some-evidence': 1,
  'clear-evidence': 2,
};

/** `better` when the claim goes beyond the evidence, `worse` when it is more cautious. */
export function compareEffect(claimed: EffectStatus, computed: EffectStatus): 'same' | 'better' | 'worse' {
  const step = rank[claimed] - rank[computed];
  return step === 0 ? 'same' : step > 0 ? 'better' : 'worse';
}

/** The computed effect, from evidence known by then and linked measures that are not behind. */
export function judgeEffect(
  grounds: Grounds,
  action: Action,
  completion: Completion,
  measures: ReadonlyMap<Ref, MeasureAssessment>,
): EffectJudgement {
  const known = grounds
    .evidenceOf(action.ref)
    .filter((one) => one.on <= grounds.on)
    .sort((a, b) => compareText(a.ref, b.ref));
  const supporting = known.filter((one) => !one.contrary);
  const contraryOpen = known.filter((one) => one.contrary && !hasHappened(one.resolvedOn, grounds.on));
  const goodMeasures = action.measureRefs.filter((ref) => isNotBehind(measures.get(ref)));
  const kinds = new Set(supporting.map((one) => one.kind));
  if (goodMeasures.length > 0) kinds.add('data');
  const outside = supporting.some((one) => one.sourceBody !== action.leadBody) || goodMeasures.length > 0;
  const records = [action.ref, ...supporting.map((one) => one.ref), ...goodMeasures];
  const figures = { kinds: kinds.size, evidence: supporting.length, measuresNotBehind: goodMeasures.length };
  const reason = (rule: string, clause: string, extra: readonly Ref[] = []): Reason => ({
    rule,
    text: sentence(clause),
    figures,
    records: distinct([...records, ...extra]),
  });

  if (kinds.size === 0) return { ...withoutEvidence(grounds, completion, reason), contraryOpen };
  const named = listed([...kinds].map((one) => evidenceWords[one]).sort(compareText));
  const held = `${count(kinds.size, 'kind')} of evidence (${named})`;
  const against = contraryOpen.map((one) => one.ref);
  if (kinds.size >= 2 && outside && contraryOpen.length === 0)
    return {
      rating: 'clear-evidence',
      reasons: [reason('evidence-of-two-kinds', `${held}, not all from the lead body, and none open against it`)],
      contraryOpen,
    };
  const missing = [
    ...(kinds.size < 2 ? ['a second kind is needed'] : []),
    ...(outside ? [] : ['none comes from outside the lead body']),
    ...(contraryOpen.length > 0 ? ['evidence against it is open'] : []),
  ];
  return {
    rating: 'some-evidence',
    reasons: [reason('evidence-not-yet-clear', `${held}; ${listed(missing)}`, against)],
    contraryOpen,
  };
}

function isNotBehind(measure: MeasureAssessment | undefined): boolean {
  return measure?.state === 'ahead' || measure?.state === 'within-tolerance';
}

function withoutEvidence(
  grounds: Grounds,
  completion: Completion,
  reason: (rule: string, clause: string, extra?: readonly Ref[]) => Reason,
): { readonly rating: EffectStatus; readonly reasons: readonly Reason[] } {
  const last = grounds.meetingsBefore[0];
  const { completedOn } = completion;
  if (completedOn !== undefined && last && completedOn < last.on)
    return {
      rating: 'no-evidence',
      reasons: [
        reason(
          'complete-without-evidence',
          `complete since ${grounds.calendar.longDate(completedOn)}, before the last meeting, and no evidence of effect is recorded`,
          [last.ref],
        ),
      ],
    };
  return {
    rating: 'too-early',
    reasons: [
      completedOn === undefined
        ? reason('open-without-evidence', 'the action is open, and no evidence of effect is recorded yet')
        : reason('complete-lately', 'complete since the last meeting, and no evidence of effect is recorded yet'),
    ],
  };
}

/** Findings about effect: a claim that the evidence does not support, and evidence open against the action. */
export function effectFindings(action: Action, judged: EffectJudgement): readonly Finding[] {
  const findings: Finding[] = [];
  if (compareEffect(action.effectStatus, judged.rating) === 'better')
    findings.push({
      rule: 'effect-claim-not-supported',
      level: 'finding',
      ref: action.ref,
      text: `The owner claims ${small(effectWords[action.effectStatus])}, which the record does not support: ${small(effectWords[judged.rating])}. ${judged.reasons.map((one) => one.text).join(' ')}`,
      records: distinct([action.ref, ...action.measureRefs, ...judged.reasons.flatMap((one) => one.records)]),
    });
  if (judged.contraryOpen.length > 0) findings.push(contraryFinding(action.ref, judged.contraryOpen));
  return findings;
}

/** Evidence against an action, or against a whole area, that nobody has resolved. */
export function contraryFinding(ref: Ref, contraryOpen: readonly Evidence[]): Finding {
  const summaries = contraryOpen.map((one) => `${one.ref}: ${one.summary}`).join(' ');
  return {
    rule: 'contrary-evidence-open',
    level: 'finding',
    ref,
    text: `${count(contraryOpen.length, 'piece')} of evidence against it ${contraryOpen.length === 1 ? 'is' : 'are'} open. ${summaries}`,
    records: distinct([ref, ...contraryOpen.map((one) => one.ref)]),
  };
}
