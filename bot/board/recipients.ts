// Who a message goes to: a person of the board, or the board's channel; and what they are called.
import type { BoardChannel } from './manageModel';
import type { BoardSnapshot, Ref } from './model';

/**
 * The board's channel among those to whom messages go, whichever it is when the message leaves. No person has this
 * reference: theirs come from the list People, where nothing begins with an at sign.
 */
export const channelRef: Ref = '@channel';

export function isChannel(ref: Ref): boolean {
  return ref === channelRef;
}

/** The board's channel; undefined while nobody has chosen one. */
export function channelOf(snapshot: Pick<BoardSnapshot, 'running'>): BoardChannel | undefined {
  return snapshot.running?.channel?.channel;
}

/** "the channel Board papers in SEND board", for the middle of a sentence. */
export function channelWords(channel: Pick<BoardChannel, 'name'> | undefined): string {
  return channel?.name === undefined ? "the board's channel" : `the channel ${channel.name}`;
}

/** What somebody to whom a message goes is called; undefined: nobody of the board. */
export function recipientName(snapshot: Pick<BoardSnapshot, 'people' | 'running'>, ref: Ref): string | undefined {
  if (!isChannel(ref)) return snapshot.people.find((one) => one.ref === ref)?.name;
  const name = channelOf(snapshot)?.name;
  return name === undefined ? "The board's channel" : `Channel ${name}`;
}
