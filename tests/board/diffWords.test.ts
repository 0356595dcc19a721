// Two logs compared in words: what moved and which way, what is new or gone, and what one of them never recorded.
import { byKind, compareLogs, type ComparedRow } from '../../bot/board/diffWords';
import { riskChanges, rowChanges } from '../../bot/board/logChanges';
import {
  notRecorded,
  type ActionImpactLog,
  type CompiledLog,
  type LoggedClause,
  type LogSections,
} from '../../bot/board/log';
import { figure } from '../../bot/board/wording';
import { aDecision, anAction, aRisk } from '../fixtures/builders';
import { before, compile, first as rowOf } from '../fixtures/logs';
import { calendar, first } from '../fixtures/judging';

const { longDate } = calendar;
const compare = (a: ActionImpactLog, b: ActionImpactLog) => compareLogs(a, b, longDate);
const log = compile({ risks: [aRisk()] });
const withRow = (over: Partial<NonNullable<ReturnType<typeof rowOf>>>): CompiledLog => ({
  ...log,
  actions: log.actions.map((one) => ({ ...one, ...over })),
});
const withSections = (over: Partial<LogSections>): CompiledLog => ({ ...log, sections: { ...log.sections, ...over } });
const rowOfKind = (rows: readonly ComparedRow[], kind: ComparedRow['kind']) => rows.filter((one) => one.kind === kind);

test('the same log twice has no row, and says how much was compared', () => {
  expect(compare(log, log)).toMatchObject({
    rows: [],
    text: 'Of 1 action in both logs: 0 rated better, 0 rated worse, 0 newly complete, 0 newly slow and 0 no longer slow.',
  });
});

describe('an action', () => {
  test.each([
    [
      { computedDelivery: 'off-track' },
      { computedDelivery: 'at-risk' },
      'better',
      'Record says: off track, now at risk.',
    ],
    [{ claimedDelivery: 'on-track' }, { claimedDelivery: 'at-risk' }, 'worse', 'Owner says: on track, now at risk.'],
    [
      { claimedDelivery: 'on-track' },
      { claimedDelivery: 'not-started' },
      'changed',
      'Owner says: on track, now not started.',
    ],
    [
      { computedEffect: 'some-evidence' },
      { computedEffect: 'no-evidence' },
      'worse',
      'Effect, record says: some evidence of effect, now no evidence of effect.',
    ],
    [
      { claimedEffect: 'too-early' },
      { claimedEffect: 'clear-evidence' },
      'better',
      'Effect, owner says: too early to say, now clear evidence of effect.',
    ],
    [{ percent: 60 }, { percent: 40 }, 'worse', 'Percentage: 60, now 40.'],
    [{ milestonesDone: 1 }, { milestonesDone: 2, milestonesTotal: 3 }, 'better', 'Milestones done: 1, now 2 of 3.'],
    [
      { dueOn: '2025-07-31' },
      { dueOn: '2025-08-29' },
      'worse',
      'Due date: Thursday 31 July 2025, now Friday 29 August 2025.',
    ],
    [
      { forecastOn: '2025-08-29' },
      { forecastOn: '2025-07-31' },
      'better',
      'Forecast: Friday 29 August 2025, now Thursday 31 July 2025.',
    ],
    [{ forecastOn: null }, { forecastOn: '2025-07-31' }, 'changed', 'Forecast: none, now Thursday 31 July 2025.'],
    [{ forecastOn: '2025-07-31' }, { forecastOn: null }, 'changed', 'Forecast: Thursday 31 July 2025, now none.'],
    [{ slow: false }, { slow: true }, 'worse', 'Now slow to progress.'],
    [{ slow: true }, { slow: false }, 'better', 'No longer slow to progress.'],
  ] as const)('%j, then %j, is %s', (then, now, direction, text) => {
    const [row] = compare(withRow(then), withRow(now)).rows;
    expect(row).toMatchObject({ kind: 'action', ref: 'A1.01', direction, texts: [text] });
  });

  test('better in one thing and worse in another is mixed', () => {
    const [row] = compare(withRow({ percent: 40, slow: false }), withRow({ percent: 60, slow: true })).rows;
    expect(row?.direction).toBe('mixed');
  });

  test('what either log did not record says nothing', () => {
    const row = first(log.actions);
    const blank = {
      percent: notRecorded,
      dueOn: notRecorded,
      slow: notRecorded,
      computedDelivery: notRecorded,
    } as const;
    expect(rowChanges({ ...row, ...blank }, row, longDate)).toEqual([]);
    expect(rowChanges(row, { ...row, ...blank }, longDate)).toEqual([]);
    const unknown = { ...row, milestonesDone: 2, milestonesTotal: notRecorded } as const;
    expect(rowChanges({ ...row, milestonesDone: 1 }, unknown, longDate)).toEqual([
      { text: 'Milestones done: 1, now 2.', direction: 'better' },
    ]);
  });

  test('is said to be unknown where the earlier log recorded no rating', () => {
    const unrated = {
      ...log,
      actions: log.actions.map((one) => ({ ...one, computedDelivery: 'not recorded then' as const })),
    };
    expect(compare(unrated, log).text).toBe(
      'The earlier log did not record how 1 action stood, so better and worse cannot be counted.',
    );
  });

  test('is counted as closed, slow or gone, and new ones with it', () => {
    const second = compile({ actions: [anAction(), anAction({ ref: 'A1.02' })], risks: [aRisk()] });
    const done = {
      ...second,
      actions: second.actions.map((one) => ({ ...one, computedDelivery: 'complete' as const, slow: true })),
    };
    const start = {
      ...log,
      actions: log.actions.map((one) => ({ ...one, slow: false, computedDelivery: 'at-risk' as const })),
    };
    const { counts, text, rows } = compare(start, done);
    expect(counts).toEqual({
      compared: 1,
      isNew: 1,
      gone: 0,
      better: 1,
      worse: 0,
      closed: 1,
      nowSlow: 1,
      noLongerSlow: 0,
    });
    expect(text).toContain(
      '1 rated better, 0 rated worse, 1 newly complete, 1 newly slow and 0 no longer slow. 1 new.',
    );
    expect(rowOfKind(rows, 'action').map((one) => [one.ref, one.direction])).toEqual([
      ['A1.01', 'mixed'],
      ['A1.02', 'new'],
    ]);
    const back = compare(done, start);
    expect(back.text).toContain('1 no longer slow. 1 no longer in the plan.');
    expect(rowOfKind(back.rows, 'action').at(-1)).toMatchObject({
      ref: 'A1.02',
      direction: 'gone',
      texts: ['No longer in the plan.'],
    });
    const again = { ...done, actions: done.actions.map((one) => ({ ...one, computedDelivery: 'embedded' as const })) };
    expect(compare(done, again).counts.closed).toBe(0);
  });
});

