// One binding proposed for all that a board's site calls otherwise: lists that are missing, columns of bound lists, words.
import type { Binding } from './binding';
import { bindingSchema } from './bindingSchema';
import type { BindingInput, ListBinding } from './bindingSchema';
import type { Graph } from './graphClient';
import { libraryName, lists } from './lists';
import type { ColumnSchema, ListSchema } from './lists';
import { proposeBinding, proposeColumns } from './proposal';
import type { Proposal } from './proposal';
import { otherBindings, parsedJson, settingRow } from './settingsList';
import type { SettingRow } from './settingsList';
import { readInventory, readListColumns } from './siteInventory';
import { mayBeTheirs } from './synonyms';
import type { UnknownWord } from './wordCheck';

export interface ProposalGround {
  readonly graph: Graph;
  readonly siteId: string;
  /** Title -> id. */
  readonly listIds: ReadonlyMap<string, string>;
  readonly binding: Binding;
  readonly rows: readonly SettingRow[];
  readonly boardId: string;
  /** The columns of ours that the lists lack, by our name for the list. */
  readonly lacking: ReadonlyMap<string, readonly ColumnSchema[]>;
  readonly words: readonly UnknownWord[];
}

/** Undefined where there is nothing to propose. What the board has said already stays as it is. */
export async function proposeForSite(ground: ProposalGround): Promise<Proposal | undefined> {
  const { rows, boardId, words } = ground;
  const parts = [await forMissingLists(ground), ...(await forLackingColumns(ground)), forWords(words, ground.binding)];
  const open = parts.flatMap((one) => one.open);
  if (parts.every((one) => Object.keys(one.binding.lists ?? {}).length === 0)) return undefined;
  const kept = bindingSchema.safeParse(parsedJson(settingRow(rows, 'binding', boardId)?.json ?? '{}'));
  const whole = parts.reduce((all, one) => joined(all, one.binding), kept.success ? kept.data : {});
  return { binding: whole, open };
}

/** Both bindings: of two entries for one thing the later holds, and words come after those that are there. */
function joined(one: BindingInput, other: BindingInput): BindingInput {
  const names = [...new Set([...Object.keys(one.lists ?? {}), ...Object.keys(other.lists ?? {})])];
  return {
    lists: Object.fromEntries(
      names.map((name) => {
        const [before, after] = [one.lists?.[name], other.lists?.[name]];
        return [name, before && after ? joinedList(before, after) : (after ?? before ?? null)];
      }),
    ),
  };
}

function joinedList(before: ListBinding, after: ListBinding): ListBinding {
  const columns = { ...before.columns, ...after.columns };
  const words = { ...before.words };
  for (const [name, more] of Object.entries(after.words ?? {})) words[name] = { ...words[name], ...more };
  return {
    ...{ ...before, ...after },
    ...(Object.keys(columns).length > 0 ? { columns } : {}),
    ...(Object.keys(words).length > 0 ? { words } : {}),
  };
}

async function forMissingLists({ graph, siteId, listIds, binding, rows, boardId }: ProposalGround): Promise<Proposal> {
  const missing = lists.filter(
    (list) => mayBeTheirs(list) && binding.keeps(list) && !listIds.has(binding.titleOf(list)),
  );
  if (missing.length === 0) return { binding: {}, open: [] };
  const bound = new Set([
    libraryName,
    ...[binding, ...otherBindings(rows, boardId)].flatMap((one) => lists.map((list) => one.titleOf(list))),
  ]);
  return proposeBinding(missing, await readInventory(graph, siteId, bound));
}

async function forLackingColumns(ground: ProposalGround): Promise<readonly Proposal[]> {
  const { graph, siteId, listIds, binding, lacking } = ground;
  const found: Proposal[] = [];
  for (const list of lists) {
    const columns = lacking.get(list.name) ?? [];
    const listId = listIds.get(binding.titleOf(list));
    if (columns.length === 0 || listId === undefined || !mayBeTheirs(list)) continue;
    const taken = new Set(list.columns.map((one) => binding.columnOf(list, one)));
    const theirs = (await readListColumns(graph, siteId, listId)).filter((one) => !taken.has(one.name));
    const one = proposeColumns(list, columns, { title: binding.titleOf(list), columns: theirs });
    if (Object.keys(one.binding.columns ?? {}).length === 0) continue;
    found.push({ binding: { lists: { [list.name]: one.binding } }, open: one.open });
  }
  return found;
}

function forWords(words: readonly UnknownWord[], binding: Binding): Proposal {
  const named: Record<string, ListBinding> = {};
  const open: string[] = [];
  for (const { list, column, word, nearest } of words) {
    const title = binding.titleOf(list);
    if (nearest === undefined) {
      open.push(`List ${title}: say under words.${column.name} what "${word}" stands for.`);
      continue;
    }
    const entry = (named[list.name] ??= {});
    const of = ((entry.words ??= {})[column.name] ??= {});
    // Our own word stays the one that is written where the list holds it.
    if (isWrittenAsOurs(list, column, nearest, binding)) of[nearest] ??= nearest;
    of[word] = nearest;
  }
  return { binding: { lists: named }, open };
}

function isWrittenAsOurs(list: ListSchema, column: ColumnSchema, ours: string, binding: Binding): boolean {
  return column.type === 'choice' && !binding.of(list, column).wordsOut.has(ours);
}
