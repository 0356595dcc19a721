// Takes an answer back: puts back what it changed and nobody has changed since, and opens again what it alone had answered.
import type { NewUpdate, RecordChange } from './answers';
import type { Calendar } from './calendar';
import { calendarOf, meetingAt, planCycle } from './cycle';
import type { BoardSnapshot, ChangedFields, Instant, Ref, Stamped, Update } from './model';
import { valueAt } from './planCompare';
import type { BoardPolicy } from './policy';
import { standingReadings, standingUpdates } from './takenBack';
import { answeredSubjects, partOf, undoWords } from './undoWords';

export type UndoDecision =
  | {
      readonly kind: 'accepted';
      readonly ref: Ref;
      readonly changes: readonly RecordChange[];
      readonly update: NewUpdate;
      /** What is as it was before, in words; never what people wrote. */
      readonly restored: readonly string[];
      /** What somebody changed since and so stays, by whom and when, one sentence each. */
      readonly kept: readonly string[];
      /** The request is open again. */
      readonly reopened: boolean;
    }
  | { readonly kind: 'already'; readonly ref: Ref; readonly at: Instant }
  | { readonly kind: 'late'; readonly ref: Ref; readonly until: Instant }
  | { readonly kind: 'refused'; readonly message: string };

/** The moment up to which an answer may be taken back. */
export function undoUntil(answeredAt: Instant, policy: BoardPolicy): Instant {
  return new Date(Date.parse(answeredAt) + policy.undoMinutes * 60_000).toISOString();
}

/** What taking an answer back comes to. Only who gave it may, and only for the policy's minutes. */
export function decideUndo(input: {
  readonly snapshot: BoardSnapshot;
  /** The row of the history that the answer made. */
  readonly updateKey: string;
  readonly byRef: Ref;
  readonly at: Instant;
  readonly policy: BoardPolicy;
}): UndoDecision {
  const { snapshot, updateKey, byRef, at, policy } = input;
  const said = snapshot.updates.find((one) => one.key === updateKey && one.takesBack === undefined);
  if (!said) return { kind: 'refused', message: 'This answer is no longer in the history, so nothing was changed.' };
  if (said.byRef !== byRef)
    return { kind: 'refused', message: 'Only the person who gave an answer may take it back. Nothing was changed.' };
  const ref = said.subjectRef;
  const back = snapshot.updates.find((one) => one.takesBack === updateKey);
  if (back) return { kind: 'already', ref, at: back.at };
  const until = undoUntil(said.at, policy);
  if (at > until) return { kind: 'late', ref, until };
  const calendar = calendarOf(policy);
  const found = Object.keys(said.after).map((field) => restore(snapshot, said, field, calendar));
  const changes = [...merged(found.flatMap((one) => one.change ?? [])), ...requests(snapshot, said, policy, calendar)];
  const changed = found.filter((one) => one.change);
  return {
    kind: 'accepted',
    ref,
    changes,
    update: {
      subjectKind: said.subjectKind,
      subjectRef: ref,
      byRef,
      ...(said.forOwnerRef === undefined ? {} : { forOwnerRef: said.forOwnerRef }),
      at,
      before: Object.fromEntries(changed.map((one) => [one.field, said.after[one.field] ?? null])),
      after: Object.fromEntries(changed.map((one) => [one.field, said.before[one.field] ?? null])),
      noChange: false,
      takesBack: updateKey,
    },
    restored: found.flatMap((one) => one.restored ?? []),
    kept: found.flatMap((one) => one.kept ?? []),
    reopened: changes.some((one) => one.record === 'request' && one.changes['state'] === 'open'),
  };
}

interface Restored {
  /** As the history names it. */
  readonly field: string;
  readonly change?: RecordChange;
  readonly restored?: string;
  readonly kept?: string;
}

/** One field of the answer: put back, as it was already, or somebody else's by now. */
function restore(snapshot: BoardSnapshot, said: Update, field: string, calendar: Calendar): Restored {
  if (said.subjectKind === 'measure') return withdrawn(snapshot, said, field, calendar);
  const place = partOf(snapshot, said, field);
  if (!place) return { field };
  const now = valueAt(place.item, place.field) ?? null;
  const before = said.before[field] ?? null;
  if (now === before) return { field };
  const words = undoWords(said, field, now, before, calendar);
  if (now !== (said.after[field] ?? null)) {
    return words === undefined
      ? { field }
      : { field, kept: `${words.stays}: ${byWhom(snapshot, said, field, calendar)}.` };
  }
  const { record, item } = place;
  return {
    field,
    change: { record, ref: item.ref, ...stampOf(item), changes: { [place.field]: before } },
    ...(words === undefined ? {} : { restored: words.back }),
  };
}

