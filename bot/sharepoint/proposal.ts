// A binding proposed by likeness for what a board's site calls otherwise, and what only a person can say; pure.
import { similarity } from '../board/similarity';
import type { BindingInput, CellStyle, ColumnBinding, ListBinding } from './bindingSchema';
import { dateFromText } from './cellStyles';
import type { ColumnSchema, ListSchema } from './lists';
import type { InventoryColumn, InventoryList } from './siteInventory';
import { namesOfColumn, namesOfList, ourWord } from './synonyms';

export interface Proposal {
  /** What `settings set --key binding` takes; look at it first. */
  readonly binding: BindingInput;
  /** What the proposal leaves open, each in one sentence. */
  readonly open: readonly string[];
}

/** Alike enough to be proposed. */
const leastAlike = 0.75;
const leastList = 0.5;
const titleShare = 0.4;
/** Of two lists that lack nothing, the one with more in common is meant. */
const perColumn = 0.04;
const mostForColumns = 0.2;
/** Placed before the others: without them there is no board. */
const first: ReadonlySet<string> = new Set(['People', 'Actions', 'Meetings']);

/** For the lists named, from what the site has that is not bound yet. */
export function proposeBinding(missing: readonly ListSchema[], there: readonly InventoryList[]): Proposal {
  const pairs = missing.flatMap((list) => there.map((theirs) => ({ list, theirs, score: likenessOf(list, theirs) })));
  const binding: Record<string, ListBinding> = {};
  const open: string[] = [];
  const taken = new Set<string>();
  const rank = (pair: { list: ListSchema; score: number }) => pair.score + (first.has(pair.list.name) ? 10 : 0);
  for (const { list, theirs, score } of pairs.sort((one, other) => rank(other) - rank(one))) {
    if (score < leastList || binding[list.name] !== undefined || taken.has(theirs.title)) continue;
    taken.add(theirs.title);
    const bound = proposeList(list, theirs);
    binding[list.name] = bound.binding;
    open.push(...bound.open);
  }
  return { binding: { lists: binding }, open };
}

function likenessOf(list: ListSchema, theirs: InventoryList): number {
  const title = Math.max(...namesOfList(list).map((one) => similarity(one, theirs.title)));
  const needed = list.columns.filter((one) => one.required === true);
  const scores = needed.map((column) => {
    const best = Math.max(0, ...theirs.columns.map((one) => columnLikeness(list, column, one)));
    return best >= leastAlike ? best : 0;
  });
  const columns = scores.reduce((sum, one) => sum + one, 0) / Math.max(1, scores.length);
  const found = chooseColumns(list, list.columns, theirs.columns).size;
  return titleShare * title + (1 - titleShare) * columns + Math.min(mostForColumns, found * perColumn);
}

function columnLikeness(list: ListSchema, column: ColumnSchema, theirs: InventoryColumn): number {
  if (!mayHold(column, theirs)) return 0;
  if (theirs.name === column.name) return 1.01;
  const names = namesOfColumn(list, column);
  // Of two names that fit alike the one we would use ourselves, or that comes first, is meant.
  return Math.max(
    ...names.map((one, at) => Math.max(similarity(one, theirs.displayName), similarity(one, theirs.name)) - at / 1000),
  );
}

/** False where no style brings one type to the other. */
export function mayHold(column: ColumnSchema, theirs: InventoryColumn): boolean {
  const { type } = theirs;
  switch (column.type) {
    case 'date':
    case 'instant':
      return type === 'dateTime' || type === 'text' || type === 'number';
    case 'number':
      return type === 'number' || type === 'text' || type === 'currency';
    case 'person':
      return type === 'personOrGroup' || type === 'text';
    case 'boolean':
      return type === 'boolean' || type === 'choice' || type === 'text';
    case 'json':
      return false;
    default:
      return type === 'text' || type === 'choice';
  }
}

interface ProposedList {
  readonly binding: ListBinding;
  readonly open: readonly string[];
}

/** For the columns of ours that a list lacks which is bound already, from those of its own that are not bound yet. */
export function proposeColumns(
  list: ListSchema,
  lacking: readonly ColumnSchema[],
  theirs: InventoryList,
): Pick<ProposedList, 'open'> & { readonly binding: Pick<ListBinding, 'columns' | 'words'> } {
  const chosen = chooseColumns(list, lacking, theirs.columns);
  const { columns, words, open } = bindChosen(list, theirs, chosen);
  return { binding: { columns, ...(Object.keys(words).length > 0 ? { words } : {}) }, open };
}

