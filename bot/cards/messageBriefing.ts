// Before the meeting: the chair's briefing, the members' digest, and to the chair only what changed since the briefing.
import { calendarOf, planCycle } from '../board/cycle';
import type { Update } from '../board/model';
import { isAnswer } from '../board/siteEdits';
import { standingUpdates } from '../board/takenBack';
import { count, deliveryWords } from '../board/wording';
import { boardWords, changedPart, listPart, logOf, meetingFacts, meetingOf, slowPart } from './messageMeeting';
import { pageLinks } from './messageNotices';
import { mostSlow, type MessageContent, type MessageInput, type MessageItem, type MessagePart } from './messageShape';

/** What is slow, what to strengthen, what to decide, what changed. */
export function briefingContent(input: MessageInput): MessageContent {
  const { now } = logOf(input);
  return {
    title: `Chair's briefing for ${boardWords(input)}`,
    summary: input.assessment.headline.text,
    parts: [slowPart(now, 2), strengthenPart(input), decidePart(input), changedPart(input)],
    links: links(input),
  };
}

/** The members' last look; the chair, who has the briefing, gets only what came after it. */
export function digestContent(input: MessageInput): MessageContent {
  const person = input.snapshot.people.find((one) => one.ref === input.personRef);
  if (person?.boardRole === 'chair') return sinceBriefing(input);
  const { now } = logOf(input);
  const facts = meetingFacts(input);
  return {
    title: `Before ${boardWords(input)}`,
    summary: input.assessment.headline.text,
    parts: [
      ...(facts.length === 0 ? [] : [{ kind: 'facts' as const, heading: 'The meeting', rows: facts }]),
      slowPart(now),
      decidePart(input),
    ],
    links: links(input),
  };
}

function sinceBriefing(input: MessageInput): MessageContent {
  const { snapshot, assessment } = input;
  const calendar = calendarOf(assessment.policy);
  const meeting = meetingOf(input);
  const previous = snapshot.meetings.find((one) => one.ref === assessment.previousMeetingRef);
  const briefing =
    meeting &&
    planCycle(meeting, previous, calendar, assessment.policy).steps.find(
      (one) => one.step === 'briefing' && one.dropped === undefined,
    );
  const items = briefing === undefined ? [] : changesSince(input, briefing.at);
  const since = briefing === undefined ? 'the briefing' : `the briefing on ${calendar.longDate(briefing.on)}`;
  return {
    title: `What changed before ${boardWords(input)}`,
    summary:
      items.length === 0
        ? `Nothing has changed since ${since}.`
        : `${count(items.length, 'item')} changed since ${since}.`,
    parts: items.length === 0 ? [] : [listPart('Changed', items.slice(0, mostSlow), items.length, undefined)],
    links: links(input),
  };
}

/** The newest answer to each item after a moment: how it stands now, and what was said. */
function changesSince({ snapshot, assessment }: MessageInput, at: string): readonly MessageItem[] {
  const newest = new Map<string, Update>();
  for (const one of standingUpdates(snapshot))
    if (one.at > at && one.at <= assessment.at && isAnswer(snapshot, one)) newest.set(one.subjectRef, one);
  return [...newest.values()].map((one): MessageItem => {
    const judged = assessment.actions.find((action) => action.ref === one.subjectRef);
    const risk = assessment.risks.find((each) => each.ref === one.subjectRef);
    const measure = assessment.measures.find((each) => each.ref === one.subjectRef);
    const now = judged
      ? [`Now: ${deliveryWords[judged.computedDelivery]}.`]
      : risk
        ? [`Now scored ${risk.score}.`]
        : [];
    return {
      ref: one.subjectRef,
      title: judged?.title ?? risk?.title ?? measure?.name ?? 'Answered',
      lines: [...now, ...(one.narrative === undefined ? [] : [one.narrative])],
    };
  });
}

/** Bodies and people whose contribution needs strengthening, with what is offered. Volunteers are not named. */
function strengthenPart(input: MessageInput): MessagePart {
  const { help, rows } = logOf(input).now.sections.contributions;
  const items = rows.slice(0, mostSlow).map((one): MessageItem => ({
    title: one.name === one.body ? one.name : `${one.name}, ${one.body}`,
    lines: one.reasons.slice(0, 2),
  }));
  const part = listPart('What to strengthen', items, rows.length, 'No contribution needs strengthening by the rules.');
  return items.length === 0 ? part : { ...part, note: help };
}

/** Dates that wait for a decision, then rows of the log that ask the board to decide. */
function decidePart(input: MessageInput): MessagePart {
  const { snapshot, assessment } = input;
  const calendar = calendarOf(assessment.policy);
  const titles = new Map(snapshot.actions.map((one) => [one.ref, one.title]));
  const dates = snapshot.dateChanges
    .filter((one) => one.decision === 'pending')
    .map((one): MessageItem => ({
      ref: one.subjectRef,
      title: titles.get(one.actionRef) ?? '',
      lines: [`Move the date from ${calendar.longDate(one.fromOn)} to ${calendar.longDate(one.toOn)}?`, one.reason],
    }));
  const known = new Set(snapshot.dateChanges.filter((one) => one.decision === 'pending').map((one) => one.actionRef));
  const asked = logOf(input)
    .now.actions.filter((one) => one.detail.ask === 'decide' && !known.has(one.ref))
    .map((one): MessageItem => ({ ref: one.ref, title: one.detail.title, lines: [one.asked] }));
  const all = [...dates, ...asked];
  return listPart('What to decide', all.slice(0, mostSlow), all.length, 'Nothing waits for a decision.');
}

function links(input: MessageInput) {
  return [...pageLinks(input, 'Open the board', '/tab/board'), ...pageLinks(input, 'Open the log', '/tab/log')];
}
