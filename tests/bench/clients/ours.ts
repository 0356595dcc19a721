// The product's own adapter: one list through its Graph port, a whole board through the port of the use cases.
import { createLogger } from '../../../bot/logger';
import type { BoardRecords } from '../../../bot/services/ports';
import { createBoardRecords } from '../../../bot/sharepoint/boardRecords';
import { createGraph, type Graph } from '../../../bot/sharepoint/graphClient';
import { listPath, rowsOf } from '../../../bot/sharepoint/siteLists';
import { tenant } from './localServer';

export const boardId = 'bench';
const logger = createLogger('silent');
const clock = { now: () => new Date('2025-01-06T09:00:00Z') };
const site = 'hertland.sharepoint.example:/sites/send-board';

let graph: Graph;
let records: BoardRecords;

/** Signs in too: the others are given their token. */
export async function connect({ url }: { url: string }): Promise<void> {
  graph = await signedIn(url);
}

async function signedIn(url: string): Promise<Graph> {
  const graph = createGraph({
    mode: 'local',
    tenantId: tenant,
    clientId: 'local',
    credential: { kind: 'secret', secret: 'local' },
    localOrigin: url,
    logger,
  });
  await graph.get(`sites/${site}`);
  return graph;
}

/** The board's records as a service that has just started has them. */
export async function newInstance(url: string): Promise<BoardRecords> {
  return recordsOn(await signedIn(url));
}

function recordsOn(graph: Graph): BoardRecords {
  return createBoardRecords({ graph, boards: [{ id: boardId, siteUrl: site }], clock, logger });
}

interface Where {
  readonly siteId: string;
  readonly listId: string;
  readonly columns: readonly string[];
  readonly top: number;
}

export async function read({ siteId, listId, columns, top }: Where) {
  const items = await graph.getAll(rowsOf.items(listPath(siteId, listId), columns, top));
  return { items };
}

/** A reading by a service that has just started. */
export async function readBoard() {
  records = recordsOn(graph);
  return told(await records.refresh(boardId));
}

/** A reading by a service that holds the board already. */
export async function refreshBoard() {
  return told(await records.refresh(boardId));
}

function told(snapshot: Awaited<ReturnType<BoardRecords['refresh']>>) {
  return { value: snapshot, lines: () => linesOfBoard(snapshot), facts: { findings: snapshot.findings.length } };
}

/** Versions of all records, and what the actions say. */
function linesOfBoard({ actions, ...others }: Awaited<ReturnType<BoardRecords['refresh']>>): readonly string[] {
  const stamps = Object.values(others)
    .flatMap((value): readonly unknown[] => (Array.isArray(value) ? value : []))
    .flatMap((one) => (isStamped(one) ? [JSON.stringify([one.stamp.itemId, one.stamp.version])] : []));
  return [
    ...stamps,
    ...actions.map(({ stamp, ref, title, percentComplete, description }) =>
      JSON.stringify([stamp?.itemId, stamp?.version, ref, title, percentComplete ?? null, description ?? null]),
    ),
  ];
}

function isStamped(value: unknown): value is { readonly stamp: { readonly itemId: string; readonly version: string } } {
  return typeof value === 'object' && value !== null && 'stamp' in value && value.stamp !== undefined;
}
