// Subscriptions of the local Graph: what is refused, the handshake, and notifications after changes of a list.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expectGraph } from '../../fixtures/graph/expectGraph';
import { watchAnswers } from '../../fixtures/graph/watchAnswers';
import { codeOf, graphOf, messageOf, objectOf, startGraph, valuesOf } from './localGraph';
import type { Answer, Body, GraphUnderTest } from './localGraph';
import { createFaults } from '../../../infra/local/faults';
import { matchOperation } from '../../../infra/local/graph';
import { newListRecord, systemEditor } from '../../../infra/local/graphLists';
import { createSubscriptions } from '../../../infra/local/graphSubscriptions';
import { startLocal } from '../../../infra/local/server';
import { openStore } from '../../../infra/local/store';
import { createTenant } from '../../../infra/local/tenant';
import { startSubscriber, type Subscriber } from './subscriber';

const notifications = { gatherMs: 20, retryDelaysMs: [5, 5] };
let graph: GraphUnderTest;
let subscriber: Subscriber;
let actions: string;
beforeAll(async () => {
  graph = await startGraph({ notifications });
  actions = await resourceOf(graph, 'Actions');
});
beforeEach(async () => {
  subscriber = await startSubscriber();
});
afterEach(async () => {
  for (const one of await running()) await graph.ask(`/subscriptions/${String(one['id'])}`, { method: 'DELETE' });
  await subscriber.close();
});
afterAll(() => graph.local.close());

async function resourceOf(on: GraphUnderTest, name: string): Promise<string> {
  const site = await on.ask('/sites/root', { shape: 'site' });
  const list = await on.ask(on.list(name), { shape: 'list' });
  return `sites/${String(site.body['id'])}/lists/${String(list.body['id'])}`;
}
const inMinutes = (minutes: number): string => new Date(Date.now() + minutes * 60_000).toISOString();
const subscribe = (body: Body = {}, on = graph): Promise<Answer> =>
  on.ask('/subscriptions', {
    method: 'POST',
    shape: 'subscription',
    body: {
      changeType: 'updated',
      notificationUrl: subscriber.url,
      resource: actions,
      expirationDateTime: inMinutes(60),
      clientState: 'secret-of-the-board',
      ...body,
    },
  });
const running = async (): Promise<readonly Body[]> =>
  valuesOf((await graph.ask('/subscriptions', { shape: 'subscriptionCollectionResponse' })).body);
const change = (title: string, on = graph): Promise<Answer> =>
  on.ask(`/${actions}/items/4/fields`, { method: 'PATCH', body: { Title: title }, shape: 'fieldValueSet' });
const fault = (effect: string, pathIncludes = '/notifications'): Promise<unknown> =>
  fetch(`${graph.local.url}/_local/faults`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ match: { pathIncludes }, fault: { kind: 'notification', effect } }),
  });

test('a subscription is made once its address has answered the token', async () => {
  const made = await subscribe();
  expect(made.status).toBe(201);
  expect(made.body).toMatchObject({ resource: actions, changeType: 'updated', clientState: 'secret-of-the-board' });
  expect(subscriber.tokens).toHaveLength(1);
  expect(subscriber.tokens[0]).toContain(' ');
  const one = await graph.ask(`/subscriptions/${String(made.body['id'])}`, { shape: 'subscription' });
  expect(one.body).toEqual({ ...made.body, '@odata.context': one.body['@odata.context'] });
});

test('the same list can be subscribed to twice, and the list of them keeps the secrets', async () => {
  await subscribe();
  await subscribe();
  expect((await running()).map((one) => [one['resource'], one['clientState']])).toEqual([
    [actions, null],
    [actions, null],
  ]);
});

test.each([
  ['another status', { status: 202 }],
  ['another type', { type: 'application/json' }],
  ['another text', { text: 'hello' }],
])('an address that answers the token with %s gets no subscription', async (_, wrong) => {
  subscriber.answerWith({ handshake: (text) => ({ status: 200, type: 'text/plain', text, ...wrong }) });
  const answer = await subscribe();
  expect([answer.status, codeOf(answer)]).toEqual([400, 'ValidationError']);
  expect(await running()).toEqual([]);
});

