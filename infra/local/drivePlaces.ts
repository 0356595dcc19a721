// Where a drive's address points: libraries, folders, files; how Graph shows them, and how a file is kept.
import { createHash, randomUUID } from 'node:crypto';
import { graphInstant } from './clock';
import type { GraphCall } from './graph';
import { GraphFailure, invalidRequest, notFound } from './graphError';
import { checkSite, listUrl } from './graphLists';
import { graphEditor } from './graphPeople';
import type { LocalList } from './localItems';
import type { DriveNode, Editor } from './records';
import { site, type Tenant } from './tenant';

/** The library a site's `drive` means; every site has it. */
const defaultLibrary = 'Documents';

export const drivePatterns = [
  'drives/:drive',
  'sites/:site/drive',
  'sites/:site/drives/:drive',
  'sites/:site/lists/:list/drive',
];
const places = ['root', 'root:', 'items/:item'];
/** Each way to name a file or folder. */
export const placePatterns = drivePatterns.flatMap((drive) => places.map((place) => `${drive}/${place}`));

/** Where a request points: the root, a path under a folder, or an item. */
export interface Place {
  readonly list: LocalList;
  /** Undefined for a path at which nothing is yet. */
  readonly node: DriveNode | undefined;
  readonly parent: DriveNode | undefined;
  readonly name: string;
  /** Folders on the way to it that are not there yet. */
  readonly missing: readonly string[];
  /** The last folder on the way that is there. */
  readonly nearest: DriveNode;
}

export const conflictBehaviours = ['fail', 'replace', 'rename'] as const;
export type ConflictBehaviour = (typeof conflictBehaviours)[number];

/** What a file is kept with. */
export interface NewContent {
  readonly bytes: Uint8Array;
  readonly mimeType: string;
  readonly by: Editor;
  readonly conflict: ConflictBehaviour;
  readonly ifMatch?: string | undefined;
}

export interface StoredFile {
  readonly list: LocalList;
  readonly node: DriveNode;
  readonly isNew: boolean;
}

export type DrivePlaces = ReturnType<typeof createDrivePlaces>;

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

