// The secretary changes the standing items of the agenda: what fits, item by item, and before and after in words.
import { agendaLeadWords, agendaLimits, defaultAgenda, type AgendaItem } from './agenda';
import { collect } from './answerDraft';
import { canonicalJson } from './canonical';
import type { SettingIssue, SettingLine } from './settingModel';
import { strictIssues } from './update';
import { count } from './wording';

export type AgendaDraft =
  | { readonly issues: readonly SettingIssue[] }
  /** Undefined: the published agenda holds. */
  | { readonly items: readonly AgendaItem[] | undefined };

const titleLimits = { min: 1, max: agendaLimits.titleLength };

/** The items as they are kept. Refuses (`items`): none or too many; (`items.N.title`, ...): what of an item does not fit. */
export function agendaDraft(given: readonly AgendaItem[] | null): AgendaDraft {
  if (given === null) return { items: undefined };
  const found = collect();
  if (given.length === 0) found.refuse('items', 'An agenda has at least one item.');
  if (given.length > agendaLimits.items) found.refuse('items', `An agenda has at most ${agendaLimits.items} items.`);
  const taken = new Set<string>();
  const items = given.map((one, index) => {
    const place = `items.${index}`;
    const title = found.text(`${place}.title`, one.title, titleLimits) ?? '';
    if (title === '') found.refuse(`${place}.title`, 'Say what the item is about.');
    const { topic, minutes, lead } = one;
    if (!Number.isInteger(minutes) || minutes < 1 || minutes > agendaLimits.minutes)
      found.refuse(`${place}.minutes`, `Give whole minutes from 1 to ${agendaLimits.minutes}.`);
    const key = keyOf({ topic, title });
    if (taken.has(key))
      found.refuse(
        `${place}.title`,
        topic === 'other' ? 'Another item has this title.' : 'This standing item is on the agenda already.',
      );
    taken.add(key);
    const asks = found.text(`${place}.asks`, one.asks ?? '', titleLimits);
    return { topic, title, minutes, lead, ...(asks === undefined ? {} : { asks }) };
  });
  const issues = strictIssues(found);
  if (issues.length > 0) return { issues };
  return { items: canonicalJson(items) === canonicalJson(defaultAgenda) ? undefined : items };
}

/** A line for each item that came, went or changed, and one for their order. */
export function agendaLines(was: readonly AgendaItem[], is: readonly AgendaItem[]): readonly SettingLine[] {
  const [before, after] = [byKey(was), byKey(is)];
  const keys = [...new Set([...before.keys(), ...after.keys()])];
  const items = keys.flatMap((key): readonly SettingLine[] => {
    const [old, now] = [before.get(key), after.get(key)];
    const line = {
      what: `Agenda, “${(old ?? now)?.title}”`,
      before: old ? itemWords(old, now) : 'not on it',
      after: now ? itemWords(now, old) : 'not on it',
    };
    return line.before === line.after ? [] : [line];
  });
  // Items that came or went are told by themselves, and a new title too.
  const order = (from: ReadonlyMap<string, Placed>): readonly string[] =>
    [...from.keys()].flatMap((key) => (before.has(key) ? (after.get(key)?.title ?? []) : []));
  const [orderBefore, orderAfter] = apart(order(before), order(after));
  if (orderBefore.length === 0) return items;
  return [...items, { what: 'Order of the agenda', before: orderBefore.join('; '), after: orderAfter.join('; ') }];
}

/** Two orders of the same titles without what they begin and end with alike. */
function apart(one: readonly string[], other: readonly string[]): readonly [readonly string[], readonly string[]] {
  const differs = (title: string, at: number): boolean => title !== other[at];
  const from = one.findIndex(differs);
  if (from === -1) return [[], []];
  const to = one.findLastIndex(differs) + 1;
  return [one.slice(from, to), other.slice(from, to)];
}

interface Placed extends AgendaItem {
  readonly place: string;
}

function byKey(agenda: readonly AgendaItem[]): ReadonlyMap<string, Placed> {
  return new Map(agenda.map((one, index) => [keyOf(one), { ...one, place: `item ${index + 1} of ${agenda.length}` }]));
}

/** A standing item is its topic, one of the board's own its title. */
function keyOf({ topic, title }: Pick<AgendaItem, 'topic' | 'title'>): string {
  return topic === 'other' ? `other/${title}` : topic;
}

/** Where it stands is told of an item that came or went alone. */
function itemWords({ title, minutes, lead, asks, place }: Placed, other: Placed | undefined): string {
  return [
    ...(other === undefined ? [place] : other.title === title ? [] : [`“${title}”`]),
    count(minutes, 'minute'),
    `led by ${agendaLeadWords[lead]}`,
    ...(asks === undefined ? [] : [`asked of the board: ${asks}`]),
  ].join(', ');
}
