// What reading the board by another binding comes to: how many rows are understood, what is not, and whether it could be undone.
import { isSecretary } from './mayAnswer';
import type { BoardSnapshot, Ref } from './model';
import type { SettingIssue } from './settingModel';
import { count } from './wording';

/** The records of each list that a council may have made. */
const recordsOf = {
  Areas: 'areas',
  Bodies: 'bodies',
  People: 'people',
  Actions: 'actions',
  Milestones: 'milestones',
  Risks: 'risks',
  Mitigations: 'mitigations',
  Measures: 'measures',
  Readings: 'readings',
  Evidence: 'evidence',
  CoProduction: 'coProduction',
  Meetings: 'meetings',
  Decisions: 'decisions',
} as const;

export interface ReadOtherwise {
  /** Ours. */
  readonly name: string;
  /** False: the council does not keep it. */
  readonly isKept: boolean;
}

export interface BindingTrial {
  readonly issues: readonly SettingIssue[];
  /** A sentence each. */
  readonly notes: readonly string[];
}

/** As many rows that would not be understood are told, the rest are counted. */
const mostFindings = 4;
/** What the site lacks is said before the board is read. */
const structural: ReadonlySet<string> = new Set(['list-missing', 'column-missing']);
const shutOut =
  'By this you would not be the board’s secretary any more, so nobody here could put it back: nothing was changed. Look at the list People.';

/** `lists`: those that are read otherwise. Refuses (`change`) what would leave the person without their part. */
export function bindingTrial(
  now: BoardSnapshot,
  then: BoardSnapshot,
  lists: readonly ReadOtherwise[],
  byRef: Ref,
): BindingTrial {
  if (!isSecretary(then, byRef)) return { issues: [{ field: 'change', message: shutOut }], notes: [] };
  const counts = Object.entries(recordsOf).flatMap(([name, records]) => {
    const list = lists.find((one) => one.name === name);
    return list ? [countWords(list, now[records].length, then[records].length)] : [];
  });
  const known = new Set(now.findings.map((one) => one.text));
  const fresh = then.findings
    .filter((one) => one.level === 'finding' && !structural.has(one.rule) && !known.has(one.text))
    .map((one) => one.text);
  const more = fresh.length - mostFindings;
  return {
    issues: [],
    notes: [
      ...counts,
      ...fresh.slice(0, mostFindings),
      ...(more > 0 ? [`${count(more, 'more thing')} would have to be mended.`] : []),
    ],
  };
}

function countWords({ name: list, isKept }: ReadOtherwise, now: number, then: number): string {
  const are = `${now} ${now === 1 ? 'is' : 'are'} now`;
  if (!isKept) return `${list}: no row would be read, ${are}; nothing in the list itself changes.`;
  if (then === 0 && now > 0) return `${list}: no row would be understood, ${are}: look whether this is the right list.`;
  const rows = `${list}: ${count(then, 'row')} would be understood`;
  return now === then ? `${rows}, as many as now.` : `${rows}; ${are}.`;
}
