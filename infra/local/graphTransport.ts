// Carries Graph requests between HTTP and their handlers: tokens, faults, latency, throttling, batches.
import { setTimeout as sleep } from 'node:timers/promises';
import type { Request, RequestHandler, Response } from 'express';
import { answerBatch } from './batch';
import { createCallRecord } from './callRecord';
import { cut, failed, sendAnswer } from './faultAnswers';
import type { Failure, Faults, Shaping } from './faults';
import { answerFailure, matchOperation, type GraphRequest, type GraphResponse, type Operation } from './graph';
import { GraphFailure } from './graphError';
import { graphDeltaOperations } from './graphDelta';
import { graphItemsOperations } from './graphItems';
import { graphListsOperations, systemEditor } from './graphLists';
import { graphPeopleOperations } from './graphPeople';
import { isUploadAddress } from './graphUploads';
import type { GraphCaller, Identity } from './identity';
import { checkAccess } from './permissions';
import type { Tenant } from './tenant';
import type { Meter } from './throttle';

interface Settings {
  readonly tenant: Tenant;
  readonly identity: Identity;
  readonly faults: Faults;
  readonly latencyMs: number;
  /** Operations beside those of lists and people. */
  readonly more: readonly Operation[];
  readonly meter: Meter;
  readonly observe?: Observer | undefined;
}

/** One answer of an operation, parts of batches included; `pattern` is empty when no operation was found. */
export interface Observed {
  readonly method: string;
  readonly url: string;
  readonly pattern: string;
  readonly answer: GraphResponse;
}
export type Observer = (seen: Observed) => void;

/** Whoever holds the address of an upload; its session knows who opened it. */
const uploader: GraphCaller = { editor: systemEditor, app: 'upload', access: 'none', rights: [] };

export function createGraphTransport(settings: Settings): RequestHandler {
  const { tenant, identity, faults, latencyMs, meter } = settings;
  const record = createCallRecord();
  const operations: readonly Operation[] = [
    ...graphListsOperations(tenant),
    ...graphDeltaOperations(tenant),
    ...graphItemsOperations(tenant),
    ...graphPeopleOperations(tenant),
    ...settings.more,
  ];

  /** One Graph call, by itself or as a part of a batch. */
  async function answer(request: GraphRequest, failure: Failure | undefined): Promise<GraphResponse> {
    let pattern = '';
    const seen = (given: GraphResponse): GraphResponse => {
      settings.observe?.({ method: request.method, url: request.url, pattern, answer: given });
      return given;
    };
    try {
      const { operation, call } = matchOperation(operations, request);
      pattern = operation.pattern;
      record({ method: request.method, pattern, agent: request.agent });
      const units = typeof operation.units === 'number' ? operation.units : operation.units(call);
      const limits = meter.spend(request.app, units);
      if (failure?.kind === 'status') return failed(failure);
      checkAccess(operation.method, operation.pattern, request);
      const response = await operation.handle(call);
      const given = seen({ ...response, headers: { ...limits, ...response.headers } });
      return failure?.kind === 'statusAfterCommit' ? failed(failure) : given;
    } catch (error) {
      if (!(error instanceof GraphFailure)) report(error);
      return seen(answerFailure(error));
    }
  }

  async function answerPart(request: GraphRequest): Promise<GraphResponse> {
    const { method, url } = request;
    const { failure, shaping } = faults.take({ method, path: `/v1.0${url}`, isPart: true });
    if (failure?.kind === 'delay') await sleep(failure.ms);
    return answer({ ...request, ...(shaping ? { shaping } : {}) }, failure);
  }

  async function serve(request: Request, response: Response): Promise<void> {
    const asked = { method: request.method, path: request.originalUrl, isPart: false };
    const { failure, shaping } = faults.take(asked);
    if (latencyMs > 0) await sleep(latencyMs);
    if (failure?.kind === 'delay') await sleep(failure.ms);
    if (failure?.kind === 'reset' && !failure.afterCommit && !failure.midBody) return cut(response);
    const done = await answerAll(request, failure, shaping);
    await sendAnswer(response, done, failure);
  }

  async function answerAll(
    request: Request,
    failure: Failure | undefined,
    shaping: Shaping | undefined,
  ): Promise<GraphResponse> {
    const who = isUploadAddress(request.path) ? uploader : identity.caller(request.header('authorization'));
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
      access: who.access,
      rights: who.rights,
      agent: request.header('user-agent') ?? '',
      ...(shaping ? { shaping } : {}),
    };
    if (request.method !== 'POST' || request.path !== '/$batch') return answer(graphRequest, failure);
    if (failure?.kind === 'status') return failed(failure);
    record({ method: 'POST', pattern: '$batch', agent: graphRequest.agent });
    const done = await answerBatch(graphRequest, answerPart);
    settings.observe?.({ method: 'POST', url: request.url, pattern: '$batch', answer: done });
    return failure?.kind === 'statusAfterCommit' ? failed(failure) : done;
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

/** Faults of the local Microsoft 365 itself: said on its own terminal, never in an answer. */
function report(error: unknown): void {
  process.stderr.write(
    `local Microsoft 365: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`,
  );
}
