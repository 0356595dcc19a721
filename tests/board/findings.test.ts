// Findings about the plan, its dates and the board's own duties, each at its threshold.
import { describe, expect, test } from '@jest/globals';
import type { BoardSnapshot } from '../../bot/board/model';
import {
  aDateChange,
  aDecision,
  aMeeting,
  anAction,
  anAdviserNote,
  anInvitation,
  aPerson,
  aQuietBoard,
  aReview,
  fourMeetings,
  someEvidence,
  someFacts,
} from '../fixtures/builders';
import { findingsOf, first, inWorkingDays, judged, now } from '../fixtures/judging';

const found = (over: Partial<BoardSnapshot>, at = now) => findingsOf(judged(over, at));
const text = (rule: string, over: Partial<BoardSnapshot>, at = now) =>
  judged(over, at).findings.find((one) => one.rule === rule)?.text;

test('the quiet board raises nothing', () => {
  expect(found({})).toEqual([]);
});

test('what could not be read, and a policy that does not fit, are passed on', () => {
  const unread = {
    rule: 'row-not-understood',
    level: 'finding' as const,
    ref: 'A1.99',
    text: 'No area.',
    records: ['A1.99'],
  };
  expect(found({ findings: [unread], policy: { quietDays: [], behindPoints: 'many' } })).toEqual([
    'row-not-understood A1.99',
    'policy-not-understood behindPoints',
  ]);
});

describe('the plan', () => {
  test('needs an owner who is on the list', () => {
    const { ownerRef: _, ...action } = anAction();
    expect(found({ actions: [action] })).toEqual(['no-owner A1.01']);
    expect(text('no-owner', { actions: [anAction({ ownerRef: 'P77' })] })).toBe(
      'Its owner P77 is not among the people of the board.',
    );
  });

  test('needs a due date', () => {
    const { dueOn: _, originalDueOn: __, ...action } = anAction();
    expect(found({ actions: [action] })).toEqual(['no-due-date A1.01']);
  });

  test.each([
    [[], 'No measure is linked to it, so nothing would show that it worked.'],
    [['K8'], 'It names K8, which is not a measure of the board.'],
    [['K8', 'K9'], 'It names K8 and K9, which are not measures of the board.'],
    [['K9', 'K1'], undefined],
  ])('needs a measure: %j', (measureRefs, expected) => {
    expect(text('no-linked-measure', { actions: [anAction({ measureRefs })] })).toBe(expected);
  });

  test.each([
    [['Northam ICB'], undefined],
    [['Northam Council', 'Northam ICB'], undefined],
    [[], 'No partner body is named.'],
    [['  '], 'No partner body is named.'],
    [['northam council '], 'Its partner, northam council, is its own lead body.'],
    [['All Partners'], 'Its partner is given as "All Partners", which is no one body.'],
  ])('needs a partner: %j', (partnerBodies, expected) => {
    expect(text('no-partner-body', { actions: [anAction({ partnerBodies })] })).toBe(expected);
  });

  test('needs a partner where no lead body is named either', () => {
    const { leadBody: _, ...action } = anAction({ partnerBodies: ['Northam ICB'] });
    expect(found({ actions: [action] })).toEqual([]);
  });

  test('needs a deputy of each owner of open actions', () => {
    const people = aQuietBoard().people.map((one) => (one.ref === 'P1' ? { ...one, deputyRefs: [] } : one));
    expect(text('owner-without-deputy', { people })).toBe('Owns 1 open action and has no deputy.');
    expect(found({ people, actions: [anAction({ completedOn: '2025-06-02' })] })).toEqual([]);
    expect(found({ people, actions: [anAction({ deputyRefs: ['P2'] })] })).toEqual([]);
  });
});

