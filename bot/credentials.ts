// By what the service is known to Entra, to Teams and to the tab, as the configuration says.
import { readFile } from 'node:fs/promises';
import { createAuthenticate, teamsClientIds } from './api/auth';
import type { Config } from './config';
import { ConfigError } from './errors';
import type { GraphCredential } from './sharepoint/graphClient';
import { teamsServiceHosts, type TeamsConfig, type TeamsCredential } from './teams/config';

export const localTabClientId = 'local-tab';

export function authenticator(config: Config) {
  const authority = config.local?.microsoft365Url ?? 'https://login.microsoftonline.com';
  return createAuthenticate({
    tenantId: config.tenantId,
    issuer: `${authority}/${config.tenantId}/v2.0`,
    jwksUrl: `${authority}/${config.tenantId}/discovery/v2.0/keys`,
    audiences: config.local ? [config.tabAudience] : [config.tabAudience, config.appId],
    clientIds: config.local ? [localTabClientId] : teamsClientIds,
  });
}

interface Keys {
  readonly graph: GraphCredential;
  readonly teams: TeamsCredential;
}

/** A certificate is one PEM file with the private key and the certificate. */
export async function readKeys(config: Config): Promise<Keys> {
  const { credential } = config;
  switch (credential.kind) {
    case 'secret':
      return { graph: credential, teams: credential };
    case 'managedIdentity':
      return {
        graph: { kind: 'managedIdentity', managedIdentityClientId: credential.clientId },
        teams: { kind: 'managedIdentity', clientId: credential.clientId },
      };
    case 'certificate': {
      const pem = await readFile(credential.path, 'utf8').catch((cause: unknown) => {
        throw new ConfigError([`CERTIFICATE_PATH names a file that cannot be read`], { cause });
      });
      const privateKey = /-----BEGIN (?:RSA |EC )?PRIVATE KEY-----[\s\S]+?-----END (?:RSA |EC )?PRIVATE KEY-----/.exec(
        pem,
      )?.[0];
      const certificate = /-----BEGIN CERTIFICATE-----[\s\S]+?-----END CERTIFICATE-----/.exec(pem)?.[0];
      if (privateKey === undefined || certificate === undefined) {
        throw new ConfigError(['CERTIFICATE_PATH must be a PEM file with the private key and the certificate']);
      }
      return {
        graph: { kind: 'certificate', thumbprintSha256: credential.thumbprintSha256, privateKeyPem: privateKey },
        teams: { kind: 'certificate', certificate, privateKey },
      };
    }
  }
}

export function teamsConfig(config: Config, credential: TeamsCredential): TeamsConfig {
  if (config.local) {
    return { mode: 'local', serviceHosts: [], playgroundPorts: config.local.playgroundPorts };
  }
  return {
    mode: config.mode,
    appId: config.appId,
    tenantId: config.tenantId,
    credential,
    serviceHosts: teamsServiceHosts,
  };
}
