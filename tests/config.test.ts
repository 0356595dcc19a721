import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { parseConfig, readConfig, secretsOf, toldOf } from '../bot/config';
import { ConfigError } from '../bot/errors';

const guid = '11111111-1111-4111-8111-111111111111';
const production = {
  TENANT_ID: guid,
  BOT_APP_ID: guid,
  BOARD_SITES: 'hertland=contoso.sharepoint.example:/sites/board',
  DATABASE_URL: 'postgres://board@db.example/board?authentication=entra',
  PUBLIC_URL: 'https://board.example',
  MANAGED_IDENTITY_CLIENT_ID: guid,
};
const local = {
  BOARD_MODE: 'local',
  TENANT_ID: guid,
  BOT_APP_ID: guid,
  BOARD_SITES: 'a=one.example:/sites/a,b=two.example:/sites/b',
  LOCAL_M365_URL: 'http://127.0.0.1:4000',
  LOCAL_PLAYGROUND_PORTS: '56150,56151',
  LOCAL_EMPTY_DATABASE: '/empty',
};

function issuesOf(env: Record<string, string | undefined>): readonly string[] {
  try {
    parseConfig(env);
  } catch (error) {
    if (error instanceof ConfigError) return error.issues;
    throw error;
  }
  return [];
}

describe('the configuration', () => {
  test('takes production as the default mode, listening beyond this computer', () => {
    expect(parseConfig(production)).toMatchObject({
      mode: 'production',
      host: '0.0.0.0',
      port: 3978,
      credential: { kind: 'managedIdentity', clientId: guid },
      tabAudience: `api://board.example/botid-${guid}`,
    });
  });

  test('names everything that production lacks at once', () => {
    const issues = issuesOf({}).join('\n');
    for (const key of ['TENANT_ID', 'BOT_APP_ID', 'BOARD_SITES', 'DATABASE_URL', 'PUBLIC_URL', 'a credential']) {
      expect(issues).toContain(key);
    }
  });

  test('names in one message what does not fit, what lacks and what is out of place', () => {
    const issues = issuesOf({ PORT: 'eighty', TENANT_ID: 'contoso', LOCAL_M365_URL: 'http://127.0.0.1:4000' });
    expect(issues).toEqual([
      expect.stringMatching(/^PORT /),
      'TENANT_ID must be the GUID of the Entra tenant',
      'BOT_APP_ID is needed in production mode',
      'BOARD_SITES is needed in production mode',
      'DATABASE_URL is needed in production mode',
      'PUBLIC_URL is needed in production mode',
      'a credential is needed: CERTIFICATE_PATH with CERTIFICATE_THUMBPRINT, or MANAGED_IDENTITY_CLIENT_ID',
      'LOCAL_M365_URL belongs to local mode alone; remove it',
    ]);
  });

  test('knows the bot by the registration, or by the managed identity itself', () => {
    const identity = '22222222-2222-4222-8222-222222222222';
    const given = { ...production, MANAGED_IDENTITY_CLIENT_ID: identity };
    expect(parseConfig(given)).toMatchObject({ appId: guid, botId: guid });
    expect(parseConfig({ ...given, BOT_ID: identity })).toMatchObject({ appId: guid, botId: identity });
    const stranger = '33333333-3333-4333-8333-333333333333';
    expect(issuesOf({ ...given, BOT_ID: stranger }).join()).toContain('BOT_ID is BOT_APP_ID or');
    const trial = { ...given, BOARD_MODE: 'trial', BOT_APP_SECRET: 'secret' };
    expect(issuesOf({ ...trial, BOT_ID: identity }).join()).toContain('BOT_ID is BOT_APP_ID or');
  });

  test.each(['LOCAL_M365_URL', 'LOCAL_PLAYGROUND_PORTS', 'LOCAL_EMPTY_DATABASE'] as const)(
    'refuses the local door %s in production and in trial',
    (key) => {
      const door = { [key]: local[key] };
      expect(issuesOf({ ...production, ...door }).join()).toContain(`${key} belongs to local mode alone`);
      const trial = { ...production, BOARD_MODE: 'trial', BOT_APP_SECRET: 'secret', ...door };
      expect(issuesOf(trial).join()).toContain(`${key} belongs to local mode alone`);
    },
  );

  test('refuses a client secret in production', () => {
    expect(issuesOf({ ...production, BOT_APP_SECRET: 'secret' }).join()).toContain(
      'BOT_APP_SECRET belongs to trial mode',
    );
  });

  test.each([
    ['PORT', 'eighty'],
    ['PORT', '70000'],
    ['TENANT_ID', 'contoso'],
    ['PORT', '0'],
    ['DATABASE_URL', 'mysql://db'],
    ['DATABASE_URL', 'postgres://board:s3cr#t@db.example/board'],
    ['DATABASE_URL', 'postgres://board:s3cr/t@db.example/board'],
    ['DATABASE_URL', 'postgres://board:100%@db.example/board'],
    ['DATABASE_URL', 'postgres:///board'],
    ['BOARD_SITES', 'contoso.sharepoint.com/sites/board'],
    ['BOARD_SITES', 'board=https://contoso.sharepoint.com/sites/board'],
    ['BOARD_SITES', 'a=contoso.sharepoint.com:/sites/a, b=contoso.sharepoint.com:/sites/b'],
    ['BOARD_SITES', 'a=contoso.sharepoint.com:/sites/a,a=contoso.sharepoint.com:/sites/b'],
    ['PUBLIC_URL', 'http://board.example'],
    ['BOARD_MODE', 'test'],
    ['LOG_LEVEL', 'loud'],
    ['CERTIFICATE_THUMBPRINT', 'abc'],
    ['GRAPH_UNITS_PER_MINUTE', 'tiny'],
    ['GRAPH_UNITS_PER_MINUTE', '99'],
    ['SERVICE_MAILBOX', 'send.board'],
    ['TEAMS_CATALOGUE_ID', 'board-assistant'],
    ['ADMINISTRATOR_ADDRESSES', 'one@a.example, two'],
  ])('names %s when it is "%s"', (key, value) => {
    const issues = issuesOf({ ...production, [key]: value });
    expect(issues).toEqual([expect.stringContaining(key)]);
    // In words, and without the value: it may hold a password.
    expect(issues.join()).toMatch(/ (must|names) /);
    expect(issues.join()).not.toMatch(/s3cr|Invalid|expected/);
  });

  test('takes ids that were copied in capitals, as Entra writes them in its tokens', () => {
    const [app, identity] = ['AAAAAAAA-1111-4111-8111-111111111111', 'BBBBBBBB-1111-4111-8111-111111111111'];
    const given = { ...production, TENANT_ID: app, BOT_APP_ID: app, MANAGED_IDENTITY_CLIENT_ID: identity };
    expect(parseConfig({ ...given, BOT_ID: identity.toLowerCase() })).toMatchObject({
      ...{ tenantId: app.toLowerCase(), appId: app.toLowerCase(), botId: identity.toLowerCase() },
      tabAudience: `api://board.example/botid-${app.toLowerCase()}`,
    });
  });

  test('reports several bad values together', () => {
    expect(issuesOf({ ...production, PORT: 'x', LOG_LEVEL: 'loud' })).toHaveLength(2);
  });

  test('knows the service mailbox, where there is one', () => {
    expect(parseConfig(production).serviceMailbox).toBeUndefined();
    const mailbox = 'send.board@northam.example';
    expect(parseConfig({ ...production, SERVICE_MAILBOX: mailbox }).serviceMailbox).toBe(mailbox);
  });

  test('knows who may be sent a test, nobody when nothing is said', () => {
    expect(parseConfig(production).administrators).toEqual([]);
    const given = { ...production, ADMINISTRATOR_ADDRESSES: 'it@a.example,desk@a.example' };
    expect(parseConfig(given).administrators).toEqual(['it@a.example', 'desk@a.example']);
  });

  test('takes an empty variable as absent', () => {
    expect(parseConfig({ ...production, PORT: '' }).port).toBe(3978);
  });

  test.each([
    [undefined, 1250],
    ['smallest', 1250],
    ['large', 5000],
    ['600', 600],
  ])('takes the limit of units a minute as %s', (given, units) => {
    expect(parseConfig({ ...production, GRAPH_UNITS_PER_MINUTE: given }).graphUnitsPerMinute).toBe(units);
  });

  test('keeps local mode on loopback, with its Playgrounds', () => {
    expect(parseConfig(local)).toMatchObject({
      host: '127.0.0.1',
      boards: [
        { id: 'a', siteUrl: 'one.example:/sites/a' },
        { id: 'b', siteUrl: 'two.example:/sites/b' },
      ],
      local: { microsoft365Url: 'http://127.0.0.1:4000', playgroundPorts: [56150, 56151] },
    });
    expect(issuesOf({ ...local, LOCAL_M365_URL: 'http://10.0.0.1:4000' }).join()).toContain('loopback');
  });

  test('keeps trial mode on loopback, with a secret', () => {
    const trial = { ...production, BOARD_MODE: 'trial', DATABASE_URL: undefined, BOT_APP_SECRET: 'secret' };
    const config = parseConfig(trial);
    expect(config).toMatchObject({ host: '127.0.0.1', credential: { kind: 'secret', secret: 'secret' } });
    expect(config.local).toBeUndefined();
    expect(config.databaseUrl).toBeUndefined();
  });

  test('takes a certificate when file and thumbprint are given', () => {
    const given = {
      ...production,
      MANAGED_IDENTITY_CLIENT_ID: undefined,
      CERTIFICATE_PATH: 'board.pem',
      CERTIFICATE_THUMBPRINT: 'a'.repeat(64),
    };
    expect(parseConfig(given).credential).toEqual({
      kind: 'certificate',
      path: 'board.pem',
      thumbprintSha256: 'a'.repeat(64),
    });
    expect(issuesOf({ ...given, CERTIFICATE_THUMBPRINT: undefined }).join()).toContain('a credential is needed');
  });
});

