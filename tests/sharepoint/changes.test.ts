// Keeping a board current by its changes: one round trip, one unit a list, and a whole reading where changes cannot be told.
import { z } from 'zod';
import { NotFoundError } from '../../bot/errors';
import { createLogger } from '../../bot/logger';
import type { Logger } from '../../bot/logger';
import { createBoardRecords } from '../../bot/sharepoint/boardRecords';
import type { BatchAnswer } from '../../bot/sharepoint/graphBatch';
import type { Graph } from '../../bot/sharepoint/graphClient';
import { lists } from '../../bot/sharepoint/lists';
import { localBoardId, localGraph, startLocalBoard } from '../fixtures/localBoard';
import type { LocalBoard } from '../fixtures/localBoard';
import { addFault, listPathOf, writeSetting } from '../fixtures/localSite';

jest.setTimeout(60_000);

let board: LocalBoard;
beforeAll(async () => {
  board = await startLocalBoard();
});
afterAll(() => board.close());
afterEach(() => fetch(`${board.local.url}/_local/faults`, { method: 'DELETE' }));

/** Each list, and the site's people. */
const listCount = lists.length + 1;

type Tamper = (path: string, answer: BatchAnswer) => BatchAnswer;

/** Another instance on the same site; its waits pass at once, and `tamper` may change what it is answered. */
function instance(tamper: Tamper = (_path, answer) => answer, logger: Logger = createLogger('silent')) {
  const timing = { now: () => 0, random: () => 0, wait: () => Promise.resolve() };
  const inner = localGraph(board.local.url, { timing });
  const asked: string[] = [];
  const batch: Graph['batch'] = async (parts) => {
    asked.push(...parts.map((one) => one.path));
    const answers = await inner.batch(parts);
    return answers.map((answer, at) => tamper(parts[at]?.path ?? '', answer));
  };
  const graph: Graph = { ...inner, batch };
  const { boards, clock } = board;
  let nowMs = 0;
  const records = createBoardRecords({ graph, boards, clock, logger, nowMs: () => nowMs });
  const spent = async <T>(work: Promise<T>) => {
    const before = inner.usage();
    const result = await work;
    const after = inner.usage();
    return { result, calls: after.calls - before.calls, units: after.total - before.total };
  };
  return { records, asked, spent, pass: (ms: number) => (nowMs += ms) };
}

const usageShape = z.object({ apps: z.record(z.string(), z.object({ requests: z.number(), units: z.number() })) });
async function localUsage() {
  const response = await fetch(`${board.local.url}/_local/usage`);
  const { apps } = usageShape.parse(await response.json());
  return Object.values(apps).reduce(
    (sum, one) => ({ requests: sum.requests + one.requests, units: sum.units + one.units }),
    { requests: 0, units: 0 },
  );
}

async function edit(list: string, itemId: string | undefined, fields: object): Promise<void> {
  await board.graph.patch(`${await listPathOf(board.graph, list)}/items/${itemId ?? ''}`, { fields });
}

async function firstAction(records: ReturnType<typeof instance>['records']) {
  const [action] = (await records.snapshot(localBoardId)).actions;
  if (!action?.stamp) throw new TypeError('The sample has no action.');
  return { ref: action.ref, itemId: action.stamp.itemId, title: action.title };
}

describe('what it takes', () => {
  it('is at first two requests: two units a list, two for the list of lists, one for the site, as the server counts', async () => {
    const { records } = instance();
    const before = await localUsage();
    await records.snapshot(localBoardId);
    const after = await localUsage();
    expect(after.requests - before.requests).toBe(Math.ceil((listCount + 2) / 20));
    expect(after.units - before.units).toBe(2 * listCount + 2 + 1);
  });

  it('is then one round trip of two requests and one unit a list, whether or not anything changed', async () => {
    const { records, spent } = instance();
    const action = await firstAction(records);
    expect(await spent(records.refresh(localBoardId))).toMatchObject({ calls: 2, units: listCount });
    await edit('Actions', action.itemId, { Title: 'One round trip' });
    const { result, ...cost } = await spent(records.refresh(localBoardId));
    expect(cost).toEqual({ calls: 2, units: listCount });
    expect(result.actions[0]?.title).toBe('One round trip');
  });

  it('is the list of lists besides every ten minutes', async () => {
    const { records, spent, pass } = instance();
    await records.snapshot(localBoardId);
    pass(600_000);
    expect(await spent(records.refresh(localBoardId))).toMatchObject({ calls: 2, units: listCount + 2 });
    expect(await spent(records.refresh(localBoardId))).toMatchObject({ units: listCount });
  });

  it('leaves what did not change as it was, so that it is not judged anew', async () => {
    const { records } = instance();
    const before = await records.snapshot(localBoardId);
    await edit('Risks', before.risks[0]?.stamp?.itemId, { Proximity: 'near' });
    const after = await records.refresh(localBoardId);
    expect(after.actions).toBe(before.actions);
    expect(after.risks).not.toBe(before.risks);
  });
});

