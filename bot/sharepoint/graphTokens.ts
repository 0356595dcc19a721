// Application tokens for Graph from MSAL, which keeps them until they run out.
import { ConfidentialClientApplication, ManagedIdentityApplication } from '@azure/msal-node';
import type { INetworkModule, NodeAuthOptions } from '@azure/msal-node';
import { UpstreamError } from '../errors';
import { createSignInNetwork, graphOrigin } from './network';

/** How the service proves who it is; a secret is for a trial only. */
export type GraphCredential =
  | { readonly kind: 'certificate'; readonly thumbprintSha256: string; readonly privateKeyPem: string }
  | { readonly kind: 'managedIdentity'; readonly managedIdentityClientId?: string }
  | { readonly kind: 'secret'; readonly secret: string }
  /** A person's sign-in at the terminal, for the administrator's commands. */
  | { readonly kind: 'person'; readonly token: () => Promise<string> };

export interface SignIn {
  readonly tenantId: string;
  readonly clientId: string;
  readonly credential: GraphCredential;
  /** The sign-in service; Microsoft's public one when absent. */
  readonly authority?: string;
  /** Where the local Microsoft 365 listens; given in local mode and only there. */
  readonly localOrigin?: string;
}

const scopes = [`${graphOrigin}/.default`];
const defaultAuthority = 'https://login.microsoftonline.com';

/** Gives the token; `fresh` when the one we hold is no longer taken. */
export function createTokens(settings: SignIn): (fresh: boolean) => Promise<string> {
  const { credential } = settings;
  if (credential.kind === 'person') return () => credential.token();
  const authority = settings.authority ?? defaultAuthority;
  const networkClient = createSignInNetwork(authority, settings.localOrigin);
  const app = new ConfidentialClientApplication({
    auth: {
      clientId: settings.clientId,
      authority: `${authority}/${settings.tenantId}`,
      ...proof(credential, networkClient),
    },
    system: { networkClient, disableInternalRetries: true },
  });
  async function acquire(fresh: boolean): Promise<string> {
    try {
      const result = await app.acquireTokenByClientCredential({ scopes, skipCache: fresh });
      if (result?.accessToken) return result.accessToken;
    } catch (error) {
      const code = error instanceof Error && 'errorCode' in error ? String(error.errorCode) : undefined;
      throw new UpstreamError('Microsoft Entra', 'Signing in as the application failed.', {
        cause: error,
        ...(code === undefined ? {} : { code }),
      });
    }
    throw new UpstreamError('Microsoft Entra', 'Signing in as the application gave no token.');
  }
  // Requests that start together share one sign-in.
  const flights = new Map<boolean, Promise<string>>();
  return (fresh) => {
    const flight = flights.get(fresh) ?? acquire(fresh).finally(() => flights.delete(fresh));
    flights.set(fresh, flight);
    return flight;
  };
}

function proof(
  credential: Exclude<GraphCredential, { kind: 'person' }>,
  networkClient: INetworkModule,
): Partial<NodeAuthOptions> {
  if (credential.kind === 'secret') return { clientSecret: credential.secret };
  if (credential.kind === 'certificate') {
    const { thumbprintSha256, privateKeyPem } = credential;
    return { clientCertificate: { thumbprintSha256, privateKey: privateKeyPem } };
  }
  const id = credential.managedIdentityClientId;
  const identity = new ManagedIdentityApplication({
    ...(id === undefined ? {} : { managedIdentityIdParams: { userAssignedClientId: id } }),
    system: { networkClient },
  });
  // The managed identity's token stands as the application's federated credential.
  const exchange = { resource: 'api://AzureADTokenExchange' };
  return { clientAssertion: async () => (await identity.acquireToken(exchange)).accessToken };
}