test('an address where nobody listens gets no subscription', async () => {
  const gone = await startSubscriber();
  await gone.close();
  expect((await subscribe({ notificationUrl: gone.url })).status).toBe(400);
});

test.each([
  ['created rows', { changeType: 'created,updated' }, "give 'updated'"],
  ['an absolute resource', { resource: 'https://graph.microsoft.com/v1.0/sites/root/lists/x' }, 'relative URI'],
  ['a mailbox', { resource: 'me/messages' }, 'is not a list'],
  ['a list by its title', { resource: 'sites/root/lists/Actions' }, 'by its id'],
  ['30 days', { expirationDateTime: inMinutes(42_301) }, '42300 minutes'],
  ['the past', { expirationDateTime: inMinutes(-1) }, 'in the future'],
  ['a day without a time', { expirationDateTime: '2026-01-31' }, 'with its zone'],
  ['a long client state', { clientState: 'x'.repeat(129) }, '128'],
  ['resource data', { includeResourceData: true }, 'no resource data'],
  ['a plain address elsewhere', { notificationUrl: 'http://board.example/notifications' }, 'https'],
  ['an address elsewhere', { notificationUrl: 'https://board.example/notifications' }, 'this machine alone'],
  ['a property that is not known', { colour: 'red' }, 'colour'],
])('a subscription for %s is refused without asking the address', async (_, body, message) => {
  const answer = await subscribe(body);
  expect(answer.status).toBe(400);
  expect(messageOf(answer)).toContain(message);
  expect(subscriber.tokens).toEqual([]);
});

test('just under 30 days and a client state of 128 characters are allowed', async () => {
  const answer = await subscribe({ expirationDateTime: inMinutes(42_299), clientState: 'x'.repeat(128) });
  expect(answer.status).toBe(201);
});

test('a change of the list is notified, in Graph’s form and without the row', async () => {
  const made = await subscribe();
  await change('Notified once');
  const { body, entries } = await subscriber.next();
  expectGraph('changeNotificationCollection', body);
  expect(entries).toEqual([
    expect.objectContaining({
      subscriptionId: made.body['id'],
      clientState: 'secret-of-the-board',
      resource: actions,
      tenantId: '33333333-3333-3333-3333-333333333333',
      changeType: 'updated',
      subscriptionExpirationDateTime: made.body['expirationDateTime'],
    }),
  ]);
  expect(JSON.stringify(body)).not.toContain('Notified once');
});

test('many changes within the gathering time are one notification, one entry a subscription', async () => {
  await subscribe();
  await subscribe();
  await Promise.all(['one', 'two', 'three', 'four'].map((title) => change(title)));
  expect((await subscriber.next()).entries).toHaveLength(2);
  await change('five');
  expect((await subscriber.next()).entries).toHaveLength(2);
  expect(subscriber.waiting()).toBe(0);
});

