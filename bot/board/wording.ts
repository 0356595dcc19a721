// The words and small sentences that every judgement uses, in plain British English.
import type { MeasureState } from './assessment';
import type { CivilDate, DeliveryStatus, EffectStatus, EvidenceKind, Month } from './terms';

export const deliveryWords: Readonly<Record<DeliveryStatus, string>> = {
  'not-started': 'Not started',
  'on-track': 'On track',
  'at-risk': 'At risk',
  'off-track': 'Off track',
  complete: 'Complete',
  embedded: 'Embedded',
};

export const effectWords: Readonly<Record<EffectStatus, string>> = {
  'too-early': 'Too early to say',
  'no-evidence': 'No evidence of effect',
  'some-evidence': 'Some evidence of effect',
  'clear-evidence': 'Clear evidence of effect',
};

export const evidenceWords: Readonly<Record<EvidenceKind, string>> = {
  'family-voice': "family's voice",
  'child-voice': "child's voice",
  audit: 'audit',
  observation: 'observation',
  data: 'data',
};

export const measureStateWords: Readonly<Record<MeasureState, string>> = {
  ahead: 'Ahead',
  'within-tolerance': 'Within tolerance',
  behind: 'Behind',
  'no-reading': 'No reading',
  'no-expectation': 'Nothing expected of it yet',
};

/** What is offered to those whose contribution needs strengthening. Source: docs/rules.md, "Contributions". */
export const helpOnOffer =
  'the secretary calls before the deadline, takes answers by telephone or e-mail, and helps to name a deputy. Please say what else would help.';

const whole = new Intl.NumberFormat('en-GB');
const decimal = new Intl.NumberFormat('en-GB', { maximumFractionDigits: 2 });

/** `1 working day`, `2 working days`. */
export function count(n: number, one: string, many = `${one}s`): string {
  return `${whole.format(n)} ${n === 1 ? one : many}`;
}

/** `a`, `a and b`, `a, b and c`. */
export function listed(parts: readonly string[]): string {
  const last = parts.at(-1);
  if (last === undefined) return '';
  return parts.length === 1 ? last : `${parts.slice(0, -1).join(', ')} and ${last}`;
}

/** The clause as a sentence: a capital first, a full stop last. */
export function sentence(clause: string): string {
  return `${capital(clause)}.`;
}

/** The first letter a capital. */
export function capital(words: string): string {
  return `${words.charAt(0).toUpperCase()}${words.slice(1)}`;
}

/** The first letter small, for use inside a sentence. */
export function small(words: string): string {
  return `${words.charAt(0).toLowerCase()}${words.slice(1)}`;
}

/** A number as people write it, at most two decimals. */
export function plain(value: number): string {
  return decimal.format(value);
}

/** A value with its unit: `84%`, `58 weeks`. Source: GOV.UK style guide, "Percentages". */
export function figure(value: number, unit: string): string {
  return unit === '%' ? `${plain(value)}%` : `${plain(value)} ${unit}`;
}

/** How far two values are apart: `3 percentage points`, `2 weeks`; 3% of a percentage would be something else. */
export function distance(value: number, unit: string): string {
  return unit === '%' ? `${plain(value)} percentage ${value === 1 ? 'point' : 'points'}` : `${plain(value)} ${unit}`;
}

const monthNames = [
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

/** `November 2024`. */
export function monthName(period: Month): string {
  return `${monthNames[Number(period.slice(5, 7)) - 1] ?? period.slice(5, 7)} ${period.slice(0, 4)}`;
}

/** `30 June 2025`. */
export function dayWords(on: CivilDate): string {
  return `${Number(on.slice(8, 10))} ${monthName(on.slice(0, 7))}`;
}

/** `8, with the chair or deputy, council and ICB`. */
export function quorumWords({ minimum, mustInclude }: { minimum: number; mustInclude: readonly string[] }): string {
  const who = listed(mustInclude.map((one) => (one === 'icb' ? 'ICB' : one)));
  return mustInclude.length === 0 ? String(minimum) : `${minimum}, with ${who}`;
}
