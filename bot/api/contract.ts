// The HTTP contract between the service and the tab: one strict schema for each body, both ways.
import * as z from 'zod/mini';
import {
  list,
  ref,
  line,
  words,
  civilDate,
  instant,
  deliveryStatus,
  effectStatus,
  mitigationStatus,
  pageName,
  accessRole,
} from './contract/terms';

export * from './contract/changes';
export * from './contract/contributions';
export * from './contract/delivery';
export * from './contract/invitations';
export * from './contract/logs';
export * from './contract/measures';
export * from './contract/meeting';
export * from './contract/readiness';
export * from './contract/search';
export * from './contract/settings';
export * from './contract/timeline';
export { managedResponse } from './contract/manage';
export * from './contract/views';
export { deliveryStatus, effectStatus };

/** GET /api/v1/config: what the tab must know before anybody is signed in. */
export const configResponse = z.strictObject({
  mode: z.enum(['local', 'trial', 'production']),
  /** Only in local mode: the sample people one may be. */
  signIn: z.optional(z.strictObject({ people: list(z.strictObject({ ref: line, name: line, role: line })) })),
});

/** POST /api/v1/local/sign-in: only in local mode. */
export const signInRequest = z.strictObject({ as: ref });
export const signInResponse = z.strictObject({ accessToken: line, expiresInSeconds: z.int().check(z.positive()) });

/** The query of every view: which board (the reader's first when absent), and whether SharePoint is read again. */
export const viewQuery = z.strictObject({
  board: z.optional(z.string().check(z.maxLength(80))),
  fresh: z.optional(z.enum(['true'])),
  /** Who reads comes along, so that a first page needs one request: the answer is a `viewWithReader`. */
  reader: z.optional(z.enum(['true'])),
});

export const meResponse = z.strictObject({
  personRef: line,
  name: line,
  roleWords: line,
  role: accessRole,
  boardId: line,
  boardName: line,
  boards: list(z.strictObject({ id: line, name: line })),
  pages: list(pageName),
});

/** A view with who reads it, where the query asks for both. */
export const viewWithReader = z.strictObject({ reader: meResponse, view: z.unknown() });

const text = z.string().check(z.trim(), z.maxLength(4000, 'Keep it under 4,000 characters.'));

const actionAnswer = z.strictObject({
  kind: z.literal('action'),
  ref,
  noChange: z.exactOptional(z.boolean()),
  deliveryStatus: z.exactOptional(deliveryStatus),
  percentComplete: z.exactOptional(z.number()),
  milestonesCompleted: z.exactOptional(z.readonly(z.array(ref).check(z.maxLength(50)))),
  forecastOn: z.exactOptional(z.nullable(civilDate)),
  narrative: z.exactOptional(text),
  effectStatus: z.exactOptional(effectStatus),
  effect: z.exactOptional(text),
  blocker: z.exactOptional(
    z.nullable(z.strictObject({ text, waitingOnBody: z.exactOptional(z.string().check(z.maxLength(200))) })),
  ),
  evidenceLink: z.exactOptional(z.string().check(z.maxLength(2000))),
  reply: z.exactOptional(text),
});

const mitigationChange = z.strictObject({ ref, status: mitigationStatus });
const riskAnswer = z.strictObject({
  kind: z.literal('risk'),
  ref,
  noChange: z.exactOptional(z.boolean()),
  likelihood: z.exactOptional(z.number()),
  impact: z.exactOptional(z.number()),
  reason: z.exactOptional(text),
  mitigations: z.exactOptional(z.readonly(z.array(mitigationChange).check(z.maxLength(50)))),
});

const mitigationAnswer = z.strictObject({
  kind: z.literal('mitigation'),
  ref,
  noChange: z.exactOptional(z.boolean()),
  status: z.exactOptional(mitigationStatus),
  narrative: z.exactOptional(text),
});

const measureAnswer = z.strictObject({
  kind: z.literal('measure'),
  ref,
  period: z.string().check(z.regex(/^\d{4}-(0[1-9]|1[0-2])$/)),
  value: z.number(),
  source: z.exactOptional(z.string().check(z.maxLength(400))),
  note: z.exactOptional(text),
});

/** POST /api/v1/answers; the nonce makes a repeat harmless. */
export const answerRequest = z.strictObject({
  boardId: z.exactOptional(z.string().check(z.maxLength(80))),
  nonce: z.string().check(z.regex(/^[A-Za-z0-9-]{8,64}$/)),
  answer: z.discriminatedUnion('kind', [actionAnswer, riskAnswer, mitigationAnswer, measureAnswer]),
  seenVersion: z.exactOptional(z.string().check(z.maxLength(200))),
  confirmedWarnings: z.exactOptional(z.boolean()),
});

export const answerResponse = z.strictObject({
  ref: line,
  title: line,
  changed: list(line),
  noChange: z.boolean(),
  savedAt: instant,
  recordedAs: z.enum(['answered', 'late']),
});

/** RFC 9457, always in words for people; 2xx alone means saved. */
export const problem = z.strictObject({
  type: line,
  title: line,
  status: z.int(),
  detail: line,
  instance: words,
  issues: z.optional(list(z.strictObject({ field: line, message: line }))),
  warnings: z.optional(list(line)),
  /** `by` and `atWords`: who wrote theirs and when, where the update history says so. */
  changed: z.optional(list(z.strictObject({ field: line, theirs: line, yours: line, by: words, atWords: words }))),
  currentVersion: words,
  retryAfterSeconds: z.optional(z.int()),
});

export type ConfigResponse = z.infer<typeof configResponse>;
export type SignInResponse = z.infer<typeof signInResponse>;
export type MeResponse = z.infer<typeof meResponse>;
export type ViewWithReader = z.infer<typeof viewWithReader>;
export type AnswerRequest = z.infer<typeof answerRequest>;
export type AnswerResponse = z.infer<typeof answerResponse>;
export type Problem = z.infer<typeof problem>;
export type DeliveryStatus = z.infer<typeof deliveryStatus>;
export type EffectStatus = z.infer<typeof effectStatus>;
