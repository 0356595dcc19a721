// The readings of a measure over what was expected and what still counts as on course; the table beside it has the figures.
import type { LineChartPoints } from '@fluentui/react-charts';
import { tokens } from '@fluentui/react-components';
import { lazy, Suspense, useEffect, useRef, useState } from 'react';
import type { MeasureResponse } from '../../../bot/api/contract';
import { Loading } from './Message';

/** A large library: it comes once there is a place to draw on, and the figures stand in the table without it. */
const LineChart = lazy(async () => ({ default: (await import('@fluentui/react-charts')).LineChart }));

const heightPx = 280;

export function MeasureChart({ data }: { readonly data: MeasureResponse }) {
  const place = useRef<HTMLDivElement>(null);
  const width = useWidth(place);
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
              enabledLegendsWrapLines
              yAxisTitle={width < 500 ? '' : data.unit}
            />
          </Suspense>
        )}
      </div>
    </figure>
  );
}

function linesOf(data: MeasureResponse): LineChartPoints[] {
  const expected = (pick: (one: MeasureResponse['expected'][number]) => number) =>
    data.expected.map((one) => ({ x: monthEnd(one.period), y: pick(one) }));
  const edge = { lineOptions: { strokeDasharray: '2 4', strokeWidth: 1, mode: 'lines' as const } };
  const lines: LineChartPoints[] = [
    {
      legend: 'Readings',
      color: tokens.colorNeutralForeground1,
      lineOptions: { strokeWidth: 3 },
      data: data.points.map((one) => ({ x: monthEnd(one.period), y: one.value })),
    },
    {
      legend: 'Expected',
      color: tokens.colorBrandStroke1,
      lineOptions: { strokeDasharray: '8 4', strokeWidth: 2, mode: 'lines' },
      data: expected((one) => one.value),
    },
    { legend: 'Tolerance', color: tokens.colorBrandStroke1, ...edge, data: expected((one) => one.high) },
    { legend: 'Tolerance', color: tokens.colorBrandStroke1, ...edge, data: expected((one) => one.low) },
  ];
  return lines.filter((one) => one.data.length > 0);
}

function monthEnd(period: string): Date {
  return new Date(Date.UTC(Number(period.slice(0, 4)), Number(period.slice(5, 7)), 0));
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
