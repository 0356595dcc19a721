// The board's channel in chat: chosen in the channel by the secretary, confirmed, replaced, given up, shown.
import type { Activity } from 'botbuilder';
import type { CardJson } from '../../bot/cards/kit';
import { buttonsOf, cardProblems, textOf } from '../cards/checkCard';
import { filled, house, inChannel, inGroup, sample } from './house';

const secretary = sample.facts.secretaryRef ?? '';
const chair = sample.facts.chairRef ?? '';

const sayThere = async (it: ReturnType<typeof house>, who: string, text: string, channel = {}): Promise<CardJson> => {
  const said = inChannel(text, channel);
  const [card = {}, ...rest] = await it.say(who, said.text, said);
  expect(rest).toEqual([]);
  expect(cardProblems(card)).toEqual([]);
  return card;
};

async function pressThere(it: ReturnType<typeof house>, who: string, verb: string, data: unknown, channel = {}) {
  const { text: _said, entities: _none, ...where } = inChannel('', channel);
  const body = await it.invoke(who, verb, data, where);
  expect(cardProblems(body.value)).toEqual([]);
  return body.value;
}

async function choose(it: ReturnType<typeof house>, who = secretary, channel = {}) {
  const card = await sayThere(it, who, 'use this channel', channel);
  return pressThere(it, who, 'channel-use', filled(card, 'channel-use'), channel);
}

const chosenOf = async (it: ReturnType<typeof house>) => (await it.memory.refresh('send')).running?.channel?.channel;

test('the secretary says it in the channel, confirms, and it is the board’s from then on', async () => {
  const who = secretary;
  const it = house();
  const card = await sayThere(it, who, 'use this channel');
  expect(textOf(card)).toContain('no names, no titles, nothing that anybody wrote');
  expect(await chosenOf(it)).toBeUndefined();
  const done = await pressThere(it, who, 'channel-use', filled(card, 'channel-use'));
  expect(textOf(done)).toContain('go to the channel Board papers in SEND board from now on');
  expect(await chosenOf(it)).toEqual({
    channelId: '19:papers@thread.tacv2',
    name: 'Board papers in SEND board',
    byRef: who,
    at: '2025-01-06T09:00:00.000Z',
  });
  const kept = await it.channels.find('send', '19:papers@thread.tacv2');
  expect(kept).toMatchObject({
    byRef: who,
    reference: { channelId: 'msteams', conversation: { id: '19:papers@thread.tacv2' } },
  });
  // Of the speaker nothing is kept with the way to the channel.
  expect(JSON.stringify(kept?.reference)).not.toContain('29:');
});

test('what was done stands in the list Settings, with who, when and what was before', async () => {
  const it = house();
  await choose(it);
  await choose(it, secretary, { id: '19:other@thread.tacv2', name: 'Everybody' });
  const traces = it.memory.settingRows('send').filter((one) => one.key.startsWith('trace/channel@send/'));
  expect(traces.map((one) => JSON.parse(one.json ?? '') as unknown)).toEqual([
    expect.objectContaining({ by: secretary, before: null }),
    expect.objectContaining({
      by: secretary,
      before: expect.stringContaining('19:papers'),
      after: expect.stringContaining('19:other'),
    }),
  ]);
});

test('another channel replaces the first, and the card says so before and after', async () => {
  const it = house();
  await choose(it);
  const other = { id: '19:other@thread.tacv2', name: 'Everybody' };
  const card = await sayThere(it, secretary, 'use this channel', other);
  expect(textOf(card)).toContain(
    'They go to the channel Board papers in SEND board now; from then on they no longer do.',
  );
  const done = await pressThere(it, secretary, 'channel-use', filled(card, 'channel-use'), other);
  expect(textOf(done)).toContain('They no longer go to the channel Board papers in SEND board.');
  expect((await chosenOf(it))?.channelId).toBe(other.id);
  expect(await it.channels.find('send', '19:papers@thread.tacv2')).toBeUndefined();
  const again = await sayThere(it, secretary, 'use this channel', other);
  expect(textOf(again)).toContain('They go to this channel already.');
});

