// The cycle: deadlines counted back from the meeting, stored dates, quiet days, squeezed plans, order.
import fc from 'fast-check';
import { createCalendar } from '../../bot/board/calendar';
import { calendarOf, meetingAt, planCycle, type CyclePlan } from '../../bot/board/cycle';
import type { CycleStepName } from '../../bot/board/cycleSteps';
import type { BoardSnapshot, Meeting } from '../../bot/board/model';
import { defaultPolicy, resolvePolicy } from '../../bot/board/policy';

const policy = { ...defaultPolicy, quietDays: [] };
const calendar = calendarOf(policy);
const christmas = createCalendar({ timeZone: 'Europe/London', quietDays: 'default' });

function meeting(ref: string, on: string, stored: Partial<Meeting> = {}): Meeting {
  return { ref, on, startsAtTime: '10:00', endsAtTime: '12:00', state: 'planned', ...stored };
}

function kept(plan: CyclePlan): readonly string[] {
  return plan.steps.filter((one) => one.dropped === undefined).map((one) => `${one.step} ${one.on}`);
}

function dropped(plan: CyclePlan): readonly CycleStepName[] {
  return plan.steps.filter((one) => one.dropped !== undefined).map((one) => one.step);
}

describe('the dates of a year of meetings', () => {
  // The dates of the sample board as its secretary published them.
  test.each([
    ['B02', '2024-03-06', '2024-01-24', '2024-02-14', '2024-02-21', '2024-02-26', '2024-02-28', '2024-03-13'],
    ['B03', '2024-04-17', '2024-03-06', '2024-03-25', '2024-04-03', '2024-04-08', '2024-04-10', '2024-04-24'],
    ['B04', '2024-05-29', '2024-04-17', '2024-05-07', '2024-05-14', '2024-05-17', '2024-05-21', '2024-06-05'],
    ['B05', '2024-07-10', '2024-05-29', '2024-06-19', '2024-06-26', '2024-07-01', '2024-07-03', '2024-07-17'],
    ['B06', '2024-09-04', '2024-07-10', '2024-08-13', '2024-08-20', '2024-08-23', '2024-08-28', '2024-09-11'],
    ['B07', '2024-10-16', '2024-09-04', '2024-09-25', '2024-10-02', '2024-10-07', '2024-10-09', '2024-10-23'],
    ['B08', '2024-11-27', '2024-10-16', '2024-11-06', '2024-11-13', '2024-11-18', '2024-11-20', '2024-12-04'],
    ['B09', '2025-01-15', '2024-11-27', '2024-12-20', '2024-12-31', '2025-01-06', '2025-01-08', '2025-01-22'],
    ['B10', '2025-02-26', '2025-01-15', '2025-02-05', '2025-02-12', '2025-02-17', '2025-02-19', '2025-03-05'],
  ])('are computed for %s on %s', (ref, on, previousOn, request, reminder, owners, papers, minutes) => {
    const plan = planCycle(meeting(ref, on), meeting('previous', previousOn), calendar, policy);
    expect(plan.deadlines).toMatchObject({
      requestOn: request,
      reminderOn: reminder,
      ownersDeadlineOn: owners,
      papersDeadlineOn: papers,
      minutesDueOn: minutes,
      meetingOn: on,
    });
    expect(plan.squeezed).toBe(false);
    expect(plan.notes).toEqual([]);
    expect(dropped(plan)).toEqual([]);
  });

  test('put each step of January on its day and hour', () => {
    const plan = planCycle(meeting('B09', '2025-01-15'), meeting('B08', '2024-11-27'), calendar, policy);
    expect(plan.steps.map((one) => [one.step, one.at, one.why])).toEqual([
      ['request', '2024-12-20T09:00:00.000Z', '15 working days before the meeting'],
      ['reminder', '2024-12-31T09:00:00.000Z', '10 working days before the meeting'],
      ['final-reminder', '2025-01-03T09:00:00.000Z', '8 working days before the meeting'],
      ['deadline-day', '2025-01-06T09:00:00.000Z', '7 working days before the meeting'],
      ['escalation', '2025-01-07T10:00:00.000Z', '6 working days before the meeting'],
      ['papers', '2025-01-08T08:00:00.000Z', '5 working days before the meeting'],
      ['papers-reminder', '2025-01-08T14:00:00.000Z', '5 working days before the meeting'],
      ['papers-last-call', '2025-01-08T16:00:00.000Z', '5 working days before the meeting'],
      ['briefing', '2025-01-10T09:00:00.000Z', '3 working days before the meeting'],
      ['digest', '2025-01-14T09:00:00.000Z', '1 working day before the meeting'],
      ['arising', '2025-01-16T09:00:00.000Z', '1 working day after the meeting'],
    ]);
    expect(plan.deadlines.ownersDeadlineAt).toBe('2025-01-06T17:00:00.000Z');
    expect(plan.deadlines.invitationsOn).toBe('2024-12-13');
  });

  test('count the deadline in summer time', () => {
    const plan = planCycle(meeting('B05', '2024-07-10'), undefined, calendar, policy);
    expect(plan.deadlines.ownersDeadlineAt).toBe('2024-07-01T16:00:00.000Z');
  });

  test('chase the papers at their hour and two hours before', () => {
    const plan = planCycle(meeting('B09', '2025-01-15'), undefined, calendar, {
      ...policy,
      papersDeadlineTime: '12:30',
    });
    const times = plan.steps.filter((one) => one.step.startsWith('papers')).map((one) => one.at.slice(11, 16));
    expect(times).toEqual(['08:00', '10:30', '12:30']);
  });

  test('keep messages inside the sending hours', () => {
    const late = { ...policy, sendingFromTime: '09:30', sendingUntilTime: '09:45' };
    const plan = planCycle(meeting('B09', '2025-01-15'), undefined, calendar, late);
    expect(plan.steps.map((one) => one.at.slice(11, 16))).toEqual([
      '09:30',
      '09:30',
      '09:30',
      '09:30',
      '09:45',
      '09:30',
      '09:45',
      '09:45',
      '09:30',
      '09:30',
      '09:30',
    ]);
  });
});

