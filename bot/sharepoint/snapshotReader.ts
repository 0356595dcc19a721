// A board's lists read to the last row, kept in memory as they are in SharePoint, and given as one snapshot.
import type { BoardSnapshot, Finding, Instant } from '../board/model';
import { NotAuthorisedError, NotFoundError, UpstreamError } from '../errors';
import type { Logger } from '../logger';
import type { BoardFreshness, Clock } from '../services/ports';
import { noSettings, readSettings } from './boardSettings';
import type { BoardSettings } from './boardSettings';
import { fieldNameOf, selectedFields } from './columnValues';
import type { ValueContext } from './columnValues';
import type { Graph } from './graphClient';
import { listOf, lists } from './lists';
import type { ListSchema } from './lists';
import { parseItem, parseList } from './parseItems';
import type { ListItem, ParsedList } from './parseItems';
import { sitePeople, userInformationColumns, userInformationList } from './people';
import type { RecordOf, ShapeName } from './recordShapes';
import { findSite, itemsPath, largestPage, readColumns, readListIds } from './siteLists';
import type { Site } from './siteLists';

export interface ReaderSettings {
  readonly graph: Graph;
  readonly boardId: string;
  /** `host:/path` */
  readonly siteUrl: string;
  readonly clock: Clock;
  readonly logger: Logger;
  /** Rows a page; the largest there is when absent. */
  readonly pageSize?: number;
}

/** Where a list is and which of our columns it lacks. */
export interface ListPlace {
  readonly listId: string;
  readonly missing: ReadonlySet<string>;
}

/** One complete reading of the site. */
interface Replica {
  readonly readAt: Instant;
  readonly site: Site;
  readonly places: ReadonlyMap<string, ListPlace>;
  /** By list, by item id; a list's items are replaced whole. */
  readonly items: Map<string, ReadonlyMap<string, ListItem>>;
  readonly context: ValueContext;
  readonly settings: BoardSettings;
  /** Missing lists and columns, settings that do not fit. */
  readonly findings: readonly Finding[];
}

interface ReadList {
  readonly place?: ListPlace;
  readonly items: readonly ListItem[];
  readonly findings: readonly Finding[];
}

/** Without these nothing can be judged: their absence is an error, that of another list a finding. */
const essential = new Set(['People', 'Actions', 'Meetings']);

/** The board as it is in SharePoint: whole or an error, never a part. */
export class SnapshotReader {
  private readonly settings: ReaderSettings;
  private replica: Replica | undefined;
  private built: BoardSnapshot | undefined;
  private readonly parsed: ParsedLists = {};
  private flight: Promise<Replica> | undefined;
  private site: Site | undefined;
  /** What was written while a reading was under way: it may have read the older version. */
  private written: { readonly list: string; readonly item: ListItem }[] = [];
  /** The reading under way began before something it depends on changed. */
  private outdated = false;

  constructor(settings: ReaderSettings) {
    this.settings = settings;
  }

  async snapshot(): Promise<BoardSnapshot> {
    const read = this.replica ?? (await this.read());
    this.built ??= this.build(this.replica ?? read);
    return this.built;
  }

  async refresh(): Promise<BoardSnapshot> {
    await this.read();
    return this.snapshot();
  }

  /** When SharePoint was last read whole; nothing is read for it. */
  freshness(): BoardFreshness {
    return this.replica === undefined ? {} : { readAt: this.replica.readAt };
  }

  /** What a writer needs: the site, the lists' places, and how values are written. */
  async ground(): Promise<Pick<Replica, 'site' | 'places' | 'context'>> {
    return this.replica ?? this.read();
  }

  /** Puts an item that was read after a write in the place of the older one. */
  replace(list: ListSchema, item: ListItem): void {
    // How everything else is read hangs on these two.
    if (list.name === 'People' || list.name === 'Settings') return this.invalidate();
    if (this.flight) this.written.push({ list: list.name, item });
    const items = this.replica?.items.get(list.name);
    if (items) this.replica?.items.set(list.name, new Map(items).set(item.id, item));
    this.built = undefined;
  }

  /** The next snapshot reads everything again. */
  invalidate(): void {
    this.replica = undefined;
    this.built = undefined;
    if (this.flight) this.outdated = true;
  }

  /** Requests that come together share one reading. */
  private read(): Promise<Replica> {
    this.flight ??= this.readUntilCurrent().finally(() => {
      this.flight = undefined;
      this.written = [];
    });
    return this.flight;
  }

