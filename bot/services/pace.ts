// How fast messages may leave: evenly, so that no window of a second holds more than the channel's limit.

export interface Pace {
  /** Resolves when the next message may leave. */
  turn(): Promise<void>;
  /** The channel asked us to wait: half the rate now, full again within five seconds. */
  slowDown(): void;
}

/** Real time, in milliseconds; tests give their own. */
export interface RealTime {
  nowMs(): number;
  wait(ms: number): Promise<void>;
}

export const realTime: RealTime = {
  nowMs: () => Date.now(),
  wait: async (ms) =>
    new Promise((resolve) => {
      setTimeout(resolve, ms);
    }),
};

/** Teams allows 50 requests a second per app and tenant; a little less keeps clear of it. Source: docs/reliability.md. */
const defaultPerSecond = 49;
const recoveryPerSecond = 0.1;
/** Many messages under way meet the same refusal; it counts once. */
const oneRefusalMs = 1000;

/** The pace of one process: one message every 1000 / rate milliseconds, none saved up. */
export function createPace(perSecond: number = defaultPerSecond, time: RealTime = realTime): Pace {
  let nextAtMs = 0;
  let slowed: { readonly atMs: number; readonly share: number } | undefined;

  /** 1 is the full rate. */
  function share(nowMs: number): number {
    if (slowed === undefined) return 1;
    return Math.min(1, slowed.share + ((nowMs - slowed.atMs) / 1000) * recoveryPerSecond);
  }

  return {
    async turn() {
      const nowMs = time.nowMs();
      const atMs = Math.max(nextAtMs, nowMs);
      nextAtMs = atMs + 1000 / (perSecond * share(nowMs));
      if (atMs > nowMs) await time.wait(atMs - nowMs);
    },
    slowDown() {
      const nowMs = time.nowMs();
      if (slowed !== undefined && nowMs - slowed.atMs < oneRefusalMs) return;
      slowed = { atMs: nowMs, share: Math.max(share(nowMs) / 2, 1 / perSecond) };
    },
  };
}
