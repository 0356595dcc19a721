// Resource units by application, as SharePoint meters them; refuses with Retry-After above the limits of a tier.
import { GraphFailure, LocalError } from './graphError';

/** Units a minute by size of tenant. Source: SharePoint, "Avoid getting throttled or blocked", October 2025. */
export const tiers: Readonly<Record<string, number>> = {
  smallest: 1250,
  small: 2500,
  medium: 3750,
  large: 5000,
  largest: 6250,
};
/** Units in 24 hours for each unit a minute: 1.2 million beside 1,250. Source: the same page. */
const dayShare = 960;
/** From this share of the minute's units on, answers say how much is left. Source: the same page. */
const warnedShare = 0.8;
const minuteMs = 60_000;
const dayMs = 24 * 60 * minuteMs;

/** What one application has asked for since the start, or since the count was set back. */
export interface AppUsage {
  /** HTTP requests; a batch is one. */
  readonly requests: number;
  /** Graph calls: each part of a batch is one. */
  readonly calls: number;
  readonly units: number;
  readonly unitsLastMinute: number;
  /** Calls refused with 429 by the meter; they count among the units too. */
  readonly throttled: number;
}

export interface Meter {
  countRequest(app: string): void;
  /** Counts a call and gives the headers of its answer; throws when the application's units are used up. */
  spend(app: string, units: number): Readonly<Record<string, string>>;
  usage(): { readonly tier?: string; readonly apps: Readonly<Record<string, AppUsage>> };
  /** Sets the figures of `usage` back; the limits go on counting. */
  forget(): void;
}

interface Window {
  startedAt: number;
  used: number;
}

interface Account {
  requests: number;
  calls: number;
  units: number;
  throttled: number;
  readonly recent: { at: number; units: number }[];
  readonly minute: Window;
  readonly day: Window;
}

/** Without a tier it counts and refuses nothing. */
export function createMeter(tier: string | undefined, now: () => number = () => performance.now()): Meter {
  const limit = tier === undefined ? undefined : tiers[tier];
  if (tier !== undefined && limit === undefined)
    throw new LocalError(`There is no throttling tier "${tier}". Choose one of ${Object.keys(tiers).join(', ')}.`);
  const accounts = new Map<string, Account>();

  function accountOf(app: string): Account {
    const known = accounts.get(app);
    if (known) return known;
    const fresh = (): Window => ({ startedAt: now(), used: 0 });
    const account = { requests: 0, calls: 0, units: 0, throttled: 0, recent: [], minute: fresh(), day: fresh() };
    accounts.set(app, account);
    return account;
  }

  function spend(app: string, units: number): Readonly<Record<string, string>> {
    const account = accountOf(app);
    account.calls += 1;
    account.units += units;
    account.recent.push({ at: now(), units });
    dropOld(account.recent, now());
    // Throttled calls count too.
    add(account.minute, units, minuteMs, now());
    add(account.day, units, dayMs, now());
    if (limit === undefined) return {};
    const reset = secondsLeft(account.minute, minuteMs, now());
    const headers = {
      'RateLimit-Limit': String(limit),
      'RateLimit-Remaining': String(Math.max(0, limit - account.minute.used)),
      'RateLimit-Reset': String(reset),
    };
    const overDay = account.day.used > limit * dayShare;
    if (overDay || account.minute.used > limit) {
      account.throttled += 1;
      const wait = overDay ? secondsLeft(account.day, dayMs, now()) : reset;
      throw new GraphFailure(429, 'activityLimitReached', 'The request has been throttled', {
        innerCode: 'throttledRequest',
        headers: { ...headers, 'Retry-After': String(wait) },
      });
    }
    return account.minute.used >= limit * warnedShare ? headers : {};
  }

  return {
    countRequest: (app) => {
      accountOf(app).requests += 1;
    },
    spend,
    usage: () => ({
      ...(tier === undefined ? {} : { tier }),
      apps: Object.fromEntries(
        [...accounts].map(([app, { requests, calls, units, throttled, recent }]) => {
          dropOld(recent, now());
          const unitsLastMinute = recent.reduce((sum, one) => sum + one.units, 0);
          return [app, { requests, calls, units, unitsLastMinute, throttled }];
        }),
      ),
    }),
    forget: () => {
      for (const account of accounts.values()) {
        Object.assign(account, { requests: 0, calls: 0, units: 0, throttled: 0 });
        account.recent.length = 0;
      }
    },
  };
}

function add(window: Window, units: number, lengthMs: number, at: number): void {
  if (at - window.startedAt >= lengthMs) Object.assign(window, { startedAt: at, used: 0 });
  window.used += units;
}

function secondsLeft(window: Window, lengthMs: number, at: number): number {
  return Math.max(1, Math.ceil((window.startedAt + lengthMs - at) / 1000));
}

/** Keeps what the last minute spent. */
function dropOld(recent: { at: number; units: number }[], at: number): void {
  const kept = recent.findIndex((one) => at - one.at < minuteMs);
  recent.splice(0, kept < 0 ? recent.length : kept);
}
