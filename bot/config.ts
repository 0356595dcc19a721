// The only reader of the environment: every setting of the service, parsed once, all that is wrong reported at once.
// Longer than most: every setting stands in one table.
import path from 'node:path';
import { z } from 'zod';
import { guid, isDatabaseAddress, isEachOnce, isPercentEncoded, part, whole } from './configValues';
import { ConfigError } from './errors';
import type { LogFacts, LogLevel } from './logger';

export type BoardMode = 'local' | 'trial' | 'production';

/** How the service proves to Entra who it is. A secret is for trial and local mode alone. */
export type ServiceCredential =
  | { readonly kind: 'secret'; readonly secret: string }
  | { readonly kind: 'certificate'; readonly path: string; readonly thumbprintSha256: string }
  /** A user-assigned managed identity, used as a federated credential of the app registration. */
  | { readonly kind: 'managedIdentity'; readonly clientId: string };

export interface BoardSite {
  readonly id: string;
  /** `host:/path`, as Graph addresses a site. */
  readonly siteUrl: string;
}

/** Where metrics and traces go: to a collector, to Application Insights, or to both. */
export interface TelemetryConfig {
  /** OTLP over HTTP, as JSON; `url` without the path of a signal. */
  readonly otlp?: { readonly url: string; readonly headers: Readonly<Record<string, string>> };
  readonly azureConnectionString?: string;
  readonly metricsEveryMs: number;
  /** The part of all traces that is kept, 0 to 1. */
  readonly traceRatio: number;
}

export interface Config {
  readonly mode: BoardMode;
  readonly host: string;
  readonly port: number;
  /** Holds the embedded database; readable by its user alone. */
  readonly dataFolder: string;
  /** Where the running service leaves its loopback address and token for the operator's commands. */
  readonly operatorFile: string;
  /** Where the built tab lies. */
  readonly tabFolder: string;
  readonly databaseUrl?: string;
  /** When the copy was taken from which the database was restored; what waited in it is not sent by itself. */
  readonly restoredFrom?: string;
  readonly logLevel: LogLevel;
  readonly tenantId: string;
  readonly boards: readonly BoardSite[];
  /** The one app registration: Graph and tab, and the bot unless that is the managed identity itself. */
  readonly appId: string;
  /** Under which the channel knows the bot. */
  readonly botId: string;
  readonly credential: ServiceCredential;
  /** Expected `aud` of the tab's tokens. */
  readonly tabAudience: string;
  /** The tenant's limit of SharePoint's resource units a minute for this application. */
  readonly graphUnitsPerMinute: number;
  /** How long finished operations and settled messages are kept in the database. */
  readonly retentionDays: number;
  /** The public address of the service, `https://board.example`. */
  readonly publicUrl: string;
  /** The mailbox that organises meetings and sends mail; without it neither is done, and the product says so. */
  readonly serviceMailbox?: string;
  /** The app in the catalogue of Teams; links open the tab there. */
  readonly teamsAppId?: string;
  /** The app's id in the tenant's catalogue; with it, it is installed for people who never opened the chat. */
  readonly teamsCatalogueId?: string;
  /** Addresses that may be sent a test of what an owner would get. */
  readonly administrators: readonly string[];
  /** Absent by default: then nothing is measured and no package for it is loaded. */
  readonly telemetry?: TelemetryConfig;
  /** Local mode alone. */
  readonly local?: {
    readonly microsoft365Url: string;
    /** Playgrounds that start.ts started; activities without a token are taken from these alone. */
    readonly playgroundPorts: readonly number[];
    /** The files of an empty embedded database, to be copied for a new data folder. */
    readonly emptyDatabase?: string;
  };
}

/** Units a minute by the tenant's licences. Source: SharePoint, "Avoid getting throttled or blocked", October 2025. */
const unitsPerMinute: Readonly<Record<string, number>> = {
  smallest: 1250,
  small: 2500,
  medium: 3750,
  large: 5000,
  largest: 6250,
};

