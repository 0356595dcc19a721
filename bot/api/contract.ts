// The HTTP contract between the service and the tab: one strict schema for each body, both ways.
import { z } from 'zod';

const list = <Item extends z.ZodType>(item: Item) => z.array(item).readonly();
const ref = z.string().regex(/^[A-Za-z0-9][A-Za-z0-9._-]{0,39}$/, 'Give the reference as it stands in the plan.');
const civilDate = z.iso.date();
const instant = z.iso.datetime();
const month = z.string().regex(/^\d{4}-(0[1-9]|1[0-2])$/);
const count = z.int().min(0);

export const deliveryStatus = z.enum(['not-started', 'on-track', 'at-risk', 'off-track', 'complete', 'embedded']);
export const effectStatus = z.enum(['too-early', 'no-evidence', 'some-evidence', 'clear-evidence']);
export const riskBand = z.enum(['low', 'moderate', 'high', 'extreme']);
export const mitigationStatus = z.enum(['not-started', 'in-progress', 'complete']);
export const pageName = z.enum(['board', 'actions', 'risks', 'log']);
export const accessRole = z.enum(['chair', 'secretary', 'member', 'owner', 'adviser']);
const trend = z.enum(['better', 'same', 'worse', 'not-recorded-then']);

/** A person as the reader may see them: a name, or for volunteers their body alone. */
const owner = z.strictObject({ ref: z.string(), name: z.string() });
const reason = z.strictObject({ rule: z.string(), text: z.string(), records: list(z.string()) });

/** From when the figures are; every view carries it. */
const asOf = z.strictObject({
  boardId: z.string(),
  boardName: z.string(),
  at: instant,
  atWords: z.string(),
  readAtWords: z.string(),
  /** Why the figures are older than they should be, in words. */
  stale: z.string().optional(),
});

/** GET /api/v1/config: what the tab must know before anybody is signed in. */
export const configResponse = z.strictObject({
  mode: z.enum(['local', 'trial', 'production']),
  /** Only in local mode: the sample people one may be. */
  signIn: z
    .strictObject({ people: list(z.strictObject({ ref: z.string(), name: z.string(), role: z.string() })) })
    .optional(),
});

/** POST /api/v1/local/sign-in: only in local mode. */
export const signInRequest = z.strictObject({ as: ref });
export const signInResponse = z.strictObject({ accessToken: z.string(), expiresInSeconds: z.int().positive() });

/** The query of every view: which board (the reader's first when absent), and whether SharePoint is read again. */
export const viewQuery = z.strictObject({ board: z.string().max(80).optional(), fresh: z.enum(['true']).optional() });

export const meResponse = z.strictObject({
  personRef: z.string(),
  name: z.string(),
  roleWords: z.string(),
  role: accessRole,
  boardId: z.string(),
  boardName: z.string(),
  boards: list(z.strictObject({ id: z.string(), name: z.string() })),
  pages: list(pageName),
});

const deadlineState = z.enum(['passed', 'today', 'coming']);
const deadline = z.strictObject({ label: z.string(), on: civilDate, words: z.string(), state: deadlineState });

const readinessCount = z.strictObject({
  label: z.string(),
  words: z.string(),
  complete: z.boolean(),
  /** Who or what is outstanding; only for those who may act on it. */
  outstanding: list(z.strictObject({ label: z.string(), to: z.string().optional() })),
});

const nextMeeting = z.strictObject({
  ref: z.string(),
  on: civilDate,
  words: z.string(),
  distance: z.string(),
  place: z.string().optional(),
  deadlines: list(deadline),
  readiness: list(readinessCount),
});

const need = z.strictObject({
  key: z.string(),
  kind: z.enum(['answer', 'date-change', 'disagreement', 'adviser', 'risk']),
  title: z.string(),
  text: z.string(),
  to: z.string().optional(),
});

const slowRow = z.strictObject({
  ref: z.string(),
  title: z.string(),
  areaLabel: z.string(),
  owner: owner.optional(),
  computed: deliveryStatus,
  claimed: deliveryStatus,
  meetingsRunning: count,
  reasons: list(reason),
});

const areaRow = z.strictObject({
  ref: z.string(),
  title: z.string(),
  label: z.string(),
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
  trend,
});

