// A binding beside the site: what may be chosen, whether what it names is there, and the board as it would be read by it.
import { canonicalJson } from '../board/canonical';
import type { SettingValue } from '../board/settingModel';
import { listed } from '../board/wording';
import { NotFoundError, type InputIssue } from '../errors';
import type { Logger } from '../logger';
import type { Clock } from '../services/ports';
import type { AskedBinding, BindingChoices, BindingRead } from '../services/portsSettings';
import { parseBinding } from './binding';
import type { Binding } from './binding';
import { boundAsAsked, boundListOf, titleAsked, type Bound } from './bindingAsked';
import { bindingSchema, operationColumns } from './bindingSchema';
import { choicesFor } from './bindingChoices';
import type { BoardSite } from './boardRecords';
import type { Graph } from './graphClient';
import { lists } from './lists';
import type { ListSchema } from './lists';
import { provision } from './provision';
import type { ProvisionStep } from './provision';
import { otherBindings, parsedJson, readSettingRows, settingRow } from './settingsList';
import { readListColumns, readListTitles, type InventoryList } from './siteInventory';
import { findSite } from './siteLists';
import { SnapshotReader } from './snapshotReader';

export interface BindingPlace {
  readonly graph: Graph;
  readonly board: BoardSite;
  readonly clock: Clock;
  readonly logger: Logger;
}

/** 2 requests for the site and its lists, 2 for the columns and some rows of one, 1 for the settings. Throws NotFoundError. */
export async function readChoices(
  { graph, board }: BindingPlace,
  listName: string,
  title: string | undefined,
): Promise<BindingChoices> {
  const list = boundListOf(listName);
  if (!list) throw new NotFoundError('list of the board', listName);
  const rows = await readSettingRows({ graph, siteUrl: board.siteUrl, boardId: board.id });
  const value = parsedJson(settingRow(rows, 'binding', board.id)?.json ?? '{}');
  const { binding } = parseBinding(value);
  const site = await findSite(graph, board.siteUrl);
  const there = await readListTitles(graph, site.id);
  const looked = title ?? (binding.keeps(list) ? binding.titleOf(list) : undefined);
  const taken = new Set(
    [binding, ...otherBindings(rows, board.id)].flatMap((one) =>
      lists.flatMap((other) => (one.keeps(other) && (other !== list || one !== binding) ? [one.titleOf(other)] : [])),
    ),
  );
  const titles = there.map((one) => one.title).filter((one) => !taken.has(one));
  const theirs = looked === undefined ? undefined : await inventoryOf(graph, site.id, there, looked);
  return choicesFor(list, binding, titles, {
    ...(looked === undefined ? {} : { title: looked }),
    ...(theirs ? { theirs } : {}),
  });
}

/** The binding with what was asked for in it, from the list that the site has. */
export async function boundInSite(
  { graph, board }: BindingPlace,
  before: SettingValue | undefined,
  asked: AskedBinding,
): Promise<Bound> {
  const list = boundListOf(asked.list);
  if (!list) {
    const message = `The list ${asked.list} is the assistant’s own, or there is none: nothing is chosen for it here.`;
    return { issues: [{ field: `lists.${asked.list}`, message }] };
  }
  const title = titleAsked(before, list, asked.title);
  if (title === null) return boundAsAsked(before, list, asked, undefined);
  const site = await findSite(graph, board.siteUrl);
  const theirs = await inventoryOf(graph, site.id, await readListTitles(graph, site.id), title);
  return boundAsAsked(before, list, asked, theirs);
}

async function inventoryOf(
  graph: Graph,
  siteId: string,
  there: Awaited<ReturnType<typeof readListTitles>>,
  title: string,
): Promise<InventoryList | undefined> {
  const found = there.find((one) => one.title === title);
  return found && { title, columns: await readListColumns(graph, siteId, found.id) };
}

/** Looks first whether what the binding names is there; only then is the board read by it, as at a start (siteReading.ts), beside the one in use. */
export async function readByBinding(
  { graph, board, clock, logger }: BindingPlace,
  before: SettingValue | undefined,
  after: SettingValue,
): Promise<BindingRead> {
  const { siteUrl, id: boardId } = board;
  const changed = lists.filter((list) => entryOf(before, list) !== entryOf(after, list));
  const parsed = parseBinding(after);
  const { binding } = parsed;
  const otherwise = changed.map((one) => ({ name: one.name, isKept: binding.keeps(one) }));
  // What has not its form is refused by its own check.
  if (changed.length === 0 || parsed.findings.length > 0) return { issues: [], notes: [], lists: otherwise };
  const { steps } = await provision({ graph, siteUrl, binding, dryRun: true, only: changed });
  const { issues, notes } = lackedBy(steps, changed, binding, after);
  if (issues.length > 0) return { issues, notes, lists: otherwise };
  const snapshot = await new SnapshotReader({ graph, boardId, siteUrl, clock, logger, binding }).snapshot();
  return { issues, notes, lists: otherwise, snapshot };
}

/** What a binding says of a list, as one text; a list that is not kept is `null`. */
function entryOf(value: SettingValue | undefined, { name }: ListSchema): string {
  const parsed = bindingSchema.safeParse(value ?? {});
  const entry = parsed.success ? parsed.data.lists?.[name] : undefined;
  return canonicalJson(entry === undefined ? {} : entry);
}

/** What is named or needed and not there is refused; what else is lacking is said. */
function lackedBy(
  steps: readonly ProvisionStep[],
  changed: readonly ListSchema[],
  binding: Binding,
  after: SettingValue,
): Pick<BindingRead, 'issues' | 'notes'> {
  const issues: InputIssue[] = [];
  const notes: string[] = [];
  for (const list of changed) {
    const title = binding.titleOf(list);
    const place = `lists.${list.name}`;
    const own = steps.filter((one) => one.list === title);
    if (own.some((one) => one.kind === 'createList')) {
      issues.push({ field: `${place}.title`, message: `The site has no list “${title}”: choose one of those it has.` });
      continue;
    }
    const named = new Set(Object.keys(bindingSchema.parse(after).lists?.[list.name]?.columns ?? {}));
    const filled = new Set(binding.defaultsOf(list).map((one) => one.column));
    const lacking: string[] = [];
    for (const column of list.columns) {
      const name = binding.columnOf(list, column);
      const step = own.find((one) => one.column === name && binding.of(list, column).kept);
      const field = `${place}.columns.${column.name}`;
      if (step?.kind === 'byHand') issues.push({ field, message: step.text });
      if (step?.kind !== 'addColumn') continue;
      const isNeeded = column.required === true && !filled.has(column);
      if (named.has(column.name) || isNeeded)
        issues.push({
          field,
          message: `The list “${title}” has no column ${name}${isNeeded ? ', which is needed' : ''}: choose one of those it has.`,
        });
      else lacking.push(name);
    }
    const operation = lacking.filter((one) => operationColumns.has(one));
    const others = lacking.filter((one) => !operationColumns.has(one));
    if (operation.length > 0)
      notes.push(
        `Nothing can be saved in the list “${title}” before the operator has added the assistant’s own columns ${listed(operation)} to it (npm run board -- provision).`,
      );
    if (others.length > 0)
      notes.push(`The list “${title}” has no column for ${listed(others)}: that is not kept there.`);
  }
  return { issues, notes };
}
