// The cards of short words and of the board's channel, made by pressing and typing over the sample board: to be looked at in a browser.
import { assess } from '../../bot/board/assess';
import { papersSentStep } from '../../bot/board/released';
import { channelCard, type ChannelMessage } from '../../bot/cards/messageChannel';
import type { CardJson } from '../../bot/cards/kit';
import { inputsOf } from '../cards/checkCard';
import { sampleLog } from '../fixtures/sampleLog';
import { filled, house, inChannel, sample } from '../teams/house';

const owner = 'P10';
const secretary = sample.facts.secretaryRef ?? '';

/** By name. */
export async function shortCards(): Promise<Readonly<Record<string, CardJson>>> {
  return { ...(await wordCards()), ...(await channelCards()), ...publicCards() };
}

async function wordCards(): Promise<Readonly<Record<string, CardJson>>> {
  const it = house();
  const say = async (who: string, text: string): Promise<CardJson> => (await it.say(who, text))[0] ?? {};
  const allMine = await say(owner, 'all mine no change');
  const allMineWrong = await it.press(owner, 'all-no-change', filled(allMine, 'all-no-change'));
  const why = Object.fromEntries(Object.keys(inputsOf(allMineWrong)).map((id) => [id, 'Waiting for the extract.']));
  const allMineDone = await it.press(owner, 'all-no-change', filled(allMineWrong, 'all-no-change', why));
  const agenda = await say(owner, 'agenda');
  const slow = await say(owner, "what's slow");
  it.clock.set('2025-01-02T10:00:00.000Z');
  const remind = await say(secretary, 'remind everyone');
  const reminded = await it.press(secretary, 'nudge-send', filled(remind, 'nudge-send'));
  return { allMine, allMineWrong, allMineDone, agenda, slow, remind, reminded };
}

async function channelCards(): Promise<Readonly<Record<string, CardJson>>> {
  const it = house();
  const say = async (text: string, channel = {}): Promise<CardJson> => {
    const said = inChannel(text, channel);
    return (await it.say(secretary, said.text, said))[0] ?? {};
  };
  const noChannel = await say('where do digests go');
  const useChannel = await say('use this channel');
  const { text: _said, entities: _none, ...there } = inChannel('');
  const channelUsed = (await it.invoke(secretary, 'channel-use', filled(useChannel, 'channel-use'), there)).value;
  const otherChannel = await say('use this channel', { id: '19:other@thread.tacv2', name: 'Everybody' });
  const whereDigests = await say('where do digests go');
  const stopChannel = await say('stop using this channel');
  return { noChannel, useChannel, channelUsed, otherChannel, whereDigests, stopChannel };
}

function publicCards(): Readonly<Record<string, CardJson>> {
  const snapshot = { ...sample };
  const tabAddress = (page: string) => `https://board.example${page}`;
  const card = (step: ChannelMessage['step'], over: Partial<ChannelMessage> = {}, meetingRef = 'B09'): CardJson => {
    const assessment = assess(snapshot, { at: '2025-01-14T09:00:00.000Z', meetingRef });
    return channelCard({ boardId: 'send', snapshot, assessment, step, tabAddress, ...over }).card;
  };
  const released = { log: sampleLog(), shortCode: 'B09-before, 4F2A', papers: [] };
  return {
    publicDigest: card('digest'),
    publicPapers: card(papersSentStep('4f2a'.repeat(16)), { released }),
    publicAfter: card('arising', {}, 'B08'),
    publicMoved: card('notice:meeting:2025-01-22T10:00>2025-01-15T10:00'),
    publicCancelled: card('notice:meeting:2025-01-15T10:00>cancelled'),
    publicLogAfter: card('notice:log-after:4f2a', {}, 'B08'),
  };
}