describe('a risk', () => {
  const risk = (likelihood: number, impact: number): CompiledLog => ({
    ...log,
    risks: log.risks.map((one) => ({ ...one, likelihood, impact })),
  });

  test.each([
    [[3, 4], [4, 4], 'worse', 'Score: 12, now 16 (likelihood 4, impact 4).'],
    [[3, 4], [2, 4], 'better', 'Score: 12, now 8 (likelihood 2, impact 4).'],
    [[3, 4], [4, 3], 'changed', 'Score: 12, now 12 (likelihood 4, impact 3).'],
  ] as const)('of %j, then %j, is %s', ([l, i], [l2, i2], direction, text) => {
    const rows = rowOfKind(compare(risk(l, i), risk(l2, i2)).rows, 'risk');
    expect(rows).toMatchObject([{ ref: 'R1', direction, texts: [text] }]);
  });

  test('that was not recorded says nothing; one that is gone is said to be', () => {
    const known = first(log.risks);
    expect(riskChanges({ ...known, likelihood: notRecorded }, known)).toEqual([]);
    expect(riskChanges(known, { ...known, impact: notRecorded })).toEqual([]);
    expect(rowOfKind(compare(log, { ...log, risks: [] }).rows, 'risk')).toMatchObject([{ direction: 'gone' }]);
  });
});

