import { createServer } from 'node:http';
import type { Server } from 'node:http';
import { generateKeyPairSync } from 'node:crypto';
import fc from 'fast-check';
import { ConfigError } from '../../bot/errors';
import { checkTeamsConfig, isAllowedService, teamsServiceHosts } from '../../bot/teams/config';
import type { TeamsConfig } from '../../bot/teams/config';
import { admit, bodyLimitBytes } from '../../bot/teams/gate';
import { createTeams } from '../../bot/teams';
import { createSearch } from '../../bot/services/search';
import type { UpdateItem } from '../../bot/services/updateItem';
import { aSnapshot } from '../fixtures/builders';
import { memoryManaging } from '../fixtures/managing';
import { createMemoryConversations } from '../fixtures/memoryDelivery';
import {
  createFixedClock,
  createMemoryLibrary,
  createMemoryLogger,
  createMemoryRecords,
} from '../fixtures/memoryPorts';
import { appId, close, guarded, listen, sign, startChannel, tenantId } from './channel';
import type { Channel } from './channel';

const oid = '669684f8-0e15-5ed6-9efb-99e9fc929454';
const nobodySaves: UpdateItem = {
  answer: () => Promise.reject(new Error('nothing is saved in this test')),
  resume: () => Promise.resolve(0),
};

let channel: Channel;
let server: Server;
let endpoint: string;

async function serve(config: TeamsConfig): Promise<void> {
  const records = createMemoryRecords({ send: aSnapshot() });
  const library = createMemoryLibrary();
  const teams = createTeams({
    config,
    records,
    ...memoryManaging({ records }),
    updateItem: nobodySaves,
    conversations: createMemoryConversations(),
    library,
    search: createSearch({ library }),
    clock: createFixedClock('2025-01-06T09:00:00.000Z'),
    logger: createMemoryLogger(),
  });
  server = createServer((request, response) => void teams.handleMessages(request, response));
  endpoint = `http://127.0.0.1:${await listen(server)}/api/messages`;
}

beforeAll(async () => {
  channel = await startChannel();
  await serve(guarded(channel));
});
afterAll(async () => {
  await close(server);
  await channel.close();
});

const activity = (over: Record<string, unknown> = {}): Record<string, unknown> => ({
  type: 'message',
  id: '1',
  text: 'help',
  channelId: 'msteams',
  serviceUrl: channel.serviceUrl,
  from: { id: '29:x', name: 'X', aadObjectId: oid },
  recipient: { id: '28:bot', name: 'Board Assistant' },
  conversation: { id: 'a:x', conversationType: 'personal' },
  ...over,
});

async function post(body: unknown, headers: Record<string, string> = {}): Promise<{ status: number; text: string }> {
  const response = await fetch(endpoint, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  });
  return { status: response.status, text: await response.text() };
}
const bearer = (token: string): Record<string, string> => ({ authorization: `Bearer ${token}` });

