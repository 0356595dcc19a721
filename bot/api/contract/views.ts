// What the pages of the tab read: one strict schema for each view.
import * as z from 'zod/mini';
import {
  list,
  line,
  words,
  civilDate,
  instant,
  claim,
  count,
  deliveryStatus,
  effectStatus,
  riskBand,
  mitigationStatus,
  owner,
  reason,
  asOf,
} from './terms';
import { spannedPlan } from './timeline';

const deadlineState = z.enum(['passed', 'today', 'coming']);
export const deadline = z.strictObject({ label: line, on: civilDate, words: line, state: deadlineState });

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
  kind: z.enum(['answer', 'date-change', 'plan', 'message', 'disagreement', 'adviser', 'risk']),
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
  /** When anybody last said something about its actions, and when a family or child was last heard. */
  updatedOn: z.optional(civilDate),
  heardOn: z.optional(civilDate),
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
  /** Clause 14: what could trouble the Secretary of State, each with what the board did about it. */
  warnings: z.strictObject({ rows: list(z.strictObject({ ref: line, text: line, done: list(line) })), total: count }),
  /** Of each direction the first; `more` counts those that are not among the rows. */
  changed: z.strictObject({
    sinceWords: line,
    rows: list(change),
    more: z.record(z.enum(['better', 'worse', 'neutral']), count),
    none: words,
  }),
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
  deputies: list(line),
  /** Whose it was before, the last first, in words. */
  handOvers: list(line),
  /** Its dates as they are drawn; absent when it has none. */
  plan: z.optional(spannedPlan),
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
      askedWords: line,
      decisionWords: line,
      decisionReason: words,
      waiting: z.boolean(),
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

const fromOneToFive = z.int().check(z.minimum(1), z.maximum(5));
const scoreOf = { likelihood: fromOneToFive, impact: fromOneToFive };

const riskRow = z.strictObject({
  ref: line,
  title: line,
  sentence: line,
  owner: z.optional(owner),
  areaLabels: list(line),
  /** Now, before anything was done about it, and as aimed for. */
  ...scoreOf,
  inherent: z.strictObject(scoreOf),
  target: z.strictObject(scoreOf),
  score: count,
  band: riskBand,
  inherentScore: count,
  targetScore: count,
  aboveTolerance: z.boolean(),
  movement: z.optional(z.number()),
  stuck: z.boolean(),
  rising: z.boolean(),
  reasons: list(reason),
  reviewWords: words,
  response: words,
  mitigations: list(
    z.strictObject({
      ref: line,
      text: line,
      status: mitigationStatus,
      owner: z.optional(owner),
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
      /** Where the reader may correct it with a new one. */
      correctAt: words,
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

export type BoardResponse = z.infer<typeof boardResponse>;
export type ActionsResponse = z.infer<typeof actionsResponse>;
export type ActionResponse = z.infer<typeof actionResponse>;
export type RisksResponse = z.infer<typeof risksResponse>;
export type LogResponse = z.infer<typeof logResponse>;
