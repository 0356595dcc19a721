// Calendars of the local Graph: events made once, who hears of what, times in zones, links to join.
import { codeOf, objectOf, startGraph, valuesOf, type Answer, type Body, type GraphUnderTest } from './localGraph';

let graph: GraphUnderTest;
const board = 'send.board@hertland.example';
beforeAll(async () => {
  graph = await startGraph({ mailboxesWithoutTeams: ['plain@hertland.example'] });
});
afterAll(() => graph.local.close());

const meeting = {
  subject: 'Board meeting',
  body: { contentType: 'text', content: 'The papers follow.' },
  start: { dateTime: '2025-07-14T10:00:00', timeZone: 'Europe/London' },
  end: { dateTime: '2025-07-14T12:00:00', timeZone: 'GMT Standard Time' },
  location: { displayName: 'County Hall' },
  attendees: [
    { emailAddress: { address: 'freya.langmoor@hertland.example' }, type: 'required' },
    { emailAddress: { address: 'casey@dfe.example', name: 'Casey' }, type: 'optional' },
  ],
};
const make = (body: Body = {}, mailbox = board): Promise<Answer> =>
  graph.ask(`/users/${mailbox}/events`, { method: 'POST', body: { ...meeting, ...body }, shape: 'event' });
const pathOf = ({ body }: Answer, mailbox = board): string => `/users/${mailbox}/events/${String(body['id'])}`;
/** Kind and recipients of every mail that `work` sends. */
async function heard(work: () => Promise<unknown>): Promise<readonly (readonly unknown[])[]> {
  const read = async (): Promise<readonly Body[]> =>
    valuesOf(objectOf(await (await fetch(`${graph.local.url}/_local/outbox`)).json()));
  const before = (await read()).length;
  await work();
  return (await read()).slice(before).map((one) => [one['kind'], one['to']]);
}
const both = ['freya.langmoor@hertland.example', 'casey@dfe.example'];

test('an event is made, its times in UTC or the zone preferred, and its attendees invited', async () => {
  const answers: Answer[] = [];
  expect(await heard(async () => answers.push(await make()))).toEqual([['invitation', both]]);
  const made = answers.find((one) => one.status === 201);
  expect(made?.body).toMatchObject({
    start: { dateTime: '2025-07-14T09:00:00.0000000', timeZone: 'UTC' },
    end: { dateTime: '2025-07-14T11:00:00.0000000', timeZone: 'UTC' },
    attendees: [{ emailAddress: { name: 'Freya Langmoor' } }, { emailAddress: { name: 'Casey' } }],
    organizer: { emailAddress: { address: board } },
    onlineMeeting: null,
  });
  const headers = { prefer: 'outlook.timezone="GMT Standard Time"' };
  const local = await graph.ask(`/users/${board}/events/${String(made?.body['id'])}`, { headers, shape: 'event' });
  expect(local.body['start']).toEqual({ dateTime: '2025-07-14T10:00:00.0000000', timeZone: 'GMT Standard Time' });
});

test('the same request under the same transaction makes one event and one invitation', async () => {
  const answers: Answer[] = [];
  const mails = await heard(async () => {
    for (let count = 0; count < 2; count += 1) answers.push(await make({ transactionId: 'B09-invitation' }));
  });
  expect(answers.map((one) => one.status)).toEqual([201, 201]);
  expect(new Set(answers.map((one) => one.body['id'])).size).toBe(1);
  expect(mails).toHaveLength(1);
});

test('another event under a used transaction is refused', async () => {
  await make({ transactionId: 'used' });
  const other = await make({ transactionId: 'used', subject: 'Another meeting' });
  expect([other.status, codeOf(other)]).toEqual([409, 'ErrorDuplicateTransactionId']);
  expect((await make({ transactionId: 'used' }, 'plain@hertland.example')).status).toBe(201);
});

test('a transaction cannot be changed later', async () => {
  const path = pathOf(await make({ transactionId: 'fixed' }));
  expect((await graph.ask(path, { method: 'PATCH', body: { transactionId: 'other' } })).status).toBe(400);
});

test('a new time is told to all and leaves the rest as it was', async () => {
  const path = pathOf(await make());
  const later = { dateTime: '2025-07-14T13:00:00', timeZone: 'Europe/London' };
  const mails = await heard(async () => {
    const changed = await graph.ask(path, { method: 'PATCH', body: { end: later }, shape: 'event' });
    expect(changed.body).toMatchObject({ subject: 'Board meeting', location: { displayName: 'County Hall' } });
  });
  expect(mails).toEqual([['update', both]]);
});

