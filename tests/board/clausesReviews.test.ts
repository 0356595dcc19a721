// Clauses 7 to 12 rule by rule: the advisers, the dates of reviews, deep dives, own assessments, what reviewers are given.
import { describe, expect, test } from '@jest/globals';
import type { BoardSnapshot } from '../../bot/board/model';
import {
  anAction,
  anAdviserNote,
  anArea,
  anUpdate,
  aReading,
  aReview,
  someEvidence,
  someFacts,
} from '../fixtures/builders';
import {
  allConfirmed,
  aDispatch,
  aSoundBoard,
  aTogether,
  clauseOf,
  letters,
  openGaps,
  pastGaps,
} from '../fixtures/clauseJudging';

const sound = aSoundBoard();

describe('clause 7', () => {
  test.each([
    ['open for ten working days', {}, '2025-05-21T12:00:00.000Z', 0, 0],
    ['open for eleven', {}, '2025-05-22T12:00:00.000Z', 1, 0],
    ['answered in time', { answeredOn: '2025-05-14' }, '2025-06-10T08:00:00.000Z', 0, 0],
    ['answered after eleven', { answeredOn: '2025-05-22' }, '2025-06-10T08:00:00.000Z', 0, 1],
    ['asked tomorrow', { on: '2025-06-11' }, '2025-06-10T08:00:00.000Z', 0, 0],
  ])('about a question %s', (_what, over, at, open, past) => {
    const one = clauseOf('7', { adviserNotes: [anAdviserNote(over)] }, {}, at);
    expect([one.state, openGaps(one).length, pastGaps(one).length]).toEqual(['the-departments-to-do', open, past]);
  });

  test('shows what the two advisers were given, not the case lead and not what is to come', () => {
    const dispatches = [
      aDispatch(),
      aDispatch({ personRef: 'X3' }),
      aDispatch({ personRef: 'P77' }),
      aDispatch({ personRef: 'X2', sentAt: '2025-06-18T10:00:00.000Z' }),
    ];
    const one = clauseOf('7', { dispatches });
    expect(one.evidence).toEqual([{ ref: 'M3', kind: 'dispatch', on: '2025-04-29', text: 'Pack, to Lee Fairbrook.' }]);
    expect(one.sentence).toBe(
      'The advisers report to the Department; on record are 0 questions and concerns and 1 paper sent to them.',
    );
  });

  test('says when nothing is on record, and how long an answer took', () => {
    expect(clauseOf('7', { dispatches: [] }).sentence).toMatch(/nothing that they were given or asked is on record\.$/);
    const adviserNotes = [anAdviserNote({ answeredOn: '2025-05-14' }), anAdviserNote({ ref: 'Q2', on: '2025-06-09' })];
    const texts = clauseOf('7', { dispatches: [], adviserNotes }).evidence.map((one) => one.text);
    expect(texts).toEqual([
      'A question of Lee Fairbrook, open for 1 working day.',
      'A question of Lee Fairbrook, answered after 5 working days.',
    ]);
  });
});

describe('clause 8', () => {
  const planned = (on: string) => aReview({ ref: 'S2', on, state: 'planned' });
  test.each<readonly [string, Partial<BoardSnapshot>, number, number]>([
    ['a review six months to the day after the notice', { reviews: [aReview({ on: '2025-06-02' })] }, 0, 0],
    ['a review a day later', { reviews: [aReview({ on: '2025-06-03' })] }, 0, 1],
    ['none on the last day', { reviews: [], facts: someFacts({ noticeIssuedOn: '2024-12-10' }) }, 0, 0],
    ['none a day later', { reviews: [], facts: someFacts({ noticeIssuedOn: '2024-12-09' }) }, 1, 0],
    ['one booked in time', { reviews: [aReview(), planned('2025-10-15')] }, 0, 0],
    ['one booked too late', { reviews: [aReview(), planned('2025-10-16')] }, 1, 0],
    ['a cancelled one', { reviews: [aReview(), { ...planned('2025-10-16'), state: 'cancelled' }] }, 0, 0],
    [
      'two in order of date',
      { reviews: [aReview({ ref: 'S3', on: '2025-05-15' }), aReview({ ref: 'S2', on: '2025-05-15' }), aReview()] },
      0,
      0,
    ],
    [
      'two booked on a day',
      {
        reviews: [planned('2025-07-01'), aReview({ ref: 'S1', on: '2025-07-01', state: 'planned' })],
        facts: someFacts({ noticeIssuedOn: '2025-03-01' }),
      },
      0,
      0,
    ],
  ])('after %s', (_what, over, open, past) => {
    const one = clauseOf('8', over);
    expect([one.state, openGaps(one).length, pastGaps(one).length]).toEqual(['the-departments-to-do', open, past]);
  });

  test('knows no date without a notice and a review', () => {
    const { noticeIssuedOn: _, ...facts } = someFacts();
    expect(clauseOf('8', { facts, reviews: [] }).sentence).toBe('No review has been held yet; none is booked.');
    expect(clauseOf('8', { facts }).sentence).toBe(
      '1 review held; the next review is due by Wednesday 15 October 2025; none is booked.',
    );
  });
});