const change = z.strictObject({
  ref: z.string(),
  title: z.string(),
  text: z.string(),
  direction: z.enum(['better', 'worse', 'neutral']),
  to: z.string().optional(),
});

/** GET /api/v1/board: everything the first screen needs. */
export const boardResponse = z.strictObject({
  asOf,
  state: z.strictObject({ text: z.string(), direction: z.enum(['better', 'same', 'worse', 'no-comparison']) }),
  next: nextMeeting.optional(),
  needs: list(need),
  slow: z.strictObject({ rows: list(slowRow), total: count, open: count }),
  areas: list(areaRow),
  changed: z.strictObject({ sinceWords: z.string(), rows: list(change), none: z.string().optional() }),
});

const actionRow = z.strictObject({
  ref: z.string(),
  title: z.string(),
  areaRef: z.string(),
  areaLabel: z.string(),
  owner: owner.optional(),
  body: z.string().optional(),
  claimed: deliveryStatus,
  computed: deliveryStatus,
  claimedEffect: effectStatus,
  computedEffect: effectStatus,
  dueOn: civilDate.optional(),
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
  areas: list(z.strictObject({ ref: z.string(), label: z.string(), title: z.string() })),
  rows: list(actionRow),
});

const update = z.strictObject({
  at: instant,
  words: z.string(),
  by: z.string(),
  forOwner: z.string().optional(),
  route: z.string(),
  changes: list(z.string()),
  narrative: z.string().optional(),
  effect: z.string().optional(),
  blocker: z.string().optional(),
});

/** GET /api/v1/actions/:ref */
export const actionResponse = z.strictObject({
  asOf,
  action: actionRow,
  description: z.string(),
  successMeasure: z.string(),
  partnerBodies: list(z.string()),
  clauses: list(z.string()),
  dates: z.strictObject({
    startOn: civilDate.optional(),
    dueOn: civilDate.optional(),
    originalDueOn: civilDate.optional(),
    forecastOn: civilDate.optional(),
    completedOn: civilDate.optional(),
    lateWords: z.string().optional(),
  }),
  blocker: z.strictObject({ text: z.string(), waitingOnBody: z.string().optional(), accepted: z.boolean() }).optional(),
  deliveryReasons: list(reason),
  slowReasons: list(reason),
  effectReasons: list(reason),
  deliveryClaim: z.enum(['same', 'better', 'worse']),
  effectClaim: z.enum(['same', 'better', 'worse']),
  milestones: list(
    z.strictObject({
      ref: z.string(),
      title: z.string(),
      dueOn: civilDate,
      originalDueOn: civilDate,
      completedOn: civilDate.optional(),
      lateWords: z.string().optional(),
    }),
  ),
  dateChanges: list(
    z.strictObject({
      ref: z.string(),
      what: z.string(),
      fromOn: civilDate,
      toOn: civilDate,
      reason: z.string(),
      decisionWords: z.string(),
    }),
  ),
  evidence: list(
    z.strictObject({
      ref: z.string(),
      kindWords: z.string(),
      sourceBody: z.string(),
      on: civilDate,
      summary: z.string(),
      strength: z.string(),
      contrary: z.boolean(),
      resolvedOn: civilDate.optional(),
      link: z.string().optional(),
    }),
  ),
  updates: list(update),
  measures: list(z.strictObject({ ref: z.string(), name: z.string(), text: z.string() })),
  risks: list(z.strictObject({ ref: z.string(), title: z.string(), score: count, band: riskBand })),
  /** Present when the reader may answer; the version they saw goes back with the answer. */
  answering: z.strictObject({ version: z.string().optional(), dueWords: z.string().optional() }).optional(),
});

const riskRow = z.strictObject({
  ref: z.string(),
  title: z.string(),
  sentence: z.string(),
  owner: owner.optional(),
  areaLabels: list(z.string()),
  likelihood: z.int().min(1).max(5),
  impact: z.int().min(1).max(5),
  score: count,
  band: riskBand,
  inherentScore: count,
  targetScore: count,
  aboveTolerance: z.boolean(),
  movement: z.number().optional(),
  stuck: z.boolean(),
  rising: z.boolean(),
  reasons: list(reason),
  mitigations: list(
    z.strictObject({
      ref: z.string(),
      text: z.string(),
      status: mitigationStatus,
      dueOn: civilDate.optional(),
      overdue: z.boolean(),
    }),
  ),
  actionRefs: list(z.string()),
});

