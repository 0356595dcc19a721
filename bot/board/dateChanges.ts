// Moving a due date: what asking for it needs, who decides it, and what the decision changes. Source: docs/rules.md, date changes.
import { collect, isCivilDate, narrativeLimits, textLimits } from './answerDraft';
import type { AnswerIssue, NewUpdate, PrivacyWarning, RecordChange } from './answers';
import type { Calendar } from './calendar';
import { calendarOf, meetingAt } from './cycle';
import { cycleDeputyOf } from './cycleDeputies';
import { hasLeft } from './manageOwned';
import { isSecretary, mayAnswerFor } from './mayAnswer';
import type { Action, BoardSnapshot, ChangedFields, CivilDate, DateChange, Instant, Ref, Stamp } from './model';
import type { BoardPolicy } from './policy';
import { isAdviserRole } from './terms';
import { checkTexts } from './update';

/** What a date belongs to: an action, or a milestone under its action. */
export interface DatedSubject {
  readonly record: 'action' | 'milestone';
  readonly ref: Ref;
  readonly title: string;
  readonly dueOn?: CivilDate;
  readonly done: boolean;
  readonly stamp?: Stamp;
  readonly action: Action;
}

export function datedSubject(snapshot: BoardSnapshot, ref: Ref): DatedSubject | undefined {
  const milestone = snapshot.milestones.find((one) => one.ref === ref);
  const action = snapshot.actions.find((one) => one.ref === (milestone?.actionRef ?? ref));
  if (!action) return undefined;
  const { title, dueOn, completedOn, stamp } = milestone ?? action;
  return {
    record: milestone ? 'milestone' : 'action',
    ref,
    title,
    ...(dueOn === undefined ? {} : { dueOn }),
    done: (completedOn ?? action.completedOn) !== undefined,
    ...(stamp ? { stamp } : {}),
    action,
  };
}

export interface DateAsk {
  readonly subjectRef: Ref;
  readonly toOn: string;
  readonly reason: string;
}

export type DateAskDecision =
  | {
      readonly kind: 'accepted';
      /** The new row, but for where it lives. */
      readonly row: Omit<DateChange, 'stamp'>;
      readonly subject: DatedSubject;
      readonly warnings: readonly PrivacyWarning[];
    }
  | { readonly kind: 'refused'; readonly issues: readonly AnswerIssue[] };

/** `APA1.04-DC2`: the next request of an action that is not taken. */
export function nextDateChangeRef(taken: ReadonlySet<Ref>, actionRef: Ref): Ref {
  let number = 1;
  while (taken.has(`${actionRef}-DC${number}`)) number += 1;
  return `${actionRef}-DC${number}`;
}

/** A request to move a date. Refuses by input: who may not ask, what is done, a date that cannot be, a missing reason. */
export function decideDateAsk(input: {
  readonly snapshot: BoardSnapshot;
  readonly ask: DateAsk;
  readonly byRef: Ref;
  readonly at: Instant;
  readonly policy: BoardPolicy;
}): DateAskDecision {
  const { snapshot, ask, byRef, at, policy } = input;
  const calendar = calendarOf(policy);
  const subject = datedSubject(snapshot, ask.subjectRef);
  if (!subject) return refused('subjectRef', `There is no ${ask.subjectRef} on this board any more.`);
  const { action } = subject;
  const deputyRefs = [...action.deputyRefs, ...cycleDeputyOf(snapshot, action.ref, at)];
  if (!mayAnswerFor(snapshot, byRef, { ...action, deputyRefs }))
    return refused('byRef', `Only the owner of ${action.ref}, their deputy or the secretary may ask to move its date.`);
  const whyNever = neverAsked(snapshot, subject, calendar);
  if (whyNever !== undefined) return refused('subjectRef', whyNever);
  if (subject.dueOn === undefined)
    return refused('subjectRef', `${subject.ref} has no due date yet. The secretary can set one.`);
  const found = collect();
  const reason = found.text('reason', ask.reason, narrativeLimits);
  if (reason === undefined)
    found.refuse('reason', 'Please say why, in 10 to 1,000 characters: the chair decides on it.');
  const whyNot = dateProblem(ask.toOn, subject.dueOn, calendar.on(at), calendar);
  if (whyNot !== undefined) found.refuse('toOn', whyNot);
  const privacy = checkTexts(found);
  const issues = [...found.issues, ...privacy.issues];
  if (issues.length > 0 || reason === undefined) return { kind: 'refused', issues };
  const aimOn = snapshot.facts.actionsAimOn;
  return {
    kind: 'accepted',
    subject,
    warnings: privacy.warnings,
    row: {
      ref: nextDateChangeRef(new Set(snapshot.dateChanges.map((one) => one.ref)), action.ref),
      subjectRef: subject.ref,
      actionRef: action.ref,
      fromOn: subject.dueOn,
      toOn: ask.toOn,
      reason,
      requestedByRef: byRef,
      requestedOn: calendar.on(at),
      decision: 'pending',
      beyondNoticeAim: aimOn !== undefined && ask.toOn > aimOn,
    },
  };
}