describe('a token that is lost', () => {
  it.each([410, 400, 404])('(%s) has that list alone read whole', async (status) => {
    const { records, asked } = instance();
    const action = await firstAction(records);
    await edit('Actions', action.itemId, { Title: `After ${status}` });
    await addFault(board.local.url, { pathIncludes: '/Actions/items/delta' }, 1, { kind: 'status', status });
    asked.length = 0;
    expect((await records.refresh(localBoardId)).actions[0]?.title).toBe(`After ${status}`);
    const again = asked.filter((path) => path.includes('items/delta?$select'));
    expect(again).toHaveLength(1);
    expect(again[0]).toContain('/Actions/');
  });

  it('again and again is an error in the end, never a part', async () => {
    const { records } = instance();
    const whole = await records.snapshot(localBoardId);
    await addFault(board.local.url, { pathIncludes: '/Actions/items/delta' }, 50, { kind: 'status', status: 410 });
    await expect(records.refresh(localBoardId)).rejects.toMatchObject({ kind: 'upstream', status: 410 });
    expect(await records.snapshot(localBoardId)).toBe(whole);
  });
});

describe('a site that refuses to tell changes', () => {
  const refuse = () =>
    addFault(board.local.url, { pathIncludes: '/items/delta' }, 10_000, { kind: 'status', status: 403 });

  it('is read whole each time, which is said once in the log and in each snapshot', async () => {
    const said: string[] = [];
    const logger: Logger = {
      debug() {},
      info() {},
      error() {},
      warn: (event) => void said.push(event),
      with: () => logger,
    };
    const { records, spent } = instance(undefined, logger);
    await refuse();
    const first = await records.snapshot(localBoardId);
    expect(first.actions).toHaveLength(45);
    expect(first.findings.map((one) => [one.rule, one.level])).toEqual([['delta-refused', 'information']]);
    const action = await firstAction(records);
    await edit('Actions', action.itemId, { Title: 'Read whole' });
    const { result, units } = await spent(records.refresh(localBoardId));
    expect(units).toBe(2 * listCount);
    expect(result.actions[0]?.title).toBe('Read whole');
    expect(result.risks).toBe(first.risks);
    expect(said.filter((event) => event === 'board.deltaRefused')).toHaveLength(1);
  });

  it('after it has told them at first is read whole from then on', async () => {
    const { records } = instance();
    const action = await firstAction(records);
    await refuse();
    await edit('Actions', action.itemId, { Title: 'Refused later' });
    const after = await records.refresh(localBoardId);
    expect(after.actions[0]?.title).toBe('Refused later');
    expect(after.findings.map((one) => one.rule)).toEqual(['delta-refused']);
  });
});

describe('changes that come without what the rows hold', () => {
  const bare: Tamper = (path, answer) => {
    if (!answer.ok || !path.includes('/items/delta')) return answer;
    const page = z.looseObject({ value: z.array(z.looseObject({})) }).parse(answer.body);
    return { ...answer, body: { ...page, value: page.value.map(({ fields: _, ...row }) => row) } };
  };

  it('are asked for row by row, in the same batch', async () => {
    let isBare = false;
    const { records, spent } = instance((path, answer) => (isBare ? bare(path, answer) : answer));
    const action = await firstAction(records);
    isBare = true;
    await edit('Actions', action.itemId, { Title: 'Asked for alone' });
    const { result, calls } = await spent(records.refresh(localBoardId));
    expect(result.actions[0]?.title).toBe('Asked for alone');
    expect(calls).toBe(3);
  });

  it('from the start have the lists read whole, and their changes afterwards', async () => {
    const { records, spent } = instance(bare);
    expect((await records.snapshot(localBoardId)).actions).toHaveLength(45);
    const { result, units } = await spent(records.refresh(localBoardId));
    expect(units).toBe(listCount);
    expect(result.findings).toEqual([]);
  });
});

