// The bodies about the invitations of one meeting: how they stand, and what a sending did.
import * as z from 'zod/mini';
import { civilDate, line, list, words } from './terms';

/** GET /api/v1/boards/:boardId/meetings/:ref/invitations; for secretary and chair. */
export const invitationsResponse = z.strictObject({
  meetingRef: line,
  title: line,
  latestOn: civilDate,
  summary: line,
  people: list(
    z.strictObject({
      personRef: line,
      name: line,
      role: line,
      adviser: z.boolean(),
      state: z.enum(['accepted', 'tentative', 'declined', 'invited', 'not-arrived', 'not-told-of-move', 'not-invited']),
      words: line,
    }),
  ),
  gaps: list(line),
  /** What one press would do; absent: nothing is left to do. */
  next: z.optional(z.strictObject({ title: line, words: list(line) })),
  joinUrl: words,
  /** Why the calendar could not be looked at, or nothing can be sent. */
  problem: words,
});

/** POST to the same address, by the secretary: sends what is missing, or sends again what did not arrive. */
export const inviteRequest = z.strictObject({});
export const inviteResponse = z.strictObject({ words: list(line), view: invitationsResponse });

export type InvitationsResponse = z.infer<typeof invitationsResponse>;
export type InviteResponse = z.infer<typeof inviteResponse>;
