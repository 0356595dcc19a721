// Clauses 13 and 14 rule by rule: the two aims with their dates, and what the council says first.
import { describe, expect, test } from '@jest/globals';
import type { Action, BoardSnapshot, Measure } from '../../bot/board/model';
import {
  aDateChange,
  aDecision,
  aLoggedRow,
  aMeasure,
  aMitigation,
  anAction,
  anUpdate,
  aReading,
  aRisk,
  someFacts,
} from '../fixtures/builders';
import { allConfirmed, aSoundBoard, clauseOf, openGaps } from '../fixtures/clauseJudging';
import { first } from '../fixtures/judging';

const sound = aSoundBoard();
const { facts, measures, readings } = sound;

describe('clause 13', () => {
  const open = (over: Partial<Action>): Partial<BoardSnapshot> => ({
    actions: [anAction({ dueOn: '2025-08-29', ...over })],
    milestones: [],
  });
  const { dueOn: _d, ...dateless } = anAction();
  const { forecastOn: _f, ...noForecast } = anAction({ dueOn: '2025-06-09' });

  test.each<readonly [string, Partial<BoardSnapshot>, string, string]>([
    ['done by the aim date', {}, 'done', 'evidenced'],
    ['done on the aim date', { facts: { ...facts, actionsAimOn: '2025-06-02' } }, 'done', 'evidenced'],
    ['done after it', { facts: { ...facts, actionsAimOn: '2025-06-01' } }, 'doneAfterAim', 'evidenced'],
    ['due by it', open({}), 'expectedByAim', 'not-yet-due'],
    ['due on it', open({ dueOn: '2025-09-30' }), 'expectedByAim', 'not-yet-due'],
    ['due today', open({ dueOn: '2025-06-10' }), 'expectedByAim', 'not-yet-due'],
    [
      'due after it and forecast by it',
      open({ dueOn: '2025-10-31', forecastOn: '2025-09-30' }),
      'expectedByAim',
      'not-yet-due',
    ],
    ['forecast after it', open({ forecastOn: '2025-10-01' }), 'forecastAfterAim', 'partly-evidenced'],
    ['due after it', open({ dueOn: '2025-10-01' }), 'plannedAfterAim', 'partly-evidenced'],
    [
      'due and forecast after it',
      open({ dueOn: '2025-10-01', forecastOn: '2025-10-31' }),
      'plannedAfterAim',
      'partly-evidenced',
    ],
    ['without a date', { actions: [dateless], milestones: [] }, 'withoutDate', 'partly-evidenced'],
    ['overdue without a forecast', { actions: [noForecast], milestones: [] }, 'withoutDate', 'partly-evidenced'],
    ['with a forecast that has passed', open({ forecastOn: '2025-06-09' }), 'withoutDate', 'partly-evidenced'],
  ])('counts an action %s', (_what, over, counted, state) => {
    const one = clauseOf('13', over);
    expect([one.counts[counted], one.state]).toEqual([1, state]);
  });

  const target = (over: Partial<Measure>) => ({ measures: measures.map((one) => ({ ...one, ...over })) });
  const { target: _t, ...targetless } = first(measures);
  test.each<readonly [string, Partial<BoardSnapshot>, string, string]>([
    ['at its target', {}, 'measuresReached', 'evidenced'],
    ['short of it in time', target({ target: { on: '2025-12-31', value: 66 } }), 'measuresToCome', 'not-yet-due'],
    ['short of it on its day', target({ target: { on: '2025-06-10', value: 66 } }), 'measuresToCome', 'not-yet-due'],
    [
      'short of it a day later',
      target({ target: { on: '2025-06-09', value: 66 } }),
      'measuresMissed',
      'partly-evidenced',
    ],
    ['where lower is better, at it', target({ lowerIsBetter: true }), 'measuresReached', 'evidenced'],
    [
      'where lower is better, above it',
      target({ lowerIsBetter: true, target: { on: '2025-12-31', value: 64 } }),
      'measuresToCome',
      'not-yet-due',
    ],
  ])('counts a measure %s', (_what, over, counted, state) => {
    const one = clauseOf('13', over);
    expect([one.counts[counted], one.state]).toEqual([1, state]);
  });

  test.each<readonly [string, Partial<BoardSnapshot>, readonly string[]]>([
    ['a measure without target', { measures: [targetless] }, ['K1 has no target or no reading.']],
    ['a measure without reading', { readings: [] }, ['K1 has no target or no reading.']],
    [
      'two measures without target',
      { measures: [targetless, { ...targetless, ref: 'K2' }] },
      ['K1 and K2 have no target or no reading.'],
    ],
    ['no aim date', { facts: someFacts() }, ['The date by which actions should be implemented is not recorded.']],
    ['no action', { actions: [] }, ['The plan holds no action.']],
    [
      'two actions planned after',
      { actions: ['A1.01', 'A1.02'].map((ref) => anAction({ ref, dueOn: '2025-10-31' })), milestones: [] },
      ['2 actions are planned for after the aim date: A1.01 and A1.02.'],
    ],
  ])('with %s has a gap', (_what, over, gaps) => {
    expect(openGaps(clauseOf('13', over))).toEqual(gaps);
  });

  test('keeps the two aims apart in its sentence', () => {
    expect(clauseOf('13').sentence).toBe(
      'Done or expected by Tuesday 30 September 2025: 1 of 1 action; at their target: 1 of 1 measure.',
    );
    expect(clauseOf('13', { facts: someFacts() }).sentence).toBe('At their target: 1 of 1 measure; 1 gap is open.');
  });

  test.each([
    ['not entered', {}],
    ['entered for tomorrow', { noticeState: { text: 'Lifted.', on: '2025-06-11', byRef: 'P8' } }],
  ])('waits for a person while the state of the notice is %s', (_what, extra) => {
    expect(clauseOf('13', {}, extra).state).toBe('for-a-person-to-confirm');
  });

  test('says who entered the state of the notice, and counts no day once the aim has passed', () => {
    const one = clauseOf('13', { facts: { ...facts, actionsAimOn: '2025-06-05' } });
    expect(one.evidence).toContainEqual({
      ref: 'notice',
      kind: 'notice',
      on: '2025-05-01',
      text: 'In force. Entered by Sam Orchard.',
    });
    expect(one.counts['daysToAim']).toBe(0);
  });
});

