// The local token issuer: client credentials, sign-in as a seeded person, discovery and keys; RS256, one hour.
// Longer than most: the grants share their clients, claims and refusals.
import { createHash, createPrivateKey, createPublicKey, generateKeyPair, randomUUID, sign, verify } from 'node:crypto';
import { promisify } from 'node:util';
import { Router, type Request, type Response } from 'express';
import { z } from 'zod';
import { apps, type LocalApp } from './apps';
import { assertionType, refusedAssertion } from './assertions';
import { createDeviceCodes, deviceGrants } from './deviceCodes';
import { openDirectory } from './directory';
import { readForm } from './forms';
import { managedIdentityRouter } from './managedIdentity';
import { siteAccess, type SiteAccess } from './permissions';
import type { Editor, User } from './records';
import { tenantId, type Tenant } from './tenant';

const tabClientId = 'local-tab';
export const apiAudience = 'api://local/board-assistant';
const graphAudience = 'https://graph.microsoft.com';
const lifetimeSeconds = 3600;
const keyName = 'signing-key';
const microsoftLogin = 'login.microsoftonline.com';

/** Who a Graph request is by, and the application that sends it. */
export interface GraphCaller {
  readonly editor: Editor;
  readonly app: string;
  readonly access: SiteAccess;
  /** The permissions of its token by name. */
  readonly rights: readonly string[];
}

export interface Identity {
  readonly router: Router;
  /** The caller of a Graph request by its bearer token; a reason when it is refused. */
  caller(authorization: string | undefined): GraphCaller | { readonly refused: string };
}

interface SigningKey {
  readonly privatePem: string;
  readonly kid: string;
}

/** The key is made once and kept with the tenant, so that tokens survive a restart. */
export async function ensureSigningKey(tenant: Tenant): Promise<void> {
  if (tenant.value(keyName) !== undefined) return;
  const { privateKey } = await promisify(generateKeyPair)('rsa', { modulusLength: 2048 });
  const privatePem = privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
  const kid = createHash('sha256').update(privatePem).digest('base64url').slice(0, 16);
  await tenant.setValue(keyName, { privatePem, kid });
}
export const keptThroughReset = [keyName];

function signingKey(tenant: Tenant): SigningKey {
  return z.object({ privatePem: z.string(), kid: z.string() }).parse(tenant.value(keyName));
}