/** Every variable with what it is for; docs/configuration.md lists the same (checked by a test). */
const variables = z.object({
  BOARD_MODE: z.enum(['local', 'trial', 'production'], 'must be local, trial or production').default('production'),
  PORT: whole(1, 65_535).default(3978),
  BOARD_DATA: z.string().min(1).default('.data/service'),
  OPERATOR_FILE: z.string().min(1).default('.data/operator.json'),
  DATABASE_URL: z
    .string()
    .regex(/^postgres(ql)?:\/\//, { error: 'must begin with postgres://', abort: true })
    .refine(
      isDatabaseAddress,
      'must be like postgres://USER:PASSWORD@HOST:5432/DATABASE, with / # ? @ % in a password percent-encoded',
    )
    .optional(),
  DATABASE_RESTORED_FROM: z.iso.datetime('must be a moment like 2025-01-06T03:00:00Z').optional(),
  LOG_LEVEL: z
    .enum(['debug', 'info', 'warn', 'error', 'silent'], 'must be debug, info, warn, error or silent')
    .default('info'),
  TENANT_ID: guid('must be the GUID of the Entra tenant').optional(),
  BOARD_SITES: z
    .string()
    .regex(
      /^[\w-]+=[\w-]+(\.[\w-]+)+:\/[^=,/][^=,]*(,[\w-]+=[\w-]+(\.[\w-]+)+:\/[^=,/][^=,]*)*$/,
      'must be like my-board=contoso.sharepoint.com:/sites/board, without https://, several joined by commas',
    )
    .refine((text) => isEachOnce(parseSites(text).map((one) => one.id)), 'names a board twice')
    .optional(),
  BOT_APP_ID: guid('must be the GUID of the app registration').optional(),
  BOT_ID: guid('must be the GUID under which the bot is registered').optional(),
  BOT_APP_SECRET: z.string().min(1).optional(),
  CERTIFICATE_PATH: z.string().min(1).optional(),
  CERTIFICATE_THUMBPRINT: z
    .string()
    .regex(/^[0-9a-fA-F]{64}$/, 'must be the SHA-256 thumbprint, 64 hexadecimal digits')
    .optional(),
  MANAGED_IDENTITY_CLIENT_ID: guid('must be the GUID of the managed identity').optional(),
  TAB_AUDIENCE: z.string().min(1).optional(),
  GRAPH_UNITS_PER_MINUTE: z
    .string()
    .regex(
      /^(smallest|small|medium|large|largest|[1-9]\d{2,5})$/,
      'must be a number from 100 on, or smallest, small, medium, large or largest',
    )
    .default('smallest'),
  RETENTION_DAYS: whole(90, 3650).default(400),
  PUBLIC_URL: z.url({ protocol: /^https$/, error: 'must be an https:// address' }).optional(),
  SERVICE_MAILBOX: z.email('must be the address of a mailbox in the tenant').optional(),
  TEAMS_APP_ID: guid('must be the GUID of the app in Teams').optional(),
  TEAMS_CATALOGUE_ID: guid('must be the GUID of the app in the catalogue of the tenant').optional(),
  ADMINISTRATOR_ADDRESSES: z
    .string()
    .regex(/^[^@\s,]+@[^@\s,]+(,[^@\s,]+@[^@\s,]+)*$/, 'must be e-mail addresses joined by commas')
    .optional(),
  OTEL_EXPORTER_OTLP_ENDPOINT: z
    .url({ protocol: /^https?$/, error: 'must be an http:// or https:// address' })
    .optional(),
  OTEL_EXPORTER_OTLP_HEADERS: z
    .string()
    .regex(
      /^[\w-]+=[^,\s]+(,[\w-]+=[^,\s]+)*$/,
      'must be like api-key=SECRET, joined by commas, values percent-encoded',
    )
    .refine(isPercentEncoded, 'must have its values percent-encoded')
    .optional(),
  OTEL_METRIC_EXPORT_INTERVAL: whole(100, 3_600_000).default(60_000),
  OTEL_TRACES_SAMPLER_ARG: part().default(1),
  APPLICATIONINSIGHTS_CONNECTION_STRING: z
    .string()
    .regex(/(^|;)InstrumentationKey=[0-9a-f-]{36}(;|$)/i, 'must be the connection string of Application Insights')
    .optional(),
  LOCAL_M365_URL: z
    .string()
    .regex(/^http:\/\/(127\.0\.0\.1|localhost):\d+$/, 'must be a loopback address with a port')
    .optional(),
  LOCAL_PLAYGROUND_PORTS: z
    .string()
    .regex(/^\d+(,\d+)*$/, 'must be port numbers joined by commas')
    .optional(),
  LOCAL_EMPTY_DATABASE: z.string().min(1).optional(),
});

type Variables = z.infer<typeof variables>;
/** What the rules about presence need to know. */
type Given = { readonly [K in keyof Variables]?: unknown } & Pick<Variables, 'BOARD_MODE'>;

/** Returns the configuration, or throws ConfigError naming every bad variable at once. */
export function parseConfig(env: Readonly<Record<string, string | undefined>>): Config {
  const given = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== undefined && value !== ''));
  const parsed = variables.safeParse(given);
  // What is absent or out of place is seen by what was given, so that one message names all that is wrong.
  const mode = variables.shape.BOARD_MODE.safeParse(given['BOARD_MODE']).data ?? 'production';
  const seen: Given = { ...given, BOARD_MODE: mode };
  const unfit = parsed.error?.issues.map((issue) => `${issue.path.join('.')} ${issue.message}`) ?? [];
  const issues = [...unfit, ...missing(seen), ...outOfPlace(seen)];
  if (!parsed.success || issues.length > 0) throw new ConfigError(issues);
  return assemble(parsed.data);
}

