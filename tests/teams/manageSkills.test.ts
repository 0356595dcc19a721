// The secretary's words in chat: forms to confirm, what they do, who may not, and how a slip is taken back.
import { describe, expect, test } from '@jest/globals';
import { buttonsOf, cardProblems, inputsOf, textOf } from '../cards/checkCard';
import { house } from './house';

const secretary = 'P15';

async function formOf(it: ReturnType<typeof house>, text: string) {
  const [card] = await it.say(secretary, text);
  expect(cardProblems(card ?? {})).toEqual([]);
  const buttons = buttonsOf(card ?? {});
  const of = (title: string) => {
    const found = buttons.find((one) => one.title === title);
    if (!found) throw new TypeError(`no button ${title} among ${buttons.map((one) => one.title).join(', ')}`);
    return { verb: String(found.verb), data: found.data };
  };
  return { card: card ?? {}, inputs: inputsOf(card ?? {}), of };
}

describe('the words', () => {
  test('hand over an action to somebody named with a slip, from a day', async () => {
    const it = house();
    const { card, inputs, of } = await formOf(it, 'hand over apa 1.4 to Sol Aberline from 3 February');
    expect(textOf(card)).toContain('Hand over APA1.04?');
    expect(inputs['fromOn']?.['value']).toBe('2025-02-03');
    expect(inputs['toRef']?.['value']).toBe('P17');
    const { verb, data } = of('Hand over');
    const done = await it.press(secretary, verb, { ...data, toRef: 'P17', fromOn: '2025-02-03' });
    expect(textOf(done)).toContain('From Monday 3 February 2025');
    // What was asked for this meeting stays with the present owner until then.
    expect(textOf(done)).not.toContain('is now asked of');
  });

  test('hand over now, and hand back with a word', async () => {
    const it = house();
    const { of } = await formOf(it, 'hand over APA1.04 to Sol Abberline');
    const { verb, data } = of('Hand over');
    const done = await it.press(secretary, verb, { ...data, toRef: 'P17' });
    expect(textOf(done)).toContain('APA1.04');
    const again = await it.press(secretary, verb, { ...data, toRef: 'P17' });
    expect(textOf(again)).toBe(textOf(done));
    const [back] = await it.say(secretary, 'hand back');
    expect(textOf(back ?? {})).toContain('to Freya Langmoor');
    const owner = (await it.records.snapshot('send')).actions.find((one) => one.ref === 'APA1.04')?.ownerRef;
    expect(owner).toBe('P10');
  });

  test('add an action: what is missing stands beside its field, and what was typed is kept', async () => {
    const it = house();
    const { inputs, of } = await formOf(it, 'add action to APA1: Agree the shared data set');
    expect(inputs['areaRef']?.['value']).toBe('APA1');
    expect(inputs['title']?.['value']).toBe('Agree the shared data set');
    const { verb, data } = of('Add the action');
    const refused = await it.press(secretary, verb, { ...data, areaRef: 'APA1', title: 'ab', ownerRef: 'P10' });
    expect(textOf(refused)).toContain('at least 3 characters');
    expect(inputsOf(refused)['ownerRef']?.['value']).toBe('P10');
    const done = await it.press(secretary, verb, {
      ...data,
      areaRef: 'APA1',
      title: 'Agree the data',
      ownerRef: 'P10',
    });
    expect(textOf(done)).toContain('owned by Freya Langmoor');
    expect(textOf(done)).toContain('no due date');
  });

  test('add a risk', async () => {
    const it = house();
    const { of } = await formOf(it, 'add risk: Posts stay empty');
    const { verb, data } = of('Add the risk');
    const scores = { likelihood: '4', impact: '3', targetLikelihood: '2', targetImpact: '3' };
    const done = await it.press(secretary, verb, { ...data, title: 'Posts stay empty', ...scores });
    expect(textOf(done)).toContain('R15 Posts stay empty');
  });

  test('a person leaves: one thing set apart, the rest to one successor, nobody by silence', async () => {
    const it = house();
    const { card, inputs, of } = await formOf(it, 'Freya Langmoor leaves on 31 January');
    expect(textOf(card)).toContain('Freya Langmoor leaves?');
    expect(inputs['lastDayOn']?.['value']).toBe('2025-01-31');
    // Whoever takes over is chosen, nobody too: Teams marks the field, and says what is missing.
    expect(inputs['toRef']).toMatchObject({
      isRequired: true,
      errorMessage: 'Choose somebody of the list, or "Nobody yet: the findings will say so".',
    });
    expect(inputs['toRef']?.['value']).toBeUndefined();
    expect(inputs['apartTo']?.['isRequired']).toBeUndefined();
    const apart = of('Give it to them');
    const next = await it.press(secretary, apart.verb, {
      ...apart.data,
      lastDayOn: '2025-01-31',
      apartRef: 'APA1.04',
      apartTo: 'P08',
    });
    expect(textOf(next)).toContain('To Tamsin Oakhurst.');
    const save = buttonsOf(next).find((one) => one.title === 'Hand everything over');
    const given = { ...save?.data, lastDayOn: '2025-01-31', takeOver: 'now' };
    expect(textOf(await it.press(secretary, String(save?.verb), given))).toContain('Choose who takes over');
    const done = await it.press(secretary, String(save?.verb), { ...given, toRef: 'P17' });
    expect(textOf(done)).toContain('Handed over');
    const { actions, people } = await it.records.snapshot('send');
    expect(actions.find((one) => one.ref === 'APA1.04')?.ownerRef).toBe('P08');
    expect(people.find((one) => one.ref === 'P10')?.leavesOn).toBe('2025-01-31');
  });

  test('nobody as the successor stays chosen while one thing is set apart', async () => {
    const it = house();
    const { of } = await formOf(it, 'Freya Langmoor leaves on 31 January');
    const { verb, data } = of('Give it to them');
    const typed = { ...data, lastDayOn: '2025-01-31', toRef: 'nobody', apartRef: 'APA1.04', apartTo: 'P08' };
    expect(inputsOf(await it.press(secretary, verb, typed))['toRef']?.['value']).toBe('nobody');
    const save = of('Hand everything over');
    const wrong = { ...save.data, lastDayOn: '31 January', toRef: 'nobody' };
    expect(inputsOf(await it.press(secretary, save.verb, wrong))['toRef']?.['value']).toBe('nobody');
  });

  test('who answers for somebody this cycle is said where they leave, ends, and comes back by the card’s button', async () => {
    const it = house();
    await it.say('P10', 'let Sol Abberline answer APA1.04 this cycle');
    const { card, of } = await formOf(it, 'Freya Langmoor leaves on 31 January');
    expect(textOf(card)).toContain('Sol Abberline no longer answers APA1.04 for Freya Langmoor this cycle.');
    const { verb, data } = of('Hand everything over');
    const done = await it.press(secretary, verb, { ...data, lastDayOn: '2025-01-31', toRef: 'P08', takeOver: 'now' });
    expect(textOf(done)).toContain('Sol Abberline no longer answers APA1.04 for Freya Langmoor this cycle.');
    const back = buttonsOf(done).find((one) => one.title === 'Hand back');
    const again = await it.press(secretary, String(back?.verb), { ...back?.data });
    expect(cardProblems(again)).toEqual([]);
    expect(textOf(again)).toContain('Freya Langmoor stays on the board.');
    expect(textOf(again)).toContain('Sol Abberline answers APA1.04 for Freya Langmoor this cycle again.');
    expect((await it.records.snapshot('send')).people.find((one) => one.ref === 'P10')?.leavesOn).toBeUndefined();
  });

  test('pause says why, and everybody who may know sees it; resume ends it', async () => {
    const it = house();
    const { of } = await formOf(it, 'pause all sending until 20 January: between two secretaries');
    const { verb, data } = of('Pause all sending');
    expect(textOf(await it.press(secretary, verb, { ...data, why: '' }))).toContain('Please say why');
    const paused = await it.press(secretary, verb, { ...data, why: 'Between two secretaries', untilOn: '2025-01-20' });
    expect(textOf(paused)).toContain('until the end of Monday 20 January 2025');
    const resume = (await formOf(it, 'resume')).of('Resume sending');
    expect(textOf(await it.press(secretary, resume.verb, resume.data))).toContain('Sending goes on');
  });
});

describe('others', () => {
  test.each(['P01', 'P04', 'P10', 'P98'])('%s is refused politely, in words and by a copied card', async (person) => {
    const it = house();
    for (const words of ['hand over APA1.04 to Sol Abberline', 'add risk: x y z', 'pause', 'hand back']) {
      const [card] = await it.say(person, words);
      expect(textOf(card ?? {})).toContain("Only the board's secretary");
    }
    const { of } = await formOf(it, 'hand over APA1.04 to Sol Abberline');
    const { verb, data } = of('Hand over');
    expect(textOf(await it.press(person, verb, { ...data, toRef: 'P17' }))).toContain("Only the board's secretary");
    const pause = (await formOf(it, 'pause')).of('Pause all sending');
    expect(textOf(await it.press(person, pause.verb, { ...pause.data, why: 'Because' }))).toContain(
      "Only the board's secretary",
    );
    expect(it.memory.operations).toEqual([]);
  });

  test('the chair reads what is planned', async () => {
    const [card] = await house().say('P01', 'hand-overs');
    expect(textOf(card ?? {})).toContain('No hand-over is planned');
  });
});
