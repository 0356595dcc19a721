// What goes to somebody senior once after the owners' deadline, and to whom. Source: docs/rules.md, the cycle.
import type { BoardAssessment } from './assessment';
import type { CyclePlan } from './cycle';
import type { BoardSnapshot, Person, Ref } from './model';
import { itemsByPerson, type OwnerItem } from './ownerItems';
import { count } from './wording';

/** One message before it is known how it travels. */
export interface MessageDraft {
  readonly personRef: Ref;
  readonly subjectRefs: readonly Ref[];
  readonly why: string;
}

/**
 * What is off track, unanswered two cycles running or needs a decision, to the body's escalation person with a copy to
 * the owner. Chief executives and volunteers are never escalated: theirs goes to the chair alone.
 */
export function escalations(
  snapshot: BoardSnapshot,
  assessment: BoardAssessment,
  plan: CyclePlan,
): readonly MessageDraft[] {
  const itemsOf = itemsByPerson(snapshot, assessment);
  const toDecide = new Set(
    snapshot.dateChanges.filter((one) => one.decision === 'pending').map((one) => one.actionRef),
  );
  const unanswered = unansweredTwice(snapshot, plan.meetingRef, assessment.previousMeetingRef);
  const goesUp = (item: OwnerItem): boolean =>
    item.computed === 'off-track' || toDecide.has(item.ref) || unanswered.has(item.ref);
  const received = new Map<Ref, Set<Ref>>();
  const copied = new Map<Ref, readonly Ref[]>();
  for (const owner of snapshot.people) {
    const refs = itemsOf(owner.ref)
      .filter((one) => !one.asDeputy && goesUp(one))
      .map((one) => one.ref);
    if (refs.length === 0) continue;
    const senior = escalationPersonOf(owner, snapshot);
    if (senior === undefined) continue;
    const known = received.get(senior) ?? new Set<Ref>();
    for (const ref of refs) known.add(ref);
    received.set(senior, known);
    if (!isSpared(owner, snapshot)) copied.set(owner.ref, refs);
  }
  const people = [...new Set([...received.keys(), ...copied.keys()])];
  return people.map((personRef) => {
    const theirs = received.get(personRef) ?? new Set<Ref>();
    const own = copied.get(personRef) ?? [];
    return {
      personRef,
      subjectRefs: [...new Set([...theirs, ...own])],
      why:
        theirs.size > 0
          ? `${count(theirs.size, 'item')} off track, unanswered twice or waiting for a decision.`
          : `A copy: ${count(own.length, 'item')} of theirs went to their body's escalation person.`,
    };
  });
}

/** To whom an owner's items go: the chair for those who are never escalated, and where a body names nobody else. */
export function escalationPersonOf(owner: Person, snapshot: BoardSnapshot): Ref | undefined {
  const chairRef = snapshot.facts.chairRef ?? snapshot.people.find((one) => one.boardRole === 'chair')?.ref;
  if (isSpared(owner, snapshot)) return chairRef;
  const named = snapshot.bodies.find((one) => one.name === owner.body)?.escalationPersonRef;
  return named === undefined || named === owner.ref ? chairRef : named;
}

/** Chief executives and volunteers, by themselves or by their body. */
function isSpared(person: Person, snapshot: BoardSnapshot): boolean {
  const body = snapshot.bodies.find((one) => one.name === person.body);
  return person.volunteer || body?.volunteer === true || /\bchief executive\b/iu.test(person.role);
}

/** Asked for this meeting and the one before, and not answered either time. */
export function unansweredTwice(
  snapshot: BoardSnapshot,
  meetingRef: Ref | undefined,
  previousRef: Ref | undefined,
): ReadonlySet<Ref> {
  const unanswered = (ref: Ref | undefined): ReadonlySet<Ref> =>
    new Set(
      snapshot.requests
        .filter((one) => one.meetingRef === ref && (one.state === 'open' || one.state === 'unanswered'))
        .map((one) => one.subjectRef),
    );
  const before = unanswered(previousRef);
  return new Set([...unanswered(meetingRef)].filter((ref) => before.has(ref)));
}
