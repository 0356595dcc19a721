// Words instead of forms: what an owner types becomes the filled form of each item it names, to be checked and saved.
import type { Ref } from '../board/model';
import { readPhrases } from '../board/phrases';
import type { PhraseItem, PhraseReading } from '../board/phrases';
import { listed } from '../board/wording';
import { aloneCard, aloneVerbs, heardCard } from '../cards/heard';
import { clean } from '../cards/kit';
import { noticeCard, notYoursNotice } from '../cards/notice';
import { readCommand } from '../cards/verbs';
import type { OutgoingCard } from '../services/ports';
import { findItem } from './findItem';
import { openForm, saveForm } from './saveForm';
import { freshSeat } from './seat';
import type { Seat } from './seat';
import { cardReply, messageReply, unreadableCard } from './skills';
import type { ChatTurn, PressReply, PressTurn, Skill } from './skills';

/** One card an item: each is saved by itself, in any order; more would bury the first on a phone. */
const mostCards = 5;
const ownWords: ReadonlySet<string> = new Set(['narrative', 'reason', 'note']);

export const wordsSkill: Skill = {
  offers: [
    {
      phrase: 'APA1.04 is 60% done, waiting for ...',
      does: 'what you say of an action, risk or measure, filled into its form for you to check and save',
    },
    { phrase: 'no change on APA1.04', does: 'the same in fewer words; several items in one message will do' },
  ],
  verbs: Object.values(aloneVerbs),
  saving: { [aloneVerbs.save]: 'Save', [aloneVerbs['no-change']]: 'No change', [aloneVerbs.resolve]: 'Save my choice' },
  message: (turn) => Promise.resolve(messageFor(turn)),
  press: pressFor,
};

function messageFor(turn: ChatTurn): readonly OutgoingCard[] | undefined {
  // Advisers read what was released and answer for nothing: not even a title is offered to them.
  const seats = turn.seats.filter((seat) => seat.viewer.views.includes('actions'));
  const readings = seats.map((seat) => ({ seat, reading: read(seat, turn.text) }));
  const [first] = readings;
  if (!first) return undefined;
  const best = readings.reduce(
    (one, other) => (other.reading.items.length > one.reading.items.length ? other : one),
    first,
  );
  const { seat, reading } = best;
  const said = reading.items.some((item) => isSaid(item, turn.text));
  if (said || reading.unclear.length > 0) return cardsOf(turn, seat, reading);
  return reading.items.length === 0 ? whichOne(seat, turn.text) : undefined;
}

function read(seat: Seat, text: string): PhraseReading {
  const { snapshot, assessment, calendar, open, items } = seat.view;
  return readPhrases({
    text,
    snapshot,
    calendar,
    todayOn: assessment.on,
    openRefs: open.map((one) => one.ref),
    ownRefs: items.map((one) => one.ref),
    readingDue: (ref) => assessment.measures.find((one) => one.ref === ref)?.readingDue,
  });
}

/** Something of a form was said; a question is none, nor are words in which an item is named in passing. */
function isSaid(item: PhraseItem, text: string): boolean {
  if (/\?\s*$/u.test(text)) return false;
  const told =
    item.said.some((one) => !ownWords.has(one.field)) || item.questions.some((one) => one.field !== undefined);
  return told || item.first;
}

function cardsOf(turn: ChatTurn, seat: Seat, reading: PhraseReading): readonly OutgoingCard[] {
  const { deps } = turn;
  const shown = reading.items.slice(0, mostCards);
  const cards = shown.map((item, at): OutgoingCard => {
    const found = findItem(seat, item.kind, item.ref);
    if (found.kind !== 'item') return notYoursNotice(item.ref, seat.boardId);
    const place = shown.length > 1 ? { place: `${at + 1} of ${shown.length}, each saved by itself` } : {};
    return heardCard(seat.view, found.item, item, { nonce: deps.newNonce(), ...place });
  });
  const lines = unreadLines(seat, reading);
  return lines.length === 0 ? cards : [...cards, noticeCard({ title: 'Not all of it was understood', lines })];
}

function unreadLines(seat: Seat, { items, unclear, leftover }: PhraseReading): readonly string[] {
  const later = items.slice(mostCards).map((one) => one.ref);
  return [
    ...unclear.slice(0, 5).map(({ words, nearest, text }) => {
      const said = text === '' ? '' : ` What you said of it, "${clean(text, 160)}", was not used.`;
      return `"${clean(words, 60)}" is no one item of this board. It may be ${named(seat, nearest)}.${said}`;
    }),
    ...(leftover === ''
      ? []
      : [`Not used: "${clean(leftover, 300)}". Begin with the item it is about: ${example(seat)}.`]),
    ...(later.length === 0
      ? []
      : [`A message gets at most ${mostCards} forms. Please send these again: ${listed(later)}.`]),
  ];
}

function named(seat: Seat, refs: readonly Ref[]): string {
  const { actions, risks, measures, mitigations } = seat.view.snapshot;
  const titles = new Map([
    ...[...actions, ...risks].map((one) => [one.ref, one.title] as const),
    ...measures.map((one) => [one.ref, one.name] as const),
    ...mitigations.map((one) => [one.ref, one.text] as const),
  ]);
  return refs.map((ref) => `${ref} (${clean(titles.get(ref) ?? '', 60)})`).join(', ');
}

function example(seat: Seat): string {
  return `"${seat.view.open[0]?.ref ?? 'APA1.04'} no change"`;
}

/** "60% done" and nothing else, of somebody with several open items. */
function whichOne(seat: Seat, text: string): readonly OutgoingCard[] | undefined {
  const [first, second] = seat.view.open;
  if (!first || !second || text.length > 300 || text.trim() === '') return undefined;
  const [tried] = read(seat, `${first.ref} ${text}`).items;
  const isAnswer =
    tried?.said.some((one) => !ownWords.has(one.field)) === true && tried.fields['deliveryStatus'] === undefined;
  if (!isAnswer) return undefined;
  return [
    noticeCard({
      title: 'Which item is that about?',
      lines: [
        `You wrote: "${clean(text, 160)}".`,
        `Begin with its reference: "${first.ref} ${clean(text, 60)}". Yours to answer: ${seat.view.open
          .slice(0, 8)
          .map((one) => one.ref)
          .join(', ')}${seat.view.open.length > 8 ? ' and more' : ''}.`,
      ],
      boardId: seat.boardId,
    }),
  ];
}

/** One of several cards is saved: it shows its receipt, or what stands in the way; the others stay as they are. */
async function pressFor({ seat, verb, data, deps }: PressTurn): Promise<PressReply> {
  const [usual] = Object.entries(aloneVerbs).find(([, alone]) => alone === verb) ?? [];
  const command = readCommand(usual, data);
  if (!command || command.verb === 'list') return messageReply(unreadableCard);
  const { place } = command;
  const found = findItem(seat, command.kind, command.ref);
  if (found.kind !== 'item') return cardReply(notYoursNotice(command.ref, seat.boardId).card);
  const card =
    command.verb === 'open'
      ? openForm(deps, seat, found.item, command)
      : await saveForm(deps, seat, found.item, command, () => freshSeat(deps, seat), true);
  return cardReply(aloneCard(card, place));
}
