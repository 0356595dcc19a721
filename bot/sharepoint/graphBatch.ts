// Many Graph requests in one round trip: batches of twenty sent together, each part with an answer of its own.
import { z } from 'zod';
import { UpstreamError } from '../errors';
import type { KnownError } from '../errors';
import type { Logger } from '../logger';
import { errorOf, graphService } from './graphErrors';
import { absolute } from './graphSteps';
import type { GraphTiming, Method, RequestLine } from './graphSteps';
import { waitBeforeRetryMs } from './retryRule';
import type { RetryLimits } from './retryRule';

export interface BatchPart {
  readonly path: string;
  /** GET when absent. */
  readonly method?: Method;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

/** What became of one part: `body` of a part that went well, else what went wrong in our words. */
export type BatchAnswer =
  | { readonly ok: true; readonly status: number; readonly headers: Headers; readonly body: unknown }
  | { readonly ok: false; readonly status: number; readonly headers: Headers; readonly error: KnownError };

export interface BatchWays {
  exchange(lines: readonly RequestLine[], body: unknown): Promise<unknown>;
  /** Told what each part says about limits: every part is throttled by itself. */
  heed(status: number, headers: Headers): void;
  readonly limits: RetryLimits;
  readonly timing: GraphTiming;
  readonly logger: Logger;
}

// Source: docs of JSON batching, Microsoft Graph v1.0.
const mostParts = 20;

interface Asked {
  readonly at: number;
  readonly part: BatchPart;
  readonly line: RequestLine;
}

/** The answers in the order of the parts. Throws when a batch as a whole fails, or leaves a part without an answer. */
export async function sendBatch(parts: readonly BatchPart[], ways: BatchWays): Promise<readonly BatchAnswer[]> {
  const answers = new Map<number, BatchAnswer>();
  const startedMs = ways.timing.now();
  let open = parts.map((part, at): Asked => ({
    at,
    part,
    line: { method: part.method ?? 'GET', url: absolute(part.path) },
  }));
  for (let attempt = 1; open.length > 0; attempt += 1) {
    const groups = Array.from({ length: Math.ceil(open.length / mostParts) }, (_, group) =>
      open.slice(group * mostParts, (group + 1) * mostParts),
    );
    const rounds = await Promise.all(groups.map((group) => exchange(group, ways)));
    const waits: number[] = [];
    const again: Asked[] = [];
    for (const { asked, answer, headers } of rounds.flat()) {
      ways.heed(answer.status, headers);
      const waitMs = asked.line.method === 'GET' ? waitOf(answer, attempt, startedMs, ways) : undefined;
      answers.set(asked.at, answer);
      if (waitMs === undefined) continue;
      waits.push(waitMs);
      again.push(asked);
    }
    open = again;
    if (open.length === 0) break;
    const waitMs = Math.max(...waits);
    ways.logger.warn('graph.retryParts', { attempt, waitMs, parts: open.length });
    await ways.timing.wait(waitMs);
  }
  return parts.map((part, at) => {
    const answer = answers.get(at);
    if (answer) return answer;
    throw new UpstreamError(graphService, `A batch left ${part.path} without an answer.`);
  });
}

function waitOf(answer: BatchAnswer, attempt: number, startedMs: number, ways: BatchWays): number | undefined {
  if (answer.ok) return undefined;
  const nowMs = ways.timing.now();
  const { status, headers } = answer;
  const result = { method: 'GET', status, headers, attempt, elapsedMs: nowMs - startedMs, nowMs };
  return waitBeforeRetryMs({ ...result, random: ways.timing.random() }, ways.limits);
}

const batchAnswer = z.object({
  responses: z.array(
    z.object({
      id: z.string(),
      status: z.int(),
      headers: z.record(z.string(), z.string()).optional(),
      body: z.unknown().optional(),
    }),
  ),
});

async function exchange(group: readonly Asked[], ways: BatchWays) {
  const requests = group.map(({ part, line }, at) => ({
    id: String(at),
    method: line.method,
    url: line.url.pathname.slice('/v1.0'.length) + line.url.search,
    ...headersOf(part),
    ...(part.body === undefined ? {} : { body: part.body }),
  }));
  const lines = group.map((one) => one.line);
  const mayHaveHappened = lines.some((one) => one.method !== 'GET');
  const parsed = batchAnswer.safeParse(await ways.exchange(lines, { requests }));
  if (!parsed.success) {
    throw new UpstreamError(graphService, 'The answer to a batch has not the expected form.', { mayHaveHappened });
  }
  // In any order: each is known by its id.
  const byId = new Map(parsed.data.responses.map((one) => [one.id, one]));
  return Promise.all(
    group.map(async (asked, at) => {
      const response = byId.get(String(at));
      if (!response) {
        throw new UpstreamError(graphService, 'A batch left a part without an answer.', { mayHaveHappened });
      }
      const headers = new Headers(response.headers);
      const { status, body } = response;
      if (status < 400) {
        const answer: BatchAnswer = { ok: true, status, headers, body };
        return { asked, answer, headers };
      }
      const said = new Response(JSON.stringify(body ?? ''), { status, headers });
      const error = await errorOf(said, asked.line.method, asked.line.url, '', ways.timing.now());
      const answer: BatchAnswer = { ok: false, status, headers, error };
      return { asked, answer, headers };
    }),
  );
}

function headersOf(part: BatchPart): { headers?: Readonly<Record<string, string>> } {
  const type = part.body === undefined ? {} : { 'Content-Type': 'application/json' };
  const headers = { ...type, ...part.headers };
  return Object.keys(headers).length === 0 ? {} : { headers };
}
