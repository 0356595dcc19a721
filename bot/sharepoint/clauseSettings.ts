// The setting `clauses`: its form, and how it is read entry by entry, so that one slip does not lose what else was entered.
import { z } from 'zod';
import { clauseOrder, type ClauseExtra } from '../board/clauseRecords';
import type { Finding } from '../board/model';
import { checkText, privacyWords } from '../board/privacy';

const person = z.string().min(1).max(40).describe('Reference in the list People');
const words = z.string().trim().min(3).max(1000);
const link = z
  .string()
  .max(2000)
  .regex(/^https:\/\/\S+$/, 'Give an address that begins with https://')
  .exactOptional()
  .describe('Where it can be opened');

const confirmation = z
  .strictObject({
    clause: z.enum(clauseOrder).describe('The clause, as in 5c'),
    byRef: person,
    on: z.iso.date(),
    text: words.describe('What was looked at, and what it shows'),
    link,
  })
  .describe('What a person of the board looked at and says is so');
const planVersion = z.strictObject({
  ref: z.string().min(1).max(40),
  on: z.iso.date(),
  changed: words.describe('What this version changed'),
  link,
});
const noticeState = z
  .strictObject({ text: words, on: z.iso.date(), byRef: person, link })
  .describe('The state of the notice as the Department has given it');
const day = z.iso.date();

export const clauseSettings = z
  .strictObject({
    confirmations: z.array(confirmation).max(500).exactOptional(),
    timetableAgreedOn: day.exactOptional().describe('The day on which the Department agreed the dates of the meetings'),
    timetableLink: link,
    planVersions: z.array(planVersion).max(200).exactOptional(),
    noticeState: noticeState.exactOptional(),
  })
  .describe('What people enter about the clauses of the notice because no list has a field for it; docs/rules.md');

export interface ClausesRead {
  /** Absent when nothing was entered. */
  readonly records?: ClauseExtra;
  readonly findings: readonly Finding[];
}

/** What of it can be used; every entry that does not fit is a finding and counts for nothing. */
export function readClauseSettings(given: unknown): ClausesRead {
  if (given === undefined) return { findings: [] };
  const outer = z.record(z.string(), z.unknown()).safeParse(given);
  if (!outer.success) return { findings: [misfit('is not a set of values and is not used.')] };
  const findings: Finding[] = [];
  const fitting = <T>(form: z.ZodType<T>, value: unknown, where: string): readonly T[] => {
    if (value === undefined) return [];
    const parsed = form.safeParse(value);
    if (parsed.success) return [parsed.data];
    const fields = [...new Set(parsed.error.issues.map((issue) => [where, ...issue.path.map(String)].join('.')))];
    findings.push(misfit(`does not fit in ${fields.join(', ')}: that entry does not count.`));
    return [];
  };
  const each = <T>(form: z.ZodType<T>, name: string): readonly T[] =>
    fitting(z.array(z.unknown()), outer.data[name], name)
      .flat()
      .flatMap((one, index) => fitting(form, one, `${name}.${index}`));
  const unknown = Object.keys(outer.data).filter((name) => !(name in clauseSettings.shape));
  if (unknown.length > 0) findings.push(misfit(`has ${unknown.join(', ')}, which it does not know.`));
  const confirmations = each(confirmation, 'confirmations');
  const planVersions = each(planVersion, 'planVersions');
  const [timetableAgreedOn] = fitting(day, outer.data['timetableAgreedOn'], 'timetableAgreedOn');
  const [timetableLink] = fitting(link, outer.data['timetableLink'], 'timetableLink');
  const [notice] = fitting(noticeState, outer.data['noticeState'], 'noticeState');
  const records: ClauseExtra = {
    confirmations,
    planVersions,
    ...(timetableAgreedOn === undefined ? {} : { timetableAgreedOn }),
    ...(timetableLink === undefined ? {} : { timetableLink }),
    ...(notice === undefined ? {} : { noticeState: notice }),
  };
  return { records, findings };
}

/** Identifiers of a child in what was entered, each with its place; never the text. */
export function clausePrivacyProblems(given: unknown, path = 'clauses'): readonly string[] {
  if (typeof given === 'string') {
    return checkText(given)
      .filter((hit) => hit.level === 'refused')
      .map((hit) => `${path}: it seems to hold ${privacyWords[hit.kind]}; boards hold no data on a child.`);
  }
  if (typeof given !== 'object' || given === null) return [];
  return Object.entries(given).flatMap(([name, one]) => clausePrivacyProblems(one, `${path}.${name}`));
}

function misfit(what: string): Finding {
  return {
    rule: 'setting-not-understood',
    level: 'finding',
    ref: 'clauses',
    text: `The setting "clauses" ${what}`,
    records: ['clauses'],
  };
}
