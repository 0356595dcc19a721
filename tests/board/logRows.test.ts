// The rows of the log: what changed since the last one, what is disagreed about, and what the board is asked.
import type { BoardAssessment } from '../../bot/board/assessment';
import { notRecorded } from '../../bot/board/log';
import type { BoardSnapshot } from '../../bot/board/model';
import { aDateChange, aDecision, anAction, anArea, anUpdate, aRisk, someEvidence } from '../fixtures/builders';
import { before, compile, first } from '../fixtures/logs';

describe('a row', () => {
  test('says what it can when there is nothing to compare with', () => {
    expect(first(compile())?.detail.changed).toEqual(['There is no earlier log to compare with.']);
    const other = before({ subjectRef: 'A9.99' });
    expect(first(compile({}, other))?.detail.changed).toEqual(['New since the last log.']);
    expect(first(compile({}, before()))?.detail).toMatchObject({
      changed: ['Nothing changed.'],
      askedLastTime: notRecorded,
      then: { percent: notRecorded, milestonesDone: notRecorded, milestonesTotal: notRecorded },
    });
  });

  test('says each field that changed in words', () => {
    const log = compile(
      { actions: [anAction({ forecastOn: '2025-10-10' })], evidence: [] },
      before({
        claimedDelivery: 'at-risk',
        computedDelivery: 'off-track',
        claimedEffect: 'some-evidence',
        computedEffect: 'clear-evidence',
        milestonesDone: 1,
        percentComplete: 50,
        dueOn: '2025-08-29',
        forecastOn: '2025-08-29',
        slow: true,
        asked: 'Note the progress.',
      }),
    );
    expect(first(log)?.detail.changed).toEqual([
      'Owner says: at risk, now on track.',
      'Record says: off track, now at risk.',
      'Percentage: 50, now 60.',
      'Milestones done: 1, now 0 of 0.',
      'Due date: Friday 29 August 2025, now Tuesday 30 September 2025.',
      'Forecast: Friday 29 August 2025, now Friday 10 October 2025.',
      'Effect, owner says: some evidence of effect, now too early to say.',
      'Effect, record says: clear evidence of effect, now some evidence of effect.',
      'No longer slow to progress.',
    ]);
    expect(first(log)?.detail.askedLastTime).toBe('Note the progress.');
  });

  test('says that it is now slow, and a date that was taken out', () => {
    const { dueOn: _due, ...undated } = anAction();
    const log = compile(
      { actions: [undated] },
      {
        ...before({ slow: false, dueOn: '2025-08-29' }),
        judged: (one) => ({ ...one, actions: one.actions.map((row) => ({ ...row, slow: true, slowMeetings: 1 })) }),
      },
    );
    expect(first(log)?.detail.changed).toEqual(['Due date: Friday 29 August 2025, now none.', 'Now slow to progress.']);
    expect(first(log)?.detail.slowRunning).toBeUndefined();
  });

  test.each([
    [2, 'second meeting running'],
    [3, 'third meeting running'],
    [10, 'tenth meeting running'],
    [11, '11 meetings running'],
  ])('counts the meetings: %i is the %s', (slowMeetings, words) => {
    const log = compile(
      {},
      { judged: (one) => ({ ...one, actions: one.actions.map((row) => ({ ...row, slow: true, slowMeetings })) }) },
    );
    expect(first(log)?.detail.slowRunning).toBe(words);
    expect(log.sections.slow[0]?.running).toBe(words);
  });

  test('explains a disagreement, and carries the owner’s reply of this cycle', () => {
    const updates = [
      anUpdate({ after: { reply: 'Old words' }, at: '2025-05-01T10:00:00.000Z' }),
      anUpdate({
        key: 'U2',
        after: { reply: 'The dates are being checked.' },
        effect: 'Families wait less.',
        at: '2025-06-02T10:00:00.000Z',
      }),
    ];
    const better = compile({ actions: [anAction({ dueOn: '2025-06-02' })], updates });
    expect(first(better)?.detail.disagreement).toMatch(
      /^The owner says on track; the record says off track: due date passed/,
    );
    expect(first(better)?.detail).toMatchObject({
      reply: 'The dates are being checked.',
      effectText: 'Families wait less.',
    });
    const worse = compile({ actions: [anAction({ deliveryStatus: 'at-risk' })] });
    expect(first(worse)?.detail.disagreement).toBe(
      'The owner says at risk, which is more cautious than the dates (on track).',
    );
    const bare = compile(
      {},
      {
        judged: (one) => ({
          ...one,
          actions: one.actions.map((row) => ({ ...row, deliveryClaim: 'better' as const, deliveryReasons: [] })),
        }),
      },
    );
    expect(first(bare)?.detail.disagreement).toBe('The owner says on track; the record says on track.');
    expect(first(compile())?.detail.disagreement).toBeUndefined();
  });

  test('gives the record’s rating before a reason that does not name it', () => {
    const judged = (one: BoardAssessment): BoardAssessment => ({
      ...one,
      actions: one.actions.map((row) => ({
        ...row,
        deliveryClaim: 'better',
        computedDelivery: 'at-risk',
        deliveryReasons: [{ rule: 'r', text: 'A milestone is late.', figures: {}, records: [] }],
      })),
    });
    expect(first(compile({}, { judged }))?.detail.disagreement).toBe(
      'The owner says on track; the record says at risk: a milestone is late.',
    );
  });

  test('stands in the same place in whatever order the judgement comes', () => {
    const actions = ['A1', 'A2', 'A3'].map((ref) => anAction({ ref, dueOn: '2025-05-30' }));
    const reversed = compile({ actions }, { judged: (one) => ({ ...one, actions: [...one.actions].reverse() }) });
    expect(reversed.actions.map((one) => one.ref)).toEqual(['A1', 'A2', 'A3']);
    expect(reversed.sections.slow.map((one) => one.ref)).toEqual(['A1', 'A2', 'A3']);
  });

  test('lists new evidence for and against, linked risks, decisions and the last words', () => {
    const log = compile({
      actions: [anAction({ riskRefs: ['R1'] })],
      risks: [aRisk({ actionRefs: ['A1.01'] }), aRisk({ ref: 'R2', actionRefs: ['A1.01'] })],
      evidence: [
        someEvidence({ on: '2025-05-20' }),
        someEvidence({ ref: 'E2', on: '2025-06-10', contrary: true }),
        someEvidence({ ref: 'E3', on: '2025-05-07' }),
        someEvidence({ ref: 'E4', on: '2025-06-17' }),
      ],
      decisions: [
        aDecision({ subjectRef: 'A1.01' }),
        aDecision({ ref: 'D2', meetingRef: 'M2', subjectRef: 'A1.01', state: 'done' }),
        aDecision({ ref: 'D3' }),
      ],
      updates: [anUpdate(), anUpdate({ key: 'U2', at: '2025-06-17T11:00:00.000Z' })],
    });
    expect(first(log)?.detail).toMatchObject({
      evidenceFor: [{ ref: 'E1' }],
      evidenceAgainst: [{ ref: 'E2' }],
      riskRefs: ['R1', 'R2'],
      decisionRefs: ['D-M3-1', 'D2'],
      saidLastTime: ['Bring a paper on posts.'],
      lastUpdate: { on: '2025-05-28', by: 'Robin Ashdown', narrative: 'The draft has gone to partners.' },
    });
  });

  test('names nobody where nobody owns it, and an unknown owner by ref', () => {
    const { ownerRef: _none, leadBody: _body, originalDueOn: _due, percentComplete: _percent, ...bare } = anAction();
    const log = compile({ actions: [bare, anAction({ ref: 'A1.02', ownerRef: 'P99' })], updates: [] });
    expect(log.actions.map((one) => one.detail.owner)).toEqual(['No owner', 'P99']);
    expect(log.actions[0]?.detail.lastUpdate).toBeUndefined();
    expect(log.actions[0]?.percent).toBe(0);
  });

  test('keeps the order of areas, unknown areas last, and leaves out what the snapshot lost', () => {
    const actions = [
      anAction({ ref: 'B1', areaRef: 'A0' }),
      anAction({ ref: 'A2', areaRef: 'A2' }),
      anAction({ ref: 'A1' }),
      anAction({ ref: 'A0' }),
    ];
    const log = compile({ areas: [anArea({ ref: 'A2' }), anArea()], actions });
    expect(log.actions.map((one) => one.ref)).toEqual(['A2', 'A0', 'A1', 'B1']);
    const lost = compile(
      {},
      { judged: (one) => ({ ...one, actions: one.actions.map((row) => ({ ...row, ref: 'Z' })) }) },
    );
    expect(lost.actions).toEqual([]);
  });
});

