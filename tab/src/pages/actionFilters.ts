// Which actions are shown and in what order: the query of the address, so that a link keeps the view.
import type { ActionsResponse } from '../../../bot/api/contract';
import { deliveryOrder, effectOrder } from '../words';

export type ActionRow = ActionsResponse['rows'][number];

export const shows = {
  all: 'All actions',
  open: 'Open',
  slow: 'Slow',
  unanswered: 'Asked, no answer yet',
  disagreements: 'Rated better than the record',
} as const;

export type Show = keyof typeof shows;
export const sortKeys = ['urgency', 'ref', 'area', 'owner', 'due', 'rating', 'effect', 'progress'] as const;
export type SortKey = (typeof sortKeys)[number];

/** As a table, or drawn over time. */
export const forms = { table: 'Table', timeline: 'Timeline' } as const;
export type Form = keyof typeof forms;

export interface Filters {
  readonly form: Form;
  readonly show: Show;
  readonly mine: boolean;
  readonly area: string;
  readonly body: string;
  readonly owner: string;
  readonly rating: string;
  readonly sort: SortKey;
  readonly down: boolean;
}

export function filtersOf(query: URLSearchParams): Filters {
  const show = query.get('show') ?? '';
  const sort = query.get('sort') ?? '';
  return {
    form: query.get('view') === 'timeline' ? 'timeline' : 'table',
    show: isShow(show) ? show : 'all',
    mine: query.get('mine') === 'yes',
    area: query.get('area') ?? '',
    body: query.get('body') ?? '',
    owner: query.get('owner') ?? '',
    rating: query.get('rating') ?? '',
    sort: sortKeys.find((one) => one === sort) ?? 'urgency',
    down: query.get('down') === 'yes',
  };
}

/** The address of a view; what is as usual is left out. */
export function addressOf(filters: Filters): string {
  const query = new URLSearchParams();
  if (filters.form !== 'table') query.set('view', filters.form);
  if (filters.show !== 'all') query.set('show', filters.show);
  if (filters.mine) query.set('mine', 'yes');
  for (const key of ['area', 'body', 'owner', 'rating'] as const) if (filters[key] !== '') query.set(key, filters[key]);
  if (filters.sort !== 'urgency') query.set('sort', filters.sort);
  if (filters.down) query.set('down', 'yes');
  const text = query.toString();
  return text === '' ? '/tab/actions' : `/tab/actions?${text}`;
}

/** True when something is left out, whatever the order and the form. */
export function isNarrowed(filters: Filters): boolean {
  return addressOf({ ...filters, form: 'table', sort: 'urgency', down: false }) !== '/tab/actions';
}

/** Everything, in the form it is looked at. */
export function wholeAddress({ form }: Filters): string {
  return addressOf({ ...filtersOf(new URLSearchParams()), form });
}

export function chosen(rows: readonly ActionRow[], filters: Filters): readonly ActionRow[] {
  const kept = rows.filter(
    (one) =>
      isShown(one, filters.show) &&
      (!filters.mine || one.mine) &&
      (filters.area === '' || one.areaRef === filters.area) &&
      (filters.body === '' || one.body === filters.body) &&
      (filters.owner === '' || one.owner?.ref === filters.owner) &&
      (filters.rating === '' || one.computed === filters.rating),
  );
  const sorted = [...kept].sort(
    (a, b) => compare(orders[filters.sort](a), orders[filters.sort](b)) || compare(a.ref, b.ref),
  );
  return filters.down ? sorted.reverse() : sorted;
}

function isShow(name: string): name is Show {
  return name in shows;
}

function isShown(one: ActionRow, show: Show): boolean {
  switch (show) {
    case 'all':
      return true;
    case 'open':
      return !one.complete;
    case 'slow':
      return one.slow;
    case 'unanswered':
      return one.asked && !one.answered;
    case 'disagreements':
      return one.disagrees;
  }
}

const orders: Readonly<Record<SortKey, (one: ActionRow) => string | number>> = {
  urgency: (one) => one.urgency,
  ref: (one) => one.ref,
  area: (one) => one.areaLabel,
  owner: (one) => one.owner?.name ?? '',
  due: (one) => one.dueOn ?? '9999',
  rating: (one) => deliveryOrder.indexOf(one.computed),
  effect: (one) => -effectOrder.indexOf(one.computedEffect),
  progress: (one) => one.percent,
};

function compare(a: string | number, b: string | number): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
