// The fields of a form that was posted; none of anything else.

export function readForm(body: unknown): Record<string, string> {
  return Buffer.isBuffer(body) ? Object.fromEntries(new URLSearchParams(body.toString('utf8'))) : {};
}
