// Delivery: every planned message ends sent, failed with a reason, uncertain or waiting; none is sent twice.
import type { BoardSnapshot } from '../../bot/board/model';
import { createDeliver } from '../../bot/services/deliver';
import type { CardBuilder } from '../../bot/services/deliverRoutes';
import type { CycleStep, Ledger, NoticeStep, SendOutcome } from '../../bot/services/ports';
import { aPerson, aQuietBoard, anAction, anUpdate } from '../fixtures/builders';
import {
  createMemoryConversations,
  createMemoryLedger,
  createMemoryMessenger,
  createTestTime,
} from '../fixtures/memoryDelivery';
import { createFixedClock, createMemoryLogger, createMemoryRecords } from '../fixtures/memoryPorts';
import { atOnce, noPace } from '../fixtures/noPace';

const board = 'northam';
/** The reminder of M4 is due; its owners' deadline is 16 June. */
const at = '2025-06-11T09:00:00.000Z';
const zero = { sent: 0, failed: 0, uncertain: 0, unreachable: 0, cancelled: 0, waiting: 0 };
const idOf = (ref: string): string => `id-of-${ref}`;

/** Owners P20, P21, ... with one open action each, none answered. */
function boardOf(owners: number, over: Partial<BoardSnapshot> = {}): BoardSnapshot {
  const quiet = aQuietBoard();
  const people = Array.from({ length: owners }, (_, n) =>
    aPerson({ ref: `P${n + 20}`, name: `Owner ${n + 20}`, entraObjectId: idOf(`P${n + 20}`), deputyRefs: [] }),
  );
  const actions = people.map((one) => anAction({ ref: `A1.${one.ref}`, ownerRef: one.ref }));
  return { ...quiet, people: [...quiet.people, ...people], actions, updates: [], ...over };
}

interface Setting {
  readonly snapshot?: BoardSnapshot;
  readonly answer?: (to: string, attempt: number) => SendOutcome | undefined;
  readonly cards?: CardBuilder;
  readonly conversations?: readonly string[];
}

async function setUp(owners: number, setting: Setting = {}) {
  const snapshot = setting.snapshot ?? boardOf(owners);
  const time = createTestTime(Date.parse(at));
  const ledger = createMemoryLedger(time);
  const messenger = createMemoryMessenger(time, setting.answer);
  const logger = createMemoryLogger();
  const clock = createFixedClock(at);
  const people = Array.from({ length: owners }, (_, n) => `P${n + 20}`);
  const conversations = createMemoryConversations(setting.conversations ?? people.map(idOf));
  const cards: CardBuilder = ({ personRef, step }) => ({ card: { for: personRef, step }, summary: `for ${personRef}` });
  const deliver = createDeliver({
    records: createMemoryRecords({ [board]: snapshot }),
    ledger,
    messenger,
    conversations,
    clock,
    logger,
    cards: setting.cards ?? cards,
    pace: noPace,
    time,
  });
  const plan = async (refs: readonly string[], step: CycleStep | NoticeStep = 'reminder'): Promise<unknown> =>
    ledger.plan(
      refs.map((ref) => ({ boardId: board, meetingRef: 'M4', step, personRef: ref, subjectRefs: [`A1.${ref}`] })),
      at,
    );
  await plan(people);
  const states = async (): Promise<Record<string, string>> =>
    Object.fromEntries((await ledger.entries(board, 'M4')).map((one) => [one.personRef, one.state]));
  const details = async (): Promise<readonly (string | undefined)[]> =>
    (await ledger.entries(board, 'M4')).map((one) => one.detail);
  return { deliver, ledger, messenger, logger, time, plan, states, details, conversations, clock };
}

