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
  readonly email?: string;
}

/** The two ways between LookupId and the board's person; an address is compared without regard to case. */
export interface SitePeople {
  refOf(lookupId: string): Ref | undefined;
  /** True when the site knows the person, whether or not the board does. */
  knows(lookupId: string): boolean;
  lookupIdOf(ref: Ref): number | undefined;
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
  return {
    refOf: (lookupId) => refById.get(lookupId),
    knows: (lookupId) => known.has(lookupId),
    lookupIdOf: (ref) => idByRef.get(ref),
  };
}

/** The address, and the sign-in name inside the claim `i:0#.f|membership|name@council.example`. */
function addressesOf(fields: { EMail?: string | undefined; Name?: string | undefined }): readonly string[] {
  return [fields.EMail, fields.Name?.split('|').at(-1)]
    .filter((one) => one !== undefined && one.includes('@'))
    .map((one) => (one ?? '').toLowerCase());
}