describe('the service', () => {
  test('refuses to start without its settings and says all of them on one page', () => {
    const root = path.resolve(__dirname, '..');
    const run = spawnSync(process.execPath, ['--import', 'tsx', 'bot/main.ts'], {
      cwd: root,
      env: { PATH: process.env['PATH'], LOCAL_M365_URL: 'http://127.0.0.1:4000' },
      encoding: 'utf8',
      timeout: 60_000,
    });
    expect(run.status).toBe(1);
    expect(run.stderr).toContain('Board Assistant cannot start:');
    expect(run.stderr).toContain('  - TENANT_ID is needed in production mode');
    expect(run.stderr).toContain('  - LOCAL_M365_URL belongs to local mode alone; remove it');
  }, 90_000);

  test('says in words that the database does not answer at the start, and nothing of its password', () => {
    const run = spawnSync(process.execPath, ['--import', 'tsx', 'bot/main.ts'], {
      cwd: path.resolve(__dirname, '..'),
      env: { ...production, PATH: process.env['PATH'], DATABASE_URL: 'postgres://board:s3cret-word@127.0.0.1:9/board' },
      encoding: 'utf8',
      timeout: 60_000,
    });
    expect(run.status).toBe(1);
    expect(run.stderr).toContain(
      'Board Assistant cannot start:\n  - The database did not carry out a connect. connect',
    );
    expect(run.stdout + run.stderr).not.toMatch(/s3cret|node_modules|\.ts:/);
  }, 90_000);
});

