// What `npm start` runs: builds what is stale, starts the local Microsoft 365, the service and the Teams clients, prints the addresses.
// Longer than most: the processes are started and ended in one order.
import { existsSync, mkdirSync, readdirSync, rmSync } from 'node:fs';
import path from 'node:path';
import { createInterface } from 'node:readline/promises';
import { parseArgs } from 'node:util';
import { build } from './build';
import { emptyDatabase } from './emptyDatabase';
import { startPlayground, type Persona } from './playground';
import { isPortFree, noteRunning, startProcess, waitForFormerRun, type RunningProcess } from './processes';

const root = path.resolve(__dirname, '..', '..');
const tenantId = '33333333-3333-3333-3333-333333333333';
const botId = '44444444-4444-4444-4444-444444444444';
const siteUrl = 'hertland.sharepoint.example:/sites/send-board';

interface Ports {
  readonly service: number;
  readonly microsoft365: number;
  readonly playground: number;
}

interface SeededPerson extends Omit<Persona, 'entraObjectId'> {
  readonly entraObjectId?: string;
  readonly boardRole: string;
  readonly external: boolean;
}

const startedAt = Date.now();
function say(line: string): void {
  console.log(`${`${((Date.now() - startedAt) / 1000).toFixed(1)} s`.padStart(7)}  ${line}`);
}

function port(name: string, standard: number): number {
  const text = process.env[name];
  const value = text === undefined || text === '' ? standard : Number(text);
  if (Number.isInteger(value) && value > 0 && value < 65_536) return value;
  throw new Error(`${name} is "${text}"; it must be a port number from 1 to 65535.`);
}

async function requireFreePorts(ports: Ports): Promise<void> {
  const wanted: readonly (readonly [string, number, string])[] = [
    ['the service', ports.service, 'PORT'],
    ['the local Microsoft 365', ports.microsoft365, 'LOCAL_M365_PORT'],
    ['the first Agents Playground', ports.playground, 'PLAYGROUND_PORT'],
    ['the second Agents Playground', ports.playground + 1, 'PLAYGROUND_PORT'],
    ['the third Agents Playground', ports.playground + 2, 'PLAYGROUND_PORT'],
  ];
  const taken: string[] = [];
  for (const [what, number, setting] of wanted) {
    const free = (await isPortFree(number, '127.0.0.1')) && (await isPortFree(number));
    if (!free)
      taken.push(`Port ${number} for ${what} is in use. Stop what uses it, or set ${setting} to another port.`);
  }
  if (taken.length > 0) throw new Error(taken.join('\n'));
}

/** A seed of one's own gets a data folder of its own, so that the sample is never mixed with it. */
function dataFolder(named: string | undefined, seedFile: string | undefined): string {
  if (named !== undefined) return path.resolve(named);
  const base = path.join(root, '.data');
  return seedFile === undefined ? base : path.join(base, 'seeds', path.basename(seedFile).replace(/[^\w.-]+/g, '-'));
}

async function reset(folder: string, confirmed: boolean): Promise<void> {
  const parts = ['microsoft365', 'service', 'playground', 'logs'].filter((part) => existsSync(path.join(folder, part)));
  if (parts.length === 0) {
    console.log('There is no local data yet: the next npm start begins with the sample.');
    return;
  }
  console.log(
    'This deletes the local board: every answer, edit, filed paper and message since the first start, and the clock. ' +
      'The sample plan comes back with the next npm start.',
  );
  if (process.stdin.isTTY && !confirmed) {
    const prompt = createInterface({ input: process.stdin, output: process.stdout });
    const answer = await prompt.question('Delete it? Type yes: ');
    prompt.close();
    if (answer.trim().toLowerCase() !== 'yes') {
      console.log('Nothing was deleted.');
      return;
    }
  }
  for (const part of parts) rmSync(path.join(folder, part), { recursive: true, force: true });
  console.log('Deleted. The next npm start begins with the sample.');
}

async function seededPeople(microsoft365Url: string): Promise<readonly SeededPerson[]> {
  const response = await fetch(`${microsoft365Url}/_local/people`);
  const body = (await response.json()) as { readonly value: readonly SeededPerson[] };
  return body.value;
}

