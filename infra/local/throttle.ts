// Resource units of an application by the minute, as SharePoint meters them; refuses with Retry-After above the limit.
import { GraphFailure, LocalError } from './graphError';

/** Units a minute by size of tenant. Source: SharePoint, "Avoid getting throttled or blocked", October 2025. */
export const tiers: Readonly<Record<string, number>> = {
  smallest: 1250,
  small: 2500,
  medium: 3750,
  large: 5000,
  largest: 6250,
};

/** Counts units of one request and gives the headers its answer carries; throws when the minute is used up. */
export type Throttle = (units: number) => Readonly<Record<string, string>>;

export function createThrottle(tier: string | undefined, now: () => number = () => performance.now()): Throttle {
  if (tier === undefined) return () => ({});
  const limit = tiers[tier];
  if (limit === undefined)
    throw new LocalError(`There is no throttling tier "${tier}". Choose one of ${Object.keys(tiers).join(', ')}.`);
  let windowStart = now();
  let used = 0;
  return (units) => {
    if (now() - windowStart >= 60_000) {
      windowStart = now();
      used = 0;
    }
    // Throttled requests count too.
    used += units;
    const resetSeconds = Math.max(1, Math.ceil((windowStart + 60_000 - now()) / 1000));
    const headers = {
      'RateLimit-Limit': String(limit),
      'RateLimit-Remaining': String(Math.max(0, limit - used)),
      'RateLimit-Reset': String(resetSeconds),
    };
    if (used > limit)
      throw new GraphFailure(429, 'activityLimitReached', 'The request has been throttled', {
        innerCode: 'throttledRequest',
        headers: { ...headers, 'Retry-After': String(resetSeconds) },
      });
    return used >= limit * 0.8 ? headers : {};
  };
}
