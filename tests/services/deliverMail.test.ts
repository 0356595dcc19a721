// The ways to a person: chat, the app installed for them, e-mail; each only when the one before definitely did not deliver.
import type { BoardSnapshot, Person } from '../../bot/board/model';
import { createDeliver, type Drained } from '../../bot/services/deliver';
import type { MailBuilder } from '../../bot/services/deliverRoutes';
import type { LedgerEntry, SendOutcome } from '../../bot/services/ports';
import type { InstallOutcome } from '../../bot/services/portsInstall';
import type { MailOutcome } from '../../bot/services/portsMail';
import { createSettleMail } from '../../bot/services/settleMail';
import { aPerson, aQuietBoard, anAction } from '../fixtures/builders';
import {
  createMemoryConversations,
  createMemoryLedger,
  createMemoryMailer,
  createMemoryMessenger,
  createTestTime,
} from '../fixtures/memoryDelivery';
import { createFixedClock, createMemoryLogger, createMemoryRecords } from '../fixtures/memoryPorts';
import { noPace } from '../fixtures/noPace';

const board = 'northam';
const at = '2025-06-11T09:00:00.000Z';
const zero: Drained = { sent: 0, failed: 0, uncertain: 0, unreachable: 0, cancelled: 0, waiting: 0 };
const address = 'owner@trust.example';
const mails: MailBuilder = ({ personRef, myItemsUrl }) => ({
  subject: `for ${personRef}`,
  html: `<p>${myItemsUrl ?? 'no link'}</p>`,
  text: 'Please answer.',
});

interface Setting {
  readonly person?: Partial<Person>;
  /** Teams answers the chat so. */
  readonly chat?: SendOutcome;
  readonly hasChat?: boolean;
  readonly mail?: (attempt: number) => MailOutcome | undefined;
  readonly mails?: MailBuilder;
  readonly install?: InstallOutcome;
}

async function setUp(setting: Setting = {}) {
  const { email: _email, ...bare } = aPerson({ ref: 'P20', entraObjectId: 'id-of-P20', deputyRefs: [] });
  const person: Person = { ...bare, email: address, ...setting.person };
  const quiet = aQuietBoard();
  const snapshot: BoardSnapshot = {
    ...quiet,
    people: [...quiet.people, person],
    actions: [anAction({ ref: 'A1', ownerRef: 'P20' })],
    updates: [],
  };
  const time = createTestTime(Date.parse(at));
  const ledger = createMemoryLedger(time);
  const messenger = createMemoryMessenger(time, () => setting.chat);
  const mailer = createMemoryMailer(at, (_, attempt) => setting.mail?.(attempt));
  const conversations = createMemoryConversations(setting.hasChat === false ? [] : ['id-of-P20']);
  const clock = createFixedClock(at);
  const logger = createMemoryLogger();
  const settleMail = createSettleMail({ ledger, mailer, clock, logger, time });
  const installs: string[] = [];
  const ports = {
    ...{ records: createMemoryRecords({ [board]: snapshot }), ledger, messenger, conversations, clock, logger, time },
    cards: () => ({ card: {}, summary: '' }),
    pace: noPace,
  };
  const deliver = createDeliver({
    ...ports,
    mailer,
    mails: setting.mails ?? mails,
    myItemsUrl: async (_, { ref }, kind) => `https://site.example/${kind}/${ref}`,
    settleMail,
    ...(setting.install === undefined
      ? {}
      : { installer: { install: async (id: string) => (installs.push(id), setting.install ?? 'failed') } }),
  });
  await ledger.plan(
    [{ boardId: board, meetingRef: 'M4', step: 'reminder', personRef: 'P20', subjectRefs: ['A1'] }],
    at,
  );
  const entry = async (): Promise<LedgerEntry> => {
    const one = (await ledger.entries(board, 'M4')).find(({ personRef }) => personRef === 'P20');
    if (one === undefined) throw new TypeError('no entry');
    return one;
  };
  return { deliver, ports, ledger, messenger, mailer, conversations, entry, time, settleMail, installs };
}

const external = { external: true };

