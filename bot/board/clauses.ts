// The notice clause by clause: what the record shows of each, what is missing, and what only a person can say.
import type { BoardAssessment } from './assessment';
import { aimsClause, warningsClause } from './clauseAims';
import { boardClauses } from './clauseBoard';
import { cycleClauses } from './clauseCycle';
import { logClause } from './clauseLog';
import { deepDives, selfAssessment } from './clausePacks';
import { planClauses } from './clausePlan';
import { reviewClauses } from './clauseReviews';
import { conclude, prepareClauses, type ClauseExtra, type ClauseState } from './clauseState';
import type { BoardSnapshot } from './model';

export type * from './clauseState';

/** The clauses in the order of a notice. */
const clauseOrder = [
  ...['1', '2', '3a', '3b', '3c', '3d', '3e', '3f', '4'],
  ...['5a', '5b', '5c', '5d', '5e', '6', '7', '8', '9', '10', '11', '12', '13'],
];

/**
 * The state of each clause as of the assessment's moment. The council does not certify itself: no state is reached without
 * records, and the sentence never says that a clause is complied with.
 */
export function clauses(
  snapshot: BoardSnapshot,
  assessment: BoardAssessment,
  extra: ClauseExtra = {},
): readonly ClauseState[] {
  const facts = prepareClauses(snapshot, assessment, extra);
  const drafts = [
    ...planClauses(facts),
    ...boardClauses(facts),
    ...cycleClauses(facts),
    logClause(facts),
    ...reviewClauses(facts),
    deepDives(facts),
    selfAssessment(facts),
    aimsClause(facts),
  ];
  const states = drafts
    .map((draft) => conclude(facts, draft))
    .sort((a, b) => clauseOrder.indexOf(a.clause) - clauseOrder.indexOf(b.clause));
  return [...states, warningsClause(facts, states)];
}
