// Canonical JSON (RFC 8785): one text for one value, so that a hash of it can be compared.

/**
 * The canonical JSON text of a plain value: no spaces, names sorted by UTF-16 code units, numbers as ECMAScript writes
 * them. Absent members are left out; what JSON cannot say becomes null.
 */
export function canonicalJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map((one: unknown) => canonicalJson(one)).join(',')}]`;
  if (typeof value === 'object' && value !== null) {
    const members = Object.entries(value)
      .filter(([, member]) => member !== undefined)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([name, member]) => `${JSON.stringify(name)}:${canonicalJson(member)}`);
    return `{${members.join(',')}}`;
  }
  const plain = typeof value === 'string' || typeof value === 'boolean' || typeof value === 'number';
  return plain ? JSON.stringify(value) : 'null';
}
