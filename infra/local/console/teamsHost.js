// Teams as the tab knows it: the other side of teams-js for one framed page. The address holds who, where, theme and width.
'use strict';

const stage = document.querySelector('[data-host]');
const frame = stage.querySelector('iframe');
const choices = document.querySelector('[data-choices]');
const saveButton = document.querySelector('[data-save]');
const { service, tenant, app } = stage.dataset;
const keptName = 'teams-tab';

const query = new URLSearchParams(window.location.search);
for (const select of choices.elements) {
  const wanted = query.get(select.name);
  if ([...select.options].some((one) => one.value === wanted)) select.value = wanted;
}
const chosen = (name) => choices.elements.namedItem(name).value;
const person = choices.elements.namedItem('as').selectedOptions[0].dataset;

/** What a channel keeps of its tab once somebody has added it. */
const kept = JSON.parse(window.sessionStorage.getItem(keptName) ?? 'null') ?? {
  entityId: 'board',
  contentUrl: `${service}/tab/`,
};
const channel = { channelId: '19:board@thread.tacv2', channelName: 'Board', teamId: '19:team@thread.tacv2' };
const places = {
  personal: { frameContext: 'content', entityId: 'board', url: `${service}/tab/` },
  channel: { frameContext: 'content', entityId: kept.entityId, url: kept.contentUrl, ids: channel },
  meeting: {
    frameContext: 'sidePanel',
    entityId: kept.entityId,
    url: kept.contentUrl,
    ids: { meetingId: 'MCMxOTptZWV0aW5nX2JvYXJkQHRocmVhZC52MiMw', chatId: '19:meeting_board@thread.v2' },
  },
  configure: { frameContext: 'settings', entityId: '', url: `${service}/tab/configure`, ids: channel },
};
const place = places[chosen('context')];

/** Capabilities this Teams has; teams-js asks for them before it sends. */
const runtime = {
  apiVersion: 4,
  hostVersionsInfo: { adaptiveCardSchemaVersion: { majorVersion: 1, minorVersion: 5 } },
  isLegacyTeams: false,
  supports: { pages: { config: {}, currentApp: {} } },
};

const context = () => ({
  ...place.ids,
  locale: 'en-gb',
  theme: chosen('theme'),
  entityId: place.entityId,
  subEntityId: query.get('page') ?? undefined,
  frameContext: place.frameContext,
  userObjectId: person.oid,
  userDisplayName: person.name,
  userPrincipalName: person.mail,
  loginHint: person.mail,
  tid: tenant,
  appId: app,
  hostName: 'Teams',
  hostClientType: 'web',
  sessionId: 'local',
  appSessionId: 'local',
  ringId: 'general',
  isFullScreen: false,
});

function say(words) {
  document.querySelector('[data-status]').textContent = words;
}

/** Shows the page anew: Teams loads the frame again, too. */
function go(changes) {
  const next = new URLSearchParams(window.location.search);
  for (const [name, value] of Object.entries(changes)) {
    if (value === undefined || value === '') next.delete(name);
    else next.set(name, value);
  }
  window.location.search = next.toString();
}

function linkTo(subPageId, label, webUrl) {
  const link = new URL(`https://teams.microsoft.com/l/entity/${app}/${encodeURIComponent(place.entityId)}`);
  if (webUrl) link.searchParams.set('webUrl', webUrl);
  if (label) link.searchParams.set('label', label);
  link.searchParams.set('context', JSON.stringify({ subEntityId: subPageId, channelId: place.ids?.channelId }));
  return link.toString();
}

/** Opens what a link in a chat leads to; false for what is no link to a tab. */
function follow(text) {
  const link = URL.canParse(text) ? new URL(text) : undefined;
  if (link?.hostname !== 'teams.microsoft.com' || !link.pathname.startsWith('/l/entity/')) return false;
  const { subEntityId } = JSON.parse(link.searchParams.get('context') ?? '{}');
  setTimeout(() => go({ context: 'personal', page: subEntityId }));
  return true;
}

async function tokenOf(ref) {
  const response = await fetch(`/${tenant}/oauth2/v2.0/token`, {
    method: 'POST',
    body: new URLSearchParams({
      grant_type: 'password',
      client_id: 'local-tab',
      username: ref,
      password: '',
      scope: 'access_as_user',
    }),
  });
  const answer = await response.json();
  return response.ok ? [true, answer.access_token] : [false, answer.error_description];
}

