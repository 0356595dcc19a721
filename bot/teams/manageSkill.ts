// The secretary's words in chat: add an action or a risk, hand over, a person leaves, take it back; each with a card to confirm.
// Longer than most: the acts of the secretary share their parsing of who, what and when.
import { z } from 'zod';
import { findColleague } from '../board/colleagues';
import { secretaryOnly } from '../board/manageHandOver';
import { ownedItems, possibleOwners } from '../board/manageOwned';
import { readDay, readManageWords, type ManageWords } from '../board/manageWords';
import type { CivilDate, Ref } from '../board/model';
import { count, listed } from '../board/wording';
import { nobody, type FormValues } from '../cards/fields';
import { manageDoneCard } from '../cards/manageForm';
import { noticeCard } from '../cards/notice';
import type { ManagedResult } from '../services/carryOut';
import type { ManageItems } from '../services/manageItems';
import type { OutgoingCard } from '../services/ports';
import { refKey } from './commands';
import {
  addForm,
  chosen,
  formData,
  handOverForm,
  itemsNamed,
  leaverForm,
  movesApart,
  movesOf,
  newItemOf,
  today,
  type FormData,
} from './manageForms';
import type { ChatDeps, Seat } from './seat';
import { cardReply, messageReply, unreadableCard } from './skills';
import type { ChatTurn, PressReply, PressTurn, Skill } from './skills';

const dropData = z.object({ key: z.string().min(1).max(300) });

export function createManageSkill(manageItems: ManageItems): Skill {
  return {
    offers: [
      { phrase: 'add action to APA1: ...', does: 'a form for a new action', for: ['secretary'] },
      { phrase: 'add risk: ...', does: 'a form for a new risk', for: ['secretary'] },
      { phrase: 'hand over APA1.04 to ...', does: 'a new owner, who is told and asked', for: ['secretary'] },
      { phrase: '... leaves on 31 January', does: 'everything of one person in one step', for: ['secretary'] },
      { phrase: 'hand back', does: 'take your last hand-over back', for: ['secretary'] },
      { phrase: 'hand-overs', does: 'those that are still to come', for: ['secretary', 'chair'] },
    ],
    verbs: ['manage-save', 'manage-apart', 'manage-back', 'manage-drop'],
    saving: { 'manage-save': 'Save', 'manage-back': 'Hand back', 'manage-drop': 'Take it back' },
    message: (turn) => messageFor(turn, manageItems),
    press: (turn) => pressFor(turn, manageItems),
  };
}

const notSecretary = noticeCard({ title: 'That is for the secretary', lines: [secretaryOnly] });

async function messageFor(
  { seats, text, deps }: ChatTurn,
  manageItems: ManageItems,
): Promise<readonly OutgoingCard[] | undefined> {
  const words = readManageWords(text);
  if (!words) return undefined;
  if (words.kind === 'planned') {
    const readers = seats.filter((one) => one.viewer.seesReadiness);
    return readers.length === 0 ? [notSecretary] : readers.map(plannedCard);
  }
  const mine = seats.filter((one) => one.viewer.role === 'secretary');
  const [first] = mine;
  // Others may well write that somebody leaves: those words are not a wish of theirs.
  if (!first) return words.kind === 'leaves' ? undefined : [notSecretary];
  switch (words.kind) {
    case 'hand-back':
      return Promise.all(mine.slice(0, 1).map((seat) => backCard(seat, manageItems)));
    case 'add-action':
      return [addActionCard(mine, first, words, deps)];
    case 'add-risk':
      return [{ card: addForm(first, deps, 'risk', titled(words.title)), summary: 'Add a risk?' }];
    case 'hand-over':
      return [handOverCard(mine, words, deps)];
    case 'leaves':
      return leavesCard(first, words, deps);
  }
}

function titled(title: string | undefined): { readonly title?: string } {
  return title === undefined ? {} : { title };
}

function addActionCard(
  mine: readonly Seat[],
  first: Seat,
  words: Extract<ManageWords, { kind: 'add-action' }>,
  deps: ChatDeps,
): OutgoingCard {
  const wanted = words.area === undefined ? undefined : refKey(words.area);
  const areaOf = (seat: Seat): Ref | undefined =>
    seat.view.snapshot.areas.find((one) => wanted !== undefined && refKey(one.ref) === wanted)?.ref;
  const seat = mine.find((one) => areaOf(one) !== undefined) ?? first;
  const areaRef = areaOf(seat);
  const known = { ...titled(words.title), ...(areaRef === undefined ? {} : { areaRef }) };
  return { card: addForm(seat, deps, 'action', known), summary: 'Add an action?' };
}

