// The readings of a measure over what was expected and what still counts as on course; the table beside it has the figures.
import type { LineChartPoints } from '@fluentui/react-charts';
import { tokens } from '@fluentui/react-components';
import { lazy, Suspense, useEffect, useLayoutEffect, useRef, useState } from 'react';
import type { MeasureResponse } from '../../../bot/api/contract';
import { usePrinting } from '../printing';
import { Loading } from './Message';

/** A large library: it comes once there is a place to draw on, and the figures stand in the table without it. */
const LineChart = lazy(async () => ({ default: (await import('@fluentui/react-charts')).LineChart }));

const heightPx = 280;

export function MeasureChart({ data }: { readonly data: MeasureResponse }) {
  const place = useRef<HTMLDivElement>(null);
  const width = useWidth(place);
  useFitToPaper(place);
  return (
    <figure className="chart" aria-label={`Chart of ${data.measure.name}; the table below has its figures`}>
      <div ref={place} style={{ height: heightPx }}>
        {width > 0 && (
          <Suspense fallback={<Loading what="the chart" />}>
            <LineChart
              data={{ chartTitle: data.measure.name, lineChartData: linesOf(data) }}
              width={width}
              height={heightPx}
              culture="en-GB"
              useUTC
              tickFormat="%b %Y"
              xAxisTickCount={width < 500 ? 4 : 8}
              hideLegend
              margins={{ right: 36 }}
              yAxisTitle={width < 500 ? '' : data.unit}
            />
          </Suspense>
        )}
      </div>
      <Legend names={new Set(linesOf(data).map((one) => one.legend))} />
    </figure>
  );
}

const strokes = {
  Readings: { stroke: tokens.colorNeutralForeground1, strokeWidth: 3 },
  Expected: { stroke: tokens.colorBrandStroke1, strokeWidth: 2, strokeDasharray: '8 4' },
  Tolerance: { stroke: tokens.colorBrandStroke1, strokeWidth: 1, strokeDasharray: '2 4' },
} as const;

/** The lines as they are drawn: told apart by their dashes, not by colour. */
function Legend({ names }: { readonly names: ReadonlySet<string> }) {
  return (
    <figcaption className="legend">
      {Object.entries(strokes)
        .filter(([name]) => names.has(name))
        .map(([name, stroke]) => (
          <span key={name}>
            <svg width="32" height="8" viewBox="0 0 32 8" aria-hidden="true" focusable="false">
              <line x1="0" y1="4" x2="32" y2="4" {...stroke} />
            </svg>
            {name}
          </span>
        ))}
    </figcaption>
  );
}

function linesOf(data: MeasureResponse): LineChartPoints[] {
  const expected = (pick: (one: MeasureResponse['expected'][number]) => number) =>
    data.expected.map((one) => ({ x: monthStart(one.period), y: pick(one) }));
  const { stroke: edgeColour, ...edgeLine } = strokes.Tolerance;
  const edge = { color: edgeColour, lineOptions: { ...edgeLine, mode: 'lines' as const } };
  const lines: LineChartPoints[] = [
    {
      legend: 'Readings',
      color: strokes.Readings.stroke,
      lineOptions: { strokeWidth: strokes.Readings.strokeWidth },
      data: data.points.map((one) => ({ x: monthStart(one.period), y: one.value })),
    },
    {
      legend: 'Expected',
      color: strokes.Expected.stroke,
      lineOptions: { strokeDasharray: strokes.Expected.strokeDasharray, strokeWidth: 2, mode: 'lines' },
      data: expected((one) => one.value),
    },
    { legend: 'Tolerance', ...edge, data: expected((one) => one.high) },
    { legend: 'Tolerance', ...edge, data: expected((one) => one.low) },
  ];
  return lines.filter((one) => one.data.length > 0);
}

/** Where the axis names the month, so that a reading stands over its own. */
function monthStart(period: string): Date {
  return new Date(Date.UTC(Number(period.slice(0, 4)), Number(period.slice(5, 7)) - 1, 1));
}

/** The library draws for the width of the window and later than the paper is laid out: there the drawing is scaled. */
function useFitToPaper(place: React.RefObject<HTMLElement | null>): void {
  const isPrinting = usePrinting();
  useLayoutEffect(() => {
    const drawing = [...(place.current?.querySelectorAll('svg') ?? [])].find((one) => one.clientWidth > 100);
    if (!isPrinting || !drawing) return undefined;
    drawing.setAttribute('viewBox', `0 0 ${drawing.clientWidth} ${drawing.clientHeight}`);
    return () => drawing.removeAttribute('viewBox');
  }, [isPrinting, place]);
}

/** The width of a place on the page, in pixels, as it is resized. */
function useWidth(place: React.RefObject<HTMLElement | null>): number {
  const [width, setWidth] = useState(0);
  useEffect(() => {
    const element = place.current;
    if (!element) return undefined;
    const watch = new ResizeObserver(([entry]) => setWidth(Math.floor(entry?.contentRect.width ?? 0)));
    watch.observe(element);
    return () => watch.disconnect();
  }, [place]);
  return width;
}
