// Who is meant by a person column: SharePoint's LookupId, the e-mail address behind it, and the board's person.
import { z } from 'zod';
import type { Ref } from '../board/model';

/** SharePoint keeps one row here for everybody who ever touched the site; its item id is the LookupId. */
export const userInformationList = 'User Information List';
export const userInformationColumns = ['EMail', 'Title', 'Name'];

const siteUser = z.object({
  id: z.string(),
  fields: z.object({ EMail: z.string().optional(), Name: z.string().optional() }),
});

export interface BoardPerson {
  readonly ref: Ref;
  readonly name?: string;
  readonly email?: string;
}

/** The two ways between LookupId and the board's person; an address is compared without regard to case. */
export interface SitePeople {
  refOf(lookupId: string): Ref | undefined;
  /** True when the site knows the person, whether or not the board does. */
  knows(lookupId: string): boolean;
  lookupIdOf(ref: Ref): number | undefined;
  /** The person whom a text names: by reference, address or name, "Jo Field <jo@council.example>" included. */
  named(text: string): Ref | undefined;
  nameOf(ref: Ref): string | undefined;
  emailOf(ref: Ref): string | undefined;
}

/** Rows that are no people (groups, system accounts) carry no address and are passed over. */
export function sitePeople(userRows: readonly unknown[], people: readonly BoardPerson[]): SitePeople {
  const refByAddress = new Map<string, Ref>();
  for (const person of people) {
    if (person.email !== undefined) refByAddress.set(person.email.toLowerCase(), person.ref);
  }
  const known = new Set<string>();
  const refById = new Map<string, Ref>();
  const idByRef = new Map<Ref, number>();
  for (const row of userRows) {
    const user = siteUser.safeParse(row);
    if (!user.success) continue;
    known.add(user.data.id);
    const ref = addressesOf(user.data.fields)
      .map((address) => refByAddress.get(address))
      .find((one) => one !== undefined);
    if (ref === undefined) continue;
    refById.set(user.data.id, ref);
    if (!idByRef.has(ref)) idByRef.set(ref, Number(user.data.id));
  }
  const byText = textsOf(people);
  const byRef = new Map(people.map((one) => [one.ref, one]));
  return {
    refOf: (lookupId) => refById.get(lookupId),
    knows: (lookupId) => known.has(lookupId),
    lookupIdOf: (ref) => idByRef.get(ref),
    named: (text) => byText.get(spaced(text)) ?? byText.get(spaced(/<([^>]+)>\s*$/.exec(text)?.[1] ?? '')),
    nameOf: (ref) => byRef.get(ref)?.name,
    emailOf: (ref) => byRef.get(ref)?.email,
  };
}

/** A text that could mean two people means neither. */
function textsOf(people: readonly BoardPerson[]): ReadonlyMap<string, Ref> {
  const found = new Map<string, Ref>();
  const unclear = new Set<string>();
  for (const { ref, name, email } of people) {
    for (const text of [ref, name, email]) {
      if (text === undefined || spaced(text) === '') continue;
      const taken = found.get(spaced(text));
      if (taken !== undefined && taken !== ref) unclear.add(spaced(text));
      found.set(spaced(text), ref);
    }
  }
  for (const text of unclear) found.delete(text);
  return found;
}

function spaced(text: string): string {
  return text.trim().toLowerCase().replace(/\s+/g, ' ');
}

/** The address, and the sign-in name inside the claim `i:0#.f|membership|name@council.example`. */
function addressesOf(fields: { EMail?: string | undefined; Name?: string | undefined }): readonly string[] {
  return [fields.EMail, fields.Name?.split('|').at(-1)]
    .filter((one) => one !== undefined && one.includes('@'))
    .map((one) => (one ?? '').toLowerCase());
}
