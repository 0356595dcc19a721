// A board's replica over its life: read whole at first, then by its changes; written rows put in; given as one snapshot.
import type { BoardSnapshot, Finding } from '../board/model';
import { NotFoundError } from '../errors';
import type { Logger } from '../logger';
import type { BoardFreshness, Clock } from '../services/ports';
import type { Binding } from './binding';
import { contextIn, settingsIn } from './boardContext';
import { SnapshotBuilder } from './buildSnapshot';
import type { ValueContext } from './columnNames';
import type { Graph } from './graphClient';
import { lists } from './lists';
import type { ListSchema } from './lists';
import { lookupIdsOf } from './namedPeople';
import { parseItem } from './listItem';
import type { ListItem } from './listItem';
import { userInformationList } from './people';
import { isAsNew, schemaOf, withItem, withoutItem } from './replica';
import type { Replica } from './boardReplica';
import type { ListReplica, Rows } from './replica';
import { largestPage, rowsOf } from './siteLists';
import { readSite, readUsersAgain } from './siteReading';
import type { Ahead, Known, SiteRead, SiteWays } from './siteReading';

export { schemaOf } from './replica';

export interface ReaderSettings {
  readonly graph: Graph;
  readonly boardId: string;
  /** `host:/path` */
  readonly siteUrl: string;
  readonly clock: Clock;
  readonly logger: Logger;
  /** Rows a page; the largest there is when absent. */
  readonly pageSize?: number;
  /** Real time; replaced in tests. */
  readonly nowMs?: () => number;
  /** Holds instead of the one that the settings keep: how the board would be read by it. */
  readonly binding?: Binding;
}

/** What a writer needs to know of the site. */
interface Ground extends Pick<Replica, 'site' | 'places'> {
  readonly context: ValueContext;
}

interface Written {
  readonly list: string;
  readonly item: ListItem;
}

/** The board as it is in SharePoint: whole or an error, never a part. */
export class SnapshotReader {
  private readonly settings: ReaderSettings;
  private readonly ways: SiteWays;
  private readonly builder = new SnapshotBuilder();
  private replica: Replica | undefined;
  private built: BoardSnapshot | undefined;
  private flight: Promise<Replica> | undefined;
  /** What was written while a reading was under way: it may have read the older version. */
  private written: Written[] = [];
  /** Something was written that is not in memory: the next snapshot reads what changed first. */
  private isOutdated = false;
  private deltaRefusalSaid = false;

  constructor(settings: ReaderSettings) {
    const { graph, siteUrl, pageSize = largestPage, nowMs = () => performance.now() } = settings;
    this.settings = settings;
    this.ways = { graph, siteUrl, pageSize, nowMs };
  }

  async snapshot(): Promise<BoardSnapshot> {
    while (this.replica === undefined || this.isOutdated) await this.read();
    this.built ??= this.builder.build(this.replica);
    return this.built;
  }

  /** One round trip that asks what changed; the first time all is read. */
  async refresh(): Promise<BoardSnapshot> {
    await this.read();
    return this.snapshot();
  }

  /** When SharePoint was last read whole, and what a reading under way waits for; nothing is read for it. */
  freshness(): BoardFreshness {
    const { heldForMs, waiting } = this.settings.graph.usage();
    const stale = this.flight === undefined ? undefined : heldForMs ? 'throttled' : waiting > 0 ? 'waiting' : undefined;
    return {
      ...(this.replica === undefined ? {} : { readAt: this.replica.readAt }),
      ...(stale === undefined ? {} : { stale }),
    };
  }

  /** What a writer needs: the site, the lists' places, and how values are written. */
  async ground(): Promise<Ground> {
    const { site, places, bound } = this.replica ?? (await this.read());
    return { site, places, context: bound.context };
  }

