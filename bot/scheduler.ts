// Wakes the cycle: every minute in trial and production; in local mode only when somebody advances the clock.
// In every mode it has boards read now and then, and keeps SharePoint telling of changes: neither sends anything.
import { randomUUID } from 'node:crypto';
import { Cron } from 'croner';
import type { BoardMode } from './config';
import { UpstreamError } from './errors';
import { correlated, type Logger } from './logger';
import type { Deliver } from './services/deliver';
import type { InviteBoard } from './services/inviteBoard';
import type { ManageItems } from './services/manageItems';
import type { BoardRecords } from './services/ports';
import type { RunCycle } from './services/runCycle';
import type { UpdateItem } from './services/updateItem';
import type { Leases } from './storage/leases';

export interface SchedulerPorts {
  readonly mode: BoardMode;
  readonly records: Pick<BoardRecords, 'boardIds'>;
  readonly runCycle: RunCycle;
  readonly deliver: Deliver;
  readonly updateItem: Pick<UpdateItem, 'resume'>;
  readonly manageItems: Pick<ManageItems, 'resume' | 'carryOutDue'>;
  readonly inviteBoard: Pick<InviteBoard, 'keep'>;
  /** Reads boards that nobody has looked at for long. */
  readonly freshness: { check(): Promise<void> };
  /** Keeps SharePoint telling of changes. */
  readonly subscriptions: { keep(): Promise<void> };
  /** Deletes what has been kept long enough. */
  readonly retention?: { keep(): Promise<void> };
  readonly leases: Leases;
  /** Names this process among the instances. */
  readonly holder: string;
  readonly logger: Logger;
  /** Real time, in milliseconds; replaced in tests. */
  readonly nowMs?: () => number;
}

export interface Scheduler {
  /** Starts waking by itself; in local mode only what sends nothing. */
  start(): void;
  /** For the health page. Rejects when it wakes by itself and no wake has ended for long: then nobody is asked for anything. */
  check(): Promise<void>;
  /** Does what is due for every board, one wake at a time; a wake asked for meanwhile follows. Never throws. */
  wake(): Promise<void>;
  /** Ends after the wake under way. */
  stop(): Promise<void>;
}

/** A wake that takes longer keeps its boards through the ledger's keys; the lease only spares the work. */
const leaseSeconds = 120;
const leaseName = 'cycle';
/** A wake that sends to a whole board takes minutes; one that takes longer is stuck. */
const wakesWithinMs = 15 * 60_000;
/** How old a board may get while nobody looks at it and SharePoint tells of nothing. */
export const idleMaxAgeMs = 15 * 60_000;
/** The boards that were not read for a quarter of an hour are found within a minute. */
const checkPattern = '* * * * *';
/** A first subscription that failed is tried again so often; renewals are due twice a week. */
const subscriptionsPattern = '*/15 * * * *';
const subscriptionsLease = 'subscriptions';
/** Once a day, when hardly anybody is at work. */
const retentionPattern = '17 3 * * *';
const retentionLease = 'retention';
/** Subscriptions and retention are the installation's, not one board's; the column keeps every key led by board_id. */
const allBoards = '*';

