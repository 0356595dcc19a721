// Invitations as the secretary has them: the first sending is theirs, the rest follows; nothing twice, whatever is lost on the way.
import type { BoardSnapshot, Invitation } from '../../bot/board/model';
import { NotAuthorisedError, NotFoundError, ThrottledError, UpstreamError } from '../../bot/errors';
import { createInviteBoard } from '../../bot/services/inviteBoard';
import { createMemoryCalendar } from '../fixtures/memoryCalendar';
import { createFixedClock, createMemoryLogger, createMemoryRecords } from '../fixtures/memoryPorts';
import { sampleSnapshot } from '../fixtures/samplePlan';

const boardId = 'send';
const secretary = { boardId, byRef: 'P15' };
const sample = sampleSnapshot();

function office(over: Partial<BoardSnapshot> = {}, hasMailbox = true) {
  const records = createMemoryRecords({ [boardId]: { ...sample, ...over } });
  const clock = createFixedClock('2025-01-06T09:00:00.000Z');
  const logger = createMemoryLogger();
  const calendar = createMemoryCalendar(clock);
  const start = () => createInviteBoard({ records, calendar, clock, logger, hasMailbox });
  return {
    ...{ records, clock, logger, calendar, start, invite: start() },
    rows: async (meetingRef: string, personRef?: string): Promise<readonly Invitation[]> =>
      (await records.refresh(boardId)).invitations.filter(
        (one) => one.meetingRef === meetingRef && (personRef === undefined || one.personRef === personRef),
      ),
  };
}
const everybody = 18;
const lost = new UpstreamError('Microsoft Graph', 'No answer.', { mayHaveHappened: true });

