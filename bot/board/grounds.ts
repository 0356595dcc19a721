// What every rule of judgement needs, prepared once: the snapshot by reference, the meetings before, the old logs, the dates.
import type { Calendar } from './calendar';
import { calendarOf, cycleDeadlines, meetingAt } from './cycle';
import type { CycleDeadlines } from './cycleSteps';
import { isLaterRow } from './loggedRows';
import type {
  Action,
  BoardSnapshot,
  CivilDate,
  DateChange,
  Evidence,
  Finding,
  Instant,
  LoggedRow,
  Measure,
  Meeting,
  Milestone,
  Mitigation,
  Person,
  Reading,
  Ref,
  Risk,
  SubjectKind,
  UpdateRequest,
} from './model';
import { resolvePolicy, type BoardPolicy } from './policy';
import { isAnswer } from './siteEdits';
import { standingReadings, standingUpdates } from './takenBack';

/** What is known of the answers about one subject. */
export interface Answers {
  readonly lastAt?: Instant;
  /** An update since the end of the last meeting. */
  readonly sinceLastMeeting: boolean;
  /** The same, and before the owners' deadline. */
  readonly inTime: boolean;
}

export interface Grounds {
  readonly snapshot: BoardSnapshot;
  readonly policy: BoardPolicy;
  readonly policyFindings: readonly Finding[];
  /** Remembers what it worked out, so that judging stays linear. */
  readonly calendar: Calendar;
  readonly at: Instant;
  readonly on: CivilDate;
  /** The meeting judged for. */
  readonly meeting: Meeting | undefined;
  /** Meetings before it that have ended, the last first; cancelled ones left out. */
  readonly meetingsBefore: readonly Meeting[];
  /** Those of them that have a frozen log, the last first. */
  readonly logsBefore: readonly Meeting[];
  readonly ownersDeadlineAt: Instant | undefined;
  readonly ownersDeadlinePassed: boolean;
  readonly people: ReadonlyMap<Ref, Person>;
  readonly actions: ReadonlyMap<Ref, Action>;
  readonly risks: ReadonlyMap<Ref, Risk>;
  readonly measures: ReadonlyMap<Ref, Measure>;
  readonly meetings: ReadonlyMap<Ref, Meeting>;
  readonly milestonesOf: (actionRef: Ref) => readonly Milestone[];
  readonly dateChangesOf: (actionRef: Ref) => readonly DateChange[];
  readonly evidenceOf: (actionRef: Ref) => readonly Evidence[];
  readonly mitigationsOf: (riskRef: Ref) => readonly Mitigation[];
  readonly readingsOf: (measureRef: Ref) => readonly Reading[];
  /** Requests of the meeting judged for that were not cancelled. */
  readonly requests: readonly UpdateRequest[];
  readonly asked: (kind: SubjectKind, ref: Ref) => boolean;
  readonly answersOf: (kind: SubjectKind, ref: Ref) => Answers;
  /** The row of a subject in the log of an earlier meeting, if there is one. */
  readonly loggedRow: (kind: LoggedRow['subjectKind'], ref: Ref, log: Meeting | undefined) => LoggedRow | undefined;
  readonly deadlinesOf: (meeting: Meeting) => CycleDeadlines;
  readonly endOf: (meeting: Meeting) => Instant;
  /** `P05`'s name, or the ref when the person is not on the list. */
  readonly nameOf: (personRef: Ref) => string;
}

const nothingKnown: Answers = { sinceLastMeeting: false, inTime: false };

