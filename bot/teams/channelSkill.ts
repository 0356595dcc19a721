// "Use this channel": where the board's public messages go, chosen in the channel itself by the secretary.
import { z } from 'zod';
import { calendarOf } from '../board/cycle';
import { isSecretary } from '../board/mayAnswer';
import { channelOf, channelWords } from '../board/recipients';
import { resolvePolicy } from '../board/policy';
import { capital } from '../board/wording';
import { manageDoneCard, manageFormCard } from '../cards/manageForm';
import { adviserNotice, noticeCard } from '../cards/notice';
import { chooserOnly, publicWords, type BoardChannels } from '../services/boardChannel';
import type { ManagedResult } from '../services/carryOut';
import type { OutgoingCard } from '../services/ports';
import type { CallerChannel } from './callerChannel';
import type { ChatDeps, Seat } from './seat';
import { cardReply, messageReply, unreadableCard } from './skills';
import type { ChatTurn, PressReply, PressTurn, Skill } from './skills';

const usePhrases = new Set([
  ...['use this channel', 'use this channel for digests', 'use this channel for the digests', 'use the channel'],
  ...['send digests here', 'send the digests here', 'post digests here', 'digests here', 'post here'],
]);
const stopPhrases = new Set([
  ...['stop using this channel', 'stop using the channel', 'dont use this channel', 'do not use this channel'],
  ...['stop digests', 'stop the digests', 'no digests here', 'stop posting here'],
]);
const wherePhrases = new Set([
  ...['where do digests go', 'where do the digests go', 'where are digests sent', 'where do digests get sent'],
  ...['which channel', 'what channel', 'channel', 'board channel', 'boards channel', 'the boards channel'],
]);

const used = z.object({
  nonce: z.string().min(8).max(100),
  channelId: z.string().min(1).max(500),
  name: z.string().min(1).max(300).optional(),
});
const stopped = z.object({ nonce: z.string().min(8).max(100) });

export function createChannelSkill(boardChannels: BoardChannels): Skill {
  return {
    inGroups: true,
    offers: [
      {
        phrase: 'use this channel',
        does: 'in a channel of a team: public messages of the board go there',
        for: ['secretary'],
      },
      { phrase: 'stop using this channel', does: 'they go nowhere any more', for: ['secretary'] },
      {
        phrase: 'where do digests go',
        does: 'the channel that gets the public messages',
        for: ['secretary', 'chair', 'member', 'owner'],
      },
    ],
    verbs: ['channel-use', 'channel-stop'],
    saving: { 'channel-use': 'Use this channel', 'channel-stop': 'Stop using the channel' },
    async message(turn) {
      if (wherePhrases.has(turn.words)) return turn.seats.map(whereCard);
      const isUse = usePhrases.has(turn.words);
      if (!isUse && !stopPhrases.has(turn.words)) return undefined;
      const choosers = turn.seats.filter((one) => isSecretary(one.view.snapshot, one.person.ref));
      if (choosers.length === 0) return [notChooser()];
      return isUse ? useCards(turn, choosers) : choosers.map((seat) => stopCard(seat, turn.deps));
    },
    press: (turn) => press(turn, boardChannels),
  };
}

function notChooser(): OutgoingCard {
  return noticeCard({ title: 'That is for the secretary', lines: [chooserOnly] });
}

/** By whom and since when, as everybody on the board may know. */
function chosenWords(seat: Seat): string | undefined {
  const { snapshot } = seat.view;
  const channel = channelOf(snapshot);
  if (channel === undefined) return undefined;
  const calendar = calendarOf(resolvePolicy(snapshot.policy).policy);
  const by = snapshot.people.find((one) => one.ref === channel.byRef)?.name ?? channel.byRef;
  return `Public messages of ${snapshot.facts.name} go to ${channelWords(channel)}, chosen by ${by} on ${calendar.longDateTime(channel.at)}.`;
}

