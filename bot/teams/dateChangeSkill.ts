// Moving due dates in chat: the owner asks from the action's form, the chair decides, both see what was decided.
import { z } from 'zod';
import { datedSubject, decidersOf, mayDecideDates } from '../board/dateChanges';
import type { Ref } from '../board/model';
import { spokenDate } from '../board/phrases';
import {
  dateAskCard,
  dateAskFields,
  dateDecisionCard,
  dateDecisionFields,
  dateListCard,
  stateWords,
} from '../cards/dateChange';
import type { DateFormState, DateView } from '../cards/dateChange';
import type { CardJson } from '../cards/kit';
import { typedIn } from '../cards/manageForm';
import { goneNotice, noticeCard, notYoursNotice } from '../cards/notice';
import { mayAnswer } from '../services/access';
import type { DateResult, DecideDate } from '../services/decideDate';
import { refNamed } from './commands';
import { freshSeat, refsOf } from './seat';
import type { ChatDeps, Seat } from './seat';
import { cardReply, messageReply, unreadableCard } from './skills';
import type { ChatTurn, PressReply, PressTurn, Skill } from './skills';

const phrases = new Set([
  ...['date changes', 'date change', 'dates', 'dates to decide', 'what needs deciding', 'what must i decide'],
  ...['what do i need to decide', 'to decide'],
]);
/** "move APA1.04", "can I have more time for APA1.04", "extension on APA1.04". */
const wishes =
  /^(?:move|ask to move|extend|(?:(?:can|could|may) i have |i need |need )?(?:more time|an? extension|extension)(?: for| on| to)?)\s+(?:the date of\s+)?(\S+(?:\s+[\d.]+)?)/u;
const listed = z.object({ page: z.number().int().min(1).max(1000).optional() });
const about = z.object({ ref: z.string().min(1).max(60) });
const asked = about.extend({ nonce: z.string().min(8).max(100), confirmed: z.boolean().optional() });
const decided = about.extend({ confirmed: z.boolean().optional() });

export function createDateChangeSkill(decideDate: Pick<DecideDate, 'ask' | 'decide'>): Skill {
  return {
    offers: [
      { phrase: 'date changes', does: 'requests to move a due date, and what was decided' },
      { phrase: 'move APA1.04 to ...', does: 'ask for a new due date' },
    ],
    verbs: ['dates', 'date-ask', 'date-ask-send', 'date-open', 'date-approve', 'date-refuse'],
    saving: { 'date-ask-send': 'Send the request', 'date-approve': 'Approve', 'date-refuse': 'Refuse' },
    message: (turn) => Promise.resolve(messageFor(turn)),
    press: (turn) => pressFor(decideDate, turn),
  };
}

function messageFor({ seats, text, words, deps }: ChatTurn) {
  if (phrases.has(words)) {
    const cards = seats
      .filter((seat) => seat.viewer.role !== 'adviser')
      .map((seat) => ({ card: dateListCard(dateView(deps, seat), seat.person.ref), summary: 'Date changes' }));
    return cards.length > 0 ? cards : [noticeCard({ title: 'Date changes', lines: [adviserLine] })];
  }
  const named = wishes.exec(words)?.[1];
  if (named === undefined) return undefined;
  for (const seat of seats) {
    const ref = refNamed(named, refsOf(seat));
    if (ref === undefined || !datedSubject(seat.view.snapshot, ref)) continue;
    return [{ card: askCard(deps, seat, ref, asSaid(deps, seat, text)), summary: `Ask to move the date of ${ref}` }];
  }
  return undefined;
}

/** `... to 14 February because the extract is late` fills the form; a day that may be another is asked about. */
function asSaid(deps: ChatDeps, seat: Seat, text: string): DateFormState {
  const said = /\s(?:to|until|till|til|by)\s+(.+)$/isu.exec(text)?.[1];
  if (said === undefined) return {};
  const { calendar, todayOn } = dateView(deps, seat);
  const read = spokenDate(said, todayOn, calendar);
  if (!read) return {};
  const reason = /^[\s,.:;-]*(?:because|as|since|reason)?[\s,.:;-]*(.*)$/isu.exec(said.slice(read.length))?.[1] ?? '';
  return {
    typed: { ...(read.kind === 'date' ? { toOn: read.on } : {}), ...(reason === '' ? {} : { reason }) },
    ...(read.kind === 'ask' ? { issues: [{ field: 'toOn', message: read.text }] } : {}),
  };
}

const adviserLine = 'Advisers read what the board has released; date changes stand in the log.';

async function pressFor(decideDate: Pick<DecideDate, 'ask' | 'decide'>, turn: PressTurn): Promise<PressReply> {
  const { seat, verb, data, deps } = turn;
  if (seat.viewer.role === 'adviser')
    return cardReply(noticeCard({ title: 'Date changes', lines: [adviserLine] }).card);
  switch (verb) {
    case 'dates': {
      const read = listed.safeParse(data);
      if (!read.success) return messageReply(unreadableCard);
      const { page } = read.data;
      return cardReply(dateListCard(dateView(deps, seat), seat.person.ref, page === undefined ? {} : { page }));
    }
    case 'date-ask': {
      const read = about.safeParse(data);
      return read.success ? cardReply(askCard(deps, seat, read.data.ref, {})) : messageReply(unreadableCard);
    }
    case 'date-ask-send': {
      const read = asked.safeParse(data);
      return read.success ? sendAsk(decideDate, turn, read.data) : messageReply(unreadableCard);
    }
    case 'date-open': {
      const read = about.safeParse(data);
      return read.success ? cardReply(decisionCard(deps, seat, read.data.ref)) : messageReply(unreadableCard);
    }
    default: {
      const read = decided.safeParse(data);
      return read.success ? sendDecision(decideDate, turn, read.data) : messageReply(unreadableCard);
    }
  }
}