describe('stored dates', () => {
  test('win over computed ones', () => {
    const stored = meeting('B09', '2025-01-15', {
      updateRequestOn: '2024-12-18',
      firstReminderOn: '2024-12-30',
      ownersDeadlineOn: '2025-01-07',
      papersDeadlineOn: '2025-01-09',
      minutesDueOn: '2025-01-23',
    });
    const plan = planCycle(stored, undefined, calendar, policy);
    expect(plan.deadlines).toMatchObject({
      requestOn: '2024-12-18',
      reminderOn: '2024-12-30',
      ownersDeadlineOn: '2025-01-07',
      escalationOn: '2025-01-08',
      papersDeadlineOn: '2025-01-09',
      minutesDueOn: '2025-01-23',
    });
    expect(plan.notes).toEqual([]);
  });

  test('of a first cycle with nine days drop the steps that have no room', () => {
    const first = meeting('B01', '2024-01-24', {
      updateRequestOn: '2024-01-15',
      firstReminderOn: '2024-01-16',
      ownersDeadlineOn: '2024-01-17',
      papersDeadlineOn: '2024-01-17',
      minutesDueOn: '2024-01-31',
    });
    const plan = planCycle(first, undefined, calendar, policy);
    expect(kept(plan)).toEqual([
      'request 2024-01-15',
      'reminder 2024-01-16',
      'deadline-day 2024-01-17',
      'papers 2024-01-17',
      'briefing 2024-01-19',
      'digest 2024-01-23',
      'arising 2024-01-25',
    ]);
    expect(plan.steps.map((one) => one.dropped).filter(Boolean)).toEqual([
      'It would come no later than the step before it, on Tuesday 16 January 2024.',
      'There is no working day left between it and the next step on Wednesday 17 January 2024.',
      'The papers are checked on the day of another message, so they are not chased apart.',
      'The papers are checked on the day of another message, so they are not chased apart.',
    ]);
    expect(plan.steps.find((one) => one.step === 'papers')?.at).toBe('2024-01-17T17:00:00.000Z');
  });

  test('that are not working days are noted, and no message goes out on them', () => {
    const stored = meeting('B09', '2025-01-15', {
      updateRequestOn: '2024-12-21',
      firstReminderOn: '2024-12-26',
      ownersDeadlineOn: '2025-01-05',
      papersDeadlineOn: '2025-01-11',
      minutesDueOn: '2025-01-25',
    });
    const plan = planCycle(stored, undefined, calendar, policy);
    expect(kept(plan).slice(0, 5)).toEqual([
      'request 2024-12-23',
      'reminder 2024-12-27',
      'deadline-day 2025-01-03',
      'escalation 2025-01-07',
      'papers 2025-01-13',
    ]);
    expect(dropped(plan)).toEqual(['final-reminder', 'briefing']);
    expect(plan.notes).toHaveLength(5);
    expect(plan.notes[2]).toBe(
      "The owners' deadline stored with the meeting, Sunday 5 January 2025, is not a working day; please check it.",
    );
  });
});

