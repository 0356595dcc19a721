// The local token issuer, checked with another implementation of the standards.
import { startGraph, tenantId, tokenOf, type GraphUnderTest } from './localGraph';

type Jose = typeof import('jose', { with: { 'resolution-mode': 'import' } });

let graph: GraphUnderTest;
let jose: Jose;
beforeAll(async () => {
  jose = await import('jose');
  graph = await startGraph();
});
afterAll(() => graph.local.close());

const signIn = (username: string, more: Record<string, string> = {}): ReturnType<typeof tokenOf> =>
  tokenOf(graph.local.url, { grant_type: 'password', client_id: 'local-tab', username, ...more });

test('a seeded person signs in by reference or address, with the claims the tab API asks for', async () => {
  const { body } = await signIn('P01');
  const keys = jose.createRemoteJWKSet(new URL(`${graph.local.url}/${tenantId}/discovery/v2.0/keys`));
  const { payload } = await jose.jwtVerify(String(body['access_token']), keys, {
    issuer: `${graph.local.url}/${tenantId}/v2.0`,
    audience: 'api://local/board-assistant',
  });
  expect(payload).toMatchObject({
    tid: tenantId,
    oid: '8387a07c-880d-5609-83da-52695bee250d',
    scp: 'access_as_user',
    azp: 'local-tab',
    name: 'Avery Linwood',
    preferred_username: 'avery.linwood@chair.hertland.example',
  });
  expect(Number(payload.exp) - Number(payload.iat)).toBe(3600);
  const byAddress = await signIn('Avery.Linwood@chair.hertland.example');
  expect(jose.decodeJwt(String(byAddress.body['access_token']))['oid']).toBe(payload['oid']);
});

test('a person outside the tenant gets the same made-up id each time', async () => {
  const ids = await Promise.all(
    ['X01', 'X01', 'X02'].map(async (ref) => jose.decodeJwt(String((await signIn(ref)).body['access_token']))['oid']),
  );
  expect(ids[0]).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-5[0-9a-f]{3}-8[0-9a-f]{3}-[0-9a-f]{12}$/);
  expect(ids[1]).toBe(ids[0]);
  expect(ids[2]).not.toBe(ids[0]);
});

test.each([
  [{ grant_type: 'client_credentials', client_id: 'local', client_secret: 'wrong' }, 401, 'invalid_client'],
  [{ grant_type: 'client_credentials', client_id: 'other', client_secret: 'local' }, 401, 'invalid_client'],
  [{ grant_type: 'password', client_id: 'local-tab', username: 'P99' }, 400, 'invalid_grant'],
  [{ grant_type: 'password', client_id: 'local', username: 'P01' }, 401, 'invalid_client'],
  [{ grant_type: 'magic', client_id: 'local' }, 400, 'unsupported_grant_type'],
])('%j is refused', async (form, status, error) => {
  const answer = await tokenOf(graph.local.url, form);
  expect([answer.status, answer.body['error']]).toEqual([status, error]);
});

test('another tenant is not found', async () => {
  const response = await fetch(`${graph.local.url}/someone-else/oauth2/v2.0/token`, {
    method: 'POST',
    body: new URLSearchParams({ grant_type: 'client_credentials', client_id: 'local', client_secret: 'local' }),
  });
  expect(response.status).toBe(400);
});

describe('Graph', () => {
  const get = (authorization?: string): Promise<Response> =>
    fetch(`${graph.local.url}/v1.0/sites/root`, authorization === undefined ? {} : { headers: { authorization } });

  test('answers an application token', async () => {
    expect((await get(`Bearer ${graph.token}`)).status).toBe(200);
  });

  test('refuses no token, a person’s token for the tab, a changed one, and one without signature', async () => {
    const person = String((await signIn('P01')).body['access_token']);
    const [header = '', payload = '', signature = ''] = graph.token.split('.');
    const claims = { ...jose.decodeJwt(graph.token), azp: 'someone-else' };
    const forged = Buffer.from(JSON.stringify(claims)).toString('base64url');
    const unsigned = Buffer.from(JSON.stringify({ alg: 'none', typ: 'JWT' })).toString('base64url');
    const bad = [
      undefined,
      'Bearer ',
      `Bearer ${person}`,
      `Bearer ${header}.${forged}.${signature}`,
      `Bearer ${unsigned}.${payload}.`,
    ];
    const statuses = await Promise.all(bad.map(async (one) => (await get(one)).status));
    expect(statuses).toEqual([401, 401, 401, 401, 401]);
  });
});

test('discovery names the endpoints, under Microsoft’s name when asked under it', async () => {
  const path = `${graph.local.url}/${tenantId}/v2.0/.well-known/openid-configuration`;
  const plain: unknown = await (await fetch(path)).json();
  expect(plain).toMatchObject({
    issuer: `${graph.local.url}/${tenantId}/v2.0`,
    jwks_uri: `${graph.local.url}/${tenantId}/discovery/v2.0/keys`,
  });
  const forwarded: unknown = await (
    await fetch(path, { headers: { 'x-forwarded-host': 'login.microsoftonline.com' } })
  ).json();
  expect(forwarded).toMatchObject({
    token_endpoint: `https://login.microsoftonline.com/${tenantId}/oauth2/v2.0/token`,
  });
});
