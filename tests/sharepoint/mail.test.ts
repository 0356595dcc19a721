// The mail adapter against the local Graph: what each answer means, at most one mail, and what Sent Items can prove.
import type { Mailer } from '../../bot/services/portsMail';
import { createMailer } from '../../bot/sharepoint/mail';
import { isPlainAddress, mimeOf } from '../../bot/sharepoint/mime';
import { addFault } from '../fixtures/localSite';
import { localGraph, startLocalBoard, type LocalBoard } from '../fixtures/localBoard';
import { createMemoryLogger } from '../fixtures/memoryPorts';

jest.setTimeout(60_000);

const mailbox = 'send.board@hertland.example';
const to = { name: 'Imran Sélwood', address: 'imran.selwood@icb.hertland.example' };
const mail = {
  subject: 'Please give your update: 3 items – by Monday',
  text: 'APA1.01\nWaiting',
  html: '<p>APA1.01 é</p>',
};
let board: LocalBoard;
let mailer: Mailer;
let key = 0;
const nextKey = (): string => `hertland-send/B09/request/P${(key += 1)}`;
const mailerFor = (from: string, options: Parameters<typeof localGraph>[1] = {}): Mailer =>
  createMailer({
    graph: localGraph(board.local.url, { retry: { tries: 1, totalMs: 0 }, ...options }),
    mailbox: from,
    logger: createMemoryLogger(),
  });

async function outbox(): Promise<readonly Readonly<Record<string, unknown>>[]> {
  const answer: unknown = await (await fetch(`${board.local.url}/_local/outbox`)).json();
  return (answer as { value: Record<string, unknown>[] }).value;
}
const fault = (times: number, what: Readonly<Record<string, unknown>>): Promise<void> =>
  addFault(board.local.url, { method: 'POST', pathIncludes: 'sendMail' }, times, what);

beforeAll(async () => {
  board = await startLocalBoard();
  mailer = mailerFor(mailbox);
});
afterAll(() => board.close());

test('sends text and HTML of the same words, and finds the mail in Sent Items', async () => {
  const one = nextKey();
  expect(await mailer.find(one)).toBe('notFound');
  const outcome = await mailer.send(to, mail, one);
  expect(outcome).toMatchObject({ kind: 'accepted' });
  expect((await outbox()).at(-1)).toMatchObject({
    from: mailbox,
    to: [to.address],
    subject: mail.subject,
    body: 'APA1.01\r\nWaiting',
    html: mail.html,
    internetMessageId: outcome.kind === 'accepted' ? outcome.messageId : '',
  });
  expect(await mailer.find(one)).toEqual({
    messageId: outcome.kind === 'accepted' ? outcome.messageId : '',
    sentAt: new Date(String((await outbox()).at(-1)?.['sentAt'])).toISOString(),
  });
});

test('gives the same message the same Message-ID each time, and each message its own', async () => {
  const one = nextKey();
  const idOf = async (of: string): Promise<string> => {
    const outcome = await mailer.send(to, mail, of);
    return outcome.kind === 'accepted' ? outcome.messageId : outcome.kind;
  };
  const [first, again, other] = [await idOf(one), await idOf(one), await idOf(nextKey())];
  expect(again).toBe(first);
  expect(other).not.toBe(first);
  expect(first).toMatch(/^<[0-9a-f]{40}\.board-assistant@hertland\.example>$/);
});

test.each([
  ['throttled', { kind: 'status', status: 429, retryAfter: 7 }, { kind: 'throttled', retryAfterSeconds: 7 }],
  ['refused for good', { kind: 'status', status: 403 }, { kind: 'failed', mayRetry: false }],
  ['malformed, they say', { kind: 'status', status: 400 }, { kind: 'failed', mayRetry: false }],
])('says %s, and that nothing left', async (_, script, expected) => {
  const before = (await outbox()).length;
  await fault(1, script);
  expect(await mailer.send(to, mail, nextKey())).toMatchObject(expected);
  expect(await outbox()).toHaveLength(before);
});

test.each([
  ['a 503 before it was taken', { kind: 'status', status: 503, retryAfter: 1 }, 'notFound'],
  ['a 503 after it was taken', { kind: 'statusAfterCommit', status: 503 }, 'found'],
  ['a 504 after it was taken', { kind: 'statusAfterCommit', status: 504 }, 'found'],
  ['a connection cut before', { kind: 'reset' }, 'notFound'],
  ['a connection cut after', { kind: 'reset', afterCommit: true }, 'found'],
] as const)('calls %s uncertain, repeats nothing, and Sent Items tell', async (_, script, told) => {
  const one = nextKey();
  const before = (await outbox()).length;
  await fault(1, script);
  expect(await mailer.send(to, mail, one)).toMatchObject({ kind: 'uncertain' });
  expect(await outbox()).toHaveLength(before + (told === 'found' ? 1 : 0));
  const found = await mailer.find(one);
  expect(typeof found === 'object' ? 'found' : found).toBe(told);
});

test('calls a stalled answer uncertain', async () => {
  await fault(1, { kind: 'stall', ms: 1500 });
  expect(await mailerFor(mailbox, { tryTimeoutMs: 200 }).send(to, mail, nextKey())).toMatchObject({
    kind: 'uncertain',
  });
});

test('says that nothing left when the mailbox is none, or Graph is not there', async () => {
  expect(await mailerFor('nobody@elsewhere.example').send(to, mail, nextKey())).toMatchObject({
    kind: 'failed',
    mayRetry: false,
  });
  const gone = createMailer({
    graph: localGraph('http://127.0.0.1:1', { retry: { tries: 1, totalMs: 0 } }),
    mailbox,
    logger: createMemoryLogger(),
  });
  expect(await gone.send(to, mail, nextKey())).toMatchObject({ kind: 'failed', mayRetry: true });
  expect(await gone.find(nextKey())).toBeUndefined();
});

test('does not pretend to know when Sent Items may not be read', async () => {
  await addFault(board.local.url, { method: 'GET', pathIncludes: 'sentitems' }, 1, { kind: 'status', status: 403 });
  expect(await mailer.find(nextKey())).toBeUndefined();
});

test('takes one address and nothing beside it', async () => {
  const before = (await outbox()).length;
  for (const address of ['a@b.example, c@d.example', 'a@b.example\r\nBcc: c@d.example', 'a b@c.example', 'nobody'])
    expect(await mailer.send({ name: 'x', address }, mail, nextKey())).toMatchObject({
      kind: 'failed',
      mayRetry: false,
    });
  expect(await outbox()).toHaveLength(before);
  expect(isPlainAddress("o'neil+send@board.hertland.example")).toBe(true);
});

test('keeps what people wrote out of the headers, however long and in whatever script', async () => {
  const subject = `Überprüfung 👩‍🏫 ${'ab č '.repeat(40)}\r\nBcc: x@y.example`;
  const mime = mimeOf({ ...mail, from: mailbox, to: { ...to, name: 'A"\r\nBcc: z' }, subject, messageId: '<1@x>' });
  const [head = ''] = mime.split('\r\n\r\n');
  expect(head.split('\r\n').filter((line) => line.startsWith('Bcc'))).toEqual([]);
  expect(Math.max(...mime.split('\r\n').map((line) => line.length))).toBeLessThanOrEqual(78);
  expect(mime).toMatch(/^[\t\r\n -~]*$/);
  await mailer.send(to, { ...mail, subject }, nextKey());
  expect((await outbox()).at(-1)?.['subject']).toBe(subject.replace('\r\n', ' '));
});
