// Scripted faults, latency and throttling of the local Graph.
import { codeOf, fieldsOf, startGraph, type GraphUnderTest } from './localGraph';

let graph: GraphUnderTest;
beforeAll(async () => {
  graph = await startGraph();
});
afterAll(() => graph.local.close());
afterEach(async () => {
  await fetch(`${graph.local.url}/_local/faults`, { method: 'DELETE' });
});

async function script(fault: unknown, match: unknown = {}, times = 1, more = {}): Promise<number> {
  const response = await fetch(`${graph.local.url}/_local/faults`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ match, times, fault, ...more }),
  });
  return response.status;
}
const first = (): string => `${graph.list('Areas')}/items/1`;
const rename = (label: string): ReturnType<GraphUnderTest['ask']> =>
  graph.ask(`${first()}/fields`, { method: 'PATCH', body: { ShortLabel: label }, shape: 'fieldValueSet' });
const label = async (): Promise<unknown> =>
  fieldsOf((await graph.ask(first(), { shape: 'listItem' })).body)['ShortLabel'];

test('a status comes as often as asked, with its Retry-After, and the work is not done', async () => {
  await script({ kind: 'status', status: 429, retryAfter: 2.128 }, { method: 'PATCH', pathIncludes: '/Areas/' }, 2);
  const answers = [await rename('one'), await rename('two'), await rename('three')];
  expect(answers.map((one) => one.status)).toEqual([429, 429, 200]);
  expect(answers[0]?.headers.get('retry-after')).toBe('2.128');
  expect(answers[0] && codeOf(answers[0])).toBe('activityLimitReached');
});

test('a status after the commit leaves the work done', async () => {
  await script({ kind: 'statusAfterCommit', status: 504 }, { method: 'PATCH' });
  expect((await rename('kept')).status).toBe(504);
  expect(await label()).toBe('kept');
});

test('a reset cuts the connection before the work, or after it', async () => {
  await rename('before');
  await script({ kind: 'reset' }, { method: 'PATCH' });
  await expect(rename('lost')).rejects.toThrow('fetch failed');
  expect(await label()).toBe('before');
  await script({ kind: 'reset', afterCommit: true }, { method: 'PATCH' });
  await expect(rename('done')).rejects.toThrow('fetch failed');
  expect(await label()).toBe('done');
});

test('a fault for another path does not come', async () => {
  await script({ kind: 'status', status: 503 }, { pathIncludes: '/Risks/' });
  expect((await rename('fine')).status).toBe(200);
});

test('a delay lets the answer come, later', async () => {
  await script({ kind: 'delay', ms: 30 });
  const before = performance.now();
  await label();
  expect(performance.now() - before).toBeGreaterThan(25);
});

test('a fault that is not understood is refused in words', async () => {
  expect(await script({ kind: 'explode' })).toBe(400);
  expect(await script({ kind: 'status', status: 200 })).toBe(400);
});

describe('an answer', () => {
  test('in the middle of which the connection breaks is lost, though the work is done', async () => {
    await rename('before');
    await script({ kind: 'reset', midBody: true }, { method: 'PATCH' });
    await expect(rename('done')).rejects.toThrow(/terminated|fetch failed/);
    expect(await label()).toBe('done');
  });

  test('that ends early cannot be read as JSON, whether its length was that of the whole or not', async () => {
    await script({ kind: 'truncate' }, { method: 'PATCH' });
    await expect(rename('short')).rejects.toThrow(/terminated|fetch failed/);
    await script({ kind: 'truncate', contentLength: 'cut', keepBytes: 20 }, { method: 'PATCH' });
    await expect(rename('shorter')).rejects.toThrow(SyntaxError);
    expect(await label()).toBe('shorter');
    await script({ kind: 'truncate', contentLength: 'cut', keepBytes: 1_000_000 }, { method: 'PATCH' });
    expect((await rename('whole')).status).toBe(200);
  });

  test.each([false, true])('stalls after the work, then comes whole (in the middle: %s)', async (midBody) => {
    await script({ kind: 'stall', ms: 40, midBody }, { method: 'PATCH' });
    const before = performance.now();
    expect((await rename(`late ${String(midBody)}`)).body['ShortLabel']).toBe(`late ${String(midBody)}`);
    expect(performance.now() - before).toBeGreaterThan(35);
  });

  test('that stalls is given up when the client leaves, and the work stays done', async () => {
    await script({ kind: 'stall', ms: 600_000, midBody: true }, { method: 'PATCH' });
    const leave = new AbortController();
    const asking = fetch(`${graph.local.url}/v1.0${first()}/fields`, {
      method: 'PATCH',
      signal: leave.signal,
      headers: { authorization: `Bearer ${graph.token}`, 'content-type': 'application/json' },
      body: JSON.stringify({ ShortLabel: 'left' }),
    });
    const response = await asking;
    expect(response.status).toBe(200);
    const reading = response.text();
    leave.abort();
    await expect(reading).rejects.toThrow('aborted');
    expect(await label()).toBe('left');
  });
});

describe('a gateway', () => {
  const raw = (): Promise<Response> =>
    fetch(`${graph.local.url}/v1.0${first()}`, { headers: { authorization: `Bearer ${graph.token}` } });

  test('answers with a page, or with nothing', async () => {
    await script({ kind: 'status', status: 503, body: 'html' });
    const page = await raw();
    expect([page.status, page.headers.get('content-type')]).toEqual([503, 'text/html']);
    expect(await page.text()).toContain('<html>');
    await script({ kind: 'statusAfterCommit', status: 504, body: 'empty' });
    const nothing = await raw();
    expect([nothing.status, nothing.headers.get('content-length'), await nothing.text()]).toEqual([504, '0', '']);
  });

  test('tells when to come back in whole seconds, in parts of them, or as a date no earlier than that', async () => {
    const waitOf = async (retryAfter: unknown): Promise<string> => {
      await script({ kind: 'status', status: 429, retryAfter });
      return String((await raw()).headers.get('retry-after'));
    };
    expect(await waitOf(41)).toBe('41');
    expect(await waitOf(2.128)).toBe('2.128');
    const asked = Date.now();
    const date = await waitOf({ dateInSeconds: 30 });
    expect(date).toMatch(/^[A-Z][a-z]{2}, \d{2} [A-Z][a-z]{2} \d{4} \d{2}:\d{2}:\d{2} GMT$/);
    expect(Date.parse(date) - asked).toBeGreaterThanOrEqual(30_000);
    expect(await waitOf('soon')).toBe('soon');
  });
});

test('a fault waits for as many matching requests as are to be skipped', async () => {
  await script({ kind: 'status', status: 503 }, { method: 'PATCH' }, 1, { skip: 2 });
  const answers = [await rename('one'), await rename('two'), await rename('three'), await rename('four')];
  expect(answers.map((one) => one.status)).toEqual([200, 200, 503, 200]);
});

test('a call without a token is refused before any scripted status', async () => {
  await script({ kind: 'status', status: 503 });
  expect((await fetch(`${graph.local.url}/v1.0${first()}`)).status).toBe(401);
});
