// Microsoft's examples replayed against the local Graph: its answers have at least their properties, of the same types.
import { exampleNames, exampleOf, notReplayed, shapeLacks } from '../../fixtures/graph/examples';
import { operationName } from '../../fixtures/graph/answerShapes';
import { openWorld, type World } from './exampleWorld';
import { replaysIn, type Replay } from './replays';
import type { Answer } from './localGraph';

let world: World;
beforeAll(async () => {
  world = await openWorld();
});
afterAll(() => world.close());

async function replay(name: string, given: Replay): Promise<Answer> {
  if (given.send) return given.send();
  const { request } = exampleOf(name);
  const body = given.body ?? request?.body;
  const method = given.method ?? request?.method ?? 'GET';
  const bytes = body instanceof Uint8Array;
  return world.send(`${world.graph.local.url}/v1.0${given.path ?? ''}`, {
    method,
    headers: {
      authorization: `Bearer ${world.graph.token}`,
      ...(body === undefined || bytes ? {} : { 'content-type': 'application/json' }),
      ...given.headers,
    },
    ...(body === undefined ? {} : { body: bytes ? new Uint8Array(body) : JSON.stringify(body) }),
  });
}

test('each of the 96 examples is replayed, or it is said why not', async () => {
  const reasons = Object.keys(notReplayed);
  expect(new Set([...exampleNames, ...reasons]).size).toBe(exampleNames.length + reasons.length);
  expect(exampleNames.length + reasons.length).toBe(96);
  expect(Object.keys(replaysIn(world, await world.scene())).sort()).toEqual([...exampleNames].sort());
});

test.each(exampleNames)(
  '%s is answered in its shape',
  async (name) => {
    const given = replaysIn(world, await world.scene())[name] ?? {};
    const { status, body } = exampleOf(name);
    const answer = await replay(name, given);
    expect(`${answer.status} ${answer.status >= 400 ? JSON.stringify(answer.body) : ''}`).toMatch(
      new RegExp(`^${given.status ?? status}`),
    );
    expect(body === undefined ? [] : shapeLacks(body, answer.body, given.missing)).toEqual([]);
  },
  20_000,
);

test.each([
  ['a property that is not there', { id: '1' }, {}],
  ['a property of another type', { id: '1' }, { id: 1 }],
  ['a property that is not there in a row', { value: [{ id: '1' }] }, { value: [{}] }],
  ['rows that are not there', { value: [{ id: '1' }] }, { value: [] }],
  ['an object in place of rows', { value: [] }, { value: {} }],
])('%s is noticed', (_, example, answer) => {
  expect(shapeLacks(example, answer)).not.toEqual([]);
});

test('more properties than the example has are no lack', () => {
  expect(shapeLacks({ value: [{ id: '1' }] }, { value: [{ id: '2', name: 'x' }], more: true })).toEqual([]);
});

test('ways to one drive have one name', () => {
  expect(operationName('GET', 'sites/:site/lists/:list/drive/root:/children')).toBe('GET PLACE/children');
});
