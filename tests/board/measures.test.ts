// Measures: expectation, tolerance, asked and late readings, direction, revisions, forecast and the gap between localities.
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { Measure, Reading } from '../../bot/board/model';
import {
  dateAt,
  expectation,
  forecastOf,
  monthEnd,
  monthNumber,
  monthOf,
  monthPosition,
  trendOf,
} from '../../bot/board/trajectory';
import { defaultPolicy } from '../../bot/board/policy';
import { aMeasure, aReading, someFacts } from '../fixtures/builders';
import { findingsOf, first, judged, judgedMeasure } from '../fixtures/judging';

describe('months', () => {
  test('are counted across a new year and have their last day', () => {
    expect([monthNumber('2025-01') - monthNumber('2024-12'), monthOf(monthNumber('2024-12'))]).toEqual([1, '2024-12']);
    expect([monthEnd('2024-02'), monthEnd('2025-02'), monthEnd('2025-12')]).toEqual([
      '2024-02-29',
      '2025-02-28',
      '2025-12-31',
    ]);
  });

  test('are whole numbers at their end, and a position is a date again', () => {
    expect(monthPosition('2025-03-31')).toBe(monthNumber('2025-03'));
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 3650 }), (days) => {
        const on = new Date(Date.UTC(2020, 0, 1) + days * 86_400_000).toISOString().slice(0, 10);
        expect(dateAt(monthPosition(on))).toBe(on);
      }),
      { numRuns: 100 },
    );
  });
});

describe('the value expected', () => {
  const expected = (over: Partial<Measure>, period: string) => expectation(aMeasure(over))(period);
  test.each([
    ['at the baseline', '2024-12', 40],
    ['between the baseline and the first quarter end', '2025-02', 50],
    ['at a quarter end', '2025-06', 70],
    ['a third of the way to the next', '2025-07', 75],
    ['after the end of the trajectory', '2026-02', 100],
    ['before the baseline', '2024-11', undefined],
  ])('%s, %s, is %s', (_, period, value) => {
    expect(expected({}, period)).toBe(value);
  });

  test('runs on to the target where the trajectory ends before it, in whatever order the quarters come', () => {
    const trajectory = [
      { quarter: '2025-Q2', value: 70 },
      { quarter: '2025-Q1', value: 55 },
    ];
    expect(expected({ trajectory }, '2025-09')).toBe(85);
  });

  test('starts with the first quarter end where the baseline is later, or missing', () => {
    const { baseline: _, ...bare } = aMeasure();
    expect([expectation(bare)('2025-02'), expectation(bare)('2025-03')]).toEqual([undefined, 55]);
    expect(expected({ baseline: { on: '2025-06-30', value: 0 } }, '2025-02')).toBeUndefined();
  });

  test('is a straight line from baseline to target without a trajectory, and nothing without those', () => {
    expect(expected({ trajectory: [] }, '2025-06')).toBe(70);
    const { baseline: _, target: __, ...bare } = aMeasure({ trajectory: [] });
    expect(expectation(bare)('2025-06')).toBeUndefined();
  });
});

describe('the state', () => {
  test.each([
    [62.1, 'ahead'],
    [62, 'within-tolerance'],
    [58, 'within-tolerance'],
    [57.9, 'behind'],
  ])('of %d where 60 is expected, within 2, is %s', (value, state) => {
    expect(judgedMeasure({ readings: [aReading({ value })] }).state).toBe(state);
  });

  test.each([
    [57.9, 'ahead'],
    [62.1, 'behind'],
  ])('of %d where lower is better is %s', (value, state) => {
    const measures = [aMeasure({ lowerIsBetter: true })];
    expect(judgedMeasure({ measures, readings: [aReading({ value })] }).state).toBe(state);
  });

  test('of a measure that nobody owns is judged all the same', () => {
    const { ownerRef: _, ...measure } = aMeasure();
    expect(judgedMeasure({ measures: [measure] })).not.toHaveProperty('ownerRef');
  });

  test('is not blurred by floating point', () => {
    const trajectory = [{ quarter: '2025-Q1', value: 0.3 }];
    const { target: _, ...measure } = aMeasure({ trajectory, tolerance: 0.1 });
    const readings = [aReading({ period: '2025-03', value: 0.4, reportedOn: '2025-04-02' })];
    expect(judgedMeasure({ measures: [measure], readings }).state).toBe('within-tolerance');
  });

  test('is named where there is no reading, and where there is nothing to hold one against', () => {
    expect(judgedMeasure({ readings: [] })).toMatchObject({ state: 'no-reading', behindReadings: 0, points: [] });
    const { baseline: _, target: __, ...bare } = aMeasure({ trajectory: [] });
    const assessment = judged({ measures: [bare] });
    expect(first(assessment.measures)).toMatchObject({
      state: 'no-expectation',
      forecast: { kind: 'none', why: 'No target is set.' },
    });
    expect(findingsOf(assessment)).toEqual(['no-forecast K1']);
  });
});

