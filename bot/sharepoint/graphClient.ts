// The only user of the Graph client and MSAL: our middleware chain, tokens for one origin, errors in our own words.
import { randomUUID } from 'node:crypto';
import { ConfidentialClientApplication, ManagedIdentityApplication } from '@azure/msal-node';
import type { INetworkModule, NodeAuthOptions } from '@azure/msal-node';
import { Client, ResponseType } from '@microsoft/microsoft-graph-client';
import type { Context, Middleware } from '@microsoft/microsoft-graph-client';
import { z } from 'zod';
import { ConfigError, UpstreamError, isKnownError } from '../errors';
import type { KnownError } from '../errors';
import type { Logger } from '../logger';
import { errorOf, graphService as serviceName, networkError } from './graphErrors';
import { createSignInNetwork, download, graphOrigin } from './network';
import { defaultRetryLimits, waitBeforeRetryMs } from './retryRule';
import type { RetryLimits } from './retryRule';
import { UnitMeter, unitsOf } from './unitMeter';
import type { UnitUsage } from './unitMeter';

/** How the service proves who it is; a secret is for a trial only. */
export type GraphCredential =
  | { readonly kind: 'certificate'; readonly thumbprintSha256: string; readonly privateKeyPem: string }
  | { readonly kind: 'managedIdentity'; readonly managedIdentityClientId?: string }
  | { readonly kind: 'secret'; readonly secret: string };

export interface GraphSettings {
  readonly mode: 'local' | 'trial' | 'production';
  readonly tenantId: string;
  readonly clientId: string;
  readonly credential: GraphCredential;
  /** The sign-in service; Microsoft's public one when absent. */
  readonly authority?: string;
  /** Where the local Microsoft 365 listens; given in local mode and only there. */
  readonly localOrigin?: string;
  readonly logger: Logger;
  readonly retry?: RetryLimits;
  /** One try, its body included. */
  readonly tryTimeoutMs?: number;
  /** Real time and waiting; replaced in tests. */
  readonly timing?: GraphTiming;
}

export interface GraphTiming {
  now(): number;
  wait(ms: number): Promise<void>;
  random(): number;
}

export interface WriteOptions {
  /** The eTag that was read, its quotes included. */
  readonly ifMatch?: string;
}

/**
 * Microsoft Graph v1.0. Paths are relative (`sites/root`) or links that Graph itself gave.
 * Throws UpstreamError, ThrottledError, NotAuthorisedError, NotFoundError (404), ConflictError (412, 409 resourceModified).
 */
export interface Graph {
  get(path: string): Promise<unknown>;
  /** All pages of a collection, to the last. */
  getAll(path: string): Promise<readonly unknown[]>;
  getBytes(path: string): Promise<Uint8Array>;
  post(path: string, body: unknown): Promise<unknown>;
  patch(path: string, body: unknown, options?: WriteOptions): Promise<unknown>;
  putBytes(path: string, content: Uint8Array, contentType: string): Promise<unknown>;
  delete(path: string): Promise<unknown>;
  usage(): UnitUsage;
}

const root = `${graphOrigin}/v1.0/`;
const scopes = [`${graphOrigin}/.default`];
const defaultAuthority = 'https://login.microsoftonline.com';
// Format and priority: SharePoint throttling guidance, "decorate your traffic".
const userAgent = 'NONISV|BoardAssistant|BoardAssistant/0.1';
const realTiming: GraphTiming = {
  now: () => Date.now(),
  wait: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
  random: () => Math.random(),
};

