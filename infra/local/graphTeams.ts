// Teams of the local Graph: the app installed for people, their chat with it, and their activity feed.
import { createHash } from 'node:crypto';
import { z } from 'zod';
import { graphInstant } from './clock';
import type { GraphCall, GraphResponse, Operation } from './graph';
import { GraphFailure, invalidRequest, notFound } from './graphError';
import { contextOf } from './graphLists';
import { readFilter, readQuery } from './odata';
import type { User } from './records';
import { openShelf } from './shelf';
import { tenantId, type Tenant } from './tenant';

/** The one app in the tenant's catalogue. */
const catalogueApp = {
  id: '44444444-4444-4444-4444-444444444444',
  /** The id of its manifest. */
  externalId: '55555555-5555-5555-5555-555555555555',
  displayName: 'Board Assistant',
  description: 'Asks owners for updates before each board.',
  version: '1.0.0',
};

const installationSchema = z.object({ id: z.string(), userId: z.string(), installedAt: z.string() });
const feedSchema = z.object({
  id: z.string(),
  userId: z.string(),
  activityType: z.string(),
  text: z.string(),
  topic: z.string(),
  sentAt: z.string(),
});
export type Installation = z.infer<typeof installationSchema>;
export type FeedItem = z.infer<typeof feedSchema>;

export interface Teams {
  readonly operations: readonly Operation[];
  installations(): readonly Installation[];
  feed(): readonly FeedItem[];
}

const installBody = z.object({
  'teamsApp@odata.bind': z.string(),
  consentedPermissionSet: z.object({}).loose().optional(),
});
const pairs = z.array(z.strictObject({ name: z.string(), value: z.string() }));
const activityBody = z.strictObject({
  topic: z.strictObject({
    source: z.enum(['entityUrl', 'text']),
    value: z.string().min(1),
    webUrl: z.string().optional(),
  }),
  activityType: z.string().min(1),
  chainId: z.number().int().optional(),
  previewText: z.strictObject({ content: z.string(), contentType: z.string().optional() }),
  templateParameters: pairs.optional(),
  teamsAppId: z.string().optional(),
  iconId: z.string().optional(),
});

// Source: Microsoft Graph, "Send activity feed notifications to users in Microsoft Teams".
const longestPreview = 150;
const mostAMinute = 10;

