// Charts of measures: what is drawn month by month, what a screen reader is told, and a picture that any viewer opens.
import { createCharts, planChart } from '../../bot/papers/charts';
import type { LogMeasure } from '../../bot/board/logShape';

const charts = createCharts({ fontFile: require.resolve('dejavu-fonts-ttf/ttf/DejaVuSans.ttf') });

const measure = (over: Partial<LogMeasure> = {}): LogMeasure => ({
  ref: 'K1',
  areaRef: 'A1',
  name: 'Plans on time',
  unit: '%',
  lowerIsBetter: false,
  owner: 'Robin Ashdown',
  state: 'behind',
  latestPeriod: '2025-03',
  latestValue: 52,
  expectedValue: 55,
  behindReadings: 1,
  forecast: 'late',
  missingPeriods: [],
  revised: [],
  reasons: [],
  course: {
    definition: 'Plans issued in time as a share of all',
    baseline: { on: '2024-12-31', value: 40 },
    target: { on: '2025-06-30', value: 70 },
    tolerance: 2,
    trajectory: [
      { quarter: '2025-Q1', value: 55 },
      { quarter: '2025-Q2', value: 70 },
    ],
    readings: [
      { period: '2025-01', value: 46, expected: 45, state: 'within-tolerance' },
      { period: '2025-03', value: 52, asReported: 54, expected: 55, state: 'behind' },
    ],
  },
  ...over,
});

const course = (over: Partial<NonNullable<LogMeasure['course']>>): LogMeasure => {
  const base = measure();
  return base.course ? { ...base, course: { ...base.course, ...over } } : base;
};

describe('what a chart shows', () => {
  test('runs from the first reading to the month of the target', () => {
    expect(planChart(measure())?.months).toEqual(['2025-01', '2025-02', '2025-03', '2025-04', '2025-05', '2025-06']);
  });

  test('leaves a month without a reading empty instead of guessing it', () => {
    expect(planChart(measure())?.readings).toEqual([46, undefined, 52, undefined, undefined, undefined]);
  });

  test('has the expected value of every month, between the quarter ends too', () => {
    expect(planChart(measure())?.expected).toEqual([45, 50, 55, 60, 65, 70]);
  });

  test('shows what was first reported beside a revised reading', () => {
    expect(planChart(measure())?.asReported).toEqual([undefined, undefined, 54, undefined, undefined, undefined]);
  });

  test('runs past the target when readings do', () => {
    const readings = [{ period: '2025-08', value: 71, state: 'ahead' }];
    expect(planChart(course({ readings }))?.months).toEqual(['2025-08']);
  });

  test('keeps the last 24 months', () => {
    const readings = [{ period: '2020-01', value: 1, state: 'no-expectation' }];
    const months = planChart(course({ readings }))?.months;
    expect([months?.length, months?.[0], months?.at(-1)]).toEqual([24, '2023-07', '2025-06']);
  });

  test('draws nothing from a log that did not keep the readings', () => {
    const { course: _without, ...old } = measure();
    expect(planChart(old)).toBeUndefined();
    expect(charts.trajectory(old)).toBeUndefined();
  });

  test('draws nothing when there is neither reading nor baseline nor target', () => {
    const {
      baseline: _baseline,
      target: _target,
      ...bare
    } = course({ readings: [], trajectory: [] }).course ?? {
      definition: '',
      tolerance: 0,
      trajectory: [],
      readings: [],
    };
    expect(planChart(measure({ course: bare }))).toBeUndefined();
  });
});

describe('the picture', () => {
  test('is a PNG twice as large as it stands on the page', () => {
    const picture = charts.trajectory(measure());
    const bytes = Buffer.from(picture?.png ?? []);
    expect(bytes.subarray(0, 8).toString('hex')).toBe('89504e470d0a1a0a');
    expect([bytes.readUInt32BE(16), bytes.readUInt32BE(20)]).toEqual([
      2 * (picture?.widthPx ?? 0),
      2 * (picture?.heightPx ?? 0),
    ]);
  });

  test('tells a reader who does not see it the latest reading, what was expected, and the target', () => {
    expect(charts.trajectory(measure())?.alt).toBe(
      'Line chart of K1 Plans on time, January 2025 to June 2025: readings against the expected line. Latest reading: 52% in March 2025, expected 55%. Target: 70%. The numbers are in the table below.',
    );
  });

  test('says when no reading is recorded', () => {
    const { latestPeriod: _period, latestValue: _value, ...none } = course({ readings: [] });
    expect(charts.trajectory(none)?.alt).toContain('No reading is recorded.');
  });

  test('is the same for the same measure', () => {
    expect(charts.trajectory(measure())?.png).toEqual(charts.trajectory(measure())?.png);
  });

  test('differs when a reading differs', () => {
    const other = course({ readings: [{ period: '2025-01', value: 60, state: 'ahead' }] });
    expect(charts.trajectory(other)?.png).not.toEqual(charts.trajectory(measure())?.png);
  });
});
