// Slow to progress: each reason the day before its threshold, on it and after it, and what never makes an action slow.
import { describe, expect, test } from '@jest/globals';
import type { Action, BoardSnapshot } from '../../bot/board/model';
import {
  aDateChange,
  aLoggedRow,
  aMeasure,
  aMilestone,
  anAction,
  aReading,
  aRequest,
  anUpdate,
} from '../fixtures/builders';
import { findingsOf, first, inWorkingDays, judged, judgedAction } from '../fixtures/judging';

const rules = (action: Partial<Action>, over: Partial<BoardSnapshot> = {}, at?: string): readonly string[] =>
  judgedAction(action, over, at).slowReasons.map((one) => one.rule);

test('a due date that has passed makes a started, open action slow', () => {
  expect(rules({ dueOn: '2025-06-10', percentComplete: 95 })).toEqual([]);
  expect(rules({ dueOn: '2025-06-09', percentComplete: 95 })).toEqual(['slow-overdue']);
  expect(judgedAction({ dueOn: '2025-06-09' }).daysLateWorking).toBe(1);
});

test('an action that is complete, or has not started, is never slow', () => {
  expect(rules({ dueOn: '2025-06-09', completedOn: '2025-06-09' })).toEqual([]);
  expect(rules({ dueOn: '2025-06-09', startOn: '2025-06-11' })).toEqual([]);
});

test.each([
  [5, []],
  [6, ['slow-milestone-late']],
])('an open milestone %i working days late gives %j', (days, expected) => {
  const milestones = [aMilestone({ dueOn: inWorkingDays(-days) })];
  expect(rules({ percentComplete: 10 }, { milestones })).toEqual(expected);
});

test.each([
  [20, []],
  [21, ['slow-forecast-late']],
])('a forecast %i working days after the due date gives %j', (days, expected) => {
  expect(rules({ forecastOn: inWorkingDays(days, '2025-09-30') })).toEqual(expected);
});

test.each([
  [31, []],
  [30, ['slow-behind-time']],
])('without milestones, %i per cent at half its time gives %j', (percentComplete, expected) => {
  const action = { startOn: inWorkingDays(-50), dueOn: inWorkingDays(50), percentComplete };
  expect(rules(action)).toEqual(expected);
});

describe('nothing moved forward', () => {
  const rows = (m2: object, m3: object) => [
    aLoggedRow({ meetingRef: 'M2', frozenOn: '2025-03-05', ...m2 }),
    aLoggedRow({ meetingRef: 'M3', ...m3 }),
  ];
  const done = [aMilestone({ completedOn: '2025-02-03' }), aMilestone({ ref: 'A1.01-2' })];
  test.each([
    [
      'the same in both logs',
      { milestonesDone: 1, percentComplete: 60 },
      { milestonesDone: 1, percentComplete: 60 },
      true,
    ],
    ['higher than in the log before last', { percentComplete: 59 }, { percentComplete: 60 }, false],
    ['higher than in the last log', { percentComplete: 60 }, { percentComplete: 59 }, false],
    ['lower than in both', { percentComplete: 70 }, { percentComplete: 65 }, true],
    ['a milestone more than in the log before last', { milestonesDone: 0 }, { milestonesDone: 1 }, false],
    ['no more milestones, no percentage then', { milestonesDone: 1 }, { milestonesDone: 1 }, true],
    ['nothing recorded then to compare with', {}, { percentComplete: 60 }, false],
  ])('%s: %j and %j, slow %s', (_, m2, m3, slow) => {
    const assessed = rules({ percentComplete: 60 }, { milestones: done, loggedRows: rows(m2, m3) });
    expect(assessed).toEqual(slow ? ['slow-nothing-moved'] : []);
  });

  test('says since when, and that it went back', () => {
    const loggedRows = rows({ percentComplete: 70 }, { percentComplete: 70 });
    const action = judgedAction({ percentComplete: 60 }, { loggedRows });
    expect(first(action.slowReasons)).toMatchObject({
      text: 'Nothing has moved forward since the meeting on Wednesday 12 March 2025, and the percentage went back from 70% to 60%.',
      records: ['A1.01', 'M3', 'M2'],
    });
    const same = judgedAction({ percentComplete: 70 }, { loggedRows });
    expect(first(same.slowReasons).text).toBe(
      'Nothing has moved forward since the meeting on Wednesday 12 March 2025.',
    );
  });

  test('needs two logs that list the action', () => {
    const loggedRows = rows({ subjectRef: 'A1.02', percentComplete: 60 }, { percentComplete: 60 });
    expect(rules({ percentComplete: 60 }, { loggedRows })).toEqual([]);
    expect(rules({ percentComplete: 60 }, { loggedRows: [aLoggedRow({ percentComplete: 60 })] })).toEqual([]);
  });

  test('is not judged by percentages where none is recorded now', () => {
    const { percentComplete: _, ...action } = anAction({ dueOn: '2026-09-30', originalDueOn: '2026-09-30' });
    const loggedRows = rows({ percentComplete: 60 }, { percentComplete: 60 });
    expect(first(judged({ actions: [action], loggedRows }).actions).slow).toBe(false);
    const byMilestones = rows({ milestonesDone: 1 }, { milestonesDone: 1 });
    const assessed = judged({ actions: [action], milestones: done, loggedRows: byMilestones });
    expect(first(first(assessed.actions).slowReasons).figures).toMatchObject({ percentComplete: 'not recorded' });
  });

  test('takes the log for the meeting before the one after it, and the last of a corrected log', () => {
    const loggedRows = [
      aLoggedRow({ percentComplete: 60, frozenOn: '2025-04-30', logHash: 'b' }),
      aLoggedRow({ percentComplete: 10, frozenOn: '2025-04-29', logHash: 'a' }),
      aLoggedRow({ percentComplete: 5, frozenOn: '2025-05-14', kind: 'after the meeting' }),
      aLoggedRow({ meetingRef: 'M2', frozenOn: '2025-03-19', kind: 'after the meeting', percentComplete: 60 }),
    ];
    expect(rules({ percentComplete: 60 }, { loggedRows })).toEqual(['slow-nothing-moved']);
    expect(rules({ percentComplete: 60 }, { loggedRows: [...loggedRows].reverse() })).toEqual(['slow-nothing-moved']);
  });

  test('does not look at a log frozen later, or at the log of the meeting itself', () => {
    const loggedRows = [
      ...rows({ percentComplete: 60 }, { percentComplete: 60, frozenOn: '2025-06-11' }),
      aLoggedRow({ meetingRef: 'M4', frozenOn: '2025-06-09', percentComplete: 60 }),
    ];
    expect(rules({ percentComplete: 60 }, { loggedRows })).toEqual([]);
  });
});

