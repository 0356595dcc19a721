// One list read from Graph, all of it or what changed since: says what to ask next and takes the answers, until it is whole.
// Longer than most: pages, deltas, refusals and single rows are stages of one state, which two files would only share.
import { z } from 'zod';
import { UpstreamError } from '../errors';
import type { KnownError } from '../errors';
import type { BatchAnswer } from './graphBatch';
import { isObject, parseItem } from './listItem';
import type { ListItem } from './listItem';
import { isAsNew } from './replica';
import type { ListReplica } from './replica';
import { rowsOf } from './siteLists';

/** Which rows and columns are wanted. */
export interface Source {
  readonly title: string;
  readonly columns: (missing: ReadonlySet<string>) => readonly string[];
  /** Our columns that are not among the site's own names. */
  readonly missingFrom: (there: ReadonlySet<string>) => ReadonlySet<string>;
}

/** Something that asks Graph until it has what it wants. */
export interface Asker {
  /** What to ask for next; nothing when all is there, or it failed. */
  paths(): readonly string[];
  /** The answers to what `paths` named, in its order. */
  take(answers: readonly BatchAnswer[]): void;
  readonly failure: KnownError | undefined;
}

/** All pages of a collection. */
export class PagesReading implements Asker {
  readonly values: unknown[] = [];
  failure: KnownError | undefined;
  private readonly seen = new Set<string>();
  private next: string | undefined;

  constructor(path: string) {
    this.next = path;
  }

  get isWhole(): boolean {
    return this.next === undefined && this.failure === undefined;
  }

  paths(): readonly string[] {
    return this.next === undefined ? [] : [this.next];
  }

  take([answer]: readonly BatchAnswer[]): void {
    this.seen.add(this.next ?? '');
    this.next = undefined;
    if (answer?.ok !== true) this.failure = answer?.error ?? broken('no answer came');
    else {
      const page = pageOf(answer.body);
      if (page === undefined) this.failure = broken('a page has not the expected form');
      else {
        for (const one of page.rows) this.values.push(one);
        this.next = page.nextLink;
        if (this.next !== undefined && this.seen.has(this.next)) this.failure = broken('its pages run in a circle');
      }
    }
    if (this.failure) this.next = undefined;
  }
}

interface Page {
  readonly rows: readonly unknown[];
  readonly nextLink: string | undefined;
  readonly deltaLink: string | undefined;
}

/** Undefined for what is no page. Its rows are not copied: there may be thousands. */
function pageOf(body: unknown): Page | undefined {
  if (!isObject(body)) return undefined;
  const { value: rows, '@odata.nextLink': nextLink, '@odata.deltaLink': deltaLink } = body;
  const isPage = Array.isArray(rows) && isTextOrNone(nextLink) && isTextOrNone(deltaLink);
  return isPage ? { rows, nextLink, deltaLink } : undefined;
}

function isTextOrNone(value: unknown): value is string | undefined {
  return value === undefined || typeof value === 'string';
}

/** A list that changes this often while it is read is not read to an end. */
const mostRestarts = 3;
/** More rows than this cost more to read one by one than the list does whole. */
const mostSingleRows = 40;

export interface ListReadingSettings {
  readonly source: Source;
  readonly address: string;
  readonly pageSize: number;
  /** What is known already; only what changed is asked for then. */
  readonly known?: ListReplica | undefined;
  /** From the list's start all the same. */
  readonly isAnew?: boolean;
  /** False where it is known that SharePoint refuses to tell changes. */
  readonly mayDelta: boolean;
}

