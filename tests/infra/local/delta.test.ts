// Delta of the local Graph: scripted trouble that the documents allow, and the same rows as a full reading after all of it.
import fc from 'fast-check';
import { newListRecord, systemEditor } from '../../../infra/local/graphLists';
import { openStore } from '../../../infra/local/store';
import { createTenant } from '../../../infra/local/tenant';
import {
  codeOf,
  fieldsOf,
  objectOf,
  startGraph,
  valuesOf,
  type Answer,
  type Body,
  type GraphUnderTest,
} from './localGraph';

const shape = 'listItemDeltaResponse';
let graph: GraphUnderTest;
beforeAll(async () => {
  graph = await startGraph();
});
afterAll(() => graph.local.close());
afterEach(() => fetch(`${graph.local.url}/_local/faults`, { method: 'DELETE' }));

const script = (fault: unknown, more = {}): Promise<Response> =>
  fetch(`${graph.local.url}/_local/faults`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ match: { pathIncludes: '/delta' }, ...more, fault: { kind: 'delta', ...objectOf(fault) } }),
  });
const delta = (list: string, query = ''): string => `${graph.list(list)}/items/delta${query}`;
const idsOf = (answer: Answer): unknown[] => valuesOf(answer.body).map((one) => one['id']);

interface Reading {
  readonly pages: readonly Answer[];
  readonly rows: readonly Body[];
  readonly deltaLink: string;
}

/** Follows links to the last page; a 410 starts where its Location says. */
async function readAll(from: string): Promise<Reading> {
  const pages: Answer[] = [];
  let next: string | undefined = from;
  let deltaLink = '';
  while (next !== undefined) {
    const answer: Answer = await graph.ask(next, { shape });
    pages.push(answer);
    if (answer.status === 410) next = String(answer.headers.get('location'));
    else {
      const link = answer.body['@odata.nextLink'];
      deltaLink = String(answer.body['@odata.deltaLink']);
      next = typeof link === 'string' ? link : undefined;
    }
  }
  return { pages, rows: pages.flatMap((one) => valuesOf(one.body)), deltaLink };
}

test('an empty page leads on to the next one', async () => {
  await script({ emptyPage: true }, { times: 100 });
  const { pages } = await readAll(delta('Areas', '?$top=5'));
  expect(pages.map((one) => valuesOf(one.body).length)).toEqual([0, 5, 0, 2]);
});

test('rows come twice, known rows again and in another order, the same each time for the same seed', async () => {
  const plain = await readAll(delta('Areas', '?$top=5'));
  const disturbed = async (seed: number): Promise<readonly unknown[][]> => {
    await script({ repeat: 0.5, shuffle: true, seed }, { times: 2 });
    return (await readAll(delta('Areas', '?$top=5'))).pages.map(idsOf);
  };
  const once = await disturbed(7);
  expect(once.flat().length).toBeGreaterThan(plain.rows.length);
  expect(new Set(once.flat())).toEqual(new Set(plain.rows.map((one) => one['id'])));
  expect(await disturbed(7)).toEqual(once);
  expect(await disturbed(8)).not.toEqual(once);
});

test('a token runs out once between two pages, and Location leads to a fresh reading with the same options', async () => {
  await script({ expireAfterPage: 1 }, { times: 100 });
  const { pages } = await readAll(delta('Areas', '?$top=5&$expand=fields($select=Ref)'));
  expect(pages.map((one) => one.status)).toEqual([200, 410, 200, 200]);
  expect(pages[1] && codeOf(pages[1])).toBe('resyncRequired');
  const location = decodeURIComponent(String(pages[1]?.headers.get('location')));
  expect(location).toContain('$expand=fields($select=Ref)');
  expect(location).not.toContain('token=');
  expect(pages.slice(2).flatMap(idsOf)).toHaveLength(7);
});

test.each(['resyncChangesUploadDifferences', 'syncStateNotFound'])(
  'a token runs out with the code %s',
  async (code) => {
    await script({ expireAfterPage: 0, code });
    const answer = await graph.ask(delta('Areas'));
    expect([answer.status, codeOf(answer)]).toEqual([410, code]);
    expect((await graph.ask(delta('Areas'), { shape })).status).toBe(200);
  },
);

test('delta is refused to an application while its lists are not', async () => {
  await script({ refuse: true }, { times: 2 });
  const refused = await graph.ask(delta('Areas'));
  expect([refused.status, codeOf(refused)]).toEqual([403, 'accessDenied']);
  expect((await graph.ask(delta('Areas', '?token=latest'))).status).toBe(403);
  expect((await graph.ask(`${graph.list('Areas')}/items`, { shape: 'listItemCollectionResponse' })).status).toBe(200);
  expect((await graph.ask(delta('Areas'), { shape })).status).toBe(200);
});

