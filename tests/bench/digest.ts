// One short word for what a reading holds, the same for the same rows in any order.
import { createHash } from 'node:crypto';

export interface Digest {
  readonly rows: number;
  readonly hash: string;
}

export interface Row {
  readonly id: string;
  readonly eTag: string;
  readonly fields: Readonly<Record<string, unknown>>;
}

/** One line a row: id, version and the columns asked for, in order of their names. */
export function linesOf(items: readonly Row[]): readonly string[] {
  return items.map(({ id, eTag, fields }) => {
    const columns = Object.entries(fields).filter(([name]) => !name.startsWith('@odata'));
    return JSON.stringify([id, eTag, columns.sort(([one], [other]) => (one < other ? -1 : 1))]);
  });
}

export function digestOf(lines: readonly string[]): Digest {
  const hash = createHash('sha256');
  for (const line of [...lines].sort()) hash.update(line).update('\n');
  return { rows: lines.length, hash: hash.digest('hex') };
}