export function createDrivePlaces(tenant: Tenant) {
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
    const names = (call.params['path'] ?? '').split('/').filter((one) => one !== '');
    const parent = parentOf(list, start);
    if (names.length === 0)
      return { list, node: start, parent, name: start.name, missing: [], nearest: parent ?? start };
    return walk(list, start, names);
  }

  function walk(list: LocalList, start: DriveNode, names: readonly string[]): Place {
    for (const name of names) checkName(name);
    let nearest = start;
    let missing = names.slice(0, -1);
    for (let next = childNamed(nearest, missing[0]); next; next = childNamed(nearest, missing[0])) {
      nearest = next;
      missing = missing.slice(1);
    }
    const name = names.at(-1) ?? '';
    const parent = missing.length === 0 ? nearest : undefined;
    return { list, node: parent && childNamed(parent, name), parent, name, missing, nearest };
  }

  function nodeById(list: LocalList, id: string): DriveNode {
    const root = rootNode(list, list.record.createdAt);
    if (id === root.id || id === 'root') return root;
    const node = tenant.nodes().get(id);
    if (!node || ancestorsOf(list, node).at(-1)?.id !== root.id) throw notFound('The resource could not be found.');
    return node;
  }

  function parentOf(list: LocalList, node: DriveNode): DriveNode | undefined {
    const root = rootNode(list, list.record.createdAt);
    if (node.parentId === undefined) return undefined;
    return node.parentId === root.id ? root : tenant.nodes().get(node.parentId);
  }

  /** The folders around a node, the nearest first, the root last. */
  function ancestorsOf(list: LocalList, node: DriveNode): readonly DriveNode[] {
    const parent = parentOf(list, node);
    return parent ? [parent, ...ancestorsOf(list, parent)] : [];
  }

  function childNamed(parent: DriveNode, name: string | undefined): DriveNode | undefined {
    if (name === undefined) return undefined;
    return childrenOf(tenant, parent).find((one) => one.name.toLowerCase() === name.toLowerCase());
  }

  function pathOf(list: LocalList, node: DriveNode): string {
    const parent = parentOf(list, node);
    return parent ? `${pathOf(list, parent)}/${encodeURIComponent(node.name)}` : '';
  }

  function newNode(by: Editor, name: string, parent: DriveNode, kind: DriveNode['kind']): DriveNode {
    const at = graphInstant(tenant.now());
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

  /** The name, or with `rename` the first that is free: `log 1.txt`. */
  function freeName(parent: DriveNode, name: string): string {
    const [, stem = name, ending = ''] = /^(.+?)(\.[^.]*)?$/s.exec(name) ?? [];
    let free = name;
    for (let count = 1; childNamed(parent, free); count += 1) free = `${stem} ${count}${ending}`;
    return free;
  }

  /** Keeps a file whole; folders on its way are made, as SharePoint does for an upload by path. */
  function storeFile(place: () => Place, content: NewContent): Promise<StoredFile> {
    return tenant.changeFiles(() => {
      const { list, node, name, missing, nearest } = place();
      const folders: DriveNode[] = [];
      let parent = nearest;
      for (const one of missing) {
        parent = newNode(content.by, one, parent, 'folder');
        folders.push(parent);
      }
      if (parent.kind !== 'folder') throw notFound('The folder could not be found.');
      if (node?.kind === 'folder') throw nameTaken();
      if (node && content.conflict === 'fail') throw nameTaken();
      if (content.ifMatch !== undefined && node && content.ifMatch !== etagOfNode(node))
        throw new GraphFailure(412, 'resourceModified', 'The resource has changed since the caller last read it.');
      const replaced = content.conflict === 'replace' ? node : undefined;
      const before = replaced ?? newNode(content.by, freeName(parent, name), parent, 'file');
      const file: DriveNode = {
        ...before,
        size: content.bytes.byteLength,
        mimeType: content.mimeType,
        sha256: createHash('sha256').update(content.bytes).digest('hex').toUpperCase(),
        version: replaced ? before.version + 1 : 1,
        modifiedAt: graphInstant(tenant.now()),
        modifiedBy: content.by,
      };
      const result = { list, node: file, isNew: replaced === undefined };
      return { result, nodes: [...folders, file], content: { key: file.id, bytes: content.bytes } };
    });
  }

  function webUrlOf(list: LocalList, node: DriveNode): string {
    return `${listUrl(list.record)}${pathOf(list, node)}`;
  }

  function referenceTo(list: LocalList, node: DriveNode): Record<string, unknown> {
    const driveId = driveIdOf(list);
    return { driveId, id: node.id, name: node.name, path: `/drives/${driveId}/root:${pathOf(list, node)}` };
  }

  function graphNode(list: LocalList, node: DriveNode): Record<string, unknown> {
    const parent = parentOf(list, node);
    return {
      id: node.id,
      name: node.name,
      size: node.size,
      eTag: etagOfNode(node),
      cTag: `"c:{${node.id.toUpperCase()}},${node.version}"`,
      webUrl: webUrlOf(list, node),
      createdDateTime: node.createdAt,
      lastModifiedDateTime: node.modifiedAt,
      createdBy: graphEditor(tenant, node.createdBy),
      lastModifiedBy: graphEditor(tenant, node.modifiedBy),
      parentReference: {
        driveId: driveIdOf(list),
        driveType: 'documentLibrary',
        siteId: site.id,
        ...(parent ? referenceTo(list, parent) : {}),
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

  /** The node a request names, which must be there. */
  function nodeOf(call: GraphCall): { readonly list: LocalList; readonly node: DriveNode } {
    const { list, node } = placeOf(call);
    if (!node) throw notFound('The resource could not be found.');
    return { list, node };
  }

  return {
    libraries,
    driveOf,
    placeOf,
    nodeOf,
    ancestorsOf,
    childNamed,
    freeName,
    newNode,
    storeFile,
    webUrlOf,
    referenceTo,
    graphNode,
  };
}

function etagOfNode(node: DriveNode): string {
  return `"{${node.id.toUpperCase()}},${node.version}"`;
}

export function nameTaken(): GraphFailure {
  return new GraphFailure(409, 'nameAlreadyExists', 'An item with the same name already exists under the parent.');
}

/** Refuses what SharePoint refuses in a name, and anything that could leave its folder. */
export function checkName(name: string): void {
  if (/["*:<>?/\\|]/.test(name) || name === '.' || name === '..' || name.trim() === '' || name.length > 400)
    throw invalidRequest(`The name '${name}' is not valid for a file or folder.`);
}
