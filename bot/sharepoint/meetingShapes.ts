// The form of records about meetings and what is asked, answered, sent and frozen for them.
import { z } from 'zod';
import type * as model from '../board/model';
import {
  stamp,
  text,
  textOr,
  maybeText,
  date,
  maybeDate,
  time,
  flag,
  maybeNumber,
  words,
  delivery,
  effect,
  subjectKind,
  oneToFive,
  changedFields,
} from './shapeParts';

export const meeting = z.object({
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

export const attendance = z.object({
  stamp,
  meetingRef: text,
  personRef: text,
  state: z.enum(['present', 'deputy', 'apologies', 'absent', 'expected', 'declined', 'tentative', 'none']),
  deputyRef: maybeText,
}) satisfies z.ZodType<model.Attendance>;

export const request = z.object({
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

export const update = z.object({
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

export const dateChange = z.object({
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

export const decision = z.object({
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

export const invitation = z.object({
  stamp,
  meetingRef: text,
  personRef: text,
  sentOn: maybeDate,
  sentAt: maybeText,
  sentTo: maybeText,
  meetingTime: maybeText,
  withdrawnOn: maybeDate,
  delivery: z.enum(['delivered', 'failed', 'unknown', 'not-sent']),
  response: z.enum(['accepted', 'tentative', 'declined', 'none']),
  route: textOr,
  error: maybeText,
}) satisfies z.ZodType<model.Invitation>;

export const dispatch = z.object({
  stamp,
  meetingRef: text,
  paper: text,
  personRef: text,
  sentAt: text,
  route: textOr,
  delivery: textOr,
}) satisfies z.ZodType<model.Dispatch>;

export const adviserNote = z.object({
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

export const review = z.object({
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

export const loggedRow = z.object({
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
