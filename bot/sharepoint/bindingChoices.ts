// What the secretary may choose from for one of our lists: the site's lists, their columns and words, and what is proposed; pure.
import { plainName } from '../board/siteNames';
import type { BindingChoices, ColumnChoice, OurWord, WordChoice } from '../services/portsSettings';
import { folded } from './binding';
import type { Binding } from './binding';
import { neededLists, operationColumns } from './bindingSchema';
import type { ColumnSchema, ListSchema } from './lists';
import { mayHold, proposeColumns, wordsHeld } from './proposal';
import type { InventoryColumn, InventoryList } from './siteInventory';
import { ourWord, wordsTaken } from './synonyms';

/** `theirs`: the list to choose from, absent where the site has none of that title; `binding`: the one in force. */
export function choicesFor(
  list: ListSchema,
  binding: Binding,
  titles: readonly string[],
  looked: { readonly title?: string; readonly theirs?: InventoryList },
): BindingChoices {
  const { title, theirs } = looked;
  const isBound = title === undefined ? !binding.keeps(list) : binding.keeps(list) && binding.titleOf(list) === title;
  const there = theirs?.columns ?? [];
  const columns = list.columns
    .filter((one) => !operationColumns.has(one.name))
    .map((one) => columnChoice(list, one, isBound ? binding : undefined, there));
  const proposed = theirs ? proposals(list, columns, theirs) : new Map<string, string>();
  return {
    name: list.name,
    holds: list.description,
    mayBeLeftOut: !neededLists.has(list.name),
    ...(title === undefined ? {} : { title }),
    isBound,
    titles,
    theirs: there.map((one) => ({ name: one.name, words: one.displayName })),
    columns: columns.map((one) => {
      const found = proposed.get(one.name);
      return found === undefined ? one : { ...one, proposed: found };
    }),
    words: list.columns.flatMap((one) => wordChoices(list, one, isBound ? binding : undefined, there)),
  };
}

/** For columns that are lacking, from those of theirs that stand for nothing yet. */
function proposals(
  list: ListSchema,
  columns: readonly ColumnChoice[],
  theirs: InventoryList,
): ReadonlyMap<string, string> {
  const taken = new Set(columns.map((one) => one.column));
  const lacking = list.columns.filter((column) =>
    columns.some((one) => one.name === column.name && one.state === 'lacking'),
  );
  const free = { title: theirs.title, columns: theirs.columns.filter((one) => !taken.has(one.name)) };
  const { binding } = proposeColumns(list, lacking, free);
  return new Map(
    Object.entries(binding.columns ?? {}).flatMap(([our, one]) => {
      const name = typeof one === 'string' ? one : one?.name;
      return name === undefined ? [] : [[our, name]];
    }),
  );
}

function columnChoice(
  list: ListSchema,
  column: ColumnSchema,
  binding: Binding | undefined,
  there: readonly InventoryColumn[],
): ColumnChoice {
  const bound = binding?.of(list, column);
  const name = bound?.name ?? column.name;
  const isThere = there.some((one) => one.name === name);
  const may = there.filter((one) => mayHold(column, one) || (bound && one.name === name)).map((one) => one.name);
  return {
    name: column.name,
    words: plainName(column.name),
    ...(column.description === undefined ? {} : { about: column.description }),
    isNeeded: column.required === true,
    ...(bound?.kept === false
      ? { state: 'not-kept' }
      : isThere && may.includes(name)
        ? { state: 'bound', column: name }
        : { state: 'lacking' }),
    isPart: (bound?.steps.length ?? 0) > 0,
    may,
    takes: takenBy(list, column),
  };
}

function takenBy(list: ListSchema, column: ColumnSchema): readonly OurWord[] {
  const isFlag = column.type === 'boolean';
  return wordsTaken(list, column).map((word) => ({
    word,
    words: isFlag ? (word === 'true' ? 'yes' : 'no') : plainWord(word),
  }));
}

/** `off-track` is "off track". */
function plainWord(word: string): string {
  return word.replaceAll('-', ' ');
}

function wordChoices(
  list: ListSchema,
  column: ColumnSchema,
  binding: Binding | undefined,
  there: readonly InventoryColumn[],
): readonly WordChoice[] {
  const takes = wordsTaken(list, column);
  if (takes.length === 0) return [];
  const bound = binding?.of(list, column);
  return there.flatMap((theirs) => {
    if (!mayHold(column, theirs)) return [];
    const isBound = bound?.kept === true && bound.name === theirs.name;
    const said = isBound ? bound.wordsIn : new Map<string, string>();
    const held = wordsHeld(column, theirs);
    const known = new Set(held.map(folded));
    const words = [...held, ...[...said.keys()].filter((one) => !known.has(one))];
    return words
      .filter((word) => !isBound || !bound.empty.has(folded(word)))
      .map((word): WordChoice => {
        const means = said.get(folded(word)) ?? (takes.includes(word) ? word : undefined);
        const proposed = means === undefined ? ourWord(list, column, word) : undefined;
        return {
          ...{ column: column.name, of: theirs.name, word },
          ...(means === undefined ? {} : { means }),
          ...(proposed === undefined ? {} : { proposed }),
        };
      });
  });
}
