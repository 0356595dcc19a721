// What a hand-over does to what was asked: the former owner is asked no more, the new one in time is. Source: docs/rules.md.
import { planOf } from './bodyCycle';
import { calendarOf, meetingAt, planCycle } from './cycle';
import type { ManagedAddition, ManagedChange } from './manageDecision';
import type { OwnedItem } from './manageOwned';
import type { BoardSnapshot, CivilDate, Instant, Person, Ref, UpdateRequest } from './model';
import type { BoardPolicy } from './policy';

export interface MovedRequests {
  readonly changes: readonly ManagedChange[];
  readonly additions: readonly ManagedAddition[];
  /** The new owner is asked now, by this day. */
  readonly askedBy?: { readonly meetingRef: Ref; readonly dueOn: CivilDate };
}

/** What is asked for the meeting in preparation, made once for a decision of many items. */
export interface AskedNow {
  readonly meetingRef: Ref;
  readonly on: CivilDate;
  /** By which day this person answers. */
  readonly dueOn: (person: Person) => CivilDate;
  /** After the owners' deadline nobody is asked any more, and what was asked stays as it was. */
  readonly inTime: boolean;
  readonly bySubject: ReadonlyMap<Ref, readonly UpdateRequest[]>;
}

export function askedNow(snapshot: BoardSnapshot, policy: BoardPolicy, at: Instant): AskedNow | undefined {
  const { meeting, previous } = meetingAt(snapshot, at);
  if (!meeting) return undefined;
  const calendar = calendarOf(policy);
  const plan = planCycle(meeting, previous, calendar, policy);
  const bySubject = new Map<Ref, UpdateRequest[]>();
  for (const one of snapshot.requests) {
    if (one.meetingRef !== meeting.ref) continue;
    const known = bySubject.get(one.subjectRef);
    if (known) known.push(one);
    else bySubject.set(one.subjectRef, [one]);
  }
  return {
    meetingRef: meeting.ref,
    on: calendar.on(at),
    dueOn: (person) => planOf(person, plan, snapshot, policy).deadlines.ownersDeadlineOn,
    inTime: at < plan.deadlines.ownersDeadlineAt,
    bySubject,
  };
}

const nothing: MovedRequests = { changes: [], additions: [] };

/** What was asked of others about the item and not answered is asked of its new owner instead. */
export function movedRequests(asked: AskedNow | undefined, item: OwnedItem, to: Person | undefined): MovedRequests {
  if (!asked?.inTime) return nothing;
  const requests = asked.bySubject.get(item.ref) ?? [];
  const open = requests.filter(
    (one) => (one.state === 'open' || one.state === 'unanswered') && one.ownerRef !== to?.ref,
  );
  if (open.length === 0) return nothing;
  const cancelled = open.map((one) => requestChange(one, { state: 'cancelled' }));
  if (!to) return { changes: cancelled, additions: [] };
  const askedBy = { meetingRef: asked.meetingRef, dueOn: asked.dueOn(to) };
  const before = requests.find((one) => one.ownerRef === to.ref);
  if (before) {
    // Theirs once, handed over and back: their own request is asked again, so that there is never a second one.
    const again = before.state === 'cancelled' ? [requestChange(before, { state: 'open', requestedOn: asked.on })] : [];
    return { changes: [...cancelled, ...again], additions: [], askedBy };
  }
  return { changes: cancelled, additions: [newRequest(asked, item, to)], askedBy };
}

function requestChange(request: UpdateRequest, changes: ManagedChange['changes']): ManagedChange {
  return {
    record: 'request',
    ref: request.subjectRef,
    ...(request.stamp ? { stamp: request.stamp } : {}),
    changes,
  };
}

/** The key is the one that a step of the cycle would use, so that both never make two. */
function newRequest(asked: AskedNow, item: OwnedItem, to: Person): ManagedAddition {
  const inChat = to.entraObjectId !== undefined && !to.external;
  return {
    record: 'request',
    operationKey: requestKey(asked.meetingRef, item.ref, to.ref),
    values: {
      meetingRef: asked.meetingRef,
      subjectKind: item.kind,
      subjectRef: item.ref,
      ownerRef: to.ref,
      requestedOn: asked.on,
      dueOn: asked.dueOn(to),
      state: 'open',
      noChange: false,
      route: inChat ? 'chat card' : 'e-mail',
    },
  };
}

/** Names a request for ever: one of one person about one subject for one meeting. */
export function requestKey(meetingRef: Ref, subjectRef: Ref, ownerRef: Ref): string {
  return `request:${meetingRef}:${subjectRef}:${ownerRef}`;
}
