// A list item as Graph gives it: the envelope is looked at here and nowhere else, the columns when they are read.
import { UpstreamError } from '../errors';

/** A list item as Graph gives it, with the columns that were asked for. */
export interface ListItem {
  readonly id: string;
  readonly eTag: string;
  readonly fields: Readonly<Record<string, unknown>>;
}

export function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The envelope of an item. Throws UpstreamError: without id, version and fields there is no item to speak of. */
export function parseItem(raw: unknown): ListItem {
  if (isObject(raw)) {
    const { id, fields } = raw;
    const eTag = raw['eTag'] ?? raw['@odata.etag'];
    if (typeof id === 'string' && typeof eTag === 'string' && isObject(fields)) return { id, eTag, fields };
  }
  throw new UpstreamError('Microsoft Graph', 'A list item came without its id, version or fields.');
}
