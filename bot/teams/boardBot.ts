// The activity handler: Teams' activities to the owner's chat and back; keeps the way to each person.
import { TeamsActivityHandler, TurnContext } from 'botbuilder';
import type { InvokeResponse } from 'botbuilder';
import { z } from 'zod';
import { noticeCard } from '../cards/notice';
import type { Logger } from '../logger';
import type { Conversations } from '../services/ports';
import { failureWords, slowWords } from './failureWords';
import { cardActivity } from './messenger';
import type { OwnerChat } from './ownerChat';
import type { Caller } from './seat';
import type { PressReply } from './skills';

export interface BoardBotDeps {
  readonly chat: OwnerChat;
  readonly conversations: Conversations;
  readonly logger: Logger;
}

/** Teams gives an invoke 10 to 15 seconds; after this the person reads what to do instead of an error of Teams. */
const pressDeadlineMs = 9_000;

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
    if (context.activity.name !== 'adaptiveCard/action') return super.onInvokeActivity(context);
    const read = pressValue.safeParse(context.activity.value);
    const { verb, data } = read.success ? read.data.action : { verb: undefined, data: undefined };
    const reply = await this.pressed(callerOf(context), verb, data);
    // The channel copies this status to HTTP; clients show the words only with 200.
    return { status: 200, body: invokeBody(reply) };
  }

  private async pressed(caller: Caller, verb: unknown, data: unknown): Promise<PressReply> {
    const saving = this.deps.chat.savingButton(verb);
    let timer: NodeJS.Timeout | undefined;
    const slow = new Promise<PressReply>((resolve) => {
      timer = setTimeout(() => {
        this.deps.logger.warn('press answered late', { saving: saving !== undefined });
        resolve({ kind: 'message', text: slowWords(saving) });
      }, pressDeadlineMs);
    });
    try {
      const done = this.deps.chat.press(caller, verb, data).catch((error: unknown): PressReply => {
        this.deps.logger.error('press failed', { saving: saving !== undefined }, error);
        return { kind: 'message', text: failureWords(error, saving) };
      });
      return await Promise.race([done, slow]);
    } finally {
      clearTimeout(timer);
    }
  }

  private async answerMessage(context: TurnContext): Promise<void> {
    if (!callerOf(context).personal && !isMentioned(context)) return;
    const text = TurnContext.removeRecipientMention(context.activity) || context.activity.text || '';
    try {
      for (const reply of await this.deps.chat.message(callerOf(context), text)) {
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