describe('metrics and traces', () => {
  const key = '0a1b2c3d-4e5f-4a6b-8c7d-8e9f00112233';

  test('go nowhere by default', () => {
    expect(parseConfig(production)).not.toHaveProperty('telemetry');
    expect(parseConfig({ ...production, OTEL_METRIC_EXPORT_INTERVAL: '500' })).not.toHaveProperty('telemetry');
  });

  test('go where the variables say, with what the collector wants to see', () => {
    const otlp = {
      OTEL_EXPORTER_OTLP_ENDPOINT: 'https://collector.example:4318/',
      OTEL_EXPORTER_OTLP_HEADERS: 'Authorization=Basic%20dXNlcjpwYXNz==,x-tenant=a',
      OTEL_TRACES_SAMPLER_ARG: '0.25',
    };
    const config = parseConfig({ ...production, ...otlp });
    expect(config.telemetry).toEqual({
      otlp: {
        url: 'https://collector.example:4318',
        headers: { Authorization: 'Basic dXNlcjpwYXNz==', 'x-tenant': 'a' },
      },
      ...{ metricsEveryMs: 60_000, traceRatio: 0.25 },
    });
    expect(toldOf(config)).toMatchObject({ telemetry: 'otlp' });
    expect(secretsOf(config)).toContain('Basic dXNlcjpwYXNz==');
    const azure = parseConfig({
      ...production,
      APPLICATIONINSIGHTS_CONNECTION_STRING: `InstrumentationKey=${key};A=b`,
    });
    expect(azure.telemetry).toMatchObject({ azureConnectionString: `InstrumentationKey=${key};A=b` });
    expect(toldOf(azure)).toMatchObject({ telemetry: 'azure' });
    expect(secretsOf(azure)).toContain(key);
  });

  test('leave Microsoft without statistics about its exporter', () => {
    const kept = process.env;
    try {
      process.env = { ...production, APPLICATIONINSIGHTS_CONNECTION_STRING: `InstrumentationKey=${key}` };
      readConfig();
      expect(process.env).toMatchObject({
        APPLICATION_INSIGHTS_NO_STATSBEAT: 'true',
        APPLICATIONINSIGHTS_SDKSTATS_DISABLED: 'true',
      });
      process.env = { ...production };
      readConfig();
      expect(process.env).not.toHaveProperty('APPLICATION_INSIGHTS_NO_STATSBEAT');
    } finally {
      process.env = kept;
    }
  });

  test.each([
    ['OTEL_EXPORTER_OTLP_ENDPOINT', 'collector:4318'],
    ['OTEL_EXPORTER_OTLP_HEADERS', 'Bearer abc'],
    ['OTEL_EXPORTER_OTLP_HEADERS', 'a=100%'],
    ['OTEL_METRIC_EXPORT_INTERVAL', '5'],
    ['OTEL_TRACES_SAMPLER_ARG', '2'],
    ['APPLICATIONINSIGHTS_CONNECTION_STRING', 'IngestionEndpoint=https://uk.example'],
  ])('are refused where %s is %s', (name, value) => {
    expect(issuesOf({ ...production, [name]: value })).toEqual([expect.stringContaining(name)]);
  });
});
