// Headings between the rows of a plan: which area they mean, and the areas that they bring.
import type { Ref } from './model';
import { placeOf } from './planRecords';
import { meant, withRef, type KnownRecord } from './planRefs';
import { find, knownOf, type ImportWork } from './planWork';
import { areaKindTable, wordIn } from './planWords';

/** A heading such as "APA3: Health advice on time" brings its area when ref and kind are plain from it. */
export function headingAreas(work: ImportWork): void {
  const areas = knownOf(work, 'area');
  for (const row of work.input.plan.rows) {
    const { heading } = row;
    if (
      row.kind !== 'action' ||
      !heading ||
      heading.at === '' ||
      row.cells['areaRef']?.value ||
      areaHeaded(areas, heading.text)
    )
      continue;
    const named = headed(heading.text);
    const where = placeOf(row, heading.at);
    const kind = named && areaKind(named.ref, heading.text);
    if (named === undefined || kind === undefined) {
      find(
        work,
        'import-unknown-area',
        heading.text.slice(0, 60),
        where,
        `The heading "${heading.text.slice(0, 60)}" is no area of the board. Add it to a sheet Areas, with Ref, Area and Kind.`,
      );
      continue;
    }
    areas.push({ ref: named.ref, name: named.title });
    const values = { ...named, kind, aim: '', clauses: [], responsibleBodies: [] };
    work.items.push({
      kind: 'area',
      ref: values.ref,
      where,
      key: `${row.sheet}!${heading.at} area`,
      outcome: 'add',
      values,
      changes: [],
    });
  }
}

/** `APA 3: Health advice on time`, whatever stands in the lines below. */
function headed(text: string): { readonly ref: Ref; readonly title: string } | undefined {
  const line = text.replace(/\n.*$/su, '');
  const [, ref, title] = /^([A-Z]{1,5} ?\d{1,3})\s*[:–—-]\s*(\S.*)$/u.exec(line) ?? [];
  return ref === undefined || title === undefined ? undefined : { ref: ref.replace(' ', ''), title };
}

/** The area that a heading names, by its words or by the ref at its beginning. */
export function areaHeaded(areas: readonly KnownRecord[], text: string): KnownRecord | undefined {
  const named = headed(text);
  return meant(areas, text) ?? (named && withRef(areas, named.ref));
}

function areaKind(ref: string, heading: string): 'priority' | 'improvement' | undefined {
  const byRef = wordIn(areaKindTable, ref.replace(/[\s\d]+$/u, ''))?.value;
  if (byRef) return byRef;
  if (/\bpriority\b/iu.test(heading)) return 'priority';
  return /\bimprovement\b/iu.test(heading) ? 'improvement' : undefined;
}