describe('the first sending', () => {
  test('waits for the secretary: it is told whom it reaches, and nothing is sent', async () => {
    const { invite, calendar, rows } = office();
    const view = await invite.view({ ...secretary, meetingRef: 'B10' });
    expect(view).toMatchObject({
      meetingRef: 'B10',
      title: 'B10, Wednesday 26 February 2025, 10:00 to 12:00',
      latestOn: '2025-01-29',
      summary: 'No invitation has been sent yet. The latest day is Wednesday 29 January 2025.',
      next: { title: 'Invite now' },
      gaps: [],
    });
    expect(view.people.slice(0, 3).map((one) => [one.personRef, one.state])).toEqual([
      ['X01', 'not-invited'],
      ['X02', 'not-invited'],
      ['X03', 'not-invited'],
    ]);
    expect(await invite.keep(boardId)).toBe(0);
    expect([calendar.calls, await rows('B10')]).toEqual([[], []]);
  });

  test('makes one event and a row for each person; asked again it does nothing', async () => {
    const { invite, calendar, rows } = office();
    const { words, view } = await invite.send({ ...secretary, meetingRef: 'B10' });
    expect(words).toEqual([
      expect.stringMatching(/ goes to 18 people: Casey Underbourne, Toni Averley, Remy Hadlowe, /),
    ]);
    expect(view).toMatchObject({
      summary: expect.stringContaining('3 of 3 advisers among them'),
      joinUrl: 'https://teams.example/B10',
    });
    expect(view.next).toBeUndefined();
    const made = await rows('B10');
    expect(made).toHaveLength(everybody);
    expect(made.find((one) => one.personRef === 'X03')).toMatchObject({
      sentOn: '2025-01-06',
      sentTo: 'remy.hadlowe@dfe.example',
      meetingTime: '2025-02-26 10:00-12:00',
      delivery: 'unknown',
      response: 'none',
      route: 'calendar',
    });
    expect((await invite.send({ ...secretary, meetingRef: 'B10' })).words).toEqual([]);
    expect([calendar.calls, (await rows('B10')).length]).toEqual([['create B10'], everybody]);
  });

  test('goes as soon as the meeting is entered where the policy says so', async () => {
    const { invite, calendar } = office({ policy: { ...sample.policy, secretarySendsFirstInvitations: false } });
    expect(await invite.keep(boardId)).toBe(3);
    expect(calendar.calls).toEqual(['create B09', 'create B10', 'create B11']);
    expect(await invite.keep(boardId)).toBe(0);
  });

  test('of the next meeting closes the gap of the adviser who had none', async () => {
    const { invite } = office();
    expect((await invite.view(secretary)).gaps).toEqual([expect.stringContaining('Remy Hadlowe, the DfE case lead')]);
    expect((await invite.send(secretary)).view.gaps).toEqual([]);
  });

  test.each([
    ['P01', 'send'],
    ['P10', 'view'],
    ['P10', 'send'],
    ['X01', 'view'],
    ['X01', 'send'],
  ] as const)('is refused to %s: %s', async (byRef, act) => {
    const { invite, calendar } = office();
    await expect(invite[act]({ boardId, byRef, meetingRef: 'B10' })).rejects.toThrow(NotAuthorisedError);
    expect(calendar.calls).toEqual([]);
  });

  test('is looked at by the chair too', async () => {
    await expect(office().invite.view({ boardId, byRef: 'P01' })).resolves.toMatchObject({ meetingRef: 'B09' });
  });

  test.each([
    ['a person who is not there', { boardId, byRef: 'P77' }],
    ['a meeting that is not there', { ...secretary, meetingRef: 'B77' }],
  ])('of %s is refused', async (_, request) => {
    await expect(office().invite.send(request)).rejects.toThrow(NotFoundError);
  });

  test('without a meeting to come there is none to send', async () => {
    await expect(office({ meetings: [] }).invite.view(secretary)).rejects.toThrow(NotFoundError);
  });

  test('is refused while sending is paused, and nothing follows by itself', async () => {
    const pause = { byRef: 'P15', at: '2025-01-06T08:00:00.000Z', why: 'A week of rest' };
    const { invite, calendar } = office({
      running: { sending: { key: 'sending@send', pause }, planned: [] },
    } as unknown as Partial<BoardSnapshot>);
    await expect(invite.send(secretary)).rejects.toThrow(/Sending is paused .* nothing was sent/);
    expect(await invite.keep(boardId)).toBe(0);
    expect(calendar.calls).toEqual([]);
  });

  test('is refused in words where the times of the meeting are wrong', async () => {
    const meetings = sample.meetings.map((one) => (one.ref === 'B10' ? { ...one, endsAtTime: '09:00' } : one));
    const { invite } = office({ meetings });
    await expect(invite.send({ ...secretary, meetingRef: 'B10' })).rejects.toThrow(
      /ends before it begins.*Nothing was sent/,
    );
  });
});

