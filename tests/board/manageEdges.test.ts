// The rare ways of hand-overs, leavers and notices: nobody before, several at once, taken back, by e-mail, paused for ever.
import { lastHandOver } from '../../bot/board/manageBack';
import { decideHandOver } from '../../bot/board/manageHandOver';
import { decideLeaver } from '../../bot/board/manageLeaver';
import type { HandOverMove } from '../../bot/board/manageModel';
import { decideNewItem } from '../../bot/board/manageNewItem';
import { handOverStep, noticeStands } from '../../bot/board/manageNotice';
import { pauseWords } from '../../bot/board/managePause';
import type { BoardSnapshot, Person, Update } from '../../bot/board/model';
import { resolvePolicy } from '../../bot/board/policy';
import { aPerson, aRequest, anAction, anUpdate } from '../fixtures/builders';
import { calendar } from '../fixtures/judging';
import { board, planAt, reminderAt, told } from '../fixtures/reminders';

const secretary = aPerson({ ref: 'S1', name: 'Sam Secretary', boardRole: 'secretary', deputyRefs: [] });
const { ownerRef: _owner, ...nobodys } = anAction();

function boardOf(over: Partial<BoardSnapshot> = {}, more: readonly Person[] = []): BoardSnapshot {
  const plain = board(over);
  return { ...plain, people: [...plain.people, secretary, ...more] };
}
const facts = (snapshot: BoardSnapshot) => ({
  snapshot,
  policy: resolvePolicy(snapshot.policy).policy,
  at: reminderAt,
  byRef: 'S1',
});
const handOver = (snapshot: BoardSnapshot, moves: readonly HandOverMove[]) =>
  decideHandOver({ ...facts(snapshot), moves });
const move: HandOverMove = { kind: 'action', ref: 'A1.01', toRef: 'P3' };
const handed = (over: Partial<Update>): Update =>
  anUpdate({ byRef: 'S1', at: reminderAt, before: { ownerRef: 'P3' }, after: { ownerRef: 'P1' }, ...over });
const last = (snapshot: BoardSnapshot) => lastHandOver(snapshot, 'S1', reminderAt, '2025-06-11');

describe('handing over', () => {
  test('what nobody owned is from nobody, in words and in the history', () => {
    expect(handOver(boardOf({ actions: [nobodys] }), [move])).toMatchObject({
      subjectRef: 'A1.01',
      updates: [{ before: { ownerRef: null }, after: { ownerRef: 'P3' } }],
      words: ['A1.01 Publish the standard: from nobody to Alex Brennan.'],
      asks: [expect.stringContaining('asked of Alex')],
    });
  });

  test('a hand-over that takes one back says which in the history', () => {
    expect(handOver(boardOf(), [{ ...move, takesBack: 'k1' }])).toMatchObject({ updates: [{ takesBack: 'k1' }] });
  });

  test.each([
    [2, 'What was asked about A1.01 and A1.02 and not answered'],
    [6, 'What was asked about 6 items and not answered'],
  ])('of %d things that were asked is one sentence', (number, words) => {
    const refs = Array.from({ length: number }, (_, at) => `A1.0${at + 1}`);
    const actions = refs.map((ref) => anAction({ ref }));
    const requests = refs.map((subjectRef) => aRequest({ subjectRef }));
    const moves = refs.map((ref) => ({ ...move, ref }));
    const decision = handOver(boardOf({ actions, requests }), moves);
    const sentences = decision.kind === 'accepted' ? decision.asks : [];
    expect(sentences).toEqual([`${words} is now asked of Alex Brennan, by Monday 16 June 2025.`]);
  });

  test('what the new owner has answered already is not asked again', () => {
    const answered = aRequest({ ownerRef: 'P3', state: 'answered', answeredOn: '2025-06-10' });
    const decision = handOver(boardOf({ requests: [aRequest(), answered] }), [move]);
    expect(decision).toMatchObject({
      changes: [{ record: 'action' }, { record: 'request', changes: { state: 'cancelled' } }],
      additions: [],
    });
  });

  test('somebody without the chat is asked by e-mail', () => {
    const outside = aPerson({ ref: 'P5', name: 'Wren Hollis', external: true, deputyRefs: [] });
    expect(handOver(boardOf({}, [outside]), [{ ...move, toRef: 'P5' }])).toMatchObject({
      additions: [{ values: { ownerRef: 'P5', route: 'e-mail' } }],
    });
  });
});

