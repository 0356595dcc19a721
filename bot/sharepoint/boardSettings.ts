// The board's Settings list: its facts, policy, binding and what was entered about clauses, each a row of JSON.
import { z } from 'zod';
import type { ClauseExtra } from '../board/clauseRecords';
import type { BoardFacts, BoardPolicyInput, BoardRunning, Finding } from '../board/model';
import { defaultPolicy } from '../board/policy';
import { ownNames, parseBinding } from './binding';
import type { Binding } from './binding';
import { readClauseSettings } from './clauseSettings';
import type { RecordOf } from './recordShapes';
import { readRunning } from './runningSettings';
import { boardFacts } from './settingsSchema';

const policyInput = z.record(z.string(), z.unknown());

export interface BoardSettings {
  readonly facts: BoardFacts;
  readonly policy: BoardPolicyInput;
  readonly binding: Binding;
  /** Absent when nothing was entered. */
  readonly clauses?: ClauseExtra;
  /** What the secretary decided about sending and hand-overs. */
  readonly running: BoardRunning;
  /** IANA name of the board's zone, from the policy. */
  readonly timeZone: string;
  readonly findings: readonly Finding[];
}

/** Reads the rows `board`, `policy`, `binding` and `clauses`; what is missing or does not fit is a finding and a default holds. */
export function readSettings(
  rows: readonly RecordOf<'setting'>[],
  fallback: { readonly id: string; readonly name: string },
): BoardSettings {
  const findings: Finding[] = [];
  const json = (key: string) => jsonOf(rows, rowFor(rows, key, fallback.id), findings);
  const facts = boardFacts.safeParse(json('board'));
  const policy = policyInput.safeParse(json('policy') ?? {});
  const bound = parseBinding(json('binding'));
  const clauses = readClauseSettings(json('clauses'));
  if (!facts.success) {
    const fields = facts.error.issues.map((issue) => issue.path.join('.')).filter((one) => one !== '');
    const what = fields.length === 0 ? 'is missing' : `does not fit in ${[...new Set(fields)].join(', ')}`;
    findings.push(setting('board', `The setting "board" ${what}: the board's name and people are not known.`));
  }
  if (!policy.success) {
    findings.push(setting('policy', 'The setting "policy" is not a set of values; the defaults are used.'));
  }
  return {
    facts: facts.success ? facts.data : { ...fallback, localAuthority: '', icb: '', localities: [] },
    policy: policy.success ? policy.data : {},
    binding: bound.binding,
    ...(clauses.records ? { clauses: clauses.records } : {}),
    running: readRunning(rows, fallback.id, findings),
    timeZone: zoneOf(policy.success ? policy.data['timeZone'] : undefined),
    findings: [...findings, ...bound.findings, ...clauses.findings],
  };
}

/** Settings of a site that has none, to read its Settings list with. */
export const noSettings: Pick<BoardSettings, 'binding' | 'timeZone'> = {
  binding: ownNames,
  timeZone: defaultPolicy.timeZone,
};

/** Where several boards share a site, `binding@BOARD` is one board's own and goes before `binding`. */
export function rowFor(rows: readonly { readonly key: string }[], key: string, boardId: string): string {
  const own = `${key}@${boardId}`;
  return rows.some((one) => one.key === own) ? own : key;
}

function jsonOf(rows: readonly RecordOf<'setting'>[], key: string, findings: Finding[]): unknown {
  const row = rows.find((one) => one.key === key);
  if (row?.json === undefined) return undefined;
  try {
    const parsed: unknown = JSON.parse(row.json);
    return parsed;
  } catch {
    // JSON.parse throws for nothing but text that is no JSON.
    findings.push(setting(key, `The setting "${key}" is not JSON and is not used.`));
    return undefined;
  }
}

function setting(key: string, message: string): Finding {
  return { rule: 'setting-not-understood', level: 'finding', ref: key, text: message, records: [key] };
}

function zoneOf(given: unknown): string {
  if (typeof given !== 'string') return defaultPolicy.timeZone;
  try {
    return new Intl.DateTimeFormat('en-GB', { timeZone: given }).resolvedOptions().timeZone;
  } catch (error) {
    if (error instanceof RangeError) return defaultPolicy.timeZone;
    throw error;
  }
}
