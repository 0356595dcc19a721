// The port of the pace: what Teams allows, and the tenant's slots for messages, shared by every instance that sends.

/**
 * Messages a second, under the 50 that Teams allows an app in a tenant: slots 20.3 ms apart leave a window of a second
 * 15 ms for what delays one message more than another. Source: Microsoft Learn, "Rate limit for bots", per app and tenant.
 */
export const fullRate = 49.26;
/** Part of the full rate that comes back each second: from 30 % to above 95 % within five seconds. */
export const recoveryPerSecond = 0.15;
/** Many messages under way meet the same refusal; it counts once. */
export const oneRefusalMs = 1000;

/** Messages to one conversation within a time. Source: Microsoft Learn, "Rate limit for bots", per thread. */
export const conversationLimits = [
  { messages: 7, withinMs: 1000 },
  { messages: 8, withinMs: 2000 },
  { messages: 60, withinMs: 30_000 },
  { messages: 1800, withinMs: 3_600_000 },
] as const;
/** Two messages a little late or early must not meet in one window. */
export const conversationMarginMs = 100;

/** A message that would leave in a slot. */
export interface PlannedTurn {
  /** Any key that stands for the conversation. */
  readonly conversation: string;
  /** By the clock of the slots. */
  readonly atMs: number;
}

/** Slots that belong to who took them alone; unused ones are lost. */
export interface TakenSlots {
  /** The moment of the answer by the clock of the slots, milliseconds. */
  readonly nowMs: number;
  readonly firstAtMs: number;
  /** From one slot to the next. */
  readonly everyMs: number;
}

/** Throws UpstreamError (storage). */
export interface SendSlots {
  /** Takes the next free slots, one message each. */
  take(count: number): Promise<TakenSlots>;
  /**
   * Notes turns, each of another conversation, where the channel's limits for one conversation allow them.
   * Returns those that may not leave then, with the earliest moment they may.
   */
  admit(turns: readonly PlannedTurn[]): Promise<readonly PlannedTurn[]>;
  /** The channel refused for the tenant: half the rate from now, back to the full rate step by step. */
  slowDown(): Promise<void>;
}

/** Real time, in milliseconds; tests give their own. */
export interface RealTime {
  nowMs(): number;
  wait(ms: number): Promise<void>;
}
