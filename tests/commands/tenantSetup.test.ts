// An administrator sets the local tenant up with a code, and the product then signs in as what was set up, and reaches only that.
import { spawnSync } from 'node:child_process';
import { generateKeyPairSync } from 'node:crypto';
import { join } from 'node:path';
import { z } from 'zod';
import { problemsOf } from '../../bot/commands/tenantSetupCommand';
import { setUpTenantAsPerson, type TenantSetupSettings } from '../../bot/commands/tenantSetup';
import { teamsClientIds } from '../../bot/api/auth';
import { createGraphCheck } from '../../bot/healthFacts';
import { createGraph } from '../../bot/sharepoint/graphClient';
import type { SetupStep, TenantFacts } from '../../bot/sharepoint/tenantSetup';
import { startLocal } from '../../infra/local/server';
import { watchAnswers } from '../fixtures/graph/watchAnswers';
import { selfSigned } from '../fixtures/selfSigned';
import { localSiteUrl, localTenantId } from '../fixtures/localBoard';
import { createMemoryLogger } from '../fixtures/memoryPorts';

// A whole tenant runs beneath.
jest.setTimeout(60_000);

const identity = {
  clientId: '66666666-6666-4666-8666-666666666666',
  principalId: '77777777-7777-4777-8777-777777777777',
};
const serviceMailbox = 'send.board@contoso.example';
let local: Awaited<ReturnType<typeof startLocal>>;
const kept = { endpoint: process.env['IDENTITY_ENDPOINT'], header: process.env['IDENTITY_HEADER'] };
beforeAll(async () => {
  local = await startLocal({ port: 0, observe: watchAnswers });
  process.env['IDENTITY_ENDPOINT'] = `${local.url}/_local/identity/token`;
  process.env['IDENTITY_HEADER'] = 'local-identity';
});
afterAll(async () => {
  for (const [name, value] of [
    ['IDENTITY_ENDPOINT', kept.endpoint],
    ['IDENTITY_HEADER', kept.header],
  ] as const)
    if (value === undefined) delete process.env[name];
    else process.env[name] = value;
  await local.close();
});

interface Done {
  readonly text: string;
  readonly lines: readonly string[];
  readonly steps: readonly SetupStep[];
  readonly facts: TenantFacts;
  /** Calls that changed something, or would. */
  readonly changes: readonly string[];
}

async function setUp(more: Partial<TenantSetupSettings> = {}, who = 'P02', mailbox = serviceMailbox): Promise<Done> {
  const lines: string[] = [];
  const { text, data } = await setUpTenantAsPerson({
    ...{ tenantId: localTenantId, clientId: 'local-admin', name: 'Board Assistant', siteUrl: localSiteUrl },
    ...{ publicDomain: 'board.contoso.example', installsForPeople: true, dryRun: false },
    ...{ logger: createMemoryLogger(), localOrigin: local.url, identityPrincipalId: identity.principalId },
    ...(mailbox === '' ? {} : { mailbox }),
    showCode: (_message, userCode) => {
      const body = new URLSearchParams({ user_code: userCode, username: who });
      void fetch(`${local.url}/common/oauth2/deviceauth`, { method: 'POST', body });
    },
    show: (line) => lines.push(line),
    ...more,
  });
  const { steps, facts } = z.custom<{ steps: readonly SetupStep[]; facts: TenantFacts }>().parse(data);
  const changes = steps.flatMap(({ kind, call }) =>
    call && kind !== 'asked'
      ? [`${call.method} ${call.path.replaceAll(/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g, 'ID')}`]
      : [],
  );
  return { text, lines, steps, facts, changes };
}

/** Straight to Graph, as an application that may do everything. */
async function direct(path: string, method = 'GET', body?: unknown): Promise<{ status: number; value: Json[] }> {
  const form = { grant_type: 'client_credentials', client_id: 'local', client_secret: 'local' };
  const address = `${local.url}/${localTenantId}/oauth2/v2.0/token`;
  const given: unknown = await (await fetch(address, { method: 'POST', body: new URLSearchParams(form) })).json();
  const token = z.object({ access_token: z.string() }).parse(given).access_token;
  const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
  const sent = body === undefined ? {} : { body: JSON.stringify(body) };
  const answer = await fetch(`${local.url}/v1.0/${path}`, { method, headers, ...sent });
  const text = await answer.text();
  const page = z.object({ value: z.array(z.record(z.string(), z.unknown())).default([]) });
  return { status: answer.status, value: page.parse(text === '' ? {} : JSON.parse(text)).value };
}
type Json = Record<string, unknown>;
const ask = async (path: string): Promise<Json[]> => (await direct(path)).value;
const change = async (path: string, body: unknown, method = 'PATCH'): Promise<number> =>
  (await direct(path, method, body)).status;

const everyChange = [
  'POST applications',
  'PATCH applications/ID',
  'POST servicePrincipals',
  'POST servicePrincipals/ID/appRoleAssignments',
  'POST servicePrincipals/ID/appRoleAssignments',
  'POST applications/ID/federatedIdentityCredentials',
  expect.stringMatching(/^POST sites\/.*\/permissions$/),
];
let facts: TenantFacts;