/** Rows of the seed that could not be taken as they stand; the rest of the board starts all the same. */
async function sayWhatSeedingFound(microsoft365Url: string): Promise<void> {
  const response = await fetch(`${microsoft365Url}/_local/seed`);
  const { problems } = (await response.json()) as {
    readonly problems: readonly { readonly record: string; readonly field: string; readonly message: string }[];
  };
  for (const one of problems.slice(0, 20)) say(`seed: ${one.record}, ${one.field}: ${one.message}`);
  if (problems.length > 20) say(`seed: and ${problems.length - 20} more; the console's page Seed lists them all`);
}

/** The owner, the secretary and the chair to chat as: people of the tenant alone have Teams here. */
function choosePersonas(people: readonly SeededPerson[]): readonly Persona[] {
  const inside = people.filter(
    (one): one is SeededPerson & Persona => one.entraObjectId !== undefined && !one.external,
  );
  const owner = inside.find((one) => one.ref === 'P10') ?? inside.find((one) => one.boardRole === 'owner') ?? inside[0];
  const others = ['secretary', 'chair'].map((role) =>
    inside.find((one) => one.boardRole === role && one.ref !== owner?.ref),
  );
  return [owner, ...others].filter((one): one is SeededPerson & Persona => one !== undefined);
}

/** A mailbox beside those of the board's own people: any address of their domain is one here. */
function serviceMailbox(people: readonly SeededPerson[]): { readonly SERVICE_MAILBOX?: string } {
  const inside = people.filter((one) => one.entraObjectId !== undefined && !one.external);
  const by = inside.find((one) => one.boardRole === 'secretary') ?? inside[0];
  const domain = by?.email.split('@')[1];
  return domain === undefined ? {} : { SERVICE_MAILBOX: `send.board@${domain}` };
}

async function startAll(
  folder: string,
  ports: Ports,
  seedFile: string | undefined,
  running: RunningProcess[],
): Promise<void> {
  const microsoft365Url = `http://127.0.0.1:${ports.microsoft365}`;
  const fresh = !existsSync(path.join(folder, 'microsoft365'));
  say(fresh ? 'starting afresh with the seed' : 'starting with the data of the last time');
  const building = build({ force: false, typeChecked: false, say });
  const local = startProcess({
    name: 'local Microsoft 365',
    args: [
      '--import',
      'tsx',
      path.join(root, 'infra/local/server.ts'),
      '--port',
      String(ports.microsoft365),
      '--data',
      path.join(folder, 'microsoft365'),
      '--service',
      `http://127.0.0.1:${ports.service}`,
      ...(seedFile === undefined ? [] : ['--seed', path.resolve(seedFile)]),
    ],
    cwd: root,
    env: {},
    logFile: path.join(folder, 'logs', 'microsoft365.log'),
    readyUrl: `${microsoft365Url}/_local/health`,
    readyWithinMs: 60_000,
  }).then((one) => {
    running.push(one);
    noteRunning(folder, running);
    say('the local Microsoft 365 is ready');
    return one;
  });
  const [built] = await Promise.allSettled([building, local]);
  if (built.status === 'rejected') throw built.reason;
  await local;
  if (fresh) await sayWhatSeedingFound(microsoft365Url);
  const people = await seededPeople(microsoft365Url);
  const personas = choosePersonas(people);
  const playgroundPorts = personas.map((_, index) => ports.playground + index);
  const empty = fresh ? await emptyDatabase() : undefined;
  running.push(
    await startProcess({
      name: 'service',
      args: [path.join(root, 'dist/bot/main.js')],
      cwd: root,
      env: {
        BOARD_MODE: 'local',
        PORT: String(ports.service),
        BOARD_DATA: path.join(folder, 'service'),
        OPERATOR_FILE: process.env['OPERATOR_FILE'] ?? path.join(root, '.data', 'operator.json'),
        BOARD_SITES: `send-board=${siteUrl}`,
        TENANT_ID: tenantId,
        BOT_APP_ID: botId,
        ...serviceMailbox(people),
        LOCAL_M365_URL: microsoft365Url,
        LOCAL_PLAYGROUND_PORTS: playgroundPorts.join(','),
        ...(empty === undefined ? {} : { LOCAL_EMPTY_DATABASE: empty }),
      },
      logFile: path.join(folder, 'logs', 'service.log'),
      readyUrl: `http://127.0.0.1:${ports.service}/health/ready`,
      readyWithinMs: 90_000,
    }),
  );
  noteRunning(folder, running);
  say('the service is ready');
  const others = people.filter((one): one is SeededPerson & Persona => one.entraObjectId !== undefined);
  const clients = personas.map(async (persona, index) => {
    const settings = {
      persona,
      others,
      tenantId,
      botId,
      port: ports.playground + index,
      botEndpoint: `http://127.0.0.1:${ports.service}/api/messages`,
      folder: path.join(folder, 'playground', persona.ref),
      logFile: path.join(folder, 'logs', `playground-${persona.ref}.log`),
    };
    running.push(await startPlayground(settings));
  });
  await Promise.all(clients);
  noteRunning(folder, running);
  say('the Teams clients are ready');
  printAddresses(ports, microsoft365Url, personas, people);
}

