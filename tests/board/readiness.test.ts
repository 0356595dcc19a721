// Readiness, areas and the headline: counts with who or what is outstanding, and the one sentence.
import { describe, expect, test } from '@jest/globals';
import { assess } from '../../bot/board/assess';
import type { BoardSnapshot, LoggedRow } from '../../bot/board/model';
import {
  aLoggedRow,
  aMeasure,
  aMeeting,
  anAction,
  anArea,
  anAttendance,
  anInvitation,
  anUpdate,
  aPerson,
  aQuietBoard,
  aReading,
  aRequest,
  aRisk,
  aSnapshot,
  fourMeetings,
  someEvidence,
  someFacts,
} from '../fixtures/builders';
import { first, judged, now } from '../fixtures/judging';

const ready = (over: Partial<BoardSnapshot>, at = now) => judged(over, at).readiness;

describe('answers', () => {
  test('are counted with who has not answered, in order of owner', () => {
    const requests = [
      aRequest({ ownerRef: 'P2', subjectRef: 'R1', subjectKind: 'risk' }),
      aRequest({ subjectRef: 'A1.03' }),
      aRequest({ subjectRef: 'A1.02' }),
      aRequest(),
      aRequest({ subjectRef: 'A1.04', state: 'cancelled' }),
      aRequest({ subjectRef: 'A1.05', meetingRef: 'M3' }),
    ];
    expect(ready({ requests })).toMatchObject({
      answers: { done: 1, total: 4, outstandingRefs: ['A1.02', 'A1.03', 'R1'] },
      outstandingByPerson: [
        { personRef: 'P1', subjectRefs: ['A1.02', 'A1.03'] },
        { personRef: 'P2', subjectRefs: ['R1'] },
      ],
    });
  });
});

describe('risks', () => {
  test.each([
    ['reviewed after the last meeting', { lastReviewedOn: '2025-05-08' }, 1],
    ['reviewed on its day', { lastReviewedOn: '2025-05-07' }, 0],
    ['reviewed tomorrow', { lastReviewedOn: '2025-06-11' }, 0],
    ['closed', { status: 'closed' as const }, 0],
  ])('%s', (_, over, done) => {
    expect(ready({ risks: [aRisk(over)] })?.risksReviewed.done).toBe(done);
  });

  test('answered since the last meeting are reviewed', () => {
    const updates = [anUpdate({ subjectKind: 'risk', subjectRef: 'R1' })];
    expect(ready({ risks: [aRisk({ lastReviewedOn: '2025-01-06' })], updates })?.risksReviewed).toEqual({
      done: 1,
      total: 1,
      outstandingRefs: [],
    });
    expect(ready({ risks: [aRisk()], meetings: fourMeetings().slice(3) })?.risksReviewed.done).toBe(1);
  });
});

test('readings are those that came since the last meeting and those due by the owners’ deadline', () => {
  const measures = [
    aMeasure(),
    aMeasure({ ref: 'K2' }),
    aMeasure({ ref: 'K3', frequency: 'quarterly' }),
    aMeasure({ ref: 'K4', frequency: 'quarterly', baseline: { on: '2025-05-31', value: 60 } }),
  ];
  const readings = [
    aReading({ period: '2025-05', value: 65, reportedOn: '2025-06-06' }),
    aReading({ measureRef: 'K2' }),
    aReading({ measureRef: 'K3', period: '2025-03', value: 55, reportedOn: '2025-04-07' }),
  ];
  expect(ready({ measures, readings })?.readingsIn).toEqual({ done: 1, total: 2, outstandingRefs: ['K2'] });
  expect(ready({ measures, readings, meetings: fourMeetings().slice(3) })?.readingsIn.total).toBe(3);
});

test('advisers are counted for the meeting, sent by now', () => {
  const invitations = [
    anInvitation(),
    anInvitation({ personRef: 'X2', meetingRef: 'M3' }),
    anInvitation({ personRef: 'X3', sentOn: '2025-06-11' }),
  ];
  expect(ready({ invitations })?.advisersInvited).toEqual({ done: 1, total: 3, outstandingRefs: ['X2', 'X3'] });
});

