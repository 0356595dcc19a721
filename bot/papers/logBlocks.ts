// The sections of the action and impact log as blocks, which the log's own paper and the packs share.
// Longer than most: one function a section.
import type { CompiledLog, CompiledRow, LogArea } from '../board/logShape';
import type { Ref } from '../board/model';
import { count } from '../board/wording';
import type { Block } from './document';
import {
  askedCell,
  changedCell,
  deliveryCell,
  dueCell,
  effectCell,
  evidenceWords,
  fromWords,
  latestWords,
  lines,
  linkedCell,
  longDate,
  measureNotes,
  measureState,
  measureValue,
  movementWords,
  progressCell,
  riskRemarks,
  scoreCell,
  whoCell,
  worstFirst,
  type PaperFacts,
} from './logWords';
import type { Column } from './wordTable';

export const col = (title: string, widthPercent: number): Column => ({ title, widthPercent });
export const heading = (text: string, level: 1 | 2 = 1): Block => ({ kind: 'heading', level, text });
export const paragraph = (text: string): Block => ({ kind: 'paragraph', text });

/** A paragraph that stays on one page with what follows it. */
export const lead = (text: string): Block => ({ kind: 'paragraph', text, keepNext: true });

export function bullets(items: readonly string[], whenEmpty: string): Block {
  return items.length === 0 ? paragraph(whenEmpty) : { kind: 'bullets', items };
}

export function slowSection(log: CompiledLog): readonly Block[] {
  const rows = new Map(log.actions.map((row) => [row.ref, row]));
  return [
    heading('Slow to progress'),
    {
      kind: 'table',
      caption: `What is slow to progress and why, worst first. ${fromWords(log, 'the lists Actions, Milestones, Readings and Updates')}`,
      columns: [col('Action or measure', 26), col('Why', 44), col('What the board is asked to do', 30)],
      rows: log.sections.slow.map((one) => [
        lines([`${one.ref} ${one.title}`, one.running]),
        one.reasons.join('\n'),
        slowAsk(rows.get(one.ref)),
      ]),
      whenEmpty: 'Nothing is slow to progress by the rules.',
    },
  ];
}

function slowAsk(row: CompiledRow | undefined): string {
  return row === undefined ? 'Note; ask the owners of its actions what will move it.' : askedCell(row);
}

export function shortSections(log: CompiledLog): readonly Block[] {
  const { backOnTrack, doneButMeasureBehind, contributions } = log.sections;
  const name = namesOfSubjects(log);
  return [
    heading('Back on track'),
    bullets(
      backOnTrack.map((one) => `${one.ref} ${one.title}: ${one.text}`),
      'None since the last log.',
    ),
    heading('Done, but the measure is behind'),
    bullets(
      doneButMeasureBehind.map(
        (one) => `${one.ref} ${one.title}: behind for two readings or more: ${one.measureRefs.map(name).join('; ')}.`,
      ),
      'None.',
    ),
    heading('Contributions to strengthen'),
    paragraph(contributions.help),
    {
      kind: 'table',
      caption: `Whose contribution the rules find in need of strengthening, over the last three cycles. ${fromWords(log, 'the lists Requests, Actions, Decisions and Attendance')}`,
      columns: [col('Who', 22), col('Answered on time', 16), col('Why', 62)],
      rows: contributions.rows.map((row) => [
        lines([row.name, row.body === row.name ? undefined : row.body]),
        `${row.onTime} of ${row.asked}`,
        lines([...row.reasons, ...row.people]),
      ]),
      whenEmpty: 'None by the rules.',
    },
  ];
}

export function areaSections(log: CompiledLog): readonly Block[] {
  return [
    heading('Areas in turn'),
    ...log.sections.areas.flatMap((area): readonly Block[] => [
      heading(`${area.ref} ${area.title}`, 2),
      ...areaBlocks(log, area),
    ]),
  ];
}

