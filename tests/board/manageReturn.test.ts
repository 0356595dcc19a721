// Taking a leaving back as a rule: what comes back, what stays as it is since, and who may.
import { decideReturn, lastLeaver } from '../../bot/board/manageReturn';
import { delegationsOf, endedDelegation, renewedDelegation } from '../../bot/board/cycleDeputies';
import { decideLeaver } from '../../bot/board/manageLeaver';
import type { BoardSnapshot, Leaver, Update } from '../../bot/board/model';
import { resolvePolicy } from '../../bot/board/policy';
import { aBody, aPerson, anAction, anUpdate } from '../fixtures/builders';
import { board } from '../fixtures/reminders';

const leftAt = '2025-06-11T08:00:00.000Z';
const at = '2025-06-11T09:00:00.000Z';
const secretary = aPerson({ ref: 'S1', name: 'Sam Secretary', boardRole: 'secretary', deputyRefs: [] });
const stamp = { itemId: '7', version: 'v7' };
const leaver = (over: Partial<Leaver> = {}): Leaver => ({
  key: 'left@northam/1',
  personRef: 'P1',
  lastDayOn: '2025-06-10',
  byRef: 'S1',
  at: leftAt,
  deputies: [],
  escalations: [],
  ...over,
});

/** P1 has left and A1.01 went to P3. */
function afterwards(over: Partial<BoardSnapshot> = {}): BoardSnapshot {
  const plain = board({ actions: [anAction({ ownerRef: 'P3' })], requests: [], ...over });
  const people = plain.people.map((one) => (one.ref === 'P1' ? { ...one, leavesOn: '2025-06-10', stamp } : one));
  return { ...plain, people: [...people, secretary] };
}
function row(over: Partial<Update>): Update {
  const { narrative: _said, ...rest } = anUpdate({ byRef: 'S1', at: leftAt, forOwnerRef: 'P1', ...over });
  return rest;
}
const moved = row({ key: 'H1', before: { ownerRef: 'P1' }, after: { ownerRef: 'P3' } });
const ended = row({ key: 'D1', before: { 'deputy.M4': 'P2' }, after: { 'deputy.M4': null } });
const goBack = (snapshot: BoardSnapshot, one = leaver(), byRef = 'S1') =>
  decideReturn({ snapshot, policy: resolvePolicy(snapshot.policy).policy, at, byRef, leaver: one });
const wordsOf = (decision: ReturnType<typeof goBack>) => (decision.kind === 'accepted' ? decision.words : decision);

test('a person without anything stays on the board, under the version that was read', () => {
  expect(goBack(afterwards({ updates: [] }))).toEqual({
    kind: 'accepted',
    subjectRef: 'P1',
    changes: [{ record: 'person', ref: 'P1', stamp, changes: { leavesOn: null } }],
    additions: [],
    updates: [],
    notices: [],
    words: ['Robin Ashdown stays on the board.'],
    findings: [],
    warnings: [],
  });
});

test('what they owned goes back to them, though their last day is over', () => {
  expect(goBack(afterwards({ updates: [moved] }))).toMatchObject({
    changes: [{ record: 'action', changes: { ownerRef: 'P1' } }, { record: 'person' }],
    updates: [{ before: { ownerRef: 'P3' }, after: { ownerRef: 'P1' }, takesBack: 'H1' }],
    notices: [
      { personRef: 'P3', subjectRefs: ['A1.01'] },
      { personRef: 'P1', subjectRefs: ['A1.01'] },
    ],
  });
  const since = afterwards({ updates: [moved], actions: [anAction({ ownerRef: 'P2' })] });
  expect(wordsOf(goBack(since))).toEqual([
    'Robin Ashdown stays on the board.',
    'Changed since, so as it is now: A1.01.',
  ]);
});

test('who advises the board by now gets nothing back', () => {
  const snapshot = afterwards({ updates: [moved] });
  const people = snapshot.people.map((one) =>
    one.ref === 'P1' ? { ...one, boardRole: 'dfe-case-lead' as const } : one,
  );
  expect(goBack({ ...snapshot, people })).toMatchObject({ kind: 'refused', issues: [{ field: 'toRef' }] });
});