/** `activityTypes`: those the app's manifest declares, beside the reserved `systemDefault`. */
export function createTeams(
  tenant: Tenant,
  activityTypes: readonly string[] = [],
  now: () => number = Date.now,
): Teams {
  const installed = openShelf(tenant.documents, 'installation', installationSchema, (one) => one.id);
  const feed = openShelf(tenant.documents, 'activity', feedSchema, (one) => one.id);
  /** Real moments of the last notifications to each person. */
  const recent = new Map<string, readonly number[]>();

  function userOf(call: GraphCall): User {
    const wanted = call.param('user').toLowerCase();
    const user = tenant
      .users()
      .find((one) => one.lookupId !== undefined && [one.id.toLowerCase(), one.mail.toLowerCase()].includes(wanted));
    if (!user) throw new GraphFailure(404, 'NotFound', `The user '${call.param('user')}' was not found.`);
    return user;
  }

  const installationOf = (userId: string): Installation | undefined =>
    installed.all().find((one) => one.userId === userId);

  async function install(call: GraphCall): Promise<GraphResponse> {
    const user = userOf(call);
    const parsed = installBody.safeParse(call.json());
    const [, appId] = /\/appCatalogs\/teamsApps(?:\/|\(')([^/')]+)'?\)?$/.exec(
      parsed.data?.['teamsApp@odata.bind'] ?? '',
    ) ?? [undefined, undefined];
    if (appId === undefined)
      throw new GraphFailure(400, 'BadRequest', 'teamsApp@odata.bind names an app of the catalogue.');
    if (appId !== catalogueApp.id) throw new GraphFailure(404, 'NotFound', 'The app was not found in the catalogue.');
    const made = await installed.change((kept) => {
      // Microsoft does not say what a second installation answers; 409 is what clients report.
      if (kept.some((one) => one.userId === user.id))
        throw new GraphFailure(409, 'Conflict', 'The app has been installed for this user already.');
      const id = Buffer.from(`${user.id}##${catalogueApp.id}`).toString('base64');
      const one = { id, userId: user.id, installedAt: graphInstant(tenant.now()) };
      return { result: one, puts: [one] };
    });
    const path = `/users('${user.id}')/teamwork/installedApps('${made.id}')`;
    return { status: 201, headers: { Location: `${call.request.base}/v1.0${path}` } };
  }

  function graphInstallation(one: Installation, expanded: Iterable<string>): Record<string, unknown> {
    const shown: Record<string, unknown> = { id: one.id };
    for (const name of expanded) {
      if (name === 'teamsApp') shown['teamsApp'] = graphApp();
      else if (name === 'teamsAppDefinition')
        shown['teamsAppDefinition'] = {
          id: Buffer.from(`${catalogueApp.id}##${catalogueApp.version}`).toString('base64'),
          teamsAppId: catalogueApp.id,
          displayName: catalogueApp.displayName,
          shortDescription: catalogueApp.description,
          description: catalogueApp.description,
          lastModifiedDateTime: one.installedAt,
          createdBy: null,
          version: catalogueApp.version,
          publishingState: 'published',
        };
      else throw invalidRequest(`The expansion '${name}' is not supported here.`);
    }
    return shown;
  }

  function list(call: GraphCall): GraphResponse {
    const query = readQuery(call.query, ['expand', 'filter']);
    const one = installationOf(userOf(call).id);
    const filter = query.filter === undefined ? undefined : readFilter(query.filter);
    const matches = filter?.matches(appValue('teamsApp/')) ?? true;
    const value = one && matches ? [graphInstallation(one, query.expand.keys())] : [];
    return { status: 200, body: { ...contextOf(call, 'teamwork/installedApps'), '@odata.count': value.length, value } };
  }

  function find(call: GraphCall): Installation {
    const found = installationOf(userOf(call).id);
    if (!found || found.id !== call.param('installation')) throw notFound('The installation was not found.');
    return found;
  }

  function getOne(call: GraphCall): GraphResponse {
    const query = readQuery(call.query, ['expand']);
    const shown = graphInstallation(find(call), query.expand.keys());
    return { status: 200, body: { ...contextOf(call, 'teamwork/installedApps/$entity'), ...shown } };
  }

  function getChat(call: GraphCall): GraphResponse {
    const one = find(call);
    const id = `19:${one.userId}_${catalogueApp.id}@unq.gbl.spaces`;
    return {
      status: 200,
      body: {
        ...contextOf(call, 'chats/$entity'),
        id,
        topic: null,
        createdDateTime: one.installedAt,
        lastUpdatedDateTime: one.installedAt,
        chatType: 'oneOnOne',
        webUrl: `https://teams.microsoft.example/l/chat/${encodeURIComponent(id)}/0`,
        tenantId,
      },
    };
  }

  async function uninstall(call: GraphCall): Promise<GraphResponse> {
    await installed.change(() => ({ result: undefined, removed: [find(call).id] }));
    return { status: 204 };
  }

  async function notify(call: GraphCall): Promise<GraphResponse> {
    const user = userOf(call);
    const parsed = activityBody.safeParse(call.json());
    if (!parsed.success) throw badRequest(`The notification is not understood: ${z.prettifyError(parsed.error)}`);
    const { topic, activityType, previewText, templateParameters = [] } = parsed.data;
    if (topic.source === 'text' && topic.webUrl === undefined) throw badRequest('A topic of text needs a webUrl.');
    if (topic.source === 'entityUrl' && !topic.value.startsWith('https://graph.microsoft.com/'))
      throw badRequest('The value of an entityUrl topic is an address of Microsoft Graph.');
    if (previewText.content.length > longestPreview)
      throw badRequest(`The preview holds at most ${longestPreview} characters.`);
    const reserved = templateParameters.find((one) => one.name === 'systemDefaultText')?.value;
    if (activityType === 'systemDefault' && reserved === undefined)
      throw badRequest("The type 'systemDefault' needs the template parameter systemDefaultText.");
    if (activityType !== 'systemDefault' && !activityTypes.includes(activityType))
      throw badRequest(`The activity type '${activityType}' is not declared in the app's manifest.`);
    if (!installationOf(user.id))
      throw new GraphFailure(403, 'Forbidden', 'The app is not installed for the recipient.');
    takeTurn(user.id);
    const sentAt = graphInstant(tenant.now());
    await feed.change((kept) => {
      const id = createHash('sha256').update(`${kept.length} ${user.id} ${sentAt}`).digest('hex').slice(0, 32);
      const text = activityType === 'systemDefault' ? (reserved ?? '') : previewText.content;
      const one = { id, userId: user.id, activityType, text, topic: topic.webUrl ?? topic.value, sentAt };
      return { result: undefined, puts: [one] };
    });
    return { status: 204 };
  }

  function takeTurn(userId: string): void {
    const within = (recent.get(userId) ?? []).filter((one) => now() - one < 60_000);
    const [first] = within;
    if (within.length >= mostAMinute && first !== undefined)
      throw new GraphFailure(429, 'TooManyRequests', 'Too many notifications to this user.', {
        headers: { 'Retry-After': String(Math.max(1, Math.ceil((first + 60_000 - now()) / 1000))) },
      });
    recent.set(userId, [...within, now()]);
  }

  const apps = 'users/:user/teamwork/installedApps';
  const operations: readonly Operation[] = [
    { method: 'GET', pattern: 'appCatalogs/teamsApps', units: 0, handle: getCatalogue },
    { method: 'GET', pattern: apps, units: 0, handle: list },
    { method: 'POST', pattern: apps, units: 0, handle: install },
    { method: 'GET', pattern: `${apps}/:installation`, units: 0, handle: getOne },
    { method: 'DELETE', pattern: `${apps}/:installation`, units: 0, handle: uninstall },
    { method: 'GET', pattern: `${apps}/:installation/chat`, units: 0, handle: getChat },
    { method: 'POST', pattern: 'users/:user/teamwork/sendActivityNotification', units: 0, handle: notify },
  ];
  return { operations, installations: () => installed.all(), feed: () => feed.all() };
}

function graphApp(): Record<string, unknown> {
  const { id, externalId, displayName } = catalogueApp;
  return { id, externalId, displayName, distributionMethod: 'organization' };
}

/** What a filter may ask of the app, below a prefix. */
function appValue(prefix: string): (path: string) => string {
  return (path) => {
    const value = path.startsWith(prefix) ? graphApp()[path.slice(prefix.length)] : undefined;
    if (typeof value !== 'string') throw invalidRequest(`Apps cannot be filtered by '${path}' here.`);
    return value;
  };
}

function getCatalogue(call: GraphCall): GraphResponse {
  const query = readQuery(call.query, ['filter']);
  const filter = query.filter === undefined ? undefined : readFilter(query.filter);
  const value = (filter?.matches(appValue('')) ?? true) ? [graphApp()] : [];
  return { status: 200, body: { ...contextOf(call, 'appCatalogs/teamsApps'), value } };
}

function badRequest(message: string): GraphFailure {
  return new GraphFailure(400, 'BadRequest', message.replaceAll('\n', ' '));
}