describe('a page that is not whole', () => {
  it.each(['@odata.deltaLink', 'value'])(
    'because it lacks %s is an error, and what was read before stays',
    async (part) => {
      let isCut = false;
      const { records } = instance((path, answer) => {
        if (!isCut || !answer.ok || !path.includes('/Actions/items/delta')) return answer;
        const body = Object.entries(Object(answer.body)).filter(([name]) => name !== part);
        return { ...answer, body: Object.fromEntries(body) };
      });
      const whole = await records.snapshot(localBoardId);
      isCut = true;
      await expect(records.refresh(localBoardId)).rejects.toMatchObject({ kind: 'upstream' });
      expect(await records.snapshot(localBoardId)).toBe(whole);
    },
  );
});

describe('people', () => {
  it('whom the site did not hold when it was read are looked for once', async () => {
    let isHidden = true;
    const { records, asked } = instance((path, answer) => {
      if (!isHidden || !answer.ok || !path.includes('User%20Information')) return answer;
      const page = z.looseObject({ value: z.array(z.looseObject({ id: z.string() })) }).parse(answer.body);
      return { ...answer, body: { ...page, value: page.value.slice(0, 3) } };
    });
    const usersAsked = () => asked.filter((path) => path.includes('User%20Information')).length;
    const before = await records.snapshot(localBoardId);
    expect(before.findings.length).toBeGreaterThan(0);
    const action = before.actions.find((one) => one.ownerRef === undefined);
    // Nothing new is named: they are not looked for again.
    await records.refresh(localBoardId);
    expect(usersAsked()).toBe(2);
    isHidden = false;
    await writeSetting(board.graph, 'binding', {});
    await edit('Actions', action?.stamp?.itemId, { Title: 'Somebody new' });
    await records.refresh(localBoardId);
    expect(usersAsked()).toBe(3);
  });
});

describe('the binding', () => {
  afterEach(() => writeSetting(board.graph, 'binding', {}));

  it('when it changes has the lists that it concerns read anew in the same refresh, and no others', async () => {
    const { records, asked } = instance();
    expect((await records.snapshot(localBoardId)).reviews.length).toBeGreaterThan(0);
    await writeSetting(board.graph, 'binding', { lists: { Reviews: { title: 'Areas' } } });
    asked.length = 0;
    const bound = await records.refresh(localBoardId);
    expect(bound.reviews).toEqual([]);
    const anew = asked.filter((path) => path.includes('/items/delta?$select'));
    expect(new Set(anew.map((path) => path.split('?')[0])).size).toBe(1);
    await writeSetting(board.graph, 'binding', { lists: { Reviews: { title: 'Nowhere' } } });
    expect((await records.refresh(localBoardId)).findings.map((one) => one.rule)).toContain('list-missing');
    await writeSetting(board.graph, 'binding', { lists: { Actions: { title: 'Nowhere' } } });
    await expect(records.refresh(localBoardId)).rejects.toBeInstanceOf(NotFoundError);
    await writeSetting(board.graph, 'binding', {});
    const own = await records.refresh(localBoardId);
    expect(own.reviews.length).toBeGreaterThan(0);
    expect(own.findings).toEqual([]);
  });
});

describe('a list', () => {
  it('that is renamed is missing, and is there again under its name', async () => {
    let isRenamed = false;
    const { records } = instance((path, answer) => {
      if (!isRenamed || !answer.ok) return answer;
      const gone = { ok: false, status: 404, headers: answer.headers, error: new NotFoundError('list', path) } as const;
      if (path.includes('/Reviews/')) return gone;
      if (!path.includes('/lists?')) return answer;
      const page = z.looseObject({ value: z.array(z.looseObject({ displayName: z.string() })) }).parse(answer.body);
      return { ...answer, body: { ...page, value: page.value.filter((one) => one.displayName !== 'Reviews') } };
    });
    await records.snapshot(localBoardId);
    isRenamed = true;
    expect((await records.refresh(localBoardId)).findings.map((one) => [one.rule, one.ref])).toEqual([
      ['list-missing', 'Reviews'],
    ]);
    isRenamed = false;
    const after = await records.refresh(localBoardId);
    expect(after.findings).toEqual([]);
    expect(after.reviews.length).toBeGreaterThan(0);
  });
});
