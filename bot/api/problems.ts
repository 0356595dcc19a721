// Turns any error into problem details (RFC 9457) in words for people; the cause goes to the log alone.
import type { NextFunction, Request, Response } from 'express';
import type { core } from 'zod/mini';
import { isKnownError, siteLackWords, type InputIssue, type KnownError } from '../errors';
import type { Logger } from '../logger';
import { refusals } from '../services/access';
import type { Problem } from './contract';

type ProblemKind =
  | 'invalid'
  | 'signed-out'
  | 'not-allowed'
  | 'not-found'
  | 'conflict'
  | 'confirm'
  | 'busy'
  | 'unavailable'
  | 'failed'
  | 'too-large';

/** What is wrong with one request, known where it happens; thrown errors become one of these. */
export interface ProblemFacts {
  readonly kind: ProblemKind;
  readonly status: number;
  readonly title: string;
  readonly detail: string;
  readonly more?: Partial<Pick<Problem, 'issues' | 'warnings' | 'changed' | 'currentVersion' | 'retryAfterSeconds'>>;
}

export function sendProblem(response: Response, facts: ProblemFacts): void {
  const retryAfterSeconds = facts.more?.retryAfterSeconds;
  if (retryAfterSeconds !== undefined) response.setHeader('Retry-After', String(retryAfterSeconds));
  if (facts.status === 401) response.setHeader('WWW-Authenticate', 'Bearer');
  const body: Problem = {
    type: `urn:board-assistant:problem:${facts.kind}`,
    title: facts.title,
    status: facts.status,
    detail: facts.detail,
    instance: `urn:uuid:${requestIdOf(response)}`,
    ...facts.more,
  };
  response.status(facts.status).type('application/problem+json').send(JSON.stringify(body));
}

export function requestIdOf(response: Response): string {
  const id: unknown = response.locals['requestId'];
  return typeof id === 'string' ? id : 'unknown';
}

/** What does not fit in a body or address, field by field. */
export function invalid(error: core.$ZodError): ProblemFacts {
  const issues: InputIssue[] = error.issues.flatMap((issue) => {
    const field = issue.path.join('.');
    if (issue.code === 'unrecognized_keys')
      return issue.keys.map((key) => ({
        field: [field, key].filter(Boolean).join('.'),
        message: 'This field is not known.',
      }));
    return [{ field: field || 'body', message: issue.message }];
  });
  return {
    kind: 'invalid',
    status: 400,
    title: 'This could not be read',
    detail: 'Nothing was changed. Some of what was sent does not fit; each field says what to change.',
    more: { issues },
  };
}

/** Somebody asked more often than one caller may. */
export function tooOften(waitSeconds: number): ProblemFacts {
  return {
    kind: 'busy',
    status: 429,
    title: 'That was often',
    detail: `Wait ${waitSeconds === 1 ? 'a second' : `${waitSeconds} seconds`}, then try again.`,
    more: { retryAfterSeconds: waitSeconds },
  };
}

/** The last handler: everything thrown ends here, once. */
export function problemHandler(logger: Logger) {
  return (error: unknown, request: Request, response: Response, next: NextFunction): void => {
    const facts = problemOf(error, requestIdOf(response));
    const line = { requestId: requestIdOf(response), method: request.method, status: facts.status, kind: facts.kind };
    if (facts.status >= 500) logger.error('api.failed', line, error);
    else logger.info('api.refused', line, error);
    if (response.headersSent) next(error);
    else sendProblem(response, facts);
  };
}

function problemOf(error: unknown, requestId: string): ProblemFacts {
  if (isKnownError(error)) return knownProblem(error, requestId);
  const status = statusOfParser(error);
  if (status === 413)
    return {
      kind: 'too-large',
      status,
      title: 'This is too long',
      detail: 'Nothing was saved. Shorten the text and try again.',
    };
  if (status !== undefined)
    return {
      kind: 'invalid',
      status,
      title: 'This could not be read',
      detail: 'Nothing was changed: the request is not well formed.',
    };
  return failed(requestId);
}

function failed(requestId: string): ProblemFacts {
  return {
    kind: 'failed',
    status: 500,
    title: 'Something went wrong on our side',
    detail: `It has been recorded. Try again in a minute; if it happens again, tell the board’s secretary this number: ${requestId}.`,
  };
}

function knownProblem(error: KnownError, requestId: string): ProblemFacts {
  switch (error.kind) {
    case 'invalidInput':
      return {
        kind: 'invalid',
        status: 422,
        title: 'This could not be saved',
        detail: error.message,
        more: { issues: error.issues },
      };
    case 'notAuthorised':
      // Not the asker's rights: a sign-in or a part on the board would not help.
      if (error.reason === 'serviceRefused')
        return {
          kind: 'unavailable',
          status: 503,
          title: 'SharePoint does not let the service in',
          detail: `Nothing was changed. Your own rights are not the reason: tell whoever runs Board Assistant this number: ${requestId}.`,
        };
      return error.reason === 'unknownCaller'
        ? {
            kind: 'signed-out',
            status: 401,
            title: 'You are not signed in',
            detail: 'Your sign-in is missing or has run out. Open the tab again.',
          }
        : {
            kind: 'not-allowed',
            status: 403,
            title: 'This is not open to you',
            detail: Object.values<string>(refusals).includes(error.message)
              ? error.message
              : 'Your part on this board does not include this. Ask the board’s secretary if it should.',
          };
    case 'notFound': {
      const lacks = siteLackWords(error);
      return lacks === undefined
        ? { kind: 'not-found', status: 404, title: 'This does not exist', detail: error.message }
        : {
            kind: 'failed',
            status: 500,
            title: 'The board’s site is not complete',
            detail: `Nothing was changed. ${lacks}`,
          };
    }
    case 'conflict':
      return {
        kind: 'conflict',
        status: 409,
        title: 'Somebody changed this meanwhile',
        detail: 'Nothing was written over. Look at it as it is now, then save again.',
      };
    case 'throttled':
      return {
        kind: 'busy',
        status: 503,
        title: 'SharePoint asked us to wait',
        detail: `Nothing is lost. Try again in ${error.retryAfterSeconds} seconds.`,
        more: { retryAfterSeconds: Math.ceil(error.retryAfterSeconds) },
      };
    case 'upstream':
      return {
        kind: 'unavailable',
        status: 503,
        title: /graph|sharepoint/i.test(error.service)
          ? 'SharePoint did not answer'
          : 'A service we need did not answer',
        detail: error.mayHaveHappened
          ? 'Your answer may or may not be saved yet. Press Save again: it is never saved twice.'
          : 'Nothing is lost. Try again in a minute.',
      };
    case 'config':
      return failed(requestId);
  }
}

/** express.json and the router mark what they refuse with a status of the 400s. */
function statusOfParser(error: unknown): number | undefined {
  if (!(error instanceof Error) || !('status' in error) || typeof error.status !== 'number') return undefined;
  return error.status >= 400 && error.status < 500 ? error.status : undefined;
}
