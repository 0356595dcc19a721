// Clauses 5a, 5b and 6 rule by rule: the posts and who came, accountability, invitations.
import { describe, expect, test } from '@jest/globals';
import type { BoardSnapshot } from '../../bot/board/model';
import { aDecision, aMeasure, aMeeting, anAction, anInvitation, aPerson, someFacts } from '../fixtures/builders';
import { allConfirmed, aSoundBoard, clauseOf, openGaps, pastGaps } from '../fixtures/clauseJudging';

const sound = aSoundBoard();
const peopleBut = (ref: string) => sound.people.filter((one) => one.ref !== ref);

describe('clause 5a', () => {
  test.each([
    ['P9', 'the chair'],
    ['P11', "the council's chief executive"],
    ['P12', "the ICB's chief executive"],
    ['P12', "the ICB's accountable officer"],
    ['P13', "the accountable officer of children's services"],
    ['P14', 'an elected member of the council'],
  ])('without %s misses %s', (ref, words) => {
    expect(openGaps(clauseOf('5a', { people: peopleBut(ref) }))).toContain(
      `No one who must attend is recorded as ${words}.`,
    );
  });

  test('counts only those whom the notice requires', () => {
    const people = sound.people.map((one) => (one.ref === 'P14' ? { ...one, requiredByNotice: false } : one));
    expect(openGaps(clauseOf('5a', { people }))).toHaveLength(1);
  });

  test.each([
    ['not recorded', {}],
    ['still to come', { chairAgreedWithDepartmentOn: '2025-06-11' }],
  ])("misses the Department's agreement to the chair when it is %s", (_what, facts) => {
    const one = clauseOf('5a', { facts: someFacts(facts) });
    expect(openGaps(one)).toEqual(['The day on which the Department agreed the chair is not recorded.']);
  });

  test('shows the agreement without a chair by name', () => {
    const { chairRef: _, ...facts } = sound.facts;
    expect(clauseOf('5a', { facts }).evidence.map((one) => one.ref)).toContain('chair');
  });

  test('waits for a person where the agreed dates are not recorded', () => {
    expect(clauseOf('5a', {}, {}).state).toBe('for-a-person-to-confirm');
  });

  const at = (rows: Readonly<Record<string, 'present' | 'deputy' | 'apologies' | 'absent' | undefined>>) => ({
    attendance: sound.attendance.flatMap((one) => {
      const state = one.personRef === 'P12' ? rows[one.meetingRef] : 'present';
      return state ? [{ ...one, state }] : [];
    }),
  });
  const gapsAfter = (over: Partial<BoardSnapshot>) => {
    const one = clauseOf('5a', over);
    return [openGaps(one).length, pastGaps(one).length];
  };

  test.each([
    ['came always', at({ M1: 'present', M2: 'present', M3: 'present' }), [0, 0]],
    ['sent a deputy', at({ M1: 'present', M2: 'present', M3: 'deputy' }), [0, 0]],
    ['sent apologies to the last meeting', at({ M1: 'present', M2: 'present', M3: 'apologies' }), [1, 0]],
    ['is not in the last record at all', at({ M1: 'present', M2: 'present' }), [1, 0]],
    ['missed the last two', at({ M1: 'present', M2: 'absent', M3: 'absent' }), [1, 0]],
    ['missed one and came again', at({ M1: 'present', M2: 'absent', M3: 'present' }), [0, 1]],
    ['missed the first, came, and missed the last', at({ M1: 'absent', M2: 'present', M3: 'absent' }), [1, 1]],
  ])('about a member who %s has open and past gaps', (_what, over, gaps) => {
    expect(gapsAfter(over)).toEqual(gaps);
  });

  test('says when a run of missed meetings began and ended', () => {
    const [past] = clauseOf('5a', at({ M1: 'absent', M2: 'absent', M3: 'present' })).gaps;
    expect(past).toMatchObject({ since: '2025-01-22', closedOn: '2025-05-07', refs: ['P12', 'M1', 'M2'], open: false });
  });

  test('asks for the attendance that no meeting recorded', () => {
    const one = clauseOf('5a', { attendance: sound.attendance.filter((row) => row.meetingRef === 'M1') });
    expect(openGaps(one)).toEqual(["Nobody's attendance is recorded for M2 and M3."]);
    expect(clauseOf('5a', { attendance: [] }).sentence).toBe('No attendance is recorded yet; 1 gap is open.');
  });

  test('keeps a meeting without a quorum in sight', () => {
    const meetings = sound.meetings.map((one) => (one.ref === 'M1' ? { ...one, quorate: false } : one));
    expect(pastGaps(clauseOf('5a', { meetings }))).toEqual(['M1 had no quorum.']);
  });
});

