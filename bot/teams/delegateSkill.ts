// "let Jo answer APA1.04 this cycle": a colleague answers one item for its owner until the meeting, or no longer.
import { z } from 'zod';
import { findColleague } from '../board/colleagues';
import { delegatedItem } from '../board/cycleDeputies';
import type { Ref } from '../board/model';
import { isAdviserRole } from '../board/terms';
import { deputyCard, whichColleagueCard } from '../cards/delegate';
import { noticeCard } from '../cards/notice';
import type { Delegate, DelegationResult } from '../services/delegate';
import type { OutgoingCard } from '../services/ports';
import { refNamed } from './commands';
import { freshSeat, refsOf } from './seat';
import type { ChatDeps, Seat } from './seat';
import { cardReply, messageReply, unreadableCard } from './skills';
import type { ChatTurn, PressReply, PressTurn, Skill } from './skills';

const chosen = z.object({
  ref: z.string().min(1).max(60),
  nonce: z.string().min(8).max(100),
  to: z.string().min(1).max(60).optional(),
});
const sentence =
  /^let (.+?) (?:answer|update|do) (?:for )?(.+?)(?: (?:for|in) this (?:cycle|meeting)| this (?:cycle|time|meeting))?$/u;
const takenBack = /^(?:take (?:back )?(.+?) back|take back (.+)|i(?:ll| will) answer (.+?) (?:myself|again))$/u;

export function createDelegateSkill(delegate: Pick<Delegate, 'delegate'>): Skill {
  return {
    offers: [
      { phrase: 'let ... answer APA1.04 this cycle', does: 'leave one of your items to a colleague until the meeting' },
      { phrase: 'take APA1.04 back', does: 'answer it yourself again' },
    ],
    verbs: ['deputy-choose', 'deputy-back'],
    saving: { 'deputy-choose': 'the name', 'deputy-back': 'Take it back' },
    message: (turn) => messageFor(delegate, turn),
    press: (turn) => pressFor(delegate, turn),
  };
}

async function messageFor(
  delegate: Pick<Delegate, 'delegate'>,
  { seats, words, deps }: ChatTurn,
): Promise<readonly OutgoingCard[] | undefined> {
  const [, who, what] = sentence.exec(words) ?? [];
  const back = takenBack
    .exec(words)
    ?.slice(1)
    .find((one) => one !== undefined);
  const named = what ?? back;
  if (named === undefined) return undefined;
  for (const seat of seats) {
    const ref = refNamed(named, refsOf(seat));
    if (ref === undefined) continue;
    const nonce = deps.newNonce();
    if (who === undefined) return [await arrange(delegate, deps, seat, { ref, nonce })];
    const people = seat.view.snapshot.people.filter(
      (one) => !isAdviserRole(one.boardRole) && one.ref !== seat.person.ref,
    );
    const colleague = findColleague(people, who);
    if (colleague.kind === 'nobody') return [nobody(who, seat.boardId)];
    if (colleague.kind === 'found')
      return [await arrange(delegate, deps, seat, { ref, nonce, to: colleague.person.ref })];
    const card = whichColleagueCard({ boardId: seat.boardId, ref, nonce, words: who, people: colleague.people });
    return [{ card, summary: `Who is to answer ${ref}?` }];
  }
  return [
    noticeCard({ title: 'Which item?', lines: [`"${named}" is no reference of this board. Nothing was arranged.`] }),
  ];
}

async function pressFor(
  delegate: Pick<Delegate, 'delegate'>,
  { seat, verb, data, deps }: PressTurn,
): Promise<PressReply> {
  const read = chosen.safeParse(data);
  if (!read.success || (verb === 'deputy-choose' && read.data.to === undefined)) return messageReply(unreadableCard);
  const { ref, nonce, to } = read.data;
  const wanted = verb === 'deputy-back' || to === undefined ? { ref, nonce } : { ref, nonce, to };
  return cardReply((await arrange(delegate, deps, seat, wanted)).card);
}

async function arrange(
  delegate: Pick<Delegate, 'delegate'>,
  deps: ChatDeps,
  seat: Seat,
  { ref, nonce, to }: { readonly ref: Ref; readonly nonce: string; readonly to?: Ref },
): Promise<OutgoingCard> {
  const result = await delegate.delegate({
    boardId: seat.boardId,
    actor: { personRef: seat.person.ref, route: to === undefined ? 'chat card' : 'chat text' },
    nonce,
    ref,
    ...(to === undefined ? {} : { toRef: to }),
  });
  return shown(deps, await freshSeat(deps, seat), ref, nonce, result);
}

function shown(deps: ChatDeps, seat: Seat, ref: Ref, nonce: string, result: DelegationResult): OutgoingCard {
  if (result.kind === 'refused') {
    deps.logger.warn('delegation refused', { ref, personRef: seat.person.ref });
    const lines = result.issues.map((one) => one.message);
    return noticeCard({ title: `${ref} stays as it was`, lines, boardId: seat.boardId });
  }
  const { snapshot, calendar } = seat.view;
  const item = delegatedItem(snapshot, ref);
  const meeting = snapshot.meetings.find((one) => one.ref === result.meetingRef);
  if (!item || !meeting) return noticeCard({ title: 'Done', lines: [], boardId: seat.boardId });
  const nameOf = (one: Ref | undefined): string => snapshot.people.find((p) => p.ref === one)?.name ?? 'Its owner';
  const card = deputyCard({
    boardId: seat.boardId,
    item,
    nonce,
    owner: nameOf(item.ownerRef),
    ...(result.deputyRef === undefined ? {} : { deputy: nameOf(result.deputyRef) }),
    meetingOn: calendar.longDate(meeting.on),
  });
  const summary = result.deputyRef === undefined ? `${ref} is back` : `${nameOf(result.deputyRef)} answers ${ref}`;
  return { card, summary };
}

function nobody(who: string, boardId: string): OutgoingCard {
  return noticeCard({
    title: 'Nobody by that name',
    lines: [
      `Nobody on this board is called "${who}", so nothing was arranged.`,
      'Type the name as it stands in the list of people, or ask the secretary to add them.',
    ],
    boardId,
  });
}
