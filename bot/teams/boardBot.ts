// The activity handler: Teams' activities to the owner's chat and back; keeps the way to each person.
import { CardFactory, TeamsActivityHandler, TurnContext } from 'botbuilder';
import type {
  ConversationReference as BotConversationReference,
  InvokeResponse,
  MessagingExtensionQuery,
  MessagingExtensionResponse,
} from 'botbuilder';
import { z } from 'zod';
import { noticeCard } from '../cards/notice';
import type { Logger } from '../logger';
import type { Conversations } from '../services/ports';
import { callerChannel } from './callerChannel';
import { failureWords, slowWords } from './failureWords';
import type { MessageExtension } from './messageExtension';
import { cardActivity } from './messenger';
import type { OwnerChat } from './ownerChat';
import type { Caller } from './seat';
import type { PressReply } from './skills';

export interface BoardBotDeps {
  readonly chat: OwnerChat;
  readonly extension: MessageExtension;
  /** A turn of our own in a conversation, after the turn that it follows has ended. */
  readonly continueConversation: (
    reference: Partial<BotConversationReference>,
    logic: (context: TurnContext) => Promise<void>,
  ) => Promise<void>;
  /** After this a press is acknowledged, and its card changed when it is done. */
  readonly acknowledgeAfterMs?: number;
  readonly conversations: Conversations;
  readonly logger: Logger;
}

/** Teams gives an invoke 10 to 15 seconds; people stop waiting after two, on a busy machine too. */
const acknowledgeAfterMs = 800;

const pressValue = z.looseObject({
  action: z.looseObject({ verb: z.unknown(), data: z.unknown() }),
});

const mention = z.looseObject({ type: z.literal('mention'), mentioned: z.looseObject({ id: z.string() }) });

/** The bot of the board. */
export function createBoardBot(deps: BoardBotDeps): BoardBot {
  return new BoardBot(deps);
}

class BoardBot extends TeamsActivityHandler {
  private readonly deps: BoardBotDeps;
  /** One welcome at a time for a person: Teams tells of an installation twice. */
  private readonly welcoming = new Map<string, Promise<void>>();

  constructor(deps: BoardBotDeps) {
    super();
    this.deps = deps;
    this.onMessage(async (context, next) => {
      await this.keepConversation(context);
      await this.answerMessage(context);
      await next();
    });
    this.onMembersAdded(async (context, next) => {
      const botId = context.activity.recipient.id;
      if (context.activity.membersAdded?.some((member) => member.id === botId)) await this.welcome(context);
      await next();
    });
    this.onInstallationUpdateAdd(async (context, next) => {
      await this.welcome(context);
      await next();
    });
    this.onInstallationUpdateRemove(async (context, next) => {
      const { entraObjectId, personal } = callerOf(context);
      if (entraObjectId !== undefined && personal) await this.deps.conversations.forget(entraObjectId);
      await next();
    });
  }

  protected override async onInvokeActivity(context: TurnContext): Promise<InvokeResponse> {
    // What nothing here offers is not handed on: the SDK takes the value of some invokes to have a shape.
    if (context.activity.name === 'composeExtension/query') return super.onInvokeActivity(context);
    if (context.activity.name !== 'adaptiveCard/action') return { status: 501 };
    const read = pressValue.safeParse(context.activity.value);
    const { verb, data } = read.success ? read.data.action : { verb: undefined, data: undefined };
    // The channel copies this status to HTTP; clients show the words only with 200.
    return { status: 200, body: await this.pressed(context, verb, data) };
  }

  protected override async handleTeamsMessagingExtensionQuery(
    context: TurnContext,
    query: MessagingExtensionQuery,
  ): Promise<MessagingExtensionResponse> {
    const answer = await this.deps.extension.query(callerOf(context), query);
    if (answer.kind === 'message') return { composeExtension: { type: 'message', text: answer.text } };
    const attachments = answer.results.map(({ card, preview }) => ({
      ...CardFactory.adaptiveCard(card),
      preview: { contentType: CardFactory.contentTypes.thumbnailCard, content: preview },
    }));
    return { composeExtension: { type: 'result', attachmentLayout: 'list', attachments } };
  }

  private async pressed(context: TurnContext, verb: unknown, data: unknown): Promise<Record<string, unknown>> {
    const saving = this.deps.chat.savingButton(verb);
    const done = this.deps.chat.press(this.speakerOf(context), verb, data).catch((error: unknown): PressReply => {
      this.deps.logger.error('press failed', { saving: saving !== undefined }, error);
      return { kind: 'message', text: failureWords(error, saving) };
    });
    let timer: NodeJS.Timeout | undefined;
    const slow = new Promise<undefined>((resolve) => {
      timer = setTimeout(() => resolve(undefined), this.deps.acknowledgeAfterMs ?? acknowledgeAfterMs);
    });
    try {
      const reply = await Promise.race([done, slow]);
      if (reply) return invokeBody(reply);
    } finally {
      clearTimeout(timer);
    }
    this.deps.logger.warn('press acknowledged first', { saving: saving !== undefined });
    const reference = TurnContext.getConversationReference(context.activity);
    void this.showLater(reference, context.activity.replyToId, done);
    return { statusCode: 200, type: 'application/vnd.microsoft.activity.message', value: slowWords(saving) };
  }

