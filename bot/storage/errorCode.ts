// The code that the system or the database gave an error: `ENOENT`, `42P01`.

/** Undefined when there is none. Asks by shape: errors of Node's own can come from another realm. */
export function errorCode(error: unknown): string | undefined {
  if (typeof error !== 'object' || error === null || !('code' in error)) return undefined;
  return typeof error.code === 'string' ? error.code : undefined;
}
