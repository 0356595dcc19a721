// The words of the action and impact log that document and workbook share, so that both say the same.
import { createCalendar } from '../board/calendar';
import {
  notRecorded,
  type CompiledLog,
  type CompiledRisk,
  type CompiledRow,
  type LogEvidence,
  type LogMeasure,
} from '../board/logShape';
import type { CivilDate } from '../board/model';
import {
  count,
  deliveryWords,
  effectWords,
  evidenceWords as kindsOfEvidence,
  figure,
  listed,
  monthName,
  plain,
} from '../board/wording';

/** What a paper says of the log it is made from. */
export interface PaperFacts {
  /** "B09-before, 4F2A": what a chair can read out. */
  readonly shortCode: string;
  readonly hash: string;
  readonly state: 'draft' | 'frozen';
}

// Long dates need no holidays and no zone of their own.
export const dates = createCalendar({ timeZone: 'Europe/London', quietDays: [] });

export const longDate = (on: CivilDate): string => dates.longDate(on);
export const dayOf = (on: CivilDate): string => longDate(on).replace(/^\S+ /, '');

export function kindWords(log: CompiledLog): string {
  return `${log.kind === 'for the meeting' ? 'For' : 'After'} the meeting on ${longDate(log.meetingOn)} (${log.meetingRef})`;
}

export function judgedWords(log: CompiledLog): string {
  return `Judged as of ${longDate(dates.on(log.judgedAt))}, ${dates.timeOf(log.judgedAt)}`;
}

/** As of when, and from which records: the end of every caption. */
export function fromWords(log: CompiledLog, records: string): string {
  return `${judgedWords(log)}, from ${records}.`;
}

export function comparedWords(log: CompiledLog): string {
  return log.comparedWith === undefined
    ? 'There is no earlier frozen log, so nothing is compared.'
    : `Compared with the log ${log.comparedWith.kind} ${log.comparedWith.meetingRef}.`;
}

/** The moment judged is on the day of the release: a draft of another day is shown anew. */
export function releasedWords(log: CompiledLog): string | undefined {
  return log.released === undefined ? undefined : `Released by ${log.released.by} on ${longDate(log.judgedOn)}`;
}

export function correctsWords({ corrects }: CompiledLog): string | undefined {
  if (corrects === undefined) return undefined;
  const why = corrects.reason === undefined ? '; no reason is recorded' : `, because: ${corrects.reason}`;
  return `This log corrects ${corrects.shortCode}${why.replace(/\.$/, '')}.`;
}

export function codeWords(facts: PaperFacts): string {
  return facts.state === 'frozen' ? `Frozen log ${facts.shortCode}` : `Draft ${facts.shortCode}, not frozen yet`;
}

/** Claimed and computed delivery in one cell, with the disagreement and the owner's reply. */
export function deliveryCell(row: CompiledRow): string {
  const claimed = deliveryWords[row.claimedDelivery];
  const computed = deliveryWords[row.computedDelivery];
  const first = row.claimedDelivery === row.computedDelivery ? computed : `Owner: ${claimed}\nRecord: ${computed}`;
  return lines([first, row.detail.disagreement, row.detail.reply && `Owner's reply: ${row.detail.reply}`]);
}

export function effectCell(row: CompiledRow): string {
  const same = row.claimedEffect === row.computedEffect;
  const { detail } = row;
  return lines([
    same
      ? effectWords[row.computedEffect]
      : `Owner: ${effectWords[row.claimedEffect]}\nRecord: ${effectWords[row.computedEffect]}`,
    detail.effectText,
    ...detail.evidenceFor.map((one) => `For: ${evidenceWords(one)}`),
    ...detail.evidenceAgainst.map((one) => `Against: ${evidenceWords(one)}`),
  ]);
}

export function dueCell(row: CompiledRow): string {
  const { detail } = row;
  const moved =
    detail.dateMoves === 0
      ? undefined
      : `moved ${times(detail.dateMoves)}, by ${count(detail.dateMovedCalendarDays, 'day')}`;
  return lines([
    row.dueOn === null ? 'No due date' : dayOf(row.dueOn),
    detail.originalDueOn !== undefined && detail.originalDueOn !== row.dueOn
      ? `first ${dayOf(detail.originalDueOn)}`
      : undefined,
    moved,
    row.forecastOn === null ? undefined : `forecast ${dayOf(row.forecastOn)}`,
  ]);
}

export function progressCell(row: CompiledRow): string {
  const { then } = row.detail;
  const now =
    row.milestonesTotal === 0 ? `${plain(row.percent)}%` : `${row.milestonesDone} of ${row.milestonesTotal} milestones`;
  const before =
    then.milestonesTotal === notRecorded || then.milestonesTotal === 0
      ? then.percent === notRecorded
        ? notRecorded
        : `${plain(then.percent)}%`
      : `${then.milestonesDone} of ${then.milestonesTotal}`;
  return `Then: ${before}\nNow: ${now}`;
}