function bindChosen(list: ListSchema, theirs: InventoryList, chosen: ReadonlyMap<ColumnSchema, InventoryColumn>) {
  const columns: Record<string, ColumnBinding> = {};
  const words: Record<string, Record<string, string>> = {};
  const open: string[] = [];
  const say = (text: string) => open.push(`List ${theirs.title}: ${text}`);
  for (const [column, one] of chosen) {
    columns[column.name] = cellOf(column, one);
    const found = wordsOf(list, column, one);
    if (Object.keys(found.words).length > 0) words[column.name] = found.words;
    for (const word of found.unknown) {
      say(`say under words.${column.name} what "${word}" of the column ${one.displayName} stands for.`);
    }
  }
  return { columns, words, open, say };
}

function proposeList(list: ListSchema, theirs: InventoryList): ProposedList {
  const chosen = chooseColumns(list, list.columns, theirs.columns);
  const { columns, words, open, say } = bindChosen(list, theirs, chosen);
  splitTitle(list, theirs, columns, say);
  splitOwner(list, theirs, chosen, columns, say);
  for (const column of list.columns) {
    const stands = list.columns.some((one) => one.field === column.field && columns[one.name] !== undefined);
    if (column.required !== true || stands) continue;
    say(`no column is like ${column.name}, which is needed: name one under columns, or give it a default.`);
  }
  return {
    binding: {
      title: theirs.title,
      columns,
      ...(Object.keys(words).length > 0 ? { words } : {}),
    },
    open,
  };
}

/** Each of ours the most alike of theirs, each of theirs once. */
function chooseColumns(
  list: ListSchema,
  wanted: readonly ColumnSchema[],
  theirs: readonly InventoryColumn[],
): ReadonlyMap<ColumnSchema, InventoryColumn> {
  const own = wanted.filter((one) => one.field !== 'operationKey' && one.field !== 'lastOpId');
  const pairs = own.flatMap((column) =>
    theirs.map((one) => ({ column, one, score: columnLikeness(list, column, one) })),
  );
  const chosen = new Map<ColumnSchema, InventoryColumn>();
  const taken = new Set<string>();
  const fields = new Set<string>();
  for (const { column, one, score } of pairs.sort((a, b) => b.score - a.score)) {
    if (score < leastAlike || chosen.has(column) || taken.has(one.name) || fields.has(column.field)) continue;
    chosen.set(column, one);
    taken.add(one.name);
    fields.add(column.field);
  }
  return chosen;
}

/** How the cells of a column are written, by its type and by what its rows hold. */
export function cellOf(column: ColumnSchema, theirs: InventoryColumn): ColumnBinding {
  const as = styleOf(column, theirs);
  const texts = theirs.samples.filter((one) => typeof one === 'string');
  const empty = [...new Set(texts.filter((one) => emptyWords.has(one.trim().toLowerCase())))];
  if (as === undefined && empty.length === 0) return theirs.name;
  return { name: theirs.name, ...(as === undefined ? {} : { as }), ...(empty.length > 0 ? { empty } : {}) };
}

const emptyWords = new Set([
  'tbc',
  'tba',
  'tbd',
  'n/a',
  'na',
  '-',
  '?',
  'to be confirmed',
  'not known',
  'none',
  'unknown',
]);

function styleOf(column: ColumnSchema, theirs: InventoryColumn): CellStyle | undefined {
  const texts = theirs.samples.filter((one) => typeof one === 'string').map((one) => one.trim());
  if (column.type === 'date') {
    if (theirs.type === 'number') return 'excel serial';
    return theirs.type === 'text' ? dateStyle(texts) : undefined;
  }
  if (column.type === 'number') {
    if (isWordedNumber(column, theirs)) return undefined;
    if (theirs.type === 'text') return texts.some((one) => one.endsWith('%')) ? 'percent as text' : 'number as text';
    const numbers = theirs.samples.filter((one) => typeof one === 'number');
    const isShare =
      numbers.length > 0 && numbers.every((one) => one >= 0 && one <= 1) && numbers.some((one) => one % 1 > 0);
    return isShare && column.name === 'PercentComplete' ? 'fraction' : undefined;
  }
  if (column.type !== 'person') return undefined;
  if (theirs.type === 'personOrGroup') return theirs.multiple ? 'people' : undefined;
  return texts.filter((one) => one.includes('@')).length * 2 > texts.length ? 'e-mail' : 'name';
}

/** "Likely" and "Major" where we keep a number. */
function isWordedNumber(column: ColumnSchema, theirs: InventoryColumn): boolean {
  const texts = theirs.samples.filter((one) => typeof one === 'string');
  return column.type === 'number' && texts.length > 0 && !texts.some((one) => /\d/.test(one));
}

