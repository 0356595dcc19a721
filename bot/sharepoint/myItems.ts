// The link to what somebody owns in the board's lists: the list's own page, filtered to them in the address.
import { z } from 'zod';
import type { Person } from '../board/model';
import { isKnownError } from '../errors';
import type { Logger } from '../logger';
import type { OwnedKind } from '../services/portsMail';
import type { SiteBoardRecords } from './boardRecords';
import type { Graph } from './graphClient';
import { schemaOf } from './replica';
import { listPath, readColumns } from './siteLists';

const listPage = z.object({ webUrl: z.url() });

/**
 * Views cannot be made through Graph, so the filter stands in the address. It shows less; it is no permission: who may open
 * the list sees all of it. Never throws for what Graph can answer: an e-mail without the link is better than none.
 */
export function createMyItems(settings: {
  readonly graph: Pick<Graph, 'get' | 'getAll'>;
  readonly records: Pick<SiteBoardRecords, 'placesOf'>;
  readonly logger: Logger;
}): (boardId: string, person: Person, kind: OwnedKind) => Promise<string | undefined> {
  const { graph, records, logger } = settings;
  const pages = new Map<string, Promise<{ readonly webUrl: string; readonly columns: ReadonlySet<string> }>>();

  async function read(siteId: string, listId: string) {
    const { webUrl } = listPage.parse(await graph.get(`${listPath(siteId, listId)}?$select=id,webUrl`));
    const columns = await readColumns(graph, siteId, listId);
    return { webUrl, columns: new Set(columns.map((one) => one.name)) };
  }

  return async (boardId, person, kind) => {
    try {
      const { siteId, listIds } = await records.placesOf(boardId);
      const listId = listIds.get(schemaOf(kind).name);
      if (listId === undefined) return undefined;
      const page = pages.get(listId) ?? read(siteId, listId);
      pages.set(listId, page);
      page.catch(() => pages.delete(listId));
      const { webUrl, columns } = await page;
      // A list that the council made may hold the owner otherwise: then the whole list is shown.
      const [column, value] = person.entraObjectId === undefined ? ['OwnerRef', person.ref] : ['Owner', person.name];
      if (!columns.has(column)) return webUrl;
      return `${webUrl}?${new URLSearchParams({ FilterField1: column, FilterValue1: value }).toString()}`;
    } catch (error) {
      if (!isKnownError(error) && !(error instanceof z.ZodError)) throw error;
      logger.warn('mail.withoutLink', { boardId }, error);
      return undefined;
    }
  };
}
