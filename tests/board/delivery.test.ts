// The computed delivery rating: every threshold the day before, on and after, and claims against it.
import { describe, expect, test } from '@jest/globals';
import { compareDelivery } from '../../bot/board/delivery';
import type { Action, Milestone } from '../../bot/board/model';
import { aMilestone, anAction, aReading, anUpdate, someEvidence } from '../fixtures/builders';
import { findingsOf, first, inWorkingDays, judged, judgedAction, today } from '../fixtures/judging';

const rules = (action: Partial<Action>, over = {}): readonly string[] =>
  judgedAction(action, over).deliveryReasons.map((one) => one.rule);

describe('a due date', () => {
  test.each([
    ['yesterday', '2025-06-09', 'off-track'],
    ['today: a date passes at the end of its day', today, 'on-track'],
    ['tomorrow', '2025-06-11', 'on-track'],
  ])('of %s makes the action %s %s', (_, dueOn, rating) => {
    expect(judgedAction({ dueOn, percentComplete: 95 }).computedDelivery).toBe(rating);
  });

  test('that passed over a weekend is named without a count', () => {
    const at = '2025-06-08T08:00:00.000Z';
    const action = judgedAction({ dueOn: '2025-06-07', percentComplete: 95 }, {}, at);
    expect(first(action.deliveryReasons).text).toBe('Off track: due date passed since the last working day.');
  });

  test('says how many working days ago it passed', () => {
    const reason = first(judgedAction({ dueOn: '2025-06-05', percentComplete: 95 }).deliveryReasons);
    expect(reason).toEqual({
      rule: 'due-date-passed',
      text: 'Off track: due date passed 3 working days ago.',
      figures: { dueOn: '2025-06-05', workingDaysLate: 3 },
      records: ['A1.01'],
    });
  });

  test('that is missing is not late', () => {
    const { dueOn: _, ...withoutDate } = anAction({ forecastOn: '2026-01-30' });
    const assessment = judged({ actions: [withoutDate] });
    expect(first(assessment.actions).computedDelivery).toBe('on-track');
    expect(first(first(assessment.actions).deliveryReasons).text).toContain('no due date');
  });
});

describe('a forecast', () => {
  const dueOn = '2025-09-30';
  test.each([
    ['on the due date', dueOn, 'on-track'],
    ['1 working day after it', inWorkingDays(1, dueOn), 'at-risk'],
    ['20 working days after it', inWorkingDays(20, dueOn), 'at-risk'],
    ['21 working days after it', inWorkingDays(21, dueOn), 'off-track'],
  ])('%s gives %s %s', (_, forecastOn, rating) => {
    expect(judgedAction({ dueOn, forecastOn }).computedDelivery).toBe(rating);
  });

  test('just over a weekend after the due date is named without a count', () => {
    const action = judgedAction({ dueOn: '2025-09-26', forecastOn: '2025-09-27' });
    expect(first(action.deliveryReasons).text).toBe('At risk: the forecast is just after the due date.');
  });
});

describe('an open milestone', () => {
  test.each([
    ['due today', today, 'on-track'],
    ['1 working day late', inWorkingDays(-1), 'at-risk'],
    ['20 working days late', inWorkingDays(-20), 'at-risk'],
    ['21 working days late', inWorkingDays(-21), 'off-track'],
  ])('%s gives %s %s', (_, dueOn, rating) => {
    const action = judgedAction({ percentComplete: 20 }, { milestones: [aMilestone({ dueOn })] });
    expect(action.computedDelivery).toBe(rating);
  });

  test('that was completed late is history', () => {
    const late = aMilestone({ dueOn: '2025-03-31', completedOn: '2025-06-02' });
    const action = judgedAction({}, { milestones: [late, aMilestone({ ref: 'A1.01-2' })] });
    expect(action.computedDelivery).toBe('on-track');
    expect(first(action.deliveryReasons).text).toBe(
      'On track: 1 of 2 milestones complete, due on Tuesday 30 September 2025, and nothing late.',
    );
  });

  test('whose completion is dated tomorrow is open today', () => {
    const milestones = [aMilestone({ dueOn: '2025-06-09', completedOn: '2025-06-11' })];
    expect(judgedAction({ percentComplete: 10 }, { milestones }).computedDelivery).toBe('at-risk');
  });
});

