// Takes a Graph request to its handler: addresses with colons, the table of operations, failures in Graph's form.
import { randomUUID } from 'node:crypto';
import type { Shaping } from './faults';
import { failureBody, GraphFailure, invalidRequest } from './graphError';
import type { SiteAccess } from './permissions';
import type { Editor } from './records';

export interface GraphRequest {
  readonly method: string;
  /** After `/v1.0`, still encoded, with its query. */
  readonly url: string;
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly body: Uint8Array;
  /** The origin that links in answers carry. */
  readonly base: string;
  readonly caller: Editor;
  /** The application of the token, whoever signed in through it. */
  readonly app: string;
  /** What the token may do in the site. */
  readonly access: SiteAccess;
  /** The permissions of the token by name. */
  readonly rights: readonly string[];
  /** The program that asks, as it calls itself; of a batch for all its parts. */
  readonly agent: string;
  /** A scripted oddity of the answer. */
  readonly shaping?: Shaping;
}

export interface GraphResponse {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  /** JSON; absent for an empty answer. */
  readonly body?: unknown;
  readonly bytes?: Uint8Array;
}

/** What a handler gets: the names of its pattern filled in. */
export interface GraphCall {
  readonly request: GraphRequest;
  readonly params: Readonly<Record<string, string>>;
  readonly query: URLSearchParams;
  param(name: string): string;
  /** The JSON body; refuses anything else. */
  json(): unknown;
  header(name: string): string | undefined;
}

export type GraphHandler = (call: GraphCall) => Promise<GraphResponse> | GraphResponse;

export interface Operation {
  readonly method: string;
  /** Segments; `:name` takes one; `root:` takes a path inside a drive. */
  readonly pattern: string;
  /** Resource units the real service would count; see throttle.ts. */
  readonly units: number | ((call: GraphCall) => number);
  readonly handle: GraphHandler;
}

export interface Matched {
  readonly operation: Operation;
  readonly call: GraphCall;
}

/** Finds the operation of a request; a 501 names what is not part of the local Microsoft 365. */
export function matchOperation(operations: readonly Operation[], request: GraphRequest): Matched {
  const [path = '', ...rest] = request.url.split('?');
  const segments = readSegments(path);
  for (const operation of operations) {
    if (operation.method !== request.method) continue;
    const params = matchPattern(operation.pattern.split('/'), segments);
    if (params) return { operation, call: createCall(request, params, new URLSearchParams(rest.join('?'))) };
  }
  throw new GraphFailure(
    501,
    'notSupported',
    `${request.method} ${path} is not part of the local Microsoft 365. It was not carried out.`,
  );
}

/** Segments with `host:/path` and `root:/path` taken as one each. */
export function readSegments(path: string): readonly string[] {
  const raw = path.split('/').filter((one) => one !== '');
  const segments: string[] = [];
  for (let i = 0; i < raw.length; i += 1) {
    let segment = decode(raw[i] ?? '');
    if (segment.endsWith(':')) {
      const inner: string[] = [];
      while (i + 1 < raw.length) {
        i += 1;
        const part = decode(raw[i] ?? '');
        if (part === ':') break;
        inner.push(part.replace(/:$/, ''));
        if (part.endsWith(':')) break;
      }
      segment = `${segment}/${inner.join('/')}`;
    }
    segments.push(segment);
  }
  return segments;
}

function decode(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch (error) {
    if (error instanceof URIError) throw invalidRequest('The address is not well formed.');
    throw error;
  }
}

function matchPattern(pattern: readonly string[], segments: readonly string[]): Record<string, string> | undefined {
  if (pattern.length !== segments.length) return undefined;
  const params: Record<string, string> = {};
  for (const [i, wanted] of pattern.entries()) {
    const segment = segments[i] ?? '';
    if (wanted === 'root:') {
      if (!segment.startsWith('root:/')) return undefined;
      params['path'] = segment.slice('root:/'.length);
    } else if (wanted.startsWith(':')) params[wanted.slice(1)] = segment;
    else if (wanted !== segment) return undefined;
  }
  return params;
}

function createCall(request: GraphRequest, params: Record<string, string>, query: URLSearchParams): GraphCall {
  return {
    request,
    params,
    query,
    param: (name) => params[name] ?? '',
    header: (name) => request.headers[name.toLowerCase()],
    json() {
      try {
        const parsed: unknown = JSON.parse(Buffer.from(request.body).toString('utf8'));
        return parsed;
      } catch (error) {
        if (error instanceof SyntaxError) throw invalidRequest('Unable to read JSON request payload.');
        throw error;
      }
    },
  };
}

/** The address of the request with other options, as links to further pages carry it. */
export function linkTo(call: GraphCall, changes: Readonly<Record<string, string>>): string {
  const query = new URLSearchParams(call.query);
  for (const name of ['$skiptoken', 'skiptoken', '$token', 'token']) query.delete(name);
  for (const [name, value] of Object.entries(changes)) query.set(name, value);
  const asked = query.size === 0 ? '' : `?${query.toString().replaceAll('+', '%20')}`;
  return `${call.request.base}/v1.0${call.request.url.split('?')[0] ?? ''}${asked}`;
}

/** The answer to a failure; anything that is not one of ours is a 500 without detail. */
export function answerFailure(error: unknown): GraphResponse {
  const requestId = randomUUID();
  const failure =
    error instanceof GraphFailure
      ? error
      : new GraphFailure(500, 'generalException', 'An unspecified error has occurred.');
  return {
    status: failure.status,
    headers: { ...failure.headers, 'request-id': requestId, 'client-request-id': requestId },
    body: failureBody(failure, requestId),
  };
}
