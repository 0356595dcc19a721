// Failures in the form Microsoft Graph answers them: a status, a code, a message, and ids to look them up by.
import { randomUUID } from 'node:crypto';

export interface FailureFacts {
  /** The more specific code, given inside `innerError`. */
  readonly innerCode?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

/** Thrown by handlers, answered by graph.ts. */
export class GraphFailure extends Error {
  readonly status: number;
  readonly code: string;
  readonly innerCode: string | undefined;
  readonly headers: Readonly<Record<string, string>>;
  constructor(status: number, code: string, message: string, facts: FailureFacts = {}) {
    super(message);
    this.name = 'GraphFailure';
    this.status = status;
    this.code = code;
    this.innerCode = facts.innerCode;
    this.headers = facts.headers ?? {};
  }
}

/** What a person running the local Microsoft 365 must mend before it can start or go on. */
export class LocalError extends Error {
  constructor(message: string, facts: { readonly cause?: unknown } = {}) {
    super(message, facts.cause === undefined ? undefined : { cause: facts.cause });
    this.name = 'LocalError';
  }
}

export function invalidRequest(message: string, innerCode?: string): GraphFailure {
  return new GraphFailure(400, 'invalidRequest', message, innerCode === undefined ? {} : { innerCode });
}

export function notFound(message = 'The resource could not be found.'): GraphFailure {
  return new GraphFailure(404, 'itemNotFound', message);
}

/** The JSON body of a failure; the date inside has no zone, as Graph writes it. */
export function failureBody(failure: GraphFailure, requestId: string = randomUUID()): Record<string, unknown> {
  return {
    error: {
      code: failure.code,
      message: failure.message,
      innerError: {
        ...(failure.innerCode === undefined ? {} : { code: failure.innerCode }),
        date: new Date().toISOString().slice(0, 19),
        'request-id': requestId,
        'client-request-id': requestId,
      },
    },
  };
}
