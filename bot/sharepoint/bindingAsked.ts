// A binding with what the secretary chose for one list put in, from the columns and words that the site really has; pure.
import type { SettingValue } from '../board/settingModel';
import { plainName, shownName } from '../board/siteNames';
import type { InputIssue } from '../errors';
import type { AskedBinding } from '../services/portsSettings';
import { folded, parseBinding } from './binding';
import { bindingSchema, columnOf, operationColumns } from './bindingSchema';
import type { BindingInput, ColumnBinding, ListBinding } from './bindingSchema';
import { lists } from './lists';
import type { ColumnSchema, ListSchema } from './lists';
import { cellOf, mayHold, wordsHeld } from './proposal';
import type { InventoryList } from './siteInventory';
import { mayBeTheirs } from './synonyms';

export type Bound = { readonly after: SettingValue } | { readonly issues: readonly InputIssue[] };

/** Our list of that name, where a council may have it; undefined for the assistant's own lists. */
export function boundListOf(name: string): ListSchema | undefined {
  return lists.find((one) => one.name === name && mayBeTheirs(one));
}

/** The title of the list that is asked for; null: the council does not keep it. */
export function titleAsked(before: SettingValue | undefined, list: ListSchema, asked: string | null | undefined) {
  if (asked !== undefined) return asked;
  const { binding } = parseBinding(before);
  return binding.keeps(list) ? binding.titleOf(list) : null;
}

/** `theirs`: the list of the title asked for, as the site has it. Refuses, by place in the binding, what it does not have. */
export function boundAsAsked(
  before: SettingValue | undefined,
  list: ListSchema,
  asked: AskedBinding,
  theirs: InventoryList | undefined,
): Bound {
  const kept = bindingSchema.safeParse(before ?? {});
  if (!kept.success) {
    const message = 'The binding that is kept has not its form: the operator mends it (settings check).';
    return { issues: [{ field: 'change', message }] };
  }
  const title = titleAsked(before, list, asked.title);
  if (title === null) return { after: withList(kept.data, list, null) };
  const place = `lists.${list.name}`;
  if (!theirs) {
    const message = `The site has no list “${title}”: choose one of those it has.`;
    return { issues: [{ field: `${place}.title`, message }] };
  }
  const isOther = titleAsked(before, list, undefined) !== title;
  const entry = kept.data.lists?.[list.name] ?? {};
  // What was said of another list's columns does not hold for this one; what an empty cell means may.
  const base: ListBinding = isOther ? (entry.defaults ? { defaults: entry.defaults } : {}) : entry;
  const changed = columnsAsked(list, base, asked, theirs, { place, isOther });
  const worded = wordsAsked(list, changed, asked, theirs, place);
  const issues = [...changed.issues, ...worded.issues];
  if (issues.length > 0) return { issues };
  const { title: _title, columns: _columns, words: _words, ...rest } = base;
  const bound: ListBinding = {
    ...(title === list.name ? {} : { title }),
    ...(Object.keys(changed.columns).length > 0 ? { columns: changed.columns } : {}),
    ...(Object.keys(worded.words).length > 0 ? { words: worded.words } : {}),
    ...rest,
  };
  return { after: withList(kept.data, list, bound) };
}

function withList(binding: BindingInput, { name }: ListSchema, bound: ListBinding | null): SettingValue {
  const rest = Object.fromEntries(Object.entries(binding.lists ?? {}).filter(([one]) => one !== name));
  const isOwn = bound !== null && Object.keys(bound).length === 0;
  const after = isOwn ? rest : { ...rest, [name]: bound };
  const { lists: _lists, ...others } = binding;
  return Object.keys(after).length > 0 ? { ...others, lists: after } : others;
}

interface ColumnsAsked {
  readonly columns: Readonly<Record<string, ColumnBinding>>;
  /** Those of columns that became others are gone. */
  readonly words: Readonly<Record<string, Readonly<Record<string, string>>>>;
  readonly issues: readonly InputIssue[];
}

function columnsAsked(
  list: ListSchema,
  base: ListBinding,
  asked: AskedBinding,
  theirs: InventoryList,
  { place, isOther }: { readonly place: string; readonly isOther: boolean },
): ColumnsAsked {
  const columns: Record<string, ColumnBinding> = { ...base.columns };
  const words = { ...base.words };
  const issues: InputIssue[] = [];
  for (const { column: our, name } of asked.columns) {
    const field = `${place}.columns.${our}`;
    const column = columnOf(list, our);
    if (!column || operationColumns.has(our)) {
      issues.push({ field, message: `The list ${list.name} has no column ${our} that is chosen here.` });
      continue;
    }
    // How its cells are written stays as it was said; of another list it is looked at anew.
    if (!isOther && name === nameOf(columns, column)) continue;
    delete words[our];
    if (name === null) {
      columns[our] = null;
      continue;
    }
    const found = theirs.columns.find((one) => one.name === name);
    if (!found) {
      const message = `The list “${theirs.title}” has no column “${shownName(name)}”: choose one of those it has.`;
      issues.push({ field, message });
      continue;
    }
    if (!mayHold(column, found)) {
      const message = `The column “${found.displayName}” is of a kind that cannot hold what ${plainName(our)} needs: choose another.`;
      issues.push({ field, message });
      continue;
    }
    const cell = cellOf(column, found);
    if (cell === our) delete columns[our];
    else columns[our] = cell;
  }
  return { columns, words, issues };
}

function wordsAsked(
  list: ListSchema,
  { columns, words: before }: ColumnsAsked,
  asked: AskedBinding,
  theirs: InventoryList,
  place: string,
) {
  const words: Record<string, Record<string, string>> = {};
  for (const [our, known] of Object.entries(before)) words[our] = { ...known };
  const issues: InputIssue[] = [];
  for (const { column: our, word, means } of asked.words) {
    const column = columnOf(list, our);
    const name = column && nameOf(columns, column);
    const found = theirs.columns.find((one) => one.name === name);
    if (!column || !found) {
      const message = `The word “${word}” stands in no column that is chosen here.`;
      issues.push({ field: `${place}.words.${our}.${word}`, message });
      continue;
    }
    const of = (words[our] ??= {});
    // Words are compared without regard to case, so the one that is there is the one meant.
    const known = Object.keys(of).find((one) => folded(one) === folded(word)) ?? word;
    if (means === null) delete of[known];
    else if (known === means && of[known] === undefined) continue;
    else {
      // Our own word stays the one that is written where their column holds it.
      const isOurs = wordsHeld(column, found).includes(means) && !Object.values(of).includes(means);
      if (isOurs) of[means] = means;
      of[known] = means;
    }
  }
  const filled = Object.entries(words).filter(([, of]) => Object.keys(of).length > 0);
  return { words: Object.fromEntries(filled), issues };
}

/** The internal name that one of our columns is bound to; null: not kept. */
function nameOf(columns: Readonly<Record<string, ColumnBinding>>, { name }: ColumnSchema): string | null {
  const given = columns[name];
  if (given === null) return null;
  return given === undefined ? name : typeof given === 'string' ? given : given.name;
}