describe('clause 14', () => {
  const warnings = (over: Partial<BoardSnapshot>) => clauseOf('14', over).warnings ?? [];
  const kinds = (over: Partial<BoardSnapshot>) => warnings(over).map((one) => `${one.kind} ${one.ref}`);
  const logs = (over: object) =>
    sound.loggedRows.map((row) => ({ ...row, percentComplete: 60, milestonesDone: 0, milestonesTotal: 0, ...over }));
  const stalled = {
    actions: [anAction({ assignedByDecisionRef: 'D1', title: 'Train the workforce' })],
    milestones: [],
    loggedRows: logs({}),
  };

  test('has no state, and says when the record shows nothing', () => {
    const one = clauseOf('14');
    expect(one).not.toHaveProperty('state');
    expect([one.sentence, one.warnings]).toEqual(['The record shows nothing of this kind.', []]);
  });

  test('warns of an action that has not moved for two cycles, and counts it', () => {
    expect(kinds(stalled)).toEqual(['stalled A1.01']);
    expect(first(warnings(stalled))).toMatchObject({ since: '2025-03-12' });
    expect(clauseOf('14', stalled).sentence).toBe(
      'The record shows 1 stalled action, 0 targets off their trend, 0 extreme risks rising and 0 clauses with gaps open for two cycles.',
    );
    expect(kinds({ ...stalled, loggedRows: logs({ percentComplete: 50 }) })).toEqual([]);
  });

  test('says what was done and by whom, the newest first', () => {
    const { ownerRef: _, ...nobodys } = aDecision({ ref: 'D8', meetingRef: 'M2', subjectRef: 'A1.01' });
    const over = {
      ...stalled,
      decisions: [
        ...sound.decisions,
        nobodys,
        aDecision({ ref: 'D9', subjectRef: 'A1.01' }),
        aDecision({ ref: 'D7', meetingRef: 'M4', subjectRef: 'A1.01' }),
      ],
      dateChanges: [
        aDateChange({ decidedOn: '2025-05-06', toOn: '2025-09-02' }),
        aDateChange({ ref: 'DC2', decidedOn: '2025-06-11' }),
      ],
      updates: [
        anUpdate(),
        anUpdate({ key: 'U2', at: '2025-05-29T11:00:00.000Z', narrative: 'Signed.' }),
        anUpdate({ key: 'U3', at: '2025-06-11T11:00:00.000Z' }),
      ],
    };
    expect(first(warnings(over)).done).toEqual([
      { text: 'Reported: Signed.', by: 'Robin Ashdown', on: '2025-05-29' },
      { text: 'Decided: Bring a paper on posts.', by: 'Robin Ashdown', on: '2025-05-07' },
      { text: 'Date change approved: The survey closes later.', by: 'Kit Marsden', on: '2025-05-06' },
      { text: 'Decided: Bring a paper on posts.', by: 'nobody named', on: '2025-03-12' },
    ]);
  });

  test('orders what was done on one day by its words', () => {
    const decisions = ['B', 'A'].map((text) => aDecision({ ref: text, text, subjectRef: 'A1.01' }));
    const done = first(warnings({ ...stalled, decisions: [...sound.decisions, ...decisions], updates: [] })).done;
    expect(done.map((one) => one.text)).toEqual(['Decided: A', 'Decided: B']);
  });

  test('warns of a target off its trend, with what its actions did', () => {
    const falling = ['2025-02', '2025-03', '2025-04', '2025-05'].map((period, index) =>
      aReading({ period, value: 60 - index, reportedOn: readings[index]?.reportedOn ?? '', source: 'Return' }),
    );
    const over = { readings: falling, measures: [aMeasure()] };
    expect(kinds(over)).toEqual(['target K1']);
    expect(first(warnings(over)).done.map((one) => one.by)).toEqual(['Robin Ashdown']);
  });

  const rising = (likelihood: number, then: number): Partial<BoardSnapshot> => ({
    risks: [aRisk({ current: { likelihood, impact: 4 }, inherent: { likelihood: 5, impact: 5 } })],
    loggedRows: [
      ...sound.loggedRows,
      aLoggedRow({ subjectKind: 'risk', subjectRef: 'R1', likelihood: then, impact: 4 }),
    ],
  });
  test.each([
    ['extreme and rising', rising(4, 3), ['risk R1']],
    ['extreme and level', rising(4, 4), []],
    ['high and rising', rising(3, 2), []],
  ])('about a risk that is %s', (_what, over, expected) => {
    expect(kinds(over)).toEqual(expected);
  });

  test('shows the steps that were taken against a risk, not those to come', () => {
    const { ownerRef: _, ...nobodys } = aMitigation({ ref: 'R1.3', status: 'complete', completedOn: '2025-05-29' });
    const mitigations = [
      aMitigation({ status: 'complete', completedOn: '2025-05-30' }),
      aMitigation({ ref: 'R1.2' }),
      nobodys,
    ];
    expect(first(warnings({ ...rising(4, 3), mitigations })).done).toEqual([
      { text: 'Done: Advertise again', by: 'Robin Ashdown', on: '2025-05-30' },
      { text: 'Done: Advertise again', by: 'nobody named', on: '2025-05-29' },
    ]);
  });

  test('warns once a clause of gaps as old as two cycles', () => {
    const over = { areas: sound.areas.map((one) => ({ ...one, responsibleBodies: [] })) };
    expect(warnings(over)).toEqual([
      { kind: 'gap', ref: '1', text: 'Clause 1: 1 area has no responsible body: A1.', since: '2024-12-02', done: [] },
    ]);
    expect(first(warnings({ areas: over.areas, evidence: [] })).text).toMatch(
      / 1 more gap has been open for two cycles\.$/,
    );
  });

  test.each([
    ['the day of the last meeting but one', '2025-03-12', 1],
    ['the day after', '2025-03-13', 0],
  ])('counts a gap since %s', (_what, noticeIssuedOn, expected) => {
    const over = {
      facts: { ...facts, noticeIssuedOn },
      areas: sound.areas.map((one) => ({ ...one, responsibleBodies: [] })),
    };
    expect(kinds(over)).toHaveLength(expected);
  });

  test('says nothing of gaps while there are fewer than two meetings', () => {
    const over = { meetings: sound.meetings.filter((one) => one.ref !== 'M1' && one.ref !== 'M2'), areas: [] };
    expect(kinds(over)).toEqual([]);
  });

  test('dates a risk by the last log, and by nothing without one', () => {
    expect(first(warnings(rising(4, 3))).since).toBe('2025-05-07');
    expect(clauseOf('14', { measures: [] }, allConfirmed).warnings?.some((one) => one.kind === 'target')).toBe(false);
  });
});
