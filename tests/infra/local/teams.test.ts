// Teams of the local Graph: installing the app for people, its chat with them, their activity feed.
import { messageOf, objectOf, startGraph, valuesOf, type Answer, type Body, type GraphUnderTest } from './localGraph';

let graph: GraphUnderTest;
const catalogueId = '44444444-4444-4444-4444-444444444444';
const freya = '/users/freya.langmoor@hertland.example/teamwork';
let others: readonly string[];
beforeAll(async () => {
  graph = await startGraph({ activityTypes: ['updateAsked'] });
  const users = await graph.all('/users', 'user[]');
  others = users
    .map((one) => String(one['id']))
    .filter((one) => one !== '669684f8-0e15-5ed6-9efb-99e9fc929454')
    .map((one) => `/users/${one}/teamwork`);
});
afterAll(() => graph.local.close());

const bind = (id: string): Body => ({
  'teamsApp@odata.bind': `https://graph.microsoft.com/v1.0/appCatalogs/teamsApps/${id}`,
});
const install = (teamwork: string, id = catalogueId): Promise<Answer> =>
  graph.ask(`${teamwork}/installedApps`, { method: 'POST', body: bind(id) });
const installations = async (teamwork: string, query = ''): Promise<readonly Body[]> =>
  valuesOf((await graph.ask(`${teamwork}/installedApps${query}`, { shape: 'userScopeTeamsAppInstallation[]' })).body);
const notify = (teamwork: string, body: Body = {}): Promise<Answer> =>
  graph.ask(`${teamwork}/sendActivityNotification`, {
    method: 'POST',
    body: {
      topic: { source: 'text', value: 'Board Assistant', webUrl: 'https://teams.microsoft.example/l/entity/board' },
      activityType: 'systemDefault',
      previewText: { content: 'An update is asked for' },
      templateParameters: [{ name: 'systemDefaultText', value: 'An update is asked for by Friday' }],
      ...body,
    },
  });

test('the app is found in the catalogue by the id of its manifest', async () => {
  const all = await graph.ask('/appCatalogs/teamsApps', { shape: 'teamsApp[]' });
  const [app] = valuesOf(all.body);
  expect(app).toMatchObject({ id: catalogueId, displayName: 'Board Assistant' });
  const query = `/appCatalogs/teamsApps?$filter=externalId eq '${String(app?.['externalId'])}'`;
  expect(valuesOf((await graph.ask(query, { shape: 'teamsApp[]' })).body)).toEqual([app]);
  const none = await graph.ask("/appCatalogs/teamsApps?$filter=externalId eq 'x'", { shape: 'teamsApp[]' });
  expect(valuesOf(none.body)).toEqual([]);
});

test('the app is installed once for a person, with a chat, and uninstalled', async () => {
  expect(await installations(freya)).toEqual([]);
  const made = await install(freya);
  expect([made.status, made.headers.get('location')?.includes('/teamwork/installedApps(')]).toEqual([201, true]);
  expect((await install(freya)).status).toBe(409);
  const [one] = await installations(freya, `?$expand=teamsApp&$filter=teamsApp/id eq '${catalogueId}'`);
  expect(one).toMatchObject({ teamsApp: { id: catalogueId, distributionMethod: 'organization' } });
  const path = `${freya}/installedApps/${encodeURIComponent(String(one?.['id']))}`;
  const response = await fetch(`${graph.local.url}/v1.0${path}/chat`, {
    headers: { authorization: `Bearer ${graph.token}` },
  });
  expect(objectOf(await response.json())).toMatchObject({ chatType: 'oneOnOne' });
  expect((await graph.ask(path, { method: 'DELETE' })).status).toBe(204);
  expect(await installations(freya)).toEqual([]);
});

test.each([
  ['another app', bind('00000000-0000-0000-0000-000000000000'), 404],
  ['no app', {}, 400],
  ['an address that is none', { 'teamsApp@odata.bind': 'board-assistant' }, 400],
])('installing %s is refused', async (_, body, status) => {
  expect((await graph.ask(`${freya}/installedApps`, { method: 'POST', body })).status).toBe(status);
});

test('nobody without an account can have the app', async () => {
  expect((await install('/users/casey@dfe.example/teamwork')).status).toBe(404);
});

test('the feed tells those who have the app, and the console shows it', async () => {
  const [first = '', second = ''] = others;
  await install(first);
  expect((await notify(first)).status).toBe(204);
  const declared = { activityType: 'updateAsked', previewText: { content: 'Declared in the manifest' } };
  expect((await notify(first, declared)).status).toBe(204);
  expect((await notify(second)).status).toBe(403);
  const text = await (await fetch(`${graph.local.url}/teams`)).text();
  expect(text).toContain('An update is asked for by Friday');
  expect(text).toContain('Declared in the manifest');
});

test.each([
  ['a type the manifest does not declare', { activityType: 'taskCreated' }, 'not declared'],
  ['no text for the reserved type', { templateParameters: [] }, 'systemDefaultText'],
  ['a long preview', { previewText: { content: 'x'.repeat(151) } }, '150'],
  ['a topic without a link', { topic: { source: 'text', value: 'Board' } }, 'webUrl'],
  ['a link that is not Graph’s', { topic: { source: 'entityUrl', value: 'https://board.example' } }, 'Microsoft Graph'],
  ['an unknown property', { colour: 'red' }, 'colour'],
])('a notification with %s is refused', async (_, body, message) => {
  const answer = await notify(others[0] ?? '', body);
  expect(answer.status).toBe(400);
  expect(messageOf(answer)).toContain(message);
});

test('150 characters are allowed', async () => {
  const [, , third = ''] = others;
  await install(third);
  expect((await notify(third, { previewText: { content: 'x'.repeat(150) } })).status).toBe(204);
});

test('more than ten notifications a minute to one person are refused, to another not', async () => {
  const [, , , one = '', other = ''] = others;
  await install(one);
  await install(other);
  for (let count = 0; count < 10; count += 1) expect((await notify(one)).status).toBe(204);
  const refused = await notify(one);
  expect(refused.status).toBe(429);
  expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
  expect((await notify(other)).status).toBe(204);
});

test('subscriptions, installations and the feed are empty at first in words', async () => {
  const text = await (await fetch(`${graph.local.url}/notifications`)).text();
  expect(text).toContain('No program has asked to be told.');
  expect(objectOf(await (await fetch(`${graph.local.url}/_local/subscriptions`)).json())).toEqual({ value: [] });
});
