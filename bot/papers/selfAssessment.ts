// The council's own assessment before a review, in the order of clause 10: each part present or "not held", by whom and as of when.
import type { CivilDate, Review } from '../board/model';
import { count, deliveryWords, effectWords, figure, listed } from '../board/wording';
import { nextReview } from './agenda';
import type { Block, Paper } from './document';
import { evidenceIndex } from './evidenceIndex';
import { areaBlocks, bullets, col, heading, lead, paragraph } from './logBlocks';
import { dayOf, fromWords, latestWords, longDate, measureState, measureValue } from './logWords';
import {
  evidenceLine,
  evidenceOf,
  isVoice,
  measureBlocks,
  namesOf,
  packCover,
  packFooter,
  sourcesSection,
  type PackInput,
} from './packBlocks';
import { dashboardFigures, governance, partnerRoles, periodStart, plannedEvidence } from './selfAssessmentParts';

/** One part of clause 10. */
interface Part {
  readonly letter: string;
  readonly title: string;
  readonly held: boolean;
  /** What is held, or what is missing, in a sentence. */
  readonly what: string;
  readonly orientation: 'portrait' | 'landscape';
  readonly blocks: readonly Block[];
}

/** Every part in the order of clause 10; a part without a record says so instead of being left out. */
export function selfAssessment(input: PackInput): Paper {
  const parts = partsOf(input);
  return {
    title: 'Self-assessment before a review',
    cover: [...packCover(input), ...reviewLines(input, nextReview(input))],
    withContents: true,
    footer: packFooter(input, 'self-assessment'),
    sections: [
      { orientation: 'portrait', blocks: overview(input, parts) },
      ...parts.map((part) => ({
        orientation: part.orientation,
        blocks: [heading(`10 ${part.letter} ${part.title}`), paragraph(part.what), ...part.blocks],
      })),
      { orientation: 'landscape', blocks: [...evidenceIndex(input), ...sourcesSection(input)] },
    ],
  };
}

function reviewLines(input: PackInput, review: Review | undefined): readonly string[] {
  if (!review) return ['No review is planned in the record.'];
  const signed =
    review.signedOffByRef === undefined
      ? 'Not signed off yet'
      : `Signed off by ${namesOf(input.snapshot)(review.signedOffByRef)}`;
  return [
    `For the ${review.kind} on ${longDate(review.on)} (${review.ref}), by ${review.party}`,
    ...(review.selfAssessmentDueOn === undefined
      ? []
      : [`Due at the Department by ${longDate(review.selfAssessmentDueOn)}`]),
    review.sentOn === undefined ? `${signed}; not sent yet` : `${signed}; sent on ${longDate(review.sentOn)}`,
  ];
}

function overview(input: PackInput, parts: readonly Part[]): readonly Block[] {
  const missing = parts.filter((one) => !one.held);
  return [
    heading('What is held'),
    { kind: 'paragraph', text: input.log.headline.text, strong: true },
    paragraph(
      missing.length === 0
        ? 'A record is held for every part of clause 10.'
        : `Not held: ${listed(missing.map((one) => `10 ${one.letter}`))}. The section of each says what would fill it.`,
    ),
    {
      kind: 'table',
      caption: `The parts of clause 10 and what is held of each. ${fromWords(input.log, "the frozen log and the board's lists")}`,
      columns: [col('Part', 34), col('State', 14), col('What', 52)],
      rows: parts.map((one) => [`10 ${one.letter} ${one.title}`, one.held ? 'Present' : 'Not held', one.what]),
      whenEmpty: 'None.',
    },
  ];
}

