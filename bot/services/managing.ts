// The secretary's use cases over one way of carrying out: what they do on a board goes one after the other.
import type { Logger } from '../logger';
import { createBoardChannels, type BoardChannels } from './boardChannel';
import { createCarryOut } from './carryOut';
import { createChangeSettings, type ChangeSettings } from './changeSettings';
import { createConfirmCycle, type ConfirmCycle } from './confirmCycle';
import { createManageItems, type ManageItems } from './manageItems';
import { createPauseSending, type PauseSending } from './pauseSending';
import type { BoardRecords, Clock, Ledger, Operations } from './ports';
import type { Channels } from './portsChannels';
import type { SettingsStore } from './portsSettings';

export interface Managing {
  readonly manageItems: ManageItems;
  readonly pauseSending: PauseSending;
  readonly confirmCycle: ConfirmCycle;
  readonly changeSettings: ChangeSettings;
  readonly boardChannels: BoardChannels;
}

export function createManaging(ports: {
  readonly records: BoardRecords;
  readonly operations: Operations;
  readonly settings: SettingsStore;
  readonly channels: Channels;
  readonly ledger: Pick<Ledger, 'plan'>;
  readonly clock: Clock;
  readonly logger: Logger;
  /** Sends what the ledger holds; what fails is sent by the next wake. */
  readonly drain?: (boardId: string) => Promise<unknown>;
}): Managing {
  const { records, clock, logger, drain } = ports;
  const carryOut = createCarryOut({
    ...ports,
    ...(drain
      ? {
          afterwards: (boardId: string) => {
            void drain(boardId).catch((cause: unknown) => {
              logger.warn('managing.notSentYet', { boardId }, cause);
            });
          },
        }
      : {}),
  });
  return {
    manageItems: createManageItems({ records, carryOut, clock }),
    pauseSending: createPauseSending({ carryOut }),
    confirmCycle: createConfirmCycle({ carryOut }),
    changeSettings: createChangeSettings({ settings: ports.settings, records, carryOut, clock }),
    boardChannels: createBoardChannels({ records, carryOut, channels: ports.channels, clock }),
  };
}
