// Requests that do not go through the Graph client: signing in, and downloads from a file's own address.
import { UpstreamError, isKnownError } from '../errors';
import { graphService } from './graphErrors';

/** MSAL's form of a network layer. */
export interface SignInNetwork {
  sendGetRequestAsync<T>(url: string, options?: SignInRequest): Promise<SignInResponse<T>>;
  sendPostRequestAsync<T>(url: string, options?: SignInRequest): Promise<SignInResponse<T>>;
}

interface SignInRequest {
  readonly headers?: Record<string, string>;
  readonly body?: string;
}

interface SignInResponse<T> {
  headers: Record<string, string>;
  body: T;
  status: number;
}

export const graphOrigin = 'https://graph.microsoft.com';

/** A file's own address: followed without our token, and only to SharePoint (in local mode to the local server). */
export async function download(location: string | null, localOrigin: string | undefined, timeoutMs: number) {
  const url = location === null ? undefined : new URL(location, graphOrigin);
  const local = localOrigin !== undefined && (url?.origin === localOrigin || url?.origin === graphOrigin);
  const sharePoint = url?.protocol === 'https:' && url.hostname.endsWith('.sharepoint.com');
  if (url === undefined || !(local || sharePoint)) {
    throw new UpstreamError(graphService, 'A download from an unknown origin is not followed.');
  }
  const address = local ? (localOrigin ?? '') + url.pathname + url.search : url.href;
  try {
    const response = await fetch(address, { signal: AbortSignal.timeout(timeoutMs), redirect: 'error' });
    if (response.ok) return new Uint8Array(await response.arrayBuffer());
    throw new UpstreamError(graphService, 'A file could not be downloaded.', { status: response.status });
  } catch (error) {
    throw isKnownError(error) ? error : new UpstreamError(graphService, 'A download broke off.', { cause: error });
  }
}

/** MSAL's network layer with a deadline; in local mode the sign-in service is the local issuer. */
export function createSignInNetwork(authority: string, localOrigin: string | undefined): SignInNetwork {
  async function exchange<T>(method: 'GET' | 'POST', url: string, options?: SignInRequest) {
    const address =
      localOrigin !== undefined && url.startsWith(`${authority}/`) ? localOrigin + url.slice(authority.length) : url;
    const response = await fetch(address, {
      method,
      redirect: 'error',
      signal: AbortSignal.timeout(15_000),
      ...(options?.headers ? { headers: options.headers } : {}),
      ...(options?.body === undefined ? {} : { body: options.body }),
    });
    const text = await response.text();
    // MSAL says what it expects and checks it.
    const body: T = JSON.parse(text === '' ? '{}' : text);
    return {
      status: response.status,
      headers: Object.fromEntries(response.headers),
      body,
    };
  }
  return {
    sendGetRequestAsync: (url, options) => exchange('GET', url, options),
    sendPostRequestAsync: (url, options) => exchange('POST', url, options),
  };
}