describe('what follows by itself', () => {
  async function invited() {
    const made = office();
    await made.invite.send({ ...secretary, meetingRef: 'B10' });
    return made;
  }

  test('a move is a new invitation for everybody; the old rows stay in the record', async () => {
    const { invite, records, rows, calendar, clock } = await invited();
    records.editInSharePoint(boardId, 'meeting', 'B10', { on: '2025-03-05' });
    clock.set('2025-01-07T09:00:00.000Z');
    await records.refresh(boardId);
    expect(await invite.keep(boardId)).toBe(1);
    expect(calendar.calls).toEqual(['create B10', 'change B10']);
    expect((await rows('B10', 'X01')).map((one) => [one.meetingTime, one.sentOn, one.withdrawnOn])).toEqual([
      ['2025-02-26 10:00-12:00', '2025-01-06', '2025-01-07'],
      ['2025-03-05 10:00-12:00', '2025-01-07', undefined],
    ]);
    expect(await rows('B10')).toHaveLength(2 * everybody);
  });

  test('an adviser who follows another is invited to the meetings to come, the one who left is taken off', async () => {
    const { invite, records, rows, calendar } = await invited();
    const last = sample.people.find((one) => one.ref === 'X01');
    records.editInSharePoint(boardId, 'person', 'X01', { leavesOn: '2025-01-31' });
    const { stamp: _none, ...copied } = { ...last, stamp: undefined };
    await records.write({
      boardId,
      operationId: 'new-adviser',
      writes: [
        {
          kind: 'add',
          record: 'person',
          operationKey: 'x04',
          values: { ...copied, ref: 'X04', name: 'Noel Farthing', email: 'noel.farthing@dfe.example' },
        },
      ],
    });
    expect(await invite.keep(boardId)).toBe(1);
    expect((await rows('B10', 'X01')).map((one) => one.withdrawnOn)).toEqual(['2025-01-06']);
    expect(await rows('B10', 'X04')).toMatchObject([{ sentTo: 'noel.farthing@dfe.example' }]);
    expect(calendar.event('B10')?.attendees.map((one) => one.address)).not.toContain(last?.email);
  });

  test('a cancelled meeting is cancelled, once', async () => {
    const { invite, records, rows, calendar } = await invited();
    records.editInSharePoint(boardId, 'meeting', 'B10', { state: 'cancelled' });
    await records.refresh(boardId);
    expect(await invite.keep(boardId)).toBe(1);
    expect(await invite.keep(boardId)).toBe(0);
    expect([calendar.calls, calendar.event('B10')]).toEqual([['create B10', 'cancel B10'], undefined]);
    expect((await rows('B10')).every((one) => one.withdrawnOn === '2025-01-06')).toBe(true);
    const view = await invite.view({ ...secretary, meetingRef: 'B10' });
    expect([view.summary, view.gaps, view.next]).toEqual(['The meeting is cancelled.', [], undefined]);
  });

  test('answers are read back once a day, at once for who looks, and one declined is a gap', async () => {
    const { invite, rows, calendar, clock } = await invited();
    expect(await invite.keep(boardId)).toBe(0);
    calendar.answer('B10', 'remy.hadlowe@dfe.example', 'declined');
    calendar.answer('B10', 'toni.averley@nhse.example', 'accepted');
    expect(await invite.keep(boardId)).toBe(0);
    expect(await rows('B10', 'X03')).toMatchObject([{ response: 'none' }]);
    const view = await invite.view({ ...secretary, meetingRef: 'B10' });
    expect(view.gaps).toEqual(['Remy Hadlowe, the DfE case lead, has declined B10, and no deputy is named.']);
    clock.set('2025-01-07T09:00:00.000Z');
    await invite.keep(boardId);
    expect(await rows('B10', 'X03')).toMatchObject([{ response: 'declined', delivery: 'delivered' }]);
    expect(await rows('B10', 'X02')).toMatchObject([{ response: 'accepted', delivery: 'delivered' }]);
    expect(await rows('B10', 'X01')).toMatchObject([{ response: 'none', delivery: 'unknown' }]);
  });

  test.each([
    ['a minute before sending hours', '2025-01-07T07:59:00.000Z', 0],
    ['as they begin', '2025-01-07T08:00:00.000Z', 1],
    ['their last minute', '2025-01-07T17:59:00.000Z', 1],
    ['as they end', '2025-01-07T18:00:00.000Z', 0],
    ['on a Saturday', '2025-01-11T10:00:00.000Z', 0],
  ])('%s', async (_, at, changed) => {
    const { invite, records, clock } = await invited();
    records.editInSharePoint(boardId, 'meeting', 'B10', { startsAtTime: '09:30' });
    await records.refresh(boardId);
    clock.set(at);
    expect(await invite.keep(boardId)).toBe(changed);
  });

  test('an event that was moved in the calendar itself waits for the secretary', async () => {
    const { invite, rows, calendar, clock } = await invited();
    calendar.edit('B10', (event) => ({
      ...event,
      startsAt: '2025-02-26T13:00:00.000Z',
      endsAt: '2025-02-26T15:00:00.000Z',
    }));
    clock.set('2025-01-07T09:00:00.000Z');
    expect(await invite.keep(boardId)).toBe(0);
    expect((await rows('B10')).every((one) => one.withdrawnOn === undefined)).toBe(true);
    expect((await invite.view({ ...secretary, meetingRef: 'B10' })).next?.words[0]).toMatch(
      /another time than the list/,
    );
    await invite.send({ ...secretary, meetingRef: 'B10' });
    expect(calendar.event('B10')?.startsAt).toBe('2025-02-26T10:00:00.000Z');
    expect(await rows('B10')).toHaveLength(everybody);
  });

  test('nothing is kept without a mailbox, and the secretary is told why', async () => {
    const { invite, calendar } = office({}, false);
    calendar.failNext('find', new NotFoundError('service mailbox', 'in the configuration'));
    expect((await invite.view(secretary)).problem).toMatch(/no service mailbox/);
    calendar.failNext('find', new NotFoundError('service mailbox', 'in the configuration'));
    await expect(invite.send(secretary)).rejects.toThrow(/no service mailbox/);
    expect(await invite.keep(boardId)).toBe(0);
  });

  test.each([
    [new NotAuthorisedError('403', 'notAllowed'), /Calendars\.ReadWrite/],
    [new ThrottledError('429', 60), /try again in a few minutes/],
  ])('a calendar that refuses leaves what the list says: %p', async (error, problem) => {
    const { invite, calendar } = office();
    calendar.failNext('find', error);
    const view = await invite.view(secretary);
    expect(view.problem).toMatch(problem);
    expect(view.people.find((one) => one.personRef === 'X01')?.words).toBe(
      'accepted, invited on Friday 6 December 2024',
    );
  });

  test('what is no failure of a service is not hidden', async () => {
    const { invite, calendar } = office();
    calendar.failNext('find', new TypeError('a mistake'));
    await expect(invite.view(secretary)).rejects.toThrow('a mistake');
  });

  test('after a failure it rests a quarter of an hour, and harms no other meeting', async () => {
    const { invite, calendar, records, clock, logger } = await invited();
    records.editInSharePoint(boardId, 'meeting', 'B10', { place: 'Town Hall' });
    await records.refresh(boardId);
    calendar.failNext('change', new ThrottledError('429', 60));
    expect(await invite.keep(boardId)).toBe(0);
    expect(logger.lines.filter((one) => one.event === 'invitations.notKept')).toHaveLength(1);
    clock.set('2025-01-06T09:14:59.000Z');
    expect(await invite.keep(boardId)).toBe(0);
    clock.set('2025-01-06T09:15:00.000Z');
    expect(await invite.keep(boardId)).toBe(1);
  });

  test('a board that cannot be read is logged, and throws nothing', async () => {
    const { invite, logger } = office();
    expect(await invite.keep('another')).toBe(0);
    expect(logger.lines.some((one) => one.event === 'invitations.notKept')).toBe(true);
  });
});

