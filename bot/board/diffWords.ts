// What differs between two frozen logs, row by row and in words: what moved, what is new, what is gone, better or worse.
import { compareDelivery } from './delivery';
import { clauseStateWords, type ClauseStateName } from './clauseState';
import { grouped } from './grounds';
import { byStep, directionOf, ownerChange, riskChanges, rowChanges } from './logChanges';
import type { Change, Direction, Way } from './logChanges';
import { notRecorded, type ActionImpactLog, type LogMeasure, type LogRisk, type LogRow } from './logShape';
import { present } from './logFacts';
import type { CivilDate, Ref } from './terms';
import { capital, count, figure, listed, monthName } from './wording';

export type ComparedKind = 'action' | 'risk' | 'measure' | 'decision' | 'date change' | 'contribution' | 'clause';

export interface ComparedRow {
  readonly kind: ComparedKind;
  readonly ref: Ref;
  readonly title?: string;
  /** `mixed`: better in one thing and worse in another. */
  readonly direction: Direction | 'mixed' | 'new' | 'gone';
  readonly texts: readonly string[];
}

export interface LogComparison {
  /** One sentence. */
  readonly text: string;
  readonly counts: ActionCounts;
  /** Every row that differs: actions first, each kind in the order of the second log, then what is gone. */
  readonly rows: readonly ComparedRow[];
  /** What cannot be compared, and why. */
  readonly notes: readonly string[];
}

export interface ActionCounts {
  readonly compared: number;
  readonly isNew: number;
  readonly gone: number;
  readonly better: number;
  readonly worse: number;
  readonly closed: number;
  readonly nowSlow: number;
  readonly noLongerSlow: number;
}

/** Compares two logs of any age; what either did not record is left out and said. */
export function compareLogs(
  from: ActionImpactLog,
  to: ActionImpactLog,
  longDate: (on: CivilDate) => string,
): LogComparison {
  const counts = countsOf(from, to);
  const rows = [
    ...paired('action', from.actions, to.actions, (then, now) => actionChanges(then, now, longDate), titleOfRow),
    ...paired('risk', from.risks, to.risks, riskChanges, titleOfRow),
    ...sectionRows(from, to, longDate),
    ...clauseRows(from, to),
  ];
  return { text: noneRated(from, to) ? unratedOf(counts) : sentenceOf(counts), counts, rows, notes: notesOf(from, to) };
}

function actionChanges(then: LogRow, now: LogRow, longDate: (on: CivilDate) => string): readonly Change[] {
  const owner = now.detail === notRecorded ? undefined : ownerChange(then, now.detail);
  return [...rowChanges(then, now, longDate), ...(owner ? [owner] : [])];
}

function countsOf(from: ActionImpactLog, to: ActionImpactLog): ActionCounts {
  const before = new Map(from.actions.map((one) => [one.ref, one]));
  const after = new Set(to.actions.map((one) => one.ref));
  const both = to.actions.flatMap((now) => {
    const then = before.get(now.ref);
    return then ? [{ then, now, way: ratingWay(then, now) }] : [];
  });
  return {
    compared: both.length,
    isNew: to.actions.length - both.length,
    gone: from.actions.filter((one) => !after.has(one.ref)).length,
    better: both.filter((one) => one.way === 'better').length,
    worse: both.filter((one) => one.way === 'worse').length,
    closed: both.filter(({ then, now }) => isClosed(now) && then.computedDelivery !== notRecorded && !isClosed(then))
      .length,
    nowSlow: both.filter(({ then, now }) => then.slow === false && now.slow === true).length,
    noLongerSlow: both.filter(({ then, now }) => then.slow === true && now.slow === false).length,
  };
}

/** The computed delivery alone: the one rating that nobody claims. */
function ratingWay({ computedDelivery: then }: LogRow, { computedDelivery: now }: LogRow): Way {
  return then === notRecorded || now === notRecorded ? 'same' : compareDelivery(now, then);
}

function isClosed(row: LogRow): boolean {
  return row.computedDelivery === 'complete' || row.computedDelivery === 'embedded';
}