  private async readUntilCurrent(): Promise<Replica> {
    for (;;) {
      this.outdated = false;
      const replica = await this.readAll();
      if (this.outdated) continue;
      this.replica = replica;
      this.built = undefined;
      return replica;
    }
  }

  private async readAll(): Promise<Replica> {
    const { graph, boardId, clock, logger } = this.settings;
    const before = graph.usage();
    const readAt = clock.now().toISOString();
    this.site ??= await findSite(graph, this.settings.siteUrl);
    const { site } = this;
    // The Settings list keeps its own name: it says what the others are called.
    const settingsList = schemaOf('setting');
    const [listIds, users, settingsRead] = await Promise.all([
      readListIds(graph, site.id),
      this.readUsers(site),
      this.readList(site, settingsList, settingsList.name, noSettings.binding),
    ]);
    const plain: ValueContext = { ...noSettings, people: sitePeople([], []) };
    const rows = parseList('setting', settingsList, settingsRead.items, plain, new Set());
    const settings = readSettings(rows.records, { id: boardId, name: site.name });
    const others = lists.filter((list) => list !== settingsList);
    const reads = await Promise.all(
      others.map((list) => this.readList(site, list, listIds.get(settings.binding.titleOf(list)), settings.binding)),
    );
    const byName = new Map<string, ReadList>(others.map((list, at) => [list.name, reads[at] ?? nothing]));
    byName.set(settingsList.name, settingsRead);
    const items = new Map([...byName].map(([name, one]) => [name, new Map(one.items.map((item) => [item.id, item]))]));
    if (users.refusal !== undefined && namesPeople(items, settings.binding)) throw users.refusal;
    const people = byName.get('People')?.items ?? [];
    const bound: ValueContext = { ...plain, binding: settings.binding, timeZone: settings.timeZone };
    const persons = parseList('person', schemaOf('person'), people, bound, new Set()).records;
    for (const { list, item } of this.written) keepNewer(items.get(list), item);
    const replica: Replica = {
      readAt,
      site,
      places: new Map([...byName].flatMap(([name, one]) => (one.place ? [[name, one.place] as const] : []))),
      items,
      context: { ...bound, people: sitePeople(users.rows, persons) },
      settings,
      findings: [
        ...(users.refusal === undefined ? [] : [peopleNotRead]),
        ...rows.findings,
        ...settings.findings,
        ...[...byName.values()].flatMap((one) => one.findings),
      ],
    };
    const after = graph.usage();
    logger.info('board.read', {
      boardId,
      items: [...items.values()].reduce((sum, one) => sum + one.size, 0),
      requests: after.calls - before.calls,
      units: after.total - before.total,
    });
    return replica;
  }

  private async readList(
    site: Site,
    list: ListSchema,
    listId: string | undefined,
    binding: ValueContext['binding'],
  ): Promise<ReadList> {
    const { graph, pageSize = largestPage } = this.settings;
    const title = binding.titleOf(list);
    const noList = (cause?: unknown): ReadList => {
      if (essential.has(list.name)) throw new NotFoundError('list', `${title} in the site ${site.name}`, { cause });
      const text = `The site has no list ${title}: what it would hold is not known.`;
      return { items: [], findings: [{ rule: 'list-missing', level: 'finding', ref: list.name, text, records: [] }] };
    };
    if (listId === undefined) return noList();
    const pathWithout = (absent: ReadonlySet<string>) =>
      itemsPath(site.id, listId, selectedFields(list, binding, absent), pageSize);
    try {
      const rows = await graph.getAll(pathWithout(new Set()));
      return { place: { listId, missing: new Set() }, items: rows.map(parseItem), findings: [] };
    } catch (error) {
      if (error instanceof NotFoundError && listId === title) return noList(error);
      // SharePoint refuses the whole request for one column that it does not know.
      if (!(error instanceof UpstreamError && error.status === 400)) throw error;
      const there = new Set((await readColumns(graph, site.id, listId)).map((column) => column.name));
      const missing = list.columns.filter((column) => !there.has(binding.columnOf(list, column)));
      if (missing.length === 0) throw error;
      const absent = new Set(missing.map((column) => column.name));
      const rows = await graph.getAll(pathWithout(absent));
      return {
        place: { listId, missing: absent },
        items: rows.map(parseItem),
        findings: missing.map((column) => ({
          rule: 'column-missing',
          level: 'finding',
          ref: list.name,
          text: `The list ${title} has no column ${binding.columnOf(list, column)}${
            column.required ? ', which is needed: none of its rows can be used' : ''
          }.`,
          records: [],
        })),
      };
    }
  }

