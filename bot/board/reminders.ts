// Who gets which message of the cycle, and why; who gets none, and why not. Source: docs/rules.md, the cycle.
// Longer than most: one rule a step, read in the order of the cycle.
// One file past 300 lines: by the board's plan, by a body's own and for one step it is the same decision.
import { calendarOf, type CyclePlan } from './cycle';
import { cycleStepNames, type CycleStepName, type CycleStepPlan } from './cycleSteps';
import type { Calendar } from './calendar';
import { awaitsConfirmation, isHeld, unsentStep } from './cycleRow';
import { asksPeopleOf, bodyPlans } from './bodyCycle';
import { escalations } from './escalation';
import { hasLeft } from './manageOwned';
import { pauseAt, pauseWords } from './managePause';
import type { BoardSnapshot, Person, Ref } from './model';
import { ownerDrafts, type Drafts, type ReminderInput } from './outstanding';
import { isReleased } from './released';
import { channelOf, channelRef } from './recipients';
import { bodyQuietOn, outsideHours } from './sendingHours';
import { askingSteps } from './timely';
import { count } from './wording';

export interface ReminderMessage {
  /** Who gets it: a person, or the board's channel (recipients.ts). */
  readonly personRef: Ref;
  readonly step: CycleStepName;
  /** What it is about, worst first. */
  readonly subjectRefs: readonly Ref[];
  readonly why: string;
  /** Chat for people of the tenant, e-mail for others; none when there is no address. */
  readonly route: 'chat' | 'e-mail' | 'none';
  /** On its way or there: it is not sent again. */
  readonly alreadySent: boolean;
}

export interface ReminderPlan {
  readonly meetingRef: Ref;
  /** The board's latest step due; absent when none may go out now. Bodies with quiet days of their own may have another. */
  readonly step?: CycleStepName;
  readonly why: string;
  /** One a person, in order of ref. */
  readonly messages: readonly ReminderMessage[];
  readonly nothingFor: readonly { readonly personRef: Ref; readonly why: string }[];
  /** Steps whose day passed without a message before a later one fell due. */
  readonly missed: readonly CycleStepName[];
  /** The step that would go out, but for the secretary who has not confirmed the plan. */
  readonly held?: CycleStepName;
  /** Of the bodies that are asked by a plan of their own. */
  readonly ofBodies?: readonly { readonly plan: CyclePlan; readonly missed: readonly CycleStepName[] }[];
}

/** Plans the messages of the latest step that is due, and for each body with a plan of its own of that plan's. */
export function planReminders(input: ReminderInput): ReminderPlan {
  const { plan, assessment, snapshot } = input;
  const board = planOfOne(input);
  const plans = [...bodyPlans(plan, snapshot, assessment.policy)];
  if (plans.length === 0) return board;
  const ofBodies = plans.map(([, one]) => ({ plan: one, missed: missedOfBody({ ...input, plan: one }) }));
  const own = plans.flatMap(([body, one]) => dueForBody({ ...input, plan: one }, body));
  const held = board.held ?? own.find((one) => one.held !== undefined)?.held;
  return {
    ...board,
    why: [board.why, ...own.map((one) => one.why)].join(' '),
    messages: [...board.messages, ...own.flatMap((one) => one.messages)].sort(byPerson),
    nothingFor: [...board.nothingFor, ...own.flatMap((one) => one.nothingFor)].sort(byPerson),
    ...(held === undefined ? {} : { held }),
    ofBodies,
  };
}

