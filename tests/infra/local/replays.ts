// How each of Microsoft's examples is asked of the local Graph, and what of its answer is left out knowingly.
import { bindOf, board, fragment, freya, inAnHour, inventory, rangeOf, subscriptionBody } from './exampleWorld';
import type { Scene, World } from './exampleWorld';
import { startGraph, type Answer, type Body } from './localGraph';

export interface Replay {
  /** Where the request goes here; its method and body are the example's. */
  readonly path?: string;
  /** In place of the example's, where its own has no place here. */
  readonly body?: unknown;
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** In place of all that. */
  readonly send?: () => Promise<Answer>;
  /** Paths of the example's answer that the local Graph does not give. */
  readonly missing?: readonly string[];
  /** Where Microsoft's page and its service differ, or the page says none. */
  readonly status?: number;
}

const items = `${inventory}/items`;
const events = `/users/${board}/events`;
/** An application has no id as a person. */
const noPerson = ['createdBy.user.id', 'lastModifiedBy.user.id'];
/** What Outlook adds where it knows a room, or a telephone. */
const rooms = ['uniqueId', 'address', 'coordinates', 'locationUri'];
const places = ['location', 'locations[]'].flatMap((one) => rooms.map((name) => `${one}.${name}`));
const calls = ['conferenceId', 'tollNumber', 'tollFreeNumbers', 'quickDial', 'phones'];
const outlook = [...places, ...calls.map((one) => `onlineMeeting.${one}`)];
/** On the pages, but not in the metadata of version 1.0. */
const onPagesAlone = [
  'notificationContentType',
  'lifecycleNotificationUrl',
  'encryptionCertificate',
  'encryptionCertificateId',
];
const inFolder = ['value[].parentReference.path'];
/** Columns of SharePoint's own that nobody reads here. */
const ownColumns = ['AppAuthorLookupId', 'AppEditorLookupId', '_ComplianceFlags', '_ComplianceTag'].concat(
  '_ComplianceTagWrittenTime',
  '_ComplianceTagUserId',
);

