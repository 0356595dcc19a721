// The console page: what it shows, how a person edits a cell, and that nothing people wrote becomes markup.
import { expectGraph } from '../../fixtures/graph/expectGraph';
import { fieldsOf, objectOf, startGraph, valuesOf, type GraphUnderTest } from './localGraph';

let graph: GraphUnderTest;
beforeAll(async () => {
  graph = await startGraph();
});
afterAll(() => graph.local.close());

const page = async (path: string): Promise<{ status: number; text: string; policy: string | null }> => {
  const response = await fetch(`${graph.local.url}${path}`);
  return {
    status: response.status,
    text: await response.text(),
    policy: response.headers.get('content-security-policy'),
  };
};
const edit = async (path: string, body: unknown): Promise<{ status: number; body: Record<string, unknown> }> => {
  const response = await fetch(`${graph.local.url}/_local/lists/${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  return { status: response.status, body: objectOf(await response.json()) };
};
const item = async (list: string, id: number): ReturnType<GraphUnderTest['ask']> =>
  graph.ask(`${graph.list(list)}/items/${id}`, { shape: 'listItem' });

test('shows every list with its number of rows', async () => {
  const { status, text, policy } = await page('/');
  expect(status).toBe(200);
  expect(text).toMatch(
    /<a href="\/lists\/Actions">Actions<\/a>\s*<\/th>\s*<td>The actions of the improvement plan<\/td>\s*<td class="number">45<\/td>/,
  );
  expect(policy).toContain("script-src 'self'");
});

test('holds no inline script, style or handler', async () => {
  for (const path of ['/', '/lists/Actions', '/lists/Actions/4', '/files', '/mail', '/seed']) {
    const { text } = await page(path);
    expect(text).not.toMatch(/<script(?![^>]* src=)|<style|\son[a-z]+=|style="/);
  }
});

test('shows dates, people and choices in words', async () => {
  const { text } = await page('/lists/Actions');
  expect(text).toContain('29 November 2024');
  expect(text).toContain('Freya Langmoor');
  expect(text).not.toContain('seed:action:');
  expect((await page('/lists/Actions?columns=all')).text).toContain('seed:action:APA1.04');
});

test('names the person behind a reference, and says what an update changed without braces', async () => {
  const { body } = await item('Updates', 1);
  const after = '{"percentComplete":50,"forecastOn":null}';
  await edit('Updates/items/1', { version: body['eTag'], editor: 'P15', fields: { After: after } });
  const { text } = await page('/lists/Updates');
  expect(text).toMatch(/data-raw="P10">\s*P10 \(Freya Langmoor\)\s*<\/td>/);
  expect(text).toMatch(/data-raw="\{\}">\s*nothing\s*<\/td>/);
  expect(text).toContain('percentComplete: 50; forecastOn: nothing');
  expect(text).toContain('what is changed by hand is reported');
  // What has parts of its own, or is no JSON at all, stands as it was written.
  expect((await page('/lists/Settings')).text).toMatch(/\{&quot;/);
});

test('says on an empty page what would come there', async () => {
  const meetings = '<a href="/lists/Meetings">Meetings</a>; a meeting appears here once people are invited to it.';
  expect((await page('/calendar')).text).toContain(meetings);
  expect((await page('/teams')).text).toContain('<code>npm start</code>');
  const { text } = await page('/files');
  expect(text.match(/When the log of a meeting is frozen/g)).toHaveLength(1);
});

test('escapes what people wrote, in cells, attributes and history', async () => {
  const hostile = `<img src=x onerror="alert(1)">' & {{7*7}}`;
  const { body } = await item('Areas', 1);
  await edit('Areas/items/1', { version: body['eTag'], editor: 'P15', fields: { Aim: hostile } });
  for (const path of ['/lists/Areas', '/lists/Areas/1']) {
    const { text } = await page(path);
    expect(text).not.toContain('<img src=x');
    expect(text).toContain('&lt;img src=x onerror=&quot;alert(1)&quot;&gt;&#39; &amp; {{7*7}}');
  }
});

