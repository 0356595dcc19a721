// Subscriptions to lists of the local Graph: made after a handshake, bounded in time, notified of every change.
import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import type { Faults } from './faults';
import { isLoopbackHost } from './gate';
import { readSegments, type GraphCall, type GraphResponse, type Operation } from './graph';
import { GraphFailure, invalidRequest } from './graphError';
import { checkSite, contextOf } from './graphLists';
import { createNotifier, type DeliveryTally, type NotifierOptions } from './notifier';
import { readQuery } from './odata';
import { openShelf } from './shelf';
import { tenantId, type Tenant } from './tenant';

const subscriptionSchema = z.object({
  id: z.string(),
  listId: z.string(),
  resource: z.string(),
  applicationId: z.string(),
  clientState: z.string().nullable(),
  notificationUrl: z.string(),
  /** An instant by the real clock: subscriptions are leases, which the settable clock does not move. */
  expiresAt: z.string(),
});
export type Subscription = z.infer<typeof subscriptionSchema>;

export interface SubscriptionSettings {
  readonly tenant: Tenant;
  readonly faults: Faults;
  readonly options?: NotifierOptions;
  /** Real time in milliseconds. */
  readonly now?: () => number;
}

export interface Subscriptions {
  readonly operations: readonly Operation[];
  /** Those still running, with what came of their notifications. */
  list(): readonly (Subscription & { readonly deliveries: DeliveryTally })[];
  close(): void;
}

// Source: Microsoft Graph, "subscription resource type": list, under 30 days.
const longestMinutes = 42_300;
const longestClientState = 128;

const newBody = z.strictObject({
  changeType: z.string(),
  notificationUrl: z.string(),
  resource: z.string(),
  expirationDateTime: z.string(),
  clientState: z.string().nullish(),
  latestSupportedTlsVersion: z.enum(['v1_2', 'v1_3']).optional(),
  includeResourceData: z.boolean().optional(),
});
const changeBody = z.strictObject({ expirationDateTime: z.string() });