/** Reads and writes Graph as the application; in local mode the last step sends all of it to the local server. */
export function createGraph(settings: GraphSettings): Graph {
  checkSettings(settings);
  const timing = settings.timing ?? realTiming;
  const meter = new UnitMeter();
  const client = Client.initWithMiddleware({
    middleware: [
      new RetryMiddleware(settings.retry ?? defaultRetryLimits, timing, settings.logger),
      new TokenMiddleware(createTokens(settings)),
      new MeterMiddleware(meter, timing),
      new TransportMiddleware(settings.tryTimeoutMs ?? 30_000, settings.localOrigin),
    ],
  });

  async function call(method: Method, path: string, parts: CallParts = {}): Promise<Response> {
    const url = absolute(path);
    const state = new CallState(method);
    const request = client
      .api(url.href)
      .responseType(ResponseType.RAW)
      .middlewareOptions([state])
      .headers({ 'User-Agent': userAgent, 'client-request-id': state.requestId, ...parts.headers });
    let answer: unknown;
    try {
      answer = await send(request, method, parts.body);
    } catch (error) {
      // The client wraps what the chain throws; the original is kept beside it.
      throw state.failure ?? new UpstreamError(serviceName, 'The request could not be sent.', { cause: error });
    }
    if (!(answer instanceof Response)) throw new UpstreamError(serviceName, 'No answer came back.');
    if (!answer.ok && !(answer.status === 302 && parts.redirect === true)) {
      throw await errorOf(answer, method, url, state.requestId, timing.now());
    }
    return answer;
  }

  async function json(method: Method, path: string, parts?: CallParts): Promise<unknown> {
    const response = await call(method, path, parts);
    if (response.status === 204) return undefined;
    const text = await response.text();
    try {
      const parsed: unknown = JSON.parse(text);
      return parsed;
    } catch (error) {
      throw new UpstreamError(serviceName, 'The answer was cut short or is not JSON.', {
        status: response.status,
        cause: error,
        mayHaveHappened: method !== 'GET',
      });
    }
  }

  return {
    get: (path) => json('GET', path),
    async getAll(path) {
      const values: unknown[] = [];
      const seen = new Set<string>();
      for (let next: string | undefined = path; next !== undefined;) {
        if (seen.has(next)) throw new UpstreamError(serviceName, 'The pages of a list run in a circle.');
        seen.add(next);
        const page = pageOf(await json('GET', next));
        values.push(...page.value);
        next = page.next;
      }
      return values;
    },
    async getBytes(path) {
      const response = await call('GET', path, { redirect: true });
      if (response.status !== 302) return new Uint8Array(await response.arrayBuffer());
      return download(response.headers.get('Location'), settings.localOrigin, settings.tryTimeoutMs ?? 30_000);
    },
    post: (path, body) => json('POST', path, { body }),
    patch: (path, body, options) => json('PATCH', path, { body, headers: ifMatchOf(options) }),
    // The client sends the whole buffer under a typed array, so it gets exactly these bytes.
    putBytes: (path, content, contentType) =>
      json('PUT', path, { body: Buffer.from(content), headers: { 'Content-Type': contentType } }),
    delete: (path) => json('DELETE', path),
    usage: () => meter.usage(timing.now()),
  };
}

type Method = 'GET' | 'POST' | 'PATCH' | 'PUT' | 'DELETE';
type Request = ReturnType<Client['api']>;

interface CallParts {
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
  readonly redirect?: boolean;
}

function send(request: Request, method: Method, body: unknown): Promise<unknown> {
  if (method === 'GET' || method === 'DELETE') return method === 'GET' ? request.get() : request.delete();
  if (method === 'POST') return request.post(body);
  return method === 'PATCH' ? request.patch(body) : request.put(body);
}

function ifMatchOf(options: WriteOptions | undefined): Record<string, string> {
  return options?.ifMatch === undefined ? {} : { 'If-Match': options.ifMatch };
}

function absolute(path: string): URL {
  const url = new URL(path, root);
  if (url.origin !== graphOrigin) {
    throw new UpstreamError(serviceName, `A link to ${url.origin} is not followed: it is not Microsoft Graph.`);
  }
  return url;
}

const pageShape = z.object({ value: z.array(z.unknown()), '@odata.nextLink': z.string().optional() });