test('an edit is that person’s, in Graph and in the history', async () => {
  const before = await item('Actions', 4);
  const saved = await edit('Actions/items/4', {
    version: before.body['eTag'],
    editor: 'P10',
    fields: { PercentComplete: 80 },
  });
  expect(saved).toMatchObject({ status: 200, body: { modifiedBy: 'Freya Langmoor' } });
  const after = await item('Actions', 4);
  expect(after.body['lastModifiedBy']).toEqual({
    user: {
      id: '669684f8-0e15-5ed6-9efb-99e9fc929454',
      displayName: 'Freya Langmoor',
      email: 'freya.langmoor@hertland.example',
    },
  });
  expect(fieldsOf(after.body)['EditorLookupId']).toBe(fieldsOf(after.body)['OwnerLookupId']);
  expect((await page('/lists/Actions/4')).text).toMatch(/Percent complete: “67” became\s*“80”/);
});

test('an edit of an old version is refused, and so is one by a person without an account', async () => {
  const { body } = await item('Risks', 2);
  const fields = { Proximity: 'now' };
  expect((await edit('Risks/items/2', { version: body['eTag'], editor: 'P08', fields })).status).toBe(200);
  expect((await edit('Risks/items/2', { version: body['eTag'], editor: 'P08', fields })).status).toBe(412);
  expect((await edit('Risks/items/2', { version: body['eTag'], editor: 'P03', fields })).status).toBe(403);
  expect((await edit('Risks/items/2', { version: body['eTag'], editor: 'P08', fields: { Nope: 1 } })).status).toBe(400);
  expect((await edit('Risks/items/2', { fields })).status).toBe(400);
});

test('offers files as downloads, never as pages', async () => {
  const drives = await graph.ask('/sites/root/drives', { shape: 'driveCollectionResponse' });
  const drive = valuesOf(drives.body).find((one) => one['name'] === 'Board papers');
  const html = new TextEncoder().encode('<script>alert(1)</script>');
  const made = await graph.ask(`/drives/${String(drive?.['id'])}/root:/B09/note.html:/content`, {
    method: 'PUT',
    body: html,
    headers: { 'content-type': 'text/html' },
    shape: 'driveItem',
  });
  expect((await page('/files')).text).toContain('note.html');
  const response = await fetch(`${graph.local.url}/files/${String(made.body['id'])}`);
  expect(response.headers.get('content-disposition')).toBe('attachment; filename=note.html');
  expect(response.headers.get('content-security-policy')).toContain('sandbox');
  expect((await page('/files/none')).status).toBe(404);
});

test('keeps sent mail and says so when there is none', async () => {
  expect((await page('/mail')).text).toContain('No mail has been sent.');
  const message = {
    subject: 'Papers',
    body: { contentType: 'text', content: 'Attached.' },
    toRecipients: [{ emailAddress: { address: 'casey@dfe.example' } }],
  };
  const sent = await graph.ask('/users/send.board@hertland.example/sendMail', { method: 'POST', body: { message } });
  expect(sent.status).toBe(202);
  expect((await page('/mail')).text).toContain('casey@dfe.example');
});

test('lists the seeded people, those outside without an account', async () => {
  const body = objectOf(await (await fetch(`${graph.local.url}/_local/people`)).json());
  const people = valuesOf(body);
  expect(people).toHaveLength(21);
  expect(people.find((one) => one['ref'] === 'P10')).toMatchObject({
    name: 'Freya Langmoor',
    boardRole: 'owner',
    external: false,
  });
  expect(people.find((one) => one['ref'] === 'X01')).not.toHaveProperty('entraObjectId');
});

test('answers a page that is not there in words', async () => {
  const missing = await page('/lists/Nothing');
  expect([missing.status, missing.text.includes('See all lists')]).toEqual([404, true]);
  const elsewhere = await fetch(`${graph.local.url}/somewhere/else`);
  expect(elsewhere.status).toBe(501);
  expectGraph('ODataError', await elsewhere.json());
});