/** Why no date of this can be asked for at all. */
function neverAsked(snapshot: BoardSnapshot, subject: DatedSubject, calendar: Calendar): string | undefined {
  if (subject.done) return `${subject.ref} is complete, so its date stays as it is.`;
  const waiting = snapshot.dateChanges.find((one) => one.subjectRef === subject.ref && one.decision === 'pending');
  return (
    waiting &&
    `A request to move it to ${calendar.longDate(waiting.toOn)} waits for a decision already. Once that is taken you can ask again.`
  );
}

function dateProblem(toOn: string, fromOn: CivilDate, todayOn: CivilDate, calendar: Calendar): string | undefined {
  if (!isCivilDate(toOn)) return 'Please choose the new date.';
  if (toOn === fromOn) return `${calendar.longDate(toOn)} is the due date already.`;
  if (toOn <= todayOn) return `The new date must be after today, ${calendar.longDate(todayOn)}.`;
  if (calendar.isWorkingDay(toOn)) return undefined;
  const before = calendar.addWorkingDays(toOn, -1);
  const after = calendar.addWorkingDays(toOn, 1);
  const choices =
    before > todayOn ? `${calendar.longDate(before)} or ${calendar.longDate(after)}` : calendar.longDate(after);
  return `${calendar.longDate(toOn)} is not a working day. Please choose ${choices}.`;
}

/**
 * Who decides about dates on a day: the chair; when every chair has left, those who deputise for them by the list People;
 * and the secretary where the board's policy lets them. Nobody who has left themselves.
 */
export function mayDecideDates(snapshot: BoardSnapshot, personRef: Ref, policy: BoardPolicy, on: CivilDate): boolean {
  const person = snapshot.people.find((one) => one.ref === personRef);
  if (!person || hasLeft(person, on)) return false;
  if (policy.secretaryDecidesDates && isSecretary(snapshot, personRef)) return true;
  const chairs = snapshot.people.filter((one) => one.boardRole === 'chair' || snapshot.facts.chairRef === one.ref);
  if (chairs.some((one) => !hasLeft(one, on))) return chairs.includes(person);
  return !isAdviserRole(person.boardRole) && chairs.some((one) => one.deputyRefs.includes(personRef));
}

/** True of a date that this person answers for: somebody else has to decide it. */
export function isOwnDate(snapshot: BoardSnapshot, change: DateChange, personRef: Ref): boolean {
  const owner = snapshot.actions.find((one) => one.ref === change.actionRef)?.ownerRef;
  return change.requestedByRef === personRef || owner === personRef;
}

/**
 * Who decides this request: those who may decide dates and whose own it is not; where there is nobody else, the chair
 * decides about their own date, with a reason, and the record says so.
 */
export function decidersOf(
  snapshot: BoardSnapshot,
  change: DateChange,
  policy: BoardPolicy,
  on: CivilDate,
): readonly Ref[] {
  const may = snapshot.people.map((one) => one.ref).filter((ref) => mayDecideDates(snapshot, ref, policy, on));
  const others = may.filter((ref) => !isOwnDate(snapshot, change, ref));
  return others.length > 0 ? others : may;
}

/** True of a request whose decision is this person's. */
export function decidesDate(
  snapshot: BoardSnapshot,
  change: DateChange,
  personRef: Ref,
  policy: BoardPolicy,
  on: CivilDate,
): boolean {
  return decidersOf(snapshot, change, policy, on).includes(personRef);
}