function pageOf(body: unknown): { value: readonly unknown[]; next: string | undefined } {
  const page = pageShape.safeParse(body);
  if (!page.success) throw new UpstreamError(serviceName, 'A page of a list has not the expected form.');
  return { value: page.data.value, next: page.data['@odata.nextLink'] };
}

/** What the steps of the chain know of one call. */
class CallState {
  readonly requestId = randomUUID();
  readonly method: Method;
  failure: KnownError | undefined;
  /** Set when the service no longer takes the token that we hold. */
  freshToken = false;
  constructor(method: Method) {
    this.method = method;
  }
}

abstract class Step implements Middleware {
  private next: Middleware | undefined;
  abstract execute(context: Context): Promise<void>;
  setNext(next: Middleware): void {
    this.next = next;
  }
  protected async pass(context: Context): Promise<void> {
    await this.next?.execute(context);
  }
}

function stateOf(context: Context): CallState {
  const state = context.middlewareControl?.getMiddlewareOptions(CallState);
  return state instanceof CallState ? state : new CallState('GET');
}

class RetryMiddleware extends Step {
  private readonly limits: RetryLimits;
  private readonly timing: GraphTiming;
  private readonly logger: Logger;
  constructor(limits: RetryLimits, timing: GraphTiming, logger: Logger) {
    super();
    this.limits = limits;
    this.timing = timing;
    this.logger = logger;
  }

  async execute(context: Context): Promise<void> {
    const state = stateOf(context);
    const startedMs = this.timing.now();
    for (let attempt = 1; ; attempt += 1) {
      state.failure = undefined;
      try {
        await this.pass(context);
      } catch (error) {
        state.failure = isKnownError(error) ? error : networkError(error, state.method, state.requestId);
        // Only a lost connection is worth another try; a refused origin or a failed sign-in is not.
        if (isKnownError(error)) throw error;
      }
      // 401 says that nothing was done: the keys of the issuer may have changed, so one try with a new token.
      const stale = state.failure === undefined && context.response?.status === 401 && !state.freshToken;
      state.freshToken = stale;
      if (stale && attempt === 1) continue;
      const nowMs = this.timing.now();
      const waitMs = waitBeforeRetryMs(
        {
          method: state.method,
          status: state.failure === undefined ? (context.response?.status ?? 'network') : 'network',
          ...(state.failure === undefined && context.response ? { headers: context.response.headers } : {}),
          attempt,
          elapsedMs: nowMs - startedMs,
          nowMs,
          random: this.timing.random(),
        },
        this.limits,
      );
      if (waitMs === undefined) {
        if (state.failure) throw state.failure;
        return;
      }
      this.logger.warn('graph.retry', {
        attempt,
        waitMs,
        status: context.response?.status,
        requestId: state.requestId,
      });
      await this.timing.wait(waitMs);
    }
  }
}

class TokenMiddleware extends Step {
  private readonly tokens: (fresh: boolean) => Promise<string>;
  constructor(tokens: (fresh: boolean) => Promise<string>) {
    super();
    this.tokens = tokens;
  }

  async execute(context: Context): Promise<void> {
    const url = absolute(urlOf(context));
    const token = await this.tokens(stateOf(context).freshToken);
    context.request = url.href;
    context.options = {
      ...context.options,
      headers: { ...context.options?.headers, Authorization: `Bearer ${token}` },
    };
    await this.pass(context);
  }
}

class MeterMiddleware extends Step {
  private readonly meter: UnitMeter;
  private readonly timing: GraphTiming;
  constructor(meter: UnitMeter, timing: GraphTiming) {
    super();
    this.meter = meter;
    this.timing = timing;
  }

  async execute(context: Context): Promise<void> {
    // Throttled calls count as well, so every try is recorded.
    this.meter.record(unitsOf(stateOf(context).method, new URL(urlOf(context))), this.timing.now());
    await this.pass(context);
  }
}

class TransportMiddleware extends Step {
  private readonly timeoutMs: number;
  private readonly localOrigin: string | undefined;
  constructor(timeoutMs: number, localOrigin: string | undefined) {
    super();
    this.timeoutMs = timeoutMs;
    this.localOrigin = localOrigin;
  }