/** What is due by a body's own plan, of the steps that ask; after its deadline why nobody of it is asked. */
function dueForBody(
  input: ReminderInput,
  body: string,
): readonly Pick<ReminderPlan, 'messages' | 'nothingFor' | 'held' | 'why'>[] {
  const due = planOfOne(input);
  const step = due.step ?? due.held;
  const why = `For ${body}: ${due.why}`;
  if (step !== undefined && askingSteps.includes(step)) return [{ ...due, why }];
  const { plan, snapshot, at, assessment } = input;
  if (step !== undefined || at < plan.deadlines.ownersDeadlineAt) return [];
  const calendar = calendarOf(assessment.policy);
  const nothingFor = outstandingOf(input).map((person) => ({
    personRef: person.ref,
    why:
      quietReason(person, snapshot, calendar.on(at), calendar) ??
      `For ${body} answers were due by ${calendar.longDateTime(plan.deadlines.ownersDeadlineAt)}.`,
  }));
  return nothingFor.length === 0 ? [] : [{ messages: [], nothingFor, why }];
}

/** Nothing is missed where the body's people have nothing to answer. */
function missedOfBody(input: ReminderInput): readonly CycleStepName[] {
  const missed = planOfOne(input).missed.filter((one) => askingSteps.includes(one));
  return missed.length > 0 && outstandingOf(input).length > 0 ? missed : [];
}

/** Those asked by this plan who have something to answer. */
function outstandingOf(input: ReminderInput): readonly Person[] {
  const isAsked = askedBy('request', input);
  const asked = ownerDrafts('request', input, calendarOf(input.assessment.policy)).messages;
  const refs = new Set(asked.map((one) => one.personRef));
  return input.snapshot.people.filter((one) => refs.has(one.ref) && isAsked(one));
}

function planOfOne(input: ReminderInput): ReminderPlan {
  const { plan, at, assessment } = input;
  const calendar = calendarOf(assessment.policy);
  const taking = plan.steps.filter((one) => one.dropped === undefined);
  const due = taking.filter((one) => one.at <= at);
  const wanted = input.step === undefined ? due.at(-1) : due.find((one) => one.step === input.step);
  const none = { meetingRef: plan.meetingRef, messages: [], nothingFor: [], missed: [] };
  if (!wanted) return { ...none, why: notDue(input, taking, calendar) };
  const missed = missedSteps(input, due, wanted);
  const known = unsentStep(input.snapshot, plan, wanted.step);
  if (known?.state === 'skipped')
    return { ...none, missed, why: `The ${stepWords[wanted.step]} does not go out. ${known.why}` };
  if (askingSteps.includes(wanted.step) && at >= plan.deadlines.ownersDeadlineAt) {
    const unsent = wasPlanned(wanted.step, input) ? [] : [wanted.step];
    return { ...none, missed: [...missed, ...unsent], why: tooLate(input, taking, calendar) };
  }
  const pause = pauseAt(input.snapshot, at);
  if (pause) return { ...none, missed, why: pauseWords(pause, input.snapshot, calendar) };
  const closed = outsideHours(at, calendar, assessment.policy);
  if (closed !== undefined) return { ...none, missed, why: closed };
  if (isHeld(wanted.step) && awaitsConfirmation(input.snapshot, plan))
    return { ...none, missed, held: wanted.step, why: heldWords(wanted.step) };

  return {
    meetingRef: plan.meetingRef,
    step: wanted.step,
    why: `The ${stepWords[wanted.step]} has been due since ${calendar.longDateTime(wanted.at)}, ${wanted.why}.`,
    ...recipients(wanted.step, input),
    missed,
  };
}

