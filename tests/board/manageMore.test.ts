// What accepted decisions write, and when a message that waited is out of date.
import { lastHandOver, lastHandOverAt } from '../../bot/board/manageBack';
import { decideHandOver } from '../../bot/board/manageHandOver';
import { decideLeaver, holdingWords, holdingsOf } from '../../bot/board/manageLeaver';
import { handOverNotice, noticeStands } from '../../bot/board/manageNotice';
import { ownedItems } from '../../bot/board/manageOwned';
import { decideNewItem } from '../../bot/board/manageNewItem';
import { meetingAt, planCycle } from '../../bot/board/cycle';
import { resolvePolicy } from '../../bot/board/policy';
import { outOfDate } from '../../bot/board/timely';
import { aBody, aPerson, aRequest, aRisk, anAction, anUpdate } from '../fixtures/builders';
import { calendar, judged } from '../fixtures/judging';
import { sampleSnapshot } from '../fixtures/samplePlan';
import { board, deadlineDayAt, escalationAt, reminderAt, requestAt } from '../fixtures/reminders';

const secretary = aPerson({ ref: 'S1', name: 'Sam Secretary', boardRole: 'secretary', deputyRefs: ['P1'] });
const plain = board();
const snapshot = {
  ...plain,
  people: [...plain.people, secretary],
  actions: [...plain.actions, anAction({ ref: 'A1.03', ownerRef: 'P3', deputyRefs: ['P1'] })],
  bodies: [aBody({ escalationPersonRef: 'P1' })],
};
const facts = { snapshot, policy: resolvePolicy(snapshot.policy).policy, at: reminderAt, byRef: 'S1' };

test('an action and a risk with all that they need have nothing to mend', () => {
  const action = {
    kind: 'action',
    ...{ areaRef: 'A1', title: 'A title', description: 'More', ownerRef: 'P3' },
    ...{ leadBody: 'Northam Council', startOn: '2025-06-12', dueOn: '2025-09-01', successMeasure: 'It moves' },
  } as const;
  expect(decideNewItem({ ...facts, item: action })).toMatchObject({
    additions: [{ values: { ref: 'A1.04', dueOn: '2025-09-01', originalDueOn: '2025-09-01' } }],
    notices: [{ personRef: 'P3' }],
  });
  const scores = { current: { likelihood: 4, impact: 3 }, target: { likelihood: 2, impact: 3 } };
  const risk = {
    kind: 'risk',
    title: 'A risk',
    ownerRef: 'S1',
    reviewOn: '2025-09-01',
    areaRefs: ['A1'],
    ...scores,
  } as const;
  expect(decideNewItem({ ...facts, item: risk })).toMatchObject({ findings: [], notices: [] });
  expect(decideNewItem({ ...facts, item: { kind: 'risk', title: 'A risk', ...scores } })).toMatchObject({
    findings: ['It has no owner and no review date yet.'],
  });
});

test.each([
  ['P3', ['P3'], [], 'P3'],
  [undefined, [], [], null],
])('a leaver is replaced as deputy and for escalations by %s', (toRef, secretarys, actions, escalation) => {
  const leaving = { personRef: 'P1', lastDayOn: '2025-06-30', ...(toRef === undefined ? {} : { toRef }) };
  const decision = decideLeaver({ ...facts, leaving, named: [] });
  const changes = decision.kind === 'accepted' ? decision.changes : [];
  const of = (ref: string) => changes.filter((one) => one.ref === ref).map((one) => one.changes);
  expect(of('S1')).toEqual([{ deputyRefs: secretarys }]);
  // Nobody is their own deputy.
  expect(of('A1.03')).toEqual([{ deputyRefs: actions }]);
  expect(of('Northam Council')).toEqual([{ escalationPersonRef: escalation }]);
  expect(of('P1')).toEqual([{ leavesOn: '2025-06-30' }]);
});

test('a request once theirs is asked again, not made twice', () => {
  const requests = [aRequest(), aRequest({ ownerRef: 'P3', state: 'cancelled' })];
  const moves = [{ kind: 'action', ref: 'A1.01', toRef: 'P3' }] as const;
  const decision = decideHandOver({ ...facts, snapshot: { ...snapshot, requests }, moves });
  expect(decision).toMatchObject({
    additions: [],
    changes: [{}, { changes: { state: 'cancelled' } }, { changes: { state: 'open' } }],
  });
});

test('what was handed over goes back to who had it, once', () => {
  const update = anUpdate({
    key: 'k1',
    byRef: 'S1',
    at: reminderAt,
    subjectRef: 'A1.01',
    before: { ownerRef: 'P3' },
    after: { ownerRef: 'P1' },
  });
  const last = lastHandOver({ ...snapshot, updates: [update] }, 'S1', reminderAt, '2025-06-11');
  expect(last?.moves).toEqual([{ kind: 'action', ref: 'A1.01', toRef: 'P3', takesBack: 'k1' }]);
  const back = { ...update, key: 'k2', takesBack: 'k1' };
  expect(lastHandOver({ ...snapshot, updates: [update, back] }, 'S1', reminderAt, '2025-06-11')).toBeUndefined();
});

