// Signs in as a sample person at the local issuer; assembled in local mode alone.
import { z } from 'zod';
import { UpstreamError } from '../errors';

const tokenAnswer = z.object({ access_token: z.string(), expires_in: z.coerce.number().int().positive() });

/** Undefined when the issuer knows nobody of this ref. Throws UpstreamError. */
export function createLocalSignIn(settings: { readonly tokenUrl: string; readonly clientId: string }) {
  return async (as: string): Promise<{ accessToken: string; expiresInSeconds: number } | undefined> => {
    const form = new URLSearchParams({
      grant_type: 'password',
      client_id: settings.clientId,
      username: as,
      // The local issuer asks for none: it runs on this computer with invented people.
      password: '',
      scope: 'access_as_user',
    });
    const answer = await fetch(settings.tokenUrl, {
      method: 'POST',
      body: form,
      signal: AbortSignal.timeout(5000),
    }).catch((cause: unknown) => {
      throw new UpstreamError('the local sign-in', 'The local issuer did not answer.', { cause });
    });
    if (answer.status >= 400 && answer.status < 500) return undefined;
    const parsed = answer.ok ? tokenAnswer.safeParse(await answer.json()) : undefined;
    if (!parsed?.success)
      throw new UpstreamError('the local sign-in', 'The local issuer gave no token.', { status: answer.status });
    return { accessToken: parsed.data.access_token, expiresInSeconds: parsed.data.expires_in };
  };
}
