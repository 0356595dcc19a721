// Assembles the local Microsoft 365: Graph, identity, clock, faults and console on one loopback port.
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Command } from 'commander';
import express from 'express';
import { z } from 'zod';
import { createClock } from './clock';
import { createControl } from './control';
import { createFaults } from './faults';
import { gate } from './gate';
import { LocalError } from './graphError';
import { createGraphTransport, type Observer } from './graphTransport';
import { createIdentity, ensureSigningKey, keptThroughReset } from './identity';
import { createOffice, type OfficeOptions } from './office';
import { readPlan, seedReportSchema, seedTenant, startOf, type SeedReport } from './seed';
import { openStore } from './store';
import { createTenant, type Tenant } from './tenant';
import { createMeter } from './throttle';

export interface LocalOptions extends OfficeOptions {
  /** 0 takes a free one. */
  readonly port: number;
  /** Absent: kept in memory. */
  readonly dataFolder?: string;
  readonly seedFile?: string;
  /** Added to every Graph answer. */
  readonly latencyMs?: number;
  /** A tier of resource units per minute, `smallest` to `largest`; absent: none. */
  readonly throttle?: string;
  /** Where the service answers, whose tab is shown as in Teams; the port of `npm start` when absent. */
  readonly serviceUrl?: string;
  /** Sees every answer of Graph, parts of batches included. */
  readonly observe?: Observer;
}

export interface LocalMicrosoft365 {
  readonly port: number;
  readonly url: string;
  readonly report: SeedReport;
  close(): Promise<void>;
}

const clockName = 'clock';
const standardServiceUrl = 'http://127.0.0.1:3978';
/** How much local time a kill may cost; any change of the tenant is never later than the clock kept. */
const clockSavedEveryMs = 15_000;
const bodyLimit = '250mb';

/** Starts, seeding first when the folder is new; ready when it resolves. */
export async function startLocal(options: LocalOptions): Promise<LocalMicrosoft365> {
  const store = await openStore(options.dataFolder);
  try {
    return await start(options, store);
  } catch (error) {
    await store.close();
    throw error;
  }
}

async function start(options: LocalOptions, store: Awaited<ReturnType<typeof openStore>>): Promise<LocalMicrosoft365> {
  const clock = createClock(new Date());
  const tenant = createTenant(store, clock.now);
  tenant.restore(await store.load());
  const reseed = async (): Promise<SeedReport> => {
    const { plan, file } = readPlan(options.seedFile);
    await tenant.clear(keptThroughReset);
    clock.reset(startOf(plan));
    const report = await seedTenant(tenant, plan, file);
    await saveClock();
    return report;
  };
  const saveClock = (): Promise<void> => tenant.setValue(clockName, clock.now().toISOString());
  const kept = tenant.value(clockName);
  // Without a clock the seeding was cut short: it is done again from the start.
  if (typeof kept === 'string') clock.reset(latest(tenant, kept));
  await Promise.all([ensureSigningKey(tenant), typeof kept === 'string' ? undefined : reseed()]);

  let url = '';
  const identity = createIdentity(tenant, () => url);
  const faults = createFaults();
  const meter = createMeter(options.throttle);
  const office = createOffice(tenant, faults, options);
  const app = express();
  app.disable('x-powered-by');
  app.use(gate);
  app.use(express.raw({ type: () => true, limit: bodyLimit }));
  const latencyMs = options.latencyMs ?? 0;
  app.use(
    '/v1.0',
    createGraphTransport({
      tenant,
      identity,
      faults,
      meter,
      latencyMs,
      more: office.operations,
      observe: options.observe,
    }),
  );
  const serviceUrl = options.serviceUrl ?? standardServiceUrl;
  app.use(createControl({ tenant, clock, faults, meter, office, reseed, saveClock, serviceUrl }));
  app.use(identity.router);
  app.use((request, response) => {
    response.status(501).json({
      error: {
        code: 'notSupported',
        message: `${request.method} ${request.path} is not part of the local Microsoft 365.`,
      },
    });
  });

  const server = createServer(app);
  // Longer than clients keep an idle connection: they close it, so that no request meets a closing one.
  server.keepAliveTimeout = 75_000;
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      const inUse = error.code === 'EADDRINUSE';
      reject(
        inUse ? new LocalError(`Port ${options.port} is in use. Choose another with --port.`, { cause: error }) : error,
      );
    });
    server.listen(options.port, '127.0.0.1', resolve);
  });
  const port = portOf(server.address());
  url = `http://127.0.0.1:${port}`;
  const timer = setInterval(() => void saveClock(), clockSavedEveryMs);
  timer.unref();
  return {
    port,
    url,
    report: seedReportSchema.parse(tenant.value('seed')),
    close: async () => {
      clearInterval(timer);
      office.close();
      await new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      });
      await saveClock();
      await store.close();
    },
  };
}

