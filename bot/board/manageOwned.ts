// Everything on the board that somebody can own, in one shape, and who may own it.
import { isAdviserRole } from './terms';
import type { BoardSnapshot, CivilDate, Person, Ref, Stamp, SubjectKind } from './model';

export interface OwnedItem {
  readonly kind: SubjectKind;
  readonly ref: Ref;
  readonly title: string;
  readonly ownerRef?: Ref;
  readonly dueOn?: CivilDate;
  /** Something may still be asked about it. */
  readonly open: boolean;
  readonly stamp?: Stamp;
}

/** In the order of the lists; what is finished included. */
export function ownedItems(snapshot: BoardSnapshot): readonly OwnedItem[] {
  return [
    ...snapshot.actions.map((one) =>
      owned('action', one, one.title, one.completedOn === undefined || one.effectStatus !== 'clear-evidence'),
    ),
    ...snapshot.risks.map((one) => owned('risk', one, one.title, one.status === 'open')),
    ...snapshot.mitigations.map((one) => owned('mitigation', one, one.text, one.status !== 'complete')),
    ...snapshot.measures.map((one) => owned('measure', one, one.name, true)),
    ...snapshot.decisions.map((one) => owned('decision', one, one.text, one.state === 'open')),
  ];
}

function owned(
  kind: SubjectKind,
  record: { readonly ref: Ref; readonly ownerRef?: Ref; readonly dueOn?: CivilDate; readonly stamp?: Stamp },
  title: string,
  open: boolean,
): OwnedItem {
  const { ref, ownerRef, dueOn, stamp } = record;
  return {
    kind,
    ref,
    title,
    open,
    ...(ownerRef === undefined ? {} : { ownerRef }),
    ...(dueOn === undefined ? {} : { dueOn }),
    ...(stamp === undefined ? {} : { stamp }),
  };
}

/** True from the day after their last day on the board. */
export function hasLeft(person: Pick<Person, 'leavesOn'>, on: CivilDate): boolean {
  return person.leavesOn !== undefined && person.leavesOn < on;
}

/** The people who may own something on a day: those of the board but its advisers, by name. */
export function possibleOwners(snapshot: BoardSnapshot, on: CivilDate): readonly Person[] {
  return snapshot.people
    .filter((one) => !isAdviserRole(one.boardRole) && !hasLeft(one, on))
    .sort((a, b) => (a.name < b.name ? -1 : 1));
}

/** Why a person may not own something from a day on, in words; undefined when they may. */
export function whyNotOwner(snapshot: BoardSnapshot, ref: Ref, on: CivilDate): string | undefined {
  const person = snapshot.people.find((one) => one.ref === ref);
  if (!person) return 'Choose somebody of the list People.';
  if (isAdviserRole(person.boardRole)) return `${person.name} is an adviser, who owns nothing on the board.`;
  return hasLeft(person, on) ? `${person.name} will have left the board by then.` : undefined;
}
