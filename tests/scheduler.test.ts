// Waking the cycle: every board in turn, one wake at a time, no board held up by another.
import { UpstreamError } from '../bot/errors';
import { createScheduler, type SchedulerPorts } from '../bot/scheduler';
import type { Drained } from '../bot/services/deliver';
import type { ReminderPlan } from '../bot/board/reminders';
import { createMemoryLogger } from './fixtures/memoryPorts';

const drained: Drained = { sent: 1, failed: 0, uncertain: 0, unreachable: 0, cancelled: 0, waiting: 0 };
const plan: ReminderPlan = {
  meetingRef: 'B09',
  step: 'final-reminder',
  why: 'due',
  messages: [],
  nothingFor: [],
  missed: ['reminder'],
};

function setUp(over: Partial<SchedulerPorts> = {}) {
  const done: string[] = [];
  const held = new Map<string, string>();
  const logger = createMemoryLogger();
  const scheduler = createScheduler({
    mode: 'local',
    records: { boardIds: () => ['north', 'south'] },
    updateItem: { resume: async (boardId) => done.push(`resume ${boardId}`) },
    manageItems: {
      resume: async () => 0,
      carryOutDue: async () => 0,
    },
    runCycle: {
      plan: async () => plan,
      remind: async (boardId, _meetingRef, options) => {
        expect(options).toEqual({ maxAgeMs: 900_000 });
        done.push(`remind ${boardId}`);
        return { plan, planned: 1, reopened: 0, requested: 0, told: 0 };
      },
    },
    deliver: {
      drain: async (boardId) => {
        done.push(`drain ${boardId}`);
        return drained;
      },
    },
    inviteBoard: { keep: async () => 0 },
    freshness: { check: async () => undefined },
    subscriptions: { keep: async () => undefined },
    leases: {
      acquire: async (boardId, name, holder) => {
        if (name !== 'cycle') return 1;
        if (held.has(boardId) && held.get(boardId) !== holder) return undefined;
        held.set(boardId, holder);
        return 1;
      },
      release: async (boardId) => void held.delete(boardId),
    },
    holder: 'this',
    logger,
    ...over,
  });
  return { scheduler, done, held, logger };
}

const wholeWake = ['north', 'south'].flatMap((one) => [`resume ${one}`, `remind ${one}`, `drain ${one}`]);

describe('the health of the wakes', () => {
  test('is good while wakes end, and bad once none has for a quarter of an hour', async () => {
    let nowMs = 0;
    const { scheduler } = setUp({ mode: 'production', nowMs: () => nowMs });
    scheduler.start();
    try {
      nowMs = 15 * 60_000;
      await scheduler.check();
      nowMs += 1;
      await expect(scheduler.check()).rejects.toThrow('No wake has ended for 15 minutes.');
      await scheduler.wake();
      await scheduler.check();
    } finally {
      await scheduler.stop();
    }
  });

  test('is not asked of a service that wakes when somebody says so', async () => {
    let nowMs = 0;
    const { scheduler } = setUp({ nowMs: () => nowMs });
    scheduler.start();
    await scheduler.wake();
    nowMs = 24 * 3_600_000;
    await scheduler.check();
    await scheduler.stop();
  });
});

