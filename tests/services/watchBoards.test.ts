// Who follows a board is told when it changed, once a change, and by one look for all.
import type { BoardSnapshot } from '../../bot/board/model';
import { watchBoards } from '../../bot/services/watchBoards';
import { createMemoryLogger } from '../fixtures/memoryPorts';
import { sampleSnapshot } from '../fixtures/samplePlan';

function watching() {
  let board: BoardSnapshot | Error = sampleSnapshot();
  let reads = 0;
  let beat: (() => void) | undefined;
  const records = {
    snapshot: async () => {
      reads += 1;
      if (board instanceof Error) throw board;
      return board;
    },
  };
  const watch = watchBoards({
    records,
    logger: createMemoryLogger(),
    timing: {
      every: (_ms, run) => {
        beat = run;
        return () => (beat = undefined);
      },
    },
  });
  const settle = () => new Promise((resolve) => setImmediate(resolve));
  return {
    watch,
    reads: () => reads,
    isBeating: () => beat !== undefined,
    set: (next: BoardSnapshot | Error) => (board = next),
    pass: async () => {
      beat?.();
      await settle();
    },
    settle,
  };
}

const retitled = (): BoardSnapshot => {
  const sample = sampleSnapshot();
  return { ...sample, actions: sample.actions.map((one, index) => (index === 0 ? { ...one, title: 'Other' } : one)) };
};

test('tells every follower of a change, and of nothing when only the moment of the reading differs', async () => {
  const { watch, set, pass, settle } = watching();
  const told: string[] = [];
  watch.follow('b', () => told.push('one'));
  watch.follow('b', () => told.push('two'));
  await settle();
  set({ ...sampleSnapshot(), readAt: '2025-01-06T10:00:00.000Z' });
  await pass();
  expect(told).toEqual([]);
  set(retitled());
  await pass();
  expect(told).toEqual(['one', 'two']);
  await pass();
  expect(told).toEqual(['one', 'two']);
});

test('looks at once when something was read or written here', async () => {
  const { watch, set, settle } = watching();
  let told = 0;
  watch.follow('b', () => (told += 1));
  await settle();
  set(retitled());
  watch.look('b');
  await settle();
  expect(told).toBe(1);
});

test('looks at a board only while somebody follows it', async () => {
  const { watch, reads, isBeating, settle } = watching();
  watch.look('b');
  await settle();
  expect(reads()).toBe(0);
  const leave = watch.follow('b', () => undefined);
  const leaveToo = watch.follow('b', () => undefined);
  await settle();
  expect(reads()).toBe(1);
  leave();
  expect(isBeating()).toBe(true);
  leaveToo();
  expect(isBeating()).toBe(false);
});

test('goes on after a reading that failed', async () => {
  const { watch, set, pass, settle } = watching();
  let told = 0;
  watch.follow('b', () => (told += 1));
  await settle();
  set(new Error('no answer'));
  await pass();
  expect(told).toBe(0);
  set(retitled());
  await pass();
  expect(told).toBe(1);
});

test('tells nobody once it is stopped', async () => {
  const { watch, set, settle, isBeating } = watching();
  let told = 0;
  watch.follow('b', () => (told += 1));
  await settle();
  watch.stop();
  set(retitled());
  watch.look('b');
  await settle();
  expect([told, isBeating()]).toEqual([0, false]);
});
