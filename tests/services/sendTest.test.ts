// A test of what an owner would get: to the secretary or an administrator alone, marked, and nothing of it recorded.
import { messageCard } from '../../bot/cards/manageNoticeCard';
import { messageMail } from '../../bot/cards/messageMail';
import { createRunCycle } from '../../bot/services/runCycle';
import { createSendTest } from '../../bot/services/sendTest';
import {
  createMemoryConversations,
  createMemoryLedger,
  createMemoryMailer,
  createMemoryMessenger,
  createTestTime,
} from '../fixtures/memoryDelivery';
import { aPerson } from '../fixtures/builders';
import { createFixedClock, createMemoryLogger, createMemoryRecords } from '../fixtures/memoryPorts';
import { sampleSnapshot } from '../fixtures/samplePlan';
import { textOf } from '../cards/checkCard';

const board = 'send';
const plan = sampleSnapshot();
const secretary = plan.people.find((one) => one.ref === 'P15');
const to = secretary?.email ?? '';
const at = '2025-01-06T09:00:00.000Z';

function setUp(over: { readonly hasMailbox?: boolean; readonly hasChat?: boolean } = {}) {
  const idle = aPerson({ ref: 'P98', name: 'Ida Idle', deputyRefs: [] });
  const records = createMemoryRecords({ [board]: { ...plan, people: [...plan.people, idle] } });
  const clock = createFixedClock(at);
  const ledger = createMemoryLedger();
  const messenger = createMemoryMessenger(createTestTime());
  const mailer = createMemoryMailer(at);
  const test = createSendTest({
    ...{ records, messenger, clock },
    runCycle: createRunCycle({ records, ledger, clock, logger: createMemoryLogger() }),
    conversations: createMemoryConversations(over.hasChat === false ? [] : [secretary?.entraObjectId ?? '']),
    cards: messageCard,
    mails: messageMail,
    ...(over.hasMailbox === false ? {} : { mailer }),
    myItemsUrl: async () => 'https://site.example/mine',
    administrators: ['it@hertland.example'],
  });
  const send = (ownerRef: string, address = to) =>
    test.send({ boardId: board, meetingRef: 'B09', ownerRef, to: address });
  return { send, ledger, records, messenger, mailer };
}

test('goes to the secretary as card and e-mail, each marked, of the owner’s own items', async () => {
  const { send, ledger, records, messenger, mailer } = setUp();
  const before = await records.snapshot(board);
  const { words, subjectRefs } = await send('P10');
  const mark = 'Test: what Freya Langmoor would get';
  expect(words[0]).toBe(`Card: sent to the chat of ${secretary?.name ?? ''}.`);
  expect(words[1]).toBe(`E-mail: sent to ${to}.`);
  expect(words[2]).toContain('Nothing was recorded; Freya Langmoor got nothing.');
  expect(messenger.attempts.map((one) => one.to)).toEqual([secretary?.entraObjectId]);
  expect(textOf(messenger.attempts[0]?.message.card ?? {}).startsWith(mark)).toBe(true);
  expect(messenger.attempts[0]?.message.summary.startsWith(mark)).toBe(true);
  const [sent] = mailer.attempts;
  expect(sent?.to).toBe(to);
  expect(sent?.mail.subject).toMatch(/^Test: /);
  expect([sent?.mail.text, sent?.mail.html].every((one) => one?.includes(mark))).toBe(true);
  expect(subjectRefs.length).toBeGreaterThan(0);
  for (const ref of subjectRefs) expect(sent?.mail.text).toContain(ref);
  expect(await ledger.entries(board, 'B09')).toEqual([]);
  expect(await records.snapshot(board)).toEqual(before);
});

test('of somebody outside the tenant has the link that they would get', async () => {
  const { send, mailer } = setUp();
  await send('P09');
  expect(mailer.attempts[0]?.mail.html).toContain('https://site.example/mine');
});

test('goes to an administrator by e-mail, who has no chat here', async () => {
  const { send, messenger, mailer } = setUp();
  const { words } = await send('P10', 'IT@hertland.example');
  expect(words[0]).toContain('no chat');
  expect([messenger.attempts.length, mailer.attempts.length]).toEqual([0, 1]);
});

test.each(['freya.langmoor@hertland.example', 'avery.linwood@chair.hertland.example', 'anybody@elsewhere.example'])(
  'is refused to %s, who is neither',
  async (address) => {
    const { send, messenger, mailer } = setUp();
    await expect(send('P10', address)).rejects.toThrow('neither the address of the board');
    expect([messenger.attempts.length, mailer.attempts.length]).toEqual([0, 0]);
  },
);

test('says what is missing: no chat, no mailbox, nobody of that reference, nothing to show', async () => {
  expect((await setUp({ hasChat: false }).send('P10')).words[0]).toContain('has not opened a chat');
  expect((await setUp({ hasMailbox: false }).send('P10')).words[1]).toContain('SERVICE_MAILBOX');
  await expect(setUp().send('P99')).rejects.toThrow('There is no person P99.');
  await expect(setUp().send('P98')).rejects.toThrow('would get nothing');
});
