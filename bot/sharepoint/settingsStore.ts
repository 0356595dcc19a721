// The port SettingsStore over the list Settings of each board's site.
import { z } from 'zod';
import type { SettingName } from '../board/settingModel';
import { shownName } from '../board/siteNames';
import { NotFoundError } from '../errors';
import type { Logger } from '../logger';
import type { BoardRecords, Clock } from '../services/ports';
import type {
  BindingShown,
  BoundListShown,
  SettingRowNow,
  SettingsNow,
  SettingsStore,
  SettingTrace,
} from '../services/portsSettings';
import type { Binding } from './binding';
import { boundInSite, readByBinding, readChoices, type BindingPlace } from './bindingSite';
import type { BoardSite } from './boardRecords';
import { doctor } from './doctor';
import type { Graph } from './graphClient';
import { lists, type ListSchema } from './lists';
import { bindingInForce, parsedJson, readSettingRows, settingRow, type SettingRow } from './settingsList';
import { settingProblems } from './settingsSchema';
import { mayBeTheirs } from './synonyms';

const names: readonly SettingName[] = ['policy', 'board', 'clauses', 'binding'];
const value = z.record(z.string(), z.unknown());
const trace = z.object({
  by: z.string(),
  at: z.iso.datetime(),
  route: z.string(),
  before: z.string().nullish(),
  after: z.string().nullish(),
});

export function createSettingsStore(settings: {
  readonly graph: Graph;
  readonly boards: readonly BoardSite[];
  readonly records: BoardRecords;
  readonly clock: Clock;
  readonly logger: Logger;
}): SettingsStore {
  const { graph, boards, records, clock, logger } = settings;
  const siteOf = (boardId: string): BoardSite => {
    const found = boards.find((one) => one.id === boardId);
    if (!found) throw new NotFoundError('board', boardId);
    return found;
  };
  const placeOf = (boardId: string): BindingPlace => ({ graph, board: siteOf(boardId), clock, logger });
  return {
    async read(boardId) {
      const board = siteOf(boardId);
      const rows = await readSettingRows({ graph, siteUrl: board.siteUrl, boardId });
      const isShared = boards.some((one) => one.id !== boardId && one.siteUrl === board.siteUrl);
      return settingsIn(rows, boardId, isShared);
    },
    problems: (name, given) => settingProblems(name, given),
    async binding(boardId) {
      const board = siteOf(boardId);
      const binding = await bindingInForce({ graph, siteUrl: board.siteUrl, boardId });
      const { findings } = await doctor({ graph, board, records });
      return bindingShown(binding, findings);
    },
    choices: async (boardId, list, title) => readChoices(placeOf(boardId), list, title),
    bound: async (boardId, before, asked) => boundInSite(placeOf(boardId), before, asked),
    readBy: async (boardId, before, after) => readByBinding(placeOf(boardId), before, after),
  };
}

/** What the rows say of a board; `isShared`: other boards have the same site. */
export function settingsIn(rows: readonly SettingRow[], boardId: string, isShared: boolean): SettingsNow {
  const now = (name: SettingName) => rowNow(rows, name, boardId, isShared);
  return {
    rows: { policy: now('policy'), board: now('board'), clauses: now('clauses'), binding: now('binding') },
    // Of two changes in one moment the later row is the newer.
    history: [...rows]
      .reverse()
      .flatMap((one) => tracesOf(one, boardId))
      .sort((a, b) => (a.at === b.at ? 0 : a.at < b.at ? 1 : -1)),
  };
}

/** Where boards share a site, what one sets is its own and leaves the row of all as it is. */
function rowNow(rows: readonly SettingRow[], name: SettingName, boardId: string, isShared: boolean): SettingRowNow {
  const inForce = settingRow(rows, name, boardId);
  const given = value.safeParse(inForce?.json === undefined ? undefined : parsedJson(inForce.json));
  const held = given.success ? { value: given.data } : {};
  const own = `${name}@${boardId}`;
  if (isShared && inForce?.key !== own) return { key: own, ...held };
  return { key: inForce?.key ?? name, ...held, ...(inForce?.stamp ? { stamp: inForce.stamp } : {}) };
}

/** `trace/ROW/MOMENT/OPERATION`; rows of other boards, and those about the running of the board, are not told here. */
function tracesOf(row: SettingRow, boardId: string): readonly SettingTrace[] {
  const [, changed = '', moment = '', operation = ''] = /^trace\/(.+)\/([^/]+)\/([^/]+)$/s.exec(row.key) ?? [];
  const isOwn = changed.endsWith(`@${boardId}`);
  const about = isOwn ? changed.slice(0, -boardId.length - 1) : changed;
  const isBody = about.startsWith('body/') && isOwn;
  if (!names.some((one) => one === about) && !isBody) return [];
  const read = trace.safeParse(row.json === undefined ? undefined : parsedJson(row.json));
  if (!read.success) return [];
  const { by, at, route, before, after } = read.data;
  return [
    {
      ...{ change: `${moment}/${operation}`, row: about, by, at, route },
      ...(before === null || before === undefined ? {} : { before: parsedJson(before) }),
      ...(after === null || after === undefined ? {} : { after: parsedJson(after) }),
    },
  ];
}

export function bindingShown(binding: Binding, findings: BindingShown['findings']): BindingShown {
  const shown = lists.map((list) => listShown(list, binding));
  return { isOwn: shown.every(isOurs), lists: shown, findings };
}

function listShown(list: ListSchema, binding: Binding): BoundListShown {
  const kept = binding.keeps(list);
  return {
    name: list.name,
    holds: list.description,
    title: kept ? binding.titleOf(list) : undefined,
    mayBeChosen: mayBeTheirs(list),
    columns: !kept
      ? []
      : list.columns.map((column) => {
          const bound = binding.of(list, column);
          return {
            name: column.name,
            column: bound.kept ? shownName(bound.name) : undefined,
            words: [...bound.wordsIn].map(([theirs, ours]) => `${theirs} = ${ours}`),
          };
        }),
  };
}

function isOurs({ name, title, columns }: BoundListShown): boolean {
  return title === name && columns.every((one) => one.column === one.name && one.words.length === 0);
}
