// What owners have not answered and are asked for by a step of the cycle, in words; why others are not. Source: docs/rules.md, the cycle.
import type { BoardAssessment } from './assessment';
import type { Calendar } from './calendar';
import type { CyclePlan } from './cycle';
import type { CycleStepName } from './cycleSteps';
import type { MessageDraft } from './escalation';
import type { BoardSnapshot, Instant, Ref } from './model';
import { itemsByPerson, type OwnerItem } from './ownerItems';
import { askingSteps } from './timely';
import { count, listed } from './wording';

export interface ReminderInput {
  readonly snapshot: BoardSnapshot;
  readonly assessment: BoardAssessment;
  readonly plan: CyclePlan;
  /** Asks for this step instead of the latest one. */
  readonly step?: CycleStepName;
  readonly at: Instant;
  /** What the ledger holds for this meeting. */
  readonly already: readonly { readonly step: string; readonly personRef: Ref; readonly state: string }[];
}

export interface Drafts {
  readonly messages: readonly MessageDraft[];
  readonly nothingFor: readonly { readonly personRef: Ref; readonly why: string }[];
}

/** Owners with something outstanding, one message each; on the deadline's day their deputies too. */
export function ownerDrafts(step: CycleStepName, input: ReminderInput, calendar: Calendar): Drafts {
  const { snapshot, assessment, plan } = input;
  const itemsOf = itemsByPerson(snapshot, assessment);
  const isOutstanding = outstandingTest(step, snapshot, plan);
  const isToBeAsked = outstandingTest('request', snapshot, plan);
  const isPassedOver = passedOverTest(step, input);
  const byWhen = calendar.longDateTime(plan.deadlines.ownersDeadlineAt);
  const messages: MessageDraft[] = [];
  const nothingFor: { personRef: Ref; why: string }[] = [];
  for (const person of snapshot.people) {
    const own = itemsOf(person.ref).filter((one) => !one.asDeputy);
    const mine = own.filter(isPassedOver(person.ref) ? isToBeAsked : isOutstanding);
    const forOthers =
      step === 'deadline-day' ? itemsOf(person.ref).filter((one) => one.asDeputy && isOutstanding(one)) : [];
    if (mine.length + forOthers.length > 0)
      messages.push({
        personRef: person.ref,
        subjectRefs: [...mine, ...forOthers].map((one) => one.ref),
        why: outstandingWhy(mine, forOthers, byWhen, snapshot),
      });
    else if (own.length > 0) nothingFor.push({ personRef: person.ref, why: whyNothing(own) });
  }
  return { messages, nothingFor };
}

/** An earlier step asked others and not them: it waited for another board's message, or they came later. */
function passedOverTest(step: CycleStepName, { snapshot, plan, already }: ReminderInput): (ref: Ref) => boolean {
  const asking: readonly string[] = askingSteps;
  const asked = already.filter((one) => asking.includes(one.step));
  const earlier = asking.slice(0, asking.indexOf(step));
  if (!asked.some((one) => earlier.includes(one.step))) return () => false;
  const reached = new Set(asked.map((one) => one.personRef));
  for (const one of snapshot.requests) if (one.meetingRef === plan.meetingRef) reached.add(one.ownerRef);
  return (ref) => !reached.has(ref);
}

/**
 * The request asks for all that is open and not answered yet; later steps remind of what was asked. Where nothing was
 * asked, because the request was missed, they ask in its place.
 */
function outstandingTest(step: CycleStepName, snapshot: BoardSnapshot, plan: CyclePlan): (item: OwnerItem) => boolean {
  const requests = snapshot.requests.filter((one) => one.meetingRef === plan.meetingRef && one.state !== 'cancelled');
  const open = new Set(
    requests.filter((one) => one.state === 'open' || one.state === 'unanswered').map((one) => one.subjectRef),
  );
  const meetingOn = plan.deadlines.meetingOn;
  const isDue = (item: OwnerItem): boolean =>
    item.kind !== 'mitigation' || item.dueOn === undefined || item.dueOn <= meetingOn;
  return step === 'request' || requests.length === 0
    ? (item) => !item.answered && isDue(item) && (!item.asked || open.has(item.ref))
    : (item) => !item.answered && open.has(item.ref);
}

function outstandingWhy(
  mine: readonly OwnerItem[],
  forOthers: readonly OwnerItem[],
  byWhen: string,
  snapshot: BoardSnapshot,
): string {
  const own = mine.length === 0 ? [] : [`${mine.length} to answer by ${byWhen}: ${refsOf(mine)}`];
  const owners = [...new Set(forOthers.map((one) => one.ownerRef))].map(
    (ref) => snapshot.people.find((one) => one.ref === ref)?.name ?? ref,
  );
  const deputy =
    forOthers.length === 0
      ? []
      : [`as deputy of ${listed(owners)}, ${forOthers.length} unanswered: ${refsOf(forOthers)}`];
  const text = [...own, ...deputy].join('; ');
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;
}

function refsOf(items: readonly OwnerItem[]): string {
  return listed(items.map((one) => one.ref));
}

function whyNothing(own: readonly OwnerItem[]): string {
  const answered = own.filter((one) => one.answered).length;
  return answered === 0
    ? 'Nothing was asked of them for this meeting.'
    : `Everything asked is answered: ${count(answered, 'item')}.`;
}