describe('delivery', () => {
  test('sends each message once, and records when and what the channel called it', async () => {
    const { deliver, ledger, messenger } = await setUp(30);
    expect(await deliver.drain(board)).toEqual({ ...zero, sent: 30 });
    expect(await deliver.drain(board)).toEqual(zero);
    expect(new Set(messenger.attempts.map((one) => one.to)).size).toBe(30);
    expect(messenger.attempts).toHaveLength(30);
    expect(messenger.attempts[0]?.message).toEqual({ card: { for: 'P20', step: 'reminder' }, summary: 'for P20' });
    const [entry] = await ledger.entries(board, 'M4');
    expect(entry).toMatchObject({ state: 'sent', route: 'chat', activityId: 'activity-1', sentAt: at, attempts: 1 });
  });

  test('sends each message once when two drains run at the same time', async () => {
    const { deliver, messenger } = await setUp(30);
    const drained = await Promise.all([deliver.drain(board), deliver.drain(board)]);
    expect(drained.map((one) => one.sent).reduce((a, b) => a + b)).toBe(30);
    expect(messenger.attempts).toHaveLength(30);
  });

  test('notes that a message is being sent before it leaves', async () => {
    let stateAtSend: string | undefined;
    const time = createTestTime();
    const set = await setUp(1);
    const deliver = createDeliver({
      records: createMemoryRecords({ [board]: boardOf(1) }),
      ledger: set.ledger,
      messenger: {
        send: async () => {
          stateAtSend = (await set.states())['P20'];
          return { kind: 'delivered', activityId: 'a' };
        },
      },
      conversations: set.conversations,
      clock: createFixedClock(at),
      logger: set.logger,
      cards: () => ({ card: {}, summary: '' }),
      time,
    });
    await deliver.drain(board);
    expect(stateAtSend).toBe('sending');
  });

  test.each<[string, SendOutcome, Partial<typeof zero>, string, string]>([
    ['blocked', { kind: 'blocked', detail: 'Blocked.' }, { unreachable: 1 }, 'failed', 'Blocked.'],
    ['not installed', { kind: 'notInstalled', detail: 'Gone.' }, { unreachable: 1 }, 'failed', 'Gone.'],
    ['uncertain', { kind: 'uncertain', detail: 'Broke.' }, { uncertain: 1 }, 'uncertain', 'Broke.'],
    ['refused for good', { kind: 'failed', detail: 'No.', mayRetry: false }, { failed: 1 }, 'failed', 'No.'],
  ])('records a message that is %s, and does not try it again', async (_, outcome, counts, state, detail) => {
    const { deliver, messenger, states, details } = await setUp(1, { answer: () => outcome });
    expect(await deliver.drain(board)).toEqual({ ...zero, ...counts });
    expect(await deliver.drain(board)).toEqual(zero);
    expect(await states()).toEqual({ P20: state });
    expect(await details()).toEqual([detail]);
    expect(messenger.attempts).toHaveLength(1);
  });

  test('waits as long as it was asked to, in full, before it tries again', async () => {
    const { deliver, messenger } = await setUp(1, {
      answer: (_, attempt) => (attempt === 1 ? { kind: 'throttled', retryAfterSeconds: 7 } : undefined),
    });
    expect(await deliver.drain(board)).toEqual({ ...zero, sent: 1 });
    const [first, second] = messenger.attempts.map((one) => one.atMs);
    expect((second ?? 0) - (first ?? 0)).toBeGreaterThanOrEqual(7000);
  });

  test('leaves what has to wait long for a later drain', async () => {
    const { deliver, messenger, states, time } = await setUp(2, {
      answer: (to, attempt) =>
        to === idOf('P20') && attempt === 1 ? { kind: 'throttled', retryAfterSeconds: 600 } : undefined,
    });
    expect(await deliver.drain(board)).toEqual({ ...zero, sent: 1, waiting: 1 });
    expect(await deliver.drain(board)).toEqual(zero);
    expect(await states()).toEqual({ P20: 'planned', P21: 'sent' });
    await time.wait(600_000);
    expect(await deliver.drain(board)).toEqual({ ...zero, sent: 1 });
    expect(messenger.attempts).toHaveLength(3);
  });

  test('gives up after five attempts that definitely failed, and says so', async () => {
    const { deliver, messenger, details, time } = await setUp(1, {
      answer: () => ({ kind: 'failed', detail: 'Teams could not be reached.', mayRetry: true }),
    });
    await deliver.drain(board);
    await time.wait(60_000);
    await deliver.drain(board);
    expect(messenger.attempts).toHaveLength(5);
    expect(await details()).toEqual(['Teams could not be reached. Tried 5 times.']);
  });

  test('slows down when the channel asks it to', async () => {
    let slowed = 0;
    const set = await setUp(1);
    const deliver = createDeliver({
      records: createMemoryRecords({ [board]: boardOf(1) }),
      ledger: set.ledger,
      messenger: { send: async () => ({ kind: 'throttled', retryAfterSeconds: 60 }) },
      conversations: set.conversations,
      clock: createFixedClock(at),
      logger: set.logger,
      cards: () => ({ card: {}, summary: '' }),
      pace: { ...noPace, slowDown: async () => void (slowed += 1) },
      time: set.time,
    });
    await deliver.drain(board);
    expect(slowed).toBe(1);
  });

  test('says who cannot be reached and why', async () => {
    const snapshot = boardOf(3);
    const people = snapshot.people.map((one) => {
      if (one.ref === 'P20') return { ...one, external: true };
      if (one.ref !== 'P21') return one;
      const { entraObjectId, ...rest } = one;
      return rest;
    });
    const { deliver, messenger, details } = await setUp(3, { snapshot: { ...snapshot, people }, conversations: [] });
    expect(await deliver.drain(board)).toEqual({ ...zero, unreachable: 3 });
    expect(messenger.attempts).toEqual([]);
    expect(await details()).toEqual([
      'Outside the council, so Teams does not reach them; sending by e-mail is not set up. Please ask them yourself.',
      'Their Microsoft 365 account is not known here, so Teams does not reach them. Please ask them yourself.',
      'Has not opened a chat with Board Assistant, so there is nowhere to send it. Please ask them to.',
    ]);
  });

  test('sends no reminder to a person who answered since it was planned', async () => {
    const snapshot = boardOf(2, {
      updates: [anUpdate({ subjectRef: 'A1.P20', byRef: 'P20', at: '2025-06-11T08:30:00.000Z' })],
    });
    const { deliver, messenger, states } = await setUp(2, { snapshot });
    expect(await deliver.drain(board)).toEqual({ ...zero, sent: 1, cancelled: 1 });
    expect(await states()).toEqual({ P20: 'cancelled', P21: 'sent' });
    expect(messenger.attempts.map((one) => one.to)).toEqual([idOf('P21')]);
  });

  test('sends nothing about an item that was handed over since, nor to a person who left', async () => {
    const snapshot = boardOf(2);
    const actions = snapshot.actions.map((one) => ({ ...one, ownerRef: 'P1' }));
    const people = snapshot.people.filter((one) => one.ref !== 'P21');
    const { deliver, details } = await setUp(2, { snapshot: { ...snapshot, actions, people } });
    expect(await deliver.drain(board)).toEqual({ ...zero, cancelled: 1, failed: 1 });
    expect(await details()).toEqual([
      'Nothing was left to ask when their turn came.',
      'No longer among the people of the board.',
    ]);
  });

  test('sends a briefing without looking for items', async () => {
    const { deliver, plan, ledger } = await setUp(0, { conversations: ['00000000-0000-4000-8000-000000000001'] });
    await plan(['P9'], 'briefing');
    expect(await deliver.drain(board)).toEqual({ ...zero, sent: 1 });
    expect(await ledger.entries(board, 'M4')).toMatchObject([{ personRef: 'P9', step: 'briefing', state: 'sent' }]);
  });

  test('holds up nobody when one card cannot be made, and logs why', async () => {
    const cards: CardBuilder = ({ personRef }) => {
      if (personRef === 'P20') throw new TypeError('fault in a card');
      return { card: {}, summary: '' };
    };
    const { deliver, details, logger } = await setUp(3, { cards });
    expect(await deliver.drain(board)).toEqual({ ...zero, sent: 2, failed: 1 });
    expect((await details())[0]).toBe('The message could not be made.');
    expect(logger.lines).toContainEqual(
      expect.objectContaining({
        level: 'error',
        event: 'delivery.cardFailed',
        facts: { boardId: board, personRef: 'P20' },
      }),
    );
  });

  test('lists what an earlier process left half sent as uncertain, and sends the rest', async () => {
    const { deliver, ledger, messenger, states } = await setUp(3);
    const claimed = await ledger.claim(board, 'earlier', 2, 30);
    const first = claimed[0];
    if (first === undefined) throw new Error('nothing claimed');
    await ledger.sending(first, first.fence);
    ledger.expire(board);
    expect(await deliver.drain(board)).toEqual({ ...zero, sent: 2, uncertain: 1 });
    expect(await states()).toEqual({ P20: 'uncertain', P21: 'sent', P22: 'sent' });
    expect(messenger.attempts).toHaveLength(2);
  });

  test('does not send when its claim was lost while it waited for its turn', async () => {
    const set = await setUp(1);
    const deliver = createDeliver({
      records: createMemoryRecords({ [board]: boardOf(1) }),
      ledger: set.ledger,
      messenger: set.messenger,
      conversations: set.conversations,
      clock: createFixedClock(at),
      logger: set.logger,
      cards: () => ({ card: {}, summary: '' }),
      pace: {
        turn: async () => {
          set.ledger.expire(board);
          await set.ledger.claim(board, 'another', 1, 30);
          return atOnce;
        },
        slowDown: async () => undefined,
        getReady: () => undefined,
      },
      time: set.time,
    });
    expect(await deliver.drain(board)).toEqual(zero);
    expect(set.messenger.attempts).toEqual([]);
  });

  test('stops and says so when the ledger does not answer', async () => {
    const set = await setUp(30);
    const broken: Ledger = {
      ...set.ledger,
      record: async () => {
        throw new TypeError('the database is gone');
      },
    };
    const deliver = createDeliver({
      records: createMemoryRecords({ [board]: boardOf(30) }),
      ledger: broken,
      messenger: set.messenger,
      conversations: set.conversations,
      clock: createFixedClock(at),
      logger: set.logger,
      cards: () => ({ card: {}, summary: '' }),
      pace: noPace,
      time: set.time,
    });
    await expect(deliver.drain(board)).rejects.toThrow('the database is gone');
    set.ledger.expire(board);
    const after = await set.deliver.drain(board);
    expect(after.uncertain).toBe(set.messenger.attempts.length - after.sent);
    expect(after.uncertain + after.sent).toBe(30);
    expect(new Set(set.messenger.attempts.map((one) => one.to)).size).toBe(30);
    expect(set.messenger.attempts).toHaveLength(30);
  });
});

