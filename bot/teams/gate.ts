// Who may post activities: size, JSON, shape, channel, serviceUrl and token are checked before botbuilder sees anything.
import type { IncomingHttpHeaders, IncomingMessage } from 'node:http';
import { z } from 'zod';
import { isAllowedService, isPlaygroundUrl } from './config';
import type { TeamsConfig } from './config';

export const bodyLimitBytes = 256 * 1024;
const deepest = 20;
const bodyDeadlineMs = 10_000;

/** An activity whose envelope is known; what is inside is read where it is used. */
const envelope = z.looseObject({
  type: z.string().min(1).max(100),
  id: z.string().max(500).optional(),
  channelId: z.string().max(100),
  serviceUrl: z.string().min(1).max(1000),
  from: z.looseObject({ id: z.string().min(1).max(500), aadObjectId: z.string().max(100).optional() }),
  recipient: z.looseObject({ id: z.string().min(1).max(500) }),
  conversation: z.looseObject({
    id: z.string().min(1).max(1000),
    conversationType: z.string().max(100).optional(),
    tenantId: z.string().max(100).nullish(),
  }),
  channelData: z.looseObject({ tenant: z.looseObject({ id: z.string().max(100).nullish() }).nullish() }).nullish(),
  text: z.string().max(30_000).nullish(),
  name: z.string().max(200).optional(),
  deliveryMode: z.literal('normal').nullish(),
});
export type IncomingActivity = z.infer<typeof envelope>;

export type GateDecision =
  | { readonly kind: 'passed'; readonly activity: IncomingActivity; readonly authorization: string }
  | { readonly kind: 'refused'; readonly status: number; readonly why: string };

export interface GateRequest {
  readonly headers: IncomingHttpHeaders;
  /** The peer's address, not what a header says. */
  readonly remoteAddress: string | undefined;
  readonly body: unknown;
}

/** What is wrong with a request before its body is read; undefined: nothing. */
export function headProblem(request: IncomingMessage): { readonly status: number; readonly why: string } | undefined {
  if (request.method !== 'POST') return { status: 405, why: 'only POST is answered here' };
  const mediaType = (request.headers['content-type'] ?? '').split(';')[0]?.trim().toLowerCase();
  return mediaType === 'application/json' ? undefined : { status: 415, why: 'the body must be application/json' };
}

/** Decides whether an activity may go on to botbuilder, which then checks the token's signature. */
export function admit(config: TeamsConfig, request: GateRequest, now: Date): GateDecision {
  if (isTooDeep(request.body, deepest)) return refused(400, 'the body is nested too deeply');
  const read = envelope.safeParse(request.body);
  if (!read.success) return refused(400, 'the body is not an activity');
  const activity = read.data;
  if (activity.channelId !== 'msteams') return refused(403, 'this channel is not served');
  if (!isAllowedService(config, activity.serviceUrl)) return refused(403, 'this service address is not served');
  if (isForeign(config, activity)) return refused(403, 'this tenant is not served');
  const authorization = request.headers.authorization ?? '';
  if (isPlaygroundUrl(config, activity.serviceUrl)) {
    if (!isLoopback(request.remoteAddress)) return refused(403, 'the Playground speaks from this computer alone');
    // The Playground sends no token; local mode has no app id, so none is looked at.
    return { kind: 'passed', activity, authorization: '' };
  }
  const problem = tokenProblem(config, authorization, activity.serviceUrl, now);
  return problem === undefined ? { kind: 'passed', activity, authorization } : refused(401, problem);
}

/** Reads a request's JSON body under a limit of size and time; a body that a framework already read is taken as it is. */
export async function readBody(
  request: IncomingMessage & { readonly body?: unknown },
): Promise<{ readonly body: unknown } | { readonly status: number; readonly why: string }> {
  if (request.body !== undefined) return { body: request.body };
  const announced = Number(request.headers['content-length'] ?? 0);
  if (announced > bodyLimitBytes) return { status: 413, why: 'the body is too large' };
  const chunks: Buffer[] = [];
  let bytes = 0;
  const deadline = setTimeout(() => request.destroy(), bodyDeadlineMs);
  try {
    for await (const chunk of request) {
      const part: unknown = chunk;
      if (!Buffer.isBuffer(part)) return { status: 400, why: 'the body cannot be read' };
      bytes += part.length;
      if (bytes > bodyLimitBytes) return { status: 413, why: 'the body is too large' };
      chunks.push(part);
    }
  } catch {
    return { status: 400, why: 'the body did not arrive whole' };
  } finally {
    clearTimeout(deadline);
  }
  return parseJson(Buffer.concat(chunks).toString('utf8'));
}

function parseJson(text: string): { readonly body: unknown } | { readonly status: number; readonly why: string } {
  try {
    const body: unknown = JSON.parse(text);
    return { body };
  } catch {
    return { status: 400, why: 'the body is not JSON' };
  }
}

/** The channel's token names no tenant; where the activity does, it must be ours. */
function isForeign({ tenantId }: TeamsConfig, { conversation, channelData }: IncomingActivity): boolean {
  const named = [conversation.tenantId, channelData?.tenant?.id].filter((one) => typeof one === 'string');
  return tenantId !== undefined && named.some((one) => one.toLowerCase() !== tenantId.toLowerCase());
}

function refused(status: number, why: string): GateDecision {
  return { kind: 'refused', status, why };
}

function isLoopback(address: string | undefined): boolean {
  return address === '127.0.0.1' || address === '::1' || address === '::ffff:127.0.0.1';
}

function isTooDeep(value: unknown, left: number): boolean {
  if (typeof value !== 'object' || value === null) return false;
  return left === 0 || Object.values(value).some((inner) => isTooDeep(inner, left - 1));
}

const skewSeconds = 300;
const header = z.looseObject({ alg: z.literal('RS256') });
const claims = z.looseObject({
  iss: z.string(),
  aud: z.string(),
  exp: z.number(),
  nbf: z.number().optional(),
  serviceurl: z.string(),
});

/**
 * Why a token cannot be one of the channel; undefined when it may be. It keeps botbuilder's other ways shut
 * (emulator and skill tokens, which it accepts without comparing the serviceUrl); the signature is left to it.
 */
function tokenProblem(config: TeamsConfig, authorization: string, serviceUrl: string, now: Date): string | undefined {
  const parts = /^Bearer ([\w-]+)\.([\w-]+)\.([\w-]+)$/.exec(authorization);
  if (!parts || !config.appId) return 'a token of the channel is needed';
  const head = header.safeParse(decoded(parts[1]));
  const body = claims.safeParse(decoded(parts[2]));
  if (!head.success || !body.success) return 'the token is not one of the channel';
  const token = body.data;
  const seconds = now.getTime() / 1000;
  if (token.iss !== (config.channel?.tokenIssuer ?? 'https://api.botframework.com'))
    return 'the token has another issuer';
  if (token.aud !== config.appId) return 'the token is for another app';
  if (token.exp < seconds - skewSeconds) return 'the token has expired';
  if (token.nbf !== undefined && token.nbf > seconds + skewSeconds) return 'the token is not valid yet';
  if (token.serviceurl !== serviceUrl) return 'the token is for another service address';
  return undefined;
}

function decoded(part: string | undefined): unknown {
  const read = parseJson(Buffer.from(part ?? '', 'base64url').toString('utf8'));
  return 'body' in read ? read.body : undefined;
}