function printAddresses(
  ports: Ports,
  microsoft365Url: string,
  personas: readonly Persona[],
  people: readonly SeededPerson[],
): void {
  const chair = people.find((one) => one.boardRole === 'chair') ?? people[0];
  const roleOf = (ref: string): string => {
    const role = people.find((one) => one.ref === ref)?.boardRole;
    return role === 'secretary' || role === 'chair' ? `the ${role}` : 'an owner';
  };
  const rows: readonly (readonly [string, string])[] = [
    ...personas.map(
      (one, index) =>
        [`Chat as ${roleOf(one.ref)}, ${one.name}`, `http://127.0.0.1:${ports.playground + index}`] as const,
    ),
    [`The tab as the chair, ${chair?.name ?? ''}`, `http://127.0.0.1:${ports.service}/tab/?as=${chair?.ref ?? ''}`],
    ['The tab inside Teams, as the chair', `${microsoft365Url}/teams/tab?as=${chair?.ref ?? ''}`],
    ['SharePoint, files, mail and clock', `${microsoft365Url}/`],
  ];
  const width = Math.max(...rows.map(([label]) => label.length));
  console.log(
    `\nBoard Assistant is ready.\n\n${rows.map(([label, url]) => `  ${label.padEnd(width)}  ${url}`).join('\n')}\n`,
  );
  console.log('  All people and figures are invented. The Agents Playground listens on every network');
  console.log('  interface of this computer: use it on a network that you trust.');
  console.log('\n  Next: open the first address and write  my actions');
  console.log('  Ctrl-C stops everything. Your changes stay; npm run local:reset brings the sample back.\n');
}

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      seed: { type: 'string' },
      data: { type: 'string' },
      reset: { type: 'boolean' },
      yes: { type: 'boolean' },
    },
  });
  const folder = dataFolder(values.data, values.seed);
  if (values.seed !== undefined && !existsSync(values.seed)) throw new Error(`There is no seed file ${values.seed}.`);
  const ports: Ports = {
    service: port('PORT', 3978),
    microsoft365: port('LOCAL_M365_PORT', 4000),
    playground: port('PLAYGROUND_PORT', 56150),
  };
  await waitForFormerRun(folder);
  await requireFreePorts(ports).catch((error: unknown) => {
    if (!values.reset) throw error;
    throw new Error(
      `Stop the running Board Assistant first (Ctrl-C where it runs).\n${error instanceof Error ? error.message : ''}`,
    );
  });
  if (values.reset) return reset(folder, values.yes ?? false);
  mkdirSync(folder, { recursive: true });
  console.log('Board Assistant, local mode: everything on this computer, with an invented board.\n');

  const running: RunningProcess[] = [];
  let stopping = false;
  const stopAll = async (exitCode: number): Promise<void> => {
    if (stopping) return;
    stopping = true;
    console.log('');
    for (const one of [...running].reverse()) {
      await one.stop();
      say(`${one.name} stopped`);
    }
    process.exit(exitCode);
  };
  process.on('SIGINT', () => void stopAll(0));
  process.on('SIGTERM', () => void stopAll(0));
  try {
    await startAll(folder, ports, values.seed, running);
  } catch (error) {
    if (stopping) return;
    console.error(`\n${error instanceof Error ? error.message : String(error)}`);
    await stopAll(1);
    return;
  }
  const first = await Promise.race(running.map(async (one) => ({ one, code: await one.ended })));
  if (stopping) return;
  console.error(
    `\nThe ${first.one.name} ended by itself (code ${first.code ?? 'unknown'}). Its log is in ${logsHint(folder)}.`,
  );
  await stopAll(1);
}

function logsHint(folder: string): string {
  const logs = path.join(folder, 'logs');
  return existsSync(logs) ? `${path.relative(root, logs)} (${readdirSync(logs).join(', ')})` : logs;
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : String(error));
  process.exitCode = 1;
});
