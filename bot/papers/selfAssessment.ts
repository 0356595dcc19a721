// The council's own assessment before a review, in the order of clause 10: each part present or "not held", by whom and as of when.
import type { CivilDate, Review } from '../board/model';
import { count, deliveryWords, effectWords, listed } from '../board/wording';
import { nextReview } from './agenda';
import type { Block, Paper } from './document';
import { areaBlocks, bullets, col, heading, measureSection, paragraph } from './logBlocks';
import { dayOf, longDate } from './logWords';
import {
  evidenceIndex,
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
      { orientation: 'landscape', blocks: [...evidenceIndex(input.clauses), ...sourcesSection(input)] },
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
      caption: 'The parts of clause 10 and what is held of each, as of the day of the log.',
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
      blocks: [progressTable(input), aimParagraph(input)],
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
        paragraph(aimOf(snapshot.areas.find((one) => one.ref === area.ref)?.aim)),
        ...areaBlocks(log, area),
      ]),
    },
    {
      letter: 'd ii',
      title: 'Dashboard of measures and milestones',
      held: measures.length > 0,
      what: measures.length > 0 ? dashboardWords(input) : 'Not held: no measure is recorded.',
      orientation: 'portrait',
      blocks: [...dashboardFigures(input, since), ...measureBlocks(measures, charts), ...revisions(input)],
    },
    {
      letter: 'd iii',
      title: 'The part that partners, families and schools play',
      ...partners,
      orientation: 'portrait',
    },
    {
      letter: 'd ii, in one table',
      title: 'Every measure with its target',
      held: measures.length > 0,
      what: 'The same figures as above, measure by measure.',
      orientation: 'landscape',
      blocks: measureSection(log).slice(1),
    },
  ];
}

function isSince(on: CivilDate, since: CivilDate | undefined): boolean {
  return since === undefined || on > since;
}

function aimOf(aim: string | undefined): string {
  return aim === undefined || aim === '' ? 'Its aim is not held.' : `Aim: ${aim}`;
}

function progressWords({ log }: PackInput): string {
  const done = log.actions.filter((one) => isDone(one.computedDelivery)).length;
  const differ = log.actions.filter((one) => one.claimedDelivery !== one.computedDelivery).length;
  return `${done} of ${count(log.actions.length, 'action')} complete or embedded by the record; ${log.headline.slow} of ${log.headline.open} open ones slow to progress. For ${count(differ, 'action')} the owner's rating and the record's differ; both are in the log.`;
}

function isDone(status: string): boolean {
  return status === 'complete' || status === 'embedded';
}

function progressTable({ log }: PackInput): Block {
  const deliveries = ['embedded', 'complete', 'on-track', 'at-risk', 'off-track', 'not-started'] as const;
  const effects = ['clear-evidence', 'some-evidence', 'no-evidence', 'too-early'] as const;
  const tally = (rows: typeof log.actions, name: string): readonly string[] => [
    name,
    ...deliveries.map((status) => String(rows.filter((one) => one.computedDelivery === status).length)),
    String(rows.filter((one) => one.slow).length),
    effects
      .map((status) => ({ status, n: rows.filter((one) => one.computedEffect === status).length }))
      .filter((one) => one.n > 0)
      .map((one) => `${effectWords[one.status]}: ${one.n}`)
      .join('\n'),
  ];
  return {
    kind: 'table',
    caption: 'Actions by delivery and effect as the record shows them, area by area.',
    columns: [
      col('Area', 13),
      ...deliveries.map((one) => col(deliveryWords[one], 10)),
      col('Slow', 8),
      col('Effect', 19),
    ],
    rows: [
      ...log.sections.areas.map((area) =>
        tally(
          log.actions.filter((one) => one.detail.areaRef === area.ref),
          area.ref,
        ),
      ),
      tally(log.actions, 'All'),
    ],
    whenEmpty: 'No action is recorded.',
  };
}

/** Clause 13 keeps the two aims apart; this is the one for actions. */
function aimParagraph({ log, snapshot }: PackInput): Block {
  const aimOn = snapshot.facts.actionsAimOn;
  if (aimOn === undefined) return paragraph("The notice's aim date for actions is not held.");
  const open = log.actions.filter((one) => !isDone(one.computedDelivery));
  const dated = open.map((one) => one.forecastOn ?? one.dueOn);
  const by = dated.filter((on) => on !== null && on <= aimOn).length;
  const after = dated.filter((on) => on !== null && on > aimOn).length;
  const none = dated.length - by - after;
  return paragraph(
    `Against the aim date of ${longDate(aimOn)}: ${log.actions.length - open.length} done, ${by} due or forecast by it, ${after} after it${none === 0 ? '' : `, ${none} without a date`}, of ${log.actions.length}.`,
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
      `${revision.asReported} ${one.unit}`,
      `${revision.value} ${one.unit}`,
    ]),
  );
  return [
    heading('Figures as reported and as revised', 2),
    {
      kind: 'table',
      caption: 'Every reading that was revised after it was first reported. Neither value is overwritten.',
      columns: [col('Measure', 46), col('Month', 18), col('As reported', 18), col('As revised', 18)],
      rows,
      whenEmpty: 'No reading was revised.',
    },
  ];
}

function dayOfMonth(period: string): string {
  return dayOf(`${period}-01`).replace(/^\S+ /, '');
}