function partsOf(input: PackInput): readonly Part[] {
  const { log, snapshot, charts } = input;
  const since = periodStart(input);
  const sinceWords = since === undefined ? 'on record' : `since ${longDate(since)}`;
  const voices = log.sections.areas.map((area) => ({
    area,
    items: evidenceOf(input, area.ref).filter((one) => isVoice(one) && isSince(one.on, since)),
  }));
  const heard = voices.reduce((sum, one) => sum + one.items.length, 0);
  const unheard = voices.filter((one) => one.items.length === 0).map((one) => one.area.ref);
  const { members, chart, blocks: governanceBlocks } = governance(input);
  const evidence = plannedEvidence(input, since);
  const partners = partnerRoles(input, since);
  const measures = log.sections.measures;
  return [
    {
      letter: 'a',
      title: 'Progress against the objectives of the plan',
      held: log.actions.length > 0,
      what: log.actions.length > 0 ? progressWords(input) : 'Not held: the log has no action.',
      orientation: 'portrait',
      blocks: [...progressTables(input), aimParagraph(input)],
    },
    {
      letter: 'b',
      title: 'Feedback from parents and carers, children and young people',
      held: heard > 0,
      what:
        heard === 0
          ? `Not held: no family's or child's voice is recorded ${sinceWords}.`
          : `${count(heard, 'record')} of what families and children said ${sinceWords}${unheard.length === 0 ? ', in every area' : `; none for ${listed(unheard)}`}.`,
      orientation: 'portrait',
      blocks: voices.flatMap(({ area, items }): readonly Block[] => [
        heading(`${area.ref} ${area.title}`, 2),
        bullets(items.map(evidenceLine), `None recorded ${sinceWords}.`),
      ]),
    },
    {
      letter: 'c',
      title: 'Local accountability and governance',
      held: members > 0 && chart !== undefined,
      what:
        chart === undefined
          ? `Not held: a governance chart. File it in the folder of ${log.meetingRef} under a name that begins "Governance chart". The board's ${count(members, 'member')} are listed below.`
          : `${count(members, 'member')} of the board; the governance chart is filed as "${chart}".`,
      orientation: 'portrait',
      blocks: governanceBlocks,
    },
    { letter: 'd', title: 'The evidence used to plan, track and evaluate', ...evidence, orientation: 'portrait' },
    {
      letter: 'd i',
      title: 'Progress in each area',
      held: log.sections.areas.length > 0,
      what:
        log.sections.areas.length > 0
          ? `${count(log.sections.areas.length, 'area')}, each with its actions.`
          : 'Not held: no area is recorded.',
      orientation: 'landscape',
      blocks: log.sections.areas.flatMap((area): readonly Block[] => [
        heading(`${area.ref} ${area.title}`, 2),
        lead(aimOf(snapshot.areas.find((one) => one.ref === area.ref)?.aim)),
        ...areaBlocks(log, area),
      ]),
    },
    {
      letter: 'd ii',
      title: 'Dashboard of measures and milestones',
      held: measures.length > 0,
      what: measures.length > 0 ? dashboardWords(input) : 'Not held: no measure is recorded.',
      orientation: 'portrait',
      blocks: [
        dashboardTable(input),
        ...dashboardFigures(input, since),
        ...measureBlocks(log, measures, charts),
        ...revisions(input),
      ],
    },
    {
      letter: 'd iii',
      title: 'The part that partners, families and schools play',
      ...partners,
      orientation: 'portrait',
    },
  ];
}

function isSince(on: CivilDate, since: CivilDate | undefined): boolean {
  return since === undefined || on > since;
}

function aimOf(aim: string | undefined): string {
  return aim === undefined || aim === '' ? 'Its aim is not held.' : `Aim: ${aim.replace(/\.$/, '')}.`;
}

function progressWords({ log }: PackInput): string {
  const done = log.actions.filter((one) => isDone(one.computedDelivery)).length;
  const differ = log.actions.filter((one) => one.claimedDelivery !== one.computedDelivery).length;
  return `${done} of ${count(log.actions.length, 'action')} complete or embedded by the record; ${log.headline.slow} of ${log.headline.open} open ones slow to progress. For ${count(differ, 'action')} the owner's rating and the record's differ; both are in the log.`;
}

function isDone(status: string): boolean {
  return status === 'complete' || status === 'embedded';
}

const deliveries = ['embedded', 'complete', 'on-track', 'at-risk', 'off-track', 'not-started'] as const;
const effects = ['clear-evidence', 'some-evidence', 'no-evidence', 'too-early'] as const;