export class ListReading implements Asker {
  failure: KnownError | undefined;
  /** Why this list's changes cannot be asked for. */
  deltaRefusal: KnownError | undefined;
  /** The list was read from its start although more was known: the token was too old, or lost. */
  wasRestarted = false;
  readonly source: Source;
  readonly address: string;
  private readonly settings: ListReadingSettings;
  private way: 'delta' | 'items';
  private stage: 'pages' | 'columns' | 'rows' | 'done' = 'pages';
  private next: string;
  private isFresh: boolean;
  private restarts = 0;
  private seen = new Set<string>();
  private columnPages: PagesReading | undefined;
  private missing: ReadonlySet<string>;
  private items: ReadonlyMap<string, ListItem>;
  private own: Map<string, ListItem> | undefined;
  private gone: Set<string>;
  /** Rows that changed and came without what they hold. */
  private readonly bare = new Set<string>();
  private deltaLink: string | undefined;

  constructor(settings: ListReadingSettings) {
    this.settings = settings;
    this.source = settings.source;
    this.address = settings.address;
    const { known, isAnew = false } = settings;
    this.missing = isAnew ? new Set() : (known?.missing ?? new Set());
    this.items = known?.items ?? new Map();
    this.gone = new Set(known?.gone);
    this.isFresh = isAnew || known?.deltaLink === undefined;
    this.way = settings.mayDelta ? 'delta' : 'items';
    this.next = known?.deltaLink ?? '';
    if (this.isFresh) this.begin(this.way);
  }

  get isWhole(): boolean {
    return this.stage === 'done' && this.failure === undefined;
  }

  /** As far as they have been read. */
  get rows(): ReadonlyMap<string, ListItem> {
    return this.items;
  }

  get lacks(): ReadonlySet<string> {
    return this.missing;
  }

  paths(): readonly string[] {
    if (this.failure || this.stage === 'done') return [];
    if (this.stage === 'columns') return this.columnPages?.paths() ?? [];
    if (this.stage === 'rows') return [...this.bare].map((id) => rowsOf.one(this.address, this.columns(), id));
    return [this.next];
  }

  take(answers: readonly BatchAnswer[]): void {
    if (this.stage === 'columns') return this.takeColumns(answers);
    if (this.stage === 'rows') return this.takeRows(answers);
    const [answer] = answers;
    if (answer?.ok === true) this.takePage(answer.body);
    else this.takeRefusal(answer?.status ?? 0, answer?.error ?? broken('no answer came'));
  }

  /** The list as read; what was known is the same map still where nothing changed. */
  result(): ListReplica {
    const { address, missing, gone, source, deltaLink } = this;
    const { known } = this.settings;
    const columns = this.columns();
    const before = known?.items ?? new Map<string, ListItem>();
    // A whole reading does not name what is gone.
    if (this.isFresh) for (const id of before.keys()) if (!this.items.has(id)) gone.add(id);
    const isSame = sameNames(known?.columns ?? [], columns) && sameRows(before, this.items);
    return {
      ...{ title: source.title, address, columns, missing, items: isSame ? before : this.items, gone },
      ...(deltaLink === undefined ? {} : { deltaLink }),
    };
  }

  private columns(): readonly string[] {
    return this.source.columns(this.missing);
  }

  /** From the list's start. */
  private begin(way: 'delta' | 'items'): void {
    const { pageSize, known } = this.settings;
    this.way = way;
    this.isFresh = true;
    this.stage = 'pages';
    this.seen = new Set();
    this.bare.clear();
    this.own = new Map();
    this.items = this.own;
    this.gone = new Set(known?.gone);
    this.next = rowsOf[way](this.address, this.columns(), pageSize);
  }

  private takePage(body: unknown): void {
    const page = pageOf(body);
    if (page === undefined) return this.fail(broken('a page has not the expected form'));
    for (const row of page.rows) this.takeRow(row);
    if (this.failure) return;
    const { nextLink, deltaLink } = page;
    if (nextLink !== undefined) {
      this.seen.add(this.next);
      if (this.seen.has(nextLink)) return this.fail(broken('its pages run in a circle'));
      this.next = nextLink;
      return;
    }
    if (this.way === 'delta') {
      // A page that says neither where to go on nor that it was the last was cut short.
      if (deltaLink === undefined) return this.fail(broken('it ended without a link to go on from'));
      this.deltaLink = deltaLink;
    }
    if (this.bare.size > mostSingleRows) return this.begin('items');
    this.stage = this.bare.size > 0 ? 'rows' : 'done';
  }

