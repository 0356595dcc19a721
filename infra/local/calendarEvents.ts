// A calendar event of the local tenant: what is kept of it, and how Outlook answers it.
import { z } from 'zod';
import { timeIn } from './eventTimes';

const attendeeSchema = z.object({
  address: z.string(),
  name: z.string(),
  type: z.enum(['required', 'optional', 'resource']),
  /** What they answered since the time was last set; absent: nothing yet. */
  response: z.enum(['accepted', 'tentativelyAccepted', 'declined']).optional(),
  respondedAt: z.string().optional(),
});
export const eventSchema = z.object({
  id: z.string(),
  mailbox: z.string(),
  transactionId: z.string().optional(),
  /** What the first request asked, to know the same request again. */
  asked: z.string(),
  subject: z.string(),
  body: z.object({ contentType: z.enum(['text', 'html']), content: z.string() }),
  startsAt: z.string(),
  endsAt: z.string(),
  /** The zones it was made in. */
  zones: z.object({ start: z.string(), end: z.string() }),
  location: z.string(),
  attendees: z.array(attendeeSchema),
  hideAttendees: z.boolean(),
  isAllDay: z.boolean(),
  categories: z.array(z.string()),
  reminderMinutes: z.number(),
  joinUrl: z.string().optional(),
  /** Values of a program's own, by the name that it gave them. */
  extended: z.array(z.object({ id: z.string(), value: z.string() })).optional(),
  version: z.number(),
  createdAt: z.string(),
  modifiedAt: z.string(),
});
export type CalendarEvent = z.infer<typeof eventSchema>;

/** Outlook writes the way to join below the text, and finds it there again. */
export function withLink(event: CalendarEvent): CalendarEvent {
  if (event.joinUrl === undefined) return event;
  const { contentType, content } = event.body;
  const line = contentType === 'html' ? `<p>Join: ${event.joinUrl}</p>` : `\nJoin: ${event.joinUrl}`;
  return { ...event, body: { contentType, content: `${content}${line}` } };
}

/** As Outlook answers it, its times in `zone`. */
export function graphEvent(event: CalendarEvent, organiser: string, zone: string): Record<string, unknown> {
  const location = { displayName: event.location, locationType: 'default', uniqueIdType: 'unknown' };
  return {
    '@odata.etag': `W/"${event.id},${event.version}"`,
    id: event.id,
    createdDateTime: event.createdAt,
    lastModifiedDateTime: event.modifiedAt,
    changeKey: `${event.id},${event.version}`,
    categories: event.categories,
    transactionId: event.transactionId ?? null,
    originalStartTimeZone: event.zones.start,
    originalEndTimeZone: event.zones.end,
    iCalUId: event.id.replaceAll('-', '').toUpperCase(),
    reminderMinutesBeforeStart: event.reminderMinutes,
    isReminderOn: true,
    hasAttachments: false,
    subject: event.subject,
    bodyPreview: event.body.content.replace(/<[^>]*>/g, '').slice(0, 255),
    importance: 'normal',
    sensitivity: 'normal',
    isAllDay: event.isAllDay,
    isCancelled: false,
    isOrganizer: true,
    responseRequested: true,
    seriesMasterId: null,
    showAs: 'busy',
    type: 'singleInstance',
    webLink: `https://outlook.office365.example/owa/?itemid=${event.id}`,
    onlineMeetingUrl: null,
    isOnlineMeeting: event.joinUrl !== undefined,
    onlineMeetingProvider: event.joinUrl === undefined ? 'unknown' : 'teamsForBusiness',
    allowNewTimeProposals: true,
    isDraft: false,
    hideAttendees: event.hideAttendees,
    recurrence: null,
    onlineMeeting: event.joinUrl === undefined ? null : { joinUrl: event.joinUrl },
    responseStatus: { response: 'organizer', time: '0001-01-01T00:00:00Z' },
    body: event.body,
    start: timeIn(event.startsAt, zone),
    end: timeIn(event.endsAt, zone),
    location,
    locations: event.location === '' ? [] : [location],
    attendees: event.attendees.map((one) => ({
      type: one.type,
      status: { response: one.response ?? 'none', time: one.respondedAt ?? '0001-01-01T00:00:00Z' },
      emailAddress: { name: one.name, address: one.address },
    })),
    organizer: { emailAddress: { name: organiser, address: event.mailbox } },
  };
}