describe('what did not arrive', () => {
  test('is marked, chased, and sent again by the secretary alone; the failure stays in the record', async () => {
    const { invite, rows, calendar, clock } = office();
    await invite.send({ ...secretary, meetingRef: 'B10' });
    const address = 'remy.hadlowe@dfe.example';
    calendar.report({ address, at: '2025-01-06T10:00:00.000Z', why: 'The mailbox was not found.' });
    clock.set('2025-01-07T09:00:00.000Z');
    expect(await invite.keep(boardId)).toBe(0);
    expect(await rows('B10', 'X03')).toMatchObject([{ delivery: 'failed', error: 'The mailbox was not found.' }]);
    const before = await invite.view({ ...secretary, meetingRef: 'B10' });
    expect(before.next).toMatchObject({
      title: 'Send again',
      words: ['What did not arrive goes again to Remy Hadlowe.'],
    });
    expect(before.people[2]).toMatchObject({
      state: 'not-arrived',
      words: expect.stringContaining('The mailbox was not found.'),
    });
    const { view } = await invite.send({ ...secretary, meetingRef: 'B10' });
    expect(calendar.calls).toEqual(['create B10', 'change B10', 'change B10']);
    expect((await rows('B10', 'X03')).map((one) => [one.delivery, one.sentOn, one.withdrawnOn])).toEqual([
      ['failed', '2025-01-06', '2025-01-07'],
      ['unknown', '2025-01-07', undefined],
    ]);
    expect([view.next, view.gaps]).toEqual([undefined, []]);
  });
});

