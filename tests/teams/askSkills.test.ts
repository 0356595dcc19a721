import { cardBytes, cardLimitBytes } from '../../bot/cards/kit';
import type { CardJson } from '../../bot/cards/kit';
import { createSearch } from '../../bot/services/search';
import { chatSkills } from '../../bot/teams/skillList';
import { buttonsOf, cardProblems, inputsOf, partsOf, textOf } from '../cards/checkCard';
import { memoryManaging } from '../fixtures/managing';
import { createMemoryLibrary, createMemoryRecords } from '../fixtures/memoryPorts';
import { house, inGroup, sample } from './house';

const personWith = (boardRole: string): string =>
  sample.people.find((one) => one.boardRole === boardRole && one.entraObjectId)?.ref ?? boardRole;
const chair = personWith('chair');
const secretary = personWith('secretary');
const member = personWith('member');
const adviser = personWith('dfe-send-adviser');
const owner = 'P10';

/** Asking changes nothing: one board serves all. */
const shared = house();

async function ask(personRef: string, text: string, it = shared): Promise<CardJson> {
  const [card, ...rest] = await it.say(personRef, text);
  expect(rest).toEqual([]);
  expect(cardProblems(card ?? {})).toEqual([]);
  return card ?? {};
}

describe('what anybody on the board can ask', () => {
  test.each([
    ['overdue', /^Overdue: \d+ items? of yours/],
    ["what's overdue?", /^Overdue: \d+ items? of yours/],
    ['overdu', /^Overdue: \d+ items? of yours/],
    ['all overdue', /^Overdue: \d+ actions?As of Monday 6 January 2025/],
    ['APA2', /^Area APA2: .*\d+ actions?: .* slow to progress/],
    ['apa 2', /^Area APA2/],
    ['risks', /^Risks: \d+ of \d+ above tolerance/],
    ['Show me the risks', /^Risks: /],
    ['R03', /^Risk R03.*scores \d+ \(likelihood \d, impact \d\)/],
    ['r 3', /^Risk R03/],
    ['measures', /^Measures: \d+ of \d+ behind/],
    ['M01', /^Measure M01.*Trend: /],
    ['next meeting', /^Next meeting: Wednesday 15 January 2025/],
    ['what changed', /^What changedSince the meeting on .*The owner says off track, before at risk\./],
    ['Whats changed?', /^What changed/],
    ['log', /^(Action and impact log|No log yet)/],
    ['my action', /^Update for the board on/],
    ['history APA1.04', /^History of APA1\.04/],
    ['help', /^What you can type/],
    ["what's due?", /^Update for the board on/],
    ['what do you need from me', /^Update for the board on/],
    ['update APA1.04', /^Action APA1\.04Locality profilesOff track/],
    ['show me R03 please', /^Risk R03/],
    ['where is R03?', /^Risk R03/],
    ['who owns R03', /^Risk R03.*Owner: Callum Wraysbury/],
    ["what's M01", /^Measure M01/],
    ['status of AFI2.04', /^Action AFI2\.04/],
    ['can I have more time for APA1.04', /^Ask to move the date of APA1\.04/],
    ['extension on APA1.04 til end of March', /^Ask to move the date of APA1\.04/],
    ['what needs deciding', /^Date changes/],
    ['thanks!', /^Thank you too4 items of yours still to answer\./],
    ['ok', /^Thank you too/],
    ['apa1.04 60', /^Action APA1\.04/],
    [
      'APA1.04 is 60% done, waiting for the ICB extract, should land by 14 February',
      /I read: 60% done; forecast Friday 14 February 2025/,
    ],
    ['M01 December 89', /^Measure M01.*I read: 89 for December 2024/],
    ['no change on AFI2.02', /^AFI2\.02 is not yours to answer/],
    ['APA1-4', /^Action APA1\.04/],
    ['apa 1.4', /^Action APA1\.04/],
  ])('%j is answered', async (text, shown) => {
    expect(textOf(await ask(owner, text))).toMatch(shown);
  });

  test('what only its owner may say is heard from its owner', async () => {
    const ownerOf = (ref: string): string =>
      [...sample.actions, ...sample.risks].find((one) => one.ref === ref)?.ownerRef ?? '';
    expect(textOf(await ask(ownerOf('R03'), 'R03 impact now 4 because two more posts are empty'))).toMatch(
      /^Risk R03.*I read: /,
    );
    expect(textOf(await ask(ownerOf('AFI2.02'), 'no change on AFI2.02'))).toMatch(
      /^Action AFI2\.02.*I read: no change/,
    );
  });

  test.each(['who is late', 'chase', "who hasn't answered"])(
    '%j tells the secretary who is to be chased',
    async (text) => {
      expect(textOf(await ask(secretary, text))).toMatch(/^26 of 32 answers are in/);
    },
  );

  test('an area is found by its title', async () => {
    const [area] = sample.areas;
    expect(textOf(await ask(owner, area?.title ?? ''))).toMatch(new RegExp(`^Area ${area?.ref ?? ''}`));
  });

  test('ratings and reasons are the words of the tab', async () => {
    const card = textOf(await ask(chair, 'APA1.04'));
    expect(card).toMatch(/^Action APA1\.04Locality profilesOff track ■: /);
    expect(card).toMatch(/Due: Friday 29 November \(38 days ago\)/);
    expect(card).toContain('Owner: Freya Langmoor');
  });

  test('what the owner says stands beside what the record says', async () => {
    expect(textOf(await ask(chair, 'APA2.03'))).toMatch(/^Action APA2\.03.*Off track ■: .*The owner says: At risk ▲/);
  });

  test('one who may not answer gets the facts without a form and without "Update"', async () => {
    const card = await ask(member, 'APA1.04');
    expect(inputsOf(card)).toEqual({});
    expect(buttonsOf(card).map((one) => one.title)).toEqual(['History']);
  });

  test('the secretary, who may answer for all, gets the facts with "Update"', async () => {
    const it = house();
    const card = await ask(secretary, 'APA1.04', it);
    const update = buttonsOf(card).find((one) => one.title === 'Update APA1.04');
    expect(inputsOf(await it.press(secretary, update?.verb ?? '', update?.data))).toHaveProperty('deliveryStatus');
  });

  test('its owner gets the form at once', async () => {
    expect(inputsOf(await ask(owner, 'APA1.04'))).toHaveProperty('deliveryStatus');
  });

  test('a mitigation is read with its risk', async () => {
    const [mitigation] = sample.mitigations;
    expect(textOf(await ask(chair, mitigation?.ref ?? ''))).toMatch(
      new RegExp(`^Risk ${mitigation?.riskRef ?? ''}.*${mitigation?.ref ?? ''}: `),
    );
  });

  test('readings are one line of bars, in words below it', async () => {
    const card = await ask(chair, 'M01');
    const lines = partsOf(card).filter((part) => part['type'] === 'RichTextBlock');
    const texts = lines.map((part) => textOf({ type: 'AdaptiveCard', body: [part] }));
    expect(texts.filter((text) => /^[▁▂▃▄▅▆▇█]+$/u.test(text))).toEqual(['▁▂▄▅▆▇██']);
    expect(texts.filter((text) => /^\w+ 2024: [\d.]+%, [\d.]+% expected: \w+/.test(text))).toHaveLength(8);
    expect(textOf(card)).toContain(
      'The last 8 readings: from 54% in April 2024 to 87% in November 2024; lowest 54%, highest 87%',
    );
    // A box of a colour is as high as a finger in most clients.
    expect(partsOf(card).filter((part) => part['type'] === 'ColumnSet')).toEqual([]);
  });

  test('every button of a list leads to a card, and every page is reached', async () => {
    const it = house();
    for (const text of ['all overdue', 'APA2', 'risks', 'measures']) {
      let card = await ask(chair, text, it);
      const seen = new Set<string>();
      for (let page = 0; page < 20; page += 1) {
        for (const show of buttonsOf(card).filter((one) => one.title.startsWith('Show ') && one.verb === 'read')) {
          seen.add(show.title);
          expect(textOf(await it.press(chair, show.verb, show.data))).toContain(show.title.slice('Show '.length));
        }
        const next = buttonsOf(card).find((one) => /^Show \d+ more$/.test(one.title));
        if (!next) break;
        card = await it.press(chair, next.verb, next.data);
      }
      const inAll = Number(/(\d+) \w+ in all/.exec(textOf(card))?.[1] ?? seen.size);
      expect(seen.size).toBe(inAll);
    }
  });

  test('what is overdue of a person is theirs alone, with a form each', async () => {
    const it = house();
    const card = await ask(owner, 'overdue', it);
    const updates = buttonsOf(card).filter((one) => one.verb === 'open');
    expect(updates.length).toBeGreaterThan(0);
    expect(inputsOf(await it.press(owner, 'open', updates[0]?.data))).not.toEqual({});
    const all = buttonsOf(card).find((one) => one.title === 'Show all overdue');
    expect(textOf(await it.press(owner, all?.verb ?? '', all?.data))).toMatch(/^Overdue: \d+ actions/);
  });
});

