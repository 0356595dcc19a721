// What is kept of a meeting's cycle: what was agreed to, and which steps went to nobody.
import { calendarOf, planCycle } from '../../bot/board/cycle';
import {
  awaitsConfirmation,
  daysToConfirm,
  isHeld,
  newlyUnsent,
  unsentStep,
  withUnsent,
} from '../../bot/board/cycleRow';
import { cycleGaps, daysHeld, planFor, viewCycle } from '../../bot/board/cycleView';
import { assess } from '../../bot/board/assess';
import type { CycleRow } from '../../bot/board/manageModel';
import type { BoardRunning } from '../../bot/board/model';
import { defaultPolicy } from '../../bot/board/policy';
import { planReminders } from '../../bot/board/reminders';
import { aMeeting, aPerson, aReview, aSnapshot } from '../fixtures/builders';
import { board } from '../fixtures/reminders';

const policy = { ...defaultPolicy, quietDays: [] };
const calendar = calendarOf(policy);
const previous = aMeeting({ ref: 'B10', on: '2025-02-26', minutesDueOn: '2025-03-05' });
const squeezed = planCycle(aMeeting({ ref: 'B11', on: '2025-03-26' }), previous, calendar, policy);
const usual = planCycle(aMeeting({ ref: 'B10', on: '2025-02-26' }), undefined, calendar, policy);

const row = (over: Partial<CycleRow> = {}): CycleRow => ({
  key: 'cycle@b/B11',
  meetingRef: 'B11',
  unsent: [],
  ...over,
});
const running = (...cycles: CycleRow[]): { readonly running: BoardRunning } => ({ running: { planned: [], cycles } });
const confirmed = { byRef: 'P8', at: '2025-03-03T09:00:00.000Z', days: daysToConfirm(squeezed) };
const missed = {
  step: 'reminder',
  on: '2025-02-12',
  state: 'missed',
  at: '2025-02-17T09:00:00.000Z',
  why: 'Down.',
} as const;

describe('a plan that the secretary confirms', () => {
  test.each([
    ['nothing is kept', {}, true],
    ['another meeting was confirmed', running(row({ meetingRef: 'B12', confirmed })), true],
    ['other days were confirmed', running(row({ confirmed: { ...confirmed, days: 'request 2025-03-07' } })), true],
    ['its days were confirmed', running(row({ confirmed })), false],
  ])('waits or not when %s', (_, kept, waits) => {
    expect(awaitsConfirmation(kept, squeezed)).toBe(waits);
  });

  test('that is as usual never waits', () => {
    expect(awaitsConfirmation({}, usual)).toBe(false);
  });

  test('names the days it asks on and the deadline, without the reminder that falls away', () => {
    expect(daysToConfirm(squeezed)).toBe(
      'request 2025-03-06, final-reminder 2025-03-14, deadline-day 2025-03-17, escalation 2025-03-18, deadline 2025-03-17',
    );
    expect(daysHeld(squeezed, calendar)[1]).toBe(
      'The reminder: It falls away because the meetings are close together.',
    );
    expect(['request', 'escalation', 'papers'].map((one) => isHeld(one as 'papers'))).toEqual([true, true, false]);
  });
});

describe('steps that were not sent', () => {
  const found = (over: Partial<Parameters<typeof newlyUnsent>[0]>) =>
    newlyUnsent({ snapshot: {}, plan: usual, missed: [], at: '2025-02-17T09:00:00.000Z', calendar, ...over });

  test('are put on record once, with the day they were planned for', () => {
    const [first] = found({ missed: ['reminder'] });
    expect(first).toMatchObject({ step: 'reminder', on: '2025-02-12', state: 'missed' });
    expect(first?.why).toBe(
      'Nothing was sent from Wednesday 12 February 2025 until a later step was due: Board Assistant was not running or could not send.',
    );
    expect(found({ missed: ['reminder'], snapshot: running(row({ meetingRef: 'B10', unsent: [missed] })) })).toEqual(
      [],
    );
  });

  test('say that nobody had anything to be told', () => {
    expect(found({ toNobody: 'final-reminder' })).toMatchObject([{ step: 'final-reminder', state: 'nobody' }]);
  });

  test('say that sending was paused, or the plan not confirmed', () => {
    const pause = { byRef: 'P8', at: '2025-02-01T09:00:00.000Z', why: 'Holiday.' };
    const paused = { running: { planned: [], sending: { key: 'sending@b', pause } } };
    expect(found({ missed: ['reminder'], snapshot: paused })[0]?.why).toBe('Sending was paused.');
    expect(found({ plan: squeezed, missed: ['request'] })[0]?.why).toContain('not confirmed in time');
  });

  test('begin anew when the step is moved to another day', () => {
    const kept = running(row({ meetingRef: 'B10', unsent: [{ ...missed, on: '2025-02-11' }] }));
    expect(unsentStep(kept, usual, 'reminder')).toBeUndefined();
  });

  test('are added to what is kept, and what was confirmed stays', () => {
    expect(withUnsent(undefined, 'B11', [missed])).toEqual({ meetingRef: 'B11', unsent: [missed] });
    expect(withUnsent(row({ confirmed, unsent: [missed] }), 'B11', [])).toEqual({
      meetingRef: 'B11',
      confirmed,
      unsent: [missed],
    });
  });
});

