// The action and impact log: rows with what changed, what the board is asked, sections in their order, nothing invented.
import { assess } from '../../bot/board/assess';
import type { BoardAssessment, ContributionAssessment } from '../../bot/board/assessment';
import { canonicalJson } from '../../bot/board/canonical';
import { applyDiff, diffLogs } from '../../bot/board/diff';
import { compileLog, notRecorded, rebuildLog, type ActionImpactLog } from '../../bot/board/log';
import { loggedValues } from '../../bot/board/loggedRows';
import { checkLogTexts } from '../../bot/board/logPrivacy';
import type { BoardSnapshot } from '../../bot/board/model';
import {
  aDateChange,
  aDecision,
  aLoggedRow,
  aMeasure,
  anAction,
  anArea,
  anUpdate,
  aPerson,
  aQuietBoard,
  aReading,
  aRequest,
  aRisk,
  someEvidence,
} from '../fixtures/builders';
import { sampleAt, sampleSnapshot } from '../fixtures/samplePlan';

const at = '2025-06-16T17:00:00.000Z';

function compile(
  over: Partial<BoardSnapshot> = {},
  more: { previous?: ActionImpactLog; judged?: (assessment: BoardAssessment) => BoardAssessment } = {},
) {
  const snapshot = aQuietBoard(over);
  const assessment = assess(snapshot, { at, meetingRef: 'M4' });
  return compileLog({
    snapshot,
    assessment: more.judged ? more.judged(assessment) : assessment,
    kind: 'for the meeting',
    meetingRef: 'M4',
    ...(more.previous ? { previous: more.previous } : {}),
  });
}

/** The log for M3 as it would have been frozen from these rows. */
function before(over: Parameters<typeof aLoggedRow>[0] = {}, snapshot: Partial<BoardSnapshot> = {}) {
  const rebuilt = rebuildLog(aQuietBoard({ ...snapshot, loggedRows: [aLoggedRow(over)] }), 'M3', 'for the meeting');
  return rebuilt ? { previous: rebuilt } : {};
}

const first = (log: ReturnType<typeof compile>) => log.actions[0];

