// The steps every Graph request passes, in this order: retry, token for one origin, unit budget, transport.
import { randomUUID } from 'node:crypto';
import type { Context, Middleware } from '@microsoft/microsoft-graph-client';
import { UpstreamError, isKnownError } from '../errors';
import type { KnownError } from '../errors';
import type { LogFacts, Logger } from '../logger';
import { graphService, networkError } from './graphErrors';
import { maskedPath } from './maskedPath';
import { graphOrigin } from './network';
import { waitBeforeRetryMs } from './retryRule';
import type { RetryLimits } from './retryRule';
import type { UnitBudget } from './unitBudget';
import { unitsOf } from './unitMeter';

/** Real time and waiting; replaced in tests. */
export interface GraphTiming {
  now(): number;
  wait(ms: number): Promise<void>;
  random(): number;
}

export type Method = 'GET' | 'POST' | 'PATCH' | 'PUT' | 'DELETE';

/** One request, as far as rules about requests need to know it. */
export interface RequestLine {
  readonly method: Method;
  readonly url: URL;
}

const root = `${graphOrigin}/v1.0/`;

/** A path or a link that Graph gave as its address. Throws UpstreamError for another origin: no token goes there. */
export function absolute(path: string): URL {
  const url = new URL(path, root);
  if (url.origin !== graphOrigin) {
    throw new UpstreamError(graphService, `A link to ${url.origin} is not followed: it is not Microsoft Graph.`);
  }
  return url;
}

/** What the steps know of one call. */
export class CallState {
  readonly requestId = randomUUID();
  readonly method: Method;
  /** The requests inside a batch; the request itself otherwise. */
  readonly lines: readonly RequestLine[];
  /** Somebody waits for it; other requests are readings in the background. */
  readonly isUrgent: boolean;
  failure: KnownError | undefined;
  /** What the last answer held: its Response is without it, so that no page is copied on its way. */
  body = new ArrayBuffer(0);
  /** Set when the service no longer takes the token that we hold. */
  freshToken = false;

  constructor(method: Method, lines: readonly RequestLine[], isUrgent: boolean) {
    this.method = method;
    this.lines = lines;
    this.isUrgent = isUrgent;
  }

  /** What SharePoint counts for it; throttled tries as well. */
  get units(): number {
    return this.lines.reduce((sum, one) => sum + unitsOf(one.method, one.url), 0);
  }

  /** How the retry rule sees it: a batch of reads is a read. */
  get repeatsAs(): Method {
    return this.lines.every((one) => one.method === 'GET') ? 'GET' : this.method;
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
  if (state instanceof CallState) return state;
  throw new UpstreamError(graphService, 'A request was made past the rules of this client.');
}

export class RetryStep extends Step {
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
        state.failure = isKnownError(error) ? error : networkError(error, state.repeatsAs, state.requestId);
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
          method: state.repeatsAs,
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

export class TokenStep extends Step {
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

/** Throttled calls count as well, so every try passes here. */
export class BudgetStep extends Step {
  private readonly budget: UnitBudget;
  constructor(budget: UnitBudget) {
    super();
    this.budget = budget;
  }

  async execute(context: Context): Promise<void> {
    const { lines, units, isUrgent } = stateOf(context);
    await this.budget.take(units, isUrgent);
    await this.pass(context);
    if (context.response && isSharePoint(lines)) this.budget.heed(context.response.status, context.response.headers);
  }
}

/** Mail, calendars and people have limits of their own. */
function isSharePoint(lines: readonly RequestLine[]): boolean {
  return lines.some((one) => /^\/v1\.0\/(sites|drives|shares)\b/.test(one.url.pathname));
}

/** One round trip, told to the log whatever becomes of it. */
export class TransportStep extends Step {
  private readonly timeoutMs: number;
  private readonly localOrigin: string | undefined;
  private readonly timing: Pick<GraphTiming, 'now'>;
  private readonly logger: Logger;
  constructor(timeoutMs: number, localOrigin: string | undefined, timing: Pick<GraphTiming, 'now'>, logger: Logger) {
    super();
    this.timeoutMs = timeoutMs;
    this.localOrigin = localOrigin;
    this.timing = timing;
    this.logger = logger;
  }

  async execute(context: Context): Promise<void> {
    const canonical = urlOf(context);
    const local = this.localOrigin;
    const url = local === undefined ? canonical : local + canonical.slice(graphOrigin.length);
    const headers = { ...context.options?.headers, ...(local ? { 'X-Forwarded-Host': 'graph.microsoft.com' } : {}) };
    const signal = AbortSignal.timeout(this.timeoutMs);
    const state = stateOf(context);
    const startedMs = this.timing.now();
    try {
      const response = await fetch(url, { ...context.options, headers, signal, redirect: 'manual' });
      // Read here, so that the deadline and the retry rule cover the body too.
      state.body = await response.arrayBuffer();
      context.response = new Response(null, { status: response.status, headers: response.headers });
      this.logger.debug('graph.answered', { ...this.toldOf(state, canonical, startedMs), status: response.status });
    } catch (error) {
      this.logger.debug('graph.notAnswered', { ...this.toldOf(state, canonical, startedMs), kind: nameOf(error) });
      throw error;
    }
  }

  private toldOf({ method, lines, requestId, units }: CallState, url: string, startedMs: number): LogFacts {
    const path = maskedPath(new URL(url).pathname);
    const parts = path === 'batch' ? { parts: lines.length } : {};
    return { method, path, requestId, units, ...parts, tookMs: Math.round(this.timing.now() - startedMs) };
  }
}

/** `TypeError` for a lost connection, `TimeoutError` past the deadline; fetch may throw those of another realm. */
function nameOf(error: unknown): string {
  return typeof error === 'object' && error !== null && 'name' in error ? String(error.name) : 'unknown';
}

function urlOf(context: Context): string {
  return typeof context.request === 'string' ? context.request : context.request.url;
}