describe('the way to a person', () => {
  test('of the tenant who has a chat is the chat alone', async () => {
    const { deliver, mailer, entry } = await setUp();
    expect(await deliver.drain(board)).toEqual({ ...zero, sent: 1 });
    expect(await entry()).toMatchObject({ state: 'sent', route: 'chat' });
    expect(mailer.attempts).toEqual([]);
  });

  test('outside the tenant is e-mail at once, with the way to their items', async () => {
    const { deliver, messenger, mailer, entry } = await setUp({ person: external });
    expect(await deliver.drain(board)).toEqual({ ...zero, sent: 1 });
    expect(messenger.attempts).toEqual([]);
    expect(mailer.attempts).toMatchObject([{ to: address, mail: { html: '<p>https://site.example/action/P20</p>' } }]);
    const key = `${board}/M4/reminder/P20`;
    expect(await entry()).toMatchObject({ state: 'sent', route: 'e-mail', activityId: `<${key}>`, attempts: 1 });
    expect((await entry()).detail).toBe('Outside the council, so Teams does not reach them.');
  });

  test.each<[string, Setting, string]>([
    ['who blocked the chat', { chat: { kind: 'blocked', detail: 'Blocked.' } }, 'Blocked.'],
    ['whose chat is gone', { chat: { kind: 'notInstalled', detail: 'Gone.' } }, 'Gone.'],
    ['who never opened a chat', { hasChat: false }, 'Has not opened a chat with Board Assistant.'],
  ])('%s is e-mail, and the ledger says why', async (_, setting, why) => {
    const { deliver, mailer, entry } = await setUp(setting);
    expect(await deliver.drain(board)).toEqual({ ...zero, sent: 1 });
    expect(mailer.attempts).toMatchObject([{ to: address, mail: { html: '<p>no link</p>' } }]);
    expect(await entry()).toMatchObject({ state: 'sent', route: 'e-mail', detail: why });
  });

  test('whose account is not known is e-mail', async () => {
    const set = await setUp({ person: {} });
    const { entraObjectId, ...unknown } = aPerson({ ref: 'P20' });
    const snapshot = await set.ports.records.snapshot(board);
    const people = snapshot.people.map((one) => (one.ref === 'P20' ? { ...unknown, email: address } : one));
    const deliver = createDeliver({
      ...set.ports,
      records: createMemoryRecords({ [board]: { ...snapshot, people } }),
      mailer: set.mailer,
      mails,
    });
    expect(await deliver.drain(board)).toEqual({ ...zero, sent: 1 });
    expect(set.mailer.attempts).toHaveLength(1);
  });

  test.each<[string, SendOutcome, Partial<Drained>]>([
    ['uncertain', { kind: 'uncertain', detail: 'Broke.' }, { uncertain: 1 }],
    ['refused for good', { kind: 'failed', detail: 'Too large.', mayRetry: false }, { failed: 1 }],
  ])('ends where the chat message is %s: nothing is mailed', async (_, chat, counts) => {
    const { deliver, mailer } = await setUp({ chat });
    expect(await deliver.drain(board)).toEqual({ ...zero, ...counts });
    expect(await deliver.drain(board)).toEqual(zero);
    expect(mailer.attempts).toEqual([]);
  });

  test('is listed as missing where there is no address, nothing to say by e-mail, or no mailbox', async () => {
    const { email, ...nowhere } = aPerson({ ref: 'P20', external: true });
    const without = await setUp({ person: external });
    const snapshot = await without.ports.records.snapshot(board);
    const people = snapshot.people.map((one) => (one.ref === 'P20' ? nowhere : one));
    const records = createMemoryRecords({ [board]: { ...snapshot, people } });
    await createDeliver({ ...without.ports, records, mailer: without.mailer, mails }).drain(board);
    expect((await without.entry()).detail).toBe(
      'Outside the council, so Teams does not reach them. No e-mail address is in the list People. Please ask them yourself.',
    );
    const silent = await setUp({ person: external, mails: () => undefined });
    expect(await silent.deliver.drain(board)).toEqual({ ...zero, unreachable: 1 });
    expect((await silent.entry()).detail).toContain('This message is not sent by e-mail.');
    const { entry, ports } = await setUp({ person: external });
    expect(await createDeliver(ports).drain(board)).toEqual({ ...zero, unreachable: 1 });
    expect((await entry()).detail).toContain('sending by e-mail is not set up');
  });

  test('holds up nobody when the e-mail cannot be made', async () => {
    const mails = (): never => {
      throw new TypeError('fault in a mail');
    };
    const { deliver, entry } = await setUp({ person: external, mails });
    expect(await deliver.drain(board)).toEqual({ ...zero, failed: 1 });
    expect((await entry()).detail).toBe('The message could not be made.');
  });
});

