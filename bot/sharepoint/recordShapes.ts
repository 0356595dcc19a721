// The form each record must have after its columns are read; checked against board/model.ts by the compiler.
import { z } from 'zod';
import { deliveryStatuses, effectStatuses } from '../board/model';
import type * as model from '../board/model';

const stamp = z.object({ itemId: z.string(), version: z.string() }).exactOptional();
const text = z.string();
const textOr = z.string().default('');
const maybeText = z.string().exactOptional();
const date = z.iso.date();
const maybeDate = z.iso.date().exactOptional();
const time = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/);
const flag = z.boolean().default(false);
const number = z.number();
const maybeNumber = z.number().exactOptional();
const words = z.array(z.string()).readonly().default([]);
const delivery = z.enum(deliveryStatuses);
const effect = z.enum(effectStatuses);
const evidenceKind = z.enum(['family-voice', 'child-voice', 'audit', 'observation', 'data']);
const subjectKind = z.enum(['action', 'risk', 'mitigation', 'measure', 'decision']);
const quietPeriod = z.object({ fromOn: date, toOn: date });
const oneToFive = z.int().min(1).max(5);
const score = z.object({ likelihood: oneToFive, impact: oneToFive });
const point = z.object({ on: date, value: number }).exactOptional();
const changedFields = z
  .record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()]))
  .readonly()
  .default({});

const area = z.object({
  stamp,
  ref: text,
  title: text,
  kind: z.enum(['priority', 'improvement']),
  aim: textOr,
  shortLabel: maybeText,
  clauses: words,
  responsibleBodies: words,
}) satisfies z.ZodType<model.Area>;

const body = z.object({
  stamp,
  name: text,
  escalationPersonRef: maybeText,
  volunteer: flag,
  requiredAtBoard: flag,
  quietDays: z.array(quietPeriod).readonly().default([]),
}) satisfies z.ZodType<model.Body>;