const readings = (values: Readonly<Record<string, number>>): Reading[] =>
  Object.entries(values).map(([month, value]) =>
    aReading({ period: month, value, reportedOn: monthEnd(monthOf(monthNumber(month) + 1)).slice(0, 8) + '03' }),
  );

describe('behind', () => {
  test('once is information, twice running is a finding with the actions meant to move it', () => {
    const once = judged({ readings: readings({ '2025-03': 40, '2025-04': 60, '2025-05': 40 }) });
    expect(first(once.measures)).toMatchObject({ behindReadings: 1, direction: 'level' });
    expect(once.findings.find((one) => one.rule === 'measure-behind-once')).toMatchObject({
      level: 'information',
      text: 'Behind its trajectory for 1 reading: 40% in May 2025, 65% expected. Meant to move it: A1.01.',
      records: ['K1', 'A1.01'],
    });
    const twice = judged({ actions: [], readings: readings({ '2025-03': 55, '2025-04': 45, '2025-05': 40 }) });
    expect(twice.findings.find((one) => one.rule === 'measure-behind-twice')).toMatchObject({
      level: 'finding',
      text: 'Behind its trajectory for 2 readings and getting worse: 40% in May 2025, 65% expected.',
    });
    expect(first(twice.measures).reasons.map((one) => one.rule)).toEqual(['measure-behind-twice', 'no-forecast']);
  });
});

describe('the direction', () => {
  test.each([
    ['improving', { '2025-03': 55, '2025-04': 56, '2025-05': 56.1 }],
    ['level', { '2025-03': 55, '2025-04': 60, '2025-05': 56 }],
    ['level', { '2025-03': 55, '2025-04': 60, '2025-05': 54 }],
    ['worsening', { '2025-03': 55, '2025-04': 60, '2025-05': 53.9 }],
    [undefined, { '2025-04': 60, '2025-05': 53.9 }],
  ])('is %s over %j', (direction, values) => {
    expect(judgedMeasure({ readings: readings(values) }).direction).toBe(direction);
  });

  test('is turned round where lower is better', () => {
    const measures = [aMeasure({ lowerIsBetter: true })];
    expect(
      judgedMeasure({ measures, readings: readings({ '2025-03': 55, '2025-04': 50, '2025-05': 45 }) }).direction,
    ).toBe('improving');
  });
});

