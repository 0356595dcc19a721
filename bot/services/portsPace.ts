// The port of the pace: what Teams allows, and the tenant's places in a second, shared by every instance that sends.

/** Requests an app may make in a tenant within a second. Source: Microsoft Learn, "Rate limit for bots", per app and tenant. */
export const placesInAll = 50;
/** A place is used again after a second, and what delays one message on its way more than another. */
export const placeRestsMs = 1010;
/** Places held are another's after so long unless they are asked for again; those of a dead instance come back so. */
export const placesLeaseMs = 2000;
/** Part of the places that comes back into play each second: from 30 % to above 95 % within five seconds. */
export const recoveryPerSecond = 0.18;
/** A refusal after so long without one may be a single message that was late on its way. */
export const aloneAfterMs = 5000;
/** Part of the places that stays in play after a refusal that stands alone, and after each that follows it. */
export const leftInPlay = { alone: 0.9, following: 0.5 } as const;
/** Many messages under way meet the same refusal; it counts once. */
export const oneRefusalMs = 1000;

/** Messages to one conversation within a time. Source: Microsoft Learn, "Rate limit for bots", per thread. */
export const conversationLimits = [
  { messages: 7, withinMs: 1000 },
  { messages: 8, withinMs: 2000 },
  { messages: 60, withinMs: 30_000 },
  { messages: 1800, withinMs: 3_600_000 },
] as const;
/** A message leaves up to so long after it was admitted: it is noted first, and waits for its place. */
export const conversationMarginMs = 1000;

export interface HeldPlace {
  readonly place: number;
  /** It may be used so long after the answer. */
  readonly freeInMs: number;
}

export interface RefusedConversation {
  readonly conversation: string;
  /** It may be asked for again after so long. */
  readonly inMs: number;
}

/** What instances share; moments are milliseconds of one clock. */
export interface Sharing {
  /** Who may use each place until when; nobody may afterwards, until it has rested. */
  readonly places: readonly { readonly holder: string; readonly untilMs: number }[];
  /** Instances that want to send, and until when that is so. */
  readonly sharers: Readonly<Record<string, number>>;
  /** Part of the places that was in play at the last refusal, and when that was. */
  readonly share: number;
  readonly slowedAtMs: number;
}

/** Keeps what is shared. Throws UpstreamError (storage). */
export interface SharingStore {
  /** One change at a time, by the clock of the store; undefined before the first. */
  change<T>(work: (sharing: Sharing | undefined, nowMs: number) => readonly [Sharing, T]): Promise<T>;
  /** As in SendPlaces. */
  admit(conversations: readonly string[]): Promise<readonly RefusedConversation[]>;
}

/** No moment passes here, only spans, so that nobody's clock is compared with another's. Throws UpstreamError. */
export interface SendPlaces {
  /**
   * This instance's part of the places in play, to be used for `placesLeaseMs` from the question on, each one again when it
   * has rested. What it held and is not given again it may not use any more, and gives back with the next question.
   */
  hold(holder: string, givenBack: readonly number[]): Promise<readonly HeldPlace[]>;
  /** This instance has nothing to send: its places are the others' when they have rested, before the lease is over. */
  leave(holder: string): Promise<void>;
  /**
   * Notes a message to each of these conversations, none of them twice, where the channel's limits for one conversation allow it.
   * Returns those that may not leave now.
   */
  admit(conversations: readonly string[]): Promise<readonly RefusedConversation[]>;
  /** The channel refused for the tenant: half the places in play from now, the others come back step by step. */
  slowDown(): Promise<void>;
}

/** Real time, in milliseconds; tests give their own. */
export interface RealTime {
  nowMs(): number;
  wait(ms: number): Promise<void>;
}
