// The delivery ledger on both databases: planned once, claimed once, never sent twice, nothing lost from sight.
import type { CycleStep, Ledger, LedgerEntry, LedgerKey } from '../../bot/services/ports';
import { createLedger } from '../../bot/storage/outbox';
import { createMemoryLedger } from '../fixtures/memoryDelivery';
import { openTestDatabase, type TestDatabase } from '../fixtures/databases';

const at = '2025-01-06T09:00:00.000Z';
const later = '2025-01-06T09:05:00.000Z';
const longAgo = '2000-01-01T00:00:00.000Z';
const farAhead = '2100-01-01T00:00:00.000Z';

const due = (boardId: string, personRef: string, step: CycleStep = 'request') => ({
  boardId,
  meetingRef: 'B09',
  step,
  personRef,
  subjectRefs: ['APA1.01', 'R05.1'],
});

const refs = (entries: readonly (LedgerEntry | LedgerKey)[]): readonly string[] => entries.map((one) => one.personRef);

describe.each(['embedded', 'server', 'memory'] as const)('the delivery ledger (%s)', (kind) => {
  let opened: TestDatabase | undefined;
  let expire: (boardId: string) => Promise<void>;
  let ledger: Ledger;
  let boards = 0;
  let board = '';

  beforeAll(async () => {
    if (kind === 'memory') {
      const memory = createMemoryLedger();
      ledger = memory;
      expire = async (boardId) => memory.expire(boardId);
      return;
    }
    const { db, remove } = await openTestDatabase(kind);
    opened = { db, remove };
    ledger = createLedger(db);
    const lapse = `update ledger set lease_until = clock_timestamp() - interval '1 second' where board_id = $1`;
    expire = async (boardId) => void (await db.query(lapse, [boardId]));
  }, 120_000);
  afterAll(async () => opened?.remove());
  beforeEach(() => {
    boards += 1;
    board = `board-${boards}`;
  });

  /** Claims the one entry of `board` and gives it. */
  const claimOne = async (leaseSeconds = 30): Promise<LedgerEntry> => {
    const [entry] = await ledger.claim(board, 'worker-1', 1, leaseSeconds);
    if (entry === undefined) throw new Error('nothing to claim');
    return entry;
  };
  const claimNew = async (leaseSeconds = 30): Promise<LedgerEntry> => {
    await ledger.plan([due(board, 'P10')], at);
    return claimOne(leaseSeconds);
  };
  const only = async (): Promise<LedgerEntry> => {
    const [entry, ...more] = await ledger.entries(board, 'B09');
    if (entry === undefined || more.length > 0) throw new Error('not one entry');
    return entry;
  };

  test('plans a message once, however often it is planned', async () => {
    const first = await ledger.plan([due(board, 'P10'), due(board, 'P11')], at);
    const second = await ledger.plan([due(board, 'P11'), due(board, 'P12')], later);
    expect(refs(first)).toEqual(['P10', 'P11']);
    expect(refs(second)).toEqual(['P12']);
    expect(await ledger.entries(board, 'B09')).toMatchObject([
      { personRef: 'P10', state: 'planned', plannedAt: at, attempts: 0, subjectRefs: ['APA1.01', 'R05.1'] },
      { personRef: 'P11', plannedAt: at },
      { personRef: 'P12', plannedAt: later },
    ]);
  });

  test('plans the same message once when it is named twice at once', async () => {
    expect(await ledger.plan([due(board, 'P10'), due(board, 'P10')], at)).toHaveLength(1);
  });

  test('plans nothing when there is nothing to plan', async () => {
    expect(await ledger.plan([], at)).toEqual([]);
  });

  test('keeps boards, meetings and steps apart', async () => {
    await ledger.plan([due(board, 'P10'), due(board, 'P10', 'reminder'), due(`${board}-other`, 'P10')], at);
    await ledger.plan([{ ...due(board, 'P10'), meetingRef: 'B10' }], at);
    expect(await ledger.entries(board, 'B09')).toHaveLength(2);
    expect(await ledger.entries(board, 'B10')).toHaveLength(1);
    expect(await ledger.claim(`${board}-other`, 'worker-1', 10, 30)).toHaveLength(1);
  });

  test('gives each entry to one worker, in the order of planning, no more than asked for', async () => {
    await ledger.plan([due(board, 'P11')], later);
    await ledger.plan([due(board, 'P10'), due(board, 'P09')], at);
    expect(refs(await ledger.claim(board, 'worker-1', 2, 30))).toEqual(['P09', 'P10']);
    expect(refs(await ledger.claim(board, 'worker-2', 2, 30))).toEqual(['P11']);
    expect(await ledger.claim(board, 'worker-3', 2, 30)).toEqual([]);
  });

  test('gives no entry to two workers that claim at the same time', async () => {
    const people = Array.from({ length: 40 }, (_, index) => `P${index + 10}`);
    await ledger.plan(
      people.map((one) => due(board, one)),
      at,
    );
    const claims = await Promise.all(
      Array.from({ length: 8 }, (_, index) => ledger.claim(board, `worker-${index}`, 5, 30)),
    );
    expect(
      claims
        .flat()
        .map((one) => one.personRef)
        .sort(),
    ).toEqual(people);
  });

  test('lets a claim be sent once, and counts the attempt', async () => {
    const entry = await claimNew();
    expect(await ledger.sending(entry, entry.fence)).toBe(true);
    expect(await ledger.sending(entry, entry.fence)).toBe(false);
    expect(await only()).toMatchObject({ state: 'sending', attempts: 1 });
  });

  test('lets a claim whose lease ran out be claimed again, and its first worker send nothing', async () => {
    const first = await claimNew(-1);
    const second = await claimOne();
    expect(second.fence).toBeGreaterThan(first.fence);
    expect(await ledger.sending(first, first.fence)).toBe(false);
    expect(await ledger.record(first, first.fence, { state: 'failed', detail: 'late' }, at)).toBe(false);
    expect(await ledger.sending(second, second.fence)).toBe(true);
  });

  test('lets nothing be sent under a lease that ran out, claimed again or not', async () => {
    const entry = await claimNew(-1);
    expect(await ledger.sending(entry, entry.fence)).toBe(false);
  });

  test('records what was sent, when and by which route', async () => {
    const entry = await claimNew();
    await ledger.sending(entry, entry.fence);
    const outcome = { state: 'sent', route: 'chat', activityId: 'activity-1' } as const;
    expect(await ledger.record(entry, entry.fence, outcome, later)).toBe(true);
    expect(await only()).toMatchObject({ state: 'sent', route: 'chat', activityId: 'activity-1', sentAt: later });
    expect(await ledger.claim(board, 'worker-1', 10, 30)).toEqual([]);
  });

  test('records nothing as sent that was never noted as being sent', async () => {
    const entry = await claimNew();
    expect(await ledger.record(entry, entry.fence, { state: 'sent', route: 'chat' }, later)).toBe(false);
    expect(await only()).toMatchObject({ state: 'claimed' });
  });

  test('records why a message failed, and leaves it alone', async () => {
    const entry = await claimNew();
    expect(await ledger.record(entry, entry.fence, { state: 'failed', detail: 'No chat yet.' }, at)).toBe(true);
    expect(await only()).toMatchObject({ state: 'failed', detail: 'No chat yet.' });
    expect(await ledger.claim(board, 'worker-1', 10, 30)).toEqual([]);
  });

  test('gives a message back to be sent later, not before its time', async () => {
    const entry = await claimNew();
    await ledger.sending(entry, entry.fence);
    const wait = (notBefore: string) => ({ state: 'planned', detail: 'Teams asked us to wait.', notBefore }) as const;
    expect(await ledger.record(entry, entry.fence, wait(farAhead), at)).toBe(true);
    expect(await ledger.claim(board, 'worker-1', 10, 30)).toEqual([]);
    await ledger.plan([due(board, 'P11')], at);
    const other = await claimOne();
    await ledger.record(other, other.fence, wait(longAgo), at);
    expect(refs(await ledger.claim(board, 'worker-1', 10, 30))).toEqual(['P11']);
  });

  test('counts what has not left, and says since when the longest waits whose time has come', async () => {
    expect(await ledger.queue(board, later)).toEqual({ count: 0 });
    await ledger.plan([due(board, 'P10'), due(`${board}-other`, 'P20')], at);
    await ledger.plan([due(board, 'P11')], later);
    expect(await ledger.queue(board, later)).toEqual({ count: 2, since: at });
    const entry = await claimOne();
    expect(await ledger.queue(board, later)).toEqual({ count: 2, since: at });
    const wait = (notBefore: string) => ({ state: 'planned', detail: 'Teams asked us to wait.', notBefore }) as const;
    await ledger.record(entry, entry.fence, wait(farAhead), at);
    expect(await ledger.queue(board, later)).toEqual({ count: 2, since: later });
    // What waited until now by its own wish is not late before.
    expect(await ledger.queue(board, '2100-01-01T00:01:00.000Z')).toEqual({ count: 2, since: later });
    const other = await claimOne();
    await ledger.sending(other, other.fence);
    expect(await ledger.queue(board, later)).toEqual({ count: 1 });
    expect(await ledger.queue(board, '2100-01-01T00:01:00.000Z')).toEqual({ count: 1, since: farAhead });
  });

  test('calls a message that was being sent when its lease ran out uncertain, and never sends it again', async () => {
    const entry = await claimNew();
    await ledger.sending(entry, entry.fence);
    expect(await ledger.settleAbandoned(board)).toBe(0);
    await expire(board);
    expect(await ledger.settleAbandoned(board)).toBe(1);
    expect(await only()).toMatchObject({
      state: 'uncertain',
      detail: 'The service stopped while this was being sent; it may have arrived.',
    });
    expect(await ledger.claim(board, 'worker-1', 10, 30)).toEqual([]);
  });

  test('knows by which route a message was tried when it may have arrived', async () => {
    const entry = await claimNew();
    expect(await ledger.sending(entry, entry.fence, 'chat')).toBe(true);
    expect(await ledger.sending(entry, entry.fence, 'chat')).toBe(false);
    expect(await ledger.sending(entry, entry.fence, 'e-mail')).toBe(true);
    await expire(board);
    await ledger.settleAbandoned(board);
    const [left, ...more] = await ledger.uncertain(board);
    expect(left).toMatchObject({ personRef: 'P10', state: 'uncertain', route: 'e-mail', attempts: 2 });
    expect(more).toEqual([]);
    expect(await ledger.uncertain(`${board}-other`)).toEqual([]);
  });

  test('sends again at a request alone, and keeps what became of it before', async () => {
    const entry = await claimNew();
    await ledger.sending(entry, entry.fence, 'e-mail');
    await ledger.record(entry, entry.fence, { state: 'uncertain', detail: 'Broke.', route: 'e-mail' }, at);
    expect(await ledger.resend([entry], 'P15', later)).toHaveLength(1);
    expect(await ledger.resend([entry], 'P15', later)).toEqual([]);
    const again = await claimOne();
    const before = { state: 'uncertain', route: 'e-mail', detail: 'Broke.', byRef: 'P15', at: later };
    expect(again).toMatchObject({
      attempts: 0,
      plannedAt: later,
      subjectRefs: ['APA1.01', 'R05.1'],
      earlier: [before],
    });
    expect(again.route).toBeUndefined();
    await ledger.record(again, again.fence, { state: 'failed', detail: 'No address.' }, later);
    await ledger.resend([entry], 'P01', farAhead);
    expect((await only()).earlier).toEqual([
      before,
      { state: 'failed', detail: 'No address.', byRef: 'P01', at: farAhead },
    ]);
    expect(await ledger.resend([], 'P01', later)).toEqual([]);
  });

  test('takes the late word of a sender that was given up', async () => {
    const entry = await claimNew();
    await ledger.sending(entry, entry.fence);
    await expire(board);
    await ledger.settleAbandoned(board);
    expect(await ledger.record(entry, entry.fence, { state: 'sent', route: 'chat', activityId: 'a' }, later)).toBe(
      true,
    );
    expect(await only()).toMatchObject({ state: 'sent', activityId: 'a' });
  });

  test('keeps what is sent when the same outcome comes again', async () => {
    const entry = await claimNew();
    await ledger.sending(entry, entry.fence);
    await ledger.record(entry, entry.fence, { state: 'sent', route: 'chat', activityId: 'a' }, later);
    expect(await ledger.record(entry, entry.fence, { state: 'failed', detail: 'no' }, later)).toBe(false);
    expect(await ledger.record(entry, entry.fence, { state: 'uncertain', detail: 'no' }, later)).toBe(false);
    expect(await only()).toMatchObject({ state: 'sent', activityId: 'a' });
  });

  test('plans again what failed, when asked, about what is open now, and nothing that may have arrived', async () => {
    await ledger.plan([due(board, 'P10'), due(board, 'P11'), due(board, 'P12'), due(board, 'P13', 'reminder')], at);
    const entries = await ledger.claim(board, 'worker-1', 10, 30);
    for (const entry of entries) {
      await ledger.sending(entry, entry.fence);
      if (entry.personRef === 'P10') await ledger.record(entry, entry.fence, { state: 'sent', route: 'chat' }, at);
      else if (entry.personRef === 'P11')
        await ledger.record(entry, entry.fence, { state: 'uncertain', detail: '?' }, at);
      else await ledger.record(entry, entry.fence, { state: 'failed', detail: 'No chat yet.' }, at);
    }
    const again = ['P10', 'P11', 'P12'].map((one) => ({ ...due(board, one), subjectRefs: ['APA1.02'] }));
    expect(refs(await ledger.reopen(again, later))).toEqual(['P12']);
    expect(await ledger.claim(board, 'worker-1', 10, 30)).toMatchObject([
      { personRef: 'P12', subjectRefs: ['APA1.02'], plannedAt: later, attempts: 0 },
    ]);
    expect(await ledger.reopen([], later)).toEqual([]);
  });

  test('records that there was nothing left to say', async () => {
    const entry = await claimNew();
    expect(await ledger.record(entry, entry.fence, { state: 'cancelled', detail: 'All answered.' }, at)).toBe(true);
    expect(await only()).toMatchObject({ state: 'cancelled', detail: 'All answered.' });
    expect(refs(await ledger.reopen([due(board, 'P10')], later))).toEqual(['P10']);
  });
});
