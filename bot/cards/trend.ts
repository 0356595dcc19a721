// Readings in one line of bars a letter high, in words below: small enough for a phone, and the words say all of it.
import { clean, paragraph } from './kit';
import type { CardJson } from './kit';
import { statusRuns } from './words';
import type { StatusWords } from './words';

export interface TrendReading {
  /** "November 2024: 89%, 90% expected". */
  readonly words: string;
  readonly status: StatusWords;
  readonly value: number;
}

/** From low to high: letters, because a box with a colour is as high as a finger in most clients. */
const heights = ['▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'] as const;

/** The oldest first; one line of bars from the lowest to the highest reading shown, then a line of words for each. */
export function trendOf(readings: readonly TrendReading[]): readonly CardJson[] {
  if (readings.length === 0) return [];
  return [
    ...(readings.length === 1 ? [] : [barsOf(readings)]),
    ...readings.map(({ words, status }) =>
      paragraph(
        [
          { text: `${clean(words, 120)}: `, size: 'small' },
          ...statusRuns(status).map((run) => (typeof run === 'string' ? run : { ...run, size: 'small' as const })),
        ],
        { spacing: 'None' },
      ),
    ),
  ];
}

function barsOf(readings: readonly TrendReading[]): CardJson {
  const values = readings.map((one) => one.value);
  const lowest = Math.min(...values);
  const range = Math.max(...values) - lowest;
  const bar = (value: number): string => {
    const share = range === 0 ? 0.5 : (value - lowest) / range;
    return heights[Math.round(share * (heights.length - 1))] ?? heights[0];
  };
  return paragraph([{ text: values.map(bar).join(''), size: 'large', colour: 'accent' }], { spacing: 'Small' });
}
