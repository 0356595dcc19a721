// A person's data on all boards: where it is, and what forgetting them takes out, keeps and cannot reach.
import { holdingsOf } from '../board/manageLeaver';
import { calendarOf } from '../board/cycle';
import type { BoardSnapshot, Person, Ref } from '../board/model';
import { resolvePolicy } from '../board/policy';
import { InvalidInputError } from '../errors';
import type { Logger } from '../logger';
import type { BoardRecords, Clock, RecordWrite } from './ports';
import type { PersonalData, PersonalRows } from './portsPersonal';

export interface PersonDataPorts {
  readonly records: BoardRecords;
  readonly personal: PersonalData;
  readonly clock: Clock;
  readonly logger: Logger;
}

/** One person on one board. */
export interface PersonFound {
  readonly boardId: string;
  readonly personRef: Ref;
  readonly name: string;
  readonly email?: string;
  /** Why they cannot be forgotten yet; absent when they can. */
  readonly stillHere?: string;
  readonly database: PersonalRows;
  /** Rows of the board's lists that point to them by their reference. */
  readonly rows: Readonly<Record<string, number>>;
  /** Records whose texts name them; a person has to look at these. */
  readonly named: readonly string[];
}

export interface PersonData {
  /** By address, reference or whole name, on every board. Throws what reading a board and the database throw. */
  find(words: string): Promise<readonly PersonFound[]>;
  /**
   * Anonymises their row in People and the addresses of their invitations, and takes out what the database holds.
   * Refuses (InvalidInputError) while they are still on a board.
   */
  forget(words: string): Promise<readonly PersonFound[]>;
}

export function createPersonData({ records, personal, clock, logger }: PersonDataPorts): PersonData {
  async function findOn(boardId: string, words: string): Promise<readonly (PersonFound & { person: Person })[]> {
    const snapshot = await records.refresh(boardId);
    const people = snapshot.people.filter((one) => isMeant(one, words));
    return Promise.all(
      people.map(async (person) => {
        const stillHere = whyStillHere(snapshot, person, clock.now().toISOString());
        return {
          ...{ boardId, person, personRef: person.ref, name: person.name },
          ...(person.email === undefined ? {} : { email: person.email }),
          ...(stillHere === undefined ? {} : { stillHere }),
          database: await personal.count(idsOf(boardId, person)),
          rows: rowsOf(snapshot, person.ref),
          named: namedIn(snapshot, person),
        };
      }),
    );
  }

  async function findAll(words: string): Promise<readonly (PersonFound & { person: Person })[]> {
    const found = await Promise.all(records.boardIds().map((boardId) => findOn(boardId, words.trim())));
    return found.flat();
  }

  return {
    find: async (words) => (await findAll(words)).map(withoutPerson),

    async forget(words) {
      const found = await findAll(words);
      const here = found.find((one) => one.stillHere !== undefined);
      if (here) throw new InvalidInputError(`${here.personRef} on the board ${here.boardId}: ${here.stillHere}`);
      const done: PersonFound[] = [];
      for (const one of found) {
        const snapshot = await records.snapshot(one.boardId);
        const operationId = `forget-${one.personRef}-${one.person.stamp?.version ?? ''}`;
        const writes = anonymising(snapshot, one.person);
        const outcome = await records.write({ boardId: one.boardId, operationId, writes });
        if (outcome.kind === 'conflict')
          throw new InvalidInputError(
            `The row ${outcome.ref} was changed meanwhile. Nothing was taken out of it; ask again.`,
          );
        const database = await personal.forget(idsOf(one.boardId, one.person), true);
        logger.info('person.forgotten', { boardId: one.boardId, personRef: one.personRef, rows: writes.length });
        done.push({ ...withoutPerson(one), database });
      }
      return done;
    },
  };
}

function withoutPerson({ person: _person, ...found }: PersonFound & { person: Person }): PersonFound {
  return found;
}