describe('the log of the sample board', () => {
  const sample = sampleSnapshot();
  const previous = rebuildLog(sample, 'B08', 'for the meeting');
  const log = compileLog({
    snapshot: sample,
    assessment: assess(sample, { at: sampleAt, meetingRef: 'B09' }),
    kind: 'for the meeting',
    meetingRef: 'B09',
    ...(previous ? { previous } : {}),
  });

  test('has every action and risk, the areas in turn, and the same value as JSON', () => {
    expect(log.actions).toHaveLength(45);
    expect(log.risks).toHaveLength(14);
    expect(log.sections.areas.map((one) => one.ref)).toEqual(sample.areas.map((one) => one.ref));
    expect(log.actions.map((one) => one.detail.areaRef).filter((ref, place, all) => ref !== all[place - 1])).toEqual(
      sample.areas.map((one) => one.ref),
    );
    expect(JSON.parse(JSON.stringify(log))).toEqual(log);
  });

  test('says what changed since the log of November, row by row', () => {
    const row = log.actions.find((one) => one.ref === 'AFI5.05');
    expect(row?.detail.then).toEqual({ percent: 70, milestonesDone: 2, milestonesTotal: 3 });
    expect(row?.detail.changed).toEqual(['Percent: 70, now 40.']);
    expect(log.comparedWith).toEqual({ meetingRef: 'B08', kind: 'for the meeting' });
    expect(log.headline).toMatchObject({ slow: 8, open: 18, total: 45, slowLastTime: notRecorded });
  });

  test('asks the board to decide the date change that waits', () => {
    const row = log.actions.find((one) => one.ref === 'APA2.05');
    expect(row?.detail.ask).toBe('decide');
    expect(row?.asked).toBe(
      'Decide whether the date of APA2.05 moves from Friday 31 January 2025 to Friday 21 February 2025.',
    );
  });

  test('puts seven slow rows on page one, extreme risks first, and counts the rest', () => {
    expect(log.sections.slow.filter((one) => one.onPageOne)).toHaveLength(7);
    expect(log.sections.slowBeyondPageOne).toBe(log.sections.slow.length - 7);
    expect(log.sections.slow.filter((one) => one.kind === 'action')).toHaveLength(8);
    const objectives = log.sections.slow.filter((one) => one.kind === 'measure').map((one) => one.ref);
    expect(objectives).toEqual(['M02', 'M03', 'M04', 'M09']);
  });

  test('prints areas without a voice, and names no volunteer', () => {
    const silent = log.sections.livedExperience.filter((one) => one.voices.length === 0).map((one) => one.ref);
    expect(silent).toEqual(expect.arrayContaining(['APA2', 'AFI1', 'AFI3']));
    const volunteers = sample.people.filter((one) => one.volunteer).map((one) => one.name);
    const text = JSON.stringify(log);
    expect(volunteers.filter((name) => text.includes(name))).toEqual([]);
    expect(checkLogTexts(log).filter((one) => one.level === 'refused')).toEqual([]);
  });

  test('differs from November exactly by its difference', () => {
    expect(canonicalJson(applyDiff(previous, diffLogs(previous, log)))).toBe(canonicalJson(log));
  });

  test('leaves rows from which it is rebuilt, with what no row holds marked as not recorded', () => {
    const rows = loggedValues(log, 'a'.repeat(64), '2025-01-08');
    expect(rows).toHaveLength(1 + 45 + 14);
    const rebuilt = rebuildLog({ ...sample, loggedRows: rows }, 'B09', 'for the meeting');
    const action = log.actions.find((one) => one.ref === 'APA1.04');
    expect(rebuilt?.actions.find((one) => one.ref === 'APA1.04')).toEqual({ ...action, detail: notRecorded });
    expect(rebuilt?.risks).toEqual(log.risks.map((one) => ({ ...one, detail: notRecorded })));
    expect(rebuilt).toMatchObject({ headline: notRecorded, sections: notRecorded, judgedOn: '2025-01-08' });
    const undated = rebuilt?.actions.find((one) => one.ref === 'APA1.01');
    expect(undated?.forecastOn).toBe(notRecorded);
  });
});

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
      'Claimed: at risk, now on track.',
      'Computed: off track, now at risk.',
      'Percent: 50, now 60.',
      'Milestones done: 1, now 0 of 0.',
      'Due date: Friday 29 August 2025, now Tuesday 30 September 2025.',
      'Forecast: Friday 29 August 2025, now Friday 10 October 2025.',
      'Effect claimed: some evidence of effect, now too early to say.',
      'Effect evidenced: clear evidence of effect, now some evidence of effect.',
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

