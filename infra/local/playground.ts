// Starts Microsoft's Agents Playground as one seeded person: the Teams client of the local mode.
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { isPortFree, startProcess, type RunningProcess } from './processes';

/** A seeded person as the Playground needs them. */
export interface Persona {
  readonly ref: string;
  readonly name: string;
  readonly email: string;
  readonly entraObjectId: string;
}

export interface PlaygroundSettings {
  readonly persona: Persona;
  /** Others of the board; the Playground wants exactly five users, so strangers stand in for those a small board lacks. */
  readonly others: readonly Persona[];
  readonly tenantId: string;
  readonly botId: string;
  readonly port: number;
  readonly botEndpoint: string;
  /** Its configuration and its own logs are written here. */
  readonly folder: string;
  readonly logFile: string;
}

export interface PlaygroundCommand {
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  readonly cwd: string;
}

const usersWanted = 5;
/** People of nobody's board: the Playground ends at once when it is given fewer users. */
const standIns = Array.from({ length: usersWanted }, (_, index): Persona => {
  const number = index + 1;
  return {
    ref: `stand-in-${number}`,
    name: `Stranger ${number}`,
    email: `stranger${number}@elsewhere.example`,
    entraObjectId: `00000000-0000-4000-8000-${String(number).padStart(12, '0')}`,
  };
});

const attempts = 4;
const readyWithinMs = 60_000;
const portPatienceMs = 10_000;
const pollMs = 250;

/**
 * Starts the Playground and waits until it is ready. When another program holds the port at that moment, the Playground
 * silently takes a random one, where the service would not find it: it is then started again once the port is free.
 */
export async function startPlayground(settings: PlaygroundSettings): Promise<RunningProcess> {
  const command = preparePlayground(settings);
  for (let attempt = 1; ; attempt += 1) {
    let isElsewhere = false;
    try {
      return await startProcess({
        name: `Agents Playground of ${settings.persona.name}`,
        args: command.args,
        cwd: command.cwd,
        env: command.env,
        logFile: settings.logFile,
        readyUrl: `http://127.0.0.1:${settings.port}/_debug/ping`,
        readyWithinMs,
        hopeless: (printed) => {
          const listening = /^Listening on (\d+)/m.exec(printed)?.[1];
          isElsewhere = listening !== undefined && Number(listening) !== settings.port;
          const setting = 'set PLAYGROUND_PORT to another port';
          return isElsewhere ? `found port ${settings.port} in use. Stop what uses it, or ${setting}` : undefined;
        },
      });
    } catch (error) {
      if (!isElsewhere || attempt === attempts || !(await isFreeInTime(settings.port))) throw error;
    }
  }
}

async function isFreeInTime(port: number): Promise<boolean> {
  const deadline = Date.now() + portPatienceMs;
  while (!(await isPortFree(port))) {
    if (Date.now() > deadline) return false;
    await new Promise((resolve) => setTimeout(resolve, pollMs));
  }
  return true;
}

/** Writes the persona's configuration and gives the command line, environment and folder to start it with. */
export function preparePlayground(settings: PlaygroundSettings): PlaygroundCommand {
  mkdirSync(settings.folder, { recursive: true });
  const file = path.join(settings.folder, '.m365agentsplayground.yml');
  writeFileSync(file, playgroundConfig(settings));
  const cli = require.resolve('@microsoft/m365agentsplayground/cli.js');
  return {
    args: [cli, 'start', '-e', settings.botEndpoint, '-c', 'msteams', '-p', String(settings.port), '--dt'],
    env: { TEAMSAPPTESTER_BROWSER: 'none', M365_AGENTS_PLAYGROUND_CONFIG_PATH: file },
    cwd: settings.folder,
  };
}

/** The Playground's YAML; the key `userPrincipleName` is spelled as it wants it. JSON strings are valid YAML scalars. */
function playgroundConfig(settings: PlaygroundSettings): string {
  const board = settings.others.filter((one) => one.ref !== settings.persona.ref);
  const others = [...board, ...standIns].slice(0, usersWanted);
  const fields = (one: Persona): readonly string[] => [
    `id: ${JSON.stringify(`29:${one.entraObjectId}`)}`,
    `name: ${JSON.stringify(one.name)}`,
    `userPrincipleName: ${JSON.stringify(one.email)}`,
    `aadObjectId: ${JSON.stringify(one.entraObjectId)}`,
    `givenName: ${JSON.stringify(one.name.split(' ')[0] ?? one.name)}`,
    `surname: ${JSON.stringify(one.name.split(' ').slice(1).join(' '))}`,
    `email: ${JSON.stringify(one.email)}`,
  ];
  const listed = (one: Persona): string => `  - ${fields(one).join('\n    ')}`;
  return `${[
    'version: "0.1.1"',
    `tenantId: ${JSON.stringify(settings.tenantId)}`,
    'bot:',
    `  id: ${JSON.stringify(`28:${settings.botId}`)}`,
    '  name: "Board Assistant"',
    'currentUser:',
    ...fields(settings.persona).map((line) => `  ${line}`),
    'users:',
    ...others.map(listed),
    'personalChat:',
    `  id: ${JSON.stringify(`a:personal-${settings.persona.ref.toLowerCase()}`)}`,
    'groupChat:',
    '  id: "19:board@unq.gbl.spaces"',
    '  name: "Board group"',
    'team:',
    '  id: "19:board-team@thread.tacv2"',
    '  name: "SEND Improvement Board"',
    '  aadGroupId: "7d0f3f0e-51f8-4dd2-9c28-2f9f10c1a0b5"',
    '  channels:',
    '    - id: "19:board-channel@thread.tacv2"',
    '      name: "Board"',
  ].join('\n')}\n`;
}