/** Who gets the message of a step at a moment, one a person in order of ref, and who gets none. */
export function recipients(step: CycleStepName, input: ReminderInput): Pick<ReminderPlan, 'messages' | 'nothingFor'> {
  const { at } = input;
  const calendar = calendarOf(input.assessment.policy);
  const drafts = draftsOf(step, input, calendar);
  const people = new Map(input.snapshot.people.map((one) => [one.ref, one]));
  const messages: ReminderMessage[] = [];
  const nothingFor = [...drafts.nothingFor];
  const isAsked = askedBy(step, input);
  for (const draft of drafts.messages) {
    const person = people.get(draft.personRef);
    if (!person || !isAsked(person)) continue;
    const whyNot = hasLeft(person, calendar.on(at))
      ? `${person.name} has left the board.`
      : // What no later step says again is planned, and waits for the first day that they work.
        askingSteps.includes(step)
        ? quietReason(person, input.snapshot, calendar.on(at), calendar)
        : undefined;
    if (whyNot !== undefined) nothingFor.push({ personRef: person.ref, why: whyNot });
    else
      messages.push({
        ...draft,
        step,
        route: routeOf(person),
        alreadySent: isOnItsWay(input, step, person.ref),
      });
  }
  const publicWhy = channelOf(input.snapshot) === undefined ? undefined : whyPublic(step, input);
  if (publicWhy !== undefined) {
    const alreadySent = isOnItsWay(input, step, channelRef);
    messages.push({ personRef: channelRef, step, subjectRefs: [], why: publicWhy, route: 'chat', alreadySent });
  }
  return { messages: messages.sort(byPerson), nothingFor: nothingFor.sort(byPerson) };
}

/** A step that asks goes by a plan to those alone whose plan it is. */
function askedBy(step: CycleStepName, input: ReminderInput): (person: Person | undefined) => boolean {
  const { plan, snapshot, assessment } = input;
  if (!askingSteps.includes(step)) return () => true;
  return (person) => asksPeopleOf(person?.body, plan, snapshot, assessment.policy);
}

function heldWords(step: CycleStepName): string {
  return `The ${stepWords[step]} waits until the secretary confirms the plan of this meeting; nobody is asked before.`;
}

/** What a step is called in a sentence. */
export const stepWords: Readonly<Record<CycleStepName, string>> = {
  request: 'update request',
  reminder: 'reminder',
  'final-reminder': 'final reminder',
  'deadline-day': "message of the owners' deadline day",
  escalation: 'escalation',
  papers: 'message that the papers are ready to check',
  'papers-reminder': 'reminder that the papers are not released',
  'papers-last-call': 'message that the papers are due and not released',
  briefing: "chair's briefing",
  digest: 'digest',
  arising: 'message about decisions and actions arising',
};

/** Failed and cancelled messages never arrived. */
const onItsWay: readonly string[] = ['planned', 'claimed', 'sending', 'sent', 'uncertain'];

function isOnItsWay({ already }: ReminderInput, step: CycleStepName, ref: Ref): boolean {
  return already.some((one) => one.step === step && one.personRef === ref && onItsWay.includes(one.state));
}

/** Why a step goes to the board's channel, too; undefined: it is for those alone whom it is about. */
function whyPublic(step: CycleStepName, { snapshot, plan }: ReminderInput): string | undefined {
  if (step === 'digest') return 'Before the meeting the channel gets when it is, and how the board stands in numbers.';
  if (step !== 'arising' || !snapshot.decisions.some((one) => one.meetingRef === plan.meetingRef)) return undefined;
  return 'After the meeting the channel gets how many decisions it took.';
}

function draftsOf(step: CycleStepName, input: ReminderInput, calendar: Calendar): Drafts {
  const { snapshot, assessment, plan } = input;
  switch (step) {
    case 'request':
    case 'reminder':
    case 'final-reminder':
    case 'deadline-day':
      return ownerDrafts(step, input, calendar);
    case 'escalation':
      return { messages: escalations(snapshot, assessment, plan), nothingFor: [] };
    case 'papers':
      return isReleased(snapshot, plan.meetingRef)
        ? nobody
        : toRole(snapshot, ['secretary'], 'The log and the pack are ready to be checked and released.');
    case 'papers-reminder':
    case 'papers-last-call':
      return isReleased(snapshot, plan.meetingRef)
        ? nobody
        : toRole(snapshot, ['secretary', 'chair'], 'The papers are not released yet.');
    case 'briefing':
      return toRole(snapshot, ['chair'], 'The briefing for the meeting is ready.');
    case 'digest':
      return toRole(snapshot, ['chair', 'member'], 'The meeting is on the next working day.');
    case 'arising':
      return arisingDrafts(snapshot, plan.meetingRef);
  }
}

