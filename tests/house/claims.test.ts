// Figures and promises of the operator's documents that the code states as well: both say the same.
import { readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { AuthenticationConstants } from 'botframework-connector';
import { graphOrigin } from '../../bot/sharepoint/network';
import { teamsServiceHosts } from '../../bot/teams/config';

const root = path.resolve(__dirname, '../..');
const text = (file: string): string => readFileSync(path.join(root, file), 'utf8');
/** A document without its line ends, so that a sentence may be broken anywhere. */
const prose = (file: string): string => text(file).replace(/\s+/g, ' ');

/** What the code gives a constant, in its own unit: `60 * 60_000` is 3600000. */
function valueOf(file: string, name: string): number {
  const said = new RegExp(`\\b${name} = ([\\d_ *]+);`).exec(text(file))?.[1];
  if (said === undefined) throw new Error(`${file} has no constant ${name}`);
  return said
    .replaceAll('_', '')
    .split('*')
    .reduce((product, factor) => product * Number(factor), 1);
}

const operations = 'docs/operations.md';
const fresh = 'bot/services/freshRecords.ts';

test.each([
  [operations, 'when it is 45 seconds old', 'bot/compose.ts', 'boardMaxAgeMs', 45_000],
  [operations, 'looked at every 15 seconds', 'bot/services/watchBoards.ts', 'lookEveryMs', 15_000],
  [operations, 'after 0.4 seconds, a burst once', fresh, 'gatherMs', 400],
  [operations, 'at most every 5 seconds', fresh, 'restMs', 5_000],
  [operations, 'after 10 seconds, or when the time is over', fresh, 'pauseMs', 10_000],
  [operations, 'waits at most 4 seconds for a reading', fresh, 'patienceMs', 4_000],
  [operations, 'every 15 minutes |', 'bot/scheduler.ts', 'idleMaxAgeMs', 15 * 60_000],
  [operations, 'one connection within 30 seconds', 'bot/api/tickets.ts', 'ticketSeconds', 30],
  [operations, 'a person may hold six', 'bot/api/changesRoutes.ts', 'mostConnectionsOfAPerson', 6],
  [operations, 'each ends after 20 minutes', 'bot/api/changesRoutes.ts', 'longestMs', 20 * 60_000],
  [operations, 'renews its claims every 0.9 seconds', 'bot/services/heartbeat.ts', 'beatMs', 900],
  [operations, 'dead one are free after 3 seconds', 'bot/services/heartbeat.ts', 'leaseSeconds', 3],
  [operations, 'places on a lease of 2 seconds', 'bot/services/portsPace.ts', 'placesLeaseMs', 2_000],
  [operations, 'nothing: free after 2 minutes', 'bot/scheduler.ts', 'leaseSeconds', 120],
  [operations, 'after 8 seconds the process ends all the same', 'bot/main.ts', 'closeWithinMs', 8_000],
  [operations, 'not found after a quarter of an hour', 'bot/services/settleMail.ts', 'filedWithinMs', 15 * 60_000],
  [operations, 'at most every 30 seconds whatever is sent', 'bot/api/auth.ts', 'unknownKeyAgainAfterMs', 30_000],
  [operations, 'at most every 30 seconds whatever', 'bot/teams/channelKeys.ts', 'unknownAgainAfterMs', 30_000],
  [operations, 'after ten minutes (Entra, for the tab)', 'bot/api/auth.ts', 'keysStaleAfterMs', 10 * 60_000],
  [operations, 'or an hour (Bot Framework)', 'bot/teams/channelKeys.ts', 'staleAfterMs', 60 * 60_000],
  [operations, "Bot Framework's for a day", 'bot/teams/channelKeys.ts', 'forgottenAfterMs', 24 * 60 * 60_000],
  [operations, 'is asked every five seconds', 'bot/api/auth.ts', 'failedAgainAfterMs', 5_000],
])('%s: "%s"', (document, words, file, name, expected) => {
  expect(prose(document)).toContain(words);
  expect(valueOf(file, name)).toBe(expected);
});

test('data is deleted when and after as long as docs/data-protection.md says', () => {
  expect(prose('docs/data-protection.md')).toContain('`RETENTION_DAYS`, 400 days; deleted each night at 03:17');
  expect(text('bot/scheduler.ts')).toContain("retentionPattern = '17 3 * * *'");
  expect(text('bot/config.ts')).toMatch(/RETENTION_DAYS: .*\.default\(400\)/);
});

test('the service knows no other services than those that docs/data-protection.md names', () => {
  expect(prose('docs/data-protection.md')).toContain(
    'no other service than Microsoft Graph, Entra and the Bot Framework',
  );
  const sources = readdirSync(path.join(root, 'bot'), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts'))
    .map((file) => text(path.join('bot', file)));
  const hosts = sources.flatMap((source) =>
    [...source.matchAll(/https?:\/\/([a-z0-9.-]*[a-z0-9])/gi)].map((match) => match[1]),
  );
  expect([...new Set(hosts)].sort()).toEqual([
    '127.0.0.1',
    // The name of a schema, in cards.
    'adaptivecards.io',
    // Issuer and audience of the channel's tokens.
    'api.botframework.com',
    'board.example',
    'graph.microsoft.com',
    'login.microsoftonline.com',
    // The scope of the database's tokens, asked of Entra.
    'ossrdbms-aad.database.windows.net',
    // Teams' own list of hosts, for the browser: named in the policy of content.
    'res.cdn.office.net',
    // Links into Teams, and who may frame the tab.
    'teams.microsoft.com',
  ]);
});

test('the hosts that the service calls are those that docs/operations.md has opened', () => {
  const table = text(operations).split('## What must be reached')[1]?.split('\n## ')[0] ?? '';
  const opened = [...table.matchAll(/^\| `([\w.*-]+)`/gm)].map((match) => match[1]);
  expect(opened).toEqual([
    new URL(graphOrigin).host,
    '*.sharepoint.com',
    'login.microsoftonline.com',
    new URL(AuthenticationConstants.ToBotFromChannelOpenIdMetadataUrl).host,
    ...teamsServiceHosts,
  ]);
  expect(text('bot/sharepoint/network.ts')).toContain("url.hostname.endsWith('.sharepoint.com')");
  const doors = [...table.matchAll(/`PUBLIC_URL\/([\w/]+?)\/?`/g)].map((match) => match[1]);
  expect(doors).toEqual(['api/messages', 'api/notifications', 'tab', 'api/v1', 'health/live']);
});

test('a figure that the code does not have is noticed', () => {
  expect(() => valueOf(fresh, 'noSuchMs')).toThrow('has no constant');
});
