// The notice clause by clause: how a state is reached, and laws that hold for every clause of every board.
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { assess } from '../../bot/board/assess';
import { clauses } from '../../bot/board/clauses';
import type { BoardSnapshot } from '../../bot/board/model';
import { anArea, aPerson, aSnapshot } from '../fixtures/builders';
import { allClauses, allConfirmed, aSoundBoard, clauseOf, openGaps } from '../fixtures/clauseJudging';
import { sampleAt, sampleSnapshot } from '../fixtures/samplePlan';

const order = '1 2 3a 3b 3c 3d 3e 3f 4 5a 5b 5c 5d 5e 6 7 8 9 10 11 12 13 14'.split(' ');
const sound = allClauses(aSoundBoard());
const stateOf = (clause: string) => sound.find((one) => one.clause === clause)?.state;

describe('the clauses', () => {
  test('come in the order of the notice, whatever the board', () => {
    expect(sound.map((one) => one.clause)).toEqual(order);
    expect(allClauses(aSnapshot(), {}).map((one) => one.clause)).toEqual(order);
  });

  test('are worked out once a judgement, and anew for other records or other entries', () => {
    const board = aSnapshot();
    const assessment = assess(board, { at: sampleAt });
    const first = clauses(board, assessment);
    expect(clauses(board, assessment)).toBe(first);
    expect(clauses({ ...board, readAt: '2025-01-06T18:00:00.000Z' }, assessment)).toBe(first);
    expect(clauses({ ...board, areas: [anArea()] }, assessment)).not.toBe(first);
    expect(clauses(board, assessment, { timetableAgreedOn: '2024-03-04' })).not.toBe(first);
  });

  test('are judged for the next meeting when the assessment names none', () => {
    const empty = aSnapshot({ meetings: [] });
    const states = clauses(empty, assess(empty, { at: sampleAt }));
    expect(states.find((one) => one.clause === '6')?.state).toBe('not-yet-due');
  });

  test.each(order.filter((one) => !['7', '8', '11', '14'].includes(one)))(
    'call clause %s evidenced when every record is there and confirmed',
    (clause) => {
      expect(stateOf(clause)).toBe('evidenced');
    },
  );

  test.each([
    ['7', 'the-departments-to-do'],
    ['8', 'the-departments-to-do'],
    ['11', 'not-yet-due'],
    ['14', undefined],
  ])('never call clause %s evidenced', (clause, state) => {
    expect(stateOf(clause)).toBe(state);
  });
});

describe('a confirmation', () => {
  const confirmed = (over: Partial<{ clause: string; byRef: string; on: string }>) =>
    clauseOf('5d', {}, { confirmations: [{ clause: '5d', byRef: 'P8', on: '2025-06-05', text: 'Read.', ...over }] });

  test('by a person of the board settles what the lists cannot show', () => {
    expect(confirmed({})).toMatchObject({
      state: 'evidenced',
      toConfirm: [],
      confirmedBy: { name: 'Sam Orchard', on: '2025-06-05', text: 'Read.' },
    });
  });

  test.each([
    ['by nobody of the board', { byRef: 'P77' }],
    ['of another clause', { clause: '5c' }],
    ['dated later than the day judged', { on: '2025-06-11' }],
    ['older than a cycle', { on: '2025-03-12' }],
  ])('%s settles nothing', (_what, over) => {
    expect(confirmed(over)).toMatchObject({ state: 'for-a-person-to-confirm', toConfirm: [expect.any(String)] });
    expect(confirmed(over).confirmedBy).toBeUndefined();
  });

  test('of the newest day counts, and a volunteer is named by their body', () => {
    const people = [...aSoundBoard().people, aPerson({ ref: 'P20', body: 'Parent Forum', volunteer: true })];
    const given = (byRef: string, on: string) => ({ clause: '1', byRef, on, text: on });
    const confirmations = [given('P8', '2025-05-01'), given('P20', '2025-05-02'), given('P8', '2025-05-02')];
    expect(clauseOf('1', { people }, { confirmations }).confirmedBy?.name).toBe('Parent Forum');
  });

  test('does not close a gap', () => {
    expect(clauseOf('1', { evidence: [] }).state).toBe('partly-evidenced');
  });

  test('of several points is asked for in the plural', () => {
    expect(clauseOf('12', {}, {}).sentence).toMatch(/; 3 points wait for a person to confirm\.$/);
    expect(clauseOf('1', {}, {}).sentence).toMatch(/; 1 point waits for a person to confirm\.$/);
  });
});