/** GET /api/v1/risks */
export const risksResponse = z.strictObject({ asOf, tolerance: count, rows: list(riskRow) });

/** GET /api/v1/log; each file is read at GET /api/v1/log/:meetingRef/:name */
export const logResponse = z.strictObject({
  asOf,
  logs: list(
    z.strictObject({
      meetingRef: z.string(),
      meetingWords: z.string(),
      kind: z.enum(['for the meeting', 'after the meeting']),
      frozenOn: civilDate,
      hash: z.string(),
      shortCode: z.string(),
      actions: count,
      slow: count.optional(),
    }),
  ),
  papers: list(
    z.strictObject({
      meetingRef: z.string(),
      meetingWords: z.string(),
      name: z.string(),
      kindWords: z.string(),
      bytes: count,
    }),
  ),
  /** Meetings whose papers could not be listed just now, in words. */
  unread: z.string().optional(),
});

const text = z.string().trim().max(4000, 'Keep it under 4,000 characters.');

const actionAnswer = z.strictObject({
  kind: z.literal('action'),
  ref,
  noChange: z.boolean().exactOptional(),
  deliveryStatus: deliveryStatus.exactOptional(),
  percentComplete: z.number().exactOptional(),
  milestonesCompleted: z.array(ref).max(50).readonly().exactOptional(),
  forecastOn: civilDate.nullable().exactOptional(),
  narrative: text.exactOptional(),
  effectStatus: effectStatus.exactOptional(),
  effect: text.exactOptional(),
  blocker: z
    .strictObject({ text, waitingOnBody: z.string().max(200).exactOptional() })
    .nullable()
    .exactOptional(),
  evidenceLink: z.string().max(2000).exactOptional(),
  reply: text.exactOptional(),
});

const riskAnswer = z.strictObject({
  kind: z.literal('risk'),
  ref,
  noChange: z.boolean().exactOptional(),
  likelihood: z.number().exactOptional(),
  impact: z.number().exactOptional(),
  reason: text.exactOptional(),
  mitigations: z
    .array(z.strictObject({ ref, status: mitigationStatus }))
    .max(50)
    .readonly()
    .exactOptional(),
});

const mitigationAnswer = z.strictObject({
  kind: z.literal('mitigation'),
  ref,
  noChange: z.boolean().exactOptional(),
  status: mitigationStatus.exactOptional(),
  narrative: text.exactOptional(),
});

const measureAnswer = z.strictObject({
  kind: z.literal('measure'),
  ref,
  period: month,
  value: z.number(),
  source: z.string().max(400).exactOptional(),
  note: text.exactOptional(),
});

/** POST /api/v1/answers; the nonce makes a repeat harmless. */
export const answerRequest = z.strictObject({
  boardId: z.string().max(80).exactOptional(),
  nonce: z.string().regex(/^[A-Za-z0-9-]{8,64}$/),
  answer: z.discriminatedUnion('kind', [actionAnswer, riskAnswer, mitigationAnswer, measureAnswer]),
  seenVersion: z.string().max(200).exactOptional(),
  confirmedWarnings: z.boolean().exactOptional(),
});

export const answerResponse = z.strictObject({
  ref: z.string(),
  title: z.string(),
  changed: list(z.string()),
  noChange: z.boolean(),
  savedAt: instant,
  recordedAs: z.enum(['answered', 'late']),
});

/** RFC 9457, always in words for people; 2xx alone means saved. */
export const problem = z.strictObject({
  type: z.string(),
  title: z.string(),
  status: z.int(),
  detail: z.string(),
  instance: z.string().optional(),
  issues: list(z.strictObject({ field: z.string(), message: z.string() })).optional(),
  warnings: list(z.string()).optional(),
  changed: list(z.strictObject({ field: z.string(), theirs: z.string(), yours: z.string() })).optional(),
  currentVersion: z.string().optional(),
  retryAfterSeconds: z.int().optional(),
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
export type PageName = z.infer<typeof pageName>;
