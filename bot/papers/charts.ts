// The trajectory of a measure as a small picture: expected line with its tolerance band, readings, target; legible without colour.
import { Resvg } from '@resvg/resvg-js';
import * as echarts from 'echarts';
import type { LogMeasure, LogReading } from '../board/logShape';
import type { Month } from '../board/model';
import { expectation, monthNumber, monthOf } from '../board/trajectory';
import { figure, monthName } from '../board/wording';
import type { Picture } from './document';

/** Draws pictures of one size; `fontFile` is a TrueType font, because a fresh machine may have none. */
export interface Charts {
  /** Undefined where there is nothing to draw: no reading and no expectation. */
  trajectory(measure: LogMeasure): Picture | undefined;
}

const widthPx = 640;
const heightPx = 185;
/** Twice the size on the page, so that it prints sharp. */
const zoom = 2;
/** Months drawn at most: the latest. */
const monthsShown = 24;
const fontFamily = 'DejaVu Sans';
const ink = '#000000';
const grey = '#595959';
const band = '#D9D9D9';

export function createCharts(settings: { readonly fontFile: string }): Charts {
  return {
    trajectory: (measure) => {
      const plan = planChart(measure);
      return plan && { ...describe(measure, plan), png: draw(plan, settings.fontFile), widthPx, heightPx };
    },
  };
}

/** What is drawn, month by month. */
export interface ChartPlan {
  readonly unit: string;
  readonly months: readonly Month[];
  readonly readings: readonly (number | undefined)[];
  readonly asReported: readonly (number | undefined)[];
  readonly expected: readonly (number | undefined)[];
  readonly tolerance: number;
  readonly target: number | undefined;
}

/** From the first reading to the month of the target, or of the last reading where that is later. */
export function planChart(measure: LogMeasure): ChartPlan | undefined {
  const { course } = measure;
  if (!course) return undefined;
  const { readings, target, tolerance } = course;
  const first = readings[0]?.period ?? course.baseline?.on.slice(0, 7);
  const ends = [readings.at(-1)?.period, target?.on.slice(0, 7)].filter((one) => one !== undefined).sort();
  const last = ends.at(-1);
  if (first === undefined || last === undefined) return undefined;
  const from = Math.max(monthNumber(first), monthNumber(last) - monthsShown + 1);
  const months = Array.from({ length: monthNumber(last) - from + 1 }, (_, index) => monthOf(from + index));
  const byMonth = new Map(readings.map((one) => [one.period, one]));
  const expectedAt = expectation(course);
  const of = (pick: (one: LogReading) => number | undefined) =>
    months.map((month) => {
      const reading = byMonth.get(month);
      return reading && pick(reading);
    });
  return {
    unit: measure.unit,
    months,
    readings: of((one) => one.value),
    asReported: of((one) => one.asReported),
    expected: months.map(expectedAt),
    tolerance,
    target: target?.value,
  };
}

function describe(measure: LogMeasure, plan: ChartPlan): { readonly title: string; readonly alt: string } {
  const { course } = measure;
  const latest =
    measure.latestValue === undefined || measure.latestPeriod === undefined
      ? 'No reading is recorded.'
      : `Latest reading: ${figure(measure.latestValue, measure.unit)} in ${monthName(measure.latestPeriod)}` +
        `${measure.expectedValue === undefined ? '' : `, expected ${figure(measure.expectedValue, measure.unit)}`}.`;
  const target = course?.target === undefined ? '' : ` Target: ${figure(course.target.value, measure.unit)}.`;
  const span = `${monthName(plan.months[0] ?? '')} to ${monthName(plan.months.at(-1) ?? '')}`;
  return {
    title: `Trajectory of ${measure.ref}`,
    alt: `Line chart of ${measure.ref} ${measure.name}, ${span}: readings against the expected line. ${latest}${target} The numbers are in the table below.`,
  };
}

