// The words, icons and colours for ratings, kinds and dates that every card shares: the word comes first.
import type { MeasureState, RiskBand } from '../board/assessment';
import type { Calendar } from '../board/calendar';
import type { CivilDate, DeliveryStatus, MitigationStatus, SubjectKind } from '../board/model';
import { capital, deliveryWords as boardWords, measureStateWords } from '../board/wording';
import type { Colour, Run } from './kit';

export interface StatusWords {
  readonly word: string;
  /** A plain character, different in shape for each status. */
  readonly icon: string;
  readonly colour: Colour;
}

const delivery = (status: DeliveryStatus, icon: string, colour: Colour): StatusWords => ({
  word: boardWords[status],
  icon,
  colour,
});

export const deliveryWords: Readonly<Record<DeliveryStatus, StatusWords>> = {
  'not-started': delivery('not-started', '○', 'default'),
  'on-track': delivery('on-track', '●', 'good'),
  'at-risk': delivery('at-risk', '▲', 'warning'),
  'off-track': delivery('off-track', '■', 'attention'),
  complete: delivery('complete', '✓', 'accent'),
  embedded: delivery('embedded', '◆', 'accent'),
};

const band = (name: RiskBand, icon: string, colour: Colour): StatusWords => ({ word: capital(name), icon, colour });

export const riskBandWords: Readonly<Record<RiskBand, StatusWords>> = {
  low: band('low', '○', 'default'),
  moderate: band('moderate', '●', 'good'),
  high: band('high', '▲', 'warning'),
  extreme: band('extreme', '■', 'attention'),
};

const measure = (state: MeasureState, icon: string, colour: Colour): StatusWords => ({
  word: measureStateWords[state],
  icon,
  colour,
});

export const measureWords: Readonly<Record<MeasureState, StatusWords>> = {
  ahead: measure('ahead', '✓', 'good'),
  'within-tolerance': measure('within-tolerance', '●', 'good'),
  behind: measure('behind', '■', 'attention'),
  'no-reading': measure('no-reading', '○', 'default'),
  'no-expectation': measure('no-expectation', '○', 'default'),
};

export const mitigationWords: Readonly<Record<MitigationStatus, string>> = {
  'not-started': 'Not started',
  'in-progress': 'In progress',
  complete: 'Complete',
};

export const kindWords: Readonly<Record<SubjectKind, string>> = {
  action: 'Action',
  risk: 'Risk',
  mitigation: 'Mitigation',
  measure: 'Measure',
  decision: 'Decision',
};

/** "Off track ■": the word in the colour of all text, which every theme keeps readable; the icon carries the rating's. */
export function statusRuns(status: StatusWords): readonly Run[] {
  return [
    { text: `${status.word} `, bold: true },
    { text: status.icon, bold: true, colour: status.colour },
  ];
}

/** The reason that stands behind a status: without the word where the reason begins with it too. */
export function afterStatus(status: StatusWords | undefined, reason: string): string {
  const opening = status === undefined ? undefined : `${status.word}: `;
  return opening !== undefined && reason.startsWith(opening) ? reason.slice(opening.length) : reason;
}

/** "Wednesday 15 January"; with the year when it is more than half a year away. */
export function dayWords(calendar: Calendar, on: CivilDate, todayOn: CivilDate): string {
  const long = calendar.longDate(on);
  return Math.abs(calendar.daysBetween(todayOn, on)) > 183 ? long : long.replace(/ \d{4}$/, '');
}

/** "today", "tomorrow", "in 3 days", "yesterday", "12 days ago": always beside a date, never alone. */
export function distanceWords(calendar: Calendar, on: CivilDate, todayOn: CivilDate): string {
  const days = calendar.daysBetween(todayOn, on);
  if (days === 0) return 'today';
  if (days === 1) return 'tomorrow';
  if (days === -1) return 'yesterday';
  return days > 0 ? `in ${days} days` : `${-days} days ago`;
}

/** "17:00" as "5 pm", "16:30" as "4:30 pm", "12:00" as "midday". Source: GOV.UK style guide, "Times". */
export function timeWords(time: string): string {
  if (time.startsWith('12:00')) return 'midday';
  if (time.startsWith('00:00')) return 'midnight';
  const hour = Number(time.slice(0, 2));
  const minutes = time.slice(3, 5);
  const twelve = hour % 12 === 0 ? 12 : hour % 12;
  return `${twelve}${minutes === '00' ? '' : `:${minutes}`} ${hour < 12 ? 'am' : 'pm'}`;
}
