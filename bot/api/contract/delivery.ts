// The bodies about delivery: who got which message, by which way, why not, and what is sent again.
import * as z from 'zod/mini';
import { civilDate, count, instant, line, list, ref, words } from './terms';

const route = z.enum(['chat', 'e-mail']);

/** GET /api/v1/boards/:boardId/delivery; the next meeting when none is named. */
export const deliveryQuery = z.strictObject({ meeting: z.optional(ref) });

/** Secretary and chair see all lines, others their own. */
export const deliveryResponse = z.strictObject({
  meetingRef: line,
  meetingWords: line,
  steps: list(
    z.strictObject({
      step: line,
      title: line,
      totals: z.strictObject({
        people: count,
        sent: count,
        byChat: count,
        byMail: count,
        waiting: count,
        uncertain: count,
        notReached: count,
        cancelled: count,
        answered: count,
      }),
      lines: list(
        z.strictObject({
          personRef: line,
          name: line,
          step: line,
          state: z.enum(['planned', 'claimed', 'sending', 'sent', 'failed', 'uncertain', 'cancelled']),
          words: line,
          route: z.optional(route),
          plannedAt: instant,
          sentAt: z.optional(instant),
          why: words,
          answered: z.optional(z.strictObject({ done: count, of: count, lastOn: z.optional(civilDate) })),
          mayHaveArrivedTwice: z.boolean(),
          /** `warned`: it may arrive twice, so it is asked for with `mayArriveTwice`. */
          resend: z.optional(z.enum(['plain', 'warned'])),
        }),
      ),
    }),
  ),
  notReached: list(z.strictObject({ personRef: line, name: line, why: line })),
  /** Why nothing goes out. */
  paused: words,
  isWhole: z.boolean(),
  mayResend: z.boolean(),
});

/** POST /api/v1/boards/:boardId/delivery/resend, the secretary alone; 422 `confirm` until `mayArriveTwice`. */
export const resendRequest = z.strictObject({
  meetingRef: ref,
  step: z.string().check(z.minLength(1), z.maxLength(200)),
  personRef: ref,
  mayArriveTwice: z.exactOptional(z.boolean()),
});
export const resendResponse = z.strictObject({ words: line });

export type DeliveryResponse = z.infer<typeof deliveryResponse>;
export type ResendResponse = z.infer<typeof resendResponse>;
