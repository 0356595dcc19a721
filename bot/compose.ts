// The composition root: plugs the adapters into the use cases, from one configuration. main.ts starts what this builds.
// Longer than most: every adapter and use case is named once, in the order in which they need each other.
import { randomUUID } from 'node:crypto';
import path from 'node:path';
import { createLocalSignIn } from './api/localSignIn';
import { notificationsPath } from './api/notifications';
import { createChanges } from './api/changesRoutes';
import { createApi } from './api/server';
import { clauses } from './board/clauses';
import { messageCard } from './cards/manageNoticeCard';
import { channelCard } from './cards/messageChannel';
import { messageMail } from './cards/messageMail';
import { followLocalClock, realClock, type ServiceClock } from './clock';
import { composeWays } from './composeWays';
import type { Config } from './config';
import { authenticator, localTabClientId, readKeys, teamsConfig } from './credentials';
import { checkDatabase, createGraphCheck, pausedBoards, sharePointFacts } from './healthFacts';
import type { Logger } from './logger';
import { createOperatorCommands } from './commands';
import { createCharts } from './papers/charts';
import { paperRenderer } from './papers/logPapers';
import { createScheduler, idleMaxAgeMs } from './scheduler';
import { createAfterRestore } from './services/afterRestore';
import { createCompareFrozen } from './services/compareFrozen';
import { createChatActs } from './services/chatActs';
import { createCompileLog } from './services/compileLog';
import { createDeliver } from './services/deliver';
import type { MessageFor } from './services/deliverRoutes';
import { createFilePack } from './services/filePack';
import { freshRecords } from './services/freshRecords';
import { createImportPlan } from './services/importPlan';
import { createInviteBoard } from './services/inviteBoard';
import { createManaging } from './services/managing';
import { createPace } from './services/pace';
import { createPlaces } from './services/places';
import { createFindReleased } from './services/releasedPapers';
import { createReleaseLog } from './services/releaseLog';
import { createNudgeOwners } from './services/nudgeOwners';
import { createPersonData } from './services/personData';
import { createPreviewCard } from './services/previewCard';
import { createResendMessage } from './services/resendMessage';
import { createRetention } from './services/retention';
import { createRunCycle } from './services/runCycle';
import { createSearch } from './services/search';
import { createSendPapers, withPapers } from './services/sendPapers';
import { createSendTest } from './services/sendTest';
import { createSeenVersions } from './services/seenVersions';
import { createSiteEdits } from './services/siteEdits';
import { tabAddressOf } from './services/tabPages';
import { createTellSecretary } from './services/tellSecretary';
import { createUpdateItem } from './services/updateItem';
import { createVerifyLog } from './services/verifyLog';
import { createViewBoard } from './services/viewBoard';
import { createViewDelivery } from './services/viewDelivery';
import { watchBoards } from './services/watchBoards';
import { createBoardRecords } from './sharepoint/boardRecords';
import { createMeetingCalendar } from './sharepoint/calendar';
import { createLibrary } from './sharepoint/documents';
import { createGraph } from './sharepoint/graphClient';
import { createRecordAddresses } from './sharepoint/recordAddresses';
import { createSettingsStore } from './sharepoint/settingsStore';
import { createPaperSharing } from './sharepoint/sharing';
import { createSubscriptions } from './sharepoint/subscriptions';
import { createChannels } from './storage/channels';
import { createClaims } from './storage/claims';
import { createConversations } from './storage/conversations';
import { createLeases } from './storage/leases';
import { migrate } from './storage/migrations';
import { createNotificationKeys } from './storage/notificationKeys';
import { createOperations } from './storage/operations';
import { createLedger } from './storage/outbox';
import { createPersonalData } from './storage/personalData';
import { createRestored } from './storage/restored';
import { createSendPlaces } from './storage/sendPlaces';
import { openDatabase } from './storage/sql';
import { createTeams } from './teams';

/** With the quarter of a minute at which a board is looked at for the tab, what somebody sees is at most a minute old. */
const boardMaxAgeMs = 45_000;
const localClientId = 'local';

export interface Product {
  readonly app: ReturnType<typeof createApi>;
  /** Carries out what a crash left half done, then starts what runs by itself. */
  begin(): Promise<void>;
  /** Ends the connections that are held open, so that the server can close. */
  hangUp(): void;
  close(): Promise<void>;
}

