// The port of a board's settings: their rows with versions, who changed what, what does not fit, how the site's lists are bound.
import type { Finding, Instant, Stamp } from '../board/model';
import type { SettingName, SettingValue } from '../board/settingModel';

/** The row of one setting to write for a board. */
export interface SettingRowNow {
  /** Of the row that is written: the board's own where several boards share a site. */
  readonly key: string;
  /** What holds now; undefined when nothing is set, or what is there is no object. */
  readonly value?: SettingValue;
  /** Absent where the row is still to be made. */
  readonly stamp?: Stamp;
}

/** What one change did to one row; written with it and never changed. */
export interface SettingTrace {
  /** The same for all rows of one change. */
  readonly change: string;
  /** The row that it changed: `policy`, `policy@BOARD`, `body/NAME`. */
  readonly row: string;
  readonly by: string;
  readonly at: Instant;
  readonly route: string;
  /** Undefined where there was none. */
  readonly before?: unknown;
  readonly after?: unknown;
}

export interface SettingsNow {
  readonly rows: Readonly<Record<SettingName, SettingRowNow>>;
  /** Of this board, the newest first. */
  readonly history: readonly SettingTrace[];
}

/** One list of the board's site beside our words for it. */
export interface BoundListShown {
  /** Our name, and what the list holds. */
  readonly name: string;
  readonly holds: string;
  /** The title in the site; undefined where the council does not keep the list. */
  readonly title: string | undefined;
  readonly columns: readonly BoundColumnShown[];
}

export interface BoundColumnShown {
  readonly name: string;
  /** The column's name in the site; undefined where it is not kept. */
  readonly column: string | undefined;
  /** Words of the site that stand for ours, `Delayed = off-track`. */
  readonly words: readonly string[];
}

export interface BindingShown {
  /** True when no name differs from ours. */
  readonly isOwn: boolean;
  readonly lists: readonly BoundListShown[];
  /** What the examination of the site found. */
  readonly findings: readonly Pick<Finding, 'rule' | 'ref' | 'text'>[];
}

/** Throws UpstreamError, ThrottledError, NotFoundError (the list Settings is missing). */
export interface SettingsStore {
  /** Reads SharePoint, so that what others changed a moment ago is there. */
  read(boardId: string): Promise<SettingsNow>;
  /** What of a setting does not fit its published form, each in one sentence with its path; none when it may be kept. */
  problems(name: SettingName, value: SettingValue): readonly string[];
  /** Examines the site, which takes seconds. */
  binding(boardId: string): Promise<BindingShown>;
}