/** A reading is a row of its own and never deleted: it is marked, unless another value has revised it since. */
function withdrawn(snapshot: BoardSnapshot, said: Update, period: string, calendar: Calendar): Restored {
  const readings = standingReadings(snapshot).filter(
    (one) => one.measureRef === said.subjectRef && one.period === period && one.locality === undefined,
  );
  const reading = readings.at(-1);
  if (!reading) return { field: period };
  const now = reading.value;
  const words = undoWords(said, period, now, said.before[period] ?? null, calendar);
  if (now !== said.after[period])
    return { field: period, ...(words && { kept: `${words.stays}: ${byWhom(snapshot, said, period, calendar)}.` }) };
  return {
    field: period,
    change: { record: 'reading', ref: said.subjectRef, ...stampOf(reading), changes: { withdrawn: true } },
    ...(words && { restored: words.back }),
  };
}

/** Changes of one item are one write. */
function merged(changes: readonly RecordChange[]): readonly RecordChange[] {
  const items = new Map<string, RecordChange>();
  for (const one of changes) {
    const key = `${one.record}/${one.stamp?.itemId ?? one.ref}`;
    const known = items.get(key);
    items.set(key, known ? { ...known, changes: { ...known.changes, ...one.changes } } : one);
  }
  return [...items.values()];
}

/** A request that this answer closed: another answer of the cycle answers it now, or it is open again. */
function requests(
  snapshot: BoardSnapshot,
  said: Update,
  policy: BoardPolicy,
  calendar: Calendar,
): readonly RecordChange[] {
  const { meeting, previous } = meetingAt(snapshot, said.at);
  if (!meeting) return [];
  const startAt = previous && calendar.at(previous.on, previous.endsAtTime);
  const deadlineAt = planCycle(meeting, previous, calendar, policy).deadlines.ownersDeadlineAt;
  const subjects = answeredSubjects(said);
  const answeredOn = calendar.on(said.at);
  const closed = snapshot.requests.filter(
    (one) =>
      one.meetingRef === meeting.ref &&
      subjects.includes(one.subjectRef) &&
      (one.state === 'answered' || one.state === 'late') &&
      one.answeredByRef === said.byRef &&
      one.answeredOn === answeredOn,
  );
  return closed.flatMap((request): readonly RecordChange[] => {
    const [first] = standingUpdates(snapshot)
      .filter((one) => one.key !== said.key && answeredSubjects(one).includes(request.subjectRef))
      .filter((one) => startAt === undefined || one.at > startAt)
      .toSorted((a, b) => (a.at < b.at ? -1 : 1));
    const changes: ChangedFields = first
      ? {
          state: first.at <= deadlineAt ? 'answered' : 'late',
          answeredOn: calendar.on(first.at),
          answeredByRef: first.byRef,
          noChange: first.noChange,
        }
      : { state: 'open', answeredOn: null, answeredByRef: null, route: null, noChange: false };
    const differs = Object.entries(changes).some(([field, value]) => valueAt(request, field) !== value);
    return differs ? [{ record: 'request', ref: request.subjectRef, ...stampOf(request), changes }] : [];
  });
}

/** Who changed a field after the answer, as far as the history knows. */
function byWhom(snapshot: BoardSnapshot, said: Update, field: string, calendar: Calendar): string {
  const later = standingUpdates(snapshot).findLast(
    (one) => one.key !== said.key && one.subjectRef === said.subjectRef && one.at >= said.at && field in one.after,
  );
  if (!later) return 'it was changed in SharePoint since';
  const name = snapshot.people.find((one) => one.ref === later.byRef)?.name ?? later.byRef;
  return `${name} changed it at ${calendar.timeOf(later.at)}`;
}

function stampOf(record: Stamped): Pick<RecordChange, 'stamp'> {
  return record.stamp ? { stamp: record.stamp } : {};
}
