// The bot over real use cases and records in memory, on botbuilder's test adapter: what people type and press, and what they see.
import { TestAdapter, TurnContext } from 'botbuilder';
import type { Activity } from 'botbuilder';
import type { BoardSnapshot } from '../../bot/board/model';
import type { CardJson } from '../../bot/cards/kit';
import type { BoardRecords, StaleReason } from '../../bot/services/ports';
import { createSearch } from '../../bot/services/search';
import { createSeenVersions } from '../../bot/services/seenVersions';
import { createUpdateItem } from '../../bot/services/updateItem';
import { createBoardBot } from '../../bot/teams/boardBot';
import { createMessageExtension } from '../../bot/teams/messageExtension';
import { createOwnerChat } from '../../bot/teams/ownerChat';
import { chatSkills } from '../../bot/teams/skillList';
import { aPerson } from '../fixtures/builders';
import { createMemoryConversations } from '../fixtures/memoryDelivery';
import {
  createFixedClock,
  createMemoryLibrary,
  createMemoryLogger,
  createMemoryOperations,
  createMemoryRecords,
} from '../fixtures/memoryPorts';
import { memoryManaging } from '../fixtures/managing';
import { sampleSnapshot } from '../fixtures/samplePlan';
import { buttonsOf, cardProblems, inputsOf } from '../cards/checkCard';

const plan = sampleSnapshot();
const idle = aPerson({ ref: 'P99', name: 'Ida Idle', entraObjectId: '99999999-9999-4999-8999-999999999999' });
const adviser = aPerson({
  ref: 'P98',
  name: 'Ada Viser',
  boardRole: 'dfe-send-adviser',
  deputyRefs: [],
  entraObjectId: '98989898-9898-4989-8989-989898989898',
});
export const sample = { ...plan, people: [...plan.people, idle, adviser] };
export const oidOf = (ref: string): string =>
  sample.people.find((one) => one.ref === ref)?.entraObjectId ?? `no-${ref}`;

