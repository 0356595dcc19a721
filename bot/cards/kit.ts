// Building blocks of cards: people's text that stays text, elements of Adaptive Cards 1.5, and how large a card is.

/** One element, action or whole card as Adaptive Card JSON. */
export type CardJson = Readonly<Record<string, unknown>>;
export type Colour = 'default' | 'good' | 'warning' | 'attention' | 'accent';

export interface RunStyle {
  readonly bold?: boolean;
  readonly subtle?: boolean;
  readonly colour?: Colour;
  readonly size?: 'small' | 'medium' | 'large';
}
/** A piece of text; a plain string has no style. */
export type Run = string | (RunStyle & { readonly text: string });

export const cardVersion = '1.5';
/** Bytes as UTF-16: what Teams accepts is larger, this leaves room for the envelope. */
export const cardLimitBytes = 28 * 1024;

/** The size Teams counts: two bytes for each UTF-16 unit. */
export function cardBytes(card: CardJson): number {
  return JSON.stringify(card).length * 2;
}

// Control characters but newline, and the characters that turn the direction of what follows.
const unseen = /(?!\n)[\p{Cc}\p{Bidi_Control}]/gu;
const loneSurrogate = /\p{Surrogate}/gu;
/** Most texts are Latin letters, digits, spaces, newlines and common marks: none of what is looked for below. */
const isPlain = /^[\n\x20-\x7e\u00a0-\u017f\u2010-\u2027\u20ac]*$/;

/** People's text without control and direction characters, cut at `limit` characters. */
export function clean(text: string, limit = 2000): string {
  const visible = isPlain.test(text) ? text : withoutUnseen(text);
  if (visible.length <= limit) return visible;
  return `${visible
    .slice(0, limit - 1)
    .replace(loneSurrogate, '')
    .trimEnd()}…`;
}

function withoutUnseen(text: string): string {
  return text.replace(/\r\n?/g, '\n').replace(/\t/g, ' ').replace(unseen, '').replace(loneSurrogate, '\ufffd');
}

/** For the few places that render Markdown (titles of choices, headings): every mark that could act is escaped. */
export function escapeMarkdown(text: string, limit = 200): string {
  return clean(text, limit)
    .replace(/\n+/g, ' ')
    .replace(/[\\*_[\]`~<>&|{}#!]/g, '\\$&')
    .replace(/^(\s*)([-+=])/, '$1\\$2')
    .replace(/^(\s*\d+)([.)])/, '$1\\$2')
    .replace(/:\/\//g, '\\://')
    .replace(/@/g, '\\@')
    .replace(/www\./gi, (found) => found.replace('.', '\\.'));
}

/** For labels, button titles and tooltips, which render no Markdown but may expand date functions. */
export function label(text: string, limit = 160): string {
  return clean(text, limit)
    .replace(/\n+/g, ' ')
    .replace(/\{(?=\{)/g, '{ ');
}

function inlines(run: Run): CardJson[] {
  const style: RunStyle = typeof run === 'string' ? {} : run;
  const text = clean(typeof run === 'string' ? run : run.text);
  // Renderers expand {{DATE(...)}} in one run of text, so no run holds two braces side by side.
  return text.split(/(?<=\{)(?=\{)/).map((part) => ({
    type: 'TextRun',
    text: part,
    ...(style.bold ? { weight: 'Bolder' } : {}),
    ...(style.subtle ? { isSubtle: true } : {}),
    ...(style.colour && style.colour !== 'default' ? { color: capital(style.colour) } : {}),
    ...(style.size ? { size: capital(style.size) } : {}),
  }));
}

/** One paragraph in which nothing can become Markdown, a link or a mention: text runs render none. */
export function paragraph(runs: readonly Run[], extra: CardJson = {}): CardJson {
  return { type: 'RichTextBlock', inlines: runs.flatMap(inlines), ...extra };
}

/** A heading that screen readers announce as one. */
export function heading(text: string, extra: CardJson = {}): CardJson {
  return {
    type: 'TextBlock',
    style: 'heading',
    size: 'Large',
    weight: 'Bolder',
    wrap: true,
    text: escapeMarkdown(text),
    ...extra,
  };
}

export function container(items: readonly CardJson[], extra: CardJson = {}): CardJson {
  return { type: 'Container', items, ...extra };
}

/** Text on the left, something narrow on the right. */
export function sideBySide(left: readonly CardJson[], right: readonly CardJson[], extra: CardJson = {}): CardJson {
  const columns = [
    { type: 'Column', width: 'stretch', items: left, verticalContentAlignment: 'Center' },
    { type: 'Column', width: 'auto', items: right, verticalContentAlignment: 'Center' },
  ];
  return { type: 'ColumnSet', columns, ...extra };
}

export interface ButtonOptions {
  readonly style?: 'positive' | 'destructive';
  readonly tooltip?: string;
  /** Send no inputs and check none: for buttons that lead away. */
  readonly leaves?: boolean;
}

/** A button that comes back to the bot with `data` (and the inputs of the card). */
export function button(title: string, verb: string, data: CardJson, options: ButtonOptions = {}): CardJson {
  return {
    type: 'Action.Execute',
    title: label(title, 60),
    verb,
    data,
    ...(options.style ? { style: options.style } : {}),
    ...(options.tooltip ? { tooltip: label(options.tooltip) } : {}),
    ...(options.leaves ? { associatedInputs: 'none' } : {}),
  };
}

/** A button that opens an address; none when the address is not one of https. */
export function linkButton(title: string, url: string): readonly CardJson[] {
  return /^https:\/\/[^\s"<>]+$/i.test(url) ? [{ type: 'Action.OpenUrl', title: label(title, 60), url }] : [];
}

/** A narrow phone leaves a card so many pixels; a button takes about these for its letters, its edges and its gap. */
const rowPixels = 264;
const letterPixels = 7.5;
const edgePixels = 38;

/** Buttons beside each other, in as many rows as a narrow phone needs: clients cut off what does not fit. */
export function buttons(actions: readonly CardJson[], extra: CardJson = {}): CardJson {
  const rows: { readonly actions: CardJson[]; pixels: number }[] = [];
  for (const action of actions) {
    const pixels = String(action['title']).length * letterPixels + edgePixels;
    const row = rows.at(-1);
    if (row && row.pixels + pixels <= rowPixels) {
      row.actions.push(action);
      row.pixels += pixels;
    } else rows.push({ actions: [action], pixels });
  }
  if (rows.length < 2) return { type: 'ActionSet', actions, ...extra };
  return container(
    rows.map((row) => ({ type: 'ActionSet', actions: row.actions, spacing: 'Small' })),
    extra,
  );
}

/** A whole card; `spoken` is read out by a screen reader instead of guessing. */
export function cardOf(body: readonly CardJson[], spoken: string): CardJson {
  return {
    $schema: 'http://adaptivecards.io/schemas/adaptive-card.json',
    type: 'AdaptiveCard',
    version: cardVersion,
    speak: label(spoken, 300),
    fallbackText: label(spoken, 300),
    body,
  };
}

function capital(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1);
}