function missing(values: Given): readonly string[] {
  const needed: (keyof Variables)[] = ['TENANT_ID', 'BOT_APP_ID', 'BOARD_SITES'];
  if (values.BOARD_MODE === 'local') needed.push('LOCAL_M365_URL');
  if (values.BOARD_MODE === 'trial') needed.push('BOT_APP_SECRET', 'PUBLIC_URL');
  if (values.BOARD_MODE === 'production') needed.push('DATABASE_URL', 'PUBLIC_URL');
  const issues = needed
    .filter((key) => values[key] === undefined)
    .map((key) => `${key} is needed in ${values.BOARD_MODE} mode`);
  const hasCertificate = values.CERTIFICATE_PATH !== undefined && values.CERTIFICATE_THUMBPRINT !== undefined;
  if (values.BOARD_MODE === 'production' && !hasCertificate && values.MANAGED_IDENTITY_CLIENT_ID === undefined) {
    issues.push('a credential is needed: CERTIFICATE_PATH with CERTIFICATE_THUMBPRINT, or MANAGED_IDENTITY_CLIENT_ID');
  }
  return issues;
}

function outOfPlace(values: Given): readonly string[] {
  const issues: string[] = [];
  if (values.BOARD_MODE !== 'local') {
    for (const key of ['LOCAL_M365_URL', 'LOCAL_PLAYGROUND_PORTS', 'LOCAL_EMPTY_DATABASE'] as const) {
      if (values[key] !== undefined) issues.push(`${key} belongs to local mode alone; remove it`);
    }
  }
  const [botId, appId, identity] = [values.BOT_ID, values.BOT_APP_ID, values.MANAGED_IDENTITY_CLIENT_ID].map((id) =>
    typeof id === 'string' ? id.toLowerCase() : id,
  );
  if (botId !== undefined && botId !== appId && (values.BOARD_MODE !== 'production' || botId !== identity)) {
    issues.push('BOT_ID is BOT_APP_ID or, in production, MANAGED_IDENTITY_CLIENT_ID; remove it, or use one of them');
  }
  if (values.BOARD_MODE === 'production' && values.BOT_APP_SECRET !== undefined) {
    issues.push('BOT_APP_SECRET belongs to trial mode; in production use a certificate or a managed identity');
  }
  return issues;
}

