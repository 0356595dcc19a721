// The bot as a managed identity: its messages carry the identity's token, asked for as App Service expects, and no secret.
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createTeamsAdapter } from '../../bot/teams/adapter';
import type { TeamsConfig } from '../../bot/teams/config';
import { createMessenger } from '../../bot/teams/messenger';
import { createMemoryLogger } from '../fixtures/memoryPorts';

const identity = '66666666-6666-4666-8666-666666666666';
const tenantId = '33333333-3333-3333-3333-333333333333';
const asked: URL[] = [];
const sent: (string | undefined)[] = [];
let server: Server;
let port = 0;
const before = { endpoint: process.env['IDENTITY_ENDPOINT'], header: process.env['IDENTITY_HEADER'] };

beforeAll(async () => {
  // One server is App Service's identity endpoint and the channel at once.
  server = createServer((request, response) => {
    const url = new URL(request.url ?? '/', 'http://127.0.0.1');
    response.setHeader('content-type', 'application/json');
    if (url.pathname === '/identity') {
      asked.push(url);
      const isAllowed = request.headers['x-identity-header'] === 'app-service';
      const soon = Math.floor(Date.now() / 1000) + 3600;
      response.statusCode = isAllowed ? 200 : 401;
      const [resource, expires] = [url.searchParams.get('resource'), String(soon)];
      response.end(
        JSON.stringify({ access_token: 'of-the-identity', expires_on: expires, resource, token_type: 'Bearer' }),
      );
      return;
    }
    sent.push(request.headers.authorization);
    request.resume().on('end', () => response.end(JSON.stringify({ id: 'activity-1' })));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  ({ port } = server.address() as AddressInfo);
  process.env['IDENTITY_ENDPOINT'] = `http://127.0.0.1:${port}/identity`;
  process.env['IDENTITY_HEADER'] = 'app-service';
});
afterAll(async () => {
  for (const [name, value] of [
    ['IDENTITY_ENDPOINT', before.endpoint],
    ['IDENTITY_HEADER', before.header],
  ] as const)
    if (value === undefined) delete process.env[name];
    else process.env[name] = value;
  await new Promise((resolve) => server.close(resolve));
});

test('sends with the token of the identity, whose client id is the id of the bot', async () => {
  const config: TeamsConfig = {
    ...{ mode: 'local', appId: identity, tenantId, serviceHosts: [`127.0.0.1:${port}`] },
    credential: { kind: 'managedIdentity', clientId: identity },
  };
  const logger = createMemoryLogger();
  const messenger = createMessenger({
    ...{ adapter: createTeamsAdapter(config, logger), config, logger },
    now: () => new Date(),
  });
  const outcome = await messenger.send(
    {
      entraObjectId: 'x',
      reference: {
        channelId: 'msteams',
        serviceUrl: `http://127.0.0.1:${port}/`,
        conversation: { id: 'a:P10', conversationType: 'personal', isGroup: false, name: '' },
        bot: { id: `28:${identity}`, name: 'Board Assistant' },
        user: { id: '29:P10', name: 'Freya' },
      },
    },
    { card: { type: 'AdaptiveCard', version: '1.5', body: [] }, summary: 'request P10' },
  );
  expect(outcome).toEqual({ kind: 'delivered', activityId: 'activity-1' });
  expect(sent).toEqual(['Bearer of-the-identity']);
  expect(asked[0]?.searchParams.get('client_id')).toBe(identity);
  expect(asked[0]?.searchParams.get('resource')).toBe('https://api.botframework.com');
});