describe('the last hand-over', () => {
  test('is the later of two, whichever row comes first', () => {
    const early = handed({ key: 'k0', at: '2025-06-11T07:00:00.000Z', subjectRef: 'A1.02' });
    const late = handed({ key: 'k1' });
    for (const updates of [
      [early, late],
      [late, early],
    ])
      expect(last(boardOf({ updates }))?.moves.map((one) => one.takesBack)).toEqual(['k1']);
  });

  test('goes back to nobody, and what was given to nobody goes back to who had it', () => {
    const toOwner = handed({ key: 'k1', before: { ownerRef: null } });
    expect(last(boardOf({ updates: [toOwner] }))?.moves).toEqual([{ kind: 'action', ref: 'A1.01', takesBack: 'k1' }]);
    const toNobody = handed({ key: 'k1', after: { ownerRef: null } });
    expect(last(boardOf({ actions: [nobodys], updates: [toNobody] }))?.moves).toEqual([
      { kind: 'action', ref: 'A1.01', toRef: 'P3', takesBack: 'k1' },
    ]);
  });
});

describe('leaving', () => {
  const leaving = { personRef: 'P1', lastDayOn: '2025-06-30', toRef: 'P3' };
  const leave = (snapshot: BoardSnapshot, named: readonly HandOverMove[] = []) =>
    decideLeaver({ ...facts(snapshot), leaving, named });

  test.each([
    ['the one who leaves', 'P1', 'toRef'],
    ['somebody unknown', 'P99', 'toRef'],
  ])('leaves nothing to %s', (_name, toRef, field) => {
    expect(leave(boardOf(), [{ ...move, toRef }])).toMatchObject({ kind: 'refused', issues: [{ field }] });
  });

  test('of a person without anything is their last day alone, under the version that was read', () => {
    const stamp = { itemId: '1', version: 'v1' };
    const snapshot = boardOf({ actions: [] });
    const people = snapshot.people.map((one) => (one.ref === 'P1' ? { ...one, stamp } : one));
    expect(leave({ ...snapshot, people })).toEqual({
      kind: 'accepted',
      subjectRef: 'P1',
      changes: [{ record: 'person', ref: 'P1', stamp, changes: { leavesOn: '2025-06-30' } }],
      additions: [],
      updates: [],
      notices: [],
      asks: [],
      words: [],
      findings: [],
      warnings: [],
      left: { personRef: 'P1', lastDayOn: '2025-06-30', byRef: 'S1', at: reminderAt, deputies: [], escalations: [] },
    });
  });

  test('leaves the other deputies of an action where they are', () => {
    const actions = [anAction({ ref: 'A1.02', ownerRef: 'S1', deputyRefs: ['P2', 'P1'] })];
    expect(leave(boardOf({ actions }))).toMatchObject({
      changes: [{ record: 'action', ref: 'A1.02', changes: { deputyRefs: ['P2', 'P3'] } }, { record: 'person' }],
      updates: [{ before: { deputyRefs: 'P2; P1' }, after: { deputyRefs: 'P2; P3' } }],
    });
  });
});

test('a new item without a title is not added', () => {
  const item = { kind: 'action', areaRef: 'A1', title: '' } as const;
  expect(decideNewItem({ ...facts(boardOf()), item })).toMatchObject({ kind: 'refused', issues: [{ field: 'title' }] });
});

test('a notice stands while its hand-over is the last, whatever else the history holds', () => {
  const operation = 'manage-0123456789012345678901234567890123456789';
  const mine = handed({ key: `${operation}/update/0` });
  const others = [
    handed({ key: 'manage-other/update/0', at: '2025-06-10T08:00:00.000Z' }),
    handed({ key: 'k8', subjectRef: 'A1.02' }),
    anUpdate({ key: 'k9', at: '2025-06-12T08:00:00.000Z', after: { percentComplete: 70 } }),
  ];
  const stands = (updates: readonly Update[]) => noticeStands(boardOf({ updates }), handOverStep(operation), ['A1.01']);
  expect([stands([mine, ...others]), stands([...others, mine])]).toEqual([true, true]);
});

describe('sending', () => {
  const pause = { byRef: 'S1', at: reminderAt, why: 'Papers are being moved' };
  const running = { sending: { key: 'sending@b', pause }, planned: [] };

  test('is paused until somebody resumes it, and no reminder goes out', () => {
    const words = `Sending is paused since ${calendar.longDateTime(reminderAt)}, by Sam Secretary, until somebody resumes it. Why: Papers are being moved`;
    expect(pauseWords(pause, boardOf(), calendar)).toBe(words);
    expect(planAt(boardOf({ running }), reminderAt)).toMatchObject({ messages: [], why: words });
  });

  test('leaves out who has left', () => {
    const snapshot = boardOf();
    const people = snapshot.people.map((one) => (one.ref === 'P3' ? { ...one, leavesOn: '2025-06-10' } : one));
    const reminders = planAt({ ...snapshot, people }, reminderAt);
    expect(told(reminders).map(([ref]) => ref)).not.toContain('P3');
    expect(reminders.nothingFor).toContainEqual({ personRef: 'P3', why: 'Alex Brennan has left the board.' });
  });
});