function credentialOf(values: Variables): ServiceCredential | undefined {
  if (values.BOARD_MODE === 'local') return { kind: 'secret', secret: 'local' };
  if (values.BOARD_MODE === 'trial') {
    return values.BOT_APP_SECRET === undefined ? undefined : { kind: 'secret', secret: values.BOT_APP_SECRET };
  }
  if (values.MANAGED_IDENTITY_CLIENT_ID !== undefined) {
    return { kind: 'managedIdentity', clientId: values.MANAGED_IDENTITY_CLIENT_ID };
  }
  if (values.CERTIFICATE_PATH === undefined || values.CERTIFICATE_THUMBPRINT === undefined) return undefined;
  return { kind: 'certificate', path: values.CERTIFICATE_PATH, thumbprintSha256: values.CERTIFICATE_THUMBPRINT };
}

function assemble(values: Variables): Config {
  const isLocal = values.BOARD_MODE === 'local';
  const appId = values.BOT_APP_ID ?? '';
  const publicUrl = values.PUBLIC_URL ?? `http://127.0.0.1:${values.PORT}`;
  const credential = credentialOf(values) ?? { kind: 'secret', secret: '' };
  return {
    mode: values.BOARD_MODE,
    // Only production listens beyond this computer; a dev tunnel of trial mode comes from loopback.
    host: values.BOARD_MODE === 'production' ? '0.0.0.0' : '127.0.0.1',
    port: values.PORT,
    dataFolder: path.resolve(values.BOARD_DATA),
    operatorFile: path.resolve(values.OPERATOR_FILE),
    tabFolder: path.resolve(__dirname, '..', 'tab'),
    ...(values.DATABASE_URL === undefined ? {} : { databaseUrl: values.DATABASE_URL }),
    ...(values.DATABASE_RESTORED_FROM === undefined ? {} : { restoredFrom: values.DATABASE_RESTORED_FROM }),
    logLevel: values.LOG_LEVEL,
    tenantId: values.TENANT_ID ?? '',
    boards: parseSites(values.BOARD_SITES ?? ''),
    appId,
    botId: values.BOT_ID ?? appId,
    credential,
    tabAudience:
      values.TAB_AUDIENCE ??
      (isLocal ? 'api://local/board-assistant' : `api://${new URL(publicUrl).host}/botid-${appId}`),
    graphUnitsPerMinute: unitsPerMinute[values.GRAPH_UNITS_PER_MINUTE] ?? Number(values.GRAPH_UNITS_PER_MINUTE),
    retentionDays: values.RETENTION_DAYS,
    publicUrl,
    ...(values.SERVICE_MAILBOX === undefined ? {} : { serviceMailbox: values.SERVICE_MAILBOX }),
    ...(values.TEAMS_APP_ID === undefined ? {} : { teamsAppId: values.TEAMS_APP_ID }),
    ...(values.TEAMS_CATALOGUE_ID === undefined ? {} : { teamsCatalogueId: values.TEAMS_CATALOGUE_ID }),
    administrators: (values.ADMINISTRATOR_ADDRESSES ?? '').split(',').filter(Boolean),
    ...telemetryOf(values),
    ...(isLocal && values.LOCAL_M365_URL !== undefined
      ? {
          local: {
            microsoft365Url: values.LOCAL_M365_URL,
            playgroundPorts: (values.LOCAL_PLAYGROUND_PORTS ?? '').split(',').filter(Boolean).map(Number),
            ...(values.LOCAL_EMPTY_DATABASE === undefined ? {} : { emptyDatabase: values.LOCAL_EMPTY_DATABASE }),
          },
        }
      : {}),
  };
}

function telemetryOf(values: Variables): { readonly telemetry?: TelemetryConfig } {
  const { OTEL_EXPORTER_OTLP_ENDPOINT: url, APPLICATIONINSIGHTS_CONNECTION_STRING: azureConnectionString } = values;
  if (url === undefined && azureConnectionString === undefined) return {};
  const headers = (values.OTEL_EXPORTER_OTLP_HEADERS ?? '').split(',').flatMap((one) => {
    const [, name = '', value = ''] = /^([^=]+)=(.*)$/.exec(one) ?? [];
    return name === '' ? [] : [[name, decodeURIComponent(value)] as const];
  });
  return {
    telemetry: {
      ...(url === undefined ? {} : { otlp: { url: url.replace(/\/+$/, ''), headers: Object.fromEntries(headers) } }),
      ...(azureConnectionString === undefined ? {} : { azureConnectionString }),
      metricsEveryMs: values.OTEL_METRIC_EXPORT_INTERVAL,
      traceRatio: values.OTEL_TRACES_SAMPLER_ARG,
    },
  };
}

