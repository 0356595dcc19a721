// The HTTP contract between the service and the tab: one strict schema for each body, both ways.
import * as z from 'zod/mini';

const list = <Item extends z.ZodMiniType>(item: Item) => z.readonly(z.array(item));
const ref = z.string().check(z.regex(/^[A-Za-z0-9][A-Za-z0-9._-]{0,39}$/, 'Give the reference as in the plan.'));
const line = z.string();
const words = z.optional(line);
const civilDate = z.iso.date();
const instant = z.iso.datetime();
const claim = z.enum(['same', 'better', 'worse']);
const count = z.int().check(z.minimum(0));

export const deliveryStatus = z.enum(['not-started', 'on-track', 'at-risk', 'off-track', 'complete', 'embedded']);
export const effectStatus = z.enum(['too-early', 'no-evidence', 'some-evidence', 'clear-evidence']);
export const riskBand = z.enum(['low', 'moderate', 'high', 'extreme']);
export const mitigationStatus = z.enum(['not-started', 'in-progress', 'complete']);
export const pageName = z.enum(['board', 'actions', 'risks', 'log']);
export const accessRole = z.enum(['chair', 'secretary', 'member', 'owner', 'adviser']);

/** A person as the reader may see them: a name, or for volunteers their body alone. */
const owner = z.strictObject({ ref: line, name: line });
const reason = z.strictObject({ rule: line, text: line, records: list(line) });

/** From when the figures are; every view carries it. */
const asOf = z.strictObject({
  boardId: line,
  boardName: line,
  at: instant,
  atWords: line,
  readAtWords: line,
  /** Why the figures are older than they should be, in words. */
  stale: words,
});

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

const deadlineState = z.enum(['passed', 'today', 'coming']);
const deadline = z.strictObject({ label: line, on: civilDate, words: line, state: deadlineState });

const readinessCount = z.strictObject({
  label: line,
  words: line,
  complete: z.boolean(),
  /** Who or what is outstanding; only for those who may act on it. */
  outstanding: list(z.strictObject({ label: line, to: words })),
});

const nextMeeting = z.strictObject({
  ref: line,
  on: civilDate,
  words: line,
  distance: line,
  place: words,
  deadlines: list(deadline),
  readiness: list(readinessCount),
});

const need = z.strictObject({
  key: line,
  kind: z.enum(['answer', 'date-change', 'disagreement', 'adviser', 'risk']),
  title: line,
  text: line,
  to: words,
});

const slowRow = z.strictObject({
  ref: line,
  title: line,
  areaLabel: line,
  owner: z.optional(owner),
  computed: deliveryStatus,
  claimed: deliveryStatus,
  meetingsRunning: count,
  reasons: list(reason),
});

const areaRow = z.strictObject({
  ref: line,
  title: line,
  label: line,
  actions: count,
  slow: count,
  computed: z.record(deliveryStatus, count),
  claimed: z.record(deliveryStatus, count),
  effect: z.record(effectStatus, count),
  measuresBehind: count,
  measures: count,
  risksAboveTolerance: count,
  risks: count,
  asked: count,
  answered: count,
  trend: z.enum(['better', 'same', 'worse', 'not-recorded-then']),
});

const change = z.strictObject({
  ref: line,
  title: line,
  text: line,
  direction: z.enum(['better', 'worse', 'neutral']),
  to: words,
});

/** GET /api/v1/board: everything the first screen needs. */
export const boardResponse = z.strictObject({
  asOf,
  state: z.strictObject({ text: line, direction: z.enum(['better', 'same', 'worse', 'no-comparison']) }),
  next: z.optional(nextMeeting),
  needs: list(need),
  slow: z.strictObject({ rows: list(slowRow), total: count, open: count }),
  areas: list(areaRow),
  changed: z.strictObject({ sinceWords: line, rows: list(change), none: words }),
});

const actionRow = z.strictObject({
  ref: line,
  title: line,
  areaRef: line,
  areaLabel: line,
  owner: z.optional(owner),
  body: words,
  claimed: deliveryStatus,
  computed: deliveryStatus,
  claimedEffect: effectStatus,
  computedEffect: effectStatus,
  dueOn: z.optional(civilDate),
  dateMoves: count,
  percent: z.number(),
  milestonesDone: count,
  milestonesTotal: count,
  slow: z.boolean(),
  complete: z.boolean(),
  asked: z.boolean(),
  answered: z.boolean(),
  mine: z.boolean(),
  /** Claimed better than the record shows, in delivery or effect. */
  disagrees: z.boolean(),
  urgency: z.number(),
});

/** GET /api/v1/actions */
export const actionsResponse = z.strictObject({
  asOf,
  areas: list(z.strictObject({ ref: line, label: line, title: line })),
  rows: list(actionRow),
});

