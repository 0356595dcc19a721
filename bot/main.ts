// Starts the service: configuration, composition, HTTP; stops it in order. Run as `node dist/bot/main.js`.
import { randomUUID } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import { compose, newOperatorToken, type Product } from './compose';
import { readConfig, secretsOf, toldOf, type Config } from './config';
import { ConfigError, UpstreamError } from './errors';
import { cleaned, createLogger, type Logger } from './logger';
import { removeOperatorFile, writeOperatorFile } from './operatorFile';
import { shutDown } from './shutdown';
import { startTelemetry, type Telemetry } from './telemetry';

const closeWithinMs = 8_000;
/** For the figures of the last seconds; a collector that is down must not hold up the next start. */
const sendWithinMs = 2_000;

async function main(): Promise<void> {
  const config = readConfig();
  const operatorToken = newOperatorToken();
  const log = createLogger(config.logLevel, { secrets: [...secretsOf(config), operatorToken] });
  const telemetry = await measured(config, log);
  const logger = telemetry?.logger ?? log;
  const product = await compose(config, logger, operatorToken);
  const server = createServer(product.app);
  // A slow client must not hold a connection for ever (RFC 9110 leaves the limit to the server).
  server.requestTimeout = 30_000;
  await listen(server, config);
  writeOperatorFile(config.operatorFile, { url: `http://127.0.0.1:${config.port}`, token: operatorToken });
  stopOnSignal({ server, product, telemetry, operatorToken }, config, logger);
  logger.info('service.listening', toldOf(config));
  await product.begin();
  logger.info('service.started', { boards: config.boards.length });
}

/** Metrics and traces where the configuration names a place for them; else nothing is loaded. */
async function measured({ telemetry, mode }: Config, log: Logger): Promise<Telemetry | undefined> {
  if (telemetry === undefined) return undefined;
  return startTelemetry({ ...telemetry, environment: mode, instanceId: randomUUID() }, log);
}

function listen(server: Server, config: Config): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', (cause: NodeJS.ErrnoException) => {
      reject(
        cause.code === 'EADDRINUSE'
          ? new ConfigError([`port ${config.port} is in use; set PORT to another one`], { cause })
          : cause,
      );
    });
    server.listen(config.port, config.host, resolve);
  });
}

interface Running {
  readonly operatorToken: string;
  readonly server: Server;
  readonly product: Product;
  readonly telemetry: Telemetry | undefined;
}

function stopOnSignal({ server, product, telemetry, operatorToken }: Running, config: Config, logger: Logger): void {
  let isStopping = false;
  const stop = (signal: string): void => {
    if (isStopping) return;
    isStopping = true;
    logger.info('service.stopping', { signal });
    removeOperatorFile(config.operatorFile, operatorToken);
    const last = async (): Promise<void> => telemetry?.end(sendWithinMs);
    shutDown(server, product, closeWithinMs, last).then(
      (how) => process.exit(how === 'ended' ? 0 : 1),
      (error: unknown) => {
        logger.error('service.stopFailed', {}, error);
        process.exit(1);
      },
    );
  };
  process.on('SIGINT', () => stop('SIGINT'));
  process.on('SIGTERM', () => stop('SIGTERM'));
}

/** What a person can mend, in words; undefined for what the program should have known. */
function whyNot(error: unknown): readonly string[] | undefined {
  if (error instanceof ConfigError) return error.issues;
  if (!(error instanceof UpstreamError)) return undefined;
  const inner = error.cause instanceof Error ? ` ${cleaned(error.cause.message)}` : '';
  return [`${error.message}${inner}`];
}

main().catch((error: unknown) => {
  const issues = whyNot(error);
  if (issues === undefined) {
    // Not as it is: what a library adds to an error may hold an address with its password.
    createLogger('error').error('service.notStarted', {}, error);
  } else {
    console.error(`Board Assistant cannot start:\n${issues.map((issue) => `  - ${issue}`).join('\n')}`);
    console.error('docs/configuration.md lists every setting, docs/operations.md what to do.');
  }
  process.exit(1);
});
