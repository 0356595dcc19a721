// Who answers one item for its owner until the next meeting: kept in the history, and over by itself with that meeting.
import type { AnswerIssue, NewUpdate } from './answers';
import { calendarOf, meetingAt } from './cycle';
import { hasLeft } from './manageOwned';
import { isSecretary } from './mayAnswer';
import { resolvePolicy } from './policy';
import type { BoardSnapshot, CivilDate, Instant, Person, Ref, SubjectKind, Update } from './model';
import { standingUpdates } from './takenBack';
import { isAdviserRole } from './terms';

export interface CycleDeputy {
  readonly subjectRef: Ref;
  readonly deputyRef: Ref;
  readonly meetingRef: Ref;
  readonly byRef: Ref;
}

/** Every item that somebody answers for its owner this cycle, by the item's ref. */
export function cycleDeputies(snapshot: BoardSnapshot, at: Instant): ReadonlyMap<Ref, CycleDeputy> {
  const named = rowsNaming(snapshot.updates);
  const deputies = new Map<Ref, CycleDeputy>();
  if (named.length === 0) return deputies;
  const meetingRef = meetingAt(snapshot, at).meeting?.ref;
  if (meetingRef === undefined) return deputies;
  const last = new Map<Ref, Instant>();
  for (const { subjectRef, byRef, at: namedAt, after } of standingUpdates({ updates: named })) {
    const deputyRef = after[`${prefix}${meetingRef}`];
    if (deputyRef === undefined || (last.get(subjectRef) ?? '') > namedAt) continue;
    last.set(subjectRef, namedAt);
    if (typeof deputyRef === 'string') deputies.set(subjectRef, { subjectRef, deputyRef, meetingRef, byRef });
    else deputies.delete(subjectRef);
  }
  return deputies;
}

/** The one who answers this item for its owner this cycle, as a list of none or one. */
export function cycleDeputyOf(snapshot: BoardSnapshot, subjectRef: Ref, at: Instant): readonly Ref[] {
  const found = cycleDeputies(snapshot, at).get(subjectRef);
  return found ? [found.deputyRef] : [];
}

const prefix = 'deputy.';

/** Asked for each item of a board, over one history: its few rows are looked for once. */
const known = new WeakMap<readonly Update[], readonly Update[]>();

function rowsNaming(updates: readonly Update[]): readonly Update[] {
  const found =
    known.get(updates) ?? updates.filter((one) => Object.keys(one.after).some((field) => field.startsWith(prefix)));
  known.set(updates, found);
  return found;
}

export interface DelegatedItem {
  readonly kind: Exclude<SubjectKind, 'decision'>;
  readonly ref: Ref;
  readonly title: string;
  readonly ownerRef?: Ref;
}

/** The item that can be left to somebody; undefined when the board has none with this ref. */
export function delegatedItem(snapshot: BoardSnapshot, ref: Ref): DelegatedItem | undefined {
  const of = <T extends { readonly ref: Ref; readonly ownerRef?: Ref }>(
    kind: DelegatedItem['kind'],
    items: readonly T[],
    title: (item: T) => string,
  ): DelegatedItem | undefined => {
    const item = items.find((one) => one.ref === ref);
    return (
      item && { kind, ref, title: title(item), ...(item.ownerRef === undefined ? {} : { ownerRef: item.ownerRef }) }
    );
  };
  return (
    of('action', snapshot.actions, (one) => one.title) ??
    of('risk', snapshot.risks, (one) => one.title) ??
    of('mitigation', snapshot.mitigations, (one) => one.text) ??
    of('measure', snapshot.measures, (one) => one.name)
  );
}

export type DelegationDecision =
  | {
      readonly kind: 'accepted';
      readonly item: DelegatedItem;
      readonly meetingRef: Ref;
      readonly deputy?: Person;
      readonly update: NewUpdate;
    }
  /** It is so already. */
  | { readonly kind: 'same'; readonly item: DelegatedItem; readonly meetingRef: Ref; readonly deputy?: Person }
  | { readonly kind: 'refused'; readonly issues: readonly AnswerIssue[] };