test('a change of attendees is told to those who come and go', async () => {
  const path = pathOf(await make());
  const attendees = [meeting.attendees[0], { emailAddress: { address: 'rowan@nhs.example' } }];
  const mails = await heard(() => graph.ask(path, { method: 'PATCH', body: { attendees }, shape: 'event' }));
  expect(mails).toEqual([
    ['invitation', ['rowan@nhs.example']],
    ['cancellation', ['casey@dfe.example']],
  ]);
});

test('hidden attendees are written to one by one', async () => {
  const mails = await heard(() => make({ hideAttendees: true }));
  expect(mails).toEqual(both.map((one) => ['invitation', [one]]));
});

test('a deleted or cancelled event is gone, and its attendees know', async () => {
  const deleted = pathOf(await make());
  expect(await heard(() => graph.ask(deleted, { method: 'DELETE' }))).toEqual([['cancellation', both]]);
  expect((await graph.ask(deleted)).status).toBe(404);
  const cancelled = pathOf(await make());
  const ask = { method: 'POST', body: { Comment: 'Moved to August.' } };
  expect((await graph.ask(`${cancelled}/cancel`, ask)).status).toBe(202);
  expect((await graph.ask(cancelled)).status).toBe(404);
});

const online = { isOnlineMeeting: true, onlineMeetingProvider: 'teamsForBusiness' };
test('an online meeting has a link to join; a mailbox without Teams gets none, and no error', async () => {
  const made = await make(online);
  expect(made.body).toMatchObject({ isOnlineMeeting: true, onlineMeetingProvider: 'teamsForBusiness' });
  expect(String(objectOf(made.body['onlineMeeting'])['joinUrl'])).toMatch(/^https:\/\/teams\./);
  const plain = await make(online, 'plain@hertland.example');
  expect(plain.status).toBe(201);
  expect(plain.body).toMatchObject({ isOnlineMeeting: false, onlineMeetingProvider: 'unknown', onlineMeeting: null });
});

test('text that drops the link to join ends the online meeting; text that keeps it does not', async () => {
  const made = await make(online);
  const text = String(objectOf(made.body['body'])['content']);
  const patch = (content: string): Promise<Answer> =>
    graph.ask(pathOf(made), { method: 'PATCH', body: { body: { contentType: 'text', content } }, shape: 'event' });
  expect((await patch(`Changed. ${text}`)).body).toMatchObject({ isOnlineMeeting: true });
  expect((await patch('Changed.')).body).toMatchObject({ isOnlineMeeting: false, onlineMeeting: null });
});

test.each([
  ['a zone that is not known', { start: { dateTime: '2025-07-14T10:00:00', timeZone: 'Mars' } }, 400],
  ['a time that is none', { start: { dateTime: 'tomorrow', timeZone: 'UTC' } }, 400],
  ['an end before its start', { end: { dateTime: '2025-07-14T08:00:00', timeZone: 'UTC' } }, 400],
  ['an attendee without an address', { attendees: [{ emailAddress: { name: 'Casey' } }] }, 400],
  ['an unknown property', { colour: 'red' }, 400],
])('an event with %s is refused and nobody hears of it', async (_, body, status) => {
  expect(await heard(async () => expect((await make(body)).status).toBe(status))).toEqual([]);
});

test('a mailbox outside the tenant has no calendar and sends no mail', async () => {
  const answer = await make({}, 'casey@dfe.example');
  expect([answer.status, codeOf(answer)]).toEqual([404, 'ErrorInvalidUser']);
});

test('a calendar is read page by page', async () => {
  const mailbox = 'pages@hertland.example';
  for (const subject of ['One', 'Two', 'Three']) await make({ subject }, mailbox);
  const events = await graph.all(`/users/${mailbox}/events?$top=2&$select=subject`, 'event[]');
  expect(events.map((one) => one['subject'])).toEqual(['One', 'Two', 'Three']);
});

const ours = 'String {3f6f4e0c-2d2a-4c3b-9a55-6d0b1c6f7a10} Name Key';
const findBy = (value: string, id = ours): Promise<Answer> => {
  const filter = `singleValueExtendedProperties/Any(ep: ep/id eq '${id}' and ep/value eq '${value}')`;
  return graph.ask(`/users/${board}/events?$filter=${encodeURIComponent(filter)}&$select=subject`, {
    shape: 'event[]',
  });
};

