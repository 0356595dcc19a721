// What the local Entra refuses of registrations, service principals, roles, trust and grants, each beside what it takes.
import { codeOf, messageOf, objectOf, sitePath, startGraph, tokenOf, valuesOf } from './localGraph';
import type { Answer, GraphUnderTest } from './localGraph';

const guid = '11111111-1111-4111-8111-111111111111';
let graph: GraphUnderTest;
let application: { readonly id: string; readonly appId: string };
beforeAll(async () => {
  graph = await startGraph();
  const made = await post('/applications', { displayName: 'Board', signInAudience: 'AzureADMyOrg' });
  application = { id: String(made.body['id']), appId: String(made.body['appId']) };
});
afterAll(() => graph.local.close());

/** Each answer's shape is watched; so the bodies are read here as they are. */
async function ask(path: string, method = 'GET', body?: unknown, token = graph.token): Promise<Answer> {
  const response = await fetch(`${graph.local.url}/v1.0${path}`, {
    method,
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  return { status: response.status, headers: response.headers, body: text === '' ? {} : objectOf(JSON.parse(text)) };
}
const post = (path: string, body: unknown): Promise<Answer> => ask(path, 'POST', body);
const change = (body: unknown): Promise<Answer> => ask(`/applications/${application.id}`, 'PATCH', body);
const scope = {
  ...{ id: guid, type: 'User', value: 'access_as_user', isEnabled: true },
  ...{ adminConsentDisplayName: 'Use it', adminConsentDescription: 'Use it as the person.' },
};

test.each([
  ['a client for a scope that is not exposed', { api: { preAuthorizedApplications: [client(guid)] } }, 'not exposed'],
  ['a property it does not know', { colour: 'blue' }, 'colour'],
  ['an audience of all tenants', { signInAudience: 'AzureADMultipleOrgs' }, 'signInAudience'],
  ['an address without an id of ours', { identifierUris: ['api://board.contoso.example/board'] }, 'app ID'],
])('a registration is refused %s', async (_, body, words) => {
  const answer = await change(body);
  expect([answer.status, codeOf(answer)]).toEqual([400, 'Request_BadRequest']);
  expect(messageOf(answer)).toContain(words);
});

function client(permission: string): Record<string, unknown> {
  return { appId: guid, delegatedPermissionIds: [permission] };
}

test('a registration takes scope, client and address, and keeps the rest', async () => {
  expect((await change({ api: { oauth2PermissionScopes: [scope] } })).status).toBe(204);
  expect((await change({ api: { preAuthorizedApplications: [client(guid)] } })).status).toBe(204);
  const address = `api://board.contoso.example/botid-${application.appId}`;
  expect((await change({ identifierUris: [address] })).status).toBe(204);
  const [found] = valuesOf((await ask(`/applications?$filter=appId eq '${application.appId}'`)).body);
  expect(found).toMatchObject({ displayName: 'Board', identifierUris: [address] });
  expect(objectOf(found?.['api'])).toMatchObject({ oauth2PermissionScopes: [scope] });
  const other = await post('/applications', { displayName: 'Other' });
  const path = `/applications/${String(other.body['id'])}`;
  expect((await ask(path, 'PATCH', { identifierUris: [address] })).status).toBe(400);
});

test('an application has one service principal, of a registration that is there', async () => {
  expect((await post('/servicePrincipals', { appId: guid })).status).toBe(400);
  expect((await post('/servicePrincipals', { appId: application.appId })).status).toBe(201);
  expect((await post('/servicePrincipals', { appId: application.appId })).status).toBe(409);
});

test('a role is one of the resource, assigned once', async () => {
  const found = async (appId: string) =>
    valuesOf((await ask(`/servicePrincipals?$filter=appId eq '${appId}'`)).body)[0];
  const ours = await found(application.appId);
  const service = await found('00000003-0000-0000-c000-000000000000');
  const [role] = valuesOf({ value: service?.['appRoles'] });
  const path = `/servicePrincipals/${String(ours?.['id'])}/appRoleAssignments`;
  const body = { principalId: ours?.['id'], resourceId: service?.['id'], appRoleId: role?.['id'] };
  expect((await post(path, { ...body, appRoleId: guid })).status).toBe(400);
  expect((await post(path, { ...body, resourceId: ours?.['id'] })).status).toBe(404);
  expect((await post(path, { ...body, principalId: service?.['id'] })).status).toBe(400);
  expect((await post(path, body)).status).toBe(201);
  expect((await post(path, body)).status).toBe(400);
});

test('a trust has a name, an issuer with a subject, and one audience, each once', async () => {
  const path = `/applications/${application.id}/federatedIdentityCredentials`;
  const trust = { name: 'one', issuer: 'https://login.example/v2.0', subject: 's', audiences: ['api://x'] };
  expect((await post(path, { ...trust, audiences: [] })).status).toBe(400);
  expect((await post(path, trust)).status).toBe(201);
  expect((await post(path, { ...trust, subject: 't' })).status).toBe(409);
  expect((await post(path, { ...trust, name: 'two' })).status).toBe(400);
  const [kept] = valuesOf((await ask(path)).body);
  const one = `${path}/${String(kept?.['id'])}`;
  expect((await ask(one, 'PATCH', { name: 'three' })).status).toBe(400);
  expect((await ask(one, 'PATCH', { subject: 'u' })).status).toBe(204);
});

test('a grant names one role and one application, and is listed without its role', async () => {
  const path = `${sitePath}:/permissions`;
  const grant = { roles: ['write'], grantedToIdentities: [{ application: { id: guid, displayName: 'Board' } }] };
  expect((await post(path, { ...grant, roles: ['owner'] })).status).toBe(400);
  expect((await post(path, { ...grant, grantedToIdentities: [] })).status).toBe(400);
  expect((await post(path, grant)).body).toMatchObject({ roles: ['write'] });
  const [listed] = valuesOf((await ask(path)).body);
  expect(listed).not.toHaveProperty('roles');
});

test('a person without the permission sees and changes nothing of it', async () => {
  const form = { grant_type: 'password', client_id: 'local-tab', username: 'P10' };
  const asked = ['Sites.Manage.All', 'Application.Read.All'].map((one) => `https://graph.microsoft.com/${one}`);
  const { body } = await tokenOf(graph.local.url, { ...form, scope: asked.join(' ') });
  const token = String(body['access_token']);
  expect((await ask(`${sitePath}:/permissions`, 'GET', undefined, token)).status).toBe(403);
  expect((await ask('/applications', 'GET', undefined, token)).status).toBe(200);
  const refused = await ask('/applications', 'POST', { displayName: 'Mine' }, token);
  expect([refused.status, codeOf(refused)]).toEqual([403, 'Authorization_RequestDenied']);
});

test('the managed identity answers whom App Service would answer', async () => {
  const token = async (query: string, header: string): Promise<number> => {
    const address = `${graph.local.url}/_local/identity/token?${query}`;
    return (await fetch(address, { headers: { 'x-identity-header': header } })).status;
  };
  const right = 'resource=api://x&api-version=2019-08-01&client_id=66666666-6666-4666-8666-666666666666';
  expect(await token(right, 'local-identity')).toBe(200);
  expect(await token(right, 'guessed')).toBe(400);
  expect(await token(right.replace('2019-08-01', '2017-09-01'), 'local-identity')).toBe(400);
  expect(await token(right.replace('client_id=6', 'client_id=5'), 'local-identity')).toBe(400);
});