describe('the quorum', () => {
  const people = [
    ...aQuietBoard().people,
    aPerson({ ref: 'P3', boardRole: 'member', body: 'Northam ICB' }),
    aPerson({ ref: 'P4', boardRole: 'member', body: 'Parent Forum' }),
  ];
  const comes = (personRef: string, over = {}) =>
    anAttendance({ meetingRef: 'M4', personRef, state: 'expected', ...over });
  const facts = (mustInclude: readonly string[], minimum = 3) => someFacts({ quorum: { minimum, mustInclude } });
  const everybody = [comes('P1'), comes('P3'), comes('P9')];
  test.each([
    [
      'enough, with all who must be there',
      facts(['chair or deputy', 'Council', 'icb']),
      everybody,
      { expected: 3, met: true },
    ],
    ['one too few', facts([], 4), everybody, { expected: 3, met: false }],
    [
      'without the chair',
      facts(['chair or deputy']),
      [comes('P1'), comes('P3'), comes('P4')],
      { expected: 3, met: false },
    ],
    ['without the ICB', facts(['icb']), [comes('P1'), comes('P4'), comes('P9')], { expected: 3, met: false }],
    [
      'with a body by its name',
      facts(['parent forum ']),
      [comes('P1'), comes('P4'), comes('P9')],
      { expected: 3, met: true },
    ],
    [
      'a deputy counts',
      facts([]),
      [
        comes('P1', { state: 'declined', deputyRef: 'P2' }),
        comes('P3', { state: 'deputy' }),
        comes('P4', { state: 'present' }),
      ],
      { expected: 3, met: true },
    ],
    [
      'the secretary, advisers and strangers do not',
      facts([], 1),
      [comes('P8'), comes('X1'), comes('P77'), comes('P3', { state: 'tentative' })],
      { expected: 0, met: false },
    ],
    ['another meeting does not', facts([], 1), [comes('P3', { meetingRef: 'M3' })], { expected: 0, met: false }],
    ['no rule', someFacts(), [], { expected: 0, minimum: 0, met: true }],
  ])('%s', (_, boardFacts, attendance, expected) => {
    expect(ready({ people, facts: boardFacts, attendance })?.quorum).toMatchObject(expected);
  });
});

describe('areas', () => {
  test('are counted by computed and claimed rating, effect, measures, risks and answers', () => {
    const assessment = judged({
      areas: [anArea({ ref: 'A2', title: 'Waits' }), anArea()],
      actions: [anAction(), anAction({ ref: 'A1.02', dueOn: '2025-06-09', originalDueOn: '2025-06-09' })],
      risks: [
        aRisk({
          areaRefs: ['A1', 'A2', 'A1'],
          current: { likelihood: 5, impact: 5 },
          inherent: { likelihood: 5, impact: 5 },
        }),
        aRisk({ ref: 'R2', areaRefs: ['A2'] }),
      ],
      readings: [aReading({ value: 20 })],
      requests: [aRequest(), aRequest({ subjectRef: 'A1.02' })],
    });
    expect(assessment.areas).toMatchObject([
      {
        ref: 'A1',
        actions: 2,
        slow: 1,
        delivery: { 'on-track': 1, 'off-track': 1, 'at-risk': 0 },
        claimedDelivery: { 'on-track': 2 },
        effect: { 'some-evidence': 1, 'too-early': 1 },
        measures: 1,
        measuresBehind: 1,
        risks: 1,
        risksAboveTolerance: 1,
        asked: 2,
        answered: 1,
        lastVoiceOn: '2025-05-20',
        trend: 'not-recorded-then',
      },
      { ref: 'A2', actions: 0, risks: 2, risksAboveTolerance: 1, measures: 0 },
    ]);
    expect(assessment.areas[1]).not.toHaveProperty('lastVoiceOn');
  });

  test.each([
    [true, 'same'],
    [false, 'worse'],
  ])('slow then %s, slow now: %s', (slow, trend) => {
    const actions = [anAction({ dueOn: '2025-06-09' })];
    expect(first(judged({ actions, loggedRows: [aLoggedRow({ slow })] }).areas).trend).toBe(trend);
  });

  test('slow then and not now is better', () => {
    expect(first(judged({ loggedRows: [aLoggedRow({ slow: true })] }).areas).trend).toBe('better');
  });
});