export function createSubscriptions(settings: SubscriptionSettings): Subscriptions {
  const { tenant, faults, now = Date.now } = settings;
  const shelf = openShelf(tenant.documents, 'subscription', subscriptionSchema, (one) => one.id);
  const notifier = createNotifier((url) => {
    const effect = faults.takeNotification(url);
    return effect === 'drop' ? 0 : effect === 'duplicate' ? 2 : 1;
  }, settings.options);
  const isRunning = (one: Subscription): boolean => Date.parse(one.expiresAt) > now();

  tenant.onItemChange((listId) => {
    for (const { id, notificationUrl } of shelf.all().filter((one) => one.listId === listId && isRunning(one)))
      notifier.notify(notificationUrl, id, () => {
        // As it is when it goes out: renewed, or deleted in the meantime.
        const one = shelf.get(id);
        return one && isRunning(one) ? notificationOf(one) : undefined;
      });
  });

  function find(call: GraphCall): Subscription {
    const found = shelf.get(call.param('subscription'));
    if (!found || found.applicationId !== call.request.app || !isRunning(found))
      throw new GraphFailure(404, 'ResourceNotFound', 'The object was not found.');
    return found;
  }

  async function post(call: GraphCall): Promise<GraphResponse> {
    const parsed = newBody.safeParse(call.json());
    if (!parsed.success)
      throw invalidRequest(
        `The subscription is not understood: ${z.prettifyError(parsed.error).replaceAll('\n', ' ')}`,
      );
    const given = parsed.data;
    if (given.changeType !== 'updated')
      throw invalidRequest(`The change type '${given.changeType}' is not supported for lists; give 'updated'.`);
    if (given.includeResourceData === true) throw invalidRequest('Notifications of a list carry no resource data.');
    if ((given.clientState ?? '').length > longestClientState)
      throw invalidRequest(`clientState holds at most ${longestClientState} characters.`);
    const listId = listOf(given.resource);
    const expiresAt = expiryOf(given.expirationDateTime);
    checkAddress(given.notificationUrl);
    if (!(await notifier.handshake(given.notificationUrl)))
      throw new GraphFailure(
        400,
        'ValidationError',
        'Subscription validation failed: the notification address must answer 200 with the validation token as text/plain.',
      );
    const made: Subscription = {
      id: randomUUID(),
      listId,
      resource: given.resource,
      applicationId: call.request.app,
      clientState: given.clientState ?? null,
      notificationUrl: given.notificationUrl,
      expiresAt,
    };
    const gone = shelf.all().filter((one) => !isRunning(one));
    await shelf.change(() => ({ result: undefined, puts: [made], removed: gone.map((one) => one.id) }));
    return { status: 201, body: { ...contextOf(call, 'subscriptions/$entity'), ...graphSubscription(made) } };
  }

  /** Refuses all but a list of the site, by its id. */
  function listOf(resource: string): string {
    if (/^[a-z]+:/i.test(resource))
      throw new GraphFailure(
        400,
        'BadRequest',
        `The value '${resource}' of property 'resource' must be a relative URI.`,
      );
    const [sites, site = '', lists, list = '', ...rest] = readSegments(resource);
    if (sites !== 'sites' || lists !== 'lists' || rest.length > 0)
      throw invalidRequest(`The resource '${resource}' is not a list: sites/{site-id}/lists/{list-id}.`);
    checkSite(site);
    const found = tenant.findList(list);
    if (found.record.id !== list.toLowerCase()) throw invalidRequest('The list of a subscription is named by its id.');
    if (found.record.template !== 'genericList') throw invalidRequest('Changes of this list are not notified here.');
    return found.record.id;
  }

  function expiryOf(text: string): string {
    const at = Date.parse(text);
    if (!/^\d{4}-\d{2}-\d{2}T.*(Z|[+-]\d{2}:\d{2})$/.test(text) || Number.isNaN(at))
      throw invalidRequest('expirationDateTime is a moment with its zone, such as 2026-01-31T09:00:00Z.');
    if (at <= now()) throw invalidRequest('Subscription expiration must be in the future.');
    if (at > now() + longestMinutes * 60_000)
      throw invalidRequest(`Subscription expiration can only be ${longestMinutes} minutes in the future.`);
    return new Date(at).toISOString();
  }

  function getOne(call: GraphCall): GraphResponse {
    readQuery(call.query, []);
    return { status: 200, body: { ...contextOf(call, 'subscriptions/$entity'), ...graphSubscription(find(call)) } };
  }

  function getAll(call: GraphCall): GraphResponse {
    readQuery(call.query, []);
    const mine = shelf.all().filter((one) => one.applicationId === call.request.app && isRunning(one));
    // The list keeps the secrets to itself; a subscriber must remember its own.
    const value = mine.map((one) => ({ ...graphSubscription(one), clientState: null }));
    return { status: 200, body: { ...contextOf(call, 'subscriptions'), value } };
  }

  async function patch(call: GraphCall): Promise<GraphResponse> {
    const parsed = changeBody.safeParse(call.json());
    if (!parsed.success) throw invalidRequest('Only expirationDateTime of a subscription can be changed.');
    const expiresAt = expiryOf(parsed.data.expirationDateTime);
    const after = await shelf.change(() => {
      const renewed = { ...find(call), expiresAt };
      return { result: renewed, puts: [renewed] };
    });
    return { status: 200, body: { ...contextOf(call, 'subscriptions/$entity'), ...graphSubscription(after) } };
  }

  async function remove(call: GraphCall): Promise<GraphResponse> {
    await shelf.change(() => ({ result: undefined, removed: [find(call).id] }));
    return { status: 204 };
  }

  return {
    operations: [
      { method: 'POST', pattern: 'subscriptions', units: 0, handle: post },
      { method: 'GET', pattern: 'subscriptions', units: 0, handle: getAll },
      { method: 'GET', pattern: 'subscriptions/:subscription', units: 0, handle: getOne },
      { method: 'PATCH', pattern: 'subscriptions/:subscription', units: 0, handle: patch },
      { method: 'DELETE', pattern: 'subscriptions/:subscription', units: 0, handle: remove },
    ],
    list: () =>
      shelf
        .all()
        .filter(isRunning)
        .map((one) => ({ ...one, deliveries: notifier.tally(one.id) })),
    close: () => notifier.close(),
  };
}

function graphSubscription(one: Subscription): Record<string, unknown> {
  return {
    id: one.id,
    resource: one.resource,
    applicationId: one.applicationId,
    changeType: 'updated',
    clientState: one.clientState,
    notificationUrl: one.notificationUrl,
    notificationQueryOptions: null,
    lifecycleNotificationUrl: null,
    expirationDateTime: one.expiresAt,
    creatorId: one.applicationId,
    includeResourceData: false,
    latestSupportedTlsVersion: 'v1_2',
    encryptionCertificate: null,
    encryptionCertificateId: null,
    notificationUrlAppId: null,
  };
}

function notificationOf(one: Subscription): Readonly<Record<string, unknown>> {
  return {
    id: randomUUID(),
    subscriptionId: one.id,
    clientState: one.clientState,
    resource: one.resource,
    resourceData: null,
    tenantId,
    changeType: 'updated',
    subscriptionExpirationDateTime: one.expiresAt,
  };
}

/** Microsoft takes https alone; here loopback addresses may be plain, and no other is called: nothing leaves this machine. */
function checkAddress(address: string): void {
  const url = URL.canParse(address) ? new URL(address) : undefined;
  if (!url || !['https:', 'http:'].includes(url.protocol) || url.username !== '')
    throw invalidRequest('notificationUrl is not an address.');
  if (isLoopbackHost(url.host)) return;
  if (url.protocol !== 'https:') throw invalidRequest('notificationUrl must be an https address.');
  throw new GraphFailure(
    400,
    'ValidationError',
    'Subscription validation failed: the local Microsoft 365 notifies programs of this machine alone.',
  );
}
