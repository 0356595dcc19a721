// The port BoardRecords over SharePoint: one reader and one writer a board.
import { NotFoundError } from '../errors';
import type { Logger } from '../logger';
import type { BoardRecords, Clock, SiteHistory } from '../services/ports';
import type { Graph } from './graphClient';
import { ItemWriter } from './itemWriter';
import { SnapshotReader } from './snapshotReader';
import { createSiteHistory } from './versionHistory';

export interface BoardSite {
  readonly id: string;
  /** `host:/path` */
  readonly siteUrl: string;
}

export interface BoardRecordsSettings {
  readonly graph: Graph;
  readonly boards: readonly BoardSite[];
  readonly clock: Clock;
  readonly logger: Logger;
  /** Rows a page; the largest there is when absent. */
  readonly pageSize?: number;
  /** Real time; replaced in tests. */
  readonly nowMs?: () => number;
}

/** The board's records, and where their lists are. */
export interface SiteBoardRecords extends BoardRecords {
  /** Ids of the site and of its lists by the schema's names; reads the board first when it was not read yet. */
  placesOf(boardId: string): Promise<SitePlaces>;
  /** The version history of their items. */
  readonly history: SiteHistory;
}

export interface SitePlaces {
  readonly siteId: string;
  readonly webUrl: string;
  readonly listIds: ReadonlyMap<string, string>;
}

export function createBoardRecords(settings: BoardRecordsSettings): SiteBoardRecords {
  const boards = new Map(
    settings.boards.map(({ id, siteUrl }) => {
      const logger = settings.logger.with({ boardId: id });
      const reader = new SnapshotReader({ ...settings, boardId: id, siteUrl, logger });
      return [id, { reader, writer: new ItemWriter({ graph: settings.graph, reader, logger }) }];
    }),
  );
  const board = (id: string) => {
    const found = boards.get(id);
    if (!found) throw new NotFoundError('board', id);
    return found;
  };
  return {
    history: createSiteHistory({ graph: settings.graph, readerOf: (boardId) => board(boardId).reader }),
    boardIds: () => [...boards.keys()],
    snapshot: async (boardId) => board(boardId).reader.snapshot(),
    freshness: (boardId) => board(boardId).reader.freshness(),
    refresh: async (boardId) => board(boardId).reader.refresh(),
    write: async (operation) => board(operation.boardId).writer.write(operation),
    async placesOf(boardId) {
      const { site, places } = await board(boardId).reader.ground();
      return {
        siteId: site.id,
        webUrl: site.webUrl,
        listIds: new Map([...places].map(([name, place]) => [name, place.listId])),
      };
    },
  };
}
