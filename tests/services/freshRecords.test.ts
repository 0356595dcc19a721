// How old a board may get: for who looks, after a notification, while nobody looks, and while SharePoint does not answer.
import { InvalidInputError, ThrottledError, UpstreamError } from '../../bot/errors';
import { freshRecords } from '../../bot/services/freshRecords';
import type { BoardFreshness, BoardRecords } from '../../bot/services/ports';
import { handTime } from '../fixtures/handTime';
import { createMemoryLogger } from '../fixtures/memoryPorts';
import { sampleSnapshot } from '../fixtures/samplePlan';

const seconds = 1_000;
const minutes = 60 * seconds;

function setting() {
  const first = sampleSnapshot();
  const time = handTime();
  const logger = createMemoryLogger();
  let inSharePoint = 'as seeded';
  let current = first;
  let failure: Error | undefined;
  let reasonBelow: BoardFreshness['stale'];
  let refreshes = 0;
  let holding: (() => void)[] | undefined;
  const source: BoardRecords = {
    boardIds: () => ['a', 'b'],
    snapshot: () => Promise.resolve(current),
    freshness: () => ({ readAt: current.readAt, ...(reasonBelow === undefined ? {} : { stale: reasonBelow }) }),
    refresh: async () => {
      refreshes += 1;
      // What a reading sees is decided when it begins.
      const seen = inSharePoint;
      const failing = failure;
      if (holding) await new Promise<void>((resolve) => holding?.push(resolve));
      if (failing) throw failing;
      current = { ...first, readAt: seen };
      return current;
    },
    write: () => Promise.resolve({ kind: 'written', items: [] }),
  };
  const records = freshRecords(source, {
    maxAgeMs: 60 * seconds,
    idleMaxAgeMs: 15 * minutes,
    logger,
    timing: time.timing,
  });
  return {
    ...time,
    records,
    logger,
    refreshes: () => refreshes,
    edit: (words: string) => (inSharePoint = words),
    fail: (error: Error | undefined) => (failure = error),
    below: (reason: BoardFreshness['stale']) => (reasonBelow = reason),
    hold: () => (holding = []),
    async release() {
      const held = holding ?? [];
      holding = undefined;
      for (const one of held) one();
      await time.settle();
    },
    seen: async (maxAgeMs?: number) => (await records.snapshot('a', maxAgeMs)).readAt,
  };
}

describe('a board that somebody looks at', () => {
  test('is read when it is first asked for, and again when it is a minute old', async () => {
    const { seen, refreshes, pass, edit } = setting();
    await seen();
    edit('edited');
    await pass(59_999);
    expect(await seen()).toBe('as seeded');
    expect(refreshes()).toBe(1);
    await pass(1);
    expect(await seen()).toBe('edited');
  });

  test('counts its age from the beginning of the reading', async () => {
    const { seen, refreshes, pass, hold, release } = setting();
    hold();
    const first = seen();
    await pass(50 * seconds);
    await release();
    await first;
    await pass(10 * seconds);
    await seen();
    expect(refreshes()).toBe(2);
  });

  test('is read once for all who ask at the same time', async () => {
    const { seen, refreshes, pass } = setting();
    await Promise.all([seen(), seen(), seen()]);
    expect(refreshes()).toBe(1);
    await pass(2 * minutes);
    await Promise.all([seen(), seen(), seen()]);
    expect(refreshes()).toBe(2);
  });

  test('is read anew for who presses for it, also while a reading is under way', async () => {
    const { seen, refreshes, pass, hold, release, edit } = setting();
    await seen();
    await pass(2 * minutes);
    hold();
    const looking = seen();
    await pass(0);
    edit('edited');
    const pressing = [seen(0), seen(0)];
    await release();
    expect(await looking).toBe('as seeded');
    expect(await Promise.all(pressing)).toEqual(['edited', 'edited']);
    expect(refreshes()).toBe(3);
  });

  test('counts an asked-for reading as a reading', async () => {
    const { records, seen, refreshes, pass } = setting();
    await pass(100);
    await records.refresh('a');
    await pass(59 * seconds);
    await seen();
    expect(refreshes()).toBe(1);
  });

  test('may be older for who says so', async () => {
    const { seen, refreshes, pass } = setting();
    await seen();
    await pass(10 * minutes);
    await seen(15 * minutes);
    expect(refreshes()).toBe(1);
    await pass(5 * minutes);
    await seen(15 * minutes);
    expect(refreshes()).toBe(2);
  });
});

