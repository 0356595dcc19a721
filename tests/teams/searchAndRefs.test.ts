import type { CardJson } from '../../bot/cards/kit';
import { buttonsOf, cardProblems, inputsOf, textOf } from '../cards/checkCard';
import { filled, house, inGroup, sample } from './house';

const owner = 'P10';
const chair = sample.facts.chairRef ?? '';
const adviser = 'P98';
const names = sample.people.map((one) => one.name);
const shared = house();

async function ask(personRef: string, text: string, group = false): Promise<CardJson> {
  const [card, ...rest] = await shared.say(personRef, text, group ? inGroup(text) : {});
  expect(rest).toEqual([]);
  expect(cardProblems(card ?? {})).toEqual([]);
  return card ?? {};
}
const titlesOf = (card: CardJson): readonly string[] => buttonsOf(card).map((one) => one.title);

describe('a milestone by its reference', () => {
  test.each(['APA1.04-2', 'apa1.4-2', 'apa 1.04 2', 'APA1.04-2?'])('%j is its short card', async (text) => {
    const card = await ask(chair, text);
    expect(textOf(card)).toMatch(
      /^Milestone APA1\.04-2All six publishedOverdue ■: due Friday 29 November \(38 days ago\), 23 working days late\./,
    );
    expect(textOf(card)).toContain('Milestone of: APA1.04 Locality profiles');
    expect(textOf(card)).toContain('Owner: Freya Langmoor, Hertland Council');
    expect(textOf(card)).toContain('At first due: Monday 30 September 2024');
    expect(titlesOf(card)).toEqual(['Show APA1.04']);
  });

  test('that is done says when', async () => {
    expect(textOf(await ask(chair, 'APA1.04-1'))).toMatch(/Done ✓: done on Thursday 12 September 2024, \d+ working/);
  });

  test('is answered with its action by who may answer that', async () => {
    const card = await ask(owner, 'APA1.04-2');
    expect(titlesOf(card)).toEqual(['Update APA1.04', 'Show APA1.04']);
    const form = await shared.press(owner, 'open', buttonsOf(card)[0]?.data);
    expect(inputsOf(form)).toHaveProperty('milestonesCompleted');
  });

  test('names nobody where others read along', async () => {
    const card = await ask(owner, 'APA1.04-2', true);
    expect(textOf(card)).toContain('Led by: Hertland Council');
    expect(names.filter((name) => textOf(card).includes(name))).toEqual([]);
    expect(titlesOf(card)).toEqual(['Show APA1.04']);
  });
});

describe('a decision by its reference', () => {
  test('says what, when, who and how it stands', async () => {
    const card = textOf(await ask(owner, 'd-b08-1'));
    expect(card).toMatch(/^Decision D-B08-1Escalate the neurodiversity contract to both chief executives\./);
    expect(card).toContain('Overdue ■: Due by Friday 13 December 2024.');
    expect(card).toContain('Decided at the meeting: Wednesday 27 November 2024');
    expect(card).toContain('Owner: Samira Holtashby');
    expect(card).not.toContain('When it is done');
  });

  test('that is done says when', async () => {
    expect(textOf(await ask(owner, 'D-B07-2'))).toContain('Done ✓: Carried out on Wednesday 20 November 2024.');
  });

  test('that is open tells its owner whom to tell', async () => {
    const ownerRef = sample.decisions.find((one) => one.ref === 'D-B08-1')?.ownerRef ?? '';
    const people = sample.people.map((one) => (one.ref === ownerRef ? { ...one, entraObjectId: 'samira' } : one));
    const it = house({ snapshot: { ...sample, people } });
    const from = { id: '29:samira', name: 'Samira', aadObjectId: 'samira' };
    const [card = {}] = await it.say(ownerRef, 'D-B08-1', { from });
    expect(textOf(card)).toContain('When it is done: tell the secretary, who records it');
  });

  test('leads to the action it is about', async () => {
    const decisions = sample.decisions.map((one) => (one.ref === 'D-B08-1' ? { ...one, subjectRef: 'APA1.04' } : one));
    const it = house({ snapshot: { ...sample, decisions } });
    const [card = {}] = await it.say(owner, 'D-B08-1');
    expect(textOf(card)).toContain('About: APA1.04 Locality profiles');
    const [show] = buttonsOf(card);
    expect(textOf(await it.press(owner, show?.verb ?? '', show?.data))).toMatch(/^Action APA1\.04/);
  });

  test('names nobody where others read along', async () => {
    const card = textOf(await ask(owner, 'D-B08-1', true));
    expect(card).toContain('Escalate the neurodiversity contract');
    expect(names.filter((name) => card.includes(name))).toEqual([]);
  });
});

