// Creates what a board's site lacks: lists, columns, indexes, the library. Adds only; never deletes, never retypes.
import { UpstreamError } from '../errors';
import { ownNames } from './binding';
import type { Binding } from './binding';
import type { CellStyle } from './bindingSchema';
import type { Graph } from './graphClient';
import { libraryName, lists } from './lists';
import type { ColumnSchema, ColumnType, ListSchema } from './lists';
import { findSite, listPath, readColumns, readListIds } from './siteLists';
import type { Site, SiteColumn } from './siteLists';

export interface ProvisionSettings {
  readonly graph: Graph;
  /** `host:/path` */
  readonly siteUrl: string;
  /** Plans and changes nothing. */
  readonly dryRun?: boolean;
  readonly binding?: Binding;
  /** Looks at these lists alone, and not at the library. */
  readonly only?: readonly ListSchema[];
}

/** One thing to do; `byHand` is what only a person can mend. */
export interface ProvisionStep {
  readonly kind: 'createList' | 'createLibrary' | 'addColumn' | 'changeColumn' | 'byHand';
  readonly list: string;
  readonly column?: string;
  /** One sentence for the administrator. */
  readonly text: string;
}

export interface Provisioned {
  readonly siteUrl: string;
  readonly steps: readonly ProvisionStep[];
  /** False for a dry run. */
  readonly carriedOut: boolean;
}

interface Work {
  readonly step: ProvisionStep;
  readonly method?: 'POST' | 'PATCH';
  readonly path?: string;
  readonly body?: unknown;
}

/** Additive and idempotent: a second run has nothing to do. Needs the right to manage lists (Sites.Manage.All). */
export async function provision(settings: ProvisionSettings): Promise<Provisioned> {
  const { graph, siteUrl, dryRun = false } = settings;
  const works = await plan(graph, siteUrl, settings.binding ?? ownNames, settings.only);
  if (!dryRun) {
    for (const { method, path, body } of works) {
      if (path !== undefined) await (method === 'PATCH' ? graph.patch(path, body) : graph.post(path, body));
    }
  }
  return { siteUrl, steps: works.map((one) => one.step), carriedOut: !dryRun };
}

async function plan(
  graph: Graph,
  siteUrl: string,
  binding: Binding,
  only: readonly ListSchema[] | undefined,
): Promise<readonly Work[]> {
  const site = await findSite(graph, siteUrl);
  const listIds = await readListIds(graph, site.id);
  const works = await Promise.all(
    (only ?? lists).map(async (list) => {
      if (!binding.keeps(list)) return [];
      const listId = listIds.get(binding.titleOf(list));
      if (listId === undefined) return [createList(site, list, binding)];
      const there = await readColumns(graph, site.id, listId);
      return completeList(site, list, listId, there, binding);
    }),
  );
  const library: Work[] = only !== undefined || listIds.has(libraryName) ? [] : [createLibrary(site)];
  return [...works.flat(), ...library];
}

function createList(site: Site, list: ListSchema, binding: Binding): Work {
  const title = binding.titleOf(list);
  // SharePoint gives every list its Title.
  const columns = ownColumns(list, binding).filter((column) => binding.columnOf(list, column) !== 'Title');
  return {
    step: {
      kind: 'createList',
      list: title,
      text: `Create the list ${title} (${list.description}) with ${columns.length} columns.`,
    },
    method: 'POST',
    path: `sites/${site.id}/lists`,
    body: {
      displayName: title,
      description: list.description,
      list: { template: 'genericList' },
      columns: columns.map((column) => definitionOf(list, column, binding)),
    },
  };
}

/** The columns that the council keeps; where several of ours are parts of one of theirs, the first stands for all. */
function ownColumns(list: ListSchema, binding: Binding): readonly ColumnSchema[] {
  const named = new Set<string>();
  return list.columns.filter((column) => {
    const { kept, name } = binding.of(list, column);
    if (!kept || named.has(name)) return false;
    named.add(name);
    return true;
  });
}

function createLibrary(site: Site): Work {
  return {
    step: { kind: 'createLibrary', list: libraryName, text: `Create the document library ${libraryName}.` },
    method: 'POST',
    path: `sites/${site.id}/lists`,
    body: { displayName: libraryName, list: { template: 'documentLibrary' } },
  };
}

function completeList(
  site: Site,
  list: ListSchema,
  listId: string,
  there: readonly SiteColumn[],
  binding: Binding,
): readonly Work[] {
  const title = binding.titleOf(list);
  const path = `${listPath(site.id, listId)}/columns`;
  return ownColumns(list, binding).flatMap((column): readonly Work[] => {
    const name = binding.columnOf(list, column);
    const found = there.find((one) => one.name === name);
    const step = (kind: ProvisionStep['kind'], text: string): ProvisionStep => ({
      kind,
      list: title,
      column: name,
      text,
    });
    if (!found) {
      const text = `Add the column ${name} (${typeWords[column.type]}) to the list ${title}.`;
      return [{ step: step('addColumn', text), method: 'POST', path, body: definitionOf(list, column, binding) }];
    }
    if (!facetsFor(list, column, binding).includes(found.type)) {
      const text = `The column ${name} of the list ${title} is of the type ${found.type}; ${typeWords[column.type]} is needed. Give it another column, or name one in the binding.`;
      return [{ step: step('byHand', text) }];
    }
    const changes = changesOf(list, column, found, binding);
    if (changes.words.length === 0) return [];
    const text = `In the list ${title}, let the column ${name} ${changes.words.join(' and ')}.`;
    return [{ step: step('changeColumn', text), method: 'PATCH', path: `${path}/${found.id}`, body: changes.body }];
  });
}