describe('the headline', () => {
  const slowAction = anAction({ ref: 'A1.02', dueOn: '2025-06-09', originalDueOn: '2025-06-09', percentComplete: 95 });
  const text = (over: Partial<BoardSnapshot>) => judged(over).headline.text;
  const logged = (...slow: readonly boolean[]): LoggedRow[] =>
    slow.map((one, index) => aLoggedRow({ subjectRef: `A1.0${index + 1}`, slow: one, percentComplete: 1 }));

  test.each([
    ['no log', [], 'no-comparison', '; there is no earlier log to compare with.'],
    [
      'a log that did not record it',
      [aLoggedRow({ percentComplete: 1 })],
      'no-comparison',
      '; the last log did not record how many were.',
    ],
    ['fewer then', logged(false, false), 'worse', ', worse than 0 in the last log.'],
    ['more then', logged(true, true), 'better', ', better than 2 in the last log.'],
    ['as many then', logged(true, false), 'same', ', the same number as in the last log.'],
  ])('compares with %s', (_, loggedRows, direction, words) => {
    const { headline } = judged({ actions: [anAction(), slowAction], loggedRows });
    expect(headline.direction).toBe(direction);
    expect(headline.text).toContain(`1 of 2 open actions is slow to progress${words}`);
  });

  test('says what is still to come and to decide', () => {
    expect(text({})).toContain('The one answer asked for is in.');
    expect(text({ requests: [] })).toContain('Nobody has been asked for an update yet.');
    expect(text({ updates: [], requests: [aRequest()] })).toContain('1 of 1 answer is still to come.');
    expect(text({ requests: [aRequest(), aRequest({ subjectRef: 'A1.02', state: 'answered' })] })).toContain(
      'All 2 answers are in.',
    );
    expect(text({ updates: [], requests: [aRequest(), aRequest({ subjectRef: 'A1.02' })] })).toContain(
      '2 of 2 answers are still to come.',
    );
  });

  test('has no answers to speak of without a meeting to come', () => {
    const snapshot = aSnapshot({ meetings: fourMeetings().slice(0, 3) });
    const assessment = assess(snapshot, { at: now });
    expect(assessment.headline.text).toBe(
      '0 of 0 open actions are slow to progress; there is no earlier log to compare with.',
    );
    expect(assessment).not.toHaveProperty('readiness');
    expect(assessment).not.toHaveProperty('meetingRef');
    expect(assessment.previousMeetingRef).toBe('M3');
  });
});

describe('the meeting', () => {
  test('is the one named, with the meetings before it that have ended', () => {
    const meetings = [
      ...fourMeetings(),
      aMeeting({ ref: 'M5', on: '2025-08-06' }),
      aMeeting({ ref: 'M0', on: '2025-05-14', state: 'cancelled' }),
    ];
    const named = assess(aQuietBoard({ meetings }), { at: now, meetingRef: 'M5' });
    expect([named.meetingRef, named.previousMeetingRef]).toEqual(['M5', 'M3']);
    const afterwards = assess(aQuietBoard({ meetings }), { at: '2025-07-01T08:00:00.000Z', meetingRef: 'M4' });
    expect([afterwards.meetingRef, afterwards.previousMeetingRef]).toEqual(['M4', 'M3']);
  });

  test('may be the first', () => {
    const assessment = judged({ meetings: [aMeeting()] });
    expect(assessment).not.toHaveProperty('previousMeetingRef');
    expect(first(assessment.actions)).toMatchObject({ computedDelivery: 'on-track', answered: true });
  });

  test('is judged at any way of writing the moment', () => {
    const summer = assess(aQuietBoard({ updates: [anUpdate({ at: '2025-05-28T12:00:00+01:00' })] }), {
      at: '2025-06-10T09:00:00+01:00',
    });
    expect(summer.at).toBe(now);
    expect(first(summer.actions).lastUpdateAt).toBe('2025-05-28T11:00:00.000Z');
  });
});

test('evidence of an area is not evidence of an action', () => {
  const { actionRef: _, ...rest } = someEvidence();
  expect(first(judged({ evidence: [{ ...rest, areaRef: 'A1' }], measures: [] }).actions).computedEffect).toBe(
    'too-early',
  );
});