describe('the sections', () => {
  const overdue = (ref: string, dueOn: string, more = {}) => anAction({ ref, dueOn, originalDueOn: dueOn, ...more });

  test('put first what was missed twice, then extreme risks, then what passes the notice’s date, then the latest', () => {
    const log = compile({
      facts: { ...aQuietBoard().facts, actionsAimOn: '2025-06-30' },
      actions: [
        overdue('A1', '2025-04-30'),
        overdue('A2', '2025-05-30', { forecastOn: '2025-07-31' }),
        overdue('A3', '2025-05-30', { riskRefs: ['R1'] }),
        overdue('A4', '2025-05-30'),
        overdue('A5', '2025-05-30'),
        overdue('A6', '2025-05-30'),
      ],
      risks: [
        aRisk({ current: { likelihood: 5, impact: 5 } }),
        aRisk({ ref: 'R2', current: { likelihood: 5, impact: 4 }, actionRefs: ['A6'] }),
      ],
      requests: [aRequest({ subjectRef: 'A4' }), aRequest({ subjectRef: 'A4', meetingRef: 'M3', state: 'unanswered' })],
    });
    expect(log.sections.slow.map((one) => one.ref)).toEqual(['A4', 'A3', 'A6', 'A2', 'A1', 'A5']);
    expect(log.sections.slowBeyondPageOne).toBe(0);
  });

  test('list an objective that is slow with the actions meant to move it', () => {
    const readings = [
      aReading({ period: '2025-04', value: 10 }),
      aReading({ period: '2025-05', value: 10, reportedOn: '2025-06-06' }),
    ];
    const done = anAction({
      ref: 'A1.02',
      deliveryStatus: 'complete',
      completedOn: '2025-03-04',
      percentComplete: 100,
    });
    const log = compile({ readings, actions: [anAction(), done], measures: [aMeasure(), aMeasure({ ref: 'K2' })] });
    const objective = log.sections.slow.find((one) => one.kind === 'measure');
    expect(objective).toMatchObject({ ref: 'K1', actionRefs: ['A1.01', 'A1.02'] });
    expect(log.sections.doneButMeasureBehind).toEqual([{ ref: 'A1.02', title: done.title, measureRefs: ['K1'] }]);
    const silent = compile(
      { readings },
      { judged: (one) => ({ ...one, measures: one.measures.map((row) => ({ ...row, reasons: [] })) }) },
    );
    expect(silent.sections.slow[0]?.reasons).toEqual(['Behind for 2 readings.']);
    const gone = compile(
      {},
      {
        judged: (one) => ({
          ...one,
          actions: one.actions.map((row) => ({ ...row, ref: 'Z', doneButMeasureBehind: true, backOnTrack: true })),
        }),
      },
    );
    expect(gone.sections.doneButMeasureBehind[0]?.measureRefs).toEqual([]);
    expect(gone.sections.backOnTrack[0]?.title).toBe('Publish the standard');
  });

  test('find good news: no longer slow, and evidence newly clear', () => {
    const judged = (one: BoardAssessment): BoardAssessment => ({
      ...one,
      actions: one.actions.map((row) => ({ ...row, backOnTrack: true, computedEffect: 'clear-evidence' as const })),
    });
    const log = compile({}, { ...before({ computedEffect: 'some-evidence' }), judged });
    expect(log.sections.backOnTrack.map((one) => one.text)).toEqual([
      'It was slow to progress in the last log and is not now.',
      'The evidence of effect is newly clear.',
    ]);
    expect(compile({}, { ...before(), judged }).sections.backOnTrack).toHaveLength(1);
    expect(compile({}, { judged }).sections.backOnTrack).toHaveLength(1);
  });

  test('merge a body with its people, and name volunteers by their body', () => {
    const weak = (over: Partial<ContributionAssessment>): ContributionAssessment => ({
      kind: 'person',
      ref: 'P1',
      name: 'Robin Ashdown',
      body: 'Northam ICB',
      volunteer: false,
      asked: 5,
      onTime: 1,
      late: 2,
      unanswered: 2,
      needsStrengthening: true,
      reasons: [{ rule: 'r', text: '1 of 5 answers came on time.', figures: {}, records: [] }],
      ...over,
    });
    const contributions = [
      weak({}),
      weak({ kind: 'body', ref: 'Northam ICB', name: 'Northam ICB' }),
      weak({ ref: 'P4', name: 'Lou Carver', body: 'Parent Forum', volunteer: true }),
      weak({ ref: 'P5', name: 'Jan Silver', body: 'Northam Council' }),
      weak({ ref: 'P6', name: 'Quiet Person', needsStrengthening: false }),
      weak({ ref: 'P7', name: 'Val Hopkins', volunteer: true }),
    ];
    const { rows, help } = compile({}, { judged: (one) => ({ ...one, contributions }) }).sections.contributions;
    expect(rows.map((one) => [one.key, one.name, one.people])).toEqual([
      ['body/Northam ICB', 'Northam ICB', ['Robin Ashdown: 1 of 5 answers came on time.']],
      ['person/Parent Forum', 'Parent Forum', []],
      ['person/P5', 'Jan Silver', []],
    ]);
    expect(help).toContain('Help on offer');
  });

  test('show measures with what is missing, revised and forecast', () => {
    const readings = [
      aReading({ period: '2025-04', value: 60 }),
      aReading({ period: '2025-04', value: 62, reportedOn: '2025-06-02', revises: true }),
      aReading({ period: '2025-02', value: 50, reportedOn: '2025-03-06' }),
    ];
    const [measure] = compile({ readings }).sections.measures;
    expect(measure).toMatchObject({
      ref: 'K1',
      owner: 'Robin Ashdown',
      revised: [{ period: '2025-04', asReported: 60, value: 62 }],
    });
    const [late] = compile(
      {},
      {
        judged: (one) => ({
          ...one,
          measures: one.measures.map((row) => ({
            ...row,
            forecast: { kind: 'late' as const, reachesOn: '2026-03-31' },
          })),
        }),
      },
    ).sections.measures;
    expect(late).toMatchObject({ forecast: 'late', reachesOn: '2026-03-31' });
    const [none] = compile(
      {},
      {
        judged: (one) => ({
          ...one,
          measures: one.measures.map((row) => ({
            ...row,
            forecast: { kind: 'none' as const, why: 'Too few readings.' },
          })),
        }),
      },
    ).sections.measures;
    expect(none?.forecast).toBe('Too few readings.');
  });

  test('hold the date changes and decisions of this cycle, open ones of any', () => {
    const log = compile({
      dateChanges: [
        aDateChange({ ref: 'old', requestedOn: '2025-02-03', decidedOn: '2025-03-12' }),
        aDateChange({ ref: 'pending', requestedOn: '2025-02-03', decision: 'pending' }),
        aDateChange({ ref: 'new', requestedOn: '2025-06-02' }),
        aDateChange({ ref: 'decided', requestedOn: '2025-02-03', decidedOn: '2025-06-02' }),
      ],
      decisions: [
        aDecision({ ref: 'open', meetingRef: 'M1', dueOn: '2025-06-13' }),
        aDecision({ ref: 'old', meetingRef: 'M1', state: 'done', completedOn: '2025-02-03' }),
        aDecision({ ref: 'done', meetingRef: 'M1', state: 'done', completedOn: '2025-06-02', subjectRef: 'A1.01' }),
        aDecision({ ref: 'last', state: 'done' }),
        (({ ownerRef: _owner, dueOn: _due, ...rest }) => rest)(aDecision({ ref: 'this', meetingRef: 'M4' })),
      ],
    });
    expect(log.sections.dateChanges.map((one) => one.ref)).toEqual(['pending', 'new', 'decided']);
    expect(log.sections.decisions.map((one) => [one.ref, one.overdue])).toEqual([
      ['open', true],
      ['done', false],
      ['last', false],
      ['this', false],
    ]);
  });

  test('hold the voices of the cycle by area, and work done together', () => {
    const log = compile({
      areas: [anArea(), anArea({ ref: 'A2' })],
      evidence: [
        someEvidence({ ref: 'E1', kind: 'family-voice', on: '2025-06-02' }),
        someEvidence({ ref: 'E2', kind: 'child-voice', on: '2025-06-02', areaRef: 'A2' }),
        someEvidence({ ref: 'E3', kind: 'audit', on: '2025-06-02' }),
        (({ actionRef: _none, ...rest }) => rest)(someEvidence({ ref: 'E4', kind: 'child-voice', on: '2025-06-02' })),
      ],
      coProduction: [
        {
          ref: 'C1',
          on: '2025-06-02',
          with: 'Parent Forum',
          actionRefs: [],
          did: 'Wrote questions.',
          changed: 'Four of nine.',
        },
        { ref: 'C2', on: '2025-02-02', with: 'Parent Forum', actionRefs: [], did: 'Met.' },
        { ref: 'C3', on: '2025-06-03', with: 'Schools', actionRefs: [], did: 'Met.' },
      ],
    });
    expect(log.sections.livedExperience.map((one) => [one.ref, one.voices.map((voice) => voice.ref)])).toEqual([
      ['A1', ['E1']],
      ['A2', ['E2']],
    ]);
    expect(log.sections.coProduction.map((one) => one.ref)).toEqual(['C1', 'C3']);
  });

  test('keep areas that the list lost at the end', () => {
    const judged = (one: BoardAssessment): BoardAssessment => ({
      ...one,
      areas: ['Z2', 'A1', 'Z1'].flatMap((ref) => one.areas.map((area) => ({ ...area, ref }))),
    });
    expect(compile({}, { judged }).sections.areas.map((one) => one.ref)).toEqual(['A1', 'Z2', 'Z1']);
  });

  test('number findings of one rule on one subject apart', () => {
    const finding = { rule: 'adviser-not-invited', level: 'finding' as const, ref: 'M4', text: 'x', records: [] };
    const log = compile({}, { judged: (one) => ({ ...one, findings: [finding, finding, { ...finding, ref: 'M5' }] }) });
    expect(log.sections.findings.map((one) => one.key)).toEqual([
      'adviser-not-invited/M4',
      'adviser-not-invited/M4/2',
      'adviser-not-invited/M5',
    ]);
  });

  test('move risks against the log compared with', () => {
    const risks = [aRisk({ current: { likelihood: 3, impact: 3 } })];
    const moved = before({ subjectKind: 'risk', subjectRef: 'R1', likelihood: 2, impact: 3 });
    expect(compile({ risks }, moved).risks[0]?.detail.movement).toBe(3);
    const half = before({ subjectKind: 'risk', subjectRef: 'R1', likelihood: 2 });
    expect(compile({ risks }, half).risks[0]?.detail.movement).toBe(notRecorded);
    expect(compile({ risks }).risks[0]?.detail.movement).toBe(notRecorded);
  });
});

