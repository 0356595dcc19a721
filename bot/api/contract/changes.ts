// How the tab hears of changes: a ticket for one connection, and what the connection says.
import * as z from 'zod/mini';
import { line } from './terms';

/** POST /api/v1/boards/:board/changes/ticket: an EventSource sends no header, so the ticket stands in its address. */
export const changesTicketResponse = z.strictObject({
  /** For one connection, within the seconds that follow. */
  ticket: line,
  expiresInSeconds: z.int().check(z.positive()),
});

/** GET /api/v1/changes?ticket=...: the events, without what changed: the views are asked for that. */
export const changesQuery = z.strictObject({ ticket: z.string().check(z.regex(/^[A-Za-z0-9_-]{43}$/)) });
export const changesEvents = { changed: 'changed', ready: 'ready' } as const;

export type ChangesTicketResponse = z.infer<typeof changesTicketResponse>;
