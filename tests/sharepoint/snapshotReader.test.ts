// Reading a board from the local Microsoft 365: whole or an error, and what does not fit as findings.
import { NotFoundError, ThrottledError, UpstreamError } from '../../bot/errors';
import { findSite } from '../../bot/sharepoint/siteLists';
import { createBoardRecords } from '../../bot/sharepoint/boardRecords';
import { localBoardId, localGraph, localSiteUrl, startLocalBoard } from '../fixtures/localBoard';
import type { LocalBoard } from '../fixtures/localBoard';
import { addFault, listPathOf, writeSetting } from '../fixtures/localSite';
import { sampleSnapshot } from '../fixtures/samplePlan';

// A whole tenant runs beneath each test; a busy machine is no failure.
jest.setTimeout(60_000);

let board: LocalBoard;
beforeAll(async () => {
  board = await startLocalBoard();
});
afterAll(() => board.close());

/** Another instance on the same site; its waits pass at once. */
function instance(settings: { pageSize?: number } = {}) {
  const timing = { now: () => 0, random: () => 0, wait: () => Promise.resolve() };
  const graph = localGraph(board.local.url, { timing });
  const { boards, clock, logger } = board;
  return { graph, records: createBoardRecords({ graph, boards, clock, logger, ...settings }) };
}

/** Fields whose value the seed chooses for itself. */
const chosen = new Set(['stamp', 'key', 'logHash']);

function rowsOf(records: readonly object[], ...without: readonly string[]): readonly string[] {
  return records
    .map((record) => {
      const kept = Object.entries(record).filter(([name]) => !chosen.has(name) && !without.includes(name));
      return JSON.stringify(Object.fromEntries(kept.sort(([one], [other]) => (one < other ? -1 : 1))));
    })
    .sort();
}

describe('a full reading', () => {
  it('gives the sample plan as its file has it', async () => {
    const read = await board.records.snapshot(localBoardId);
    const plan = sampleSnapshot();
    expect(read.facts).toEqual(plan.facts);
    expect(read.policy).toEqual(plan.policy);
    expect(read.findings).toEqual([]);
    for (const kind of [
      'areas',
      'people',
      'actions',
      'milestones',
      'risks',
      'mitigations',
      'measures',
      'readings',
    ] as const) {
      expect([kind, rowsOf(read[kind])]).toEqual([kind, rowsOf(plan[kind])]);
    }
    for (const kind of ['coProduction', 'meetings', 'attendance', 'requests', 'decisions'] as const) {
      expect([kind, rowsOf(read[kind])]).toEqual([kind, rowsOf(plan[kind])]);
    }
    for (const kind of ['invitations', 'dispatches', 'adviserNotes', 'reviews', 'loggedRows'] as const) {
      expect([kind, rowsOf(read[kind])]).toEqual([kind, rowsOf(plan[kind])]);
    }
    const heard = ['heard', 'did', 'difference'];
    expect(rowsOf(read.evidence, ...heard)).toEqual(rowsOf(plan.evidence, ...heard));
    expect(rowsOf(read.updates, 'narrative')).toEqual(rowsOf(plan.updates, 'narrative'));
    expect(rowsOf(read.dateChanges, 'ref')).toEqual(rowsOf(plan.dateChanges, 'ref'));
  });

  it('is stamped with the item and the version that was read', async () => {
    const { actions } = await board.records.snapshot(localBoardId);
    expect(actions.every((one) => /^\d+$/.test(one.stamp?.itemId ?? ''))).toBe(true);
    expect(actions.every((one) => /^"[0-9a-f-]{36},\d+"$/.test(one.stamp?.version ?? ''))).toBe(true);
  });

  it('is the same on small pages', async () => {
    const { graph, records } = instance({ pageSize: 7 });
    const paged = await records.snapshot(localBoardId);
    expect(paged).toEqual(await board.records.snapshot(localBoardId));
    expect(graph.usage().total).toBeGreaterThan(120);
  });

  it('takes one round trip of two batches: 2 units a list, 2 for the list of lists and 1 for the site', async () => {
    const { graph, records } = instance();
    await records.snapshot(localBoardId);
    expect(graph.usage()).toMatchObject({ calls: 2, total: 2 * 24 + 2 + 1 });
    await records.snapshot(localBoardId);
    expect(graph.usage().calls).toBe(2);
  });

  it('is shared by all who ask while it is under way', async () => {
    const { graph, records } = instance();
    const all = await Promise.all([1, 2, 3].map(() => records.refresh(localBoardId)));
    expect(graph.usage().calls).toBe(2);
    expect(new Set(all).size).toBe(1);
  });

  it('shows after a refresh what somebody changed in SharePoint', async () => {
    const { records } = instance();
    const before = await records.snapshot(localBoardId);
    const action = before.actions.find((one) => one.ref === 'APA1.05');
    const path = `${await listPathOf(board.graph, 'Actions')}/items/${action?.stamp?.itemId ?? ''}`;
    await board.graph.patch(path, { fields: { Title: 'Changed by hand' } });
    const seen = (snapshot: typeof before) => snapshot.actions.find((one) => one.ref === 'APA1.05')?.title;
    expect(seen(await records.snapshot(localBoardId))).toBe(action?.title);
    expect(seen(await records.refresh(localBoardId))).toBe('Changed by hand');
  });
});

