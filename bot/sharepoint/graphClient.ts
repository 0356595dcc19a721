// Microsoft Graph as this product uses it: reads, writes and batches through our own steps, errors in our own words.
import { Client, ResponseType } from '@microsoft/microsoft-graph-client';
import { ConfigError, UpstreamError } from '../errors';
import type { Logger } from '../logger';
import { sendBatch } from './graphBatch';
import type { BatchAnswer, BatchPart } from './graphBatch';
import { errorOf, graphService as serviceName } from './graphErrors';
import { BudgetStep, CallState, RetryStep, TokenStep, TransportStep, absolute } from './graphSteps';
import type { GraphTiming, Method, RequestLine } from './graphSteps';
import { createTokens } from './graphTokens';
import type { SignIn } from './graphTokens';
import { isObject } from './listItem';
import { download } from './network';
import { defaultRetryLimits } from './retryRule';
import type { RetryLimits } from './retryRule';
import { UnitBudget } from './unitBudget';
import type { UnitUsage } from './unitBudget';
import { UnitMeter } from './unitMeter';

export type { GraphCredential } from './graphTokens';

export interface GraphSettings extends SignIn {
  readonly mode: 'local' | 'trial' | 'production';
  readonly logger: Logger;
  readonly retry?: RetryLimits;
  /** One try, its body included. */
  readonly tryTimeoutMs?: number;
  /** The tenant's limit of resource units for this application; four fifths of it are used at most. None when absent. */
  readonly unitsPerMinute?: number;
  readonly timing?: GraphTiming;
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
  /** For what Graph answers without a body. */
  create(path: string, body: unknown): Promise<void>;
  /** For what Graph takes as text and answers without a body: an e-mail as MIME. */
  postText(path: string, text: string, contentType: string): Promise<void>;
  patch(path: string, body: unknown, options?: WriteOptions): Promise<unknown>;
  putBytes(path: string, content: Uint8Array, contentType: string): Promise<unknown>;
  delete(path: string): Promise<unknown>;
  /**
   * Many requests in one round trip: an answer a part, in the order of the parts; a part that failed is an answer too.
   * Parts that read are asked again by the retry rule; parts that write never are.
   */
  batch(parts: readonly BatchPart[]): Promise<readonly BatchAnswer[]>;
  usage(): UnitUsage;
}

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
  const { logger, unitsPerMinute } = settings;
  const timing = settings.timing ?? realTiming;
  const limits = settings.retry ?? defaultRetryLimits;
  const budget = new UnitBudget(new UnitMeter(), { unitsPerMinute, longestWaitMs: limits.totalMs }, timing);
  const client = Client.initWithMiddleware({
    middleware: [
      new RetryStep(limits, timing, logger),
      new TokenStep(createTokens(settings)),
      new BudgetStep(budget),
      new TransportStep(settings.tryTimeoutMs ?? 30_000, settings.localOrigin, timing, logger),
    ],
  });

  async function call(method: Method, path: string, parts: CallParts = {}): Promise<Answer> {
    const url = absolute(path);
    const isUrgent = parts.isUrgent ?? method !== 'GET';
    const state = new CallState(method, parts.lines ?? [{ method, url }], isUrgent);
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
      const { status, headers } = answer;
      // Some statuses may not hold a body at all.
      const said = new Response(state.body.byteLength === 0 ? null : state.body, { status, headers });
      throw await errorOf(said, state.repeatsAs, url, state.requestId, timing.now());
    }
    return { status: answer.status, headers: answer.headers, body: state.body };
  }

  async function json(method: Method, path: string, parts?: CallParts): Promise<unknown> {
    const response = await call(method, path, parts);
    if (response.status === 204) return undefined;
    try {
      const parsed: unknown = JSON.parse(utf8.decode(response.body));
      return parsed;
    } catch (error) {
      const reads = parts?.lines?.every((one) => one.method === 'GET') ?? method === 'GET';
      throw new UpstreamError(serviceName, 'The answer was cut short or is not JSON.', {
        status: response.status,
        cause: error,
        mayHaveHappened: !reads,
      });
    }
  }

  const urgent = { isUrgent: true } as const;
  return {
    get: (path) => json('GET', path, urgent),
    async getAll(path) {
      const values: unknown[] = [];
      const seen = new Set<string>();
      for (let next: string | undefined = path; next !== undefined;) {
        if (seen.has(next)) throw new UpstreamError(serviceName, 'The pages of a list run in a circle.');
        seen.add(next);
        const page = pageOf(await json('GET', next));
        for (const one of page.value) values.push(one);
        next = page.next;
      }
      return values;
    },
    async getBytes(path) {
      const response = await call('GET', path, { redirect: true });
      if (response.status !== 302) return new Uint8Array(response.body);
      return download(response.headers.get('Location'), settings.localOrigin, settings.tryTimeoutMs ?? 30_000);
    },
    post: (path, body) => json('POST', path, { body }),
    async create(path, body) {
      await call('POST', path, { body });
    },
    async postText(path, text, contentType) {
      await call('POST', path, { body: text, headers: { 'Content-Type': contentType } });
    },
    patch: (path, body, options) => json('PATCH', path, { body, headers: ifMatchOf(options) }),
    // The client sends the whole buffer under a typed array, so it gets exactly these bytes.
    putBytes: (path, content, contentType) =>
      json('PUT', path, { body: Buffer.from(content), headers: { 'Content-Type': contentType } }),
    batch: (parts) =>
      sendBatch(parts, {
        exchange: (lines, body) =>
          json('POST', '$batch', { body, lines, isUrgent: lines.some((one) => one.method !== 'GET') }),
        heed: (status, headers) => budget.heed(status, headers),
        limits,
        timing,
        logger,
      }),
    delete: (path) => json('DELETE', path),
    usage: () => budget.usage(),
  };
}

type Request = ReturnType<Client['api']>;

interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly body: ArrayBuffer;
}

const utf8 = new TextDecoder();

interface CallParts {
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
  readonly redirect?: boolean;
  readonly lines?: readonly RequestLine[];
  readonly isUrgent?: boolean;
}

function send(request: Request, method: Method, body: unknown): Promise<unknown> {
  if (method === 'GET') return request.get();
  if (method === 'DELETE') return request.delete();
  if (method === 'POST') return request.post(body);
  return method === 'PATCH' ? request.patch(body) : request.put(body);
}

function ifMatchOf(options: WriteOptions | undefined): Record<string, string> {
  return options?.ifMatch === undefined ? {} : { 'If-Match': options.ifMatch };
}

function pageOf(body: unknown): { value: readonly unknown[]; next: string | undefined } {
  const { value, '@odata.nextLink': next } = isObject(body) ? body : {};
  if (Array.isArray(value) && (next === undefined || typeof next === 'string')) return { value, next };
  throw new UpstreamError(serviceName, 'A page of a list has not the expected form.');
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
