// Undo, dates, deputies and evidence in chat, with the real use cases: what people press and type, and what they see.
import { textOf, buttonsOf } from '../cards/checkCard';
import type { CardJson } from '../../bot/cards/kit';
import { filled, house, openForm, oidOf, sample } from './house';

/** P10 owns APA1.04; P01 is the chair and P15 the secretary of the sample. */
const owner = 'P10';
const chair = sample.facts.chairRef ?? '';
const secretary = sample.facts.secretaryRef ?? '';
const member = sample.people.find((one) => one.boardRole === 'member')?.ref ?? '';
const narrative = 'The extract came and is checked.';
const dataOf = (card: CardJson, verb: string) => buttonsOf(card).find((one) => one.verb === verb)?.data;

describe('undo', () => {
  async function answered() {
    const it = house();
    const form = await openForm(it, owner, 'action', 'APA1.04');
    const before = it.memory.snapshot('send');
    const receipt = await it.press(owner, 'save', filled(form, 'save', { percentComplete: '70', narrative }));
    return { it, receipt, before: (await before).actions.find((one) => one.ref === 'APA1.04') };
  }
  const actionNow = async (it: ReturnType<typeof house>) =>
    (await it.memory.snapshot('send')).actions.find((one) => one.ref === 'APA1.04');

  test('is offered on the receipt until a time of day, and shows the item as it was', async () => {
    const { it, receipt, before } = await answered();
    expect(textOf(receipt)).toContain('Recorded: percentage:');
    expect(buttonsOf(receipt).map((one) => one.title)).toContain('Undo (until 09:10)');
    const back = await it.press(owner, 'undo', dataOf(receipt, 'undo'));
    expect(textOf(back)).toContain('Your answer to APA1.04 is taken back.');
    expect({ ...(await actionNow(it)), stamp: 0 }).toEqual({ ...before, stamp: 0 });
  });

  test('pressed again and again says the same', async () => {
    const { it, receipt } = await answered();
    const data = dataOf(receipt, 'undo');
    const first = textOf(await it.press(owner, 'undo', data));
    it.clock.set('2025-01-07T09:00:00.000Z');
    expect(textOf(await it.press(owner, 'undo', data))).toContain(first.slice(0, 60));
    expect((await it.memory.snapshot('send')).updates.filter((one) => one.takesBack !== undefined)).toHaveLength(1);
  });

  test('after its minutes says so and how to answer again', async () => {
    const { it, receipt } = await answered();
    it.clock.set('2025-01-06T09:11:00.000Z');
    const late = textOf(await it.press(owner, 'undo', dataOf(receipt, 'undo')));
    expect(late).toContain('Too late to undo');
    expect(late).toContain('that was until 09:10');
    expect(late).toContain('To answer again, type "APA1.04".');
    expect((await actionNow(it))?.percentComplete).toBe(70);
  });

  test('from a forwarded card is refused', async () => {
    const { it, receipt } = await answered();
    const refused = await it.press(chair, 'undo', dataOf(receipt, 'undo'));
    expect(textOf(refused)).toContain('Only the person who gave an answer may take it back.');
    expect((await actionNow(it))?.percentComplete).toBe(70);
  });

  test('typed takes back the newest answer, and only once', async () => {
    const { it } = await answered();
    expect(textOf((await it.say(owner, 'Undo'))[0] ?? {})).toContain('is taken back');
    expect(textOf((await it.say(owner, 'undo'))[0] ?? {})).toContain('Nothing to undo');
  });
});

