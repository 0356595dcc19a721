// A worker's claims are renewed while it works, well before they run out, and no longer.
import { keepClaims, leaseSeconds } from '../../bot/services/heartbeat';
import { createMemoryLogger } from '../fixtures/memoryPorts';

beforeEach(() => jest.useFakeTimers());
afterEach(() => jest.useRealTimers());

function start(renew: () => Promise<void>) {
  const logger = createMemoryLogger();
  const claims = { renew: jest.fn(renew), nextLapseMs: async () => undefined };
  return { claims, logger, held: keepClaims(claims, 'northam', 'worker-1', logger) };
}

describe('the claims of a worker', () => {
  test('are renewed at least three times a lease, until it stops', async () => {
    const { claims, held } = start(async () => undefined);
    await jest.advanceTimersByTimeAsync(leaseSeconds * 1000);
    expect(claims.renew.mock.calls.length).toBeGreaterThanOrEqual(3);
    expect(claims.renew.mock.calls[0]).toEqual(['northam', 'worker-1']);
    held.stop();
    const before = claims.renew.mock.calls.length;
    await jest.advanceTimersByTimeAsync(60_000);
    expect(claims.renew.mock.calls).toHaveLength(before);
  });

  test('are tried again after a beat that failed, and the log says so', async () => {
    let beats = 0;
    const { claims, logger } = start(async () => {
      beats += 1;
      if (beats === 1) throw new TypeError('the database is gone');
    });
    await jest.advanceTimersByTimeAsync(leaseSeconds * 1000);
    expect(claims.renew.mock.calls.length).toBeGreaterThanOrEqual(3);
    expect(logger.lines.filter((one) => one.event === 'delivery.claimsNotRenewed')).toHaveLength(1);
  });

  test('are not asked for twice at a time when the database is slow', async () => {
    const { claims } = start(() => new Promise(() => undefined));
    await jest.advanceTimersByTimeAsync(60_000);
    expect(claims.renew).toHaveBeenCalledTimes(1);
  });
});
