// Words for people: dates in full, ratings, counts; the same words as in cards and papers.
import type { DeliveryStatus, EffectStatus } from '../../bot/api/contract';

const weekdays = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'];
const months = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
];

/** `2025-01-15` as `Wednesday 15 January 2025`. */
export function longDate(on: string): string {
  const date = new Date(`${on}T00:00:00Z`);
  return `${weekdays[date.getUTCDay()]} ${shortDate(on)}`;
}

/** `2025-01-15` as `15 January 2025`, for tables. */
export function shortDate(on: string): string {
  const date = new Date(`${on}T00:00:00Z`);
  return `${date.getUTCDate()} ${months[date.getUTCMonth()]} ${date.getUTCFullYear()}`;
}

export const deliveryOrder: readonly DeliveryStatus[] = [
  'off-track',
  'at-risk',
  'on-track',
  'not-started',
  'complete',
  'embedded',
];

export const deliveryWords: Readonly<Record<DeliveryStatus, string>> = {
  'not-started': 'Not started',
  'on-track': 'On track',
  'at-risk': 'At risk',
  'off-track': 'Off track',
  complete: 'Complete',
  embedded: 'Embedded',
};

export const effectOrder: readonly EffectStatus[] = ['clear-evidence', 'some-evidence', 'no-evidence', 'too-early'];

export const effectWords: Readonly<Record<EffectStatus, string>> = {
  'clear-evidence': 'Clear evidence',
  'some-evidence': 'Some evidence',
  'no-evidence': 'No evidence',
  'too-early': 'Too early',
};

export const bandWords = { low: 'Low', moderate: 'Moderate', high: 'High', extreme: 'Extreme' } as const;

/** `1 action`, `3 actions`. */
export function counted(n: number, singular: string, plural = `${singular}s`): string {
  return `${n} ${n === 1 ? singular : plural}`;
}

/** The first letter small, for use inside a sentence. */
export function small(words: string): string {
  return `${words.charAt(0).toLowerCase()}${words.slice(1)}`;
}

/** `second`, `third`: how many meetings running; past tenth in figures. */
export function ordinal(n: number): string {
  const words = ['first', 'second', 'third', 'fourth', 'fifth', 'sixth', 'seventh', 'eighth', 'ninth', 'tenth'];
  return words[n - 1] ?? `${n}th`;
}

export function bytesWords(bytes: number): string {
  return bytes < 1024 * 1024 ? `${Math.max(1, Math.round(bytes / 1024))} KB` : `${(bytes / 1048576).toFixed(1)} MB`;
}