describe('dates', () => {
  const facts = someFacts({ actionsAimOn: '2025-09-30' });
  test.each([
    ['2025-09-30', []],
    ['2025-10-01', ['due-after-aim-date A1.01', 'forecast-after-aim-date A1.01']],
  ])('due and forecast on %s against the aim date give %j', (on, expected) => {
    expect(found({ facts, actions: [anAction({ dueOn: on, originalDueOn: on, forecastOn: on })] })).toEqual(expected);
  });

  test('of a complete action are not held against the aim date', () => {
    const action = anAction({ dueOn: '2025-10-01', originalDueOn: '2025-10-01', completedOn: '2025-06-02' });
    expect(found({ facts, actions: [action] })).toEqual([]);
  });

  test('that wait for a decision are told together', () => {
    const dateChanges = [
      aDateChange({ ref: 'DC2', subjectRef: 'A1.01-1', decision: 'pending', toOn: '2025-08-29' }),
      aDateChange({ ref: 'DC1', decision: 'pending', toOn: '2025-10-31' }),
    ];
    const assessment = judged({ facts, dateChanges });
    expect(assessment.findings.find((one) => one.rule === 'date-change-to-decide')).toMatchObject({
      text: "2 requests to move a date wait for a decision: the due date to Friday 31 October 2025, beyond the notice's aim date and the date of A1.01-1 to Friday 29 August 2025.",
      records: ['A1.01', 'DC1', 'DC2'],
    });
    expect(assessment.readiness?.dateChangesToDecide).toEqual(['DC1', 'DC2']);
    expect(found({ dateChanges: [aDateChange({ decision: 'pending', requestedOn: '2025-06-11' })] })).toEqual([]);
  });
});

test.each([
  ['due today', { dueOn: '2025-06-10' }, []],
  ['due yesterday', { dueOn: '2025-06-09' }, ['decision-overdue D-M3-1']],
])('a decision %s', (_, decision, expected) => {
  const { ownerRef: __, ...unowned } = aDecision(decision);
  expect(found({ decisions: [unowned] })).toEqual(expected);
  expect(found({ decisions: [aDecision(decision)] })).toEqual(expected);
});

test('a decision without a date, or done, is not overdue', () => {
  const { dueOn: _, ...undated } = aDecision();
  expect(found({ decisions: [undated, aDecision({ ref: 'D2', dueOn: '2025-01-06', state: 'done' })] })).toEqual([]);
});

describe('papers', () => {
  const papers = (over: object, at = now) =>
    found({ meetings: [...fourMeetings().slice(0, 3), aMeeting({ papersDeadlineOn: '2025-06-18', ...over })] }, at);
  test.each([
    ['sent on the day of their deadline', { papersSentOn: '2025-06-18' }, '2025-06-24T08:00:00.000Z', []],
    ['sent the day after', { papersSentOn: '2025-06-19' }, '2025-06-24T08:00:00.000Z', ['papers-late M4']],
    ['not sent on the day', {}, '2025-06-18T22:00:00.000Z', []],
    ['not sent the day after', {}, '2025-06-19T08:00:00.000Z', ['papers-late M4']],
    ['of a meeting held, not recorded', { state: 'held' }, '2025-06-24T08:00:00.000Z', []],
    ['of a meeting whose day has passed', {}, '2025-06-26T08:00:00.000Z', []],
    ['of a cancelled meeting', { state: 'cancelled' }, '2025-06-19T08:00:00.000Z', []],
  ])('%s', (_, over, at, expected) => {
    expect(papers(over, at).filter((one) => one.startsWith('papers'))).toEqual(expected);
  });

  test('late are told by how much', () => {
    const meetings = [
      aMeeting({ on: '2025-05-28', state: 'held', papersDeadlineOn: '2025-05-20', papersSentOn: '2025-05-22' }),
    ];
    expect(text('papers-late', { meetings, invitations: invitationsFor('M4'), reviews: [aReview()] })).toBe(
      'The papers went out 2 working days after their deadline, Tuesday 20 May 2025.',
    );
  });
});

function invitationsFor(meetingRef: string) {
  return ['X1', 'X2', 'X3'].map((personRef) => anInvitation({ meetingRef, personRef }));
}

