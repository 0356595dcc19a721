// What applications and people may do in the site with the permissions of their tokens, and whose a change is then.
import { codeOf, fieldsOf, objectOf, sitePath, startGraph, tokenOf, valuesOf } from './localGraph';
import type { Answer, Ask, Body, GraphUnderTest } from './localGraph';

let graph: GraphUnderTest;
beforeAll(async () => {
  graph = await startGraph();
});
afterAll(() => graph.local.close());

async function askAs(form: Readonly<Record<string, string>>): Promise<(path: string, ask?: Ask) => Promise<Answer>> {
  const token = String((await tokenOf(graph.local.url, form)).body['access_token']);
  return (path, ask = {}) => graph.ask(path, { ...ask, headers: { ...ask.headers, authorization: `Bearer ${token}` } });
}
const appForm = (id: string): Record<string, string> => ({
  grant_type: 'client_credentials',
  client_id: id,
  client_secret: 'local',
});
const personForm = (username: string, scope = 'https://graph.microsoft.com/.default'): Record<string, string> => ({
  grant_type: 'password',
  client_id: 'local-tab',
  username,
  scope,
});

const areas = `${sitePath}:/lists/Areas`;
const patch: Ask = { method: 'PATCH', body: { ShortLabel: 'seen' }, shape: 'fieldValueSet' };
const newList = (displayName: string): Ask => ({
  method: 'POST',
  body: { displayName, list: { template: 'genericList' } },
  shape: 'list',
});
const newColumn = (name: string): Ask => ({ method: 'POST', body: { name, text: {} }, shape: 'columnDefinition' });
const changeColumn: Ask = { method: 'PATCH', body: { description: 'A short name' }, shape: 'columnDefinition' };

test.each([
  ['local-none', [403, 403, 403, 403, 403]],
  ['local-reader', [200, 403, 403, 403, 403]],
  ['local-selected', [200, 200, 403, 403, 403]],
  ['local', [200, 200, 201, 201, 200]],
])('%s reads, writes, makes a list and a column, changes a column: %j', async (app, expected) => {
  const ask = await askAs(appForm(app));
  const answers = [
    await ask(`${areas}/items/1`, { shape: 'listItem' }),
    await ask(`${areas}/items/1/fields`, patch),
    await ask(`${sitePath}:/lists`, newList(`List of ${app}`)),
    await ask(`${areas}/columns`, newColumn('Colour')),
    await ask(`${areas}/columns/ShortLabel`, changeColumn),
  ];
  expect(answers.map((one) => one.status)).toEqual(expected);
  const refused = answers.filter((one) => one.status === 403).map(codeOf);
  expect(new Set(refused)).toEqual(new Set(refused.length === 0 ? [] : ['accessDenied']));
});

test('each application is metered by itself', async () => {
  const ask = await askAs(appForm('local-reader'));
  await ask(`${areas}/items/1`, { shape: 'listItem' });
  const usage = objectOf(await (await fetch(`${graph.local.url}/_local/usage`)).json());
  expect(Object.keys(objectOf(usage['apps']))).toEqual(expect.arrayContaining(['local', 'local-reader']));
});

test('a person who signs in to Graph makes lists only with the permission for it', async () => {
  const member = await askAs(personForm('P10'));
  expect((await member(`${sitePath}:/lists`, newList('Of a member'))).status).toBe(403);
  const manager = await askAs(personForm('P10', 'https://graph.microsoft.com/Sites.Manage.All'));
  expect((await manager(`${sitePath}:/lists`, newList('Of a manager'))).status).toBe(201);
});

test('a person from outside the tenant does not sign in to Graph', async () => {
  const people = objectOf(await (await fetch(`${graph.local.url}/_local/people`)).json());
  const outside = valuesOf(people).find((one) => one['external'] === true);
  const answer = await tokenOf(graph.local.url, personForm(String(outside?.['ref'])));
  expect([answer.status, answer.body['error']]).toEqual([400, 'invalid_grant']);
});

describe('a change is by', () => {
  const path = `${areas}/items/2`;
  const latest = async (): Promise<{ item: Body; version: Body; editorLookupId: unknown }> => {
    const item = (await graph.ask(`${path}?$expand=fields`, { shape: 'listItem' })).body;
    const versions = await graph.ask(`${path}/versions?$expand=fields`, { shape: 'listItemVersionCollectionResponse' });
    const version = valuesOf(versions.body)[0] ?? {};
    expect(fieldsOf(version)['EditorLookupId']).toBe(fieldsOf(item)['EditorLookupId']);
    return { item, version, editorLookupId: fieldsOf(item)['EditorLookupId'] };
  };
  const person = {
    id: '669684f8-0e15-5ed6-9efb-99e9fc929454',
    displayName: 'Freya Langmoor',
    email: 'freya.langmoor@hertland.example',
  };
  const lookupIdOf = async (email: string): Promise<unknown> => {
    const users = await graph.all(
      `${sitePath}:/lists/User Information List/items?$expand=fields`,
      'listItemCollectionResponse',
    );
    return users.find((one) => fieldsOf(one)['EMail'] === email)?.['id'];
  };

  test('the application that wrote it, shown as SharePoint App', async () => {
    await graph.ask(`${path}/fields`, { ...patch, body: { ShortLabel: 'by the app' } });
    const { item, version, editorLookupId } = await latest();
    const by = {
      application: { id: 'local', displayName: 'Board Assistant' },
      user: { displayName: 'SharePoint App' },
    };
    expect([item['lastModifiedBy'], version['lastModifiedBy'], editorLookupId]).toEqual([by, by, '1073741822']);
  });

  test('the person who edited the row in SharePoint itself', async () => {
    const people = valuesOf(objectOf(await (await fetch(`${graph.local.url}/_local/people`)).json()));
    const editor = people.find((one) => one['email'] === person.email)?.['ref'];
    const version = String((await graph.ask(path, { shape: 'listItem' })).body['eTag']);
    const response = await fetch(`${graph.local.url}/_local/lists/Areas/items/2`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ version, editor, fields: { ShortLabel: 'by hand' } }),
    });
    expect(response.status).toBe(200);
    const seen = await latest();
    expect(seen.item['lastModifiedBy']).toEqual({ user: person });
    expect(seen.version['lastModifiedBy']).toEqual({ user: person });
    expect(seen.editorLookupId).toBe(await lookupIdOf(person.email));
  });

  test('the person whose token it was, with the application beside them', async () => {
    const ask = await askAs(personForm(person.email));
    expect((await ask(`${path}/fields`, { ...patch, body: { ShortLabel: 'signed in' } })).status).toBe(200);
    const { version, editorLookupId } = await latest();
    expect(version['lastModifiedBy']).toEqual({
      application: { id: 'local-tab', displayName: 'local-tab' },
      user: person,
    });
    expect(editorLookupId).toBe(await lookupIdOf(person.email));
  });
});