function draw(plan: ChartPlan, fontFile: string): Uint8Array {
  // Without a page; disposed at once, or the process would not end.
  const chart = echarts.init(null, null, { renderer: 'svg', ssr: true, width: widthPx, height: heightPx });
  chart.setOption(option(plan));
  const svg = chart.renderToSVGString();
  chart.dispose();
  const picture = new Resvg(svg, {
    fitTo: { mode: 'zoom', value: zoom },
    background: '#FFFFFF',
    font: { fontFiles: [fontFile], loadSystemFonts: false, defaultFontFamily: fontFamily },
  });
  return new Uint8Array(picture.render().asPng());
}

/** Lines differ by dash, marker and thickness, so that a grey print says as much as the screen. */
function option(plan: ChartPlan): echarts.EChartsOption {
  const { expected, tolerance, target } = plan;
  const low = expected.map((value) => (value === undefined ? undefined : value - tolerance));
  const revised = plan.asReported.some((one) => one !== undefined);
  const text = { fontFamily, fontSize: 13, color: ink };
  return {
    animation: false,
    textStyle: text,
    grid: { left: 62, right: 36, top: 26, bottom: 58 },
    legend: {
      bottom: 0,
      itemWidth: 26,
      // Text is measured without a page, and too short.
      itemGap: 20,
      textStyle: text,
      data: [
        { name: 'Reading' },
        ...(revised ? [{ name: 'First reported' }] : []),
        { name: 'Expected', itemStyle: { opacity: 0 } },
        { name: 'Tolerance', icon: 'rect' },
        ...(target === undefined ? [] : [{ name: 'Target', itemStyle: { opacity: 0 } }]),
      ],
    },
    xAxis: {
      type: 'category',
      boundaryGap: false,
      data: plan.months.map(shortMonth),
      axisLabel: { ...text, hideOverlap: true },
      axisLine: { lineStyle: { color: ink } },
    },
    yAxis: {
      type: 'value',
      scale: true,
      name: plan.unit,
      nameTextStyle: { ...text, align: 'left', padding: [0, 0, 0, -40] },
      axisLabel: text,
      splitLine: { lineStyle: { color: '#E6E6E6' } },
    },
    series: [
      {
        name: 'lower edge',
        type: 'line',
        stack: 'band',
        stackStrategy: 'all',
        data: low.map(dash),
        symbol: 'none',
        lineStyle: { opacity: 0 },
      },
      {
        name: 'Tolerance',
        type: 'line',
        stack: 'band',
        stackStrategy: 'all',
        data: low.map((value) => (value === undefined ? '-' : 2 * tolerance)),
        symbol: 'none',
        lineStyle: { opacity: 0 },
        itemStyle: { color: band },
        areaStyle: { color: band, opacity: 1 },
      },
      {
        name: 'Expected',
        type: 'line',
        data: expected.map(dash),
        symbol: 'none',
        lineStyle: { color: grey, width: 2, type: 'dashed' },
        itemStyle: { color: grey },
      },
      {
        name: 'Target',
        type: 'line',
        data: target === undefined ? [] : plan.months.map(() => target),
        symbol: 'none',
        lineStyle: { color: ink, width: 1.5, type: 'dotted' },
        itemStyle: { color: ink },
      },
      {
        name: 'First reported',
        type: 'scatter',
        data: plan.asReported.map(dash),
        symbol: 'diamond',
        symbolSize: 12,
        itemStyle: { color: '#FFFFFF', borderColor: ink, borderWidth: 1.5 },
      },
      {
        name: 'Reading',
        type: 'line',
        data: plan.readings.map(dash),
        // A missing month leaves a gap in the line instead of a guess; readings by quarter are joined.
        connectNulls: !plan.readings.some((one, index) => one !== undefined && plan.readings[index + 1] !== undefined),
        symbol: 'circle',
        symbolSize: 8,
        lineStyle: { color: ink, width: 2.5 },
        itemStyle: { color: ink },
        z: 5,
      },
    ],
  };
}

/** What echarts takes for "no value". */
function dash(value: number | undefined): number | '-' {
  return value ?? '-';
}

/** "Nov 24" on the axis; the table below has the month in full. */
function shortMonth(month: Month): string {
  return `${monthName(month).slice(0, 3)} ${month.slice(2, 4)}`;
}