describe('a due date that was moved', () => {
  test.each([
    ['once, by 29 calendar days', [['2025-09-01', '2025-09-30']], []],
    ['once, by 30 calendar days', [['2025-08-31', '2025-09-30']], ['slow-date-moved']],
    [
      'twice, by little',
      [
        ['2025-09-01', '2025-09-10'],
        ['2025-09-10', '2025-09-12'],
      ],
      ['slow-date-moved'],
    ],
  ])('%s: %j gives %j', (_, moves, expected) => {
    const dateChanges = moves.map(([fromOn, toOn], index) =>
      aDateChange({ ref: `DC${index}`, fromOn: String(fromOn), toOn: String(toOn) }),
    );
    expect(rules({}, { dateChanges })).toEqual(expected);
  });

  test('says how often, how far, and that the new date has passed too', () => {
    const dateChanges = [
      aDateChange({ fromOn: '2025-04-30', toOn: '2025-05-15' }),
      aDateChange({ ref: 'DC2', fromOn: '2025-05-15', toOn: '2025-06-09' }),
      aDateChange({ ref: 'DC3', fromOn: '2025-06-09', toOn: '2025-06-09', decision: 'refused' }),
      aDateChange({ ref: 'DC4', fromOn: '2025-06-09', toOn: '2025-06-20', decidedOn: '2025-06-11' }),
    ];
    const action = judgedAction(
      { originalDueOn: '2025-04-30', dueOn: '2025-06-09', percentComplete: 95 },
      { dateChanges },
    );
    expect(action).toMatchObject({ dateMoves: 2, dateMovedCalendarDays: 40 });
    expect(action.slowReasons.at(-1)).toMatchObject({
      text: 'The due date was moved twice, by 40 calendar days in all, and the new date has passed too.',
      records: ['A1.01', 'DC1', 'DC2'],
    });
  });

  test('counts as moved once where the dates differ and no request is recorded', () => {
    expect(judgedAction({ originalDueOn: '2025-08-31' })).toMatchObject({
      dateMoves: 1,
      dateMovedCalendarDays: 30,
      slow: true,
    });
    expect(judgedAction({ originalDueOn: '2025-09-01' })).toMatchObject({ dateMoves: 1, slow: false });
    const { originalDueOn: _, ...action } = anAction();
    expect(first(judged({ actions: [action] }).actions)).toMatchObject({ dateMoves: 0, dateMovedCalendarDays: 0 });
  });

  test('to an earlier day is a move of no days', () => {
    expect(judgedAction({ originalDueOn: '2025-12-31' })).toMatchObject({ dateMoves: 1, dateMovedCalendarDays: 0 });
  });

  test('three times is counted as such, and told of a complete action without the passed date', () => {
    const dateChanges = ['DC1', 'DC2', 'DC3'].map((ref) =>
      aDateChange({ ref, fromOn: '2025-03-01', toOn: '2025-03-08' }),
    );
    const assessment = judged({
      actions: [anAction({ completedOn: '2025-05-30', dueOn: '2025-03-22', originalDueOn: '2025-03-01' })],
      dateChanges,
    });
    const told = assessment.findings.find((one) => one.rule === 'date-moved');
    expect(told).toMatchObject({
      level: 'information',
      text: 'The due date was moved 3 times, by 21 calendar days in all.',
    });
  });
});