describe('a person who never opened the chat', () => {
  test('gets the app, then the message in the chat that it opened', async () => {
    const { deliver, conversations, messenger, mailer, installs, time, entry } = await setUp({
      hasChat: false,
      install: 'installed',
    });
    // Teams tells the app of the chat while the message waits.
    const wait = time.wait;
    time.wait = async (ms) => {
      await conversations.keep({ entraObjectId: 'id-of-P20', reference: {} });
      return wait(ms);
    };
    expect(await deliver.drain(board)).toEqual({ ...zero, sent: 1 });
    expect(installs).toEqual(['id-of-P20']);
    expect([messenger.attempts.length, mailer.attempts.length]).toEqual([1, 0]);
    expect(await entry()).toMatchObject({ state: 'sent', route: 'chat' });
  });

  test('gets an e-mail when the installation opened no chat', async () => {
    const { deliver, mailer, installs } = await setUp({ hasChat: false, install: 'installed' });
    expect(await deliver.drain(board)).toEqual({ ...zero, sent: 1 });
    expect(installs).toHaveLength(1);
    expect(mailer.attempts).toHaveLength(1);
  });

  test.each<InstallOutcome>(['already', 'failed'])(
    'gets an e-mail at once when installing is answered: %s',
    async (install) => {
      const { deliver, mailer, time } = await setUp({ hasChat: false, install });
      expect(await deliver.drain(board)).toEqual({ ...zero, sent: 1 });
      expect([mailer.attempts.length, time.nowMs()]).toEqual([1, Date.parse(at)]);
    },
  );

  test('is never installed the app for when outside the tenant', async () => {
    const { deliver, installs } = await setUp({ person: external, install: 'installed' });
    await deliver.drain(board);
    expect(installs).toEqual([]);
  });
});

describe('an e-mail', () => {
  test('waits as long as the mailbox asked, in full, and goes out once', async () => {
    const { deliver, mailer, time } = await setUp({
      person: external,
      mail: (attempt) => (attempt === 1 ? { kind: 'throttled', retryAfterSeconds: 7 } : undefined),
    });
    expect(await deliver.drain(board)).toEqual({ ...zero, sent: 1 });
    expect(mailer.attempts).toHaveLength(2);
    expect(time.nowMs() - Date.parse(at)).toBeGreaterThanOrEqual(7000);
  });

  test('is tried again when the mailbox was not reached, five times at most', async () => {
    const { deliver, mailer, time, entry } = await setUp({
      person: external,
      mail: () => ({ kind: 'failed', detail: 'Not reached.', mayRetry: true }),
    });
    await deliver.drain(board);
    await time.wait(60_000);
    await deliver.drain(board);
    expect(mailer.attempts).toHaveLength(5);
    expect((await entry()).detail).toBe('Not reached. Tried 5 times.');
  });

  test('that was refused for good says why by e-mail and why not', async () => {
    const { deliver, entry } = await setUp({
      person: external,
      mail: () => ({ kind: 'failed', detail: 'No such mailbox.', mayRetry: false }),
    });
    expect(await deliver.drain(board)).toEqual({ ...zero, failed: 1 });
    expect(await entry()).toMatchObject({
      state: 'failed',
      route: 'e-mail',
      detail: 'Outside the council, so Teams does not reach them. No such mailbox.',
    });
  });

  test('leaves four at once at most', async () => {
    let running = 0;
    let most = 0;
    const set = await setUp({ person: external });
    const people = Array.from({ length: 12 }, (_, n) => aPerson({ ref: `P${30 + n}`, external: true, email: address }));
    const snapshot = await set.ports.records.snapshot(board);
    const records = createMemoryRecords({
      [board]: {
        ...snapshot,
        people: [...snapshot.people, ...people],
        actions: people.map((one) => anAction({ ref: `A${one.ref}`, ownerRef: one.ref })),
      },
    });
    await set.ledger.plan(
      people.map(({ ref }) => ({
        boardId: board,
        meetingRef: 'M4',
        step: 'reminder',
        personRef: ref,
        subjectRefs: [`A${ref}`],
      })),
      at,
    );
    const mailer = {
      ...set.mailer,
      send: async () => {
        most = Math.max(most, (running += 1));
        for (let turn = 0; turn < 5; turn += 1) await Promise.resolve();
        running -= 1;
        return { kind: 'accepted', messageId: '<1>' } as const;
      },
    };
    expect((await createDeliver({ ...set.ports, records, mailer, mails }).drain(board)).sent).toBe(12);
    expect(most).toBe(4);
  });
});

