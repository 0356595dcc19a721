// The events of board meetings in the service mailbox's calendar, through Graph: one for each meeting, found by a value of ours.
import { createHash } from 'node:crypto';
import { z } from 'zod';
import type { InvitationBounce } from '../board/invitationRows';
import type { EventAttendee, MeetingEvent, WantedEvent } from '../board/invitations';
import { NotAuthorisedError, NotFoundError, UpstreamError } from '../errors';
import type { Logger } from '../logger';
import type { MeetingCalendar } from '../services/portsCalendar';
import type { Graph } from './graphClient';
import { graphService } from './graphErrors';

/** Source: Graph, "Create single-value extended property": the id names type, namespace and property. */
const property = 'String {8c2f3c1e-6a3b-4d0e-9d57-3a9f7a1f5b20} Name BoardMeeting';

const time = z.object({ dateTime: z.string(), timeZone: z.literal('UTC') });
const responses: Readonly<Record<string, EventAttendee['response']>> = {
  accepted: 'accepted',
  tentativelyAccepted: 'tentative',
  declined: 'declined',
};
const eventShape = z.object({
  id: z.string(),
  createdDateTime: z.string(),
  lastModifiedDateTime: z.string(),
  isCancelled: z.boolean().nullish(),
  start: time,
  end: time,
  location: z.object({ displayName: z.string().nullish() }).nullish(),
  onlineMeeting: z.object({ joinUrl: z.string().nullish() }).nullish(),
  attendees: z.array(
    z.object({
      emailAddress: z.object({ name: z.string().nullish(), address: z.string() }),
      status: z.object({ response: z.string().nullish() }).nullish(),
    }),
  ),
});
const messageShape = z.object({
  subject: z.string().nullish(),
  receivedDateTime: z.string(),
  body: z.object({ content: z.string().nullish() }).nullish(),
  internetMessageHeaders: z.array(z.object({ name: z.string(), value: z.string() })).nullish(),
});
/** Exchange marks its reports with this header. */
const reportHeader = 'x-ms-exchange-message-is-ndr';

export function createMeetingCalendar(settings: {
  readonly graph: Pick<Graph, 'getAll' | 'post' | 'postText' | 'patch'>;
  /** Absent: there is no mailbox to organise meetings from. */
  readonly mailbox: string | undefined;
  readonly logger: Logger;
}): MeetingCalendar {
  const { graph, logger } = settings;

  function user(): string {
    if (settings.mailbox === undefined)
      throw new NotFoundError('service mailbox', 'in the configuration (SERVICE_MAILBOX)');
    return `users/${encodeURIComponent(settings.mailbox)}`;
  }

  return {
    async find(boardId, meetingRef) {
      const wanted = keyOf(boardId, meetingRef).replaceAll("'", "''");
      const filter = `singleValueExtendedProperties/Any(ep: ep/id eq '${property}' and ep/value eq '${wanted}')`;
      const select = 'id,createdDateTime,lastModifiedDateTime,isCancelled,start,end,location,onlineMeeting,attendees';
      const answer = await graph.getAll(
        `${user()}/events?$filter=${encodeURIComponent(filter)}&$select=${select}&$top=10`,
      );
      const read = z.array(eventShape).safeParse(answer);
      if (!read.success) throw unexpected(read.error);
      const found = read.data
        .filter((one) => one.isCancelled !== true)
        .sort((a, b) => (a.createdDateTime < b.createdDateTime ? -1 : 1));
      // Only a person can have copied it: the first is kept up, the other is theirs.
      if (found.length > 1) logger.warn('calendar.severalEvents', { boardId, meetingRef, count: found.length });
      return found[0] && eventOf(found[0]);
    },

    async create(boardId, wanted, version) {
      const body = {
        subject: subjectOf(wanted),
        body: { contentType: 'html', content: textOf(wanted) },
        ...timesOf(wanted),
        ...placeOf(wanted),
        attendees: attendeesOf(wanted),
        isOnlineMeeting: true,
        onlineMeetingProvider: 'teamsForBusiness',
        responseRequested: true,
        allowNewTimeProposals: false,
        transactionId: transactionOf(boardId, wanted.meetingRef, version),
        singleValueExtendedProperties: [{ id: property, value: keyOf(boardId, wanted.meetingRef) }],
      };
      const post = async (): Promise<void> => {
        await graph.post(`${user()}/events`, body);
      };
      try {
        await post();
      } catch (error) {
        if (isUsed(error)) return;
        if (!(error instanceof UpstreamError) || !error.mayHaveHappened) throw error;
        // The answer was lost: the same transaction makes no second event. Graph, event: transactionId.
        logger.warn('calendar.askedAgain', { boardId, meetingRef: wanted.meetingRef }, error);
        await post().catch((again: unknown) => {
          if (!isUsed(again)) throw again;
        });
      }
    },

    async change(eventId, wanted, { moved, replaced }) {
      // The text is left alone: without its link the online meeting would end. Graph, "Update event".
      await graph.patch(`${user()}/events/${encodeURIComponent(eventId)}`, {
        ...(moved ? { ...timesOf(wanted), ...placeOf(wanted) } : {}),
        ...(replaced ? { attendees: attendeesOf(wanted) } : {}),
      });
    },

    async cancel(eventId, comment) {
      const path = `${user()}/events/${encodeURIComponent(eventId)}`;
      try {
        await graph.postText(`${path}/cancel`, JSON.stringify({ Comment: comment }), 'application/json');
      } catch (error) {
        if (!(error instanceof NotFoundError)) throw error;
      }
    },

    async bounces(meeting, addresses) {
      const since = 'receivedDateTime ge 2000-01-01T00:00:00Z';
      const filter = encodeURIComponent(`${since} and startswith(subject,'Undeliverable')`);
      const select = 'subject,receivedDateTime,body,internetMessageHeaders';
      let answer: readonly unknown[];
      try {
        answer = await graph.getAll(
          `${user()}/mailFolders/inbox/messages?$filter=${filter}&$orderby=receivedDateTime&$select=${select}&$top=50`,
        );
      } catch (error) {
        // Without the right to read the inbox invitations go out all the same; arrival stays unknown.
        if (!(error instanceof NotAuthorisedError)) throw error;
        logger.warn('calendar.reportsNotRead', {}, error);
        return undefined;
      }
      const read = z.array(messageShape).safeParse(answer);
      if (!read.success) throw unexpected(read.error);
      return read.data.filter((one) => isReportOf(one, subjectOf(meeting))).flatMap((one) => bouncesIn(one, addresses));
    },
  };
}