describe('invitations', () => {
  // Twenty working days before Wednesday 25 June is Wednesday 28 May.
  const others = aQuietBoard().invitations.filter((one) => one.meetingRef !== 'M4');
  const invited = (...personRefs: readonly string[]) => [
    ...others,
    ...personRefs.map((personRef) => anInvitation({ personRef })),
  ];
  test('not sent are found from the day after their latest date', () => {
    const board = { invitations: invited('X1', 'X2') };
    expect(found(board, '2025-05-28T20:00:00.000Z')).not.toContain('adviser-not-invited M4');
    expect(found(board, '2025-05-29T08:00:00.000Z')).toContain('adviser-not-invited M4');
    expect(text('adviser-not-invited', board)).toBe(
      'The invitation to Max Ridley, the DfE case lead, has not been sent; it should have gone by Wednesday 28 May 2025.',
    );
  });

  test('recorded as not sent, or sent tomorrow, are not sent', () => {
    const { sentOn: _, ...unsent } = anInvitation({ personRef: 'X3', delivery: 'not-sent' });
    expect(found({ invitations: [...invited('X1', 'X2'), unsent] })).toEqual(['adviser-not-invited M4']);
    const tomorrow = anInvitation({ personRef: 'X3', sentOn: '2025-06-11' });
    expect(found({ invitations: [...invited('X1', 'X2'), tomorrow] })).toEqual(['adviser-not-invited M4']);
  });

  test('to a role that nobody holds are missing for the meeting judged for', () => {
    const people = aQuietBoard().people.filter((one) => one.ref !== 'X2');
    expect(text('adviser-not-invited', { people })).toBe(
      'No one is recorded as the NHS England adviser, so no invitation went.',
    );
    expect(found({ people })).toEqual(['adviser-not-invited M4']);
  });

  test('that failed are information, sent again or not', () => {
    const failed = anInvitation({ personRef: 'X3', delivery: 'failed' });
    const words = (...rows: readonly object[]) =>
      text('adviser-invitation-failed', {
        invitations: [...invited('X1', 'X2'), ...rows.map((row) => ({ ...failed, ...row }))],
      });
    expect(words({})).toBe(
      'The invitation to Max Ridley, the DfE case lead, did not arrive once and has not been sent again.',
    );
    expect(words({}, {}, { delivery: 'delivered' })).toBe(
      'The invitation to Max Ridley, the DfE case lead, did not arrive 2 times and was sent again.',
    );
    expect(first(judged({ invitations: [...invited('X1', 'X2'), failed] }).findings).level).toBe('information');
  });
});

describe('reviews', () => {
  // The notice came on 2 December 2024; six months on is 2 June 2025.
  test.each([
    ['six months to the day', [aReview({ on: '2025-06-02' })], []],
    ['a day more', [aReview({ on: '2025-06-03' })], ['review-gap-over-six-months S1']],
    [
      'a deep dive between',
      [aReview({ on: '2025-06-03' }), aReview({ ref: 'D1', kind: 'deep-dive', on: '2025-03-03' })],
      [],
    ],
    [
      'cancelled ones do not count',
      [aReview({ on: '2025-06-03' }), aReview({ ref: 'D1', on: '2025-03-03', state: 'cancelled' })],
      ['review-gap-over-six-months S1'],
    ],
    [
      'planned ones count when they are to come',
      [aReview(), aReview({ ref: 'S2', on: '2025-10-16', state: 'planned' })],
      ['review-gap-over-six-months S2'],
    ],
    [
      'planned ones whose day has passed do not',
      [aReview({ on: '2025-06-09', state: 'planned' })],
      ['review-gap-over-six-months notice'],
    ],
    ['none at all', [], ['review-gap-over-six-months notice']],
  ])('%s', (_, reviews, expected) => {
    expect(found({ reviews })).toEqual(expected);
  });

  test('too far apart are told with both dates', () => {
    expect(text('review-gap-over-six-months', { reviews: [aReview({ on: '2025-06-03' })] })).toBe(
      'The stocktake on Tuesday 3 June 2025 came more than 6 months after the notice, Monday 2 December 2024.',
    );
    const planned = [aReview(), aReview({ ref: 'S2', on: '2025-10-16', state: 'planned' })];
    expect(text('review-gap-over-six-months', { reviews: planned })).toBe(
      'The stocktake on Thursday 16 October 2025 is planned more than 6 months after the stocktake S1, Tuesday 15 April 2025.',
    );
    expect(text('review-gap-over-six-months', { reviews: [] })).toBe(
      'No review has been held or booked since the notice on Monday 2 December 2024; one was due by Monday 2 June 2025.',
    );
  });

  test('are not measured from a notice that is not recorded', () => {
    const { noticeIssuedOn: _, ...facts } = someFacts();
    expect(found({ facts, reviews: [] })).toEqual([]);
    expect(found({ facts, reviews: [aReview({ on: '2025-06-03' })] })).toEqual([]);
  });

  test('on the same day are in order of ref', () => {
    const both = [aReview({ ref: 'S2', on: '2025-06-03' }), aReview({ ref: 'S1', on: '2025-06-03' })];
    expect(found({ reviews: both })).toEqual(['review-gap-over-six-months S1']);
  });
});

