// The risk register for the matrix and the list, highest score first.
import type { RiskAssessment } from '../board/assessment';
import type { Risk, RiskScore } from '../board/model';
import { areaLabel, ownerOf, shownReasons, type ViewContext } from './viewContext';

export function viewRisks(context: ViewContext) {
  const rows = [...context.assessment.risks].sort((a, b) => b.score - a.score || (a.ref < b.ref ? -1 : 1));
  return {
    asOf: context.asOf,
    tolerance: context.assessment.policy.riskToleranceScore,
    rows: rows.map((one) => riskRow(context, one)),
  };
}

function riskRow(context: ViewContext, one: RiskAssessment) {
  const risk = context.snapshot.risks.find((other) => other.ref === one.ref);
  return {
    ref: one.ref,
    title: one.title,
    sentence: risk
      ? `If ${lower(risk.cause)}, then ${lower(risk.event)}, so that ${lower(risk.effect)}.`
      : 'The register has no description of this risk.',
    owner: ownerOf(context, one.ownerRef),
    areaLabels: one.areaRefs.map((ref) => areaLabel(context, ref)),
    likelihood: one.likelihood,
    impact: one.impact,
    inherent: risk ? scoreOf(risk.inherent) : scoreOf(one),
    target: risk ? scoreOf(risk.target) : scoreOf(one),
    score: one.score,
    band: one.band,
    inherentScore: one.inherentScore,
    targetScore: one.targetScore,
    aboveTolerance: one.aboveTolerance,
    movement: one.movement,
    stuck: one.stuck,
    rising: one.rising,
    reasons: shownReasons(one.reasons),
    reviewWords: reviewWords(context, one, risk),
    response: risk?.response,
    mitigations: context.snapshot.mitigations
      .filter((other) => other.riskRef === one.ref)
      .map(({ ref, text, status, dueOn, ownerRef }) => ({
        ref,
        text,
        status,
        owner: ownerOf(context, ownerRef),
        dueOn,
        overdue: status !== 'complete' && dueOn !== undefined && dueOn < context.assessment.on,
      })),
    actionRefs: risk?.actionRefs ?? [],
  };
}

function scoreOf({ likelihood, impact }: RiskScore): RiskScore {
  return { likelihood, impact };
}

/** When the board looked at it last, and when it is to look again. */
function reviewWords(context: ViewContext, one: RiskAssessment, risk: Risk | undefined): string | undefined {
  const { longDate } = context.calendar;
  const last = risk?.lastReviewedOn === undefined ? 'Never reviewed' : `Reviewed on ${longDate(risk.lastReviewedOn)}`;
  const next = risk?.reviewOn === undefined ? '' : `, next on ${longDate(risk.reviewOn)}`;
  return risk && `${last}${next}${one.reviewOverdue ? ': overdue' : ''}.`;
}

/** First letter small within a sentence, but for abbreviations such as EHC. */
function lower(text: string): string {
  const bare = text.trim().replace(/\.$/, '');
  return /^[A-Z][a-z\s]/.test(bare) ? bare.charAt(0).toLowerCase() + bare.slice(1) : bare;
}
