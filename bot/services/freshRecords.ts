// Keeps what people see young: reads a board again when somebody looks and it is too old, when SharePoint tells of a change, and now and then.
import type { BoardSnapshot } from '../board/model';
import { isKnownError, ThrottledError } from '../errors';
import type { Logger } from '../logger';
import type { BoardFreshness, BoardRecords, StaleReason } from './ports';

/** Real time, not the clock of the rules; replaced in tests. */
export interface FreshnessTiming {
  nowMs(): number;
  /** Calls later; what it gives calls it off. */
  after(ms: number, run: () => void): () => void;
}

export interface FreshnessSettings {
  /** How old a board may be for somebody who looks at it. */
  readonly maxAgeMs: number;
  /** How old a board may get while nobody looks. */
  readonly idleMaxAgeMs: number;
  readonly logger: Logger;
  /** Something of a board was read or written; must not take long. */
  readonly news?: (boardId: string) => void;
  readonly timing?: FreshnessTiming;
}

/** Who looks waits so long for a reading; then they get what was read before, marked as old. */
const patienceMs = 4_000;
/** After a failure nobody's look reads again for so long, unless SharePoint named a time itself. */
const pauseMs = 10_000;
/** SharePoint tells of one edit several times: these are gathered into one reading. */
const gatherMs = 400;
/** Between the starts of two readings made for notifications. */
const restMs = 5_000;

/**
 * The same records, read again in time. When SharePoint does not answer, what was read before is given and `freshness`
 * says why: writes are still checked against the versions in SharePoint.
 */
export interface FreshRecords extends BoardRecords {
  /** SharePoint told of a change: what is in memory counts as old and is read again in a moment, a burst once. */
  changed(boardId: string): void;
  /** Reads every board that is older than it may get while nobody looks. Never throws. */
  check(): Promise<void>;
  /** No reading begins by itself any more; resolves when none is under way. */
  stop(): Promise<void>;
}

export function freshRecords(records: BoardRecords, settings: FreshnessSettings): FreshRecords {
  const boards = new Map<string, FreshBoard>();
  const board = (boardId: string): FreshBoard => {
    const found = boards.get(boardId) ?? new FreshBoard(boardId, records, settings);
    boards.set(boardId, found);
    return found;
  };
  return {
    boardIds: () => records.boardIds(),
    async write(operation) {
      const outcome = await records.write(operation);
      settings.news?.(operation.boardId);
      return outcome;
    },
    snapshot: async (boardId, maxAgeMs = settings.maxAgeMs) => board(boardId).snapshot(maxAgeMs),
    refresh: async (boardId) => board(boardId).refresh(),
    freshness: (boardId) => board(boardId).freshness(),
    changed: (boardId) => board(boardId).changed(),
    async check() {
      for (const boardId of records.boardIds()) await board(boardId).check();
    },
    async stop() {
      await Promise.all([...boards.values()].map((one) => one.stop()));
    },
  };
}

interface Flight {
  readonly reading: Promise<BoardSnapshot>;
  readonly startedMs: number;
  /** How many changes had been told of when it began. */
  readonly changes: number;
}

/** One board: at most one reading at a time, and one more for all who asked meanwhile. */
class FreshBoard {
  private readonly boardId: string;
  private readonly records: BoardRecords;
  private readonly settings: FreshnessSettings;
  private readonly timing: FreshnessTiming;
  /** What is in memory is as SharePoint was then, or later. */
  private readFromMs: number | undefined;
  private changes = 0;
  private changesRead = 0;
  private flight: Flight | undefined;
  private next: Promise<BoardSnapshot> | undefined;
  private failure: { readonly reason: StaleReason; readonly untilMs: number } | undefined;
  private wokenMs = -Infinity;
  private callOff: (() => void) | undefined;
  private isStopped = false;

  constructor(boardId: string, records: BoardRecords, settings: FreshnessSettings) {
    this.boardId = boardId;
    this.records = records;
    this.settings = settings;
    this.timing = settings.timing ?? realTiming;
  }

  async snapshot(maxAgeMs: number): Promise<BoardSnapshot> {
    if (!this.isOlderThan(maxAgeMs)) return this.records.snapshot(this.boardId);
    if (this.readFromMs === undefined) return this.flight?.reading ?? this.refresh();
    if (this.isPausing() || this.isLate()) return this.records.snapshot(this.boardId);
    try {
      const read = await this.inPatience(this.readingFor(maxAgeMs));
      if (read !== undefined) return read;
    } catch (error) {
      if (reasonOf(error) === undefined) throw error;
    }
    return this.records.snapshot(this.boardId);
  }

  /** Reads as SharePoint is at this moment or later: a reading already under way may have missed what is asked for. */
  async refresh(): Promise<BoardSnapshot> {
    const { failure, flight } = this;
    // What SharePoint asks for is obeyed in full, whoever asks.
    if (failure?.reason === 'throttled' && this.isPausing())
      throw new ThrottledError(
        'SharePoint asked to wait; it is not asked again before.',
        Math.ceil((failure.untilMs - this.timing.nowMs()) / 1000),
      );
    if (flight === undefined) return this.start();
    const again = (): Promise<BoardSnapshot> => {
      this.next = undefined;
      return this.flight?.reading ?? this.start();
    };
    this.next ??= flight.reading.then(again, again);
    return this.next;
  }

