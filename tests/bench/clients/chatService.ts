// The bot's own handlers behind HTTP, over the product's adapter to SharePoint and the embedded database, in one process.
import { createServer, type Server } from 'node:http';
import { mkdtempSync, rmSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createLogger } from '../../../bot/logger';
import { paperRenderer } from '../../../bot/papers/logPapers';
import { createCompileLog } from '../../../bot/services/compileLog';
import { createNudgeOwners } from '../../../bot/services/nudgeOwners';
import { createReleaseLog } from '../../../bot/services/releaseLog';
import { createChatActs } from '../../../bot/services/chatActs';
import { freshRecords } from '../../../bot/services/freshRecords';
import { createInviteBoard } from '../../../bot/services/inviteBoard';
import { createManaging } from '../../../bot/services/managing';
import type { BoardRecords } from '../../../bot/services/ports';
import { createSearch } from '../../../bot/services/search';
import { createSeenVersions } from '../../../bot/services/seenVersions';
import { createUpdateItem } from '../../../bot/services/updateItem';
import { createViewDelivery } from '../../../bot/services/viewDelivery';
import { createResendMessage } from '../../../bot/services/resendMessage';
import { createBoardRecords } from '../../../bot/sharepoint/boardRecords';
import { createMeetingCalendar } from '../../../bot/sharepoint/calendar';
import { createLibrary } from '../../../bot/sharepoint/documents';
import { createSettingsStore } from '../../../bot/sharepoint/settingsStore';
import { createGraph } from '../../../bot/sharepoint/graphClient';
import { createChannels } from '../../../bot/storage/channels';
import { createConversations } from '../../../bot/storage/conversations';
import { migrate } from '../../../bot/storage/migrations';
import { createOperations } from '../../../bot/storage/operations';
import { createLedger } from '../../../bot/storage/outbox';
import { openDatabase, type Database } from '../../../bot/storage/sql';
import { createTeams } from '../../../bot/teams';
import { boardId } from './ours';
import { tenant } from './localServer';

export interface ChatService {
  readonly url: string;
  /** Where its answers to the channel go. */
  readonly connectorPort: number;
  /** Reads SharePoint for every press instead of keeping the board in memory. */
  readonly withoutReplica?: boolean;
}

let server: Server;
let database: Database;
let folder: string;

/** Facts: the address of the bot's endpoint. */
export async function start({ url, connectorPort, withoutReplica = false }: ChatService) {
  const logger = createLogger('silent');
  const clock = { now: () => new Date('2025-01-06T09:00:00.000Z') };
  folder = mkdtempSync(path.join(tmpdir(), 'chat-service-'));
  database = await openDatabase({ folder: path.join(folder, 'database'), logger });
  await migrate(database);
  const graph = createGraph({
    mode: 'local',
    tenantId: tenant,
    clientId: 'local',
    credential: { kind: 'secret', secret: 'local' },
    localOrigin: url,
    // What a minute costs is another suite's; here nothing waits for its turn.
    unitsPerMinute: 1_000_000,
    logger,
  });
  const boards = [{ id: boardId, siteUrl: 'hertland.sharepoint.example:/sites/send-board' }];
  const site = createBoardRecords({ graph, boards, clock, logger });
  const seen = createSeenVersions();
  const kept: BoardRecords = withoutReplica
    ? { ...site, snapshot: (id) => site.refresh(id) }
    : freshRecords(site, { maxAgeMs: 45_000, idleMaxAgeMs: 900_000, logger });
  const records = seen.watch(kept);
  const [operations, ledger, library] = [
    createOperations(database),
    createLedger(database),
    createLibrary({ graph, boards }),
  ];
  const settings = createSettingsStore({ graph, boards, records, clock, logger });
  const ports = { records, operations, ledger, settings, channels: createChannels(database), clock, logger };
  const teams = createTeams({
    config: { mode: 'local', serviceHosts: [], playgroundPorts: [connectorPort] },
    records,
    ...createManaging(ports),
    acts: createChatActs(ports),
    viewDelivery: createViewDelivery(ports),
    resendMessage: createResendMessage({ ...ports, drain: async () => undefined }),
    nudgeOwners: createNudgeOwners({ ...ports, drain: async () => undefined }),
    releaseLog: createReleaseLog({
      ...ports,
      compileLog: createCompileLog({ ...ports, library, papers: paperRenderer }),
    }),
    inviteBoard: createInviteBoard({
      ...ports,
      calendar: createMeetingCalendar({ graph, mailbox: undefined, logger }),
      hasMailbox: false,
    }),
    updateItem: createUpdateItem({ records, operations, seen, clock, logger }),
    conversations: createConversations(database),
    library,
    search: createSearch({ library }),
    clock,
    logger,
  });
  await records.snapshot(boardId);
  server = createServer((request, response) => void teams.handleMessages(request, response));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return { facts: { endpoint: `http://127.0.0.1:${port}/api/messages` } };
}

export async function stop(): Promise<void> {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
  await database.close();
  rmSync(folder, { recursive: true, force: true });
}