describe('a reference that nothing has', () => {
  test.each([
    ['D12', /^There is no D12 here.*D-B\d\d-\d /],
    ['APA1.99', /^There is no APA1\.99 here.*APA1\.01 Agree one SEND dataset/],
    ['r44', /^There is no r44 here.*R04 Neurodiversity contract not signed/],
    ['M 40', /^There is no M 40 here.*M04 /],
    ['APA1.04-9', /^There is no APA1\.04-9 here.*APA1\.04-1 /],
  ])('%j gets those most like it, with what they are', async (text, shown) => {
    expect(textOf(await ask(chair, text))).toMatch(shown);
  });

  test('is no word that only looks like one', async () => {
    expect(textOf(await ask(chair, 'covid19'))).toMatch(/^That was not understood/);
  });

  test.each(['APA1.04-2', 'D-B08-1', 'D12', 'APA1.99'])(
    '%j tells an adviser nothing of what is under way',
    async (text) => {
      expect(textOf(await ask(adviser, text))).toMatch(/^Advisers read what the board has released/);
    },
  );
});

describe('search in words', () => {
  test.each([
    'find locality profiles',
    'Find: "locality profiles"',
    'search for locality profiles',
    'search locality profiles?',
    'please look up locality profiles',
    'can you find apa14',
  ])('%j lists what fits with a way to it', async (text) => {
    const card = await ask(chair, text);
    expect(textOf(card)).toMatch(
      /^Found: 1 recordWhat fits ".*", the best first\. As of Monday 6 January 2025, 09:00\./,
    );
    expect(textOf(card)).toContain('APA1.04  Locality profilesOff track ■: ');
    expect(titlesOf(card)).toEqual(['Show APA1.04']);
    const [show] = buttonsOf(card);
    expect(textOf(await shared.press(chair, show?.verb ?? '', show?.data))).toMatch(/^Action APA1\.04/);
  });

  test('every result of every page leads to its own card', async () => {
    const seen: string[] = [];
    let card = await ask(chair, 'find behind or off track contract');
    for (let page = 0; page < 5; page += 1) {
      for (const one of buttonsOf(card).filter(({ verb }) => verb === 'read')) {
        seen.push(one.title);
        const shown = textOf(await shared.press(chair, one.verb, one.data));
        expect(shown).toMatch(new RegExp(`^(Action|Risk|Measure|Decision) ${one.title.replace('Show ', '')}`));
      }
      const next = buttonsOf(card).find(({ title }) => /^Show \d+ more$/.test(title));
      if (!next) break;
      card = await shared.press(chair, next.verb, next.data);
    }
    expect(seen.some((title) => title.startsWith('Show D-'))).toBe(true);
    expect(textOf(card)).toMatch(/^Found: 37 records.*The 24 that fit best are shown\./);
    expect(seen).toHaveLength(24);
    expect(new Set(seen).size).toBe(seen.length);
  });

  test('says what to type where nothing was asked for, and where nothing fits', async () => {
    expect(textOf(await ask(chair, 'search'))).toMatch(/^What shall be found\?/);
    expect(textOf(await ask(chair, 'find zzyzx'))).toMatch(/^Nothing foundNothing on the board fits "zzyzx"/);
  });

  test('is answered in private alone', async () => {
    expect(textOf(await ask(chair, 'find locality profiles', true))).toMatch(/^Let us talk in private/);
  });

  test('finds for an adviser what was released, without a way to what is under way', async () => {
    expect(textOf(await ask(adviser, 'find locality profiles'))).toContain('Nothing in what the board has released');
  });
});

describe('the history of an item', () => {
  test('says dates in full, whose turn it was, and which evidence came', async () => {
    const it = house();
    const evidence = await it.say(owner, 'evidence APA1.04');
    const heard = 'Parents say that calls are still not answered.';
    const typed = { direction: 'against', kind: 'family-voice', heard };
    await it.press(owner, 'evidence-send', filled(evidence[0] ?? {}, 'evidence-send', typed));
    const [asking = {}] = await it.say(owner, 'move APA1.04 to 14 March because the extract comes a month late');
    await it.press(owner, 'date-ask-send', filled(asking, 'date-ask-send'));
    const [dates = {}] = await it.say(chair, 'date changes');
    const decide = buttonsOf(dates).find((one) => one.title === 'Decide APA1.04');
    const open = await it.press(chair, decide?.verb ?? '', decide?.data);
    await it.press(chair, 'date-approve', filled(open, 'date-approve'));
    const [card = {}] = await it.say(owner, 'history APA1.04');
    expect(textOf(card)).toContain('Due date: Friday 29 November 2024 to Friday 14 March 2025.');
    expect(textOf(card)).toMatch(/Evidence E\d+ added: family voice, against\./);
    expect(textOf(card)).not.toMatch(/\d{4}-\d{2}-\d{2}/);
  });
});