/** Indexes the snapshot as of a moment; what is dated later does not count yet. */
export function prepareGrounds(
  snapshot: BoardSnapshot,
  options: { readonly at: Instant; readonly meetingRef?: Ref },
): Grounds {
  const { policy, findings: policyFindings } = resolvePolicy(snapshot.policy);
  const calendar = remembering(calendarOf(policy));
  const at = instant(options.at);
  const on = calendar.on(at);
  const { meeting } = meetingAt(snapshot, at, options.meetingRef);
  const ends = new Map<Ref, Instant>();
  const endOf = (one: Meeting): Instant => recall(ends, one.ref, () => calendar.at(one.on, one.endsAtTime));
  const inOrder = meetingsInOrder(snapshot);
  const meetingsBefore = inOrder
    .filter((one) => endOf(one) <= at && (!meeting || startOf(one) < startOf(meeting)))
    .reverse();
  const last = meetingsBefore[0];

  const beforeThat = new Map(inOrder.map((one, index) => [one.ref, inOrder[index - 1]]));
  const plans = new Map<Ref, CycleDeadlines>();
  const deadlinesOf = (one: Meeting): CycleDeadlines => {
    const known = plans.get(one.ref);
    if (known) return known;
    const deadlines = cycleDeadlines(one, beforeThat.get(one.ref), calendar, policy);
    plans.set(one.ref, deadlines);
    return deadlines;
  };
  const ownersDeadlineAt = meeting && deadlinesOf(meeting).ownersDeadlineAt;

  const people = byRef(snapshot.people);
  const requests = snapshot.requests.filter((one) => one.meetingRef === meeting?.ref && one.state !== 'cancelled');
  const askedSubjects = new Set(requests.map((one) => subjectKey(one.subjectKind, one.subjectRef)));
  const answers = indexAnswers(snapshot, requests, at, on, last && endOf(last), ownersDeadlineAt);
  const logs = indexLogs(snapshot.loggedRows, meetingsBefore, on);

  return {
    snapshot,
    policy,
    policyFindings,
    calendar,
    at,
    on,
    meeting,
    meetingsBefore,
    logsBefore: meetingsBefore.filter((one) => logs.meetings.has(one.ref)),
    ownersDeadlineAt,
    ownersDeadlinePassed: ownersDeadlineAt !== undefined && at > ownersDeadlineAt,
    people,
    actions: byRef(snapshot.actions),
    risks: byRef(snapshot.risks),
    measures: byRef(snapshot.measures),
    meetings: byRef(snapshot.meetings),
    milestonesOf: grouped(snapshot.milestones, (one) => one.actionRef),
    dateChangesOf: grouped(snapshot.dateChanges, (one) => one.actionRef),
    evidenceOf: grouped(snapshot.evidence, (one) => one.actionRef),
    mitigationsOf: grouped(snapshot.mitigations, (one) => one.riskRef),
    readingsOf: grouped(standingReadings(snapshot), (one) => one.measureRef),
    requests,
    asked: (kind, ref) => askedSubjects.has(subjectKey(kind, ref)),
    answersOf: (kind, ref) => answers.get(subjectKey(kind, ref)) ?? nothingKnown,
    loggedRow: (kind, ref, log) => (log ? logs.rows.get(logKey(kind, ref, log.ref)) : undefined),
    deadlinesOf,
    endOf,
    nameOf: (ref) => people.get(ref)?.name ?? ref,
  };
}

/** For sorting by reference or any other text, the same on every machine. */
export function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** What happened on a civil date has happened by `on`; absent has not. */
export function hasHappened(happenedOn: CivilDate | undefined, on: CivilDate): happenedOn is CivilDate {
  return happenedOn !== undefined && happenedOn <= on;
}

/** The records without repeats, in the order given. */
export function distinct(refs: readonly Ref[]): readonly Ref[] {
  return [...new Set(refs)];
}

/** Those that are not cancelled, the first first. */
export function meetingsInOrder({ meetings }: Pick<BoardSnapshot, 'meetings'>): readonly Meeting[] {
  return meetings.filter((one) => one.state !== 'cancelled').sort((a, b) => compareText(startOf(a), startOf(b)));
}

function startOf(meeting: Meeting): string {
  return `${meeting.on}T${meeting.startsAtTime}`;
}

const canonicalInstant = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/;

/** Instants compare as text once they are written alike. */
export function instant(at: Instant): Instant {
  return canonicalInstant.test(at) ? at : new Date(at).toISOString();
}

function subjectKey(kind: SubjectKind, ref: Ref): string {
  return `${kind}:${ref}`;
}

function logKey(kind: string, ref: Ref, meetingRef: Ref): string {
  return `${meetingRef}:${kind}:${ref}`;
}

function byRef<T extends { readonly ref: Ref }>(records: readonly T[]): ReadonlyMap<Ref, T> {
  return new Map(records.map((one) => [one.ref, one]));
}

