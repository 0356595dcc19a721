// Ends the service in order: no new request, those under way answered, what is held open hung up, then what they used.
import type { Server } from 'node:http';

export interface Stoppable {
  /** Ends the connections that are held open, so that the server can close. */
  hangUp(): void;
  /** Ends what requests use: scheduler, leases, database. */
  close(): Promise<void>;
}

const lookEveryMs = 100;

/**
 * `late`: something did not end in time and was left; the next start settles it, as after a kill. Throws what `close` throws.
 * `last` comes after all, however it ended: it sends what was measured meanwhile, and bounds its own time.
 */
export async function shutDown(
  server: Server,
  product: Stoppable,
  withinMs: number,
  last: () => Promise<void> = async () => undefined,
): Promise<'ended' | 'late'> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<'late'>((resolve) => {
    timer = setTimeout(() => resolve('late'), withinMs);
    timer.unref();
  });
  const answered = new Promise<void>((resolve) => server.close(() => resolve()));
  product.hangUp();
  // A connection that a client keeps would hold the server for seconds after its last answer.
  const idle = setInterval(() => server.closeIdleConnections(), lookEveryMs);
  server.closeIdleConnections();
  try {
    return await Promise.race([late, answered.then(async () => product.close()).then(() => 'ended' as const)]);
  } finally {
    clearTimeout(timer);
    clearInterval(idle);
    await last();
  }
}
