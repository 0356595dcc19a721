// What one person has to answer for the next meeting, in words: from snapshot and assessment to the input of the cards.
// Longer than most: each kind of item in words, beside the others, so that they stay alike.
import type { BoardAssessment } from '../board/assessment';
import type { Calendar } from '../board/calendar';
import { planOf } from '../board/bodyCycle';
import { calendarOf, planCycle } from '../board/cycle';
import { datesToDecide } from '../board/dateChanges';
import type { CycleDeadlines } from '../board/cycleSteps';
import type { BoardSnapshot, Meeting, Person, Ref, SubjectKind, Update } from '../board/model';
import { cycleStartAt, ownerItems } from '../board/ownerItems';
import type { OwnerItem } from '../board/ownerItems';
import { standingUpdates } from '../board/takenBack';
import { count, monthName } from '../board/wording';
import { fieldsOf } from './fields';
import type { FormValues } from './fields';
import { itemCard } from './item';
import type { FormIssue } from './formParts';
import type { ItemCardInput } from './item';
import type { CardJson } from './kit';
import { ownerCard } from './owner';
import type { OwnerCardInput, OwnerRow, UndoOffer } from './owner';
import { dayWords, deliveryWords, distanceWords, timeWords } from './words';

export interface OwnerViewInput {
  readonly boardId: string;
  readonly snapshot: BoardSnapshot;
  readonly assessment: BoardAssessment;
  readonly personRef: Ref;
  /** From when the board is, and why, where that is older than it should be. */
  readonly stale?: string;
}

/** Everything the cards say about one person's part in one cycle. */
export interface OwnerView extends OwnerViewInput {
  /** Unanswered first, worst first; then what is answered. */
  readonly items: readonly OwnerItem[];
  /** Answerable in chat and not answered yet. */
  readonly open: readonly OwnerItem[];
  /** How many date changes wait for this person's decision. */
  readonly toDecide: number;
  readonly heading: string;
  readonly deadline: string;
  readonly afterwards: string;
  readonly calendar: Calendar;
  readonly meeting?: Meeting;
  readonly deadlines?: CycleDeadlines;
}

/** Decisions are recorded by the secretary, not answered in chat. */
function isAnswerable(kind: SubjectKind): boolean {
  return kind !== 'decision';
}

/** Reads the person's items and puts the cycle's dates into words. */
export function ownerView(input: OwnerViewInput): OwnerView {
  const { snapshot, assessment } = input;
  const calendar = calendarOf(assessment.policy);
  const found = ownerItems(snapshot, assessment, input.personRef);
  const items = [...found.filter((one) => !one.answered), ...found.filter((one) => one.answered)];
  const open = items.filter((one) => isAnswerable(one.kind) && !one.answered);
  const meeting = snapshot.meetings.find((one) => one.ref === assessment.meetingRef);
  const toDecide = datesToDecide(snapshot, input.personRef, assessment.policy, assessment.on).length;
  const base = { ...input, items, open, toDecide, calendar };
  if (!meeting) {
    return {
      ...base,
      heading: 'Update for the board',
      deadline: `${count(open.length, 'item')} to answer. No meeting is planned yet`,
      afterwards: 'All answered. Thank you. You can change any answer.',
    };
  }
  const previous = snapshot.meetings.find((one) => one.ref === assessment.previousMeetingRef);
  const person = snapshot.people.find((one) => one.ref === input.personRef);
  const plan = planCycle(meeting, previous, calendar, assessment.policy);
  const { deadlines } = planOf(person, plan, snapshot, assessment.policy);
  const day = (on: string): string => dayWords(calendar, on, assessment.on);
  return {
    ...base,
    meeting,
    deadlines,
    heading: `Update for the board on ${day(meeting.on)}`,
    deadline: deadlineWords(open.length, deadlines, calendar, assessment),
    afterwards: afterwardsWords(
      items.filter((one) => isAnswerable(one.kind)).length,
      day(deadlines.papersDeadlineOn),
      deadlines,
      assessment,
    ),
  };
}

function deadlineWords(
  open: number,
  deadlines: CycleDeadlines,
  calendar: Calendar,
  assessment: BoardAssessment,
): string {
  const on = deadlines.ownersDeadlineOn;
  const when = `${dayWords(calendar, on, assessment.on)}, ${timeWords(calendar.timeOf(deadlines.ownersDeadlineAt))}`;
  if (open === 0) return 'Nothing left to answer';
  if (assessment.at > deadlines.ownersDeadlineAt) return `${open} still to answer; the deadline was ${when}`;
  return `${open} to answer by ${when} (${distanceWords(calendar, on, assessment.on)})`;
}

