import { UpstreamError } from '../../bot/errors';
import { buttonsOf, inputsOf, cardProblems, textOf } from '../cards/checkCard';
import { filled, house, mentionsBot, oidOf, openForm, sample } from './house';

const typed = { deliveryStatus: 'at-risk', percentComplete: 80, narrative: 'Five of six profiles are published now.' };

describe('an owner in chat', () => {
  test('gets one card with all that is open and theirs, the deadline in words', async () => {
    const it = house();
    const [card, ...rest] = await it.say('P10', 'My actions');
    expect(rest).toEqual([]);
    expect(cardProblems(card ?? {})).toEqual([]);
    expect(textOf(card ?? {})).toContain('Update for the board on Wednesday 15 January');
    expect(textOf(card ?? {})).toContain('to answer by Monday 6 January, 5 pm (today)');
    expect(buttonsOf(card ?? {})[0]).toMatchObject({ title: 'Update APA1.04', verb: 'open' });
  });

  test('answers in the card, which turns into the receipt with the next item', async () => {
    const it = house();
    const form = await openForm(it, 'P10', 'action', 'APA1.04');
    const after = await it.press('P10', 'save', filled(form, 'save', typed));
    expect(textOf(after)).toMatch(/^Saved ✓ APA1\.04 Locality profiles\. Recorded: .*at risk.*80/);
    expect(inputsOf(after)).not.toEqual({});
    const now = await it.records.snapshot('send');
    expect(now.actions.find((one) => one.ref === 'APA1.04')).toMatchObject({
      deliveryStatus: 'at-risk',
      percentComplete: 80,
    });
    expect(now.updates.at(-1)).toMatchObject({
      subjectRef: 'APA1.04',
      byRef: 'P10',
      route: 'chat card',
      narrative: typed.narrative,
    });
  });

  test('has one effect however often the same press arrives, and gets the same answer', async () => {
    const it = house();
    const data = filled(await openForm(it, 'P10', 'action', 'APA1.04'), 'save', typed);
    const answers = await Promise.all([1, 2, 3].map(() => it.invoke('P10', 'save', data)));
    const again = await it.invoke('P10', 'save', data);
    expect(it.memory.operations).toHaveLength(1);
    for (const answer of [...answers, again]) expect(textOf(answer.value)).toMatch(/^Saved ✓ APA1\.04/);
  });

  test('may answer again from the same card with other inputs', async () => {
    const it = house();
    const form = await openForm(it, 'P10', 'action', 'APA1.04');
    await it.press('P10', 'save', filled(form, 'save', typed));
    const asked = await it.press('P10', 'save', filled(form, 'save', { ...typed, percentComplete: 90 }));
    expect(textOf(asked)).toContain('APA1.04 was changed meanwhile');
    await it.press('P10', 'resolve', filled(asked, 'resolve'));
    const now = await it.records.snapshot('send');
    expect(now.actions.find((one) => one.ref === 'APA1.04')?.percentComplete).toBe(90);
  });

  test('is told beside the field what does not fit, and keeps what was typed', async () => {
    const it = house();
    const form = await openForm(it, 'P10', 'action', 'APA1.04');
    const again = await it.press('P10', 'save', filled(form, 'save', { ...typed, percentComplete: 140 }));
    expect(textOf(again)).toContain('The percentage must be a whole number from 0 to 100.');
    expect(inputsOf(again)['narrative']?.['value']).toBe(typed.narrative);
    expect(it.memory.operations).toEqual([]);
  });

  test('says no change with a line', async () => {
    const it = house();
    const form = await openForm(it, 'P10', 'action', 'APA1.04');
    const refused = await it.press('P10', 'no-change', filled(form, 'no-change'));
    expect(textOf(refused)).toContain('please say in a line why nothing has changed');
    const saved = await it.press(
      'P10',
      'no-change',
      filled(refused, 'no-change', { narrative: 'The two extracts still have not come.' }),
    );
    expect(textOf(saved)).toMatch(/^Saved ✓ APA1\.04 Locality profiles\. No change\./);
  });

  test('confirms a text that may identify a child before it is saved', async () => {
    const it = house();
    const form = await openForm(it, 'P10', 'action', 'APA1.04');
    const narrative = 'We visited the family at SW1A 1AA about their plan.';
    const asked = await it.press('P10', 'save', filled(form, 'save', { ...typed, narrative }));
    expect(textOf(asked)).toContain('Please check before it goes to the board.');
    expect(it.memory.operations).toEqual([]);
    const anyway = buttonsOf(asked).find((one) => one.title === 'Save as it is');
    const saved = await it.press('P10', 'save', { ...filled(asked, 'save'), ...anyway?.data });
    expect(textOf(saved)).toMatch(/^Saved ✓/);
  });

  test('ends with thanks and the list when all is answered', async () => {
    const it = house();
    let card = (await it.say('P10', 'my actions'))[0] ?? {};
    for (let left = 0; left < 20; left += 1) {
      const save = buttonsOf(card).find((one) => one.verb === 'save');
      if (save) {
        const needs = inputsOf(card)['narrative']
          ? { narrative: 'Nothing new to say at this meeting.' }
          : { value: 50 };
        card = await it.press('P10', inputsOf(card)['value'] ? 'save' : 'no-change', filled(card, 'save', needs));
        continue;
      }
      const open = buttonsOf(card).find((one) => one.title.startsWith('Update'));
      if (!open) break;
      card = await it.press('P10', 'open', open.data);
    }
    expect(textOf(card)).toContain('Nothing left to answer');
    expect(textOf(card)).toMatch(/All \d+ answered\. Thank you\. You can still change any answer/);
  });

  test('sees the present state of an item from a card of yesterday', async () => {
    const it = house();
    const old = await openForm(it, 'P10', 'action', 'APA1.04');
    it.memory.editInSharePoint('send', 'action', 'APA1.04', { percentComplete: 75 });
    await it.records.refresh('send');
    it.clock.set('2025-01-07T10:00:00.000Z');
    const form = await it.press('P10', 'open', { boardId: 'send', kind: 'action', ref: 'APA1.04' });
    expect(inputsOf(form)['percentComplete']?.['value']).toBe(75);
    const saved = await it.press(
      'P10',
      'save',
      filled(old, 'save', { narrative: typed.narrative, forecastOn: '2025-03-31' }),
    );
    expect(textOf(saved)).toMatch(/^Saved ✓ APA1\.04.*received late/);
    const now = await it.records.snapshot('send');
    expect(now.actions.find((one) => one.ref === 'APA1.04')).toMatchObject({
      percentComplete: 75,
      forecastOn: '2025-03-31',
    });
  });

  test('chooses when somebody else changed the same thing, and nothing is overwritten meanwhile', async () => {
    const it = house();
    const form = await openForm(it, 'P10', 'action', 'APA1.04');
    it.memory.editInSharePoint('send', 'action', 'APA1.04', { percentComplete: 75, forecastOn: '2025-04-30' });
    await it.records.refresh('send');
    const conflict = await it.press('P10', 'save', filled(form, 'save', typed));
    expect(textOf(conflict)).toContain('APA1.04 was changed meanwhile');
    expect(textOf(conflict)).toContain('Now in the record: 75');
    expect(textOf(conflict)).toContain('Yours: 80');
    expect(it.memory.operations).toEqual([]);
    const saved = await it.press('P10', 'resolve', filled(conflict, 'resolve', { 'keep:percentComplete': 'theirs' }));
    expect(textOf(saved)).toMatch(/^Saved ✓ APA1\.04/);
    const now = await it.records.snapshot('send');
    expect(now.actions.find((one) => one.ref === 'APA1.04')).toMatchObject({
      deliveryStatus: 'at-risk',
      percentComplete: 75,
      forecastOn: '2025-04-30',
    });
  });

  test('keeps the card with what was typed when SharePoint does not answer, and saves it once on the next press', async () => {
    const it = house();
    const data = filled(await openForm(it, 'P10', 'action', 'APA1.04'), 'save', typed);
    it.memory.failNextWrite(new UpstreamError('SharePoint', 'time-out', { mayHaveHappened: true }), 'after');
    const failed = await it.invoke('P10', 'save', data);
    expect(failed.type).toBe('application/vnd.microsoft.error');
    expect(JSON.stringify(failed.value)).toContain('it is never saved twice');
    expect(textOf((await it.invoke('P10', 'save', data)).value)).toMatch(/^Saved ✓ APA1\.04/);
    const now = await it.records.snapshot('send');
    expect(now.updates.filter((one) => one.narrative === typed.narrative)).toHaveLength(1);
  });

  test('opens an item by its reference, typed as busy people type', async () => {
    const it = house();
    for (const text of ['APA1.04', 'apa 1.4', 'Apa1-04']) {
      const [card] = await it.say('P10', text);
      expect(textOf(card ?? {})).toContain('Action APA1.04');
    }
  });

  test('hears the next meeting and help in words', async () => {
    const it = house();
    expect(textOf((await it.say('P10', 'next meeting'))[0] ?? {})).toContain('Next meeting: Wednesday 15 January 2025');
    expect(textOf((await it.say('P10', 'help'))[0] ?? {})).toContain('my actions');
    const unknown = textOf((await it.say('P10', 'my actoins plese'))[0] ?? {});
    expect(unknown).toContain('You wrote: "my actoins plese".');
    expect(unknown).toContain('The nearest it knows: "my actions"');
  });
});