test('deputies and escalations come back where nobody changed them', () => {
  const deputies = [
    { record: 'action', ref: 'A1.01', before: ['P1', 'P2'], after: ['P2'] },
    { record: 'action', ref: 'A1.02', before: ['P1'], after: [] },
    { record: 'person', ref: 'P3', before: ['P1'], after: ['P2'] },
    { record: 'person', ref: 'P2', before: ['P1'], after: ['P3'] },
    { record: 'person', ref: 'P99', before: ['P1'], after: [] },
  ] as const;
  const snapshot = afterwards({
    updates: [row({ key: 'U9', subjectRef: 'A1.02', before: { deputyRefs: 'P1' }, after: { deputyRefs: null } })],
    actions: [
      anAction({ ownerRef: 'P3', deputyRefs: ['P2'], stamp }),
      anAction({ ref: 'A1.02', ownerRef: 'P3', deputyRefs: [] }),
    ],
    bodies: [aBody({ name: 'Northam Council', escalationPersonRef: 'P2' }), aBody({ name: 'Northam ICB', stamp })],
  });
  const people = snapshot.people.map((one) => (one.ref === 'P3' ? { ...one, deputyRefs: ['P2'] } : one));
  const { escalationPersonRef: _none, ...unled } = aBody({ name: 'Northam ICB', stamp });
  const bodies = [...snapshot.bodies.slice(0, 1), unled];
  const escalations = [{ body: 'Northam Council', toRef: 'P3' }, { body: 'Northam ICB' }, { body: 'Gone' }];
  const decision = goBack({ ...snapshot, people, bodies }, leaver({ deputies, escalations }));
  expect(decision).toMatchObject({
    changes: [
      { record: 'action', ref: 'A1.01', stamp, changes: { deputyRefs: ['P1', 'P2'] } },
      { record: 'action', ref: 'A1.02', changes: { deputyRefs: ['P1'] } },
      { record: 'person', ref: 'P3', changes: { deputyRefs: ['P1'] } },
      { record: 'body', ref: 'Northam ICB', stamp, changes: { escalationPersonRef: 'P1' } },
      { record: 'person', ref: 'P1' },
    ],
    updates: [
      { subjectRef: 'A1.01', before: { deputyRefs: 'P2' }, after: { deputyRefs: 'P1; P2' } },
      { subjectRef: 'A1.02', before: { deputyRefs: null }, after: { deputyRefs: 'P1' }, takesBack: 'U9' },
    ],
  });
  const second = snapshot.people.find((one) => one.ref === 'P2')?.name ?? 'P2';
  expect(wordsOf(decision)).toEqual([
    'Robin Ashdown stays on the board.',
    'Deputies as before: of A1.01, of A1.02 and of Alex Brennan.',
    'Escalations of Northam ICB go to Robin Ashdown again.',
    `Changed since, so as it is now: the deputies of ${second}, the deputies of P99, the escalations of Northam Council and the escalations of Gone.`,
  ]);
});

test('who answered for them this cycle does so again, if it is theirs again', () => {
  const snapshot = afterwards({ updates: [moved, ended] });
  const decision = goBack(snapshot);
  expect(decision).toMatchObject({
    updates: [
      { takesBack: 'H1' },
      { takesBack: 'D1', forOwnerRef: 'P1', before: { 'deputy.M4': null }, after: { 'deputy.M4': 'P2' } },
    ],
    notices: [{ personRef: 'P3' }, { personRef: 'P1' }, { personRef: 'P2', subjectRefs: ['A1.01'], about: 'deputy' }],
  });
  expect(goBack(afterwards({ updates: [ended] }))).toMatchObject({ updates: [], notices: [] });
  // The secretary's own item is nobody's else to name, and what they do themselves they are not told.
  const { forOwnerRef: _nobody, ...own } = row({ ...ended, before: { 'deputy.M4': 'S1' } });
  const mine = goBack(afterwards({ updates: [own], actions: [anAction({ ownerRef: 'S1' })] }));
  expect(mine).toMatchObject({ updates: [{ takesBack: 'D1' }], notices: [] });
  expect(mine.kind === 'accepted' && Object.hasOwn(mine.updates[0] ?? {}, 'forOwnerRef')).toBe(false);
});

test('several items of one colleague are told at once; somebody unknown is named by ref', () => {
  const updates = [
    row({ ...ended, forOwnerRef: 'P3', before: { 'deputy.M4': 'P1' } }),
    row({ ...ended, key: 'D2', subjectRef: 'A1.02', forOwnerRef: 'P77', before: { 'deputy.M4': 'P1' } }),
  ];
  const actions = [anAction({ ownerRef: 'P3' }), anAction({ ref: 'A1.02', ownerRef: 'P3' })];
  expect(goBack(afterwards({ updates, actions }))).toMatchObject({
    notices: [{ personRef: 'P1', subjectRefs: ['A1.01', 'A1.02'], about: 'deputy' }],
    words: [
      'Robin Ashdown stays on the board.',
      'Robin Ashdown answers A1.01 for Alex Brennan this cycle again.',
      'Robin Ashdown answers A1.02 for P77 this cycle again.',
    ],
  });
});