describe('quiet days', () => {
  test('move a deadline right after them to the last working day before, and the request earlier', () => {
    const quiet = { ...defaultPolicy };
    const plan = planCycle(meeting('C01', '2026-01-13'), undefined, christmas, quiet);
    expect(plan.deadlines.ownersDeadlineOn).toBe('2025-12-23');
    expect(plan.deadlines.requestOn).toBe('2025-12-11');
    expect(dropped(plan)).toEqual([]);
    expect(plan.notes).toEqual([
      "The owners' deadline would come right after quiet days, so it is Tuesday 23 December 2025 and the request goes out earlier.",
    ]);
  });

  test('leave a deadline alone from the third working day after them', () => {
    const plan = planCycle(meeting('C01', '2026-01-15'), undefined, christmas, defaultPolicy);
    expect(plan.deadlines.ownersDeadlineOn).toBe('2026-01-06');
    expect(plan.notes).toEqual([]);
  });

  test('ask the secretary about a stored deadline right after them', () => {
    const stored = meeting('C01', '2026-01-13', { ownersDeadlineOn: '2026-01-02' });
    const plan = planCycle(stored, undefined, christmas, defaultPolicy);
    expect(plan.deadlines.ownersDeadlineOn).toBe('2026-01-02');
    expect(plan.notes).toEqual([
      "The owners' deadline stored with the meeting, Friday 2 January 2026, comes right after quiet days; please confirm it or choose an earlier day.",
    ]);
  });

  test('of one day alone move nothing', () => {
    const oneDay = createCalendar({
      timeZone: 'Europe/London',
      quietDays: [{ fromOn: '2025-01-03', toOn: '2025-01-03' }],
    });
    const plan = planCycle(meeting('B09', '2025-01-15'), undefined, oneDay, policy);
    expect(plan.deadlines.ownersDeadlineOn).toBe('2025-01-06');
  });
});

describe('meetings close together', () => {
  const previous = meeting('B10', '2025-02-26', { minutesDueOn: '2025-03-05' });

  test('put the request on the day after the minutes are due and drop the first reminder', () => {
    const plan = planCycle(meeting('B11', '2025-03-26'), previous, calendar, policy);
    expect(plan.squeezed).toBe(true);
    expect(plan.deadlines.requestOn).toBe('2025-03-06');
    expect(dropped(plan)).toEqual(['reminder']);
    expect(plan.notes).toEqual([
      'The meeting comes 20 working days after B10, so the plan is squeezed; please confirm it.',
    ]);
  });

  test('keep a stored request and first reminder, ask about the one and drop the final reminder', () => {
    const stored = meeting('B11', '2025-03-26', { updateRequestOn: '2025-03-05', firstReminderOn: '2025-03-12' });
    const plan = planCycle(stored, meeting('B10', '2025-02-26'), calendar, policy);
    expect(plan.deadlines.requestOn).toBe('2025-03-05');
    expect(dropped(plan)).toEqual(['final-reminder']);
    expect(plan.notes[0]).toBe(
      'The request on Wednesday 5 March 2025 comes before the day after the minutes of B10 are due (Thursday 6 March 2025); please confirm it.',
    );
  });

  test('keep the request where it is when the minutes are due long before', () => {
    const plan = planCycle(meeting('B11', '2025-04-01'), previous, calendar, policy);
    expect(plan.squeezed).toBe(true);
    expect(plan.deadlines.requestOn).toBe('2025-03-11');
  });

  test('tell the secretary when there is no time to ask at all', () => {
    const plan = planCycle(meeting('B11', '2025-03-07'), previous, calendar, policy);
    expect(dropped(plan)).toContain('request');
    expect(plan.notes).toContain(
      'There is no time to ask owners before their deadline; please choose dates for this meeting.',
    );
  });
});