test('rows made, edited by a person and deleted are notified; other lists are not', async () => {
  await subscribe();
  await graph.ask(`${graph.list('Areas')}/items/1/fields`, {
    method: 'PATCH',
    body: { ShortLabel: 'Quiet' },
    shape: 'fieldValueSet',
  });
  const made = await graph.ask(`/${actions}/items`, {
    method: 'POST',
    body: { fields: { Title: 'New', Ref: 'APA1.98', OperationKey: 'made-here' } },
    shape: 'listItem',
  });
  expect((await subscriber.next()).entries).toHaveLength(1);
  const id = String(made.body['id']);
  await fetch(`${graph.local.url}/_local/lists/Actions/items/${id}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ version: made.body['eTag'], editor: 'P10', fields: { Title: 'By hand' } }),
  });
  expect((await subscriber.next()).entries).toHaveLength(1);
  await graph.ask(`/${actions}/items/${id}`, { method: 'DELETE' });
  expect((await subscriber.next()).entries).toHaveLength(1);
});

test('a delivery that is not taken is tried again, a bounded number of times', async () => {
  await subscribe();
  subscriber.answerWith({ delivery: () => 503 });
  await change('Not taken');
  const tries = [await subscriber.next(), await subscriber.next(), await subscriber.next()];
  expect(new Set(tries.map((one) => JSON.stringify(one.body))).size).toBe(1);
  subscriber.answerWith({ delivery: () => 202 });
  await change('Taken');
  expect((await subscriber.next()).body).not.toEqual(tries[0]?.body);
  expect(subscriber.waiting()).toBe(0);
});

test('a notification comes twice when a fault says so', async () => {
  await subscribe();
  await fault('duplicate');
  await change('Twice');
  const [first, second] = [await subscriber.next(), await subscriber.next()];
  expect(second.body).toEqual(first.body);
});

test('a notification is lost when a fault says so', async () => {
  const other = await startSubscriber();
  await subscribe();
  await subscribe({ notificationUrl: `${other.url}/other` });
  await fault('drop', '/other');
  await change('Lost for one');
  await subscriber.next();
  await change('Told to both');
  await Promise.all([subscriber.next(), other.next()]);
  expect(other.waiting()).toBe(0);
  await other.close();
});

test('a renewed subscription runs on, a deleted one is gone', async () => {
  const { body } = await subscribe();
  const path = `/subscriptions/${String(body['id'])}`;
  const later = inMinutes(600);
  const renewed = await graph.ask(path, {
    method: 'PATCH',
    body: { expirationDateTime: later },
    shape: 'subscription',
  });
  expect(renewed.body).toMatchObject({ id: body['id'], expirationDateTime: later });
  expect((await graph.ask(path, { method: 'PATCH', body: { expirationDateTime: inMinutes(42_301) } })).status).toBe(
    400,
  );
  expect((await graph.ask(path, { method: 'PATCH', body: { resource: actions } })).status).toBe(400);
  expect((await graph.ask(path, { method: 'DELETE' })).status).toBe(204);
  expect((await graph.ask(path)).status).toBe(404);
  expect((await graph.ask(path, { method: 'DELETE' })).status).toBe(404);
});

test('a subscription that has run out is neither found nor notified', async () => {
  let now = Date.parse('2026-01-31T09:00:00Z');
  const tenant = createTenant(await openStore(undefined), () => new Date(now));
  const list = await tenant.createList(newListRecord('Log', '', 'genericList', [], new Date(now)), [], systemEditor);
  const subscriptions = createSubscriptions({
    tenant,
    faults: createFaults(),
    options: notifications,
    now: () => now,
  });
  const send = async (method: string, url: string, body: unknown): Promise<unknown> => {
    const request = {
      method,
      url,
      headers: {},
      body: Buffer.from(JSON.stringify(body)),
      base: '',
      app: 'local',
      access: 'manage',
      rights: [],
      agent: '',
    } as const;
    const { operation, call } = matchOperation(subscriptions.operations, { ...request, caller: systemEditor });
    return (await operation.handle(call)).body;
  };
  const body = { changeType: 'updated', notificationUrl: subscriber.url, expirationDateTime: '2026-01-31T10:00:00Z' };
  const made = objectOf(
    await send('POST', '/subscriptions', { ...body, resource: `sites/root/lists/${list.record.id}` }),
  );
  expect(subscriptions.list()).toHaveLength(1);
  now += 61 * 60_000;
  await tenant.createItem(list, new Map(), systemEditor);
  expect(subscriptions.list()).toEqual([]);
  await expect(send('GET', `/subscriptions/${String(made['id'])}`, {})).rejects.toMatchObject({ status: 404 });
  subscriptions.close();
  expect(subscriber.waiting()).toBe(0);
});

test('subscriptions are kept on disk', async () => {
  const dataFolder = mkdtempSync(join(tmpdir(), 'subscriptions-'));
  try {
    const first = await graphOf(await startLocal({ port: 0, dataFolder, notifications, observe: watchAnswers }));
    actions = await resourceOf(first, 'Actions');
    await subscribe({}, first);
    await first.local.close();
    const second = await graphOf(await startLocal({ port: 0, dataFolder, notifications, observe: watchAnswers }));
    await change('After the restart', second);
    expect((await subscriber.next()).entries).toHaveLength(1);
    const shown = objectOf(await (await fetch(`${second.local.url}/_local/subscriptions`)).json());
    expect(valuesOf(shown)).toEqual([expect.objectContaining({ notificationUrl: subscriber.url })]);
    await second.local.close();
  } finally {
    rmSync(dataFolder, { recursive: true, force: true });
    actions = await resourceOf(graph, 'Actions');
  }
}, 60_000);