  /** Puts an item that was read after a write in the place of the older one. */
  replace(list: ListSchema, item: ListItem): void {
    if (this.flight) this.written.push({ list: list.name, item });
    // What the settings say reaches further than their rows.
    if (list.name === schemaOf('setting').name) return this.invalidate();
    const { replica } = this;
    const rows = replica?.lists.get(list.name);
    if (replica && rows) this.keep(rebound(replica, new Map(replica.lists).set(list.name, withItem(rows, item))));
  }

  /** The next snapshot asks first what changed. */
  invalidate(): void {
    this.isOutdated = true;
    this.built = undefined;
  }

  private keep(replica: Replica): void {
    this.replica = replica;
    this.built = undefined;
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
      const wasOutdated = this.isOutdated;
      this.isOutdated = false;
      try {
        const replica = await this.withWritten(await this.readOnce(this.replica));
        this.keep(replica);
        if (!this.isOutdated) return replica;
      } catch (error) {
        this.isOutdated ||= wasOutdated;
        throw error;
      }
    }
  }

  private async readOnce(before: Replica | undefined): Promise<Replica> {
    const { graph, boardId, clock, logger } = this.settings;
    const spent = graph.usage();
    const readAt = clock.now().toISOString();
    const startedMs = performance.now();
    let settings = before?.settings;
    let bound = before?.bound;
    const ahead: Ahead = (readings) => {
      const [people, users] = [schemaOf('person').name, userInformationList].map((name) => readings.get(name));
      if (settings === undefined || people?.isWhole !== true || users?.isWhole !== true) return noWork;
      bound = contextIn(settings.settings, people.rows, users.rows, bound);
      return this.readAhead(readings, bound.context);
    };
    const read = await readSite(
      this.ways,
      before && knownOf(before),
      (list) => {
        const fallback = { id: boardId, name: before?.site.name ?? boardId };
        settings = settingsIn(list?.items ?? noRows, fallback, settings, this.settings.binding);
        return settings.settings.binding;
      },
      ahead,
    );
    settings ??= settingsIn(noRows, { id: boardId, name: read.site.name }, undefined, this.settings.binding);
    const { users, strangers } = await this.usersOf(read, settings.settings.binding, before);
    bound = contextIn(settings.settings, rowsIn(read.lists, 'person'), users?.items ?? noRows, bound);
    this.sayDeltaRefusal(read);
    const now = graph.usage();
    logger.info('board.read', {
      boardId,
      items: [...read.lists.values()].reduce((sum, one) => sum + one.items.size, 0),
      changedLists: [...read.lists].filter(([name, one]) => before?.lists.get(name)?.items !== one.items).length,
      requests: now.calls - spent.calls,
      units: now.total - spent.total,
      tookMs: Math.round(performance.now() - startedMs),
    });
    const findings = [
      ...(read.usersRefusal === undefined ? [] : [peopleNotRead]),
      ...settings.findings,
      ...settings.settings.findings,
      ...read.findings,
      ...deltaRefused(read.lists),
    ];
    const { site, directory, directoryAtMs, lists: rows, places } = read;
    return { readAt, site, directory, directoryAtMs, lists: rows, places, users, strangers, settings, bound, findings };
  }

  /** Reads the rows that have come as records: by the time the last page is here, the others are done. */
  private *readAhead(readings: Parameters<Ahead>[0], context: ValueContext): Generator<void, void> {
    for (const list of lists) {
      const reading = readings.get(list.name);
      if (reading?.isWhole === false)
        yield* this.builder.parsers.readAhead(list, reading.rows.values(), context, reading.lacks);
    }
  }

  /** The site's people, read again when a changed row names somebody whom they do not hold. */
  private async usersOf(
    read: SiteRead,
    binding: Binding,
    before: Replica | undefined,
  ): Promise<Pick<Replica, 'users' | 'strangers'>> {
    const named = lists.flatMap((list) => {
      const rows = read.lists.get(list.name)?.items ?? noRows;
      const isKnown = before?.lists.get(list.name)?.items === rows && before.bound.context.binding === binding;
      return isKnown ? [] : [...lookupIdsOf(list, rows, binding)];
    });
    const { users, usersRefusal } = read;
    if (users === undefined) {
      // Only bearable where no row names anybody.
      if (usersRefusal && named.length > 0) throw usersRefusal;
      return { users, strangers: new Set() };
    }
    const old = before?.strangers ?? new Set<string>();
    const unknown = (one: ListReplica, ids: Iterable<string>) => [...ids].filter((id) => !one.items.has(id));
    if (unknown(users, named).every((id) => old.has(id))) return { users, strangers: new Set(unknown(users, old)) };
    // Just read whole: nobody new is to be found.
    const again = before === undefined ? users : await readUsersAgain(this.ways, read.site, users);
    return { users: again, strangers: new Set(unknown(again, [...named, ...old])) };
  }

  private sayDeltaRefusal(read: SiteRead): void {
    if (read.deltaRefusal === undefined || this.deltaRefusalSaid) return;
    this.deltaRefusalSaid = true;
    this.settings.logger.warn('board.deltaRefused', { boardId: this.settings.boardId }, read.deltaRefusal);
  }

  /** Rows that we wrote during the reading and that it has older, or not at all, are read again, each by itself. */
  private async withWritten(replica: Replica): Promise<Replica> {
    const lists = new Map(replica.lists);
    for (;;) {
      const open = this.written.filter(({ list, item }) => {
        const rows = lists.get(list);
        const there = rows?.items.get(item.id);
        return rows !== undefined && !rows.gone.has(item.id) && (there === undefined || !isAsNew(there, item));
      });
      this.written = [];
      if (open.length === 0) break;
      const parts = open.flatMap(({ list, item }) => {
        const rows = lists.get(list);
        return rows ? [{ path: rowsOf.one(rows.address, rows.columns, item.id) }] : [];
      });
      const answers = await this.settings.graph.batch(parts);
      for (const [at, { list, item }] of open.entries()) {
        const rows = lists.get(list);
        const answer = answers[at];
        if (!rows || !answer) continue;
        if (answer.ok) lists.set(list, withItem(rows, parseItem(answer.body)));
        else if (answer.error instanceof NotFoundError) lists.set(list, withoutItem(rows, item.id));
        else throw answer.error;
      }
    }
    return rebound(replica, lists);
  }
}

