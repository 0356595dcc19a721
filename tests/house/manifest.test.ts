// The Teams manifest, the toolkit's files and the Azure templates fit their schemas and name the same settings.
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import Ajv from 'ajv';
import AjvDraft4 from 'ajv-draft-04';
import addFormats from 'ajv-formats';
import { parse as parseYaml } from 'yaml';
import { teamsClientIds } from '../../bot/api/auth';
import { parseConfig } from '../../bot/config';
import { applicationPermissions } from '../../bot/sharepoint/tenantPermissions';

const root = resolve(__dirname, '../..');
const text = (path: string): string => readFileSync(join(root, path), 'utf8');
const schemaOf = (version: string): string =>
  `node_modules/@microsoft/app-manifest/build/json-schemas/teams/v${version}/MicrosoftTeams.schema.json`;

const guid = '11111111-2222-3333-4444-555555555555';

/** Values as an environment file could hold them, by the ending of the name. */
function fill(template: string): string {
  return template.replace(/\$\{\{([A-Z0-9_]+)\}\}/g, (_whole, name: string) => {
    if (name.endsWith('ID')) return guid;
    if (name.endsWith('DOMAIN')) return 'board.example';
    return 'https://board.example';
  });
}

function placeholders(...paths: readonly string[]): readonly string[] {
  const found = paths.flatMap((path) => [...text(path).matchAll(/\$\{\{([A-Z0-9_]+)\}\}/g)].map((one) => one[1] ?? ''));
  return [...new Set(found)].sort();
}

function matches(pattern: RegExp, content: string): readonly string[] {
  return [...content.matchAll(pattern)].map((one) => one[1] ?? '');
}

function sourcesOf(folder: string): readonly string[] {
  return readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.ts'))
    .map((path) => text(join(folder, path)));
}

interface TeamsManifest {
  readonly manifestVersion: string;
  readonly version: string;
  readonly icons: { readonly color: string; readonly outline: string };
  readonly bots: readonly { readonly botId: string }[];
  readonly staticTabs: readonly { readonly entityId: string; readonly contentUrl: string }[];
  readonly configurableTabs: readonly { readonly configurationUrl: string; readonly context: readonly string[] }[];
  readonly composeExtensions: readonly { readonly botId: string }[];
  readonly activities?: { readonly activityTypes?: readonly { readonly type: string }[] };
  readonly validDomains: readonly string[];
  readonly webApplicationInfo: { readonly id: string; readonly resource: string };
}

const manifest: TeamsManifest = JSON.parse(text('manifest/manifest.json'));