/** The style of most of the dates; others that are dates are understood all the same. */
function dateStyle(texts: readonly string[]): CellStyle {
  const dates = texts.filter((one) => dateFromText(one) !== undefined);
  const most = (pattern: RegExp) => dates.filter((one) => pattern.test(one)).length * 2 > dates.length;
  if (most(/^\d{4}-/)) return 'yyyy-mm-dd';
  if (most(/^\d{1,2}\s+[a-z]{3}\s/i)) return 'd mmm yyyy';
  if (most(/[a-z]/i)) return 'd mmmm yyyy';
  return dates.some((one) => /^0\d\/|\/0\d\//.test(one)) ? 'dd/mm/yyyy' : 'd/m/yyyy';
}

/** More words than this are no status but what people write. */
const mostWords = 15;

function wordsOf(list: ListSchema, column: ColumnSchema, theirs: InventoryColumn) {
  const words: Record<string, string> = {};
  const unknown: string[] = [];
  for (const word of wordsHeld(column, theirs)) {
    if ((column.choices ?? []).includes(word)) continue;
    const ours = ourWord(list, column, word);
    if (ours === undefined) unknown.push(word);
    else words[word] = ours;
  }
  return { words, unknown };
}

/** The words that their column offers or holds for one of ours that takes certain words; none where people write freely. */
export function wordsHeld(column: ColumnSchema, theirs: InventoryColumn): readonly string[] {
  const isWorded =
    column.type === 'choice' ||
    (column.type === 'boolean' && theirs.type !== 'boolean') ||
    isWordedNumber(column, theirs);
  const samples = theirs.samples.filter((one) => typeof one === 'string').map((one) => one.trim());
  const distinct = [...new Set([...theirs.choices, ...samples])];
  if (!isWorded || distinct.length > mostWords) return [];
  return distinct.filter((one) => one !== '' && !emptyWords.has(one.toLowerCase()));
}

/** "APA1.04 Speech therapy": the reference stands before the title. */
const refBefore = /^[A-Z]{1,6}[-.]?\d[\w.-]*\s+\S/i;

function splitTitle(
  list: ListSchema,
  theirs: InventoryList,
  columns: Record<string, ColumnBinding>,
  say: (text: string) => void,
): void {
  const isLacking =
    list.columns.some((one) => one.name === 'Ref' && one.field === 'ref') && columns['Ref'] === undefined;
  const title = theirs.columns.find((one) => one.name === 'Title');
  const texts = title?.samples.filter((one) => typeof one === 'string') ?? [];
  const fitting = texts.filter((one) => refBefore.test(one)).length;
  if (isLacking && title && columns['Title'] === undefined && areRefs(texts)) {
    columns['Ref'] = 'Title';
    return;
  }
  if (!isLacking || columns['Title'] !== 'Title' || fitting * 10 < texts.length * 6 || fitting === 0) return;
  columns['Ref'] = { name: 'Title', part: { separator: ' ', at: 0 } };
  columns['Title'] = { name: 'Title', part: { separator: ' ', from: 1 } };
  say('the reference is taken from the beginning of the title; look whether that is right.');
}

function areRefs(texts: readonly string[]): boolean {
  return texts.length > 0 && new Set(texts).size === texts.length && texts.every((one) => /^[\w.-]{1,12}$/.test(one));
}

const ownerSeparators = ['/', '|', ' - ', ' – ', ';'];

/** "Jo Field / Hertland ICB": the person and the body in one column. */
function splitOwner(
  list: ListSchema,
  theirs: InventoryList,
  chosen: ReadonlyMap<ColumnSchema, InventoryColumn>,
  columns: Record<string, ColumnBinding>,
  say: (text: string) => void,
): void {
  const owner = columns['Owner'];
  const body = list.columns.find((one) => one.name === 'LeadBody');
  if (typeof owner !== 'object' || owner === null || owner.as !== 'name' || !body || chosen.has(body)) return;
  const texts =
    theirs.columns.find((one) => one.name === owner.name)?.samples.filter((one) => typeof one === 'string') ?? [];
  const separator = ownerSeparators.find((one) => texts.filter((text) => text.includes(one)).length * 2 > texts.length);
  if (separator === undefined) return;
  columns['Owner'] = { ...owner, part: { separator, at: 0 } };
  columns['LeadBody'] = { name: owner.name, part: { separator, at: 1 } };
  say(
    `the column ${owner.name} is taken as the owner and, after "${separator}", the lead body; look whether that is right.`,
  );
}
