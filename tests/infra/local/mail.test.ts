// Mail of the local Graph: taken as JSON and as MIME, refused when it is neither, found in Sent Items by its Message-ID.
import { codeOf, objectOf, startGraph, valuesOf, type Answer, type Body, type GraphUnderTest } from './localGraph';

let graph: GraphUnderTest;
const mailbox = 'send.board@hertland.example';
beforeAll(async () => {
  graph = await startGraph();
});
afterAll(() => graph.local.close());

const mime = (lines: readonly string[]): string => Buffer.from(lines.join('\r\n'), 'utf8').toString('base64');
const post = (base64: string): Promise<Answer> =>
  graph.ask(`/users/${mailbox}/sendMail`, {
    method: 'POST',
    body: new TextEncoder().encode(base64),
    headers: { 'content-type': 'text/plain' },
  });
const outbox = async (): Promise<readonly Body[]> =>
  valuesOf(objectOf(await (await fetch(`${graph.local.url}/_local/outbox`)).json()));
const sentItems = (filter: string): Promise<Answer> =>
  graph.ask(
    `/users/${mailbox}/mailFolders/sentitems/messages?$filter=${encodeURIComponent(filter)}&$select=id,internetMessageId`,
    { shape: 'message[]' },
  );

const alternative = [
  `From: <${mailbox}>`,
  'To: "Linwood, Avery" <avery@chair.example>, casey@dfe.example',
  'Subject: =?utf-8?B?UGxlYXNlIGdpdmU=?=',
  ' =?utf-8?Q?_your_update_=E2=80=93_now?=',
  'Message-ID: <abc@hertland.example>',
  'Content-Type: multipart/alternative;',
  ' boundary="b1"',
  '',
  '--b1',
  'Content-Type: text/plain; charset=utf-8',
  'Content-Transfer-Encoding: quoted-printable',
  '',
  'Two caf=C3=A9s, one =',
  'line.',
  '--b1',
  'Content-Type: text/html; charset=utf-8',
  'Content-Transfer-Encoding: base64',
  '',
  Buffer.from('<p>Two cafés</p>').toString('base64'),
  '--b1--',
  '',
];

test('takes a message as MIME: recipients, subject, both bodies, its own Message-ID', async () => {
  expect((await post(mime(alternative))).status).toBe(202);
  expect((await outbox()).at(-1)).toMatchObject({
    from: mailbox,
    to: ['avery@chair.example', 'casey@dfe.example'],
    subject: 'Please give your update – now',
    body: 'Two cafés, one line.',
    html: '<p>Two cafés</p>',
    internetMessageId: '<abc@hertland.example>',
  });
});

test.each([
  ['no base64', 'From: me'],
  ['no message', Buffer.from('no header').toString('base64')],
  ['nobody to send it to', mime(['Subject: x', '', 'y'])],
])('refuses MIME that is %s, and sends nothing', async (_, body) => {
  const before = (await outbox()).length;
  const answer = await post(body);
  expect([answer.status, codeOf(answer)]).toEqual([400, 'invalidRequest']);
  expect(await outbox()).toHaveLength(before);
});

test('finds in Sent Items what was sent, by its Message-ID, and nothing else', async () => {
  await post(mime([...alternative.slice(0, 4), 'Message-ID: <found@hertland.example>', '', 'Text']));
  const found = await sentItems("internetMessageId eq '<found@hertland.example>'");
  expect(valuesOf(found.body)).toMatchObject([{ internetMessageId: '<found@hertland.example>' }]);
  expect(valuesOf((await sentItems("internetMessageId eq '<other@hertland.example>'")).body)).toEqual([]);
  expect((await sentItems("subject eq 'x'")).status).toBe(400);
});

test('keeps out of Sent Items what was not to be saved there', async () => {
  const message = {
    subject: 'Unsaved',
    body: { contentType: 'html', content: '<p>x</p>' },
    toRecipients: [{ emailAddress: { address: 'casey@dfe.example' } }],
  };
  const body = { message, saveToSentItems: false };
  await graph.ask(`/users/${mailbox}/sendMail`, { method: 'POST', body });
  const last = (await outbox()).at(-1);
  expect(last).toMatchObject({ subject: 'Unsaved', html: '<p>x</p>' });
  expect(last).not.toHaveProperty('internetMessageId');
});

test('shows the HTML of a mail as a page that runs nothing', async () => {
  await post(mime(alternative));
  const id = String((await outbox()).at(-1)?.['id']);
  const shown = await fetch(`${graph.local.url}/mail/${id}`);
  expect(shown.headers.get('content-security-policy')).toContain('sandbox');
  expect(await shown.text()).toBe('<p>Two cafés</p>');
  expect((await fetch(`${graph.local.url}/mail/none`)).status).toBe(404);
});
