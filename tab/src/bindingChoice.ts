// What was chosen for one list of the site, as values of a form and as the change that they ask for; pure.
import type { BindingChoicesResponse, SettingsAsked } from '../../bot/api/contract';

type Choices = BindingChoicesResponse;
type Column = Choices['columns'][number];
type Word = Choices['words'][number];

/** No title and no internal name is blank. */
export const notKept = ' ';

/** What was chosen so far; the rest is as the site and the binding have it, or as it is proposed. */
export interface Typed {
  readonly title?: string;
  /** Our column -> internal name, `notKept`, or empty for none. */
  readonly columns: Readonly<Record<string, string>>;
  readonly words: Readonly<Record<string, string>>;
}

/** What stands in the field of a column. */
export function columnValue(typed: Typed, column: Column): string {
  return typed.columns[column.name] ?? saidOf(column) ?? column.proposed ?? '';
}

/** As it is now; undefined where the list has no such column. */
function saidOf({ state, column }: Column): string | undefined {
  return state === 'not-kept' ? notKept : column;
}

/** The words of the column chosen that are not our own. */
export function wordsOf(choices: Choices, column: Column, value: string): readonly Word[] {
  return choices.words.filter((one) => one.column === column.name && one.of === value && one.means !== one.word);
}

export function wordKey({ column, of, word }: Word): string {
  return [column, of, word].join('/');
}

export function wordValue(typed: Typed, word: Word): string {
  return typed.words[wordKey(word)] ?? word.means ?? word.proposed ?? '';
}

/** A column that need not be looked at: not needed, under our name or not there, and nothing proposed or said of it. */
export function isPlain(choices: Choices, column: Column): boolean {
  const { isNeeded, state, proposed, name } = column;
  if (isNeeded || proposed !== undefined || (state === 'bound' && column.column !== name)) return false;
  return wordsOf(choices, column, column.column ?? '').length === 0;
}

/** What differs from how it is now; of a list that was not bound before, all that is chosen. */
export function bindingAsked(choices: Choices, typed: Typed): SettingsAsked {
  const { name: list, isBound } = choices;
  const asked = { kind: 'binding', list, columns: [], words: [] } as const;
  if (typed.title === notKept) return { ...asked, title: null };
  const columns = choices.columns.flatMap((column) => {
    const value = columnValue(typed, column);
    if (value === '' || (isBound && value === saidOf(column))) return [];
    return [{ column: column.name, name: value === notKept ? null : value }];
  });
  const words = choices.columns.flatMap((column) => {
    const value = columnValue(typed, column);
    const isSame = isBound && value === saidOf(column);
    return wordsOf(choices, column, value).flatMap((one) => {
      const means = wordValue(typed, one);
      return means === (isSame ? (one.means ?? '') : '')
        ? []
        : [{ column: column.name, word: one.word, means: means === '' ? null : means }];
    });
  });
  return { ...asked, ...(isBound || choices.title === undefined ? {} : { title: choices.title }), columns, words };
}
