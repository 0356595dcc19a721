// The settings of the Teams adapter, and what a mode allows: checked before anything listens.
import { ConfigError } from '../errors';

export type TeamsCredential =
  | { readonly kind: 'secret'; readonly secret: string }
  | { readonly kind: 'certificate'; readonly certificate: string; readonly privateKey: string }
  /** A user-assigned managed identity: the bot's own (its id is the app id), or one the app registration trusts. */
  | { readonly kind: 'managedIdentity'; readonly clientId: string };

/** Where tokens of the channel come from and go to; absent: the public cloud. All or nothing, or no token is accepted. */
export interface ChannelEndpoints {
  readonly loginUrl: string;
  readonly oauthScope: string;
  readonly tokenIssuer: string;
  readonly oauthUrl: string;
  readonly openIdMetadataUrl: string;
}

export interface TeamsConfig {
  readonly mode: 'local' | 'trial' | 'production';
  /** Absent in local mode alone: without it botbuilder checks no token. */
  readonly appId?: string;
  readonly tenantId?: string;
  readonly credential?: TeamsCredential;
  readonly channel?: ChannelEndpoints;
  /** Hosts (host, or host:port) that activities may name as serviceUrl and cards may be sent to. */
  readonly serviceHosts: readonly string[];
  /** Local mode alone: ports of Playgrounds on loopback that we started. */
  readonly playgroundPorts?: readonly number[];
}

/** The host Teams answers from in the public cloud; never a wildcard of the parent domain. */
export const teamsServiceHosts: readonly string[] = ['smba.trafficmanager.net'];

/** Throws ConfigError when a mode would leave a door open. */
export function checkTeamsConfig(config: TeamsConfig): void {
  const issues: string[] = [];
  if (config.mode !== 'local') {
    if (!config.appId) issues.push('the bot needs an app id');
    if (!config.tenantId) issues.push('the bot needs its tenant');
    if (!config.credential) issues.push('the bot needs a credential');
    if (config.playgroundPorts?.length) issues.push('Playgrounds belong to local mode alone');
    if (config.serviceHosts.length === 0) issues.push('the bot needs the hosts it may answer to');
  }
  if (issues.length > 0) throw new ConfigError(issues);
}

/** True when cards and answers may go to this address. */
export function isAllowedService(config: TeamsConfig, serviceUrl: string): boolean {
  const url = URL.canParse(serviceUrl) ? new URL(serviceUrl) : undefined;
  if (!url || url.username !== '' || url.password !== '') return false;
  if (config.mode === 'local' && isPlayground(config, url)) return true;
  const secure = url.protocol === 'https:' || (config.mode === 'local' && isLoopbackName(url.hostname));
  return secure && config.serviceHosts.includes(url.host);
}

/** True for the address of a Playground that we started; in local mode alone. */
export function isPlaygroundUrl(config: TeamsConfig, serviceUrl: string): boolean {
  return config.mode === 'local' && URL.canParse(serviceUrl) && isPlayground(config, new URL(serviceUrl));
}

function isPlayground(config: TeamsConfig, url: URL): boolean {
  const isOurs = (config.playgroundPorts ?? []).includes(Number(url.port));
  return url.protocol === 'http:' && isLoopbackName(url.hostname) && isOurs;
}

function isLoopbackName(hostname: string): boolean {
  return hostname === 'localhost' || hostname === '127.0.0.1' || hostname === '[::1]';
}
