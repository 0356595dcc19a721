// Hand-overs, leavers, new items, notices and pauses as rules: each way a decision is made or refused.
import { handOverNotice, handOverStep, noticeStands } from '../../bot/board/manageNotice';
import { decideHandOver } from '../../bot/board/manageHandOver';
import { decideLeaver, holdingWords, holdingsOf } from '../../bot/board/manageLeaver';
import { decideNewItem } from '../../bot/board/manageNewItem';
import { hasLeft, possibleOwners, whyNotOwner } from '../../bot/board/manageOwned';
import { pauseAt, pauseWords } from '../../bot/board/managePause';
import type { BoardSnapshot } from '../../bot/board/model';
import { resolvePolicy } from '../../bot/board/policy';
import { lastHandOver } from '../../bot/board/manageBack';
import { aDecision, aMitigation, aPerson, aRequest, aRisk, anUpdate } from '../fixtures/builders';
import { calendar, judged } from '../fixtures/judging';
import { board, escalationAt, reminderAt } from '../fixtures/reminders';

const secretary = aPerson({ ref: 'S1', name: 'Sam Secretary', boardRole: 'secretary', deputyRefs: [] });
const adviser = aPerson({ ref: 'X1', name: 'Ada Viser', boardRole: 'dfe-case-lead', deputyRefs: [] });

function withSecretary(over: Partial<BoardSnapshot> = {}): BoardSnapshot {
  const plain = board(over);
  return { ...plain, people: [...plain.people, secretary, adviser] };
}
const facts = (snapshot: BoardSnapshot, at = reminderAt) => ({
  snapshot,
  policy: resolvePolicy(snapshot.policy).policy,
  at,
  byRef: 'S1',
});
const move = { kind: 'action', ref: 'A1.01', toRef: 'P3' } as const;
const issuesOf = (decision: { kind: string; issues?: readonly { field: string }[] }) =>
  decision.issues?.map((one) => one.field) ?? decision.kind;

test('before the deadline the open request is cancelled and asked of the new owner', () => {
  const decision = decideHandOver({ ...facts(withSecretary()), moves: [move] });
  expect(decision).toMatchObject({
    kind: 'accepted',
    changes: [
      { record: 'action', changes: { ownerRef: 'P3' } },
      { record: 'request', changes: { state: 'cancelled' } },
    ],
    additions: [
      { operationKey: 'request:M4:A1.01:P3', values: { ownerRef: 'P3', state: 'open', dueOn: '2025-06-16' } },
    ],
  });
});

test('after the deadline what was asked stays as it was', () => {
  const decision = decideHandOver({ ...facts(withSecretary(), escalationAt), moves: [move] });
  expect(decision).toMatchObject({ kind: 'accepted', changes: [{ record: 'action' }], additions: [] });
});

test('nobody yet is said in the findings, and nobody is asked', () => {
  const decision = decideHandOver({ ...facts(withSecretary()), moves: [{ kind: 'action', ref: 'A1.01' }] });
  expect(decision).toMatchObject({ additions: [], findings: ["A1.01 has no owner now; the board's findings say so."] });
});

test.each([
  ['an adviser', { ...move, toRef: 'X1' }, ['toRef']],
  ['somebody unknown', { ...move, toRef: 'P99' }, ['toRef']],
  ['a closed risk', { kind: 'risk', ref: 'R9', toRef: 'P3' } as const, ['R9']],
  ['nothing', { ...move, toRef: 'P1' }, ['ref']],
])('refuses to hand over to or of %s', (_name, one, fields) => {
  const snapshot = withSecretary({ risks: [aRisk({ ref: 'R9', status: 'closed' })] });
  expect(issuesOf(decideHandOver({ ...facts(snapshot), moves: [one] }))).toEqual(fields);
});

test('only the secretary hands over, adds, and lets people leave', () => {
  const given = { ...facts(withSecretary()), byRef: 'P1' };
  const leaving = { personRef: 'P1', lastDayOn: '2025-06-30' };
  const item = { kind: 'action', areaRef: 'A1', title: 'A title' } as const;
  for (const decision of [
    decideHandOver({ ...given, moves: [move] }),
    decideLeaver({ ...given, leaving, named: [] }),
    decideNewItem({ ...given, item }),
  ])
    expect(issuesOf(decision)).toEqual(['byRef']);
});

test('a leaver without a successor leaves nobody behind, and is told as a gap', () => {
  const snapshot = withSecretary({ mitigations: [aMitigation()], decisions: [aDecision({ ownerRef: 'P1' })] });
  const held = holdingsOf(snapshot, 'P1');
  expect(holdingWords(held?.items ?? [])).toContain('1 action');
  const decision = decideLeaver({
    ...facts(snapshot),
    leaving: { personRef: 'P1', lastDayOn: '2025-06-30' },
    named: [],
  });
  expect(decision).toMatchObject({ kind: 'accepted', notices: [] });
  expect(decision.kind === 'accepted' && decision.findings.length).toBe(1);
});

