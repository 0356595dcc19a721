// Structured logs: one JSON line an event, never card text, names or message bodies.
import pino from 'pino';

/** Facts of one log line. Refs, counts, kinds, ids and durations only; never what people wrote. */
export type LogFacts = Readonly<Record<string, string | number | boolean | undefined>>;

export interface Logger {
  debug(event: string, facts?: LogFacts): void;
  info(event: string, facts?: LogFacts): void;
  warn(event: string, facts?: LogFacts, cause?: unknown): void;
  error(event: string, facts?: LogFacts, cause?: unknown): void;
  /** A logger that adds `facts` (a correlation id, a board) to each of its lines. */
  with(facts: LogFacts): Logger;
}

export type LogLevel = 'debug' | 'info' | 'warn' | 'error' | 'silent';

/** Writes to `destination` (standard output when absent). */
export function createLogger(level: LogLevel, destination?: { write(line: string): void }): Logger {
  const options = { level, base: null, timestamp: pino.stdTimeFunctions.isoTime, messageKey: 'event' };
  return wrap(destination ? pino(options, destination) : pino(options));
}

function wrap(target: pino.Logger): Logger {
  return {
    debug: (event, facts) => target.debug(facts ?? {}, event),
    info: (event, facts) => target.info(facts ?? {}, event),
    warn: (event, facts, cause) => target.warn({ ...facts, ...describe(cause) }, event),
    error: (event, facts, cause) => target.error({ ...facts, ...describe(cause) }, event),
    with: (facts) => wrap(target.child(facts)),
  };
}

function describe(cause: unknown): LogFacts {
  if (cause === undefined) return {};
  if (!(cause instanceof Error)) return { cause: typeof cause };
  const inner = cause.cause instanceof Error ? cause.cause.message : undefined;
  return { cause: cause.message, causeType: cause.name, causeInner: inner, stack: cause.stack };
}
