// Before the papers: what the secretary looks at and releases; nothing is frozen or shared before they have seen it.
import type { Readiness } from '../board/assessment';
import { calendarOf } from '../board/cycle';
import { notRecorded, type ActionImpactLog, type CompiledLog } from '../board/log';
import { nothingChanged } from '../board/logRows';
import { isAdviserRole } from '../board/terms';
import { boardWords, listPart, logOf, meetingFacts, slowPart } from './messageMeeting';
import { pageLinks } from './messageNotices';
import {
  mostSlow,
  type MessageContent,
  type MessageFact,
  type MessageInput,
  type MessageItem,
  type MessagePart,
} from './messageShape';
import { timeWords } from './words';

export function papersContent(input: MessageInput): MessageContent {
  const { assessment } = input;
  const { policy, readiness, headline } = assessment;
  return {
    title: `Papers to check for ${boardWords(input)}`,
    summary: `Please look at the draft log and release it by ${timeWords(policy.papersDeadlineTime)} today. Nothing is frozen or shared before you have seen it.`,
    parts: [
      { kind: 'text', text: headline.text },
      ...(readiness ? [{ kind: 'facts' as const, heading: 'Ready?', rows: readinessFacts(readiness) }] : []),
      slowPart(logOf(input).now),
    ],
    links: pageLinks(input, 'The log on the board', '/tab/log'),
  };
}

/** At 14:00 and at 16:00, to the secretary and the chair, while nothing is released. */
export function papersReminderContent(input: MessageInput): MessageContent {
  const { snapshot, assessment, personRef, step } = input;
  const { policy, readiness, headline } = assessment;
  const due = timeWords(policy.papersDeadlineTime);
  const secretary = snapshot.people.find((one) => one.boardRole === 'secretary');
  const isTheirs = secretary?.ref === personRef;
  const when = step === 'papers-last-call' ? `They were due by ${due} today` : `They are due by ${due} today`;
  const who = isTheirs
    ? 'Please look at the draft log and release it'
    : `${secretary?.name ?? 'The secretary'} is asked to look at the draft log and release it`;
  return {
    title: `Papers not released yet for ${boardWords(input)}`,
    summary: `${when}. ${who}. Nothing goes out unseen.`,
    parts: [
      { kind: 'text', text: headline.text },
      ...(readiness ? [{ kind: 'facts' as const, heading: 'Ready?', rows: readinessFacts(readiness) }] : []),
    ],
    links: pageLinks(input, 'The log on the board', '/tab/log'),
  };
}

/** To members, the chair and the advisers: what is in the papers, what is slow, what changed; as released, nothing else. */
export function papersSentContent(input: MessageInput): MessageContent {
  const { assessment, released, personRef, snapshot } = input;
  const reader = snapshot.people.find((one) => one.ref === personRef);
  const facts = meetingFacts(input);
  const log = released && isWhole(released.log) ? released.log : undefined;
  const code = released === undefined ? '' : ` Log code: ${released.shortCode}.`;
  const corrects = log?.corrects === undefined ? '' : ` It corrects ${log.corrects.shortCode}.`;
  return {
    title: `Papers for ${boardWords(input)}`,
    summary: `The action and impact log and the board pack are released.${corrects}${code}`,
    parts: [
      ...(facts.length === 0 ? [] : [{ kind: 'facts' as const, heading: 'The meeting', rows: facts }]),
      ...(log
        ? [
            { kind: 'text' as const, text: log.headline.text },
            slowPart(log),
            changedIn(log, calendarOf(assessment.policy).longDate),
          ]
        : []),
    ],
    links: [
      ...(released?.papers ?? []),
      ...(isAdviserRole(reader?.boardRole) ? [] : pageLinks(input, 'Open the log on the board', '/tab/log')),
    ],
    linksFirst: true,
  };
}

function isWhole(log: ActionImpactLog): log is CompiledLog {
  return log.headline !== notRecorded && log.sections !== notRecorded;
}

/** Rows of the log that tell of a change since the one before. */
function changedIn(log: CompiledLog, longDate: (on: string) => string): MessagePart {
  const rows = log.actions.filter((one) => one.detail.changed.some((text) => text !== nothingChanged));
  const items = rows.slice(0, mostSlow).map((one): MessageItem => ({
    ref: one.ref,
    title: one.detail.title,
    lines: one.detail.changed.slice(0, 2),
  }));
  const since = log.comparedWith
    ? `Since the log ${log.comparedWith.kind} ${log.comparedWith.meetingRef}, as of ${longDate(log.judgedOn)}.`
    : 'No log was frozen before, so there is nothing to compare.';
  return {
    ...listPart('What changed', log.comparedWith ? items : [], log.comparedWith ? rows.length : 0, undefined),
    note: since,
  };
}

/** Counts with their base. */
export function readinessFacts(readiness: Readiness): readonly MessageFact[] {
  const of = (one: { readonly done: number; readonly total: number }): string =>
    one.total === 0 ? 'none asked' : `${one.done} of ${one.total}`;
  const toDecide = readiness.dateChangesToDecide.length;
  return [
    { name: 'Answers in', value: of(readiness.answers) },
    { name: 'Risks reviewed', value: of(readiness.risksReviewed) },
    { name: 'Readings in', value: of(readiness.readingsIn) },
    { name: 'Advisers invited', value: of(readiness.advisersInvited) },
    { name: 'Date changes to decide', value: toDecide === 0 ? 'none' : String(toDecide) },
  ];
}