describe('by their part', () => {
  test.each([chair, secretary])('%s learns who has not answered', async (personRef) => {
    const card = textOf(await ask(personRef, "Who hasn't answered?"));
    expect(card).toMatch(/^\d+ of \d+ answers? (is|are) in/);
    expect(card).toContain('to come: ');
  });

  test.each([owner, member])('%s is refused politely who has not answered', async (personRef) => {
    const card = textOf(await ask(personRef, "who hasn't answered"));
    expect(card).toContain('for chair and secretary');
    expect(card).not.toMatch(/Langmoor|to come:/);
  });

  test.each(['overdue', 'APA2', 'APA1.04', 'risks', 'measures', 'what changed', 'history APA1.04'])(
    'an adviser is told that %j is not released',
    async (text) => {
      const card = textOf(await ask(adviser, text));
      expect(card).toContain('Advisers read what the board has released');
      expect(card).not.toContain('Locality profiles');
    },
  );

  test('an adviser may read the log and the next meeting', async () => {
    expect(textOf(await ask(adviser, 'log'))).not.toContain('not shown');
    expect(textOf(await ask(adviser, 'next meeting'))).toContain('Next meeting');
  });

  test('a button of another gives an adviser nothing either', async () => {
    const it = house();
    const card = await it.press(adviser, 'read', { boardId: 'send', about: 'action:APA1.04' });
    expect(textOf(card)).not.toContain('Locality profiles');
  });

  test('help offers what the part allows', async () => {
    expect(textOf(await ask(chair, 'help'))).toContain("who hasn't answered");
    expect(textOf(await ask(owner, 'help'))).not.toContain("who hasn't answered");
  });

  test('what is not understood gets the three nearest of their part', async () => {
    expect(textOf(await ask(chair, 'who answerd what'))).toContain('"who hasn\'t answered"');
    expect(textOf(await ask(owner, 'who answerd what'))).not.toContain("who hasn't answered");
  });

  test('a reference of no item gets items like it, but for an adviser', async () => {
    expect(textOf(await ask(owner, 'APA1.44'))).toMatch(/The nearest are:APA1\.\d\d/);
    for (const text of ['APA1.44', 'no change on APA1.04', 'APA1.04 is 60% done', 'Locality profiles are done']) {
      expect(textOf(await ask(adviser, text))).not.toMatch(/Locality profiles \(|\(Locality|APA1\.0[1235-9]/);
    }
  });
});

describe('the log', () => {
  test('is named with its code and linked where it is filed', async () => {
    const it = house();
    const last = sample.loggedRows.at(-1);
    const code = last?.logHash.slice(0, 8).toUpperCase() ?? '';
    const name = `${last?.meetingRef ?? ''} action and impact log, ${last?.kind ?? ''}, ${code}.docx`;
    await it.library.file('send', last?.meetingRef ?? '', name, new Uint8Array([1]), 'application/octet-stream');
    const card = await ask(owner, 'log', it);
    expect(textOf(card)).toContain(last?.logHash.slice(0, 4).toUpperCase() ?? 'none');
    const link = partsOf(card).find((part) => part['type'] === 'Action.OpenUrl');
    expect(link).toMatchObject({ title: 'Open the Word document' });
    expect(String(link?.['url'])).toMatch(/^https:\/\//);
  });
});

describe('in a group', () => {
  async function askThere(text: string, it = shared): Promise<string> {
    const { text: typed, ...over } = inGroup(text);
    return (await it.say(owner, typed, over)).map(textOf).join('');
  }

  test('it is silent unless it is spoken to', async () => {
    const { conversation } = inGroup('');
    expect(await house().say(owner, 'next meeting', conversation ? { conversation } : {})).toEqual([]);
  });

  test.each([
    ['next meeting', 'Next meeting: Wednesday 15 January 2025'],
    ['what changed', 'What changed'],
    ['APA1.04', 'Action APA1.04'],
    ['help', 'What you can type'],
  ])('%j is answered for all', async (text, shown) => {
    expect(await askThere(text)).toContain(shown);
  });

  test('an item is shown without its form, its owner, and what the owner wrote', async () => {
    const it = house();
    const { text, ...over } = inGroup('APA1.04');
    const [card] = await it.say(owner, text, over);
    expect(cardProblems(card ?? {})).toEqual([]);
    expect(inputsOf(card ?? {})).toEqual({});
    expect(buttonsOf(card ?? {})).toEqual([]);
    expect(textOf(card ?? {})).not.toMatch(/Freya|Last said/);
  });

  test.each(['my actions', 'overdue', "who hasn't answered", 'risks', 'history APA1.04', 'something else'])(
    '%j belongs into a private chat',
    async (text) => {
      const shown = await askThere(text);
      expect(shown).toContain('Let us talk in private');
      expect(shown).toContain('Here it answers: ');
      expect(shown).not.toMatch(/Update for the board|Locality/);
    },
  );

  test('the next meeting says nothing of what one person has left', async () => {
    expect(await askThere('next meeting')).not.toMatch(/left (for you )?to answer/);
  });

  test.each([
    ['list', { boardId: 'send' }],
    ['open', { boardId: 'send', kind: 'action', ref: 'APA1.04' }],
    ['save', { boardId: 'send', kind: 'action', ref: 'APA1.04', nonce: 'nonce-0001', shown: {} }],
    ['history', { boardId: 'send', about: 'action:APA1.04' }],
    ['overdue', { boardId: 'send', about: 'mine' }],
    ['waiting', { boardId: 'send' }],
  ])('a press of %j is refused politely and writes nothing', async (verb, data) => {
    const it = house();
    const { text: _text, ...over } = inGroup('');
    const body = await it.invoke(owner, verb, data, over);
    expect(textOf(body.value)).toMatch(/^Let us talk in private/);
    expect(it.memory.operations).toEqual([]);
  });

  test('a press of what all may read is answered without a form', async () => {
    const { text: _text, ...over } = inGroup('');
    const body = await house().invoke(owner, 'read', { boardId: 'send', about: 'action:APA1.04' }, over);
    expect(textOf(body.value)).toContain('Action APA1.04');
    expect(buttonsOf(body.value)).toEqual([]);
  });

  test('a stranger is refused politely', async () => {
    const { text, ...over } = inGroup('APA1.04');
    const from = { id: '29:x', name: 'X', aadObjectId: '11111111-1111-4111-8111-111111111111' };
    const [card] = await house().say(owner, text, { ...over, from });
    expect(textOf(card ?? {})).toContain('This account is not on the board');
  });
});

describe('whatever comes', () => {
  const records = createMemoryRecords({ send: sample });
  const library = createMemoryLibrary();
  const skills = chatSkills({ library, search: createSearch({ library }), ...memoryManaging({ records }) });

  test('no two skills answer the same button', () => {
    const verbs = skills.flatMap((skill) => skill.verbs ?? []);
    expect(verbs.length).toBe(new Set(verbs).size);
  });

  test('every verb takes odd data without failing', async () => {
    const it = house();
    const odd = [
      {},
      { about: 7 },
      { about: 'action:' },
      { about: '__proto__:x' },
      { page: -1 },
      { about: 'x'.repeat(500) },
    ];
    for (const verb of skills.flatMap((skill) => skill.verbs ?? [])) {
      for (const data of odd) {
        const body = await it.invoke(chair, verb, { boardId: 'send', ...data });
        expect(JSON.stringify(body.value)).not.toContain('Something went wrong');
      }
    }
  });

  test('every answer stays small on a board of long texts', async () => {
    const long = 'A very long text of a person who likes to write. '.repeat(40);
    const snapshot = {
      ...sample,
      actions: sample.actions.map((one) => ({ ...one, title: long, blocker: { text: long, accepted: false } })),
      risks: sample.risks.map((one) => ({ ...one, title: long, cause: long, event: long, effect: long })),
      measures: sample.measures.map((one) => ({ ...one, name: long })),
      mitigations: sample.mitigations.map((one) => ({ ...one, text: long })),
      updates: sample.updates.map((one) => ({ ...one, narrative: long, effect: long, blocker: long })),
    };
    const it = house({ snapshot });
    for (const text of [
      'all overdue',
      'APA2',
      'risks',
      'R03',
      'measures',
      'M01',
      'what changed',
      'APA1.04',
      'history APA1.04',
    ]) {
      const [card] = await it.say(chair, text);
      expect(cardBytes(card ?? {})).toBeLessThanOrEqual(cardLimitBytes);
    }
  });
});
