// A board's whole site read in as few round trips as there are: everything at first, then what changed.
//
// The least there is, for lists of up to `pageSize` rows, none of them bound to a name of the council's own:
// - cold: 26 calls in 2 requests sent together: 24 lists with all rows and where changes go on from, 2 units each;
//   the list of lists, 2 units; the site, 1 unit: 51 units. Each further page of a list is 1 unit.
// - warm: 24 calls in 2 requests sent together: 24 units, one a list.
// Longer than most: one run of rounds over all lists, whose state would be shared by any two halves.
import { setImmediate } from 'node:timers/promises';
import type { Finding } from '../board/model';
import { NotAuthorisedError, NotFoundError, UpstreamError } from '../errors';
import type { KnownError } from '../errors';
import { ownNames } from './binding';
import type { Binding } from './binding';
import { selectedFields } from './columnNames';
import type { BatchAnswer } from './graphBatch';
import type { Graph } from './graphClient';
import { ListReading, PagesReading, sameNames } from './listReading';
import type { Asker, Source } from './listReading';
import { lists } from './lists';
import type { ListSchema } from './lists';
import { userInformationColumns, userInformationList } from './people';
import { schemaOf } from './replica';
import type { Replica } from './boardReplica';
import type { ListPlace, ListReplica } from './replica';
import { listIdsIn, listPath, listsPath, siteIn, sitePath } from './siteLists';
import type { Site } from './siteLists';

export interface SiteWays {
  readonly graph: Graph;
  readonly siteUrl: string;
  readonly pageSize: number;
  /** Real time. */
  readonly nowMs: () => number;
}

/** What is known before a reading; nothing before the first. */
export type Known = Pick<Replica, 'site' | 'directory' | 'directoryAtMs' | 'lists' | 'users'> & {
  readonly binding: Binding;
};

export interface SiteRead {
  readonly site: Site;
  readonly directory: ReadonlyMap<string, string>;
  readonly directoryAtMs: number;
  readonly lists: ReadonlyMap<string, ListReplica>;
  readonly places: ReadonlyMap<string, ListPlace>;
  readonly users: ListReplica | undefined;
  readonly usersRefusal?: KnownError;
  /** SharePoint refused in this reading to tell the changes of a list: it is read whole from now on. */
  readonly deltaRefusal?: KnownError;
  readonly findings: readonly Finding[];
}

/** Without these nothing can be judged: their absence is an error, that of another list a finding. */
const essential = new Set(['People', 'Actions', 'Meetings']);
/** A list renamed or made anew is noticed after so long at the latest; a column added to an incomplete list sooner. */
const directoryHoldsMs = 10 * 60_000;
const incompleteHoldsMs = 60_000;

/** Works on the lists as far as they have been read, a little at a time, for as long as Graph takes to answer. */
export type Ahead = (lists: ReadonlyMap<string, Pick<ListReading, 'rows' | 'lacks' | 'isWhole'>>) => Iterator<unknown>;

/** `bind` says what the lists are called once the Settings list is read. Whole, or it throws; never a part. */
export async function readSite(
  ways: SiteWays,
  known: Known | undefined,
  bind: (settings: ListReplica | undefined) => Binding,
  ahead: Ahead,
): Promise<SiteRead> {
  const run = new SiteRun(ways, known, ahead);
  run.begin();
  await run.untilBound(bind);
  await run.untilWhole();
  return run.result();
}

/** Reads the site's people again, whole: somebody is named whom they did not hold. */
export async function readUsersAgain(ways: SiteWays, site: Site, users: ListReplica): Promise<ListReplica> {
  const mayDelta = users.deltaLink !== undefined;
  const reading = new ListReading({ ...usersOf(site.id, ways.pageSize), known: users, isAnew: true, mayDelta });
  while (reading.paths().length > 0) reading.take(await ways.graph.batch(reading.paths().map((path) => ({ path }))));
  if (reading.failure) throw reading.failure;
  return reading.result();
}

class SiteRun {
  private readonly ways: SiteWays;
  private readonly known: Known | undefined;
  private readonly ahead: Ahead;
  private readonly readings = new Map<string, ListReading>();
  /** Looked for by their id in this run. */
  private readonly found = new Set<string>();
  private binding: Binding;
  private site: OneReading | undefined;
  private directory: PagesReading | undefined;
  private titles: ReadonlyMap<string, string>;

  constructor(ways: SiteWays, known: Known | undefined, ahead: Ahead) {
    this.ways = ways;
    this.known = known;
    this.ahead = ahead;
    this.binding = known?.binding ?? ownNames;
    this.titles = known?.directory ?? new Map();
  }

