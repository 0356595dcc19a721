// The action and impact log as a workbook: one sheet a section, the same words as the document, real dates and numbers.
// Longer than most: one function a sheet.
import { notRecorded, type CompiledLog, type CompiledRow } from '../board/logShape';
import { deliveryWords, effectWords, listed, monthName } from '../board/wording';
import {
  askedCell,
  codeWords,
  comparedWords,
  correctsWords,
  evidenceWords,
  judgedWords,
  kindWords,
  measureNotes,
  measureState,
  riskRemarks,
  type PaperFacts,
} from './logWords';
import { outcomeSheets } from './outcomeBlocks';
import { date, number, renderWorkbook, text, type CellValue, type Sheet, type SheetColumn } from './workbook';

/** Renders the log as .xlsx. */
export async function renderLogWorkbook(log: CompiledLog, facts: PaperFacts): Promise<Uint8Array> {
  return renderWorkbook(`Action and impact log ${facts.shortCode}`, log.judgedAt, logSheets(log, facts));
}

const col = (title: string, width: number): SheetColumn => ({ title, width });
const recorded = (value: number | typeof notRecorded): CellValue =>
  value === notRecorded ? text(notRecorded) : number(value);

/** The sheets: pure, so that their words can be tested without Excel. */
export function logSheets(log: CompiledLog, facts: PaperFacts): readonly Sheet[] {
  const caption = `${kindWords(log)}. ${judgedWords(log)}. ${codeWords(facts)}.`;
  return [
    headlineSheet(log, facts, caption),
    ...outcomeSheets(log, caption),
    slowSheet(log, caption),
    actionSheet(log, caption),
    ...otherSheets(log, caption),
  ];
}

function headlineSheet(log: CompiledLog, facts: PaperFacts, caption: string): Sheet {
  const rows: readonly (readonly [string, CellValue])[] = [
    ['Board', text(log.boardName)],
    ['Headline', text(log.headline.text)],
    ['Slow to progress', number(log.headline.slow)],
    ['Slow last time', recorded(log.headline.slowLastTime)],
    ['Open actions', number(log.headline.open)],
    ['All actions', number(log.headline.total)],
    ['Comparison', text(comparedWords(log))],
    ...releaseRows(log),
    ['SHA-256 of the record', text(facts.hash)],
  ];
  return {
    name: 'Headlines',
    caption,
    columns: [col('What', 26), col('Value', 100)],
    rows: rows.map(([what, value]) => [text(what), value]),
  };
}

function releaseRows(log: CompiledLog): readonly (readonly [string, CellValue])[] {
  const { released } = log;
  const corrects = correctsWords(log);
  return [
    ...(released
      ? ([
          ['Released by', text(released.by)],
          ['Released on', date(log.judgedOn)],
        ] as const)
      : []),
    ...(corrects === undefined ? [] : ([['Correction', text(corrects)]] as const)),
  ];
}

function slowSheet(log: CompiledLog, caption: string): Sheet {
  const rows = new Map(log.actions.map((row) => [row.ref, row]));
  return {
    name: 'Slow to progress',
    caption,
    columns: [
      col('Ref', 11),
      col('Kind', 10),
      col('Title', 40),
      col('Running', 20),
      col('Why', 70),
      col('What the board is asked to do', 50),
    ],
    rows: log.sections.slow.map((one) => {
      const row = rows.get(one.ref);
      return [
        text(one.ref),
        text(one.kind),
        text(one.title),
        text(one.running),
        text(one.reasons.join('\n')),
        text(row && askedCell(row)),
      ];
    }),
  };
}

function actionSheet(log: CompiledLog, caption: string): Sheet {
  return {
    name: 'Actions',
    caption,
    columns: [
      col('Ref', 11),
      col('Area', 8),
      col('Title', 40),
      col('Owner', 24),
      col('Lead body', 24),
      col('Partner bodies', 24),
      col('Original due date', 18),
      col('Due date', 18),
      col('Moves', 8),
      col('Forecast', 18),
      col('Delivery, owner', 15),
      col('Delivery, record', 15),
      col('Effect, owner', 24),
      col('Effect, record', 24),
      col('Milestones done', 12),
      col('Milestones', 12),
      col('Per cent', 10),
      col('Per cent then', 14),
      col('Slow', 8),
      col('What changed', 50),
      col('What the board is asked to do', 50),
      col('Disagreement', 50),
      col("Owner's reply", 40),
    ],
    rows: log.actions.map(actionCells),
  };
}

