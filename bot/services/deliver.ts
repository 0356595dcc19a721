// Sends what the ledger holds: claim, look again, note that it is being sent, send, record what became of it.
import { randomUUID } from 'node:crypto';
import { calendarOf } from '../board/cycle';
import { pauseAt, pauseWords } from '../board/managePause';
import type { BoardSnapshot } from '../board/model';
import { resolvePolicy } from '../board/policy';
import { papersSentOf } from '../board/released';
import { createRoutes, type DeliveryResult, type RoutePorts } from './deliverRoutes';
import { viewsOf, type DeliveryView } from './deliverView';
import { keepClaims, leaseSeconds } from './heartbeat';
import { createPace, realTime, type Pace } from './pace';
import type { RealTime } from './portsPace';
import type { BoardRecords, LedgerEntry } from './ports';
import type { Claims } from './portsClaims';
import type { FindReleased } from './releasedPapers';
import type { SettleMail } from './settleMail';

export interface DeliverPorts extends RoutePorts {
  readonly records: BoardRecords;
  /** Shared by all boards of a tenant. */
  readonly pace?: Pace;
  /** Ours are renewed, those of a dead worker waited for; absent where nobody else can send. */
  readonly claims?: Claims;
  /** Looks up what may have been mailed. */
  readonly settleMail?: Pick<SettleMail, 'settle'>;
  /** Reads what was released, for the messages that tell of it. */
  readonly released?: FindReleased;
  readonly time?: RealTime;
}

/** Counts of one drain. */
export interface Drained {
  readonly sent: number;
  /** Definitely not sent, but for the unreachable. */
  readonly failed: number;
  /** May have arrived; never repeated by itself. */
  readonly uncertain: number;
  /** No way to reach the person yet. */
  readonly unreachable: number;
  /** Nothing left to say to them. */
  readonly cancelled: number;
  /** To be tried again later. */
  readonly waiting: number;
  /** Nothing was sent, in words why: somebody paused sending. */
  readonly paused?: string;
}

export interface Deliver {
  /** Sends all that is due for a board. Throws UpstreamError when the ledger or the lists do not answer. */
  drain(boardId: string): Promise<Drained>;
}

/** How old the board may be when it is asked whether sending is paused. */
const pauseMaxAgeMs = 15 * 60_000;
/** Where nobody else can send, a lease ends only with the process. */
const soleLeaseSeconds = 30;
/** Enough to keep the full pace when a message takes half a second. */
const sendsAtOnce = 32;
const claimsAtOnce = 48;
/** Retries due within this time, from the last message that was settled, are waited for; later ones wait for the next drain. */
const patienceMs = 15_000;
/** Covers a small difference between our clock and the database's. */
const shortestWaitMs = 50;

export function createDeliver(ports: DeliverPorts): Deliver {
  const { ledger, claims, clock, logger } = ports;
  const time = ports.time ?? realTime;
  const pace = ports.pace ?? createPace();
  const worker = randomUUID();
  const deliverOne = createRoutes(ports, pace, time);

  async function drain(boardId: string): Promise<Drained> {
    const counts: Record<DeliveryResult, number> = {
      sent: 0,
      failed: 0,
      uncertain: 0,
      unreachable: 0,
      cancelled: 0,
      waiting: 0,
    };
    await ports.settleMail?.settle(boardId);
    const views = viewsOf(ports.records, clock, boardId);
    let giveUpAtMs = time.nowMs() + patienceMs;
    const retries = new Map<string, number>();
    let paused = await pausedNow(boardId);
    const held = claims && keepClaims(claims, boardId, worker, logger);
    try {
      await sendAll();
    } finally {
      held?.stop();
    }
    counts.waiting = retries.size;
    logger.info('delivery.drained', { boardId, ...counts, paused: paused !== undefined });
    return paused === undefined ? counts : { ...counts, paused };

    async function sendAll(): Promise<void> {
      for (;;) {
        counts.uncertain += await ledger.settleAbandoned(boardId);
        if (paused !== undefined) return;
        await sendClaimed(
          boardId,
          () => paused === undefined,
          async (entry) => {
            const key = [entry.meetingRef, entry.step, entry.personRef].join('/');
            retries.delete(key);
            // Somebody may pause while the queue is worked off: what is not sent yet goes back.
            paused ??= pausedIn(await ports.records.snapshot(boardId));
            if (paused !== undefined) return putBack(entry, paused);
            const { result, retryAtMs } = await deliverOne(
              entry,
              await withReleased(entry, await views(entry.meetingRef)),
            );
            if (retryAtMs !== undefined) retries.set(key, retryAtMs);
            else if (result !== undefined) counts[result] += 1;
            if (result !== undefined) giveUpAtMs = time.nowMs() + patienceMs;
          },
        );
        const lapseMs = await claims?.nextLapseMs(boardId, worker);
        const soonestAtMs = Math.min(...retries.values(), lapseMs === undefined ? Infinity : time.nowMs() + lapseMs);
        if (soonestAtMs > giveUpAtMs || time.nowMs() > giveUpAtMs) return;
        await time.wait(Math.max(soonestAtMs - time.nowMs(), shortestWaitMs));
      }
    }
  }

  /** A board at rest is not read for this; one that seems paused is, so that it goes on soon after somebody resumed. */
  async function pausedNow(boardId: string): Promise<string | undefined> {
    const known = pausedIn(await ports.records.snapshot(boardId, pauseMaxAgeMs));
    return known === undefined ? undefined : pausedIn(await ports.records.snapshot(boardId));
  }

  function pausedIn(snapshot: BoardSnapshot): string | undefined {
    const pause = pauseAt(snapshot, clock.now().toISOString());
    return pause && pauseWords(pause, snapshot, calendarOf(resolvePolicy(snapshot.policy).policy));
  }

  async function withReleased(entry: LedgerEntry, view: DeliveryView): Promise<DeliveryView> {
    const hash = papersSentOf(entry.step);
    const released = hash === undefined ? undefined : await ports.released?.(entry.boardId, entry.meetingRef, hash);
    return released === undefined ? view : { ...view, released };
  }

  async function putBack(entry: LedgerEntry, detail: string): Promise<void> {
    const at = clock.now().toISOString();
    await ledger.record(entry, entry.fence, { state: 'planned', detail, notBefore: at }, at);
  }

  /** Claims while there is something to claim, `sendsAtOnce` under way; the first error stops the claiming. */
  async function sendClaimed(
    boardId: string,
    goOn: () => boolean,
    send: (entry: LedgerEntry) => Promise<void>,
  ): Promise<void> {
    const queue: LedgerEntry[] = [];
    let claiming: Promise<void> | undefined;
    let isDone = false;
    const claim = async (): Promise<void> => {
      const claimed = await ledger.claim(boardId, worker, claimsAtOnce, claims ? leaseSeconds : soleLeaseSeconds);
      isDone ||= claimed.length === 0;
      queue.push(...claimed);
    };
    const run = async (): Promise<void> => {
      for (;;) {
        const entry = queue.shift();
        if (entry !== undefined) await send(entry);
        else if (isDone || !goOn()) return;
        else await (claiming ??= claim().finally(() => (claiming = undefined)));
      }
    };
    const runs = Array.from({ length: sendsAtOnce }, async () =>
      run().catch((error: unknown) => {
        isDone = true;
        queue.length = 0;
        throw error;
      }),
    );
    const refused = (await Promise.allSettled(runs)).find((one) => one.status === 'rejected');
    if (refused !== undefined) throw refused.reason;
  }

  return { drain };
}