test.each([
  [{ personRef: 'P99', lastDayOn: '2025-06-30' }, ['personRef']],
  [{ personRef: 'P1', lastDayOn: '2025-06-30', toRef: 'P1' }, ['toRef']],
  [{ personRef: 'P1', lastDayOn: '2025-06-30', toRef: 'X1' }, ['toRef']],
])('refuses a leaving that does not fit: %j', (leaving, fields) => {
  expect(issuesOf(decideLeaver({ ...facts(withSecretary()), leaving, named: [] }))).toEqual(fields);
});

test.each([
  [{ kind: 'action', areaRef: 'A9', title: 'A title' } as const, ['areaRef']],
  [
    { kind: 'action', areaRef: 'A1', title: 'A title', leadBody: 'X', partnerBodies: ['X'] } as const,
    ['leadBody', 'partnerBodies', 'partnerBodies'],
  ],
  [{ kind: 'action', areaRef: 'A1', title: 'A title', measureRefs: ['K9'] } as const, ['measureRefs']],
  [{ kind: 'action', areaRef: 'A1', title: 'A title', startOn: '2025-07-01', dueOn: '2025-06-01' } as const, ['dueOn']],
  [{ kind: 'action', areaRef: 'A1', title: ' ', ownerRef: 'X1' } as const, ['title', 'ownerRef']],
  [
    {
      kind: 'risk',
      title: 'A risk',
      areaRefs: ['A9'],
      current: { likelihood: 6, impact: 3 },
      target: { likelihood: 1, impact: 1 },
    } as const,
    ['areaRefs', 'likelihood'],
  ],
])('refuses a new item that does not fit: %j', (item, fields) => {
  expect(issuesOf(decideNewItem({ ...facts(withSecretary()), item }))).toEqual(fields);
});

test('a notice says whose it is now, and falls away when it was handed over again', () => {
  const step = handOverStep('manage-0123456789012345678901234567890123456789');
  const update = anUpdate({
    key: 'manage-0123456789012345678901234567890123456789/update/0',
    subjectRef: 'A1.01',
    before: { ownerRef: 'P3' },
    after: { ownerRef: 'P1' },
  });
  const snapshot = withSecretary({ updates: [update], requests: [aRequest()] });
  const told = handOverNotice(snapshot, { step, personRef: 'P1', subjectRefs: ['A1.01'], meetingRef: 'M4' });
  expect(told).toMatchObject({ yours: [{ ref: 'A1.01', from: 'Alex Brennan' }], others: [] });
  expect(noticeStands(snapshot, step, ['A1.01'])).toBe(true);
  const later = { ...update, key: 'manage-other/update/0', at: '2099-01-01T00:00:00.000Z' };
  expect(noticeStands({ ...snapshot, updates: [update, later] }, step, ['A1.01'])).toBe(false);
});

test('who has left owns nothing, and what is still theirs is a finding', () => {
  const gone = aPerson({ ref: 'P1', leavesOn: '2025-06-09' });
  const snapshot = withSecretary();
  const people = snapshot.people.map((one) => (one.ref === 'P1' ? gone : one));
  expect([hasLeft(gone, '2025-06-09'), hasLeft(gone, '2025-06-10')]).toEqual([false, true]);
  expect(possibleOwners({ ...snapshot, people }, '2025-06-10').map((one) => one.ref)).not.toContain('P1');
  expect(whyNotOwner({ ...snapshot, people }, 'P1', '2025-06-10')).toContain('will have left');
  const found = judged({ ...snapshot, people }).findings.map((one) => `${one.rule} ${one.ref}`);
  expect(found).toContain('owner-has-left A1.01');
});

test('a pause holds until its moment, and is said with who and why', () => {
  const pause = { byRef: 'S9', at: reminderAt, why: 'Because', untilAt: '2025-06-12T00:00:00.000Z' };
  const running = { sending: { key: 'sending@b', pause }, planned: [] };
  expect(pauseAt({ running }, '2025-06-11T23:59:59.000Z')).toBe(pause);
  expect(pauseAt({ running }, pause.untilAt)).toBeUndefined();
  expect(pauseAt({}, reminderAt)).toBeUndefined();
  expect(pauseWords(pause, { people: [] }, calendar)).toContain(
    'by S9, until Thursday 12 June 2025, 01:00. Why: Because',
  );
  expect(pauseWords({ ...pause, untilAt: '2025-06-11T23:00:00.000Z' }, { people: [] }, calendar)).toContain(
    'until the end of Wednesday 11 June 2025.',
  );
});

test('a hand-over of long ago is not taken back with a word', () => {
  const update = anUpdate({
    byRef: 'S1',
    at: '2025-06-01T08:00:00.000Z',
    before: { ownerRef: 'P1' },
    after: { ownerRef: 'P3' },
  });
  const snapshot = withSecretary({ updates: [update] });
  expect(lastHandOver(snapshot, 'S1', reminderAt, '2025-06-11')).toBeUndefined();
  expect(lastHandOver(snapshot, 'S1', '2025-06-02T08:00:00.000Z', '2025-06-02')).toMatchObject({ stays: ['A1.01'] });
});
