// When a request to Graph is tried again, and how long it waits.
import fc from 'fast-check';
import { askedWaitMs, defaultRetryLimits, waitBeforeRetryMs } from '../../bot/sharepoint/retryRule';
import type { TryResult } from '../../bot/sharepoint/retryRule';

const nowMs = Date.parse('2025-01-06T09:00:00.000Z');

function result(changes: Partial<TryResult>): TryResult {
  return { method: 'GET', status: 503, attempt: 1, elapsedMs: 0, nowMs, random: 0.5, ...changes };
}

describe('the retry rule', () => {
  it.each([500, 502, 503, 504, 'network'] as const)('repeats a read after %s', (status) => {
    expect(waitBeforeRetryMs(result({ status }), defaultRetryLimits)).toBe(400);
  });

  it.each(['POST', 'PATCH', 'PUT'])('never repeats a %s that may have been carried out', (method) => {
    for (const status of [500, 502, 503, 504, 'network'] as const) {
      expect(waitBeforeRetryMs(result({ method, status }), defaultRetryLimits)).toBeUndefined();
    }
  });

  it.each(['GET', 'POST', 'PATCH', 'PUT'])('repeats a throttled %s, which was not carried out', (method) => {
    const headers = new Headers({ 'Retry-After': '7' });
    expect(waitBeforeRetryMs(result({ method, status: 429, headers }), defaultRetryLimits)).toBe(7000);
  });

  it.each([200, 304, 400, 401, 403, 404, 409, 412, 501])('lets a %s be the answer', (status) => {
    expect(waitBeforeRetryMs(result({ status }), defaultRetryLimits)).toBeUndefined();
  });

  it('waits longer each time when the service says nothing', () => {
    const waits = [1, 2, 3, 4].map((attempt) => waitBeforeRetryMs(result({ attempt }), defaultRetryLimits));
    expect(waits).toEqual([400, 800, 1600, 3200]);
  });

  it('gives up after the last try', () => {
    expect(waitBeforeRetryMs(result({ attempt: 5 }), defaultRetryLimits)).toBeUndefined();
  });

  it('gives up at once rather than wait past the total time', () => {
    const headers = new Headers({ 'Retry-After': '315' });
    expect(waitBeforeRetryMs(result({ status: 429, headers }), defaultRetryLimits)).toBeUndefined();
  });

  it('never waits less than it was asked to', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 0, max: 90, noNaN: true }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (s, random) => {
          const headers = new Headers({ 'Retry-After': s.toFixed(3) });
          const waitMs = waitBeforeRetryMs(result({ status: 429, headers, random }), defaultRetryLimits);
          expect(waitMs).toBeGreaterThanOrEqual(Number(s.toFixed(3)) * 1000);
        },
      ),
      { numRuns: 100 },
    );
  });
});

describe('the wait that was asked for', () => {
  it.each([
    ['seconds', { 'Retry-After': '41' }, 41_000],
    ['a fraction of seconds', { 'Retry-After': '2.128' }, 2128],
    ['an HTTP date', { 'Retry-After': 'Mon, 06 Jan 2025 09:00:30 GMT' }, 30_000],
    ['the later of two', { 'Retry-After': '5', 'RateLimit-Reset': '12' }, 12_000],
    ['the reset alone', { 'RateLimit-Reset': '3' }, 3000],
    ['no wait', { 'Retry-After': '0' }, 0],
  ])('is read as %s', (_form, headers, expected) => {
    expect(askedWaitMs(new Headers(headers), nowMs)).toBe(expected);
  });

  it('is measured on the clock of the service when ours runs ahead', () => {
    const headers = new Headers({
      'Retry-After': 'Mon, 06 Jan 2025 08:50:20 GMT',
      Date: 'Mon, 06 Jan 2025 08:50:00 GMT',
    });
    expect(askedWaitMs(headers, nowMs)).toBe(20_000);
  });

  it.each([
    ['nothing', {}],
    ['no time', { 'Retry-After': 'soon' }],
    ['a negative number', { 'Retry-After': '-5' }],
    ['a date gone by', { 'Retry-After': 'Mon, 06 Jan 2025 08:00:00 GMT' }],
  ])('is not known from %s', (_form, headers) => {
    expect(askedWaitMs(new Headers(headers), nowMs)).toBeUndefined();
  });
});