it('says first what it would do and why, and changes nothing', async () => {
  const dry = await setUp({ dryRun: true });
  expect(dry.changes.map((one) => one.replaceAll(/\{\w+\}/g, 'ID'))).toEqual(everyChange);
  expect(dry.steps.filter((one) => one.kind === 'done')).toEqual([]);
  expect(dry.steps.filter((one) => one.why.length < 10 && one.kind !== 'stands')).toEqual([]);
  expect(dry.text).toContain('Nothing was changed. It would make 7 changes.');
  expect(dry.lines.join('\n')).toContain('api://board.contoso.example/botid-{appId}');
  expect(await ask('applications')).toEqual([]);
});

it('then does it, and the second time has nothing to do', async () => {
  const first = await setUp();
  expect(first.changes).toEqual(everyChange);
  expect(first.text).toContain('7 changes made');
  facts = first.facts;
  const again = await setUp();
  expect(again.changes).toEqual([]);
  expect(again.text).toContain('All stands; there was nothing to do.');
  expect(again.facts).toEqual(facts);
});

it('leaves a registration that Teams signs people in with, for one tenant', async () => {
  const [application] = await ask('applications');
  const { appId } = facts;
  expect(application).toMatchObject({
    appId,
    signInAudience: 'AzureADMyOrg',
    identifierUris: [`api://board.contoso.example/botid-${appId}`],
    api: { requestedAccessTokenVersion: 2, oauth2PermissionScopes: [{ value: 'access_as_user', isEnabled: true }] },
  });
  const { oauth2PermissionScopes: scopes, preAuthorizedApplications: clients } = application?.['api'] as {
    oauth2PermissionScopes: { id: string }[];
    preAuthorizedApplications: { appId: string; delegatedPermissionIds: string[] }[];
  };
  expect(clients).toEqual(teamsClientIds.map((one) => ({ appId: one, delegatedPermissionIds: [scopes[0]?.id] })));
});

it('prints what is to be done in Exchange, with the ids that it needs', async () => {
  const { text } = await setUp();
  expect(text).toContain(`New-ServicePrincipal -AppId ${facts.appId} -ObjectId ${facts.servicePrincipalId}`);
  expect(text).toContain(`PrimarySmtpAddress -eq 'send.board@contoso.example'`);
  expect(text.match(/New-ManagementRoleAssignment/g)).toHaveLength(4);
  expect((await setUp({}, 'P02', '')).text).toContain('no e-mail and no invitation leaves');
});

it('follows a new domain and a new identity, and takes the old ones away', async () => {
  const principalId = '88888888-8888-4888-8888-888888888888';
  const moved = await setUp({ publicDomain: 'tunnel.example', identityPrincipalId: principalId });
  expect(moved.changes).toEqual(['PATCH applications/ID', 'PATCH applications/ID/federatedIdentityCredentials/ID']);
  expect((await ask('applications'))[0]?.['identifierUris']).toEqual([`api://tunnel.example/botid-${facts.appId}`]);
  const back = await setUp();
  expect(back.changes).toEqual(moved.changes);
  const trust = await ask(`applications/${facts.applicationId}/federatedIdentityCredentials`);
  expect(trust.map((one) => one['subject'])).toEqual([identity.principalId]);
});

it('takes the registration that is named, and refuses one that is not there or not unique', async () => {
  expect((await setUp({ appId: facts.appId ?? '' })).changes).toEqual([]);
  await expect(setUp({ appId: identity.clientId })).rejects.toThrow('There is no registration with the client id');
  const other = await setUp({ name: "Officers' board", siteUrl: localSiteUrl, installsForPeople: false });
  expect(other.changes).toHaveLength(6);
  const renamed = { method: 'PATCH', path: `applications/${other.facts.applicationId}` };
  await change(renamed.path, { displayName: 'Board Assistant' });
  await expect(setUp()).rejects.toThrow(`name the one with --app`);
  await change(renamed.path, { displayName: "Officers' board" });
});

it('names a permission that nothing here needs', async () => {
  const [service] = await ask(`servicePrincipals?$filter=appId eq '00000003-0000-0000-c000-000000000000'`);
  const roles = service?.['appRoles'] as { id: string; value: string }[];
  const role = roles.find((one) => one.value === 'Mail.Send');
  const path = `servicePrincipals/${facts.servicePrincipalId}/appRoleAssignments`;
  const body = { principalId: facts.servicePrincipalId, resourceId: service?.['id'], appRoleId: role?.id };
  expect(await change(path, body, 'POST')).toBe(201);
  const { lines } = await setUp();
  expect(lines.join('\n')).toContain('it also has Mail.Send, which nothing here needs');
});

it('is refused, with what Graph says, when the person who signs in may not', async () => {
  const narrow = setUp({ clientId: 'local-admin' }, 'nobody');
  await expect(narrow).rejects.toThrow('Nobody signed in');
});

