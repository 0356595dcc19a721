// The channel of a team in which somebody speaks: its id, what people call it, and how to write there again.
import { TeamsInfo, TurnContext } from 'botbuilder';
import { z } from 'zod';
import type { Logger } from '../logger';
import type { ChannelReference } from '../services/portsChannels';

export interface CallerChannel extends ChannelReference {
  /** "Board papers in SEND board"; undefined where Teams does not say. Asks Teams for what the message does not hold. */
  name(): Promise<string | undefined>;
}

const named = z.looseObject({ id: z.string().min(1).max(500), name: z.string().min(1).max(120).nullish() });
const channelData = z.looseObject({ channel: named.optional(), team: named.optional() });
/** Teams gives the first channel of a team no name of its own. */
const firstChannel = 'General';

/** Undefined in a chat with one person or a group. */
export function callerChannel(context: TurnContext, logger: Logger): CallerChannel | undefined {
  const { conversation, channelData: data } = context.activity;
  if (conversation.conversationType !== 'channel') return undefined;
  const read = channelData.safeParse(data);
  const { channel, team } = read.success ? read.data : {};
  // A message in a channel stands in a thread: what the board is told begins a thread of its own.
  const channelId = channel?.id ?? conversation.id.replace(/;messageid=.*$/u, '');
  const { activityId: _turn, user: _speaker, ...rest } = TurnContext.getConversationReference(context.activity);
  return {
    channelId,
    reference: { ...rest, conversation: { ...conversation, id: channelId } },
    async name() {
      const asked =
        team === undefined || channel?.name ? undefined : await askTeams(context, team.id, channelId, logger);
      const words = [channel?.name ?? asked?.channel, team?.name ?? asked?.team].filter((one) => one !== undefined);
      return words.length === 0 ? undefined : words.join(' in ');
    },
  };
}

/** A channel without a name can be used all the same. */
async function askTeams(
  context: TurnContext,
  teamId: string,
  channelId: string,
  logger: Logger,
): Promise<{ readonly channel?: string; readonly team?: string } | undefined> {
  try {
    const [channels, team] = await Promise.all([
      TeamsInfo.getTeamChannels(context, teamId),
      TeamsInfo.getTeamDetails(context, teamId),
    ]);
    const known = channels.find((one) => one.id === channelId);
    const teamName = team.name ?? undefined;
    return {
      ...(known ? { channel: known.name ?? firstChannel } : {}),
      ...(teamName === undefined ? {} : { team: teamName }),
    };
  } catch (error) {
    logger.warn('channel not named', {}, error);
    return undefined;
  }
}