describe('an action without milestones', () => {
  const half = { startOn: inWorkingDays(-50), dueOn: inWorkingDays(50) };
  test.each([
    [31, 19, 'on-track'],
    [30, 20, 'at-risk'],
    [29, 21, 'at-risk'],
  ])('at %i per cent when half its time has gone is %i points behind: %s', (percentComplete, behind, rating) => {
    const action = judgedAction({ ...half, percentComplete });
    expect(action.progress.behindPoints).toBe(behind);
    expect(action.computedDelivery).toBe(rating);
  });

  test('counts as nothing done where no percentage is recorded, and says so', () => {
    const { percentComplete: _, ...silent } = anAction(half);
    const action = first(judged({ actions: [silent] }).actions);
    expect(first(action.deliveryReasons).text).toBe(
      'At risk: no percentage is recorded, 50 points behind the share of its time that has gone.',
    );
  });

  test.each([
    ['no start date', { startOn: undefined }],
    ['no due date', { dueOn: undefined }],
    ['a start in the future', { startOn: '2025-06-11' }],
    ['a due date that is its start', { startOn: '2025-06-09', dueOn: '2025-06-09' }],
  ])('is not measured against time with %s', (_, change) => {
    const entries = Object.entries({ ...anAction(), ...change }).filter(([, value]) => value !== undefined);
    const action = Object.fromEntries(entries) as unknown as Action;
    expect(first(judged({ actions: [action] }).actions).progress.behindPoints).toBeUndefined();
  });

  test('is never asked for more than the whole of its time', () => {
    const action = judgedAction({ startOn: '2025-01-06', dueOn: '2025-02-03', percentComplete: 90 });
    expect(action.progress.behindPoints).toBe(10);
  });
});

describe('updates', () => {
  const endOfM2 = '2025-03-12T12:00:00.000Z';
  const afterM2 = '2025-03-12T12:00:00.001Z';
  test.each([
    ['the last at the end of the meeting before last', [anUpdate({ at: endOfM2 })], '2025-03-12', ['no-recent-update']],
    ['the last just after it', [anUpdate({ at: afterM2 })], '2025-03-12', ['no-sign-of-delay']],
    ['none, started on its day', [], '2025-03-12', ['no-recent-update']],
    ['none, started after it', [], '2025-03-13', ['no-sign-of-delay']],
  ])('%s', (_, updates, startOn, expected) => {
    expect(rules({ startOn }, { updates, requests: [] })).toEqual(expected);
  });

  test('are not missed in an action that is yet to start', () => {
    const action = judgedAction({ startOn: '2025-06-11' }, { updates: [], requests: [] });
    expect(action.computedDelivery).toBe('not-started');
    expect(first(action.deliveryReasons).text).toBe('Not started: starts on Wednesday 11 June 2025.');
  });

  test('are missed where no start date is recorded', () => {
    const { startOn: _, ...action } = anAction();
    const assessment = judged({ actions: [action], updates: [], requests: [] });
    expect(first(first(assessment.actions).deliveryReasons).text).toBe(
      'At risk: no update is recorded, and it had started by the meeting on Wednesday 12 March 2025.',
    );
  });

  test('that are old are named with their date', () => {
    const updates = [anUpdate({ at: '2025-03-03T10:00:00.000Z' }), anUpdate({ key: 'U0', at: '2025-02-03T10:00:00Z' })];
    const action = judgedAction({}, { updates, requests: [] });
    expect(first(action.deliveryReasons).text).toBe(
      'At risk: the last update is from Monday 3 March 2025, before the last meeting but one.',
    );
  });

  test('dated later than the moment judged do not count yet', () => {
    const updates = [anUpdate({ at: '2025-06-11T10:00:00.000Z' })];
    const action = judgedAction({ startOn: '2025-03-03' }, { updates, requests: [] });
    expect(action.lastUpdateAt).toBeUndefined();
    expect(action.computedDelivery).toBe('at-risk');
  });
});

