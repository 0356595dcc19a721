// People in cells: one by LookupId, several in one column, or named as text by their name or e-mail address.
import type { Ref } from '../board/model';
import type { BoundColumn } from './binding';
import type { CellStyle } from './bindingSchema';
import { absent, doesNotFit, misfit, value } from './decoded';
import type { Decoded } from './decoded';
import type { ColumnSchema, ListSchema } from './lists';
import type { SitePeople } from './people';

const notOnBoard = 'people of the list People (of one of them nobody there has the name or the e-mail address)';

/** One person, by the LookupId. */
export function decodePerson(raw: unknown, people: SitePeople): Decoded {
  // A single person comes as a string, but a number has been seen.
  const lookupId = typeof raw === 'number' ? String(raw) : raw;
  if (typeof lookupId !== 'string') return misfit('one person');
  const ref = people.refOf(lookupId);
  if (ref !== undefined) return value(ref);
  return misfit(
    people.knows(lookupId)
      ? 'a person of the list People (nobody there has this e-mail address)'
      : 'a person whom the site knows',
  );
}

/** Several people in one column: the part that the binding names, else the first, or all for a list of people. */
export function decodePeople(column: ColumnSchema, raw: unknown, bound: BoundColumn, people: SitePeople): Decoded {
  if (!Array.isArray(raw)) return misfit('a choice of people');
  const ids = lookupIdsIn(raw);
  const [step] = bound.steps;
  const chosen =
    step === undefined
      ? column.type === 'refs'
        ? ids
        : ids.slice(0, 1)
      : 'at' in step
        ? ids.slice(step.at, step.at + 1)
        : ids.slice(step.from);
  if (chosen.length === 0) return absent;
  const refs = chosen.map((id) => people.refOf(String(id))).filter((one) => one !== undefined);
  if (refs.length < chosen.length) return misfit(notOnBoard);
  return value(column.type === 'refs' ? refs : refs[0]);
}

/** People named as text, by name or address whichever is there. */
export function decodeNames(column: ColumnSchema, raw: unknown, bound: BoundColumn, people: SitePeople): Decoded {
  if (typeof raw !== 'string') return misfit('the name or e-mail address of a person');
  if (column.type === 'refs') {
    const names = splitList(raw, bound.separators.length === 0 ? [';', '\n'] : bound.separators);
    const refs = names.map((one) => people.named(one)).filter((one) => one !== undefined);
    return refs.length < names.length ? misfit(notOnBoard) : value(refs);
  }
  const ref = people.named(raw);
  if (ref !== undefined) return value(ref);
  return misfit('a person of the list People (nobody there has this name or e-mail address)');
}

/** Several people in one column, the others as they are; a write needs the annotation of its collection. */
export function encodePeople(
  list: ListSchema,
  column: ColumnSchema,
  given: unknown,
  bound: BoundColumn,
  people: SitePeople,
  current: Readonly<Record<string, unknown>> | undefined,
): Readonly<Record<string, unknown>> {
  const key = `${bound.name}LookupId`;
  const refs: readonly unknown[] = given === null || given === undefined ? [] : [given].flat();
  const ids = refs.map((one) => (typeof one === 'string' ? people.lookupIdOf(one) : undefined));
  const known = ids.filter((one) => one !== undefined);
  if (known.length < ids.length) throw doesNotFit(list, column, 'people whom the site knows');
  const there = lookupIdsIn(current?.[key] ?? current?.[bound.name]);
  const [step] = bound.steps;
  const whole =
    step === undefined
      ? column.type === 'refs'
        ? known
        : [...known, ...there.slice(1)]
      : 'at' in step
        ? [...there.slice(0, step.at), ...known, ...there.slice(step.at + 1)]
        : [...there.slice(0, step.from), ...known];
  return { [`${key}@odata.type`]: 'Collection(Edm.Int32)', [key]: [...new Set(whole)] };
}

/** A person as text in the style named. Throws InvalidInputError for one who has no name or address. */
export function personText(
  list: ListSchema,
  column: ColumnSchema,
  ref: Ref,
  as: CellStyle,
  people: SitePeople,
): string {
  const text = as === 'e-mail' ? people.emailOf(ref) : people.nameOf(ref);
  // What is written must be found again as the same person.
  if (text !== undefined && people.named(text) === ref) return text;
  const what = as === 'e-mail' ? 'an e-mail address' : 'a name';
  throw doesNotFit(list, column, `a person who has ${what} of their own in the list People`);
}

/** The LookupIds of a column of several people, read (`[{LookupId}]`) or written (`[6, 7]`). */
export function lookupIdsIn(raw: unknown): readonly number[] {
  if (!Array.isArray(raw)) return [];
  return raw
    .map((one: unknown) => Number(typeof one === 'object' && one !== null && 'LookupId' in one ? one.LookupId : one))
    .filter((one) => Number.isInteger(one));
}

export function splitList(text: string, separators: readonly string[]): readonly string[] {
  return separators
    .reduce<readonly string[]>((parts, separator) => parts.flatMap((one) => one.split(separator)), [text])
    .map((one) => one.trim())
    .filter((one) => one !== '');
}
