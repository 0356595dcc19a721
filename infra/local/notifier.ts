// Change notifications of the local Graph: the handshake with a subscriber, deliveries gathered, tried again, bounded.
import { randomUUID } from 'node:crypto';

/** How notifications are paced; the defaults are far quicker than Microsoft's, whose mean is under a minute. */
export interface NotifierOptions {
  /** Changes within this time make one notification. */
  readonly gatherMs?: number;
  /** Waits before each further try; after the last the notification is given up. */
  readonly retryDelaysMs?: readonly number[];
}

/** What came of a subscriber's notifications, for the console. */
export interface DeliveryTally {
  readonly delivered: number;
  readonly failed: number;
  /** The last answer's status, or why there was none. */
  readonly last: string;
}

export interface Notifier {
  /** True when `url` answers the token as Microsoft asks: within 10 s, 200, text/plain, unchanged. */
  handshake(url: string): Promise<boolean>;
  /** Notifies `url` of what `entries` gives once the gathering time is over; the same `key` gathers once. */
  notify(url: string, key: string, entry: () => Readonly<Record<string, unknown>> | undefined): void;
  tally(key: string): DeliveryTally;
  close(): void;
}

// Source: Microsoft Graph, "Receive change notifications through webhooks".
const handshakeWithinMs = 10_000;
const answerWithinMs = 3_000;
const untouched: DeliveryTally = { delivered: 0, failed: 0, last: 'none yet' };

/** `copies` says how often a delivery is sent: 1, or 0 and 2 when a fault is scripted. */
export function createNotifier(copies: (url: string) => number, options: NotifierOptions = {}): Notifier {
  const { gatherMs = 200, retryDelaysMs = [1_000, 5_000, 15_000, 60_000] } = options;
  const gathered = new Map<string, Map<string, () => Readonly<Record<string, unknown>> | undefined>>();
  const tallies = new Map<string, DeliveryTally>();
  const timers = new Set<NodeJS.Timeout>();
  const ended = new AbortController();

  function later(ms: number, work: () => void): void {
    const timer = setTimeout(() => {
      timers.delete(timer);
      work();
    }, ms);
    timer.unref();
    timers.add(timer);
  }

  function count(keys: readonly string[], name: 'delivered' | 'failed', last: string): void {
    for (const key of keys) {
      const before = tallies.get(key) ?? untouched;
      tallies.set(key, { ...before, [name]: before[name] + 1, last });
    }
  }

  function flush(url: string): void {
    const waiting = [...(gathered.get(url) ?? [])];
    gathered.delete(url);
    const entries = waiting.flatMap(([key, entry]) => {
      const value = entry();
      return value === undefined ? [] : [{ key, value }];
    });
    if (entries.length === 0) return;
    const keys = entries.map((one) => one.key);
    const body = JSON.stringify({ value: entries.map((one) => one.value) });
    for (let copy = copies(url); copy > 0; copy -= 1) void deliver(url, keys, body, 0);
  }

  async function deliver(url: string, keys: readonly string[], body: string, tried: number): Promise<void> {
    const answer = await post(url, 'application/json', body, answerWithinMs);
    if (ended.signal.aborted) return;
    if (answer.response?.ok === true) return count(keys, 'delivered', answer.said);
    count(keys, 'failed', answer.said);
    const wait = retryDelaysMs[tried];
    if (wait !== undefined) later(wait, () => void deliver(url, keys, body, tried + 1));
  }

  async function post(
    url: string,
    type: string,
    body: string,
    withinMs: number,
  ): Promise<{ response?: Response; text?: string; said: string }> {
    try {
      const signal = AbortSignal.any([AbortSignal.timeout(withinMs), ended.signal]);
      const headers = { 'Content-Type': type };
      const response = await fetch(url, { method: 'POST', headers, body, redirect: 'manual', signal });
      return { response, text: await response.text(), said: String(response.status) };
    } catch (error) {
      // A subscriber that is down or slow; whatever the cause, it did not take the notification.
      return { said: error instanceof Error ? error.name : String(error) };
    }
  }

  return {
    async handshake(url) {
      const token = `Validation: the local Microsoft 365 asks whether ${randomUUID()} is heard`;
      const address = `${url}${url.includes('?') ? '&' : '?'}validationToken=${encodeURIComponent(token)}`;
      const { response, text } = await post(address, 'text/plain; charset=utf-8', '', handshakeWithinMs);
      const plain = /^text\/plain\b/i.test(response?.headers.get('content-type') ?? '');
      return response?.status === 200 && plain && text === token;
    },
    notify(url, key, entry) {
      const waiting = gathered.get(url);
      if (waiting) return void waiting.set(key, entry);
      gathered.set(url, new Map([[key, entry]]));
      later(gatherMs, () => flush(url));
    },
    tally: (key) => tallies.get(key) ?? untouched,
    close() {
      ended.abort();
      for (const timer of timers) clearTimeout(timer);
    },
  };
}
