// What a board's settings and people say about how its other rows are read; the same object while nothing of it changed.
import type { Finding } from '../board/model';
import type { Binding } from './binding';
import { noSettings, readSettings, rowFor } from './boardSettings';
import type { BoardSettings } from './boardSettings';
import type { ValueContext } from './columnNames';
import { parseList } from './parseItems';
import { sitePeople } from './people';
import { schemaOf } from './replica';
import type { Rows } from './replica';

export interface SettingsRead {
  readonly rows: Rows;
  readonly settings: BoardSettings;
  readonly findings: readonly Finding[];
  /** The binding as it was written: another text, another binding. */
  readonly bindingText: string | undefined;
}

const plain: ValueContext = { ...noSettings, people: sitePeople([], []) };
const none: ReadonlySet<string> = new Set();

/** `name` stands for the board's where its settings do not give one; `instead` for the binding that they keep. */
export function settingsIn(
  rows: Rows,
  fallback: { readonly id: string; readonly name: string },
  before: SettingsRead | undefined,
  instead?: Binding,
): SettingsRead {
  if (before?.rows === rows) return before;
  const { records, findings } = parseList('setting', schemaOf('setting'), rows.values(), plain, none);
  const read = readSettings(records, fallback);
  const inForce = rowFor(records, 'binding', fallback.id);
  const bindingText = records.find((one) => one.key === inForce)?.json;
  const isSame = before !== undefined && before.bindingText === bindingText;
  const binding = instead ?? (isSame ? before.settings.binding : read.binding);
  const settings = { ...read, binding };
  return { rows, settings, findings, bindingText };
}

export interface ContextRead {
  readonly people: Rows;
  readonly users: Rows;
  readonly context: ValueContext;
}

export function contextIn(
  { binding, timeZone }: BoardSettings,
  people: Rows,
  users: Rows,
  before: ContextRead | undefined,
): ContextRead {
  const isSame = before?.context.binding === binding && before.context.timeZone === timeZone;
  if (before && isSame && before.people === people && before.users === users) return before;
  const bound: ValueContext = { ...plain, binding, timeZone };
  const persons = parseList('person', schemaOf('person'), people.values(), bound, none).records;
  return { people, users, context: { ...bound, people: sitePeople([...users.values()], persons) } };
}