export function createScheduler(ports: SchedulerPorts): Scheduler {
  const { logger, leases, holder, nowMs = () => performance.now() } = ports;
  let jobs: readonly Cron[] = [];
  let keeping: Promise<void> = Promise.resolve();
  let underWay: Promise<void> | undefined;
  let next: Promise<void> | undefined;
  /** When a wake ended last; undefined where nobody expects one. */
  let endedMs: number | undefined;

  async function wakeBoard(boardId: string, dueAtMs: number | undefined): Promise<void> {
    const startedMs = performance.now();
    // Of a wake that somebody asked for nobody can say that it is late.
    const late = dueAtMs === undefined ? {} : { lateMs: Math.max(0, Date.now() - dueAtMs) };
    const took = () => ({ ...late, tookMs: Math.round(performance.now() - startedMs) });
    try {
      if ((await leases.acquire(boardId, leaseName, holder, leaseSeconds)) === undefined) return;
      const resumed = (await ports.updateItem.resume(boardId)) + (await ports.manageItems.resume(boardId));
      // Before anything is planned: who is asked is who owns it today.
      const handedOver = await ports.manageItems.carryOutDue(boardId);
      const planned = await plan(boardId);
      const drained = await ports.deliver.drain(boardId);
      const invited = await ports.inviteBoard.keep(boardId);
      const held = drained.held !== undefined;
      logger.info('scheduler.woke', { boardId, resumed, handedOver, planned, invited, ...drained, held, ...took() });
    } catch (cause) {
      // One board that cannot be read or reached must not hold up the others; the next wake tries again.
      logger.error('scheduler.failed', { boardId, ...took() }, cause);
    }
  }

  async function plan(boardId: string): Promise<number> {
    const { plan, planned } = await ports.runCycle.remind(boardId, undefined, { maxAgeMs: idleMaxAgeMs });
    if (plan !== undefined && planned > 0 && plan.missed.length > 0)
      logger.warn('cycle.stepsMissed', { boardId, meetingRef: plan.meetingRef, steps: plan.missed.join(' ') });
    return planned;
  }

  /** One instance at a time: two would make each subscription twice. */
  async function keepSubscriptions(): Promise<void> {
    try {
      if ((await leases.acquire(allBoards, subscriptionsLease, holder, leaseSeconds)) === undefined) return;
      await ports.subscriptions.keep();
    } catch (cause) {
      // Without the database no lease: boards are read by their age, and the next time tries again.
      logger.error('scheduler.subscriptionsFailed', {}, cause);
    }
  }

  async function keepRetention(): Promise<void> {
    try {
      if ((await leases.acquire(allBoards, retentionLease, holder, leaseSeconds)) === undefined) return;
      await ports.retention?.keep();
    } catch (cause) {
      // Nothing is lost by waiting: the next night tries again.
      logger.error('scheduler.retentionFailed', {}, cause);
    }
  }

  async function release(boardId: string, name: string): Promise<void> {
    await leases.release(boardId, name, holder).catch((cause: unknown) => {
      // It runs out by itself; a database that has gone away must not keep the service from stopping.
      logger.warn('scheduler.leaseNotReleased', { boardId, name }, cause);
    });
  }

  function every(pattern: string, work: () => Promise<void>): Cron {
    return new Cron(pattern, { protect: true, unref: true }, work);
  }

  /** Wakes every minute; a minute that passes while a wake goes on is made up for by the next, which is so much later. */
  function everyMinute(): Cron {
    let dueAtMs: number | undefined;
    const job = every('* * * * *', async () => {
      const wasDueAtMs = dueAtMs;
      dueAtMs = job.nextRun()?.getTime();
      await wake(wasDueAtMs);
    });
    dueAtMs = job.nextRun()?.getTime();
    return job;
  }

  async function wakeAll(dueAtMs?: number): Promise<void> {
    for (const boardId of ports.records.boardIds())
      await correlated(`wake-${randomUUID()}`, () => wakeBoard(boardId, dueAtMs));
    if (endedMs !== undefined) endedMs = nowMs();
  }

  async function wake(dueAtMs?: number): Promise<void> {
    if (underWay === undefined) {
      underWay = wakeAll(dueAtMs).finally(() => (underWay = undefined));
      return underWay;
    }
    next ??= underWay.then(async () => {
      next = undefined;
      return wake();
    });
    return next;
  }

  return {
    start() {
      if (jobs.length > 0) return;
      const keep = async (): Promise<void> => (keeping = keepSubscriptions());
      jobs = [every(checkPattern, () => ports.freshness.check()), every(subscriptionsPattern, keep)];
      void keep();
      if (ports.mode === 'local') return;
      jobs = [...jobs, everyMinute(), every(retentionPattern, keepRetention)];
      endedMs = nowMs();
      logger.info('scheduler.started');
    },
    async check() {
      const silentMs = endedMs === undefined ? 0 : nowMs() - endedMs;
      if (silentMs > wakesWithinMs)
        throw new UpstreamError('The scheduler', `No wake has ended for ${Math.floor(silentMs / 60_000)} minutes.`);
    },
    wake: () => wake(),
    async stop() {
      for (const job of jobs) job.stop();
      jobs = [];
      await (next ?? underWay);
      await keeping;
      for (const boardId of ports.records.boardIds()) await release(boardId, leaseName);
      await release(allBoards, subscriptionsLease);
    },
  };
}