describe('moving a date', () => {
  const ask = { toOn: '2025-03-14', reason: 'The supplier delivers the extract in March.' };

  async function asked(over: Record<string, string> = {}) {
    const it = house();
    const form = await openForm(it, owner, 'action', 'APA1.04');
    const asking = await it.press(owner, 'date-ask', dataOf(form, 'date-ask'));
    const sent = await it.press(owner, 'date-ask-send', filled(asking, 'date-ask-send', { ...ask, ...over }));
    const pending = async () =>
      (await it.memory.snapshot('send')).dateChanges.filter((one) => one.actionRef === 'APA1.04');
    return { it, asking, sent, pending };
  }

  test('is asked for from the form of the action, with its history and the aim date', async () => {
    const { asking, sent, pending, it } = await asked();
    expect(textOf(asking)).toContain('The notice aims for all actions by Friday 31 January 2025.');
    expect(textOf(sent)).toContain('is with the chair');
    expect((await pending()).at(-1)).toMatchObject({ toOn: '2025-03-14', decision: 'pending', beyondNoticeAim: true });
    const entries = await it.ledger.entries('send', 'B09');
    expect(entries.map((one) => [one.personRef, one.step.split(':')[1]])).toEqual([[chair, 'date-asked']]);
  });

  test.each([
    ['move APA1.04 to 14 March because the supplier is late', '2025-03-14', 'the supplier is late', ''],
    ['Move the date of apa1.4 until 14/3/2025.', '2025-03-14', '', ''],
    ['move APA1.04 to next friday, no extract yet', '', 'no extract yet', 'Friday 10 January'],
    ['move APA1.04 to a better world', '', '', ''],
    ['move APA1.04', '', '', ''],
  ])('asked for as %j fills the form as far as it is sure', async (words, toOn, reason, says) => {
    const [card] = await house().say(owner, words);
    const shown = filled(card ?? {}, 'date-ask-send');
    expect({ toOn: shown['toOn'] ?? '', reason: shown['reason'] ?? '' }).toEqual({ toOn, reason });
    expect(textOf(card ?? {})).toContain(says);
  });

  test('keeps what was typed and says what is wrong beside it', async () => {
    const { sent } = await asked({ toOn: '2025-03-15', reason: 'Late' });
    const text = textOf(sent);
    expect(text).toContain('Saturday 15 March 2025 is not a working day. Please choose Friday 14 March 2025 or Monday');
    expect(text).toContain('Please write at least 10 characters.');
    expect(text).toContain('What you typed is kept.');
  });

  test('stands on top of the chair’s list and is approved with the date moved', async () => {
    const { it, pending } = await asked();
    const [list] = await it.say(chair, 'my actions');
    expect(textOf(list ?? {})).toMatch(/date changes? waits? for your decision/);
    const [dates] = await it.say(chair, 'date changes');
    const ref = (await pending()).at(-1)?.ref ?? '';
    expect(buttonsOf(dates ?? {}).some((one) => one.title === 'Decide APA1.04')).toBe(true);
    const card = await it.press(chair, 'date-open', { boardId: 'send', ref });
    expect(textOf(card)).toContain('so it is listed for the Department');
    const data = filled(card, 'date-approve');
    const done = textOf(await it.press(chair, 'date-approve', data));
    expect(done).toContain('Approved: APA1.04 is now due on Friday 14 March 2025.');
    expect(textOf(await it.press(chair, 'date-approve', data))).toContain('Approved: APA1.04');
    const board = await it.memory.snapshot('send');
    expect(board.actions.find((one) => one.ref === 'APA1.04')).toMatchObject({ dueOn: '2025-03-14' });
    expect((await pending()).at(-1)).toMatchObject({ decision: 'approved', decidedByRef: chair, meetingRef: 'B09' });
    const told = (await it.ledger.entries('send', 'B09')).filter((one) => one.step.includes('date-decided'));
    expect(told.map((one) => one.personRef)).toEqual([owner]);
  });

  test('of the chair’s own is decided by the chair where nobody else may, with a reason and shown as such', async () => {
    const actions = sample.actions.map((one) => (one.ref === 'APA1.04' ? { ...one, ownerRef: chair } : one));
    const it = house({ snapshot: { ...sample, actions } });
    const [form] = await it.say(chair, 'move APA1.04 to 14 March because the supplier is late');
    const sent = await it.press(chair, 'date-ask-send', filled(form ?? {}, 'date-ask-send'));
    expect(textOf(sent)).toContain('waits for your own decision, because nobody else on this board decides dates');
    const ref = (await it.memory.snapshot('send')).dateChanges.at(-1)?.ref ?? '';
    const card = await it.press(chair, 'date-open', { boardId: 'send', ref });
    expect(textOf(card)).toContain('This is the chair’s own date and nobody else on this board decides dates.');
    const bare = await it.press(chair, 'date-approve', filled(card, 'date-approve'));
    expect(textOf(bare)).toContain('please say in a line why you approve it yourself');
    const reason = 'The members agreed to it by e-mail.';
    const done = textOf(await it.press(chair, 'date-approve', filled(card, 'date-approve', { reason })));
    expect(done).toMatch(/Approved by .+, about their own date, on Monday 6 January 2025\. The members agreed/);
    const now = await it.memory.snapshot('send');
    expect(now.dateChanges.at(-1)).toMatchObject({ requestedByRef: chair, decidedByRef: chair, decision: 'approved' });
    expect(now.actions.find((one) => one.ref === 'APA1.04')?.dueOn).toBe('2025-03-14');
  });

  test('is refused only with a reason, which the owner reads', async () => {
    const { it, pending } = await asked();
    const ref = (await pending()).at(-1)?.ref ?? '';
    const card = await it.press(chair, 'date-open', { boardId: 'send', ref });
    const without = await it.press(chair, 'date-refuse', filled(card, 'date-refuse'));
    expect(textOf(without)).toContain('Please say in a line why not');
    const reason = 'The board wants the interim count first.';
    await it.press(chair, 'date-refuse', filled(card, 'date-refuse', { reason }));
    expect(textOf((await it.say(owner, 'date changes'))[0] ?? {})).toContain(reason);
    expect((await it.memory.snapshot('send')).actions.find((one) => one.ref === 'APA1.04')?.dueOn).not.toBe(
      '2025-03-14',
    );
  });

  test.each([
    ['the owner', owner],
    ['a member', member],
    ['the secretary, where the board does not let them', secretary],
  ])('is not decided by %s', async (_who, personRef) => {
    const { it, pending } = await asked();
    const ref = (await pending()).at(-1)?.ref ?? '';
    expect(textOf(await it.press(personRef, 'date-open', { boardId: 'send', ref }))).toContain('not yours to decide');
    await it.press(personRef, 'date-approve', { boardId: 'send', ref, reason: '' });
    expect((await pending()).at(-1)).toMatchObject({ decision: 'pending' });
  });

  test('is not asked for by who does not answer for the action, nor by an adviser', async () => {
    const it = house();
    const data = { boardId: 'send', ref: 'APA1.04' };
    expect(textOf(await it.press(member, 'date-ask', data))).toContain('APA1.04 is not yours to answer');
    expect(textOf(await it.press('P98', 'date-ask', data))).toContain('Advisers read');
    const sent = { ...data, nonce: 'nonce-forged', ...ask };
    await it.press(member, 'date-ask-send', sent);
    expect(it.memory.operations).toEqual([]);
  });
});