function progressTables({ log }: PackInput): readonly Block[] {
  const groups = [
    ...log.sections.areas.map((area) => ({
      name: area.ref,
      rows: log.actions.filter((one) => one.detail.areaRef === area.ref),
    })),
    { name: 'All', rows: log.actions },
  ];
  return [
    {
      kind: 'table',
      caption: `Actions by delivery as the record shows it, area by area. ${fromWords(log, 'the frozen log')}`,
      columns: [col('Area', 9), ...deliveries.map((one) => col(deliveryWords[one], 13.5)), col('Slow', 10)],
      rows: groups.map(({ name, rows }) => [
        name,
        ...deliveries.map((status) => String(rows.filter((one) => one.computedDelivery === status).length)),
        String(rows.filter((one) => one.slow).length),
      ]),
      whenEmpty: 'No action is recorded.',
    },
    {
      kind: 'table',
      caption: `Actions by their effect on children and families as the record shows it, area by area. ${fromWords(log, 'the frozen log')}`,
      columns: [col('Area', 16), ...effects.map((one) => col(effectWords[one], 21))],
      rows: groups.map(({ name, rows }) => [
        name,
        ...effects.map((status) => String(rows.filter((one) => one.computedEffect === status).length)),
      ]),
      whenEmpty: 'No action is recorded.',
    },
  ];
}

function dashboardTable({ log }: PackInput): Block {
  return {
    kind: 'table',
    caption: `Each measure's latest reading against its trajectory and target. ${fromWords(log, 'the list Readings')}`,
    columns: [col('Measure', 36), col('Latest reading', 18), col('Expected', 14), col('Target', 18), col('State', 14)],
    rows: log.sections.measures.map((one) => [
      `${one.ref} ${one.name}`,
      latestWords(one),
      measureValue(one.expectedValue, one.unit),
      one.course?.target === undefined
        ? 'None'
        : `${measureValue(one.course.target.value, one.unit)}\n${dayOf(one.course.target.on)}`,
      measureState(one),
    ]),
    whenEmpty: 'No measure is recorded.',
  };
}

/** Clause 13 keeps the two aims apart; this is the one for actions. */
function aimParagraph({ log, snapshot }: PackInput): Block {
  const aimOn = snapshot.facts.actionsAimOn;
  if (aimOn === undefined) return paragraph("The notice's aim date for actions is not held.");
  const done = log.actions.filter((one) => isDone(one.computedDelivery)).length;
  // The forecast counts, else the due date while it has not passed.
  const standing = log.actions
    .filter((one) => !isDone(one.computedDelivery))
    .map((one): 'by' | 'forecast after' | 'due after' | 'no date' => {
      const onCourseFor = one.forecastOn ?? one.dueOn;
      if (onCourseFor === null || onCourseFor < log.judgedOn) return 'no date';
      if (onCourseFor <= aimOn) return 'by';
      return one.dueOn !== null && one.dueOn > aimOn ? 'due after' : 'forecast after';
    });
  const n = (what: (typeof standing)[number]): number => standing.filter((one) => one === what).length;
  const none = n('no date') === 0 ? '' : `; ${n('no date')} without a date that is still to come`;
  return paragraph(
    `Against the aim date of ${longDate(aimOn)}, of ${count(log.actions.length, 'action')}: ${done + n('by')} done or expected by it (${done} done); ` +
      `${n('forecast after')} due by it and forecast after it; ${n('due after')} due after it${none}.`,
  );
}

function dashboardWords({ log }: PackInput): string {
  const { measures } = log.sections;
  const n = (state: string): number => measures.filter((one) => one.state === state).length;
  return `${n('behind')} of ${count(measures.length, 'measure')} behind, ${n('within-tolerance')} within tolerance, ${n('ahead')} ahead, ${n('no-reading')} without a reading.`;
}

/** As reported and as revised: both are kept. */
function revisions({ log }: PackInput): readonly Block[] {
  const rows = log.sections.measures.flatMap((one) =>
    one.revised.map((revision) => [
      `${one.ref} ${one.name}`,
      dayOfMonth(revision.period),
      figure(revision.asReported, one.unit),
      figure(revision.value, one.unit),
    ]),
  );
  return [
    heading('Figures as reported and as revised', 2),
    {
      kind: 'table',
      caption: `Every reading that was revised after it was first reported; neither value is overwritten. ${fromWords(log, 'the list Readings')}`,
      columns: [col('Measure', 46), col('Month', 18), col('As reported', 18), col('As revised', 18)],
      rows,
      whenEmpty: 'No reading was revised.',
    },
  ];
}

function dayOfMonth(period: string): string {
  return dayOf(`${period}-01`).replace(/^\S+ /, '');
}