describe('whatever is lost on the way', () => {
  const calls = ['create', 'change', 'cancel'] as const;
  test.each(calls.flatMap((call) => (['before', 'after'] as const).map((when) => [call, when] as const)))(
    'the answer of a %s, %s it was done: done once, in the same sending',
    async (call, when) => {
      const { invite, calendar, records, rows } = office();
      if (call !== 'create') {
        await invite.send({ ...secretary, meetingRef: 'B10' });
        records.editInSharePoint(
          boardId,
          'meeting',
          'B10',
          call === 'change' ? { on: '2025-03-05' } : { state: 'cancelled' },
        );
      }
      calendar.failNext(call, lost, when);
      await invite.send({ ...secretary, meetingRef: 'B10' });
      expect(calendar.calls.filter((one) => one === `${call} B10`)).toHaveLength(1);
      const keys = (await rows('B10')).map((one) => `${one.personRef} ${one.meetingTime}`);
      expect(new Set(keys).size).toBe(keys.length);
      expect(keys).toHaveLength(call === 'change' ? 2 * everybody : everybody);
    },
  );

  test.each(['before', 'after'] as const)(
    'a crash %s the rows are written: the next start completes them',
    async (when) => {
      const { invite, start, calendar, records, rows } = office();
      records.failNextWrite(new TypeError('the process has ended'), when);
      await expect(invite.send({ ...secretary, meetingRef: 'B10' })).rejects.toThrow('ended');
      await start().keep(boardId);
      expect([calendar.calls, (await rows('B10')).length]).toEqual([['create B10'], everybody]);
    },
  );

  test('a crash between taking out and sending again: the next start completes it', async () => {
    const { invite, start, calendar, records, rows, clock } = office();
    await invite.send({ ...secretary, meetingRef: 'B10' });
    const address = 'remy.hadlowe@dfe.example';
    calendar.report({ address, at: '2025-01-06T10:00:00.000Z', why: 'Not found.' });
    clock.set('2025-01-07T09:00:00.000Z');
    await invite.keep(boardId);
    records.failNextWrite(new TypeError('the process has ended'), 'before');
    await expect(invite.send({ ...secretary, meetingRef: 'B10' })).rejects.toThrow('ended');
    expect(calendar.event('B10')?.attendees.some((one) => one.address === address)).toBe(false);
    expect(await start().keep(boardId)).toBe(1);
    expect((await rows('B10', 'X03')).map((one) => one.delivery)).toEqual(['failed', 'unknown']);
    expect(calendar.event('B10')?.attendees.some((one) => one.address === address)).toBe(true);
  });

  test('answers that stay lost end in an error, not in a circle', async () => {
    const { invite, calendar } = office();
    const failing = { ...calendar, create: () => Promise.reject(lost) };
    const stubborn = createInviteBoard({
      records: office().records,
      calendar: failing,
      clock: createFixedClock('2025-01-06T09:00:00.000Z'),
      logger: createMemoryLogger(),
      hasMailbox: true,
    });
    await expect(stubborn.send({ ...secretary, meetingRef: 'B10' })).rejects.toThrow('No answer');
    const moving = { ...calendar, create: () => Promise.resolve() };
    const circling = createInviteBoard({
      ...{ records: office().records, calendar: moving },
      clock: createFixedClock('2025-01-06T09:00:00.000Z'),
      logger: createMemoryLogger(),
      hasMailbox: true,
    });
    await expect(circling.send({ ...secretary, meetingRef: 'B10' })).rejects.toThrow(/did not come to rest/);
    expect(invite).toBeDefined();
  });

  test('two presses at once send once', async () => {
    const { invite, calendar, rows } = office();
    await Promise.all([1, 2, 3].map(() => invite.send({ ...secretary, meetingRef: 'B10' })));
    expect([calendar.calls, (await rows('B10')).length]).toEqual([['create B10'], everybody]);
  });

  test('two instances make one event and one row each', async () => {
    const { invite, start, calendar, rows } = office();
    await Promise.all([invite, start()].map((one) => one.send({ ...secretary, meetingRef: 'B10' })));
    expect(calendar.event('B10')?.attendees.length).toBeGreaterThan(10);
    const keys = (await rows('B10')).map((one) => one.personRef);
    expect([keys.length, new Set(keys).size]).toEqual([everybody, everybody]);
  });
});
