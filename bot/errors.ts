// The closed set of errors this product throws; each carries its facts as fields and a literal kind.

interface ErrorFacts {
  readonly cause?: unknown;
}

abstract class BoardError extends Error {
  abstract readonly kind: string;
  constructor(message: string, facts: ErrorFacts = {}) {
    super(message, facts.cause === undefined ? undefined : { cause: facts.cause });
    this.name = new.target.name;
  }
}

/** The configuration cannot be used; `issues` names every bad key at once. */
export class ConfigError extends BoardError {
  readonly kind = 'config';
  readonly issues: readonly string[];
  constructor(issues: readonly string[], facts: ErrorFacts = {}) {
    super(`The configuration cannot be used: ${issues.join('; ')}`, facts);
    this.issues = issues;
  }
}

/** What a person or program sent does not fit; `issues` says, in words for people, what to change. */
export class InvalidInputError extends BoardError {
  readonly kind = 'invalidInput';
  readonly issues: readonly InputIssue[];
  constructor(message: string, issues: readonly InputIssue[] = [], facts: ErrorFacts = {}) {
    super(message, facts);
    this.issues = issues;
  }
}

/** One thing to change: `field` is the name of the input, `message` is for people. */
export interface InputIssue {
  readonly field: string;
  readonly message: string;
}

/**
 * `unknownCaller` and `notAllowed` are about who asks, and are answered 401 and 403. `serviceRefused` is about the service
 * itself: Microsoft Graph does not let it in, whoever asks; that is for the operator to mend.
 */
type Refusal = 'unknownCaller' | 'notAllowed' | 'serviceRefused';

/** The caller is unknown, or known and not allowed to do this; or the service is not, at Microsoft Graph. */
export class NotAuthorisedError extends BoardError {
  readonly kind = 'notAuthorised';
  readonly reason: Refusal;
  constructor(message: string, reason: Refusal, facts: ErrorFacts = {}) {
    super(message, facts);
    this.reason = reason;
  }
}

/** The thing asked for does not exist; `what` and `ref` name it. */
export class NotFoundError extends BoardError {
  readonly kind = 'notFound';
  readonly what: string;
  readonly ref: string;
  constructor(what: string, ref: string, facts: ErrorFacts = {}) {
    super(`There is no ${what} ${ref}.`, facts);
    this.what = what;
    this.ref = ref;
  }
}

/** Somebody changed the record since it was read: nothing was written. */
export class ConflictError extends BoardError {
  readonly kind = 'conflict';
  readonly ref: string;
  constructor(ref: string, message: string, facts: ErrorFacts = {}) {
    super(message, facts);
    this.ref = ref;
  }
}

/** A service asked us to wait; nothing was done. */
export class ThrottledError extends BoardError {
  readonly kind = 'throttled';
  readonly retryAfterSeconds: number;
  constructor(message: string, retryAfterSeconds: number, facts: ErrorFacts = {}) {
    super(message, facts);
    this.retryAfterSeconds = retryAfterSeconds;
  }
}

export interface UpstreamFacts extends ErrorFacts {
  readonly status?: number;
  readonly code?: string;
  readonly requestId?: string;
  /** True when the request may have been carried out although no good answer came. */
  readonly mayHaveHappened?: boolean;
}

/** A service we depend on (Graph, Teams, the database) failed or did not answer. */
export class UpstreamError extends BoardError {
  readonly kind = 'upstream';
  readonly service: string;
  readonly status: number | undefined;
  readonly code: string | undefined;
  readonly requestId: string | undefined;
  readonly mayHaveHappened: boolean;
  constructor(service: string, message: string, facts: UpstreamFacts = {}) {
    super(message, facts);
    this.service = service;
    this.status = facts.status;
    this.code = facts.code;
    this.requestId = facts.requestId;
    this.mayHaveHappened = facts.mayHaveHappened ?? false;
  }
}

export type KnownError =
  ConfigError | InvalidInputError | NotAuthorisedError | NotFoundError | ConflictError | ThrottledError | UpstreamError;

/** True for the errors of this file. */
export function isKnownError(error: unknown): error is KnownError {
  return error instanceof BoardError;
}

/** For people: a board's site has not been given a list or column that this version keeps. Undefined for any other error. */
export function siteLackWords(error: unknown): string | undefined {
  if (!(error instanceof NotFoundError) || (error.what !== 'column' && error.what !== 'list')) return undefined;
  return `The board’s site in SharePoint lacks the ${error.what} ${error.ref}, so this cannot be done yet. Ask the administrator to run "npm run board -- provision", then try again.`;
}
