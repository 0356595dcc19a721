// By what the service signs in: certificates are checked before anything starts, and the bot goes by its own id.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseConfig } from '../bot/config';
import { readKeys, teamsConfig } from '../bot/credentials';
import { ConfigError } from '../bot/errors';
import type { LogFacts } from '../bot/logger';
import { selfSigned } from './fixtures/selfSigned';

const guid = '11111111-1111-4111-8111-111111111111';
const identity = '22222222-2222-4222-8222-222222222222';
const dayMs = 86_400_000;
const folder = mkdtempSync(join(tmpdir(), 'board-credentials-'));
afterAll(() => rmSync(folder, { recursive: true }));

const good = selfSigned('board.contoso.example', { days: 100 });
const other = selfSigned('other.contoso.example');

function configWith(more: Readonly<Record<string, string>>) {
  return parseConfig({
    ...{ TENANT_ID: guid, BOT_APP_ID: guid, BOARD_SITES: 'a=contoso.sharepoint.example:/sites/a' },
    ...{ DATABASE_URL: 'postgres://db.example/board', PUBLIC_URL: 'https://board.example' },
    ...more,
  });
}

let files = 0;
function certificate(content: string, thumbprint: string) {
  const path = join(folder, `${(files += 1)}.pem`);
  writeFileSync(path, content);
  return configWith({ CERTIFICATE_PATH: path, CERTIFICATE_THUMBPRINT: thumbprint });
}

const warned: [string, LogFacts | undefined][] = [];
const logger = { warn: (event: string, facts?: LogFacts) => void warned.push([event, facts]) };
const pem = good.keyPem + good.certificatePem;

async function issuesOf(config: ReturnType<typeof configWith>, nowMs?: number): Promise<readonly string[]> {
  try {
    await readKeys(config, logger, nowMs);
  } catch (error) {
    if (error instanceof ConfigError) return error.issues;
    throw error;
  }
  return [];
}

describe('a certificate', () => {
  it('serves Graph and the bot when file, key and thumbprint belong together', async () => {
    const keys = await readKeys(certificate(pem, good.thumbprint.toUpperCase()), logger);
    expect(keys).toEqual({
      graph: {
        ...{ kind: 'certificate', thumbprintSha256: good.thumbprint.toUpperCase() },
        privateKeyPem: good.keyPem.trim(),
      },
      teams: { kind: 'certificate', certificate: good.certificatePem.trim(), privateKey: good.keyPem.trim() },
    });
    expect(warned).toEqual([]);
  });

  it.each([
    [
      'is not there',
      configWith({ CERTIFICATE_PATH: '/none', CERTIFICATE_THUMBPRINT: good.thumbprint }),
      'cannot be read',
    ],
    ['has no key', certificate(good.certificatePem, good.thumbprint), 'must be a PEM file'],
    ['is broken', certificate(pem.replace(/\n[A-Za-z]{4}/g, '\nAAAA'), good.thumbprint), 'cannot be used'],
    ['is another one', certificate(pem, other.thumbprint), 'CERTIFICATE_THUMBPRINT is not that'],
    ['has the key of another', certificate(other.keyPem + good.certificatePem, good.thumbprint), 'not that of its'],
  ])('that %s stops the start', async (_, config, words) => {
    expect((await issuesOf(config)).join()).toContain(words);
  });

  it('stops the start before its first day and after its last', async () => {
    const config = certificate(pem, good.thumbprint);
    expect((await issuesOf(config, Date.now() + 101 * dayMs)).join()).toContain('ran out on');
    expect((await issuesOf(config, Date.now() - 40 * dayMs)).join()).toContain('is not valid yet');
  });

  it('is said to run out from thirty days before', async () => {
    const config = certificate(pem, good.thumbprint);
    await readKeys(config, logger, Date.now() + 69 * dayMs);
    expect(warned).toEqual([]);
    await readKeys(config, logger, Date.now() + 75 * dayMs);
    expect(warned).toEqual([['certificate.expires', { left: 24 }]]);
  });
});

describe('the bot', () => {
  it('goes by the registration, or by the managed identity that it is itself', async () => {
    const config = configWith({ MANAGED_IDENTITY_CLIENT_ID: identity, BOT_ID: identity });
    const keys = await readKeys(config, logger);
    expect(teamsConfig(config, keys.teams)).toMatchObject({ appId: identity, credential: { clientId: identity } });
    expect(keys.graph).toEqual({ kind: 'managedIdentity', managedIdentityClientId: identity });
    const plain = configWith({ MANAGED_IDENTITY_CLIENT_ID: identity });
    expect(teamsConfig(plain, keys.teams)).toMatchObject({ appId: guid });
  });
});
