// JSON batches: up to twenty requests in one, in order of their dependencies, each answered on its own.
import { z } from 'zod';
import { answerFailure, type GraphRequest, type GraphResponse } from './graph';
import { GraphFailure, invalidRequest } from './graphError';
import { createRandom, shuffled } from './random';

const batchSchema = z.object({
  requests: z.array(
    z.object({
      id: z.string().min(1),
      method: z.enum(['GET', 'POST', 'PATCH', 'PUT', 'DELETE']),
      url: z.string().min(1),
      headers: z.record(z.string(), z.string()).optional(),
      body: z.unknown().optional(),
      dependsOn: z.array(z.string()).optional(),
    }),
  ),
});
type Part = z.infer<typeof batchSchema>['requests'][number];
const mostRequests = 20;

export async function answerBatch(
  whole: GraphRequest,
  answer: (request: GraphRequest) => Promise<GraphResponse>,
): Promise<GraphResponse> {
  try {
    const parts = readParts(whole.body);
    const isSequence = parts.some((part) => part.dependsOn !== undefined);
    const done = isSequence
      ? await answerInTurn(whole, parts, answer)
      : await Promise.all(parts.map((part) => answer(partRequest(whole, part))));
    const responses = parts.map((part, i) => partResponse(part.id, done[i]));
    const order = whole.shaping?.kind === 'batchOrder' ? whole.shaping : undefined;
    return {
      status: 200,
      body: { responses: order ? shuffled(responses, createRandom(String(order.seed))) : responses },
    };
  } catch (error) {
    if (error instanceof GraphFailure) return answerFailure(error);
    throw error;
  }
}

/** One after another; what depends on a failed one is not carried out. */
async function answerInTurn(
  whole: GraphRequest,
  parts: readonly Part[],
  answer: (request: GraphRequest) => Promise<GraphResponse>,
): Promise<readonly GraphResponse[]> {
  const done = new Map<string, GraphResponse>();
  for (const part of parts) {
    const failed = (part.dependsOn ?? []).some((id) => (done.get(id.toLowerCase())?.status ?? 424) >= 400);
    done.set(
      part.id.toLowerCase(),
      failed
        ? answerFailure(new GraphFailure(424, 'failedDependency', 'A request this one depends on failed.'))
        : await answer(partRequest(whole, part)),
    );
  }
  return [...done.values()];
}

function readParts(body: Uint8Array): readonly Part[] {
  let given: unknown;
  try {
    given = JSON.parse(Buffer.from(body).toString('utf8'));
  } catch (error) {
    if (error instanceof SyntaxError) throw invalidRequest('Unable to read JSON request payload.');
    throw error;
  }
  const parsed = batchSchema.safeParse(given);
  if (!parsed.success) throw invalidRequest('The batch is not well formed: each request needs id, method and url.');
  const parts = parsed.data.requests;
  if (parts.length === 0 || parts.length > mostRequests)
    throw invalidRequest(`A batch holds 1 to ${mostRequests} requests; this one holds ${parts.length}.`);
  const ids = parts.map((one) => one.id.toLowerCase());
  if (new Set(ids).size !== ids.length) throw invalidRequest('Each request of a batch needs an id of its own.');
  const isSequence = parts.some((part) => part.dependsOn !== undefined);
  for (const [i, part] of parts.entries()) {
    if (/^https?:/i.test(part.url)) throw invalidRequest('The url of a request in a batch is relative.');
    const earlier = ids.slice(0, i);
    if (part.dependsOn?.some((id) => !earlier.includes(id.toLowerCase())) === true)
      throw invalidRequest(`Request '${part.id}' depends on one that does not come before it.`);
    // Source: Graph, "Combine multiple requests using JSON batching": in sequence throughout, or in parallel.
    if (isSequence && i > 0 && (part.dependsOn ?? []).length === 0)
      throw invalidRequest(`Request '${part.id}' depends on none, while others of the batch depend on one another.`);
    const type = Object.keys(part.headers ?? {}).some((name) => name.toLowerCase() === 'content-type');
    if (part.body !== undefined && part.body !== null && !type)
      throw invalidRequest(`Request '${part.id}' has a body and needs a Content-Type header.`);
  }
  return parts;
}

function partRequest(whole: GraphRequest, part: Part): GraphRequest {
  const headers = Object.fromEntries(
    Object.entries(part.headers ?? {}).map(([name, value]) => [name.toLowerCase(), value]),
  );
  return {
    ...whole,
    method: part.method,
    url: part.url.startsWith('/') ? part.url : `/${part.url}`,
    headers,
    body: part.body === undefined ? new Uint8Array() : Buffer.from(JSON.stringify(part.body)),
  };
}

/** The JavaScript client reads `Content-Type` with exactly this spelling, and wants no body on a 204. */
function partResponse(id: string, response: GraphResponse | undefined): Record<string, unknown> {
  const status = response?.status ?? 500;
  const body = response?.bytes ? Buffer.from(response.bytes).toString('base64') : response?.body;
  const type = body === undefined || response?.bytes ? {} : { 'Content-Type': 'application/json' };
  return { id, status, headers: { ...type, ...response?.headers }, ...(body === undefined ? {} : { body }) };
}
