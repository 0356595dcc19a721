// Which risks are shown, and whose scores the matrix counts: the query of the address, so that a link keeps the view.
import type { RisksResponse } from '../../../bot/api/contract';

export type Risk = RisksResponse['rows'][number];

export const moments = {
  now: 'As they are now',
  inherent: 'Before anything was done',
  target: 'As aimed for',
} as const;
type Moment = keyof typeof moments;

export const shows = {
  all: 'All open risks',
  above: 'Above tolerance',
  stuck: 'Stuck',
  rising: 'Rising',
  overdue: 'With an overdue step',
} as const;
type Show = keyof typeof shows;

interface Cell {
  readonly likelihood: number;
  readonly impact: number;
}

export interface Filters {
  readonly moment: Moment;
  readonly show: Show;
  readonly cell: Cell | undefined;
}

export function filtersOf(query: URLSearchParams): Filters {
  const [moment, show] = [query.get('scores') ?? '', query.get('show') ?? ''];
  const cell = /^([1-5])x([1-5])$/.exec(query.get('cell') ?? '');
  return {
    moment: isMoment(moment) ? moment : 'now',
    show: isShow(show) ? show : 'all',
    cell: cell ? { likelihood: Number(cell[1]), impact: Number(cell[2]) } : undefined,
  };
}

function isMoment(name: string): name is Moment {
  return Object.hasOwn(moments, name);
}

function isShow(name: string): name is Show {
  return Object.hasOwn(shows, name);
}

/** The address of a view; what is as usual is left out. */
export function addressOf({ moment, show, cell }: Filters): string {
  const query = new URLSearchParams();
  if (moment !== 'now') query.set('scores', moment);
  if (show !== 'all') query.set('show', show);
  if (cell) query.set('cell', `${cell.likelihood}x${cell.impact}`);
  const text = query.toString();
  return text === '' ? '/tab/risks' : `/tab/risks?${text}`;
}

function scoreAt(risk: Risk, moment: Moment): Cell {
  return moment === 'now' ? { likelihood: risk.likelihood, impact: risk.impact } : risk[moment];
}

export function isIn(risk: Risk, moment: Moment, cell: Cell): boolean {
  const { likelihood, impact } = scoreAt(risk, moment);
  return likelihood === cell.likelihood && impact === cell.impact;
}

/** Those of the chosen kind, wherever they stand in the matrix. */
export function ofKind(rows: readonly Risk[], show: Show): readonly Risk[] {
  return rows.filter((one) => {
    if (show === 'above') return one.aboveTolerance;
    if (show === 'stuck') return one.stuck;
    if (show === 'rising') return one.rising;
    if (show === 'overdue') return one.mitigations.some((step) => step.overdue);
    return true;
  });
}