/** The records by a key, in their order; those without one are left out. */
export function grouped<T>(records: readonly T[], keyOf: (one: T) => Ref | undefined): (ref: Ref) => readonly T[] {
  const groups = new Map<Ref, T[]>();
  for (const one of records) {
    const key = keyOf(one);
    if (key === undefined) continue;
    const group = groups.get(key);
    if (group) group.push(one);
    else groups.set(key, [one]);
  }
  return (ref) => groups.get(ref) ?? [];
}

/** Answers come as updates; a request closed as answered counts by its date where its update is not there. */
function indexAnswers(
  snapshot: BoardSnapshot,
  requests: readonly UpdateRequest[],
  at: Instant,
  on: CivilDate,
  lastMeetingEndAt: Instant | undefined,
  ownersDeadlineAt: Instant | undefined,
): ReadonlyMap<string, Answers> {
  const answers = new Map<string, Answers>();
  for (const update of standingUpdates(snapshot)) {
    const updatedAt = instant(update.at);
    if (updatedAt > at || !isAnswer(snapshot, update)) continue;
    const key = subjectKey(update.subjectKind, update.subjectRef);
    const known = answers.get(key);
    const isLast = known?.lastAt === undefined || updatedAt > known.lastAt;
    const since = lastMeetingEndAt === undefined || updatedAt > lastMeetingEndAt;
    const inTime = since && (ownersDeadlineAt === undefined || updatedAt <= ownersDeadlineAt);
    if (known && !isLast && (known.inTime || !inTime)) continue;
    answers.set(key, {
      lastAt: isLast ? updatedAt : known.lastAt,
      sinceLastMeeting: since || known?.sinceLastMeeting === true,
      inTime: inTime || known?.inTime === true,
    });
  }
  for (const request of requests) {
    if (request.state !== 'answered' && request.state !== 'late') continue;
    if (request.answeredOn !== undefined && request.answeredOn > on) continue;
    const key = subjectKey(request.subjectKind, request.subjectRef);
    const known = answers.get(key) ?? nothingKnown;
    answers.set(key, { ...known, sinceLastMeeting: true, inTime: known.inTime || request.state === 'answered' });
  }
  return answers;
}

/** One log a meeting: the one for the meeting, else the one after it; of a corrected log the last that was frozen. */
function indexLogs(
  loggedRows: readonly LoggedRow[],
  meetingsBefore: readonly Meeting[],
  on: CivilDate,
): { readonly meetings: ReadonlySet<Ref>; readonly rows: ReadonlyMap<string, LoggedRow> } {
  const before = new Set(meetingsBefore.map((one) => one.ref));
  const meetings = new Set<Ref>();
  const rows = new Map<string, LoggedRow>();
  for (const row of loggedRows) {
    if (!before.has(row.meetingRef) || row.frozenOn > on) continue;
    meetings.add(row.meetingRef);
    const key = logKey(row.subjectKind, row.subjectRef, row.meetingRef);
    const known = rows.get(key);
    if (!known || stands(row, known)) rows.set(key, row);
  }
  return { meetings, rows };
}

function stands(row: LoggedRow, known: LoggedRow): boolean {
  return row.kind === known.kind ? isLaterRow(row, known) : row.kind === 'for the meeting';
}

/** The same calendar with a memory: a board has far fewer dates than records. */
function remembering(calendar: Calendar): Calendar {
  const between = new Map<string, number>();
  const added = new Map<string, CivilDate>();
  const names = new Map<CivilDate, string>();
  return {
    ...calendar,
    addWorkingDays: (on, n) => recall(added, `${on}${n}`, () => calendar.addWorkingDays(on, n)),
    workingDaysBetween: (fromOn, toOn) =>
      recall(between, `${fromOn}${toOn}`, () => calendar.workingDaysBetween(fromOn, toOn)),
    longDate: (on) => recall(names, on, () => calendar.longDate(on)),
  };
}

function recall<V extends string | number>(known: Map<string, V>, key: string, find: () => V): V {
  const found = known.get(key);
  if (found !== undefined) return found;
  const value = find();
  known.set(key, value);
  return value;
}
