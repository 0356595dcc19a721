// The board's channel: a channel of Teams that gets the public messages, chosen or given up by the secretary.
// Which one it is stands with the board, as a row of its list Settings with a trace; how to reach it is kept beside the chats.
import { calendarOf } from '../board/cycle';
import { meetingsToCome } from '../board/channelNews';
import { isSecretary } from '../board/mayAnswer';
import type { BoardChannel, ChannelRow } from '../board/model';
import { resolvePolicy } from '../board/policy';
import { channelOf, channelWords } from '../board/recipients';
import { refusal, runAsSecretary, settingDecision, settingRow, type SecretarysRequest } from './bySecretary';
import type { CarryOut, Decided, ManagedResult } from './carryOut';
import type { Managing } from './managedWrites';
import type { BoardRecords, Clock } from './ports';
import type { ChannelReference, Channels } from './portsChannels';

export const chooserOnly = 'The board’s channel is chosen by its secretary.';

/** What goes to the board's channel, and what does not, in sentences. */
export const publicWords: readonly string[] = [
  'It gets what everybody may read: that the papers are released, how the board stands before a meeting, how many decisions it took, a meeting moved or cancelled, the log after it.',
  'These hold dates and whole numbers: no names, no titles, nothing that anybody wrote. Requests, reminders and escalations stay with the person they are for.',
];

/** Each throws UpstreamError, ThrottledError: it is finished by the same request again. */
export interface BoardChannels {
  /** The channel in which they wrote; it replaces another. */
  use(
    request: SecretarysRequest & { readonly channel: ChannelReference & { readonly name?: string } },
  ): Promise<ManagedResult>;
  /** From then on nothing is public. */
  stop(request: SecretarysRequest): Promise<ManagedResult>;
}

export function createBoardChannels(ports: {
  readonly records: Pick<BoardRecords, 'snapshot'>;
  readonly carryOut: CarryOut;
  readonly channels: Channels;
  readonly clock: Clock;
}): BoardChannels {
  const { records, carryOut, channels, clock } = ports;

  /** Carries a decision out, then forgets the way to the channel that is no longer the board's. */
  async function run(
    request: SecretarysRequest,
    name: readonly string[],
    decide: (managing: Managing) => Decided,
    kept?: string,
  ): Promise<ManagedResult> {
    const { boardId } = request;
    const before = channelOf(await records.snapshot(boardId))?.channelId;
    const result = await runAsSecretary(carryOut, request, name, decide, chooserOnly);
    if (result.kind === 'done' && before !== undefined && before !== kept) await channels.forget(boardId, before);
    return result;
  }

  return {
    async use(request) {
      const { boardId, actor, channel } = request;
      const { channelId, reference, name } = channel;
      if (!isSecretary(await records.snapshot(boardId), actor.personRef)) return refusal('byRef', chooserOnly);
      // Before the board names it: a channel that is named can be reached.
      await channels.keep(boardId, {
        channelId,
        reference,
        byRef: actor.personRef,
        at: clock.now().toISOString(),
      });
      const chosen = { channelId, ...(name === undefined ? {} : { name }) };
      return run(request, ['use channel', channelId], (managing) => using(managing, chosen), channelId);
    },
    stop: (request) => run(request, ['stop channel'], stopping),
  };
}

function using(managing: Managing, chosen: Pick<BoardChannel, 'channelId' | 'name'>): Decided {
  const { snapshot, actor, at } = managing;
  const before = channelOf(snapshot);
  const channel: BoardChannel = { ...chosen, byRef: actor.personRef, at };
  const on = calendarOf(resolvePolicy(snapshot.policy).policy).on(at);
  const isOther = before !== undefined && before.channelId !== chosen.channelId;
  return toWrite(managing, { channel, meetings: meetingsToCome(snapshot, on) }, [
    `The public messages of ${snapshot.facts.name} go to ${channelWords(channel)} from now on.`,
    ...(isOther ? [`They no longer go to ${channelWords(before)}.`] : []),
  ]);
}

function stopping(managing: Managing): Decided {
  const { snapshot } = managing;
  const before = channelOf(snapshot);
  if (before === undefined) return refusal('channel', `${snapshot.facts.name} has no channel.`);
  const words = `The public messages of ${snapshot.facts.name} no longer go to ${channelWords(before)}, nor to any other.`;
  return toWrite(managing, { meetings: [] }, [words]);
}

function toWrite(
  managing: Managing,
  value: Pick<ChannelRow, 'channel' | 'meetings'>,
  words: readonly string[],
): Decided {
  const { boardId, snapshot } = managing;
  const row = snapshot.running?.channel;
  return settingDecision(
    managing,
    settingRow(`channel@${boardId}`, row),
    { before: row && (row.channel ? { channel: row.channel } : {}), after: value },
    { subjectRef: 'channel', words },
  );
}
