// The console's pages of mail, calendar, Teams and notifications: what the service did outside the lists.
import { inWords } from './clock';
import { mark, tableFrame, type Markup } from './consoleHtml';
import type { CalendarEvent } from './calendarEvents';
import type { Subscriptions } from './graphSubscriptions';
import type { Teams } from './graphTeams';
import type { Tenant } from './tenant';

function table(label: string, columns: readonly string[], rows: readonly (readonly Cell[])[]): Markup {
  const heads = columns.map((one) => mark`<th scope="col">${one}</th>`);
  const lines = rows.map(([first, ...rest]) => {
    const cells = rest.map((one) => mark`<td>${one}</td>`);
    return mark`<tr>
      <th scope="row">${first}</th>
      ${cells}
    </tr>`;
  });
  return tableFrame(label, heads, lines);
}

type Cell = string | number | Markup | undefined;

const kinds = {
  sharing: 'Sharing',
  invitation: 'Meeting invitation',
  update: 'Meeting changed',
  cancellation: 'Meeting cancelled',
};

export function mailPage(tenant: Tenant): Markup {
  const mails = [...tenant.mails()].reverse();
  const rows = mails.map((one) => [
    one.html === undefined ? one.subject : mark`<a href="/mail/${one.id}">${one.subject}</a>`,
    one.kind === undefined ? 'Message' : kinds[one.kind],
    [...one.to, ...(one.cc ?? []).map((cc) => `${cc} (copy)`)].join(', '),
    one.from,
    inWords(new Date(one.sentAt)),
    (one.attachments ?? []).join(', '),
    one.html === undefined
      ? mark`<pre>${one.body}</pre>`
      : mark`<details><summary>Text</summary><pre>${one.body}</pre></details>`,
  ]);
  const empty = mark`<p class="empty">
    No mail has been sent. What the service sends by e-mail is kept here and goes to nobody.
  </p>`;
  return mark`<h1>Sent mail</h1>
    <p class="lead">Newest first, meeting invitations included. Nothing leaves this computer.</p>
    ${mails.length === 0 ? empty : table('Sent mail', ['Subject', 'What', 'To', 'From', 'Sent', 'Attached', 'Text'], rows)}`;
}

export function calendarPage(events: readonly CalendarEvent[]): Markup {
  const inOrder = [...events].sort((a, b) => (a.startsAt < b.startsAt ? -1 : 1));
  const rows = inOrder.map((one) => [
    one.subject,
    inWords(new Date(one.startsAt)),
    inWords(new Date(one.endsAt)),
    one.location,
    one.mailbox,
    one.attendees.length,
    one.joinUrl ?? 'no link',
  ]);
  const empty = mark`<p class="empty">No invitation has been sent yet. The dates of the board's meetings are in the list
    <a href="/lists/Meetings">Meetings</a>; a meeting appears here once people are invited to it.</p>`;
  const columns = ['Meeting', 'Begins', 'Ends', 'Place', 'Organiser', 'Invited', 'To join'];
  return mark`<h1>Calendar</h1>
    <p class="lead">What stands in people's calendars, with what they answered; answer for them with the buttons. The invitations themselves are under <a href="/mail">Sent mail</a>.</p>
    ${rows.length === 0 ? empty : table('Calendar', columns, rows)} ${inOrder.map(attendeesOf)}`;
}

const responses = { accepted: 'Accepted', tentativelyAccepted: 'Tentative', declined: 'Declined' } as const;
const responseKeys = ['accepted', 'tentativelyAccepted', 'declined'] as const;

/** Each with what they answered, and the buttons to answer as they would in their own Outlook. */
function attendeesOf({ id, subject, attendees }: CalendarEvent): Markup {
  const rows = attendees.map(({ name, address, type, response }) => {
    const choices = responseKeys
      .filter((one) => one !== response)
      .map(
        (one) =>
          mark`<button
            data-post="/_local/calendar/responses"
            data-body="${JSON.stringify({ event: id, address, response: one })}"
            aria-label="${`${name}: ${responses[one]}`}"
          >
            ${responses[one]}
          </button> `,
      );
    return [name, address, type, response === undefined ? 'no answer yet' : responses[response], mark`${choices}`];
  });
  return mark`<h2>Invited to ${subject}</h2>
    ${table(`Invited to ${subject}`, ['Person', 'Address', 'Attendance', 'Answer', 'Answer for them'], rows)}`;
}

export function teamsPage(tenant: Tenant, teams: Teams): Markup {
  const nameOf = (id: string): string => tenant.users().find((one) => one.id === id)?.displayName ?? id;
  const apps = teams.installations().map((one) => [nameOf(one.userId), inWords(new Date(one.installedAt))]);
  const feed = [...teams.feed()]
    .sort((a, b) => (a.sentAt < b.sentAt ? 1 : -1))
    .map((one) => [nameOf(one.userId), one.text, one.activityType, inWords(new Date(one.sentAt)), one.topic]);
  const noApps = mark`<p class="empty">The app has been installed for nobody through Microsoft Graph yet.</p>`;
  const noFeed = mark`<p class="empty">Nobody has been notified in their activity feed yet.</p>`;
  return mark`<h1>Teams</h1>
    <p class="lead">What the service has done in Teams through Microsoft Graph. <a href="/teams/tab">See the tab
      inside Teams</a>; to chat as a person of the board, run <code>npm start</code> and open the Teams client that it
      names.</p>
    <h2>App installed for</h2>
    ${apps.length === 0 ? noApps : table('App installed for', ['Person', 'Since'], apps)}
    <h2>Activity feed</h2>
    ${feed.length === 0 ? noFeed : table('Activity feed', ['Person', 'Text', 'Type', 'Sent', 'Leads to'], feed)}`;
}

export function notificationsPage(tenant: Tenant, subscriptions: ReturnType<Subscriptions['list']>): Markup {
  const titleOf = (id: string): string => tenant.lists().find((one) => one.record.id === id)?.record.displayName ?? id;
  const rows = subscriptions.map((one) => [
    titleOf(one.listId),
    one.notificationUrl,
    inWords(new Date(one.expiresAt)),
    one.deliveries.delivered,
    one.deliveries.failed,
    one.deliveries.last,
  ]);
  const empty = mark`<p class="empty">No program has asked to be told. Until then the service looks for changes itself.</p>`;
  const columns = ['List', 'Told', 'Until (real time)', 'Delivered', 'Failed', 'Last answer'];
  return mark`<h1>Notifications</h1>
    <p class="lead">
      Which programs SharePoint tells when a list changes. Messages to people are under
      <a href="/mail">Sent mail</a> and <a href="/teams">Teams</a>.
    </p>
    ${rows.length === 0 ? empty : table('Notifications', columns, rows)}`;
}
