// Whether the service lives, and whether every dependency answers; the one that does not is named.
import express, { type Router } from 'express';
import type { Logger } from '../logger';

/** Each resolves when its dependency answers and rejects when not; the name is shown to operators. */
export type HealthChecks = Readonly<Record<string, () => Promise<void>>>;

/** What operators may see beside the checks: figures and times, nothing of a board's content. */
export type HealthFacts = () => Readonly<Record<string, unknown>> | Promise<Readonly<Record<string, unknown>>>;

const checkTimeoutMs = 3000;

export function createHealth(checks: HealthChecks, logger: Logger, facts: HealthFacts = () => ({})): Router {
  const router = express.Router();
  router.get('/live', (_request, response) => {
    response.json({ status: 'live' });
  });
  router.get('/ready', async (_request, response) => {
    const names = Object.keys(checks);
    const results = await Promise.allSettled(Object.values(checks).map(inTime));
    const states = names.map((name, index) => [name, results[index]?.status === 'fulfilled'] as const);
    results.forEach((result, index) => {
      if (result.status === 'rejected') logger.warn('health.notReady', { check: names[index] }, result.reason);
    });
    const isReady = states.every(([, answers]) => answers);
    response.status(isReady ? 200 : 503).json({
      status: isReady ? 'ready' : 'not ready',
      checks: Object.fromEntries(states.map(([name, answers]) => [name, answers ? 'answers' : 'does not answer'])),
      ...(await facts()),
    });
  });
  return router;
}

async function inTime(check: () => Promise<void>): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new TimeoutError()), checkTimeoutMs);
  });
  try {
    await Promise.race([check(), late]);
  } finally {
    clearTimeout(timer);
  }
}

class TimeoutError extends Error {
  override readonly name = 'TimeoutError';
  constructor() {
    super(`No answer within ${checkTimeoutMs} ms.`);
  }
}
