// The page that stands for Teams around the tab: it frames it and answers teams-js, with a choice of person, place, theme and width.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Router } from 'express';
import { mark, type Markup } from './consoleHtml';
import { tenantId, type Tenant } from './tenant';

/** The app's id in the catalogue of this Teams. */
const appId = '55555555-5555-5555-5555-555555555555';

const places = [
  ['personal', 'Personal app'],
  ['channel', 'Tab in a channel'],
  ['meeting', 'Side panel of a meeting'],
  ['configure', 'Adding the tab to a channel'],
] as const;
const themes = [
  ['default', 'Light'],
  ['dark', 'Dark'],
  ['contrast', 'High contrast'],
] as const;
const widths = [
  ['full', 'Full width'],
  ['panel', 'Side panel, 280 pixels'],
  ['phone', 'Phone, 360 pixels'],
] as const;

/** `/teams/tab`, with its script and style; the tab itself comes from the service at `serviceUrl`. */
export function teamsHost(tenant: Tenant, serviceUrl: string): Router {
  const service = new URL(serviceUrl).origin;
  const router = Router();
  const policy = `default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; frame-src ${service}; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`;
  for (const [path, type] of [
    ['/teamsHost.js', 'text/javascript'],
    ['/teamsHost.css', 'text/css'],
  ] as const) {
    const text = readFileSync(join(__dirname, 'console', path), 'utf8');
    router.get(path, (_request, response) => {
      response.set('Cache-Control', 'no-cache').type(type).send(text);
    });
  }
  router.get('/teams/tab', (_request, response) => {
    response
      .set({ 'Content-Security-Policy': policy, 'X-Content-Type-Options': 'nosniff', 'Cache-Control': 'no-store' })
      .type('html')
      .send(hostPage(tenant, service).markup);
  });
  return router;
}

/** What differs between people, places and themes is worked out in the browser, from the address. */
function hostPage(tenant: Tenant, service: string): Markup {
  const people = tenant.users().map(
    (one) =>
      mark`<option value="${one.ref}" data-oid="${one.id}" data-mail="${one.mail}" data-name="${one.displayName}">
        ${one.displayName}, ${one.jobTitle}
      </option>`,
  );
  return mark`<!doctype html>
    <html lang="en-GB">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>The tab in Teams · Local Microsoft 365</title>
        <link rel="stylesheet" href="/teamsHost.css" />
        <script src="/teamsHost.js" defer></script>
      </head>
      <body>
        <header>
          <p class="name"><a href="/teams">Local Microsoft 365</a>: the tab in Teams</p>
          <form data-choices aria-label="How the tab is seen">
            <label>Person <select name="as">${people}</select></label>
            ${choice('Place', 'context', places)} ${choice('Theme', 'theme', themes)} ${choice('Width', 'width', widths)}
          </form>
          <form data-link>
            <label>Link from a chat <input name="link" type="url" autocomplete="off" /></label>
            <button>Open</button>
          </form>
          <p data-status role="status"></p>
        </header>
        <main data-host data-service="${service}" data-tenant="${tenantId}" data-app="${appId}">
          <h1 class="hidden">The tab</h1>
          <iframe title="Board Assistant" allow="clipboard-write"></iframe>
          <div class="buttons" data-dialog hidden>
            <button data-save disabled>Save</button>
            <button data-cancel>Cancel</button>
          </div>
          <details>
            <summary>What the tab asked of Teams</summary>
            <ol data-asked></ol>
          </details>
        </main>
      </body>
    </html> `;
}

function choice(label: string, name: string, options: readonly (readonly [string, string])[]): Markup {
  const all = options.map(([value, words]) => mark`<option value="${value}">${words}</option>`);
  return mark`<label>${label} <select name="${name}">${all}</select></label>`;
}
