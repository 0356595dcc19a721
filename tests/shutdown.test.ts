// Stopping in order: what is under way is answered, nothing new begins, what is held open is hung up, and it ends in time.
import { once } from 'node:events';
import { Agent, createServer, request, type IncomingMessage, type ServerResponse } from 'node:http';
import { shutDown } from '../bot/shutdown';
import { listen } from './teams/channel';

/** A server whose answers wait to be let go; `said` is what happened, in order. */
async function serving() {
  const said: string[] = [];
  const waiting: ServerResponse[] = [];
  let arrived: () => void = () => undefined;
  const server = createServer((_request, response) => {
    waiting.push(response);
    arrived();
  });
  const port = await listen(server);
  const agent = new Agent({ keepAlive: true });
  /** A request that has arrived, and its answer. */
  const ask = async (): Promise<{ readonly answer: Promise<number | undefined> }> => {
    const here = new Promise<void>((resolve) => (arrived = resolve));
    const sent = request({ port, host: '127.0.0.1', agent, method: 'POST', path: '/api/messages' }).end();
    const answer = once(sent, 'response').then(([response]: IncomingMessage[]) => {
      response?.resume();
      said.push(`answered ${response?.statusCode ?? 0}`);
      return response?.statusCode;
    });
    await here;
    return { answer };
  };
  const product = {
    hangUp: () => void said.push('hung up'),
    close: async () => void said.push('closed'),
  };
  return { server, port, agent, said, waiting, ask, product };
}

test('answers the invoke that is under way, then closes what it used, although the client keeps its connection', async () => {
  const it = await serving();
  const invoke = await it.ask();
  const ended = shutDown(it.server, it.product, 5000);
  await expect(fetch(`http://127.0.0.1:${it.port}/`)).rejects.toThrow();
  expect(it.said).toEqual(['hung up']);
  it.waiting[0]?.end('{}');
  expect(await invoke.answer).toBe(200);
  expect(await ended).toBe('ended');
  expect(it.said).toEqual(['hung up', 'answered 200', 'closed']);
  it.agent.destroy();
});

test('ends at once when nothing is under way', async () => {
  const it = await serving();
  expect(await shutDown(it.server, it.product, 5000)).toBe('ended');
  expect(it.said).toEqual(['hung up', 'closed']);
});

test('leaves what does not end in time', async () => {
  const it = await serving();
  const invoke = await it.ask();
  expect(await shutDown(it.server, it.product, 50)).toBe('late');
  expect(it.said).not.toContain('closed');
  it.server.closeAllConnections();
  await expect(invoke.answer).rejects.toThrow();
  it.agent.destroy();
});

test('says when something could not be closed', async () => {
  const it = await serving();
  const product = { ...it.product, close: () => Promise.reject(new TypeError('no database')) };
  await expect(shutDown(it.server, product, 5000)).rejects.toThrow('no database');
});

test.each([
  ['ended', async () => undefined],
  ['could not be closed', () => Promise.reject(new TypeError('no database'))],
])('sends what was measured after everything else, when it %s', async (_how, close) => {
  const it = await serving();
  const product = {
    ...it.product,
    close: async () => {
      it.said.push('closed');
      return close();
    },
  };
  const last = async () => void it.said.push('sent');
  await shutDown(it.server, product, 5000, last).catch(() => undefined);
  expect(it.said).toEqual(['hung up', 'closed', 'sent']);
});
