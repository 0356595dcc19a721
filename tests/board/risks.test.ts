// Risks: bands, tolerance, movement, stuck and finished mitigations, reviews.
import { describe, expect, test } from '@jest/globals';
import { bandOf } from '../../bot/board/risks';
import type { BoardSnapshot, LoggedRow, Mitigation, Risk } from '../../bot/board/model';
import { aLoggedRow, aMitigation, aRequest, aRisk, fourMeetings } from '../fixtures/builders';
import { findingsOf, first, judged, judgedRisk } from '../fixtures/judging';

const found = (risk: Partial<Risk>, over: Partial<BoardSnapshot> = {}) =>
  findingsOf(judged({ risks: [aRisk(risk)], mitigations: [aMitigation()], ...over }));
const reason = (risk: Partial<Risk>, rule: string, over: Partial<BoardSnapshot> = {}) =>
  judgedRisk({ risks: [aRisk(risk)], mitigations: [aMitigation()], ...over }).reasons.find((one) => one.rule === rule);
const logged = (meetingRef: string, likelihood: number, impact: number): LoggedRow =>
  aLoggedRow({ meetingRef, subjectKind: 'risk', subjectRef: 'R1', frozenOn: '2025-01-15', likelihood, impact });

test.each([
  [1, 'low'],
  [3, 'low'],
  [4, 'moderate'],
  [6, 'moderate'],
  [8, 'high'],
  [12, 'high'],
  [15, 'extreme'],
  [25, 'extreme'],
])('a score of %i is %s', (score, band) => {
  expect(bandOf(score)).toBe(band);
});

test('a risk at its target, reduced and reviewed, raises nothing', () => {
  expect(found({})).toEqual([]);
});

test.each([
  [{ likelihood: 3, impact: 4 }, []],
  [{ likelihood: 3, impact: 5 }, ['risk-above-tolerance R1']],
])('a score of %j against a tolerance of 12 gives %j', (current, expected) => {
  expect(found({ current, inherent: { likelihood: 5, impact: 5 }, target: current })).toEqual(expected);
});

describe('movement', () => {
  const current = { likelihood: 3, impact: 4 };
  const base = { current, target: current };
  test.each([
    [3, 4, []],
    [2, 4, ['risk-rising R1']],
    [4, 4, []],
  ])('from %i x %i in the last log gives %j', (likelihood, impact, expected) => {
    expect(found(base, { loggedRows: [logged('M3', likelihood, impact)] })).toEqual(expected);
  });

  test('is the score less that of the last log, and of the third last', () => {
    const loggedRows = [logged('M1', 4, 4), logged('M2', 2, 2), logged('M3', 3, 3)];
    const risk = judgedRisk({ risks: [aRisk(base)], loggedRows });
    expect(risk).toMatchObject({ movement: 3, movementOverThree: -4, rising: true });
    expect(judgedRisk({ risks: [aRisk(base)] })).not.toHaveProperty('movement');
    const blank = aLoggedRow({ subjectKind: 'risk', subjectRef: 'R1', likelihood: 3 });
    expect(judgedRisk({ risks: [aRisk(base)], loggedRows: [blank] })).not.toHaveProperty('movement');
  });

  test('back to where it started is said', () => {
    const high = { likelihood: 4, impact: 4 };
    expect(reason({ current: high, target: high }, 'risk-rising', { loggedRows: [logged('M3', 3, 4)] })?.text).toBe(
      'The score rose from 12 in the last log to 16, where it was before anything was done.',
    );
  });
});

describe('not reduced', () => {
  const inherent = { likelihood: 3, impact: 4 };
  const base = { inherent, target: inherent };
  test.each([
    [{ likelihood: 3, impact: 4 }, true],
    [{ likelihood: 2, impact: 4 }, false],
  ])('at %j from 3 x 4 is %s, as information', (current, expected) => {
    const assessment = judged({ risks: [aRisk({ ...base, current })], mitigations: [aMitigation()] });
    expect(findingsOf(assessment, 'information')).toEqual(expected ? ['risk-not-reduced R1'] : []);
  });

  const three = [logged('M1', 3, 4), logged('M2', 3, 4), logged('M3', 3, 4)];
  test.each([
    ['in three logs', three, true],
    ['in two logs', three.slice(1), false],
    ['lower in one of them', [logged('M1', 2, 4), ...three.slice(1)], false],
    ['not listed in one of them', [{ ...logged('M1', 3, 4), subjectRef: 'R2' }, ...three.slice(1)], false],
  ])('%s: stuck %s', (_, loggedRows, stuck) => {
    expect(judgedRisk({ risks: [aRisk({ ...base, current: inherent })], loggedRows }).stuck).toBe(stuck);
  });

  const complete = { status: 'complete' as const };
  test.each<[readonly Mitigation[], string]>([
    [[], 'no mitigation is recorded'],
    [[aMitigation(complete), aMitigation({ ref: 'R1.2', ...complete })], 'all is done, and it is no lower'],
    [[aMitigation(complete), aMitigation({ ref: 'R1.2' })], '1 of 2 mitigations done, and it is no lower'],
    [
      [aMitigation(), aMitigation({ ref: 'R1.2', dueOn: '2025-07-31' })],
      'nothing is done yet; the first step is due on Thursday 31 July 2025',
    ],
    [[withoutDate()], 'nothing is done yet'],
  ])('stuck with %j says: %s', (mitigations, words) => {
    const text = reason({ ...base, current: inherent }, 'risk-stuck', { loggedRows: three, mitigations })?.text;
    expect(text).toBe(`Not reduced now or in the last 3 logs: ${words}.`);
  });
});

