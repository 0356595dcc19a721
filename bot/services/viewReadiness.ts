// How ready the next meeting is: who was asked, reached and answered, who may be reminded, and how the papers stand.
import { ownedItems } from '../board/manageOwned';
import type { BoardSnapshot, Ref, SubjectKind } from '../board/model';
import type { NudgePlan } from '../board/nudges';
import { channelOf, channelRef, recipientName } from '../board/recipients';
import { timeWords } from '../cards/words';
import { deliverySteps, type DeliveryLine, type DeliveryStep } from './deliveryLines';
import type { LedgerEntry } from './ports';
import { ownPageOf } from './tabPages';
import { counted, type ViewContext } from './viewContext';
import { nextMeeting } from './viewFirst';

/** What the ledger holds for the meeting and who would be reminded now; undefined without a meeting. */
export type NudgeLook = { readonly plan: NudgePlan; readonly entries: readonly LedgerEntry[] } | undefined;

export function viewReadiness(context: ViewContext, look: NudgeLook) {
  const { asOf, viewer } = context;
  const next = nextMeeting(context);
  const rows = look === undefined ? [] : peopleRows(context, look);
  const papers = papersOf(context);
  const sentence = look === undefined || next === undefined ? undefined : leadOf(context, rows, papers.released);
  return {
    asOf,
    lead: sentence ?? 'No meeting is planned, so there is nothing to be ready for.',
    ...(next ? { meeting: { ref: next.ref, words: next.words, distance: next.distance } } : {}),
    mayAct: viewer.role === 'secretary',
    people: rows,
    ...(look?.plan.closed === undefined ? {} : { nudgesClosed: look.plan.closed }),
    deadlines: next?.deadlines ?? [],
    papers,
    channel: channelIn(context, look?.entries ?? []),
  };
}

type Row = ReturnType<typeof peopleRows>[number];

/** Those with most outstanding first. */
function peopleRows(context: ViewContext, { plan, entries }: NonNullable<NudgeLook>) {
  const { snapshot, assessment, viewer, meeting } = context;
  const requests = snapshot.requests.filter((one) => one.meetingRef === meeting?.ref && one.state !== 'cancelled');
  const asked = new Map<Ref, Set<string>>();
  for (const { ownerRef, subjectRef } of requests)
    asked.set(ownerRef, (asked.get(ownerRef) ?? new Set<string>()).add(subjectRef));
  const waiting = new Map(
    (assessment.readiness?.outstandingByPerson ?? []).map((one) => [one.personRef, one.subjectRefs]),
  );
  const titleOf = titles(snapshot);
  const lastOf = newestByPerson(deliverySteps(entries, snapshot, assessment.at));
  const routes = new Map(plan.nudges.map((one) => [one.personRef, one.route]));
  const notNow = new Map(plan.notNow.map((one) => [one.personRef, one.why]));
  const people = new Map(snapshot.people.map((one) => [one.ref, one]));
  return [...asked]
    .map(([personRef, refs]) => {
      const outstanding = (waiting.get(personRef) ?? []).filter((one) => refs.has(one));
      const last = lastOf.get(personRef);
      const route = routes.get(personRef);
      const why = notNow.get(personRef);
      const kindOf = new Map(requests.map((one) => [one.subjectRef, one.subjectKind]));
      return {
        personRef,
        // Names appear to those who may act on them.
        name: (viewer.role === 'secretary' ? people.get(personRef)?.name : undefined) ?? context.nameOf(personRef),
        body: people.get(personRef)?.body ?? '',
        asked: refs.size,
        answered: refs.size - outstanding.length,
        ...(last ? { last: lastWords(last) } : {}),
        outstanding: outstanding.map((one) => itemOf(one, kindOf.get(one), titleOf)),
        ...(route === undefined ? {} : { nudgeBy: route }),
        ...(why === undefined ? {} : { notNow: why }),
      };
    })
    .sort((a, b) => b.outstanding.length - a.outstanding.length || a.name.localeCompare(b.name));
}