describe('clause 5b', () => {
  const action = sound.actions[0] ?? anAction();
  const { ownerRef: _o, ...ownerless } = action;
  const { dueOn: _d, ...dateless } = action;
  const { assignedByDecisionRef: _a, ...unassigned } = action;
  const measure = sound.measures[0] ?? aMeasure();
  const { baseline: _b, ...noBaseline } = measure;
  const { target: _t, ...noTarget } = measure;
  const lacksMeasure = 'no linked measure with baseline, target and date';

  test.each<readonly [string, Partial<BoardSnapshot>, string]>([
    ['no owner', { actions: [ownerless] }, 'no accountable person of the board'],
    ['an owner nobody knows', { actions: [{ ...action, ownerRef: 'P77' }] }, 'no accountable person of the board'],
    ['no date', { actions: [dateless] }, 'no due date'],
    ['no measure', { actions: [{ ...action, measureRefs: [] }] }, lacksMeasure],
    ['a measure nobody knows', { measures: [] }, lacksMeasure],
    ['a measure without baseline', { measures: [noBaseline] }, lacksMeasure],
    ['a measure without target', { measures: [noTarget] }, lacksMeasure],
  ])('with %s is a gap', (_what, over, lack) => {
    const one = clauseOf('5b', over);
    expect(one.state).toBe('gap');
    expect(one.sentence).toBe(`1 action has ${lack}: A1.01.`);
  });

  test.each<readonly [string, Partial<BoardSnapshot>]>([
    ['without the decision', { actions: [unassigned] }],
    ['with a decision nobody knows', { decisions: [] }],
  ])('%s that assigned it is partly evidenced', (_what, over) => {
    const one = clauseOf('5b', over);
    expect(one.state).toBe('partly-evidenced');
    expect(openGaps(one)).toEqual([
      '1 action has no recorded decision of the board that assigns accountability: A1.01.',
    ]);
  });

  test('is dated by the meeting that decided, once it has been', () => {
    expect(clauseOf('5b').on).toBe('2025-01-22');
    const { on, state } = clauseOf('5b', { decisions: [aDecision({ ref: 'D1', meetingRef: 'M4' })] });
    expect([on, state]).toEqual([undefined, 'evidenced']);
  });

  test('is not yet due without actions', () => {
    expect(clauseOf('5b', { actions: [] }).state).toBe('not-yet-due');
  });
});