describe('the product as it was set up', () => {
  const site = `sites/${localSiteUrl}`;
  const graphAs = (credential: Parameters<typeof createGraph>[0]['credential']) =>
    createGraph({
      ...{ mode: 'local', tenantId: localTenantId, clientId: facts.appId ?? '', logger: createMemoryLogger() },
      ...{ localOrigin: local.url, credential },
    });
  const trusted = { kind: 'managedIdentity', managedIdentityClientId: identity.clientId } as const;

  it('signs in as its managed identity, without a secret, and reads and writes the site', async () => {
    const graph = graphAs(trusted);
    expect(await graph.get(site)).toMatchObject({ id: expect.any(String) });
    const [row] = await graph.getAll(`${site}:/lists/Areas/items?$top=1`);
    const { id, eTag } = row as { id: string; eTag: string };
    const change = { fields: { ShortLabel: 'seen' } };
    expect(await graph.patch(`${site}:/lists/Areas/items/${id}`, change, { ifMatch: eTag })).toBeDefined();
  });

  it('makes no list, grants nothing and sees no registration', async () => {
    const graph = graphAs(trusted);
    const list = { displayName: 'More', list: { template: 'genericList' } };
    await expect(graph.post(`${site}:/lists`, list)).rejects.toMatchObject({ kind: 'notAuthorised' });
    await expect(graph.getAll(`${site}:/permissions`)).rejects.toMatchObject({ kind: 'notAuthorised' });
    await expect(graph.getAll('applications')).rejects.toMatchObject({ kind: 'notAuthorised' });
    await expect(graph.get('sites/root')).rejects.toMatchObject({ kind: 'notAuthorised' });
  });

  it('says that SharePoint answers, without a look at any other site', async () => {
    const board = { siteUrl: localSiteUrl };
    await expect(createGraphCheck(graphAs(trusted), [board, board])()).resolves.toBeUndefined();
    const elsewhere = createGraphCheck(graphAs(trusted), [
      board,
      { siteUrl: 'hertland.sharepoint.example:/sites/other' },
    ]);
    await expect(elsewhere()).rejects.toMatchObject({ kind: 'notFound' });
  });

  it('does not sign in as an identity that is not trusted', async () => {
    await setUp({ identityPrincipalId: '88888888-8888-4888-8888-888888888888' });
    await expect(graphAs(trusted).get(site)).rejects.toMatchObject({ kind: 'upstream', service: 'Microsoft Entra' });
    await setUp();
    expect(await graphAs(trusted).get(site)).toBeDefined();
  });

  it('signs in with its certificate, and with no other, nor with one that has run out', async () => {
    const right = selfSigned('board.contoso.example');
    const wrong = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey;
    const old = selfSigned('board.contoso.example', { days: -1 });
    const keyCredentials = [right, old].map(({ der }) => ({
      ...{ type: 'AsymmetricX509Cert', usage: 'Verify', key: der.toString('base64') },
    }));
    expect(await change(`applications/${facts.applicationId}`, { keyCredentials })).toBe(204);
    const as = (privateKeyPem: string, thumbprintSha256: string) =>
      graphAs({ kind: 'certificate', thumbprintSha256, privateKeyPem }).get(site);
    expect(await as(right.keyPem, right.thumbprint)).toBeDefined();
    const refused = { kind: 'upstream', service: 'Microsoft Entra', code: 'invalid_client' };
    const wrongPem = wrong.export({ type: 'pkcs8', format: 'pem' }).toString();
    await expect(as(wrongPem, right.thumbprint)).rejects.toMatchObject(refused);
    await expect(as(right.keyPem, 'ab'.repeat(32))).rejects.toMatchObject(refused);
    await expect(as(old.keyPem, old.thumbprint)).rejects.toMatchObject(refused);
  });

  it('is refused a secret, which the registration does not have', async () => {
    await expect(graphAs({ kind: 'secret', secret: 'local' }).get(site)).rejects.toMatchObject({ kind: 'upstream' });
  });
});

describe('the options of the command', () => {
  const good = {
    tenant: localTenantId,
    domain: 'board.contoso.example',
    site: 'contoso.sharepoint.com:/sites/board',
    client: localTenantId,
  };

  it.each([
    ['tenant', 'contoso'],
    ['domain', 'https://board.contoso.example'],
    ['site', 'https://contoso.sharepoint.com/sites/board'],
    ['identity', 'web-app'],
    ['app', 'Board Assistant'],
    ['mailbox', "a@b' -or 'x"],
  ])('names --%s when it is "%s"', (name, value) => {
    expect(problemsOf(good)).toEqual([]);
    expect(problemsOf({ ...good, [name]: value })).toEqual([expect.stringContaining(`--${name} must be`)]);
  });

  it('stop the command before anybody signs in, all that is wrong at once', () => {
    const args = ['--import', 'tsx', 'bot/cli.ts', 'tenant-setup', '--tenant', 'x', '--domain', 'y', '--site', 'z'];
    const run = spawnSync(process.execPath, args, { cwd: join(__dirname, '../..'), encoding: 'utf8' });
    expect(run.status).toBe(2);
    expect(run.stderr.match(/^--(tenant|domain|site) must be/gm)).toHaveLength(3);
    expect(run.stdout).toBe('');
  });
});
