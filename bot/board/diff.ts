// The exact difference of two frozen logs: applied to the first it gives the second.
import { canonicalJson } from './canonical';

/** A place in a log: names of members, and in lists of named rows the row's `key` or `ref`. */
export type DiffPath = readonly string[];

export type DiffChange =
  | { readonly op: 'set'; readonly path: DiffPath; readonly before?: unknown; readonly after: unknown }
  | { readonly op: 'remove'; readonly path: DiffPath; readonly before: unknown }
  /** The rows of a list stand in this order. */
  | { readonly op: 'order'; readonly path: DiffPath; readonly names: readonly string[] };

export interface LogDiff {
  /** In the order in which they are applied. */
  readonly changes: readonly DiffChange[];
}

/** What changed from `a` to `b`; empty when they are the same JSON value. */
export function diffLogs(a: unknown, b: unknown): LogDiff {
  return { changes: [...differences(a, b, [])] };
}

/** `b`, from `a` and the difference of the two; `a` stays as it is. */
export function applyDiff(a: unknown, diff: LogDiff): unknown {
  return diff.changes.reduce((value, change) => applied(value, change, change.path), a);
}

/** The rows of a list of a log (`actions`, `risks`) that differ, in the order of the difference. */
export function changedRows(diff: LogDiff, list: string): readonly string[] {
  const names = diff.changes.flatMap(({ path }) => (path[0] === list && path[1] !== undefined ? [path[1]] : []));
  return [...new Set(names)];
}

type Members = Readonly<Record<string, unknown>>;

function* differences(a: unknown, b: unknown, path: DiffPath): Generator<DiffChange> {
  if (canonicalJson(a) === canonicalJson(b)) return;
  const rowsA = namedRows(a);
  const rowsB = namedRows(b);
  if (rowsA && rowsB) yield* rowDifferences(rowsA, rowsB, path);
  else if (isMembers(a) && isMembers(b)) yield* memberDifferences(a, b, path);
  else yield { op: 'set', path, before: a, after: b };
}

function* memberDifferences(a: Members, b: Members, path: DiffPath): Generator<DiffChange> {
  const names = [...new Set([...present(a), ...present(b)])].sort();
  for (const name of names) {
    const at = [...path, name];
    const before = memberOf(a, name);
    const after = memberOf(b, name);
    if (after === undefined) yield { op: 'remove', path: at, before };
    else if (before === undefined) yield { op: 'set', path: at, after };
    else yield* differences(before, after, at);
  }
}

function* rowDifferences(
  a: ReadonlyMap<string, unknown>,
  b: ReadonlyMap<string, unknown>,
  path: DiffPath,
): Generator<DiffChange> {
  for (const [name, row] of a) if (!b.has(name)) yield { op: 'remove', path: [...path, name], before: row };
  for (const [name, row] of b) {
    if (a.has(name)) yield* differences(a.get(name), row, [...path, name]);
    else yield { op: 'set', path: [...path, name], after: row };
  }
  const names = [...b.keys()];
  const reached = [...[...a.keys()].filter((name) => b.has(name)), ...names.filter((name) => !a.has(name))];
  if (reached.join('\n') !== names.join('\n')) yield { op: 'order', path, names };
}

function applied(value: unknown, change: DiffChange, path: DiffPath): unknown {
  const [name, ...rest] = path;
  const rows = namedRows(value);
  if (name === undefined) {
    if (change.op === 'order') return change.names.map((one) => rows?.get(one));
    return change.op === 'set' ? change.after : undefined;
  }
  if (rows) {
    const next = new Map(rows);
    const row = applied(rows.get(name), change, rest);
    if (row === undefined) next.delete(name);
    else next.set(name, row);
    return [...next.values()];
  }
  const members: Members = isMembers(value) ? value : {};
  const { [name]: _left, ...others } = members;
  const next = applied(memberOf(members, name), change, rest);
  return next === undefined ? others : { ...others, [name]: next };
}

/** A list whose elements all carry a name of their own, by name in order; undefined for any other value. */
function namedRows(value: unknown): ReadonlyMap<string, unknown> | undefined {
  if (!Array.isArray(value)) return undefined;
  const rows = new Map<string, unknown>();
  const list: readonly unknown[] = value;
  for (const row of list) {
    const name = nameOf(row);
    if (name === undefined || rows.has(name)) return undefined;
    rows.set(name, row);
  }
  return rows;
}

function nameOf(row: unknown): string | undefined {
  if (!isMembers(row)) return undefined;
  const name = memberOf(row, 'key') ?? memberOf(row, 'ref');
  return typeof name === 'string' ? name : undefined;
}

function isMembers(value: unknown): value is Members {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** A member of its own: never one that every object inherits. */
function memberOf(value: Members, name: string): unknown {
  return Object.hasOwn(value, name) ? value[name] : undefined;
}

function present(value: Members): readonly string[] {
  return Object.keys(value).filter((name) => value[name] !== undefined);
}
