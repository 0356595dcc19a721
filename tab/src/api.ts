// The typed client of the contract: asks with a token, signs in again once when it ran out, parses every answer.
import type * as z from 'zod/mini';
import * as contract from '../../bot/api/contract';
import { createRiding } from './riding';

/** What went wrong, in words from the service; or in ours when the service could not be reached. */
export class ProblemError extends Error {
  readonly problem: contract.Problem;
  constructor(problem: contract.Problem) {
    super(problem.title);
    this.name = 'ProblemError';
    this.problem = problem;
  }
}

/** Gives a token; `renew` asks for a new one because the last was refused. */
export type TokenSource = (renew: boolean) => Promise<string>;

export interface Api {
  get<Schema extends z.ZodMiniType>(path: string, schema: Schema): Promise<z.output<Schema>>;
  /** Does something; what is asked twice is done once by the rules of its route. */
  post<Schema extends z.ZodMiniType>(path: string, body: object, schema: Schema): Promise<z.output<Schema>>;
  answer(request: contract.AnswerRequest): Promise<contract.AnswerResponse>;
  download(meetingRef: string, name: string): Promise<Blob>;
}

const answerWithinMs = 20_000;
/** What reads the whole site waits for the units of SharePoint's minute, 100 seconds at most. */
const siteAnswersWithinMs = 130_000;

/** `boardId` is the board whose views are asked for; the reader's first when absent. */
export function createApi(token: TokenSource, boardId?: string): Api {
  const riding = createRiding();

  async function ask(path: string, init: RequestInit = {}, known?: string): Promise<Response> {
    const first = await send(path, init, known ?? (await token(false)));
    return first.status === 401 ? send(path, init, await token(true)) : first;
  }

  async function getView(path: string): Promise<unknown> {
    const leave = riding.prepare();
    let along: ReturnType<typeof leave> = [];
    let reader: unknown;
    try {
      const known = await token(false).finally(() => (along = leave()));
      if (along.length === 0) return await bodyOf(await ask(ofBoard(path, boardId), {}, known));
      const body = await bodyOf(await ask(withQuery(ofBoard(path, boardId), 'reader=true'), {}, known));
      const both = fitting(body, contract.viewWithReader);
      reader = both.reader;
      return both.view;
    } finally {
      for (const one of along) one(reader);
    }
  }

  return {
    async get(path, schema) {
      if (!isView(path)) return parse(await ask(ofBoard(path, boardId)), schema);
      if (path !== '/me') return fitting(await getView(path), schema);
      const reader = await riding.reader();
      return reader === undefined ? parse(await ask(ofBoard(path, boardId)), schema) : fitting(reader, schema);
    },
    async post(path, body, schema) {
      return parse(await ask(path, posting(body)), schema);
    },
    async answer(request) {
      return parse(await ask('/answers', posting(request)), contract.answerResponse);
    },
    async download(meetingRef, name) {
      const path = `/log/${encodeURIComponent(meetingRef)}/${encodeURIComponent(name)}`;
      const answer = await ask(ofBoard(path, boardId));
      return answer.ok ? answer.blob() : parse(answer, contract.problem).then(() => new Blob());
    },
  };
}

/** What is under /boards/ is asked when somebody does something; a view is what a page shows. */
function isView(path: string): boolean {
  return !path.startsWith('/boards/');
}

/** Addresses under /boards/ name their board already. */
function ofBoard(path: string, boardId: string | undefined): string {
  return boardId === undefined || !isView(path) ? path : withQuery(path, `board=${encodeURIComponent(boardId)}`);
}

function withQuery(path: string, part: string): string {
  return `${path}${path.includes('?') ? '&' : '?'}${part}`;
}

/** What may be asked before anybody is signed in. */
export async function getConfig(): Promise<contract.ConfigResponse> {
  return parse(await send('/config', {}), contract.configResponse);
}

export async function signInAs(as: string): Promise<contract.SignInResponse> {
  return parse(await send('/local/sign-in', posting({ as })), contract.signInResponse);
}

function posting(body: object): RequestInit {
  return { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(body) };
}

async function send(path: string, init: RequestInit, token?: string): Promise<Response> {
  const headers = { ...init.headers, ...(token === undefined ? {} : { Authorization: `Bearer ${token}` }) };
  try {
    const withinMs = /^\/boards\/[^/]+\/settings\//.test(path) ? siteAnswersWithinMs : answerWithinMs;
    return await fetch(`/api/v1${path}`, { ...init, headers, signal: AbortSignal.timeout(withinMs) });
  } catch (cause) {
    throw unreachable(cause);
  }
}

function unreachable(cause: unknown): ProblemError {
  const isSlow = cause instanceof DOMException && cause.name === 'TimeoutError';
  return new ProblemError({
    type: 'urn:board-assistant:problem:unavailable',
    title: isSlow ? 'The service took too long to answer' : 'The service cannot be reached',
    status: 0,
    detail: 'Nothing is lost. Check the connection and try again in a minute.',
  });
}

async function parse<Schema extends z.ZodMiniType>(answer: Response, schema: Schema): Promise<z.output<Schema>> {
  return fitting(await bodyOf(answer), schema);
}

/** The body of an answer that is no problem. */
async function bodyOf(answer: Response): Promise<unknown> {
  const body: unknown = await answer.json().catch(() => undefined);
  if (answer.ok) return body;
  const problem = contract.problem.safeParse(body);
  throw new ProblemError(
    problem.success
      ? problem.data
      : {
          type: 'urn:board-assistant:problem:failed',
          title: 'The service did not answer as it should',
          status: answer.status,
          detail: 'Nothing is lost. Try again in a minute.',
        },
  );
}

function fitting<Schema extends z.ZodMiniType>(body: unknown, schema: Schema): z.output<Schema> {
  const parsed = schema.safeParse(body);
  if (parsed.success) return parsed.data;
  throw new ProblemError({
    type: 'urn:board-assistant:problem:failed',
    title: 'This page and the service do not fit together',
    status: 200,
    detail: 'The service was probably updated. Load the page again.',
  });
}
