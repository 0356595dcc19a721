// Keeps a worker's claims while it works, however long one message takes; what it leaves when it dies is soon free.
import type { Logger } from '../logger';
import type { Claims } from './portsClaims';

/** A dead worker's claims are free after so long. */
export const leaseSeconds = 3;
/** Two beats may fail. */
const beatMs = 900;

/** Renews the claims of a worker on a board until it is stopped. A beat that fails is told, and followed by the next. */
export function keepClaims(claims: Claims, boardId: string, worker: string, logger: Logger): { stop(): void } {
  let underWay = false;
  const beat = async (): Promise<void> => {
    if (underWay) return;
    underWay = true;
    try {
      await claims.renew(boardId, worker);
    } catch (cause) {
      logger.warn('delivery.claimsNotRenewed', { boardId }, cause);
    } finally {
      underWay = false;
    }
  };
  const timer = setInterval(() => void beat(), beatMs);
  timer.unref();
  return { stop: () => clearInterval(timer) };
}