describe('who may do what', () => {
  test('a stranger is refused in words and learns nothing of the board', async () => {
    const it = house();
    const from = { id: '29:x', name: 'X', aadObjectId: '11111111-1111-4111-8111-111111111111' };
    const [card] = await it.say('P10', 'my actions', { from });
    expect(textOf(card ?? {})).toContain('This account is not on the board');
    expect(textOf(card ?? {})).not.toContain(sample.facts.name);
    const body = await it.invoke('P10', 'open', { boardId: 'send', kind: 'action', ref: 'APA1.04' }, { from });
    expect(textOf(body.value)).toContain('This account is not on the board');
  });

  test('a forwarded card carries no rights', async () => {
    const it = house();
    const data = filled(await openForm(it, 'P10', 'action', 'APA1.04'), 'save', typed);
    const other = sample.people.find(
      (one) => one.boardRole === 'owner' && one.ref !== 'P10' && one.ref !== 'P17' && one.entraObjectId,
    );
    const refused = await it.press(other?.ref ?? '', 'save', data);
    expect(textOf(refused)).toContain('APA1.04 is not yours to answer');
    expect(it.memory.operations).toEqual([]);
  });

  test('a deputy answers for the owner, whom the record names too', async () => {
    const it = house();
    const form = await openForm(it, 'P17', 'action', 'APA1.04');
    expect(textOf(form)).toContain('You answer for Freya Langmoor');
    await it.press('P17', 'save', filled(form, 'save', typed));
    const now = await it.records.snapshot('send');
    expect(now.updates.at(-1)).toMatchObject({ byRef: 'P17', forOwnerRef: 'P10' });
  });

  test('somebody who owns nothing is told so, with whom to ask', async () => {
    const it = house();
    const [card] = await it.say('P99', 'my actions');
    expect(textOf(card ?? {})).toContain('Nothing to answer');
    expect(textOf(card ?? {})).toContain('tell the secretary');
  });

  test('an item that is no more is named', async () => {
    const it = house();
    expect(textOf(await it.press('P10', 'open', { boardId: 'send', kind: 'action', ref: 'APA9.99' }))).toContain(
      'There is no APA9.99 here',
    );
  });

  test('nobody’s drafts are shown in a group', async () => {
    const it = house();
    const conversation = { id: '19:x', conversationType: 'groupChat', isGroup: true, name: '' };
    const [card] = await it.say('P10', '<at>Board Assistant</at> my actions', { conversation, entities: mentionsBot });
    expect(textOf(card ?? {})).toContain('Let us talk in private');
    expect(await it.conversations.find(oidOf('P10'))).toBeUndefined();
  });

  test.each([
    ['an unknown board', 'open', { boardId: 'other', kind: 'action', ref: 'APA1.04' }],
    ['an unknown button', 'explode', {}],
    ['no data', 'save', undefined],
  ])('%s leaves the card as it is, with words', async (_name, verb, data) => {
    const body = await house().invoke('P10', verb, data);
    expect(body.type).toBe('application/vnd.microsoft.error');
    expect(JSON.stringify(body.value)).toContain('cannot be read any more');
  });
});