  /** The site's people; a refusal is only bearable where no row names anybody by a person column. */
  private async readUsers(site: Site): Promise<{ rows: readonly unknown[]; refusal?: unknown }> {
    const { graph, pageSize = largestPage } = this.settings;
    try {
      return { rows: await graph.getAll(itemsPath(site.id, userInformationList, userInformationColumns, pageSize)) };
    } catch (error) {
      if (!(error instanceof NotFoundError || error instanceof NotAuthorisedError)) throw error;
      return { rows: [], refusal: error };
    }
  }

  /** Parses a list again only when its items are others than last time. */
  private recordsOf<K extends ShapeName>(replica: Replica, kind: K, findings: Finding[]): readonly RecordOf<K>[] {
    const list = schemaOf(kind);
    const from = replica.items.get(list.name) ?? noItems;
    const missing = replica.places.get(list.name)?.missing ?? new Set<string>();
    const known: ParsedFrom<K> | undefined = this.parsed[kind];
    const current =
      known?.from === from ? known : { from, parsed: parseList(kind, list, from.values(), replica.context, missing) };
    const cache: { [P in K]?: ParsedFrom<P> } = this.parsed;
    cache[kind] = current;
    findings.push(...current.parsed.findings);
    return current.parsed.records;
  }

  private build(replica: Replica): BoardSnapshot {
    const findings = [...replica.findings];
    const of = <K extends ShapeName>(kind: K) => this.recordsOf(replica, kind, findings);
    return {
      readAt: replica.readAt,
      facts: replica.settings.facts,
      policy: replica.settings.policy,
      areas: of('area'),
      bodies: of('body'),
      people: of('person'),
      actions: of('action'),
      milestones: of('milestone'),
      risks: of('risk'),
      mitigations: of('mitigation'),
      measures: of('measure'),
      readings: of('reading'),
      evidence: of('evidence'),
      coProduction: of('coProduction'),
      meetings: of('meeting'),
      attendance: of('attendance'),
      requests: of('request'),
      updates: of('update'),
      dateChanges: of('dateChange'),
      decisions: of('decision'),
      invitations: of('invitation'),
      dispatches: of('dispatch'),
      adviserNotes: of('adviserNote'),
      reviews: of('review'),
      loggedRows: of('loggedRow'),
      findings,
    };
  }
}

interface ParsedFrom<K extends ShapeName> {
  readonly from: ReadonlyMap<string, ListItem>;
  readonly parsed: ParsedList<K>;
}
type ParsedLists = { [K in ShapeName]?: ParsedFrom<K> };

const noItems: ReadonlyMap<string, ListItem> = new Map();
const nothing: ReadList = { items: [], findings: [] };

const peopleNotRead: Finding = {
  rule: 'site-people-not-read',
  level: 'finding',
  ref: userInformationList,
  text: `The site's ${userInformationList} cannot be read: nobody can be named in a person column.`,
  records: [],
};

/** True when a row names somebody in a person column. */
function namesPeople(items: ReadonlyMap<string, ReadonlyMap<string, ListItem>>, binding: ValueContext['binding']) {
  return lists.some((list) => {
    const names = list.columns.filter((one) => one.type === 'person').map((one) => fieldNameOf(list, one, binding));
    const rows = [...(items.get(list.name)?.values() ?? [])];
    return names.some((name) => rows.some((row) => row.fields[name] !== undefined));
  });
}

/** The schema of a kind of record; every shape has its list. */
export function schemaOf(kind: string): ListSchema {
  const list = listOf(kind);
  if (!list) throw new NotFoundError('list of records', kind);
  return list;
}

/** A version ends in its number: the higher one is the newer. */
function keepNewer(items: Map<string, ListItem> | undefined, item: ListItem): void {
  const there = items?.get(item.id);
  if (!there || versionOf(there) <= versionOf(item)) items?.set(item.id, item);
}

function versionOf(item: ListItem): number {
  return Number(/,(\d+)"?$/.exec(item.eTag)?.[1] ?? 0);
}
