// Public messages into the board's channel: once, at the channel's pace, listed where they did not arrive, and nobody's drafts.
import type { BoardSnapshot } from '../../bot/board/model';
import { meetingsToCome } from '../../bot/board/channelNews';
import { channelRef } from '../../bot/board/recipients';
import { createDeliver } from '../../bot/services/deliver';
import { deliverySteps } from '../../bot/services/deliveryLines';
import { realTime, type Pace } from '../../bot/services/pace';
import type { CycleStep, Messenger, NoticeStep, SendOutcome } from '../../bot/services/ports';
import { createResendMessage } from '../../bot/services/resendMessage';
import { createRunCycle } from '../../bot/services/runCycle';
import { createTeamsAdapter } from '../../bot/teams/adapter';
import { createMessenger } from '../../bot/teams/messenger';
import { startConnector, type Connector } from '../fixtures/connector/connector';
import { aDecision, aMeeting, aPerson, aQuietBoard } from '../fixtures/builders';
import {
  createMemoryChannels,
  createMemoryConversations,
  createMemoryLedger,
  createMemoryMessenger,
  createTestTime,
} from '../fixtures/memoryDelivery';
import { createFixedClock, createMemoryLogger, createMemoryRecords } from '../fixtures/memoryPorts';
import { atOnce, noPace } from '../fixtures/noPace';

const boardId = 'northam';
const channelId = '19:papers@thread.tacv2';
/** The day before M4, on which its digest goes out. */
const digestAt = '2025-06-24T09:00:00.000Z';
const chosen = { channelId, name: 'Board papers', byRef: 'P8', at: '2025-06-02T09:00:00.000Z' };
const idOf = (ref: string): string => `id-of-${ref}`;

function boardWithChannel(over: Partial<BoardSnapshot> = {}): BoardSnapshot {
  const quiet = aQuietBoard();
  const member = aPerson({
    ref: 'P5',
    name: 'Ira Colebrook',
    boardRole: 'member',
    entraObjectId: idOf('P5'),
    deputyRefs: [],
  });
  return { ...quiet, people: [...quiet.people, member], ...over };
}

const teamsReference = ({ serviceUrl }: Connector) => ({
  channelId: 'msteams',
  serviceUrl,
  conversation: { id: channelId, conversationType: 'channel', isGroup: true, name: 'Board papers' },
  bot: { id: '28:bot', name: 'Board Assistant' },
});

function botMessenger({ port }: Connector): Messenger {
  const config = { mode: 'local', serviceHosts: [], playgroundPorts: [port] } as const;
  const logger = createMemoryLogger();
  return createMessenger({ adapter: createTeamsAdapter(config, logger), config, logger, now: () => new Date() });
}

/** Runs as fast as the clock on the wall, from that moment on. */
function realTimeFrom(at: string): typeof realTime {
  const aheadMs = Date.parse(at) - realTime.nowMs();
  return { nowMs: () => realTime.nowMs() + aheadMs, wait: (ms) => realTime.wait(ms) };
}

async function setUp(
  options: {
    readonly snapshot?: BoardSnapshot;
    readonly at?: string;
    readonly answer?: (to: string, attempt: number) => SendOutcome | undefined;
    readonly isKept?: boolean;
    readonly isChosen?: boolean;
    /** The bot's own messenger to a connector, instead of one in memory. */
    readonly connector?: Connector;
  } = {},
) {
  const { at = digestAt, snapshot = boardWithChannel(), connector } = options;
  const time = connector ? realTimeFrom(at) : createTestTime(Date.parse(at));
  const clock = createFixedClock(at);
  const logger = createMemoryLogger();
  const ledger = createMemoryLedger(time);
  const records = createMemoryRecords({ [boardId]: snapshot });
  // What the channel knows is the meetings as they were when it was chosen.
  const value = { channel: chosen, meetings: meetingsToCome(aQuietBoard(), '2025-06-02') };
  const row = { key: `channel@${boardId}`, json: JSON.stringify(value) };
  const add = { kind: 'add', record: 'setting', operationKey: 'chosen', values: row } as const;
  if (options.isChosen !== false) await records.write({ boardId, operationId: 'chosen', writes: [add] });
  const messenger = createMemoryMessenger(time, options.answer);
  const channels = createMemoryChannels();
  const reference = connector ? teamsReference(connector) : { of: channelId };
  if (options.isKept !== false) await channels.keep(boardId, { ...chosen, reference });
  const told: string[] = [];
  const turns: string[] = [];
  const pace: Pace = {
    turn: async (conversation) => {
      turns.push(conversation);
      return atOnce;
    },
    slowDown: async () => void turns.push('slower'),
    getReady: () => undefined,
  };
  const deliver = createDeliver({
    ...{ records, ledger, clock, logger, pace, time },
    messenger: connector ? botMessenger(connector) : messenger,
    conversations: createMemoryConversations([idOf('P5')]),
    cards: ({ personRef, step }) => ({ card: { for: personRef }, summary: `${step} for ${personRef}` }),
    channel: {
      channels,
      cards: ({ step, boardId: of }) => ({ card: { public: true }, summary: `${step} of ${of}` }),
      tellSecretary: async (_board, _meeting, texts) => void told.push(...texts),
    },
  });
  const plan = async (step: CycleStep | NoticeStep): Promise<unknown> =>
    ledger.plan([{ boardId, meetingRef: 'M4', step, personRef: channelRef, subjectRefs: ['M4'] }], at);
  const line = async () => {
    const steps = deliverySteps(await ledger.entries(boardId, 'M4'), await records.snapshot(boardId), at);
    return steps.flatMap((one) => one.lines).find((one) => one.personRef === channelRef);
  };
  const runCycle = createRunCycle({ records, ledger, clock, logger });
  const resend = createResendMessage({ records, ledger, clock, logger, drain: async () => undefined });
  return { deliver, ledger, messenger, channels, told, turns, plan, line, runCycle, resend, records, time, logger };
}