function changesOf(list: ListSchema, column: ColumnSchema, found: SiteColumn, binding: Binding) {
  const words: string[] = [];
  const body: Record<string, unknown> = {};
  const { steps, wordsIn } = binding.of(list, column);
  // A part of a cell is neither looked for nor single.
  if (steps.length > 0) return { words, body };
  if (column.indexed && !found.indexed) {
    words.push('be indexed');
    body['indexed'] = true;
  }
  if (column.unique && !found.unique) {
    words.push('hold each value once');
    body['indexed'] = true;
    body['enforceUniqueValues'] = true;
  }
  // Where the board has said what its words stand for, it keeps its own.
  const offered = wordsIn.size > 0 || found.type !== 'choice' ? [] : wordsOf(list, column, binding);
  const missing = offered.filter((one) => !found.choices.includes(one));
  if (missing.length > 0) {
    words.push(`offer ${missing.join(', ')}`);
    body['choice'] = { choices: [...found.choices, ...missing] };
  }
  return { words, body };
}

function wordsOf(list: ListSchema, column: ColumnSchema, binding: Binding): readonly string[] {
  return (column.choices ?? []).map((word) => binding.wordOut(list, column, word));
}

/** A column as Graph takes it: exactly one facet says its type. */
function definitionOf(list: ListSchema, column: ColumnSchema, binding: Binding): Readonly<Record<string, unknown>> {
  const { as, steps } = binding.of(list, column);
  const whole = steps.length === 0;
  return {
    name: binding.columnOf(list, column),
    ...(column.description ? { description: column.description } : {}),
    ...(whole && (column.indexed || column.unique) ? { indexed: true } : {}),
    ...(whole && column.unique ? { enforceUniqueValues: true } : {}),
    ...(styledDefinition(as) ?? facetDefinition(whole ? column : textColumn, wordsOf(list, column, binding))),
  };
}

const textColumn: Pick<ColumnSchema, 'type'> = { type: 'text' };

/** The type of a column whose cells are written in a style of the council's own. */
function styledDefinition(as: CellStyle | undefined): Readonly<Record<string, unknown>> | undefined {
  switch (as) {
    case undefined:
    case 'link':
      return undefined;
    case 'people':
      return { personOrGroup: { allowMultipleSelection: true, chooseFromType: 'peopleOnly' } };
    case 'excel serial':
    case 'fraction':
    case 'number':
      return { number: {} };
    case 'time':
      return { dateTime: { format: 'dateTime' } };
    default:
      return { text: {} };
  }
}

/** The types of column that hold what is meant; the first is the one we would make. */
function facetsFor(list: ListSchema, column: ColumnSchema, binding: Binding): readonly string[] {
  const { as, steps, wordsIn } = binding.of(list, column);
  if (as === 'link') return ['hyperlinkOrPicture', 'text'];
  if (as === 'choices') return ['choice'];
  const styled = styledDefinition(as);
  if (styled) return Object.keys(styled);
  if (steps.length > 0) return ['text', 'choice'];
  const own = facetOf(column.type);
  const worded = wordsIn.size > 0 ? ['choice', 'text'] : [];
  if (column.type === 'choice') return [own, 'text'];
  return own === 'text' ? [own, 'choice'] : [own, ...worded];
}

function facetDefinition(
  column: Pick<ColumnSchema, 'type'>,
  choices: readonly string[],
): Readonly<Record<string, unknown>> {
  switch (column.type) {
    case 'text':
      return { text: {} };
    case 'number':
      return { number: {} };
    case 'boolean':
      return { boolean: {} };
    case 'date':
      return { dateTime: { format: 'dateOnly' } };
    case 'instant':
      return { dateTime: { format: 'dateTime' } };
    case 'choice':
      return { choice: { choices, allowTextEntry: false, displayAs: 'dropDownMenu' } };
    case 'person':
      return { personOrGroup: { allowMultipleSelection: false, chooseFromType: 'peopleOnly' } };
    default:
      // Lists of references outgrow the 255 characters of a single line.
      return { text: { allowMultipleLines: true, textType: 'plain' } };
  }
}

function facetOf(type: ColumnType): string {
  const [facet] = Object.keys(facetDefinition({ type }, []));
  if (facet === undefined)
    throw new UpstreamError('Microsoft Graph', `There is no facet for a column of type ${type}.`);
  return facet;
}

const typeWords: Readonly<Record<ColumnType, string>> = {
  text: 'a line of text',
  note: 'several lines of text',
  number: 'a number',
  boolean: 'yes or no',
  date: 'a date',
  instant: 'a date and time',
  choice: 'a choice',
  person: 'one person',
  refs: 'several lines of text',
  words: 'several lines of text',
  json: 'several lines of text',
};
