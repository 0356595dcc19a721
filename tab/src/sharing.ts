// What was read again, made of the same objects as before where nothing changed, so that only what changed is drawn again.

/** `after` with every equal part taken from `before`; `before` itself when all of it is equal. Both come from JSON. */
export function shared<T>(before: unknown, after: T): T;
export function shared(before: unknown, after: unknown): unknown {
  if (Object.is(before, after)) return before;
  if (Array.isArray(before) && Array.isArray(after)) {
    const items = after.map((one: unknown, index): unknown => shared(before[index], one));
    return items.length === before.length && items.every((one, index) => one === before[index]) ? before : items;
  }
  if (!isRecord(before) || !isRecord(after)) return after;
  const entries = Object.entries(after).map(([name, one]) => [name, shared(before[name], one)] as const);
  const isSame = entries.length === Object.keys(before).length && entries.every(([name, one]) => before[name] === one);
  return isSame ? before : Object.fromEntries(entries);
}

/** True when they differ in more than the moment that they are from. */
export function isNews(before: unknown, after: unknown): boolean {
  if (!isRecord(before) || !isRecord(after)) return before !== after;
  return Object.keys({ ...before, ...after }).some((name) => name !== 'asOf' && before[name] !== after[name]);
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
