// A board's whole site in memory: what the next reading goes on from, and what a snapshot is built from.
import type { Finding, Instant } from '../board/model';
import type { ContextRead, SettingsRead } from './boardContext';
import type { ListPlace, ListReplica } from './replica';
import type { Site } from './siteLists';

/** One complete reading of the site, kept current by its changes. */
export interface Replica {
  /** The moment of the last reading, by the clock of the rules. */
  readonly readAt: Instant;
  readonly site: Site;
  /** Title -> id of the site's lists. */
  readonly directory: ReadonlyMap<string, string>;
  readonly directoryAtMs: number;
  readonly places: ReadonlyMap<string, ListPlace>;
  /** By the list's name in lists.ts. */
  readonly lists: ReadonlyMap<string, ListReplica>;
  /** The site's people; none when they may not be read. */
  readonly users: ListReplica | undefined;
  /** LookupIds that the site's people do not hold, so that they are not looked for again and again. */
  readonly strangers: ReadonlySet<string>;
  readonly settings: SettingsRead;
  readonly bound: ContextRead;
  /** Missing lists and columns, settings that do not fit. */
  readonly findings: readonly Finding[];
}