export function changedCell(row: CompiledRow): string {
  const { lastUpdate } = row.detail;
  const said =
    lastUpdate?.narrative === undefined
      ? undefined
      : `${lastUpdate.by}, ${dayOf(lastUpdate.on)}: ${lastUpdate.narrative}`;
  return lines([...(row.detail.changed.length === 0 ? ['Nothing'] : row.detail.changed), said]);
}

export function askedCell(row: CompiledRow): string {
  const { detail } = row;
  return lines([
    row.asked,
    detail.blocker &&
      `Blocked: ${detail.blocker.text}${detail.blocker.waitingOnBody === undefined ? '' : ` (waiting for ${detail.blocker.waitingOnBody})`}`,
    askedBefore(row),
    ...detail.saidLastTime.map((one) => `The board said: ${one}`),
  ]);
}

/** What was asked last time; nothing where nothing but noting was asked, now as then. */
function askedBefore({ asked, detail: { ask, askedLastTime } }: CompiledRow): string | undefined {
  if (askedLastTime === notRecorded) return undefined;
  if (askedLastTime !== asked) return `Asked last time: ${askedLastTime}`;
  return ask === 'note' ? undefined : 'The same was asked last time.';
}

/** The risks and decisions that a row is linked with. */
export function linkedCell({ detail }: CompiledRow): string {
  return lines([
    detail.riskRefs.length === 0 ? undefined : `Risks: ${listed(detail.riskRefs)}`,
    detail.decisionRefs.length === 0 ? undefined : `Decisions: ${listed(detail.decisionRefs)}`,
  ]);
}

export function whoCell(row: CompiledRow): string {
  const { detail } = row;
  const partners = detail.partnerBodies.length === 0 ? undefined : `with ${listed(detail.partnerBodies)}`;
  return lines([detail.owner, detail.leadBody, partners]);
}

export function evidenceWords(one: LogEvidence): string {
  return `${one.ref}, ${kinds[one.kind] ?? one.kind}, ${dayOf(one.on)}, ${one.sourceBody}: ${one.summary}`;
}

/** A kind that this version does not know stands as the frozen log has it. */
const kinds: Readonly<Record<string, string>> = kindsOfEvidence;

const states: Readonly<Record<string, string>> = {
  'no-expectation': 'Nothing to compare with',
  ahead: 'Ahead',
  'within-tolerance': 'Within tolerance',
  behind: 'Behind',
  'no-reading': 'No reading',
};

export function measureState(one: { readonly state: string }): string {
  return states[one.state] ?? one.state;
}

export function measureValue(value: number | undefined, unit: string): string {
  return value === undefined ? '' : figure(value, unit);
}

export function measureNotes(one: LogMeasure): string {
  return lines([one.direction === undefined ? undefined : `Direction: ${one.direction}.`, ...measureRemarks(one)]);
}

/** What is known of a measure besides its state and direction. */
export function measureRemarks(one: LogMeasure): readonly string[] {
  return [
    ...(one.forecast === 'on-time' ? ['On its present trend it reaches its target in time.'] : []),
    // What is missing, late, revised or off its trend is among the reasons.
    ...one.reasons,
    ...(one.handedOver ?? []),
  ];
}

export function latestWords(one: LogMeasure): string {
  return one.latestPeriod === undefined
    ? 'None'
    : `${measureValue(one.latestValue, one.unit)}\n${monthName(one.latestPeriod)}`;
}

function riskScore(risk: CompiledRisk): string {
  return `${risk.detail.score} (${risk.likelihood} x ${risk.impact}), ${risk.detail.band}`;
}

/** Why it is as it is, and who took it or a step of it over. */
export function riskRemarks({ detail }: CompiledRisk): readonly string[] {
  return [...detail.reasons, ...(detail.handedOver ?? [])];
}

/** Score now, when the risk was first seen, and where it is meant to go. */
export function scoreCell(risk: CompiledRisk): string {
  return `${riskScore(risk)}\nbegan at ${risk.detail.inherentScore}, target ${risk.detail.targetScore}`;
}

export function worstFirst(risks: readonly CompiledRisk[]): readonly CompiledRisk[] {
  return [...risks].sort((a, b) => b.detail.score - a.detail.score || (a.ref < b.ref ? -1 : 1));
}

export function movementWords(movement: number | typeof notRecorded): string {
  if (movement === notRecorded) return notRecorded;
  if (movement === 0) return 'Level';
  return movement > 0 ? `Up by ${movement}` : `Down by ${-movement}`;
}

export function times(n: number): string {
  return n === 1 ? 'once' : n === 2 ? 'twice' : `${n} times`;
}

export function lines(parts: readonly (string | undefined)[]): string {
  return parts.filter((one): one is string => one !== undefined && one !== '').join('\n');
}