function afterwardsWords(
  items: number,
  papersDay: string,
  deadlines: CycleDeadlines,
  assessment: BoardAssessment,
): string {
  const all = items === 1 ? 'It is answered.' : `All ${items} answered.`;
  const later =
    assessment.on <= deadlines.papersDeadlineOn
      ? `You can still change any answer; after ${papersDay} it goes into the log after the meeting.`
      : 'You can still change any answer; it goes into the log after the meeting.';
  return `${all} Thank you. ${later}`;
}

/** What the list says of each item, in its order. */
export function ownerRows(view: OwnerView): readonly OwnerRow[] {
  return view.items.map((item) => rowOf(view, item));
}

/** The list as a card; `heading` and `notes` where a message of the cycle brings it. */
export function ownerListCard(
  view: OwnerView,
  extra: { page?: number; receipt?: string; undo?: UndoOffer; heading?: string; notes?: readonly string[] } = {},
): CardJson {
  const input: OwnerCardInput = {
    boardId: view.boardId,
    heading: view.heading,
    deadline: view.deadline,
    afterwards: view.afterwards,
    rows: ownerRows(view),
    ...(view.stale === undefined ? {} : { stale: view.stale }),
    ...toDecideWords(view),
    ...extra,
  };
  return ownerCard(input);
}

function toDecideWords({ toDecide }: OwnerView): { readonly toDecide?: string } {
  if (toDecide === 0) return {};
  return {
    toDecide:
      toDecide === 1 ? 'A date change waits for your decision.' : `${toDecide} date changes wait for your decision.`,
  };
}

function rowOf(view: OwnerView, item: OwnerItem): OwnerRow {
  const rating = item.answered ? item.claimed : (item.computed ?? item.claimed);
  const deputyFor = item.asDeputy ? personOf(view.snapshot, item.ownerRef)?.name : undefined;
  return {
    kind: item.kind,
    ref: item.ref,
    title: item.title,
    reason: item.reason,
    answerable: isAnswerable(item.kind),
    ...(rating === undefined ? {} : { status: deliveryWords[rating] }),
    ...due(view, item),
    ...(deputyFor === undefined ? {} : { deputyFor }),
    ...(item.answered ? { answered: answeredWords(view, item) } : {}),
  };
}

function due(view: OwnerView, item: OwnerItem): { readonly due?: string } {
  const note = isAnswerable(item.kind) ? '' : '. Tell the secretary when it is done';
  const done = item.computed === 'complete' || item.computed === 'embedded';
  const said = item.dueOn !== undefined && item.reason.includes(view.calendar.longDate(item.dueOn)) && !item.answered;
  if (item.dueOn === undefined || done || said) return note === '' ? {} : { due: note.slice(2) };
  const today = view.assessment.on;
  const what = item.kind === 'risk' ? 'Review due' : 'Due';
  const day = dayWords(view.calendar, item.dueOn, today);
  return { due: `${what} ${day} (${distanceWords(view.calendar, item.dueOn, today)})${note}` };
}

function answeredWords(view: OwnerView, item: OwnerItem): string {
  if (item.answeredOn === undefined) return 'Answered';
  const on = `on ${dayWords(view.calendar, item.answeredOn, view.assessment.on)}`;
  const last = standingUpdates(view.snapshot).findLast(
    (one) => one.subjectRef === item.ref && view.calendar.on(one.at) === item.answeredOn,
  );
  const names = [last?.byRef, item.ownerRef].map((ref) => personOf(view.snapshot, ref ?? '')?.name);
  const [by, owner] = names;
  const isOthers = last !== undefined && last.byRef !== item.ownerRef && by !== undefined && owner !== undefined;
  return isOthers ? `Answered by ${by} for ${owner} ${on}` : `Answered ${on}`;
}

export interface FormState {
  readonly nonce: string;
  readonly typed?: FormValues;
  readonly issues?: readonly FormIssue[];
  readonly warnings?: readonly string[];
  readonly receipt?: string;
  readonly receiptTitle?: string;
  readonly undo?: UndoOffer;
  /** What the form first showed and of which version, when it is shown again with what was typed. */
  readonly shown?: FormValues;
  readonly version?: string;
}

/** One item's form as a card. */
export function itemFormCard(view: OwnerView, item: OwnerItem, state: FormState): CardJson {
  return itemCard(itemInput(view, item, state));
}