let pending;
const ready = () => {
  stage.dataset.state = 'ready';
  say('');
};
const failed = (reason, message) => say(`The tab could not be shown: ${message ?? reason ?? 'no reason given'}`);

/** By the names teams-js sends; what is returned is the answer, undefined where none is awaited. */
const answers = {
  initialize: () => [place.frameContext, 'web', JSON.stringify(runtime), '2.1.2'],
  registerHandler: () => undefined,
  getContext: () => [context()],
  'appInitialization.appLoaded': () => undefined,
  'appInitialization.success': ready,
  'appInitialization.failure': failed,
  'appInitialization.expectedFailure': failed,
  'authentication.getAuthToken': () => tokenOf(chosen('as')),
  'pages.currentApp.navigateTo': ({ pageId, subPageId }) => {
    if (pageId !== 'board') return [{ errorCode: 404, message: `The app has no page ${pageId}.` }];
    setTimeout(() => go({ context: 'personal', page: subPageId }));
    return [null];
  },
  'pages.currentApp.navigateToDefaultPage': () => {
    setTimeout(() => go({ context: 'personal', page: undefined }));
    return [null];
  },
  'pages.navigateToApp': ({ appId, subPageId }) => {
    if (appId !== app) return [false, 'The app is not installed.'];
    setTimeout(() => go({ context: 'personal', page: subPageId }));
    return [true];
  },
  executeDeepLink: (link) => (follow(link) ? [true] : [false, 'The link leads to no tab.']),
  shareDeepLink: (subPageId, label, webUrl) => {
    document.querySelector('[data-link] input').value = linkTo(subPageId, label, webUrl);
    say('The link to this page stands above, to be copied into a chat.');
  },
  'settings.setValidityState': (isValid) => {
    saveButton.disabled = !isValid;
  },
  'settings.getSettings': () => [kept],
  'settings.setSettings': (settings) => {
    pending = settings;
    return [true];
  },
  'settings.save.success': () => {
    window.sessionStorage.setItem(keptName, JSON.stringify(pending));
    go({ context: 'channel', page: undefined });
  },
  'settings.save.failure': (reason) => say(`The tab was not added: ${reason ?? 'no reason given'}`),
};

const post = (message) => frame.contentWindow.postMessage(message, service);

function note(func, isKnown) {
  const line = document.createElement('li');
  line.textContent = isKnown ? func : `${func} (not known here)`;
  document.querySelector('[data-asked]').append(line);
}

window.addEventListener('message', async ({ source, origin, data }) => {
  if (source !== frame.contentWindow || origin !== service || typeof data?.func !== 'string') return;
  const isKnown = Object.hasOwn(answers, data.func);
  note(data.func, isKnown);
  const args = isKnown ? await answers[data.func](...(data.args ?? [])) : undefined;
  if (args === undefined) return;
  const monotonicTimestamp = performance.now() + performance.timeOrigin;
  post({ id: data.id, uuidAsString: data.uuidAsString, args, monotonicTimestamp });
});

function look() {
  document.documentElement.dataset.theme = chosen('theme');
  document.documentElement.dataset.width = chosen('width');
}

choices.addEventListener('change', ({ target }) => {
  if (target.name === 'as' || target.name === 'context') return go({ [target.name]: target.value, page: undefined });
  look();
  query.set(target.name, target.value);
  const here = new URL(window.location.href);
  here.searchParams.set(target.name, target.value);
  window.history.replaceState(null, '', here);
  if (target.name === 'theme') post({ func: 'themeChange', args: [target.value] });
});
document.querySelector('[data-link]').addEventListener('submit', (event) => {
  event.preventDefault();
  const { value } = event.target.elements.namedItem('link');
  if (!follow(value)) say('This is no link to a tab in Teams.');
});
saveButton.addEventListener('click', () => post({ func: 'settings.save', args: [{}] }));
document.querySelector('[data-cancel]').addEventListener('click', () => go({ context: 'channel', page: undefined }));

look();
document.querySelector('[data-dialog]').hidden = place !== places.configure;
say('The tab is loading …');
frame.src = place.url;