/** Where one area stands, and its actions. */
export function areaBlocks(log: CompiledLog, area: LogArea): readonly Block[] {
  const rows = new Map(log.actions.map((row) => [row.ref, row]));
  return [
    lead(
      `${area.slow} of ${count(area.actionRefs.length, 'action')} slow; ${area.measuresBehind} of ${count(area.measures, 'measure')} behind; ` +
        `${area.risksAboveTolerance} of ${count(area.risks, 'risk')} above tolerance; ${area.answered} of ${count(area.asked, 'answer')} in. ` +
        (area.lastVoiceOn === undefined
          ? "No family's or child's voice is recorded."
          : `Last family's or child's voice: ${longDate(area.lastVoiceOn)}.`),
    ),
    {
      kind: 'table',
      caption: `The actions of ${area.ref} ${area.title}. ${fromWords(log, 'the lists Actions, Milestones, Evidence and Updates')}`,
      columns: [
        col('Action', 15),
        col('Who', 12),
        col('Due', 11),
        col('Delivery', 14),
        col('Progress', 9),
        col('Effect', 17),
        col('What changed, and what the board is asked', 22),
      ],
      rows: area.actionRefs.flatMap((ref) => {
        const row = rows.get(ref);
        return row === undefined
          ? []
          : [
              [
                `${row.ref} ${row.detail.title}`,
                whoCell(row),
                dueCell(row),
                deliveryCell(row),
                progressCell(row),
                effectCell(row),
                lines([changedCell(row), `Asked: ${askedCell(row)}`, linkedCell(row)]),
              ],
            ];
      }),
      whenEmpty: 'No action is recorded for this area.',
    },
  ];
}

export function measureSection(log: CompiledLog): readonly Block[] {
  return [
    heading('Measures'),
    {
      kind: 'table',
      caption: `Each measure's latest reading against its trajectory. ${fromWords(log, 'the list Readings')}`,
      columns: [
        col('Measure', 26),
        col('Latest reading', 14),
        col('Expected', 12),
        col('State', 13),
        col('What else is known', 35),
      ],
      rows: log.sections.measures.map((one) => [
        `${one.ref} ${one.name}`,
        latestWords(one),
        measureValue(one.expectedValue, one.unit),
        measureState(one),
        measureNotes(one),
      ]),
      whenEmpty: 'No measure is recorded.',
    },
  ];
}

export function riskSection(log: CompiledLog): readonly Block[] {
  return [
    heading('Risk movement'),
    {
      kind: 'table',
      caption: `Each risk's score (likelihood x impact) and its movement since the last frozen log, worst first. ${fromWords(log, 'the risk register')}`,
      columns: [
        col('Risk', 26),
        col('Owner', 13),
        col('Score', 13),
        col('Movement', 11),
        col('Mitigations done', 10),
        col('Why it matters now', 27),
      ],
      rows: worstFirst(log.risks).map((risk) => [
        `${risk.ref} ${risk.detail.title}`,
        risk.detail.owner,
        scoreCell(risk),
        movementWords(risk.detail.movement),
        `${risk.detail.mitigationsDone} of ${risk.detail.mitigationsTotal}`,
        riskRemarks(risk).join('\n'),
      ]),
      whenEmpty: 'No risk is recorded.',
    },
  ];
}

export function dateChangeSection(log: CompiledLog): readonly Block[] {
  return [
    heading('Date changes'),
    {
      kind: 'table',
      caption: `Requests to move a due date and what was decided; the original date never changes. ${fromWords(log, 'the list DateChanges')}`,
      columns: [
        col('Action', 10),
        col('From', 15),
        col('To', 15),
        col('Reason', 36),
        col('Asked by', 12),
        col('Decision', 12),
      ],
      rows: log.sections.dateChanges.map((one) => [
        one.actionRef,
        longDate(one.fromOn),
        longDate(one.toOn),
        one.reason,
        one.requestedBy,
        lines([
          one.decision === 'pending' ? 'To be decided' : one.decision,
          one.beyondNoticeAim ? "beyond the notice's aim date" : undefined,
        ]),
      ]),
      whenEmpty: 'None.',
    },
  ];
}

