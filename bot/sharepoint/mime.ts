// One e-mail as MIME: the same words as text and as HTML, a Message-ID of ours, plain ASCII all through (RFC 5322, 2045, 2047).

export interface MimeMail {
  readonly from: string;
  readonly to: { readonly name: string; readonly address: string };
  readonly subject: string;
  /** With its angle brackets. */
  readonly messageId: string;
  readonly text: string;
  readonly html: string;
}

/** Always the same bytes for the same mail; the mailbox adds the date. */
export function mimeOf(mail: MimeMail): string {
  // It cannot stand in a base64 body.
  const boundary = 'board-assistant=_alternative';
  const lines = [
    `From: <${oneLine(mail.from)}>`,
    `To: ${word(mail.to.name)} <${oneLine(mail.to.address)}>`,
    `Subject: ${word(mail.subject)}`,
    `Message-ID: ${oneLine(mail.messageId)}`,
    // RFC 3834: no machine answers a machine.
    'Auto-Submitted: auto-generated',
    'MIME-Version: 1.0',
    `Content-Type: multipart/alternative; boundary="${boundary}"`,
    '',
    ...part(boundary, 'text/plain', mail.text),
    ...part(boundary, 'text/html', mail.html),
    `--${boundary}--`,
    '',
  ];
  return lines.join('\r\n');
}

/** True for one address and nothing else: no second recipient, no header. */
export function isPlainAddress(address: string): boolean {
  return /^[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]+@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+$/.test(address);
}

function part(boundary: string, type: string, content: string): readonly string[] {
  const base64 = Buffer.from(content.replace(/\r?\n/g, '\r\n'), 'utf8').toString('base64');
  return [
    `--${boundary}`,
    `Content-Type: ${type}; charset=utf-8`,
    'Content-Transfer-Encoding: base64',
    '',
    ...(base64.match(/.{1,76}/g) ?? []),
  ];
}

/** Encoded words of at most 75 characters, never through the middle of a character (RFC 2047, 2). */
function word(text: string): string {
  const said = oneLine(text);
  const words: string[] = [];
  let piece = '';
  for (const character of said) {
    if (Buffer.byteLength(piece + character) > 42) {
      words.push(piece);
      piece = '';
    }
    piece += character;
  }
  return [...words, piece].map((one) => `=?utf-8?B?${Buffer.from(one, 'utf8').toString('base64')}?=`).join('\r\n ');
}

function oneLine(text: string): string {
  return text.replace(/[\u0000-\u001f\u007f]+/g, ' ').trim();
}
