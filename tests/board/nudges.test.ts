// Who may be reminded at the secretary's wish: everybody outstanding, once a day, in the hours and not beside a step of the cycle.
import { assess } from '../../bot/board/assess';
import { calendarOf, meetingAt, planCycle } from '../../bot/board/cycle';
import type { BoardSnapshot } from '../../bot/board/model';
import { isNudge, nudgeDay, nudgeStep, planNudges, type NudgeInput } from '../../bot/board/nudges';
import { aBody, aPerson, aRequest } from '../fixtures/builders';
import { board, escalationAt, reminderAt } from '../fixtures/reminders';

/** A Friday between the request and the first reminder. */
const at = '2025-06-06T09:00:00.000Z';

function plan(snapshot: BoardSnapshot = board(), over: Partial<NudgeInput> = {}) {
  const moment = over.at ?? at;
  const { meeting, previous } = meetingAt(snapshot, moment, 'M4');
  if (!meeting) throw new TypeError('no meeting in this test');
  const assessment = assess(snapshot, { at: moment, meetingRef: meeting.ref });
  const cycle = planCycle(meeting, previous, calendarOf(assessment.policy), assessment.policy);
  const reachedElsewhere = () => false;
  return planNudges({ snapshot, assessment, meeting, plan: cycle, at: moment, already: [], reachedElsewhere, ...over });
}
const sent = (over: object) => ({ step: 'request', personRef: 'P1', state: 'sent', plannedAt: at, ...over });
const whyNot = (planned: ReturnType<typeof plan>, ref = 'P1') =>
  planned.notNow.find((one) => one.personRef === ref)?.why;

test('the name of the step is its day', () => {
  expect(nudgeStep('2025-06-06')).toBe('notice:nudge:2025-06-06');
  expect(nudgeDay('notice:nudge:2025-06-06')).toBe('2025-06-06');
  expect([isNudge('notice:nudge:2025-06-06'), isNudge('notice:deputy:x'), isNudge('reminder')]).toEqual([
    true,
    false,
    false,
  ]);
});

test('everybody with something outstanding is reminded of it', () => {
  const planned = plan();
  expect(planned.step).toBe('notice:nudge:2025-06-06');
  expect(planned.nudges.map((one) => [one.personRef, one.subjectRefs])).toEqual([
    ['P1', ['A1.01']],
    ['P3', ['A1.02']],
  ]);
  expect(planned.notNow).toEqual([]);
  expect(planned.closed).toBeUndefined();
});

test.each([
  ['sent today', {}],
  ['sent today after it was planned before', { plannedAt: '2025-06-05T09:00:00.000Z', sentAt: at }],
  ['waiting', { state: 'planned' }],
  ['uncertain', { state: 'uncertain' }],
  ['a nudge of today', { step: 'notice:nudge:2025-06-06' }],
])('a message %s is the one of the day', (_what, over) => {
  expect(whyNot(plan(board(), { already: [sent(over)] }))).toBe(
    'A message went to them today; at most one a person a day.',
  );
});

test.each([
  ['of yesterday', { plannedAt: '2025-06-05T09:00:00.000Z' }],
  ['that failed', { state: 'failed' }],
  ['to somebody else', { personRef: 'P9' }],
  ['that an event led to', { step: 'notice:deputy:x' }],
])('a message %s does not count', (_what, over) => {
  expect(plan(board(), { already: [sent(over)] }).nudges).toHaveLength(2);
});

test('another board’s message counts', () => {
  const planned = plan(board(), { reachedElsewhere: (ref) => ref === 'P3' });
  expect(whyNot(planned, 'P3')).toMatch(/^Another board’s message reaches them today/);
  expect(planned.nudges.map((one) => one.personRef)).toEqual(['P1']);
});

test('whom a step of the cycle reaches later today is left to it', () => {
  const early = '2025-06-11T07:10:00.000Z';
  expect(whyNot(plan(board(), { at: early }))).toBe('The reminder goes to them today, 09:00, by itself.');
  expect(whyNot(plan(board(), { at: '2025-06-11T08:02:00.000Z' }))).toBe(
    'The reminder has been due to them since 09:00 today; it goes by itself.',
  );
});

