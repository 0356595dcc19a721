// A logger that others listen to: each line goes to the log as it would without it, and its facts to who listens.
import { redacted, type LogFacts, type Logger } from '../logger';

/** Facts as the log may hold them: references, figures, kinds; what breaks its decision is masked already. */
export type HeardFacts = ReturnType<typeof redacted>;

export type Level = 'debug' | 'info' | 'warn' | 'error';
export type Hear = (level: Level, event: string, facts: HeardFacts) => void;

/** `always` adds facts to each line; lines below the log's level are heard, too. */
export function listening(logger: Logger, always: () => LogFacts, hear: Hear, more: LogFacts = {}): Logger {
  function said(level: Level, event: string, facts: LogFacts = {}): LogFacts {
    hear(level, event, redacted({ ...more, ...facts }));
    return { ...facts, ...always() };
  }
  return {
    debug: (event, facts) => logger.debug(event, said('debug', event, facts)),
    info: (event, facts, cause) => logger.info(event, said('info', event, facts), cause),
    warn: (event, facts, cause) => logger.warn(event, said('warn', event, facts), cause),
    error: (event, facts, cause) => logger.error(event, said('error', event, facts), cause),
    with: (facts) => listening(logger.with(facts), always, hear, { ...more, ...facts }),
  };
}
