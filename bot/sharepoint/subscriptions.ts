// Has SharePoint tell of changes: one subscription a list that people edit, made, renewed well before its end, reused.
// It may be refused; then boards are read by their age alone, and nothing else changes.
import { z } from 'zod';
import { isKnownError, NotFoundError, UpstreamError } from '../errors';
import type { Logger } from '../logger';
import type { NotificationKeys } from '../services/ports';
import type { SiteBoardRecords } from './boardRecords';
import type { Graph } from './graphClient';
import { graphService } from './graphErrors';
import { lists } from './lists';
import { readListIds } from './siteLists';

export interface SubscriptionSettings {
  readonly graph: Graph;
  readonly records: Pick<SiteBoardRecords, 'boardIds' | 'placesOf'>;
  readonly keys: NotificationKeys;
  /** Where SharePoint calls, without the board's own part; https, or a loopback address in local mode. */
  readonly notificationsUrl: string;
  readonly logger: Logger;
  /** Real time: a subscription is a lease, which the clock of the rules does not move. */
  readonly nowMs?: () => number;
}

/** Whether SharePoint tells of a board's changes, and if not, why. */
export type NotificationState =
  | { readonly kind: 'told'; readonly until: string }
  /** The application may not subscribe to this site's lists. */
  | { readonly kind: 'refused' }
  /** SharePoint did not take the subscription: it must reach our address from outside. */
  | { readonly kind: 'failed' }
  | { readonly kind: 'notYet' };

export interface Subscriptions {
  /** Makes, renews and gives up what is due for every board. Never throws. */
  keep(): Promise<void>;
  state(boardId: string): NotificationState;
}

// A week, of which half is left at each renewal: a list allows 42,300 minutes, but what is no longer wanted should end
// by itself soon. Source: Microsoft Graph, "subscription resource type", maximum length.
const lifetimeMs = 7 * 24 * 60 * 60_000;
const renewBeforeMs = lifetimeMs / 2;

/** Written by this service alone: their notifications would only tell it of itself. */
const ownLists: ReadonlySet<string> = new Set(['Requests', 'Updates', 'Dispatches', 'ActionImpactLog']);

const subscriptionShape = z.object({
  id: z.string(),
  resource: z.string(),
  notificationUrl: z.string(),
  expirationDateTime: z.string(),
});
type Subscription = z.infer<typeof subscriptionShape>;

export function createSubscriptions(settings: SubscriptionSettings): Subscriptions {
  const { graph, records, keys, notificationsUrl, logger, nowMs = () => Date.now() } = settings;
  const states = new Map<string, NotificationState>();

  const isOurs = (one: Subscription): boolean => one.notificationUrl.startsWith(`${notificationsUrl}/`);
  const endsAtMs = (one: Subscription): number => Date.parse(one.expirationDateTime);
  const newEnd = (): string => new Date(nowMs() + lifetimeMs).toISOString();

  async function make(resource: string, notificationUrl: string, clientState: string): Promise<Subscription> {
    const made = await graph.post('subscriptions', {
      changeType: 'updated',
      notificationUrl,
      resource,
      expirationDateTime: newEnd(),
      clientState,
    });
    return parse(made);
  }

  /** The same subscription with its end moved; undefined when SharePoint knows it no more. */
  async function renew(one: Subscription): Promise<Subscription | undefined> {
    try {
      return parse(await graph.patch(`subscriptions/${one.id}`, { expirationDateTime: newEnd() }));
    } catch (error) {
      if (error instanceof NotFoundError) return undefined;
      throw error;
    }
  }

  async function giveUp(one: Subscription): Promise<void> {
    await graph.delete(`subscriptions/${one.id}`).catch((error: unknown) => {
      // It ended meanwhile.
      if (!(error instanceof NotFoundError)) throw error;
    });
  }

  /** One running subscription for each list; returns those that stay. */
  async function keepBoard(boardId: string, there: readonly Subscription[]): Promise<readonly Subscription[]> {
    const { address, clientState } = await keys.keysOf(boardId);
    const url = `${notificationsUrl}/${address}`;
    const { siteId, listIds } = await records.placesOf(boardId);
    const kept: Subscription[] = [];
    const counts = { made: 0, renewed: 0 };
    for (const { name } of lists) {
      const place = ownLists.has(name) ? undefined : listIds.get(name);
      if (place === undefined) continue;
      // A list that is read by its title has an id too, which alone a subscription takes.
      const listId = isId(place) ? place : (await readListIds(graph, siteId)).get(place);
      if (listId === undefined) continue;
      const resource = `sites/${siteId}/lists/${listId}`;
      const [found] = there
        .filter((one) => one.notificationUrl === url && sameResource(one.resource, resource))
        .sort((a, b) => endsAtMs(b) - endsAtMs(a));
      const isDue = found !== undefined && endsAtMs(found) - nowMs() < renewBeforeMs;
      const running = isDue ? await renew(found) : found;
      if (isDue && running) counts.renewed += 1;
      if (running === undefined) counts.made += 1;
      kept.push(running ?? (await make(resource, url, clientState)));
    }
    if (counts.made + counts.renewed > 0) logger.info('subscriptions.kept', { boardId, ...counts, lists: kept.length });
    return kept;
  }

  function note(boardId: string, state: NotificationState, cause?: unknown): void {
    const before = states.get(boardId)?.kind;
    states.set(boardId, state);
    // Said once, not at every try.
    if (before !== state.kind && state.kind !== 'told') logger.warn(`subscriptions.${state.kind}`, { boardId }, cause);
  }

  async function keepAll(): Promise<void> {
    const there = z.array(subscriptionShape).safeParse(await graph.getAll('subscriptions'));
    if (!there.success) throw unexpected();
    const kept = new Set<string>();
    let isWhole = true;
    for (const boardId of records.boardIds()) {
      try {
        const running = await keepBoard(boardId, there.data.filter(isOurs));
        for (const one of running) kept.add(one.id);
        const ends = running.map((one) => one.expirationDateTime).sort();
        note(boardId, ends[0] === undefined ? { kind: 'notYet' } : { kind: 'told', until: ends[0] });
      } catch (error) {
        isWhole = false;
        note(boardId, stateOf(error), error);
      }
    }
    // Of other installations of the same application nothing is touched: their address is another.
    if (isWhole) for (const one of there.data) if (isOurs(one) && !kept.has(one.id)) await giveUp(one);
  }

  return {
    async keep() {
      try {
        await keepAll();
      } catch (error) {
        for (const boardId of records.boardIds()) note(boardId, stateOf(error), error);
      }
    },
    state: (boardId) => states.get(boardId) ?? { kind: 'notYet' },
  };
}

function stateOf(error: unknown): NotificationState {
  return isKnownError(error) && error.kind === 'notAuthorised' ? { kind: 'refused' } : { kind: 'failed' };
}

function isId(place: string): boolean {
  return /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(place);
}

function sameResource(one: string, other: string): boolean {
  return one.replace(/^\//, '').toLowerCase() === other.toLowerCase();
}

function parse(body: unknown): Subscription {
  const parsed = subscriptionShape.safeParse(body);
  if (!parsed.success) throw unexpected();
  return parsed.data;
}

function unexpected(): UpstreamError {
  return new UpstreamError(graphService, 'Graph described a subscription in a form that is not known.');
}
