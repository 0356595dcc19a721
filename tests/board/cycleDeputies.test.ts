// A colleague who answers one item for its owner: found by name, named for one cycle, gone with the meeting.
import { findColleague } from '../../bot/board/colleagues';
import { cycleDeputies, cycleDeputyOf, decideDelegation, delegatedItem } from '../../bot/board/cycleDeputies';
import type { BoardSnapshot, Update } from '../../bot/board/model';
import { defaultPolicy } from '../../bot/board/policy';
import { isAnswer } from '../../bot/board/siteEdits';
import { decideAnswer } from '../../bot/board/update';
import { aMeasure, aMitigation, anAction, anUpdate, aPerson, aQuietBoard, aRisk } from '../fixtures/builders';

const at = '2025-06-10T09:00:00.000Z';
const jo = aPerson({ ref: 'P5', name: 'Jo Ashdown', role: 'Analyst', deputyRefs: [] });
const mo = aPerson({ ref: 'P6', name: 'Mo Tarrant', role: 'Data lead', deputyRefs: [] });
const board = (over: Partial<BoardSnapshot> = {}): BoardSnapshot => {
  const quiet = aQuietBoard();
  return { ...quiet, people: [...quiet.people, jo, mo], ...over };
};
const named = (after: Update['after'], over: Partial<Update> = {}) => {
  const { narrative: _said, ...row } = anUpdate({ at, after, ...over });
  return row;
};
const decide = (snapshot: BoardSnapshot, toRef?: string, byRef = 'P1', ref = 'A1.01') =>
  decideDelegation({ snapshot, ref, byRef, at, ...(toRef === undefined ? {} : { toRef }) });
const why = (decision: ReturnType<typeof decide>) =>
  decision.kind === 'refused' ? decision.issues[0]?.message : decision.kind;

describe('naming a colleague', () => {
  test('is a row of the history that answers nothing', () => {
    const decision = decide(board(), 'P5');
    expect(decision).toMatchObject({
      kind: 'accepted',
      meetingRef: 'M4',
      deputy: { ref: 'P5' },
      update: { subjectKind: 'action', byRef: 'P1', before: { 'deputy.M4': null }, after: { 'deputy.M4': 'P5' } },
    });
    expect(isAnswer(board(), named({ 'deputy.M4': 'P5' }))).toBe(false);
    expect(isAnswer(board(), named({ dueOn: '2025-10-31' }))).toBe(false);
    expect(isAnswer(board(), named({ percentComplete: 70 }))).toBe(true);
  });

  test('lets them answer until the meeting, and no longer', () => {
    const snapshot = board({ updates: [named({ 'deputy.M4': 'P5' })] });
    const answer = { kind: 'action', ref: 'A1.01', percentComplete: 70 } as const;
    const give = (when: string) => decideAnswer({ snapshot, answer, byRef: 'P5', at: when, policy: defaultPolicy });
    expect(give(at)).toMatchObject({ kind: 'accepted', update: { byRef: 'P5', forOwnerRef: 'P1' } });
    expect(give('2025-06-26T09:00:00.000Z').kind).toBe('refused');
    expect(cycleDeputyOf(snapshot, 'A1.01', at)).toEqual(['P5']);
    expect(cycleDeputyOf(snapshot, 'R1', at)).toEqual([]);
  });

  test('goes by the last word, whatever the order of the rows', () => {
    const early = named({ 'deputy.M4': 'P5' }, { key: 'U1', at: '2025-06-09T09:00:00.000Z' });
    const late = named({ 'deputy.M4': 'P6' }, { key: 'U2' });
    const back = named({ 'deputy.M4': null }, { key: 'U3', at: '2025-06-10T10:00:00.000Z' });
    const last = named({ 'deputy.M3': 'P5' }, { key: 'U4' });
    expect(cycleDeputyOf(board({ updates: [late, early, last] }), 'A1.01', at)).toEqual(['P6']);
    expect(cycleDeputies(board({ updates: [late, early, back] }), at).size).toBe(0);
    expect(cycleDeputies(board({ updates: [late], meetings: [] }), at).size).toBe(0);
  });

  test('is refused for who has left the board', () => {
    const gone = { ...jo, leavesOn: '2025-06-09' };
    const { people } = aQuietBoard();
    expect(why(decide(board({ people: [...people, gone] }), 'P5'))).toBe(
      'Jo Ashdown has left the board. Please choose somebody else.',
    );
  });

  test('is for the owner and the secretary, who is recorded', () => {
    expect(decide(board(), 'P5', 'P8')).toMatchObject({ update: { byRef: 'P8', forOwnerRef: 'P1' } });
    for (const other of ['P2', 'P9', 'X1', 'P77'])
      expect(why(decide(board(), 'P5', other))).toContain('Only the owner of A1.01 or the secretary');
  });

  test.each([
    ['nobody of the board', board(), 'P77', 'This person is not on the board.'],
    ['an adviser', board(), 'X1', 'advises the board'],
    ['the owner', board(), 'P1', 'Robin Ashdown owns A1.01 already.'],
    ['anybody, without a meeting', board({ meetings: [] }), 'P5', 'No meeting is planned'],
    ['anybody, for nothing', board({ actions: [] }), 'P5', 'There is no A1.01'],
  ])('refuses %s', (_what, snapshot, toRef, message) => {
    expect(why(decide(snapshot, toRef))).toContain(message);
  });

  test('refuses an item without an owner', () => {
    const { ownerRef: _owner, ...nobodys } = anAction();
    expect(why(decide(board({ actions: [nobodys] }), 'P5', 'P8'))).toContain('has no owner');
  });

  test('is taken back, and changes nothing where it is so already', () => {
    const snapshot = board({ updates: [named({ 'deputy.M4': 'P5' })] });
    expect(decide(snapshot)).toMatchObject({ update: { before: { 'deputy.M4': 'P5' }, after: { 'deputy.M4': null } } });
    expect(decide(snapshot, 'P5').kind).toBe('same');
    expect(decide(board()).kind).toBe('same');
  });

  test('works for every kind that is answered', () => {
    const snapshot = board({ risks: [aRisk()], mitigations: [aMitigation()], measures: [aMeasure()] });
    expect(['A1.01', 'R1', 'R1.1', 'K1', 'Z9'].map((ref) => delegatedItem(snapshot, ref)?.kind)).toEqual([
      'action',
      'risk',
      'mitigation',
      'measure',
      undefined,
    ]);
  });
});

describe('a name typed in chat', () => {
  const { people } = board();
  test.each([
    ['jo ashdown', ['P5']],
    ['Mo', ['P6']],
    ['tarrant', ['P6']],
    ['data lead', ['P6']],
    ['p6', ['P6']],
    ['ashdown', ['P1', 'P5']],
    ['tarant', ['P6']],
    ['', []],
    ['xyzzy', []],
  ])('%j means %j', (words, refs) => {
    const found = findColleague(people, words);
    const meant = found.kind === 'found' ? [found.person] : found.kind === 'choose' ? found.people : [];
    expect(meant.map((one) => one.ref).filter((ref) => ref !== 'X1')).toEqual(refs);
  });

  test('with a slip is never taken without asking', () => {
    expect(findColleague(people, 'jo ashdwon').kind).toBe('choose');
  });
});
