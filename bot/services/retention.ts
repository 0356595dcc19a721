// Once a day: deletes what the database has kept longer than the settings allow.
import type { Logger } from '../logger';
import type { Clock } from './ports';
import type { PersonalData } from './portsPersonal';

const dayMs = 86_400_000;

export interface Retention {
  /** Throws UpstreamError when the database does not answer. */
  keep(): Promise<void>;
}

/** `days`: how long finished operations and settled messages are kept. */
export function createRetention(ports: {
  readonly personal: Pick<PersonalData, 'deleteOlder'>;
  readonly days: number;
  readonly clock: Clock;
  readonly logger: Logger;
}): Retention {
  const { personal, days, clock, logger } = ports;
  return {
    async keep() {
      const before = new Date(clock.now().getTime() - days * dayMs).toISOString();
      const { operations, messages } = await personal.deleteOlder(before);
      if (operations + messages > 0) logger.info('retention.deleted', { operations, rows: messages });
    },
  };
}