const noRows: Rows = new Map();
const noWork: Iterator<unknown> = { next: () => ({ done: true, value: undefined }) };

function knownOf(replica: Replica): Known {
  return { ...replica, binding: replica.settings.settings.binding };
}

function rowsIn(from: ReadonlyMap<string, ListReplica>, kind: string): Rows {
  return from.get(schemaOf(kind).name)?.items ?? noRows;
}

/** The replica with other rows, and what follows from them. */
function rebound(replica: Replica, rows: ReadonlyMap<string, ListReplica>): Replica {
  const { settings, users, bound } = replica;
  const people = rowsIn(rows, 'person');
  return { ...replica, lists: rows, bound: contextIn(settings.settings, people, users?.items ?? noRows, bound) };
}

const peopleNotRead: Finding = {
  rule: 'site-people-not-read',
  level: 'finding',
  ref: userInformationList,
  text: `The site's ${userInformationList} cannot be read: nobody can be named in a person column.`,
  records: [],
};

/** For those who run the service: it works all the same, at a higher price. */
function deltaRefused(read: ReadonlyMap<string, ListReplica>): readonly Finding[] {
  const titles = [...read.values()].filter((one) => one.deltaLink === undefined).map((one) => one.title);
  if (titles.length === 0) return [];
  const which = titles.length === read.size ? 'any list' : titles.join(', ');
  const text = `SharePoint refuses to tell the changes of ${which}, so it is read whole each time.`;
  return [{ rule: 'delta-refused', level: 'information', ref: 'SharePoint', text, records: [] }];
}