describe('an uncertain e-mail', () => {
  const uncertain = {
    person: external,
    mail: (n: number) => (n === 1 ? ({ kind: 'uncertain', detail: 'Broke.' } as const) : undefined),
  };
  const key = `${board}/M4/reminder/P20`;

  test('is not repeated, and becomes sent when it lies in Sent Items', async () => {
    const { deliver, mailer, entry } = await setUp(uncertain);
    expect(await deliver.drain(board)).toEqual({ ...zero, uncertain: 1 });
    expect(await entry()).toMatchObject({ state: 'uncertain', route: 'e-mail', detail: 'Broke.' });
    mailer.sentItems.set(key, { messageId: '<m>', sentAt: '2025-06-11T09:00:03.000Z' });
    expect(await deliver.drain(board)).toEqual(zero);
    expect(await entry()).toMatchObject({ state: 'sent', sentAt: '2025-06-11T09:00:03.000Z', activityId: '<m>' });
    expect(mailer.attempts).toHaveLength(1);
  });

  /** Another e-mail of the same meeting that the mailbox took. */
  async function another(set: Awaited<ReturnType<typeof setUp>>): Promise<void> {
    const draft = { boardId: board, meetingRef: 'M4', step: 'briefing', personRef: 'P9', subjectRefs: [] } as const;
    await set.ledger.plan([draft], at);
    const [one] = await set.ledger.claim(board, 'w', 1, 30);
    if (one === undefined) throw new TypeError('nothing claimed');
    await set.ledger.sending(one, one.fence, 'e-mail');
    await set.ledger.record(one, one.fence, { state: 'sent', route: 'e-mail' }, at);
    set.mailer.sentItems.set(`${board}/M4/briefing/P9`, { messageId: '<b>', sentAt: at });
  }

  test('is definitely not sent when it is not there in time, where another of ours is found', async () => {
    const set = await setUp(uncertain);
    await set.deliver.drain(board);
    await another(set);
    await set.deliver.drain(board);
    await set.time.wait(14 * 60_000);
    await set.deliver.drain(board);
    expect((await set.entry()).state).toBe('uncertain');
    await set.time.wait(2 * 60_000);
    await set.deliver.drain(board);
    expect(await set.entry()).toMatchObject({
      state: 'failed',
      detail: 'Not sent: it does not lie in the Sent Items of the mailbox, where other e-mails of ours do.',
    });
    expect(set.mailer.attempts).toHaveLength(1);
  });

  test.each([
    ['no other e-mail was sent', false, false],
    ['the mailbox gives mails other Message-IDs', true, false],
    ['Sent Items may not be read', true, true],
  ])('stays uncertain when %s', async (_, hasOther, mayNotLook) => {
    const set = await setUp(uncertain);
    await set.deliver.drain(board);
    if (hasOther) await another(set);
    if (hasOther && !mayNotLook) set.mailer.sentItems.clear();
    set.mailer.refuseLooking = mayNotLook;
    await set.deliver.drain(board);
    await set.time.wait(3_600_000);
    await set.deliver.drain(board);
    expect((await set.entry()).state).toBe('uncertain');
  });

  test('that was sent again is not settled by the mail before it', async () => {
    const set = await setUp({ person: external, mail: () => ({ kind: 'uncertain', detail: 'Broke.' }) });
    await set.deliver.drain(board);
    await set.ledger.resend([await set.entry()], 'P15', at);
    set.mailer.sentItems.set(key, { messageId: '<m>', sentAt: at });
    await set.deliver.drain(board);
    await set.time.wait(3_600_000);
    await set.deliver.drain(board);
    expect(await set.entry()).toMatchObject({ state: 'uncertain', earlier: [{ state: 'uncertain', byRef: 'P15' }] });
  });
});