  /** At first every list is asked for by our own name for it, before the settings have said what it is called here. */
  begin(): void {
    const { known, ways } = this;
    if (known === undefined) this.site = new OneReading(sitePath(ways.siteUrl));
    if (known === undefined || this.isDirectoryDue(known)) this.readDirectory();
    if (known === undefined || known.users) {
      const mayDelta = known === undefined || known.users?.deltaLink !== undefined;
      const users = { ...usersOf(this.siteAddress(), ways.pageSize), known: known?.users, mayDelta };
      this.readings.set(userInformationList, new ListReading(users));
    }
    for (const list of this.kept()) {
      const before = known?.lists.get(list.name);
      if (before) this.readings.set(list.name, this.again(list, before));
      else if (known === undefined) this.readings.set(list.name, this.anew(list, this.binding.titleOf(list)));
    }
  }

  async untilBound(bind: (settings: ListReplica | undefined) => Binding): Promise<void> {
    const settings = this.readings.get(schemaOf('setting').name);
    do await this.round();
    while ([settings, this.site, this.directory].some((one) => one !== undefined && one.paths().length > 0));
    if (this.site?.failure) throw this.site.failure;
    this.takeDirectory();
    if (settings?.failure && !(settings.failure instanceof NotFoundError)) throw settings.failure;
    const before = this.binding;
    this.binding = bind(settings?.isWhole === true ? settings.result() : undefined);
    if (this.binding === before) return;
    if (this.directory === undefined) await this.askDirectory();
    for (const list of lists) this.rebind(list);
  }

  async untilWhole(): Promise<void> {
    do {
      while (this.askers().some((one) => one.paths().length > 0)) await this.round(this.ahead(this.readings));
      // What had to be begun anew may be another list than before: what the site has is asked for once more.
      const isDoubtful = [...this.readings.values()].some((one) => one.wasRestarted);
      if (isDoubtful && this.directory === undefined) await this.askDirectory();
    } while (this.settle());
  }

  result(): SiteRead {
    const { known, readings, binding, titles } = this;
    const site = this.site === undefined ? known?.site : siteIn(this.site.body);
    if (site === undefined) throw new NotFoundError('site', this.ways.siteUrl);
    const read = new Map<string, ListReplica>();
    const places = new Map<string, ListPlace>();
    const findings: Finding[] = [];
    for (const list of this.kept()) {
      const title = binding.titleOf(list);
      const reading = readings.get(list.name);
      const failure = reading?.failure;
      if (failure && !(failure instanceof NotFoundError)) throw failure;
      if (reading === undefined || failure) {
        const where = `${title} in the site ${site.name}`;
        if (essential.has(list.name)) throw new NotFoundError('list', where, { cause: failure });
        findings.push(listMissing(list, title));
        continue;
      }
      const replica = reading.result();
      read.set(list.name, replica);
      places.set(list.name, { listId: titles.get(title) ?? title, missing: replica.missing });
      findings.push(...columnsMissing(list, binding, replica));
    }
    const users = readings.get(userInformationList);
    const refusal = users?.failure;
    if (refusal && !(refusal instanceof NotFoundError || refusal instanceof NotAuthorisedError)) throw refusal;
    const refused = [...readings].find(([name, one]) => name !== userInformationList && one.deltaRefusal);
    return {
      ...{ site, directory: titles, lists: read, places, findings },
      directoryAtMs: this.directory === undefined ? (known?.directoryAtMs ?? -Infinity) : this.ways.nowMs(),
      users: users?.isWhole === true ? users.result() : undefined,
      ...(refusal ? { usersRefusal: refusal } : {}),
      ...(refused?.[1].deltaRefusal ? { deltaRefusal: refused[1].deltaRefusal } : {}),
    };
  }

  private kept(): readonly ListSchema[] {
    return lists.filter((list) => this.binding.keeps(list));
  }

  private askers(): readonly Asker[] {
    return [this.site, this.directory, ...this.readings.values()].filter((one) => one !== undefined);
  }

  /** Asks for everybody's next at once. */
  private async round(work?: Iterator<unknown>): Promise<void> {
    const asked = this.askers().map((one) => [one, one.paths()] as const);
    const answering = this.ways.graph.batch(asked.flatMap(([, paths]) => paths.map((path) => ({ path }))));
    if (work) await workUntil(answering, work);
    const answers = await answering;
    let at = 0;
    for (const [one, paths] of asked) {
      if (paths.length > 0) one.take(answers.slice(at, at + paths.length));
      at += paths.length;
    }
  }

  private siteAddress(): string {
    return this.known?.site.id ?? `${this.ways.siteUrl}:`;
  }

  private isDirectoryDue(known: Known): boolean {
    if (this.kept().some((list) => !known.lists.has(list.name))) return true;
    const isIncomplete = [...known.lists.values()].some((one) => one.missing.size > 0);
    return this.ways.nowMs() - known.directoryAtMs >= (isIncomplete ? incompleteHoldsMs : directoryHoldsMs);
  }