describe('a notification', () => {
  test('has the board read in a moment, a burst of them once', async () => {
    const { records, seen, refreshes, pass, edit } = setting();
    await seen();
    await pass(10 * seconds);
    edit('edited');
    for (let n = 0; n < 500; n += 1) records.changed('a');
    await pass(1 * seconds);
    expect(refreshes()).toBe(2);
    expect(await seen()).toBe('edited');
    expect(refreshes()).toBe(2);
  });

  test('makes the next look read at once', async () => {
    const { records, seen, refreshes, pass, edit } = setting();
    await seen();
    edit('edited');
    records.changed('a');
    expect(await seen(15 * minutes)).toBe('edited');
    await pass(1 * minutes);
    expect(refreshes()).toBe(2);
  });

  test('that comes during a reading has the board read once more', async () => {
    const { records, seen, refreshes, pass, hold, release, edit } = setting();
    await seen();
    await pass(61 * seconds);
    hold();
    const looking = seen();
    await pass(0);
    edit('edited');
    records.changed('a');
    await release();
    expect(await looking).toBe('as seeded');
    expect(await seen()).toBe('edited');
    expect(refreshes()).toBe(3);
  });

  test('in a flood costs a reading every five seconds at most', async () => {
    const { records, seen, refreshes, pass } = setting();
    await seen();
    for (let second = 0; second < 60; second += 1) {
      records.changed('a');
      await pass(1 * seconds);
    }
    expect(refreshes()).toBeLessThanOrEqual(1 + 13);
    expect(refreshes()).toBeGreaterThan(10);
  });

  test('waits while SharePoint is given a rest, and is not lost', async () => {
    const { records, seen, refreshes, pass, fail, edit } = setting();
    await seen();
    edit('edited');
    records.changed('a');
    fail(new UpstreamError('SharePoint', 'no answer'));
    await seen();
    fail(undefined);
    await pass(9_999);
    expect(refreshes()).toBe(2);
    await pass(1);
    expect(refreshes()).toBe(3);
    expect(await seen()).toBe('edited');
  });

  test('wakes its own board alone, and none after the end', async () => {
    const { records, refreshes, pass, waiting } = setting();
    records.changed('b');
    await pass(1 * seconds);
    expect(refreshes()).toBe(1);
    records.changed('b');
    await records.stop();
    records.changed('b');
    await pass(1 * minutes);
    expect([refreshes(), waiting()]).toEqual([1, 0]);
  });
});

describe('the check while nobody looks', () => {
  test('reads only boards that were not read for a quarter of an hour', async () => {
    const { records, seen, refreshes, pass } = setting();
    await records.check();
    expect(refreshes()).toBe(2);
    await pass(14 * minutes);
    await seen();
    await pass(1 * minutes);
    await records.check();
    expect(refreshes()).toBe(4);
  });

  test('goes on to the next board when one cannot be read', async () => {
    const { records, refreshes, fail, logger } = setting();
    fail(new InvalidInputError('the binding is wrong'));
    await records.check();
    expect(refreshes()).toBe(2);
    expect(logger.lines.map(({ event, facts }) => [event, facts['boardId']])).toEqual([
      ['board.notRead', 'a'],
      ['board.notRead', 'b'],
    ]);
  });
});

describe('while SharePoint does not answer', () => {
  test('what was read before is given, with its moment and the reason, and SharePoint is asked again', async () => {
    const { records, seen, refreshes, pass, fail, edit } = setting();
    await seen();
    await pass(2 * minutes);
    edit('edited');
    fail(new UpstreamError('SharePoint', 'no answer'));
    expect(await seen()).toBe('as seeded');
    expect(records.freshness('a')).toEqual({ readAt: 'as seeded', stale: 'no-answer' });
    fail(undefined);
    await pass(9 * seconds);
    expect([await seen(), refreshes()]).toEqual(['as seeded', 2]);
    await pass(1 * seconds);
    expect(await seen()).toBe('edited');
    expect(records.freshness('a')).toEqual({ readAt: 'edited' });
  });

  test('it is not asked before the time it named, not even by who presses', async () => {
    const { records, seen, refreshes, pass, fail } = setting();
    await seen();
    fail(new ThrottledError('slow down', 90));
    expect(await seen(0)).toBe('as seeded');
    expect(records.freshness('a').stale).toBe('throttled');
    fail(undefined);
    records.changed('a');
    await pass(89 * seconds);
    await seen(0);
    await expect(records.refresh('a')).rejects.toMatchObject({ kind: 'throttled', retryAfterSeconds: 1 });
    expect(refreshes()).toBe(2);
    await pass(2 * seconds);
    expect(refreshes()).toBe(3);
    expect(records.freshness('a').stale).toBeUndefined();
  });

  test('nobody waits longer than four seconds, and the late reading still counts', async () => {
    const { records, seen, refreshes, pass, hold, release, edit, below } = setting();
    await seen();
    await pass(2 * minutes);
    edit('edited');
    hold();
    const looking = seen();
    await pass(4 * seconds);
    expect(await looking).toBe('as seeded');
    expect(records.freshness('a').stale).toBe('no-answer');
    below('waiting');
    expect(records.freshness('a').stale).toBe('waiting');
    expect(await seen()).toBe('as seeded');
    await release();
    expect(await seen()).toBe('edited');
    expect([refreshes(), records.freshness('a').readAt]).toEqual([2, 'edited']);
  });

  test('the error is passed on when nothing was ever read, or when it does not pass by itself', async () => {
    const { seen, pass, fail } = setting();
    fail(new UpstreamError('SharePoint', 'no answer'));
    await expect(seen()).rejects.toThrow('no answer');
    fail(undefined);
    await seen();
    await pass(2 * minutes);
    fail(new InvalidInputError('the binding is wrong'));
    await expect(seen()).rejects.toThrow('the binding is wrong');
  });
});