describe('clause 9', () => {
  const { updates, actions } = sound;
  test.each<readonly [string, Partial<BoardSnapshot>, string]>([
    ['attendance', { attendance: [] }, 'Leadership: nothing is recorded.'],
    [
      'attendance of a required member',
      { attendance: sound.attendance.map((one) => ({ ...one, state: 'deputy' as const })) },
      'Leadership: nothing is recorded.',
    ],
    [
      'attendance at a known meeting',
      { attendance: sound.attendance.map((one) => ({ ...one, meetingRef: 'M9' })) },
      'Leadership: nothing is recorded.',
    ],
    [
      'minutes',
      { meetings: sound.meetings.map(({ minutesFiledOn: _, ...rest }) => rest) },
      'Governance: nothing is recorded.',
    ],
    ['work together', { coProduction: [] }, 'Co-production: nothing is recorded.'],
    [
      'work together since the half-year',
      { coProduction: [aTogether({ on: '2024-12-09' })] },
      'Co-production: the newest record is from Monday 9 December 2024.',
    ],
    [
      'an action on the workforce',
      { actions: actions.map((one) => ({ ...one, title: 'Write the standard' })) },
      'Workforce: nothing is recorded.',
    ],
    [
      'a partner',
      { actions: actions.map((one) => ({ ...one, partnerBodies: ['Northam Council'] })) },
      'Multi-agency arrangements: nothing is recorded.',
    ],
    [
      'a reading about plans',
      { measures: sound.measures.map((one) => ({ ...one, name: 'Waits' })) },
      'Timeliness and quality of plans: nothing is recorded.',
    ],
    ['a voice', { evidence: [someEvidence()] }, 'Engagement: nothing is recorded.'],
    ['evidence for a priority area', { evidence: [] }, 'A1: no evidence is recorded for this priority area.'],
  ])('without %s has a gap', (_what, over, gap) => {
    expect(openGaps(clauseOf('9', over))).toContain(gap);
    expect(clauseOf('9', over).state).toBe('partly-evidenced');
  });

  test('counts a record of the first day of the half-year', () => {
    expect(clauseOf('9', { coProduction: [aTogether({ on: '2024-12-10' })] }).state).toBe('evidenced');
  });

  test('counts evidence on the area itself and asks nothing of an area for improvement', () => {
    const { actionRef: _, ...row } = someEvidence({ areaRef: 'A1', kind: 'family-voice' });
    expect(clauseOf('9', { evidence: [row] }).state).toBe('evidenced');
    expect(
      clauseOf('9', { areas: [anArea({ clauses: letters }), anArea({ ref: 'A2', kind: 'improvement' })] }).state,
    ).toBe('evidenced');
  });

  test('shows the newest record of a theme and how many there are', () => {
    const more = [...updates, anUpdate({ key: 'U2', at: '2025-05-30T11:00:00.000Z' })];
    const shown = clauseOf('9', { updates: more, actions: [...actions, anAction({ ref: 'A1.02' })] }).evidence;
    expect(shown).toContainEqual({ ref: 'A1.01', kind: 'action', on: '2025-05-30', text: 'Workforce: 2 records.' });
  });

  test('shows the deep dives that were held and is stale when they alone are left', () => {
    const one = clauseOf('9', {
      reviews: [aReview({ kind: 'deep-dive', on: '2024-11-01' })],
      attendance: [],
      coProduction: [],
      updates: [],
      readings: [],
      evidence: [],
      meetings: sound.meetings.map(({ minutesFiledOn: _, ...rest }) => rest),
    });
    expect(one.evidence.map((row) => row.text)).toEqual(['deep-dive, by The Department.']);
    expect(openGaps(one)).toContain(
      "The newest record is from Friday 1 November 2024, older than the clause's period.",
    );
  });
});