describe('a message whose turn came late', () => {
  const pause = { byRef: 'P2', at, why: 'Between two secretaries' };

  test('waits while sending is paused, and is counted as nothing', async () => {
    const running = { sending: { key: `sending@${board}`, pause }, planned: [] };
    const { deliver, messenger, states } = await setUp(2, { snapshot: boardOf(2, { running }) });
    expect((await deliver.drain(board)).held).toContain('Why: Between two secretaries');
    expect(messenger.attempts).toEqual([]);
    expect(await states()).toEqual({ P20: 'planned', P21: 'planned' });
  });

  test('is not sent when a later step is due, or the meeting it prepares for has begun', async () => {
    const { deliver, messenger, plan, states } = await setUp(1);
    await plan(['P20'], 'request');
    expect(await deliver.drain(board)).toMatchObject({ sent: 1, cancelled: 1 });
    expect(messenger.attempts).toHaveLength(1);
    expect(await states()).toEqual({ P20: 'cancelled' });
  });

  test('a reminder at the secretary’s wish goes out on its day alone, and not to who has answered', async () => {
    const { deliver, plan, clock, details } = await setUp(2);
    await deliver.drain(board);
    clock.set('2025-06-12T09:00:00.000Z');
    for (const day of ['11', '12']) await plan(['P20'], `notice:nudge:2025-06-${day}`);
    expect(await deliver.drain(board)).toMatchObject({ sent: 1, cancelled: 1 });
    expect(await details()).toContain('It was meant for another day, so it was not sent.');
    const updates = [anUpdate({ subjectRef: 'A1.P20', byRef: 'P20', at: '2025-06-10T09:00:00.000Z' })];
    const second = await setUp(1, { snapshot: boardOf(1, { updates }) });
    await second.plan(['P20'], 'notice:nudge:2025-06-11');
    expect(await second.deliver.drain(board)).toEqual({ ...zero, cancelled: 2 });
  });

  test('is not sent to somebody who has left', async () => {
    const snapshot = boardOf(1);
    const people = snapshot.people.map((one) => (one.ref === 'P20' ? { ...one, leavesOn: '2025-06-10' } : one));
    const { deliver, details } = await setUp(1, { snapshot: { ...snapshot, people } });
    expect(await deliver.drain(board)).toMatchObject({ cancelled: 1, sent: 0 });
    expect(await details()).toEqual(['They have left the board, so it was not sent.']);
  });
});

