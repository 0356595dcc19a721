// The log's actions as CSV for machines: RFC 4180, UTF-8, one row an action, no text that a spreadsheet would run.
import { notRecorded, type CompiledLog, type CompiledRow, type Recorded } from '../board/logShape';
import type { PaperFacts } from './logWords';

type Cell = string | number | boolean | null | undefined;

const columns: readonly (readonly [string, (row: CompiledRow) => Cell])[] = [
  ['ref', (row) => row.ref],
  ['area', (row) => row.detail.areaRef],
  ['title', (row) => row.detail.title],
  ['owner', (row) => row.detail.owner],
  ['ownerRef', (row) => row.detail.ownerRef],
  ['leadBody', (row) => row.detail.leadBody],
  ['partnerBodies', (row) => row.detail.partnerBodies.join('; ')],
  ['originalDueOn', (row) => row.detail.originalDueOn],
  ['dueOn', (row) => row.dueOn],
  ['forecastOn', (row) => row.forecastOn],
  ['dateMoves', (row) => row.detail.dateMoves],
  ['dateMovedCalendarDays', (row) => row.detail.dateMovedCalendarDays],
  ['claimedDelivery', (row) => row.claimedDelivery],
  ['computedDelivery', (row) => row.computedDelivery],
  ['claimedEffect', (row) => row.claimedEffect],
  ['computedEffect', (row) => row.computedEffect],
  ['milestonesDone', (row) => row.milestonesDone],
  ['milestonesTotal', (row) => row.milestonesTotal],
  ['percent', (row) => row.percent],
  ['percentThen', (row) => recorded(row.detail.then.percent)],
  ['slow', (row) => row.slow],
  ['slowMeetings', (row) => row.detail.slowMeetings],
  ['slowReasons', (row) => row.detail.slowReasons.join('\n')],
  ['ask', (row) => row.detail.ask],
  ['asked', (row) => row.asked],
  ['disagreement', (row) => row.detail.disagreement],
  ['reply', (row) => row.detail.reply],
  ['changed', (row) => row.detail.changed.join('\n')],
  ['blocker', (row) => row.detail.blocker?.text],
  ['waitingOnBody', (row) => row.detail.blocker?.waitingOnBody],
  ['riskRefs', (row) => row.detail.riskRefs.join('; ')],
  ['decisionRefs', (row) => row.detail.decisionRefs.join('; ')],
  ['evidenceFor', (row) => row.detail.evidenceFor.map((one) => one.ref).join('; ')],
  ['evidenceAgainst', (row) => row.detail.evidenceAgainst.map((one) => one.ref).join('; ')],
  ['answered', (row) => row.detail.answered],
];

/** What an old log did not record is empty, as JSON's null would be. */
function recorded(value: Recorded<number>): number | undefined {
  return value === notRecorded ? undefined : value;
}

/** Dates are `YYYY-MM-DD`, ratings the terms of docs/rules.md; the first columns say which log it is. */
export function logCsv(log: CompiledLog, facts: PaperFacts): string {
  const agreed = new Map(log.sections.outcomes?.slow.map((one) => [one.ref, one.agreed.join('\n')]));
  const head = [
    ...['meeting', 'kind', 'judgedAt', 'logHash', ...columns.map(([name]) => name)],
    ...['slowAtMeeting', 'agreed', 'releasedBy', 'corrects', 'correctsReason'],
  ];
  const rows = log.actions.map((row) => [
    log.meetingRef,
    log.kind,
    log.judgedAt,
    facts.hash,
    ...columns.map(([, pick]) => pick(row)),
    // Only a log after the meeting knows what the board saw.
    log.sections.outcomes && agreed.has(row.ref),
    agreed.get(row.ref),
    log.released?.by,
    log.corrects?.hash,
    log.corrects?.reason,
  ]);
  return [head, ...rows].map((row) => `${row.map(field).join(',')}\r\n`).join('');
}

export function renderLogCsv(log: CompiledLog, facts: PaperFacts): Uint8Array {
  return new TextEncoder().encode(logCsv(log, facts));
}

function field(value: Cell): string {
  if (value === undefined || value === null) return '';
  if (typeof value !== 'string') return String(value);
  // A text that a spreadsheet would take for a formula is prefixed (OWASP, "CSV Injection").
  const safe = /^[=+\-@\t\r\n]/.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
