// The document library "Board papers": one folder a meeting, files replaced whole.
import { z } from 'zod';
import type { Ref } from '../board/model';
import { ConflictError, InvalidInputError, NotFoundError, UpstreamError } from '../errors';
import type { FiledPaper, Library } from '../services/ports';
import type { BoardSite } from './boardRecords';
import type { Graph } from './graphClient';
import { libraryName } from './lists';
import { findSite } from './siteLists';

export interface LibrarySettings {
  readonly graph: Graph;
  readonly boards: readonly BoardSite[];
}

const driveShape = z.object({ id: z.string(), name: z.string().optional() });
const fileShape = z.object({
  name: z.string(),
  webUrl: z.string(),
  size: z.number().optional(),
  folder: z.unknown().optional(),
});
const folderShape = z.object({ id: z.string() });

export function createLibrary(settings: LibrarySettings): Library {
  const { graph } = settings;
  const drives = new Map<string, Promise<string>>();

  function driveOf(boardId: string): Promise<string> {
    const known = drives.get(boardId);
    if (known) return known;
    const found = findDrive(graph, settings.boards, boardId).catch((error: unknown) => {
      drives.delete(boardId);
      throw error;
    });
    drives.set(boardId, found);
    return found;
  }

  /** The folder's id: the pages of children by path have been known to lead to the root. */
  async function folderOf(drive: string, meetingRef: Ref): Promise<string> {
    const folder = folderShape.safeParse(await graph.get(`drives/${drive}/root:/${pathPart(meetingRef)}?$select=id`));
    if (!folder.success) throw unexpected();
    return folder.data.id;
  }

  async function ensureFolder(drive: string, meetingRef: Ref): Promise<void> {
    try {
      await folderOf(drive, meetingRef);
      return;
    } catch (error) {
      if (!(error instanceof NotFoundError)) throw error;
    }
    try {
      const body = { name: safeName(meetingRef), folder: {}, '@microsoft.graph.conflictBehavior': 'fail' };
      await graph.post(`drives/${drive}/root/children`, body);
    } catch (error) {
      // Somebody made it in the meantime, or the answer of our own request was lost.
      const there = error instanceof ConflictError || (error instanceof UpstreamError && error.status !== 400);
      if (!there) throw error;
      await folderOf(drive, meetingRef);
    }
  }

  return {
    async file(boardId, meetingRef, name, content, contentType) {
      const drive = await driveOf(boardId);
      const path = `drives/${drive}/root:/${pathPart(meetingRef)}/${pathPart(name)}:/content`;
      await ensureFolder(drive, meetingRef);
      return paperOf(await graph.putBytes(path, content, contentType), content.byteLength);
    },
    async list(boardId, meetingRef) {
      const drive = await driveOf(boardId);
      try {
        const folder = await folderOf(drive, meetingRef);
        const rows = z.array(fileShape).safeParse(await graph.getAll(`drives/${drive}/items/${folder}/children`));
        if (!rows.success) throw unexpected();
        return rows.data.filter((one) => one.folder === undefined).map((one) => paperOf(one, one.size ?? 0));
      } catch (error) {
        // No folder yet: nothing was filed for this meeting.
        if (error instanceof NotFoundError) return [];
        throw error;
      }
    },
    async read(boardId, meetingRef, name) {
      const drive = await driveOf(boardId);
      try {
        return await graph.getBytes(`drives/${drive}/root:/${pathPart(meetingRef)}/${pathPart(name)}:/content`);
      } catch (error) {
        if (error instanceof NotFoundError) return undefined;
        throw error;
      }
    },
  };
}

/** The library's drive. Throws NotFoundError, UpstreamError. */
export async function findDrive(graph: Graph, boards: readonly BoardSite[], boardId: string): Promise<string> {
  const board = boards.find((one) => one.id === boardId);
  if (!board) throw new NotFoundError('board', boardId);
  const site = await findSite(graph, board.siteUrl);
  const drives = z.array(driveShape).safeParse(await graph.getAll(`sites/${site.id}/drives`));
  if (!drives.success) throw unexpected();
  const drive = drives.data.find((one) => one.name === libraryName);
  if (!drive) throw new NotFoundError('library', `${libraryName} in the site ${site.name}`);
  return drive.id;
}

function paperOf(raw: unknown, bytes: number): FiledPaper {
  const file = fileShape.safeParse(raw);
  if (!file.success) throw unexpected();
  return { name: file.data.name, webUrl: file.data.webUrl, bytes: file.data.size ?? bytes };
}

/** A name as part of a path. Throws InvalidInputError as filing does. */
export function pathPart(name: string): string {
  return encodeURIComponent(safeName(name));
}

/** One folder or file name. Throws InvalidInputError for what SharePoint does not take or what would leave the folder. */
function safeName(name: string): string {
  // Source: "Restrictions and limitations in OneDrive and SharePoint", names of files and folders.
  const forbidden = /["*:<>?/\\|\p{Cc}]|^[\s.~]|[\s.]$/u;
  if (name === '' || name.length > 200 || forbidden.test(name)) {
    const message = 'A file name may not be empty, hold " * : < > ? / \\ | or begin or end with a dot or space.';
    throw new InvalidInputError(message, [{ field: 'name', message }]);
  }
  return name;
}

function unexpected(): UpstreamError {
  return new UpstreamError('Microsoft Graph', 'Graph described the library in a form that is not known.');
}