test('a press repeated changes nothing, and a card copied to another channel is refused', async () => {
  const it = house();
  const data = filled(await sayThere(it, secretary, 'use this channel'), 'channel-use');
  const first = await pressThere(it, secretary, 'channel-use', data);
  expect(await pressThere(it, secretary, 'channel-use', data)).toEqual(first);
  const elsewhere = await pressThere(it, secretary, 'channel-use', data, { id: '19:x', name: 'X' });
  expect(textOf(elsewhere)).toContain('does not belong here');
  expect(textOf(await it.press(secretary, 'channel-use', data))).toContain('does not belong here');
});

test('the chair, owners, members and strangers are refused politely, the button of somebody else’s card too', async () => {
  const it = house();
  const data = filled(await sayThere(it, secretary, 'use this channel'), 'channel-use');
  for (const who of [chair, 'P10', 'P98']) {
    expect(textOf(await sayThere(it, who, 'use this channel'))).toContain('chosen by its secretary');
    expect(textOf(await pressThere(it, who, 'channel-use', data))).toContain('chosen by its secretary');
  }
  expect(textOf(await sayThere(it, 'nobody', 'use this channel'))).toContain('not on the board');
  expect(await chosenOf(it)).toBeUndefined();
});

test('in a chat of one’s own or of a group it says where it works', async () => {
  const it = house();
  const [own = {}] = await it.say(secretary, 'use this channel');
  expect(textOf(own)).toContain('This is your own chat.');
  const group = inGroup('use this channel');
  const [shared = {}] = await it.say(secretary, group.text, group);
  expect(textOf(shared)).toContain('This is a group chat.');
});

test('where digests go is told with who chose it, and what goes there; stopping ends it', async () => {
  const it = house();
  expect(textOf(await sayThere(it, 'P10', 'where do digests go?'))).toContain('has no channel');
  await choose(it);
  const [shown = {}] = await it.say('P10', 'where do digests go');
  expect(textOf(shown)).toContain('go to the channel Board papers in SEND board, chosen by');
  const [adviser = {}] = await it.say('P98', 'where do digests go');
  expect(textOf(adviser)).not.toContain('Board papers');
  const stop = await sayThere(it, secretary, 'stop using this channel');
  expect(textOf(await pressThere(it, secretary, 'channel-stop', filled(stop, 'channel-stop')))).toContain(
    'nor to any other',
  );
  expect(await chosenOf(it)).toBeUndefined();
  expect(await it.channels.find('send', '19:papers@thread.tacv2')).toBeUndefined();
  expect(textOf(await sayThere(it, secretary, 'stop using this channel'))).toContain('has no channel');
  // A card from before has nothing left to stop.
  const late = await pressThere(it, secretary, 'channel-stop', {
    ...filled(stop, 'channel-stop'),
    nonce: 'another-nonce',
  });
  expect(textOf(late)).toContain('Nothing was changed');
});

test.each([
  ['Use this chanel', 'channel-use'],
  ['please use this channel!', 'channel-use'],
  ['send digests here', 'channel-use'],
  ['post here', 'channel-use'],
])('%j is understood as people type it', async (text, verb) => {
  const it = house();
  expect(buttonsOf(await sayThere(it, secretary, text)).map((one) => one.verb)).toEqual([verb]);
});

test('a channel that Teams does not name is used all the same', async () => {
  const it = house();
  const bare = { ...inChannel('use this channel'), channelData: { channel: { id: '19:bare' } } };
  const [card = {}] = await it.say(secretary, bare.text, bare);
  const body = await it.invoke(secretary, 'channel-use', filled(card, 'channel-use'), {
    conversation: bare.conversation,
    channelData: bare.channelData,
  } as Partial<Activity>);
  expect(textOf(body.value)).toContain("go to the board's channel");
});

test('buttons that cannot be read are refused', async () => {
  const it = house();
  for (const verb of ['channel-use', 'channel-stop']) {
    const body = await it.invoke(secretary, verb, { boardId: 'send' });
    expect(body.type).toBe('application/vnd.microsoft.error');
  }
});
