// Did they get it: every message with its fate, to each reader what is theirs; sent again only by the secretary's word.
import type { BoardSnapshot } from '../../bot/board/model';
import { createResendMessage, type ResendRequest } from '../../bot/services/resendMessage';
import { createSettleMail } from '../../bot/services/settleMail';
import { createViewDelivery } from '../../bot/services/viewDelivery';
import { createMemoryLedger, createMemoryMailer, createTestTime } from '../fixtures/memoryDelivery';
import { createFixedClock, createMemoryLogger, createMemoryRecords } from '../fixtures/memoryPorts';
import { sampleSnapshot } from '../fixtures/samplePlan';
import { fillLedger, sentAt } from '../fixtures/sentMessages';

const plan = sampleSnapshot();
const board = 'send';

async function setUp(snapshot: BoardSnapshot = plan) {
  const ledger = createMemoryLedger();
  await fillLedger(ledger, board);
  const records = createMemoryRecords({ [board]: snapshot });
  const clock = createFixedClock('2025-01-06T09:30:00.000Z');
  const logger = createMemoryLogger();
  const mailer = createMemoryMailer(sentAt);
  const time = createTestTime();
  const drained: string[] = [];
  const resendMessage = createResendMessage({
    ...{ records, ledger, clock, logger },
    settleMail: createSettleMail({ ledger, mailer, clock, logger, time }),
    drain: async (boardId) => void drained.push(boardId),
  });
  const ask = (personRef: string, over: Partial<ResendRequest> = {}) =>
    resendMessage.resend({ boardId: board, meetingRef: 'B09', step: 'request', personRef, byRef: 'P15', ...over });
  const stateOf = async (personRef: string) =>
    (await ledger.entries(board, 'B09')).find((one) => one.personRef === personRef);
  return { view: createViewDelivery({ records, ledger, clock }), ledger, ask, stateOf, drained, mailer, clock };
}

describe('the delivery of a meeting', () => {
  test('counts each step and says of each person by which way, when, or why not', async () => {
    const { view } = await setUp();
    const shown = await view.forPerson(board, 'P15', 'B09');
    expect(shown).toMatchObject({
      meetingRef: 'B09',
      meetingWords: 'Wednesday 15 January 2025',
      isWhole: true,
      mayResend: true,
    });
    const [step] = shown.steps;
    expect(step?.title).toBe('update request');
    expect(step?.totals).toEqual({
      ...{
        people: 6,
        sent: 2,
        byChat: 1,
        byMail: 1,
        waiting: 1,
        uncertain: 1,
        notReached: 1,
        cancelled: 1,
        answered: 0,
      },
    });
    const line = (ref: string) => step?.lines.find((one) => one.personRef === ref);
    expect(line('P09')?.words).toMatch(/^Sent, by e-mail, Monday 6 January 2025, 09:05. Outside the council./);
    expect(line('P07')).toMatchObject({ resend: 'warned', mayHaveArrivedTwice: false });
    expect(line('P07')?.words).toMatch(/^Uncertain: it may have arrived, by chat. The connection broke/);
    expect(line('P08')).toMatchObject({ resend: 'plain', why: 'Has not opened a chat with Board Assistant.' });
    expect(line('P12')?.words).toMatch(/^Waiting to be sent\./);
    expect(line('P10')).not.toHaveProperty('resend');
    expect(shown.notReached.map((one) => one.personRef)).toEqual(['P07', 'P08']);
  });

  test('says who answered what was asked, and on which day', async () => {
    const [first] = plan.requests;
    if (!first) throw new TypeError('the sample has no requests');
    const asked = { ...first, ref: 'Q1', meetingRef: 'B09', subjectRef: 'APA1.01' };
    const requests = [{ ...asked, state: 'answered' as const, answeredOn: '2025-01-06' }];
    const { view } = await setUp({ ...plan, requests });
    const { steps } = await view.whole(board, 'B09');
    expect(steps[0]?.totals.answered).toBe(6);
    expect(steps[0]?.lines[0]?.answered).toEqual({ done: 1, of: 1, lastOn: '2025-01-06' });
    expect(steps[0]?.lines[0]?.words).toContain('1 of 1 item answered, last on Monday 6 January 2025.');
  });

  test('is whole for the chair without sending again, one’s own for an owner, and nothing for an adviser', async () => {
    const { view } = await setUp();
    expect(await view.forPerson(board, 'P01', 'B09')).toMatchObject({ isWhole: true, mayResend: false });
    const own = await view.forPerson(board, 'P10', 'B09');
    expect(own).toMatchObject({ isWhole: false, mayResend: false });
    expect(own.steps.flatMap((one) => one.lines.map((line) => line.personRef))).toEqual(['P10']);
    await expect(view.forPerson(board, 'X01', 'B09')).rejects.toThrow('for the board’s own people');
    await expect(view.forPerson(board, 'P99', 'B09')).rejects.toThrow('There is no person P99.');
    await expect(view.whole(board, 'B99')).rejects.toThrow('There is no meeting B99.');
  });

  test('says that sending is paused, by whom and why', async () => {
    const pause = { byRef: 'P15', at: '2025-01-06T09:00:00.000Z', why: 'Between two secretaries' };
    const { view, ask } = await setUp({ ...plan, running: { sending: { key: 'sending@send', pause }, planned: [] } });
    expect((await view.whole(board, 'B09')).paused).toContain('by Marlow Finchley, until somebody resumes it');
    expect(await ask('P08')).toMatchObject({
      kind: 'resent',
      words: expect.stringContaining('It waits: Sending is paused'),
    });
    const again = (await view.whole(board, 'B09')).steps[0]?.lines.find((one) => one.personRef === 'P08');
    expect(again?.words).toMatch(/^Waits while sending is paused\./);
  });
});

