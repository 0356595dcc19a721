// The board as a drain sees it, judged once for each meeting, and whether a message still has something to say.
import { assess } from '../board/assess';
import type { BoardAssessment } from '../board/assessment';
import { whyNotToChannel } from '../board/channelNews';
import { calendarOf, planCycle } from '../board/cycle';
import { planOf } from '../board/bodyCycle';
import { unsentStep } from '../board/cycleRow';
import { noticeStands } from '../board/manageNotice';
import { hasLeft } from '../board/manageOwned';
import type { BoardSnapshot, Instant, Person, Ref } from '../board/model';
import { isNudge, nudgeDay } from '../board/nudges';
import { itemsByPerson, type OwnerItem } from '../board/ownerItems';
import { isReleased } from '../board/released';
import { askingSteps, outOfDate } from '../board/timely';
import type { ReleasedPapers } from '../cards/messageShape';
import type { BoardRecords, Clock, LedgerEntry, NoticeStep } from './ports';

export interface DeliveryView {
  readonly on: string;
  /** `person`: by whose plan; without one by the board's. */
  outOfDate(step: LedgerEntry['step'], person?: Person): string | undefined;
  readonly snapshot: BoardSnapshot;
  readonly assessment: BoardAssessment;
  person(ref: Ref): Person | undefined;
  items(ref: Ref): readonly OwnerItem[];
  /** What was released, where the message tells of it. */
  readonly released?: ReleasedPapers;
}

/** One judgement per meeting and drain, shared by all its messages. */
export function viewsOf(
  records: BoardRecords,
  clock: Clock,
  boardId: string,
): (meetingRef: Ref) => Promise<DeliveryView> {
  const views = new Map<Ref, Promise<DeliveryView>>();
  const make = async (meetingRef: Ref): Promise<DeliveryView> =>
    viewOf(await records.snapshot(boardId), meetingRef, clock.now().toISOString());
  return async (meetingRef) => {
    const view = views.get(meetingRef) ?? make(meetingRef);
    views.set(meetingRef, view);
    return view;
  };
}

/** The view of a snapshot at a moment. */
export function viewOf(snapshot: BoardSnapshot, meetingRef: Ref, at: Instant): DeliveryView {
  const assessment = assess(snapshot, { at, meetingRef });
  const people = new Map(snapshot.people.map((one) => [one.ref, one]));
  return {
    on: assessment.on,
    outOfDate: outOfDateOn(snapshot, assessment, at),
    snapshot,
    assessment,
    person: (ref) => people.get(ref),
    items: itemsByPerson(snapshot, assessment),
  };
}

/** Of the meeting that the message is for. */
function outOfDateOn(snapshot: BoardSnapshot, assessment: BoardAssessment, at: Instant): DeliveryView['outOfDate'] {
  const meeting = snapshot.meetings.find((one) => one.ref === assessment.meetingRef);
  if (!meeting) return () => undefined;
  if (meeting.state === 'cancelled') return (step) => (isNotice(step) && !isNudge(step) ? undefined : cancelled);
  const calendar = calendarOf(assessment.policy);
  const previous = snapshot.meetings.find((one) => one.ref === assessment.previousMeetingRef);
  const plan = planCycle(meeting, previous, calendar, assessment.policy);
  const startsAt = calendar.at(meeting.on, meeting.startsAtTime);
  return (step, person) => {
    if (isNudge(step)) return nudgeDay(step) === calendar.on(at) && at < startsAt ? undefined : nudgeOver;
    if (isNotice(step)) return undefined;
    const own = planOf(person, plan, snapshot, assessment.policy);
    if (unsentStep(snapshot, own, step)?.state === 'skipped') return skipped;
    return outOfDate(step, own, startsAt, at);
  };
}

function isNotice(step: LedgerEntry['step']): step is NoticeStep {
  return step.startsWith('notice:');
}

/** Why a public message has no reason to go to the board's channel any more; undefined while there is. */
export function whyNotToChannelAnyMore(entry: LedgerEntry, view: DeliveryView): string | undefined {
  const { snapshot, assessment } = view;
  const calendar = calendarOf(assessment.policy);
  return view.outOfDate(entry.step) ?? whyNotToChannel(snapshot, entry, assessment.at, calendar);
}

const skipped = 'The secretary left this message out, so it was not sent.';
const left = 'They have left the board, so it was not sent.';
const cancelled = 'The meeting was cancelled, so it was not sent.';
const nudgeOver = 'It was meant for another day, so it was not sent.';
const nothingLeft = 'Nothing was left to ask when their turn came.';

/** Why there is no reason to send it any more, in words; undefined while there is. */
export function whyNotAnyMore(entry: LedgerEntry, person: Person, view: DeliveryView): string | undefined {
  if (hasLeft(person, view.on)) return left;
  return view.outOfDate(entry.step, person) ?? (hasSomethingLeft(entry, view) ? undefined : nothingLeft);
}

/** Steps that end with the release of the papers. */
const untilReleased: readonly LedgerEntry['step'][] = ['papers', 'papers-reminder', 'papers-last-call'];

/** An item answered, completed or handed over since the planning is not asked for. */
function hasSomethingLeft(entry: LedgerEntry, view: DeliveryView): boolean {
  if (isNotice(entry.step) && !isNudge(entry.step)) return noticeStands(view.snapshot, entry.step, entry.subjectRefs);
  if (untilReleased.includes(entry.step)) return !isReleased(view.snapshot, entry.meetingRef);
  if (!isNudge(entry.step) && !askingSteps.includes(entry.step)) return true;
  return view
    .items(entry.personRef)
    .some((item) => entry.subjectRefs.includes(item.ref) && (entry.step === 'request' || !item.answered));
}