  /** Changes the card that was pressed; what went wrong is said below it, so that it keeps what was typed. */
  private async showLater(
    reference: Partial<BotConversationReference>,
    cardId: string | undefined,
    done: Promise<PressReply>,
  ): Promise<void> {
    const { logger } = this.deps;
    const reply = await done;
    const card =
      reply.kind === 'card'
        ? { card: reply.card, summary: 'Your card, as it is now' }
        : noticeCard({ title: 'That did not work', lines: [reply.text] });
    const work = this.deps.continueConversation(reference, async (later) => {
      const activity = cardActivity(card);
      const changed =
        reply.kind === 'card' && cardId !== undefined && (await changedCard(later, activity, cardId, logger));
      if (!changed)
        await later.sendActivity(activity).catch((error: unknown) => logger.error('late reply not shown', {}, error));
    });
    await work.catch((error: unknown) => logger.error('late reply not shown', {}, error));
  }

  /** With the channel of a team in which they speak or press. */
  private speakerOf(context: TurnContext): Caller {
    const channel = callerChannel(context, this.deps.logger);
    return { ...callerOf(context), ...(channel ? { channel } : {}) };
  }

  private async answerMessage(context: TurnContext): Promise<void> {
    if (!callerOf(context).personal && !isMentioned(context)) return;
    const text = TurnContext.removeRecipientMention(context.activity) || context.activity.text || '';
    try {
      for (const reply of await this.deps.chat.message(this.speakerOf(context), text)) {
        await context.sendActivity(cardActivity(reply));
      }
    } catch (error) {
      this.deps.logger.error('message failed', {}, error);
      await context.sendActivity(
        cardActivity(noticeCard({ title: 'That did not work', lines: [failureWords(error, undefined)] })),
      );
    }
  }

  private async welcome(context: TurnContext): Promise<void> {
    const caller = callerOf(context);
    const { entraObjectId, personal } = caller;
    if (entraObjectId === undefined || !personal) return;
    const running = this.welcoming.get(entraObjectId);
    if (running) return running;
    const work = this.welcomeOnce(context, caller, entraObjectId);
    this.welcoming.set(entraObjectId, work);
    try {
      await work;
    } finally {
      this.welcoming.delete(entraObjectId);
    }
  }

  private async welcomeOnce(context: TurnContext, caller: Caller, entraObjectId: string): Promise<void> {
    const known = await this.deps.conversations.find(entraObjectId);
    await this.keepConversation(context);
    if (known) return;
    for (const card of await this.deps.chat.welcome(caller)) await context.sendActivity(cardActivity(card));
  }

  /** A failure to keep it is no reason not to answer. */
  private async keepConversation(context: TurnContext): Promise<void> {
    const { entraObjectId, personal } = callerOf(context);
    if (entraObjectId === undefined || !personal) return;
    const { activityId: _turn, ...reference } = TurnContext.getConversationReference(context.activity);
    try {
      await this.deps.conversations.keep({ entraObjectId, reference: { ...reference } });
    } catch (error) {
      this.deps.logger.error('conversation not kept', {}, error);
    }
  }
}

/** False when the channel does not change it: then it is sent anew. */
async function changedCard(
  context: TurnContext,
  activity: ReturnType<typeof cardActivity>,
  cardId: string,
  logger: Logger,
): Promise<boolean> {
  try {
    await context.updateActivity({ ...activity, id: cardId });
    return true;
  } catch (error) {
    logger.warn('card not changed', {}, error);
    return false;
  }
}

/** In groups and channels it answers whoever speaks to it, and nobody else. */
function isMentioned(context: TurnContext): boolean {
  const { entities, recipient } = context.activity;
  return (entities ?? []).some((one: unknown) => mention.safeParse(one).data?.mentioned.id === recipient.id);
}

function callerOf(context: TurnContext): Caller {
  const { from, conversation } = context.activity;
  return {
    entraObjectId: from.aadObjectId ?? undefined,
    // Teams names every conversation's type; what is not said to be personal is not.
    personal: conversation.conversationType === 'personal' && conversation.isGroup !== true,
  };
}

function invokeBody(reply: PressReply): Record<string, unknown> {
  return reply.kind === 'card'
    ? { statusCode: 200, type: 'application/vnd.microsoft.card.adaptive', value: reply.card }
    : {
        statusCode: 400,
        type: 'application/vnd.microsoft.error',
        value: { code: 'NotDone', message: reply.text },
      };
}
