// "delivery" in chat: what did not go as it should is named, and the secretary sends it again from there.
import { deliveryCard } from '../../bot/cards/deliveryCard';
import { buttonsOf, cardProblems, textOf } from '../cards/checkCard';
import { fillLedger } from '../fixtures/sentMessages';
import { house, sample } from './house';

const secretary = sample.facts.secretaryRef ?? '';
const chair = sample.facts.chairRef ?? '';

async function afterSending() {
  const it = house();
  await fillLedger(it.ledger, 'send');
  return it;
}

test.each(['delivery', 'Delivery B09', 'did they get it?'])(
  '%s counts, and names who was not reached in chat',
  async (words) => {
    const it = await afterSending();
    const [card = {}] = await it.say(secretary, words);
    expect(cardProblems(card)).toEqual([]);
    const text = textOf(card);
    expect(text).toContain('Delivery for the meeting on Wednesday 15 January 2025');
    expect(text).toContain(
      'Update request: 2 of 6 sent (1 by chat, 1 by e-mail), 1 waiting, 1 uncertain, 1 not reached',
    );
    expect(text).toContain('Tamsin Oakhurst');
    expect(text).not.toContain('Freya Langmoor');
    expect(buttonsOf(card).map((one) => one.data['personRef'])).toEqual(['P07', 'P08']);
  },
);

test('the chair reads it without buttons, an owner sees their own message, an adviser nothing', async () => {
  const it = await afterSending();
  const [forChair = {}] = await it.say(chair, 'delivery');
  expect([textOf(forChair).includes('Tamsin Oakhurst'), buttonsOf(forChair)]).toEqual([true, []]);
  const [own = {}] = await it.say('P10', 'delivery');
  expect([textOf(own).includes('Freya Langmoor'), textOf(own).includes('Tamsin')]).toEqual([true, false]);
  const [none = {}] = await it.say('P98', 'delivery');
  expect(textOf(none)).toContain('for the board’s own people');
});

test('a press sends again what failed at once, and what is uncertain after a second press', async () => {
  const it = await afterSending();
  const [card = {}] = await it.say(secretary, 'delivery');
  const [uncertain, failed] = buttonsOf(card);
  expect(textOf(await it.press(secretary, 'delivery-resend', failed?.data))).toContain('Sent again');
  const asked = await it.press(secretary, 'delivery-resend', uncertain?.data);
  expect(textOf(asked)).toContain('it may arrive twice');
  const [sure] = buttonsOf(asked);
  expect(textOf(await it.press(secretary, 'delivery-resend', sure?.data))).toContain('It may arrive twice.');
  const states = (await it.ledger.entries('send', 'B09')).map((one) => [one.personRef, one.state]);
  expect(Object.fromEntries(states)).toMatchObject({ P07: 'planned', P08: 'planned' });
});

test('a forwarded button sends nothing for anybody else', async () => {
  const it = await afterSending();
  const [card = {}] = await it.say(secretary, 'delivery');
  const failed = buttonsOf(card)[1];
  expect(textOf(await it.press('P10', 'delivery-resend', failed?.data))).toContain('Nothing was sent');
  expect((await it.ledger.entries('send', 'B09')).find((one) => one.personRef === 'P08')?.state).toBe('failed');
});

test('a card with hundreds of people stays within what Teams takes', () => {
  const lines = Array.from({ length: 500 }, (_, n) => ({
    name: `Person ${n}`,
    words: 'w'.repeat(390),
    resend: { step: 'request', personRef: `P${n}` },
  }));
  const steps = ['a', 'b', 'c', 'd', 'e', 'f'].map((title) => ({ title, totals: '0 of 500 sent', lines }));
  const card = deliveryCard({ boardId: 'send', meetingRef: 'B09', meetingWords: 'a day', steps });
  expect(JSON.stringify(card).length).toBeLessThan(28 * 1024);
  expect(textOf(card)).toContain('more.');
});