describe('a request', () => {
  const atDeadline = '2025-06-16T16:00:00.000Z';
  const afterDeadline = '2025-06-16T16:00:00.001Z';
  const open = { requests: [aRequest()], updates: [anUpdate({ at: '2025-05-07T11:00:00.000Z' })] };
  test.each([
    ['at the owners’ deadline', atDeadline, open, []],
    ['just after it', afterDeadline, open, ['slow-not-answered']],
    ['cancelled', afterDeadline, { ...open, requests: [aRequest({ state: 'cancelled' })] }, []],
    ['never made', afterDeadline, { ...open, requests: [] }, []],
    [
      'with an update since the last meeting',
      afterDeadline,
      { ...open, updates: [anUpdate({ at: '2025-05-07T11:00:00.001Z' })] },
      [],
    ],
    [
      'closed as answered without its update',
      afterDeadline,
      { ...open, requests: [aRequest({ state: 'answered', answeredOn: '2025-06-13' })] },
      [],
    ],
    [
      'answered late',
      '2025-06-17T12:00:00.000Z',
      { ...open, updates: [anUpdate({ at: '2025-06-17T09:00:00.000Z' })] },
      [],
    ],
    [
      'closed with a date to come',
      afterDeadline,
      { ...open, requests: [aRequest({ state: 'late', answeredOn: '2025-06-17' })] },
      ['slow-not-answered'],
    ],
  ])('%s', (_, at, over, expected) => {
    expect(rules({}, over, at)).toEqual(expected);
  });

  test('is answered by an update in time, not by a later one', () => {
    const inTime = judgedAction({}, { requests: [aRequest()] }, afterDeadline);
    expect(inTime).toMatchObject({ asked: true, answered: true });
    const late = { requests: [aRequest()], updates: [anUpdate({ at: '2025-06-17T09:00:00.000Z' })] };
    expect(judgedAction({}, late, '2025-06-17T12:00:00.000Z')).toMatchObject({ answered: false });
    const both = { ...late, updates: [...late.updates, anUpdate({ key: 'U0' })] };
    expect(judgedAction({}, both, '2025-06-17T12:00:00.000Z')).toMatchObject({
      answered: true,
      lastUpdateAt: '2025-06-17T09:00:00.000Z',
    });
  });
});

describe('a measure that is behind for two readings', () => {
  const readings = ['03', '04', '05'].map((month) =>
    aReading({ period: `2025-${month}`, value: 20, reportedOn: '2025-06-02' }),
  );
  test('is added to an action that is slow already, and is never its only reason', () => {
    expect(rules({}, { readings })).toEqual([]);
    expect(rules({ dueOn: '2025-06-09', percentComplete: 95 }, { readings })).toEqual([
      'slow-overdue',
      'slow-measure-behind',
    ]);
  });

  test('is not added while it is behind once, or is unknown', () => {
    const once = [aReading({ value: 60 }), aReading({ period: '2025-05', value: 20, reportedOn: '2025-06-02' })];
    expect(rules({ dueOn: '2025-06-09', percentComplete: 95 }, { readings: once })).toEqual(['slow-overdue']);
    expect(rules({ dueOn: '2025-06-09', percentComplete: 95, measureRefs: ['K9'] })).toEqual(['slow-overdue']);
  });

  test('is told of a complete action, once a measure, and does not make it slow', () => {
    const action = anAction({ completedOn: '2025-06-02', measureRefs: ['K1', 'K1', 'K2', 'K9'] });
    const assessment = judged({ actions: [action], measures: [aMeasure(), aMeasure({ ref: 'K2' })], readings });
    expect(first(assessment.actions)).toMatchObject({ doneButMeasureBehind: true, slow: false });
    expect(assessment.findings.find((one) => one.rule === 'done-but-measure-behind')?.text).toBe(
      'Done, but K1 (Plans issued on time) has been behind for 3 readings.',
    );
  });
});

