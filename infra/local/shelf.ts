// Documents of the local tenant that each have a file of their own to know their shape: subscriptions, sharing, events.
import type { z } from 'zod';
import type { Store, StoreChange, StoredDocument } from './store';

interface Decided<R> {
  readonly result: R;
  readonly puts?: readonly { readonly key: string; readonly body: unknown }[];
  readonly removed?: readonly string[];
}

/** Every document by its type and key. */
export interface Documents {
  of(type: string): ReadonlyMap<string, unknown>;
  /** Decides on the documents of one type as they are, then keeps what it returns, all or nothing. */
  change<R>(type: string, work: (kept: ReadonlyMap<string, unknown>) => Decided<R>): Promise<R>;
  clear(): void;
  restore(stored: readonly StoredDocument[]): void;
}

/** `exclusive` runs one change of the tenant at a time. */
export function createDocuments(store: Store, exclusive: <T>(work: () => Promise<T>) => Promise<T>): Documents {
  const kept = new Map<string, Map<string, unknown>>();
  const shelf = (type: string): Map<string, unknown> => {
    const found = kept.get(type) ?? new Map<string, unknown>();
    kept.set(type, found);
    return found;
  };
  return {
    of: shelf,
    change: (type, work) =>
      exclusive(async () => {
        const { result, puts = [], removed = [] } = work(shelf(type));
        await store.commit([
          ...puts.map(({ key, body }): StoreChange => ({ kind: 'put', type, key, body })),
          ...removed.map((key): StoreChange => ({ kind: 'remove', type, key })),
        ]);
        for (const { key, body } of puts) shelf(type).set(key, body);
        for (const key of removed) shelf(type).delete(key);
        return result;
      }),
    clear: () => kept.clear(),
    restore(stored) {
      for (const { type, key, body } of stored) shelf(type).set(key, body);
    },
  };
}

export interface Shelf<T> {
  all(): readonly T[];
  get(key: string): T | undefined;
  change<R>(
    work: (kept: readonly T[]) => {
      readonly result: R;
      readonly puts?: readonly T[];
      readonly removed?: readonly string[];
    },
  ): Promise<R>;
}

/** The documents of one type, read by their schema; `keyOf` names each uniquely. */
export function openShelf<T>(
  documents: Documents,
  type: string,
  schema: z.ZodType<T>,
  keyOf: (one: T) => string,
): Shelf<T> {
  const read = (kept: ReadonlyMap<string, unknown>): readonly T[] => [...kept.values()].map((one) => schema.parse(one));
  return {
    all: () => read(documents.of(type)),
    get(key) {
      const found = documents.of(type).get(key);
      return found === undefined ? undefined : schema.parse(found);
    },
    change: (work) =>
      documents.change(type, (kept) => {
        const { puts = [], ...done } = work(read(kept));
        return { ...done, puts: puts.map((body) => ({ key: keyOf(body), body })) };
      }),
  };
}
