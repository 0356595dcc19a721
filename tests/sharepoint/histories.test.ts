// Random histories of a site, in trouble and out of it: what is kept by changes equals what a full reading gives.
import fc from 'fast-check';
import { isKnownError } from '../../bot/errors';
import type { BoardSnapshot } from '../../bot/board/model';
import type { BoardRecords } from '../../bot/services/ports';
import { createBoardRecords } from '../../bot/sharepoint/boardRecords';
import { localBoardId, localGraph, startLocalBoard } from '../fixtures/localBoard';
import type { LocalBoard } from '../fixtures/localBoard';
import { addFault, listPathOf, writeSetting } from '../fixtures/localSite';

/** `DELTA_HISTORIES=1000` runs the whole plan; so many fit into the tests. */
const histories = Number(process.env['DELTA_HISTORIES'] ?? 20);
/** One replica lives through so many histories. */
const livesFor = 10;
jest.setTimeout(60_000 + histories * 4_000);

const listNames = ['Actions', 'Risks', 'Evidence', 'Meetings', 'People'] as const;
type ListName = (typeof listNames)[number];
const freeColumn: Readonly<Record<ListName, string>> = {
  Actions: 'Title',
  Risks: 'Proximity',
  Evidence: 'Strength',
  Meetings: 'Place',
  People: 'Role',
};

let board: LocalBoard;
const paths = new Map<ListName, string>();
const ids = new Map<ListName, string[]>();
let made = 0;

beforeAll(async () => {
  board = await startLocalBoard();
  for (const list of listNames) {
    const path = await listPathOf(board.graph, list);
    paths.set(list, path);
    const rows = await board.graph.getAll(`${path}/items?$top=5000`);
    ids.set(
      list,
      rows.map((one) => String(Object(one).id)),
    );
  }
});
afterAll(() => board.close());

/** Small pages make many; a full reading takes the largest. */
function newRecords(pageSize: number): BoardRecords {
  const timing = { now: () => 0, random: () => 0, wait: () => Promise.resolve() };
  const graph = localGraph(board.local.url, { timing });
  const { boards, clock, logger } = board;
  return createBoardRecords({ graph, boards, clock, logger, pageSize });
}

const list = fc.constantFrom(...listNames);
const at = fc.nat(999);
const text = fc.constantFrom('red', 'amber', 'green', 'Ännu <b>en</b> 🙂', '');
const delta = fc.record({
  kind: fc.constant('delta' as const),
  seed: fc.nat(99),
  repeat: fc.constantFrom(0, 0.3, 1),
  shuffle: fc.boolean(),
  emptyPage: fc.boolean(),
  pageRows: fc.integer({ min: 1, max: 30 }),
});
const trouble = fc.oneof(
  delta,
  fc.record({ kind: fc.constant('delta' as const), expireAfterPage: fc.nat(2), pageRows: fc.constant(7) }),
  fc.constant({ kind: 'delta' as const, refuse: true }),
  fc.constantFrom(410, 400, 404).map((status) => ({ kind: 'status' as const, status, code: 'syncStateNotFound' })),
  fc.constantFrom(429, 500, 503, 504).map((status) => ({ kind: 'status' as const, status, retryAfter: '0.2' })),
  fc.constant({ kind: 'reset' as const }),
  fc.constant({ kind: 'truncate' as const }),
  fc.nat(99).map((seed) => ({ kind: 'batchOrder' as const, seed })),
);
const edit = fc.record({ kind: fc.constant('edit' as const), list, at, text });
const step = fc.oneof(
  { weight: 4, arbitrary: edit },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('byHand' as const), list, at, text }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('add' as const), text }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('delete' as const), list, at }) },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('write' as const), at, percent: fc.nat(100) }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('policy' as const), at }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('bind' as const), isBound: fc.boolean() }) },
  { weight: 4, arbitrary: fc.constant({ kind: 'refresh' as const }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('during' as const), edit, at, percent: fc.nat(100) }) },
  {
    weight: 4,
    arbitrary: fc.record({
      kind: fc.constant('trouble' as const),
      list,
      trouble,
      times: fc.integer({ min: 1, max: 4 }),
    }),
  },
);
type Step = typeof step extends fc.Arbitrary<infer S> ? S : never;

function pick(name: ListName, at: number): string {
  const known = ids.get(name) ?? [];
  return known[at % known.length] ?? '';
}

