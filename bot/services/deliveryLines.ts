// The delivery ledger in words: for each step and person what became of the message, by which way, why not, and who answered.
import { calendarOf } from '../board/cycle';
import { pauseAt } from '../board/managePause';
import type { BoardSnapshot, CivilDate, Instant, Ref } from '../board/model';
import { resolvePolicy } from '../board/policy';
import { isNudge } from '../board/nudges';
import { isChannel, recipientName } from '../board/recipients';
import { stepWords } from '../board/reminders';
import { waitsUntil } from '../board/sendingHours';
import { askingSteps } from '../board/timely';
import { count } from '../board/wording';
import type { DeliveryRoute, LedgerEntry, LedgerState } from './ports';

export interface DeliveryLine {
  /** A person, or the board's channel (board/recipients.ts). */
  readonly personRef: Ref;
  readonly name: string;
  readonly step: string;
  readonly state: LedgerState;
  /** "Sent by e-mail on Monday 6 January 2025, 09:02." and why by this way or why not. */
  readonly words: string;
  readonly route?: DeliveryRoute;
  readonly plannedAt: Instant;
  readonly sentAt?: Instant;
  /** Why not, or why not by chat. */
  readonly why?: string;
  /** Of what it asked: how much is answered, and when the last answer came. */
  readonly answered?: { readonly done: number; readonly of: number; readonly lastOn?: CivilDate };
  /** It was sent again after it may have arrived. */
  readonly mayHaveArrivedTwice: boolean;
  /** The secretary may have it sent again: once more, or `warned` that it may arrive twice. */
  readonly resend?: 'plain' | 'warned';
}

export interface DeliveryStep {
  readonly step: string;
  readonly title: string;
  readonly totals: DeliveryTotals;
  readonly lines: readonly DeliveryLine[];
}

export interface DeliveryTotals {
  readonly people: number;
  readonly sent: number;
  readonly byChat: number;
  readonly byMail: number;
  readonly waiting: number;
  readonly uncertain: number;
  readonly notReached: number;
  /** There was nothing left to say. */
  readonly cancelled: number;
  /** People who answered all that it asked. */
  readonly answered: number;
}

const notices: readonly (readonly [string, string])[] = [
  ['notice:hand-over:', 'notice of a hand-over'],
  ['notice:date-', 'notice of a date change'],
  ['notice:deputy:', 'notice to a deputy'],
  ['notice:nudge:', 'reminder from the secretary'],
  ['notice:news:', 'notice of what happened by itself'],
  ['notice:papers-sent:', 'message that the papers are released'],
  ['notice:moved:', 'notice of a meeting that moved'],
  ['notice:cancelled:', 'notice of a meeting that is cancelled'],
  ['notice:meeting:', 'notice of a meeting moved or cancelled'],
  ['notice:log-after:', 'notice of the log after the meeting'],
];

/** What a message of a step is called in a sentence. */
export function messageWords(step: string): string {
  const known = Object.entries(stepWords).find(([name]) => name === step);
  return known?.[1] ?? notices.find(([start]) => step.startsWith(start))?.[1] ?? 'notice';
}

/** Every step with its lines and totals as they are at a moment, in the order of planning. */
export function deliverySteps(
  entries: readonly LedgerEntry[],
  snapshot: BoardSnapshot,
  at: Instant,
): readonly DeliveryStep[] {
  const steps = [...new Set(entries.map((one) => one.step))];
  return steps.map((step) => {
    const lines = entries.filter((one) => one.step === step).map((one) => lineOf(one, snapshot, at));
    return { step, title: messageWords(step), totals: totalsOf(lines), lines };
  });
}

function totalsOf(lines: readonly DeliveryLine[]): DeliveryTotals {
  const number = (fits: (line: DeliveryLine) => boolean): number => lines.filter(fits).length;
  const sent = (route?: DeliveryRoute) =>
    number((one) => one.state === 'sent' && (route === undefined || one.route === route));
  return {
    people: lines.length,
    sent: sent(),
    byChat: sent('chat'),
    byMail: sent('e-mail'),
    waiting: number((one) => ['planned', 'claimed', 'sending'].includes(one.state)),
    uncertain: number((one) => one.state === 'uncertain'),
    notReached: number((one) => one.state === 'failed'),
    cancelled: number((one) => one.state === 'cancelled'),
    answered: number(({ answered }) => answered !== undefined && answered.done === answered.of),
  };
}

