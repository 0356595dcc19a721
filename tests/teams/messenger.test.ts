import { createTeamsAdapter } from '../../bot/teams/adapter';
import { createMessenger } from '../../bot/teams/messenger';
import type { ConversationReference, Messenger, OutgoingCard } from '../../bot/services/ports';
import type { TeamsConfig } from '../../bot/teams/config';
import { createMemoryLogger } from '../fixtures/memoryPorts';
import { close, guarded, listen, sayJson, startChannel } from './channel';
import type { Answer, Channel } from './channel';
import { createServer } from 'node:http';

let channel: Channel;
beforeEach(async () => {
  channel = await startChannel();
});
afterEach(() => channel.close());

const now = new Date('2025-01-06T09:00:00.000Z');
const message: OutgoingCard = { card: { type: 'AdaptiveCard', version: '1.5', body: [] }, summary: '5 to answer' };
const to = (serviceUrl: string): ConversationReference => ({
  entraObjectId: 'x',
  reference: {
    channelId: 'msteams',
    serviceUrl,
    conversation: { id: 'a:P10', conversationType: 'personal', isGroup: false, name: '' },
    bot: { id: '28:bot', name: 'Board Assistant' },
    user: { id: '29:P10', name: 'Freya' },
  },
});
function messenger(config: TeamsConfig = channel.config): Messenger {
  const logger = createMemoryLogger();
  return createMessenger({ adapter: createTeamsAdapter(config, logger), config, logger, now: () => now });
}
const status =
  (code: number, headers: Record<string, string> = {}): Answer =>
  (_request, response) =>
    sayJson(response, code, { error: { code: 'X', message: 'no' } }, headers);
const reset: Answer = (request) => request.socket.destroy();

describe('sending first', () => {
  test('delivers a card with its words and gives the activity’s id', async () => {
    expect(await messenger().send(to(channel.serviceUrl), message)).toEqual({
      kind: 'delivered',
      activityId: 'activity-1',
    });
    expect(channel.posts[0]?.path).toBe('/v3/conversations/a%3AP10/activities');
    expect(JSON.parse(channel.posts[0]?.body ?? '')).toMatchObject({
      type: 'message',
      summary: '5 to answer',
      attachments: [{ contentType: 'application/vnd.microsoft.card.adaptive', content: message.card }],
    });
  });

  test.each<[string, Answer, string]>([
    ['a reset', reset, 'uncertain'],
    ['a 503', status(503), 'uncertain'],
    ['a 504', status(504), 'uncertain'],
    ['a 500', status(500), 'uncertain'],
    ['a 429', status(429, { 'retry-after': '7' }), 'throttled'],
    ['a 412', status(412), 'failed'],
  ])('posts once a send through %s: nothing is repeated unseen', async (_name, answer, kind) => {
    channel.answer = answer;
    const sender = messenger();
    const outcomes = [];
    for (let send = 0; send < 3; send += 1) outcomes.push((await sender.send(to(channel.serviceUrl), message)).kind);
    expect(outcomes).toEqual([kind, kind, kind]);
    expect(channel.posts).toHaveLength(3);
  });

  test('finds no connection closed that was idle: each message has its own', async () => {
    const used = new WeakSet<object>();
    // A channel that closes an idle connection just when the next message is written on it.
    channel.answer = (request, response, post) => {
      if (used.has(request.socket)) return void request.socket.destroy();
      used.add(request.socket);
      sayJson(response, 201, { id: `activity-${post}` });
    };
    const sender = messenger();
    for (const activityId of ['activity-1', 'activity-2', 'activity-3'])
      expect(await sender.send(to(channel.serviceUrl), message)).toEqual({ kind: 'delivered', activityId });
  });

  test.each([
    ['seconds', '120', 120],
    ['a date', 'Mon, 06 Jan 2025 09:00:30 GMT', 30],
    ['nothing readable', 'soon', 60],
  ])('obeys Retry-After given as %s', async (_name, value, seconds) => {
    channel.answer = status(429, { 'retry-after': value });
    expect(await messenger().send(to(channel.serviceUrl), message)).toEqual({
      kind: 'throttled',
      retryAfterSeconds: seconds,
    });
  });

  test.each([
    [403, { kind: 'blocked' }],
    [404, { kind: 'notInstalled' }],
    [412, { kind: 'failed', mayRetry: true }],
    [401, { kind: 'failed', mayRetry: false }],
    [413, { kind: 'failed', mayRetry: false }],
    [400, { kind: 'failed', mayRetry: false }],
  ])('takes status %i as definitely not delivered', async (code, expected) => {
    channel.answer = status(code);
    expect(await messenger().send(to(channel.serviceUrl), message)).toMatchObject(expected);
  });

  test('takes a refused connection as definitely not delivered', async () => {
    const server = createServer();
    const port = await listen(server);
    await close(server);
    const config = { ...channel.config, playgroundPorts: [port] };
    expect(await messenger(config).send(to(`http://127.0.0.1:${port}/`), message)).toMatchObject({
      kind: 'failed',
      mayRetry: true,
    });
  });

  test('is uncertain about an answer cut short', async () => {
    channel.answer = (_request, response) => {
      response.writeHead(201, { 'content-type': 'application/json', 'content-length': '100' });
      response.write('{"id":');
      setImmediate(() => response.destroy());
    };
    expect(await messenger().send(to(channel.serviceUrl), message)).toMatchObject({ kind: 'uncertain' });
  });

  test('is uncertain about an answer that names no activity', async () => {
    channel.answer = (_request, response) => sayJson(response, 200, {});
    expect(await messenger().send(to(channel.serviceUrl), message)).toMatchObject({ kind: 'uncertain' });
  });

  test('knows that nothing left when the bot cannot sign in', async () => {
    channel.signInFails = true;
    const outcome = await messenger(guarded(channel)).send(to(channel.serviceUrl), message);
    expect(outcome).toMatchObject({ kind: 'failed', mayRetry: true });
    expect(channel.posts).toEqual([]);
  });

  test.each([
    ['https://evil.example/'],
    ['http://smba.trafficmanager.net/'],
    ['https://smba.trafficmanager.net.evil.example/'],
    ['https://user@smba.trafficmanager.net/'],
    ['not an address'],
  ])('sends nothing to %s', async (serviceUrl) => {
    const config = { ...channel.config, serviceHosts: ['smba.trafficmanager.net'] };
    expect(await messenger(config).send(to(serviceUrl), message)).toMatchObject({ kind: 'failed', mayRetry: false });
    expect(channel.posts).toEqual([]);
  });

  test('sends nothing by a way that was not kept whole', async () => {
    expect(await messenger().send({ entraObjectId: 'x', reference: {} }, message)).toMatchObject({
      kind: 'failed',
      mayRetry: false,
    });
  });
});
