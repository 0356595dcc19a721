// A local Microsoft 365 for one test file, and a client that checks the shape of every answer it gets.
import { startLocal, type LocalMicrosoft365, type LocalOptions } from '../../../infra/local/server';
import { expectGraph } from '../../fixtures/graph/expectGraph';
import { watchAnswers } from '../../fixtures/graph/watchAnswers';

// Starting and seeding takes a second alone, and many times that beside other work.
jest.setTimeout(30_000);

export const tenantId = '33333333-3333-3333-3333-333333333333';
export const sitePath = '/sites/hertland.sharepoint.example:/sites/send-board';

export type Body = Readonly<Record<string, unknown>>;

export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly body: Body;
}

export interface Ask {
  readonly method?: string;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
  /** The definition of the strict schema that a good answer must have, `site[]` for each value; none: no body. */
  readonly shape?: string;
}

export interface GraphUnderTest {
  readonly local: LocalMicrosoft365;
  readonly token: string;
  /** Asks Graph at a path or an absolute link; failures are checked against Graph's error form. */
  ask(path: string, ask?: Ask): Promise<Answer>;
  /** The rows of a collection, following links to the last page. */
  all(path: string, shape: string): Promise<readonly Body[]>;
  list(name: string): string;
}

export async function tokenOf(url: string, form: Readonly<Record<string, string>>): Promise<Answer> {
  const response = await fetch(`${url}/${tenantId}/oauth2/v2.0/token`, {
    method: 'POST',
    body: new URLSearchParams(form),
  });
  return { status: response.status, headers: response.headers, body: objectOf(await response.json()) };
}

export async function startGraph(options: Partial<LocalOptions> = {}): Promise<GraphUnderTest> {
  const local = await startLocal({ port: 0, observe: watchAnswers, ...options });
  return graphOf(local);
}

export async function graphOf(local: LocalMicrosoft365): Promise<GraphUnderTest> {
  const form = { grant_type: 'client_credentials', client_id: 'local', client_secret: 'local' };
  const token = String((await tokenOf(local.url, form)).body['access_token']);

  async function ask(path: string, given: Ask = {}): Promise<Answer> {
    const isJson = given.body !== undefined && !(given.body instanceof Uint8Array);
    const response = await fetch(path.startsWith('http') ? path : `${local.url}/v1.0${path}`, {
      method: given.method ?? 'GET',
      headers: {
        authorization: `Bearer ${token}`,
        ...(isJson ? { 'content-type': 'application/json' } : {}),
        ...given.headers,
      },
      ...(given.body === undefined ? {} : { body: isJson ? JSON.stringify(given.body) : bytesOf(given.body) }),
    });
    const text = await response.text();
    const body = text === '' ? {} : objectOf(JSON.parse(text));
    if (response.status >= 400) expectGraph('ODataError', body);
    else if (given.shape?.endsWith('[]') === true)
      for (const one of valuesOf(body)) expectGraph(given.shape.slice(0, -2), one);
    else if (given.shape !== undefined) expectGraph(given.shape, body);
    const isBare = response.status < 400 && given.shape === undefined;
    expect(isBare ? text : '').toBe('');
    return { status: response.status, headers: response.headers, body };
  }

  async function all(path: string, shape: string): Promise<readonly Body[]> {
    const rows: Body[] = [];
    let next: string | undefined = path;
    while (next !== undefined) {
      const { status, body }: Answer = await ask(next, { shape });
      expect(status).toBe(200);
      rows.push(...valuesOf(body));
      const link = body['@odata.nextLink'];
      next = typeof link === 'string' ? link : undefined;
    }
    return rows;
  }

  return { local, token, ask, all, list: (name) => `${sitePath}:/lists/${encodeURIComponent(name)}` };
}

function bytesOf(body: unknown): Uint8Array<ArrayBuffer> {
  return body instanceof Uint8Array ? new Uint8Array(body) : new Uint8Array();
}

export function objectOf(value: unknown): Body {
  return typeof value === 'object' && value !== null ? Object.fromEntries(Object.entries(value)) : {};
}

export function valuesOf(body: Body): readonly Body[] {
  const value = body['value'];
  return Array.isArray(value) ? value.map(objectOf) : [];
}

export function fieldsOf(item: Body | undefined): Body {
  return objectOf(item?.['fields']);
}

/** `error.code` of a failure. */
export function codeOf(answer: Answer): unknown {
  return objectOf(answer.body['error'])['code'];
}

export function messageOf(answer: Answer): string {
  return String(objectOf(answer.body['error'])['message']);
}