test('the digest goes into the channel once, beside the members’, however often the cycle is looked at', async () => {
  const it = await setUp();
  await it.runCycle.remind(boardId);
  await it.runCycle.remind(boardId);
  await it.deliver.drain(boardId);
  await it.deliver.drain(boardId);
  const toChannel = it.messenger.attempts.filter((one) => one.to === channelId);
  expect(toChannel.map((one) => one.message)).toEqual([{ card: { public: true }, summary: `digest of ${boardId}` }]);
  expect(it.messenger.attempts.map((one) => one.to)).toContain(idOf('P5'));
  expect(it.turns).toContain(channelId);
  expect(await it.line()).toMatchObject({
    name: 'Channel Board papers',
    state: 'sent',
    words: 'Sent, Tuesday 24 June 2025, 10:00. In the channel Board papers.',
  });
});

test('the summary after a meeting goes there when something was decided', async () => {
  const decisions = [aDecision({ meetingRef: 'M4', ownerRef: 'P5' })];
  const meetings = [...aQuietBoard().meetings, aMeeting({ ref: 'M5', on: '2025-08-27' })];
  const it = await setUp({ snapshot: boardWithChannel({ decisions, meetings }), at: '2025-06-26T09:00:00.000Z' });
  await it.runCycle.remind(boardId);
  await it.deliver.drain(boardId);
  expect(it.messenger.attempts.map((one) => one.to).sort()).toEqual([channelId, idOf('P5')].sort());
});

test('a meeting that moved is told once, and known from then on', async () => {
  const quiet = aQuietBoard();
  const meetings = quiet.meetings.map((one) => (one.ref === 'M4' ? { ...one, on: '2025-07-02' } : one));
  const it = await setUp({ snapshot: boardWithChannel({ meetings }) });
  expect((await it.runCycle.remind(boardId)).told).toBe(1);
  expect((await it.runCycle.remind(boardId)).told).toBe(0);
  const kept = (await it.records.snapshot(boardId)).running?.channel;
  expect(kept?.channel).toEqual(chosen);
  expect(kept?.meetings.find((one) => one.ref === 'M4')?.on).toBe('2025-07-02');
  await it.deliver.drain(boardId);
  expect(it.messenger.attempts.map((one) => one.to)).toEqual([channelId]);
  expect((await it.line())?.step).toMatch(/^notice:meeting:2025-06-25T\d\d:\d\d>2025-07-02T/u);
});

test.each(['blocked', 'notInstalled'] as const)(
  'a channel the app was removed from (%s) is listed, told to the secretary, and not tried again',
  async (kind) => {
    const it = await setUp({ answer: () => ({ kind, detail: 'not shown' }) });
    await it.plan('digest');
    expect(await it.deliver.drain(boardId)).toMatchObject({ unreachable: 1, sent: 0 });
    await it.deliver.drain(boardId);
    expect(it.messenger.attempts).toHaveLength(1);
    expect(it.told).toEqual([
      expect.stringMatching(/^The channel Board papers was not reached: Teams no longer lets/u),
    ]);
    expect(await it.line()).toMatchObject({ state: 'failed', resend: 'plain', why: it.told[0] });
  },
);

test('a channel whose way is not known here is listed with what to do', async () => {
  const it = await setUp({ isKept: false });
  await it.plan('digest');
  expect(await it.deliver.drain(boardId)).toMatchObject({ unreachable: 1 });
  expect(it.messenger.attempts).toEqual([]);
  expect(it.told[0]).toContain('use this channel');
});

test('a 429 is waited for in full, then it goes out once', async () => {
  const it = await setUp({
    answer: (_to, attempt) => (attempt === 1 ? { kind: 'throttled', retryAfterSeconds: 3 } : undefined),
  });
  await it.plan('digest');
  expect(await it.deliver.drain(boardId)).toMatchObject({ sent: 1, waiting: 0 });
  const [first, second] = it.messenger.attempts;
  expect((second?.atMs ?? 0) - (first?.atMs ?? 0)).toBeGreaterThanOrEqual(3000);
  expect(it.turns).toContain('slower');
});