/** The form, or why this person gets none. */
function askCard(deps: ChatDeps, seat: Seat, ref: Ref, state: DateFormState): CardJson {
  const action = seat.view.snapshot.actions.find((one) => one.ref === ref);
  if (!action) return goneNotice(ref, seat.boardId).card;
  if (!mayAnswer(seat.view.snapshot, seat.viewer, action)) return notYoursNotice(ref, seat.boardId).card;
  return dateAskCard(dateView(deps, seat), ref, { nonce: deps.newNonce(), ...state });
}

async function sendAsk(
  decideDate: Pick<DecideDate, 'ask'>,
  { seat, data, deps }: PressTurn,
  { ref, nonce, confirmed }: z.infer<typeof asked>,
): Promise<PressReply> {
  const typed = typedIn(dateAskFields(dateView(deps, seat), ref), data);
  const result = await decideDate.ask({
    boardId: seat.boardId,
    actor: { personRef: seat.person.ref, route: 'chat card' },
    nonce,
    subjectRef: typed['subjectRef'] ?? ref,
    toOn: typed['toOn'] ?? '',
    reason: typed['reason'] ?? '',
    confirmedWarnings: confirmed ?? false,
  });
  const again = againState(result, typed);
  return cardReply(again ? askCard(deps, seat, ref, again) : await listAfter(deps, seat, result));
}

async function sendDecision(
  decideDate: Pick<DecideDate, 'decide'>,
  { seat, verb, data, deps }: PressTurn,
  { ref, confirmed }: z.infer<typeof decided>,
): Promise<PressReply> {
  const typed = typedIn(dateDecisionFields, data);
  const reason = (typed['reason'] ?? '').trim();
  const result = await decideDate.decide({
    boardId: seat.boardId,
    actor: { personRef: seat.person.ref, route: 'chat card' },
    ref,
    approve: verb === 'date-approve',
    ...(reason === '' ? {} : { reason }),
    confirmedWarnings: confirmed ?? false,
  });
  const again = againState(result, typed);
  return cardReply(again ? decisionCard(deps, seat, ref, again) : await listAfter(deps, seat, result));
}

function againState(result: DateResult, typed: DateFormState['typed']): DateFormState | undefined {
  const kept = typed === undefined ? {} : { typed };
  if (result.kind === 'refused') return { issues: result.issues, ...kept };
  return result.kind === 'confirm' ? { warnings: result.warnings, ...kept } : undefined;
}

function decisionCard(deps: ChatDeps, seat: Seat, ref: Ref, state: DateFormState = {}): CardJson {
  const view = dateView(deps, seat);
  const change = view.snapshot.dateChanges.find((one) => one.ref === ref);
  if (!change) return goneNotice(ref, seat.boardId).card;
  if (!mayDecideDates(view.snapshot, seat.person.ref, view.policy, view.todayOn)) {
    const lines = ['The chair decides about dates, and the secretary where the board lets them.'];
    return noticeCard({ title: `${change.subjectRef} is not yours to decide`, lines, boardId: seat.boardId }).card;
  }
  if (change.decision !== 'pending') return dateListCard(view, seat.person.ref, { done: decidedWords(view, change) });
  return dateDecisionCard(view, change, state);
}

/** Whoever comes second sees what was decided. */
async function listAfter(deps: ChatDeps, seat: Seat, result: DateResult): Promise<CardJson> {
  const view = dateView(deps, await freshSeat(deps, seat));
  return dateListCard(view, seat.person.ref, { done: doneWords(view, result) });
}

function doneWords(view: DateView, result: DateResult): string {
  const { calendar } = view;
  switch (result.kind) {
    case 'asked':
      return `Your request to move ${result.subjectRef} to ${calendar.longDate(result.toOn)} ${whereItIs(view, result.ref)}. Until it is decided the date stays ${calendar.longDate(result.fromOn)}.${result.beyondNoticeAim ? ' The new date is after the notice’s aim date, so it is listed for the Department.' : ''}`;
    case 'decided':
      return result.approved
        ? `Approved: ${result.subjectRef} is now due on ${calendar.longDate(result.toOn)}. The owner is told.`
        : `Refused: ${result.subjectRef} stays due on ${calendar.longDate(result.fromOn)}. The owner is told.`;
    case 'already':
      return decidedWords(view, result.change);
    case 'refused':
    case 'confirm':
      return 'Nothing was changed.';
  }
}

/** With the chair; the chair's own with the secretary who may decide it, or else with the chair as a decision of its own. */
function whereItIs({ snapshot, policy, todayOn }: DateView, ref: Ref): string {
  const change = snapshot.dateChanges.find((one) => one.ref === ref);
  const deciders = change ? decidersOf(snapshot, change, policy, todayOn) : [];
  if (change && deciders.length === 0)
    return 'is recorded and waits until the secretary names a chair, because nobody on this board decides dates now';
  if (change && deciders.includes(change.requestedByRef))
    return 'is recorded and waits for your own decision, because nobody else on this board decides dates';
  const isChairs = change !== undefined && mayDecideDates(snapshot, change.requestedByRef, policy, todayOn);
  return isChairs ? 'is with whoever else decides dates' : 'is with the chair';
}

function decidedWords(view: DateView, change: Parameters<typeof stateWords>[1]): string {
  return `This was decided before. ${change.subjectRef}: ${stateWords(view, change)}`;
}

function dateView(deps: ChatDeps, { boardId, view }: Seat): DateView {
  const { snapshot, calendar, assessment } = view;
  const todayOn = calendar.on(deps.clock.now().toISOString());
  return { boardId, snapshot, calendar, policy: assessment.policy, todayOn };
}
