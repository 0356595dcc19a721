// Hands things over from one owner to another: who may, what is written, what becomes of what was asked, who is told.
import type { AnswerIssue, NewUpdate } from './answers';
import type { Calendar } from './calendar';
import { calendarOf } from './cycle';
import type { ManagedAddition, ManagedChange, ManagedDecision } from './manageDecision';
import type { HandOverMove } from './manageModel';
import { ownedItems, whyNotOwner, type OwnedItem } from './manageOwned';
import { askedNow, movedRequests } from './manageRequests';
import { isSecretary } from './mayAnswer';
import type { BoardSnapshot, CivilDate, Instant, Person, Ref } from './model';
import type { BoardPolicy } from './policy';
import { count, listed } from './wording';

export interface HandOverInput {
  readonly snapshot: BoardSnapshot;
  readonly policy: BoardPolicy;
  readonly at: Instant;
  readonly byRef: Ref;
  readonly moves: readonly HandOverMove[];
}

export const secretaryOnly =
  "Only the board's secretary adds, hands over and retires things and people, and pauses sending.";

/** What handing over now comes to. Refuses (`byRef`): anybody but the secretary; (`toRef`, an item's ref): what does not fit. */
export function decideHandOver(input: HandOverInput): ManagedDecision {
  const { snapshot, policy, at, byRef } = input;
  if (!isSecretary(snapshot, byRef)) return { kind: 'refused', issues: [{ field: 'byRef', message: secretaryOnly }] };
  const calendar = calendarOf(policy);
  const { moved, issues } = readMoves(snapshot, input.moves, calendar.on(at));
  const [first] = moved;
  if (!first && issues.length === 0)
    issues.push({ field: 'ref', message: 'There is nothing to hand over: it is theirs already.' });
  if (!first || issues.length > 0) return { kind: 'refused', issues };
  return accepted(input, first.item.ref, moved, calendar);
}

/** An item with its two owners. */
export interface Moved {
  readonly item: OwnedItem;
  readonly from?: Person;
  readonly to?: Person;
  readonly takesBack?: string;
}

function readMoves(
  snapshot: BoardSnapshot,
  moves: readonly HandOverMove[],
  on: string,
): { readonly moved: Moved[]; readonly issues: AnswerIssue[] } {
  const items = new Map(ownedItems(snapshot).map((one) => [`${one.kind}/${one.ref}`, one]));
  const people = new Map(snapshot.people.map((one) => [one.ref, one]));
  const issues: AnswerIssue[] = [];
  const moved: Moved[] = [];
  for (const move of moves) {
    const item = items.get(`${move.kind}/${move.ref}`);
    const why = move.toRef === undefined ? undefined : whyNotOwner(snapshot, move.toRef, on);
    if (!item)
      issues.push({ field: move.ref, message: `There is no ${move.kind} ${move.ref} on this board any more.` });
    else if (!item.open)
      issues.push({ field: move.ref, message: `${move.ref} is finished, so it stays with its owner.` });
    else if (why !== undefined) issues.push({ field: moves.length === 1 ? 'toRef' : move.ref, message: why });
    else if (item.ownerRef !== move.toRef) {
      const from = people.get(item.ownerRef ?? '');
      const to = people.get(move.toRef ?? '');
      const { takesBack } = move;
      moved.push({
        item,
        ...(from ? { from } : {}),
        ...(to ? { to } : {}),
        ...(takesBack === undefined ? {} : { takesBack }),
      });
    }
  }
  return { moved, issues };
}

function accepted(input: HandOverInput, subjectRef: Ref, moved: readonly Moved[], calendar: Calendar): ManagedDecision {
  const { snapshot, policy, at, byRef } = input;
  const asked = askedNow(snapshot, policy, at);
  const changes: ManagedChange[] = [];
  const requests: ManagedChange[] = [];
  const additions: ManagedAddition[] = [];
  const updates: NewUpdate[] = [];
  const askedOf = new Map<Person, { readonly dueOn: CivilDate; readonly refs: Ref[] }>();
  for (const { item, to, takesBack } of moved) {
    const owner = { ownerRef: to?.ref ?? null };
    changes.push({
      record: item.kind,
      ref: item.ref,
      ...(item.stamp ? { stamp: item.stamp } : {}),
      changes: owner,
    });
    updates.push({
      subjectKind: item.kind,
      subjectRef: item.ref,
      byRef,
      at,
      before: { ownerRef: item.ownerRef ?? null },
      after: owner,
      noChange: false,
      ...(takesBack === undefined ? {} : { takesBack }),
    });
    const more = movedRequests(asked, item, to);
    requests.push(...more.changes);
    additions.push(...more.additions);
    if (to && more.askedBy) {
      const known = askedOf.get(to) ?? { dueOn: more.askedBy.dueOn, refs: [] };
      known.refs.push(item.ref);
      askedOf.set(to, known);
    }
  }
  const nobodys = moved.filter((one) => !one.to).map((one) => one.item.ref);
  return {
    kind: 'accepted',
    subjectRef,
    changes: [...changes, ...requests],
    additions,
    updates,
    notices: noticesOf(moved, byRef),
    words: moved.map(moveWords),
    asks: [...askedOf].map(([to, { refs, dueOn }]) => askedWords(to, refs, calendar.longDate(dueOn))),
    findings:
      nobodys.length === 0
        ? []
        : [`${listed(nobodys)} ${nobodys.length === 1 ? 'has' : 'have'} no owner now; the board's findings say so.`],
    warnings: [],
  };
}

/** "APA1.04 Shared data set: Freya Langmoor hands over to Sol Abberline." */
export function moveWords({ item, from, to }: Moved): string {
  const of = from?.name ?? (item.ownerRef === undefined ? 'nobody' : item.ownerRef);
  return `${item.ref} ${item.title}: from ${of} to ${to?.name ?? 'nobody yet'}.`;
}

function askedWords(to: Person, refs: readonly Ref[], byWhen: string): string {
  const what = refs.length > 5 ? count(refs.length, 'item') : listed(refs);
  return `What was asked about ${what} and not answered is now asked of ${to.name}, by ${byWhen}.`;
}

/** The former owner and the new one; not who hands over, who knows. */
function noticesOf(
  moved: readonly Moved[],
  byRef: Ref,
): readonly { readonly personRef: Ref; readonly subjectRefs: readonly Ref[] }[] {
  const told = new Map<Ref, Ref[]>();
  for (const { item, from, to } of moved)
    for (const person of [from, to]) {
      if (!person || person.ref === byRef) continue;
      const known = told.get(person.ref);
      if (known) known.push(item.ref);
      else told.set(person.ref, [item.ref]);
    }
  return [...told].map(([personRef, subjectRefs]) => ({ personRef, subjectRefs }));
}