/** Opens the database and builds the service; `operatorToken` opens the operator's commands. */
export async function compose(config: Config, logger: Logger, operatorToken: string): Promise<Product> {
  const keys = await readKeys(config, logger);
  const emptyFiles = config.local?.emptyDatabase;
  const database = await openDatabase({
    ...(emptyFiles === undefined ? {} : { emptyFiles }),
    ...(config.databaseUrl === undefined
      ? { folder: path.join(config.dataFolder, 'database') }
      : { databaseUrl: config.databaseUrl }),
    logger,
  });
  await migrate(database);
  let clockAdvanced: () => void = () => undefined;
  const clock: ServiceClock = config.local
    ? await followLocalClock(config.local.microsoft365Url, () => clockAdvanced())
    : realClock;

  const graphSettings = {
    mode: config.mode,
    tenantId: config.tenantId,
    clientId: config.local ? localClientId : config.appId,
    credential: keys.graph,
    // msal-node wants an https authority: the transport sends sign-in, too, to the local origin.
    ...(config.local ? { localOrigin: config.local.microsoft365Url } : {}),
    logger,
  };
  const graph = createGraph({ ...graphSettings, unitsPerMinute: config.graphUnitsPerMinute });
  // Remembers what was shown, so that an answer on an older form merges instead of clashing.
  const seen = createSeenVersions();
  const siteRecords = createBoardRecords({ graph, boards: config.boards, clock, logger });
  // Every reading records what people changed in the lists themselves, so that whoever answered there is not asked.
  const siteEdits = createSiteEdits({ history: siteRecords.history, logger });
  const fresh = freshRecords(siteEdits.watch(siteRecords), {
    maxAgeMs: boardMaxAgeMs,
    idleMaxAgeMs,
    logger,
    news: (boardId) => watch.look(boardId),
  });
  const watch = watchBoards({ records: fresh, logger });
  const changes = createChanges({ watch });
  const records = seen.watch(fresh);
  const notificationKeys = createNotificationKeys(database);
  const subscriptions = createSubscriptions({
    graph,
    records: siteRecords,
    keys: notificationKeys,
    notificationsUrl: `${config.publicUrl.replace(/\/+$/, '')}${notificationsPath}`,
    logger,
  });
  const library = createLibrary({ graph, boards: config.boards });
  const settings = createSettingsStore({ graph, boards: config.boards, records: siteRecords, clock, logger });
  const operations = createOperations(database);
  const { restoredFrom } = config;
  const afterRestore = createAfterRestore({
    ...{ ledger: createLedger(database), restored: createRestored(database), operations, restoredFrom, logger },
  });
  const { ledger } = afterRestore;
  const conversations = createConversations(database);
  const channels = createChannels(database);
  const ways = composeWays({ config, graph, graphSettings, records: siteRecords, ledger, clock, logger });
  const viewDelivery = createViewDelivery({ records, ledger, clock });
  const resendMessage = createResendMessage({
    ...{ records, ledger, clock, logger },
    ...(ways.settleMail ? { settleMail: ways.settleMail } : {}),
    drain: (boardId) => deliver.drain(boardId),
  });

  const updateItem = createUpdateItem({ records, operations, seen, clock, logger });
  const { manageItems, pauseSending, confirmCycle, changeSettings, boardChannels } = createManaging({
    records,
    channels,
    operations,
    ledger,
    clock,
    logger,
    settings,
    drain: (boardId) => deliver.drain(boardId),
  });
  const acts = createChatActs({
    records,
    operations,
    ledger,
    clock,
    logger,
    sendSoon: (boardId) => {
      deliver.drain(boardId).catch((error: unknown) => logger.error('act.notSent', { boardId }, error));
    },
  });
  const compileLog = createCompileLog({ records, library, papers: paperRenderer, clock, logger });
  const releaseLog = createReleaseLog({
    records,
    compileLog,
    clock,
    logger,
    released: (log) => {
      sendPapers.send(log).catch((error: unknown) => logger.error('papers.notSent', { boardId: log.boardId }, error));
    },
  });
  const inviteBoard = createInviteBoard({
    ...{ records, clock, logger },
    calendar: createMeetingCalendar({ graph, mailbox: config.serviceMailbox, logger }),
    hasMailbox: config.serviceMailbox !== undefined,
  });
  // One index a board for chat and tab.
  const search = createSearch({ library });
  const drain = (boardId: string) => deliver.drain(boardId);
  const nudgeOwners = createNudgeOwners({ records, ledger, drain, clock, logger });
  const teams = createTeams({
    config: teamsConfig(config, keys.teams),
    records,
    search,
    tabAddress: tabAddressOf(config),
    updateItem,
    conversations,
    library,
    acts,
    inviteBoard,
    manageItems,
    pauseSending,
    viewDelivery,
    resendMessage,
    confirmCycle,
    boardChannels,
    nudgeOwners,
    releaseLog,
    clock,
    logger,
  });
  const runCycle = createRunCycle({ records, ledger, clock, logger });
  const messages = {
    cards: (input: MessageFor) => messageCard({ ...input, tabAddress: tabAddressOf(config) }),
    mails: (input: MessageFor & { readonly myItemsUrl?: string }) =>
      messageMail({ ...input, tabAddress: tabAddressOf(config) }),
  };
  const sender = createDeliver({
    records,
    ledger,
    messenger: teams.messenger,
    conversations,
    clock,
    logger,
    ...messages,
    ...ways,
    released: createFindReleased(library),
    channel: {
      channels,
      cards: (input) => channelCard({ ...input, tabAddress: tabAddressOf(config) }),
      tellSecretary: createTellSecretary({ records, clock, logger }),
    },
    // All boards and all instances send for one tenant.
    pace: createPace(createPlaces(createSendPlaces(database, config.tenantId))),
    claims: createClaims(database),
  });
  const sendTest = createSendTest({
    ...{ records, runCycle, messenger: teams.messenger, conversations, clock },
    ...messages,
    ...ways,
    administrators: config.administrators,
  });
  const compareFrozen = createCompareFrozen({ records, library });
  const filePack = createFilePack({
    records,
    library,
    // The font comes as a package: a fresh machine may have none.
    charts: createCharts({ fontFile: require.resolve('dejavu-fonts-ttf/ttf/DejaVuSans.ttf') }),
    clauses: (snapshot, assessment) => clauses(snapshot, assessment),
    logger,
  });
  const sendPapers = createSendPapers({
    records,
    library,
    ledger,
    sharing: createPaperSharing({ graph, boards: config.boards }),
    filePack: (boardId, meetingRef) => filePack.file({ boardId, meetingRef, kind: 'board' }),
    deliver: sender,
    clock,
    logger,
  });
  const deliver = withPapers(sender, sendPapers);
  const verifyLog = createVerifyLog({ records, library, papers: paperRenderer });
  const importPlan = createImportPlan({ records, operations, clock, logger });
  const personal = createPersonalData(database);
  const scheduler = createScheduler({
    mode: config.mode,
    records,
    runCycle,
    deliver,
    updateItem,
    manageItems,
    inviteBoard,
    freshness: fresh,
    subscriptions,
    retention: createRetention({ personal, days: config.retentionDays, clock, logger }),
    leases: createLeases(database),
    holder: database.session,
    logger,
  });
  clockAdvanced = () => void scheduler.wake();

  const app = createApi({
    mode: config.mode,
    views: createViewBoard({ records, library, ledger, search, addresses: createRecordAddresses(siteRecords), clock }),
    answers: updateItem,
    managing: { manageItems, pauseSending, confirmCycle, changeSettings, boardChannels },
    frozen: { releaseLog, compareFrozen, verifyLog },
    inviteBoard,
    delivery: { viewDelivery, resendMessage },
    readiness: {
      nudgeOwners,
      previewCard: createPreviewCard({ records, ...messages, clock }),
    },
    decideDate: acts.decideDate,
    changes,
    authenticate: authenticator(config),
    ...(config.local
      ? {
          signIn: createLocalSignIn({
            tokenUrl: `${config.local.microsoft365Url}/${config.tenantId}/oauth2/v2.0/token`,
            clientId: localTabClientId,
          }),
          localOrigins: [config.local.microsoft365Url],
        }
      : {}),
    logger,
    tabFolder: config.tabFolder,
    messages: teams.handleMessages,
    notifications: { boardIds: records.boardIds(), keys: notificationKeys, changed: fresh.changed, logger },
    operator: {
      token: operatorToken,
      commands: createOperatorCommands({
        config,
        graph,
        records,
        runCycle,
        deliver,
        ledger,
        viewDelivery,
        resendMessage,
        sendTest,
        compileLog,
        releaseLog,
        compareFrozen,
        filePack,
        verifyLog,
        importPlan,
        inviteBoard,
        manageItems,
        pauseSending,
        confirmCycle,
        personData: createPersonData({ records, personal, clock, logger }),
        notified: subscriptions.state,
        clock,
        logger,
      }),
    },
    health: {
      database: () => checkDatabase(database),
      sharepoint: createGraphCheck(graph, config.boards),
      wakes: () => scheduler.check(),
    },
    healthFacts: async () => ({
      ...sharePointFacts(graph, records, subscriptions),
      sendingPaused: await pausedBoards(records, clock),
    }),
  });

  return {
    app,
    async begin() {
      for (const boardId of records.boardIds()) {
        const resumed = await updateItem.resume(boardId);
        const imports = await importPlan.resume(boardId);
        const resumedActs = await acts.resume(boardId);
        const managed = await manageItems.resume(boardId);
        const papers = sendPapers
          .resume(boardId)
          .catch((error: unknown) => logger.error('papers.notSent', { boardId }, error));
        // What these plan must be settled with the rest.
        if (restoredFrom !== undefined) await papers;
        const unsettled = await ledger.settleAbandoned(boardId);
        if (resumed + resumedActs + imports + managed + unsettled > 0)
          logger.warn('start.recovered', {
            boardId,
            answers: resumed,
            acts: resumedActs,
            imports,
            managed,
            uncertainMessages: unsettled,
          });
      }
      await afterRestore.settle(records.boardIds(), runCycle);
      scheduler.start();
    },
    hangUp() {
      watch.stop();
      changes.close();
    },
    async close() {
      await scheduler.stop();
      await fresh.stop();
      clock.stop();
      await database.close();
    },
  };
}

/** A token of the operator's commands: unguessable, new with each start. */
export function newOperatorToken(): string {
  return `${randomUUID()}${randomUUID()}`.replaceAll('-', '');
}
