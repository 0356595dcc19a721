// Who changed what in a board's lists: the version history of their items, and the mark up to which it was looked at.
import { z } from 'zod';
import type { ChangedFields } from '../board/model';
import { ConflictError, NotFoundError, UpstreamError } from '../errors';
import type { HistoryMark, ItemEditor, ItemVersion, SiteHistory } from '../services/ports';
import { readerOf } from './cellReaders';
import { fieldNameOf, selectedFields } from './columnNames';
import type { ValueContext } from './columnNames';
import type { Graph } from './graphClient';
import type { ListSchema } from './lists';
import { itemPath, largestPage, listPath } from './siteLists';
import { schemaOf } from './snapshotReader';
import type { SnapshotReader } from './snapshotReader';

type Ground = Awaited<ReturnType<SnapshotReader['ground']>>;

const user = z.object({ id: z.string().nullish(), email: z.string().nullish(), displayName: z.string().nullish() });
const versionShape = z.object({
  /** `3.0` */
  id: z.string(),
  lastModifiedDateTime: z.iso.datetime({ offset: true }).nullish(),
  lastModifiedBy: z
    .object({ user: user.nullish(), application: z.object({ displayName: z.string().nullish() }).nullish() })
    .nullish(),
  fields: z.record(z.string(), z.unknown()),
});
type RawVersion = z.infer<typeof versionShape>;

/** All versions of an item as Graph gives them, the newest first. Throws NotFoundError when there is no such item. */
export async function readVersions(
  graph: Graph,
  path: string,
  columns: readonly string[],
): Promise<readonly RawVersion[]> {
  const found = await graph.getAll(`${path}/versions?$expand=fields($select=${columns.join(',')})`);
  const versions = z.array(versionShape).safeParse(found);
  if (!versions.success) throw new UpstreamError('Microsoft Graph', 'A version history has not the expected form.');
  return [...versions.data].sort((one, other) => numberOf(other) - numberOf(one));
}

const listedShape = z.object({
  id: z.string(),
  eTag: z.string().optional(),
  '@odata.etag': z.string().optional(),
  createdDateTime: z.iso.datetime({ offset: true }),
  lastModifiedDateTime: z.iso.datetime({ offset: true }),
});
const markRow = z.object({
  id: z.string(),
  eTag: z.string(),
  fields: z.object({ Key: z.string().optional(), Json: z.string().optional() }),
});
const markShape = z.object({ sinceAt: z.string(), accountedToAt: z.string(), historyRows: z.string() });

/** The row of the Settings list that holds the mark. */
const markKey = 'siteEdits';

interface HistorySettings {
  readonly graph: Graph;
  /** The reader of a board; throws NotFoundError for one that is not ours. */
  readonly readerOf: (boardId: string) => Pick<SnapshotReader, 'ground'>;
}

/** Costs, in resource units: a list 2 for 5,000 rows, an item's versions 2, the mark 2 to read and 2 to move. */
export function createSiteHistory({ graph, readerOf }: HistorySettings): SiteHistory {
  async function readMark(ground: Ground): Promise<{ row: z.infer<typeof markRow>; mark?: HistoryMark } | undefined> {
    const rows = await graph.getAll(`${settingsPath(ground)}/items?$expand=fields($select=Key,Json)`);
    const row = rows.flatMap((one) => markRow.safeParse(one).data ?? []).find((one) => one.fields.Key === markKey);
    if (!row) return undefined;
    const mark = markShape.safeParse(jsonOf(row.fields.Json));
    return mark.success ? { row, mark: mark.data } : { row };
  }

  return {
    async items(boardId, record) {
      const ground = await readerOf(boardId).ground();
      const listId = ground.places.get(schemaOf(record).name)?.listId;
      if (listId === undefined) return [];
      const select = 'id,eTag,createdDateTime,lastModifiedDateTime';
      const rows = z
        .array(listedShape)
        .safeParse(
          await graph.getAll(`${listPath(ground.site.id, listId)}/items?$select=${select}&$top=${largestPage}`),
        );
      if (!rows.success) throw new UpstreamError('Microsoft Graph', 'The items of a list have not the expected form.');
      return rows.data.map((one) => ({
        itemId: one.id,
        version: one.eTag ?? one['@odata.etag'] ?? '',
        changedAt: instantOf(one.lastModifiedDateTime),
        wasChanged: one.lastModifiedDateTime !== one.createdDateTime,
      }));
    },

    async versions(boardId, record, itemId) {
      const ground = await readerOf(boardId).ground();
      const list = schemaOf(record);
      const place = ground.places.get(list.name);
      if (!place) return undefined;
      const { context } = ground;
      try {
        const columns = [...selectedFields(list, context.binding, place.missing), 'EditorLookupId'];
        const versions = await readVersions(graph, itemPath(ground.site.id, place.listId, itemId), columns);
        return versions.map((one) => versionOf(list, one, context)).reverse();
      } catch (error) {
        if (error instanceof NotFoundError) return undefined;
        throw error;
      }
    },

    async mark(boardId) {
      return (await readMark(await readerOf(boardId).ground()))?.mark;
    },

    async keepMark(boardId, mark) {
      const ground = await readerOf(boardId).ground();
      const path = `${settingsPath(ground)}/items`;
      const fields = { Key: markKey, Json: JSON.stringify(mark) };
      const known = await readMark(ground);
      try {
        if (known) await graph.patch(`${path}/${known.row.id}`, { fields }, { ifMatch: known.row.eTag });
        else await graph.post(path, { fields: { ...fields, OperationKey: `setting:${markKey}` } });
      } catch (error) {
        // Another instance was first, here or by the unique key: its mark serves as well.
        const taken = error instanceof UpstreamError && error.status === 409;
        if (!(error instanceof ConflictError) && !taken) throw error;
      }
    },
  };
}