const nobody: Drafts = { messages: [], nothingFor: [] };

function toRole(snapshot: BoardSnapshot, roles: readonly string[], why: string): Drafts {
  const people = snapshot.people.filter((one) => roles.includes(one.boardRole));
  return { messages: people.map((one) => ({ personRef: one.ref, subjectRefs: [], why })), nothingFor: [] };
}

function arisingDrafts(snapshot: BoardSnapshot, meetingRef: Ref): Drafts {
  const open = snapshot.decisions.filter((one) => one.meetingRef === meetingRef && one.state === 'open');
  const owners = [...new Set(open.flatMap((one) => one.ownerRef ?? []))];
  const messages = owners.map((personRef) => {
    const subjectRefs = open.filter((one) => one.ownerRef === personRef).map((one) => one.ref);
    return { personRef, subjectRefs, why: `${count(subjectRefs.length, 'decision')} of the meeting to carry out.` };
  });
  return { messages, nothingFor: [] };
}

/** Why nobody of a body is written to on a day. */
export function quietReason(
  person: Person,
  snapshot: BoardSnapshot,
  on: string,
  calendar: Calendar,
): string | undefined {
  const period = bodyQuietOn(person, snapshot, on);
  return period && `${person.body} has quiet days until ${calendar.longDate(period.toOn)}.`;
}

/** By which way a person is reached first. */
export function routeOf(person: Person): ReminderMessage['route'] {
  if (person.entraObjectId !== undefined && !person.external) return 'chat';
  return person.email === undefined ? 'none' : 'e-mail';
}

function notDue(input: ReminderInput, taking: readonly CycleStepPlan[], calendar: Calendar): string {
  const next = taking.find((one) => one.at > input.at && (input.step === undefined || one.step === input.step));
  if (next) return `Nothing is due yet: the ${stepWords[next.step]} goes out on ${calendar.longDateTime(next.at)}.`;
  const dropped = input.plan.steps.find((one) => one.step === input.step)?.dropped;
  return dropped === undefined ? 'Nothing is due.' : `The step falls away. ${dropped}`;
}

function tooLate(input: ReminderInput, taking: readonly CycleStepPlan[], calendar: Calendar): string {
  const passed = `The owners' deadline passed on ${calendar.longDateTime(input.plan.deadlines.ownersDeadlineAt)}, so nobody is asked any more`;
  const next = taking.find((one) => one.at > input.at);
  return next ? `${passed}; the ${stepWords[next.step]} goes out on ${calendar.longDateTime(next.at)}.` : `${passed}.`;
}

/** The request counts as made where the record holds requests. */
function missedSteps(
  input: ReminderInput,
  due: readonly CycleStepPlan[],
  wanted: CycleStepPlan,
): readonly CycleStepName[] {
  const isAsked = askedBy('request', input);
  const requested = input.snapshot.requests.some(
    (one) => one.meetingRef === input.plan.meetingRef && isAsked(personOf(input.snapshot, one.ownerRef)),
  );
  return due
    .map((one) => one.step)
    .filter((step) => cycleStepNames.indexOf(step) < cycleStepNames.indexOf(wanted.step))
    .filter((step) => !(step === 'request' && requested))
    .filter((step) => (unsentStep(input.snapshot, input.plan, step)?.state ?? 'missed') === 'missed')
    .filter((step) => !wasPlanned(step, input));
}

/** Somebody by this plan has a row of the step in the ledger. */
function wasPlanned(step: CycleStepName, input: ReminderInput): boolean {
  const isAsked = askedBy(step, input);
  return input.already.some((one) => one.step === step && isAsked(personOf(input.snapshot, one.personRef)));
}

function personOf({ people }: BoardSnapshot, ref: Ref): Person | undefined {
  return people.find((one) => one.ref === ref);
}

function byPerson(a: { readonly personRef: Ref }, b: { readonly personRef: Ref }): number {
  return a.personRef < b.personRef ? -1 : 1;
}
