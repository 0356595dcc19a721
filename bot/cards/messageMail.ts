// The e-mail of a message: the same words as its card, as HTML that needs no picture and no style sheet, and as text.
import { clean } from './kit';
import { messageContent } from './messageContent';
import { titleLimit, type MessageContent, type MessageInput, type MessageLink, type MessagePart } from './messageShape';

/** What a mailbox sends; `html` and `text` say the same. */
export interface MessageMail {
  readonly subject: string;
  readonly html: string;
  readonly text: string;
}

/** The e-mail of a step or notice for one person; undefined: there is nothing to say in an e-mail. */
export function messageMail(input: MessageInput): MessageMail | undefined {
  const content = messageContent(input);
  return content && contentMail(content, { boardName: input.snapshot.facts.name });
}

/** Renders any content. */
export function contentMail(content: MessageContent, from: { readonly boardName: string }): MessageMail {
  const subject = oneLine(content.title, titleLimit);
  const links = content.links.filter((one) => isAddress(one.url));
  const foot = `Sent by Board Assistant for ${oneLine(from.boardName, 120)}.`;
  return { subject, html: htmlOf(content, links, subject, foot), text: textOf(content, links, foot) };
}

/** Pages of the product on one's own machine have no certificate. */
function isAddress(url: string): boolean {
  return /^(?:https:\/\/|http:\/\/(?:127\.0\.0\.1|localhost)[:/])[^\s"<>]+$/i.test(url);
}

function oneLine(text: string, limit: number): string {
  return clean(text, limit)
    .replace(/\s*\n+\s*/g, ' ')
    .trim();
}

const escapes: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

function escaped(text: string): string {
  return clean(text).replace(/[&<>"']/g, (mark) => escapes[mark] ?? '');
}

/** People's line breaks stay. */
function words(text: string): string {
  return escaped(text.trim()).replace(/\n+/g, '<br>');
}

// Inline, because mail programs drop style sheets. Contrast on white: 16:1, 7:1 (grey), 6.6:1 (links).
const style = {
  page: 'margin:0;padding:0;background:#ffffff;color:#1b1a19;',
  main: 'max-width:600px;margin:0 auto;padding:20px 16px;font-family:Segoe UI,Helvetica,Arial,sans-serif;font-size:16px;line-height:1.45;color:#1b1a19;overflow-wrap:anywhere;',
  h1: 'font-size:22px;line-height:1.25;margin:0 0 8px;',
  h2: 'font-size:17px;line-height:1.3;margin:24px 0 8px;',
  lead: 'margin:0 0 12px;font-weight:600;',
  p: 'margin:0 0 12px;',
  list: 'margin:0 0 12px;padding-left:20px;',
  item: 'margin:0 0 12px;',
  table: 'border-collapse:collapse;margin:0 0 12px;width:100%;',
  name: 'white-space:nowrap;text-align:left;vertical-align:top;font-weight:600;padding:4px 12px 4px 0;border-bottom:1px solid #d2d0ce;',
  value: 'text-align:left;vertical-align:top;padding:4px 0;border-bottom:1px solid #d2d0ce;',
  link: 'color:#0b5394;',
  foot: 'margin:28px 0 0;padding-top:12px;border-top:1px solid #d2d0ce;font-size:14px;color:#53514f;',
} as const;

function htmlOf(content: MessageContent, links: readonly MessageLink[], subject: string, foot: string): string {
  const lines = [
    '<!doctype html>',
    '<html lang="en-GB">',
    `<head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>${escaped(subject)}</title></head>`,
    `<body style="${style.page}"><main style="${style.main}">`,
    `<h1 style="${style.h1}">${words(content.title)}</h1>`,
    `<p style="${style.lead}">${words(content.summary)}</p>`,
    ...inOrder(
      content,
      content.parts.map(partHtml),
      links.length === 0
        ? []
        : [
            `<h2 style="${style.h2}">${linksHeading}</h2>`,
            `<ul style="${style.list}">${links.map((one) => `<li style="${style.item}">${anchor(one)}</li>`).join('')}</ul>`,
          ],
    ),
    `<p style="${style.foot}">${words(foot)}</p>`,
    '</main></body></html>',
  ];
  return lines.join('\n');
}

const linksHeading = 'Open';

function inOrder(content: MessageContent, parts: readonly string[], links: readonly string[]): readonly string[] {
  return content.linksFirst === true ? [...links, ...parts] : [...parts, ...links];
}

function anchor({ title, url }: MessageLink): string {
  return `<a href="${escaped(url)}" style="${style.link}">${words(title)}</a>`;
}

function partHtml(part: MessagePart): string {
  if (part.kind === 'text') return `<p style="${style.p}">${words(part.text)}</p>`;
  const heading = `<h2 style="${style.h2}">${words(part.heading)}</h2>`;
  if (part.kind === 'facts') {
    const rows = part.rows.map(
      (one) =>
        `<tr><th scope="row" style="${style.name}">${words(one.name)}</th><td style="${style.value}">${words(one.value)}</td></tr>`,
    );
    return `${heading}<table style="${style.table}"><tbody>${rows.join('')}</tbody></table>`;
  }
  const items = part.items.map((one) => {
    const ref = one.ref === undefined ? '' : `<strong>${words(one.ref)}</strong> `;
    const title = one.ref === undefined ? `<strong>${words(one.title)}</strong>` : words(one.title);
    return `<li style="${style.item}">${[ref + title, ...one.lines.map(words)].join('<br>')}</li>`;
  });
  return [
    heading,
    ...(part.note === undefined ? [] : [`<p style="${style.p}">${words(part.note)}</p>`]),
    ...(items.length === 0 ? [] : [`<ul style="${style.list}">${items.join('')}</ul>`]),
    ...(part.more === undefined ? [] : [`<p style="${style.p}">${words(part.more)}</p>`]),
  ].join('\n');
}

function textOf(content: MessageContent, links: readonly MessageLink[], foot: string): string {
  const say = (text: string): string => clean(text).trim();
  const parts = content.parts.map((part) => {
    if (part.kind === 'text') return say(part.text);
    const heading = say(part.heading).toUpperCase();
    if (part.kind === 'facts')
      return [heading, ...part.rows.map((one) => `${say(one.name)}: ${say(one.value)}`)].join('\n');
    const items = part.items.map((one) =>
      [
        `- ${one.ref === undefined ? '' : `${say(one.ref)} `}${say(one.title)}`,
        ...one.lines.map((line) => `  ${say(line)}`),
      ].join('\n'),
    );
    return [heading, ...[part.note, ...items, part.more].flatMap((one) => (one === undefined ? [] : [say(one)]))].join(
      '\n',
    );
  });
  const open =
    links.length === 0
      ? []
      : [[linksHeading.toUpperCase(), ...links.map((one) => `- ${say(one.title)}: ${one.url}`)].join('\n')];
  const blocks = [say(content.title), say(content.summary), ...inOrder(content, parts, open), say(foot)];
  return `${blocks.join('\n\n')}\n`;
}
