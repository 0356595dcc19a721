// The port of a board's settings: their rows with versions, who changed what, what does not fit, how the site's lists are bound.
import type { ReadOtherwise } from '../board/bindingTrial';
import type { BoardSnapshot, Finding, Instant, Stamp } from '../board/model';
import type { InputIssue } from '../errors';
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
  /** A council may have it under a name of its own, so that the secretary chooses it; the others are the assistant's. */
  readonly mayBeChosen: boolean;
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

/** What the secretary asks for about one list; what is not named stays as it is. */
export interface AskedBinding {
  /** Our name of the list. */
  readonly list: string;
  /** The list of the site; null: the council does not keep it. */
  readonly title?: string | null;
  /** Our column and the internal name of theirs; null: not kept. */
  readonly columns: readonly { readonly column: string; readonly name: string | null }[];
  /** A word of theirs in the column that stands for ours, and our word for it; null: none of ours. */
  readonly words: readonly { readonly column: string; readonly word: string; readonly means: string | null }[];
}

/** A word of ours with what people read. */
export interface OurWord {
  readonly word: string;
  readonly words: string;
}

/** One of our columns beside the site's. */
export interface ColumnChoice {
  readonly name: string;
  readonly words: string;
  /** What it holds, where its name does not say so. */
  readonly about?: string;
  readonly isNeeded: boolean;
  /** `bound`: it is `column`; `lacking`: the list has none of that name; `not-kept`: the board has said so. */
  readonly state: 'bound' | 'lacking' | 'not-kept';
  /** The internal name. */
  readonly column?: string;
  /** For one that is lacking: the column of theirs that is most like it. */
  readonly proposed?: string;
  /** It is a part of a cell, which is said in the file of the binding alone. */
  readonly isPart: boolean;
  /** Internal names of the columns that can hold it. */
  readonly may: readonly string[];
  /** The words that it takes; none where any text will do. */
  readonly takes: readonly OurWord[];
}

/** A word that rows or choices of their column `of` hold, for our column. */
export interface WordChoice {
  readonly column: string;
  readonly of: string;
  readonly word: string;
  /** Our word as the binding says it, or theirs where it is ours. */
  readonly means?: string;
  /** Our word that it is most like, where nothing is said. */
  readonly proposed?: string;
}

/** What one of our lists may be in the site. */
export interface BindingChoices {
  readonly name: string;
  readonly holds: string;
  readonly mayBeLeftOut: boolean;
  /** The list looked at: the one asked for, else the one bound; absent where the council does not keep it. */
  readonly title?: string;
  /** False for one that was asked for and is not bound. */
  readonly isBound: boolean;
  /** The lists of the site that nothing else of this site's boards is bound to. */
  readonly titles: readonly string[];
  /** Their columns. */
  readonly theirs: readonly { readonly name: string; readonly words: string }[];
  readonly columns: readonly ColumnChoice[];
  readonly words: readonly WordChoice[];
}

export interface BindingRead {
  /** What it names and the site does not have, by its place in the binding. */
  readonly issues: readonly InputIssue[];
  /** What the site lacks beside it, a sentence each. */
  readonly notes: readonly string[];
  /** The lists that are read otherwise. */
  readonly lists: readonly ReadOtherwise[];
  /** The board as it would be read; absent where something is refused, or nothing is read otherwise. */
  readonly snapshot?: BoardSnapshot;
}

/** Throws UpstreamError, ThrottledError, NotFoundError (the list Settings is missing). */
export interface SettingsStore {
  /** Reads SharePoint, so that what others changed a moment ago is there. */
  read(boardId: string): Promise<SettingsNow>;
  /** What of a setting does not fit its published form, each in one sentence with its path; none when it may be kept. */
  problems(name: SettingName, value: SettingValue): readonly string[];
  /** Examines the site, which takes seconds. */
  binding(boardId: string): Promise<BindingShown>;
  /** What the site has for one of our lists; `title`: of another list than the bound one. Throws NotFoundError (the list). */
  choices(boardId: string, list: string, title?: string): Promise<BindingChoices>;
  /** The binding with what was asked for in it; refuses, by place, what the site does not have. */
  bound(
    boardId: string,
    before: SettingValue | undefined,
    asked: AskedBinding,
  ): Promise<{ readonly after: SettingValue } | { readonly issues: readonly InputIssue[] }>;
  /** Reads the board by a binding that is not kept, which takes seconds; writes nothing. */
  readBy(boardId: string, before: SettingValue | undefined, after: SettingValue): Promise<BindingRead>;
}
