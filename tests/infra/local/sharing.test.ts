// Sharing in the local Graph: who is invited, what they hear, what is listed and ended.
import { messageOf, objectOf, startGraph, valuesOf, type Answer, type Body, type GraphUnderTest } from './localGraph';

let graph: GraphUnderTest;
let file: string;
let folder: string;
beforeAll(async () => {
  graph = await startGraph();
  const { body } = await graph.ask('/sites/root/drives', { shape: 'drive[]' });
  const drive = `/drives/${String(valuesOf(body).find((one) => one['name'] === 'Board papers')?.['id'])}`;
  file = `${drive}/root:/B09/minutes.txt:`;
  folder = `${drive}/root:/B09:`;
  await graph.ask(`${file}/content`, { method: 'PUT', body: new TextEncoder().encode('x'), shape: 'driveItem' });
});
afterEach(async () => {
  for (const place of [file, folder])
    for (const one of (await permissions(place)).filter((share) => share['inheritedFrom'] === undefined))
      await graph.ask(`${place}/permissions/${String(one['id'])}`, { method: 'DELETE' });
});
afterAll(() => graph.local.close());

const invite = (body: Body = {}, place = file): Promise<Answer> =>
  graph.ask(`${place}/invite`, {
    method: 'POST',
    shape: 'permission[]',
    body: {
      recipients: [{ email: 'casey@dfe.example' }],
      roles: ['read'],
      requireSignIn: true,
      sendInvitation: true,
      ...body,
    },
  });
const permissions = async (place = file): Promise<readonly Body[]> =>
  valuesOf((await graph.ask(`${place}/permissions`, { shape: 'permission[]' })).body);
const outbox = async (): Promise<readonly Body[]> =>
  valuesOf(objectOf(await (await fetch(`${graph.local.url}/_local/outbox`)).json()));

test('a person outside is invited by address and told by mail', async () => {
  const answer = await invite({ message: 'Papers for Monday', expirationDateTime: '2025-02-01T09:00:00Z' });
  expect(answer.status).toBe(200);
  expect(valuesOf(answer.body)).toEqual([
    expect.objectContaining({
      roles: ['read'],
      expirationDateTime: '2025-02-01T09:00:00Z',
      invitation: expect.objectContaining({ email: 'casey@dfe.example', signInRequired: true }),
    }),
  ]);
  const mail = (await outbox()).at(-1);
  expect(mail).toMatchObject({ kind: 'sharing', to: ['casey@dfe.example'] });
  expect(String(mail?.['body'])).toMatch(/^Papers for Monday\n.*may read “minutes\.txt”.*This ends on Saturday 1 Feb/s);
});

test('nobody is told when no invitation is wanted', async () => {
  const before = (await outbox()).length;
  await invite({ sendInvitation: false });
  expect(await outbox()).toHaveLength(before);
  expect(await permissions()).toHaveLength(1);
});

test('the same person invited again has one permission, with the new role', async () => {
  const first = await invite();
  const second = await invite({ recipients: [{ email: 'Casey@dfe.example' }], roles: ['write'] });
  expect(valuesOf(second.body)[0]?.['id']).toBe(valuesOf(first.body)[0]?.['id']);
  expect((await permissions()).map((one) => one['roles'])).toEqual([['write']]);
});

test('what is shared of a folder is shown on its files, to be changed on the folder', async () => {
  await invite({}, folder);
  const [inherited] = await permissions(file);
  expect(inherited).toMatchObject({ inheritedFrom: { name: 'B09' } });
  const path = `${file}/permissions/${String(inherited?.['id'])}`;
  expect((await graph.ask(path, { shape: 'permission' })).status).toBe(200);
  expect((await graph.ask(path, { method: 'DELETE' })).status).toBe(400);
});

test('a permission is changed and ended', async () => {
  const { body } = await invite();
  const path = `${file}/permissions/${String(valuesOf(body)[0]?.['id'])}`;
  const changed = await graph.ask(path, { method: 'PATCH', body: { roles: ['write'] }, shape: 'permission' });
  expect(changed.body['roles']).toEqual(['write']);
  expect((await graph.ask(path, { method: 'DELETE' })).status).toBe(204);
  expect(await permissions()).toEqual([]);
  expect((await graph.ask(path, { method: 'DELETE' })).status).toBe(404);
});

test('a permission ends on its day', async () => {
  await invite({ expirationDateTime: '2025-01-07T09:00:00Z' });
  expect(await permissions()).toHaveLength(1);
  await fetch(`${graph.local.url}/_local/clock`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ advanceTo: '2025-01-07T10:00:00Z' }),
  });
  expect(await permissions()).toEqual([]);
});

test.each([
  ['owner', { roles: ['owner'] }, 'read or write'],
  ['nobody', { recipients: [] }, 'not understood'],
  ['no address', { recipients: [{ email: 'casey' }] }, 'valid e-mail address'],
  ['an unknown user', { recipients: [{ objectId: 'nobody' }] }, 'valid e-mail address'],
  ['neither sign-in nor invitation', { requireSignIn: false, sendInvitation: false }, 'must be true'],
  ['a day that has passed', { expirationDateTime: '2025-01-01T09:00:00Z' }, 'in the future'],
  ['an unknown property', { retainInheritedPermissions: false }, 'retainInheritedPermissions'],
])('an invitation with %s is refused and nobody hears of it', async (_, body, message) => {
  const before = (await outbox()).length;
  const answer = await invite(body);
  expect(answer.status).toBe(400);
  expect(messageOf(answer)).toContain(message);
  expect(await outbox()).toHaveLength(before);
});

test('the console says whom a file is shared with', async () => {
  await invite({}, folder);
  const text = await (await fetch(`${graph.local.url}/files`)).text();
  expect(text).toContain('casey@dfe.example (may read)');
});
