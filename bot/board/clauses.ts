// The notice clause by clause: what the record shows of each, what is missing, and what only a person can say.
import type { BoardAssessment } from './assessment';
import { aimsClause, warningsClause } from './clauseAims';
import { boardClauses } from './clauseBoard';
import { cycleClauses } from './clauseCycle';
import { logClause } from './clauseLog';
import { deepDives, selfAssessment } from './clausePacks';
import { planClauses } from './clausePlan';
import { reviewClauses } from './clauseReviews';
import { clauseOrder, type ClauseExtra } from './clauseRecords';
import { conclude, prepareClauses, type ClauseState } from './clauseState';
import { keptByJudgement, type Judged } from './keptByJudgement';
import type { BoardSnapshot } from './model';

export type * from './clauseRecords';
export type * from './clauseState';

const order: readonly string[] = clauseOrder;

/**
 * The state of each clause as of the assessment's moment. The council does not certify itself: no state is reached without
 * records, and the sentence never says that a clause is complied with. What people entered about the clauses is read with
 * the board; `extra` stands for it where it is given.
 */
export function clauses(
  snapshot: BoardSnapshot,
  assessment: BoardAssessment,
  extra?: ClauseExtra,
): readonly ClauseState[] {
  return extra ? judge(snapshot, assessment, extra) : kept({ snapshot, assessment });
}

/** Several pages show them, minute after minute. */
const kept = keptByJudgement(({ snapshot, assessment }: Judged) =>
  judge(snapshot, assessment, snapshot.clauseRecords ?? {}),
);

function judge(snapshot: BoardSnapshot, assessment: BoardAssessment, extra: ClauseExtra): readonly ClauseState[] {
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
    .sort((a, b) => order.indexOf(a.clause) - order.indexOf(b.clause));
  return [...states, warningsClause(facts, states)];
}