describe('the Teams manifest', () => {
  test('fits the schema of its own version', () => {
    const ajv = new AjvDraft4({ strict: false, allErrors: true });
    addFormats(ajv);
    const check = ajv.compile(JSON.parse(text(schemaOf(manifest.manifestVersion))));
    check(JSON.parse(fill(text('manifest/manifest.json'))));
    expect(check.errors).toBeNull();
  });

  test('names what differs from tenant to tenant by a placeholder whose name tells its kind', () => {
    expect(placeholders('manifest/manifest.json')).toEqual([
      'BOT_APP_ID',
      'BOT_ID',
      'DEVELOPER_PRIVACY_URL',
      'DEVELOPER_TERMS_URL',
      'DEVELOPER_WEBSITE_URL',
      'PUBLIC_DOMAIN',
      'TEAMS_APP_ID',
    ]);
    expect(placeholders('manifest/manifest.json').filter((name) => !/(ID|DOMAIN|ENDPOINT|URL)$/.test(name))).toEqual(
      [],
    );
  });

  test('has the version of the package', () => {
    expect(manifest.version).toBe(JSON.parse(text('package.json')).version);
  });

  test('loads its tabs from its own valid domains alone', () => {
    const addresses = [
      ...manifest.staticTabs.map((tab) => tab.contentUrl),
      ...manifest.configurableTabs.map((tab) => tab.configurationUrl),
    ];
    expect(addresses).toHaveLength(2);
    const hosts = addresses.map((address) => address.replace(/^https:\/\/([^/]+).*$/, '$1'));
    expect(hosts.filter((host) => !manifest.validDomains.includes(host))).toEqual([]);
  });

  test('calls the personal tab as links and the tab itself do', () => {
    expect(manifest.staticTabs.map((tab) => tab.entityId)).toEqual(['board']);
    expect(text('bot/services/tabPages.ts')).toContain('/l/entity/${teamsAppId}/board?');
    expect(text('tab/src/teams.ts')).toContain("const personalTab = 'board';");
  });

  test('knows one bot, for persons, teams and group chats, under the id that Azure registers', () => {
    expect(manifest.bots).toMatchObject([{ botId: '${{BOT_ID}}', scopes: ['personal', 'team', 'groupChat'] }]);
    expect(manifest.composeExtensions.map((one) => one.botId)).toEqual(['${{BOT_ID}}']);
    expect(text('infra/azure/main.bicep')).toContain('output BOT_ID string = identity.properties.clientId');
    expect(text('teamsapp.local.yml')).toContain('::set-teamsfx-env BOT_ID=${{BOT_APP_ID}}');
  });

  test('signs people in through the registration, under the address that the service expects', () => {
    const entra = JSON.parse(text('manifest/entra.json'));
    expect(entra.appId).toBe(manifest.webApplicationInfo.id);
    expect(entra.identifierUris).toEqual([manifest.webApplicationInfo.resource]);
    const { tabAudience } = parseConfig({
      ...{
        TENANT_ID: guid,
        BOT_APP_ID: guid,
        BOARD_SITES: 'a=b.example:/sites/c',
        PUBLIC_URL: 'https://board.example',
      },
      ...{ DATABASE_URL: 'postgres://db.example/board', MANAGED_IDENTITY_CLIENT_ID: guid },
    });
    expect(fill(manifest.webApplicationInfo.resource)).toBe(tabAudience);
  });

  test('asks Entra for the same clients and permissions as the command and the service', () => {
    const { api, requiredResourceAccess } = JSON.parse(text('manifest/entra.json'));
    expect(api.preAuthorizedApplications.map((one: { appId: string }) => one.appId)).toEqual(teamsClientIds);
    expect(requiredResourceAccess).toEqual([
      {
        resourceAppId: 'Microsoft Graph',
        resourceAccess: applicationPermissions.map(({ name }) => ({ id: name, type: 'Role' })),
      },
    ]);
  });

  test('asks for no permission on a team, chat or meeting, because nothing here uses one', () => {
    expect(manifest).not.toHaveProperty('authorization');
    expect(manifest).not.toHaveProperty('devicePermissions');
  });

  test('declares the types of activity that the service sends to the feed, and no other', () => {
    const sources = sourcesOf('bot');
    const sending = sources.filter((source) => source.includes('sendActivityNotification'));
    const declared = (manifest.activities?.activityTypes ?? []).map((one) => one.type);
    expect(declared.length > 0).toBe(sending.length > 0);
    expect(declared.filter((type) => !sending.some((source) => source.includes(`'${type}'`)))).toEqual([]);
    expect(sources.length).toBeGreaterThan(300);
  });

  test('is in British English, and is a tab first where it is added to a team, chat or meeting', () => {
    expect(manifest).toMatchObject({
      localizationInfo: { defaultLanguageTag: 'en-gb' },
      defaultGroupCapability: { team: 'tab', groupchat: 'tab', meetings: 'tab' },
    });
    expect(manifest.configurableTabs[0]?.context).toEqual(
      expect.arrayContaining(['channelTab', 'meetingChatTab', 'meetingDetailsTab', 'meetingSidePanel']),
    );
  });

  test.each([
    ['color', 192],
    ['outline', 32],
  ] as const)('has its %s icon as a PNG of %i pixels each way', (kind, pixels) => {
    const png = readFileSync(join(root, 'manifest', manifest.icons[kind]));
    expect(png.subarray(1, 4).toString('latin1')).toBe('PNG');
    expect([png.readUInt32BE(16), png.readUInt32BE(20)]).toEqual([pixels, pixels]);
  });
});

