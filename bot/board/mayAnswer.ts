// Who may answer for an item of the board. Source: docs/rules.md, who may do what.
import type { BoardSnapshot, Ref } from './model';
import { isAdviserRole } from './terms';

/** The owner, a deputy of theirs or of the item, or the secretary; never an adviser, never a stranger. */
export function mayAnswerFor(
  snapshot: BoardSnapshot,
  byRef: Ref,
  item: { readonly ownerRef?: Ref; readonly deputyRefs?: readonly Ref[] },
): boolean {
  const person = snapshot.people.find((one) => one.ref === byRef);
  if (!person || isAdviserRole(person.boardRole)) return false;
  if (isSecretary(snapshot, byRef)) return true;
  if (item.ownerRef === byRef || item.deputyRefs?.includes(byRef) === true) return true;
  const owner = snapshot.people.find((one) => one.ref === item.ownerRef);
  return owner !== undefined && owner.deputyRefs.includes(byRef);
}

/** True of the board's secretary, who may also change the plan itself. */
export function isSecretary(snapshot: BoardSnapshot, personRef: Ref): boolean {
  const person = snapshot.people.find((one) => one.ref === personRef);
  return person !== undefined && (person.boardRole === 'secretary' || snapshot.facts.secretaryRef === personRef);
}
