// The form of records of the plan: areas, people, actions, risks, measures and their evidence.
import { z } from 'zod';
import type * as model from '../board/model';
import {
  stamp,
  text,
  textOr,
  maybeText,
  date,
  maybeDate,
  flag,
  number,
  words,
  delivery,
  effect,
  evidenceKind,
  quietPeriod,
  score,
  point,
} from './shapeParts';

export const area = z.object({
  stamp,
  ref: text,
  title: text,
  kind: z.enum(['priority', 'improvement']),
  aim: textOr,
  shortLabel: maybeText,
  clauses: words,
  responsibleBodies: words,
}) satisfies z.ZodType<model.Area>;

export const body = z.object({
  stamp,
  name: text,
  escalationPersonRef: maybeText,
  volunteer: flag,
  requiredAtBoard: flag,
  quietDays: z.array(quietPeriod).readonly().default([]),
}) satisfies z.ZodType<model.Body>;

export const person = z.object({
  stamp,
  ref: text,
  name: text,
  role: textOr,
  boardRole: z.enum([
    'chair',
    'secretary',
    'member',
    'owner',
    'deputy',
    'dfe-send-adviser',
    'nhse-adviser',
    'dfe-case-lead',
  ]),
  body: text,
  email: maybeText,
  entraObjectId: maybeText,
  external: flag,
  volunteer: flag,
  requiredByNotice: flag,
  deputyRefs: words,
  leavesOn: maybeDate,
}) satisfies z.ZodType<model.Person>;

export const action = z.object({
  stamp,
  ref: text,
  areaRef: text,
  title: text,
  description: textOr,
  ownerRef: maybeText,
  deputyRefs: words,
  leadBody: maybeText,
  partnerBodies: words,
  startOn: maybeDate,
  dueOn: maybeDate,
  originalDueOn: maybeDate,
  forecastOn: maybeDate,
  deliveryStatus: delivery,
  percentComplete: z.number().min(0).max(100).exactOptional(),
  effectStatus: effect,
  successMeasure: textOr,
  measureRefs: words,
  riskRefs: words,
  clauses: words,
  completedOn: maybeDate,
  blocker: z.object({ text, waitingOnBody: maybeText, accepted: flag }).exactOptional(),
  assignedByDecisionRef: maybeText,
}) satisfies z.ZodType<model.Action>;

export const milestone = z.object({
  stamp,
  ref: text,
  actionRef: text,
  title: text,
  dueOn: date,
  originalDueOn: date,
  completedOn: maybeDate,
}) satisfies z.ZodType<model.Milestone>;

export const risk = z.object({
  stamp,
  ref: text,
  title: text,
  cause: textOr,
  event: textOr,
  effect: textOr,
  ownerRef: maybeText,
  areaRefs: words,
  actionRefs: words,
  inherent: score,
  current: score,
  target: score,
  response: textOr,
  status: z.enum(['open', 'closed']),
  proximity: maybeText,
  lastReviewedOn: maybeDate,
  reviewOn: maybeDate,
}) satisfies z.ZodType<model.Risk>;

export const mitigation = z.object({
  stamp,
  ref: text,
  riskRef: text,
  text,
  ownerRef: maybeText,
  dueOn: maybeDate,
  status: z.enum(['not-started', 'in-progress', 'complete']),
  completedOn: maybeDate,
}) satisfies z.ZodType<model.Mitigation>;

export const measure = z.object({
  stamp,
  ref: text,
  areaRef: text,
  name: text,
  unit: textOr,
  lowerIsBetter: flag,
  definition: textOr,
  ownerRef: maybeText,
  frequency: z.enum(['monthly', 'quarterly']),
  readingMonths: z
    .array(z.string().regex(/^(0[1-9]|1[0-2])$/))
    .readonly()
    .default([]),
  baseline: point,
  target: point,
  tolerance: number.default(0),
  reportingLagWorkingDays: number.default(0),
  trajectory: z
    .array(z.object({ quarter: z.string().regex(/^\d{4}-Q[1-4]$/), value: number }))
    .readonly()
    .default([]),
  computed: flag,
}) satisfies z.ZodType<model.Measure>;

export const reading = z.object({
  stamp,
  measureRef: text,
  period: z.string().regex(/^\d{4}-(0[1-9]|1[0-2])$/),
  locality: maybeText,
  value: number,
  reportedOn: date,
  revises: flag,
  withdrawn: z.boolean().exactOptional(),
  source: maybeText,
  note: maybeText,
}) satisfies z.ZodType<model.Reading>;

export const evidence = z.object({
  stamp,
  ref: text,
  actionRef: maybeText,
  areaRef: maybeText,
  kind: evidenceKind,
  sourceBody: textOr,
  on: date,
  summary: text,
  strength: textOr,
  contrary: flag,
  resolvedOn: maybeDate,
  link: maybeText,
  heard: maybeText,
  did: maybeText,
  difference: maybeText,
}) satisfies z.ZodType<model.Evidence>;

export const coProduction = z.object({
  stamp,
  ref: text,
  on: date,
  with: text,
  actionRefs: words,
  did: textOr,
  changed: maybeText,
}) satisfies z.ZodType<model.CoProduction>;