describe('nothing recorded since the start', () => {
  const silent = { updates: [], requests: [], milestones: [] };
  test.each([
    [20, 'on-track'],
    [21, 'at-risk'],
  ])('%i working days ago gives %s', (days, rating) => {
    const action = { startOn: inWorkingDays(-days), dueOn: '2026-09-30', percentComplete: 0 };
    expect(judgedAction(action, silent).computedDelivery).toBe(rating);
  });

  test('holds where no percentage is recorded either', () => {
    const { percentComplete: _, ...action } = anAction({ startOn: inWorkingDays(-21), dueOn: '2026-09-30' });
    const assessment = judged({ actions: [action], ...silent });
    expect(first(first(assessment.actions).deliveryReasons)).toMatchObject({
      rule: 'nothing-recorded',
      text: 'At risk: started 21 working days ago, and nothing is recorded since.',
    });
  });

  test.each<[string, Partial<Action>, object]>([
    ['a percentage', { percentComplete: 1 }, {}],
    ['an update', { percentComplete: 0 }, { updates: [anUpdate()] }],
    [
      'a milestone',
      { percentComplete: 50 },
      { milestones: [aMilestone({ completedOn: today }), aMilestone({ ref: 'A1.01-2' })] },
    ],
  ])('does not hold with %s', (_, change, over) => {
    const action = { startOn: inWorkingDays(-21), dueOn: '2026-09-30', ...change };
    expect(judgedAction(action, { ...silent, ...over }).computedDelivery).toBe('on-track');
  });
});

describe('completion', () => {
  const proof = { evidence: [someEvidence(), someEvidence({ ref: 'E2', kind: 'family-voice', sourceBody: 'Forum' })] };
  test.each([
    ['on the day of the last meeting but two', '2025-01-22', proof, 'embedded'],
    ['the day after it', '2025-01-23', proof, 'complete'],
    ['then, without clear evidence', '2025-01-22', { evidence: [], readings: [] }, 'complete'],
  ])('%s gives %s %s', (_, completedOn, over, rating) => {
    expect(judgedAction({ completedOn, percentComplete: 100 }, over).computedDelivery).toBe(rating);
  });

  test('is not embedded before three meetings have been held', () => {
    const meetings = judgedMeetings();
    const action = judgedAction({ completedOn: '2025-01-02' }, { ...proof, meetings });
    expect(action.computedDelivery).toBe('complete');
  });

  test('is taken from the last milestone, with a finding, where its date is missing', () => {
    const milestones = [
      aMilestone({ ref: 'A1.01-2', completedOn: '2025-05-30' }),
      aMilestone({ completedOn: '2025-06-03' }),
      aMilestone({ ref: 'A1.01-3', completedOn: '2025-05-12' }),
    ];
    const assessment = judged({ actions: [anAction({ percentComplete: 100 })], milestones });
    expect(first(assessment.actions)).toMatchObject({ complete: true, completedOn: '2025-06-03', slow: false });
    expect(findingsOf(assessment, 'finding')).toEqual(['completion-date-missing A1.01']);
    expect(first(assessment.findings).text).toContain('Tuesday 3 June 2025 is taken from the last milestone');
  });

  test('dated tomorrow is not complete today', () => {
    expect(judgedAction({ completedOn: '2025-06-11' }).complete).toBe(false);
    expect(judgedAction({ completedOn: today }).complete).toBe(true);
  });
});

