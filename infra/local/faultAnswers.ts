// Sends answers over HTTP, also as a failing network or gateway would: cut off, late, or without Graph's form.
import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Response } from 'express';
import type { Failure } from './faults';
import { answerFailure, type GraphResponse } from './graph';
import { GraphFailure } from './graphError';

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

/** The answer of a scripted status. */
export function failed(failure: Extract<Failure, { kind: 'status' | 'statusAfterCommit' }>): GraphResponse {
  const { status, retryAfter, body } = failure;
  const headers: Record<string, string> = retryAfter === undefined ? {} : { 'Retry-After': waitOf(retryAfter) };
  if (body === 'empty') return { status, headers };
  if (body === 'html') {
    const page = `<html><head><title>${status}</title></head><body>The service is unavailable.</body></html>`;
    return { status, headers: { ...headers, 'Content-Type': 'text/html' }, bytes: Buffer.from(page) };
  }
  const code = (failure.kind === 'status' ? failure.code : undefined) ?? codes[status] ?? 'generalException';
  return answerFailure(
    new GraphFailure(status, code, 'A scripted fault of the local Microsoft 365.', {
      headers,
      ...(code === 'activityLimitReached' ? { innerCode: 'throttledRequest' } : {}),
    }),
  );
}

/** An HTTP date has whole seconds: the next one, so that the wait is never shorter than asked for. */
function waitOf(retryAfter: string | number | { readonly dateInSeconds: number }): string {
  if (typeof retryAfter !== 'object') return String(retryAfter);
  const seconds = Math.ceil(Date.now() / 1000 + retryAfter.dateInSeconds);
  return new Date(seconds * 1000).toUTCString();
}

/** Sends an answer as a scripted failure lets it through. */
export async function sendAnswer(
  response: Response,
  answer: GraphResponse,
  failure: Failure | undefined,
): Promise<void> {
  const payload = payloadOf(answer);
  const half = Math.floor(payload.byteLength / 2);
  if (failure?.kind === 'reset') {
    if (failure.midBody) await writePart(response, answer, payload.subarray(0, half), payload.byteLength);
    return cut(response);
  }
  if (failure?.kind === 'truncate') {
    const kept = payload.subarray(0, Math.min(failure.keepBytes ?? half, payload.byteLength));
    if (failure.contentLength === 'cut') return end(response, answer, kept);
    await writePart(response, answer, kept, payload.byteLength);
    response.socket?.end();
    return;
  }
  if (failure?.kind === 'stall') {
    if (failure.midBody) await writePart(response, answer, payload.subarray(0, half), payload.byteLength);
    if (!(await waited(response, failure.ms))) return;
    if (failure.midBody) return void response.end(payload.subarray(half));
  }
  end(response, answer, payload);
}

function payloadOf(answer: GraphResponse): Buffer {
  if (answer.bytes) return Buffer.from(answer.bytes);
  return answer.body === undefined ? Buffer.alloc(0) : Buffer.from(JSON.stringify(answer.body));
}

function writeHead(response: Response, answer: GraphResponse, length: number): void {
  const requestId = randomUUID();
  response.status(answer.status);
  const isJson = answer.body !== undefined && !answer.bytes;
  // Not by express's set(), which adds a charset to every type of text.
  for (const [name, value] of Object.entries({
    'request-id': requestId,
    'client-request-id': requestId,
    ...(isJson ? { 'Content-Type': 'application/json; charset=utf-8' } : {}),
    ...(answer.status === 204 ? {} : { 'Content-Length': String(length) }),
    ...answer.headers,
  }))
    response.setHeader(name, value);
}

function end(response: Response, answer: GraphResponse, payload: Buffer): void {
  writeHead(response, answer, payload.byteLength);
  response.end(payload);
}

/** Resolves when the part is on its way. */
async function writePart(response: Response, answer: GraphResponse, part: Buffer, length: number): Promise<void> {
  writeHead(response, answer, length);
  response.flushHeaders();
  await new Promise<void>((resolve) => void response.write(part.byteLength === 0 ? ' ' : part, () => resolve()));
}

/** Ends the connection without a farewell, as a crashing machine does. */
export function cut(response: Response): void {
  response.socket?.resetAndDestroy();
}

/** False when the client left first. */
async function waited(response: Response, ms: number): Promise<boolean> {
  const left = new AbortController();
  const leave = (): void => left.abort();
  response.once('close', leave);
  try {
    await sleep(ms, undefined, { signal: left.signal });
    return true;
  } catch (error) {
    if (left.signal.aborted) return false;
    throw error;
  } finally {
    response.off('close', leave);
  }
}
