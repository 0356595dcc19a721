// What figures and spans say alike of a line: the attributes of OpenTelemetry's semantic conventions, named once.
import type { Attributes } from '@opentelemetry/api';
import type { HeardFacts } from './listen';

/** Of a figure or span of one board, by its id in `BOARD_SITES`. */
export function ofBoard(boardId: HeardFacts[string]): Attributes {
  return { 'board_assistant.board.id': boardId };
}

/** Of a request to the service; without a status the caller went away. */
export function ofRequest(facts: HeardFacts): Attributes {
  return {
    'http.request.method': facts['method'],
    'http.route': facts['route'],
    'url.scheme': 'http',
    ...outcomeOf(statusOf(facts), 500, 'aborted'),
  };
}

/** Of a round trip to Graph; without a status no answer came, and `kind` says why. */
export function ofGraphCall(facts: HeardFacts): Attributes {
  return {
    'http.request.method': facts['method'],
    'url.template': facts['path'],
    'server.address': 'graph.microsoft.com',
    'server.port': 443,
    ...outcomeOf(statusOf(facts), 400, facts['kind']),
  };
}

export function statusOf(facts: HeardFacts): number | undefined {
  const status = facts['status'];
  return typeof status === 'number' ? status : undefined;
}

export const statusCode = 'http.response.status_code';

function outcomeOf(status: number | undefined, failsFrom: number, unanswered: HeardFacts[string]): Attributes {
  if (status === undefined) return { 'error.type': unanswered };
  return { [statusCode]: status, ...(status >= failsFrom ? { 'error.type': String(status) } : {}) };
}