describe('an old log', () => {
  test('keeps no date where there was none, and half a score as half', () => {
    const { dueOn: _due, ...undated } = anAction();
    const [, action] = loggedValues(compile({ actions: [undated] }), 'h', '2025-06-18');
    expect(Object.keys(action ?? {})).not.toContain('dueOn');
    const rows = [aLoggedRow({ subjectKind: 'risk', subjectRef: 'R1', impact: 3 })];
    const rebuilt = rebuildLog(aQuietBoard({ loggedRows: rows }), 'M3', 'for the meeting');
    expect(rebuilt?.risks).toEqual([{ ref: 'R1', likelihood: notRecorded, impact: 3, detail: notRecorded }]);
  });

  test('without rows is none; of two freezings the last one counts', () => {
    const rows = [
      aLoggedRow({ logHash: 'second', frozenOn: '2025-05-02', percentComplete: 2 }),
      aLoggedRow({ logHash: 'first', frozenOn: '2025-04-29', percentComplete: 1 }),
      aLoggedRow({ logHash: 'second', frozenOn: '2025-05-02', subjectRef: 'A1.00' }),
      aLoggedRow({ logHash: 'after', kind: 'after the meeting' }),
    ];
    const snapshot = aQuietBoard({ loggedRows: rows });
    expect(rebuildLog(snapshot, 'M1', 'for the meeting')).toBeUndefined();
    const last = rebuildLog(snapshot, 'M3', 'for the meeting');
    expect(last?.actions.map((one) => [one.ref, one.percent])).toEqual([
      ['A1.00', notRecorded],
      ['A1.01', 2],
    ]);
    expect(rebuildLog({ ...snapshot, meetings: [] }, 'M3', 'for the meeting')?.meetingOn).toBe('2025-05-02');
  });

  test('names the day judged when its meeting is not known', () => {
    const snapshot = aQuietBoard({ meetings: [] });
    const log = compileLog({
      snapshot,
      assessment: assess(snapshot, { at }),
      kind: 'for the meeting',
      meetingRef: 'M9',
    });
    expect([log.meetingOn, log.judgedOn]).toEqual(['2025-06-16', '2025-06-16']);
    expect(log.actions[0]?.detail.effectText).toBeUndefined();
  });
});