export function decisionSection(log: CompiledLog): readonly Block[] {
  return [
    heading('Decisions'),
    {
      kind: 'table',
      caption: `Decisions and actions arising that are open, or were carried out since the last meeting. ${fromWords(log, 'the list Decisions')}`,
      columns: [col('Decision', 50), col('Owner', 20), col('Due', 15), col('State', 15)],
      rows: log.sections.decisions.map((one) => [
        `${one.ref} ${one.text}`,
        one.owner ?? 'Nobody',
        one.dueOn === undefined ? '' : longDate(one.dueOn),
        one.state === 'done' ? 'Done' : one.overdue ? 'Open, past its date' : 'Open',
      ]),
      whenEmpty: 'None.',
    },
  ];
}

export function experienceSection(log: CompiledLog): readonly Block[] {
  const name = namesOfSubjects(log);
  return [
    heading('Lived experience'),
    ...log.sections.livedExperience.flatMap((area): readonly Block[] => [
      heading(`Voices in ${name(area.ref)}`, 2),
      bullets(area.voices.map(evidenceWords), 'None since the last meeting.'),
    ]),
    heading('Work with parents, children and schools', 2),
    bullets(
      log.sections.coProduction.map(
        (one) =>
          `${longDate(one.on)}, with ${one.with}: ${one.did} ${one.changed === undefined ? '' : `Changed because of it: ${one.changed}`}`,
      ),
      'None recorded since the last meeting.',
    ),
  ];
}

/** "no-linked-measure" as people say it. */
function ruleWords(rule: string): string {
  const words = rule.replaceAll('-', ' ');
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/** A ref with the name of its record, as far as the log knows it. */
function namesOfSubjects(log: CompiledLog): (ref: Ref) => string {
  const { areas, measures, contributions } = log.sections;
  const names = new Map<Ref, string>([
    ...log.actions.flatMap(({ detail }) =>
      detail.ownerRef === undefined ? [] : [[detail.ownerRef, detail.owner] as const],
    ),
    ...contributions.rows.flatMap((one) => (one.ref === undefined ? [] : [[one.ref, one.name] as const])),
    ...areas.map((one) => [one.ref, one.title] as const),
    ...log.actions.map((one) => [one.ref, one.detail.title] as const),
    ...measures.map((one) => [one.ref, one.name] as const),
    ...log.risks.map((one) => [one.ref, one.detail.title] as const),
  ]);
  return (ref) => {
    const name = names.get(ref);
    return name === undefined || name === ref ? ref : `${ref} ${name}`;
  };
}

/** Rules whose findings stand in a section or cell of their own. */
const shownAbove =
  /^(slow-to-progress|done-but-measure-behind|measure-|reading-|target-|no-forecast|risk-|contribution-|date-change-to-decide|date-moved|decision-overdue|delivery-claim|contrary-evidence)/;

export function findingSection(log: CompiledLog): readonly Block[] {
  const name = namesOfSubjects(log);
  return [
    heading('What the record shows beyond this'),
    {
      kind: 'table',
      caption: `Findings that no section above shows; the workbook's sheet Findings has them all. ${fromWords(log, "all the board's lists")}`,
      columns: [col('About', 28), col('Kind', 20), col('Finding', 52)],
      rows: log.sections.findings
        .filter((one) => !shownAbove.test(one.rule))
        .sort((a, b) => (a.rule < b.rule ? -1 : a.rule > b.rule ? 1 : a.ref < b.ref ? -1 : 1))
        .map((one) => [name(one.ref), ruleWords(one.rule), one.text]),
      whenEmpty: 'None.',
    },
  ];
}

export function aboutSection(facts: PaperFacts): readonly Block[] {
  return [
    heading('About this log'),
    paragraph(
      facts.state === 'frozen'
        ? `This paper was made from a frozen record. Its code is ${facts.shortCode}; the record's SHA-256 is ${facts.hash}. A frozen log never changes: a correction is a new log that names this one.`
        : `This is a draft (${facts.shortCode}); it is not the board's record until the secretary freezes it.`,
    ),
  ];
}