test('a delegation is not renewed once it is over, was named anew, or has no item', () => {
  const again = (snapshot: BoardSnapshot, one = ended) => renewedDelegation(snapshot, one, 'S1', at)?.deputyRef;
  const later = row({ key: 'D3', at: '2025-06-11T08:30:00.000Z', after: { 'deputy.M4': 'P3' } });
  expect(again(afterwards({ updates: [ended] }))).toBe('P2');
  expect(again(afterwards({ updates: [ended, row({ ...later, subjectRef: 'A1.02' })] }))).toBe('P2');
  expect(again(afterwards({ updates: [ended, later] }))).toBeUndefined();
  expect(again(afterwards({ updates: [ended], meetings: [] }))).toBeUndefined();
  expect(again(afterwards({ updates: [ended], actions: [] }))).toBeUndefined();
  expect(again(afterwards(), row({ before: { 'deputy.M3': 'P2' }, after: { 'deputy.M3': null } }))).toBeUndefined();
  expect(again(afterwards(), row({ before: {}, after: { 'deputy.M4': null } }))).toBeUndefined();
});

test('a delegation of an item that is gone, or of nobody, ends without fuss', () => {
  const named = (subjectRef: string) => row({ key: subjectRef, subjectRef, after: { 'deputy.M4': 'P1' } });
  const { ownerRef: _owner, ...nobodys } = anAction({ ref: 'A1.02' });
  const snapshot = afterwards({ updates: [named('A9.99'), named('A1.02')], actions: [nobodys] });
  const [only, ...others] = delegationsOf(snapshot, 'P1', at);
  expect(others).toEqual([]);
  expect(only && endedDelegation(only, 'S1', at)).toEqual({
    ...{ subjectKind: 'action', subjectRef: 'A1.02', byRef: 'S1', at, noChange: false },
    before: { 'deputy.M4': 'P1' },
    after: { 'deputy.M4': null },
  });
  expect(delegationsOf(snapshot, 'P3', at)).toEqual([]);
  const leaving = { personRef: 'P1', lastDayOn: '2025-06-10' };
  const policy = resolvePolicy(snapshot.policy).policy;
  expect(decideLeaver({ snapshot, policy, at, byRef: 'S1', leaving, named: [] })).toMatchObject({
    words: ['Robin Ashdown no longer answers A1.02 for its owner this cycle.'],
    notices: [],
  });
});

test('who takes an item over is told that it is theirs, not that they answer it no more', () => {
  const named = row({ after: { 'deputy.M4': 'P3' } });
  const second = row({ key: 'D2', subjectRef: 'A1.02', after: { 'deputy.M4': 'P2' } });
  const actions = [anAction({ ownerRef: 'P1' }), anAction({ ref: 'A1.02', ownerRef: 'P1' })];
  const third = row({ key: 'D3', subjectRef: 'A1.03', after: { 'deputy.M4': 'P2' } });
  const board3 = afterwards({
    updates: [named, second, third],
    actions: [...actions, anAction({ ref: 'A1.03', ownerRef: 'P1' })],
  });
  const people = board3.people.map(({ leavesOn: _gone, ...one }) => one);
  const leaving = { personRef: 'P1', lastDayOn: '2025-06-10', toRef: 'P3' };
  const policy = resolvePolicy(board3.policy).policy;
  const decision = decideLeaver({ snapshot: { ...board3, people }, policy, at, byRef: 'S1', leaving, named: [] });
  expect(decision.kind === 'accepted' && decision.notices).toEqual([
    { personRef: 'P3', subjectRefs: ['A1.01', 'A1.02', 'A1.03'] },
    { personRef: 'P2', subjectRefs: ['A1.02', 'A1.03'], about: 'deputy' },
  ]);
});

test('is for the secretary who said so, for seven days, and for people who are still on the list', () => {
  const left = [leaver({ key: 'left@northam/2', byRef: 'S2' }), leaver()];
  const snapshot = { ...afterwards(), running: { planned: [], left } };
  expect(lastLeaver(snapshot, 'S1', at)?.key).toBe('left@northam/1');
  expect(lastLeaver(snapshot, 'S1', '2025-06-18T08:00:00.001Z')).toBeUndefined();
  expect(lastLeaver({ ...snapshot, running: { planned: [] } }, 'S1', at)).toBeUndefined();
  expect(lastLeaver(afterwards(), 'S1', at)).toBeUndefined();
  expect(goBack(snapshot, leaver(), 'P1')).toMatchObject({ kind: 'refused', issues: [{ field: 'byRef' }] });
  expect(goBack(snapshot, leaver({ personRef: 'P99' }))).toMatchObject({ issues: [{ field: 'personRef' }] });
});
