// The managed identity of the local Microsoft 365: the token endpoint that App Service gives a web app, on loopback.
import { Router } from 'express';
import { tenantId } from './tenant';

/** The one user-assigned identity. */
export const localIdentity = {
  clientId: '66666666-6666-4666-8666-666666666666',
  principalId: '77777777-7777-4777-8777-777777777777',
  /** What App Service puts into IDENTITY_HEADER: whoever can read the environment may ask. */
  header: 'local-identity',
} as const;

/** Source: App Service, "REST endpoint reference" of managed identities. */
const apiVersion = '2019-08-01';

export function managedIdentityRouter(
  issue: (claims: Readonly<Record<string, unknown>>) => string,
  lifetimeSeconds: number,
): Router {
  const router = Router();
  router.get('/_local/identity/token', (request, response) => {
    const { resource, client_id: clientId, 'api-version': version } = request.query;
    const refuse = (message: string): void =>
      void response
        .status(400)
        .json({ statusCode: 400, message, correlationId: request.header('x-ms-client-request-id') });
    if (request.header('x-identity-header') !== localIdentity.header)
      return refuse('The identity header is not right.');
    if (version !== apiVersion) return refuse(`The api-version is ${apiVersion}.`);
    if (clientId !== localIdentity.clientId)
      return refuse('No User Assigned Managed Identity found for the client id.');
    if (typeof resource !== 'string' || resource === '') return refuse('A resource is needed.');
    const claims = {
      iss: `https://login.microsoftonline.com/${tenantId}/v2.0`,
      aud: resource,
      azp: localIdentity.clientId,
      oid: localIdentity.principalId,
      sub: localIdentity.principalId,
      idtyp: 'app',
    };
    response.set('Cache-Control', 'no-store').json({
      access_token: issue(claims),
      client_id: localIdentity.clientId,
      expires_on: String(Math.floor(Date.now() / 1000) + lifetimeSeconds),
      resource,
      token_type: 'Bearer',
    });
  });
  return router;
}
