// The parser of each list as long as it stands: another binding, other people or other columns make another.
import type { ValueContext } from './columnNames';
import type { ListItem } from './listItem';
import type { ListSchema } from './lists';
import { RowParser } from './parseRow';
import type { MissingColumns } from './parseRow';
import { recordShapes } from './recordShapes';
import type { ShapeName } from './recordShapes';
import { schemaOf } from './replica';

interface Standing<K extends ShapeName> {
  readonly context: ValueContext;
  readonly missing: MissingColumns;
  readonly parser: RowParser<K>;
}
type StandingParsers = { [K in ShapeName]?: Standing<K> };

/** So many rows are read ahead in one go: some milliseconds. */
const rowsInOneGo = 250;

export class RowParsers {
  private readonly standing: StandingParsers = {};

  of<K extends ShapeName>(kind: K, context: ValueContext, missing: MissingColumns): RowParser<K> {
    const known: Standing<K> | undefined = this.standing[kind];
    if (known?.context === context && sameNames(known.missing, missing)) return known.parser;
    const parser = new RowParser(kind, schemaOf(kind), context, missing);
    const standing: { [P in K]?: Standing<P> } = this.standing;
    standing[kind] = { context, missing, parser };
    return parser;
  }

  /** Reads rows before they are asked for, a little at a time; each is read once. */
  *readAhead(
    list: ListSchema,
    items: Iterable<ListItem>,
    context: ValueContext,
    missing: MissingColumns,
  ): Generator<void, void> {
    if (!isShapeName(list.record)) return;
    const parser = this.of(list.record, context, missing);
    let done = 0;
    for (const item of items) {
      parser.read(item);
      done += 1;
      if (done % rowsInOneGo === 0) yield;
    }
  }
}

function isShapeName(record: string): record is ShapeName {
  return Object.hasOwn(recordShapes, record);
}

function sameNames(one: MissingColumns, other: MissingColumns): boolean {
  return one.size === other.size && [...one].every((name) => other.has(name));
}
