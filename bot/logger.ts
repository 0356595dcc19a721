// Structured logs: one JSON line an event, through a redactor that has decided about every fact; never what people wrote.
import { AsyncLocalStorage } from 'node:async_hooks';
import pino from 'pino';
import { ConfigError, InvalidInputError, NotFoundError, UpstreamError, isKnownError } from './errors';

/**
 * What each fact of a line may hold. A fact without a decision here does not compile, and is masked if it comes all the
 * same. Codes are ids, references and kinds, without spaces; figures are numbers and yes or no; the last are words of this
 * program, cleaned of addresses, secrets and quotations.
 */
const codes = [
  ...(['boardId', 'meetingRef', 'personRef', 'byRef', 'ref', 'operationId', 'requestId', 'correlationId'] as const),
  ...(['itemId', 'record', 'step', 'kind', 'activityType', 'check', 'hash', 'name', 'host', 'mode'] as const),
  ...(['method', 'signal', 'recordedAs', 'database', 'credential'] as const),
  // Patterns of addresses, ids masked: `/api/v1/actions/:ref`.
  ...(['route', 'path', 'traceId', 'telemetry'] as const),
] as const;
const figures = [
  ...(['status', 'port', 'boards', 'saving', 'attempt', 'waitMs', 'tookMs', 'ageMs', 'parts', 'count'] as const),
  ...(['planned', 'reopened', 'requested', 'resumed', 'handedOver', 'invited', 'sent', 'failed', 'uncertain'] as const),
  ...(['unreachable', 'cancelled', 'waiting', 'held', 'answers', 'acts', 'imports', 'managed'] as const),
  ...([
    'uncertainMessages',
    'shared',
    'problems',
    'told',
    'rows',
    'left',
    'requests',
    'items',
    'changedLists',
  ] as const),
  ...(['units', 'made', 'renewed', 'lists', 'noChange', 'kept', 'notSent', 'mailbox', 'installs', 'deleted'] as const),
  ...(['unknownAddress', 'tooOften', 'malformed', 'wrongClientState', 'conversations', 'operations'] as const),
  ...(['lateMs', 'queued', 'oldestMs'] as const),
] as const;
const ours = ['why', 'outcome', 'steps'] as const;

/** Facts of one log line. Refs, counts, kinds, ids and durations only; never what people wrote. */
export type LogFacts = {
  readonly [K in (typeof codes)[number] | (typeof ours)[number]]?: string | number | boolean | undefined;
} & { readonly [K in (typeof figures)[number]]?: number | boolean | undefined };

export interface Logger {
  debug(event: string, facts?: LogFacts): void;
  info(event: string, facts?: LogFacts, cause?: unknown): void;
  warn(event: string, facts?: LogFacts, cause?: unknown): void;
  error(event: string, facts?: LogFacts, cause?: unknown): void;
  /** A logger that adds `facts` (a board) to each of its lines. */
  with(facts: LogFacts): Logger;
}

export type LogLevel = 'debug' | 'info' | 'warn' | 'error' | 'silent';

export interface LogSettings {
  /** Standard output when absent. */
  readonly destination?: { write(line: string): void };
  /** Values that must not be in any line, wherever they come from. */
  readonly secrets?: readonly string[];
}

const underWay = new AsyncLocalStorage<string>();

/** Every line that `work` leads to carries this id: of a request, an invoke, a wake. */
export function correlated<T>(id: string, work: () => T): T {
  return underWay.run(id, work);
}

/** The id of what is under way; undefined outside of `correlated`. */
export function correlationId(): string | undefined {
  return underWay.getStore();
}

/** Writes lines of this level and above. */
export function createLogger(level: LogLevel, settings: LogSettings = {}): Logger {
  const { destination } = settings;
  const options: pino.LoggerOptions = {
    level,
    base: null,
    timestamp: pino.stdTimeFunctions.isoTime,
    messageKey: 'event',
    mixin: () => ({ correlationId: correlationId() }),
    // Whatever a library left in a message: the secrets of this process are in no line.
    hooks: { streamWrite: withoutSecrets(settings.secrets ?? []) },
  };
  return wrap(destination ? pino(options, destination) : pino(options));
}

function wrap(target: pino.Logger): Logger {
  return {
    debug: (event, facts) => target.debug(redacted(facts), event),
    info: (event, facts, cause) => target.info({ ...redacted(facts), ...describe(cause) }, event),
    warn: (event, facts, cause) => target.warn({ ...redacted(facts), ...describe(cause) }, event),
    error: (event, facts, cause) => target.error({ ...redacted(facts), ...describe(cause) }, event),
    with: (facts) => wrap(target.child(redacted(facts))),
  };
}

type Plain = Readonly<Record<string, string | number | boolean | undefined>>;

