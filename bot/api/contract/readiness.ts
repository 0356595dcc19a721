// The bodies of the readiness page: who was asked, reached and answered; a reminder at the secretary's wish; a card before it goes.
import * as z from 'zod/mini';
import { asOf, count, line, list, ref, words } from './terms';
import { deadline } from './views';

const item = z.strictObject({ ref: line, title: line, to: words });
/** What the last message for the meeting was, and what became of it. */
const last = z.strictObject({
  title: line,
  words: line,
  state: z.enum(['reached', 'waiting', 'uncertain', 'not-reached']),
});

/** GET /api/v1/readiness, for secretary and chair. */
export const readinessResponse = z.strictObject({
  asOf,
  /** How ready the next meeting is, in a sentence. */
  lead: line,
  /** The meeting prepared for; absent: none is planned. */
  meeting: z.optional(z.strictObject({ ref: line, words: line, distance: line })),
  /** The reader may remind, invite and look at cards. */
  mayAct: z.boolean(),
  people: list(
    z.strictObject({
      personRef: line,
      name: line,
      body: line,
      asked: count,
      answered: count,
      last: z.optional(last),
      outstanding: list(item),
      /** By which way a reminder would go now; absent: none would. */
      nudgeBy: z.optional(z.enum(['chat', 'e-mail'])),
      /** Why none would. */
      notNow: words,
    }),
  ),
  /** Why nobody is reminded now. */
  nudgesClosed: words,
  deadlines: list(deadline),
  papers: z.strictObject({ released: z.boolean(), words: line }),
  /** The channel of Teams that gets the public messages. */
  channel: z.strictObject({ words: line, last: z.optional(last) }),
});

/** POST /api/v1/boards/:boardId/nudges, the secretary alone: those whom they saw in the preview, and nobody else. */
export const nudgeRequest = z.strictObject({
  meetingRef: ref,
  personRefs: z.readonly(z.array(ref).check(z.minLength(1), z.maxLength(500))),
});
const named = { personRef: line, name: line };
export const nudgeResponse = z.strictObject({
  sent: list(z.strictObject(named)),
  notSent: list(z.strictObject({ ...named, why: line })),
  words: line,
});

/** GET /api/v1/boards/:boardId/cards/:personRef, the secretary alone. */
export const cardResponse = z.strictObject({
  name: line,
  what: line,
  route: z.enum(['chat', 'e-mail']),
  card: z.optional(z.record(z.string(), z.unknown())),
  text: line,
});

export type ReadinessResponse = z.infer<typeof readinessResponse>;
export type NudgeResponse = z.infer<typeof nudgeResponse>;
export type CardResponse = z.infer<typeof cardResponse>;