function isMeant(person: Person, words: string): boolean {
  const asked = words.toLowerCase();
  return [person.email, person.ref, person.name].some((one) => one?.toLowerCase() === asked);
}

function idsOf(boardId: string, { ref, entraObjectId }: Person) {
  return { boardId, personRef: ref, ...(entraObjectId === undefined ? {} : { entraObjectId }) };
}

function whyStillHere(snapshot: BoardSnapshot, person: Person, at: string): string | undefined {
  const today = calendarOf(resolvePolicy(snapshot.policy).policy).on(at);
  if (person.leavesOn === undefined || person.leavesOn >= today)
    return 'they are on the board. Let them leave first: npm run board -- leaves.';
  const holdings = holdingsOf(snapshot, person.ref);
  const open = holdings?.items.map((one) => one.ref) ?? [];
  return open.length === 0 ? undefined : `they still own ${open.join(', ')}. Hand these over first.`;
}

const placeholder = (ref: Ref): string => `Former member ${ref}`;

/** What was decided and answered stays under the reference; who that was goes. */
function anonymising(snapshot: BoardSnapshot, person: Person): readonly RecordWrite[] {
  const { ref } = person;
  const row = { name: placeholder(ref), role: 'Former member', email: null, entraObjectId: null };
  const invitations = snapshot.invitations.filter((one) => one.personRef === ref && one.sentTo !== undefined);
  return [
    change('person', ref, person.stamp, row),
    ...invitations.map((one) =>
      change('invitation', `${one.meetingRef}/${ref}`, one.stamp, { sentTo: null, error: null }),
    ),
  ];
}

function change(
  record: 'person' | 'invitation',
  ref: Ref,
  stamp: Person['stamp'],
  changes: Record<string, unknown>,
): RecordWrite {
  if (stamp === undefined)
    throw new InvalidInputError(`The row ${ref} cannot be changed: it was not read from SharePoint.`);
  return { kind: 'change', record, ref, ...stamp, changes };
}

/** Lists of records, by the names of the snapshot. */
function lists(snapshot: BoardSnapshot): readonly (readonly [string, readonly object[]])[] {
  return Object.entries(snapshot).flatMap(([name, value]: [string, unknown]) =>
    Array.isArray(value) && name !== 'people' && name !== 'findings'
      ? [[name, value.filter((one): one is object => typeof one === 'object' && one !== null)] as const]
      : [],
  );
}

function rowsOf(snapshot: BoardSnapshot, ref: Ref): Readonly<Record<string, number>> {
  const counts = lists(snapshot).map(([name, rows]) => {
    return [name, rows.filter((row) => texts(row).some((text) => text === ref)).length] as const;
  });
  return Object.fromEntries(counts.filter(([, count]) => count > 0));
}

function namedIn(snapshot: BoardSnapshot, person: Person): readonly string[] {
  const looked = [person.name, person.email].filter((one) => one !== undefined && one !== placeholder(person.ref));
  return lists(snapshot).flatMap(([name, rows]) =>
    rows
      .filter((row) => texts(row).some((text) => looked.some((one) => one !== undefined && mentions(text, one))))
      .map((row) => `${name} ${labelOf(row)}`),
  );
}

function mentions(text: string, words: string): boolean {
  return text.toLowerCase().includes(words.toLowerCase());
}

/** Every text of a record, in parts of it too. */
function texts(value: unknown): readonly string[] {
  if (typeof value === 'string') return [value];
  if (typeof value !== 'object' || value === null) return [];
  return Object.values(value).flatMap((one: unknown) => texts(one));
}

function labelOf(row: object): string {
  const known = ['ref', 'key', 'subjectRef'].map((name): unknown => Reflect.get(row, name));
  const item: unknown = Reflect.get(row, 'stamp');
  const itemId: unknown = typeof item === 'object' && item !== null ? Reflect.get(item, 'itemId') : undefined;
  return String(known.find((one) => typeof one === 'string' && one.length < 60) ?? `row ${String(itemId ?? '?')}`);
}
