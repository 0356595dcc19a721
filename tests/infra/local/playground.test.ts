// The Agents Playground gets the five users it insists on, however few people a board has, and the port that was asked for.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import {
  preparePlayground,
  startPlayground,
  type Persona,
  type PlaygroundSettings,
} from '../../../infra/local/playground';

const person = (ref: string): Persona => ({
  ref,
  name: `Person ${ref}`,
  email: `${ref.toLowerCase()}@board.example`,
  entraObjectId: `10000000-0000-4000-8000-0000000000${ref.slice(1).padStart(2, '0')}`,
});

let folder: string;
beforeEach(() => (folder = mkdtempSync(path.join(tmpdir(), 'playground-'))));
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function settings(others: readonly Persona[], port: number): PlaygroundSettings {
  return {
    persona: person('P1'),
    others,
    tenantId: '33333333-3333-3333-3333-333333333333',
    botId: '44444444-4444-4444-4444-444444444444',
    port,
    botEndpoint: 'http://127.0.0.1:1/api/messages',
    folder,
    logFile: path.join(folder, 'playground.log'),
  };
}

function usersOf(others: readonly Persona[]): readonly string[] {
  const command = preparePlayground(settings(others, 1));
  const config = readFileSync(command.env['M365_AGENTS_PLAYGROUND_CONFIG_PATH'] ?? '', 'utf8');
  const users = config.slice(config.indexOf('\nusers:'), config.indexOf('\npersonalChat:'));
  return [...users.matchAll(/ {2}- id: "(.+)"/g)].map((one) => one[1] ?? '');
}

test.each([0, 1, 4, 5, 9])('of a board with %i others in the tenant it has five users, each once', (count) => {
  const others = Array.from({ length: count }, (_, index) => person(`P${index + 2}`));
  const users = usersOf([person('P1'), ...others]);
  expect(users).toHaveLength(5);
  expect(new Set(users).size).toBe(5);
  const expected = others.slice(0, 5).map((one) => `29:${one.entraObjectId}`);
  expect(users.slice(0, expected.length)).toEqual(expected);
});

test('it starts on the port that was asked for, though another program holds the port for a moment', async () => {
  const holder = createServer();
  await new Promise<void>((resolve) => holder.listen(0, resolve));
  const address = holder.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  const release = setTimeout(() => holder.close(), 3_000);
  const playground = await startPlayground(settings([], port));
  clearTimeout(release);
  const answer = await fetch(`http://127.0.0.1:${port}/_debug/ping`);
  await playground.stop();
  expect(answer.status).toBe(200);
  expect(readFileSync(path.join(folder, 'playground.log'), 'utf8').match(/Listening on/g)?.length).toBeGreaterThan(1);
}, 60_000);