function keyOf(boardId: string, meetingRef: string): string {
  return `${boardId}/${meetingRef}`;
}

/** A name for one making of a meeting's event; of no meaning outside. */
function transactionOf(boardId: string, meetingRef: string, version: number): string {
  return createHash('sha256')
    .update(`${keyOf(boardId, meetingRef)}/${version}`)
    .digest('hex')
    .slice(0, 40);
}

function subjectOf({ boardName, meetingRef }: Pick<WantedEvent, 'boardName' | 'meetingRef'>): string {
  return `${boardName}: meeting ${meetingRef}`.slice(0, 255);
}

function textOf(wanted: WantedEvent): string {
  return [
    `<p>Meeting ${escaped(wanted.meetingRef)} of ${escaped(wanted.boardName)}.</p>`,
    '<p>Please answer this invitation. If you cannot come, please tell the secretary who comes in your place.</p>',
  ].join('');
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
}

/** Local times with the zone: Outlook reckons with the clock changes itself. Graph takes names of IANA. */
function timesOf({ on, startsAtTime, endsAtTime, timeZone }: WantedEvent) {
  const at = (clock: string) => ({ dateTime: `${on}T${clock}:00`, timeZone });
  return { start: at(startsAtTime), end: at(endsAtTime) };
}

function placeOf({ place }: WantedEvent) {
  return place === '' ? {} : { location: { displayName: place } };
}

function attendeesOf({ attendees }: WantedEvent) {
  return attendees.map(({ name, address, attendance }) => ({ type: attendance, emailAddress: { name, address } }));
}

/** An earlier request of this transaction made the event: the next look finds it. */
function isUsed(error: unknown): boolean {
  return error instanceof UpstreamError && error.status === 409 && error.code === 'ErrorDuplicateTransactionId';
}

function eventOf(read: z.infer<typeof eventShape>): MeetingEvent {
  const joinUrl = read.onlineMeeting?.joinUrl ?? undefined;
  return {
    id: read.id,
    startsAt: instantOf(read.start.dateTime),
    endsAt: instantOf(read.end.dateTime),
    place: read.location?.displayName ?? '',
    ...(joinUrl === undefined ? {} : { joinUrl }),
    changedAt: new Date(read.lastModifiedDateTime).toISOString(),
    attendees: read.attendees.map(({ emailAddress: { name, address }, status }) => ({
      name: name ?? address,
      address,
      response: responses[status?.response ?? ''] ?? 'none',
    })),
  };
}

/** `2025-07-14T09:00:00.0000000`, in UTC. */
function instantOf(dateTime: string): string {
  return new Date(`${dateTime.slice(0, 19)}Z`).toISOString();
}

function isReportOf({ subject, internetMessageHeaders }: z.infer<typeof messageShape>, ours: string): boolean {
  const marked = internetMessageHeaders?.some((one) => one.name.toLowerCase() === reportHeader) === true;
  return marked && subject?.replace(/^Undeliverable:\s*/i, '').trim() === ours;
}

/** One for each of the addresses that the report names. */
function bouncesIn(report: z.infer<typeof messageShape>, addresses: readonly string[]): readonly InvitationBounce[] {
  const words = (report.body?.content ?? '')
    .replace(/<(style|script)\b[^]*?<\/\1>|<[^>]*>/gi, ' ')
    .replace(/\s+/g, ' ')
    .trim();
  const named = new Set(words.toLowerCase().match(/[^\s<>"'(),;:]+@[^\s<>"'(),;:]+[^\s<>"'(),;:.]/g) ?? []);
  const at = new Date(report.receivedDateTime).toISOString();
  return addresses
    .filter((one) => named.has(one.toLowerCase()))
    .map((address) => ({ address, at, why: words.slice(0, 300) }));
}

function unexpected(cause: unknown): UpstreamError {
  return new UpstreamError(graphService, 'The calendar was described in a form that is not known.', { cause });
}
