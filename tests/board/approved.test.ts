// The judgement, the clauses, the log and the cycle of whole boards, word for word as approved: at other moments, and with
// each list of records missing. APPROVE=1 takes over what is said now; the diff of tests/board/approved is then to be read.
import { assess } from '../../bot/board/assess';
import { clauses } from '../../bot/board/clauses';
import { planFor, viewCycle } from '../../bot/board/cycleView';
import { compareLogs } from '../../bot/board/diffWords';
import { compileLog, rebuildLog } from '../../bot/board/log';
import type { BoardSnapshot } from '../../bot/board/model';
import { approvedLines, changesOf, linesOf } from '../fixtures/approved';
import { allConfirmed, aSoundBoard } from '../fixtures/clauseJudging';
import { calendar, now } from '../fixtures/judging';
import { sampleLogAfter } from '../fixtures/sampleLog';
import { sampleAt, sampleSnapshot } from '../fixtures/samplePlan';

const sample = sampleSnapshot();
const sound = aSoundBoard();
/** Findings by rule and record, so that one more is one line. */
const judged = (snapshot: BoardSnapshot, at = sampleAt) => {
  const { policy: _, findings, ...rest } = assess(snapshot, { at });
  const times = new Map<string, number>();
  const keyed = findings.map((one) => {
    const name = `${one.rule} ${one.ref}`;
    times.set(name, (times.get(name) ?? 0) + 1);
    return { key: `${name} ${times.get(name)}`, ...one };
  });
  return { ...rest, findings: keyed };
};
const plain = judged(sample);
const clausesOf = (snapshot: BoardSnapshot, at = now, extra = allConfirmed) => {
  const states = clauses(snapshot, assess(snapshot, { at }), extra);
  return { clauses: states.map((one) => ({ ...one, key: one.clause })) };
};
const cycleOf = (at: string) => {
  const assessment = assess(sample, { at });
  const found = planFor(sample, assessment);
  return found ? viewCycle({ snapshot: sample, assessment, plan: found.plan, at, ledger: [] }) : {};
};
const logOf = () => {
  const previous = rebuildLog(sample, 'B08', 'for the meeting');
  const assessment = assess(sample, { at: sampleAt, meetingRef: 'B09' });
  const facts = { snapshot: sample, assessment, kind: 'for the meeting', meetingRef: 'B09' } as const;
  return compileLog({ ...facts, ...(previous ? { previous } : {}) });
};
/** The lists of a board, each of which may be missing. */
const listsOf = (snapshot: BoardSnapshot) =>
  Object.entries(snapshot).flatMap(([name, value]) => (Array.isArray(value) && value.length > 0 ? [name] : []));

function expectApproved(name: string, lines: readonly string[]): void {
  expect(lines).toEqual(approvedLines(name, lines));
}

test('the sample board on its owners’ deadline', () => expectApproved('sample', linesOf(plain)));

test('the sample board in February, by what differs', () =>
  expectApproved('sample-february', changesOf(plain, judged(sample, '2025-02-03T09:00:00.000Z'))));

test('the clauses of the sample board', () =>
  expectApproved('sample-clauses', linesOf(clausesOf(sample, sampleAt, {}))));

test('the log of the sample board', () => expectApproved('sample-log', linesOf(logOf())));

test('the log after the meeting, and what changed', () => {
  const after = sampleLogAfter();
  expectApproved('sample-log-after', changesOf(logOf(), after));
  expectApproved('sample-log-compared', linesOf(compareLogs(logOf(), after, calendar.longDate)));
});

test('the cycle of the sample board', () => expectApproved('sample-cycle', linesOf(cycleOf(sampleAt))));

test.each(listsOf(sample))('the sample board without its %s, by what differs', (list) =>
  expectApproved(`sample-without-${list}`, changesOf(plain, judged({ ...sample, [list]: [] }))),
);

test('the clauses of a sound board', () => expectApproved('sound-clauses', linesOf(clausesOf(sound))));

test.each(listsOf(sound))('the clauses of a sound board without its %s, by what differs', (list) =>
  expectApproved(`sound-without-${list}`, changesOf(clausesOf(sound), clausesOf({ ...sound, [list]: [] }))),
);