/** The bot over real use cases and records in memory, on botbuilder's test adapter. */
export function house(
  options: {
    readonly snapshot?: BoardSnapshot;
    readonly stale?: StaleReason;
    /** Others than those in memory. */
    readonly records?: BoardRecords;
    readonly acknowledgeAfterMs?: number;
  } = {},
) {
  const seen = createSeenVersions();
  const memory = createMemoryRecords({ send: options.snapshot ?? sample });
  const { stale } = options;
  const freshness = (boardId: string) => ({ ...memory.freshness(boardId), ...(stale === undefined ? {} : { stale }) });
  const records = seen.watch(options.records ?? { ...memory, freshness });
  const clock = createFixedClock('2025-01-06T09:00:00.000Z');
  const logger = createMemoryLogger();
  const library = createMemoryLibrary();
  const conversations = createMemoryConversations();
  const updateItem = createUpdateItem({ records, operations: createMemoryOperations(), clock, logger, seen });
  const managing = memoryManaging({ records, clock, logger, library });
  let nonces = 0;
  const chatDeps = { records, updateItem, clock, logger, newNonce: () => `nonce-${(nonces += 1)}-padded` };
  const search = createSearch({ library });
  const tabAddress = (page: string) => `https://board.example${page}`;
  const extension = createMessageExtension({
    chat: chatDeps,
    search,
    tabAddress,
  });
  /** What was changed or sent after the turn of a press had ended. */
  const later: { readonly how: 'changed' | 'sent'; readonly activity: Partial<Activity> }[] = [];
  const bot = createBoardBot({
    chat: createOwnerChat(chatDeps, chatSkills({ library, search, ...managing, tabAddress })),
    extension,
    conversations,
    logger,
    // A busy machine must not turn an answer into an acknowledgement.
    acknowledgeAfterMs: options.acknowledgeAfterMs ?? 60_000,
    async continueConversation(reference, logic) {
      const adapter = new TestAdapter(() => Promise.resolve());
      adapter.updateActivity = (_context, activity) => {
        later.push({ how: 'changed', activity });
        return Promise.resolve();
      };
      await logic(new TurnContext(adapter, TurnContext.applyConversationReference({ type: 'event' }, reference, true)));
      later.push(...adapter.activeQueue.map((activity) => ({ how: 'sent' as const, activity })));
    },
  });

  async function turn(personRef: string, activity: Partial<Activity>): Promise<readonly Partial<Activity>[]> {
    const adapter = new TestAdapter((context) => bot.run(context));
    await adapter.processActivity(
      {
        channelId: 'msteams',
        serviceUrl: 'https://smba.trafficmanager.net/uk/',
        recipient: { id: '28:bot', name: 'Board Assistant' },
        conversation: { id: `a:${personRef}`, conversationType: 'personal', isGroup: false, name: '' },
        from: { id: `29:${personRef}`, name: personRef, aadObjectId: oidOf(personRef) },
        ...activity,
      } as Partial<Activity>,
      (context) => bot.run(context),
    );
    return adapter.activeQueue.splice(0);
  }
  const cardsOf = (activities: readonly Partial<Activity>[]): readonly CardJson[] =>
    activities.flatMap((one) => (one.attachments ?? []).map((attachment) => attachment.content as CardJson));

  async function say(personRef: string, text: string, over: Partial<Activity> = {}): Promise<readonly CardJson[]> {
    return cardsOf(await turn(personRef, { type: 'message', text, ...over }));
  }
  async function invoke(personRef: string, verb: unknown, data: unknown, over: Partial<Activity> = {}) {
    const [answer] = await turn(personRef, {
      type: 'invoke',
      name: 'adaptiveCard/action',
      value: { action: { type: 'Action.Execute', verb, data }, trigger: 'manual' },
      ...over,
    });
    const response = answer?.value as { status: number; body: { statusCode: number; type: string; value: CardJson } };
    expect(response.status).toBe(200);
    return response.body;
  }
  async function press(personRef: string, verb: string, data: unknown): Promise<CardJson> {
    const body = await invoke(personRef, verb, data);
    expect(body.type).toBe('application/vnd.microsoft.card.adaptive');
    expect(cardProblems(body.value)).toEqual([]);
    return body.value;
  }
  return {
    memory,
    records,
    ledger: managing.ledger,
    channels: managing.channels,
    calendar: managing.calendar,
    library,
    clock,
    logger,
    conversations,
    later,
    turn,
    say,
    invoke,
    press,
    cardsOf,
  };
}

/** The data of a card's button with what is typed on top of the values it shows. */
export function filled(card: CardJson, verb: string, typed: Record<string, unknown> = {}): CardJson {
  const button = buttonsOf(card).find((one) => one.verb === verb);
  const shown = Object.fromEntries(Object.entries(inputsOf(card)).map(([id, input]) => [id, input['value'] ?? '']));
  return { ...button?.data, ...shown, ...typed };
}

export async function openForm(
  it: ReturnType<typeof house>,
  personRef: string,
  kind: string,
  ref: string,
): Promise<CardJson> {
  return it.press(personRef, 'open', { boardId: 'send', kind, ref });
}

/** What Teams adds to a message that speaks to the bot. */
export const mentionsBot = [
  { type: 'mention', mentioned: { id: '28:bot', name: 'Board Assistant' }, text: '<at>Board Assistant</at>' },
];

/** A message in a group chat that speaks to the bot. */
export function inGroup(text: string): Partial<Activity> & { readonly text: string } {
  return {
    text: `<at>Board Assistant</at> ${text}`,
    entities: mentionsBot,
    conversation: {
      id: '19:group',
      conversationType: 'groupChat',
      isGroup: true,
      name: '',
    } as Activity['conversation'],
  };
}

/** A message or press in a channel, as Teams sends it: in a thread, with the ids of team and channel. */
export function inChannel(
  text: string,
  channel: { id?: string; name?: string } = {},
): Partial<Activity> & { text: string } {
  const { id = '19:papers@thread.tacv2', name = 'Board papers' } = channel;
  return {
    text: `<at>Board Assistant</at> ${text}`,
    entities: mentionsBot,
    channelData: { team: { id: '19:team', name: 'SEND board' }, channel: { id, name } },
    conversation: {
      id: `${id};messageid=1736154000000`,
      conversationType: 'channel',
      isGroup: true,
      name: '',
    } as Activity['conversation'],
  };
}