/** The requests that wait for this person's decision, the oldest first. */
export function datesToDecide(
  snapshot: BoardSnapshot,
  personRef: Ref,
  policy: BoardPolicy,
  on: CivilDate,
): readonly DateChange[] {
  if (!mayDecideDates(snapshot, personRef, policy, on)) return [];
  return snapshot.dateChanges
    .filter((one) => one.decision === 'pending' && decidesDate(snapshot, one, personRef, policy, on))
    .toSorted((a, b) => (a.requestedOn < b.requestedOn ? -1 : a.requestedOn > b.requestedOn ? 1 : 0));
}

export type DateChangeDecision =
  | {
      readonly kind: 'accepted';
      readonly subject: DatedSubject;
      readonly change: DateChange;
      readonly changes: readonly RecordChange[];
      /** The row of the history; absent where the date stays. */
      readonly update?: NewUpdate;
      readonly warnings: readonly PrivacyWarning[];
    }
  /** Somebody has decided it before. */
  | { readonly kind: 'decided'; readonly change: DateChange }
  | { readonly kind: 'refused'; readonly issues: readonly AnswerIssue[] };

/** A decision about a request, with the date it moves. A refusal needs a reason, and so does a date of one's own. */
export function decideDateChange(input: {
  readonly snapshot: BoardSnapshot;
  readonly ref: Ref;
  readonly approve: boolean;
  readonly reason?: string;
  readonly byRef: Ref;
  readonly at: Instant;
  readonly policy: BoardPolicy;
}): DateChangeDecision {
  const { snapshot, ref, approve, byRef, at, policy } = input;
  const calendar = calendarOf(policy);
  const change = snapshot.dateChanges.find((one) => one.ref === ref);
  const subject = change && datedSubject(snapshot, change.subjectRef);
  if (!subject) return refused('ref', `There is no request ${ref} on this board any more.`);
  if (!mayDecideDates(snapshot, byRef, policy, calendar.on(at)))
    return refused('byRef', 'The chair decides about dates, and the secretary where the board lets them.');
  if (change.decision !== 'pending') return { kind: 'decided', change };
  if (!decidesDate(snapshot, change, byRef, policy, calendar.on(at)))
    return refused('byRef', 'This is about your own date, so somebody else has to decide it.');
  const found = collect();
  const reason = found.text('reason', input.reason, textLimits);
  if (approve && reason === undefined && isOwnDate(snapshot, change, byRef))
    found.refuse('reason', 'This is your own date: please say in a line why you approve it yourself, for the record.');
  if (!approve && reason === undefined)
    found.refuse('reason', 'Please say in a line why not, so that the owner knows what to do.');
  if (approve && subject.dueOn !== change.fromOn)
    found.refuse(
      'ref',
      `The due date is no longer ${calendar.longDate(change.fromOn)}. Refuse this request and ask for a new one.`,
    );
  const privacy = checkTexts(found);
  const issues = [...found.issues, ...privacy.issues];
  if (issues.length > 0) return { kind: 'refused', issues };
  const meetingRef = meetingAt(snapshot, at).meeting?.ref;
  const decided: ChangedFields = {
    decision: approve ? 'approved' : 'refused',
    decidedByRef: byRef,
    decidedOn: calendar.on(at),
    ...(meetingRef === undefined ? {} : { meetingRef }),
    ...(reason === undefined ? {} : { decisionReason: reason }),
  };
  const field = subject.record === 'action' ? 'dueOn' : `${subject.ref}.dueOn`;
  const { action } = subject;
  const decision = { record: 'dateChange', ref, ...stampOf(change), changes: decided } as const;
  if (!approve) return { kind: 'accepted', subject, change, changes: [decision], warnings: privacy.warnings };
  return {
    kind: 'accepted',
    subject,
    change,
    changes: [
      decision,
      { record: subject.record, ref: subject.ref, ...stampOf(subject), changes: { dueOn: change.toOn } },
    ],
    update: {
      subjectKind: 'action',
      subjectRef: action.ref,
      byRef,
      ...(action.ownerRef === undefined ? {} : { forOwnerRef: action.ownerRef }),
      at,
      before: { [field]: change.fromOn },
      after: { [field]: change.toOn },
      noChange: false,
    },
    warnings: privacy.warnings,
  };
}

function stampOf(record: { readonly stamp?: Stamp }): { readonly stamp?: Stamp } {
  return record.stamp ? { stamp: record.stamp } : {};
}

function refused(
  field: string,
  message: string,
): { readonly kind: 'refused'; readonly issues: readonly AnswerIssue[] } {
  return { kind: 'refused', issues: [{ field, message }] };
}