function handOverCard(
  mine: readonly Seat[],
  words: Extract<ManageWords, { kind: 'hand-over' }>,
  deps: ChatDeps,
): OutgoingCard {
  const parts = words.what.split(/\s*(?:,|;|&|\band\b)\s*/iu).filter((one) => one !== '');
  const keys = new Set(parts.map(refKey));
  for (const seat of mine) {
    const items = ownedItems(seat.view.snapshot).filter((one) => keys.has(refKey(one.ref)));
    if (items.length < keys.size) continue;
    const on = today(seat, deps);
    const to = words.to === undefined ? undefined : findColleague(possibleOwners(seat.view.snapshot, on), words.to);
    const meant = to?.kind === 'found' ? to.person : to?.kind === 'choose' ? to.people[0] : undefined;
    const fromOn = words.from === undefined ? undefined : dayOf(seat, words.from, on);
    const unread = [
      ...(words.to !== undefined && to?.kind !== 'found' ? [unsure(words.to, 'toRef')] : []),
      ...(words.from !== undefined && fromOn === undefined ? [unsure(words.from, 'fromOn')] : []),
    ];
    const known = { ...(meant ? { toRef: meant.ref } : {}), ...(fromOn === undefined ? {} : { fromOn }) };
    const state = unread.length === 0 ? {} : { result: { kind: 'refused' as const, issues: unread } };
    return {
      card: handOverForm(seat, deps, items, known, state),
      summary: `Hand over ${listed(items.map((one) => one.ref))}?`,
    };
  }
  return noticeCard({
    title: 'Nothing was handed over',
    lines: [
      `Not every one of these is on the board: ${words.what}.`,
      'Write the references, for example "hand over APA1.04 and R03 to" and a name.',
    ],
  });
}

function unsure(words: string, field: string) {
  return { field, message: `"${words}" was not understood for certain: please choose.` };
}

function dayOf(seat: Seat, words: string, on: CivilDate): CivilDate | undefined {
  return readDay(words, on, (day, n) => seat.view.calendar.addDays(day, n));
}

function leavesCard(
  seat: Seat,
  words: Extract<ManageWords, { kind: 'leaves' }>,
  deps: ChatDeps,
): readonly OutgoingCard[] | undefined {
  const who = findColleague(seat.view.snapshot.people, words.who);
  if (who.kind === 'nobody') return undefined;
  if (who.kind === 'choose')
    return [
      noticeCard({
        title: 'Who leaves?',
        lines: [
          `"${words.who}" may be ${listed(who.people.map((one) => one.name))}.`,
          `Write the whole name, for example "${who.people[0]?.name ?? ''} leaves on 31 January".`,
        ],
      }),
    ];
  const on = today(seat, deps);
  const lastDayOn = words.on === undefined ? undefined : dayOf(seat, words.on, on);
  const card = leaverForm(seat, deps, {
    personRef: who.person.ref,
    apart: {},
    ...(lastDayOn === undefined ? {} : { lastDayOn }),
  });
  return card && [{ card, summary: `${who.person.name} leaves?` }];
}

function plannedCard(seat: Seat): OutgoingCard {
  const { snapshot, calendar } = seat.view;
  const names = new Map(snapshot.people.map((one) => [one.ref, one.name]));
  const planned = snapshot.running?.planned ?? [];
  const lines = planned.map(({ fromOn, leaving, moves }) => {
    const what = leaving
      ? `${names.get(leaving.personRef) ?? leaving.personRef} leaves`
      : listed(moves.map((one) => one.ref));
    const to = leaving ? leaving.toRef : moves[0]?.toRef;
    return `From ${calendar.longDate(fromOn)}: ${what}, to ${names.get(to ?? '') ?? 'nobody yet'}.`;
  });
  const [first] = planned;
  const title = planned.length === 0 ? 'No hand-over is planned' : count(planned.length, 'planned hand-over');
  const back =
    first && seat.viewer.role === 'secretary'
      ? {
          back: {
            title: 'Take the first one back',
            verb: 'manage-drop',
            data: { boardId: seat.boardId, key: first.key },
          },
        }
      : {};
  return { card: manageDoneCard({ title, words: lines, findings: [], ...back }), summary: title };
}

function actorOf(seat: Seat, route: 'chat card' | 'chat text') {
  return { personRef: seat.person.ref, route };
}

async function backCard(seat: Seat, manageItems: ManageItems): Promise<OutgoingCard> {
  const result = await manageItems.takeBack({ boardId: seat.boardId, actor: actorOf(seat, 'chat text') });
  return {
    card: resultCard(result, 'Handed back'),
    summary: result.kind === 'done' ? 'Handed back' : 'Nothing was changed',
  };
}

function resultCard(result: ManagedResult, title: string, back?: Parameters<typeof manageDoneCard>[0]['back']) {
  if (result.kind === 'done') return manageDoneCard({ title, ...result.receipt, ...(back ? { back } : {}) });
  const lines = result.kind === 'refused' ? result.issues.map((one) => one.message) : result.warnings;
  return noticeCard({ title: 'Nothing was changed', lines }).card;
}

