// Tokens: what holds, and each way in which one does not.
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { authenticateWith, startIssuer, strangerId, tenantId, type Issuer } from '../fixtures/tabService';

let issuer: Issuer;

// Making its keys takes a moment of a busy machine.
beforeAll(async () => {
  issuer = await startIssuer();
}, 30_000);
afterAll(() => issuer.close());

const now = () => Math.floor(Date.now() / 1000);
const verify = (header: string | undefined) => authenticateWith(issuer.jwksUrl)(header);

test('takes the caller from the token alone', async () => {
  const caller = await verify(`Bearer ${await issuer.token()}`);
  expect(caller).toEqual({ entraObjectId: strangerId, tenantId });
});

test.each([
  ['expired', { exp: now() - 120 }],
  ['not valid yet', { nbf: now() + 300 }],
  ['without an end', { exp: undefined }],
  ['of another issuer', { iss: 'https://login.example/other/v2.0' }],
  ['for another audience', { aud: 'https://graph.microsoft.com' }],
  ['of another tenant', { tid: '44444444-4444-4444-8444-444444444444' }],
  ['for another scope', { scp: 'User.Read' }],
  ['with a scope that only begins alike', { scp: 'access_as_user_too' }],
  ['of an application', { scp: undefined, roles: ['access_as_user'] }],
  ['issued to another client', { azp: '55555555-5555-4555-8555-555555555555' }],
  ['without a person', { oid: undefined }],
  ['with a person that is no id', { oid: 'P01' }],
])('refuses a token %s', async (_what, claims) => {
  const token = await issuer.token(claims);
  await expect(verify(`Bearer ${token}`)).rejects.toMatchObject({ kind: 'notAuthorised', reason: 'unknownCaller' });
});

test.each([undefined, '', 'Bearer', 'Bearer x', 'Basic YTpi', 'Bearer a.b.c', 'Bearer a.b.c d'])(
  'refuses the header %p',
  async (header) => {
    await expect(verify(header)).rejects.toMatchObject({ kind: 'notAuthorised', reason: 'unknownCaller' });
  },
);

test.each([
  ['by a foreign key under our key’s name', { key: 'foreign' }],
  ['under the name of a key that nobody published', { kid: 'key-2' }],
  ['with a shared secret', { key: 'secret' }],
] as const)('refuses a token signed %s', async (_what, signing) => {
  const token = await issuer.token({}, signing);
  await expect(verify(`Bearer ${token}`)).rejects.toMatchObject({ kind: 'notAuthorised' });
});

test('refuses a token without a signature', async () => {
  const body = (await issuer.token()).split('.')[1] ?? '';
  const header = Buffer.from(JSON.stringify({ alg: 'none', kid: 'key-1' })).toString('base64url');
  await expect(verify(`Bearer ${header}.${body}.x`)).rejects.toMatchObject({ kind: 'notAuthorised' });
});

test('says that the keys could not be read, rather than that the caller is unknown', async () => {
  const broken = createServer((_request, response) => response.writeHead(500).end());
  await new Promise<void>((resolve) => broken.listen(0, '127.0.0.1', resolve));
  const authenticate = authenticateWith(`http://127.0.0.1:${(broken.address() as AddressInfo).port}/keys`);
  await expect(authenticate(`Bearer ${await issuer.token()}`)).rejects.toMatchObject({ kind: 'upstream' });
  await new Promise((resolve) => broken.close(resolve));
});
