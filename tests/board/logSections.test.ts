// The sections of the log: slow, good news, contributions, measures, dates, decisions, voices, findings.
import type { BoardAssessment, ContributionAssessment } from '../../bot/board/assessment';
import { notRecorded } from '../../bot/board/log';
import {
  aDateChange,
  aDecision,
  aMeasure,
  anAction,
  anArea,
  aQuietBoard,
  aReading,
  aRisk,
  someEvidence,
} from '../fixtures/builders';
import { before, compile } from '../fixtures/logs';

describe('the sections', () => {
  const overdue = (ref: string, dueOn: string, more = {}) => anAction({ ref, dueOn, originalDueOn: dueOn, ...more });

  test('put first what moved and was missed again, then extreme risks, then what passes the notice’s date, then the latest', () => {
    const log = compile({
      facts: { ...aQuietBoard().facts, actionsAimOn: '2025-06-30' },
      actions: [
        overdue('A1', '2025-04-30'),
        overdue('A2', '2025-05-30', { forecastOn: '2025-07-31' }),
        overdue('A3', '2025-05-30', { riskRefs: ['R1'] }),
        overdue('A4', '2025-05-30', { originalDueOn: '2025-04-30' }),
        overdue('A5', '2025-05-30'),
        overdue('A6', '2025-05-30'),
      ],
      risks: [
        aRisk({ current: { likelihood: 5, impact: 5 } }),
        aRisk({ ref: 'R2', current: { likelihood: 5, impact: 4 }, actionRefs: ['A6'] }),
      ],
      dateChanges: [
        aDateChange({
          subjectRef: 'A4',
          actionRef: 'A4',
          fromOn: '2025-04-30',
          toOn: '2025-05-30',
          decision: 'approved',
          decidedOn: '2025-04-20',
        }),
      ],
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
        aDateChange({ ref: 'of-this', requestedOn: '2025-02-03', decidedOn: '2025-03-12', meetingRef: 'M4' }),
      ],
      decisions: [
        aDecision({ ref: 'open', meetingRef: 'M1', dueOn: '2025-06-13' }),
        aDecision({ ref: 'old', meetingRef: 'M1', state: 'done', completedOn: '2025-02-03' }),
        aDecision({ ref: 'done', meetingRef: 'M1', state: 'done', completedOn: '2025-06-02', subjectRef: 'A1.01' }),
        aDecision({ ref: 'last', state: 'done' }),
        (({ ownerRef: _owner, dueOn: _due, ...rest }) => rest)(aDecision({ ref: 'this', meetingRef: 'M4' })),
      ],
    });
    expect(log.sections.dateChanges.map((one) => one.ref)).toEqual(['pending', 'new', 'decided', 'of-this']);
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