type Lists = Extract<
  { [K in keyof BoardSnapshot]: BoardSnapshot[K] extends readonly unknown[] ? K : never }[keyof BoardSnapshot],
  string
>;
const lists: readonly Lists[] = [
  'areas',
  'bodies',
  'people',
  'actions',
  'milestones',
  'risks',
  'mitigations',
  'measures',
  'readings',
  'evidence',
  'coProduction',
  'meetings',
  'attendance',
  'requests',
  'updates',
  'dateChanges',
  'decisions',
  'invitations',
  'dispatches',
  'adviserNotes',
  'reviews',
  'loggedRows',
];

/** The board without some of its records, chosen by the numbers. */
function without(board: BoardSnapshot, dropped: readonly (readonly [Lists, number])[]): BoardSnapshot {
  return dropped.reduce<BoardSnapshot>((left, [name, at]) => {
    const rows: readonly unknown[] = left[name];
    return rows.length === 0 ? left : { ...left, [name]: rows.filter((_row, index) => index !== at % rows.length) };
  }, board);
}

const someDropped = fc.array(fc.tuple(fc.constantFrom(...lists), fc.nat(400)), { maxLength: 40 });
const needsRecord = ['evidenced', 'partly-evidenced'];

const gaps = (board: BoardSnapshot): readonly string[] =>
  allClauses(board).flatMap((one) => (one.state === 'gap' ? [one.clause] : []));

describe('for every board', () => {
  test('removing a record never turns a gap into evidenced', () => {
    fc.assert(
      fc.property(someDropped, fc.constantFrom(...lists), fc.nat(400), (dropped, list, at) => {
        const board = without(aSoundBoard(), dropped);
        const before = gaps(board);
        const after = allClauses(without(board, [[list, at]])).filter((one) => one.state === 'evidenced');
        expect(after.map((one) => one.clause).filter((one) => before.includes(one))).toEqual([]);
      }),
      { numRuns: 50 },
    );
  });

  test('removing a whole list never turns a gap into evidenced', () => {
    fc.assert(
      fc.property(fc.constantFrom(...lists), fc.constantFrom(...lists), (gone, next) => {
        const board = { ...aSoundBoard(), [gone]: [] };
        const before = gaps(board);
        const after = allClauses({ ...board, [next]: [] }).filter((one) => one.state === 'evidenced');
        expect(after.map((one) => one.clause).filter((one) => before.includes(one))).toEqual([]);
      }),
      { numRuns: 30 },
    );
  });

  test('no clause is evidenced, wholly or partly, without a record, and none with a gap open', () => {
    fc.assert(
      fc.property(someDropped, (dropped) => {
        const states = allClauses(without(aSoundBoard(), dropped), {});
        expect(states.filter((one) => needsRecord.includes(String(one.state)) && one.evidence.length === 0)).toEqual(
          [],
        );
        expect(states.filter((one) => one.state === 'evidenced' && openGaps(one).length > 0)).toEqual([]);
      }),
      { numRuns: 30 },
    );
  });

  test('an empty board shows nothing as evidenced', () => {
    const states = allClauses(aSnapshot({ meetings: [] }), {});
    expect(states.filter((one) => needsRecord.includes(String(one.state)))).toEqual([]);
  });

  test('the words met and compliant are never used, and every sentence ends', () => {
    const sample = sampleSnapshot();
    const states = [...sound, ...allClauses(aSnapshot(), {}), ...clauses(sample, assess(sample, { at: sampleAt }))];
    const said = states.flatMap((one) => [
      one.title,
      one.sentence,
      ...one.gaps.flatMap((gap) => [gap.text, gap.closes]),
    ]);
    expect(said.filter((words) => /\bmet\b|compl(y|ies|ied|iant|iance)/i.test(words))).toEqual([]);
    expect(states.map((one) => one.sentence).filter((words) => !/^[A-Z0-9].*\.$/.test(words))).toEqual([]);
  });

  test('what is dated after the day judged proves nothing yet', () => {
    const states = allClauses(aSoundBoard(), allConfirmed, '2024-12-02T12:00:00.000Z');
    const later = states.flatMap((one) => one.evidence).filter((one) => one.on !== undefined && one.on > '2024-12-02');
    expect(later).toEqual([]);
  });
});