async function pressFor({ seat, verb, data, deps }: PressTurn, manageItems: ManageItems): Promise<PressReply> {
  const actor = actorOf(seat, 'chat card');
  const { boardId } = seat;
  if (seat.viewer.role !== 'secretary') return cardReply(notSecretary.card);
  if (verb === 'manage-back')
    return cardReply(resultCard(await manageItems.takeBack({ boardId, actor }), 'Handed back'));
  if (verb === 'manage-drop') {
    const drop = dropData.safeParse(data);
    if (!drop.success) return messageReply(unreadableCard);
    return cardReply(resultCard(await manageItems.dropPlanned({ boardId, actor, ...drop.data }), 'Taken back'));
  }
  const read = formData.safeParse(data);
  if (!read.success) return messageReply(unreadableCard);
  const form = read.data;
  const given = chosen(seat, deps, form, data);
  if (verb === 'manage-apart') return apart(seat, deps, form, { ...given, ...nobodySaid(data) });
  const result = await carryOut(seat, form, given, manageItems, saysWho(data));
  if (result.kind === 'done') {
    const handed = form.about === 'hand-over' || form.about === 'leave';
    const title = handed ? 'Handed over' : 'Added';
    const back = handed ? { title: 'Hand back', verb: 'manage-back', data: { boardId } } : undefined;
    return cardReply(
      resultCard(result, title, result.receipt.words[0]?.startsWith('From ') === true ? undefined : back),
    );
  }
  return again(seat, deps, form, { ...given, ...nobodySaid(data) }, result);
}

async function carryOut(
  seat: Seat,
  form: FormData,
  given: Readonly<Record<string, string>>,
  manageItems: ManageItems,
  whoIsSaid: boolean,
): Promise<ManagedResult> {
  const asked = { boardId: seat.boardId, actor: actorOf(seat, 'chat card'), nonce: form.nonce };
  const to = given['toRef'];
  switch (form.about) {
    case 'action':
    case 'risk':
      return manageItems.addItem({ ...asked, item: newItemOf(form.about, given), confirmedWarnings: form.confirmed });
    case 'hand-over': {
      if (to === undefined) return missing('toRef', 'Choose the new owner.');
      const fromOn = given['fromOn'];
      const moves = movesOf(itemsNamed(seat, form.refs), to);
      return manageItems.handOver({ ...asked, moves, ...(fromOn === undefined ? {} : { fromOn }) });
    }
    case 'leave': {
      const lastDayOn = given['lastDayOn'];
      if (lastDayOn === undefined || !/^\d{4}-\d{2}-\d{2}$/u.test(lastDayOn))
        return missing('lastDayOn', 'Choose the last day.');
      if (!whoIsSaid) return missing('toRef', 'Choose who takes over, or say that it is nobody yet.');
      return manageItems.leave({
        ...asked,
        leaving: { personRef: form.personRef ?? '', lastDayOn, ...(to === undefined ? {} : { toRef: to }) },
        named: movesApart(seat, form.apart),
        takeOverNow: given['takeOver'] === 'now',
      });
    }
  }
}

/** Somebody was chosen, or nobody on purpose. */
function saysWho(data: unknown): boolean {
  return z.looseObject({ toRef: z.string().min(1) }).safeParse(data).success;
}

/** Nobody on purpose, too, is kept when the form comes again. */
function nobodySaid(data: unknown): FormValues {
  return z.looseObject({ toRef: z.literal(nobody) }).safeParse(data).success ? { toRef: nobody } : {};
}

function missing(field: string, message: string): ManagedResult {
  return { kind: 'refused', issues: [{ field, message }] };
}

/** One thing goes to somebody else; the rest of the form stays as it was. */
function apart(seat: Seat, deps: ChatDeps, form: FormData, given: Readonly<Record<string, string>>): PressReply {
  const { apartRef, apartTo, ...rest } = given;
  const next = apartRef === undefined ? form.apart : { ...form.apart, [apartRef]: apartTo ?? nobody };
  const card = leaverForm(seat, deps, { personRef: form.personRef ?? '', apart: next }, { typed: rest });
  return card ? cardReply(card) : messageReply(unreadableCard);
}

function again(
  seat: Seat,
  deps: ChatDeps,
  form: FormData,
  typed: Readonly<Record<string, string>>,
  result: Exclude<ManagedResult, { kind: 'done' }>,
): PressReply {
  const state = { typed, result };
  if (form.about === 'hand-over') return cardReply(handOverForm(seat, deps, itemsNamed(seat, form.refs), {}, state));
  if (form.about === 'leave') {
    const card = leaverForm(seat, deps, { personRef: form.personRef ?? '', apart: form.apart }, state);
    return card ? cardReply(card) : messageReply(unreadableCard);
  }
  return cardReply(addForm(seat, deps, form.about, {}, state));
}