describe('the scheduler', () => {
  test('finishes answers, plans what is due and delivers it, board by board', async () => {
    const { scheduler, done, logger } = setUp();
    await scheduler.wake();
    expect(done).toEqual(wholeWake);
    expect(logger.lines).toContainEqual({
      level: 'warn',
      event: 'cycle.stepsMissed',
      facts: { boardId: 'north', meetingRef: 'B09', steps: 'reminder' },
    });
  });

  test('hands over what is due before it plans who is asked', async () => {
    const { done, scheduler } = setUp({
      manageItems: {
        resume: async () => 0,
        carryOutDue: async (boardId) => done.push(`hand over ${boardId}`),
      },
    });
    await scheduler.wake();
    expect(done.slice(0, 3)).toEqual(['resume north', 'hand over north', 'remind north']);
  });

  test('does one wake at a time, and one more for all that were asked for meanwhile', async () => {
    const { scheduler, done } = setUp();
    await Promise.all([scheduler.wake(), scheduler.wake(), scheduler.wake()]);
    expect(done).toEqual([...wholeWake, ...wholeWake]);
  });

  test('leaves a board alone that another instance looks after', async () => {
    const { scheduler, done, held } = setUp();
    held.set('north', 'another');
    await scheduler.wake();
    expect(done).toEqual(wholeWake.slice(3));
  });

  test('keeps the invitations of each board, once what is due went out', async () => {
    const { scheduler, done } = setUp({
      inviteBoard: {
        keep: async (boardId) => {
          done.push(`invite ${boardId}`);
          return 1;
        },
      },
    });
    await scheduler.wake();
    expect(done.slice(0, 4)).toEqual([...wholeWake.slice(0, 3), 'invite north']);
    expect(done.filter((one) => one.startsWith('invite'))).toEqual(['invite north', 'invite south']);
  });

  test('delivers what is in the ledger when no meeting is ahead', async () => {
    const { scheduler, done, logger } = setUp({
      runCycle: {
        plan: async () => plan,
        remind: async () => ({ planned: 0, reopened: 0, requested: 0, told: 0 }),
      },
    });
    await scheduler.wake();
    expect(done).toEqual(['resume north', 'drain north', 'resume south', 'drain south']);
    expect(logger.lines.filter((one) => one.level === 'error')).toEqual([]);
  });

  test('goes on with the other boards when one cannot be read, and logs it', async () => {
    const { scheduler, done, logger } = setUp({
      updateItem: {
        resume: async (boardId) => {
          if (boardId === 'north') throw new UpstreamError('SharePoint', 'did not answer');
          return 0;
        },
      },
    });
    await scheduler.wake();
    expect(done).toEqual(['remind south', 'drain south']);
    expect(logger.lines).toContainEqual({
      level: 'error',
      event: 'scheduler.failed',
      facts: { boardId: 'north', tookMs: expect.any(Number) },
    });
  });

  test('does not wake by itself in local mode, and gives its boards up when it stops', async () => {
    const { scheduler, done, held, logger } = setUp();
    scheduler.start();
    expect(logger.lines).toEqual([]);
    await scheduler.wake();
    await scheduler.stop();
    expect(done).toEqual(wholeWake);
    expect(held.size).toBe(0);
  });

  test.each(['trial', 'production'] as const)('starts by itself in %s mode, and stops', async (mode) => {
    const { scheduler, logger } = setUp({ mode });
    scheduler.start();
    scheduler.start();
    expect(logger.lines.filter((one) => one.event === 'scheduler.started')).toHaveLength(1);
    await scheduler.stop();
  });

  test('says how late its turn came after the minute that was due, minutes that a long wake took included', async () => {
    jest.useFakeTimers({ now: Date.parse('2025-01-06T09:00:30.000Z') });
    try {
      let wakes = 0;
      const { scheduler, logger } = setUp({
        mode: 'production',
        inviteBoard: {
          keep: async () => {
            wakes += 1;
            // The first wake takes until 09:03:10.
            if (wakes === 1) await new Promise((resolve) => setTimeout(resolve, 130_000));
            return 0;
          },
        },
      });
      scheduler.start();
      await jest.advanceTimersByTimeAsync(5 * 60_000);
      await scheduler.stop();
      const late = logger.lines
        .filter((one) => one.event === 'scheduler.woke')
        .map((one) => [one.facts.boardId, Math.round(Number(one.facts.lateMs) / 10_000) * 10]);
      expect(late).toEqual([
        ['north', 0],
        ['south', 130],
        // That of 09:02 is made up for at 09:03:30; croner looks twice a minute.
        ['north', 90],
        ['south', 90],
        ['north', 0],
        ['south', 0],
        ['north', 0],
        ['south', 0],
      ]);
    } finally {
      jest.useRealTimers();
    }
  });

  test('keeps SharePoint telling of changes from the start, in local mode too', async () => {
    const kept: string[] = [];
    const { scheduler, done } = setUp({ subscriptions: { keep: async () => void kept.push('kept') } });
    scheduler.start();
    scheduler.start();
    await scheduler.stop();
    expect([kept, done]).toEqual([['kept'], []]);
  });

  test('leaves the subscriptions to the instance that has them, and stops when the database does not say who', async () => {
    const kept: string[] = [];
    const subscriptions = { keep: async () => void kept.push('kept') };
    const release = async () => undefined;
    const another = setUp({ subscriptions, leases: { acquire: async () => undefined, release } });
    another.scheduler.start();
    await another.scheduler.stop();
    const lost = setUp({
      subscriptions,
      leases: { acquire: () => Promise.reject(new UpstreamError('database', 'gone')), release },
    });
    lost.scheduler.start();
    await lost.scheduler.stop();
    expect(kept).toEqual([]);
    expect(lost.logger.lines.map((one) => one.event)).toEqual(['scheduler.subscriptionsFailed']);
  });

  test('stops although the database has gone away', async () => {
    const { scheduler, logger } = setUp({
      leases: {
        acquire: async () => 1,
        release: async () => {
          throw new UpstreamError('database', 'gone');
        },
      },
    });
    await scheduler.stop();
    expect(logger.lines.map((one) => [one.event, one.facts['boardId']])).toEqual([
      ['scheduler.leaseNotReleased', 'north'],
      ['scheduler.leaseNotReleased', 'south'],
      ['scheduler.leaseNotReleased', '*'],
    ]);
  });
});