  private readDirectory(): void {
    this.directory = new PagesReading(`sites/${this.siteAddress()}/${listsPath}`);
  }

  private async askDirectory(): Promise<void> {
    this.readDirectory();
    while ((this.directory?.paths().length ?? 0) > 0) await this.round();
    this.takeDirectory();
  }

  private takeDirectory(): void {
    if (this.directory?.failure) throw this.directory.failure;
    if (this.directory) this.titles = listIdsIn(this.directory.values);
  }

  /** What was read under another name, or with other columns, does not count. */
  private rebind(list: ListSchema): void {
    const reading = this.readings.get(list.name);
    const source = sourceOf(list, this.binding);
    const none = new Set<string>();
    const fits =
      reading?.source.title === source.title && sameNames(reading.source.columns(none), source.columns(none));
    if (!this.binding.keeps(list)) this.readings.delete(list.name);
    else if (!fits) this.find(list);
  }

  /** Reads the list that now has the title, if there is one. */
  private find(list: ListSchema): void {
    const id = this.titles.get(this.binding.titleOf(list));
    this.found.add(list.name);
    this.readings.delete(list.name);
    if (id !== undefined) this.readings.set(list.name, this.anew(list, id));
  }

  /** Looks for the lists that were not where they were asked for; true when there is more to ask then. */
  private settle(): boolean {
    for (const list of this.kept()) {
      if (this.found.has(list.name)) continue;
      const title = this.binding.titleOf(list);
      const reading = this.readings.get(list.name);
      const { failure } = reading ?? {};
      const isNotThere =
        failure instanceof NotFoundError || (failure instanceof UpstreamError && failure.status === 400);
      const isAnother = this.known !== undefined && this.known.directory.get(title) !== this.titles.get(title);
      if (reading === undefined || (isNotThere && this.titles.has(title)) || isAnother) this.find(list);
    }
    return this.askers().some((one) => one.paths().length > 0);
  }

  private anew(list: ListSchema, titleOrId: string): ListReading {
    const address = listPath(this.siteAddress(), titleOrId);
    return new ListReading({
      ...{ source: sourceOf(list, this.binding), address, pageSize: this.ways.pageSize, mayDelta: true },
    });
  }

  private again(list: ListSchema, known: ListReplica): ListReading {
    const { address, deltaLink, missing } = known;
    // Columns may have been added since.
    const isAnew = missing.size > 0 && this.directory !== undefined;
    const source = sourceOf(list, this.binding);
    const mayDelta = deltaLink !== undefined;
    return new ListReading({ source, address, pageSize: this.ways.pageSize, known, isAnew, mayDelta });
  }
}

/** One thing by its path, asked for like a list. */
class OneReading implements Asker {
  body: unknown;
  failure: KnownError | undefined;
  private path: string | undefined;
  constructor(path: string) {
    this.path = path;
  }

  paths(): readonly string[] {
    return this.path === undefined ? [] : [this.path];
  }

  take([answer]: readonly BatchAnswer[]): void {
    if (this.path === undefined) return;
    this.path = undefined;
    if (answer?.ok === true) this.body = answer.body;
    else this.failure = answer?.error;
  }
}

/** Between two pieces of work whatever else waits has its turn: the request itself has to get away. */
async function workUntil(answering: Promise<unknown>, work: Iterator<unknown>): Promise<void> {
  let isOver = false;
  const over = () => {
    isOver = true;
  };
  answering.then(over, over);
  do await setImmediate();
  while (!isOver && work.next().done !== true);
}

function sourceOf(list: ListSchema, binding: Binding): Source {
  return {
    title: binding.titleOf(list),
    columns: (missing) => selectedFields(list, binding, missing),
    missingFrom: (there) => {
      const columns = list.columns.filter((one) => binding.of(list, one).kept);
      return new Set(columns.filter((one) => !there.has(binding.columnOf(list, one))).map((one) => one.name));
    },
  };
}

function usersOf(site: string, pageSize: number) {
  const source: Source = {
    title: userInformationList,
    columns: () => userInformationColumns,
    missingFrom: () => new Set(),
  };
  return { source, address: listPath(site, userInformationList), pageSize };
}

function listMissing(list: ListSchema, title: string): Finding {
  const text = `The site has no list ${title}: what it would hold is not known.`;
  return { rule: 'list-missing', level: 'finding', ref: list.name, text, records: [] };
}

function columnsMissing(list: ListSchema, binding: Binding, { missing, title }: ListReplica): readonly Finding[] {
  const columns = list.columns.filter((one) => missing.has(one.name));
  return columns.map((column) => ({
    rule: 'column-missing',
    level: 'finding',
    ref: list.name,
    text: `The list ${title} has no column ${binding.columnOf(list, column)}${
      column.required === true ? ', which is needed: none of its rows can be used' : ''
    }.`,
    records: [],
  }));
}
