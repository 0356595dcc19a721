// Pause and resume in chat: a card to confirm with why and until when, and what holds now.
import { z } from 'zod';
import { secretaryOnly } from '../board/manageHandOver';
import { readDay, readPauseWords } from '../board/manageWords';
import { pauseAt, pauseWords } from '../board/managePause';
import type { Field, FormValues } from '../cards/fields';
import type { CardJson } from '../cards/kit';
import { manageDoneCard, manageFormCard, typedIn } from '../cards/manageForm';
import { noticeCard } from '../cards/notice';
import type { ManagedResult } from '../services/carryOut';
import type { PauseSending } from '../services/pauseSending';
import type { ChatDeps, Seat } from './seat';
import { cardReply, messageReply, unreadableCard } from './skills';
import type { ChatTurn, PressReply, PressTurn, Skill } from './skills';

const pressed = z.object({ nonce: z.string().min(8).max(100) });

const fields: readonly Field[] = [
  {
    type: 'text',
    name: 'why',
    label: 'Why? (required, one line; the secretary and the chair see it)',
    lines: 'one',
    maxLength: 300,
    required: true,
    error: 'Write why, in a line.',
  },
  {
    type: 'date',
    name: 'untilOn',
    label: 'Until the end of which day? (empty: until you resume it)',
    error: 'Choose a day that is still to come.',
  },
];

export function createPauseSkill(pauseSending: PauseSending): Skill {
  return {
    offers: [
      { phrase: 'pause', does: 'stop all messages of the board, with a reason', for: ['secretary'] },
      { phrase: 'resume', does: 'let messages go out again', for: ['secretary'] },
    ],
    verbs: ['pause-save', 'resume-save'],
    saving: { 'pause-save': 'Pause all sending', 'resume-save': 'Resume sending' },
    message: (turn) => Promise.resolve(messageFor(turn)),
    press: (turn) => pressFor(turn, pauseSending),
  };
}

function messageFor({ seats, text, deps }: ChatTurn) {
  const words = readPauseWords(text);
  if (!words) return undefined;
  const mine = seats.filter((one) => one.viewer.role === 'secretary');
  if (mine.length === 0) return [noticeCard({ title: 'That is for the secretary', lines: [secretaryOnly] })];
  return mine.map((seat) => {
    const { calendar, snapshot } = seat.view;
    const at = deps.clock.now().toISOString();
    const pause = pauseAt(snapshot, at);
    if (words.kind === 'resume' && !pause)
      return noticeCard({ title: 'Sending is not paused', lines: [`Messages of ${snapshot.facts.name} go out.`] });
    if (words.kind === 'resume') return { card: resumeForm(seat, deps), summary: 'Resume sending?' };
    const until =
      words.until === undefined ? undefined : readDay(words.until, calendar.on(at), (on, n) => calendar.addDays(on, n));
    const typed: FormValues = {
      ...(words.why === undefined ? {} : { why: words.why }),
      ...(until === undefined ? {} : { untilOn: until }),
    };
    return { card: pauseForm(seat, deps, { typed }), summary: 'Pause all sending?' };
  });
}

function pauseForm(
  seat: Seat,
  deps: ChatDeps,
  state: {
    readonly typed: FormValues;
    readonly issues?: readonly { readonly field: string; readonly message: string }[];
  },
): CardJson {
  const { snapshot, calendar } = seat.view;
  const pause = pauseAt(snapshot, deps.clock.now().toISOString());
  return manageFormCard({
    title: 'Pause all sending?',
    lines: [
      ...(pause ? [pauseWords(pause, snapshot, calendar)] : []),
      `Nothing of ${snapshot.facts.name} is sent until it ends: no requests, reminders, escalations or notices. Answers are still taken.`,
    ],
    fields,
    save: { title: 'Pause all sending', verb: 'pause-save', destructive: true },
    data: { boardId: seat.boardId, nonce: deps.newNonce() },
    ...state,
  });
}

function resumeForm(seat: Seat, deps: ChatDeps): CardJson {
  const { snapshot, calendar } = seat.view;
  const pause = pauseAt(snapshot, deps.clock.now().toISOString());
  return manageFormCard({
    title: 'Resume sending?',
    lines: [
      ...(pause ? [pauseWords(pause, snapshot, calendar)] : []),
      'Who owes an update gets the latest message that is due; older ones are not sent.',
    ],
    fields: [],
    save: { title: 'Resume sending', verb: 'resume-save' },
    data: { boardId: seat.boardId, nonce: deps.newNonce() },
  });
}

async function pressFor({ seat, verb, data, deps }: PressTurn, pauseSending: PauseSending): Promise<PressReply> {
  const read = pressed.safeParse(data);
  if (!read.success) return messageReply(unreadableCard);
  const actor = { personRef: seat.person.ref, route: 'chat card' } as const;
  const asked = { boardId: seat.boardId, actor, nonce: read.data.nonce };
  if (verb === 'resume-save') return done(await pauseSending.resume(asked), 'Sending goes on');
  const typed = typedIn(fields, data);
  const until = typed['untilOn'];
  const untilAt = until !== undefined && /^\d{4}-\d{2}-\d{2}$/u.test(until) ? endOf(seat, until) : undefined;
  const result = await pauseSending.pause({
    ...asked,
    why: typed['why'] ?? '',
    ...(untilAt === undefined ? {} : { untilAt }),
  });
  if (result.kind === 'refused' && !result.issues.some((one) => one.field === 'byRef')) {
    const issues = result.issues.map((one) => (one.field === 'untilAt' ? { ...one, field: 'untilOn' } : one));
    return cardReply(pauseForm(seat, deps, { typed, issues }));
  }
  return done(result, 'Sending is paused');
}

/** A day of a pause is whole. */
function endOf(seat: Seat, on: string): string {
  const { calendar } = seat.view;
  return calendar.at(calendar.addDays(on, 1), '00:00');
}

function done(result: ManagedResult, title: string): PressReply {
  if (result.kind === 'done') return cardReply(manageDoneCard({ title, ...result.receipt }));
  const lines = result.kind === 'refused' ? result.issues.map((one) => one.message) : result.warnings;
  return cardReply(noticeCard({ title: 'Nothing was changed', lines }).card);
}
