// The board pack: one Word document with agenda, log, measures with charts, risk register, date changes and papers index.
import { plain } from '../board/wording';
import { agendaSection, openNotes } from './agenda';
import type { Block, Paper } from './document';
import { headlines } from './headlines';
import {
  areaSections,
  bullets,
  col,
  dateChangeSection,
  decisionSection,
  experienceSection,
  findingSection,
  heading,
  paragraph,
  shortSections,
  slowSection,
} from './logBlocks';
import { dayOf, fromWords, lines, longDate } from './logWords';
import {
  measureBlocks,
  namesOf,
  packCover,
  packFooter,
  riskRegister,
  sourcesSection,
  type PackInput,
} from './packBlocks';

/** The pack as a paper; pure but for the drawing of its charts. */
export function boardPack(input: PackInput): Paper {
  const { log, charts } = input;
  return {
    title: 'Board pack',
    cover: packCover(input),
    withContents: true,
    footer: packFooter(input, 'board pack'),
    sections: [
      { orientation: 'portrait', blocks: agendaSection(input) },
      // On a page of its own, to be read aloud.
      { orientation: 'portrait', blocks: headlines(log) },
      {
        orientation: 'landscape',
        blocks: [
          ...experienceSection(log),
          ...decisionSection(log),
          ...slowSection(log),
          ...shortSections(log),
          ...areaSections(log),
        ],
      },
      {
        orientation: 'portrait',
        blocks: [
          heading('Measures with charts'),
          paragraph(
            'Each chart shows the readings against the expected line and its tolerance; the table under it has the numbers.',
          ),
          ...measureBlocks(log, log.sections.measures, charts),
        ],
      },
      {
        orientation: 'landscape',
        blocks: [
          heading('Risk register'),
          riskRegister(input, log.risks),
          ...toDecideSection(input),
          ...(log.sections.dateChanges.some((one) => one.decision !== 'pending') ? dateChangeSection(log) : []),
          ...adviserSection(input),
          ...findingSection(log),
          ...indexSection(input),
          ...sourcesSection(input),
        ],
      },
    ],
  };
}

/** One block for each date change that waits: what is asked, why, and what it would mean. */
function toDecideSection({ log }: PackInput): readonly Block[] {
  const rows = new Map(log.actions.map((one) => [one.ref, one]));
  const waiting = log.sections.dateChanges.filter((one) => one.decision === 'pending');
  return [
    heading('Date changes to decide'),
    {
      kind: 'table',
      caption: `Requests that wait for the board, with what it should know of each; the original date never changes. ${fromWords(log, 'the lists DateChanges and Actions')}`,
      columns: [col('Action', 24), col('Asked', 24), col('Reason', 30), col('What the board should know', 22)],
      rows: waiting.map((one) => {
        const row = rows.get(one.actionRef);
        return [
          lines([
            `${one.actionRef} ${row?.detail.title ?? ''}`,
            one.subjectRef === one.actionRef ? undefined : `Milestone ${one.subjectRef}`,
          ]),
          `From ${longDate(one.fromOn)}\nto ${longDate(one.toOn)}\nby ${one.requestedBy}, ${dayOf(one.requestedOn)}`,
          one.reason,
          lines([
            one.beyondNoticeAim ? "It goes beyond the notice's aim date: tell the Department." : undefined,
            row && row.detail.dateMoves > 0
              ? `Moved before: ${row.detail.dateMoves}, by ${plain(row.detail.dateMovedCalendarDays)} days in all.`
              : undefined,
            row?.slow === true ? 'It is slow to progress.' : undefined,
          ]),
        ];
      }),
      whenEmpty: 'Nothing waits for a decision.',
    },
  ];
}

function adviserSection(input: PackInput): readonly Block[] {
  const name = namesOf(input.snapshot);
  const open = new Set(openNotes(input).map((one) => one.ref));
  return [
    heading('Questions and concerns of the advisers'),
    {
      kind: 'table',
      caption: `What the Department's and the NHS's advisers asked, and the board's answers. ${fromWords(input.log, 'the list AdviserNotes')}`,
      columns: [col('Question', 50), col('From', 18), col('Answer', 32)],
      rows: input.snapshot.adviserNotes
        .filter((one) => one.on <= input.log.judgedOn)
        .map((one) => [
          `${one.ref} ${one.text}`,
          `${name(one.adviserRef)}\n${dayOf(one.on)}`,
          open.has(one.ref)
            ? 'No answer yet'
            : lines([one.answer, one.answeredOn && `${name(one.answeredByRef)}, ${dayOf(one.answeredOn)}`]),
        ]),
      whenEmpty: 'None is recorded.',
    },
  ];
}

function indexSection({ log, filed }: PackInput): readonly Block[] {
  return [
    heading('Papers index'),
    paragraph(`The papers of ${log.meetingRef} in the library Board papers:`),
    bullets([...filed].sort(), 'Only this pack is filed so far.'),
  ];
}
