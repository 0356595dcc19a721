// Document libraries of the local Graph: drives, folders, upload and download by path or id.
import { createHash, randomUUID } from 'node:crypto';
import { z } from 'zod';
import { graphInstant } from './clock';
import type { GraphCall, GraphResponse, Operation } from './graph';
import { GraphFailure, invalidRequest, notFound } from './graphError';
import { checkSite, contextOf, listUrl, pick } from './graphLists';
import { graphEditor } from './graphPeople';
import { readQuery } from './odata';
import type { DriveNode } from './records';
import { site, type LocalList, type Tenant } from './tenant';

/** The library a site's `drive` means; every site has it. */
const defaultLibrary = 'Documents';
const quotaBytes = 1024 ** 4;

/** Where a request points: the root, a path under a folder, or an item. */
interface Place {
  readonly list: LocalList;
  /** Undefined for a path at which nothing is yet. */
  readonly node: DriveNode | undefined;
  readonly parent: DriveNode | undefined;
  readonly name: string;
}

export function driveIdOf(list: LocalList): string {
  return `b!${Buffer.from(list.record.id).toString('base64url')}`;
}

export function rootNode(list: LocalList, at: string): DriveNode {
  const editor = { kind: 'app', id: 'system', name: 'System Account' } as const;
  return {
    id: `root-${list.record.id}`,
    name: 'root',
    kind: 'folder',
    size: 0,
    version: 1,
    createdAt: at,
    modifiedAt: at,
    createdBy: editor,
    modifiedBy: editor,
  };
}

export function childrenOf(tenant: Tenant, node: DriveNode): readonly DriveNode[] {
  return [...tenant.nodes().values()]
    .filter((one) => one.parentId === node.id)
    .sort((a, b) => (a.name.toLowerCase() < b.name.toLowerCase() ? -1 : 1));
}