  async execute(context: Context): Promise<void> {
    const canonical = urlOf(context);
    const local = this.localOrigin;
    const url = local === undefined ? canonical : local + canonical.slice(graphOrigin.length);
    const headers = { ...context.options?.headers, ...(local ? { 'X-Forwarded-Host': 'graph.microsoft.com' } : {}) };
    const signal = AbortSignal.timeout(this.timeoutMs);
    const response = await fetch(url, { ...context.options, headers, signal, redirect: 'manual' });
    // Read here, so that the deadline and the retry rule cover the body too.
    const bytes = await response.arrayBuffer();
    const empty = response.status === 204 || response.status === 304;
    context.response = new Response(empty ? null : bytes, { status: response.status, headers: response.headers });
  }
}

function urlOf(context: Context): string {
  return typeof context.request === 'string' ? context.request : context.request.url;
}

function checkSettings(settings: GraphSettings): void {
  const { mode, localOrigin, credential } = settings;
  const loopback = localOrigin !== undefined && /^http:\/\/(127\.0\.0\.1|localhost|\[::1\])(:\d+)?$/.test(localOrigin);
  const issues: string[] = [];
  if (mode === 'local' && !loopback) issues.push('local mode needs localOrigin, a loopback address');
  if (mode !== 'local' && localOrigin !== undefined) issues.push('localOrigin is for local mode only');
  if (mode === 'production' && credential.kind === 'secret') {
    issues.push('production needs a certificate or a managed identity, not a secret');
  }
  if (issues.length > 0) throw new ConfigError(issues);
}

/** Application tokens from MSAL, which keeps them until they run out. */
function createTokens(settings: GraphSettings): (fresh: boolean) => Promise<string> {
  const authority = settings.authority ?? defaultAuthority;
  const networkClient = createSignInNetwork(authority, settings.localOrigin);
  const app = new ConfidentialClientApplication({
    auth: {
      clientId: settings.clientId,
      authority: `${authority}/${settings.tenantId}`,
      ...proof(settings.credential, networkClient),
    },
    system: { networkClient, disableInternalRetries: true },
  });
  async function acquire(fresh: boolean): Promise<string> {
    try {
      const result = await app.acquireTokenByClientCredential({ scopes, skipCache: fresh });
      if (result?.accessToken) return result.accessToken;
    } catch (error) {
      const code = error instanceof Error && 'errorCode' in error ? String(error.errorCode) : undefined;
      throw new UpstreamError('Microsoft Entra', 'Signing in as the application failed.', {
        cause: error,
        ...(code === undefined ? {} : { code }),
      });
    }
    throw new UpstreamError('Microsoft Entra', 'Signing in as the application gave no token.');
  }
  // Requests that start together share one sign-in.
  const flights = new Map<boolean, Promise<string>>();
  return (fresh) => {
    const flight = flights.get(fresh) ?? acquire(fresh).finally(() => flights.delete(fresh));
    flights.set(fresh, flight);
    return flight;
  };
}

function proof(credential: GraphCredential, networkClient: INetworkModule): Partial<NodeAuthOptions> {
  if (credential.kind === 'secret') return { clientSecret: credential.secret };
  if (credential.kind === 'certificate') {
    const { thumbprintSha256, privateKeyPem } = credential;
    return { clientCertificate: { thumbprintSha256, privateKey: privateKeyPem } };
  }
  const id = credential.managedIdentityClientId;
  const identity = new ManagedIdentityApplication({
    ...(id === undefined ? {} : { managedIdentityIdParams: { userAssignedClientId: id } }),
    system: { networkClient },
  });
  // The managed identity's token stands as the application's federated credential.
  const exchange = { resource: 'api://AzureADTokenExchange' };
  return { clientAssertion: async () => (await identity.acquireToken(exchange)).accessToken };
}