describe('a reading', () => {
  // Five working days after May end on Friday 6 June; after June on Monday 7 July.
  const upToApril = { '2025-02': 50, '2025-03': 55, '2025-04': 60 };
  test.each([
    ['2025-06-06T16:00:00.000Z', undefined, []],
    ['2025-06-07T08:00:00.000Z', '2025-05', ['reading-late K1']],
  ])('not in at %s: %s', (at, _, expected) => {
    const late = judged({ readings: readings(upToApril) }, at);
    expect(findingsOf(late).filter((one) => one.startsWith('reading'))).toEqual(expected);
  });

  test('is asked for from the day its month has ended where it is due by the owners’ deadline', () => {
    const due = (at: string) => judgedMeasure({ readings: readings(upToApril) }, at).readingDue;
    expect([due('2025-05-31T08:00:00.000Z'), due('2025-06-02T08:00:00.000Z')]).toEqual([undefined, '2025-05']);
    expect(judgedMeasure({}, '2025-06-02T08:00:00.000Z').readingDue).toBe('2025-05');
    expect(judgedMeasure({}).readingDue).toBeUndefined();
  });

  test('is asked for by its own date where no meeting is planned', () => {
    const due = judgedMeasure({ readings: readings(upToApril), meetings: [] }, '2025-06-06T08:00:00.000Z').readingDue;
    expect(due).toBe('2025-05');
  });

  test('that came late is a finding while it is the last', () => {
    const late = aReading({ period: '2025-05', value: 65, reportedOn: '2025-06-09' });
    const assessment = judged({ readings: [...readings(upToApril), late] });
    expect(assessment.findings.map((one) => one.text)).toEqual(['The reading for May 2025 came 1 working day late.']);
    const onTime = judged({ readings: [...readings(upToApril), { ...late, reportedOn: '2025-06-06' }] });
    expect(findingsOf(onTime)).toEqual([]);
  });

  test('both late and missing are told in one finding', () => {
    const april = aReading({ period: '2025-04', value: 60, reportedOn: '2025-05-21' });
    const assessment = judged({ readings: [...readings({ '2025-02': 50, '2025-03': 55 }), april] });
    expect(assessment.findings.find((one) => one.rule === 'reading-late')?.text).toBe(
      'The reading for April 2025 came 9 working days late. The reading for May 2025 was due on Friday 6 June 2025 and is not in.',
    );
  });

  test('missing between others is found, from the first reading on', () => {
    const assessment = judged({ readings: readings({ '2025-01': 45, '2025-04': 60, '2025-05': 65 }) });
    expect(assessment.findings.find((one) => one.rule === 'reading-missing')?.text).toBe(
      'No reading is recorded for February 2025 and March 2025.',
    );
  });

  test('is missing only in months that the frequency asks for', () => {
    const quarterly = { frequency: 'quarterly' as const, readingMonths: ['02', '05', '08', '11'] };
    const assessment = judged({
      measures: [aMeasure(quarterly)],
      readings: readings({ '2025-02': 50, '2025-05': 65 }),
    });
    expect(findingsOf(assessment)).toEqual(['no-forecast K1']);
    const quarterEnds = judged({
      measures: [aMeasure({ frequency: 'quarterly' })],
      readings: readings({ '2024-12': 40 }),
    });
    expect(quarterEnds.findings.find((one) => one.rule === 'reading-late')?.text).toContain('March 2025 was due');
  });

  test('is not asked for up to the date of the baseline', () => {
    const measures = [aMeasure({ baseline: { on: '2025-05-31', value: 60 } })];
    expect(findingsOf(judged({ measures, readings: [] }))).toEqual(['no-forecast K1']);
    const { baseline: _, ...noBaseline } = aMeasure();
    expect(findingsOf(judged({ measures: [noBaseline], readings: [] }))).toContain('reading-late K1');
  });

  test('asked for once in two years at most is found no further back', () => {
    const measures = [aMeasure({ frequency: 'quarterly', readingMonths: ['13'] })];
    expect(findingsOf(judged({ measures, readings: [] }))).toEqual(['no-forecast K1']);
  });

  test('reported later than the moment judged does not count yet', () => {
    const measure = judgedMeasure({
      readings: [aReading(), aReading({ period: '2025-05', reportedOn: '2025-06-11' })],
    });
    expect(measure.latestPeriod).toBe('2025-04');
  });

  test('that was revised keeps what was first reported, in whatever order the rows come', () => {
    const rows = [
      aReading({ value: 61, reportedOn: '2025-06-02', revises: true }),
      aReading({ value: 59, reportedOn: '2025-05-20', revises: true }),
      aReading({ value: 55 }),
    ];
    const assessment = judged({ readings: rows });
    expect(first(assessment.measures).points).toMatchObject([{ value: 61, asReported: 55, reportedOn: '2025-05-08' }]);
    expect(assessment.findings.find((one) => one.rule === 'reading-revised')).toMatchObject({
      level: 'information',
      text: 'Revised since it was reported: April 2025 from 55% to 61%.',
    });
    const twin = [aReading({ value: 60 }), aReading({ value: 58 })];
    expect(judgedMeasure({ readings: twin })).toEqual(judgedMeasure({ readings: [...twin].reverse() }));
  });
});

