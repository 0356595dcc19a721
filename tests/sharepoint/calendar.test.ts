// The calendar of the service mailbox on the local Microsoft 365: one event whatever is lost, local times, answers, reports.
import { afterAll, afterEach, beforeAll, describe, expect, jest, test } from '@jest/globals';
import type { WantedEvent } from '../../bot/board/invitations';
import { NotFoundError, UpstreamError } from '../../bot/errors';
import { createInviteBoard } from '../../bot/services/inviteBoard';
import { createBoardRecords } from '../../bot/sharepoint/boardRecords';
import { createMeetingCalendar } from '../../bot/sharepoint/calendar';
import { localBoardId, localGraph, startLocalBoard, type LocalBoard } from '../fixtures/localBoard';
import { createMemoryLogger } from '../fixtures/memoryPorts';

// A whole tenant runs beneath; a busy machine is no failure.
jest.setTimeout(120_000);

const mailbox = 'send.board@hertland.example';
let board: LocalBoard;
beforeAll(async () => {
  board = await startLocalBoard();
});
afterAll(() => board.close());
afterEach(async () => {
  await fetch(`${board.local.url}/_local/faults`, { method: 'DELETE' });
});

const post = (path: string, body: object): Promise<Response> =>
  fetch(`${board.local.url}${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
/** The next creations of events go wrong. */
const failing = (times: number, fault: object): Promise<Response> =>
  post('/_local/faults', { match: { method: 'POST', pathIncludes: '/events' }, times, fault });
/** Waits pass at once. */
const quick = () =>
  localGraph(board.local.url, { timing: { now: () => 0, random: () => 0, wait: () => Promise.resolve() } });
const calendarOf = (of: string | undefined = mailbox, logger = createMemoryLogger()) =>
  createMeetingCalendar({ graph: quick(), mailbox: of, logger });
const wanted = (meetingRef: string, over: Partial<WantedEvent> = {}): WantedEvent => ({
  meetingRef,
  boardName: 'Hertland SEND Improvement Board',
  on: '2025-07-16',
  startsAtTime: '10:00',
  endsAtTime: '12:00',
  timeZone: 'Europe/London',
  place: 'County Hall',
  attendees: [
    { name: 'Casey Underbourne', address: 'casey.underbourne@dfe.example', attendance: 'required' },
    { name: 'Freya Langmoor', address: 'freya.langmoor@hertland.example', attendance: 'optional' },
  ],
  ...over,
});
async function eventsNamed(words: string): Promise<number> {
  const all = await quick().getAll(`users/${mailbox}/events?$select=subject&$top=50`);
  return all.filter((one) => JSON.stringify(one).includes(words)).length;
}
async function mailsNamed(words: string): Promise<readonly string[]> {
  const outbox: unknown = await (await fetch(`${board.local.url}/_local/outbox`)).json();
  const { value } = outbox as { readonly value: readonly { readonly subject: string; readonly kind?: string }[] };
  return value.filter((one) => one.subject.includes(words)).map((one) => one.kind ?? 'message');
}

test('an event is made, found again by its meeting, and by no other', async () => {
  const calendar = calendarOf();
  expect(await calendar.find(localBoardId, 'T1')).toBeUndefined();
  await calendar.create(localBoardId, wanted('T1'), 0);
  expect(await calendar.find(localBoardId, 'T1')).toMatchObject({
    startsAt: '2025-07-16T09:00:00.000Z',
    endsAt: '2025-07-16T11:00:00.000Z',
    place: 'County Hall',
    joinUrl: expect.stringContaining('https://teams.'),
    attendees: [
      { name: 'Casey Underbourne', address: 'casey.underbourne@dfe.example', response: 'none' },
      { name: 'Freya Langmoor', response: 'none' },
    ],
  });
  expect(await calendar.find('another-board', 'T1')).toBeUndefined();
  expect(await calendar.find(localBoardId, "T1'")).toBeUndefined();
});

test.each([
  ['in winter', '2025-02-26', '2025-02-26T10:00:00.000Z'],
  ['in summer', '2025-04-02', '2025-04-02T09:00:00.000Z'],
  ['in winter again', '2025-10-29', '2025-10-29T10:00:00.000Z'],
])('ten o’clock %s is ten in London', async (_, on, startsAt) => {
  const calendar = calendarOf();
  await calendar.create(localBoardId, wanted(`Z${on}`, { on }), 0);
  expect((await calendar.find(localBoardId, `Z${on}`))?.startsAt).toBe(startsAt);
});

describe('a creation', () => {
  test.each([
    ['accepted and answered 503', { kind: 'statusAfterCommit', status: 503 }],
    ['accepted, its answer cut off', { kind: 'reset', afterCommit: true }],
    ['refused with 503 before it was done', { kind: 'status', status: 503 }],
    ['cut off before it was done', { kind: 'reset' }],
    ['asked to wait', { kind: 'status', status: 429, retryAfter: 1 }],
    ['answered with half an answer', { kind: 'truncate', keepBytes: 20 }],
  ])('that is %s makes one event and one invitation', async (name, fault) => {
    const ref = `F-${name.replace(/\W/g, '')}`;
    expect((await failing(1, fault)).status).toBe(200);
    await calendarOf().create(localBoardId, wanted(ref), 0);
    expect(await eventsNamed(`meeting ${ref}`)).toBe(1);
    expect(await mailsNamed(`meeting ${ref}`)).toEqual(['invitation']);
  });

  test('whose answers stay lost is an error that says that it may have happened', async () => {
    await failing(2, { kind: 'reset' });
    const made = calendarOf().create(localBoardId, wanted('F-never'), 0);
    await expect(made).rejects.toMatchObject({ kind: 'upstream', mayHaveHappened: true });
  });

  test('of the same version with other words makes no second event; another version does', async () => {
    const calendar = calendarOf();
    await calendar.create(localBoardId, wanted('V1'), 0);
    await calendar.create(localBoardId, wanted('V1', { on: '2025-07-17' }), 0);
    expect(await eventsNamed('meeting V1')).toBe(1);
    await calendar.create(localBoardId, wanted('V1'), 1);
    expect(await eventsNamed('meeting V1')).toBe(2);
    const logger = createMemoryLogger();
    expect((await calendarOf(mailbox, logger).find(localBoardId, 'V1'))?.startsAt).toBe('2025-07-16T09:00:00.000Z');
    expect(logger.lines.map((one) => one.event)).toEqual(['calendar.severalEvents']);
  });

  test('that is refused is an error', async () => {
    const made = calendarOf().create(localBoardId, wanted('bad', { timeZone: 'Mars' }), 0);
    await expect(made).rejects.toThrow(UpstreamError);
  });
});

test('a change tells of the new time and place; one of people alone tells those who come and go', async () => {
  const calendar = calendarOf();
  await calendar.create(localBoardId, wanted('C1'), 0);
  const first = await calendar.find(localBoardId, 'C1');
  await calendar.change(first?.id ?? '', wanted('C1', { on: '2025-07-23', place: '' }), {
    moved: true,
    replaced: false,
  });
  const moved = await calendar.find(localBoardId, 'C1');
  expect(moved).toMatchObject({ startsAt: '2025-07-23T09:00:00.000Z', place: 'County Hall', joinUrl: first?.joinUrl });
  const attendees = [{ name: 'Remy Hadlowe', address: 'remy.hadlowe@dfe.example', attendance: 'required' as const }];
  await calendar.change(first?.id ?? '', wanted('C1', { attendees }), { moved: false, replaced: true });
  expect((await calendar.find(localBoardId, 'C1'))?.attendees.map((one) => one.name)).toEqual(['Remy Hadlowe']);
  expect(await mailsNamed('meeting C1')).toEqual(['invitation', 'update', 'invitation', 'cancellation']);
});

test('a cancelled event is gone; cancelled again it stays gone', async () => {
  const calendar = calendarOf();
  await calendar.create(localBoardId, wanted('K1'), 0);
  const { id = '' } = (await calendar.find(localBoardId, 'K1')) ?? {};
  await calendar.cancel(id, 'The meeting is cancelled.');
  expect(await calendar.find(localBoardId, 'K1')).toBeUndefined();
  await calendar.cancel(id, 'The meeting is cancelled.');
  expect(await mailsNamed('meeting K1')).toEqual(['invitation', 'cancellation']);
});

test('what an attendee answers is read back', async () => {
  const calendar = calendarOf();
  await calendar.create(localBoardId, wanted('R1'), 0);
  const { id } = (await calendar.find(localBoardId, 'R1')) ?? {};
  for (const [response, read] of [
    ['accepted', 'accepted'],
    ['tentativelyAccepted', 'tentative'],
    ['declined', 'declined'],
  ]) {
    await post('/_local/calendar/responses', { event: id, address: 'casey.underbourne@dfe.example', response });
    expect((await calendar.find(localBoardId, 'R1'))?.attendees.map((one) => one.response)).toEqual([read, 'none']);
  }
});

test('a report that an invitation did not arrive is read, of this meeting and of these addresses', async () => {
  const calendar = calendarOf();
  const casey = 'casey.underbourne@dfe.example';
  const others = ['underbourne@dfe.example', 'freya.langmoor@hertland.example'];
  await post('/_local/mail/unreachable', { address: casey, why: 'The mailbox was not found.' });
  await calendar.create(localBoardId, wanted('N1'), 0);
  await post('/_local/mail/unreachable', { address: casey, why: null });
  expect(await calendar.bounces(wanted('N1'), [...others, 'Casey.Underbourne@dfe.example'])).toEqual([
    {
      address: 'Casey.Underbourne@dfe.example',
      at: expect.stringMatching(/Z$/),
      why: expect.stringContaining('was not found'),
    },
  ]);
  expect(await calendar.bounces(wanted('N1'), others)).toEqual([]);
  expect(await calendar.bounces(wanted('N'), [casey])).toEqual([]);
});

test('where the inbox may not be read, arrival stays unknown; another failure is one', async () => {
  const match = { method: 'GET', pathIncludes: '/inbox/' };
  await post('/_local/faults', { match, times: 1, fault: { kind: 'status', status: 403 } });
  expect(await calendarOf().bounces(wanted('N1'), [])).toBeUndefined();
  await post('/_local/faults', { match, times: 9, fault: { kind: 'status', status: 500 } });
  await expect(calendarOf().bounces(wanted('N1'), [])).rejects.toThrow(UpstreamError);
});

test('without a mailbox, or with one that is not there, the error says so', async () => {
  const none = createMeetingCalendar({ graph: quick(), mailbox: undefined, logger: createMemoryLogger() });
  await expect(none.find(localBoardId, 'T1')).rejects.toThrow(NotFoundError);
  await expect(calendarOf('board@elsewhere.example').find(localBoardId, 'T1')).rejects.toThrow(NotFoundError);
});

describe('the whole use case', () => {
  const office = () =>
    createInviteBoard({
      records: board.records,
      calendar: calendarOf(),
      clock: { now: () => new Date('2025-01-06T10:00:00.000Z') },
      logger: createMemoryLogger(),
      hasMailbox: true,
    });
  const rows = async (ref: string) =>
    (await board.records.refresh(localBoardId)).invitations.filter((one) => one.meetingRef === ref);

  test('invites to B10, whatever answer is lost, with a row for each person in SharePoint', async () => {
    await failing(1, { kind: 'statusAfterCommit', status: 503 });
    const { view } = await office().send({ boardId: localBoardId, byRef: 'P15', meetingRef: 'B10' });
    expect(view).toMatchObject({
      gaps: [],
      summary: expect.stringMatching(/^18 of 18 people invited, 3 of 3 advisers/),
    });
    expect(await eventsNamed('meeting B10')).toBe(1);
    const made = await rows('B10');
    expect(made).toHaveLength(18);
    expect(made.find((one) => one.personRef === 'X03')).toMatchObject({
      sentTo: 'remy.hadlowe@dfe.example',
      meetingTime: '2025-02-26 10:00-12:00',
      delivery: 'unknown',
      route: 'calendar',
    });
    await office().send({ boardId: localBoardId, byRef: 'P15', meetingRef: 'B10' });
    expect(await rows('B10')).toHaveLength(18);
  });

  test('completes the rows that a crash left out, once', async () => {
    let left = 5;
    const inner = quick();
    const cut = createBoardRecords({
      graph: {
        ...inner,
        batch: (...sent) =>
          (left -= 1) >= 0 ? inner.batch(...sent) : Promise.reject(new TypeError('the process has ended')),
        post: (...sent) =>
          (left -= 1) >= 0 ? inner.post(...sent) : Promise.reject(new TypeError('the process has ended')),
      },
      boards: board.boards,
      clock: board.clock,
      logger: board.logger,
    });
    const crashing = createInviteBoard({
      records: cut,
      calendar: calendarOf(),
      clock: { now: () => new Date('2025-01-06T10:00:00.000Z') },
      logger: createMemoryLogger(),
      hasMailbox: true,
    });
    await expect(crashing.send({ boardId: localBoardId, byRef: 'P15', meetingRef: 'B11' })).rejects.toThrow('ended');
    const before = (await rows('B11')).length;
    expect(before).toBeLessThan(18);
    await office().keep(localBoardId);
    const after = await rows('B11');
    expect([after.length, new Set(after.map((one) => one.personRef)).size]).toEqual([18, 18]);
    expect(await eventsNamed('meeting B11')).toBe(1);
  });
});