describe('a colleague who answers', () => {
  const deputy = sample.people.find((one) => one.ref !== owner && one.boardRole === 'owner' && !one.external);
  const first = deputy?.name.split(' ')[0] ?? '';

  test('is named in a sentence, sees the item, and the record names both', async () => {
    const it = house();
    const [card] = await it.say(owner, `Let ${deputy?.name ?? ''} answer APA1.04 this cycle`);
    expect(textOf(card ?? {})).toContain(`${deputy?.name ?? ''} answers APA1.04 this cycle`);
    const form = await openForm(it, deputy?.ref ?? '', 'action', 'APA1.04');
    await it.press(deputy?.ref ?? '', 'save', filled(form, 'save', { percentComplete: '70', narrative }));
    const board = await it.memory.snapshot('send');
    expect(board.updates.at(-1)).toMatchObject({ byRef: deputy?.ref, forOwnerRef: owner });
    const [list] = await it.say(owner, 'my actions');
    const name = sample.people.find((one) => one.ref === owner)?.name ?? '';
    expect(textOf(list ?? {})).toContain(`by ${deputy?.name ?? ''} for ${name}`);
  });

  test('may be meant by a first name with a slip: then the owner chooses', async () => {
    const it = house();
    const [card] = await it.say(owner, `let ${first}x answer apa 1.4`);
    const choice = buttonsOf(card ?? {}).find((one) => (one.data as { to?: string } | undefined)?.to === deputy?.ref);
    expect(choice).toBeDefined();
    const done = await it.press(owner, 'deputy-choose', choice?.data);
    expect(textOf(done)).toContain('answers APA1.04 this cycle');
  });

  test('answers no more once it is taken back, and is nobody where nobody is called so', async () => {
    const it = house();
    const [card] = await it.say(owner, `let ${deputy?.name ?? ''} answer APA1.04 this cycle`);
    expect(textOf(await it.press(owner, 'deputy-back', dataOf(card ?? {}, 'deputy-back')))).toContain(
      'Nobody else answers it',
    );
    const form = await it.press(deputy?.ref ?? '', 'open', { boardId: 'send', kind: 'action', ref: 'APA1.04' });
    expect(textOf(form)).toContain('is not yours to answer');
    expect(textOf((await it.say(owner, 'let Zyxwvut answer APA1.04'))[0] ?? {})).toContain('Nobody by that name');
  });

  test('is not named by somebody else', async () => {
    const it = house();
    const [card] = await it.say(member, `let ${deputy?.name ?? ''} answer APA1.04 this cycle`);
    expect(textOf(card ?? {})).toContain('Only the owner of APA1.04 or the secretary');
    expect(it.memory.operations).toEqual([]);
  });
});

