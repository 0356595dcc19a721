// What the log may say: each fact by its decision, errors without what people wrote, one id through all that a request leads to.
import fc from 'fast-check';
import { parseConfig, secretsOf, toldOf } from '../bot/config';
import { ConflictError, InvalidInputError, NotFoundError, UpstreamError } from '../bot/errors';
import { cleaned, correlated, correlationId, createLogger, redacted, type LogFacts } from '../bot/logger';

function logged(act: (logger: ReturnType<typeof createLogger>) => void, secrets: readonly string[] = []): string {
  const lines: string[] = [];
  act(createLogger('debug', { destination: { write: (line) => lines.push(line) }, secrets }));
  return lines.join('');
}

describe('a fact', () => {
  test.each<[string, LogFacts, Record<string, unknown>]>([
    ['a reference', { ref: 'APA1.04', boardId: 'hertland-send' }, { ref: 'APA1.04', boardId: 'hertland-send' }],
    ['a figure', { sent: 3, held: true }, { sent: 3, held: true }],
    ['our own words', { why: 'the token has expired' }, { why: 'the token has expired' }],
    ['words where a reference belongs', { ref: 'Freya Sandwell' }, { ref: '[not logged]' }],
    ['an address where a reference belongs', { personRef: 'freya@hertland.example' }, { personRef: '[not logged]' }],
    ['an address in our words', { why: 'refused for freya@hertland.example' }, { why: 'refused for [address]' }],
  ])('that is %s', (_what, facts, expected) => {
    expect(redacted(facts)).toEqual(expected);
  });

  test('that nobody decided about is masked', () => {
    const facts = { narrative: 'It went well', waits: 3, list: ['Freya'] } as LogFacts;
    expect(redacted(facts)).toEqual({ narrative: '[not logged]', waits: '[not logged]', list: '[not logged]' });
  });

  test('with text in it is never longer than a reference, whatever it is', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        const { ref } = redacted({ ref: text });
        expect(ref === '[not logged]' || /^[\w.:,/*+-]{0,200}$/.test(String(ref))).toBe(true);
      }),
    );
  });
});

describe('the message of an error', () => {
  test.each([
    [
      'of a refused answer',
      new InvalidInputError('"the school is closing" is no date', [{ field: 'dueOn', message: 'x' }]),
    ],
    ['of what is not there', new NotFoundError('person', 'the school is closing')],
    ['of a word in its place', new NotFoundError('meeting', 'school')],
    ['of a parser', new SyntaxError('Unexpected token h, "the school is closing" is not valid JSON')],
    ['of the database', new Error('invalid input syntax for type json: "the school is closing"')],
    ['of a cause', new UpstreamError('database', 'No.', { cause: new Error('near ‘the school is closing’') })],
    ['of Graph', new ConflictError('APA1.04', 'Graph answered 412: the value "the school is closing" of Freya')],
  ])('%s is logged without what somebody wrote', (_which, error) => {
    const line = logged((logger) => logger.error('failed', {}, error));
    expect(line).not.toContain('school');
    expect(JSON.parse(line)).toMatchObject({ event: 'failed', causeType: error.name });
  });

  test('keeps what helps an operator', () => {
    const cause = new UpstreamError('Microsoft Graph', 'Microsoft Graph answered 503 to GET sites/root: busy [id-1]', {
      ...{ status: 503, code: 'serviceNotAvailable', requestId: 'id-1' },
      cause: new Error('connect ECONNREFUSED 127.0.0.1:4000; relation "ledger" does not exist'),
    });
    expect(JSON.parse(logged((logger) => logger.error('failed', {}, cause)))).toMatchObject({
      ...{ cause: cause.message, causeKind: 'upstream', service: 'Microsoft Graph', upstreamStatus: 503 },
      ...{ causeCode: 'serviceNotAvailable', upstreamRequestId: 'id-1' },
      causeInner: 'Error: connect ECONNREFUSED 127.0.0.1:4000; relation "ledger" does not exist',
      stack: expect.stringMatching(/^\s+at /),
    });
  });

  test.each([
    ['Authorization: Bearer eyJhbGciOiJSUzI1NiJ9.eyJhdWQiOiJ4In0.c2ln', /eyJ|c2ln/],
    ['postgres://board:pa55word@db.example:5432/board', /pa55word/],
    ['https://x.example/f.docx?sig=abc%2Fdef&x=1', /abc%2Fdef/],
    ['client_secret=8Q~abcdef, client_id=1', /8Q~abcdef/],
    ['GET users/kofi.brantwell%40icb.hertland.example/messages', /kofi/],
    ['"password": "hunter22"', /hunter22/],
    ['a line\nand another\u202E', /\n|\u202E/],
  ])('%j is cleaned', (text, leak) => {
    expect(cleaned(text)).not.toMatch(leak);
  });
});

test.each([
  ['There is no meeting B99.', new NotFoundError('meeting', 'B99')],
  ['There is no column LeavesOn in the list People.', new NotFoundError('column', 'LeavesOn in the list People')],
])('"%s" stays whole for the operator', (message, error) => {
  expect(JSON.parse(logged((logger) => logger.info('refused', {}, error)))).toMatchObject({ cause: message });
});

describe('the configuration', () => {
  const config = parseConfig({
    BOARD_MODE: 'trial',
    TENANT_ID: '33333333-3333-4333-8333-333333333333',
    BOT_APP_ID: '55555555-5555-4555-8555-555555555555',
    BOT_APP_SECRET: 'a-very-secret-word',
    BOARD_SITES: 'send=contoso.sharepoint.com:/sites/send',
    DATABASE_URL: 'postgres://board:p%40ssword1@db.example/board',
    PUBLIC_URL: 'https://board.example',
    ADMINISTRATOR_ADDRESSES: 'ada@council.example',
  });

  test('is told by kinds and numbers alone', () => {
    const told = toldOf(config);
    expect(told).toMatchObject({ mode: 'trial', boards: 1, database: 'server', credential: 'secret', mailbox: false });
    expect(JSON.stringify(told)).not.toMatch(/secret-word|ssword|council|contoso/);
  });

  test('has secrets that are in no line, wherever they turn up', () => {
    const secrets = secretsOf(config);
    const line = logged((logger) => {
      logger.error('failed', { ref: 'a-very-secret-word' }, new Error('got p@ssword1 and a-very-secret-word'));
      logger.with({ boardId: 'p%40ssword1' }).info('x');
    }, secrets);
    expect(line).not.toMatch(/very-secret|ssword1/);
    expect(line).toContain('[secret]');
  });
});

test('everything that a request leads to carries its id, also after waiting', async () => {
  const lines: string[] = [];
  const logger = createLogger('info', { destination: { write: (line) => lines.push(line) } });
  const later = async (name: string): Promise<void> => {
    await new Promise((resolve) => setTimeout(resolve, 2));
    logger.info(name);
  };
  await Promise.all([correlated('request-1', () => later('a')), correlated('request-2', () => later('b')), later('c')]);
  const seen = lines.map((line) => JSON.parse(line) as { event: string; correlationId?: string });
  expect(Object.fromEntries(seen.map((one) => [one.event, one.correlationId]))).toEqual({
    ...{ a: 'request-1', b: 'request-2', c: undefined },
  });
  expect(correlationId()).toBeUndefined();
});
