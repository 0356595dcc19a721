// Calendars of the local Graph: events are made once for a transaction, and attendees hear of them by mail.
// Longer than most: an event and the mail it sends are one act.
import { createHash, randomUUID } from 'node:crypto';
import { z } from 'zod';
import { graphInstant, inWords } from './clock';
import { eventSchema, graphEvent, withLink, type CalendarEvent } from './calendarEvents';
import { instantOf, preferredZone, timeSchema } from './eventTimes';
import { linkTo, type GraphCall, type GraphResponse, type Operation } from './graph';
import { GraphFailure, invalidRequest } from './graphError';
import { contextOf, pick } from './graphLists';
import type { Mailboxes } from './mailboxes';
import { readQuery, readSkiptoken, writeSkiptoken } from './odata';
import type { Mail } from './records';
import { openShelf } from './shelf';
import type { Tenant } from './tenant';

/** The documents write `Required` too. */
const attendeeType = z.preprocess(
  (type) => (typeof type === 'string' ? type.toLowerCase() : type),
  z.enum(['required', 'optional', 'resource']),
);
const address = z.object({ address: z.string().regex(/^[^@\s]+@[^@\s]+$/), name: z.string().optional() });
const changeable = {
  subject: z.string().max(255).optional(),
  body: z.strictObject({ contentType: z.string(), content: z.string() }).optional(),
  start: timeSchema.optional(),
  end: timeSchema.optional(),
  location: z.object({ displayName: z.string() }).loose().optional(),
  /** Several places are taken; the first by name is kept. */
  locations: z.array(z.object({ displayName: z.string() }).loose()).optional(),
  attendees: z
    .array(z.object({ emailAddress: address, type: attendeeType.optional() }).loose())
    .max(500)
    .optional(),
  hideAttendees: z.boolean().optional(),
  isAllDay: z.boolean().optional(),
  categories: z.array(z.string()).optional(),
  reminderMinutesBeforeStart: z.number().int().optional(),
  isOnlineMeeting: z.boolean().optional(),
  onlineMeetingProvider: z.string().optional(),
  allowNewTimeProposals: z.boolean().optional(),
  responseRequested: z.boolean().optional(),
  /** Source: Graph, singleValueLegacyExtendedProperty: `String {GUID} Name X`. */
  singleValueExtendedProperties: z
    .array(z.strictObject({ id: z.string().regex(/^String \{[0-9a-f-]{36}\} Name \S+$/i), value: z.string() }))
    .optional(),
};
const changeBody = z.strictObject(changeable);
const newBody = z.strictObject({
  ...changeable,
  subject: z.string().max(255),
  start: timeSchema,
  end: timeSchema,
  transactionId: z.string().min(1).max(256).optional(),
});
type EventChanges = z.infer<typeof changeBody>;