function whereCard(seat: Seat): OutgoingCard {
  if (!seat.viewer.views.includes('board')) return adviserNotice();
  const chosen = chosenWords(seat);
  const none = `${seat.view.snapshot.facts.name} has no channel, so digests go to its people alone. In a channel of a team, its secretary types "@Board Assistant use this channel".`;
  return noticeCard({
    title: chosen === undefined ? 'Digests go to no channel' : capital(channelWords(channelOf(seat.view.snapshot))),
    lines: chosen === undefined ? [none] : [chosen, ...publicWords],
  });
}

async function useCards({ caller, deps }: ChatTurn, choosers: readonly Seat[]): Promise<readonly OutgoingCard[]> {
  const { channel } = caller;
  if (channel === undefined) return [elsewhere(caller.personal)];
  const name = await channel.name();
  return choosers.map((seat) => useCard(seat, deps, channel, name));
}

function elsewhere(personal: boolean): OutgoingCard {
  const here = personal ? 'This is your own chat.' : 'This is a group chat.';
  return noticeCard({
    title: 'That works in a channel of a team',
    lines: [
      `${here} Public messages go to a channel, where they stay for whoever joins the team later.`,
      'Open the channel, type "@Board Assistant use this channel", and confirm the card.',
    ],
  });
}

function useCard(
  seat: Seat,
  deps: ChatDeps,
  { channelId }: Pick<CallerChannel, 'channelId'>,
  name: string | undefined,
): OutgoingCard {
  const { snapshot } = seat.view;
  const before = channelOf(snapshot);
  const now =
    before === undefined
      ? []
      : before.channelId === channelId
        ? ['They go to this channel already.']
        : [`They go to ${channelWords(before)} now; from then on they no longer do.`];
  const title = `Send public messages of ${snapshot.facts.name} to this channel?`;
  const card = manageFormCard({
    title,
    lines: [...now, ...publicWords, 'Everybody in the channel reads them, whether on the board or not.'],
    fields: [],
    save: { title: 'Use this channel', verb: 'channel-use' },
    data: { boardId: seat.boardId, nonce: deps.newNonce(), channelId, ...(name === undefined ? {} : { name }) },
  });
  return { card, summary: title };
}

function stopCard(seat: Seat, deps: ChatDeps): OutgoingCard {
  const chosen = chosenWords(seat);
  if (chosen === undefined) return whereCard(seat);
  const title = `Stop using ${channelWords(channelOf(seat.view.snapshot))}?`;
  const card = manageFormCard({
    title,
    lines: [chosen, 'Digests still go to the people of the board.'],
    fields: [],
    save: { title: 'Stop using the channel', verb: 'channel-stop' },
    data: { boardId: seat.boardId, nonce: deps.newNonce() },
  });
  return { card, summary: title };
}

async function press({ caller, seat, verb, data }: PressTurn, boardChannels: BoardChannels): Promise<PressReply> {
  const actor = { personRef: seat.person.ref, route: 'chat card' } as const;
  const { boardId } = seat;
  if (!isSecretary(seat.view.snapshot, seat.person.ref)) return cardReply(notChooser().card);
  if (verb === 'channel-stop') {
    const read = stopped.safeParse(data);
    if (!read.success) return messageReply(unreadableCard);
    return done(await boardChannels.stop({ boardId, actor, ...read.data }), 'No channel is used');
  }
  const read = used.safeParse(data);
  if (!read.success) return messageReply(unreadableCard);
  const { nonce, channelId, name } = read.data;
  // A card that was copied elsewhere names another channel than the one it is pressed in.
  if (caller.channel?.channelId !== channelId) return cardReply(elsewhereCard());
  const { reference } = caller.channel;
  const channel = { channelId, reference, ...(name === undefined ? {} : { name }) };
  return done(await boardChannels.use({ boardId, actor, nonce, channel }), 'This channel is used');
}

function elsewhereCard() {
  const lines = ['It was made for another channel. Type "@Board Assistant use this channel" in the one you mean.'];
  return noticeCard({ title: 'This card does not belong here', lines }).card;
}

function done(result: ManagedResult, title: string): PressReply {
  if (result.kind === 'done') return cardReply(manageDoneCard({ title, ...result.receipt }));
  const lines = result.kind === 'refused' ? result.issues.map((one) => one.message) : result.warnings;
  return cardReply(noticeCard({ title: 'Nothing was changed', lines }).card);
}
