// Upload sessions of the local Graph: fragments in order, an address without a token, and what is refused.
import { codeOf, messageOf, objectOf, startGraph, valuesOf, type Body, type GraphUnderTest } from './localGraph';

const unit = 320 * 1024;
let graph: GraphUnderTest;
let drive: string;
beforeAll(async () => {
  graph = await startGraph();
  const { body } = await graph.ask('/sites/root/drives', { shape: 'driveCollectionResponse' });
  drive = `/drives/${String(valuesOf(body).find((one) => one['name'] === 'Board papers')?.['id'])}`;
});
afterAll(() => graph.local.close());

async function open(path: string, conflict?: string): ReturnType<GraphUnderTest['ask']> {
  const item = conflict === undefined ? {} : { item: { '@microsoft.graph.conflictBehavior': conflict } };
  return graph.ask(`${drive}/root:/${path}:/createUploadSession`, {
    method: 'POST',
    body: item,
    shape: 'uploadSession',
  });
}
async function openAt(path: string, conflict?: string): Promise<string> {
  const { body } = await open(path, conflict);
  return String(body['uploadUrl']);
}
interface Reply {
  readonly status: number;
  readonly headers: Headers;
  readonly body: Body;
}
async function send(url: string, method: string, given: RequestInit = {}): Promise<Reply> {
  const response = await fetch(url, { method, ...given });
  const text = await response.text();
  return { status: response.status, headers: response.headers, body: text === '' ? {} : objectOf(JSON.parse(text)) };
}
const bytes = (length: number, fill: string): Uint8Array<ArrayBuffer> => new Uint8Array(Buffer.alloc(length, fill));
const put = (url: string, from: number, body: Uint8Array<ArrayBuffer>, total: number): Promise<Reply> =>
  send(url, 'PUT', { body, headers: { 'content-range': `bytes ${from}-${from + body.byteLength - 1}/${total}` } });

test('a file goes up in fragments and comes back whole', async () => {
  const url = await openAt('B09/large.bin');
  const total = 2 * unit + 100;
  const first = await put(url, 0, bytes(unit, 'a'), total);
  expect([first.status, first.body['nextExpectedRanges']]).toEqual([202, [`${unit}-`]]);
  await put(url, unit, bytes(unit, 'b'), total);
  expect((await send(url, 'GET')).body['nextExpectedRanges']).toEqual([`${2 * unit}-`]);
  const last = await put(url, 2 * unit, bytes(100, 'c'), total);
  expect([last.status, last.body['name'], last.body['size']]).toEqual([201, 'large.bin', total]);
  const whole = await fetch(`${graph.local.url}/v1.0${drive}/root:/B09/large.bin:/content`, {
    headers: { authorization: `Bearer ${graph.token}` },
  });
  const expected = Buffer.concat([bytes(unit, 'a'), bytes(unit, 'b'), bytes(100, 'c')]);
  expect(Buffer.from(await whole.arrayBuffer()).equals(expected)).toBe(true);
  expect((await send(url, 'GET')).status).toBe(404);
});

test('a token on the upload address is refused, and asked for everywhere else', async () => {
  const url = await openAt('B09/token.bin');
  const headers = { authorization: `Bearer ${graph.token}`, 'content-range': 'bytes 0-3/4' };
  const refused = await send(url, 'PUT', { body: bytes(4, 'x'), headers });
  expect([refused.status, codeOf(refused)]).toEqual([401, 'unauthenticated']);
  expect((await put(url, 0, bytes(4, 'x'), 4)).status).toBe(201);
  expect((await send(`${graph.local.url}/v1.0${drive}/root/children`, 'GET')).status).toBe(401);
});

test.each([
  ['one that was received', 0, unit, 416, 'invalidRange'],
  ['one that leaves a gap', 2 * unit, unit, 416, 'invalidRange'],
  ['one that is no multiple of 320 KiB', unit, 1000, 400, 'invalidRequest'],
])('a fragment is refused: %s', async (_, from, length, status, code) => {
  const url = await openAt('B09/refused.bin');
  const total = 4 * unit;
  await put(url, 0, bytes(unit, 'a'), total);
  const answer = await put(url, from, bytes(length, 'b'), total);
  expect([answer.status, codeOf(answer)]).toEqual([status, code]);
  expect((await put(url, unit, bytes(unit, 'b'), total)).status).toBe(202);
});

