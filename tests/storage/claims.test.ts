// Claims under way on both databases: the living keep theirs, those of the dead are free when their lease has run out.
import { createClaims } from '../../bot/storage/claims';
import { createLedger } from '../../bot/storage/outbox';
import { openTestDatabase, type TestDatabase } from '../fixtures/databases';

const at = '2025-01-06T09:00:00.000Z';

describe.each(['embedded', 'server'] as const)('claims under way (%s)', (kind) => {
  let opened: TestDatabase;
  let boards = 0;

  beforeAll(async () => {
    opened = await openTestDatabase(kind);
  }, 120_000);
  afterAll(async () => opened?.remove());

  /** A board with two messages, both claimed by worker-1 for `leaseSeconds`, the first being sent. */
  async function claimed(leaseSeconds: number) {
    boards += 1;
    const boardId = `board-${boards}`;
    const ledger = createLedger(opened.db);
    const drafts = ['P10', 'P11'].map((personRef) => ({
      boardId,
      meetingRef: 'B09',
      step: 'request' as const,
      personRef,
      subjectRefs: [],
    }));
    await ledger.plan(drafts, at);
    const [first, second] = await ledger.claim(boardId, 'worker-1', 2, leaseSeconds);
    if (first === undefined || second === undefined) throw new Error('nothing was claimed');
    await ledger.sending(first, first.fence);
    const pass = async (ms: number): Promise<unknown> =>
      opened.db.query(
        `update ledger set lease_until = lease_until - make_interval(secs => $2::float8) where board_id = $1`,
        [boardId, ms / 1000],
      );
    return { boardId, ledger, first, second, claims: createClaims(opened.db), pass };
  }

  test('hold as long as they are renewed, also that of a message under way', async () => {
    const { boardId, ledger, claims, pass } = await claimed(3);
    for (let beat = 0; beat < 4; beat += 1) {
      await pass(2000);
      await claims.renew(boardId, 'worker-1');
    }
    await pass(2000);
    expect(await ledger.settleAbandoned(boardId)).toBe(0);
    expect(await ledger.claim(boardId, 'worker-2', 2, 3)).toEqual([]);
  });

  test('are free when nobody renews them: what waited is claimed again, what was under way is uncertain', async () => {
    const { boardId, ledger, second, pass } = await claimed(3);
    await pass(3100);
    expect(await ledger.settleAbandoned(boardId)).toBe(1);
    const taken = await ledger.claim(boardId, 'worker-2', 2, 3);
    expect(taken.map((one) => one.personRef)).toEqual([second.personRef]);
  });

  test('are not woken up once they have run out', async () => {
    const { boardId, ledger, claims, first, pass } = await claimed(3);
    await pass(3100);
    await claims.renew(boardId, 'worker-1');
    expect(await ledger.settleAbandoned(boardId)).toBe(1);
    expect(await ledger.sending(first, first.fence)).toBe(false);
  });

  test('are renewed for one worker alone', async () => {
    const { boardId, ledger, claims, pass } = await claimed(3);
    await pass(2000);
    await claims.renew(boardId, 'worker-2');
    await pass(1100);
    expect(await ledger.settleAbandoned(boardId)).toBe(1);
  });

  test('tell others when the next of them runs out', async () => {
    const { boardId, ledger, claims, first, second, pass } = await claimed(30);
    expect(await claims.nextLapseMs(boardId, 'worker-1')).toBeUndefined();
    expect(await claims.nextLapseMs(boardId, 'worker-2')).toBeGreaterThan(25_000);
    expect(await claims.nextLapseMs(boardId, 'worker-2')).toBeLessThanOrEqual(30_000);
    await pass(31_000);
    expect(await claims.nextLapseMs(boardId, 'worker-2')).toBe(0);
    // A worker that was held up finds its own again, too.
    expect(await claims.nextLapseMs(boardId, 'worker-1')).toBe(0);
    for (const one of [first, second]) await ledger.record(one, one.fence, { state: 'failed', detail: 'No.' }, at);
    expect(await claims.nextLapseMs(boardId, 'worker-2')).toBeUndefined();
  });
});
