// An administrator's own sign-in at the terminal: a code is shown, entered in any browser, and Graph is asked as that person.
import { PublicClientApplication } from '@azure/msal-node';
import { UpstreamError } from '../errors';
import { createSignInNetwork, graphOrigin } from './network';

export interface DeviceSignIn {
  readonly tenantId: string;
  /** An app registration that allows public client flows. */
  readonly clientId: string;
  /** Delegated permissions of Graph, such as Sites.Manage.All. */
  readonly permissions: readonly string[];
  /** The sign-in service; Microsoft's public one when absent. */
  readonly authority?: string;
  /** Where the local Microsoft 365 listens; given in local mode and only there. */
  readonly localOrigin?: string;
  /** Shows the person what to do. */
  readonly show: (message: string, userCode: string) => void;
}

/** Signs in once and keeps the token for this run alone. Throws UpstreamError when nobody signs in. */
export async function signInByDevice(settings: DeviceSignIn): Promise<() => Promise<string>> {
  const authority = settings.authority ?? 'https://login.microsoftonline.com';
  const networkClient = createSignInNetwork(authority, settings.localOrigin);
  const app = new PublicClientApplication({
    auth: { clientId: settings.clientId, authority: `${authority}/${settings.tenantId}` },
    system: { networkClient, disableInternalRetries: true },
  });
  let token: string | undefined;
  try {
    const result = await app.acquireTokenByDeviceCode({
      scopes: settings.permissions.map((one) => `${graphOrigin}/${one}`),
      deviceCodeCallback: ({ message, userCode }) => settings.show(message, userCode),
    });
    token = result?.accessToken;
  } catch (error) {
    const code = error instanceof Error && 'errorCode' in error ? String(error.errorCode) : undefined;
    throw new UpstreamError('Microsoft Entra', 'Nobody signed in with the code, or the sign-in was refused.', {
      cause: error,
      ...(code === undefined ? {} : { code }),
    });
  }
  if (token === undefined) throw new UpstreamError('Microsoft Entra', 'Signing in gave no token.');
  const held = token;
  return () => Promise.resolve(held);
}
