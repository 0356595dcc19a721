// What main.ts plugs in: the handler of POST /api/messages and the messenger, over one adapter.
import type { IncomingMessage, ServerResponse } from 'node:http';
import { isKnownError } from '../errors';
import type { Logger } from '../logger';
import type { BoardRecords, Clock, Conversations, Messenger } from '../services/ports';
import type { ManageItems } from '../services/manageItems';
import type { ConfirmCycle } from '../services/confirmCycle';
import type { PauseSending } from '../services/pauseSending';
import type { UpdateItem } from '../services/updateItem';
import { createTeamsAdapter } from './adapter';
import { createBoardBot } from './boardBot';
import { checkTeamsConfig } from './config';
import type { TeamsConfig } from './config';
import { admit, headProblem, readBody } from './gate';
import { createMessageExtension } from './messageExtension';
import { createMessenger } from './messenger';
import { createOwnerChat } from './ownerChat';
import { chatSkills } from './skillList';
import type { SkillDeps } from './skillList';

export interface TeamsDeps extends SkillDeps {
  readonly config: TeamsConfig;
  readonly records: BoardRecords;
  readonly updateItem: UpdateItem;
  readonly manageItems: ManageItems;
  readonly pauseSending: PauseSending;
  readonly confirmCycle: ConfirmCycle;
  readonly conversations: Conversations;
  /** Dates of rules; tokens and time-outs use real time. */
  readonly clock: Clock;
  readonly logger: Logger;
}

export interface Teams {
  /** Answers POST /api/messages; reads the body itself unless a framework did. Never throws. */
  handleMessages(request: IncomingMessage & { readonly body?: unknown }, response: ServerResponse): Promise<void>;
  readonly messenger: Messenger;
}

/** Throws ConfigError when the mode would leave a door open. */
export function createTeams(deps: TeamsDeps): Teams {
  const { config, logger } = deps;
  checkTeamsConfig(config);
  const adapter = createTeamsAdapter(config, logger);
  const chatDeps = { ...deps, newNonce: () => crypto.randomUUID() };
  const bot = createBoardBot({
    chat: createOwnerChat(chatDeps, chatSkills(deps)),
    extension: createMessageExtension({ chat: chatDeps, search: deps.search, tabAddress: deps.tabAddress }),
    continueConversation: (reference, logic) => adapter.continueConversationAsync(config.appId ?? '', reference, logic),
    conversations: deps.conversations,
    logger,
  });
  return {
    messenger: createMessenger({ adapter, config, logger, now: () => new Date() }),
    async handleMessages(request, response) {
      const head = headProblem(request);
      if (head) return refuse(response, logger, head.status, head.why);
      const read = await readBody(request);
      if ('why' in read) return refuse(response, logger, read.status, read.why);
      const decision = admit(
        config,
        {
          headers: request.headers,
          remoteAddress: request.socket.remoteAddress,
          body: read.body,
        },
        new Date(),
      );
      if (decision.kind === 'refused') return refuse(response, logger, decision.status, decision.why);
      try {
        const answer = await adapter.receive(decision.authorization, decision.activity, (context) => bot.run(context));
        answerJson(response, answer?.status ?? 200, answer?.body);
      } catch (error) {
        const kind = isKnownError(error) ? error.kind : undefined;
        if (kind === 'notAuthorised') return refuse(response, logger, 401, 'the token does not hold');
        if (kind === 'upstream') return refuse(response, logger, 503, 'the token cannot be checked now');
        logger.error('activity failed', { activityType: decision.activity.type }, error);
        answerJson(response, 500, { error: 'the activity could not be handled' });
      }
    },
  };
}

function refuse(response: ServerResponse, logger: Logger, status: number, why: string): void {
  logger.warn('activity refused', { status, why });
  answerJson(response, status, { error: why });
}

function answerJson(response: ServerResponse, status: number, body: unknown): void {
  if (response.headersSent || response.destroyed) return;
  response.statusCode = status;
  if (body === undefined) {
    response.end();
    return;
  }
  response.setHeader('content-type', 'application/json; charset=utf-8');
  response.end(JSON.stringify(body));
}
