// Text as a person reads it, out of what SharePoint keeps: its own rich text is HTML.

const entities: Readonly<Record<string, string>> = { nbsp: ' ', amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

/**
 * Text as a person reads it. Only SharePoint's own rich text, which is always one block of HTML, is reduced;
 * plain text that happens to hold a `<` stays as it was written.
 */
export function plainText(text: string): string {
  const trimmed = text.trim();
  if (!/^<(div|p)\b[^>]*>[^]*<\/(div|p)>$/i.test(trimmed)) return trimmed;
  return trimmed
    .replace(/<(style|script)\b[^]*?<\/\1>/gi, '')
    .replace(/<br\s*\/?>|<\/(p|div|li|tr|h\d)>/gi, '\n')
    .replace(/<[^>]*>/g, '')
    .replace(/&(#x?[0-9a-f]+|\w+);/gi, (whole, name: string) => entityOf(name) ?? whole)
    .replace(/[\u200B\uFEFF]/g, '')
    .replace(/[ \t\u00A0]+/g, ' ')
    .replace(/ *\n */g, '\n')
    .replace(/\n{3,}/g, '\n\n')
    .trim();
}

function entityOf(name: string): string | undefined {
  if (!name.startsWith('#')) return entities[name.toLowerCase()];
  const code = /^#x/i.test(name) ? Number.parseInt(name.slice(2), 16) : Number.parseInt(name.slice(1), 10);
  return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : undefined;
}