test('says until when a message waits that is planned outside the sending hours', async () => {
  const { view, ask, clock } = await setUp();
  const waiting = async () => {
    const { steps } = await view.whole(board, 'B09');
    return steps[0]?.lines.find((one) => one.personRef === 'P12')?.words;
  };
  expect(await waiting()).toMatch(/^Waiting to be sent\./);
  clock.set('2025-01-08T20:00:00.000Z');
  expect(await waiting()).toMatch(/^Waits until Thursday 9 January 2025, 08:00\./);
  expect(await ask('P08')).toMatchObject({
    words: expect.stringContaining('It waits: Messages go out from 08:00 to 18:00 on working days'),
  });
});

describe('sending again', () => {
  test('what was not sent is planned once more, and what became of it stays on record', async () => {
    const { ask, stateOf, drained } = await setUp();
    expect(await ask('P08')).toEqual({ kind: 'resent', words: 'The update request to Tamsin Oakhurst is sent again.' });
    expect(await stateOf('P08')).toMatchObject({ state: 'planned', earlier: [{ state: 'failed', byRef: 'P15' }] });
    expect(drained).toEqual([board]);
    expect(await ask('P08')).toMatchObject({ kind: 'refused', words: expect.stringContaining('on its way already') });
  });

  test('what may have arrived is first said to be so, then sent with the secretary’s word alone', async () => {
    const { ask, stateOf, view } = await setUp();
    expect(await ask('P07')).toMatchObject({ kind: 'confirm', words: expect.stringContaining('it may arrive twice') });
    expect((await stateOf('P07'))?.state).toBe('uncertain');
    expect(await ask('P07', { mayArriveTwice: true })).toMatchObject({ kind: 'resent' });
    expect(await stateOf('P07')).toMatchObject({ state: 'planned', earlier: [{ state: 'uncertain', route: 'chat' }] });
    const line = (await view.whole(board, 'B09')).steps[0]?.lines.find((one) => one.personRef === 'P07');
    expect(line).toMatchObject({ mayHaveArrivedTwice: true });
    expect(line?.words).toContain(
      'Sent again for Marlow Finchley on Monday 6 January 2025, 09:30. It may have arrived twice.',
    );
  });

  test('looks in Sent Items first: what lies there is not sent again', async () => {
    const { ask, stateOf, ledger, mailer } = await setUp();
    await ledger.resend([{ boardId: board, meetingRef: 'B09', step: 'request', personRef: 'P08' }], 'P15', sentAt);
    const draft = { boardId: board, meetingRef: 'B09', step: 'reminder', personRef: 'P09', subjectRefs: [] } as const;
    await ledger.plan([draft], '2025-01-06T09:00:00.000Z');
    const [entry] = await ledger.claim(board, 'w', 1, 30);
    if (!entry) throw new TypeError('nothing claimed');
    await ledger.sending(entry, entry.fence, 'e-mail');
    await ledger.record(entry, entry.fence, { state: 'uncertain', route: 'e-mail', detail: 'Broke.' }, sentAt);
    mailer.sentItems.set(`${board}/B09/reminder/P09`, { messageId: '<r>', sentAt });
    expect(await ask('P09', { step: 'reminder' })).toEqual({
      kind: 'refused',
      reason: 'notNeeded',
      words: 'The reminder to Imran Selwood was sent, so it is not sent again.',
    });
    expect((await stateOf('P08'))?.state).toBe('planned');
  });

  test.each([
    ['P10', 'was sent, so it is not sent again'],
    ['P11', 'is not needed any more'],
    ['P12', 'is on its way already'],
    ['P13', 'was never planned'],
  ])('nothing to %s: it %s', async (ref, words) => {
    const { ask, drained } = await setUp();
    expect(await ask(ref)).toMatchObject({
      kind: 'refused',
      reason: 'notNeeded',
      words: expect.stringContaining(words),
    });
    expect(drained).toEqual([]);
  });

  test('is for the secretary alone', async () => {
    const { ask, stateOf } = await setUp();
    for (const byRef of ['P01', 'P08', 'X01'])
      expect(await ask('P08', { byRef })).toMatchObject({ kind: 'refused', reason: 'notAllowed' });
    expect((await stateOf('P08'))?.state).toBe('failed');
  });
});