describe('over the protocol of Teams', () => {
  let connector: Connector;
  beforeEach(async () => {
    connector = await startConnector({ conversations: [channelId] });
  });
  afterEach(() => connector.close());

  test('the digest arrives in the channel once', async () => {
    const it = await setUp({ connector });
    await it.plan('digest');
    await it.deliver.drain(boardId);
    await it.deliver.drain(boardId);
    expect(connector.accepted).toMatchObject([{ conversation: channelId, summary: `digest of ${boardId}` }]);
    expect(connector.malformed).toEqual([]);
    expect(await it.line()).toMatchObject({ state: 'sent' });
  });

  test.each([403, 404])('a channel that answers %i is asked once, listed and told', async (status) => {
    connector.fault = () => ({ kind: 'status', status });
    const it = await setUp({ connector });
    await it.plan('digest');
    expect(await it.deliver.drain(boardId)).toMatchObject({ unreachable: 1, sent: 0 });
    await it.deliver.drain(boardId);
    expect(connector.arrivals).toHaveLength(1);
    expect(it.told).toEqual([
      expect.stringMatching(/^The channel Board papers was not reached: Teams no longer lets/u),
    ]);
    expect(await it.line()).toMatchObject({ state: 'failed', resend: 'plain', why: it.told[0] });
  });

  test('a channel that asks to wait gets it once, and not before', async () => {
    connector.fault = ({ attempt }) => (attempt === 1 ? { kind: 'status', status: 429, retryAfter: 1 } : undefined);
    const it = await setUp({ connector });
    await it.plan('digest');
    expect(await it.deliver.drain(boardId)).toMatchObject({ sent: 1, waiting: 0 });
    expect([connector.arrivals.length, connector.accepted.length, connector.early]).toEqual([2, 1, []]);
    expect(it.turns).toContain('slower');
  });

  test('an answer that is lost leaves it uncertain: it may stand there, and is not repeated', async () => {
    connector.fault = () => ({ kind: 'reset', when: 'afterCommit' });
    const it = await setUp({ connector });
    await it.plan('digest');
    await it.deliver.drain(boardId);
    await it.deliver.drain(boardId);
    expect([connector.arrivals.length, connector.accepted.length]).toEqual([1, 1]);
    expect(await it.line()).toMatchObject({ state: 'uncertain' });
  });
});

test('what may have arrived is uncertain, never repeated by itself, and sent again at the secretary’s word', async () => {
  const it = await setUp({
    answer: (_to, attempt) => (attempt === 1 ? { kind: 'uncertain', detail: 'Broke off.' } : undefined),
  });
  await it.plan('digest');
  await it.deliver.drain(boardId);
  await it.deliver.drain(boardId);
  expect(it.messenger.attempts).toHaveLength(1);
  const about = { boardId, meetingRef: 'M4', step: 'digest', personRef: channelRef, byRef: 'P8' };
  const asked = await it.resend.resend(about);
  expect(asked).toMatchObject({
    kind: 'confirm',
    words: expect.stringContaining('The digest to Channel Board papers'),
  });
  expect(await it.resend.resend({ ...about, mayArriveTwice: true })).toMatchObject({ kind: 'resent' });
  await it.deliver.drain(boardId);
  expect(await it.line()).toMatchObject({ state: 'sent', mayHaveArrivedTwice: true });
});

test('nothing goes to a channel that was given up, nor of a meeting changed again or begun', async () => {
  const none = await setUp({ isChosen: false });
  await none.plan('digest');
  expect(await none.deliver.drain(boardId)).toMatchObject({ cancelled: 1 });
  const moved = await setUp();
  await moved.plan('notice:meeting:2025-06-18T10:00>2025-06-20T10:00');
  expect(await moved.deliver.drain(boardId)).toMatchObject({ cancelled: 1 });
  const over = await setUp({ at: '2025-06-26T09:00:00.000Z' });
  await over.plan('digest');
  expect(await over.deliver.drain(boardId)).toMatchObject({ cancelled: 1 });
  for (const it of [none, moved, over]) expect(it.messenger.attempts).toEqual([]);
});

test('where no channels are kept at all, the message is listed and nothing breaks', async () => {
  const it = await setUp();
  await it.plan('digest');
  const bare = createDeliver({
    records: it.records,
    ledger: it.ledger,
    messenger: it.messenger,
    pace: noPace,
    conversations: createMemoryConversations([]),
    clock: createFixedClock(digestAt),
    logger: it.logger,
    time: it.time,
    cards: () => ({ card: {}, summary: '' }),
  });
  expect(await bare.drain(boardId)).toMatchObject({ unreachable: 1 });
});