const defaultPage = 10;
/** The one filter that is honoured: a program finds its event by a value of its own. */
const byValue =
  /^singleValueExtendedProperties\/Any\((\w+): ?\1\/id eq '([^']+)' and \1\/value eq '((?:[^']|'')*)'\)$/i;

export type EventResponse = NonNullable<CalendarEvent['attendees'][number]['response']>;

export interface Calendar {
  readonly operations: readonly Operation[];
  events(): readonly CalendarEvent[];
  /** An attendee answers, as they would in their own Outlook; refuses who was not invited. */
  respond(eventId: string, address: string, response: EventResponse): Promise<CalendarEvent>;
}

export function createCalendar(tenant: Tenant, mailboxes: Mailboxes): Calendar {
  const shelf = openShelf(tenant.documents, 'event', eventSchema, (one) => one.id);

  function parse<T>(schema: z.ZodType<T>, call: GraphCall): T {
    const parsed = schema.safeParse(call.json());
    if (parsed.success) return parsed.data;
    throw invalidRequest(`The event is not understood: ${z.prettifyError(parsed.error).replaceAll('\n', ' ')}`);
  }

  function find(call: GraphCall): CalendarEvent {
    const mailbox = mailboxes.addressOf(call.param('user'));
    const found = shelf.get(call.param('event'));
    if (found?.mailbox !== mailbox)
      throw new GraphFailure(404, 'ErrorItemNotFound', 'The specified object was not found in the store.');
    return found;
  }

  function apply(before: CalendarEvent, given: EventChanges): CalendarEvent {
    const online = given.isOnlineMeeting ?? before.joinUrl !== undefined;
    const provided = given.onlineMeetingProvider ?? 'teamsForBusiness';
    // Without Teams the wish for an online meeting is passed over in silence, as Outlook does.
    const joins = online && provided === 'teamsForBusiness' && mailboxes.hasTeams(before.mailbox);
    const { joinUrl, ...rest } = before;
    const body = given.body && {
      contentType: given.body.contentType.toLowerCase() === 'html' ? ('html' as const) : ('text' as const),
      content: given.body.content,
    };
    const times = {
      startsAt: given.start ? instantOf(given.start) : before.startsAt,
      endsAt: given.end ? instantOf(given.end) : before.endsAt,
    };
    // A new time is asked anew: what people answered to the old one does not hold.
    const isMoved = times.startsAt !== before.startsAt || times.endsAt !== before.endsAt;
    const answered = isMoved
      ? before.attendees.map(({ address: at, name, type }) => ({ address: at, name, type }))
      : before.attendees;
    const after: CalendarEvent = {
      ...rest,
      ...times,
      subject: given.subject ?? before.subject,
      body: body ?? before.body,
      zones: { start: given.start?.timeZone ?? before.zones.start, end: given.end?.timeZone ?? before.zones.end },
      location: given.location?.displayName ?? given.locations?.[0]?.displayName ?? before.location,
      attendees:
        given.attendees?.map(({ emailAddress: one, type = 'required' }) => ({
          ...answered.find((other) => other.address.toLowerCase() === one.address.toLowerCase()),
          address: one.address,
          name: one.name ?? mailboxes.nameOf(one.address),
          type,
        })) ?? answered,
      hideAttendees: given.hideAttendees ?? before.hideAttendees,
      isAllDay: given.isAllDay ?? before.isAllDay,
      categories: given.categories ?? before.categories,
      reminderMinutes: given.reminderMinutesBeforeStart ?? before.reminderMinutes,
      modifiedAt: graphInstant(tenant.now()),
      ...(given.singleValueExtendedProperties ? { extended: given.singleValueExtendedProperties } : {}),
      version: before.version + 1,
      // Replacing the text of an online meeting without its link ends the online meeting.
      ...(joins && !(body && joinUrl !== undefined && !body.content.includes(joinUrl))
        ? { joinUrl: joinUrl ?? `https://teams.microsoft.example/l/meetup-join/${before.id}` }
        : {}),
    };
    if (after.endsAt < after.startsAt)
      throw new GraphFailure(400, 'ErrorPropertyValidationFailure', 'The event ends before it starts.');
    return after;
  }

  async function post(call: GraphCall): Promise<GraphResponse> {
    const mailbox = mailboxes.addressOf(call.param('user'));
    const { transactionId, ...given } = parse(newBody, call);
    const asked = createHash('sha256').update(JSON.stringify(given)).digest('hex');
    const at = graphInstant(tenant.now());
    const { event, isNew } = await shelf.change((kept) => {
      const known = kept.find((one) => one.mailbox === mailbox && one.transactionId === transactionId);
      if (known && transactionId !== undefined) {
        if (known.asked === asked) return { result: { event: known, isNew: false } };
        throw new GraphFailure(
          409,
          'ErrorDuplicateTransactionId',
          'The transactionId of this request has been used to create a different event.',
        );
      }
      const blank: CalendarEvent = {
        id: randomUUID(),
        mailbox,
        asked,
        subject: '',
        body: { contentType: 'text', content: '' },
        startsAt: '',
        endsAt: '',
        zones: { start: 'UTC', end: 'UTC' },
        location: '',
        attendees: [],
        hideAttendees: false,
        isAllDay: false,
        categories: [],
        reminderMinutes: 15,
        version: 0,
        createdAt: at,
        modifiedAt: at,
        ...(transactionId === undefined ? {} : { transactionId }),
      };
      const made = withLink(apply(blank, given));
      return { result: { event: made, isNew: true }, puts: [made] };
    });
    if (isNew) await tell('invitation', event, event.attendees);
    return { status: 201, body: { ...contextOf(call, 'events/$entity'), ...shown(call, event) } };
  }

  async function patch(call: GraphCall): Promise<GraphResponse> {
    const given = parse(changeBody, call);
    const { before, after } = await shelf.change(() => {
      const event = find(call);
      const changed = apply(event, given);
      return { result: { before: event, after: changed }, puts: [changed] };
    });
    // A change of attendees alone is told to those it concerns, any other change to all.
    const { attendees, ...others } = given;
    const isAmong = (list: CalendarEvent['attendees']) => (one: { readonly address: string }) =>
      list.some((other) => other.address.toLowerCase() === one.address.toLowerCase());
    const stayed = after.attendees.filter(isAmong(before.attendees));
    const came = after.attendees.filter((one) => !isAmong(before.attendees)(one));
    const left = before.attendees.filter((one) => !isAmong(after.attendees)(one));
    if (Object.values(others).some((one) => one !== undefined)) await tell('update', after, stayed);
    if (attendees) {
      await tell('invitation', after, came);
      await tell('cancellation', after, left);
    }
    return { status: 200, body: { ...contextOf(call, 'events/$entity'), ...shown(call, after) } };
  }

  async function remove(call: GraphCall, comment?: string): Promise<void> {
    const event = await shelf.change(() => {
      const found = find(call);
      return { result: found, removed: [found.id] };
    });
    await tell('cancellation', event, event.attendees, comment);
  }

  async function cancel(call: GraphCall): Promise<GraphResponse> {
    const given = parse(z.strictObject({ Comment: z.string().optional(), comment: z.string().optional() }), call);
    await remove(call, given.Comment ?? given.comment);
    return { status: 202 };
  }

  /** One mail to all, as Outlook sends it; with hidden attendees one to each. */
  async function tell(
    kind: NonNullable<Mail['kind']>,
    event: CalendarEvent,
    attendees: CalendarEvent['attendees'],
    comment?: string,
  ): Promise<void> {
    const to = attendees.map((one) => one.address);
    if (to.length === 0) return;
    const words = { invitation: '', update: 'Changed: ', cancellation: 'Cancelled: ', sharing: '' };
    const body = [
      ...(comment === undefined ? [] : [comment]),
      `${inWords(new Date(event.startsAt))} to ${inWords(new Date(event.endsAt))}`,
      ...(event.location === '' ? [] : [event.location]),
      ...(event.joinUrl === undefined ? [] : [`Join: ${event.joinUrl}`]),
      ...(event.body.content === '' ? [] : ['', event.body.content]),
    ].join('\n');
    const subject = `${words[kind]}${event.subject}`;
    for (const group of event.hideAttendees ? to.map((one) => [one]) : [to])
      await mailboxes.send({ kind, from: event.mailbox, to: group, subject, body });
  }

  function getEvents(call: GraphCall): GraphResponse {
    const mailbox = mailboxes.addressOf(call.param('user'));
    const query = readQuery(call.query, ['select', 'top', 'skiptoken', 'filter']);
    const holds = query.filter === undefined ? undefined : valueFilter(query.filter);
    const start = Number(query.skiptoken === undefined ? 0 : readSkiptoken(query.skiptoken).get('p_Row'));
    const own = shelf
      .all()
      .filter((one) => one.mailbox === mailbox && (holds?.(one) ?? true))
      .sort((a, b) => (a.createdAt < b.createdAt ? -1 : 1));
    const end = start + (query.top ?? defaultPage);
    const next =
      end < own.length
        ? { '@odata.nextLink': linkTo(call, { $skiptoken: writeSkiptoken({ p_Row: String(end) }) }) }
        : {};
    const value = own.slice(start, end).map((one) => pick(shown(call, one), withId(query.select)));
    return { status: 200, body: { ...contextOf(call, 'events'), ...next, value } };
  }

  function getEvent(call: GraphCall): GraphResponse {
    const query = readQuery(call.query, ['select']);
    const body = pick(shown(call, find(call)), withId(query.select));
    return { status: 200, body: { ...contextOf(call, 'events/$entity'), ...body } };
  }

  async function respond(eventId: string, address: string, response: EventResponse): Promise<CalendarEvent> {
    const at = graphInstant(tenant.now());
    const wanted = address.toLowerCase();
    return shelf.change((kept) => {
      const event = kept.find((one) => one.id === eventId);
      if (!event?.attendees.some((one) => one.address.toLowerCase() === wanted))
        throw new GraphFailure(404, 'ErrorItemNotFound', `${address} has no invitation to this event.`);
      const attendees = event.attendees.map((one) =>
        one.address.toLowerCase() === wanted ? { ...one, response, respondedAt: at } : one,
      );
      const answered = { ...event, attendees, modifiedAt: at, version: event.version + 1 };
      return { result: answered, puts: [answered] };
    });
  }

  function shown(call: GraphCall, event: CalendarEvent): Record<string, unknown> {
    const name = mailboxes.nameOf(event.mailbox);
    return graphEvent(event, name, preferredZone(call.header('prefer')));
  }

  const lists = ['users/:user/events', 'users/:user/calendar/events'];
  const operations = lists.flatMap((events): Operation[] => [
    { method: 'GET', pattern: events, units: 0, handle: getEvents },
    { method: 'POST', pattern: events, units: 0, handle: post },
    { method: 'GET', pattern: `${events}/:event`, units: 0, handle: getEvent },
    { method: 'PATCH', pattern: `${events}/:event`, units: 0, handle: patch },
    {
      method: 'DELETE',
      pattern: `${events}/:event`,
      units: 0,
      handle: async (call) => {
        await remove(call);
        return { status: 204 };
      },
    },
    { method: 'POST', pattern: `${events}/:event/cancel`, units: 0, handle: cancel },
  ]);
  return { operations, events: () => shelf.all(), respond };
}

function valueFilter(filter: string): (event: CalendarEvent) => boolean {
  const [, , id, value] = byValue.exec(filter) ?? [];
  if (id === undefined || value === undefined)
    throw invalidRequest(`The filter '${filter}' is not supported here for events.`);
  const wanted = value.replaceAll("''", "'");
  return ({ extended = [] }) =>
    extended.some((one) => one.id.toLowerCase() === id.toLowerCase() && one.value === wanted);
}

/** Outlook gives the id of an event whatever else is selected, and all its places with the first. */
function withId(select: readonly string[] | undefined): readonly string[] | undefined {
  return select && ['id', ...(select.includes('location') ? ['locations'] : []), ...select];
}
