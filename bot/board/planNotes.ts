// What an import says of a workbook as a whole: sheets not taken, people whom nobody knows, and what many rows have in common.
import { placeOf } from './planRecords';
import { withName, withRef, type KnownRecord } from './planRefs';
import { interpretRow } from './planRows';
import { find, type ImportFinding, type ImportWork } from './planWork';
import { count } from './wording';

export function sheetFindings(work: ImportWork): void {
  for (const sheet of work.input.plan.sheets) {
    const place = `Sheet "${sheet.name}"`;
    if (sheet.kind === undefined)
      find(
        work,
        'import-sheet-not-taken',
        sheet.name,
        place,
        `The sheet was not taken${sheet.whyNot === undefined ? '' : `: ${sheet.whyNot}`}.`,
        'information',
      );
    if (sheet.hiddenRows.length > 0)
      find(
        work,
        'import-hidden-rows',
        sheet.name,
        place,
        `${count(sheet.hiddenRows.length, 'hidden row')} ${sheet.hiddenRows.length === 1 ? 'was' : 'were'} taken like the others.`,
        'information',
      );
  }
}

/** People are entered by the secretary, with their address; a plan only names them. */
export function personFindings(work: ImportWork): void {
  for (const row of work.input.plan.rows) {
    if (row.kind !== 'person') continue;
    const { values } = interpretRow({ ...work, findings: [] }, 'person', row);
    const name = String(values.get('name') ?? '');
    const known: readonly KnownRecord[] = work.input.snapshot.people.map((one) => ({ ref: one.ref, name: one.name }));
    const email = String(values.get('email') ?? '').toLowerCase();
    const found =
      withRef(known, String(values.get('ref') ?? '')) ??
      withName(known, name) ??
      work.input.snapshot.people.find((one) => email !== '' && one.email?.toLowerCase() === email);
    if (!found)
      find(
        work,
        'import-person-not-added',
        name,
        placeOf(row),
        `${name} is not in the list People. An import adds no people: enter them there first.`,
      );
  }
}

/** What many rows have in common is said once, with how many there are. */
export function summed(findings: readonly ImportFinding[]): readonly ImportFinding[] {
  const once = new Map<string, ImportFinding[]>();
  for (const one of findings) {
    const key = one.level === 'information' ? `${one.rule} ${one.text}` : `${one.rule} ${one.where} ${one.text}`;
    once.set(key, [...(once.get(key) ?? []), one]);
  }
  return [...once.values()].flatMap((same) => {
    const [first] = same;
    if (!first || same.length === 1) return same;
    const more = `${first.text} (So in ${count(same.length, 'place')}, the first of them here.)`;
    return [{ ...first, text: more, records: [...new Set(same.flatMap((one) => one.records))] }];
  });
}
