// What differs between two settings, value by value, as the operator reads it.

/** What differs, value by value: `lists.Actions.title: "Actions" -> "Our plan"`. */
export function differences(before: unknown, after: unknown): readonly string[] {
  const left = leavesOf(before);
  const right = leavesOf(after);
  const paths = [...new Set([...left.keys(), ...right.keys()])];
  return paths
    .filter((path) => left.get(path) !== right.get(path))
    .map((path) => `${path || 'the whole'}: ${left.get(path) ?? 'not set'} -> ${right.get(path) ?? 'not set'}`);
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
