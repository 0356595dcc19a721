// What the health page tells: whether the database and SharePoint answer, what waits, how old each board is.
import { pauseAt } from './board/managePause';
import type { ServiceClock } from './clock';
import type { BoardRecords } from './services/ports';
import type { Graph } from './sharepoint/graphClient';
import type { Subscriptions } from './sharepoint/subscriptions';
import type { Database } from './storage/sql';

/** How long an answer of Graph to the health check holds. */
const graphCheckHoldsMs = 30_000;

export async function checkDatabase(database: Database): Promise<void> {
  await database.query('select 1 as one');
}

/** The boards whose sending somebody paused, by what is in memory: a probe reads nothing. */
export async function pausedBoards(records: BoardRecords, clock: ServiceClock): Promise<readonly string[]> {
  const known = records.boardIds().filter((id) => records.freshness(id).readAt !== undefined);
  const at = clock.now().toISOString();
  const snapshots = await Promise.all(known.map((id) => records.snapshot(id, Infinity)));
  return known.filter((_id, index) => pauseAt(snapshots[index] ?? {}, at) !== undefined);
}

/** How much of SharePoint's minute is used, what waits for its turn, from when each board is, and whether changes are told. */
export function sharePointFacts(graph: Graph, records: BoardRecords, subscriptions: Pick<Subscriptions, 'state'>) {
  const { lastMinute, mostPerMinute, waiting, waitingSinceMs, heldForMs } = graph.usage();
  const boards = records.boardIds().map((id) => {
    return [id, { ...records.freshness(id), notifications: subscriptions.state(id).kind }] as const;
  });
  return {
    sharePointUnits: {
      lastMinute,
      mostPerMinute,
      waiting,
      ...(waitingSinceMs === undefined ? {} : { waitingSince: new Date(waitingSinceMs).toISOString() }),
      ...(heldForMs === undefined ? {} : { askedToWaitSeconds: Math.ceil(heldForMs / 1000) }),
    },
    boards: Object.fromEntries(boards),
  };
}

/**
 * Asks Graph for the sites of the boards at most twice a minute, so that a health probe costs next to no
 * units. For these and no other: with Sites.Selected, even the tenant's root site is closed to us.
 */
export function createGraphCheck(graph: Graph, boards: readonly { readonly siteUrl: string }[]): () => Promise<void> {
  let answeredAtMs = -Infinity;
  return async () => {
    if (performance.now() - answeredAtMs < graphCheckHoldsMs) return;
    // A request that waits for its turn says nothing about SharePoint; what waits is among the facts.
    const { waiting, heldForMs } = graph.usage();
    if (answeredAtMs > 0 && (waiting > 0 || heldForMs !== undefined)) return;
    await Promise.all(
      [...new Set(boards.map((one) => one.siteUrl))].map((siteUrl) => graph.get(`sites/${siteUrl}?$select=id`)),
    );
    answeredAtMs = performance.now();
  };
}