describe('the way to a person', () => {
  const installed = { type: 'installationUpdate', action: 'add' };

  test('is kept on install with one welcome, however often Teams tells of it', async () => {
    const it = house();
    const both = await Promise.all([
      it.turn('P10', installed),
      it.turn('P10', { type: 'conversationUpdate', membersAdded: [{ id: '28:bot', name: 'Board Assistant' }] }),
    ]);
    expect(both.flatMap(it.cardsOf).map(textOf)).toEqual([expect.stringContaining('Welcome to Board Assistant')]);
    expect(await it.turn('P10', installed)).toEqual([]);
    const kept = await it.conversations.find(oidOf('P10'));
    expect(kept?.reference).toMatchObject({
      serviceUrl: 'https://smba.trafficmanager.net/uk/',
      conversation: { id: 'a:P10' },
    });
  });

  test('is kept on every message and forgotten when the app is removed', async () => {
    const it = house();
    await it.say('P10', 'help');
    expect(await it.conversations.find(oidOf('P10'))).toBeDefined();
    await it.turn('P10', { type: 'installationUpdate', action: 'remove' });
    expect(await it.conversations.find(oidOf('P10'))).toBeUndefined();
  });

  test('no log line holds what people wrote', async () => {
    const it = house();
    const form = await openForm(it, 'P10', 'action', 'APA1.04');
    await it.press('P10', 'save', filled(form, 'save', typed));
    await it.say('P10', 'a private word');
    expect(JSON.stringify(it.logger.lines)).not.toMatch(/private word|profiles are published|Freya/);
  });
});
