// The endpoint that SharePoint calls: the handshake, genuine and forged notifications, floods and what is too large.
import express, { type Express } from 'express';
import request from 'supertest';
import { notificationsPath, notificationsRouter, type NotificationSettings } from '../../bot/api/notifications';
import { localGuard } from '../../bot/api/localGuard';
import { problemHandler } from '../../bot/api/problems';
import { UpstreamError } from '../../bot/errors';
import { createMemoryLogger } from '../fixtures/memoryPorts';

const keys = {
  north: { address: 'a'.repeat(32), clientState: 'secret of north' },
  south: { address: 'b'.repeat(32), clientState: 'secret of south' },
};
const north = `${notificationsPath}/${keys.north.address}`;

function endpoint(over: Partial<NotificationSettings> = {}) {
  const woken: string[] = [];
  const logger = createMemoryLogger();
  const app: Express = express();
  app.use(localGuard());
  app.use(
    notificationsPath,
    notificationsRouter({
      boardIds: ['north', 'south'],
      keys: { keysOf: async (boardId) => (boardId === 'north' ? keys.north : keys.south) },
      changed: (boardId) => woken.push(boardId),
      logger,
      ...over,
    }),
  );
  app.use(problemHandler(logger));
  const ignored = () => logger.lines.filter((one) => one.event === 'notifications.ignored').map((one) => one.facts);
  return { app, woken, ignored };
}

const entry = (clientState?: unknown) => ({
  id: 'n1',
  subscriptionId: '0fc0d6db-0073-42e5-a186-853da75fb308',
  subscriptionExpirationDateTime: '2025-01-13T09:00:00Z',
  changeType: 'updated',
  resource: 'sites/s/lists/l',
  tenantId: '33333333-3333-3333-3333-333333333333',
  ...(clientState === undefined ? {} : { clientState }),
});
const told = (...states: unknown[]) => ({ value: states.map(entry) });

describe('the handshake', () => {
  test('answers the token as plain text, also in local mode', async () => {
    const token = 'Validation: Testing client application reachability for subscription Request-Id: 1+2/3=';
    const answer = await request(endpoint().app)
      .post(`${north}?validationToken=${encodeURIComponent(token)}`)
      .set('Content-Type', 'text/plain; charset=utf-8');
    expect([answer.status, answer.text]).toEqual([200, token]);
    expect(answer.headers['content-type']).toBe('text/plain; charset=utf-8');
  });

  test('gives no markup back', async () => {
    const answer = await request(endpoint().app).post(
      `${north}?validationToken=${encodeURIComponent(`<script>alert("1" & '2')</script>`)}`,
    );
    expect(answer.status).toBe(200);
    expect(answer.text).toBe('&lt;script&gt;alert(&quot;1&quot; &amp; &#39;2&#39;)&lt;/script&gt;');
    expect(answer.headers['content-type']).toMatch(/^text\/plain/);
  });

  test.each([
    ['too long', `validationToken=${'x'.repeat(2_001)}`],
    ['given twice', 'validationToken=a&validationToken=b'],
  ])('is refused when the token is %s', async (_what, query) => {
    const answer = await request(endpoint().app).post(`${north}?${query}`).set('Content-Type', 'application/json');
    expect(answer.status).toBe(400);
  });

  test('is not answered at an address that is not ours', async () => {
    const answer = await request(endpoint().app).post(`${notificationsPath}/${'c'.repeat(32)}?validationToken=x`);
    expect(answer.status).toBe(404);
  });
});

describe('a notification', () => {
  test('with the secret of its board wakes this board once, whatever it holds more', async () => {
    const { app, woken, ignored } = endpoint();
    const answer = await request(app).post(north).send(told('secret of north', 'secret of north'));
    expect([answer.status, answer.text]).toEqual([202, '']);
    expect([woken, ignored()]).toEqual([['north'], []]);
  });

  test.each([
    ['another secret', 'guessed'],
    ['the secret of another board', 'secret of south'],
    ['an empty one', ''],
    ['null', null],
    ['none', undefined],
    ['the secret and more', 'secret of north '],
  ])('with %s is ignored and counted, and the forger learns nothing', async (_what, state) => {
    const { app, woken, ignored } = endpoint();
    const answer = await request(app).post(north).send(told(state));
    expect([answer.status, answer.text]).toEqual([202, '']);
    expect(woken).toEqual([]);
    expect(ignored()).toEqual([{ unknownAddress: 0, tooOften: 0, malformed: 0, wrongClientState: 1 }]);
  });

  test('is taken beside a forged one in the same body', async () => {
    const { app, woken, ignored } = endpoint();
    await request(app).post(north).send(told('forged', 'secret of north'));
    expect([woken, ignored().length]).toEqual([['north'], 1]);
  });

  test.each([
    ['a text', '"text"'],
    ['no list', '{"value":{}}'],
    ['a number as its secret', JSON.stringify(told(7))],
    ['nothing', '{}'],
    ['half of JSON', '{"value":['],
    ['foreign prototypes', '{"__proto__":{"value":[]},"constructor":1}'],
    ['too many entries', JSON.stringify(told(...Array.from({ length: 1_001 }, () => 'x')))],
  ])('that is %s is refused and wakes nobody', async (_what, body) => {
    const { app, woken } = endpoint();
    const answer = await request(app).post(north).set('Content-Type', 'application/json').send(body);
    expect([answer.status, woken]).toEqual([400, []]);
  });

  test('of a megabyte is not read', async () => {
    const { app, woken } = endpoint();
    const answer = await request(app)
      .post(north)
      .send({ value: [entry('secret of north')], more: 'x'.repeat(1_000_000) });
    expect([answer.status, woken]).toEqual([413, []]);
  });

  test('to an unknown address is not read either', async () => {
    const { app, woken, ignored } = endpoint();
    const answer = await request(app)
      .post(`${notificationsPath}/${'c'.repeat(32)}`)
      .send({ more: 'x'.repeat(1_000_000) });
    expect([answer.status, woken]).toEqual([404, []]);
    expect(ignored()).toEqual([{ unknownAddress: 1, tooOften: 0, malformed: 0, wrongClientState: 0 }]);
  });

  test('in a flood is bounded for its board alone, and the log tells of it once', async () => {
    const { app, woken, ignored } = endpoint({ requestsPerMinute: 5 });
    const statuses: number[] = [];
    for (let n = 0; n < 12; n += 1) statuses.push((await request(app).post(north).send(told('forged'))).status);
    expect(statuses.filter((one) => one === 202)).toHaveLength(5);
    expect(statuses.filter((one) => one === 429)).toHaveLength(7);
    expect(ignored()).toHaveLength(1);
    const other = await request(app).post(`${notificationsPath}/${keys.south.address}`).send(told('secret of south'));
    expect([other.status, woken]).toEqual([202, ['south']]);
  });

  test('is asked for again when the database does not answer', async () => {
    let isDown = true;
    const { app, woken } = endpoint({
      keys: {
        keysOf: async (boardId) => {
          if (isDown) throw new UpstreamError('database', 'gone');
          return boardId === 'north' ? keys.north : keys.south;
        },
      },
    });
    const first = await request(app).post(north).send(told('secret of north'));
    isDown = false;
    const again = await request(app).post(north).send(told('secret of north'));
    expect([first.status, again.status, woken]).toEqual([503, 202, ['north']]);
  });
});