/** True when no action of the earlier log has a rating to compare with, as in logs of before they were recorded. */
function noneRated(from: ActionImpactLog, to: ActionImpactLog): boolean {
  const refs = new Set(to.actions.map((one) => one.ref));
  const both = from.actions.filter((one) => refs.has(one.ref));
  return both.length > 0 && both.every((one) => one.computedDelivery === notRecorded);
}

function unratedOf(counts: ActionCounts): string {
  return `The earlier log did not record how ${count(counts.compared, 'action')} stood, so better and worse cannot be counted.${moreOf(counts)}`;
}

function sentenceOf(counts: ActionCounts): string {
  const parts = [
    `${counts.better} rated better`,
    `${counts.worse} rated worse`,
    `${counts.closed} newly complete`,
    `${counts.nowSlow} newly slow`,
    `${counts.noLongerSlow} no longer slow`,
  ];
  return `Of ${count(counts.compared, 'action')} in both logs: ${listed(parts)}.${moreOf(counts)}`;
}

function moreOf(counts: ActionCounts): string {
  const more = [
    ...(counts.isNew > 0 ? [`${counts.isNew} new`] : []),
    ...(counts.gone > 0 ? [`${counts.gone} no longer in the plan`] : []),
  ];
  return more.length === 0 ? '' : ` ${capital(listed(more))}.`;
}

function titleOfRow(row: LogRow | LogRisk): string | undefined {
  return row.detail === notRecorded ? undefined : row.detail.title;
}

/** Rows of one kind by ref: changed ones and new ones in the order of the second log, then those that are gone. */
function paired<Row extends { readonly ref: Ref }>(
  kind: ComparedKind,
  from: readonly Row[],
  to: readonly Row[],
  changes: (then: Row, now: Row) => readonly Change[],
  titleOf: (row: Row) => string | undefined,
): readonly ComparedRow[] {
  const before = new Map(from.map((one) => [one.ref, one]));
  const after = new Set(to.map((one) => one.ref));
  const head = (row: Row) => ({ kind, ref: row.ref, ...present('title', titleOf(row)) });
  return [
    ...to.flatMap((now): readonly ComparedRow[] => {
      const then = before.get(now.ref);
      if (!then) return [{ ...head(now), direction: 'new', texts: [newWords[kind]] }];
      const found = changes(then, now);
      if (found.length === 0) return [];
      return [{ ...head(now), direction: overall(found), texts: found.map((one) => one.text) }];
    }),
    ...from
      .filter((one) => !after.has(one.ref))
      .map((one): ComparedRow => ({ ...head(one), direction: 'gone', texts: [goneWords[kind]] })),
  ];
}

const newWords: Readonly<Record<ComparedKind, string>> = {
  action: 'New in the plan.',
  risk: 'New in the risk register.',
  measure: 'New among the measures.',
  decision: 'New among the decisions.',
  'date change': 'New request to move a date.',
  contribution: 'Its contribution is newly to be strengthened.',
  clause: 'New among the clauses.',
};

const goneWords: Readonly<Record<ComparedKind, string>> = {
  action: 'No longer in the plan.',
  risk: 'Closed, or no longer in the register.',
  measure: 'No longer among the measures.',
  decision: 'Done before, and no longer listed.',
  'date change': 'Decided before, and no longer listed.',
  contribution: 'Its contribution is no longer to be strengthened.',
  clause: 'No longer among the clauses.',
};

function overall(changes: readonly Change[]): ComparedRow['direction'] {
  const better = changes.some((one) => one.direction === 'better');
  const worse = changes.some((one) => one.direction === 'worse');
  if (better && worse) return 'mixed';
  if (better) return 'better';
  return worse ? 'worse' : 'changed';
}