/** Names who answers an item this cycle, or without `toRef` takes it back. The owner may, and the secretary. */
export function decideDelegation(input: {
  readonly snapshot: BoardSnapshot;
  readonly ref: Ref;
  readonly toRef?: Ref;
  readonly byRef: Ref;
  readonly at: Instant;
}): DelegationDecision {
  const { snapshot, ref, toRef, byRef, at } = input;
  const item = delegatedItem(snapshot, ref);
  if (!item) return refused('ref', `There is no ${ref} on this board any more.`);
  if (item.ownerRef !== byRef && !isSecretary(snapshot, byRef))
    return refused('byRef', `Only the owner of ${ref} or the secretary can let somebody else answer it.`);
  if (item.ownerRef === undefined) return refused('ref', `${ref} has no owner, so nobody can answer for them.`);
  const meetingRef = meetingAt(snapshot, at).meeting?.ref;
  if (meetingRef === undefined)
    return refused('ref', 'No meeting is planned, so there is no cycle to answer for. Ask the secretary.');
  const deputy = toRef === undefined ? undefined : snapshot.people.find((one) => one.ref === toRef);
  const on = calendarOf(resolvePolicy(snapshot.policy).policy).on(at);
  const why = toRef === undefined ? undefined : whyNot(deputy, item, on);
  if (why !== undefined) return refused('to', why);
  const before = cycleDeputies(snapshot, at).get(ref)?.deputyRef;
  const base = { item, meetingRef, ...(deputy ? { deputy } : {}) };
  if (before === toRef) return { kind: 'same', ...base };
  return {
    kind: 'accepted',
    ...base,
    update: deputyRow(item, { meetingRef, fromRef: before, toRef, byRef, at }),
  };
}

/** The row of the history that names who answers an item for one meeting, or that nobody but its owner does. */
function deputyRow(
  item: DelegatedItem,
  named: {
    readonly meetingRef: Ref;
    readonly fromRef: Ref | undefined;
    readonly toRef: Ref | undefined;
    readonly byRef: Ref;
    readonly at: Instant;
  },
): NewUpdate {
  const { meetingRef, fromRef, toRef, byRef, at } = named;
  const forOwner = item.ownerRef === undefined || item.ownerRef === byRef ? {} : { forOwnerRef: item.ownerRef };
  return {
    subjectKind: item.kind,
    subjectRef: item.ref,
    byRef,
    ...forOwner,
    at,
    before: { [`${prefix}${meetingRef}`]: fromRef ?? null },
    after: { [`${prefix}${meetingRef}`]: toRef ?? null },
    noChange: false,
  };
}

/** An item that a person leaves to somebody this cycle, or answers for its owner. */
export interface Delegation extends CycleDeputy {
  readonly item: DelegatedItem;
}

/** What ends when this person leaves: what of theirs others answer this cycle, and what they answer for others. */
export function delegationsOf(snapshot: BoardSnapshot, personRef: Ref, at: Instant): readonly Delegation[] {
  return [...cycleDeputies(snapshot, at).values()].flatMap((one) => {
    const item = delegatedItem(snapshot, one.subjectRef);
    return item && (one.deputyRef === personRef || item.ownerRef === personRef) ? [{ ...one, item }] : [];
  });
}

/** The row of the history by which a delegation ends. */
export function endedDelegation({ item, deputyRef, meetingRef }: Delegation, byRef: Ref, at: Instant): NewUpdate {
  return deputyRow(item, { meetingRef, fromRef: deputyRef, toRef: undefined, byRef, at });
}

/** The row that takes the end of a delegation back; undefined once it is over, was named anew, or has no owner any more. */
export function renewedDelegation(
  snapshot: BoardSnapshot,
  ended: Update,
  byRef: Ref,
  at: Instant,
): (NewUpdate & { readonly deputyRef: Ref }) | undefined {
  const meetingRef = meetingAt(snapshot, at).meeting?.ref;
  const field = `${prefix}${meetingRef ?? ''}`;
  const deputyRef = ended.before[field];
  const item = delegatedItem(snapshot, ended.subjectRef);
  if (meetingRef === undefined || ended.after[field] !== null || typeof deputyRef !== 'string' || !item)
    return undefined;
  const again = standingUpdates({ updates: rowsNaming(snapshot.updates) }).some(
    (one) => one.subjectRef === ended.subjectRef && one.at > ended.at && Object.hasOwn(one.after, field),
  );
  if (again) return undefined;
  const row = deputyRow(item, { meetingRef, fromRef: undefined, toRef: deputyRef, byRef, at });
  return { ...row, takesBack: ended.key, deputyRef };
}

function whyNot(person: Person | undefined, item: DelegatedItem, on: CivilDate): string | undefined {
  if (!person) return 'This person is not on the board. The secretary can add them.';
  if (isAdviserRole(person.boardRole))
    return `${person.name} advises the board and does not answer for its items. Please choose somebody else.`;
  if (hasLeft(person, on)) return `${person.name} has left the board. Please choose somebody else.`;
  return person.ref === item.ownerRef ? `${person.name} owns ${item.ref} already.` : undefined;
}

function refused(field: string, message: string): DelegationDecision {
  return { kind: 'refused', issues: [{ field, message }] };
}
