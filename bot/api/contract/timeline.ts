// What the tab draws over time: the plan of one action, and of all by area.
import * as z from 'zod/mini';
import { asOf, civilDate, line, list } from './terms';

const day = z.optional(civilDate);

/** The dates of one action; `late` means after its date, completed or not. */
export const plan = z.strictObject({
  ref: line,
  areaRef: line,
  startOn: day,
  dueOn: day,
  earlierDueOn: list(civilDate),
  askedDueOn: day,
  forecastOn: day,
  completedOn: day,
  milestones: list(z.strictObject({ ref: line, title: line, dueOn: civilDate, completedOn: day, late: z.boolean() })),
});

const span = { fromOn: civilDate, toOn: civilDate };
const marked = z.strictObject({ on: civilDate, words: line });

/** One action's plan with the months it is drawn in. */
export const spannedPlan = z.strictObject({ ...span, todayOn: civilDate, plan });

/** GET /api/v1/timeline: whole months from the first date to the last. */
export const timelineResponse = z.strictObject({
  asOf,
  ...span,
  today: marked,
  /** When the notice wants the actions implemented. */
  aim: z.optional(marked),
  meetings: list(z.strictObject({ ref: line, on: civilDate })),
  areas: list(z.strictObject({ ref: line, label: line, plans: list(plan) })),
  /** Actions whose area is not in the board's list. */
  elsewhere: list(plan),
});

export type Plan = z.infer<typeof plan>;
export type TimelineResponse = z.infer<typeof timelineResponse>;