describe.each(['teamsapp.yml', 'teamsapp.local.yml'])('%s', (file) => {
  test('fits the schema of the toolkit', () => {
    const ajv = new Ajv({ strict: false, allErrors: true });
    const check = ajv.compile(JSON.parse(text('tests/fixtures/teamsapp/teamsapp-v1.13.schema.json')));
    check(parseYaml(text(file)));
    expect(check.errors).toBeNull();
  });

  test('names files that are there', () => {
    const paths = matches(/(?:path|parameters|manifestPath|ignoreFile): (\.\/\S+)/g, text(file));
    expect(paths.length).toBeGreaterThan(1);
    expect(paths.filter((path) => !existsSync(join(root, path)))).toEqual([]);
  });
});

test('what the toolkit sends is installed for the system of the web app, whatever the computer runs that sends it', () => {
  const steps: { deploy: readonly { uses: string; with: { args?: string } }[] } = parseYaml(text('teamsapp.yml'));
  const commands = steps.deploy.flatMap((step) => step.with.args ?? []);
  expect(commands).toEqual(['ci', 'run build', 'ci --omit=dev --os=linux --cpu=x64 --libc=glibc']);
  expect(text('infra/azure/main.bicep')).toContain("kind: 'app,linux'");
  // The reason: some of production's packages are a program for one system.
  const { packages }: { packages: Record<string, { os?: string[]; dev?: boolean; devOptional?: boolean }> } =
    JSON.parse(text('package-lock.json'));
  const ofOneSystem = Object.values(packages).filter((one) => one.os && !one.dev && !one.devOptional);
  expect(ofOneSystem.flatMap((one) => one.os ?? [])).toEqual(expect.arrayContaining(['linux', 'win32', 'darwin']));
});

describe('settings', () => {
  const known = matches(/^ {2}([A-Z][A-Z0-9_]+): (?:z|guid|whole|part)\b/gm, text('bot/config.ts'));
  const bicep = text('infra/azure/main.bicep');
  const documented = text('docs/configuration.md');
  const written = [
    ...matches(/: ([A-Z][A-Z0-9_]+)$/gm, text('teamsapp.yml')),
    ...matches(/^output ([A-Z0-9_]+) /gm, bicep),
  ];

  test('of the web app are settings of the service', () => {
    const given = matches(/\{ name: '([A-Z0-9_]+)'/g, bicep).filter((name) => !name.startsWith('SCM_'));
    expect(given.length).toBeGreaterThan(6);
    expect(given.filter((name) => !known.includes(name))).toEqual([]);
  });

  test('that production needs are given to the web app', () => {
    const needed = [
      'TENANT_ID',
      'BOT_APP_ID',
      'BOARD_SITES',
      'DATABASE_URL',
      'PUBLIC_URL',
      'MANAGED_IDENTITY_CLIENT_ID',
      'BOT_ID',
      'TEAMS_APP_ID',
      'TEAMS_CATALOGUE_ID',
      'SERVICE_MAILBOX',
      'ADMINISTRATOR_ADDRESSES',
    ];
    expect(needed.filter((name) => !bicep.includes(`{ name: '${name}'`))).toEqual([]);
    expect(known).toEqual(expect.arrayContaining(needed));
  });

  test('of the trial are settings of the service', () => {
    const trial: { deploy: readonly { with: { envs?: Record<string, string> } }[] } = parseYaml(
      text('teamsapp.local.yml'),
    );
    const given = trial.deploy.flatMap((step) => Object.keys(step.with.envs ?? {}));
    expect(given).toEqual(expect.arrayContaining(['BOARD_MODE', 'TENANT_ID', 'BOT_APP_ID', 'BOT_APP_SECRET']));
    expect(given.filter((name) => !known.includes(name))).toEqual([]);
  });

  test('of the templates are written by a step or documented for the administrator', () => {
    const used = placeholders(
      'manifest/manifest.json',
      'manifest/entra.json',
      'teamsapp.yml',
      'teamsapp.local.yml',
      'infra/azure/main.parameters.json',
    );
    const byToolkit = ['TEAMSFX_ENV', 'AAD_APP_ACCESS_AS_USER_PERMISSION_ID', 'SECRET_BOT_APP_SECRET'];
    const left = used.filter((name) => !written.includes(name) && !byToolkit.includes(name));
    expect(left.filter((name) => !documented.includes(`\`${name}\``))).toEqual([]);
  });
});
