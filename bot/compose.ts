// The composition root: plugs the adapters into the use cases, from one configuration. main.ts starts what this builds.
import { randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { createAuthenticate, teamsClientIds } from './api/auth';
import { createLocalSignIn } from './api/localSignIn';
import { notificationsPath } from './api/notifications';
import { createApi } from './api/server';
import { clauses } from './board/clauses';
import { pauseAt } from './board/managePause';
import { messageCard } from './cards/manageNoticeCard';
import { followLocalClock, realClock, type ServiceClock } from './clock';
import type { Config } from './config';
import { ConfigError } from './errors';
import type { Logger } from './logger';
import { createOperatorCommands } from './commands';
import { createCharts } from './papers/charts';
import { paperRenderer } from './papers/logPapers';
import { createScheduler, idleMaxAgeMs } from './scheduler';
import { createCompareFrozen } from './services/compareFrozen';
import { createChatActs } from './services/chatActs';
import { createCompileLog } from './services/compileLog';
import { createDeliver } from './services/deliver';
import { createFilePack } from './services/filePack';
import { freshRecords } from './services/freshRecords';
import { createImportPlan } from './services/importPlan';
import { createManaging } from './services/managing';
import type { BoardRecords } from './services/ports';
import { createReleaseLog } from './services/releaseLog';
import { createRunCycle } from './services/runCycle';
import { createSearch } from './services/search';
import { createSeenVersions } from './services/seenVersions';
import { createSiteEdits } from './services/siteEdits';
import { createUpdateItem } from './services/updateItem';
import { createVerifyLog } from './services/verifyLog';
import { createViewBoard } from './services/viewBoard';
import { createBoardRecords } from './sharepoint/boardRecords';
import { createLibrary } from './sharepoint/documents';
import { createGraph, type Graph, type GraphCredential } from './sharepoint/graphClient';
import { createRecordAddresses } from './sharepoint/recordAddresses';
import { createSubscriptions, type Subscriptions } from './sharepoint/subscriptions';
import { createConversations } from './storage/conversations';
import { createLeases } from './storage/leases';
import { migrate } from './storage/migrations';
import { createNotificationKeys } from './storage/notificationKeys';
import { createOperations } from './storage/operations';
import { createLedger } from './storage/outbox';
import { openDatabase, type Database } from './storage/sql';
import { createTeams } from './teams';
import { teamsServiceHosts, type TeamsConfig, type TeamsCredential } from './teams/config';

/** With the quarter of a minute at which the tab asks, what somebody looks at is at most a minute old. */
const boardMaxAgeMs = 45_000;
/** How long an answer of Graph to the health check holds. */
const graphCheckHoldsMs = 30_000;
const localClientId = 'local';
const localTabClientId = 'local-tab';

export interface Product {
  readonly app: ReturnType<typeof createApi>;
  /** Carries out what a crash left half done, then starts what runs by itself. */
  begin(): Promise<void>;
  close(): Promise<void>;
}

/** Opens the database and builds the service; `operatorToken` opens the operator's commands. */
export async function compose(config: Config, logger: Logger, operatorToken: string): Promise<Product> {
  const keys = await readKeys(config);
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

  const graph = createGraph({
    mode: config.mode,
    tenantId: config.tenantId,
    clientId: config.local ? localClientId : config.appId,
    credential: keys.graph,
    // msal-node wants an https authority: the transport sends sign-in, too, to the local origin.
    ...(config.local ? { localOrigin: config.local.microsoft365Url } : {}),
    unitsPerMinute: config.graphUnitsPerMinute,
    logger,
  });
  // Remembers what was shown, so that an answer on an older form merges instead of clashing.
  const seen = createSeenVersions();
  const siteRecords = createBoardRecords({ graph, boards: config.boards, clock, logger });
  // Every reading records what people changed in the lists themselves, so that whoever answered there is not asked.
  const siteEdits = createSiteEdits({ history: siteRecords.history, logger });
  const fresh = freshRecords(siteEdits.watch(siteRecords), {
    maxAgeMs: boardMaxAgeMs,
    idleMaxAgeMs,
    logger,
  });
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
  const operations = createOperations(database);
  const ledger = createLedger(database);
  const conversations = createConversations(database);

  const updateItem = createUpdateItem({ records, operations, seen, clock, logger });
  const { manageItems, pauseSending } = createManaging({
    records,
    operations,
    ledger,
    clock,
    logger,
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
  // One index a board for chat and tab.
  const search = createSearch({ library });
  const teams = createTeams({
    config: teamsConfig(config, keys.teams),
    records,
    search,
    tabAddress: tabAddress(config),
    updateItem,
    conversations,
    library,
    acts,
    manageItems,
    pauseSending,
    clock,
    logger,
  });
  const runCycle = createRunCycle({ records, ledger, clock, logger });
  const deliver = createDeliver({
    records,
    ledger,
    messenger: teams.messenger,
    conversations,
    clock,
    logger,
    cards: messageCard,
  });
  const compileLog = createCompileLog({ records, library, papers: paperRenderer, clock, logger });
  const releaseLog = createReleaseLog({ records, compileLog, clock, logger });
  const compareFrozen = createCompareFrozen({ records, library });
  const filePack = createFilePack({
    records,
    library,
    // The font comes as a package: a fresh machine may have none.
    charts: createCharts({ fontFile: require.resolve('dejavu-fonts-ttf/ttf/DejaVuSans.ttf') }),
    clauses: (snapshot, assessment) => clauses(snapshot, assessment),
    logger,
  });
  const verifyLog = createVerifyLog({ records, library, papers: paperRenderer });
  const importPlan = createImportPlan({ records, operations, clock, logger });
  const scheduler = createScheduler({
    mode: config.mode,
    records,
    runCycle,
    deliver,
    updateItem,
    manageItems,
    freshness: fresh,
    subscriptions,
    leases: createLeases(database),
    holder: database.session,
    logger,
  });
  clockAdvanced = () => void scheduler.wake();

  const app = createApi({
    mode: config.mode,
    views: createViewBoard({ records, library, search, addresses: createRecordAddresses(siteRecords), clock }),
    answers: updateItem,
    managing: { manageItems, pauseSending },
    frozen: { releaseLog, compareFrozen },
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
        compileLog,
        releaseLog,
        compareFrozen,
        filePack,
        verifyLog,
        importPlan,
        manageItems,
        pauseSending,
        notified: subscriptions.state,
        clock,
        logger,
      }),
    },
    health: { database: () => checkDatabase(database), sharepoint: createGraphCheck(graph) },
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
      scheduler.start();
    },
    async close() {
      await scheduler.stop();
      await fresh.stop();
      clock.stop();
      await database.close();
    },
  };
}