export function replaysIn(world: World, scene: Scene): Readonly<Record<string, Replay>> {
  const { graph, drive } = world;
  const event = `${events}/${scene.eventId}`;
  const subscription = `/subscriptions/${scene.subscriptionId}`;
  const bytes = { body: fragment, headers: { 'content-type': 'text/plain' } };
  const upload = `${drive}/root:/FolderA/${scene.eventId}.txt:/createUploadSession`;
  const selected = 'subject,body,bodyPreview,organizer,attendees,start,end,location';
  const installed = `${freya}/teamwork/installedApps`;
  return {
    'site-get#0': { path: '/sites/root' },
    'site-getbypath#0': { path: '/sites/hertland.sharepoint.example:/sites/send-board' },
    'list-list#0': { path: '/sites/root/lists' },
    'list-create#0': { path: '/sites/root/lists', missing: [...noPerson, 'lastModifiedBy'] },
    'list-get#0': { path: `/sites/root/lists/${world.listId}` },
    'list-get#1': { path: inventory },
    'listitem-list#0': { path: `${items}?expand=fields(select=Name,Color,Quantity)` },
    'listitem-create#0': { path: items, missing: noPerson },
    'listitem-get#0': { path: `${items}/${scene.itemId}?expand=fields` },
    'listitem-update#0': { path: `${items}/${scene.itemId}/fields`, status: 200 },
    'listitem-delete#0': { path: `${items}/${scene.itemId}` },
    'listitem-list-versions#0': {
      path: `${items}/${scene.itemId}/versions`,
      missing: noPerson.map((one) => `value[].${one}`),
    },
    'contrib-listitem-delta#0': { path: `${items}/delta?$top=1`, missing: inFolder },
    'contrib-listitem-delta#1': { path: `${items}/delta`, missing: inFolder },
    'contrib-listitem-delta#2': { path: `${items}/delta?token=latest` },
    'contrib-list-post-columns#0': {
      path: `${inventory}/columns`,
      body: { name: `Remark${scene.itemId}`, description: 'test', indexed: false, text: { maxLength: 255 } },
      missing: ['text.appendChangesToExistingText', 'text.linesForEditing'],
    },
    'contrib-listitem-list-filter#0': {
      path: `${items}?expand=fields(select=Name,Color,Quantity)&$filter=fields/Quantity lt 600`,
      headers: { prefer: 'HonorNonIndexedQueriesWarningMayFailRandomly' },
    },
    'observed-listitem-shape': {
      path: `${items}?$expand=fields`,
      method: 'GET',
      missing: [
        ...noPerson.map((one) => `value[].${one}`),
        'value[].createdBy.user.email',
        'value[].lastModifiedBy.user.email',
        'value[].fields@odata.context',
        ...ownColumns.map((one) => `value[].fields.${one}`),
      ],
    },
    'user-get#0': { path: freya, missing: ['businessPhones'] },
    'user-list-events#0': { path: `${events}?$select=${selected}`, missing: outlook.map((one) => `value[].${one}`) },
    'user-post-events#0': { path: events, missing: outlook },
    'user-post-events#1': { path: events, missing: outlook },
    'user-post-events#3': { path: events, missing: outlook },
    'event-get#0': { path: `${event}?$select=${selected},hideAttendees`, missing: outlook },
    'event-get#1': { path: `${event}?$select=${selected},locations`, missing: outlook },
    'event-delete#0': { path: event },
    'calendar-post-events#0': { path: '/users/one@hertland.example/calendar/events', missing: outlook },
    'calendar-post-events#1': { path: '/users/one@hertland.example/calendar/events', missing: outlook },
    'user-sendmail#0': { path: `/users/${board}/sendMail` },
    'user-sendmail#1': { path: `/users/${board}/sendMail` },
    'user-sendmail#2': { path: `/users/${board}/sendMail` },
    'drive-get#3': { path: '/sites/root/drive', status: 200 },
    'drive-get#4': { path: drive, missing: ['owner.user.id', 'createdBy.user.id', 'owner.user.email'] },
    'driveitem-list-children#1': { path: `${drive}/items/root/children`, status: 200 },
    'driveitem-list-children#2': { path: `${drive}/root:/FolderA:/children?$top=2` },
    'driveitem-get#0': { path: `${drive}/root`, missing: noPerson },
    'driveitem-put-content#0': { path: `${drive}/root:/FolderA/${scene.eventId}.txt:/content`, ...bytes },
    'driveitem-put-content#1': { path: `${drive}/root:/FolderA/a.txt:/content`, ...bytes, status: 200 },
    'driveitem-createuploadsession#0': { path: upload },
    'driveitem-createuploadsession#1': {
      send: () => world.send(scene.emptyUploadUrl, { method: 'PUT', body: fragment, headers: rangeOf(0) }),
    },
    'driveitem-createuploadsession#2': {
      send: () => world.send(scene.uploadUrl, { method: 'PUT', body: fragment, headers: rangeOf(1) }),
    },
    'driveitem-createuploadsession#4': { send: () => world.send(scene.uploadUrl, { method: 'DELETE' }) },
    'driveitem-createuploadsession#5': { send: () => world.send(scene.uploadUrl) },
    'subscription-post-subscriptions#0': {
      path: '/subscriptions',
      body: subscriptionBody(world.resource, world.subscriber.url),
      missing: onPagesAlone,
    },
    'subscription-get#0': { path: subscription, missing: onPagesAlone },
    'subscription-list#0': { path: '/subscriptions', missing: onPagesAlone.map((one) => `value[].${one}`) },
    'subscription-update#0': {
      path: subscription,
      body: { expirationDateTime: inAnHour() },
      missing: onPagesAlone,
    },
    'subscription-delete#0': { path: subscription },
    'userteamwork-post-installedapps#0': {
      path: `${world.newcomer}/teamwork/installedApps`,
      body: bindOf(),
    },
    'userteamwork-list-installedapps#0': { path: installed },
    'userteamwork-list-installedapps#1': { path: `${installed}?$expand=teamsAppDefinition` },
    'userteamwork-list-installedapps#2': {
      path: `${installed}?$expand=teamsApp,teamsAppDefinition&$filter=teamsApp/externalId eq '55555555-5555-5555-5555-555555555555'`,
      missing: [
        'value[].teamsAppDefinition.azureADAppId',
        'value[].teamsAppDefinition.requiredResourceSpecificApplicationPermissions',
      ],
    },
    'userteamwork-sendactivitynotification#0': { path: `${freya}/teamwork/sendActivityNotification` },
    'userteamwork-sendactivitynotification#1': { path: `${freya}/teamwork/sendActivityNotification` },
    'contrib-json-batching#0': { path: '/$batch', missing: ['responses[].headers.Cache-Control'] },
    'contrib-webhooks#1': {
      send: async () => {
        const fields = { Name: 'Notified' };
        await graph.ask(`${items}/${scene.itemId}/fields`, { method: 'PATCH', body: fields, shape: 'fieldValueSet' });
        for (;;) {
          const { body, entries } = await world.subscriber.next();
          const mine = entries.some((one) => one['subscriptionId'] === scene.subscriptionId);
          if (mine) return { status: 200, headers: new Headers(), body };
        }
      },
      status: 200,
    },
    'errors-reported#0': { send: () => askThrottled(), missing: ['error.innerError.innerError'] },
    'errors-reported#1': {
      send: async () => {
        const authorization = `Bearer ${await world.tokenOf('local-none')}`;
        return world.send(`${graph.local.url}/v1.0${items}`, { headers: { authorization } });
      },
    },
    'errors-reported#2': { path: `${inventory}/columns`, method: 'POST', body: { name: 'Wrong', datetime: {} } },
    'errors-reported#3': { path: "/sites/root/lists?$filter=name eq 'Inventory'", method: 'GET' },
    'errors-reported#5': {
      path: '/subscriptions',
      method: 'POST',
      body: subscriptionBody(`https://graph.microsoft.com/v1.0/${world.resource}`, world.subscriber.url),
    },
  };
}

/** Asks until the smallest tenant's minute is used up. */
async function askThrottled(): Promise<Answer> {
  const graph = await startGraph({ throttle: 'smallest' });
  try {
    const requests = Array.from({ length: 20 }, (_, i) => ({
      id: String(i),
      method: 'GET',
      url: '/sites/root/drive/root/permissions',
    }));
    const tooMany: Body = { requests };
    for (let count = 0; count < 13; count += 1)
      await graph.ask('/$batch', { method: 'POST', body: tooMany, shape: 'batchResponse' });
    return await graph.ask('/sites/root');
  } finally {
    await graph.local.close();
  }
}