function parseSites(text: string): readonly BoardSite[] {
  return text.split(',').map((one) => {
    const [id = '', siteUrl = ''] = one.split('=');
    return { id, siteUrl };
  });
}

interface Telling {
  /** What the log says of it at the start. */
  readonly told: LogFacts;
  /** Parts that must be in no line of the log. */
  readonly secrets?: readonly string[];
}

const untold: () => Telling = () => ({ told: {} });

/** A new setting does not compile before it is decided what the log says of it. */
const tellings: { readonly [K in keyof Required<Config>]: (config: Config) => Telling } = {
  mode: ({ mode }) => ({ told: { mode } }),
  host: ({ host }) => ({ told: { host } }),
  port: ({ port }) => ({ told: { port } }),
  boards: ({ boards }) => ({ told: { boards: boards.length } }),
  databaseUrl: ({ databaseUrl: url }) => ({
    told: { database: url === undefined ? 'embedded' : 'server' },
    secrets: url === undefined ? [] : [url, new URL(url).password, decodeURIComponent(new URL(url).password)],
  }),
  credential: ({ credential }) => ({
    told: { credential: credential.kind },
    secrets: credential.kind === 'secret' ? [credential.secret] : [],
  }),
  serviceMailbox: ({ serviceMailbox }) => ({ told: { mailbox: serviceMailbox !== undefined } }),
  teamsCatalogueId: ({ teamsCatalogueId }) => ({ told: { installs: teamsCatalogueId !== undefined } }),
  administrators: ({ administrators }) => ({ told: {}, secrets: administrators }),
  telemetry: ({ telemetry: { otlp, azureConnectionString: azure } = {} }) => ({
    told: { telemetry: [otlp && 'otlp', azure && 'azure'].filter(Boolean).join(',') || 'none' },
    secrets: [
      ...(otlp ? [new URL(otlp.url).password, ...Object.values(otlp.headers)] : []),
      ...(azure ? [azure, /InstrumentationKey=([^;]+)/i.exec(azure)?.[1] ?? ''] : []),
    ],
  }),
  ...{ dataFolder: untold, operatorFile: untold, tabFolder: untold, logLevel: untold, tenantId: untold, appId: untold },
  ...{
    tabAudience: untold,
    graphUnitsPerMinute: untold,
    retentionDays: untold,
    restoredFrom: untold,
    botId: untold,
    publicUrl: untold,
    teamsAppId: untold,
    local: untold,
  },
};

/** The configuration as the log may tell it. */
export function toldOf(config: Config): LogFacts {
  return Object.values(tellings).reduce<LogFacts>((all, one) => ({ ...all, ...one(config).told }), {});
}

/** Passwords, secrets and addresses of the configuration: the log hides them wherever they turn up. */
export function secretsOf(config: Config): readonly string[] {
  // In local mode the secret is a word that anybody may know, and that is in every other line.
  if (config.mode === 'local') return [];
  return Object.values(tellings).flatMap((one) => one(config).secrets ?? []);
}

/** The configuration of this process. Throws ConfigError. */
export function readConfig(): Config {
  const config = parseConfig(process.env);
  if (config.telemetry?.azureConnectionString !== undefined) {
    // Microsoft's exporter tells of itself unless these say no: nothing leaves that nobody asked for.
    process.env['APPLICATION_INSIGHTS_NO_STATSBEAT'] = 'true';
    process.env['APPLICATIONINSIGHTS_SDKSTATS_DISABLED'] = 'true';
  }
  return config;
}

/** The operator file, for the commands, which need no other setting. */
export function readOperatorFile(): string {
  return path.resolve(process.env['OPERATOR_FILE'] ?? '.data/operator.json');
}
