// Tokens at both doors of the whole service, over HTTP: the bot's endpoint and the tab's API. None that is forged, expired,
// foreign or made for something else is accepted, none is answered with a 500, and the answer says nothing of the reason.
import { createHmac, createPublicKey, generateKeyPairSync, type KeyObject } from 'node:crypto';
import { createServer } from 'node:http';
import { openDoors, type Doors } from '../fixtures/doors';
import { authenticateWith, boardWithGuest, strangerId, tabService } from '../fixtures/tabService';
import { appId, close, listen, sign, tenantId } from '../teams/channel';

let doors: Doors;
// Making keys takes a moment of a busy machine.
beforeAll(async () => {
  doors = await openDoors();
}, 60_000);
afterAll(() => doors?.close());

const foreignKey = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey;
/** A key of their own in the token's header, as a value and by address. */
const ownKey = { jwk: createPublicKey(foreignKey).export({ format: 'jwk' }), jku: 'http://127.0.0.1:9/keys' };
const seconds = (): number => Math.floor(Date.now() / 1000);
const foreignTenant = '44444444-4444-4444-8444-444444444444';
const leaks = /\bat [\w.<>]+ \(|node_modules|\.[jt]s:\d|Error|ECONN/;

interface Answer {
  readonly status: number;
  readonly text: string;
}

async function ask(url: string, authorization: string | undefined, body?: unknown): Promise<Answer> {
  // The SDK prints the public keys it knows when a token names another.
  const printed = jest.spyOn(console, 'error').mockImplementation(() => undefined);
  const response = await fetch(url, {
    headers: { 'content-type': 'application/json', ...(authorization === undefined ? {} : { authorization }) },
    ...(body === undefined ? {} : { method: 'POST', body: JSON.stringify(body) }),
  });
  printed.mockRestore();
  return { status: response.status, text: await response.text() };
}

/** The public key as text, used as if it were a shared secret: the confusion of algorithms. */
async function signedWithPublicKey(keysUrl: string, token: string): Promise<string> {
  const { keys } = (await (await fetch(keysUrl)).json()) as { keys: [Record<string, string>] };
  const pem = createPublicKey({ key: keys[0], format: 'jwk' }).export({ type: 'spki', format: 'pem' });
  const header = part({ alg: 'HS256', typ: 'JWT', kid: keys[0]['kid'] });
  const head = `${header}.${token.split('.')[1] ?? ''}`;
  return `${head}.${createHmac('sha256', pem).update(head).digest('base64url')}`;
}

function part(value: unknown): string {
  return Buffer.from(JSON.stringify(value)).toString('base64url');
}

function unsigned(token: string, alg: string, signature = ''): string {
  return `${part({ alg, typ: 'JWT', kid: 'k1' })}.${token.split('.')[1] ?? ''}.${signature}`;
}

/** The claims of a good token under other claims, with the signature of the good ones. */
function rewritten(token: string, claims: Record<string, unknown>): string {
  const [header, body, signature] = token.split('.');
  const before = JSON.parse(Buffer.from(body ?? '', 'base64url').toString()) as Record<string, unknown>;
  return [header, part({ ...before, ...claims }), signature].join('.');
}

async function refused(answer: Answer, before: number): Promise<void> {
  expect(answer.status).toBe(401);
  expect(answer.text).not.toMatch(leaks);
  expect(await doors.acts()).toBe(before);
}

const activity = (over: Record<string, unknown> = {}): Record<string, unknown> => ({
  ...{ type: 'message', id: '1', text: 'help', channelId: 'msteams', serviceUrl: doors.channel.serviceUrl },
  from: { id: '29:x', name: 'X', aadObjectId: strangerId },
  recipient: { id: '28:bot', name: 'Board Assistant' },
  conversation: { id: 'a:x', conversationType: 'personal' },
  ...over,
});
const atBot = (authorization: string | undefined, body: unknown = activity()): Promise<Answer> =>
  ask(`${doors.origin}/api/messages`, authorization, body);
const atTab = (authorization: string | undefined): Promise<Answer> =>
  ask(`${doors.origin}/api/v1/actions`, authorization);

describe('the bot’s endpoint', () => {
  const token = (claims = {}, header = {}, key?: KeyObject): string => doors.channel.token(claims, header, key);
  const cases: readonly (readonly [string, () => string | Promise<string> | undefined])[] = [
    ['no token', () => undefined],
    ['an empty one', () => ''],
    ['another scheme', () => `Basic ${Buffer.from('a:b').toString('base64')}`],
    ['two tokens', () => `Bearer ${token()} ${token()}`],
    ['garbage', () => 'Bearer a.b.c'],
    ['a token signed by a foreign key', () => `Bearer ${token({}, {}, foreignKey)}`],
    ['claims changed after signing', () => `Bearer ${rewritten(token(), { exp: seconds() + 9_999 })}`],
    ['an expired token', () => `Bearer ${token({ exp: seconds() - 400 })}`],
    ['a token without an end', () => `Bearer ${token({ exp: undefined })}`],
    ['a token that is not valid yet', () => `Bearer ${token({ nbf: seconds() + 1000 })}`],
    ['a token for another app', () => `Bearer ${token({ aud: strangerId })}`],
    ['a token for two apps', () => `Bearer ${token({ aud: [appId, strangerId] })}`],
    ['a token of another issuer', () => `Bearer ${token({ iss: `https://sts.windows.net/${foreignTenant}/` })}`],
    ['a token of the tab', async () => `Bearer ${await doors.issuer.token()}`],
    [
      'a token for another service address',
      () => `Bearer ${token({ serviceurl: 'https://smba.trafficmanager.net/' })}`,
    ],
    ['a token without a service address', () => `Bearer ${token({ serviceurl: undefined })}`],
    ['a token of an unknown key', () => `Bearer ${token({}, { kid: 'k9' })}`],
    ['a token without a key’s name', () => `Bearer ${token({}, { kid: undefined })}`],
    ['a key’s name that is a path', () => `Bearer ${token({}, { kid: '../../../../dev/null' })}`],
    ['a key’s name that every object has', () => `Bearer ${token({}, { kid: '__proto__' })}`],
    ['a key that the token brings along', () => `Bearer ${token({}, { kid: 'k9', ...ownKey }, foreignKey)}`],
    ['a known key’s name with a key that the token brings along', () => `Bearer ${token({}, ownKey, foreignKey)}`],
    ['a token that expired just outside what clocks may differ', () => `Bearer ${token({ exp: seconds() - 310 })}`],
    ['the algorithm none', () => `Bearer ${unsigned(token(), 'none')}`],
    ['the algorithm none with a signature', () => `Bearer ${unsigned(token(), 'none', 'eA')}`],
    ['the algorithm None', () => `Bearer ${unsigned(token(), 'None', 'eA')}`],
    ['HS256', () => `Bearer ${token({}, { alg: 'HS256' })}`],
    [
      'HS256 with the public key',
      async () => `Bearer ${await signedWithPublicKey(`${doors.channel.serviceUrl}keys`, token())}`,
    ],
    [
      'a token of the emulator',
      () => {
        const claims = { iss: `https://sts.windows.net/${tenantId}/`, aud: appId, appid: appId, ver: '1.0' };
        return `Bearer ${sign({ alg: 'RS256', kid: 'k1' }, { ...claims, exp: seconds() + 600 })}`;
      },
    ],
  ];

  test.each(cases)('refuses %s', async (_what, make) => {
    const before = await doors.acts();
    await refused(await atBot(await make()), before);
  });

  test('accepts a good token, and one whose clock differs a little', async () => {
    expect((await atBot(`Bearer ${token()}`)).status).toBe(200);
    expect((await atBot(`Bearer ${token({ exp: seconds() - 240 })}`)).status).toBe(200);
    expect((await atBot(`Bearer ${token({ nbf: seconds() + 240 })}`)).status).toBe(200);
  });

  test.each([
    ['in the conversation', { conversation: { id: 'a:x', conversationType: 'personal', tenantId: foreignTenant } }],
    ['in the channel’s data', { channelData: { tenant: { id: foreignTenant } } }],
  ])('refuses an activity that names another tenant %s, whatever its token', async (_where, over) => {
    const before = await doors.acts();
    expect((await atBot(`Bearer ${token()}`, activity(over))).status).toBe(403);
    expect(await doors.acts()).toBe(before);
    const ours = { ...activity(), channelData: { tenant: { id: tenantId.toUpperCase() } } };
    expect((await atBot(`Bearer ${token()}`, ours)).status).toBe(200);
  });
});

describe('the tab’s API', () => {
  const token = (
    claims: Readonly<Record<string, unknown>> = {},
    signing: Parameters<Doors['issuer']['token']>[1] = {},
  ): Promise<string> => doors.issuer.token({ oid: chairId(), ...claims }, signing);
  const chairId = (): string => {
    const chair = boardWithGuest().people.find((one) => one.boardRole === 'chair')?.entraObjectId;
    if (chair === undefined) throw new Error('the sample has no chair');
    return chair;
  };
  const cases: readonly (readonly [string, () => string | Promise<string> | undefined])[] = [
    ['no token', () => undefined],
    ['an empty one', () => ''],
    ['another scheme', async () => `Basic ${await token()}`],
    ['garbage', () => 'Bearer a.b.c'],
    ['a token signed by a foreign key', async () => `Bearer ${await token({}, { key: 'foreign' })}`],
    ['claims changed after signing', async () => `Bearer ${rewritten(await token(), { oid: strangerId })}`],
    ['an expired token', async () => `Bearer ${await token({ exp: seconds() - 120 })}`],
    ['a token without an end', async () => `Bearer ${await token({ exp: undefined })}`],
    ['a token that is not valid yet', async () => `Bearer ${await token({ nbf: seconds() + 300 })}`],
    ['a token for another audience', async () => `Bearer ${await token({ aud: 'https://graph.microsoft.com' })}`],
    ['a token of another issuer', async () => `Bearer ${await token({ iss: 'https://login.example/other/v2.0' })}`],
    ['a token of another tenant', async () => `Bearer ${await token({ tid: foreignTenant })}`],
    ['a token of another client', async () => `Bearer ${await token({ azp: strangerId })}`],
    ['a token of an application', async () => `Bearer ${await token({ scp: undefined, roles: ['access_as_user'] })}`],
    ['a token for another scope', async () => `Bearer ${await token({ scp: 'User.Read' })}`],
    ['a token without a person', async () => `Bearer ${await token({ oid: undefined })}`],
    ['a token of the channel', () => `Bearer ${doors.channel.token()}`],
    ['a token of an unknown key', async () => `Bearer ${await token({}, { kid: 'key-9' })}`],
    ['a key’s name that is a path', async () => `Bearer ${await token({}, { kid: '../../../../dev/null' })}`],
    [
      'a token of version 1',
      async () => {
        const claims = { iss: `https://sts.windows.net/${tenantId}/`, ver: '1.0', azp: undefined, appid: strangerId };
        return `Bearer ${await token(claims)}`;
      },
    ],
    ['a token without its client', async () => `Bearer ${await token({ azp: undefined })}`],
    [
      'a token that expired just outside what clocks may differ',
      async () => `Bearer ${await token({ exp: seconds() - 70 })}`,
    ],
    ['the algorithm none', async () => `Bearer ${unsigned(await token(), 'none')}`],
    ['the algorithm none with a signature', async () => `Bearer ${unsigned(await token(), 'none', 'eA')}`],
    ['a shared secret', async () => `Bearer ${await token({}, { key: 'secret' })}`],
    [
      'HS256 with the public key',
      async () => `Bearer ${await signedWithPublicKey(doors.issuer.jwksUrl, await token())}`,
    ],
  ];

  test.each(cases)('refuses %s', async (_what, make) => {
    const before = await doors.acts();
    await refused(await atTab(await make()), before);
  });

  test('accepts a good token, and one whose clock differs a little', async () => {
    expect((await atTab(`Bearer ${await token()}`)).status).toBe(200);
    expect((await atTab(`Bearer ${await token({ exp: seconds() - 40 })}`)).status).toBe(200);
    expect((await atTab(`Bearer ${await token({ nbf: seconds() + 40 })}`)).status).toBe(200);
  });

  test('accepts nobody while the keys cannot be read, and says that a service does not answer', async () => {
    const { app } = tabService(doors.issuer, { authenticate: authenticateWith('http://127.0.0.1:9/keys') });
    const server = createServer(app);
    const port = await listen(server);
    const answer = await ask(`http://127.0.0.1:${port}/api/v1/me`, `Bearer ${await token()}`);
    await close(server);
    expect(answer.status).toBe(503);
    expect(answer.text).not.toMatch(leaks);
  });
});

test('a token longer than a header may be is refused before anybody reads it', async () => {
  const before = await doors.acts();
  const long = 'x'.repeat(20_000);
  expect((await atBot(`Bearer ${doors.channel.token({ long })}`)).status).toBe(431);
  expect((await atTab(`Bearer ${await doors.issuer.token({ long })}`)).status).toBe(431);
  expect(await doors.acts()).toBe(before);
});

test('no line of the log holds a token', async () => {
  doors.takeLog();
  const secret = doors.channel.token({}, { kid: 'k9' });
  await atBot(`Bearer ${secret}`);
  await atTab(`Bearer ${secret}`);
  const log = doors.takeLog().join('\n');
  expect(log).toContain('api.refused');
  expect(log).toContain('activity refused');
  expect(log).not.toContain(secret.slice(0, 20));
});
