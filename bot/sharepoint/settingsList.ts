// The rows of a board's Settings list: read with their versions, written under If-Match with a row that says who and what.
import { NotFoundError, UpstreamError } from '../errors';
import type { Logger } from '../logger';
import type { RecordWrite, WriteOutcome } from '../services/ports';
import { ownNames, parseBinding } from './binding';
import type { Binding } from './binding';
import { noSettings, rowFor } from './boardSettings';
import { selectedFields } from './columnNames';
import type { ValueContext } from './columnNames';
import type { Graph } from './graphClient';
import { ItemWriter } from './itemWriter';
import { parseItem } from './listItem';
import { parseList } from './parseItems';
import { sitePeople } from './people';
import type { RecordOf } from './recordShapes';
import { findSite, largestPage, listPath, readListIds, rowsOf } from './siteLists';
import { schemaOf } from './snapshotReader';
import type { SettingKey } from './settingsSchema';

export interface SettingsPlace {
  readonly graph: Graph;
  /** `host:/path` */
  readonly siteUrl: string;
  readonly boardId: string;
}

export type SettingRow = RecordOf<'setting'>;

const context: ValueContext = { ...noSettings, people: sitePeople([], []) };

/** The Settings list alone: it can be read and written before the board's other lists are there or bound. */
async function open({ graph, siteUrl }: SettingsPlace) {
  const list = schemaOf('setting');
  const site = await findSite(graph, siteUrl);
  const listId = (await readListIds(graph, site.id)).get(list.name);
  if (listId === undefined) {
    throw new NotFoundError('list', `${list.name} in the site ${site.name} ("npm run board -- provision" makes it)`);
  }
  return { list, site, listId };
}

/** Every row, those of other boards in the same site and the trace of changes included. */
export async function readSettingRows(place: SettingsPlace): Promise<readonly SettingRow[]> {
  const { list, site, listId } = await open(place);
  const columns = selectedFields(list, context.binding, new Set());
  const items = await place.graph.getAll(rowsOf.items(listPath(site.id, listId), columns, largestPage));
  return parseList('setting', list, items.map(parseItem), context, new Set()).records;
}

/** The row in force for a board; undefined when there is none. */
export function settingRow(rows: readonly SettingRow[], key: SettingKey, boardId: string): SettingRow | undefined {
  const name = rowFor(rows, key, boardId);
  return rows.find((one) => one.key === name);
}

/** The rows, or none where the site has no Settings list yet. */
export async function settingRowsIfAny(place: SettingsPlace): Promise<readonly SettingRow[]> {
  try {
    return await readSettingRows(place);
  } catch (error) {
    if (error instanceof NotFoundError && error.what === 'list') return [];
    throw error;
  }
}

/** What the rows say about the names of the board's lists; findings where it does not fit. */
export function bindingIn(rows: readonly SettingRow[], boardId: string): ReturnType<typeof parseBinding> {
  const json = settingRow(rows, 'binding', boardId)?.json;
  return parseBinding(json === undefined ? undefined : parsedJson(json));
}

/** The bindings of the other boards that share the site; their lists are not this board's. */
export function otherBindings(rows: readonly SettingRow[], boardId: string): readonly Binding[] {
  const inForce = rowFor(rows, 'binding', boardId);
  const others = rows.filter((one) => one.key !== inForce && /^binding(@|$)/.test(one.key));
  const bindings = others.map((one) => parseBinding(parsedJson(one.json ?? '')).binding);
  // Beside a board with names of its own stands one with ours.
  const isShared = inForce !== 'binding' && !others.some((one) => one.key === 'binding');
  return isShared ? [...bindings, ownNames] : bindings;
}

export async function bindingInForce(place: SettingsPlace): Promise<Binding> {
  return bindingIn(await settingRowsIfAny(place), place.boardId).binding;
}

/** The value, or undefined for a text that is no JSON. */
export function parsedJson(json: string): unknown {
  try {
    const parsed: unknown = JSON.parse(json);
    return parsed;
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    return undefined;
  }
}

export interface SettingChange {
  readonly key: SettingKey;
  /** The row that was read; a new one is made when absent. */
  readonly row: SettingRow | undefined;
  /** Kept for this board alone, where several share a site. */
  readonly ownRow: boolean;
  readonly json: string;
  readonly by: string;
  readonly at: string;
  /** The same again writes nothing twice. */
  readonly operationId: string;
}

/** Refused when somebody changed the row since it was read. */
export async function writeSetting(place: SettingsPlace, logger: Logger, change: SettingChange): Promise<WriteOutcome> {
  const { site, list, listId } = await open(place);
  const places = new Map([[list.name, { listId, missing: new Set<string>() }]]);
  const writer = new ItemWriter({
    graph: place.graph,
    logger,
    // What reads the board is told by its next reading.
    reader: { ground: async () => ({ site, places, context }), replace: () => undefined, invalidate: () => undefined },
  });
  return writer.write({ boardId: place.boardId, operationId: change.operationId, writes: writesOf(place, change) });
}

function writesOf(place: SettingsPlace, change: SettingChange): readonly RecordWrite[] {
  const { key, row, json, by, at, operationId } = change;
  const name = change.ownRow ? `${key}@${place.boardId}` : key;
  const trace = { by, at, route: 'operator command', before: row?.json ?? null, after: json };
  return [
    row === undefined
      ? { kind: 'add', record: 'setting', operationKey: operationId, values: { key: name, json } }
      : { kind: 'change', record: 'setting', ref: row.key, ...stampOf(row), changes: { json } },
    // Append-only, as the list Updates is for answers.
    {
      kind: 'add',
      record: 'setting',
      operationKey: `${operationId}:trace`,
      // Two changes may fall on one moment.
      values: { key: `trace/${name}/${at}/${operationId.slice(-8)}`, json: JSON.stringify(trace) },
    },
  ];
}

function stampOf(row: SettingRow) {
  if (row.stamp) return row.stamp;
  throw new UpstreamError('Microsoft Graph', `The row ${row.key} of the list Settings came without its version.`);
}
