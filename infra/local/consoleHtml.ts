// The frame of the console's pages: escaped HTML, heading, navigation, clock.
import { inWords } from './clock';
import type { Deadline } from './deadlines';

/** HTML that is safe to put in as it is. */
export interface Markup {
  readonly markup: string;
}

type Part = string | number | undefined | Markup | readonly Markup[];

/** Escapes everything put in but other markup. */
export function mark(strings: TemplateStringsArray, ...parts: readonly Part[]): Markup {
  let markup = strings[0] ?? '';
  for (const [i, part] of parts.entries()) markup += put(part) + (strings[i + 1] ?? '');
  return { markup };
}

function put(part: Part): string {
  if (part === undefined) return '';
  if (typeof part === 'string' || typeof part === 'number') return escapeHtml(String(part));
  return 'markup' in part ? part.markup : part.map((one) => one.markup).join('');
}

export function escapeHtml(text: string): string {
  const entities: Readonly<Record<string, string>> = {
    '&': '&amp;',
    '<': '&lt;',
    '>': '&gt;',
    '"': '&quot;',
    "'": '&#39;',
  };
  return text.replace(/[&<>"']/g, (one) => entities[one] ?? one);
}

export const nothing: Markup = { markup: '' };

/** A table that scrolls by itself and can be reached by keyboard. */
export function tableFrame(label: string, heads: readonly Markup[], rows: readonly Markup[]): Markup {
  return mark`<div class="frame whole" role="region" aria-label="${label}" tabindex="0">
    <table>
      <thead>
        <tr>
          ${heads}
        </tr>
      </thead>
      <tbody>
        ${rows}
      </tbody>
    </table>
  </div>`;
}

export interface Frame {
  readonly title: string;
  readonly section: 'lists' | 'files' | 'mail' | 'calendar' | 'teams' | 'notifications' | 'seed';
  readonly now: Date;
  readonly next: Deadline | undefined;
  readonly content: Markup;
}

export function page(frame: Frame): string {
  const sections = [
    ['lists', '/', 'Lists'],
    ['files', '/files', 'Files'],
    ['mail', '/mail', 'Sent mail'],
    ['calendar', '/calendar', 'Calendar'],
    ['teams', '/teams', 'Teams'],
    ['notifications', '/notifications', 'Notifications'],
    ['seed', '/seed', 'Seed'],
  ] as const;
  const links = sections.map(([name, href, label]) =>
    name === frame.section
      ? mark`<a href="${href}" aria-current="page">${label}</a>`
      : mark`<a href="${href}">${label}</a>`,
  );
  return mark`<!doctype html>
    <html lang="en-GB">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>${frame.title} · Local Microsoft 365</title>
        <link rel="stylesheet" href="/console.css" />
        <script src="/console.js" defer></script>
      </head>
      <body>
        <a class="skip" href="#main">Skip to content</a>
        <header>
          <div>
            <p class="name">Local Microsoft 365</p>
            <p class="note">SharePoint, files, mail and clock of this computer. All people and figures are invented.</p>
          </div>
          ${clockPanel(frame)}
        </header>
        <nav aria-label="Parts of the console">${links}</nav>
        <main id="main">
          ${frame.content}
          <p data-status role="status" hidden></p>
        </main>
      </body>
    </html> `.markup;
}

function clockPanel({ now, next }: Frame): Markup {
  const move = (label: string, body: unknown): Markup =>
    mark`<button class="quiet" data-post="/_local/clock" data-body="${JSON.stringify(body)}">${label}</button>`;
  const toNext = next
    ? mark`<button data-post="/_local/clock" data-body="${JSON.stringify({ advanceTo: next.at })}">
        Go to the next step
      </button>`
    : nothing;
  return mark`<section class="clock" aria-label="Local clock">
    <p class="now">${inWords(now)}</p>
    <div class="buttons">
      ${move('+1 hour', { advanceBy: { minutes: 60 } })}${move('+1 day', { advanceBy: { minutes: 1440 } })}${toNext}
    </div>
    <p class="note">
      ${next ? `Next: ${next.what}, ${inWords(new Date(next.at))}` : 'Nothing lies ahead: add a meeting to the list Meetings.'}
    </p>
  </section>`;
}