async function checkDatabase(database: Database): Promise<void> {
  await database.query('select 1 as one');
}

/** The boards whose sending somebody paused, by what is in memory: a probe reads nothing. */
async function pausedBoards(records: BoardRecords, clock: ServiceClock): Promise<readonly string[]> {
  const known = records.boardIds().filter((id) => records.freshness(id).readAt !== undefined);
  const at = clock.now().toISOString();
  const snapshots = await Promise.all(known.map((id) => records.snapshot(id, Infinity)));
  return known.filter((_id, index) => pauseAt(snapshots[index] ?? {}, at) !== undefined);
}

/** How much of SharePoint's minute is used, what waits for its turn, from when each board is, and whether changes are told. */
function sharePointFacts(graph: Graph, records: BoardRecords, subscriptions: Pick<Subscriptions, 'state'>) {
  const { lastMinute, mostPerMinute, waiting, waitingSinceMs, heldForMs } = graph.usage();
  const boards = records.boardIds().map((id) => {
    return [id, { ...records.freshness(id), notifications: subscriptions.state(id).kind }] as const;
  });
  return {
    sharePointUnits: {
      lastMinute,
      mostPerMinute,
      waiting,
      ...(waitingSinceMs === undefined ? {} : { waitingSince: new Date(waitingSinceMs).toISOString() }),
      ...(heldForMs === undefined ? {} : { askedToWaitSeconds: Math.ceil(heldForMs / 1000) }),
    },
    boards: Object.fromEntries(boards),
  };
}