export function createIdentity(tenant: Tenant, origin: () => string): Identity {
  const issuer = (): string => `${origin()}/${tenantId}/v2.0`;
  const directory = openDirectory(tenant.documents);
  /** A client of our own, or a registered application with what an administrator assigned to it. */
  const appOf = (clientId: string): LocalApp | undefined =>
    apps[clientId] ?? (directory.principalOf(clientId) && registered(clientId));
  const registered = (clientId: string): LocalApp => ({
    name: directory.principalOf(clientId)?.displayName ?? clientId,
    roles: directory.rolesOf(clientId),
    granted: directory.grants.all().find((one) => one.appId === clientId)?.role ?? 'none',
  });

  function issue(claims: Readonly<Record<string, unknown>>): string {
    const key = signingKey(tenant);
    const now = Math.floor(Date.now() / 1000);
    const header = { typ: 'JWT', alg: 'RS256', kid: key.kid };
    const payload = {
      tid: tenantId,
      ver: '2.0',
      iat: now,
      nbf: now,
      exp: now + lifetimeSeconds,
      jti: randomUUID(),
      ...claims,
    };
    const unsigned = [header, payload].map((one) => Buffer.from(JSON.stringify(one)).toString('base64url')).join('.');
    const signature = sign('RSA-SHA256', Buffer.from(unsigned), createPrivateKey(key.privatePem)).toString('base64url');
    return `${unsigned}.${signature}`;
  }

  const payloadSchema = z.object({
    iss: z.string(),
    aud: z.string(),
    exp: z.number(),
    azp: z.string(),
    app_displayname: z.string().optional(),
    oid: z.string(),
    /** Of an application. */
    roles: z.array(z.string()).optional(),
    /** Of a person. */
    scp: z.string().optional(),
  });

  function caller(authorization: string | undefined): ReturnType<Identity['caller']> {
    const [, token] = /^Bearer (.+)$/i.exec(authorization ?? '') ?? [];
    if (token === undefined) return { refused: 'Access token is empty.' };
    const [header = '', payload = '', signature = '', ...rest] = token.split('.');
    const key = signingKey(tenant);
    const parsedHeader = parseJson(z.object({ alg: z.literal('RS256'), kid: z.literal(key.kid) }), header);
    if (!parsedHeader || rest.length > 0) return { refused: 'CompactToken parsing failed.' };
    const valid = verify(
      'RSA-SHA256',
      Buffer.from(`${header}.${payload}`),
      createPublicKey(key.privatePem),
      Buffer.from(signature, 'base64url'),
    );
    if (!valid) return { refused: 'Access token validation failure. Signature is invalid.' };
    const claims = parseJson(payloadSchema, payload);
    if (!claims) return { refused: 'Access token validation failure.' };
    if (claims.exp * 1000 <= Date.now()) return { refused: 'Lifetime validation failed, the token is expired.' };
    if (claims.aud !== graphAudience) return { refused: 'Access token validation failure. Invalid audience.' };
    const { azp, scp } = claims;
    const name = claims.app_displayname ?? azp;
    if (scp === undefined) {
      const rights = claims.roles ?? [];
      const access = siteAccess(rights, appOf(azp)?.granted ?? 'none');
      return { editor: { kind: 'app', id: azp, name }, app: azp, access, rights };
    }
    const lookupId = tenant.users().find((one) => one.id === claims.oid)?.lookupId;
    if (lookupId === undefined) return { refused: 'The user account does not exist in this directory.' };
    const editor: Editor = { kind: 'person', lookupId, app: { id: azp, name } };
    const rights = scp.split(' ');
    return { editor, app: azp, access: siteAccess(rights, 'none'), rights };
  }

  const tokenForm = z.object({
    grant_type: z.enum(['client_credentials', 'password', ...deviceGrants]),
    client_id: z.string(),
    client_secret: z.string().optional(),
    client_assertion: z.string().optional(),
    client_assertion_type: z.literal(assertionType).optional(),
    scope: z.string().optional(),
    username: z.string().optional(),
    device_code: z.string().optional(),
  });
  const devices = createDeviceCodes(origin);

  function token(request: Request, response: Response): void {
    const form = readForm(request.body);
    const parsed = tokenForm.safeParse(form);
    if (request.params['tenant'] !== tenantId)
      return oauthError(
        response,
        400,
        'invalid_request',
        `AADSTS90002: Tenant '${String(request.params['tenant'])}' not found.`,
      );
    if (!parsed.success)
      return oauthError(
        response,
        400,
        'unsupported_grant_type',
        'AADSTS70003: The grant type is not one the local issuer knows.',
      );
    const given = parsed.data;
    if (given.grant_type === 'password') return signIn(response, given);
    if (given.grant_type.endsWith('device_code')) return signInByDevice(response, given);
    const app = appOf(given.client_id);
    const refused = refusedProof(given);
    if (!app || refused !== undefined)
      return oauthError(
        response,
        401,
        'invalid_client',
        refused ?? 'AADSTS700016: The application was not found in the directory.',
      );
    const audience =
      (given.scope ?? `${graphAudience}/.default`).split(' ')[0]?.replace(/\/\.default$/, '') ?? graphAudience;
    const claims = {
      iss: issuer(),
      aud: audience,
      azp: given.client_id,
      app_displayname: app.name,
      idtyp: 'app',
      oid: given.client_id,
      roles: app.roles,
    };
    answerToken(response, issue(claims), given.scope);
  }

  /** Our own clients have the secret "local"; a registered application signs an assertion. */
  function refusedProof(given: z.infer<typeof tokenForm>): string | undefined {
    const application = directory.applications.all().find((one) => one.appId === given.client_id);
    if (!application || given.client_assertion === undefined || given.client_assertion_type === undefined)
      return apps[given.client_id] && given.client_secret === 'local'
        ? undefined
        : 'AADSTS7000215: The local application is "local" with the secret "local".';
    return refusedAssertion(given.client_assertion, application, {
      directory,
      audiences: [`https://${microsoftLogin}`, origin()].map((one) => `${one}/${tenantId}/oauth2/v2.0/token`),
      issuerKey: createPublicKey(signingKey(tenant).privatePem),
      nowSeconds: Math.floor(Date.now() / 1000),
    });
  }

  function signInByDevice(response: Response, given: z.infer<typeof tokenForm>): void {
    const redeemed = devices.redeem(given.device_code ?? '', given.client_id);
    if (redeemed.kind === 'refused') return oauthError(response, 400, redeemed.error, redeemed.description);
    signInAs(response, redeemed.username, redeemed.scope, redeemed.clientId);
  }

  function signIn(response: Response, given: z.infer<typeof tokenForm>): void {
    const { client_id: clientId, username = '', scope = '' } = given;
    if (clientId !== tabClientId)
      return oauthError(
        response,
        401,
        'invalid_client',
        `AADSTS700016: People sign in through the client "${tabClientId}".`,
      );
    signInAs(response, username, scope, clientId);
  }

  function signInAs(response: Response, username: string, scope: string, clientId: string): void {
    const wanted = username.toLowerCase();
    const user = tenant.users().find((one) => one.ref.toLowerCase() === wanted || one.mail.toLowerCase() === wanted);
    if (!user)
      return oauthError(
        response,
        400,
        'invalid_grant',
        `AADSTS50034: There is no seeded person "${username}". Give a reference such as P01 or an e-mail address.`,
      );
    const graphScopes = scope.split(' ').filter((one) => one.startsWith(`${graphAudience}/`));
    if (graphScopes.length === 0)
      return answerToken(response, issue(userClaims(user)), `${apiAudience}/access_as_user`);
    if (user.lookupId === undefined)
      return oauthError(
        response,
        400,
        'invalid_grant',
        `AADSTS50020: ${user.displayName} has no account in this tenant and cannot sign in to Graph.`,
      );
    const names = graphScopes.map((one) => one.slice(graphAudience.length + 1));
    const scp = names.map((one) => (one === '.default' ? 'Sites.ReadWrite.All' : one)).join(' ');
    answerToken(
      response,
      issue({ ...userClaims(user), azp: clientId, aud: graphAudience, scp }),
      graphScopes.join(' '),
    );
  }

  function userClaims(user: User): Record<string, unknown> {
    return {
      iss: issuer(),
      aud: apiAudience,
      azp: tabClientId,
      oid: user.id,
      sub: createHash('sha256').update(user.id).digest('base64url'),
      scp: 'access_as_user',
      name: user.displayName,
      preferred_username: user.mail,
    };
  }

  const router = Router();
  router.use(devices.router, managedIdentityRouter(issue, lifetimeSeconds));
  router.post('/:tenant/oauth2/v2.0/token', token);
  router.get('/:tenant/v2.0/.well-known/openid-configuration', (request, response) => {
    if (request.params.tenant !== tenantId)
      return oauthError(response, 400, 'invalid_tenant', `AADSTS90002: Tenant '${request.params.tenant}' not found.`);
    const forwarded = request.header('x-forwarded-host') === microsoftLogin;
    const base = `${forwarded ? `https://${microsoftLogin}` : origin()}/${tenantId}`;
    response.json({
      issuer: forwarded ? `${base}/v2.0` : issuer(),
      authorization_endpoint: `${base}/oauth2/v2.0/authorize`,
      token_endpoint: `${base}/oauth2/v2.0/token`,
      jwks_uri: `${base}/discovery/v2.0/keys`,
      token_endpoint_auth_methods_supported: ['client_secret_post', 'private_key_jwt'],
      response_types_supported: ['code', 'id_token', 'token'],
      subject_types_supported: ['pairwise'],
      id_token_signing_alg_values_supported: ['RS256'],
      scopes_supported: ['openid', 'profile', 'email', 'offline_access'],
    });
  });
  router.get('/:tenant/discovery/v2.0/keys', (_request, response) => {
    const key = signingKey(tenant);
    const jwk = createPublicKey(key.privatePem).export({ format: 'jwk' });
    response.json({ keys: [{ ...jwk, use: 'sig', alg: 'RS256', kid: key.kid, issuer: issuer() }] });
  });
  return { router, caller };
}

function answerToken(response: Response, token: string, scope: string | undefined): void {
  response.set('Cache-Control', 'no-store').json({
    token_type: 'Bearer',
    expires_in: lifetimeSeconds,
    ext_expires_in: lifetimeSeconds,
    access_token: token,
    ...(scope === undefined ? {} : { scope }),
  });
}

function oauthError(response: Response, status: number, error: string, description: string): void {
  response.status(status).json({ error, error_description: description, error_codes: [], trace_id: randomUUID() });
}

function parseJson<T>(schema: z.ZodType<T>, part: string): T | undefined {
  try {
    const result = schema.safeParse(JSON.parse(Buffer.from(part, 'base64url').toString('utf8')));
    return result.success ? result.data : undefined;
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}
