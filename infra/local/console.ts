// The console page: lists, files, mail and the clock of the local Microsoft 365, to see and to edit.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Router, type Response } from 'express';
import type { LocalClock } from './clock';
import { filesPage } from './consoleFiles';
import { calendarPage, mailPage, notificationsPage, teamsPage } from './consoleOffice';
import { listPage, listsPage, rowPage } from './consoleLists';
import { mark, nothing, page, type Frame, type Markup } from './consoleHtml';
import { nextDeadline } from './deadlines';
import { GraphFailure, notFound } from './graphError';
import type { Office } from './office';
import { seedReportSchema } from './seed';
import type { Tenant } from './tenant';

export interface ConsoleSettings {
  readonly tenant: Tenant;
  readonly clock: LocalClock;
  readonly office: Office;
}

const policy =
  "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

export function consolePages({ tenant, clock, office }: ConsoleSettings): Router {
  const router = Router();
  const assets = new Map(
    [
      ['/console.js', 'text/javascript'],
      ['/console.css', 'text/css'],
    ].map(([path = '', type = '']) => [path, { type, text: readFileSync(join(__dirname, 'console', path), 'utf8') }]),
  );
  for (const [path, asset] of assets)
    router.get(path, (_request, response) => {
      response.set('Cache-Control', 'no-cache').type(asset.type).send(asset.text);
    });

  function show(response: Response, section: Frame['section'], title: string, content: () => Markup): void {
    const now = clock.now();
    let shown: Markup;
    let status = 200;
    try {
      shown = content();
    } catch (error) {
      if (!(error instanceof GraphFailure)) throw error;
      status = error.status;
      shown = mark`<h1>Not found</h1>
        <p class="lead">${error.message} <a href="/">See all lists</a>.</p>`;
    }
    response
      .status(status)
      .set({ 'Content-Security-Policy': policy, 'X-Content-Type-Options': 'nosniff', 'Cache-Control': 'no-store' })
      .type('html')
      .send(page({ title, section, now, next: nextDeadline(tenant, now), content: shown }));
  }

  router.get('/', (_request, response) => show(response, 'lists', 'Lists', () => listsPage(tenant)));
  router.get('/lists/:list', (request, response) =>
    show(response, 'lists', request.params.list, () =>
      listPage(tenant, request.params.list, new URLSearchParams(request.url.split('?')[1])),
    ),
  );
  router.get('/lists/:list/:item', (request, response) =>
    show(response, 'lists', `${request.params.list}, row ${request.params.item}`, () =>
      rowPage(tenant, request.params.list, request.params.item),
    ),
  );
  router.get('/files', (_request, response) => show(response, 'files', 'Files', () => filesPage(tenant, office)));
  router.get('/files/:node', async (request, response) => {
    const node = tenant.nodes().get(request.params.node);
    const bytes = node?.kind === 'file' ? await tenant.content(node.id) : undefined;
    if (!node || !bytes)
      return show(response, 'files', 'Not found', () => {
        throw notFound('There is no such file.');
      });
    // Always a download: a file is never shown as a page of this origin.
    response
      .set({ 'X-Content-Type-Options': 'nosniff', 'Content-Security-Policy': "default-src 'none'; sandbox" })
      .attachment(node.name)
      .type(node.mimeType ?? 'application/octet-stream')
      .send(Buffer.from(bytes));
  });
  router.get('/mail', (_request, response) => show(response, 'mail', 'Sent mail', () => mailPage(tenant)));
  router.get('/mail/:mail', (request, response) => {
    const mail = tenant.mails().find((one) => one.id === request.params.mail);
    if (mail?.html === undefined)
      return show(response, 'mail', 'Not found', () => {
        throw notFound('There is no such mail.');
      });
    // As a mail program shows it: styles of its own, nothing that runs and nothing from elsewhere.
    response
      .set('Content-Security-Policy', "default-src 'none'; style-src 'unsafe-inline'; sandbox")
      .type('html')
      .send(mail.html);
  });
  router.get('/calendar', (_request, response) =>
    show(response, 'calendar', 'Calendar', () => calendarPage(office.calendar.events())),
  );
  router.get('/teams', (_request, response) => show(response, 'teams', 'Teams', () => teamsPage(tenant, office.teams)));
  router.get('/notifications', (_request, response) =>
    show(response, 'notifications', 'Notifications', () => notificationsPage(tenant, office.subscriptions.list())),
  );
  router.get('/seed', (_request, response) => show(response, 'seed', 'Seed', () => seedPage(tenant)));
  return router;
}

function seedPage(tenant: Tenant): Markup {
  const report = seedReportSchema.safeParse(tenant.value('seed'));
  if (!report.success)
    return mark`<h1>Seed</h1>
      <p class="empty">The seed has not been read yet.</p>`;
  const { problems, file, rows } = report.data;
  const total = Object.values(rows).reduce((sum, one) => sum + one, 0);
  const list = problems.map((one) => mark`<li>${one.message}</li>`);
  const found =
    problems.length === 0
      ? mark`<p>Every record of the file fitted its list.</p>`
      : mark`<h2>What did not fit: ${problems.length}</h2>
          <ul class="problems">
            ${list}
          </ul>`;
  return mark`<h1>Seed</h1>
    <p class="lead">The lists began with ${total} rows from ${file}.</p>
    ${found}
    <h2>Start afresh</h2>
    <p class="lead">
      Reads the file again. Every change made since, files and mail included, is lost, and the clock goes back to the
      start.
    </p>
    <button
      data-post="/_local/reset"
      data-body="{}"
      data-ask="Every change made here since the start will be lost. Start afresh?"
    >
      Start afresh
    </button>
    ${nothing}`;
}
