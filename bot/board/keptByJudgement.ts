// What follows from a judgement and its records alone is worked out once, and serves everybody while the judgement stands.
import type { BoardAssessment } from './assessment';
import type { BoardSnapshot } from './model';
import { sameRecords } from './sameRecords';

export interface Judged {
  readonly snapshot: BoardSnapshot;
  readonly assessment: BoardAssessment;
}

/**
 * `work`, with what it said last of the same judgement, known by its rows, and the same records. It must not look at the
 * moment (`assessment.at`) nor at who asks: both change while a judgement stands.
 */
export function keptByJudgement<Of extends Judged, Result>(work: (of: Of) => Result): (of: Of) => Result {
  const known = new WeakMap<
    BoardAssessment['actions'],
    { readonly snapshot: BoardSnapshot; readonly result: Result }
  >();
  return (of) => {
    const before = known.get(of.assessment.actions);
    const result = before && sameRecords(before.snapshot, of.snapshot) ? before.result : work(of);
    known.set(of.assessment.actions, { snapshot: of.snapshot, result });
    return result;
  };
}