describe('a reading that fails', () => {
  it('in one list is an error, never a part, and the last whole one stays', async () => {
    const { records } = instance();
    const whole = await records.snapshot(localBoardId);
    await addFault(board.local.url, { pathIncludes: '/Evidence/items' }, 2, { kind: 'status', status: 403 });
    await expect(records.refresh(localBoardId)).rejects.toMatchObject({ kind: 'notAuthorised' });
    expect(await records.snapshot(localBoardId)).toBe(whole);
  });

  it('for the people whom rows name is an error too', async () => {
    const { records } = instance();
    await addFault(board.local.url, { pathIncludes: 'User%20Information' }, 2, { kind: 'status', status: 403 });
    await expect(records.snapshot(localBoardId)).rejects.toMatchObject({ kind: 'notAuthorised' });
  });

  it('at first is read again by the next who asks', async () => {
    const { records } = instance();
    await addFault(board.local.url, { pathIncludes: '/v1.0/sites/' }, 1, { kind: 'status', status: 400 });
    await expect(records.snapshot(localBoardId)).rejects.toBeInstanceOf(UpstreamError);
    expect((await records.snapshot(localBoardId)).actions).toHaveLength(45);
  });

  it('for a moment is repeated by itself', async () => {
    const { records } = instance();
    await addFault(board.local.url, { method: 'GET' }, 3, { kind: 'status', status: 503 });
    expect((await records.snapshot(localBoardId)).actions).toHaveLength(45);
  });

  it('because we ask too much says for how long to wait', async () => {
    const { records } = instance();
    await addFault(board.local.url, { method: 'GET' }, 30, { kind: 'status', status: 429, retryAfter: 3600 });
    const failed = records.snapshot(localBoardId);
    await expect(failed).rejects.toBeInstanceOf(ThrottledError);
    await expect(failed).rejects.toMatchObject({ retryAfterSeconds: 3600 });
    await fetch(`${board.local.url}/_local/faults`, { method: 'DELETE' });
  });

  it('names a board that is not ours and a site that is not there', async () => {
    await expect(board.records.snapshot('elsewhere')).rejects.toThrow(new NotFoundError('board', 'elsewhere'));
    const { graph, clock, logger } = board;
    const boards = [{ id: 'b', siteUrl: 'hertland.sharepoint.example:/sites/nowhere' }];
    const records = createBoardRecords({ graph, boards, clock, logger });
    await expect(records.snapshot('b')).rejects.toBeInstanceOf(NotFoundError);
  });
});