test('what nobody owns, and a planned hand-over that was not made, are findings', () => {
  const { ownerRef: _nobody, ...orphan } = aRisk();
  const planned = [{ key: 'planned@b/1', fromOn: '2025-06-09', byRef: 'S1', at: requestAt, moves: [] }];
  const found = judged({ ...snapshot, risks: [orphan], running: { planned } }).findings.map(
    (one) => `${one.rule} ${one.ref}`,
  );
  expect(found).toEqual(expect.arrayContaining(['item-without-owner R1', 'hand-over-not-done planned@b/1']));
});

test.each([
  ['request', requestAt, false],
  ['request', reminderAt, true],
  ['deadline-day', deadlineDayAt, false],
  ['deadline-day', escalationAt, true],
  ['escalation', escalationAt, false],
  ['escalation', '2025-06-25T12:00:00.000Z', true],
  ['arising', '2025-06-27T12:00:00.000Z', false],
] as const)('%s at %s: out of date is %s', (step, at, late) => {
  const { meeting, previous } = meetingAt(snapshot, requestAt);
  if (!meeting) throw new TypeError('no meeting in this test');
  const plan = planCycle(meeting, previous, calendar, facts.policy);
  expect(outOfDate(step, plan, '2025-06-25T09:00:00.000Z', at) !== undefined).toBe(late);
});

test('a whole sample board hands over all that one person has, with versions and in few words', () => {
  const sample = sampleSnapshot();
  const stamp = { itemId: '1', version: 'v1' };
  const full = {
    ...sample,
    actions: sample.actions.map((one) => ({ ...one, stamp })),
    requests: sample.requests.map((one) => ({ ...one, stamp })),
  };
  const given = {
    snapshot: full,
    policy: resolvePolicy(full.policy).policy,
    at: '2025-01-06T09:30:00.000Z',
    byRef: 'P15',
  };
  const people = full.people.filter(
    (one) => ownedItems(full).filter((item) => item.ownerRef === one.ref && item.open).length > 1,
  );
  for (const { ref } of people) {
    const leaving = { personRef: ref, lastDayOn: '2025-01-31', toRef: ref === 'P02' ? 'P04' : 'P02' };
    expect(decideLeaver({ ...given, leaving, named: [] }).kind).toBe('accepted');
    const nobody = ownedItems(full).filter((one) => one.ownerRef === ref && one.open);
    const decision = decideHandOver({ ...given, moves: nobody.map(({ kind, ref: item }) => ({ kind, ref: item })) });
    expect(decision.kind === 'accepted' && decision.findings.join()).toContain('have no owner now');
  }
  const parts = ['P01', 'P15'].map((ref) => holdingsOf(full, ref)?.parts);
  expect(parts).toEqual([['chair'], ['secretary']]);
  expect(holdingWords([])).toBe('nothing open');
});

test('without a meeting nothing is asked, and a ref that nobody has is shown as it is', () => {
  const orphan = anAction({ ref: 'A1.01', ownerRef: 'P77' });
  const alone = { ...snapshot, meetings: [], actions: [orphan] };
  const moves = [{ kind: 'action', ref: 'A1.01', toRef: 'P3' }] as const;
  expect(decideHandOver({ ...facts, snapshot: alone, moves })).toMatchObject({
    additions: [],
    words: ['A1.01 Publish the standard: from P77 to Alex Brennan.'],
  });
  const gone = [{ kind: 'risk', ref: 'R77', toRef: 'P3' }] as const;
  expect(decideHandOver({ ...facts, moves: gone })).toMatchObject({ kind: 'refused', issues: [{ field: 'R77' }] });
  const two = [...moves, { kind: 'action', ref: 'A1.02', toRef: 'P77' }] as const;
  expect(decideHandOver({ ...facts, moves: two })).toMatchObject({ kind: 'refused', issues: [{ field: 'A1.02' }] });
});

test('a notice of another kind keeps its subjects; one of things without date or owner says less', () => {
  expect(noticeStands(snapshot, 'notice:other', ['A1.01'])).toBe(true);
  const { ownerRef: _owner, dueOn: _due, ...bare } = anAction();
  const told = handOverNotice(
    { ...snapshot, actions: [bare] },
    { step: 'notice:hand-over:x', personRef: 'P1', subjectRefs: ['A1.01'] },
  );
  expect(told).toEqual({ yours: [], others: [{ ref: 'A1.01', title: 'Publish the standard' }] });
});

test('when somebody handed over last is known for the days in which it can be taken back', () => {
  const before = { ownerRef: 'P1' };
  const row = anUpdate({ byRef: 'S1', at: '2025-06-09T09:00:00.000Z', before, after: { ownerRef: 'P3' } });
  const updates = [row, { ...row, key: 'U2', at: '2025-06-10T09:00:00.000Z' }];
  const last = (on: string) => lastHandOverAt({ ...snapshot, updates }, 'S1', `${on}T12:00:00.000Z`);
  expect(last('2025-06-10')).toBe('2025-06-10T09:00:00.000Z');
  expect(last('2025-07-10')).toBeUndefined();
});
