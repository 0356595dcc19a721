// What Microsoft's examples speak of, made in the local Graph: an inventory, a meeting, a folder, an upload, a subscription.
import { objectOf, startGraph, tokenOf, valuesOf, type Answer, type Body, type GraphUnderTest } from './localGraph';
import { startSubscriber, type Subscriber } from './subscriber';

export const board = 'send.board@hertland.example';
export const inventory = '/sites/root/lists/Inventory';
export const freya = '/users/669684f8-0e15-5ed6-9efb-99e9fc929454';

/** Made anew for each example. */
export interface Scene {
  readonly itemId: string;
  readonly eventId: string;
  readonly subscriptionId: string;
  /** An upload of two fragments that has its first. */
  readonly uploadUrl: string;
  /** The same before its first fragment. */
  readonly emptyUploadUrl: string;
}

export interface World {
  readonly graph: GraphUnderTest;
  readonly subscriber: Subscriber;
  readonly drive: string;
  readonly listId: string;
  /** `sites/{id}/lists/{id}` of the inventory. */
  readonly resource: string;
  /** The address of a person without the app. */
  readonly newcomer: string;
  scene(): Promise<Scene>;
  /** Asks with another token or none. */
  send(url: string, init?: RequestInit): Promise<Answer>;
  tokenOf(clientId: string): Promise<string>;
  close(): Promise<void>;
}

export const fragment = new Uint8Array(320 * 1024);
export const inAnHour = (): string => new Date(Date.now() + 3_600_000).toISOString();
const time = (hour: number): Body => ({ dateTime: `2025-01-13T${hour}:00:00`, timeZone: 'UTC' });

export async function openWorld(): Promise<World> {
  const graph = await startGraph({
    activityTypes: ['taskCreated', 'deploymentApprovalRequired'],
    notifications: { gatherMs: 10 },
  });
  const subscriber = await startSubscriber();

  async function make(path: string, body: unknown, shape: string): Promise<Body> {
    const made = await graph.ask(path, { method: 'POST', body, shape });
    expect([200, 201]).toContain(made.status);
    return made.body;
  }

  async function send(url: string, init: RequestInit = {}): Promise<Answer> {
    const response = await fetch(url, init);
    const text = await response.text();
    return { status: response.status, headers: response.headers, body: text === '' ? {} : objectOf(JSON.parse(text)) };
  }

  const { body: site } = await graph.ask('/sites/root', { shape: 'site' });
  const { body: drives } = await graph.ask('/sites/root/drives', { shape: 'drive[]' });
  const drive = `/drives/${String(valuesOf(drives).find((one) => one['name'] === 'Documents')?.['id'])}`;
  const columns = [
    { name: 'Name', text: {} },
    { name: 'Color', text: {} },
    { name: 'Quantity', number: {} },
    { name: 'Weight', number: {} },
  ];
  const list = { displayName: 'Inventory', columns, list: { template: 'genericList' } };
  const listId = String((await make('/sites/root/lists', list, 'list'))['id']);
  const resource = `sites/${String(site['id'])}/lists/${listId}`;
  await make(`${drive}/root/children`, { name: 'FolderA', folder: {} }, 'driveItem');
  await make(`${drive}/root:/FolderA:/children`, { name: 'Documents', folder: {} }, 'driveItem');
  for (const name of ['a.txt', 'z.txt'])
    await graph.ask(`${drive}/root:/FolderA/${name}:/content`, { method: 'PUT', body: fragment, shape: 'driveItem' });
  await graph.ask(`${freya}/teamwork/installedApps`, { method: 'POST', body: bindOf() });
  const people = await graph.all('/users', 'user[]');

  return {
    graph,
    subscriber,
    drive,
    listId,
    resource,
    newcomer: `/users/${String(people.find((one) => !freya.endsWith(String(one['id'])))?.['id'])}`,
    send,
    tokenOf: async (clientId) => {
      const form = { grant_type: 'client_credentials', client_id: clientId, client_secret: 'local' };
      return String((await tokenOf(graph.local.url, form)).body['access_token']);
    },
    async scene() {
      const fields = { Title: 'Widget', Name: 'Widget', Color: 'Red', Quantity: 503 };
      const item = await make(`${inventory}/items`, { fields }, 'listItem');
      const event = await make(
        `/users/${board}/events`,
        {
          subject: 'Lunch',
          start: time(12),
          end: time(13),
          location: { displayName: 'County Hall' },
          attendees: [{ emailAddress: { address: 'casey@dfe.example', name: 'Casey' }, type: 'required' }],
        },
        'event',
      );
      const subscription = await make('/subscriptions', subscriptionBody(resource, subscriber.url), 'subscription');
      const open = async (): Promise<string> =>
        String(
          (await make(`${drive}/root:/${String(event['id'])}.bin:/createUploadSession`, {}, 'uploadSession'))[
            'uploadUrl'
          ],
        );
      const uploadUrl = await open();
      await send(uploadUrl, { method: 'PUT', body: fragment, headers: rangeOf(0) });
      return {
        itemId: String(item['id']),
        eventId: String(event['id']),
        subscriptionId: String(subscription['id']),
        uploadUrl,
        emptyUploadUrl: await open(),
      };
    },
    async close() {
      await subscriber.close();
      await graph.local.close();
    },
  };
}

/** The range of one of the two fragments. */
export function rangeOf(index: 0 | 1): Readonly<Record<string, string>> {
  const from = index * fragment.byteLength;
  return { 'content-range': `bytes ${from}-${from + fragment.byteLength - 1}/${2 * fragment.byteLength}` };
}

export function subscriptionBody(resource: string, notificationUrl: string): Body {
  return { changeType: 'updated', notificationUrl, resource, expirationDateTime: inAnHour(), clientState: 'secret' };
}

export function bindOf(): Body {
  const id = '44444444-4444-4444-4444-444444444444';
  return { 'teamsApp@odata.bind': `https://graph.microsoft.com/v1.0/appCatalogs/teamsApps/${id}` };
}
