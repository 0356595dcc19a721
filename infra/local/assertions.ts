// Applications that prove who they are by a signed assertion: a certificate's key, or a managed identity that they trust.
import { constants, createHash, verify, X509Certificate, type KeyObject } from 'node:crypto';
import { z } from 'zod';
import type { Application, Directory, FederatedCredential } from './directory';

/** Form field `client_assertion_type`. Source: RFC 7523, section 2.2. */
export const assertionType = 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer';
/** Source: Entra, "Access token request with a federated credential". */
const exchangeAudience = 'api://AzureADTokenExchange';
const mostSkewSeconds = 300;
/** Entra refuses assertions that live longer. */
const longestSeconds = 24 * 3600;

const header = z.object({
  alg: z.string(),
  kid: z.string().optional(),
  x5t: z.string().optional(),
  'x5t#S256': z.string().optional(),
});
const claims = z.object({
  iss: z.string(),
  sub: z.string(),
  aud: z.string(),
  exp: z.number(),
  nbf: z.number().optional(),
  jti: z.string().optional(),
});
type Header = z.infer<typeof header>;
type Claims = z.infer<typeof claims>;

export interface Proving {
  readonly directory: Directory;
  /** The token endpoints whose name an assertion may carry. */
  readonly audiences: readonly string[];
  /** The key of the issuer's own tokens, those of managed identities among them. */
  readonly issuerKey: KeyObject;
  readonly nowSeconds: number;
}

/** The reason an assertion is refused, in Entra's words as far as they are known; undefined when it proves the application. */
export function refusedAssertion(assertion: string, application: Application, proving: Proving): string | undefined {
  const [rawHeader = '', rawClaims = '', signature = '', ...rest] = assertion.split('.');
  const head = parsePart(header, rawHeader);
  const said = parsePart(claims, rawClaims);
  if (!head || !said || rest.length > 0) return 'AADSTS50027: JWT token is invalid or malformed.';
  const signed: Signed = {
    data: Buffer.from(`${rawHeader}.${rawClaims}`),
    signature: Buffer.from(signature, 'base64url'),
  };
  const trusted = proving.directory.federated
    .all()
    .find((one) => one.applicationId === application.id && one.issuer === said.iss && one.subject === said.sub);
  const late = outOfTime(said, proving.nowSeconds);
  if (late !== undefined) return late;
  if (said.iss !== application.appId) return byIdentity(head, said, signed, trusted, proving.issuerKey);
  return byCertificate(head, said, signed, application, proving.audiences);
}

interface Signed {
  readonly data: Buffer;
  readonly signature: Buffer;
}

function outOfTime(said: Claims, now: number): string | undefined {
  if (said.exp + mostSkewSeconds <= now) return 'AADSTS700024: Client assertion is not within its valid time range.';
  const from = said.nbf ?? now;
  if (from - mostSkewSeconds > now || said.exp - from > longestSeconds)
    return 'AADSTS700024: Client assertion is not within its valid time range.';
  return undefined;
}

function byIdentity(
  head: Header,
  said: Claims,
  signed: Signed,
  trusted: FederatedCredential | undefined,
  issuerKey: KeyObject,
): string | undefined {
  if (!trusted)
    return 'AADSTS70021: No matching federated identity record found for presented assertion issuer and subject.';
  if (said.aud !== exchangeAudience || !trusted.audiences.includes(said.aud))
    return 'AADSTS700212: No matching federated identity record found for presented assertion audience.';
  if (head.alg !== 'RS256' || !verify('RSA-SHA256', signed.data, issuerKey, signed.signature))
    return 'AADSTS700213: The signature of the presented assertion does not hold.';
  return undefined;
}

function byCertificate(
  head: Header,
  said: Claims,
  signed: Signed,
  application: Application,
  audiences: readonly string[],
): string | undefined {
  if (said.sub !== application.appId || said.jti === undefined)
    return 'AADSTS700021: Client assertion application identifier does not match "client_id" parameter.';
  if (!audiences.includes(said.aud))
    return 'AADSTS700023: Client assertion audience claim does not match Realm issuer.';
  const named = application.keyCredentials
    .map((one) => Buffer.from(one.key, 'base64'))
    .find((der) => head['x5t#S256'] === digest('sha256', der) || head.x5t === digest('sha1', der));
  if (!named)
    return 'AADSTS700027: The certificate with identifier used to sign the client assertion is not registered.';
  const certificate = new X509Certificate(named);
  const now = Date.now();
  if (Date.parse(certificate.validTo) <= now || Date.parse(certificate.validFrom) > now)
    return 'AADSTS700027: The certificate used to sign the client assertion has expired.';
  const key = certificate.publicKey;
  const salted = { key, padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: constants.RSA_PSS_SALTLEN_DIGEST };
  const holds =
    (head.alg === 'PS256' && verify('RSA-SHA256', signed.data, salted, signed.signature)) ||
    (head.alg === 'RS256' && verify('RSA-SHA256', signed.data, key, signed.signature));
  return holds ? undefined : 'AADSTS700027: Client assertion contains an invalid signature.';
}

function digest(algorithm: 'sha1' | 'sha256', der: Buffer): string {
  return createHash(algorithm).update(der).digest('base64url');
}

function parsePart<T>(schema: z.ZodType<T>, part: string): T | undefined {
  try {
    return schema.safeParse(JSON.parse(Buffer.from(part, 'base64url').toString('utf8'))).data;
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}