/** The input of an item's form: what is known about it, and its fields with the values last given. */
export function itemInput(view: OwnerView, item: OwnerItem, state: FormState): ItemCardInput {
  const { snapshot, assessment } = view;
  const judged = assessment.actions.find((one) => one.ref === item.ref);
  const said = lastWords(snapshot, item.ref);
  const startAt = cycleStartAt(snapshot, assessment);
  const ofThisCycle = said !== undefined && (startAt === undefined || said.at > startAt);
  const disagrees = item.kind === 'action' && judged?.deliveryClaim === 'better';
  const rating = item.computed ?? item.claimed;
  const row = rowOf(view, item);
  const version = state.version ?? item.stamp?.version;
  return {
    boardId: view.boardId,
    kind: item.kind,
    ref: item.ref,
    title: item.title,
    reason: item.reason,
    fields: fieldsOf(snapshot, item.kind, item.ref, {
      disagrees,
      ...(ofThisCycle && said.narrative !== undefined ? { narrative: said.narrative } : {}),
      ...(ofThisCycle && said.effect !== undefined ? { effect: said.effect } : {}),
    }),
    more: view.open.filter((one) => one.ref !== item.ref).length,
    ...progressOf(view, item),
    asides: asidesOf(view, item),
    noChange: item.kind !== 'measure',
    nonce: state.nonce,
    ...(version === undefined ? {} : { version }),
    ...(item.readingPeriod === undefined ? {} : { period: item.readingPeriod }),
    ...(rating === undefined ? {} : { status: deliveryWords[rating] }),
    ...formFoot(item, row.due),
    ...(row.deputyFor === undefined ? {} : { deputyFor: row.deputyFor }),
    ...(disagrees ? { disagreement: disagreementWords(judged.claimedDelivery, judged.deliveryReasons[0]?.text) } : {}),
    ...(said !== undefined && !ofThisCycle ? { lastSaid: lastSaidOf(view, said) } : {}),
    ...(state.typed === undefined ? {} : { typed: state.typed }),
    ...(state.shown === undefined ? {} : { shown: state.shown }),
    ...(state.issues === undefined ? {} : { issues: state.issues }),
    ...(state.warnings === undefined ? {} : { warnings: state.warnings }),
    ...(state.receipt === undefined ? {} : { receipt: state.receipt }),
    ...(state.receiptTitle === undefined ? {} : { receiptTitle: state.receiptTitle }),
    ...(state.undo === undefined ? {} : { undo: state.undo }),
    ...(view.stale === undefined ? {} : { stale: view.stale }),
  };
}

/** Where this item stands among all that is asked of the person; nothing where it is the only one, or somebody else's. */
function progressOf(view: OwnerView, item: OwnerItem): { readonly progress?: string } {
  const all = view.items.filter((one) => isAnswerable(one.kind));
  if (all.length < 2 || !all.some((one) => one.kind === item.kind && one.ref === item.ref)) return {};
  const answered = all.length - view.open.length;
  return { progress: item.answered ? `${answered} of ${all.length} answered` : `${answered + 1} of ${all.length}` };
}

/** Ways to do or know more about an item than to answer it. */
function asidesOf(view: OwnerView, item: OwnerItem): NonNullable<ItemCardInput['asides']> {
  const { boardId, snapshot } = view;
  const about = (title: string, verb: string) => ({ title, verb, data: { boardId, ref: item.ref } });
  const isMovable = item.kind === 'action' && item.computed !== 'complete' && item.computed !== 'embedded';
  return [
    ...(isMovable ? [about('Ask to move the date', 'date-ask')] : []),
    ...(item.kind === 'action' ? [about('Add evidence', 'evidence')] : []),
    ...(snapshot.updates.some((one) => one.subjectRef === item.ref) ? [historyButton(boardId, item)] : []),
  ];
}

function historyButton(boardId: string, item: OwnerItem) {
  return { title: 'History', verb: 'history', data: { boardId, about: `${item.kind}:${item.ref}` } };
}

function formFoot(item: OwnerItem, due: string | undefined): { readonly due?: string } {
  const period = item.readingPeriod === undefined ? undefined : `Reading for ${monthName(item.readingPeriod)}`;
  const parts = [period, due].filter((part) => part !== undefined);
  return parts.length === 0 ? {} : { due: parts.join('. ') };
}

function disagreementWords(claimed: keyof typeof deliveryWords, why: string | undefined): string {
  const said = `You said ${deliveryWords[claimed].word.toLowerCase()}.`;
  return why === undefined ? said : `${said} The dates say otherwise: ${why}`;
}

/** The newest update of an item that says something. */
function lastWords(snapshot: BoardSnapshot, ref: Ref): Update | undefined {
  let newest: Update | undefined;
  for (const update of standingUpdates(snapshot)) {
    if (update.subjectRef !== ref || (update.narrative ?? update.effect) === undefined) continue;
    if (newest === undefined || update.at > newest.at) newest = update;
  }
  return newest;
}

function lastSaidOf(view: OwnerView, said: Update): { readonly text: string; readonly byline: string } {
  const who = personOf(view.snapshot, said.byRef)?.name ?? said.byRef;
  const day = dayWords(view.calendar, view.calendar.on(said.at), view.assessment.on);
  return { text: said.narrative ?? said.effect ?? '', byline: `Last said by ${who} on ${day}:` };
}

function personOf(snapshot: BoardSnapshot, ref: Ref): Person | undefined {
  return snapshot.people.find((one) => one.ref === ref);
}
