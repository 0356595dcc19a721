// What became wrong of what was asked: the meeting moved or was cancelled, an item went to somebody else. Who is told, once.
import { planOf } from './bodyCycle';
import { calendarOf, meetingAt, planCycle } from './cycle';
import type { ManagedAddition, ManagedChange } from './manageDecision';
import { ownedItems } from './manageOwned';
import { askedNow, movedRequests } from './manageRequests';
import type { BoardSnapshot, Instant, Ref, UpdateRequest } from './model';
import type { BoardPolicy } from './policy';

/** One person is told of one thing that changed. */
export interface CycleNotice {
  readonly meetingRef: Ref;
  /** Names what changed, so that it is told once: `moved`, `cancelled` or `owner`, then what. */
  readonly change: readonly [kind: 'moved' | 'cancelled' | 'owner', what: string];
  readonly personRef: Ref;
  readonly subjectRefs: readonly Ref[];
}

export interface CycleChanges {
  readonly notices: readonly CycleNotice[];
  /** Of the requests on record; once written, nothing is left to tell. */
  readonly changes: readonly ManagedChange[];
  readonly additions: readonly ManagedAddition[];
}

/** Looks at what was asked and not answered, against the meetings and owners as they are now. */
export function cycleChanges(snapshot: BoardSnapshot, policy: BoardPolicy, at: Instant): CycleChanges {
  const open = snapshot.requests.filter((one) => one.state === 'open' || one.state === 'unanswered');
  if (open.length === 0) return { notices: [], changes: [], additions: [] };
  const parts = [cancelledMeetings(snapshot, policy, at, open), ...nextMeeting(snapshot, policy, at, open)];
  return {
    notices: parts.flatMap((one) => one.notices),
    changes: parts.flatMap((one) => one.changes),
    additions: parts.flatMap((one) => one.additions),
  };
}

/** Nothing is asked for a meeting that does not take place; one whose day has passed is history. */
function cancelledMeetings(
  snapshot: BoardSnapshot,
  policy: BoardPolicy,
  at: Instant,
  open: readonly UpdateRequest[],
): CycleChanges {
  const on = calendarOf(policy).on(at);
  const meetings = snapshot.meetings.filter((one) => one.state === 'cancelled' && one.on >= on);
  const asked = open.filter((one) => meetings.some((meeting) => meeting.ref === one.meetingRef));
  return {
    notices: meetings.flatMap(({ ref, on: heldOn }) =>
      toOwners(
        ref,
        asked.filter((one) => one.meetingRef === ref),
        ['cancelled', heldOn],
      ),
    ),
    changes: asked.map((one) => changeOf(one, { state: 'cancelled' })),
    additions: [],
  };
}

function nextMeeting(
  snapshot: BoardSnapshot,
  policy: BoardPolicy,
  at: Instant,
  open: readonly UpdateRequest[],
): readonly CycleChanges[] {
  const { meeting, previous } = meetingAt(snapshot, at);
  if (!meeting) return [];
  const asked = open.filter((one) => one.meetingRef === meeting.ref);
  const plan = planCycle(meeting, previous, calendarOf(policy), policy);
  const people = new Map(snapshot.people.map((one) => [one.ref, one]));
  const dueOn = ({ ownerRef }: UpdateRequest): string =>
    planOf(people.get(ownerRef), plan, snapshot, policy).deadlines.ownersDeadlineOn;
  const owners = newOwners(snapshot, policy, at, meeting.ref, asked);
  const handled = new Set(owners.changes.map((one) => one.ref));
  const late = asked.filter((one) => one.dueOn !== dueOn(one) && !handled.has(one.subjectRef));
  return [owners, ...[...new Set(late.map(dueOn))].sort().map((on) => movedTo(on, meeting.ref, late, dueOn))];
}

/** Those whose answers are due on this day now. */
function movedTo(
  on: string,
  meetingRef: Ref,
  late: readonly UpdateRequest[],
  dueOn: (request: UpdateRequest) => string,
): CycleChanges {
  const moved = late.filter((one) => dueOn(one) === on);
  const before = [...new Set(moved.map((one) => one.dueOn))].sort().join(' ');
  return {
    notices: toOwners(meetingRef, moved, ['moved', `${before}>${on}`]),
    changes: moved.map((one) => changeOf(one, { dueOn: on })),
    additions: [],
  };
}

/** An item whose owner was changed in the list itself: what was asked goes over, and both are told. */
function newOwners(
  snapshot: BoardSnapshot,
  policy: BoardPolicy,
  at: Instant,
  meetingRef: Ref,
  open: readonly UpdateRequest[],
): CycleChanges {
  const asked = askedNow(snapshot, policy, at);
  const items = new Map(ownedItems(snapshot).map((one) => [one.ref, one]));
  const people = new Map(snapshot.people.map((one) => [one.ref, one]));
  const concerned = new Map<Ref, { readonly subjectRefs: Ref[]; readonly what: string[] }>();
  const changes: ManagedChange[] = [];
  const additions: ManagedAddition[] = [];
  const tell = (personRef: Ref, subjectRef: Ref, what: string): void => {
    const known = concerned.get(personRef) ?? { subjectRefs: [], what: [] };
    known.subjectRefs.push(subjectRef);
    known.what.push(what);
    concerned.set(personRef, known);
  };
  const seen = new Set<Ref>();
  for (const request of open) {
    const item = items.get(request.subjectRef);
    if (!item?.open || item.ownerRef === request.ownerRef || seen.has(item.ref)) continue;
    seen.add(item.ref);
    const moved = movedRequests(asked, item, people.get(item.ownerRef ?? ''));
    if (moved.changes.length === 0) continue;
    changes.push(...moved.changes);
    additions.push(...moved.additions);
    const what = `${item.ref} ${request.ownerRef}>${item.ownerRef ?? ''}`;
    tell(request.ownerRef, item.ref, what);
    if (item.ownerRef !== undefined) tell(item.ownerRef, item.ref, what);
  }
  const notices = [...concerned].map(([personRef, { subjectRefs, what }]): CycleNotice => {
    return { meetingRef, change: ['owner', what.sort().join(', ')], personRef, subjectRefs };
  });
  return { notices, changes, additions };
}

/** One notice an owner, about all that was asked of them. */
function toOwners(
  meetingRef: Ref,
  requests: readonly UpdateRequest[],
  change: CycleNotice['change'],
): readonly CycleNotice[] {
  const owners = [...new Set(requests.map((one) => one.ownerRef))].sort();
  return owners.map((personRef) => {
    const own = requests.filter((one) => one.ownerRef === personRef);
    return {
      meetingRef,
      change,
      personRef,
      subjectRefs: [...new Set(own.map((one) => one.subjectRef))],
    };
  });
}

function changeOf(request: UpdateRequest, changes: ManagedChange['changes']): ManagedChange {
  return {
    record: 'request',
    ref: request.subjectRef,
    ...(request.stamp ? { stamp: request.stamp } : {}),
    changes,
  };
}
