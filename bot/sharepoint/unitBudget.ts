// Lets requests to SharePoint pass while the minute's units last: people's writes before readings, waits as long as we are asked.
import { ThrottledError } from '../errors';
import { askedWaitMs } from './retryRule';
import type { UnitCount, UnitMeter } from './unitMeter';

export interface BudgetSettings {
  /** The tenant's limit for one application; no limit when absent. */
  readonly unitsPerMinute?: number | undefined;
  /** Nobody waits longer in line: the request is refused with the time left. */
  readonly longestWaitMs: number;
}

/** What one sees of the units spent, and of requests that wait. */
export interface UnitUsage extends UnitCount {
  /** Never more than this in any minute: four fifths of the tenant's limit. */
  readonly mostPerMinute?: number;
  readonly waiting: number;
  /** Since when the first of them waits, as the timing's milliseconds. */
  readonly waitingSinceMs?: number;
  /** SharePoint asked everybody to wait so long from now. */
  readonly heldForMs?: number;
}

interface Ticket {
  readonly units: number;
  readonly isUrgent: boolean;
  readonly sinceMs: number;
}

// Source: "Avoid getting throttled", Microsoft: from 80 % of the limit on the answers carry RateLimit headers.
const usableShare = 0.8;
/** Of the limit, kept for what a person waits for. */
const urgentShare = 0.1;

export class UnitBudget {
  private readonly meter: UnitMeter;
  private readonly settings: BudgetSettings;
  private readonly timing: { now(): number; wait(ms: number): Promise<void> };
  private waiting: Ticket[] = [];
  private heldUntilMs = -Infinity;
  /** The service says that four fifths are gone, by whatever instance: readings wait for the next minute. */
  private readingsHeldUntilMs = -Infinity;

  constructor(meter: UnitMeter, settings: BudgetSettings, timing: { now(): number; wait(ms: number): Promise<void> }) {
    this.meter = meter;
    this.settings = settings;
    this.timing = timing;
  }

  /** Resolves when the units may be spent, and counts them as spent. Throws ThrottledError when that is too far off. */
  async take(units: number, isUrgent: boolean): Promise<void> {
    let nowMs = this.timing.now();
    const ticket: Ticket = { units, isUrgent, sinceMs: nowMs };
    this.waiting.push(ticket);
    try {
      for (;;) {
        const waitMs = this.waitMs(ticket, nowMs);
        if (waitMs <= 0) break;
        if (nowMs + waitMs - ticket.sinceMs > this.settings.longestWaitMs) {
          throw new ThrottledError(
            'The units of this minute are spent, or SharePoint asked us to wait.',
            waitMs / 1000,
          );
        }
        await this.timing.wait(waitMs);
        nowMs = Math.max(this.timing.now(), nowMs + waitMs);
      }
      this.meter.record(units, nowMs);
    } finally {
      this.waiting = this.waiting.filter((one) => one !== ticket);
    }
  }

  /** What an answer says about limits: the greater of Retry-After and RateLimit-Reset holds. */
  heed(status: number, headers: Headers): void {
    const nowMs = this.timing.now();
    const askedMs = askedWaitMs(headers, nowMs);
    if (askedMs === undefined) return;
    if (status === 429 || status === 503) this.heldUntilMs = Math.max(this.heldUntilMs, nowMs + askedMs);
    else if (headers.has('RateLimit-Remaining')) {
      this.readingsHeldUntilMs = Math.max(this.readingsHeldUntilMs, nowMs + askedMs);
    }
  }

  usage(): UnitUsage {
    const nowMs = this.timing.now();
    const since = Math.min(...this.waiting.map((one) => one.sinceMs));
    const most = this.most(true);
    return {
      ...this.meter.count(nowMs),
      ...(most === undefined ? {} : { mostPerMinute: most }),
      waiting: this.waiting.length,
      ...(this.waiting.length === 0 ? {} : { waitingSinceMs: since }),
      ...(this.heldUntilMs > nowMs ? { heldForMs: this.heldUntilMs - nowMs } : {}),
    };
  }

  private most(isUrgent: boolean): number | undefined {
    const limit = this.settings.unitsPerMinute;
    return limit === undefined ? undefined : Math.floor(limit * (isUrgent ? usableShare : usableShare - urgentShare));
  }

  private waitMs(ticket: Ticket, nowMs: number): number {
    const heldMs = Math.max(this.heldUntilMs, ticket.isUrgent ? -Infinity : this.readingsHeldUntilMs) - nowMs;
    const most = this.most(ticket.isUrgent);
    if (most === undefined) return heldMs;
    const at = this.waiting.indexOf(ticket);
    const ahead = this.waiting.filter((one, index) => (one.isUrgent === ticket.isUrgent ? index < at : one.isUrgent));
    const needed = ahead.reduce((sum, one) => sum + one.units, ticket.units);
    // More than a whole minute's worth stands in line: it goes when the minute is empty.
    return Math.max(heldMs, Math.ceil(this.meter.untilAtMostMs(Math.max(0, most - needed), nowMs)));
  }
}
