// The channel's signing keys: a new one is accepted after one reading, a withdrawn one forgotten, never a storm of readings.
import { createPublicKey } from 'node:crypto';
import { AuthenticationConstants } from 'botframework-connector';
import { JwtTokenExtractor } from 'botframework-connector/lib/auth/jwtTokenExtractor';
import type { IOpenIdMetadataKey } from 'botframework-connector/lib/auth/openIdMetadata';
import { z } from 'zod';
import { UpstreamError } from '../errors';

/** Keys older than this are read again by the next token. */
const staleAfterMs = 60 * 60_000;
/** While the channel's address is down, keys are believed for so long and no longer: as long as botbuilder believes any. */
const forgottenAfterMs = 24 * 60 * 60_000;
/** A token that names an unknown key makes us look again, but not more often than this, whatever is sent. */
const unknownAgainAfterMs = 30_000;
/** After a reading that failed the address is left alone for so long. */
const failedAgainAfterMs = 5_000;
const deadlineMs = 5_000;

const metadataShape = z.looseObject({ jwks_uri: z.url({ protocol: /^https?$/ }) });
const keysShape = z.looseObject({
  keys: z.array(
    z.looseObject({
      kid: z.string(),
      kty: z.string(),
      n: z.string().optional(),
      e: z.string().optional(),
      endorsements: z.array(z.string()).nullish(),
    }),
  ),
});

type Keys = ReadonlyMap<string, IOpenIdMetadataKey>;

/** What botbuilder asks of its reader of keys; it throws UpstreamError when no key can be known now. */
export interface ChannelKeys {
  getKey(keyId: string | undefined): Promise<IOpenIdMetadataKey | null>;
}

/**
 * botbuilder 4.23.3 reads the keys for itself: a new key is refused until an hour has passed, a withdrawn one is believed
 * for a day, and while the address is down each activity asks again, all at once and without a deadline. Its readers stand
 * in a static map, one for an address; ours takes that place. Not public API: a test of the whole door pins it.
 */
export function watchChannelKeys(metadataUrl = AuthenticationConstants.ToBotFromChannelOpenIdMetadataUrl): void {
  const { openIdMetadataCache } = readers.parse(JwtTokenExtractor);
  if (!isOurs(openIdMetadataCache.get(metadataUrl)))
    openIdMetadataCache.set(metadataUrl, createChannelKeys(metadataUrl));
}

const readers = z.custom<{ readonly openIdMetadataCache: Map<string, unknown> }>(
  (value) => typeof value === 'function' && 'openIdMetadataCache' in value && value.openIdMetadataCache instanceof Map,
);
const ours = new WeakSet<object>();

function isOurs(reader: unknown): boolean {
  return typeof reader === 'object' && reader !== null && ours.has(reader);
}

function createChannelKeys(metadataUrl: string): ChannelKeys {
  let known: { readonly keys: Keys; readonly readAtMs: number } | undefined;
  let failed: { readonly error: UpstreamError; readonly atMs: number } | undefined;
  let reading: Promise<Keys> | undefined;

  /** One reading at a time, which all who wait share; throws UpstreamError. */
  const read = async (): Promise<Keys> => {
    if (failed && Date.now() < failed.atMs + failedAgainAfterMs) throw failed.error;
    reading ??= readKeys(metadataUrl)
      .then(
        (keys) => {
          [known, failed] = [{ keys, readAtMs: Date.now() }, undefined];
          return keys;
        },
        (cause: unknown) => {
          const error = new UpstreamError('Bot Framework', 'The signing keys could not be read.', { cause });
          failed = { error, atMs: Date.now() };
          throw error;
        },
      )
      .finally(() => (reading = undefined));
    return reading;
  };

  const keys: ChannelKeys = {
    async getKey(keyId) {
      if (keyId === undefined) return null;
      const ageMs = known === undefined ? Infinity : Date.now() - known.readAtMs;
      const believed = ageMs < forgottenAfterMs ? known?.keys : undefined;
      if (believed === undefined || ageMs > staleAfterMs) {
        return (await read().catch((error: unknown) => believedOr(believed, keyId, error))).get(keyId) ?? null;
      }
      const found = believed.get(keyId);
      if (found !== undefined || ageMs < unknownAgainAfterMs) return found ?? null;
      return (await read()).get(keyId) ?? null;
    },
  };
  ours.add(keys);
  return keys;
}

/** What is still believed goes on while the address is down; whether another key is a new one nobody can tell then. */
function believedOr(believed: Keys | undefined, keyId: string, error: unknown): Keys {
  if (believed?.has(keyId)) return believed;
  throw error;
}

async function readKeys(metadataUrl: string): Promise<Keys> {
  const { jwks_uri } = metadataShape.parse(await readJson(metadataUrl));
  const { keys } = keysShape.parse(await readJson(jwks_uri));
  return new Map(
    keys.flatMap(({ kid, kty, n, e, endorsements }) => {
      if (kty !== 'RSA' || n === undefined || e === undefined) return [];
      const key = createPublicKey({ key: { kty, n, e }, format: 'jwk' })
        .export({ type: 'spki', format: 'pem' })
        .toString();
      return [[kid, endorsements == null ? { key } : { key, endorsements }] as const];
    }),
  );
}

async function readJson(url: string): Promise<unknown> {
  const response = await fetch(url, { signal: AbortSignal.timeout(deadlineMs) });
  if (response.ok) return response.json();
  await response.body?.cancel();
  throw new UpstreamError('Bot Framework', 'An address of the signing keys did not answer.', {
    status: response.status,
  });
}