describe('the whole plan of a meeting', () => {
  const view = (
    at: string,
    over: Parameters<typeof board>[0] = {},
    ledger: Parameters<typeof viewCycle>[0]['ledger'] = [],
  ) => {
    const snapshot = board(over);
    const assessment = assess(snapshot, { at, meetingRef: 'M4' });
    const known = planFor(snapshot, assessment);
    if (!known) throw new Error('no meeting in this test');
    return viewCycle({ snapshot, assessment, plan: known.plan, at, ledger });
  };
  const states = (of: ReturnType<typeof view>) => of.steps.map((one) => `${one.step}: ${one.state}`);

  test('says of each step what became of it, and who gets what is to come', () => {
    const sent = {
      step: 'final-reminder',
      personRef: 'P1',
      state: 'sent',
      route: 'chat',
      sentAt: '2025-06-13T08:00:00.000Z',
    } as const;
    const shown = view('2025-06-13T09:00:00.000Z', {}, [
      sent,
      { step: 'final-reminder', personRef: 'P3', state: 'strange' },
    ]);
    expect(states(shown).slice(0, 5)).toEqual([
      'request: on record',
      'reminder: missed',
      'final-reminder: sent',
      'deadline-day: to come',
      'escalation: to come',
    ]);
    expect(shown.steps[2]).toMatchObject({
      stateWhy: '1 sent and 1 strange.',
      people: [
        { personRef: 'P1', route: 'chat' },
        { personRef: 'P3', route: 'none', why: 'strange' },
      ],
    });
    expect(shown.steps[3]?.people.map((one) => [one.personRef, one.route])).toEqual(
      expect.arrayContaining([['P1', 'chat']]),
    );
  });

  test('says what is due, what nobody needed, and what falls away', () => {
    expect(states(view('2025-06-04T09:00:00.000Z', { requests: [] }))[0]).toBe('request: due');
    const kept = running(row({ meetingRef: 'M4', unsent: [{ ...missed, on: '2025-06-11', state: 'nobody' }] }));
    expect(states(view('2025-06-12T09:00:00.000Z', kept))[1]).toBe('reminder: nobody');
    const meetings = [aMeeting({ ref: 'M4', firstReminderOn: '2025-06-13' })];
    expect(states(view('2025-06-01T09:00:00.000Z', { meetings }))[2]).toBe('final-reminder: falls away');
  });

  test('shows a plan that waits, who confirmed it, and what was missed', () => {
    const meetings = [aMeeting({ ref: 'M3', on: '2025-05-28', state: 'held' }), aMeeting()];
    const waiting = view('2025-06-05T09:00:00.000Z', { meetings, requests: [] });
    expect(states(waiting)[0]).toBe('request: waits');
    expect(waiting.gaps.at(-1)).toContain('before the secretary confirms');
    const agreed = { ...confirmed, days: daysToConfirm(waiting.plan) };
    const done = view('2025-06-05T09:00:00.000Z', {
      meetings,
      ...running(row({ meetingRef: 'M4', confirmed: agreed })),
    });
    expect(done.confirmed).toEqual({ byRef: 'P8', at: confirmed.at });
    const kept = running(row({ meetingRef: 'M4', unsent: [{ ...missed, on: '2025-06-11' }] }));
    expect(cycleGaps({ ...board(), ...kept }, view('2025-06-12T09:00:00.000Z').plan, policy)).toEqual([
      'The reminder of Wednesday 11 June 2025 was not sent. Down.',
    ]);
  });

  test('tells which days were not counted', () => {
    const meetings = [aMeeting({ ref: 'M4', on: '2025-04-30' })];
    const shown = view('2025-03-01T09:00:00.000Z', {
      meetings,
      policy: { quietDays: [{ fromOn: '2025-04-08', toOn: '2025-04-11' }] },
    });
    expect(shown.steps.find((one) => one.step === 'reminder')?.why).toBe(
      '10 working days before the meeting; not counted: Friday 18 April 2025 and Monday 21 April 2025 (bank holidays)',
    );
    expect(shown.steps[0]?.why).toContain('4 days from Tuesday 8 April 2025 to Friday 11 April 2025 (quiet days)');
    const inMay = view('2025-03-01T09:00:00.000Z', { meetings: [aMeeting({ ref: 'M4', on: '2025-05-08' })] });
    expect(inMay.steps.find((one) => one.step === 'final-reminder')?.why).toContain('Monday 5 May 2025 (bank holiday)');
    expect(calendar.dayOff('2025-04-19')).toBe('weekend');
    expect(calendar.dayOff('2025-04-22')).toBeUndefined();
  });

  test('lists the reviews that fall into it', () => {
    const shown = view('2025-06-05T09:00:00.000Z', { reviews: [aReview({ on: '2025-07-02', state: 'planned' })] });
    expect(shown.reviews.map((one) => one.on)).toEqual(['2025-06-11', '2025-06-18', '2025-06-24', '2025-06-25']);
  });

  test('is none without a meeting', () => {
    const snapshot = aSnapshot({ meetings: [] });
    expect(planFor(snapshot, assess(snapshot, { at: '2025-06-05T09:00:00.000Z' }))).toBeUndefined();
  });

  test('holds back what asks owners, and lets the papers go on', () => {
    const snapshot = board({ people: [aPerson({ ref: 'P8', boardRole: 'secretary' }), aPerson()] });
    const assessment = assess(snapshot, { at: '2025-03-06T10:00:00.000Z', meetingRef: 'M4' });
    const at = (moment: string) => planReminders({ snapshot, assessment, plan: squeezed, at: moment, already: [] });
    expect(at('2025-03-06T10:00:00.000Z')).toMatchObject({ held: 'request', messages: [] });
    expect(at('2025-03-19T08:30:00.000Z')).toMatchObject({
      step: 'papers',
      missed: expect.arrayContaining(['request']),
    });
  });
});