test('reasons are joined into one sentence', () => {
  const text = (over: Partial<Action>, more: Partial<BoardSnapshot> = {}) =>
    judged({ actions: [anAction(over)], ...more }).findings.find((one) => one.rule === 'slow-to-progress')?.text;
  expect(text({ dueOn: '2025-06-09', percentComplete: 95 })).toBe(
    'Slow to progress because the due date passed 1 working day ago.',
  );
  expect(text({ dueOn: '2025-06-09', originalDueOn: '2025-03-03', percentComplete: 95 })).toBe(
    'Slow to progress because the due date passed 1 working day ago and the due date was moved once, by 98 calendar days in all, and the new date has passed too.',
  );
  expect(
    text({ dueOn: '2025-06-09', originalDueOn: '2025-03-03', forecastOn: '2025-12-31', percentComplete: 95 }),
  ).toMatch(
    /ago; its own forecast, Wednesday 31 December 2025, is \d+ working days after the due date; the due date was/,
  );
});

describe('the logs before', () => {
  const slowRow = (meetingRef: string, frozenOn: string, slow: boolean) =>
    aLoggedRow({ meetingRef, frozenOn, slow, percentComplete: 10 });
  test('say for how many meetings running an action has been slow', () => {
    const loggedRows = [
      slowRow('M1', '2025-01-15', false),
      slowRow('M2', '2025-03-05', true),
      slowRow('M3', '2025-04-29', true),
    ];
    expect(judgedAction({ dueOn: '2025-06-09', percentComplete: 95 }, { loggedRows }).slowMeetings).toBe(3);
    const always = loggedRows.slice(1);
    expect(judgedAction({ dueOn: '2025-06-09', percentComplete: 95 }, { loggedRows: always }).slowMeetings).toBe(3);
    expect(judgedAction({ dueOn: '2025-06-09', percentComplete: 95 }).slowMeetings).toBe(1);
  });

  test('say what is back on track', () => {
    const loggedRows = [slowRow('M3', '2025-04-29', true)];
    expect(judgedAction({}, { loggedRows })).toMatchObject({ slow: false, backOnTrack: true, slowMeetings: 0 });
    expect(judgedAction({}).backOnTrack).toBe(false);
  });
});

test('urgency puts the missed new date before the extreme risk, the aim date and the days late', () => {
  const base = { dueOn: '2025-06-06', originalDueOn: '2025-06-06', percentComplete: 95 };
  const facts = { ...judged().policy };
  expect(facts.riskToleranceScore).toBe(12);
  const actions = [
    anAction({ ...base, ref: 'A1.05', dueOn: '2025-06-09', originalDueOn: '2025-06-09' }),
    anAction({ ...base, ref: 'A1.04' }),
    anAction({ ...base, ref: 'A1.03', forecastOn: '2025-10-31' }),
    anAction({ ...base, ref: 'A1.02', riskRefs: ['R1'] }),
    anAction({ ...base, ref: 'A1.01', originalDueOn: '2025-05-01' }),
    anAction({ ...base, ref: 'A1.06', dueOn: '2025-09-30', originalDueOn: '2025-09-30' }),
  ];
  const risks = [{ ...riskAt(5, 5), actionRefs: [] }];
  const assessment = judged({ actions, risks, facts: { ...someAim } });
  const order = [...assessment.actions].sort((a, b) => a.urgency - b.urgency).map((one) => one.ref);
  expect(order).toEqual(['A1.01', 'A1.02', 'A1.03', 'A1.04', 'A1.05', 'A1.06']);
  expect(findingsOf(assessment)).toContain('forecast-after-aim-date A1.03');
});

const someAim = { id: 'n', name: 'n', localAuthority: 'n', icb: 'n', localities: [], actionsAimOn: '2025-09-30' };

function riskAt(likelihood: number, impact: number) {
  return {
    ref: 'R1',
    title: 'Posts stay empty',
    cause: '',
    event: '',
    effect: '',
    areaRefs: [],
    actionRefs: [],
    inherent: { likelihood, impact },
    current: { likelihood, impact },
    target: { likelihood, impact },
    response: 'treat',
    status: 'open' as const,
  };
}