/** What a passing failure may do: nothing else than fail. */
async function unlessItFails(work: Promise<unknown>): Promise<void> {
  await work.catch((error: unknown) => {
    if (!isKnownError(error)) throw error;
  });
}

async function editByHand(name: ListName, id: string, value: string): Promise<void> {
  const item = Object(await board.graph.get(`${paths.get(name) ?? ''}/items/${id}`));
  const response = await fetch(`${board.local.url}/_local/lists/${name}/items/${id}`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ version: item.eTag, editor: 'P10', fields: { [freeColumn[name]]: value } }),
  });
  if (!response.ok) throw new TypeError(`The edit was not taken: ${response.status} ${await response.text()}`);
}

async function writeOurs(records: BoardRecords, at: number, percent: number): Promise<void> {
  const { actions } = await records.snapshot(localBoardId);
  const action = actions[at % actions.length];
  if (!action?.stamp) return;
  made += 1;
  await records.write({
    boardId: localBoardId,
    operationId: `history-${made}`,
    writes: [
      {
        kind: 'change',
        record: 'action',
        ref: action.ref,
        itemId: action.stamp.itemId,
        version: action.stamp.version,
        changes: { percentComplete: percent },
      },
    ],
  });
}

async function take(records: BoardRecords, one: Step): Promise<void> {
  switch (one.kind) {
    case 'edit': {
      const path = `${paths.get(one.list) ?? ''}/items/${pick(one.list, one.at)}`;
      return void (await board.graph.patch(path, { fields: { [freeColumn[one.list]]: one.text || null } }));
    }
    case 'byHand':
      return editByHand(one.list, pick(one.list, one.at), one.text || 'by hand');
    case 'add': {
      made += 1;
      const fields = { Ref: `H${made}`, EvidenceOn: '2025-01-03T12:00:00Z', Kind: 'audit', Summary: one.text || 'x' };
      const added = Object(await board.graph.post(`${paths.get('Evidence') ?? ''}/items`, { fields }));
      return void ids.get('Evidence')?.push(String(added.id));
    }
    case 'delete': {
      const known = ids.get(one.list) ?? [];
      if (known.length < 12) return;
      const id = pick(one.list, one.at);
      await board.graph.delete(`${paths.get(one.list) ?? ''}/items/${id}`);
      return void known.splice(known.indexOf(id), 1);
    }
    case 'write':
      return unlessItFails(writeOurs(records, one.at, one.percent));
    case 'policy':
      return writeSetting(board.graph, 'policy', { reminderWorkingDays: one.at % 5 });
    case 'bind':
      return writeSetting(
        board.graph,
        'binding',
        one.isBound
          ? { lists: { Reviews: { title: 'AdviserNotes' }, Actions: { columns: { Description: 'Blocker' } } } }
          : {},
      );
    case 'refresh':
      return unlessItFails(records.refresh(localBoardId));
    case 'during':
      await Promise.all([
        unlessItFails(records.refresh(localBoardId)),
        take(records, one.edit),
        unlessItFails(writeOurs(records, one.at, one.percent)),
      ]);
      return;
    case 'trouble': {
      const isWhole =
        one.trouble.kind === 'reset' || one.trouble.kind === 'truncate' || one.trouble.kind === 'batchOrder';
      const match = { pathIncludes: isWhole ? '$batch' : `/${one.list}/items/delta` };
      return addFault(board.local.url, match, one.times, one.trouble);
    }
  }
}

/** Only that changes cannot be told may differ: it is about how was read, not what. */
function contentOf({ readAt: _, ...snapshot }: BoardSnapshot) {
  return { ...snapshot, findings: snapshot.findings.filter((one) => one.rule !== 'delta-refused') };
}

test(`what is kept by changes equals a full reading after each of ${histories} histories`, async () => {
  let lived = 0;
  let records = newRecords(40);
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 2, maxLength: 9 }), async (history) => {
      lived += 1;
      if (lived % livesFor === 0) records = newRecords(40);
      for (const one of history) await take(records, one);
      await fetch(`${board.local.url}/_local/faults`, { method: 'DELETE' });
      const kept = await records.refresh(localBoardId);
      const whole = await newRecords(5000).snapshot(localBoardId);
      expect(JSON.stringify(contentOf(kept))).toBe(JSON.stringify(contentOf(whole)));
    }),
    {
      numRuns: histories,
      endOnFailure: true,
      ...(process.env['DELTA_SEED'] ? { seed: Number(process.env['DELTA_SEED']) } : {}),
    },
  );
});
