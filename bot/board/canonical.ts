// Canonical JSON (RFC 8785): one text for one value, so that a hash of it can be compared.

/**
 * The canonical JSON text of a plain value: no spaces, names sorted by UTF-16 code units, numbers as ECMAScript writes
 * them. Absent members are left out; what JSON cannot say becomes null.
 */
export function canonicalJson(value: unknown): string {
  return textOf(value, new Map());
}

/** `quoted` remembers the names, which are few in a large value. */
function textOf(value: unknown, quoted: Map<string, string>): string {
  if (Array.isArray(value)) return `[${value.map((one: unknown) => textOf(one, quoted)).join(',')}]`;
  if (typeof value === 'object' && value !== null) {
    let text = '';
    for (const [name, member] of Object.entries(value).sort(byName)) {
      if (member === undefined) continue;
      text += `${text === '' ? '' : ','}${nameOf(name, quoted)}${textOf(member, quoted)}`;
    }
    return `{${text}}`;
  }
  const plain = typeof value === 'string' || typeof value === 'boolean' || typeof value === 'number';
  return plain ? JSON.stringify(value) : 'null';
}

function byName([a]: readonly [string, unknown], [b]: readonly [string, unknown]): number {
  return a < b ? -1 : 1;
}

function nameOf(name: string, quoted: Map<string, string>): string {
  const known = quoted.get(name);
  if (known !== undefined) return known;
  const text = `${JSON.stringify(name)}:`;
  quoted.set(name, text);
  return text;
}
