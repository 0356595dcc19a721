// A small Bot Framework channel over real HTTP: keys and tokens of the channel, sign-in of the bot, and a connector.
import { createServer } from 'node:http';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createSign, generateKeyPairSync } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import type { TeamsConfig } from '../../bot/teams/config';
import { answerKeys, type PublishedKeys } from '../fixtures/publishedKeys';

export const appId = '5f0d7c1e-8f0e-4f57-9d4b-0d6f4c1c2a11';
export const tenantId = '2f1c4a7e-3b52-4d5e-9f3a-6b7c8d9e0f10';

export async function listen(server: Server): Promise<number> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return (server.address() as AddressInfo).port;
}

export async function close(server: Server): Promise<void> {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
}

export type Answer = (request: IncomingMessage, response: ServerResponse, post: number) => void;

export interface Channel extends PublishedKeys {
  readonly port: number;
  readonly serviceUrl: string;
  /** POSTs of activities that arrived. */
  readonly posts: { readonly path: string; readonly authorization: string | undefined; readonly body: string }[];
  /** What the connector answers. */
  answer: Answer;
  /** The bot's sign-in fails. */
  signInFails: boolean;
  readonly config: TeamsConfig;
  token(over?: Record<string, unknown>, header?: Record<string, unknown>, key?: KeyObject): string;
  close(): Promise<void>;
}

/** The first key of every channel in one test file. */
const keys = generateKeyPairSync('rsa', { modulusLength: 2048 });

export function sign(header: unknown, claims: unknown, key: KeyObject = keys.privateKey): string {
  const part = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');
  const head = `${part(header)}.${part(claims)}`;
  return `${head}.${createSign('RSA-SHA256').update(head).sign(key).toString('base64url')}`;
}

export async function startChannel(): Promise<Channel> {
  const posts: Channel['posts'] = [];
  const pairs = new Map([['k1', keys]]);
  let published: readonly string[] = ['k1'];
  let reads = 0;
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const path = request.url ?? '';
      if (path.startsWith('/v3/')) {
        posts.push({
          path,
          authorization: request.headers.authorization,
          body: Buffer.concat(chunks).toString('utf8'),
        });
        channel.answer(request, response, posts.length);
        return;
      }
      if (path.startsWith('/openid')) reads += 1;
      if (/^\/(openid|keys)/.test(path)) answerKeys(response, channel.state, known(path));
      else sayJson(response, channel.signInFails ? 503 : 200, known(path));
    });
  });
  const port = await listen(server);
  const origin = `http://127.0.0.1:${port}`;
  const serviceUrl = `${origin}/`;
  const known = (path: string): unknown => {
    if (path.startsWith('/openid')) return { issuer: 'https://api.botframework.com', jwks_uri: `${origin}/keys` };
    if (path.startsWith('/keys')) {
      const named = published.map((kid) => ({ kid, use: 'sig', alg: 'RS256', endorsements: ['msteams'] }));
      return { keys: named.map((one) => ({ ...pairs.get(one.kid)?.publicKey.export({ format: 'jwk' }), ...one })) };
    }
    return { error: 'unknown path' };
  };
  const channel: Channel = {
    port,
    serviceUrl,
    posts,
    answer: (_request, response, post) => sayJson(response, 201, { id: `activity-${post}` }),
    signInFails: false,
    state: 'up',
    get reads() {
      return reads;
    },
    publish(...kids) {
      for (const kid of kids) pairs.set(kid, pairs.get(kid) ?? generateKeyPairSync('rsa', { modulusLength: 2048 }));
      published = kids;
      return Promise.resolve();
    },
    config: {
      mode: 'local',
      serviceHosts: [],
      playgroundPorts: [port],
    },
    token(over = {}, header = {}, key = pairs.get(String(header['kid']))?.privateKey ?? keys.privateKey) {
      const now = Math.floor(Date.now() / 1000);
      const claims = {
        iss: 'https://api.botframework.com',
        aud: appId,
        iat: now,
        nbf: now - 10,
        exp: now + 600,
        serviceurl: serviceUrl,
        ...over,
      };
      return sign({ alg: 'RS256', typ: 'JWT', kid: 'k1', ...header }, claims, key);
    },
    close: () => close(server),
  };
  return channel;
}

export function sayJson(
  response: ServerResponse,
  status: number,
  body: unknown,
  headers: Record<string, string> = {},
): void {
  response.writeHead(status, { 'content-type': 'application/json', ...headers });
  response.end(JSON.stringify(body));
}

/** A configuration that checks tokens against this channel, as production does against the real one. */
export function guarded(channel: Channel): TeamsConfig {
  const origin = channel.serviceUrl.slice(0, -1);
  return {
    mode: 'local',
    appId,
    tenantId,
    credential: { kind: 'secret', secret: 'not-a-secret' },
    serviceHosts: [`127.0.0.1:${channel.port}`],
    channel: {
      loginUrl: `${origin}/login`,
      oauthScope: 'https://api.botframework.com',
      tokenIssuer: 'https://api.botframework.com',
      oauthUrl: `${origin}/oauth`,
      openIdMetadataUrl: `${origin}/openid`,
    },
  };
}