describe('sending hours', () => {
  test.each([
    ['in the evening of a working day', '2025-06-11T17:00:00.000Z', 'Thursday 12 June 2025, 08:00'],
    ['before the hours begin', '2025-06-11T06:59:59.000Z', 'Wednesday 11 June 2025, 08:00'],
    ['at a weekend', '2025-06-14T10:00:00.000Z', 'Monday 16 June 2025, 08:00'],
    ['on a bank holiday', '2025-05-26T10:00:00.000Z', 'Tuesday 27 May 2025, 08:00'],
  ])('holds every message %s, notices too', async (_, now, until) => {
    const { deliver, plan, states, messenger, clock } = await setUp(1);
    await plan(['P20'], 'notice:hand-over:abc' as CycleStep);
    clock.set(now);
    const { held, ...counts } = await deliver.drain(board);
    expect(counts).toEqual(zero);
    expect(held).toContain(`the next may go out on ${until}`);
    expect(await states()).toEqual({ P20: 'planned' });
    expect(messenger.attempts).toEqual([]);
    clock.set(at);
    expect(await deliver.drain(board)).toEqual({ ...zero, sent: 2 });
  });

  test('puts back what the end of the day catches in the queue', async () => {
    const { deliver, states, clock } = await setUp(3, {
      answer: (to) => {
        if (to === idOf('P20')) clock.set('2025-06-11T17:00:00.000Z');
        return undefined;
      },
    });
    await deliver.drain(board);
    expect(Object.values(await states())).toContain('sent');
    expect((await deliver.drain(board)).held).toContain('Thursday 12 June 2025, 08:00');
  });

  test('a person whose body has quiet days gets nothing in them, and the others theirs', async () => {
    const snapshot = boardOf(2);
    const people = snapshot.people.map((one) => (one.ref === 'P20' ? { ...one, body: 'Northam Schools' } : one));
    const bodies = [
      {
        name: 'Northam Schools',
        volunteer: false,
        requiredAtBoard: false,
        quietDays: [{ fromOn: '2025-06-09', toOn: '2025-06-13' }],
      },
    ];
    const { deliver, states, plan, clock } = await setUp(2, { snapshot: { ...snapshot, people, bodies } });
    await plan(['P20'], 'arising');
    expect(await deliver.drain(board)).toEqual({ ...zero, sent: 1 });
    expect(await states()).toEqual({ P20: 'planned', P21: 'sent' });
    clock.set('2025-06-16T07:00:00.000Z');
    expect(await deliver.drain(board)).toMatchObject({ sent: 1, cancelled: 1 });
  });
});