const masked = '[not logged]';
const codeShape = /^[\w.:,/*+-]{0,200}$/;

/** Each fact as its decision allows; what breaks it, or has none, is masked. */
export function redacted(facts: LogFacts = {}): Plain {
  return Object.fromEntries(Object.entries(facts).map(([name, value]) => [name, allowed(name, value)]));
}

function allowed(name: string, value: unknown): string | number | boolean | undefined {
  if (value === undefined) return undefined;
  if (typeof value === 'number' || typeof value === 'boolean') return isDecided.has(name) ? value : masked;
  if (typeof value !== 'string') return masked;
  if (isCode.has(name)) return codeShape.test(value) ? value : masked;
  return isOurs.has(name) ? cleaned(value) : masked;
}

const isCode: ReadonlySet<string> = new Set(codes);
const isOurs: ReadonlySet<string> = new Set(ours);
const isDecided: ReadonlySet<string> = new Set([...codes, ...figures, ...ours]);

const longest = 400;
const replacements: readonly (readonly [RegExp, string])[] = [
  [/\beyJ[\w-]{5,}(\.[\w-]*){0,4}/g, '[token]'],
  [/\b(Bearer|Basic)\s+[^\s,;]+/gi, '$1 [token]'],
  [/\/\/[^\s/@]+:[^\s/@]+@/g, '//[secret]@'],
  [/([?&](?:sig|code|token|tempauth|validationToken|access_token)=)[^&\s"']+/gi, '$1[secret]'],
  [
    /\b(password|client_secret|secret|access_token|refresh_token|assertion|client_assertion)(["']?\s*[=:]\s*["']?)[^\s"'&,}]+/gi,
    '$1$2[secret]',
  ],
  [/[^\s<>()[\]"'“”‘’,;:=/?&|]+(?:@|%40)[^\s<>()[\]"'“”‘’,;:=/?&|]+/g, '[address]'],
  [/"([^"]*)"|“([^”]*)”|‘([^’]*)’|'([^']*)'/g, '"…"'],
];
/** A column, a table, a code: what programs put in quotation marks. */
const programName = /^["'“‘]([a-z_][\w.-]{0,60}|[A-Za-z]+[0-9_.][\w.-]{0,60}|[A-Z][a-z]+[A-Z]\w{0,60})["'”’]$/;

/** Without addresses, secrets and what is quoted, but for names that programs quote; one line, cut at 400 characters. */
export function cleaned(text: string): string {
  let clean = text.slice(0, 5 * longest).replace(/[\p{Cc}\p{Cf}]+/gu, ' ');
  for (const [pattern, by] of replacements)
    clean = clean.replace(pattern, (found, ...groups: unknown[]) => {
      if (by === '"…"') return programName.test(found) ? found : by;
      return by.replace(/\$(\d)/g, (_all, group: string) => String(groups[Number(group) - 1] ?? ''));
    });
  return clean.length > longest ? `${clean.slice(0, longest)} …` : clean;
}

function describe(cause: unknown): Plain {
  if (cause === undefined) return {};
  if (!(cause instanceof Error)) return { cause: typeof cause };
  const inner = cause.cause instanceof Error ? cause.cause : undefined;
  return {
    cause: messageOf(cause),
    causeType: cause.name,
    ...(inner === undefined ? {} : { causeInner: `${inner.name}: ${messageOf(inner)}` }),
    ...(isKnownError(cause) ? { causeKind: cause.kind } : {}),
    ...(cause instanceof UpstreamError
      ? {
          service: cause.service,
          causeCode: code(cause.code),
          upstreamStatus: cause.status,
          upstreamRequestId: code(cause.requestId),
        }
      : {}),
    stack: framesOf(cause),
  };
}

/** Errors that people cause quote what they sent: of those only which field was wrong is kept. */
function messageOf(error: Error): string {
  if (error instanceof ConfigError) return cleaned(error.issues.join('; '));
  if (error instanceof InvalidInputError) return `what was sent does not fit: ${fieldsOf(error)}`;
  if (error instanceof NotFoundError) return `There is no ${cleaned(error.what)} ${wantedOf(error)}.`;
  if (error instanceof SyntaxError || error.name === 'ZodError') return 'what was read does not have the expected form';
  return cleaned(error.message);
}

/** A reference of the board, such as APA1.04: what people type in its place may be anything. */
const boardRef = /^(?=.*\d)[A-Z][A-Z0-9.-]{0,20}$/;
/** Things of the site are named by the program, not by who asks. */
const ofTheSite: readonly string[] = ['column', 'list', 'SharePoint resource'];

function wantedOf({ what, ref }: NotFoundError): string {
  if (ofTheSite.includes(what)) return cleaned(ref);
  return boardRef.test(ref) ? ref : masked;
}

function fieldsOf(error: InvalidInputError): string {
  return [...new Set(error.issues.map((one) => code(one.field) ?? ''))].join(' ') || 'no field named';
}

function code(text: string | undefined): string | undefined {
  return text === undefined || codeShape.test(text) ? text : masked;
}

/** The frames alone: the first lines of a stack repeat the message. */
function framesOf(error: Error): string {
  const frames = (error.stack ?? '').split('\n').filter((line) => /^\s+at /.test(line));
  return frames.slice(0, 12).join('\n');
}

/** Shorter ones would be found in every other word. */
const shortestSecret = 6;

function withoutSecrets(secrets: readonly string[]): (line: string) => string {
  const hidden = secrets.filter((one) => one.length >= shortestSecret).map((one) => JSON.stringify(one).slice(1, -1));
  return (line) => hidden.reduce((clean, one) => clean.replaceAll(one, '[secret]'), line);
}
