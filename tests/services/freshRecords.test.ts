import { InvalidInputError, UpstreamError } from '../../bot/errors';
import type { Logger } from '../../bot/logger';
import { freshRecords } from '../../bot/services/freshRecords';
import type { BoardRecords } from '../../bot/services/ports';
import { sampleSnapshot } from '../fixtures/samplePlan';

const quiet: Logger = { debug() {}, info() {}, warn() {}, error() {}, with: () => quiet };

function setting() {
  const first = sampleSnapshot();
  let current = first;
  let failure: Error | undefined;
  let refreshes = 0;
  let nowMs = 0;
  const source: BoardRecords = {
    boardIds: () => ['a'],
    snapshot: () => Promise.resolve(current),
    freshness: () => ({ readAt: current.readAt }),
    refresh: () => {
      refreshes += 1;
      if (failure) return Promise.reject(failure);
      current = { ...first, readAt: `reading ${refreshes}` };
      return Promise.resolve(current);
    },
    write: () => Promise.resolve({ kind: 'written', items: [] }),
  };
  return {
    records: freshRecords(source, { maxAgeMs: 1_000, nowMs: () => nowMs, logger: quiet }),
    refreshes: () => refreshes,
    at: (ms: number) => (nowMs = ms),
    fail: (error: Error | undefined) => (failure = error),
  };
}

describe('fresh records', () => {
  test('reads the board when it is first asked for, and again when it is too old', async () => {
    const { records, refreshes, at } = setting();
    await records.snapshot('a');
    at(999);
    await records.snapshot('a');
    expect(refreshes()).toBe(1);
    at(1_000);
    expect((await records.snapshot('a')).readAt).toBe('reading 2');
  });

  test('gives what was read before while SharePoint does not answer', async () => {
    const { records, at, fail } = setting();
    await records.snapshot('a');
    at(5_000);
    fail(new UpstreamError('SharePoint', 'no answer'));
    expect((await records.snapshot('a')).readAt).toBe('reading 1');
    fail(undefined);
    expect((await records.snapshot('a')).readAt).toBe('reading 3');
  });

  test('passes on the error when nothing was ever read', async () => {
    const { records, fail } = setting();
    fail(new UpstreamError('SharePoint', 'no answer'));
    await expect(records.snapshot('a')).rejects.toThrow('no answer');
  });

  test('passes on an error that is not a passing one', async () => {
    const { records, at, fail } = setting();
    await records.snapshot('a');
    at(5_000);
    fail(new InvalidInputError('the binding is wrong'));
    await expect(records.snapshot('a')).rejects.toThrow('the binding is wrong');
  });

  test('counts an asked-for reading as a reading', async () => {
    const { records, refreshes, at } = setting();
    at(100);
    await records.refresh('a');
    at(1_050);
    await records.snapshot('a');
    expect(refreshes()).toBe(1);
  });
});
