// Carries Graph requests between HTTP and their handlers: tokens, faults, latency, throttling, batches.
import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Request, RequestHandler, Response } from 'express';
import { answerBatch } from './batch';
import type { Faults, RequestFault } from './faults';
import { answerFailure, matchOperation, type GraphRequest, type GraphResponse, type Operation } from './graph';
import { GraphFailure } from './graphError';
import { graphFilesOperations } from './graphFiles';
import { graphItemsOperations } from './graphItems';
import { graphListsOperations } from './graphLists';
import { graphOutlookOperations } from './graphOutlook';
import { graphPeopleOperations } from './graphPeople';
import type { Identity } from './identity';
import type { Tenant } from './tenant';
import type { Meter } from './throttle';

interface Settings {
  readonly tenant: Tenant;
  readonly identity: Identity;
  readonly faults: Faults;
  readonly latencyMs: number;
  /** Operations that have something of their own to keep running. */
  readonly more: readonly Operation[];
  readonly meter: Meter;
}

export function createGraphTransport(settings: Settings): RequestHandler {
  const { tenant, identity, faults, latencyMs, meter } = settings;
  const operations: readonly Operation[] = [
    ...graphListsOperations(tenant),
    ...graphItemsOperations(tenant),
    ...graphPeopleOperations(tenant),
    ...graphFilesOperations(tenant),
    ...graphOutlookOperations(tenant),
    ...settings.more,
  ];

  async function answer(request: GraphRequest): Promise<GraphResponse> {
    try {
      const { operation, call } = matchOperation(operations, request);
      const units = typeof operation.units === 'number' ? operation.units : operation.units(call);
      const limits = meter.spend(request.app, units);
      const response = await operation.handle(call);
      return { ...response, headers: { ...limits, ...response.headers } };
    } catch (error) {
      if (!(error instanceof GraphFailure)) report(error);
      return answerFailure(error);
    }
  }

  async function serve(request: Request, response: Response): Promise<void> {
    const fault = faults.take(request.method, request.originalUrl);
    if (latencyMs > 0) await sleep(latencyMs);
    if (fault?.kind === 'delay') await sleep(fault.ms);
    if (fault?.kind === 'reset' && !fault.afterCommit) return void request.socket.destroy();
    if (fault?.kind === 'status') return send(response, failed(fault));
    const done = await answerAll(request);
    if (fault?.kind === 'reset') return void request.socket.destroy();
    send(response, fault?.kind === 'statusAfterCommit' ? failed(fault) : done);
  }

  function answerAll(request: Request): Promise<GraphResponse> | GraphResponse {
    const who = identity.caller(request.header('authorization'));
    if ('refused' in who) return answerFailure(new GraphFailure(401, 'InvalidAuthenticationToken', who.refused));
    meter.countRequest(who.app);
    const forwarded = request.header('x-forwarded-host');
    const graphRequest: GraphRequest = {
      method: request.method,
      url: request.url,
      headers: plainHeaders(request),
      body: Buffer.isBuffer(request.body) ? request.body : new Uint8Array(),
      base: forwarded === undefined ? `http://${request.header('host') ?? ''}` : `https://${forwarded}`,
      caller: who.editor,
      app: who.app,
    };
    if (request.method === 'POST' && request.path === '/$batch') return answerBatch(graphRequest, answer);
    return answer(graphRequest);
  }

  return (request, response, next) => {
    serve(request, response).catch(next);
  };
}

function plainHeaders(request: Request): Record<string, string | undefined> {
  return Object.fromEntries(
    Object.entries(request.headers).map(([name, value]) => [name, Array.isArray(value) ? value.join(', ') : value]),
  );
}

function failed(fault: Extract<RequestFault, { kind: 'status' | 'statusAfterCommit' }>): GraphResponse {
  const codes: Readonly<Record<number, string>> = {
    401: 'unauthenticated',
    403: 'accessDenied',
    404: 'itemNotFound',
    409: 'resourceModified',
    410: 'resyncChangesApplyDifferences',
    412: 'resourceModified',
    429: 'activityLimitReached',
    503: 'serviceNotAvailable',
  };
  const retryAfter = fault.kind === 'status' ? fault.retryAfter : undefined;
  const code = (fault.kind === 'status' ? fault.code : undefined) ?? codes[fault.status] ?? 'generalException';
  return answerFailure(
    new GraphFailure(fault.status, code, 'A scripted fault of the local Microsoft 365.', {
      headers: retryAfter === undefined ? {} : { 'Retry-After': String(retryAfter) },
    }),
  );
}

function send(response: Response, answer: GraphResponse): void {
  const requestId = randomUUID();
  response.status(answer.status);
  // Not by express's set(), which adds a charset to every type of text.
  for (const [name, value] of Object.entries({
    'request-id': requestId,
    'client-request-id': requestId,
    ...answer.headers,
  }))
    response.setHeader(name, value);
  if (answer.bytes) response.end(Buffer.from(answer.bytes));
  else if (answer.body === undefined) response.end();
  else response.json(answer.body);
}

/** Faults of the local Microsoft 365 itself: said on its own terminal, never in an answer. */
function report(error: unknown): void {
  process.stderr.write(
    `local Microsoft 365: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`,
  );
}
