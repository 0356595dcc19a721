// Search from where messages are written: what of the board fits the words, each result a card that others can read.
import { z } from 'zod';
import type { TabAddress } from '../cards/messageShape';
import { clean } from '../cards/kit';
import type { CardJson } from '../cards/kit';
import { foundCard, foundPreview } from '../cards/found';
import type { FoundPreview } from '../cards/found';
import { kindWords } from '../cards/words';
import type { Search, SearchResult } from '../services/search';
import type { Searchable } from '../services/searchable';
import { tabPageOf } from '../services/tabPages';
import type { ViewContext } from '../services/viewContext';
import { failureWords } from './failureWords';
import { seatsOf } from './seat';
import type { Caller, ChatDeps } from './seat';
import { contextOf } from './topics';

export type ExtensionAnswer =
  | { readonly kind: 'results'; readonly results: readonly ExtensionResult[] }
  | { readonly kind: 'message'; text: string };

export interface ExtensionResult {
  readonly card: CardJson;
  readonly preview: FoundPreview;
}

export interface MessageExtension {
  /** `value` is whatever the client sent. Never throws. */
  query(caller: Caller, value: unknown): Promise<ExtensionAnswer>;
}

export interface ExtensionDeps {
  readonly chat: ChatDeps;
  readonly search: Search;
  /** The address of a page of the tab: `/tab/risks` as people open it. */
  readonly tabAddress?: TabAddress | undefined;
}

/** Teams waits five seconds and then asks again twice. */
const queryDeadlineMs = 4_000;
const mostResults = 25;
const usualResults = 10;

const parameter = z.looseObject({ name: z.string(), value: z.unknown() });
const asked = z.looseObject({
  parameters: z.array(z.unknown()).catch([]),
  queryOptions: z
    .looseObject({
      skip: z.number().int().min(0).max(10_000).catch(0),
      count: z.number().int().min(1).catch(usualResults),
    })
    .catch({ skip: 0, count: usualResults }),
});

interface Asked {
  readonly words: string;
  readonly skip: number;
  readonly count: number;
}

export function createMessageExtension(deps: ExtensionDeps): MessageExtension {
  const { chat, search } = deps;

  async function answer(caller: Caller, value: unknown): Promise<ExtensionAnswer> {
    const seats = await seatsOf(chat, caller);
    if (seats.length === 0)
      return message('This account is not on a board. Ask the secretary of your board to add you.');
    const { words, skip, count } = readAsked(value);
    const contexts = seats.map((seat) => contextOf(chat, seat));
    const answers = await Promise.all(
      contexts.map(async (context) => ({
        context,
        result: await (words === '' ? search.own(context, skip + count) : search.find(context, words, skip + count)),
      })),
    );
    const results = answers
      .flatMap(({ context, result }) => result.found.map((one) => resultOf(context, one, result)))
      .slice(skip, skip + count);
    if (results.length > 0) return { kind: 'results', results };
    const inAll = answers.reduce((sum, { result }) => sum + result.total, 0);
    return message(
      skip > 0 && inAll > 0
        ? 'That is all.'
        : nothingWords(
            words,
            answers.some(({ result }) => result.released),
          ),
    );
  }

  function resultOf(context: ViewContext, one: Searchable, { asOf, released }: SearchResult): ExtensionResult {
    const url = deps.tabAddress?.(released ? '/tab/log' : tabPageOf(one.kind, one.ref), context.boardId);
    const card = foundCard({
      heading: `${kindWords[one.kind]} ${one.ref}`,
      title: one.title,
      reason: one.reason,
      facts: one.facts(),
      boardName: context.snapshot.facts.name,
      asOf,
      ...(one.status ? { status: one.status } : {}),
      ...(url === undefined ? {} : { url }),
    });
    return { card, preview: foundPreview(one) };
  }

  return {
    async query(caller, value) {
      let timer: NodeJS.Timeout | undefined;
      const late = new Promise<ExtensionAnswer>((resolve) => {
        timer = setTimeout(() => {
          chat.logger.warn('search answered late', {});
          resolve(message('SharePoint is slow just now. Nothing was changed: type the words once more.'));
        }, queryDeadlineMs);
      });
      try {
        const done = answer(caller, value).catch((error: unknown): ExtensionAnswer => {
          chat.logger.error('search failed', {}, error);
          return message(failureWords(error, undefined));
        });
        return await Promise.race([done, late]);
      } finally {
        clearTimeout(timer);
      }
    },
  };
}

function message(text: string): ExtensionAnswer {
  return { kind: 'message', text };
}

/** The first run and what cannot be read ask for one's own. */
function readAsked(value: unknown): Asked {
  const read = asked.safeParse(value);
  if (!read.success) return { words: '', skip: 0, count: usualResults };
  const typed = read.data.parameters.flatMap((one) => {
    const { data } = parameter.safeParse(one);
    return data && data.name !== 'initialRun' && typeof data.value === 'string' ? [clean(data.value, 200)] : [];
  });
  const { skip, count } = read.data.queryOptions;
  return { words: typed.join(' ').trim(), skip, count: Math.min(count, mostResults) };
}

/** What is said where nothing was found; `released`: only what the board released was searched. */
export function nothingWords(words: string, released: boolean): string {
  if (words === '') {
    return released
      ? 'Advisers find what the board has released. Type a reference, words of a title or a name.'
      : 'Nothing of yours is open. Type a reference such as APA1.04, words of a title, a name or a status.';
  }
  const where = released ? 'in what the board has released' : 'on the board';
  return `Nothing ${where} fits "${clean(words, 60).replace(/\n+/g, ' ')}". Try a reference such as APA1.04, words of a title, a name or a status.`;
}
