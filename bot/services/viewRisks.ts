// The risk register for the matrix and the list, highest score first.
import type { RiskAssessment } from '../board/assessment';
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
    score: one.score,
    band: one.band,
    inherentScore: one.inherentScore,
    targetScore: one.targetScore,
    aboveTolerance: one.aboveTolerance,
    movement: one.movement,
    stuck: one.stuck,
    rising: one.rising,
    reasons: shownReasons(one.reasons),
    mitigations: context.snapshot.mitigations
      .filter((other) => other.riskRef === one.ref)
      .map(({ ref, text, status, dueOn }) => ({
        ref,
        text,
        status,
        dueOn,
        overdue: status !== 'complete' && dueOn !== undefined && dueOn < context.assessment.on,
      })),
    actionRefs: risk?.actionRefs ?? [],
  };
}

/** First letter small within a sentence, but for abbreviations such as EHC. */
function lower(text: string): string {
  const bare = text.trim().replace(/\.$/, '');
  return /^[A-Z][a-z\s]/.test(bare) ? bare.charAt(0).toLowerCase() + bare.slice(1) : bare;
}