describe('clause 10', () => {
  const review = (over = {}) =>
    aReview({ selfAssessmentDueOn: '2025-04-08', sentOn: '2025-04-07', signedOffByRef: 'P13', ...over });
  const { sentOn: _s, ...unsent } = review();
  const { signedOffByRef: _g, ...unsigned } = review();
  test.each<readonly [string, Partial<BoardSnapshot>, string, number, number]>([
    ['sent on its day', { reviews: [review({ sentOn: '2025-04-08' })] }, 'evidenced', 0, 0],
    ['sent a day late', { reviews: [review({ sentOn: '2025-04-09' })] }, 'evidenced', 0, 1],
    ['not sent', { reviews: [unsent] }, 'gap', 1, 0],
    ['not signed off', { reviews: [unsigned] }, 'partly-evidenced', 1, 0],
    [
      'due today',
      { reviews: [{ ...unsent, state: 'planned', on: '2025-06-17', selfAssessmentDueOn: '2025-06-10' }] },
      'not-yet-due',
      0,
      0,
    ],
    [
      'due yesterday',
      { reviews: [{ ...unsent, state: 'planned', on: '2025-06-17', selfAssessmentDueOn: '2025-06-09' }] },
      'gap',
      1,
      0,
    ],
    [
      'older than six months',
      { reviews: [review({ on: '2024-12-12', selfAssessmentDueOn: '2024-12-10', sentOn: '2024-12-09' })] },
      'partly-evidenced',
      1,
      0,
    ],
  ])('about an assessment %s', (_what, over, state, open, past) => {
    const one = clauseOf('10', over);
    expect([one.state, openGaps(one).length, pastGaps(one).length]).toEqual([state, open, past]);
  });

  test('asks for nothing where no review asks for an assessment', () => {
    expect(clauseOf('10', { reviews: [aReview()] }, {})).toMatchObject({
      state: 'not-yet-due',
      gaps: [],
      toConfirm: [],
      sentence: 'No assessment is due yet.',
    });
  });

  test.each<readonly [string, Partial<BoardSnapshot>]>([
    ['a, progress against the plan', { actions: [] }],
    ['b, what parents and carers say', { evidence: [] }],
    ['d, documents that track the plan', { loggedRows: [] }],
    ['d(i), an update for each area', { areas: [anArea(), anArea({ ref: 'A2' })] }],
    ['d(i), an update for each area', { areas: [] }],
    ['d(ii), the measures and their readings', { readings: [] }],
    ['d(iii), the part that partners, families and schools play', { coProduction: [] }],
  ])('misses part %s', (part, over) => {
    expect(openGaps(clauseOf('10', over))).toContain(`Part ${part}, is not held.`);
  });

  test('names who signed off and leaves the chart and the receiver to a person', () => {
    const one = clauseOf('10', { reviews: [review(), { ...unsigned, ref: 'S0' }] }, {});
    expect(one.evidence.map((row) => row.text)).toEqual([
      'Sent before the stocktake.',
      'Sent before the stocktake, signed off by Dale Winscombe.',
    ]);
    expect(clauseOf('10', {}, {})).toMatchObject({
      state: 'for-a-person-to-confirm',
      toConfirm: [expect.stringContaining('chart'), expect.stringContaining('To whom')],
    });
  });
});

describe('clause 11', () => {
  const diagnostic = (over = {}) => aReview({ kind: 'diagnostic review', ...over });
  test.each([
    ['none', [], 'not-yet-due', 'The Department has not required one, as far as the record shows.'],
    [
      'one booked',
      [diagnostic({ state: 'planned', on: '2025-07-01' })],
      'not-yet-due',
      'One is booked for Tuesday 1 July 2025, by The Department.',
    ],
    [
      'one held',
      [diagnostic()],
      'for-a-person-to-confirm',
      '1 diagnostic review is recorded; 3 points wait for a person to confirm.',
    ],
    [
      'two held',
      [diagnostic(), diagnostic({ ref: 'S2' })],
      'for-a-person-to-confirm',
      '2 diagnostic reviews are recorded; 3 points wait for a person to confirm.',
    ],
  ])('with %s', (_what, reviews, state, sentence) => {
    expect(clauseOf('11', { reviews })).toMatchObject({ state, sentence });
  });
});

describe('clause 12', () => {
  const unfiled = (ref: string) => ({
    meetings: sound.meetings.map((one) => {
      const { minutesFiledOn: _, ...rest } = one;
      return one.ref === ref ? rest : one;
    }),
  });
  test('asks for the minutes once they are due', () => {
    expect(openGaps(clauseOf('12', unfiled('M2')))).toEqual(['No minutes are on file for M2.']);
    const gaps = (at: string) => openGaps(clauseOf('12', unfiled('M3'), allConfirmed, at)).length;
    expect([gaps('2025-05-14T20:00:00.000Z'), gaps('2025-05-15T08:00:00.000Z')]).toEqual([0, 1]);
  });

  test('asks for the source of each reading', () => {
    const readings = [
      ...sound.readings,
      aReading({ period: '2025-01', reportedOn: '2025-02-06' }),
      aReading({ period: '2024-12', reportedOn: '2025-07-06' }),
    ];
    const one = clauseOf('12', { readings });
    expect(openGaps(one)).toEqual(['1 reading names no source.']);
    expect(one.counts).toMatchObject({ readings: 5, withSource: 4 });
  });

  test('asks where minutes can be opened that have no link', () => {
    const meetings = sound.meetings.map(({ minutesLink: _, ...rest }) => rest);
    expect(clauseOf('12', { meetings }, {}).toConfirm).toContain('Where the minutes of M1, M2 and M3 can be opened.');
  });

  test('is not yet due without a review, and says when nothing is on file', () => {
    expect(clauseOf('12', { reviews: [] }, {})).toMatchObject({
      state: 'not-yet-due',
      evidence: [],
      toConfirm: [],
      sentence: 'No review is recorded or booked.',
    });
    expect(clauseOf('12', { meetings: [], readings: [] }, {}).sentence).toBe('Nothing is on file yet.');
  });
});