  private takeRow(raw: unknown): void {
    const { id, deleted, '@removed': removed, fields } = isObject(raw) ? raw : {};
    if (typeof id !== 'string') return this.fail(broken('a row came without its id'));
    if (deleted !== undefined || removed !== undefined) return this.drop(id);
    if (fields === undefined && this.way === 'delta') {
      this.bare.add(id);
      return;
    }
    this.put(raw);
  }

  private put(raw: unknown): void {
    try {
      const item = parseItem(raw);
      this.gone.delete(item.id);
      this.bare.delete(item.id);
      // The last of several wins; an older version than one we wrote ourselves does not.
      const there = this.items.get(item.id);
      if (there?.eTag !== item.eTag && isAsNew(item, there)) this.change().set(item.id, item);
    } catch (error) {
      if (!(error instanceof UpstreamError)) throw error;
      this.fail(error);
    }
  }

  private drop(id: string): void {
    this.gone.add(id);
    this.bare.delete(id);
    if (this.items.has(id)) this.change().delete(id);
  }

  private change(): Map<string, ListItem> {
    if (this.own) return this.own;
    this.own = new Map(this.items);
    this.items = this.own;
    return this.own;
  }

  private takeRows(answers: readonly BatchAnswer[]): void {
    const ids = [...this.bare];
    for (const [at, id] of ids.entries()) {
      const answer = answers[at];
      if (answer?.ok === true) this.put(answer.body);
      else if (answer?.status === 404) this.drop(id);
      else return this.fail(answer?.error ?? broken('no answer came'));
    }
    this.stage = 'done';
  }

  private takeColumns(answers: readonly BatchAnswer[]): void {
    const pages = this.columnPages;
    pages?.take(answers);
    if (pages?.failure) return this.fail(pages.failure);
    if (pages?.isWhole !== true) return;
    const names = z.array(z.looseObject({ name: z.string() })).safeParse(pages.values);
    if (!names.success) return this.fail(broken('its columns have not the expected form'));
    this.missing = this.source.missingFrom(new Set(names.data.map((one) => one.name)));
    this.begin(this.way);
  }

  private takeRefusal(status: number, error: KnownError): void {
    const passes = status === 429 || status >= 500;
    if (this.way === 'delta' && !(passes && status !== 501)) {
      if (status === 403) return this.withoutDelta(error);
      // 410, a token that is not understood, a list that is not where it was: from the start.
      if (!this.isFresh || status === 410) {
        this.restarts += 1;
        this.wasRestarted = true;
        return this.restarts > mostRestarts ? this.fail(error) : this.begin('delta');
      }
      if (status === 404 || status === 405 || status === 501) return this.withoutDelta(error);
    }
    // SharePoint refuses the whole request for one column that it does not know.
    if (status === 400 && this.columnPages === undefined) {
      this.columnPages = new PagesReading(`${this.address}/columns`);
      this.stage = 'columns';
      return;
    }
    if (status === 400 && this.way === 'delta') return this.withoutDelta(error);
    this.fail(error);
  }

  private withoutDelta(error: KnownError): void {
    this.deltaRefusal = error;
    this.deltaLink = undefined;
    this.begin('items');
  }

  private fail(error: KnownError): void {
    this.failure = error;
  }
}

export function sameNames(one: readonly string[], other: readonly string[]): boolean {
  return one.length === other.length && one.every((name, at) => name === other[at]);
}

/** A version says all that a row holds. */
function sameRows(one: ReadonlyMap<string, ListItem>, other: ReadonlyMap<string, ListItem>): boolean {
  if (one === other || one.size !== other.size) return one === other;
  for (const [id, { eTag }] of one) if (other.get(id)?.eTag !== eTag) return false;
  return true;
}

function broken(what: string): UpstreamError {
  return new UpstreamError('Microsoft Graph', `A list could not be read whole: ${what}.`);
}
