// What differs between two settings, value by value, in the words of their JSON.

/** One value; its JSON before and after, undefined where it is not set. */
export interface Difference {
  /** `lists.Actions.title`; empty for the whole. */
  readonly path: string;
  readonly before: string | undefined;
  readonly after: string | undefined;
}

export function differences(before: unknown, after: unknown): readonly Difference[] {
  const left = leavesOf(before);
  const right = leavesOf(after);
  return [...new Set([...left.keys(), ...right.keys()])]
    .filter((path) => left.get(path) !== right.get(path))
    .map((path) => ({ path, before: left.get(path), after: right.get(path) }));
}

/** `lists.Actions.title: "Actions" -> "Our plan"`. */
export function differenceWords({ path, before, after }: Difference): string {
  return `${path || 'the whole'}: ${before ?? 'not set'} -> ${after ?? 'not set'}`;
}

function leavesOf(value: unknown, path = ''): ReadonlyMap<string, string> {
  if (value === undefined) return new Map();
  if (typeof value !== 'object' || value === null || Array.isArray(value) || Object.keys(value).length === 0) {
    return new Map([[path, JSON.stringify(value)]]);
  }
  return new Map(
    Object.entries(value).flatMap(([name, one]) => [...leavesOf(one, path === '' ? name : `${path}.${name}`)]),
  );
}
