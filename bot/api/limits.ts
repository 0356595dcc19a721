// How often one caller may ask: a bucket of tokens each, refilled evenly, in real time.

export interface Limiter {
  /** Seconds to wait, or undefined when the request may go on. */
  take(key: string): number | undefined;
}

/** `perMinute` requests a key, all at once if need be; at most `maxKeys` keys are remembered. */
export function createLimiter(perMinute: number, nowMs: () => number, maxKeys = 10_000): Limiter {
  const buckets = new Map<string, { tokens: number; atMs: number }>();
  const perMs = perMinute / 60_000;
  return {
    take(key) {
      const now = nowMs();
      const before = buckets.get(key) ?? { tokens: perMinute, atMs: now };
      const tokens = Math.min(perMinute, before.tokens + (now - before.atMs) * perMs);
      // Set again so that the map stays in order of use and the oldest is forgotten first.
      buckets.delete(key);
      buckets.set(key, { tokens: tokens >= 1 ? tokens - 1 : tokens, atMs: now });
      if (buckets.size > maxKeys) for (const oldest of buckets.keys()) if (buckets.delete(oldest)) break;
      return tokens >= 1 ? undefined : Math.max(1, Math.ceil((1 - tokens) / perMs / 1000));
    },
  };
}
