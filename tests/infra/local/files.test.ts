// Document libraries of the local Graph: upload, folders, download, delete.
import { codeOf, sitePath, startGraph, valuesOf, type GraphUnderTest } from './localGraph';

let graph: GraphUnderTest;
let drive: string;
beforeAll(async () => {
  graph = await startGraph();
  const { body } = await graph.ask(`${sitePath}:/drives`, { shape: 'driveCollectionResponse' });
  drive = `/drives/${String(valuesOf(body).find((one) => one['name'] === 'Board papers')?.['id'])}`;
});
afterAll(() => graph.local.close());

const put = (path: string, text: string, headers: Record<string, string> = {}): ReturnType<GraphUnderTest['ask']> =>
  graph.ask(`${drive}/root:/${path}:/content`, {
    method: 'PUT',
    body: new TextEncoder().encode(text),
    headers: { 'content-type': 'text/plain', ...headers },
    shape: 'driveItem',
  });
async function read(path: string): Promise<string> {
  const response = await fetch(`${graph.local.url}/v1.0${drive}/root:/${path}:/content`, {
    headers: { authorization: `Bearer ${graph.token}` },
  });
  return `${response.status} ${response.headers.get('content-type') ?? ''} ${await response.text()}`;
}

test('a file goes up with its folders and comes back byte for byte', async () => {
  const made = await put('B09/Log%20for%20the%20meeting.txt', 'Naïve – “quoted”');
  expect(made.status).toBe(201);
  expect(made.body).toMatchObject({ name: 'Log for the meeting.txt', size: 23, file: { mimeType: 'text/plain' } });
  expect(String(made.body['webUrl'])).toMatch(/\/Board%20papers\/B09\/Log%20for%20the%20meeting\.txt$/);
  expect(await read('B09/Log%20for%20the%20meeting.txt')).toBe('200 text/plain Naïve – “quoted”');
});

test('a second upload replaces the first as a new version', async () => {
  await put('B08/log.json', '{"a":1}');
  const again = await put('B08/LOG.json', '{"a":2}');
  expect([again.status, String(again.body['eTag']).endsWith(',2"')]).toEqual([200, true]);
  expect(await read('B08/log.json')).toContain('{"a":2}');
  const { body } = await graph.ask(`${drive}/root:/B08:/children`, { shape: 'driveItemCollectionResponse' });
  expect(valuesOf(body)).toHaveLength(1);
});

test('an upload under an old eTag is refused', async () => {
  const first = await put('B08/minutes.txt', 'one');
  await put('B08/minutes.txt', 'two');
  const stale = await put('B08/minutes.txt', 'three', { 'if-match': String(first.body['eTag']) });
  expect([stale.status, codeOf(stale)]).toEqual([412, 'resourceModified']);
  expect(await read('B08/minutes.txt')).toContain('two');
});

test('a folder is made once', async () => {
  const body = { name: 'B10', folder: {}, '@microsoft.graph.conflictBehavior': 'fail' };
  const make = (): ReturnType<GraphUnderTest['ask']> =>
    graph.ask(`${drive}/root/children`, { method: 'POST', body, shape: 'driveItem' });
  expect((await make()).status).toBe(201);
  const again = await make();
  expect([again.status, codeOf(again)]).toEqual([409, 'nameAlreadyExists']);
  const folder = await graph.ask(`${drive}/root:/B10`, { shape: 'driveItem' });
  expect(folder.body).toMatchObject({ folder: { childCount: 0 } });
});

test('a file is found, read and deleted by its id', async () => {
  const { body } = await put('B07/gone.txt', 'soon gone');
  const path = `${drive}/items/${String(body['id'])}`;
  expect((await graph.ask(path, { shape: 'driveItem' })).body).toMatchObject({ name: 'gone.txt' });
  expect((await graph.ask(path, { method: 'DELETE' })).status).toBe(204);
  expect((await graph.ask(path)).status).toBe(404);
});

test.each(['..%2F..%2Fetc%2Fpasswd', 'a%5Cb.txt', 'what%3F.txt'])('the name %s is refused', async (path) => {
  expect((await put(path, 'x')).status).toBe(400);
});

test('a list that is no library has no drive, and nothing is at an empty path', async () => {
  expect((await graph.ask(`${graph.list('Actions')}/drive`)).status).toBe(404);
  expect((await graph.ask(`${drive}/root:/nowhere/at/all.txt`)).status).toBe(404);
  expect((await graph.ask(`${sitePath}:/drive`, { shape: 'drive' })).body).toMatchObject({ name: 'Documents' });
});
