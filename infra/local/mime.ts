// Reads what a client sends as MIME: headers, one text, one HTML, names of attachments (RFC 5322, 2045, 2046, 2047).

export interface MimeMessage {
  /** Without regard to case; the first of each name. */
  header(name: string): string | undefined;
  readonly text?: string;
  readonly html?: string;
  readonly attachments: readonly string[];
}

/** Undefined for what is no message: there is no header or no end of the headers. */
export function readMime(source: Buffer): MimeMessage | undefined {
  // One character a byte, so that each part is decoded by its own character set.
  const read = readEntity(source.toString('latin1'));
  if (read === undefined || read.headers.size === 0) return undefined;
  const leaves = leavesOf(read);
  const bodyOf = (type: string): string | undefined => {
    const leaf = leaves.find((one) => one.type === type && one.name === undefined);
    return leaf && contentOf(leaf.entity);
  };
  const text = bodyOf('text/plain');
  const html = bodyOf('text/html');
  return {
    header: (name) => read.headers.get(name.toLowerCase()),
    ...(text === undefined ? {} : { text }),
    ...(html === undefined ? {} : { html }),
    attachments: leaves.flatMap((one) => one.name ?? []),
  };
}

interface Entity {
  readonly headers: ReadonlyMap<string, string>;
  readonly body: string;
}

function readEntity(source: string): Entity | undefined {
  const end = /\r?\n\r?\n/.exec(source);
  if (!end) return undefined;
  const headers = new Map<string, string>();
  const lines = source
    .slice(0, end.index)
    .replace(/\r?\n[ \t]+/g, ' ')
    .split(/\r?\n/);
  for (const line of lines) {
    const [, name, value] = /^([!-9;-~]+):[ \t]*(.*)$/.exec(line) ?? [];
    if (name === undefined || value === undefined) return undefined;
    if (!headers.has(name.toLowerCase())) headers.set(name.toLowerCase(), decodeWords(value.trim()));
  }
  return { headers, body: source.slice(end.index + end[0].length) };
}

interface Leaf {
  readonly type: string;
  readonly name?: string;
  readonly entity: Entity;
}

function leavesOf(entity: Entity): readonly Leaf[] {
  const contentType = entity.headers.get('content-type') ?? 'text/plain';
  const type = (contentType.split(';')[0] ?? '').trim().toLowerCase();
  const boundary = /boundary="?([^";]+)"?/i.exec(contentType)?.[1];
  if (!type.startsWith('multipart/') || boundary === undefined) {
    const name = /filename="?([^";]+)"?/i.exec(entity.headers.get('content-disposition') ?? '')?.[1];
    return [{ type, entity, ...(name === undefined ? {} : { name }) }];
  }
  const [, ...parts] = `\r\n${entity.body}`.split(`\r\n--${boundary}`);
  return parts
    .filter((one) => !one.startsWith('--'))
    .flatMap((one) => {
      const inner = readEntity(one.replace(/^[ \t]*\r\n/, ''));
      return inner ? leavesOf(inner) : [];
    });
}

function contentOf({ headers, body }: Entity): string {
  const encoding = (headers.get('content-transfer-encoding') ?? '7bit').toLowerCase();
  if (encoding === 'base64') return Buffer.from(body, 'base64').toString('utf8');
  if (encoding !== 'quoted-printable') return Buffer.from(body, 'latin1').toString('utf8');
  return quoted(body.replace(/=[ \t]*\r?\n/g, ''));
}

function quoted(text: string): string {
  const bytes = text.replace(/=([0-9A-F]{2})/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
  return Buffer.from(bytes, 'latin1').toString('utf8');
}

/** Words that stand for other characters; the space between two of them is none. */
function decodeWords(value: string): string {
  return value
    .replace(/(\?=)\s+(=\?)/g, '$1$2')
    .replace(/=\?utf-8\?([bq])\?([^?]*)\?=/gi, (_, kind: string, word: string) =>
      kind.toLowerCase() === 'b' ? Buffer.from(word, 'base64').toString('utf8') : quoted(word.replaceAll('_', ' ')),
    );
}
