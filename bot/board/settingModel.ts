// The words of a change of settings: what may be asked, the rows as they are to be, lines of before and after.
import type { AgendaItem } from './agenda';
import type { PolicyValue } from './policyLimits';
import type { CivilDate, QuietPeriod } from './terms';

/** A setting as an object of JSON. */
export type SettingValue = Readonly<Record<string, unknown>>;

/** The settings that are changed here, as they stand; absent what the board has not set. */
export interface SettingsBefore {
  readonly policy?: SettingValue;
  readonly board?: SettingValue;
  readonly clauses?: SettingValue;
  readonly binding?: SettingValue;
}
export type SettingName = keyof SettingsBefore;

export type SettingChange =
  /** `null` takes the default again. */
  | {
      readonly kind: 'policy';
      readonly values: readonly { readonly key: string; readonly value: PolicyValue | null }[];
    }
  /** For the council, or for one body alone. */
  | { readonly kind: 'add-quiet-days'; readonly body?: string; readonly period: QuietPeriod }
  | { readonly kind: 'remove-quiet-days'; readonly body?: string; readonly period: QuietPeriod }
  /** The council's list is given up. */
  | { readonly kind: 'default-quiet-days' }
  /** The Department moved the date of the notice, with its letter. */
  | {
      readonly kind: 'aim-date';
      readonly aimOn: CivilDate;
      readonly letterOn: CivilDate;
      readonly reference: string;
      readonly link?: string;
    }
  /** The standing items of the agenda as they are to be, in order; null: the published ones. */
  | { readonly kind: 'agenda'; readonly items: readonly AgendaItem[] | null }
  /** How the site's lists stand for ours, as it is to be; worked out where the site can be read. */
  | { readonly kind: 'binding'; readonly after: SettingValue }
  /** What a row was before a change is put back. */
  | { readonly kind: 'put-back'; readonly parts: readonly SettingPart[] };

/** One row as it is to be: of the list Settings, or the quiet days of a body. */
export type SettingPart =
  | { readonly row: SettingName; readonly after: SettingValue }
  | { readonly row: 'body'; readonly name: string; readonly after: readonly QuietPeriod[] };

export interface SettingIssue {
  readonly field: string;
  readonly message: string;
}

/** A value before and after, in words. */
export interface SettingLine {
  readonly what: string;
  readonly before: string;
  readonly after: string;
}
