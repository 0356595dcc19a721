// The stand-in for Teams that delivery is measured against: it must refuse what Teams refuses, and fail as it is told.
import { createMessenger } from '../../bot/teams/messenger';
import { createTeamsAdapter } from '../../bot/teams/adapter';
import type { SendOutcome } from '../../bot/services/ports';
import { startConnector, type Connector, type ConnectorOptions } from '../fixtures/connector/connector';
import type { Fault } from '../fixtures/connector/faults';
import { createLimits, mostWithin } from '../fixtures/connector/limits';
import { createMemoryLogger } from '../fixtures/memoryPorts';

let connector: Connector;
const open = async (options: ConnectorOptions = {}): Promise<Connector> => (connector = await startConnector(options));
afterEach(() => connector?.close());

const activity = (conversation: string, over: Readonly<Record<string, unknown>> = {}) => ({
  type: 'message',
  from: { id: '28:bot' },
  conversation: { id: conversation },
  summary: 'request P10',
  attachments: [{ contentType: 'application/vnd.microsoft.card.adaptive', content: {} }],
  ...over,
});

async function post(path: string, body: unknown, init: RequestInit = {}): Promise<Response> {
  return fetch(`${connector.serviceUrl}${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: typeof body === 'string' ? body : JSON.stringify(body),
    ...init,
  });
}

const send = async (conversation = 'a:P10'): Promise<Response> =>
  post(`v3/conversations/${encodeURIComponent(conversation)}/activities`, activity(conversation));

/** The bot's own messenger to one person; what it says became of the message. */
async function sendByBot(): Promise<SendOutcome> {
  const config = { mode: 'local', serviceHosts: [], playgroundPorts: [connector.port] } as const;
  const logger = createMemoryLogger();
  const adapter = createTeamsAdapter(config, logger);
  return createMessenger({ adapter, config, logger, now: () => new Date() }).send(
    {
      entraObjectId: 'x',
      reference: {
        channelId: 'msteams',
        serviceUrl: connector.serviceUrl,
        conversation: { id: 'a:P10', conversationType: 'personal', isGroup: false, name: '' },
        bot: { id: '28:bot', name: 'Board Assistant' },
        user: { id: '29:P10', name: 'Freya' },
      },
    },
    { card: { type: 'AdaptiveCard', version: '1.5', body: [] }, summary: 'request P10' },
  );
}

describe('the stand-in for Teams', () => {
  test('takes what the bot sends, and says what it was', async () => {
    await open();
    expect(await sendByBot()).toEqual({ kind: 'delivered', activityId: 'activity-1' });
    expect(connector.accepted).toMatchObject([
      { conversation: 'a:P10', summary: 'request P10', activityId: 'activity-1' },
    ]);
    expect(connector.malformed).toEqual([]);
  });

  test('begins a personal chat', async () => {
    await open();
    const answer = await post('v3/conversations', {
      bot: { id: '28:bot' },
      members: [{ id: '29:P10' }],
      tenantId: 't',
    });
    expect([answer.status, await answer.json()]).toEqual([201, { id: 'a:29:P10' }]);
    expect(connector.accepted).toEqual([]);
  });

  test.each<[string, number, () => Promise<Response>]>([
    ['an unknown address', 404, async () => post('v3/other', {})],
    ['another method', 405, async () => post('v3/conversations/a/activities', undefined, { method: 'PATCH' })],
    [
      'no JSON',
      415,
      async () => post('v3/conversations/a/activities', '{}', { headers: { 'content-type': 'text/plain' } }),
    ],
    ['broken JSON', 400, async () => post('v3/conversations/a/activities', '{')],
    [
      'an activity without a type',
      400,
      async () => post('v3/conversations/a/activities', activity('a', { type: undefined })),
    ],
    [
      'an activity that says nothing',
      400,
      async () => post('v3/conversations/a/activities', activity('a', { attachments: [] })),
    ],
    ['another conversation', 400, async () => post('v3/conversations/a/activities', activity('b'))],
    ['a reply to nothing', 400, async () => post('v3/conversations/a/activities', activity('a', { replyToId: '7' }))],
    ['too much', 413, async () => post('v3/conversations/a/activities', activity('a', { text: 'x'.repeat(52_000) }))],
    [
      'a chat of two',
      400,
      async () => post('v3/conversations', { bot: { id: 'b' }, members: [{ id: '1' }, { id: '2' }] }),
    ],
    ['a chat of no tenant', 400, async () => post('v3/conversations', { bot: { id: 'b' }, members: [{ id: '1' }] })],
    [
      'a token where none is asked for',
      401,
      async () =>
        post('v3/conversations/a/activities', activity('a'), {
          headers: { 'content-type': 'application/json', authorization: 'Bearer x' },
        }),
    ],
  ])('refuses %s', async (_what, status, ask) => {
    await open();
    expect((await ask()).status).toBe(status);
    expect(connector.accepted).toEqual([]);
    expect(connector.malformed).toHaveLength(1);
  });

  test('asks for its token', async () => {
    await open({ token: 'right' });
    const withToken = (token: string) =>
      post('v3/conversations/a/activities', activity('a'), {
        headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
      });
    expect([(await send()).status, (await withToken('wrong')).status, (await withToken('right')).status]).toEqual([
      401, 401, 201,
    ]);
  });

  test('knows only the chats there are', async () => {
    await open({ conversations: ['a:P11'] });
    expect([(await send()).status, (await send('a:P11')).status]).toEqual([404, 201]);
  });

  test('refuses the fifty-first request of a second', async () => {
    await open({ perSecond: 50 });
    const statuses = await Promise.all(Array.from({ length: 60 }, async (_, at) => send(`a:${at}`)));
    expect(statuses.filter((one) => one.status === 201)).toHaveLength(50);
    const refused = statuses.find((one) => one.status === 429);
    expect(refused?.headers.get('retry-after')).toBe('1');
    expect(connector.limited).toEqual({ tenant: 10, conversation: 0 });
    expect(connector.accepted).toHaveLength(50);
  });

  test('refuses the eighth message of a second to one conversation', async () => {
    await open({ perSecond: 50 });
    for (let message = 0; message < 7; message += 1) expect((await send()).status).toBe(201);
    expect((await send()).status).toBe(429);
    expect((await send('a:P11')).status).toBe(201);
    expect(connector.limited).toEqual({ tenant: 0, conversation: 1 });
  });

  test('tells of a message that came again before its Retry-After', async () => {
    await open();
    connector.fault = ({ attempt }) => (attempt === 1 ? { kind: 'status', status: 429, retryAfter: 30 } : undefined);
    await send();
    await send();
    await send('a:P11');
    expect(connector.early).toHaveLength(1);
  });

  test.each<[string, Fault, SendOutcome['kind'], number]>([
    ['a delay', { kind: 'delay', ms: 30 }, 'delivered', 1],
    ['a 429 with seconds', { kind: 'status', status: 429, retryAfter: 2 }, 'throttled', 0],
    ['a 429 with a date', { kind: 'status', status: 429, retryAfter: { dateInSeconds: 3 } }, 'throttled', 0],
    ['a 412', { kind: 'status', status: 412 }, 'failed', 0],
    ['a 500 before', { kind: 'status', status: 500 }, 'uncertain', 0],
    ['a 500 after', { kind: 'status', status: 500, afterCommit: true }, 'uncertain', 1],
    ['a 502 before', { kind: 'status', status: 502 }, 'uncertain', 0],
    ['a 502 after', { kind: 'status', status: 502, afterCommit: true }, 'uncertain', 1],
    ['a 503 before', { kind: 'status', status: 503 }, 'uncertain', 0],
    ['a 503 after', { kind: 'status', status: 503, afterCommit: true }, 'uncertain', 1],
    ['a 504 before', { kind: 'status', status: 504 }, 'uncertain', 0],
    ['a 504 after', { kind: 'status', status: 504, afterCommit: true }, 'uncertain', 1],
    ['a reset before', { kind: 'reset', when: 'beforeCommit' }, 'uncertain', 0],
    ['a reset after', { kind: 'reset', when: 'afterCommit' }, 'uncertain', 1],
    ['a reset in the answer', { kind: 'reset', when: 'midBody' }, 'uncertain', 1],
    ['a short stall', { kind: 'stall', ms: 50, commit: true }, 'delivered', 1],
    ['an answer cut short', { kind: 'truncate' }, 'uncertain', 1],
    ['a 413', { kind: 'status', status: 413 }, 'failed', 0],
    ['a 403, blocked', { kind: 'status', status: 403 }, 'blocked', 0],
    ['a 404', { kind: 'status', status: 404 }, 'notInstalled', 0],
  ])(
    'fails by %s once, and the bot neither repeats it unseen nor takes it for another thing',
    async (_name, fault, kind, taken) => {
      await open();
      connector.fault = () => fault;
      expect((await sendByBot()).kind).toBe(kind);
      expect(connector.arrivals).toHaveLength(1);
      expect(connector.accepted).toHaveLength(taken);
    },
  );
});

test('limits count a window that slides', () => {
  const limits = createLimits(2);
  const taken = [0, 400, 999, 1000, 1200, 1401].map((ms) => limits.take(`a:${ms}`, ms) === undefined);
  expect(taken).toEqual([true, true, false, true, false, true]);
});

test('a conversation may have sixty messages in half a minute', () => {
  const limits = createLimits(50);
  for (let message = 0; message < 60; message += 1) expect(limits.take('a', message * 450)).toBeUndefined();
  expect(limits.take('a', 27_000)).toEqual({ of: 'conversation', seconds: 3 });
  expect(limits.take('a', 30_001)).toBeUndefined();
});

test('the most within a window is found wherever it lies', () => {
  expect(mostWithin([], 1000)).toBe(0);
  expect(mostWithin([0, 500, 999, 1000, 1001, 5000], 1000)).toBe(4);
  expect(mostWithin([0, 1000, 2000], 1000)).toBe(1);
});