function versionOf(list: ListSchema, raw: RawVersion, context: ValueContext): ItemVersion {
  if (typeof raw.lastModifiedDateTime !== 'string')
    throw new UpstreamError('Microsoft Graph', 'A version came without its moment.');
  const fields = fieldsOf(list, raw.fields, context);
  const [operationId, operationKey] = [fields['lastOpId'], fields['operationKey']];
  return {
    number: numberOf(raw),
    at: instantOf(raw.lastModifiedDateTime),
    editor: editorOf(raw, context),
    ...(typeof operationId === 'string' ? { operationId } : {}),
    ...(typeof operationKey === 'string' ? { operationKey } : {}),
    fields,
  };
}

/** SharePoint shows what an application wrote alone as the user "SharePoint App", who has neither id nor address. */
const appUser = 'SharePoint App';

function editorOf(raw: RawVersion, context: ValueContext): ItemEditor {
  const { user: who, application } = raw.lastModifiedBy ?? {};
  const name = who?.displayName ?? undefined;
  const [email, entraObjectId] = [who?.email ?? undefined, who?.id ?? undefined];
  const lookupId = raw.fields['EditorLookupId'];
  const personRef = typeof lookupId === 'string' ? context.people.refOf(lookupId) : undefined;
  const hasName = name !== undefined && name !== appUser && (application === undefined || application === null);
  if (email === undefined && entraObjectId === undefined && personRef === undefined && !hasName)
    return { kind: 'program', name: application?.displayName ?? name ?? 'a program' };
  return {
    kind: 'person',
    name: name ?? email ?? 'a person',
    ...(email === undefined ? {} : { email }),
    ...(entraObjectId === undefined ? {} : { entraObjectId }),
    ...(personRef === undefined ? {} : { personRef }),
  };
}

/** What a version says, field by field; what is not understood stands as SharePoint holds it. */
function fieldsOf(list: ListSchema, raw: Readonly<Record<string, unknown>>, context: ValueContext): ChangedFields {
  const fields: Record<string, ChangedFields[string]> = {};
  for (const column of list.columns) {
    const cell = raw[fieldNameOf(list, column, context.binding)];
    const decoded = readerOf(list, column, context)(cell);
    if (decoded.kind === 'absent' || column.field in fields) continue;
    fields[column.field] = plainValue(decoded.kind === 'value' ? decoded.value : cell);
  }
  return fields;
}

function plainValue(value: unknown): ChangedFields[string] {
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') return value;
  return Array.isArray(value) ? value.join('; ') : JSON.stringify(value);
}

function settingsPath(ground: Ground): string {
  const place = ground.places.get('Settings');
  if (!place) throw new NotFoundError('list', 'Settings');
  return listPath(ground.site.id, place.listId);
}

function jsonOf(text: string | undefined): unknown {
  try {
    return JSON.parse(text ?? '');
  } catch {
    // JSON.parse throws for nothing but text that is no JSON; somebody has written into the row.
    return undefined;
  }
}

function numberOf(version: { readonly id: string }): number {
  return Number.parseFloat(version.id);
}

function instantOf(text: string): string {
  return new Date(text).toISOString();
}
