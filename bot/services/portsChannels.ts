// The port of the boards' channels: where each can be spoken to, and who chose it when.
import type { Instant, Ref } from '../board/model';

/** What is needed to speak into a channel of a team; `reference` is Teams' own and opaque here. */
export interface ChannelReference {
  readonly channelId: string;
  readonly reference: Readonly<Record<string, unknown>>;
}

export interface ChosenChannel extends ChannelReference {
  readonly byRef: Ref;
  readonly at: Instant;
}

/** Which channel is the board's stands with the board (board/recipients.ts); here is how to reach it. Throws UpstreamError (storage). */
export interface Channels {
  keep(boardId: string, channel: ChosenChannel): Promise<void>;
  find(boardId: string, channelId: string): Promise<ChosenChannel | undefined>;
  forget(boardId: string, channelId: string): Promise<void>;
}
