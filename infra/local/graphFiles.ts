// Document libraries of the local Graph: drives, folders, upload and download by path or id.
import { z } from 'zod';
import {
  checkName,
  childrenOf,
  conflictBehaviours,
  driveIdOf,
  drivePatterns,
  nameTaken,
  placePatterns,
  type ConflictBehaviour,
  type DrivePlaces,
} from './drivePlaces';
import { linkTo, type GraphCall, type GraphResponse, type Operation } from './graph';
import { GraphFailure, invalidRequest, notFound } from './graphError';
import { checkSite, contextOf, listUrl, pick } from './graphLists';
import type { LocalList } from './localItems';
import { readQuery, readSkiptoken, writeSkiptoken } from './odata';
import type { DriveNode } from './records';
import type { Tenant } from './tenant';

const quotaBytes = 1024 ** 4;
const defaultPage = 200;

export function graphFilesOperations(tenant: Tenant, places: DrivePlaces): readonly Operation[] {
  const { libraries, driveOf, placeOf, nodeOf, graphNode } = places;

  function graphDrive(list: LocalList): Record<string, unknown> {
    return {
      id: driveIdOf(list),
      name: list.record.displayName,
      description: list.record.description,
      driveType: 'documentLibrary',
      webUrl: listUrl(list.record),
      createdDateTime: list.record.createdAt,
      lastModifiedDateTime: list.record.createdAt,
      createdBy: { user: { displayName: 'System Account' } },
      owner: { user: { displayName: 'System Account' } },
      quota: { total: quotaBytes, used: 0, remaining: quotaBytes, deleted: 0, state: 'normal' },
    };
  }

  function getDrives(call: GraphCall): GraphResponse {
    checkSite(call.param('site'));
    const query = readQuery(call.query, ['select']);
    return {
      status: 200,
      body: { ...contextOf(call, 'drives'), value: libraries().map((one) => pick(graphDrive(one), query.select)) },
    };
  }

  function getDrive(call: GraphCall): GraphResponse {
    const query = readQuery(call.query, ['select']);
    return {
      status: 200,
      body: { ...contextOf(call, 'drives/$entity'), ...pick(graphDrive(driveOf(call)), query.select) },
    };
  }

  function getNode(call: GraphCall): GraphResponse {
    const query = readQuery(call.query, ['select']);
    const { list, node } = nodeOf(call);
    return {
      status: 200,
      body: { ...contextOf(call, 'driveItems/$entity'), ...pick(graphNode(list, node), query.select) },
    };
  }

  /** In order of name; a page starts after the last name, so that files that come meanwhile move nothing. */
  function getChildren(call: GraphCall): GraphResponse {
    const query = readQuery(call.query, ['select', 'top', 'skiptoken']);
    const { list, node } = nodeOf(call);
    const after = query.skiptoken === undefined ? undefined : readSkiptoken(query.skiptoken).get('p_Name');
    const ahead = childrenOf(tenant, node).filter((one) => after === undefined || one.name.toLowerCase() > after);
    const page = ahead.slice(0, query.top ?? defaultPage);
    const last = page.at(-1);
    const next =
      last && page.length < ahead.length
        ? { '@odata.nextLink': linkTo(call, { $skiptoken: writeSkiptoken({ p_Name: last.name.toLowerCase() }) }) }
        : {};
    return {
      status: 200,
      body: {
        ...contextOf(call, 'driveItems'),
        ...next,
        value: page.map((one) => pick(graphNode(list, one), query.select)),
      },
    };
  }

  const folderBody = z.object({
    name: z.string().min(1),
    folder: z.object({}).loose(),
    '@microsoft.graph.conflictBehavior': z.enum(conflictBehaviours).optional(),
  });

  async function postChild(call: GraphCall): Promise<GraphResponse> {
    const { list, node: parent } = placeOf(call);
    if (!parent || parent.kind !== 'folder') throw notFound('The folder could not be found.');
    const body = folderBody.safeParse(call.json());
    if (!body.success) throw invalidRequest('A new folder is expected as {"name": ..., "folder": {}}.');
    const { name, '@microsoft.graph.conflictBehavior': conflict = 'fail' } = body.data;
    checkName(name);
    const folder = await tenant.changeFiles(() => {
      if (places.childNamed(parent, name) && conflict !== 'rename') throw nameTaken();
      const made = places.newNode(call.request.caller, places.freeName(parent, name), parent, 'folder');
      return { result: made, nodes: [made] };
    });
    return { status: 201, body: { ...contextOf(call, 'driveItems/$entity'), ...graphNode(list, folder) } };
  }

  async function putContent(call: GraphCall): Promise<GraphResponse> {
    const { list, node, isNew } = await places.storeFile(() => placeOf(call), {
      bytes: call.request.body,
      mimeType: (call.header('content-type') ?? 'application/octet-stream').split(';')[0] ?? '',
      by: call.request.caller,
      conflict: conflictOf(call.query),
      ifMatch: call.header('if-match'),
    });
    return { status: isNew ? 201 : 200, body: { ...contextOf(call, 'driveItems/$entity'), ...graphNode(list, node) } };
  }

  async function getContent(call: GraphCall): Promise<GraphResponse> {
    const { node } = placeOf(call);
    const bytes = node?.kind === 'file' ? await tenant.content(node.id) : undefined;
    if (!node || !bytes) throw notFound('The resource could not be found.');
    return { status: 200, headers: { 'Content-Type': node.mimeType ?? 'application/octet-stream' }, bytes };
  }

  async function deleteNode(call: GraphCall): Promise<GraphResponse> {
    await tenant.changeFiles(() => {
      const { node } = nodeOf(call);
      if (node.parentId === undefined) throw new GraphFailure(403, 'accessDenied', 'The root cannot be deleted.');
      const below = (one: DriveNode): string[] => [one.id, ...childrenOf(tenant, one).flatMap(below)];
      return { result: undefined, nodes: [], removed: below(node) };
    });
    return { status: 204 };
  }

  return [
    { method: 'GET', pattern: 'sites/:site/drives', units: 2, handle: getDrives },
    ...drivePatterns.map((pattern): Operation => ({ method: 'GET', pattern, units: 1, handle: getDrive })),
    ...placePatterns.flatMap((place): Operation[] => [
      { method: 'GET', pattern: place, units: 1, handle: getNode },
      { method: 'DELETE', pattern: place, units: 2, handle: deleteNode },
      { method: 'GET', pattern: `${place}/children`, units: 2, handle: getChildren },
      { method: 'POST', pattern: `${place}/children`, units: 2, handle: postChild },
      { method: 'GET', pattern: `${place}/content`, units: 1, handle: getContent },
      { method: 'PUT', pattern: `${place}/content`, units: 2, handle: putContent },
    ]),
  ];
}

const conflictOption = '@microsoft.graph.conflictBehavior';

/** A file uploaded whole replaces what is there, when nothing else is said. */
function conflictOf(query: URLSearchParams): ConflictBehaviour {
  const rest = new URLSearchParams(query);
  rest.delete(conflictOption);
  readQuery(rest, []);
  const given = query.get(conflictOption);
  if (given === null) return 'replace';
  const found = conflictBehaviours.find((one) => one === given);
  if (!found) throw invalidRequest(`The conflict behaviour '${given}' is not one of ${conflictBehaviours.join(', ')}.`);
  return found;
}
