// By what the service is known to Entra, to Teams and to the tab, as the configuration says.
import { createPrivateKey, X509Certificate } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { createAuthenticate, teamsClientIds } from './api/auth';
import type { Config } from './config';
import { ConfigError } from './errors';
import type { Logger } from './logger';
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

const dayMs = 86_400_000;
/** From here on each start says in the log that the certificate must be replaced. */
const warnWithinDays = 30;

/**
 * A certificate is one PEM file with the private key and the certificate. Throws ConfigError when it cannot be read, is
 * another than the one whose thumbprint is given, does not belong to the key, or is not valid today.
 */
export async function readKeys(config: Config, logger: Pick<Logger, 'warn'>, nowMs = Date.now()): Promise<Keys> {
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
      const daysLeft = checkCertificate(certificate, privateKey, credential.thumbprintSha256, nowMs);
      if (daysLeft < warnWithinDays) logger.warn('certificate.expires', { left: daysLeft });
      return {
        graph: { kind: 'certificate', thumbprintSha256: credential.thumbprintSha256, privateKeyPem: privateKey },
        teams: { kind: 'certificate', certificate, privateKey },
      };
    }
  }
}

/** Whole days that the certificate is still valid. */
function checkCertificate(pem: string, privateKeyPem: string, thumbprintSha256: string, nowMs: number): number {
  let certificate: X509Certificate;
  let belongs: boolean;
  try {
    certificate = new X509Certificate(pem);
    belongs = certificate.checkPrivateKey(createPrivateKey(privateKeyPem));
  } catch (cause) {
    throw new ConfigError(['CERTIFICATE_PATH names a file whose key or certificate cannot be used'], { cause });
  }
  const issues: string[] = [];
  const isNamed = certificate.fingerprint256.replaceAll(':', '').toLowerCase() === thumbprintSha256.toLowerCase();
  if (!isNamed) issues.push('CERTIFICATE_THUMBPRINT is not that of the certificate in CERTIFICATE_PATH');
  if (!belongs) issues.push('CERTIFICATE_PATH holds a private key that is not that of its certificate');
  const until = Date.parse(certificate.validTo);
  if (until <= nowMs) issues.push(`the certificate in CERTIFICATE_PATH ran out on ${certificate.validTo}`);
  if (Date.parse(certificate.validFrom) > nowMs) issues.push('the certificate in CERTIFICATE_PATH is not valid yet');
  if (issues.length > 0) throw new ConfigError(issues);
  return Math.floor((until - nowMs) / dayMs);
}

export function teamsConfig(config: Config, credential: TeamsCredential): TeamsConfig {
  if (config.local) {
    return { mode: 'local', serviceHosts: [], playgroundPorts: config.local.playgroundPorts };
  }
  return {
    mode: config.mode,
    appId: config.botId,
    tenantId: config.tenantId,
    credential,
    serviceHosts: teamsServiceHosts,
  };
}