test('a step that is in the ledger already comes by itself no more', () => {
  const failed = [sent({ step: 'reminder', state: 'failed', plannedAt: reminderAt })];
  expect(plan(board(), { at: reminderAt, already: failed }).nudges.map((one) => one.personRef)).toEqual(['P1']);
});

test('after the owners’ deadline a reminder may go, until the meeting begins', () => {
  expect(plan(board(), { at: '2025-06-16T16:30:00.000Z' }).nudges).toHaveLength(2);
  expect(plan(board(), { at: '2025-06-25T14:00:00.000Z' }).closed).toBe(
    'The meeting has begun, so nobody is reminded.',
  );
  expect(plan(board(), { at: escalationAt }).closed).toBeUndefined();
});

test('a step that fell away holds nobody up', () => {
  const snapshot = board();
  const { meeting, previous } = meetingAt(snapshot, reminderAt, 'M4');
  if (!meeting) throw new TypeError('no meeting in this test');
  const { policy } = assess(snapshot, { at: reminderAt });
  const cycle = planCycle(meeting, previous, calendarOf(policy), policy);
  const steps = cycle.steps.map((one) => ({ ...one, dropped: 'No time.' }));
  expect(plan(snapshot, { at: reminderAt, plan: { ...cycle, steps } }).nudges).toHaveLength(2);
});

test('nobody is reminded at night, while sending is paused, or before the plan is confirmed', () => {
  const night = plan(board(), { at: '2025-06-06T20:00:00.000Z' });
  expect(night.closed).toMatch(/^Messages go out from 08:00 to 18:00 on working days/);
  expect(night.notNow.map((one) => one.why)).toEqual([night.closed, night.closed]);
  const pause = { at, byRef: 'P1', why: 'Purdah.' };
  expect(plan(board({ running: { sending: { pause } } } as Partial<BoardSnapshot>)).closed).toMatch(
    /^Sending is paused/,
  );
  const snapshot = board();
  const { meeting, previous } = meetingAt(snapshot, at, 'M4');
  if (!meeting) throw new TypeError('no meeting in this test');
  const { policy } = assess(snapshot, { at });
  const cycle = planCycle(meeting, previous, calendarOf(policy), policy);
  expect(plan(snapshot, { plan: { ...cycle, toConfirm: ['Please look.'] } }).closed).toMatch(/waits for the secretary/);
});

test('those on quiet days, who left, or whom nothing reaches are named with the reason', () => {
  const quietDays = [{ name: 'Half-term', fromOn: '2025-06-02', toOn: '2025-06-09' }];
  const people = [
    aPerson({ ref: 'P1', name: 'Ada Quiet', body: 'Quiet body' }),
    aPerson({ ref: 'P3', name: 'Lee Gone', body: 'Other', leavesOn: '2025-06-01' }),
  ];
  const planned = plan(board({ people, bodies: [aBody({ name: 'Quiet body', quietDays })] }));
  expect(whyNot(planned)).toBe('Quiet body has quiet days until Monday 9 June 2025.');
  expect(whyNot(planned, 'P3')).toBe('They have left the board.');
  const { entraObjectId: _id, email: _email, ...unreachable } = aPerson({ ref: 'P1' });
  const requests = [aRequest(), aRequest({ subjectRef: 'A1.02', ownerRef: 'P99' })];
  const none = plan(board({ people: [unreachable], requests }));
  expect(none.notNow.map((one) => one.why)).toEqual([
    'No way to reach them is on record. Please ask them yourself.',
    'No way to reach them is on record. Please ask them yourself.',
  ]);
});

test('a board that is not judged for a meeting has nobody to remind', () => {
  const { readiness: _readiness, ...unjudged } = assess(board(), { at, meetingRef: 'M4' });
  expect(plan(board(), { assessment: unjudged })).toMatchObject({ nudges: [], notNow: [] });
});
