// Sends what the ledger holds: claim, look again, note that it is being sent, send, record what became of it.
import { randomUUID } from 'node:crypto';
import { calendarOf } from '../board/cycle';
import { pauseAt } from '../board/managePause';
import type { BoardSnapshot, Ref } from '../board/model';
import { resolvePolicy } from '../board/policy';
import { papersSentOf } from '../board/released';
import { bodyQuietOn, heldWords } from '../board/sendingHours';
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
  /** Nothing was sent, in words why: somebody paused sending, or it is outside the sending hours. */
  readonly held?: string;
}

export interface Deliver {
  /** Sends all that is due for a board. Throws UpstreamError when the ledger or the lists do not answer. */
  drain(boardId: string): Promise<Drained>;
}

/** How old the board may be when it is asked whether messages may leave. */
const heldMaxAgeMs = 15 * 60_000;
/** Where nobody else can send, a lease ends only with the process. */
const soleLeaseSeconds = 30;
/** Enough to keep the full pace when a message takes half a second. */
const sendsAtOnce = 32;
const claimsAtOnce = 16;
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
    const { known, words } = await heldNow(boardId);
    let holds = words;
    const quiet = quietPeople(known);
    const held = claims && keepClaims(claims, boardId, worker, logger);
    try {
      await sendAll();
    } finally {
      held?.stop();
    }
    counts.waiting = retries.size;
    logger.info('delivery.drained', { boardId, ...counts, held: holds !== undefined, ...(await queueNow(boardId)) });
    return holds === undefined ? counts : { ...counts, held: holds };

    async function sendAll(): Promise<void> {
      let isFirstWait = true;
      for (;;) {
        counts.uncertain += await ledger.settleAbandoned(boardId);
        if (holds !== undefined) return;
        await sendClaimed(
          boardId,
          quiet,
          () => holds === undefined,
          async (entry) => {
            const key = [entry.meetingRef, entry.step, entry.personRef].join('/');
            retries.delete(key);
            // Somebody may pause while the queue is worked off, or the day end: what is not sent yet goes back.
            holds ??= heldIn(await ports.records.snapshot(boardId));
            if (holds !== undefined) return putBack(entry, holds);
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
        const waitMs = Math.max(soonestAtMs - time.nowMs(), shortestWaitMs);
        // Whoever died with these claims may have held the places, too: they come back while we wait. The living keep theirs.
        if (isFirstWait && lapseMs !== undefined) pace.getReady(waitMs);
        isFirstWait = false;
        await time.wait(waitMs);
      }
    }
  }

  /** A board at rest is not read for this; one that seems paused is, so that it goes on soon after somebody resumed. */
  async function heldNow(boardId: string): Promise<{ readonly known: BoardSnapshot; readonly words?: string }> {
    const old = await ports.records.snapshot(boardId, heldMaxAgeMs);
    if (pauseAt(old, clock.now().toISOString()) === undefined) return withWords(old);
    return withWords(await ports.records.snapshot(boardId));
  }

  function withWords(known: BoardSnapshot): { readonly known: BoardSnapshot; readonly words?: string } {
    const words = heldIn(known);
    return words === undefined ? { known } : { known, words };
  }

  function heldIn(snapshot: BoardSnapshot): string | undefined {
    return heldWords(snapshot, clock.now().toISOString());
  }

  /** Their messages wait in the ledger until their body works again. */
  function quietPeople(snapshot: BoardSnapshot): readonly Ref[] {
    const on = calendarOf(resolvePolicy(snapshot.policy).policy).on(clock.now().toISOString());
    return snapshot.people.filter((one) => bodyQuietOn(one, snapshot, on)).map((one) => one.ref);
  }

  async function withReleased(entry: LedgerEntry, view: DeliveryView): Promise<DeliveryView> {
    const hash = papersSentOf(entry.step);
    const released = hash === undefined ? undefined : await ports.released?.(entry.boardId, entry.meetingRef, hash);
    return released === undefined ? view : { ...view, released };
  }

  /** For the log alone: what was sent is sent, whether the ledger can be counted or not. */
  async function queueNow(boardId: string): Promise<{ readonly queued?: number; readonly oldestMs?: number }> {
    const now = clock.now();
    const queue = await ledger.queue(boardId, now.toISOString()).catch(() => undefined);
    if (queue === undefined) return {};
    return { queued: queue.count, oldestMs: queue.since === undefined ? 0 : now.getTime() - Date.parse(queue.since) };
  }

  async function putBack(entry: LedgerEntry, detail: string): Promise<void> {
    const at = clock.now().toISOString();
    await ledger.record(entry, entry.fence, { state: 'planned', detail, notBefore: at }, at);
  }

  /** Claims while there is something to claim, `sendsAtOnce` under way; the first error stops the claiming. */
  async function sendClaimed(
    boardId: string,
    notTo: readonly Ref[],
    goOn: () => boolean,
    send: (entry: LedgerEntry) => Promise<void>,
  ): Promise<void> {
    const queue: LedgerEntry[] = [];
    let claiming: Promise<void> | undefined;
    let isDone = false;
    const claim = async (): Promise<void> => {
      const seconds = claims ? leaseSeconds : soleLeaseSeconds;
      const claimed = await ledger.claim(boardId, worker, claimsAtOnce, seconds, notTo);
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