test('an event is found again by a value that its program gave it, and by no other', async () => {
  const made = await make({ singleValueExtendedProperties: [{ id: ours, value: "Northam's board/B10" }] });
  expect(made.status).toBe(201);
  expect(valuesOf((await findBy("Northam''s board/B10")).body).map((one) => one['id'])).toEqual([made.body['id']]);
  expect(valuesOf((await findBy('B1')).body)).toEqual([]);
  const other = 'String {3f6f4e0c-2d2a-4c3b-9a55-6d0b1c6f7a10} Name Other';
  expect(valuesOf((await findBy("Northam''s board/B10", other)).body)).toEqual([]);
});

test('another filter of events is refused, not passed over', async () => {
  const asked = await graph.ask(`/users/${board}/events?$filter=${encodeURIComponent("transactionId eq 'B09'")}`);
  expect([asked.status, codeOf(asked)]).toEqual([400, 'invalidRequest']);
});

const answer = async (event: unknown, address: string, response: string): Promise<number> =>
  (
    await fetch(`${graph.local.url}/_local/calendar/responses`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ event, address, response }),
    })
  ).status;
const statuses = async (made: Answer): Promise<readonly unknown[]> => {
  const { body } = await graph.ask(pathOf(made), { shape: 'event' });
  const attendees: readonly unknown[] = Array.isArray(body['attendees']) ? body['attendees'] : [];
  return attendees.map((one) => objectOf(objectOf(one)['status'])['response']);
};

test('what attendees answer is read back, kept when others come, and asked anew with a new time', async () => {
  const made = await make();
  expect(await statuses(made)).toEqual(['none', 'none']);
  expect(await answer(made.body['id'], 'CASEY@dfe.example', 'declined')).toBe(200);
  expect(await statuses(made)).toEqual(['none', 'declined']);
  const attendees = [...meeting.attendees, { emailAddress: { address: 'rowan@nhs.example' } }];
  await graph.ask(pathOf(made), { method: 'PATCH', body: { attendees }, shape: 'event' });
  expect(await statuses(made)).toEqual(['none', 'declined', 'none']);
  const end = { dateTime: '2025-07-14T12:30:00', timeZone: 'Europe/London' };
  await graph.ask(pathOf(made), { method: 'PATCH', body: { end }, shape: 'event' });
  expect(await statuses(made)).toEqual(['none', 'none', 'none']);
});

test.each([
  ['who was not invited', 'nobody@dfe.example', 'accepted', 404],
  ['in words that there are not', 'casey@dfe.example', 'perhaps', 400],
])('an answer %s is refused', async (_, address, response, status) => {
  expect(await answer((await make()).body['id'], address, response)).toBe(status);
});

test('an invitation to an address that takes no mail comes back as a report, page by page', async () => {
  const refuse = (why: string | null): Promise<Response> =>
    fetch(`${graph.local.url}/_local/mail/unreachable`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ address: 'Casey@dfe.example', why }),
    });
  const filter = "receivedDateTime ge 2000-01-01T00:00:00Z and startswith(subject,'Undeliverable')";
  const inbox = `/users/${board}/mailFolders/inbox/messages?$filter=${encodeURIComponent(filter)}&$orderby=receivedDateTime&$top=1`;
  expect(await graph.all(inbox, 'message[]')).toEqual([]);
  expect((await refuse('The mailbox was not found.')).status).toBe(200);
  await make({ subject: 'Comes back' });
  await make({ subject: 'Comes back too' });
  await refuse(null);
  await make({ subject: 'Arrives' });
  const reports = await graph.all(inbox, 'message[]');
  expect(reports.map((one) => one['subject'])).toEqual(['Undeliverable: Comes back', 'Undeliverable: Comes back too']);
  expect(JSON.stringify(reports[0]?.['body'])).toContain('casey@dfe.example');
  expect((await graph.ask(`/users/${board}/mailFolders/inbox/messages?$orderby=subject`)).status).toBe(400);
});

test('the console shows the meeting and the invitation', async () => {
  await make({ subject: 'Seen in the console' });
  const calendar = await (await fetch(`${graph.local.url}/calendar`)).text();
  expect(calendar).toMatch(/Seen in the console[\s\S]*Monday 14 July 2025, 10:00/);
  expect(calendar).toContain('aria-label="Casey: Declined"');
  expect(await (await fetch(`${graph.local.url}/mail`)).text()).toContain('Meeting invitation');
});