describe('the sections', () => {
  const measure = first(log.sections.measures);

  test.each([
    ['within-tolerance', 'behind', 'worse', 'Behind, was within tolerance.'],
    ['behind', 'ahead', 'better', 'Ahead, was behind.'],
    ['no-reading', 'behind', 'changed', 'Behind, was no reading.'],
    ['behind', 'no-reading', 'changed', 'No reading, was behind.'],
    ['ahead', 'within-tolerance', 'changed', 'Within tolerance, was ahead.'],
  ])('tell a measure that was %s and is %s', (was, is, direction, text) => {
    const { rows } = compare(
      withSections({ measures: [{ ...measure, state: was }] }),
      withSections({ measures: [{ ...measure, state: is }] }),
    );
    expect(rows).toMatchObject([{ kind: 'measure', direction, texts: [text] }]);
  });

  test('tell a new reading, with its value where it is known', () => {
    const { latestValue: _value, ...unread } = measure;
    const texts = (now: typeof measure) =>
      compare(withSections({ measures: [{ ...measure, latestPeriod: '2025-01' }] }), withSections({ measures: [now] }))
        .rows[0]?.texts;
    expect(texts({ ...measure, latestPeriod: '2025-05', latestValue: 65 })).toEqual([
      `New reading for May 2025: ${figure(65, measure.unit)}.`,
    ]);
    expect(texts({ ...unread, latestPeriod: '2025-05' })).toEqual(['New reading for May 2025.']);
    const { latestPeriod: _period, ...none } = measure;
    expect(texts(none)).toBeUndefined();
  });

  test('tell decisions, date changes and contributions', () => {
    const decision = { ref: 'D1', meetingRef: 'M3', text: 'Ask again.', state: 'open' as const, overdue: false };
    const move = {
      ...{
        ref: 'C1',
        subjectRef: 'A1.01',
        actionRef: 'A1.01',
        fromOn: '2025-07-31',
        toOn: '2025-08-29',
        reason: 'Staff.',
      },
      ...{ requestedBy: 'Ola', requestedOn: '2025-06-01', decision: 'pending' as const, beyondNoticeAim: false },
    };
    const person = {
      key: 'person P1',
      kind: 'person' as const,
      name: 'Ola',
      body: 'Council',
      asked: 4,
      onTime: 1,
      reasons: [],
      people: [],
    };
    const a = withSections({ decisions: [decision], dateChanges: [move] });
    const b = withSections({
      decisions: [{ ...decision, state: 'done' }],
      dateChanges: [{ ...move, decision: 'approved' }],
      contributions: { help: '', rows: [person, { ...person, key: 'k', ref: 'P2' }] },
    });
    const { rows } = compare(a, b);
    expect(rows.map((one) => [one.kind, one.ref, one.direction, one.texts[0]])).toEqual([
      ['decision', 'D1', 'changed', 'Done.'],
      ['date change', 'C1', 'changed', 'Now approved.'],
      ['contribution', 'person P1', 'new', 'Its contribution is newly to be strengthened.'],
      ['contribution', 'P2', 'new', 'Its contribution is newly to be strengthened.'],
    ]);
    expect(rows[1]?.title).toBe('A1.01 from Thursday 31 July 2025 to Friday 29 August 2025');
    expect(compare(b, a).rows[0]?.texts).toEqual(['Open again.']);
    expect(compare(b, b).rows).toEqual([]);
    expect(byKind(rows).map(([kind, of]) => [kind, of.length])).toEqual([
      ['decision', 1],
      ['date change', 1],
      ['contribution', 2],
    ]);
  });
});

describe('the clauses', () => {
  const clause = (state?: LoggedClause['state']): CompiledLog => ({
    ...log,
    clauses: [
      {
        key: '5c',
        clause: '5c',
        title: 'Reports',
        sentence: '',
        evidence: [],
        gaps: [],
        toConfirm: [],
        counts: {},
        ...(state ? { state } : {}),
      },
    ],
  });

  test.each([
    ['gap', 'partly-evidenced', 'better', 'Partly evidenced, was gap.'],
    ['evidenced', 'gap', 'worse', 'Gap, was evidenced.'],
    ['not-yet-due', 'gap', 'changed', 'Gap, was not yet due.'],
    ['gap', 'not-yet-due', 'changed', 'Not yet due, was gap.'],
  ] as const)('%s, then %s, is %s', (was, is, direction, text) => {
    expect(compare(clause(was), clause(is)).rows).toMatchObject([
      { kind: 'clause', ref: '5c', direction, texts: [text] },
    ]);
  });

  test('without a state, or the same, say nothing', () => {
    expect(compare(clause(), clause('gap')).rows).toEqual([]);
    expect(compare(clause('gap'), clause()).rows).toEqual([]);
    expect(compare(clause('gap'), clause('gap')).rows).toEqual([]);
  });

  test('are not compared with a log frozen before they were kept', () => {
    const { rows, notes } = compare(log, clause('gap'));
    expect(rows).toEqual([]);
    expect(notes).toEqual([
      'The log for the meeting M4 was frozen before the clauses were kept with it: they are not compared.',
    ]);
  });
});

test('a log of rows alone is compared as far as its rows go, and says so', () => {
  const { previous } = before({ percentComplete: 40 });
  if (!previous) throw new TypeError('no log before');
  const { rows, notes } = compare(previous, compile({ decisions: [aDecision()] }));
  expect(rows.map((one) => one.kind)).toEqual(['action']);
  expect(rows[0]?.texts).toContain('Percentage: 40, now 60.');
  expect(notes[0]).toContain('The log for the meeting M3 is on file as rows alone');
  expect(rowOfKind(compare(compile(), previous).rows, 'measure')).toEqual([]);
});

test('a risk of a log of rows alone has no title', () => {
  const risk = { ref: 'R9', likelihood: 3, impact: 3, detail: notRecorded } as const;
  const rows = rowOfKind(compare({ ...log, risks: [] }, { ...log, risks: [risk] }).rows, 'risk');
  expect(rows).toEqual([{ kind: 'risk', ref: 'R9', direction: 'new', texts: ['New in the risk register.'] }]);
});