function withoutDate(): Mitigation {
  const { dueOn: _, ...mitigation } = aMitigation();
  return mitigation;
}

describe('mitigations', () => {
  const above = { current: { likelihood: 3, impact: 3 } };
  test.each<[string, readonly Mitigation[], readonly string[]]>([
    ['all complete', [aMitigation({ status: 'complete' })], ['risk-nothing-left-to-do R1']],
    ['complete by date', [aMitigation({ completedOn: '2025-06-10' })], ['risk-nothing-left-to-do R1']],
    ['complete tomorrow', [aMitigation({ completedOn: '2025-06-11' })], []],
    ['one open', [aMitigation({ status: 'complete' }), aMitigation({ ref: 'R1.2' })], []],
    ['none', [], ['risk-nothing-left-to-do R1']],
  ])('%s above the target', (_, mitigations, expected) => {
    expect(found(above, { mitigations })).toEqual(expected);
  });

  test('say whether there were any', () => {
    const text = (mitigations: readonly Mitigation[]) =>
      reason(above, 'risk-nothing-left-to-do', { mitigations })?.text;
    expect(text([])).toContain('No mitigation is recorded, and the score of 9 is above its target of 6');
    expect(text([aMitigation({ status: 'complete' })])).toContain('Its one mitigation is complete, and the score of 9');
  });

  test.each([
    ['2025-06-10', []],
    ['2025-06-09', ['mitigation-overdue R1.1']],
  ])('due on %s give %j', (dueOn, expected) => {
    expect(found({}, { mitigations: [aMitigation({ dueOn })] })).toEqual(expected);
  });

  test('complete or undated are not overdue', () => {
    expect(found({}, { mitigations: [aMitigation({ dueOn: '2025-06-09', status: 'complete' })] })).toEqual([]);
    expect(found({}, { mitigations: [withoutDate()] })).toEqual([]);
  });
});

describe('a review', () => {
  const { lastReviewedOn: _, ...never } = aRisk({ reviewOn: '2025-06-09' });
  test.each([
    ['due today', { reviewOn: '2025-06-10' }, []],
    ['due yesterday', { reviewOn: '2025-06-09' }, ['risk-review-overdue R1']],
    ['held on its day', { reviewOn: '2025-06-02', lastReviewedOn: '2025-06-02' }, []],
  ])('%s', (__, risk, expected) => {
    expect(found(risk)).toEqual(expected);
  });

  test('never held is overdue, and a missing date is not', () => {
    expect(findingsOf(judged({ risks: [never], mitigations: [aMitigation()] }))).toEqual(['risk-review-overdue R1']);
    const { reviewOn: __, ...undated } = never;
    expect(findingsOf(judged({ risks: [undated], mitigations: [aMitigation()] }))).toEqual([]);
  });

  test('says when the request for it is unanswered too, once the deadline has passed', () => {
    const over = { risks: [never], requests: [aRequest({ subjectKind: 'risk', subjectRef: 'R1' })] };
    const text = (at?: string) => judgedRisk(over, at).reasons.find((one) => one.rule === 'risk-review-overdue')?.text;
    expect(text()).toBe('The date of its review passed 1 working day ago.');
    expect(text('2025-06-17T08:00:00.000Z')).toBe(
      "The date of its review passed 6 working days ago. No answer had come by the owners' deadline.",
    );
  });
});

test('a closed risk has its scores and nothing to find', () => {
  const worst = { likelihood: 5, impact: 5 };
  const risk = { status: 'closed' as const, current: worst, inherent: worst, reviewOn: '2025-01-01' };
  const over = { mitigations: [aMitigation({ dueOn: '2025-01-01' })], loggedRows: [logged('M3', 1, 1)] };
  expect(found(risk, over)).toEqual([]);
  expect(judgedRisk({ risks: [aRisk(risk)], ...over })).toMatchObject({
    band: 'extreme',
    overdueMitigationRefs: [],
    movement: 24,
  });
});

test('an unowned risk is judged without an owner', () => {
  const { ownerRef: _, ...risk } = aRisk();
  expect(first(judged({ risks: [risk], meetings: fourMeetings() }).risks)).not.toHaveProperty('ownerRef');
});