describe('questions of advisers', () => {
  test.each([
    [10, []],
    [11, ['adviser-question-unanswered Q1']],
  ])('unanswered for %i working days give %j', (days, expected) => {
    expect(found({ adviserNotes: [anAdviserNote({ on: inWorkingDays(-days) })] })).toEqual(expected);
  });

  test('answered today, or asked tomorrow, wait for nobody', () => {
    expect(found({ adviserNotes: [anAdviserNote({ answeredOn: '2025-06-10' })] })).toEqual([]);
    expect(found({ adviserNotes: [anAdviserNote({ on: '2025-06-11' })] })).toEqual([]);
  });

  test('are told with who asked and since when, by ref where the adviser is not on the list', () => {
    const asked = anAdviserNote({ adviserRef: 'X9' });
    expect(text('adviser-question-unanswered', { adviserNotes: [asked] })).toBe(
      'The question of X9 from Wednesday 7 May 2025 has waited 23 working days for an answer: "What is different for families?"',
    );
  });
});

describe('the voice of families and children', () => {
  const voice = (over: object) => someEvidence({ kind: 'family-voice', sourceBody: 'Parent Forum', ...over });
  test.each([
    ['after the meeting two cycles back', [voice({ on: '2025-01-23' })], []],
    ['on its day', [voice({ on: '2025-01-22' })], ['area-without-recent-voice A1']],
    ['a child’s, against', [voice({ kind: 'child-voice', contrary: true, resolvedOn: '2025-06-01' })], []],
    ['an audit', [someEvidence()], ['area-without-recent-voice A1']],
    ['dated tomorrow', [voice({ on: '2025-06-11' })], ['area-without-recent-voice A1']],
    ['of the area itself', [(({ actionRef: _, ...rest }) => ({ ...rest, areaRef: 'A1' }))(voice({}))], []],
    ['of no area', [(({ actionRef: _, ...rest }) => rest)(voice({}))], ['area-without-recent-voice A1']],
  ])('%s', (_, evidence, expected) => {
    expect(found({ evidence })).toEqual(expected);
  });

  test('is told with the last there was', () => {
    expect(
      text('area-without-recent-voice', {
        evidence: [voice({ on: '2025-01-22' }), voice({ ref: 'E2', on: '2025-01-06' })],
      }),
    ).toBe(
      "No evidence of a family's or child's voice since the meeting on Wednesday 22 January 2025; the last is from Wednesday 22 January 2025.",
    );
  });

  test('is not missed before two whole cycles', () => {
    expect(found({ evidence: [], meetings: fourMeetings().slice(1) })).toEqual([]);
  });
});

test('people who are not of the board are no advisers', () => {
  const people = [...aQuietBoard().people, aPerson({ ref: 'P7', boardRole: 'member' })];
  expect(found({ people })).toEqual([]);
});