  freshness(): BoardFreshness {
    const { readAt, stale } = this.records.freshness(this.boardId);
    const isKept = this.isLate() && this.isOlderThan(this.settings.maxAgeMs);
    const reason = this.failure?.reason ?? (isKept ? (stale ?? 'no-answer') : undefined);
    return { ...(readAt === undefined ? {} : { readAt }), ...(reason === undefined ? {} : { stale: reason }) };
  }

  changed(): void {
    this.changes += 1;
    if (this.callOff === undefined) this.wakeAfter(gatherMs);
  }

  async check(): Promise<void> {
    if (!this.isOlderThan(this.settings.idleMaxAgeMs)) return;
    // Whatever went wrong is in the log; the next check or look tries again.
    await this.refresh().catch(() => undefined);
  }

  async stop(): Promise<void> {
    this.isStopped = true;
    this.callOff?.();
    this.callOff = undefined;
    await (this.next ?? this.flight?.reading)?.catch(() => undefined);
  }

  private isOlderThan(maxAgeMs: number): boolean {
    if (this.readFromMs === undefined || this.changesRead < this.changes) return true;
    return this.timing.nowMs() - this.readFromMs >= maxAgeMs;
  }

  private isPausing(): boolean {
    return this.failure !== undefined && this.timing.nowMs() < this.failure.untilMs;
  }

  /** A reading is under way for longer than anybody waits. */
  private isLate(): boolean {
    return this.flight !== undefined && this.timing.nowMs() - this.flight.startedMs >= patienceMs;
  }

  /** The reading under way serves when it began late enough; else the next one. */
  private readingFor(maxAgeMs: number): Promise<BoardSnapshot> {
    const { flight } = this;
    const serves = flight?.changes === this.changes && this.timing.nowMs() - flight.startedMs < maxAgeMs;
    return serves ? flight.reading : this.refresh();
  }

  private start(): Promise<BoardSnapshot> {
    const startedMs = this.timing.nowMs();
    const { changes } = this;
    const reading = this.records.refresh(this.boardId).then(
      (snapshot) => {
        this.flight = undefined;
        this.failure = undefined;
        this.readFromMs = startedMs;
        this.changesRead = changes;
        this.settings.news?.(this.boardId);
        return snapshot;
      },
      (error: unknown) => {
        this.flight = undefined;
        this.fail(error);
        throw error;
      },
    );
    this.flight = { reading, startedMs, changes };
    return reading;
  }

  private fail(error: unknown): void {
    const nowMs = this.timing.nowMs();
    const reason = reasonOf(error);
    const askedMs = error instanceof ThrottledError ? error.retryAfterSeconds * 1000 : 0;
    this.failure = reason && { reason, untilMs: nowMs + Math.max(pauseMs, askedMs) };
    const ageMs = this.readFromMs === undefined ? undefined : Math.round(nowMs - this.readFromMs);
    this.settings.logger.warn('board.notRead', { boardId: this.boardId, ageMs }, error);
  }

  private wakeAfter(ms: number): void {
    if (this.isStopped) return;
    const nowMs = this.timing.nowMs();
    const notBeforeMs = Math.max(this.wokenMs + restMs, this.failure?.untilMs ?? -Infinity);
    this.callOff = this.timing.after(Math.max(ms, notBeforeMs - nowMs), () => {
      this.callOff = undefined;
      // Somebody's look may have read it meanwhile.
      if (this.changesRead === this.changes) return;
      if (this.isPausing()) return this.wakeAfter(0);
      this.wokenMs = this.timing.nowMs();
      // Logged where it failed; who looks next reads again.
      this.refresh().catch(() => undefined);
    });
  }

  /** What was read; undefined when it takes longer than people wait. */
  private async inPatience(reading: Promise<BoardSnapshot>): Promise<BoardSnapshot | undefined> {
    let callOff: (() => void) | undefined;
    const late = new Promise<undefined>((resolve) => {
      callOff = this.timing.after(patienceMs, () => resolve(undefined));
    });
    try {
      return await Promise.race([reading, late]);
    } finally {
      callOff?.();
    }
  }
}

/** Why what was read before still stands; undefined for a failure that does not pass by itself. */
function reasonOf(error: unknown): StaleReason | undefined {
  if (!isKnownError(error)) return undefined;
  if (error.kind === 'throttled') return 'throttled';
  return error.kind === 'upstream' ? 'no-answer' : undefined;
}

const realTiming: FreshnessTiming = {
  nowMs: () => performance.now(),
  after(ms, run) {
    const timer = setTimeout(run, ms);
    timer.unref();
    return () => clearTimeout(timer);
  },
};