function portOf(address: AddressInfo | string | null): number {
  if (address === null || typeof address === 'string') throw new LocalError('The server has no port.');
  return address.port;
}

/** The clock kept, or the newest change when that is later. */
function latest(tenant: Tenant, kept: string): Date {
  const moments = tenant.lists().flatMap((one) => [...one.items.values()].map((item) => item.modifiedAt));
  const newest = moments.reduce((last, one) => (one > last ? one : last), kept);
  return new Date(Math.max(Date.parse(kept), Date.parse(newest)));
}

/** `npm run local`: one line when ready, a clean end on Ctrl-C. */
async function runAsCommand(): Promise<void> {
  const command = new Command('local')
    .description('The local Microsoft 365: Graph, identity, clock and console on a loopback port.')
    .option('--port <number>', 'port on 127.0.0.1', '4000')
    .option('--data <folder>', 'folder that keeps its state', '.data/microsoft365')
    .option('--seed <file>', 'plan to start from, in the shape of the sample plan')
    .option('--latency <ms>', 'added to every Graph answer', '0')
    .option('--throttle <tier>', 'limit resource units a minute: smallest, small, medium, large, largest')
    .option('--service <url>', 'where the service answers, whose tab is shown as in Teams', standardServiceUrl)
    .parse();
  const given = optionsSchema.safeParse(command.opts());
  if (!given.success) return fail(`An option does not fit: ${z.prettifyError(given.error)}`);
  try {
    const { port, data, seed, latency, throttle, service } = given.data;
    const local = await startLocal({
      port,
      dataFolder: data,
      latencyMs: latency,
      serviceUrl: service,
      ...(seed === undefined ? {} : { seedFile: seed }),
      ...(throttle === undefined ? {} : { throttle }),
    });
    if (seed !== undefined && local.report.file !== seed)
      process.stderr.write(
        `The folder ${data} began with ${local.report.file}; ${seed} was not read. Choose another folder with --data, or delete this one.\n`,
      );
    for (const problem of local.report.problems) process.stderr.write(`seed: ${problem.message}\n`);
    process.stdout.write(`Local Microsoft 365 ready at ${local.url}\n`);
    const stop = (): void => void local.close().then(() => process.exit(0));
    process.once('SIGINT', stop);
    process.once('SIGTERM', stop);
  } catch (error) {
    if (!(error instanceof LocalError)) throw error;
    fail(error.message);
  }
}

const optionsSchema = z.object({
  port: z.coerce.number().int().min(0).max(65535),
  data: z.string().min(1),
  seed: z.string().optional(),
  latency: z.coerce.number().min(0),
  throttle: z.string().optional(),
  service: z.url({ protocol: /^http$/, hostname: /^127\.0\.0\.1$/ }),
});

function fail(message: string): void {
  process.stderr.write(`${message}\n`);
  process.exitCode = 1;
}

if (require.main === module) void runAsCommand();