/** "16 of 18 sent (12 by chat, 4 by e-mail), 1 uncertain, 1 not reached." */
export function totalsWords(totals: DeliveryTotals): string {
  const parts = [
    `${totals.sent} of ${totals.people} sent${totals.byMail > 0 ? ` (${totals.byChat} by chat, ${totals.byMail} by e-mail)` : ''}`,
    ...(totals.waiting > 0 ? [`${totals.waiting} waiting`] : []),
    ...(totals.uncertain > 0 ? [`${totals.uncertain} uncertain`] : []),
    ...(totals.notReached > 0 ? [`${totals.notReached} not reached`] : []),
    ...(totals.cancelled > 0 ? [`${totals.cancelled} not needed any more`] : []),
    ...(totals.answered > 0 ? [`${totals.answered} answered in full`] : []),
  ];
  return parts.join(', ');
}

function lineOf(entry: LedgerEntry, snapshot: BoardSnapshot, at: Instant): DeliveryLine {
  const name = recipientName(snapshot, entry.personRef) ?? 'Unknown';
  const answered = answeredOf(entry, snapshot);
  const mayHaveArrivedTwice = entry.earlier?.some((one) => one.state === 'uncertain') === true;
  const { personRef, step, state, route, plannedAt, sentAt, detail } = entry;
  return {
    ...{ personRef, name, step, state, plannedAt, mayHaveArrivedTwice },
    words: wordsOf(entry, snapshot, answered, at),
    ...(route === undefined ? {} : { route }),
    ...(sentAt === undefined ? {} : { sentAt }),
    ...(detail === undefined ? {} : { why: detail }),
    ...(answered === undefined ? {} : { answered }),
    ...(state === 'failed' ? { resend: 'plain' as const } : {}),
    ...(state === 'uncertain' ? { resend: 'warned' as const } : {}),
  };
}

const stateWords: Readonly<Record<LedgerState, string>> = {
  planned: 'Waiting to be sent',
  claimed: 'About to be sent',
  sending: 'Being sent',
  sent: 'Sent',
  failed: 'Not sent',
  uncertain: 'Uncertain: it may have arrived',
  cancelled: 'Not needed any more',
};

function wordsOf(entry: LedgerEntry, snapshot: BoardSnapshot, answered: DeliveryLine['answered'], at: Instant): string {
  const calendar = calendarOf(resolvePolicy(snapshot.policy).policy);
  const wait = waitWords(entry, snapshot, at);
  const { state, route, sentAt, detail, earlier = [] } = entry;
  const isNamed = route !== undefined && state !== 'failed' && state !== 'planned';
  const by = isNamed && !isChannel(entry.personRef) ? `, by ${route}` : '';
  const nameOf = (ref: Ref): string => snapshot.people.find((one) => one.ref === ref)?.name ?? ref;
  const last = earlier.at(-1);
  return [
    wait ?? `${stateWords[state]}${by}${sentAt === undefined ? '' : `, ${calendar.longDateTime(sentAt)}`}.`,
    ...(detail === undefined || wait !== undefined ? [] : [detail]),
    ...(last === undefined ? [] : [`Sent again for ${nameOf(last.byRef)} on ${calendar.longDateTime(last.at)}.`]),
    ...(earlier.some((one) => one.state === 'uncertain') ? ['It may have arrived twice.'] : []),
    ...(answered === undefined
      ? []
      : [
          `${answered.done} of ${count(answered.of, 'item')} answered${answered.lastOn === undefined ? '' : `, last on ${calendar.longDate(answered.lastOn)}`}.`,
        ]),
  ].join(' ');
}

/** Until when a planned message waits by rule; undefined: it waits for nothing but its turn. */
function waitWords(entry: LedgerEntry, snapshot: BoardSnapshot, at: Instant): string | undefined {
  if (entry.state !== 'planned') return undefined;
  if (pauseAt(snapshot, at)) return 'Waits while sending is paused.';
  const { policy } = resolvePolicy(snapshot.policy);
  const calendar = calendarOf(policy);
  const person = snapshot.people.find((one) => one.ref === entry.personRef);
  const untilAt = waitsUntil(person, snapshot, at, calendar, policy);
  return untilAt && `Waits until ${calendar.longDateTime(untilAt)}.`;
}

/** By the requests of the meeting for what the message asked. */
function answeredOf(entry: LedgerEntry, snapshot: BoardSnapshot): DeliveryLine['answered'] {
  if (!isNudge(entry.step) && !askingSteps.some((one) => one === entry.step)) return undefined;
  const asked = snapshot.requests.filter(
    (one) =>
      one.meetingRef === entry.meetingRef && entry.subjectRefs.includes(one.subjectRef) && one.state !== 'cancelled',
  );
  const done = asked.filter((one) => one.answeredOn !== undefined);
  const lastOn = done
    .map((one) => one.answeredOn ?? '')
    .sort()
    .at(-1);
  if (asked.length === 0) return undefined;
  return { done: done.length, of: asked.length, ...(lastOn === undefined ? {} : { lastOn }) };
}