test('a fragment whose range does not fit its length or the file is refused', async () => {
  const url = await openAt('B09/range.bin');
  const headers = { 'content-range': 'bytes 0-9/20' };
  expect((await send(url, 'PUT', { body: bytes(4, 'x'), headers })).status).toBe(400);
  expect((await send(url, 'PUT', { body: bytes(4, 'x') })).status).toBe(400);
  await put(url, 0, bytes(unit, 'x'), 2 * unit);
  expect(messageOf(await put(url, unit, bytes(unit, 'x'), 3 * unit))).toContain('size of the file');
});

test('a name that is taken fails, is replaced or is given another name, as asked', async () => {
  await put(await openAt('B09/taken.txt'), 0, bytes(4, '1'), 4);
  const refused = await open('B09/taken.txt');
  expect([refused.status, codeOf(refused)]).toEqual([409, 'nameAlreadyExists']);
  const replaced = await put(await openAt('B09/taken.txt', 'replace'), 0, bytes(5, '2'), 5);
  expect([replaced.status, replaced.body['name'], replaced.body['size']]).toEqual([200, 'taken.txt', 5]);
  const renamed = await put(await openAt('B09/taken.txt', 'rename'), 0, bytes(6, '3'), 6);
  expect([renamed.status, renamed.body['name']]).toEqual([201, 'taken 1.txt']);
});

test('a name taken during an upload refuses the last fragment', async () => {
  const [first, second] = [await openAt('B09/race.txt'), await openAt('B09/race.txt')];
  expect((await put(first, 0, bytes(4, '1'), 4)).status).toBe(201);
  const late = await put(second, 0, bytes(4, '2'), 4);
  expect([late.status, codeOf(late)]).toEqual([409, 'nameAlreadyExists']);
});

test('an upload that is given up leaves nothing', async () => {
  const url = await openAt('B09/given-up.bin');
  await put(url, 0, bytes(unit, 'a'), 2 * unit);
  expect((await send(url, 'DELETE')).status).toBe(204);
  expect((await put(url, unit, bytes(unit, 'a'), 2 * unit)).status).toBe(404);
  expect((await graph.ask(`${drive}/root:/B09/given-up.bin`)).status).toBe(404);
});

test('a file uploaded whole replaces, fails or is renamed, as asked', async () => {
  const upload = (conflict: string): ReturnType<GraphUnderTest['ask']> =>
    graph.ask(`${drive}/root:/B08/whole.txt:/content?@microsoft.graph.conflictBehavior=${conflict}`, {
      method: 'PUT',
      body: new TextEncoder().encode('text'),
      shape: 'driveItem',
    });
  expect((await upload('fail')).status).toBe(201);
  expect((await upload('fail')).status).toBe(409);
  expect((await upload('replace')).status).toBe(200);
  expect((await upload('rename')).body['name']).toBe('whole 1.txt');
  expect((await upload('guess')).status).toBe(400);
});

test('a folder is read page by page, each name once', async () => {
  for (const name of ['d', 'a', 'C', 'e', 'b'])
    await graph.ask(`${drive}/root:/paged/${name}.txt:/content`, {
      method: 'PUT',
      body: new TextEncoder().encode(name),
      shape: 'driveItem',
    });
  const first = await graph.ask(`${drive}/root:/paged:/children?$top=2&$select=name`, { shape: 'driveItem[]' });
  expect(valuesOf(first.body)).toHaveLength(2);
  const names = (await graph.all(`${drive}/root:/paged:/children?$top=2`, 'driveItem[]')).map((one) => one['name']);
  expect(names).toEqual(['a.txt', 'b.txt', 'C.txt', 'd.txt', 'e.txt']);
});

test('people are read page by page, each once', async () => {
  const all = await graph.all('/users?$orderby=displayName', 'user[]');
  const paged = await graph.all('/users?$top=3&$orderby=displayName', 'user[]');
  expect(paged).toEqual(all);
  expect(new Set(paged.map((one) => one['id'])).size).toBe(all.length);
});
