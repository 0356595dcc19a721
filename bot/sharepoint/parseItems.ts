// All rows of a list as records of the board, in the order of their ids, each with what could not be understood of it.
import type { Finding } from '../board/model';
import type { ValueContext } from './columnNames';
import type { ListItem } from './listItem';
import type { ListSchema } from './lists';
import type { RecordOf, ShapeName } from './recordShapes';
import { RowParser } from './parseRow';
import type { MissingColumns } from './parseRow';

export interface ParsedList<K extends ShapeName> {
  readonly records: readonly RecordOf<K>[];
  readonly findings: readonly Finding[];
  /** Rows that the binding says are no records. */
  readonly leftOut: number;
}

export function parseList<K extends ShapeName>(
  kind: K,
  list: ListSchema,
  items: Iterable<ListItem>,
  context: ValueContext,
  missing: MissingColumns,
): ParsedList<K> {
  return parseWith(new RowParser(kind, list, context, missing), items);
}

/** Of two rows with one reference the older is kept. */
export function parseWith<K extends ShapeName>(parser: RowParser<K>, items: Iterable<ListItem>): ParsedList<K> {
  const records: RecordOf<K>[] = [];
  const findings: Finding[] = [];
  let leftOut = 0;
  const taken = new Set<unknown>();
  for (const item of inOrder(items)) {
    const read = parser.read(item);
    if (read === undefined) {
      leftOut += 1;
      continue;
    }
    findings.push(...read.findings);
    const { record, reference } = read;
    if (reference !== undefined && taken.has(reference)) findings.push(parser.repeated(item, reference));
    else if (record !== undefined) {
      taken.add(reference);
      records.push(record);
    }
  }
  return { records, findings, leftOut };
}

function inOrder(items: Iterable<ListItem>): readonly ListItem[] {
  return [...items].sort((one, other) => Number(one.id) - Number(other.id));
}