function actionCells(row: CompiledRow): readonly CellValue[] {
  const { detail } = row;
  return [
    text(row.ref),
    text(detail.areaRef),
    text(detail.title),
    text(detail.owner),
    text(detail.leadBody),
    text(listed(detail.partnerBodies)),
    date(detail.originalDueOn),
    date(row.dueOn ?? undefined),
    number(detail.dateMoves),
    date(row.forecastOn ?? undefined),
    text(deliveryWords[row.claimedDelivery]),
    text(deliveryWords[row.computedDelivery]),
    text(effectWords[row.claimedEffect]),
    text(effectWords[row.computedEffect]),
    number(row.milestonesDone),
    number(row.milestonesTotal),
    number(row.percent),
    recorded(detail.then.percent),
    text(row.slow ? 'Slow' : 'No'),
    text(detail.changed.join('\n')),
    text(askedCell(row)),
    text(detail.disagreement),
    text(detail.reply),
  ];
}

function otherSheets(log: CompiledLog, caption: string): readonly Sheet[] {
  const { sections } = log;
  return [
    {
      name: 'Contributions',
      caption,
      columns: [col('Who', 34), col('Body', 28), col('Asked', 9), col('On time', 9), col('Why', 90)],
      rows: sections.contributions.rows.map((row) => [
        text(row.name),
        text(row.body),
        number(row.asked),
        number(row.onTime),
        text(row.reasons.join('\n')),
      ]),
    },
    {
      name: 'Measures',
      caption,
      columns: [
        col('Ref', 8),
        col('Measure', 44),
        col('Owner', 24),
        col('Unit', 14),
        col('Latest', 10),
        col('Period', 18),
        col('Expected', 10),
        col('State', 18),
        col('What else is known', 80),
      ],
      rows: sections.measures.map((one) => [
        text(one.ref),
        text(one.name),
        text(one.owner),
        text(one.unit),
        number(one.latestValue),
        text(one.latestPeriod && monthName(one.latestPeriod)),
        number(one.expectedValue),
        text(measureState(one)),
        text(measureNotes(one)),
      ]),
    },
    {
      name: 'Risks',
      caption,
      columns: [
        col('Ref', 8),
        col('Risk', 44),
        col('Owner', 24),
        col('Likelihood', 11),
        col('Impact', 9),
        col('Score', 8),
        col('Band', 12),
        col('Inherent', 10),
        col('Target', 9),
        col('Movement', 16),
        col('Why it matters now', 80),
      ],
      rows: log.risks.map((risk) => [
        text(risk.ref),
        text(risk.detail.title),
        text(risk.detail.owner),
        number(risk.likelihood),
        number(risk.impact),
        number(risk.detail.score),
        text(risk.detail.band),
        number(risk.detail.inherentScore),
        number(risk.detail.targetScore),
        recorded(risk.detail.movement),
        text(riskRemarks(risk).join('\n')),
      ]),
    },
    {
      name: 'Date changes',
      caption,
      columns: [
        col('Action', 11),
        col('From', 18),
        col('To', 18),
        col('Reason', 80),
        col('Asked by', 24),
        col('Asked on', 18),
        col('Decision', 12),
        col('Decided on', 18),
      ],
      rows: sections.dateChanges.map((one) => [
        text(one.actionRef),
        date(one.fromOn),
        date(one.toOn),
        text(one.reason),
        text(one.requestedBy),
        date(one.requestedOn),
        text(one.decision),
        date(one.decidedOn),
      ]),
    },
    {
      name: 'Decisions',
      caption,
      columns: [
        col('Ref', 11),
        col('Meeting', 10),
        col('Decision', 80),
        col('Owner', 24),
        col('Due', 18),
        col('State', 20),
      ],
      rows: sections.decisions.map((one) => [
        text(one.ref),
        text(one.meetingRef),
        text(one.text),
        text(one.owner),
        date(one.dueOn),
        text(one.overdue ? `${one.state}, past its date` : one.state),
      ]),
    },
    {
      name: 'Lived experience',
      caption,
      columns: [col('Area', 10), col('Evidence', 120)],
      rows: sections.livedExperience.flatMap((area) =>
        area.voices.length === 0
          ? [[text(area.ref), text('None since the last meeting')]]
          : area.voices.map((one) => [text(area.ref), text(evidenceWords(one))]),
      ),
    },
    {
      name: 'Findings',
      caption,
      columns: [col('Subject', 14), col('Rule', 34), col('Level', 12), col('Finding', 110), col('Records', 40)],
      rows: sections.findings.map((one) => [
        text(one.ref),
        text(one.rule),
        text(one.level),
        text(one.text),
        text(listed(one.records)),
      ]),
    },
  ];
}
