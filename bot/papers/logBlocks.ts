// The sections of the action and impact log as blocks, which the log's own paper and the packs share.
import type { CompiledLog, CompiledRow, LogArea, LogSlow } from '../board/logShape';
import { count, listed } from '../board/wording';
import type { Block } from './document';
import {
  askedCell,
  changedCell,
  deliveryCell,
  dueCell,
  effectCell,
  evidenceWords,
  judgedWords,
  latestWords,
  lines,
  linkedCell,
  longDate,
  measureNotes,
  measureState,
  measureValue,
  movementWords,
  progressCell,
  riskScore,
  whoCell,
  type PaperFacts,
} from './logWords';
import type { Column } from './wordTable';

export const col = (title: string, widthPercent: number): Column => ({ title, widthPercent });
export const heading = (text: string, level: 1 | 2 = 1): Block => ({ kind: 'heading', level, text });
export const paragraph = (text: string): Block => ({ kind: 'paragraph', text });

export function bullets(items: readonly string[], whenEmpty: string): Block {
  return items.length === 0 ? paragraph(whenEmpty) : { kind: 'bullets', items };
}

export function headlines(log: CompiledLog): readonly Block[] {
  const { slow, slowBeyondPageOne, contributions, backOnTrack, dateChanges } = log.sections;
  const toDecide = log.actions.filter((row) => row.detail.ask === 'decide' || row.detail.ask === 'help');
  const waiting = dateChanges.filter((one) => one.decision === 'pending');
  return [
    heading('Headlines'),
    { kind: 'paragraph', text: log.headline.text, strong: true },
    heading('Slow to progress', 2),
    bullets(slow.filter((one) => one.onPageOne).map(slowLine), 'Nothing is slow to progress by the rules.'),
    ...(slowBeyondPageOne > 0 ? [paragraph(`${slowBeyondPageOne} more in the section that follows.`)] : []),
    heading('Whose contribution to strengthen', 2),
    bullets(
      contributions.rows.map((row) => `${row.name}: ${row.reasons[0] ?? ''}`),
      'None by the rules.',
    ),
    heading('What the board must decide', 2),
    bullets(
      [
        ...waiting.map(
          (one) =>
            `${one.actionRef}: move the date from ${longDate(one.fromOn)} to ${longDate(one.toOn)}${one.beyondNoticeAim ? ", beyond the notice's aim date" : ''}?`,
        ),
        ...toDecide
          .filter((row) => !waiting.some((one) => one.actionRef === row.ref))
          .map((row) => `${row.ref} ${row.detail.title}: ${row.asked}`),
      ],
      'Nothing waits for a decision.',
    ),
    heading('Back on track', 2),
    bullets(
      backOnTrack.map((one) => `${one.ref} ${one.title}: ${one.text}`),
      'Nothing has come back on track since the last log.',
    ),
  ];
}

function slowLine(one: LogSlow): string {
  return `${one.ref} ${one.title}${one.running === undefined ? '' : ` (${one.running})`}: ${one.reasons[0] ?? ''}`;
}

export function slowSection(log: CompiledLog): readonly Block[] {
  const rows = new Map(log.actions.map((row) => [row.ref, row]));
  return [
    heading('Slow to progress'),
    {
      kind: 'table',
      caption: `What is slow to progress and why, worst first. ${judgedWords(log)}, from actions, milestones, measures and updates.`,
      columns: [col('Action or measure', 26), col('Why', 44), col('What the board is asked to do', 30)],
      rows: log.sections.slow.map((one) => [
        lines([
          `${one.ref} ${one.title}`,
          one.running,
          one.kind === 'measure' ? `Meant to move it: ${listed(one.actionRefs)}` : undefined,
        ]),
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
  return [
    heading('Back on track'),
    bullets(
      backOnTrack.map((one) => `${one.ref} ${one.title}: ${one.text}`),
      'None since the last log.',
    ),
    heading('Done, but the measure is behind'),
    bullets(
      doneButMeasureBehind.map(
        (one) => `${one.ref} ${one.title}: ${listed(one.measureRefs)} behind for two readings or more.`,
      ),
      'None.',
    ),
    heading('Contributions to strengthen'),
    paragraph(contributions.help),
    {
      kind: 'table',
      caption: 'Whose contribution the rules find in need of strengthening, over the last three cycles.',
      columns: [col('Who', 28), col('Asked and answered on time', 20), col('Why', 52)],
      rows: contributions.rows.map((row) => [
        lines([
          row.name,
          row.body === row.name ? undefined : row.body,
          row.people.length === 0 ? undefined : `Owners: ${listed(row.people)}`,
        ]),
        `${row.onTime} of ${row.asked}`,
        row.reasons.join('\n'),
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
    paragraph(
      `${area.slow} of ${count(area.actionRefs.length, 'action')} slow; ${area.measuresBehind} of ${count(area.measures, 'measure')} behind; ` +
        `${area.risksAboveTolerance} of ${count(area.risks, 'risk')} above tolerance; ${area.answered} of ${count(area.asked, 'answer')} in. ` +
        (area.lastVoiceOn === undefined
          ? "No family's or child's voice is recorded."
          : `Last family's or child's voice: ${longDate(area.lastVoiceOn)}.`),
    ),
    {
      kind: 'table',
      caption: `The actions of ${area.ref}. ${judgedWords(log)}.`,
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
      caption: `Each measure's latest reading against its trajectory. ${judgedWords(log)}, from the list Readings.`,
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
      caption: `Each risk's score (likelihood x impact) and its movement since the last frozen log. ${judgedWords(log)}, from the risk register.`,
      columns: [
        col('Risk', 26),
        col('Owner', 13),
        col('Score', 13),
        col('Movement', 11),
        col('Mitigations done', 10),
        col('Why it matters now', 27),
      ],
      rows: log.risks.map((risk) => [
        `${risk.ref} ${risk.detail.title}`,
        risk.detail.owner,
        `${riskScore(risk)}\nfrom ${risk.detail.inherentScore}, target ${risk.detail.targetScore}`,
        movementWords(risk.detail.movement),
        `${risk.detail.mitigationsDone} of ${risk.detail.mitigationsTotal}`,
        risk.detail.reasons.join('\n'),
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
      caption: 'Requests to move a due date and what was decided. The original date never changes.',
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
      caption: 'Decisions and actions arising that are open, or were carried out since the last meeting.',
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
  return [
    heading('Lived experience'),
    ...log.sections.livedExperience.flatMap((area): readonly Block[] => [
      heading(area.ref, 2),
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

/** Rules whose findings stand in a section or cell of their own. */
const shownAbove =
  /^(slow-to-progress|done-but-measure-behind|measure-|reading-|target-|no-forecast|risk-|contribution-|date-change-to-decide|date-moved|decision-overdue|delivery-claim|contrary-evidence)/;

export function findingSection(log: CompiledLog): readonly Block[] {
  return [
    heading('What the record shows beyond this'),
    {
      kind: 'table',
      caption: `Findings that no section above shows. ${judgedWords(log)}; the workbook's sheet Findings has them all.`,
      columns: [col('Subject', 12), col('Rule', 24), col('Finding', 64)],
      rows: log.sections.findings
        .filter((one) => !shownAbove.test(one.rule))
        .map((one) => [one.ref, one.rule, one.text]),
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