describe('laws', () => {
  const day = fc.integer({ min: 0, max: 1400 }).map((n) => calendar.addDays('2023-06-01', n));
  const stored = fc.record(
    { updateRequestOn: day, firstReminderOn: day, ownersDeadlineOn: day, papersDeadlineOn: day },
    { requiredKeys: [] },
  );

  test('steps that take place are in order of time, on working days, and none comes twice', () => {
    fc.assert(
      fc.property(day, fc.integer({ min: 1, max: 60 }), stored, fc.boolean(), (on, gap, dates, quiet) => {
        const own = quiet ? christmas : calendar;
        const previous = meeting('A', own.addDays(on, -gap));
        const plan = planCycle(meeting('B', on, dates), previous, own, policy);
        const taking = plan.steps.filter((one) => one.dropped === undefined);
        const times = taking.map((one) => one.at);
        expect([...times].sort()).toEqual(times);
        expect(taking.filter((one) => !own.isWorkingDay(one.on))).toEqual([]);
        expect(plan.steps.map((one) => one.step)).toHaveLength(11);
      }),
      { numRuns: 150 },
    );
  });

  test('without stored dates the deadlines are in order', () => {
    fc.assert(
      fc.property(day, fc.boolean(), (on, quiet) => {
        const own = quiet ? christmas : calendar;
        const { deadlines: d } = planCycle(meeting('B', on), undefined, own, policy);
        const order = [d.requestOn, d.reminderOn, d.finalReminderOn, d.ownersDeadlineOn, d.escalationOn];
        const rest = [d.papersDeadlineOn, d.briefingOn, d.digestOn, d.meetingOn, d.arisingOn, d.minutesDueOn];
        expect([...order, ...rest].sort()).toEqual([...order, ...rest]);
      }),
      { numRuns: 150 },
    );
  });
});

describe('the meeting prepared for', () => {
  const snapshot: Pick<BoardSnapshot, 'meetings' | 'policy'> = {
    policy: {},
    meetings: [
      meeting('B10', '2025-02-26'),
      meeting('B09', '2025-01-15', { state: 'in-preparation' }),
      meeting('B08', '2024-11-27', { state: 'held' }),
      meeting('B09x', '2025-01-08', { state: 'cancelled' }),
    ],
  };
  const whole = snapshot as BoardSnapshot;

  test.each([
    ['2025-01-06T09:00:00.000Z', undefined, 'B09', 'B08'],
    ['2025-01-15T11:59:00.000Z', undefined, 'B09', 'B08'],
    ['2025-01-15T12:00:00.000Z', undefined, 'B10', 'B09'],
    ['2025-01-06T09:00:00.000Z', 'B08', 'B08', undefined],
    ['2025-01-06T09:00:00.000Z', 'B99', undefined, undefined],
    ['2026-01-06T09:00:00.000Z', undefined, undefined, undefined],
  ])('at %s, asked for %s, is %s after %s', (at, ref, expected, before) => {
    const found = meetingAt(whole, at, ref);
    expect([found.meeting?.ref, found.previous?.ref]).toEqual([expected, before]);
  });

  test('of two on one day is the earlier, and the other follows it', () => {
    const twice = {
      ...whole,
      meetings: [meeting('E', '2025-03-01', { startsAtTime: '14:00' }), meeting('M', '2025-03-01')],
    };
    expect(meetingAt(twice, '2025-02-01T09:00:00.000Z').meeting?.ref).toBe('M');
    expect(meetingAt(twice, '2025-02-01T09:00:00.000Z', 'E').previous?.ref).toBe('M');
  });

  test('is told apart from a meeting of the same start by order alone', () => {
    const same = { ...whole, meetings: [meeting('X', '2025-03-01'), meeting('Y', '2025-03-01')] };
    expect(meetingAt(same, '2025-02-01T09:00:00.000Z').meeting?.ref).toBe('X');
  });
});

test('a calendar is that of its policy, however many boards there are', () => {
  const quietOn = (on: string) => resolvePolicy({ quietDays: [{ fromOn: on, toOn: on }] }).policy;
  for (let day = 1; day <= 60; day += 1) {
    const on = calendar.addDays('2025-01-05', day);
    expect([on, calendarOf(quietOn(on)).isWorkingDay(on)]).toEqual([on, false]);
  }
  expect(calendarOf(quietOn('2025-01-06'))).toBe(calendarOf(quietOn('2025-01-06')));
  expect(calendarOf(quietOn('2025-01-06')).isWorkingDay('2025-01-07')).toBe(true);
});
