// Speaks first: one card into one person's chat, at most once, with what became of it as a closed union.
import { CardFactory, MessageFactory } from 'botbuilder';
import type { ConversationReference as BotConversationReference } from 'botbuilder';
import { z } from 'zod';
import type { Logger } from '../logger';
import type { ConversationReference, Messenger, OutgoingCard, SendOutcome } from '../services/ports';
import { traceOf } from './adapter';
import type { SendTrace, TeamsAdapter } from './adapter';
import { isAllowedService } from './config';
import type { TeamsConfig } from './config';

/** Longer than one request may take: a stalled answer must not hold the outbox. */
const sendDeadlineMs = 20_000;
const longestRetryAfterSeconds = 3600;

const whole = z.looseObject({
  serviceUrl: z.string(),
  channelId: z.literal('msteams'),
  conversation: z.looseObject({ id: z.string().min(1) }),
});
const stored = z.custom<BotConversationReference>((value) => whole.safeParse(value).success);

/** Sends over the connector; `now` is real time, for Retry-After dates. */
export function createMessenger(settings: {
  readonly adapter: TeamsAdapter;
  readonly config: TeamsConfig;
  readonly logger: Logger;
  readonly now: () => Date;
}): Messenger {
  const { adapter, config, logger, now } = settings;
  return {
    async send(
      conversation: ConversationReference,
      message: OutgoingCard,
      departure?: () => Promise<void>,
    ): Promise<SendOutcome> {
      const read = stored.safeParse(conversation.reference);
      if (!read.success) return failed('The way to this person was not kept whole; they have to write once.', false);
      if (!isAllowedService(config, read.data.serviceUrl)) {
        return failed('The address kept for this person is not one of Teams.', false);
      }
      const attempt: Attempt = departure === undefined ? {} : { departure };
      const sent = deliver(adapter, config.appId ?? '', read.data, message, attempt);
      const outcome = await withDeadline(sent, attempt, now);
      if (outcome.kind !== 'delivered') logger.warn('send not delivered', { outcome: outcome.kind }, attempt.error);
      return outcome;
    },
  };
}

interface Attempt {
  readonly departure?: () => Promise<void>;
  trace?: SendTrace;
  activityId?: string;
  error?: unknown;
}

async function deliver(
  adapter: TeamsAdapter,
  appId: string,
  reference: BotConversationReference,
  message: OutgoingCard,
  attempt: Attempt,
): Promise<void> {
  await adapter.continueConversationAsync(appId, reference, async (context) => {
    const trace = traceOf(context);
    if (trace) {
      attempt.trace = trace;
      if (attempt.departure) trace.departure = attempt.departure;
    }
    // A message of its own: the continuation of a conversation is no activity that could be replied to.
    context.onSendActivities((_context, activities, next) => {
      for (const activity of activities) delete activity.replyToId;
      return next();
    });
    // Caught here: outside, the adapter's onTurnError would swallow it.
    try {
      const response = await context.sendActivity(cardActivity(message));
      if (response?.id) attempt.activityId = response.id;
    } catch (error) {
      attempt.error = error;
    }
  });
}

async function withDeadline(sent: Promise<void>, attempt: Attempt, now: () => Date): Promise<SendOutcome> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<SendOutcome>((resolve) => {
    timer = setTimeout(() => resolve(uncertain('Teams did not answer in time.')), sendDeadlineMs);
  });
  const done = sent.then(
    () => outcomeOf(attempt, now()),
    (error: unknown) => {
      attempt.error = error;
      return outcomeOf(attempt, now());
    },
  );
  try {
    return await Promise.race([done, late]);
  } finally {
    clearTimeout(timer);
  }
}

/** A message that shows one card and says in plain words what it is. */
export function cardActivity(message: OutgoingCard): ReturnType<typeof MessageFactory.attachment> {
  const activity = MessageFactory.attachment(CardFactory.adaptiveCard(message.card));
  // `summary` is what notifications and lists of chats show; `text` would be shown beside the card.
  activity.summary = message.summary;
  return activity;
}

const channelError = z.looseObject({
  statusCode: z.number().optional(),
  code: z.string().optional(),
  name: z.string().optional(),
});
/** Errors of a connection that was never made: nothing was sent. */
const notConnected = new Set(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'ENETUNREACH']);

function outcomeOf(attempt: Attempt, now: Date): SendOutcome {
  if (attempt.error === undefined) {
    return attempt.activityId === undefined
      ? uncertain('Teams took the message but gave it no number.')
      : { kind: 'delivered', activityId: attempt.activityId };
  }
  if (attempt.trace?.handedOver !== true) {
    return failed('The app could not sign in to Teams, so nothing was sent.', true);
  }
  const read = channelError.safeParse(attempt.error);
  const status = read.success ? read.data.statusCode : undefined;
  if (status === undefined) {
    const code = read.success ? read.data.code : undefined;
    return code !== undefined && notConnected.has(code)
      ? failed('Teams could not be reached, so nothing was sent.', true)
      : uncertain('The connection broke after the message was handed over.');
  }
  return outcomeOfStatus(status, attempt.trace.retryAfter, now);
}

/** What each answer of the connector means. Source: docs/reliability.md, delivery. */
function outcomeOfStatus(status: number, retryAfter: string | undefined, now: Date): SendOutcome {
  switch (status) {
    case 429:
      return { kind: 'throttled', retryAfterSeconds: retryAfterSeconds(retryAfter, now) };
    case 403:
      return {
        kind: 'blocked',
        detail: 'Teams refuses messages from the app in this chat: it was blocked or removed.',
      };
    case 404:
      return {
        kind: 'notInstalled',
        detail: 'Teams no longer knows this chat: the app is not installed for this person.',
      };
    case 412:
      return failed('Teams asked to send it again.', true);
    case 401:
      return failed('Teams did not accept the identity of the app.', false);
    case 413:
      return failed('The message was too large for Teams.', false);
    default:
      return status >= 400 && status < 500
        ? failed(`Teams refused the message (status ${status}).`, false)
        : uncertain(`Teams answered with an error (status ${status}); the message may have arrived.`);
  }
}

/** RFC 9110 10.2.3: seconds or an HTTP date; a minute when it is missing or unreadable. */
function retryAfterSeconds(value: string | undefined, now: Date): number {
  if (value !== undefined && /^\d+$/.test(value.trim())) return Number(value);
  const at = value === undefined ? Number.NaN : Date.parse(value);
  if (Number.isNaN(at)) return 60;
  return Math.min(Math.max(1, Math.ceil((at - now.getTime()) / 1000)), longestRetryAfterSeconds);
}

function failed(detail: string, mayRetry: boolean): SendOutcome {
  return { kind: 'failed', detail, mayRetry };
}

function uncertain(detail: string): SendOutcome {
  return { kind: 'uncertain', detail };
}