describe('the endpoint of the bot with tokens of the channel', () => {
  test('lets an activity with a good token in', async () => {
    expect(await post(activity(), bearer(channel.token()))).toEqual({ status: 200, text: '' });
  });

  test('answers an invoke with a card, in the response itself', async () => {
    const press = activity({
      type: 'invoke',
      name: 'adaptiveCard/action',
      value: { action: { verb: 'list', data: { boardId: 'send' } } },
    });
    const { status, text } = await post(press, bearer(channel.token()));
    expect(status).toBe(200);
    expect(JSON.parse(text)).toMatchObject({ statusCode: 200, type: 'application/vnd.microsoft.card.adaptive' });
  });

  const other = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey;
  const seconds = (): number => Math.floor(Date.now() / 1000);
  test.each<[string, () => string | undefined]>([
    ['no token', () => undefined],
    ['garbage', () => 'garbage'],
    ['a forged signature', () => channel.token({}, {}, other)],
    ['another audience', () => channel.token({ aud: 'other' })],
    ['another issuer', () => channel.token({ iss: 'https://sts.windows.net/x/' })],
    ['an expired token', () => channel.token({ exp: seconds() - 400 })],
    ['a future token', () => channel.token({ nbf: seconds() + 1000 })],
    ['another service address', () => channel.token({ serviceurl: 'https://smba.trafficmanager.net/' })],
    ['no service address in the token', () => channel.token({ serviceurl: undefined })],
    ['an unknown key', () => channel.token({}, { kid: 'k9' })],
    ['alg none', () => `${channel.token({}, { alg: 'none' }).split('.').slice(0, 2).join('.')}.`],
    ['HS256', () => channel.token({}, { alg: 'HS256' })],
    [
      'an emulator token',
      () =>
        sign(
          { alg: 'RS256', kid: 'k1' },
          { iss: `https://sts.windows.net/${tenantId}/`, aud: appId, appid: appId, ver: '1.0', exp: seconds() + 600 },
        ),
    ],
  ])('refuses %s with 401 and no detail', async (_name, token) => {
    // The SDK prints the public keys it knows when a token names another.
    const printed = jest.spyOn(console, 'error').mockImplementation(() => undefined);
    const value = token();
    const { status, text } = await post(activity(), value === undefined ? {} : bearer(value));
    expect(status).toBe(401);
    expect(text).toMatch(/^\{"error":"[a-z ]+"\}$/);
    printed.mockRestore();
  });

  test.each<[string, Record<string, unknown>, number]>([
    ['another channel', { channelId: 'emulator' }, 403],
    ['a streaming channel', { channelId: 'AseChannel' }, 403],
    ['a service address of somebody else', { serviceUrl: 'https://evil.example/' }, 403],
    ['no service address', { serviceUrl: undefined }, 400],
    ['no type', { type: undefined }, 400],
    ['replies in the response', { deliveryMode: 'expectReplies' }, 400],
    ['no sender', { from: undefined }, 400],
  ])('refuses %s', async (_name, over, status) => {
    expect((await post(activity(over), bearer(channel.token()))).status).toBe(status);
  });

  test.each<[string, string, number]>([
    ['what is not JSON', '{"type":', 400],
    ['an empty object', '{}', 400],
    ['an array', '[]', 400],
    ['nothing', '', 400],
    ['more than it takes', JSON.stringify({ text: 'x'.repeat(bodyLimitBytes) }), 413],
    ['a deep nest', `${'{"a":'.repeat(50)}1${'}'.repeat(50)}`, 400],
  ])('refuses %s as JSON with a reason', async (_name, body, status) => {
    const answer = await post(body, bearer(channel.token()));
    expect(answer.status).toBe(status);
    expect(JSON.parse(answer.text)).toHaveProperty('error');
  });

  test('refuses what is not JSON by its media type, and other methods', async () => {
    expect((await post('a=1', { 'content-type': 'application/x-www-form-urlencoded' })).status).toBe(415);
    expect((await fetch(endpoint)).status).toBe(405);
  });
});

describe('the gate', () => {
  const now = new Date('2025-01-06T09:00:00.000Z');
  const local: TeamsConfig = { mode: 'local', serviceHosts: [], playgroundPorts: [56150] };
  const request = (over: Record<string, unknown> = {}) => ({
    headers: { 'content-type': 'application/json' },
    remoteAddress: '127.0.0.1',
    body: activity({ serviceUrl: 'http://127.0.0.1:56150/_connector' }),
    ...over,
  });

  test('lets a Playground that we started in without a token, in local mode, from loopback', () => {
    expect(admit(local, request(), now)).toMatchObject({ kind: 'passed', authorization: '' });
  });

  test.each<[string, TeamsConfig, Record<string, unknown>]>([
    ['from another computer', local, { remoteAddress: '192.0.2.7' }],
    ['of a Playground that we did not start', { ...local, playgroundPorts: [1] }, {}],
    ['in trial mode', { ...local, mode: 'trial', appId, tenantId, credential: { kind: 'secret', secret: 's' } }, {}],
    [
      'in production',
      { ...local, mode: 'production', appId, tenantId, credential: { kind: 'secret', secret: 's' } },
      {},
    ],
  ])('refuses an activity without a token %s', (_name, config, over) => {
    expect(admit(config, request(over), now).kind).toBe('refused');
  });

  test('never throws on what is posted, and passes nothing of it', () => {
    fc.assert(
      fc.property(fc.anything(), (body) => {
        expect(admit(local, request({ body }), now).kind).toBe('refused');
      }),
      { numRuns: 200 },
    );
  });
});

describe('the settings of a mode', () => {
  const whole: TeamsConfig = {
    mode: 'production',
    appId,
    tenantId,
    credential: { kind: 'secret', secret: 's' },
    serviceHosts: teamsServiceHosts,
  };

  test('are refused all at once when a door would stay open', () => {
    expect(() => checkTeamsConfig({ mode: 'production', serviceHosts: [], playgroundPorts: [1] })).toThrow(ConfigError);
    expect(() => checkTeamsConfig({ mode: 'trial', serviceHosts: teamsServiceHosts, appId: '' })).toThrow(
      /app id.*tenant.*credential/,
    );
    expect(() => checkTeamsConfig(whole)).not.toThrow();
  });

  test.each([
    ['https://smba.trafficmanager.net/uk/', true],
    ['http://smba.trafficmanager.net/uk/', false],
    ['https://evil.trafficmanager.net/', false],
    ['https://smba.trafficmanager.net@evil.example/', false],
    ['https://smba.trafficmanager.net:444/', false],
  ])('allow %s: %s', (serviceUrl, allowed) => {
    expect(isAllowedService(whole, serviceUrl)).toBe(allowed);
  });
});