describe('clause 6', () => {
  const but = (meetingRef: string, personRef: string) =>
    sound.invitations.filter((one) => one.meetingRef !== meetingRef || one.personRef !== personRef);

  test('misses an invitation to the next meeting from the day after its latest date', () => {
    const over = { invitations: but('M4', 'X3') };
    const states = ['2025-05-28T20:00:00.000Z', '2025-05-29T08:00:00.000Z'].map(
      (at) => clauseOf('6', over, allConfirmed, at).state,
    );
    expect(states).toEqual(['evidenced', 'partly-evidenced']);
  });

  test('says what to do about a meeting to come and about the last one', () => {
    const closes = (meetingRef: string) => clauseOf('6', { invitations: but(meetingRef, 'X1') }).gaps[0]?.closes;
    expect(closes('M4')).toBe('Send it today.');
    expect(closes('M3')).toBe('Invitations to the next meetings, sent in time.');
  });

  test('keeps a meeting of an earlier cycle in sight without holding it open', () => {
    const one = clauseOf('6', { invitations: but('M1', 'X2') });
    expect([one.state, openGaps(one), pastGaps(one).length]).toEqual(['evidenced', [], 1]);
  });

  test('holds the first meeting open while there is but one', () => {
    const over = { meetings: [aMeeting({ ref: 'M3', on: '2025-05-07', state: 'held' })], invitations: but('M3', 'X2') };
    expect(openGaps(clauseOf('6', over))).toHaveLength(1);
  });

  test('is a gap when none was ever sent, and not yet due before the first date', () => {
    expect(clauseOf('6', { invitations: [] }).state).toBe('gap');
    expect(clauseOf('6', { invitations: [], meetings: [aMeeting({ on: '2025-09-24' })] }).state).toBe('not-yet-due');
  });

  test('misses a role that nobody holds', () => {
    const one = clauseOf('6', { people: peopleBut('X2') });
    expect(openGaps(one)).toEqual([
      'No one is recorded as the NHS England adviser, so no invitation to M3 went.',
      'No one is recorded as the NHS England adviser, so no invitation to M4 went.',
    ]);
  });

  test('asks nothing for a cancelled meeting', () => {
    const meetings = [...sound.meetings, aMeeting({ ref: 'M0', on: '2025-06-11', state: 'cancelled' })];
    expect(clauseOf('6', { meetings }).state).toBe('evidenced');
  });

  test('counts no other guest as an adviser', () => {
    const over = {
      people: [...sound.people, aPerson({ ref: 'P30' })],
      invitations: [anInvitation({ personRef: 'P30' }), anInvitation({ personRef: 'P77' })],
    };
    expect(clauseOf('6', over).evidence).toEqual([]);
  });

  test('is partly evidenced when the newest sending is older than a cycle', () => {
    const meetings = sound.meetings.map((one) => (one.ref === 'M4' ? { ...one, on: '2025-09-24' } : one));
    const invitations = sound.invitations.filter((one) => one.meetingRef !== 'M4');
    const one = clauseOf('6', { meetings, invitations });
    expect(openGaps(one)).toEqual([
      "The newest record is from Tuesday 10 December 2024, older than the clause's period.",
    ]);
  });

  const failed = (meetingRef: string) => anInvitation({ meetingRef, sentOn: '2025-05-20', delivery: 'failed' });
  const again = (meetingRef: string, sentOn: string) => anInvitation({ meetingRef, sentOn, delivery: 'unknown' });
  test.each([
    ['to the next meeting, not sent again', [failed('M4')], 1, 0, undefined],
    ['to the next meeting, sent again', [failed('M4'), again('M4', '2025-05-22')], 0, 1, '2025-05-22'],
    ['to the next meeting, after one that went before', [failed('M4'), again('M4', '2025-05-19')], 1, 0, undefined],
    ['to a meeting that is over', [failed('M3')], 0, 1, undefined],
  ])('after a failure %s', (_what, rows, open, past, closedOn) => {
    const kept = but(rows[0]?.meetingRef ?? '', 'X1');
    const one = clauseOf('6', { invitations: [...kept, ...rows] });
    expect([openGaps(one).length, pastGaps(one).length, one.gaps[0]?.closedOn]).toEqual([open, past, closedOn]);
  });

  test('shows arrival apart from sending', () => {
    const one = clauseOf('6', { invitations: [...but('M4', 'X1'), again('M4', '2025-05-22')] });
    expect(one.evidence[0]?.text).toBe('Sent for 3 of the 3 roles; 2 arrivals confirmed.');
    expect(one.state).toBe('evidenced');
  });
});