/** Asks Graph at most twice a minute, so that a health probe costs next to no units. */
function createGraphCheck(graph: Graph): () => Promise<void> {
  let answeredAtMs = -Infinity;
  return async () => {
    if (performance.now() - answeredAtMs < graphCheckHoldsMs) return;
    // A request that waits for its turn says nothing about SharePoint; what waits is among the facts.
    const { waiting, heldForMs } = graph.usage();
    if (answeredAtMs > 0 && (waiting > 0 || heldForMs !== undefined)) return;
    await graph.get('sites/root?$select=id');
    answeredAtMs = performance.now();
  };
}

function authenticator(config: Config) {
  const authority = config.local?.microsoft365Url ?? 'https://login.microsoftonline.com';
  return createAuthenticate({
    tenantId: config.tenantId,
    issuer: `${authority}/${config.tenantId}/v2.0`,
    jwksUrl: `${authority}/${config.tenantId}/discovery/v2.0/keys`,
    audiences: config.local ? [config.tabAudience] : [config.tabAudience, config.appId],
    clientIds: config.local ? [localTabClientId] : teamsClientIds,
  });
}

/** With the app's id in the catalogue of Teams a page opens there; without it in the browser. */
function tabAddress({ publicUrl, teamsAppId }: Config): (page: string) => string {
  const origin = publicUrl.replace(/\/+$/, '');
  return (page) => {
    const url = `${origin}${page}`;
    if (teamsAppId === undefined) return url;
    const context = encodeURIComponent(JSON.stringify({ subEntityId: page.replace(/^\/tab\//, '') }));
    return `https://teams.microsoft.com/l/entity/${teamsAppId}/board?webUrl=${encodeURIComponent(url)}&context=${context}`;
  };
}

interface Keys {
  readonly graph: GraphCredential;
  readonly teams: TeamsCredential;
}

/** A certificate is one PEM file with the private key and the certificate. */
async function readKeys(config: Config): Promise<Keys> {
  const { credential } = config;
  switch (credential.kind) {
    case 'secret':
      return { graph: credential, teams: credential };
    case 'managedIdentity':
      return {
        graph: { kind: 'managedIdentity', managedIdentityClientId: credential.clientId },
        teams: { kind: 'managedIdentity', clientId: credential.clientId },
      };
    case 'certificate': {
      const pem = await readFile(credential.path, 'utf8').catch((cause: unknown) => {
        throw new ConfigError([`CERTIFICATE_PATH names a file that cannot be read`], { cause });
      });
      const privateKey = /-----BEGIN (?:RSA |EC )?PRIVATE KEY-----[\s\S]+?-----END (?:RSA |EC )?PRIVATE KEY-----/.exec(
        pem,
      )?.[0];
      const certificate = /-----BEGIN CERTIFICATE-----[\s\S]+?-----END CERTIFICATE-----/.exec(pem)?.[0];
      if (privateKey === undefined || certificate === undefined) {
        throw new ConfigError(['CERTIFICATE_PATH must be a PEM file with the private key and the certificate']);
      }
      return {
        graph: { kind: 'certificate', thumbprintSha256: credential.thumbprintSha256, privateKeyPem: privateKey },
        teams: { kind: 'certificate', certificate, privateKey },
      };
    }
  }
}

function teamsConfig(config: Config, credential: TeamsCredential): TeamsConfig {
  if (config.local) {
    return { mode: 'local', serviceHosts: [], playgroundPorts: config.local.playgroundPorts };
  }
  return {
    mode: config.mode,
    appId: config.appId,
    tenantId: config.tenantId,
    credential,
    serviceHosts: teamsServiceHosts,
  };
}

/** A token of the operator's commands: unguessable, new with each start. */
export function newOperatorToken(): string {
  return `${randomUUID()}${randomUUID()}`.replaceAll('-', '');
}
