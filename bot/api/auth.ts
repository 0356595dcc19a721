// Turns a bearer token into the caller: signature, issuer, audience, tenant, times, scope and client are all checked.
import { z } from 'zod';
import { NotAuthorisedError, UpstreamError } from '../errors';

/** Who calls, proved by the token; never taken from what Teams or the tab says. */
export interface Caller {
  readonly entraObjectId: string;
  readonly tenantId: string;
}

/** Throws NotAuthorisedError for a token that does not hold, UpstreamError when the keys cannot be read. */
export type Authenticate = (authorizationHeader: string | undefined) => Promise<Caller>;

/** The clients that show the tab. Source: learn.microsoft.com, "Configure tab app with Entra ID" and "Extend a tab across Microsoft 365". */
export const teamsClientIds = [
  // Teams: desktop and mobile, web.
  '1fec8e78-bce4-4aaf-ab1b-5451cc387264',
  '5e3ce6c0-2b1f-4285-8d4b-75ee78787346',
  // Microsoft 365: web, desktop.
  '4765445b-32c6-49b0-83e6-1d93765276ca',
  '0ec893e0-5785-4de6-99da-4ed124e5296c',
  // Outlook: desktop, web.
  'd3590ed6-52b3-4102-aeff-aad2292ab01c',
  'bc59ab01-8403-45c6-8796-ac3ef710b3e3',
] as const;

export interface AuthSettings {
  readonly tenantId: string;
  readonly issuer: string;
  readonly jwksUrl: string;
  /** A v2 token names the app id, a v1 token its URI. */
  readonly audiences: readonly string[];
  readonly clientIds: readonly string[];
}

const clockToleranceSeconds = 60;
const keysTimeoutMs = 5000;
/** Keys older than this are read again by the next token. */
const keysStaleAfterMs = 10 * 60_000;
/** A token that names an unknown key makes us look again, but not more often than this, whatever is sent. */
const unknownKeyAgainAfterMs = 30_000;
/** After a reading that failed the address is left alone for so long; jose by itself asks again with every token. */
const failedAgainAfterMs = 5000;

const claims = z.object({
  oid: z.guid(),
  tid: z.guid(),
  scp: z.string(),
  azp: z.string(),
});

export function createAuthenticate(settings: AuthSettings): Authenticate {
  // jose is published as ES modules alone: loaded once, when first needed.
  let verifier: Promise<(token: string) => Promise<unknown>> | undefined;
  const load = async () => {
    const { createRemoteJWKSet, customFetch, jwtVerify } = await import('jose');
    const keys = createRemoteJWKSet(new URL(settings.jwksUrl), {
      timeoutDuration: keysTimeoutMs,
      cacheMaxAge: keysStaleAfterMs,
      cooldownDuration: unknownKeyAgainAfterMs,
      [customFetch]: patientFetch(),
    });
    return async (token: string): Promise<unknown> => {
      const verified = await jwtVerify(token, keys, {
        algorithms: ['RS256'],
        issuer: settings.issuer,
        audience: [...settings.audiences],
        clockTolerance: clockToleranceSeconds,
        requiredClaims: ['exp', 'iat'],
      });
      return verified.payload;
    };
  };

  return async (header) => {
    const token = /^Bearer ([\w-]+\.[\w-]+\.[\w-]+)$/i.exec(header ?? '')?.[1];
    if (token === undefined) throw new NotAuthorisedError('There is no bearer token.', 'unknownCaller');
    verifier ??= load();
    const verify = await verifier;
    const payload = await verify(token).catch((cause: unknown) => {
      if (cause instanceof UpstreamError) throw cause;
      throw isRefusal(cause)
        ? new NotAuthorisedError('The token does not hold.', 'unknownCaller', { cause })
        : new UpstreamError('Entra', 'The signing keys could not be read.', { cause });
    });
    const parsed = claims.safeParse(payload);
    if (!parsed.success) throw new NotAuthorisedError('The token lacks a claim.', 'unknownCaller');
    const { oid, tid, scp, azp } = parsed.data;
    if (tid !== settings.tenantId) throw new NotAuthorisedError('The token is of another tenant.', 'unknownCaller');
    if (!scp.split(' ').includes('access_as_user'))
      throw new NotAuthorisedError('The token is not for acting as a user.', 'unknownCaller');
    if (!settings.clientIds.includes(azp))
      throw new NotAuthorisedError('The token was issued to another client.', 'unknownCaller');
    return { entraObjectId: oid.toLowerCase(), tenantId: tid };
  };
}

/** Reads the keys; what went wrong is said again, without asking, until a moment has passed. Throws UpstreamError. */
function patientFetch(): (url: string, init: RequestInit) => Promise<Response> {
  let failed: { readonly error: UpstreamError; readonly atMs: number } | undefined;
  return async (url, init) => {
    if (failed && Date.now() < failed.atMs + failedAgainAfterMs) throw failed.error;
    try {
      const response = await fetch(url, init);
      const keys: unknown = await response.json();
      if (!response.ok) throw new UpstreamError('Entra', 'The keys were refused.', { status: response.status });
      failed = undefined;
      return Response.json(keys);
    } catch (cause) {
      const error = new UpstreamError('Entra', 'The signing keys could not be read.', { cause });
      failed = { error, atMs: Date.now() };
      throw error;
    }
  };
}

/** jose marks what is wrong with the token by these codes; all else is a failure to read the keys. */
function isRefusal(cause: unknown): boolean {
  const code = cause instanceof Error && 'code' in cause ? String(cause.code) : '';
  return /^ERR_(JWT|JWS)_|^ERR_JWKS_(NO|MULTIPLE)_MATCHING|^ERR_JOSE_(ALG_NOT_ALLOWED|NOT_SUPPORTED)$/.test(code);
}
