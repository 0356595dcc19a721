// The reasons of a delivery rating, whole: rule, sentence, figures and the records they rest on.
import { describe, expect, test } from '@jest/globals';
import type { Action, BoardSnapshot, Finding, Reason } from '../../bot/board/model';
import { aMilestone, anAction, anUpdate, someEvidence } from '../fixtures/builders';
import { first, inWorkingDays, judged, judgedAction, today } from '../fixtures/judging';

const reasons = (action: Partial<Action>, over: Partial<BoardSnapshot> = {}): readonly Reason[] =>
  judgedAction(action, over).deliveryReasons;

describe('the reason', () => {
  const dueOn = '2025-09-30';
  test.each([
    [1, 'At risk: the forecast is 1 working day after the due date.', 'forecast-after-due-date'],
    [21, 'Off track: the forecast is 21 working days after the due date.', 'forecast-far-after-due-date'],
  ])('of a forecast %i working days late', (days, text, rule) => {
    const forecastOn = inWorkingDays(days, dueOn);
    const figures = { forecastOn, dueOn, workingDaysLate: days };
    expect(reasons({ dueOn, forecastOn })).toEqual([{ rule, text, figures, records: ['A1.01'] }]);
  });

  test.each([
    [1, 'At risk: the date of the milestone "Draft agreed" passed 1 working day ago.', 'milestone-late'],
    [21, 'Off track: the date of the milestone "Draft agreed" passed 21 working days ago.', 'milestone-far-late'],
  ])('of a milestone %i working days late', (days, text, rule) => {
    const late = aMilestone({ dueOn: inWorkingDays(-days) });
    const figures = { milestone: 'A1.01-1', dueOn: late.dueOn, workingDaysLate: days };
    expect(reasons({ percentComplete: 20 }, { milestones: [late] })).toEqual([
      { rule, text, figures, records: ['A1.01', 'A1.01-1'] },
    ]);
  });

  test('of being behind counts whole points', () => {
    const action = { startOn: inWorkingDays(-50), dueOn: inWorkingDays(50), percentComplete: 29.5 };
    expect(reasons(action)).toEqual([
      {
        rule: 'behind-elapsed-time',
        text: 'At risk: 29.5% is recorded, 20 points behind the share of its time that has gone.',
        figures: { behindPoints: 20, percentComplete: 29.5 },
        records: ['A1.01'],
      },
    ]);
  });

  test.each([
    [[], 'no update is recorded, and it had started by the meeting on Wednesday 12 March 2025', 'none'],
    [
      [anUpdate({ at: '2025-03-03T23:30:00.000Z' })],
      'the last update is from Monday 3 March 2025, before the last meeting but one',
      '2025-03-03',
    ],
  ])('of no recent update (%#)', (updates, clause, lastUpdateOn) => {
    expect(reasons({ startOn: '2025-03-03' }, { updates, requests: [] })).toEqual([
      { rule: 'no-recent-update', text: `At risk: ${clause}.`, figures: { lastUpdateOn }, records: ['A1.01', 'M2'] },
    ]);
  });

  test('of nothing recorded since the start', () => {
    const startOn = inWorkingDays(-21);
    const silent = { updates: [], requests: [], milestones: [] };
    expect(reasons({ startOn, dueOn: '2026-09-30', percentComplete: 0 }, silent)).toEqual([
      {
        rule: 'nothing-recorded',
        text: 'At risk: started 21 working days ago, and nothing is recorded since.',
        figures: { startOn, workingDays: 21 },
        records: ['A1.01'],
      },
    ]);
  });

  test('of a start in the future', () => {
    expect(reasons({ startOn: '2025-06-11' })).toEqual([
      {
        rule: 'start-in-future',
        text: 'Not started: starts on Wednesday 11 June 2025.',
        figures: { startOn: '2025-06-11' },
        records: ['A1.01'],
      },
    ]);
  });

  test('of being complete', () => {
    expect(reasons({ completedOn: '2025-06-02', percentComplete: 100 })).toEqual([
      {
        rule: 'complete',
        text: 'Complete: completed on Monday 2 June 2025.',
        figures: { completedOn: '2025-06-02' },
        records: ['A1.01'],
      },
    ]);
  });

  test('of being embedded rests on the meeting since which it holds', () => {
    const evidence = [someEvidence(), someEvidence({ ref: 'E2', kind: 'family-voice', sourceBody: 'Forum' })];
    expect(reasons({ completedOn: '2025-01-22', percentComplete: 100 }, { evidence })).toEqual([
      {
        rule: 'complete-and-sustained',
        text: 'Embedded: complete since Wednesday 22 January 2025, and the evidence of effect is clear.',
        figures: { completedOn: '2025-01-22', sustainedSince: 'M1' },
        records: ['A1.01', 'M1'],
      },
    ]);
  });

  test('of being on track says what is done, by milestones or by percentage', () => {
    const figures = { milestonesDone: 0, milestonesTotal: 0, percent: 60 };
    const text = 'On track: 60% complete, due on Tuesday 30 September 2025, and nothing late.';
    expect(reasons({})).toEqual([{ rule: 'no-sign-of-delay', text, figures, records: ['A1.01'] }]);
    const milestones = [aMilestone({ completedOn: '2025-06-02' }), aMilestone({ ref: 'A1.01-2' })];
    expect(first(reasons({}, { milestones })).figures).toEqual({ milestonesDone: 1, milestonesTotal: 2, percent: 50 });
  });

  test('is given once for each milestone that is late, in their order', () => {
    const dates = { dueOn: inWorkingDays(-2) };
    const milestones = ['2', '3', '1'].map((step) => aMilestone({ ref: `A1.01-${step}`, title: step, ...dates }));
    expect(reasons({ percentComplete: 10 }, { milestones }).map((one) => one.figures['milestone'])).toEqual([
      'A1.01-1',
      'A1.01-2',
      'A1.01-3',
    ]);
  });

  test.each([
    ['late by a working day', { forecastOn: inWorkingDays(21, '2025-06-05'), dueOn: '2025-06-05' }, 2],
    ['late and behind its time', { dueOn: '2025-06-05', percentComplete: 10 }, 1],
  ])('of a worse rating hides those of a better one: %s', (_, action, expected) => {
    const all = reasons(action);
    expect(all.map((one) => one.text.startsWith('Off track: '))).toEqual(Array.from({ length: expected }, () => true));
  });
});

