// The console's page of files: each library with its folders, and whom a file is shared with.
import { inWords } from './clock';
import { mark, tableFrame, type Markup } from './consoleHtml';
import { childrenOf, rootNode } from './drivePlaces';
import type { Share } from './graphSharing';
import type { Office } from './office';
import type { DriveNode } from './records';
import type { Tenant } from './tenant';

export function filesPage(tenant: Tenant, office: Office): Markup {
  const libraries = tenant.lists().filter((one) => one.record.template === 'documentLibrary');
  const sections = libraries.map((library) => {
    const rows = filesBelow(tenant, rootNode(library, library.record.createdAt), '');
    const empty =
      library.record.displayName === 'Board papers'
        ? mark`<p class="empty">
            Nothing is filed here yet. When the log of a meeting is frozen, its document, workbook and data are filed
            here, one folder a meeting.
          </p>`
        : mark`<p class="empty">Nothing is here. The service files nothing in this library.</p>`;
    return mark`<h2>${library.record.displayName}</h2>
      ${rows.length === 0 ? empty : fileTable(library.record.displayName, rows, office)}`;
  });
  return mark`<h1>Files</h1>
    <p class="lead">The document libraries of the board's site.</p>
    ${sections}`;
}

interface FileRow {
  readonly folder: string;
  readonly node: DriveNode;
  /** The file and the folders around it: what may have been shared. */
  readonly shared: readonly string[];
}

function filesBelow(
  tenant: Tenant,
  node: DriveNode,
  folder: string,
  around: readonly string[] = [node.id],
): readonly FileRow[] {
  return childrenOf(tenant, node).flatMap((one) => {
    const shared = [...around, one.id];
    return one.kind === 'file'
      ? [{ folder, node: one, shared }]
      : filesBelow(tenant, one, folder === '' ? one.name : `${folder} / ${one.name}`, shared);
  });
}

function fileTable(library: string, rows: readonly FileRow[], office: Office): Markup {
  const lines = rows.map(
    ({ folder, node, shared }) =>
      mark`<tr>
        <th scope="row"><a href="/files/${node.id}">${node.name}</a></th>
        <td>${folder}</td>
        <td class="number">${sizeInWords(node.size)}</td>
        <td>${inWords(new Date(node.modifiedAt))}</td>
        <td class="number">${node.version}</td>
        <td>${sharedWith(shared.flatMap((id) => office.sharing.sharesOf(id)))}</td>
      </tr>`,
  );
  const heads = [
    mark`<th scope="col">File</th>`,
    mark`<th scope="col">Folder</th>`,
    mark`<th scope="col" class="number">Size</th>`,
    mark`<th scope="col">Changed</th>`,
    mark`<th scope="col">Version</th>`,
  ];
  return tableFrame(`Files of ${library}`, heads, lines);
}

function sizeInWords(bytes: number): string {
  if (bytes < 1024) return `${bytes} bytes`;
  return bytes < 1024 ** 2 ? `${Math.round(bytes / 1024)} KB` : `${(bytes / 1024 ** 2).toFixed(1)} MB`;
}

function sharedWith(shares: readonly Share[]): string {
  const words = { read: 'may read', write: 'may change' };
  return shares
    .map((one) => {
      const until = one.expiresAt === undefined ? '' : `, until ${inWords(new Date(one.expiresAt))}`;
      return `${one.email} (${words[one.role]}${until})`;
    })
    .join(', ');
}