describe('evidence', () => {
  const given = {
    direction: 'against',
    kind: 'family-voice',
    heard: 'Parents say that calls are still not answered.',
    link: 'https://forum.example/notes',
  };

  test.each([
    ['for', false],
    ['against', true],
  ])('that speaks %s is added by words and form, once', async (direction, contrary) => {
    const it = house();
    const count = (await it.memory.snapshot('send')).evidence.length;
    const [form] = await it.say(owner, 'evidence apa1.04');
    const data = filled(form ?? {}, 'evidence-send', { ...given, direction });
    const done = textOf(await it.press(owner, 'evidence-send', data));
    expect(done).toContain('Evidence added');
    expect(textOf(await it.press(owner, 'evidence-send', data))).toBe(done);
    const { evidence } = await it.memory.snapshot('send');
    expect(evidence).toHaveLength(count + 1);
    expect(evidence.at(-1)).toMatchObject({ actionRef: 'APA1.04', contrary, kind: 'family-voice', on: '2025-01-06' });
  });

  test('with an identifier is refused, with a warning confirmed, and an address must be https', async () => {
    const it = house();
    const [form] = await it.say(owner, 'evidence APA1.04');
    const send = async (typed: Record<string, string>) =>
      textOf(await it.press(owner, 'evidence-send', filled(form ?? {}, 'evidence-send', { ...given, ...typed })));
    expect(await send({ heard: 'NHS number 943 476 5919 waited long.' })).toContain('an NHS number');
    expect(await send({ link: 'http://forum.example/notes' })).toContain('starting with https://');
    expect(await send({ direction: '' })).toContain('Please choose what it shows.');
    const warned = await it.press(
      owner,
      'evidence-send',
      filled(form ?? {}, 'evidence-send', { ...given, heard: 'We heard 3 families say it is better.' }),
    );
    expect(textOf(warned)).toContain('a count of five or fewer');
    expect(it.memory.operations).toEqual([]);
    const asItIs = buttonsOf(warned).find((one) => one.title === 'Save as it is');
    await it.press(owner, 'evidence-send', { ...filled(warned, 'evidence-send'), ...asItIs?.data });
    expect(it.memory.operations).toHaveLength(1);
  });

  test('is not added by who does not answer for the action', async () => {
    const it = house();
    expect(textOf((await it.say(member, 'evidence APA1.04'))[0] ?? {})).toContain('not yours to answer');
    const forged = { boardId: 'send', ref: 'APA1.04', nonce: 'nonce-forged', on: '2025-01-06', ...given };
    await it.press(member, 'evidence-send', forged);
    expect(it.memory.operations).toEqual([]);
  });
});

test('strangers get a polite refusal for every button', async () => {
  const it = house();
  for (const verb of ['undo', 'dates', 'date-approve', 'deputy-choose', 'evidence-send'])
    expect(textOf(await it.press('P77', verb, { boardId: 'send' }))).toContain('not on the board');
  expect(oidOf('P77')).toBe('no-P77');
});