describe('a row that does not fit', () => {
  it('is a finding beside the whole rest', async () => {
    const { records } = instance();
    const before = await records.snapshot(localBoardId);
    const risk = before.risks[3];
    const path = `${await listPathOf(board.graph, 'Risks')}/items/${risk?.stamp?.itemId ?? ''}`;
    await board.graph.patch(path, { fields: { CurrentLikelihood: 9 } });
    const after = await records.refresh(localBoardId);
    expect(after.risks).toHaveLength(before.risks.length - 1);
    expect(after.findings.map((one) => [one.rule, one.ref])).toEqual([['row-not-understood', risk?.ref]]);
    await board.graph.patch(path, { fields: { CurrentLikelihood: risk?.current.likelihood } });
    expect((await records.refresh(localBoardId)).findings).toEqual([]);
  });
});

describe('a site that is not complete', () => {
  afterEach(() => writeSetting(board.graph, 'binding', {}));

  it('lacks a list: a finding, and the rest is read', async () => {
    await writeSetting(board.graph, 'binding', { lists: { Dispatches: { title: 'Not there' } } });
    const read = await instance().records.snapshot(localBoardId);
    expect(read.findings.map((one) => [one.rule, one.ref])).toEqual([['list-missing', 'Dispatches']]);
    expect(read.actions).toHaveLength(45);
  });

  it.each(['Actions', 'People', 'Meetings'])('lacks the list %s: nothing can be judged, so an error', async (name) => {
    await writeSetting(board.graph, 'binding', { lists: { [name]: { title: 'Not there' } } });
    await expect(instance().records.snapshot(localBoardId)).rejects.toBeInstanceOf(NotFoundError);
  });

  it('lacks columns: a finding each, and rows are read by what is there', async () => {
    const site = await findSite(board.graph, localSiteUrl);
    const columns = ['Ref', 'HeldOn', 'WithWhom'].map((name) => ({ name, text: {} }));
    await board.graph.post(`sites/${site.id}/lists`, {
      displayName: 'Thin',
      list: { template: 'genericList' },
      columns,
    });
    const path = await listPathOf(board.graph, 'Thin');
    await board.graph.post(`${path}/items`, { fields: { Ref: 'C1', HeldOn: '2024-05-01', WithWhom: 'Forum' } });
    await writeSetting(board.graph, 'binding', { lists: { CoProduction: { title: 'Thin' } } });
    const { records } = instance();
    const read = await records.snapshot(localBoardId);
    expect(read.coProduction).toMatchObject([{ ref: 'C1', on: '2024-05-01', with: 'Forum', actionRefs: [], did: '' }]);
    expect(read.findings.map((one) => one.text)).toEqual(
      ['ActionRefs', 'Did', 'Changed', 'OperationKey', 'LastOpId'].map((one) => `The list Thin has no column ${one}.`),
    );
    await writeSetting(board.graph, 'binding', { lists: { AdviserNotes: { title: 'Thin' } } });
    const needed = await instance().records.snapshot(localBoardId);
    expect(needed.adviserNotes).toEqual([]);
    expect(needed.findings[0]?.text).toBe(
      'The list Thin has no column AdviserRef, which is needed: none of its rows can be used.',
    );
  });

  it('has settings that do not fit: findings, and the defaults hold', async () => {
    await writeSetting(board.graph, 'binding', { list: {} });
    await writeSetting(board.graph, 'policy', ['none']);
    const read = await instance().records.snapshot(localBoardId);
    expect(read.findings.map((one) => [one.rule, one.ref])).toEqual([
      ['setting-not-understood', 'policy'],
      ['binding-not-understood', 'binding'],
    ]);
    expect(read.policy).toEqual({});
    await writeSetting(board.graph, 'policy', { quietDays: [] });
  });
});