function judgedMeetings() {
  return [
    { ref: 'M2', on: '2025-03-12', startsAtTime: '10:00', endsAtTime: '12:00', state: 'held' as const },
    { ref: 'M3', on: '2025-05-07', startsAtTime: '10:00', endsAtTime: '12:00', state: 'held' as const },
    { ref: 'M4', on: '2025-06-25', startsAtTime: '10:00', endsAtTime: '12:00', state: 'planned' as const },
  ];
}

describe('the percentage against the milestones', () => {
  const steps = (done: number, total: number): Milestone[] =>
    Array.from({ length: total }, (_, index) =>
      aMilestone({ ref: `A1.01-${index + 1}`, ...(index < done ? { completedOn: '2025-05-01' } : {}) }),
    );
  test.each([
    [1, 2, 49, true],
    [1, 2, 50, false],
    [1, 2, 99, false],
    [1, 2, 100, true],
    [0, 2, 0, false],
    [0, 2, 49, false],
    [0, 2, 50, true],
    [1, 3, 32, true],
    [1, 3, 33, false],
    [1, 3, 66, false],
    [1, 3, 67, true],
    [2, 3, 65, true],
    [2, 3, 66, false],
  ])('%i of %i done and %i per cent: disagreement %s', (done, total, percentComplete, disagrees) => {
    const assessment = judged({ actions: [anAction({ percentComplete })], milestones: steps(done, total) });
    expect(findingsOf(assessment).includes('progress-disagreement A1.01')).toBe(disagrees);
  });

  test('says what the milestones allow', () => {
    const assessment = judged({ actions: [anAction({ percentComplete: 40 })], milestones: steps(1, 2) });
    expect(first(assessment.findings).text).toBe(
      '1 of 2 milestones is complete, which is between 50% and 99%, but the record says 40%.',
    );
    const done = judged({
      actions: [anAction({ percentComplete: 90, completedOn: '2025-06-02' })],
      milestones: steps(2, 2),
    });
    expect(first(done.findings).text).toContain('which is 100%');
  });

  test('is not compared where no percentage is recorded', () => {
    const { percentComplete: _, ...action } = anAction();
    const assessment = judged({ actions: [action], milestones: steps(1, 2) });
    expect(findingsOf(assessment, 'finding')).toEqual([]);
  });
});

describe('a claim', () => {
  test.each([
    ['on-track', 'on-track', 'same'],
    ['not-started', 'on-track', 'same'],
    ['on-track', 'not-started', 'same'],
    ['at-risk', 'off-track', 'better'],
    ['on-track', 'at-risk', 'better'],
    ['complete', 'on-track', 'better'],
    ['embedded', 'complete', 'better'],
    ['off-track', 'at-risk', 'worse'],
    ['complete', 'embedded', 'worse'],
  ] as const)('of %s against %s is %s', (claimed, computed, expected) => {
    expect(compareDelivery(claimed, computed)).toBe(expected);
  });

  test('that is better than the record is a finding with the reasons', () => {
    const assessment = judged({ actions: [anAction({ dueOn: '2025-06-05', percentComplete: 95 })] });
    const finding = assessment.findings.find((one) => one.rule === 'delivery-claim-not-supported');
    expect(finding?.text).toBe(
      'Rated on track by the owner, which the record does not support. Off track: due date passed 3 working days ago.',
    );
  });

  test('that is more cautious is never a finding', () => {
    const assessment = judged({ actions: [anAction({ deliveryStatus: 'off-track' })], readings: readingsOnTrack() });
    expect(first(assessment.actions).deliveryClaim).toBe('worse');
    expect(findingsOf(assessment, 'finding')).toEqual([]);
  });
});

function readingsOnTrack() {
  return ['02', '03', '04', '05'].map((month, index) =>
    aReading({
      period: `2025-${month}`,
      value: 50 + index * 5,
      reportedOn: ['2025-03-06', '2025-04-07', '2025-05-08', '2025-06-06'][index] ?? today,
    }),
  );
}