describe('what the board is asked', () => {
  const blocker = { text: 'No room', accepted: false };
  test.each<[string, Partial<BoardSnapshot>, string, string]>([
    [
      'to decide',
      { dateChanges: [aDateChange({ decision: 'pending' })] },
      'decide',
      'Decide whether the date of A1.01 moves from Monday 1 September 2025 to Tuesday 30 September 2025.',
    ],
    ['to help', { actions: [anAction({ blocker })] }, 'help', 'Help to remove what is in the way.'],
    [
      'to help with a body',
      { actions: [anAction({ blocker: { ...blocker, waitingOnBody: 'Northam ICB' } })] },
      'help',
      'Help to remove what is in the way; it waits for Northam ICB.',
    ],
    [
      'to agree',
      { actions: [anAction({ dueOn: '2025-05-30' })] },
      'help',
      'Agree what brings it forward, and by when.',
    ],
    [
      'to accept completion',
      { actions: [anAction({ deliveryStatus: 'complete', completedOn: '2025-06-02' })] },
      'accept',
      'Accept it as complete, or say what is still missing.',
    ],
    [
      'to accept a rating',
      { actions: [anAction({ effectStatus: 'clear-evidence' })], evidence: [] },
      'accept',
      "Accept the owner's rating or the computed one.",
    ],
    [
      'to note waiting',
      { actions: [anAction({ blocker: { ...blocker, accepted: true } })] },
      'note',
      'Note that it waits, as the chair accepted.',
    ],
    [
      'to note whom it waits for',
      {
        actions: [
          anAction({
            dueOn: '2025-05-30',
            deliveryStatus: 'off-track',
            blocker: { text: 'No room', accepted: true, waitingOnBody: 'Northam ICB' },
          }),
        ],
      },
      'note',
      'Note that it waits for Northam ICB, as the chair accepted.',
    ],
    ['to note', {}, 'note', 'Note the progress.'],
    [
      'to note what was done long ago',
      {
        actions: [
          anAction({ deliveryStatus: 'complete', completedOn: '2025-03-04', blocker: { ...blocker, accepted: true } }),
        ],
      },
      'note',
      'Note the progress.',
    ],
  ])('%s', (_name, over, ask, text) => {
    const row = first(compile(over));
    expect([row?.detail.ask, row?.asked]).toEqual([ask, text]);
  });
});