describe('the forecast', () => {
  const points = (...values: number[]) =>
    values.map((value, index) => ({ period: monthOf(monthNumber('2025-01') + index), value }));
  const policy = defaultPolicy;
  const forecast = (values: readonly number[], over: Partial<Measure> = {}) =>
    forecastOf(aMeasure(over), points(...values), policy);

  test('bends little for one odd reading', () => {
    expect(trendOf(points(10, 20, 30, 95, 50, 60)).slope).toBe(10);
    expect(trendOf(points(10, 20, 30, 40)).at(monthNumber('2025-05'))).toBe(50);
    expect(trendOf([]).slope).toBe(0);
  });

  test('needs four readings', () => {
    expect(forecast([10, 20, 30])).toEqual({ kind: 'none', why: 'A forecast needs 4 readings; there are 3.' });
    expect(forecast([10])).toEqual({ kind: 'none', why: 'A forecast needs 4 readings; there is 1.' });
    expect(forecast([])).toEqual({ kind: 'none', why: 'A forecast needs 4 readings; there are 0.' });
    expect(forecast([10, 20, 30, 40]).kind).toBe('on-time');
  });

  // 10 in January and 10 more a month: 100 in October; the target date is moved round that.
  test.each([
    ['2025-10-31', 'on-time', 0],
    ['2025-09-30', 'on-time', 1],
    ['2025-09-29', 'late', 1.033333],
    ['2024-10-31', 'late', 12],
    ['2024-10-30', 'not-on-this-trend', 12.032258],
  ])('for a target by %s is %s, %d months after it', (on, kind, monthsLate) => {
    const judgedForecast = forecast([10, 20, 30, 40], { target: { on, value: 100 } });
    expect(judgedForecast).toMatchObject({ kind, monthsLate });
  });

  test('says when the target is reached', () => {
    expect(forecast([10, 20, 30, 40])).toMatchObject({ kind: 'on-time', reachesOn: '2025-10-31' });
    expect(forecast([10, 20, 30, 40], { target: { on: '2025-12-31', value: 95 } })).toMatchObject({
      reachesOn: '2025-10-16',
    });
  });

  test('of what has reached it is on time, and of what turns away is not on this trend', () => {
    expect(forecast([10, 20, 30, 100])).toEqual({ kind: 'on-time', reachesOn: '2025-04-30', monthsLate: 0 });
    expect(forecast([40, 30, 20, 10])).toEqual({ kind: 'not-on-this-trend' });
    expect(forecast([10, 10, 10, 10])).toEqual({ kind: 'not-on-this-trend' });
    const lower = { lowerIsBetter: true, target: { on: '2025-12-31', value: 10 } };
    expect(forecast([70, 60, 50, 40], lower)).toMatchObject({ kind: 'on-time', reachesOn: '2025-07-31' });
  });

  test('is never before the last reading, which has not reached it', () => {
    // The middle of the slopes 97, 49, 33, 1, 1, 1 passes 100 before April.
    expect(forecast([0, 97, 98, 99])).toMatchObject({ kind: 'on-time', reachesOn: '2025-04-30' });
  });

  test('uses the last six readings', () => {
    expect(forecast([90, 90, 10, 20, 30, 40, 50, 60])).toMatchObject({ kind: 'on-time', monthsLate: 0 });
  });

  test('too late is a finding in words', () => {
    const values = { '2025-02': 20, '2025-03': 25, '2025-04': 30, '2025-05': 35 };
    const late = judged({ readings: readings(values) });
    expect(late.findings.find((one) => one.rule === 'target-later-than-date')?.text).toBe(
      'On its present trend it reaches the target of 100% by Wednesday 31 December 2025 about Tuesday 30 June 2026, 6 months late.',
    );
    const never = judged({ readings: readings({ '2025-02': 20, '2025-03': 20, '2025-04': 20, '2025-05': 20 }) });
    expect(never.findings.find((one) => one.rule === 'target-not-on-this-trend')?.text).toBe(
      'On its present trend it does not reach the target of 100% by Wednesday 31 December 2025.',
    );
  });
});

describe('the gap between localities', () => {
  const local = (period: string, values: Readonly<Record<string, number>>) =>
    Object.entries(values).map(([locality, value]) => aReading({ period, locality, value, reportedOn: '2025-06-03' }));
  test('is the worst less the best of the last month, positive', () => {
    const rows = [...local('2025-04', { East: 1, West: 9 }), ...local('2025-05', { East: 64.4, West: 40.1 })];
    expect(judgedMeasure({ readings: rows }).localityGap).toEqual({
      period: '2025-05',
      value: 24.3,
      best: 'East',
      worst: 'West',
    });
    const measures = [aMeasure({ lowerIsBetter: true })];
    expect(judgedMeasure({ measures, readings: rows }).localityGap).toMatchObject({
      value: 24.3,
      best: 'West',
      worst: 'East',
    });
  });

  test('of equal localities is none, named in their order', () => {
    const rows = local('2025-05', { West: 40, East: 40 });
    expect(judgedMeasure({ readings: rows }).localityGap).toMatchObject({ value: 0, best: 'East', worst: 'West' });
  });

  test('is not shown when a locality is missing, or none is known', () => {
    expect(judgedMeasure({ readings: local('2025-05', { East: 64 }) }).localityGap).toBeUndefined();
    const facts = someFacts({ localities: [] });
    expect(judgedMeasure({ facts, readings: local('2025-05', { East: 64 }) }).localityGap).toBeUndefined();
    expect(judgedMeasure({}).localityGap).toBeUndefined();
  });
});
