// What came of the meeting, for the log after it: who came, what was agreed about each slow item, what was decided.
import type { CompiledLog, LogDateChange, LogDecision, LogOutcomes } from '../board/logShape';
import type { CivilDate, Ref } from '../board/model';
import type { Block } from './document';
import { bullets, col, heading, paragraph } from './logBlocks';
import { dayOf, fromWords, lines } from './logWords';
import { date, text, type CellValue, type Sheet, type SheetColumn } from './workbook';

const title = 'What came of the meeting';
const nothingAgreed = 'No response of the board is recorded.';

/** Nothing in a log for the meeting. */
export function outcomeSection(log: CompiledLog): readonly Block[] {
  const { outcomes } = log.sections;
  if (outcomes === undefined) return [];
  return [
    heading(title),
    paragraph(outcomes.attendance),
    heading('What was agreed about each slow item', 2),
    {
      kind: 'table',
      caption: `What the board saw as slow to progress, and what it agreed about each. ${fromWords(log, 'the lists Decisions and DateChanges')}`,
      columns: [col('Action or measure', 40), col('What the board agreed', 60)],
      rows: outcomes.slow.map((one) => [`${one.ref} ${one.title}`, agreedWords(one)]),
      whenEmpty: 'Nothing was slow to progress by the rules.',
    },
    heading('What was decided', 2),
    {
      kind: 'table',
      caption: `Decisions and actions arising of ${log.meetingRef}. ${fromWords(log, 'the list Decisions')}`,
      columns: [col('Decision', 55), col('About', 13), col('Owner', 18), col('Due', 14)],
      rows: decisionsOf(log, outcomes).map((one) => [
        `${one.ref} ${one.text}`,
        one.subjectRef ?? '',
        one.owner ?? 'Nobody',
        one.dueOn === undefined ? '' : dayOf(one.dueOn),
      ]),
      whenEmpty: 'No decision of this meeting is recorded.',
    },
    heading('Dates that were decided', 2),
    bullets(changesOf(log, outcomes).map(changeLine), 'No date change was decided at this meeting.'),
  ];
}

const column = (name: string, width: number): SheetColumn => ({ title: name, width });

/** One row an outcome, so that each kind can be filtered; no sheet for a log for the meeting. */
export function outcomeSheets(log: CompiledLog, caption: string): readonly Sheet[] {
  const { outcomes } = log.sections;
  if (outcomes === undefined) return [];
  const rows: readonly (readonly CellValue[])[] = [
    row('Attendance', log.meetingRef, undefined, outcomes.attendance),
    ...outcomes.slow.map((one) => row('Slow item', one.ref, one.title, agreedWords(one))),
    ...decisionsOf(log, outcomes).map((one) =>
      row('Decision', one.ref, one.subjectRef, one.text, one.owner ?? 'Nobody', one.dueOn),
    ),
    ...changesOf(log, outcomes).map((one) =>
      row('Date change', one.ref, one.actionRef, changeWords(one), undefined, dateHeld(one)),
    ),
  ];
  return [
    {
      name: title,
      caption,
      columns: [
        column('What', 16),
        column('Ref', 11),
        column('About', 44),
        column('Outcome', 90),
        column('Owner', 24),
        column('Due', 18),
      ],
      rows,
    },
  ];
}

function row(what: string, ref: Ref, about: string | undefined, outcome: string, owner?: string, on?: CivilDate) {
  return [text(what), text(ref), text(about), text(outcome), text(owner), date(on)];
}

function agreedWords(one: LogOutcomes['slow'][number]): string {
  return one.agreed.length === 0 ? nothingAgreed : lines(one.agreed);
}

function decisionsOf(log: CompiledLog, { decisionRefs }: LogOutcomes): readonly LogDecision[] {
  return log.sections.decisions.filter((one) => decisionRefs.includes(one.ref));
}

function changesOf(log: CompiledLog, { dateChangeRefs }: LogOutcomes): readonly LogDateChange[] {
  return log.sections.dateChanges.filter((one) => dateChangeRefs.includes(one.ref));
}

function changeLine(one: LogDateChange): string {
  return `${one.actionRef}: ${changeWords(one)}`;
}

function dateHeld(one: LogDateChange): CivilDate {
  return one.decision === 'approved' ? one.toOn : one.fromOn;
}

/** A date that was refused stays. */
function changeWords(one: LogDateChange): string {
  const from = dayOf(one.fromOn);
  const to = dayOf(one.toOn);
  return one.decision === 'approved'
    ? `moved from ${from} to ${to}. ${one.reason}`
    : `not moved to ${to}; the date stays ${from}. Asked for because: ${one.reason}`;
}
