// Judges a board for whoever looks at it: what was judged serves everybody until a record changes or a moment comes that counts.
import { assess } from '../board/assess';
import type { BoardAssessment } from '../board/assessment';
import { judgedUntil } from '../board/judgedUntil';
import type { Action, BoardSnapshot, Instant } from '../board/model';
import { sameRecords } from '../board/sameRecords';

interface Judged {
  readonly snapshot: BoardSnapshot;
  readonly fromAt: Instant;
  readonly untilAt: Instant;
  /** As of the latest minute asked for. */
  assessment: BoardAssessment;
}

/** By the list of actions: it stays the same object from reading to reading while nothing in it changes. */
const known = new WeakMap<readonly Action[], Judged>();

/**
 * As assess() for the meeting prepared for, to the minute. Judgements that differ in the minute alone share their rows,
 * so that what is worked out from these can be kept by them.
 */
export function judge(snapshot: BoardSnapshot, now: Date): BoardAssessment {
  const at = now.toISOString();
  const before = known.get(snapshot.actions);
  if (before && before.fromAt <= at && at < before.untilAt && sameRecords(before.snapshot, snapshot)) {
    if (before.assessment.at.slice(0, 16) !== at.slice(0, 16)) before.assessment = { ...before.assessment, at };
    return before.assessment;
  }
  const assessment = assess(snapshot, { at });
  known.set(snapshot.actions, { snapshot, fromAt: at, untilAt: judgedUntil(snapshot, at), assessment });
  return assessment;
}