const update = z.strictObject({
  at: instant,
  words: line,
  by: line,
  forOwner: words,
  route: line,
  changes: list(line),
  narrative: words,
  effect: words,
  blocker: words,
  noChange: z.boolean(),
});

/** GET /api/v1/actions/:ref */
export const actionResponse = z.strictObject({
  asOf,
  action: actionRow,
  description: line,
  successMeasure: line,
  partnerBodies: list(line),
  clauses: list(line),
  dates: z.strictObject({
    startOn: z.optional(civilDate),
    dueOn: z.optional(civilDate),
    originalDueOn: z.optional(civilDate),
    forecastOn: z.optional(civilDate),
    completedOn: z.optional(civilDate),
    lateWords: words,
  }),
  blocker: z.optional(z.strictObject({ text: line, waitingOnBody: words, accepted: z.boolean() })),
  deliveryReasons: list(reason),
  slowReasons: list(reason),
  effectReasons: list(reason),
  deliveryClaim: claim,
  effectClaim: claim,
  milestones: list(
    z.strictObject({
      ref: line,
      title: line,
      dueOn: civilDate,
      originalDueOn: civilDate,
      completedOn: z.optional(civilDate),
      lateWords: words,
    }),
  ),
  dateChanges: list(
    z.strictObject({
      ref: line,
      what: line,
      fromOn: civilDate,
      toOn: civilDate,
      reason: line,
      decisionWords: line,
    }),
  ),
  evidence: list(
    z.strictObject({
      ref: line,
      kindWords: line,
      sourceBody: line,
      on: civilDate,
      summary: line,
      strength: line,
      contrary: z.boolean(),
      resolvedOn: z.optional(civilDate),
      link: words,
    }),
  ),
  updates: list(update),
  measures: list(z.strictObject({ ref: line, name: line, text: line })),
  risks: list(z.strictObject({ ref: line, title: line, score: count, band: riskBand })),
  /** Present when the reader may answer; the version they saw goes back with the answer. */
  answering: z.optional(z.strictObject({ version: words, dueWords: words, percent: z.optional(z.number()) })),
});

const riskRow = z.strictObject({
  ref: line,
  title: line,
  sentence: line,
  owner: z.optional(owner),
  areaLabels: list(line),
  likelihood: z.int().check(z.minimum(1), z.maximum(5)),
  impact: z.int().check(z.minimum(1), z.maximum(5)),
  score: count,
  band: riskBand,
  inherentScore: count,
  targetScore: count,
  aboveTolerance: z.boolean(),
  movement: z.optional(z.number()),
  stuck: z.boolean(),
  rising: z.boolean(),
  reasons: list(reason),
  mitigations: list(
    z.strictObject({
      ref: line,
      text: line,
      status: mitigationStatus,
      dueOn: z.optional(civilDate),
      overdue: z.boolean(),
    }),
  ),
  actionRefs: list(line),
});

/** GET /api/v1/risks */
export const risksResponse = z.strictObject({ asOf, tolerance: count, rows: list(riskRow) });

/** GET /api/v1/log; each file is read at GET /api/v1/log/:meetingRef/:name */
export const logResponse = z.strictObject({
  asOf,
  logs: list(
    z.strictObject({
      meetingRef: line,
      meetingWords: line,
      kind: z.enum(['for the meeting', 'after the meeting']),
      frozenOn: civilDate,
      hash: line,
      shortCode: line,
      actions: count,
      slow: z.optional(count),
    }),
  ),
  papers: list(
    z.strictObject({
      meetingRef: line,
      meetingWords: line,
      name: line,
      kindWords: line,
      bytes: count,
    }),
  ),
  /** Meetings whose papers could not be listed just now, in words. */
  unread: words,
});

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
  changed: z.optional(list(z.strictObject({ field: line, theirs: line, yours: line }))),
  currentVersion: words,
  retryAfterSeconds: z.optional(z.int()),
});

export type ConfigResponse = z.infer<typeof configResponse>;
export type SignInResponse = z.infer<typeof signInResponse>;
export type MeResponse = z.infer<typeof meResponse>;
export type BoardResponse = z.infer<typeof boardResponse>;
export type ActionsResponse = z.infer<typeof actionsResponse>;
export type ActionResponse = z.infer<typeof actionResponse>;
export type RisksResponse = z.infer<typeof risksResponse>;
export type LogResponse = z.infer<typeof logResponse>;
export type AnswerRequest = z.infer<typeof answerRequest>;
export type AnswerResponse = z.infer<typeof answerResponse>;
export type Problem = z.infer<typeof problem>;
export type DeliveryStatus = z.infer<typeof deliveryStatus>;
export type EffectStatus = z.infer<typeof effectStatus>;
