// Signing in on another device: a short code is shown, a person enters it, and the program that waits gets their token.
import { randomBytes } from 'node:crypto';
import { Router, type Response } from 'express';
import { z } from 'zod';
import { readForm } from './forms';

/** By RFC 8628, and as MSAL sends it. */
export const deviceGrants = ['urn:ietf:params:oauth:grant-type:device_code', 'device_code'] as const;
const livesSeconds = 900;

interface Waiting {
  readonly clientId: string;
  readonly scope: string;
  readonly expiresAtMs: number;
  /** The person who entered the code. */
  username?: string;
}

/** Errors by the names of RFC 8628, section 3.5. */
export type Redeemed =
  | { readonly kind: 'signedIn'; readonly username: string; readonly clientId: string; readonly scope: string }
  | { readonly kind: 'refused'; readonly error: string; readonly description: string };

export interface DeviceCodes {
  readonly router: Router;
  /** Each code gives a token once. */
  redeem(deviceCode: string, clientId: string): Redeemed;
}

const started = z.object({ client_id: z.string(), scope: z.string() });
const entered = z.object({ user_code: z.string(), username: z.string() });

export function createDeviceCodes(origin: () => string): DeviceCodes {
  const waiting = new Map<string, Waiting>();
  const byUserCode = new Map<string, string>();

  const router = Router();
  router.post('/:tenant/oauth2/v2.0/devicecode', (request, response) => {
    const parsed = started.safeParse(readForm(request.body));
    if (!parsed.success) return refuse(response, 'invalid_request', 'AADSTS900144: client_id and scope are needed.');
    const deviceCode = randomBytes(24).toString('base64url');
    const userCode = randomBytes(5).toString('hex').slice(0, 9).toUpperCase();
    const { client_id: clientId, scope } = parsed.data;
    waiting.set(deviceCode, { clientId, scope, expiresAtMs: Date.now() + livesSeconds * 1000 });
    byUserCode.set(userCode, deviceCode);
    const address = `${origin()}/common/oauth2/deviceauth`;
    response.json({
      device_code: deviceCode,
      user_code: userCode,
      verification_uri: address,
      expires_in: livesSeconds,
      interval: 1,
      message: `To sign in, post user_code=${userCode} and username to ${address}.`,
    });
  });
  router.post('/common/oauth2/deviceauth', (request, response) => {
    const parsed = entered.safeParse(readForm(request.body));
    const deviceCode = parsed.success ? byUserCode.get(parsed.data.user_code) : undefined;
    const entry = deviceCode === undefined ? undefined : waiting.get(deviceCode);
    if (!parsed.success || !entry || entry.expiresAtMs <= Date.now())
      return refuse(response, 'invalid_grant', 'AADSTS70019: This code is not known, or it has run out.');
    entry.username = parsed.data.username;
    response.json({ signedIn: parsed.data.username });
  });

  function redeem(deviceCode: string, clientId: string): Redeemed {
    const entry = waiting.get(deviceCode);
    const refused = (error: string, description: string): Redeemed => ({ kind: 'refused', error, description });
    if (!entry || entry.clientId !== clientId)
      return refused('bad_verification_code', 'AADSTS70020: The device code is not known.');
    if (entry.expiresAtMs <= Date.now()) return refused('expired_token', 'AADSTS70019: The device code has run out.');
    if (entry.username === undefined)
      return refused('authorization_pending', 'AADSTS70016: Nobody has entered the code yet.');
    waiting.delete(deviceCode);
    return { kind: 'signedIn', username: entry.username, clientId, scope: entry.scope };
  }

  return { router, redeem };
}

function refuse(response: Response, error: string, description: string): void {
  response.status(400).json({ error, error_description: description, error_codes: [] });
}
