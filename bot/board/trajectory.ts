// Where a measure should stand in a month, and where its trend leads. Months are numbers: 12 x year + month - 1, at month end.
import type { MeasureAssessment } from './assessment';
import type { CivilDate, Measure, Month } from './model';
import type { BoardPolicy } from './policy';

/** A month as a number, so that months can be counted. */
export function monthNumber(period: Month): number {
  return Number(period.slice(0, 4)) * 12 + Number(period.slice(5, 7)) - 1;
}

/** The month of a number. */
export function monthOf(number: number): Month {
  const year = Math.floor(number / 12);
  return `${year}-${String(number - year * 12 + 1).padStart(2, '0')}`;
}

/** The last day of a month. */
export function monthEnd(period: Month): CivilDate {
  const days = new Date(Date.UTC(Number(period.slice(0, 4)), Number(period.slice(5, 7)), 0)).getUTCDate();
  return `${period}-${String(days).padStart(2, '0')}`;
}

/** A date on the scale of months: the end of its month is a whole number. */
export function monthPosition(on: CivilDate): number {
  const period = on.slice(0, 7);
  return monthNumber(period) - 1 + Number(on.slice(8, 10)) / Number(monthEnd(period).slice(8, 10));
}

/** The civil date of a position on the scale of months. */
export function dateAt(position: number): CivilDate {
  const period = monthOf(Math.ceil(position - 1e-9));
  const days = Number(monthEnd(period).slice(8, 10));
  const day = Math.min(days, Math.max(1, Math.round((position - monthNumber(period) + 1) * days)));
  return `${period}-${String(day).padStart(2, '0')}`;
}

interface Anchor {
  readonly position: number;
  readonly value: number;
}

/**
 * The value expected at the end of each month: straight lines between the quarter ends, from the baseline and to the target
 * where the trajectory does not reach them; level after its end. Undefined where nothing is set.
 */
export function expectation(
  measure: Pick<Measure, 'trajectory' | 'baseline' | 'target'>,
): (period: Month) => number | undefined {
  const anchors = anchorsOf(measure);
  return (period) => {
    const at = monthNumber(period);
    const next = anchors.findIndex((one) => one.position >= at - 1e-9);
    const after = anchors[next];
    if (!after) return anchors.at(-1)?.value;
    const before = anchors[next - 1];
    if (!before) return Math.abs(after.position - at) < 1e-9 ? after.value : undefined;
    const share = (at - before.position) / (after.position - before.position);
    return before.value + (after.value - before.value) * share;
  };
}

function anchorsOf(measure: Pick<Measure, 'trajectory' | 'baseline' | 'target'>): readonly Anchor[] {
  const quarters = measure.trajectory
    .map((one) => ({ position: quarterEnd(one.quarter), value: one.value }))
    .sort((a, b) => a.position - b.position);
  const first = quarters[0];
  const last = quarters.at(-1);
  const baseline = measure.baseline && { position: monthPosition(measure.baseline.on), value: measure.baseline.value };
  const target = measure.target && { position: monthPosition(measure.target.on), value: measure.target.value };
  return [
    ...(baseline && (!first || baseline.position < first.position) ? [baseline] : []),
    ...quarters,
    ...(target && (!last || target.position > last.position) ? [target] : []),
  ];
}

/** `2024-Q3` ends with September 2024. */
function quarterEnd(quarter: string): number {
  return Number(quarter.slice(0, 4)) * 12 + Number(quarter.slice(6)) * 3 - 1;
}

interface Point {
  readonly period: Month;
  readonly value: number;
}

/**
 * Theil-Sen: the middle of all slopes between two readings, through the middle of what they leave; one odd reading bends it
 * little. Source: P. K. Sen, Journal of the American Statistical Association 63 (1968).
 */
export function trendOf(points: readonly Point[]): {
  readonly slope: number;
  readonly at: (position: number) => number;
} {
  const places = points.map((one) => ({ x: monthNumber(one.period), y: one.value }));
  const slopes = places.flatMap((a, index) => places.slice(index + 1).map((b) => (b.y - a.y) / (b.x - a.x)));
  const slope = median(slopes);
  const rest = median(places.map((one) => one.y - slope * one.x));
  return { slope, at: (position) => slope * position + rest };
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length / 2;
  const low = sorted[Math.ceil(middle) - 1] ?? 0;
  const high = sorted[Math.floor(middle)] ?? 0;
  return (low + high) / 2;
}

/** When the trend of the last readings reaches the target. Units: months after the target date. */
export function forecastOf(
  measure: Measure,
  points: readonly Point[],
  policy: BoardPolicy,
): MeasureAssessment['forecast'] {
  const { target } = measure;
  if (!target) return { kind: 'none', why: 'No target is set.' };
  const used = points.slice(-policy.forecastReadings);
  const last = used.at(-1);
  if (!last || used.length < policy.forecastMinimumReadings)
    return {
      kind: 'none',
      why: `A forecast needs ${policy.forecastMinimumReadings} readings; ${used.length === 1 ? 'there is' : 'there are'} ${used.length}.`,
    };
  const sign = measure.lowerIsBetter ? -1 : 1;
  if (sign * (last.value - target.value) >= 0)
    return { kind: 'on-time', reachesOn: monthEnd(last.period), monthsLate: 0 };
  const trend = trendOf(used);
  if (sign * trend.slope <= 0) return { kind: 'not-on-this-trend' };
  const reachesAt = (target.value - trend.at(0)) / trend.slope;
  const monthsLate = Math.round((reachesAt - monthPosition(target.on)) * 1e6) / 1e6;
  if (monthsLate > policy.forecastNeverMonths) return { kind: 'not-on-this-trend', monthsLate };
  // The last reading has not reached it, whatever the line says of the past.
  const reachesOn = dateAt(Math.max(reachesAt, monthNumber(last.period)));
  return { kind: monthsLate > policy.forecastLateMonths ? 'late' : 'on-time', reachesOn, monthsLate };
}