describe('findings about progress', () => {
  const findingOf = (rule: string, over: Partial<BoardSnapshot>): Finding | undefined =>
    judged(over).findings.find((one) => one.rule === rule);

  test('on a missing date rest on the action and its milestones in order', () => {
    const milestones = [
      aMilestone({ ref: 'A1.01-2', completedOn: '2025-05-30' }),
      aMilestone({ ref: 'A1.01-1', completedOn: '2025-06-03' }),
    ];
    expect(findingOf('completion-date-missing', { actions: [anAction({ percentComplete: 100 })], milestones })).toEqual(
      {
        rule: 'completion-date-missing',
        level: 'finding',
        ref: 'A1.01',
        text: 'Every milestone is complete, but no completion date is recorded; Tuesday 3 June 2025 is taken from the last milestone.',
        records: ['A1.01', 'A1.01-1', 'A1.01-2'],
      },
    );
  });

  test('on a percentage rest on the action and its milestones in order', () => {
    const milestones = [aMilestone({ ref: 'A1.01-2' }), aMilestone({ ref: 'A1.01-1' })];
    expect(findingOf('progress-disagreement', { actions: [anAction({ percentComplete: 50 })], milestones })).toEqual({
      rule: 'progress-disagreement',
      level: 'finding',
      ref: 'A1.01',
      text: '0 of 2 milestones are complete, which is between 0% and 49%, but the record says 50%.',
      records: ['A1.01', 'A1.01-1', 'A1.01-2'],
    });
  });

  test('on a claim rest on the records of the reasons, each once', () => {
    const milestones = [aMilestone({ dueOn: inWorkingDays(-21) })];
    const action = anAction({ dueOn: '2025-06-05', percentComplete: 20 });
    expect(findingOf('delivery-claim-not-supported', { actions: [action], milestones })).toEqual({
      rule: 'delivery-claim-not-supported',
      level: 'finding',
      ref: 'A1.01',
      text: 'Rated on track by the owner, which the record does not support. Off track: due date passed 3 working days ago. Off track: the date of the milestone "Draft agreed" passed 21 working days ago.',
      records: ['A1.01', 'A1.01-1'],
    });
  });
});

test('an action starts on the day of its start', () => {
  expect(judgedAction({ startOn: today }).started).toBe(true);
  expect(judgedAction({ startOn: '2025-06-11' }).started).toBe(false);
});