function sectionRows(
  from: ActionImpactLog,
  to: ActionImpactLog,
  longDate: (on: CivilDate) => string,
): readonly ComparedRow[] {
  if (from.sections === notRecorded || to.sections === notRecorded) return [];
  const contributions = (log: typeof from.sections) =>
    log.contributions.rows.map((one) => ({ ref: one.ref ?? one.key, title: one.name }));
  return [
    ...paired('measure', from.sections.measures, to.sections.measures, measureChanges, (one) => one.name),
    ...paired(
      'decision',
      from.sections.decisions,
      to.sections.decisions,
      (then, now) => (then.state === now.state ? [] : [{ text: `${decisionWords[now.state]}.`, direction: 'changed' }]),
      (one) => one.text,
    ),
    ...paired(
      'date change',
      from.sections.dateChanges,
      to.sections.dateChanges,
      (then, now) => (then.decision === now.decision ? [] : [{ text: `Now ${now.decision}.`, direction: 'changed' }]),
      (one) => `${one.subjectRef} from ${longDate(one.fromOn)} to ${longDate(one.toOn)}`,
    ),
    ...paired('contribution', contributions(from.sections), contributions(to.sections), noChange, (one) => one.title),
  ];
}

const decisionWords = { open: 'Open again', done: 'Done' } as const;

function noChange(): readonly Change[] {
  return [];
}

/** Ahead and within tolerance are both where they should be; no reading is neither better nor worse. */
const measureRank: Readonly<Record<string, number>> = { behind: 0, 'within-tolerance': 1, ahead: 1 };

function measureChanges(then: LogMeasure, now: LogMeasure): readonly Change[] {
  const changes: Change[] = [];
  if (then.state !== now.state) {
    const [was, is] = [measureRank[then.state], measureRank[now.state]];
    const words = (state: string): string => state.replaceAll('-', ' ');
    changes.push({
      text: `${capital(words(now.state))}, was ${words(then.state)}.`,
      direction: was === undefined || is === undefined ? 'changed' : directionOf(byStep(is - was)),
    });
  }
  if (now.latestPeriod !== undefined && now.latestPeriod !== then.latestPeriod) {
    const value = now.latestValue === undefined ? '' : `: ${figure(now.latestValue, now.unit)}`;
    changes.push({ text: `New reading for ${monthName(now.latestPeriod)}${value}.`, direction: 'changed' });
  }
  return changes;
}

/** The other states are dates and duties, neither better nor worse. */
const clauseRank: Readonly<Partial<Record<ClauseStateName, number>>> = {
  gap: 0,
  'partly-evidenced': 1,
  'for-a-person-to-confirm': 2,
  evidenced: 3,
};

function clauseRows(from: ActionImpactLog, to: ActionImpactLog): readonly ComparedRow[] {
  if (!from.clauses || !to.clauses) return [];
  const rows = (log: NonNullable<typeof from.clauses>) => log.map((one) => ({ ...one, ref: one.clause }));
  return paired(
    'clause',
    rows(from.clauses),
    rows(to.clauses),
    (then, now) => {
      if (then.state === undefined || now.state === undefined || then.state === now.state) return [];
      const [was, is] = [clauseRank[then.state], clauseRank[now.state]];
      return [
        {
          text: `${capital(clauseStateWords[now.state])}, was ${clauseStateWords[then.state]}.`,
          direction: was === undefined || is === undefined ? 'changed' : directionOf(byStep(is - was)),
        },
      ];
    },
    (one) => one.title,
  );
}

function notesOf(from: ActionImpactLog, to: ActionImpactLog): readonly string[] {
  const name = (log: ActionImpactLog): string => `The log ${log.kind} ${log.meetingRef}`;
  return [from, to].flatMap((log) => {
    if (log.sections === notRecorded)
      return [
        `${name(log)} is on file as rows alone: actions and risks are compared, measures, decisions and clauses are not recorded there.`,
      ];
    return log.clauses ? [] : [`${name(log)} was frozen before the clauses were kept with it: they are not compared.`];
  });
}

/** The rows of a comparison by kind, in a fixed order. */
export function byKind(rows: readonly ComparedRow[]): readonly (readonly [ComparedKind, readonly ComparedRow[]])[] {
  const of = grouped(rows, (one) => one.kind);
  const kinds: readonly ComparedKind[] = [
    ...(['action', 'risk', 'measure', 'decision'] as const),
    ...(['date change', 'contribution', 'clause'] as const),
  ];
  return kinds.flatMap((kind) => (of(kind).length === 0 ? [] : [[kind, of(kind)] as const]));
}
