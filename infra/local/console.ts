// The console page: lists, files, mail and the clock of the local Microsoft 365, to see and to edit.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Router, type Response } from 'express';
import type { LocalClock } from './clock';
import { listPage, listsPage, rowPage } from './consoleLists';
import { mark, nothing, page, type Frame, type Markup } from './consoleHtml';
import { nextDeadline } from './deadlines';
import { GraphFailure, notFound } from './graphError';
import { childrenOf, rootNode } from './graphFiles';
import { inWords } from './clock';
import type { DriveNode } from './records';
import { seedReportSchema } from './seed';
import type { Tenant } from './tenant';

export interface ConsoleSettings {
  readonly tenant: Tenant;
  readonly clock: LocalClock;
}

const policy =
  "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

export function consolePages({ tenant, clock }: ConsoleSettings): Router {
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
  router.get('/files', (_request, response) => show(response, 'files', 'Files', () => filesPage(tenant)));
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
  router.get('/seed', (_request, response) => show(response, 'seed', 'Seed', () => seedPage(tenant)));
  return router;
}

function filesPage(tenant: Tenant): Markup {
  const libraries = tenant.lists().filter((one) => one.record.template === 'documentLibrary');
  const sections = libraries.map((library) => {
    const rows = filesBelow(tenant, rootNode(library, library.record.createdAt), '');
    const empty = mark`<p class="empty">
      Nothing is filed here yet. A frozen log puts its document, workbook and data into “Board papers”, one folder a
      meeting.
    </p>`;
    return mark`<h2>${library.record.displayName}</h2>
      ${rows.length === 0 ? empty : fileTable(library.record.displayName, rows)}`;
  });
  return mark`<h1>Files</h1>
    <p class="lead">The document libraries of the board's site.</p>
    ${sections}`;
}

interface FileRow {
  readonly folder: string;
  readonly node: DriveNode;
}

function filesBelow(tenant: Tenant, node: DriveNode, folder: string): readonly FileRow[] {
  return childrenOf(tenant, node).flatMap((one) =>
    one.kind === 'file'
      ? [{ folder, node: one }]
      : filesBelow(tenant, one, folder === '' ? one.name : `${folder} / ${one.name}`),
  );
}

function fileTable(library: string, rows: readonly FileRow[]): Markup {
  const lines = rows.map(
    ({ folder, node }) =>
      mark`<tr>
        <th scope="row"><a href="/files/${node.id}">${node.name}</a></th>
        <td>${folder}</td>
        <td class="number">${sizeInWords(node.size)}</td>
        <td>${inWords(new Date(node.modifiedAt))}</td>
        <td class="number">${node.version}</td>
      </tr>`,
  );
  return mark`<div class="frame whole" role="region" aria-label="Files of ${library}" tabindex="0">
    <table>
      <thead>
        <tr>
          <th scope="col">File</th>
          <th scope="col">Folder</th>
          <th scope="col" class="number">Size</th>
          <th scope="col">Changed</th>
          <th scope="col">Version</th>
        </tr>
      </thead>
      <tbody>
        ${lines}
      </tbody>
    </table>
  </div>`;
}

function sizeInWords(bytes: number): string {
  if (bytes < 1024) return `${bytes} bytes`;
  return bytes < 1024 ** 2 ? `${Math.round(bytes / 1024)} KB` : `${(bytes / 1024 ** 2).toFixed(1)} MB`;
}

function mailPage(tenant: Tenant): Markup {
  const mails = [...tenant.mails()].reverse();
  const lines = mails.map(
    (one) =>
      mark`<tr>
        <th scope="row">${one.subject}</th>
        <td>${one.to.join(', ')}</td>
        <td>${one.from}</td>
        <td>${inWords(new Date(one.sentAt))}</td>
        <td class="note-text"><pre>${one.body}</pre></td>
      </tr>`,
  );
  const table = mark`<div class="frame whole" role="region" aria-label="Sent mail" tabindex="0">
    <table>
      <thead>
        <tr>
          <th scope="col">Subject</th>
          <th scope="col">To</th>
          <th scope="col">From</th>
          <th scope="col">Sent</th>
          <th scope="col">Text</th>
        </tr>
      </thead>
      <tbody>
        ${lines}
      </tbody>
    </table>
  </div>`;
  const empty = mark`<p class="empty">
    No mail has been sent. What the service sends by e-mail is kept here and goes to nobody.
  </p>`;
  return mark`<h1>Sent mail</h1>
    <p class="lead">Newest first. Nothing leaves this computer.</p>
    ${mails.length === 0 ? empty : table}`;
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
