// What the board's channel is told beside the steps of the cycle: a meeting moved or cancelled, the log after a meeting.
// Source: docs/messages.md, the board's channel.
import type { Calendar } from './calendar';
import type { KnownMeeting } from './manageModel';
import type { BoardSnapshot, CivilDate, Instant, Meeting, Ref } from './model';
import { papersSentOf } from './released';
import { channelOf } from './recipients';

const meetingNotice = 'notice:meeting:';
const logNotice = 'notice:log-after:';
/** Enough of a log's hash to know it by. */
const hashLength = 24;
/** A log frozen while the service was down is told of for so long. */
const makeUpDays = 7;

export interface ChannelNotice {
  readonly meetingRef: Ref;
  /** Names what happened, so that it is told once. */
  readonly step: `notice:${string}`;
}

export interface ChannelNews {
  readonly notices: readonly ChannelNotice[];
  /** The meetings as the channel is to know them; absent: as it does. Kept once the notices are in the ledger. */
  readonly meetings?: readonly KnownMeeting[];
}

/** What happened since the channel last heard; nothing without a channel. */
export function channelNews(snapshot: BoardSnapshot, on: CivilDate, calendar: Calendar): ChannelNews {
  const row = snapshot.running?.channel;
  if (row?.channel === undefined) return { notices: [] };
  const meetings = meetingsToCome(snapshot, on);
  const known = new Map(row.meetings.map((one) => [one.ref, one]));
  const moved = meetings.flatMap((one) => {
    const before = known.get(one.ref);
    return before === undefined ? [] : changeOf(before, one);
  });
  const isNew = JSON.stringify(meetings) !== JSON.stringify(row.meetings);
  const sinceOn = calendar.on(row.channel.at);
  return { notices: [...moved, ...logsAfter(snapshot, on, sinceOn, calendar)], ...(isNew ? { meetings } : {}) };
}

/** The meetings that a channel knows of from the day on which it is chosen, the first first. */
export function meetingsToCome(snapshot: Pick<BoardSnapshot, 'meetings'>, on: CivilDate): readonly KnownMeeting[] {
  return snapshot.meetings
    .filter((one) => one.on >= on && one.state !== 'held')
    .map(knownAs)
    .sort((a, b) => (`${a.on}/${a.ref}` < `${b.on}/${b.ref}` ? -1 : 1));
}

function knownAs({ ref, on, startsAtTime, state }: Meeting): KnownMeeting {
  return { ref, on, startsAtTime, cancelled: state === 'cancelled' };
}

function changeOf(before: KnownMeeting, now: KnownMeeting): readonly ChannelNotice[] {
  const from = whenOf(before);
  const to = whenOf(now);
  return from === to ? [] : [{ meetingRef: now.ref, step: `${meetingNotice}${from}>${to}` }];
}

const cancelled = 'cancelled';

/** A cancelled meeting has no time: whether its day moved, too, is no news. */
function whenOf(one: KnownMeeting): string {
  return one.cancelled ? cancelled : `${one.on}T${one.startsAtTime}`;
}

/** Of the last days, since there is a channel: each frozen log once, a correction anew. */
function logsAfter(
  snapshot: Pick<BoardSnapshot, 'loggedRows'>,
  on: CivilDate,
  sinceOn: CivilDate,
  calendar: Calendar,
): readonly ChannelNotice[] {
  const rows = snapshot.loggedRows.filter(
    (one) =>
      one.kind === 'after the meeting' &&
      one.frozenOn >= sinceOn &&
      calendar.daysBetween(one.frozenOn, on) <= makeUpDays,
  );
  const steps = new Map(
    rows.map((one): [string, ChannelNotice] => {
      const step = `${logNotice}${one.logHash.slice(0, hashLength)}` as const;
      return [step, { meetingRef: one.meetingRef, step }];
    }),
  );
  return [...steps.values()];
}

/** What a notice to the channel tells; undefined: another message. */
export function channelNoticeOf(step: string): 'moved' | 'cancelled' | 'papers' | 'log-after' | undefined {
  if (papersSentOf(step) !== undefined) return 'papers';
  if (step.startsWith(logNotice)) return 'log-after';
  if (!step.startsWith(meetingNotice)) return undefined;
  return step.endsWith(`>${cancelled}`) ? 'cancelled' : 'moved';
}

/** The day and time from which a meeting was moved; undefined: it had been cancelled. */
export function movedFrom(step: string): { readonly on: CivilDate; readonly time: string } | undefined {
  const [, on, time] = /^notice:meeting:(\d{4}-\d{2}-\d{2})T([^>]+)>/u.exec(step) ?? [];
  return on === undefined || time === undefined ? undefined : { on, time };
}

const noChannel = 'The board has no channel any more, so it was not sent.';
const changedAgain = 'The meeting was changed again before its turn came, so it was not sent.';
const over = 'The meeting had begun when its turn came, so it was not sent.';

/** Why a public message has nothing to say any more, in words; undefined while it has. */
export function whyNotToChannel(
  snapshot: BoardSnapshot,
  message: { readonly step: string; readonly meetingRef: Ref },
  at: Instant,
  calendar: Calendar,
): string | undefined {
  if (channelOf(snapshot) === undefined) return noChannel;
  const kind = channelNoticeOf(message.step);
  if (kind !== 'moved' && kind !== 'cancelled') return undefined;
  const meeting = snapshot.meetings.find((one) => one.ref === message.meetingRef);
  if (meeting === undefined || !message.step.endsWith(`>${whenOf(knownAs(meeting))}`)) return changedAgain;
  return kind === 'moved' && calendar.at(meeting.on, meeting.startsAtTime) <= at ? over : undefined;
}