export function graphFilesOperations(tenant: Tenant): readonly Operation[] {
  const libraries = (): readonly LocalList[] =>
    tenant.lists().filter((one) => one.record.template === 'documentLibrary');

  function driveOf(call: GraphCall): LocalList {
    if (call.params['site'] !== undefined) checkSite(call.param('site'));
    const wanted = call.params['drive'];
    if (call.params['list'] !== undefined) {
      const list = tenant.findList(call.param('list'));
      if (list.record.template !== 'documentLibrary') throw notFound('The list has no drive.');
      return list;
    }
    const found = libraries().find((one) =>
      wanted === undefined ? one.record.displayName === defaultLibrary : driveIdOf(one) === wanted,
    );
    if (!found) throw notFound('The drive was not found.');
    return found;
  }

  function placeOf(call: GraphCall): Place {
    const list = driveOf(call);
    const root = rootNode(list, list.record.createdAt);
    const start = call.params['item'] === undefined ? root : nodeById(list, call.param('item'));
    const path = call.params['path'];
    if (path === undefined || path === '')
      return { list, node: start, parent: parentOf(list, start), name: start.name };
    return walk(list, start, path);
  }

  function walk(list: LocalList, start: DriveNode, path: string): Place {
    const names = path.split('/').filter((one) => one !== '');
    for (const name of names) checkName(name);
    let parent: DriveNode | undefined = start;
    for (const name of names.slice(0, -1)) parent = parent && childNamed(parent, name);
    const name = names.at(-1) ?? '';
    return { list, node: parent && childNamed(parent, name), parent, name };
  }

  function nodeById(list: LocalList, id: string): DriveNode {
    const root = rootNode(list, list.record.createdAt);
    if (id === root.id || id === 'root') return root;
    const node = tenant.nodes().get(id);
    if (!node || rootOf(node) !== root.id) throw notFound('The resource could not be found.');
    return node;
  }

  function rootOf(node: DriveNode): string {
    let at: DriveNode | undefined = node;
    while (at?.parentId !== undefined) {
      const parent = tenant.nodes().get(at.parentId);
      if (!parent) return at.parentId;
      at = parent;
    }
    return at?.id ?? '';
  }

  function parentOf(list: LocalList, node: DriveNode): DriveNode | undefined {
    return node.parentId === undefined ? undefined : nodeById(list, node.parentId);
  }

  function childNamed(parent: DriveNode, name: string): DriveNode | undefined {
    return childrenOf(tenant, parent).find((one) => one.name.toLowerCase() === name.toLowerCase());
  }

  function pathOf(list: LocalList, node: DriveNode): string {
    const parent = parentOf(list, node);
    return parent ? `${pathOf(list, parent)}/${encodeURIComponent(node.name)}` : '';
  }

  function graphNode(list: LocalList, node: DriveNode): Record<string, unknown> {
    const driveId = driveIdOf(list);
    const etag = `"{${node.id.toUpperCase()}},${node.version}"`;
    const parent = parentOf(list, node);
    return {
      id: node.id,
      name: node.name,
      size: node.size,
      eTag: etag,
      cTag: `"c:{${node.id.toUpperCase()}},${node.version}"`,
      webUrl: `${listUrl(list.record)}${pathOf(list, node)}`,
      createdDateTime: node.createdAt,
      lastModifiedDateTime: node.modifiedAt,
      createdBy: graphEditor(tenant, node.createdBy),
      lastModifiedBy: graphEditor(tenant, node.modifiedBy),
      parentReference: {
        driveId,
        driveType: 'documentLibrary',
        siteId: site.id,
        ...(parent
          ? { id: parent.id, name: parent.name, path: `/drives/${driveId}/root:${pathOf(list, parent)}` }
          : {}),
      },
      fileSystemInfo: { createdDateTime: node.createdAt, lastModifiedDateTime: node.modifiedAt },
      ...(node.parentId === undefined ? { root: {} } : {}),
      ...(node.kind === 'folder'
        ? { folder: { childCount: childrenOf(tenant, node).length } }
        : {
            file: {
              mimeType: node.mimeType ?? 'application/octet-stream',
              hashes: { sha256Hash: node.sha256 ?? null },
            },
          }),
    };
  }

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
    const { list, node } = placeOf(call);
    if (!node) throw notFound('The resource could not be found.');
    return {
      status: 200,
      body: { ...contextOf(call, 'driveItems/$entity'), ...pick(graphNode(list, node), query.select) },
    };
  }

  function getChildren(call: GraphCall): GraphResponse {
    const query = readQuery(call.query, ['select', 'top']);
    const { list, node } = placeOf(call);
    if (!node) throw notFound('The resource could not be found.');
    const children = childrenOf(tenant, node);
    if (query.top !== undefined && query.top < children.length)
      throw new GraphFailure(501, 'notSupported', 'Paging through a folder is not part of the local Microsoft 365.');
    return {
      status: 200,
      body: {
        ...contextOf(call, 'driveItems'),
        value: children.map((one) => pick(graphNode(list, one), query.select)),
      },
    };
  }

  const folderBody = z.object({
    name: z.string().min(1),
    folder: z.object({}).loose(),
    '@microsoft.graph.conflictBehavior': z.enum(['fail', 'replace', 'rename']).optional(),
  });

  async function postChild(call: GraphCall): Promise<GraphResponse> {
    const { list, node: parent } = placeOf(call);
    if (!parent || parent.kind !== 'folder') throw notFound('The folder could not be found.');
    const body = folderBody.safeParse(call.json());
    if (!body.success) throw invalidRequest('A new folder is expected as {"name": ..., "folder": {}}.');
    if (body.data['@microsoft.graph.conflictBehavior'] === 'rename')
      throw new GraphFailure(501, 'notSupported', 'Renaming on conflict is not part of the local Microsoft 365.');
    checkName(body.data.name);
    const folder = await tenant.changeFiles(() => {
      if (childNamed(parent, body.data.name))
        throw new GraphFailure(409, 'nameAlreadyExists', 'An item with the same name already exists under the parent.');
      const made = newNode(call, body.data.name, parent, 'folder');
      return { result: made, nodes: [made] };
    });
    return { status: 201, body: { ...contextOf(call, 'driveItems/$entity'), ...graphNode(list, folder) } };
  }

  function newNode(call: GraphCall, name: string, parent: DriveNode, kind: DriveNode['kind']): DriveNode {
    const at = graphInstant(tenant.now());
    const by = call.request.caller;
    return {
      id: randomUUID(),
      parentId: parent.id,
      name,
      kind,
      size: 0,
      version: 1,
      createdAt: at,
      modifiedAt: at,
      createdBy: by,
      modifiedBy: by,
    };
  }

  /** Uploads a file whole; folders on its way are made, as SharePoint does for an upload by path. */
  async function putContent(call: GraphCall): Promise<GraphResponse> {
    readQuery(call.query, []);
    const ifMatch = call.header('if-match');
    const bytes = call.request.body;
    const { list, made, isNew } = await tenant.changeFiles((nodes) => {
      const place = placeOf(call);
      const folders: DriveNode[] = [];
      let parent = place.parent;
      if (!parent && call.params['path'] !== undefined) {
        parent = rootNode(place.list, place.list.record.createdAt);
        for (const name of call
          .param('path')
          .split('/')
          .filter((one) => one !== '')
          .slice(0, -1)) {
          const up: DriveNode = parent;
          const there = [...nodes.values()].find(
            (one) => one.parentId === up.id && one.name.toLowerCase() === name.toLowerCase(),
          );
          parent = there ?? newNode(call, name, up, 'folder');
          if (!there) folders.push(parent);
        }
      }
      if (!parent || parent.kind !== 'folder') throw notFound('The folder could not be found.');
      if (place.node?.kind === 'folder')
        throw new GraphFailure(409, 'nameAlreadyExists', 'A folder with the same name already exists.');
      if (ifMatch !== undefined && place.node && ifMatch !== `"{${place.node.id.toUpperCase()}},${place.node.version}"`)
        throw new GraphFailure(412, 'resourceModified', 'The resource has changed since the caller last read it.');
      const before = place.node ?? newNode(call, place.name, parent, 'file');
      const file: DriveNode = {
        ...before,
        size: bytes.byteLength,
        mimeType: (call.header('content-type') ?? 'application/octet-stream').split(';')[0] ?? '',
        sha256: createHash('sha256').update(bytes).digest('hex').toUpperCase(),
        version: place.node ? before.version + 1 : 1,
        modifiedAt: graphInstant(tenant.now()),
        modifiedBy: call.request.caller,
      };
      const result = { list: place.list, made: file, isNew: place.node === undefined };
      return { result, nodes: [...folders, file], content: { key: file.id, bytes } };
    });
    return { status: isNew ? 201 : 200, body: { ...contextOf(call, 'driveItems/$entity'), ...graphNode(list, made) } };
  }

  async function getContent(call: GraphCall): Promise<GraphResponse> {
    const { node } = placeOf(call);
    const bytes = node?.kind === 'file' ? await tenant.content(node.id) : undefined;
    if (!node || !bytes) throw notFound('The resource could not be found.');
    return { status: 200, headers: { 'Content-Type': node.mimeType ?? 'application/octet-stream' }, bytes };
  }

  async function deleteNode(call: GraphCall): Promise<GraphResponse> {
    await tenant.changeFiles(() => {
      const { node } = placeOf(call);
      if (!node) throw notFound('The resource could not be found.');
      if (node.parentId === undefined) throw new GraphFailure(403, 'accessDenied', 'The root cannot be deleted.');
      const below = (one: DriveNode): string[] => [one.id, ...childrenOf(tenant, one).flatMap(below)];
      return { result: undefined, nodes: [], removed: below(node) };
    });
    return { status: 204 };
  }

  const drives = ['drives/:drive', 'sites/:site/drive', 'sites/:site/drives/:drive', 'sites/:site/lists/:list/drive'];
  const places = ['root', 'root:', 'items/:item'];
  return [
    { method: 'GET', pattern: 'sites/:site/drives', units: 2, handle: getDrives },
    ...drives.flatMap((drive): Operation[] => [
      { method: 'GET', pattern: drive, units: 1, handle: getDrive },
      ...places.flatMap((place): Operation[] => [
        { method: 'GET', pattern: `${drive}/${place}`, units: 1, handle: getNode },
        { method: 'DELETE', pattern: `${drive}/${place}`, units: 2, handle: deleteNode },
        { method: 'GET', pattern: `${drive}/${place}/children`, units: 2, handle: getChildren },
        { method: 'POST', pattern: `${drive}/${place}/children`, units: 2, handle: postChild },
        { method: 'GET', pattern: `${drive}/${place}/content`, units: 1, handle: getContent },
        { method: 'PUT', pattern: `${drive}/${place}/content`, units: 2, handle: putContent },
      ]),
    ]),
  ];
}

/** Refuses what SharePoint refuses in a name, and anything that could leave its folder. */
function checkName(name: string): void {
  if (/["*:<>?/\\|]/.test(name) || name === '.' || name === '..' || name.trim() === '' || name.length > 400)
    throw invalidRequest(`The name '${name}' is not valid for a file or folder.`);
}