test('only the requests after the skipped ones are disturbed', async () => {
  await script({ pageRows: 2 }, { skip: 1, times: 1 });
  const { pages } = await readAll(delta('Areas', '?$top=4'));
  expect(pages.map((one) => valuesOf(one.body).length)).toEqual([4, 2, 1]);
});

test('a change still on its way to the disk is not yet known, so that no token passes over it', async () => {
  let letThrough = (): void => undefined;
  const onItsWay = new Promise<void>((resolve) => {
    letThrough = resolve;
  });
  const store = await openStore(undefined);
  const tenant = createTenant(store, () => new Date('2025-01-06T09:00:00Z'));
  const record = newListRecord('Log', '', 'genericList', [], tenant.now());
  const list = await tenant.createList(record, [], systemEditor);
  const before = tenant.sequence();
  store.commit = () => onItsWay;
  const adding = tenant.createItem(list, new Map(), systemEditor);
  await Promise.resolve();
  expect(tenant.sequence()).toBe(before);
  letThrough();
  expect((await adding).seq).toBe(before + 1);
  expect(tenant.sequence()).toBe(before + 1);
});

type Step = { readonly kind: 'add' | 'change' | 'delete' | 'read'; readonly pick: number };
const history = fc.array(
  fc.record({
    kind: fc.constantFrom('add', 'change', 'delete', 'read'),
    pick: fc.nat({ max: 50 }),
  }) satisfies fc.Arbitrary<Step>,
  { minLength: 1, maxLength: 12 },
);
const trouble = fc.record({
  seed: fc.nat({ max: 1000 }),
  repeat: fc.constantFrom(0, 0.4, 1),
  shuffle: fc.boolean(),
  emptyPage: fc.boolean(),
  pageRows: fc.integer({ min: 1, max: 4 }),
  expireAfterPage: fc.option(fc.integer({ min: 0, max: 3 }), { nil: undefined }),
});

test('whatever is written between pages and whatever goes wrong, delta comes to the same rows as a full reading', async () => {
  let list = 0;
  await fc.assert(
    fc.asyncProperty(history, trouble, async (steps, fault) => {
      list += 1;
      const displayName = `Model ${list}`;
      const made = { displayName, list: { template: 'genericList' } };
      await graph.ask('/sites/root/lists', { method: 'POST', body: made, shape: 'list' });
      const items = `${graph.list(displayName)}/items`;
      const replica = new Map<string, unknown>();
      const present: string[] = [];
      let link = `${items}/delta?$expand=fields($select=Title)`;
      const writeOne = async ({ kind, pick }: Step, i: number): Promise<void> => {
        const fields = { Title: `step ${i}` };
        const id = present[pick % Math.max(1, present.length)];
        if (kind === 'add' || id === undefined) {
          const { body } = await graph.ask(items, { method: 'POST', body: { fields }, shape: 'listItem' });
          present.push(String(body['id']));
        } else if (kind === 'change')
          await graph.ask(`${items}/${id}/fields`, { method: 'PATCH', body: fields, shape: 'fieldValueSet' });
        else {
          await graph.ask(`${items}/${id}`, { method: 'DELETE' });
          present.splice(present.indexOf(id), 1);
        }
      };
      /** One page; what it says is the newest. */
      const readPage = async (): Promise<boolean> => {
        const answer = await graph.ask(link, { shape });
        if (answer.status === 410) {
          replica.clear();
          link = String(answer.headers.get('location'));
          return false;
        }
        for (const one of valuesOf(answer.body)) {
          if (one['deleted'] === undefined) replica.set(String(one['id']), fieldsOf(one)['Title']);
          else replica.delete(String(one['id']));
        }
        link = String(answer.body['@odata.nextLink'] ?? answer.body['@odata.deltaLink']);
        return answer.body['@odata.deltaLink'] !== undefined;
      };
      await script(fault, { times: 1000, match: { pathIncludes: '/delta' } });
      for (const [i, step] of steps.entries()) {
        if (step.kind === 'read') await readPage();
        else await writeOne(step, i);
      }
      while (!(await readPage()));
      await fetch(`${graph.local.url}/_local/faults`, { method: 'DELETE' });
      const whole = await graph.all(`${items}?$expand=fields($select=Title)`, 'listItemCollectionResponse');
      const expected = new Map(whole.map((one) => [String(one['id']), fieldsOf(one)['Title']]));
      expect(new Map([...replica].sort())).toEqual(new Map([...expected].sort()));
    }),
    { numRuns: 40, endOnFailure: true },
  );
}, 60_000);