test('personal data is found wherever people wrote, by place and kind', () => {
  const number = '943 476 5919';
  const log = compile({
    actions: [anAction({ blocker: { text: `See ${number}`, accepted: false } })],
    people: [aPerson()],
    updates: [anUpdate({ narrative: `We met 2 families at SW1A 1AA, ${number}.` })],
    decisions: [aDecision({ text: `Ask about ${number}.` })],
    coProduction: [{ ref: 'C1', on: '2025-06-02', with: 'Families', actionRefs: [], did: 'Wrote to a@home.example.' }],
  });
  const found = checkLogTexts(log);
  expect(found).toEqual([
    { ref: 'A1.01', field: 'narrative', kind: 'nhs-number', level: 'refused' },
    { ref: 'A1.01', field: 'narrative', kind: 'postcode', level: 'warning' },
    { ref: 'A1.01', field: 'narrative', kind: 'small-count', level: 'warning' },
    { ref: 'A1.01', field: 'blocker', kind: 'nhs-number', level: 'refused' },
    { ref: 'C1', field: 'did', kind: 'email', level: 'warning' },
    { ref: 'D-M3-1', field: 'text', kind: 'nhs-number', level: 'refused' },
  ]);
  expect(JSON.stringify(found)).not.toContain('5919');
});