function itemOf(ref: Ref, kind: SubjectKind | undefined, titleOf: ReadonlyMap<Ref, string>) {
  const to = kind === undefined ? undefined : ownPageOf(kind, ref);
  return { ref, title: titleOf.get(ref) ?? ref, ...(to === undefined ? {} : { to }) };
}

function titles(snapshot: BoardSnapshot): ReadonlyMap<Ref, string> {
  return new Map(ownedItems(snapshot).map((one) => [one.ref, one.title]));
}

/** What was not needed any more was no message. */
function newestByPerson(steps: readonly DeliveryStep[]): ReadonlyMap<Ref, DeliveryLine & { readonly title: string }> {
  const lines = steps.flatMap((step) => step.lines.map((one) => ({ ...one, title: step.title })));
  const standing = lines.filter((one) => one.state !== 'cancelled');
  return new Map(standing.sort((a, b) => (a.plannedAt < b.plannedAt ? -1 : 1)).map((one) => [one.personRef, one]));
}

const states = {
  planned: 'waiting',
  claimed: 'waiting',
  sending: 'waiting',
  sent: 'reached',
  uncertain: 'uncertain',
  failed: 'not-reached',
  cancelled: 'waiting',
} as const;

function lastWords({ title, words, state }: DeliveryLine & { readonly title: string }) {
  return { title: `${title.charAt(0).toUpperCase()}${title.slice(1)}`, words, state: states[state] };
}

/** Where the public messages go, and what became of the last one for the meeting. */
function channelIn({ snapshot, assessment }: ViewContext, entries: readonly LedgerEntry[]) {
  if (channelOf(snapshot) === undefined)
    return { words: `No channel gets the board’s public messages. ${howToChoose}` };
  const last = newestByPerson(deliverySteps(entries, snapshot, assessment.at)).get(channelRef);
  const name = recipientName(snapshot, channelRef) ?? '';
  if (last === undefined) return { words: `${name}: nothing has gone there for this meeting yet.` };
  return { words: `${name} gets the board’s public messages.`, last: lastWords(last) };
}

const howToChoose = 'In a channel of a team, the secretary or the chair types “@Board Assistant use this channel”.';

function papersOf({ snapshot, meeting, calendar, assessment, deadlines }: ViewContext) {
  if (meeting === undefined || deadlines === undefined) return { released: false, words: 'No meeting is planned.' };
  const frozen = snapshot.loggedRows.find((one) => one.meetingRef === meeting.ref && one.kind === 'for the meeting');
  if (frozen)
    return {
      released: true,
      words: `The log for ${meeting.ref} was released and frozen on ${calendar.longDate(frozen.frozenOn)}.`,
    };
  const by = `${calendar.longDate(deadlines.papersDeadlineOn)}, ${timeWords(assessment.policy.papersDeadlineTime)}`;
  const isLate = assessment.at >= calendar.at(deadlines.papersDeadlineOn, assessment.policy.papersDeadlineTime);
  return {
    released: false,
    words: isLate
      ? `The log for ${meeting.ref} is not released. It was due by ${by}.`
      : `The log for ${meeting.ref} is not released yet. The secretary checks and releases it by ${by}.`,
  };
}

function leadOf({ assessment }: ViewContext, rows: readonly Row[], released: boolean): string {
  const answers = assessment.readiness?.answers ?? { done: 0, total: 0 };
  const waiting = rows.filter((one) => one.outstanding.length > 0);
  const missed = waiting.filter((one) => one.last?.state === 'not-reached').length;
  const uncertain = waiting.filter((one) => one.last?.state === 'uncertain').length;
  const parts = [
    answers.total === 0
      ? 'Nobody has been asked yet'
      : `${answers.done} of ${counted(answers.total, 'answer')} ${answers.done === 1 ? 'is' : 'are'} in`,
    ...(missed > 0 ? [`${counted(missed, 'person has', 'people have')} not been reached`] : []),
    ...(uncertain > 0
      ? [`for ${counted(uncertain, 'person', 'people')} it is uncertain whether the message arrived`]
      : []),
    `the log is ${released ? 'released' : 'not released'}`,
  ];
  return `${parts.join('; ')}.`;
}