const person = z.object({
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

const action = z.object({
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

const milestone = z.object({
  stamp,
  ref: text,
  actionRef: text,
  title: text,
  dueOn: date,
  originalDueOn: date,
  completedOn: maybeDate,
}) satisfies z.ZodType<model.Milestone>;

const risk = z.object({
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

const mitigation = z.object({
  stamp,
  ref: text,
  riskRef: text,
  text,
  ownerRef: maybeText,
  dueOn: maybeDate,
  status: z.enum(['not-started', 'in-progress', 'complete']),
  completedOn: maybeDate,
}) satisfies z.ZodType<model.Mitigation>;

const measure = z.object({
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

const reading = z.object({
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

const evidence = z.object({
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

const coProduction = z.object({
  stamp,
  ref: text,
  on: date,
  with: text,
  actionRefs: words,
  did: textOr,
  changed: maybeText,
}) satisfies z.ZodType<model.CoProduction>;

const meeting = z.object({
  stamp,
  ref: text,
  on: date,
  startsAtTime: time,
  endsAtTime: time,
  place: maybeText,
  state: z.enum(['held', 'in-preparation', 'planned', 'cancelled']),
  updateRequestOn: maybeDate,
  firstReminderOn: maybeDate,
  ownersDeadlineOn: maybeDate,
  papersDeadlineOn: maybeDate,
  minutesDueOn: maybeDate,
  papersSentOn: maybeDate,
  minutesFiledOn: maybeDate,
  minutesLink: maybeText,
  minutesState: z.enum(['draft', 'agreed']).exactOptional(),
  quorate: z.boolean().exactOptional(),
  note: maybeText,
}) satisfies z.ZodType<model.Meeting>;

const attendance = z.object({
  stamp,
  meetingRef: text,
  personRef: text,
  state: z.enum(['present', 'deputy', 'apologies', 'absent', 'expected', 'declined', 'tentative', 'none']),
  deputyRef: maybeText,
}) satisfies z.ZodType<model.Attendance>;

const request = z.object({
  stamp,
  meetingRef: text,
  subjectKind,
  subjectRef: text,
  ownerRef: text,
  requestedOn: date,
  dueOn: date,
  state: z.enum(['open', 'answered', 'late', 'unanswered', 'cancelled']),
  answeredOn: maybeDate,
  answeredByRef: maybeText,
  route: maybeText,
  delivery: maybeText,
  noChange: flag,
}) satisfies z.ZodType<model.UpdateRequest>;

const update = z.object({
  stamp,
  key: text,
  subjectKind,
  subjectRef: text,
  byRef: text,
  forOwnerRef: maybeText,
  at: text,
  route: z.enum(['chat card', 'chat text', 'tab', 'SharePoint', 'e-mail link', 'import', 'operator command']),
  before: changedFields,
  after: changedFields,
  narrative: maybeText,
  effect: maybeText,
  blocker: maybeText,
  evidenceLink: maybeText,
  noChange: flag,
  takesBack: maybeText,
}) satisfies z.ZodType<model.Update>;

const dateChange = z.object({
  stamp,
  ref: text,
  subjectRef: text,
  actionRef: text,
  fromOn: date,
  toOn: date,
  reason: text,
  requestedByRef: text,
  requestedOn: date,
  decision: z.enum(['pending', 'approved', 'refused']),
  decidedByRef: maybeText,
  decidedOn: maybeDate,
  decisionReason: maybeText,
  meetingRef: maybeText,
  beyondNoticeAim: flag,
}) satisfies z.ZodType<model.DateChange>;

const decision = z.object({
  stamp,
  ref: text,
  meetingRef: text,
  subjectRef: maybeText,
  text,
  ownerRef: maybeText,
  dueOn: maybeDate,
  state: z.enum(['open', 'done']),
  completedOn: maybeDate,
}) satisfies z.ZodType<model.Decision>;

const invitation = z.object({
  stamp,
  meetingRef: text,
  personRef: text,
  sentOn: maybeDate,
  delivery: z.enum(['delivered', 'failed', 'unknown', 'not-sent']),
  response: z.enum(['accepted', 'tentative', 'declined', 'none']),
  route: textOr,
  error: maybeText,
}) satisfies z.ZodType<model.Invitation>;

const dispatch = z.object({
  stamp,
  meetingRef: text,
  paper: text,
  personRef: text,
  sentAt: text,
  route: textOr,
  delivery: textOr,
}) satisfies z.ZodType<model.Dispatch>;

const adviserNote = z.object({
  stamp,
  ref: text,
  adviserRef: text,
  meetingRef: text,
  on: date,
  kind: textOr,
  text,
  answeredByRef: maybeText,
  answeredOn: maybeDate,
  answer: maybeText,
}) satisfies z.ZodType<model.AdviserNote>;

const review = z.object({
  stamp,
  ref: text,
  kind: text,
  on: date,
  selfAssessmentDueOn: maybeDate,
  sentOn: maybeDate,
  signedOffByRef: maybeText,
  focus: words,
  party: textOr,
  state: z.enum(['held', 'planned', 'cancelled']),
}) satisfies z.ZodType<model.Review>;

const loggedRow = z.object({
  stamp,
  meetingRef: text,
  kind: z.enum(['for the meeting', 'after the meeting']),
  frozenOn: date,
  logHash: text,
  subjectKind: z.enum(['action', 'risk', 'mitigation', 'measure', 'decision', 'area', 'headline']),
  subjectRef: text,
  claimedDelivery: delivery.exactOptional(),
  computedDelivery: delivery.exactOptional(),
  claimedEffect: effect.exactOptional(),
  computedEffect: effect.exactOptional(),
  milestonesDone: maybeNumber,
  milestonesTotal: maybeNumber,
  percentComplete: maybeNumber,
  dueOn: maybeDate,
  forecastOn: maybeDate,
  slow: z.boolean().exactOptional(),
  likelihood: oneToFive.exactOptional(),
  impact: oneToFive.exactOptional(),
  asked: maybeText,
}) satisfies z.ZodType<model.LoggedRow>;

const setting = z.object({ stamp, key: text, json: maybeText });

/** One shape a list, by the record's name in lists.ts. */
export const recordShapes = {
  area,
  body,
  person,
  action,
  milestone,
  risk,
  mitigation,
  measure,
  reading,
  evidence,
  coProduction,
  meeting,
  attendance,
  request,
  update,
  dateChange,
  decision,
  invitation,
  dispatch,
  adviserNote,
  review,
  loggedRow,
  setting,
};

export type ShapeName = keyof typeof recordShapes;
export type RecordOf<K extends ShapeName> = z.infer<(typeof recordShapes)[K]>;
