// What the packs share: what they are made from, measures with charts, the risk register, voices, the evidence index.
import type { ClauseStateName } from '../board/clauseShape';
import type { CompiledLog, CompiledRisk, LogMeasure } from '../board/logShape';
import type { BoardSnapshot, CivilDate, Evidence, Ref } from '../board/model';
import { distance, figure, listed, monthName, plain } from '../board/wording';
import type { Charts } from './charts';
import type { Block } from './document';
import { bullets, col, heading, paragraph } from './logBlocks';
import {
  dates,
  dayOf,
  fromWords,
  judgedWords,
  kindWords,
  latestWords,
  lines,
  longDate,
  measureRemarks,
  measureState,
  movementWords,
  riskRemarks,
  scoreCell,
  worstFirst,
  type PaperFacts,
} from './logWords';

/** The state of one clause of the notice as its paper shows it. */
export interface PaperClause {
  readonly clause: string;
  readonly title: string;
  /** Absent for a clause that only warns. */
  readonly state?: ClauseStateName;
  readonly sentence: string;
  readonly on?: CivilDate;
  readonly evidence: readonly { readonly ref: Ref; readonly on?: CivilDate; readonly text: string }[];
  readonly gaps: readonly { readonly text: string; readonly closes: string; readonly open?: boolean }[];
}

export interface PackInput {
  /** The frozen log: every rating, count and figure comes from it. */
  readonly log: CompiledLog;
  readonly facts: PaperFacts;
  /** The board's lists, for what the log does not hold: people, meetings, milestones, mitigations. */
  readonly snapshot: BoardSnapshot;
  /** Names of the papers in the meeting's folder. */
  readonly filed: readonly string[];
  readonly charts: Charts;
  readonly clauses?: readonly PaperClause[];
}

/** Readings in one row of the table under a chart: the latest. */
const readingsShown = 9;

/** The lines of a pack's cover under its title. */
export function packCover(input: PackInput): readonly string[] {
  const { log, facts } = input;
  return [log.boardName, kindWords(log), `Made from the frozen log ${facts.shortCode}`, judgedWords(log)];
}

export function packFooter(input: PackInput, name: string): string {
  return `${input.log.boardName}, ${name}, ${input.facts.shortCode}`;
}

/** What a pack rests on, said in the paper itself. */
export function sourcesSection(input: PackInput): readonly Block[] {
  const { facts, snapshot } = input;
  return [
    heading('What this paper was made from'),
    paragraph(
      `Ratings, counts and figures come from the frozen log ${facts.shortCode}; the SHA-256 of its record is ${facts.hash}. ` +
        `What a log does not hold (people, meetings, milestones, mitigations, past evidence) was read from the board's lists on ` +
        `${longDate(dates.on(snapshot.readAt))} at ${dates.timeOf(snapshot.readAt)}; nothing dated after the day of the log is used.`,
    ),
  ];
}

/** Each measure with its chart, and the numbers of the chart in a table under it. */
export function measureBlocks(log: CompiledLog, measures: readonly LogMeasure[], charts: Charts): readonly Block[] {
  if (measures.length === 0) return [paragraph('No measure is recorded.')];
  return measures.flatMap((one): readonly Block[] => {
    const picture = charts.trajectory(one);
    return [
      heading(`${one.ref} ${one.name}`, 2),
      {
        kind: 'paragraph',
        text: `${measureState(one)}${one.direction === undefined ? '' : `, ${one.direction}`}. ${latestSentence(one)} ${targetSentence(one)}`,
        keepNext: true,
      },
      ...(picture ? [{ kind: 'image', picture } as const] : []),
      readingTable(log, one),
      ...notes(one),
    ];
  });
}

function latestSentence(one: LogMeasure): string {
  if (one.latestPeriod === undefined) return 'No reading is recorded.';
  const expected = one.expectedValue === undefined ? '' : `, expected ${figure(one.expectedValue, one.unit)}`;
  return `${latestWords(one).replace('\n', ' in ')}${expected}.`;
}

function targetSentence(one: LogMeasure): string {
  const target = one.course?.target;
  const polarity = one.lowerIsBetter ? 'Lower is better.' : 'Higher is better.';
  return target === undefined
    ? `No target is set. ${polarity}`
    : `Target: ${figure(target.value, one.unit)} by ${dayOf(target.on)}. ${polarity}`;
}

function readingTable(log: CompiledLog, one: LogMeasure): Block {
  if (!one.course) return paragraph('The frozen log holds the latest reading alone, so no chart can be drawn from it.');
  const shown = one.course.readings.slice(-readingsShown);
  const revised = shown.some((reading) => reading.asReported !== undefined);
  const cell = (value: number | undefined): string => (value === undefined ? '' : plain(value));
  const width = Math.floor(84 / Math.max(1, shown.length));
  return {
    kind: 'table',
    caption: `The readings of ${one.ref} (${one.unit}), as of ${dayOf(log.judgedOn)}, from the list Readings; tolerance ${distance(one.course.tolerance, one.unit)} either way.`,
    columns: [
      col(one.ref, 100 - width * shown.length),
      ...shown.map((reading) => col(monthName(reading.period).replace(/^(\w{3})\w*/, '$1'), width)),
    ],
    rows:
      shown.length === 0
        ? []
        : [
            ['Reading', ...shown.map((reading) => cell(reading.value))],
            ...(revised
              ? [['First reported', ...shown.map((reading) => cell(reading.asReported ?? reading.value))]]
              : []),
            ['Expected', ...shown.map((reading) => cell(reading.expected))],
            ['State', ...shown.map((reading) => stateCell(reading.state))],
          ],
    whenEmpty: 'No reading is recorded.',
    together: true,
  };
}

/** One word, for narrow columns. */
function stateCell(state: string): string {
  return state === 'within-tolerance' ? 'Within' : state === 'no-expectation' ? '' : measureState({ state });
}

function notes(one: LogMeasure): readonly Block[] {
  const known = measureRemarks(one);
  return known.length === 0 ? [] : [{ kind: 'bullets', items: known }];
}

/** The risk register with movement, and the steps that are meant to lower each risk. */
export function riskRegister(input: PackInput, risks: readonly CompiledRisk[]): Block {
  const { log, snapshot } = input;
  const records = new Map(snapshot.risks.map((one) => [one.ref, one]));
  return {
    kind: 'table',
    caption: `The risk register, worst first: scores (likelihood x impact) and movement since the last frozen log. ${fromWords(log, 'the lists Risks and Mitigations')}`,
    columns: [col('Risk', 30), col('Owner', 11), col('Score', 13), col('Movement', 9), col('Mitigation plan', 37)],
    rows: worstFirst(risks).map((risk) => {
      const record = records.get(risk.ref);
      return [
        lines([
          `${risk.ref} ${risk.detail.title}`,
          record && `Cause: ${record.cause}\nEvent: ${record.event}\nEffect: ${record.effect}`,
          risk.detail.aboveTolerance ? 'Above tolerance' : undefined,
          record?.lastReviewedOn === undefined ? 'Not reviewed yet' : `Reviewed ${dayOf(record.lastReviewedOn)}`,
        ]),
        risk.detail.owner,
        scoreCell(risk),
        movementWords(risk.detail.movement),
        lines([...mitigationLines(input, risk.ref), ...riskRemarks(risk)]),
      ];
    }),
    whenEmpty: 'No risk is recorded.',
  };
}

function mitigationLines(input: PackInput, riskRef: Ref): readonly string[] {
  const name = namesOf(input.snapshot);
  return input.snapshot.mitigations
    .filter((one) => one.riskRef === riskRef)
    .map((one) => {
      const done = doneBy(one.completedOn, input.log.judgedOn);
      const due = one.dueOn === undefined ? 'no date' : `due ${dayOf(one.dueOn)}`;
      const late = !done && one.dueOn !== undefined && one.dueOn < input.log.judgedOn ? ', past its date' : '';
      return `${one.ref} ${one.text}: ${done ? `done ${dayOf(done)}` : `${due}${late}`}, ${name(one.ownerRef)}`;
    });
}

/** The date when it was done, if that was by the day of the log. */
export function doneBy(completedOn: CivilDate | undefined, on: CivilDate): CivilDate | undefined {
  return completedOn !== undefined && completedOn <= on ? completedOn : undefined;
}

/** A volunteer is named by their body. */
export function namesOf(snapshot: BoardSnapshot): (ref: Ref | undefined) => string {
  const people = new Map(snapshot.people.map((one) => [one.ref, one]));
  return (ref) => {
    const person = ref === undefined ? undefined : people.get(ref);
    if (!person) return ref ?? 'no owner';
    return person.volunteer ? person.body : person.name;
  };
}

const evidenceKinds: Readonly<Record<Evidence['kind'], string>> = {
  'family-voice': "family's voice",
  'child-voice': "child's voice",
  audit: 'audit',
  observation: 'observation',
  data: 'data',
};

export function isVoice(one: Evidence): boolean {
  return one.kind === 'family-voice' || one.kind === 'child-voice';
}

/** One piece of evidence with what was heard, done and different. */
export function evidenceLine(one: Evidence): string {
  const after = [
    one.heard && `Heard: ${one.heard}`,
    one.did && `Did: ${one.did}`,
    one.difference && `Difference: ${one.difference}`,
  ].filter((part) => part !== undefined && part !== '');
  const against = one.contrary
    ? one.resolvedOn === undefined
      ? ' Speaks against effect, open.'
      : ' Spoke against effect, resolved.'
    : '';
  return `${one.ref}, ${evidenceKinds[one.kind]}, ${dayOf(one.on)}, ${one.sourceBody}: ${one.summary}${against}${after.length === 0 ? '' : ` ${after.join(' ')}`}`;
}

/** The evidence of one area, of its actions too, up to the day of the log, newest first. */
export function evidenceOf(input: PackInput, areaRef: Ref): readonly Evidence[] {
  const areaOfAction = new Map(input.snapshot.actions.map((one) => [one.ref, one.areaRef]));
  return input.snapshot.evidence
    .filter((one) => one.on <= input.log.judgedOn)
    .filter((one) => (one.areaRef ?? (one.actionRef && areaOfAction.get(one.actionRef))) === areaRef)
    .sort((a, b) => (a.on < b.on ? 1 : a.on > b.on ? -1 : a.ref < b.ref ? -1 : 1));
}

/** Work with parents, children and schools up to the day of the log; `actionRefs` narrows it to an area. */
export function coProductionBullets(input: PackInput, actionRefs?: ReadonlySet<Ref>): Block {
  const rows = input.snapshot.coProduction
    .filter((one) => one.on <= input.log.judgedOn)
    .filter((one) => actionRefs === undefined || one.actionRefs.some((ref) => actionRefs.has(ref)));
  return bullets(
    rows.map(
      (one) =>
        `${one.ref}, ${dayOf(one.on)}, with ${one.with}${one.actionRefs.length === 0 ? '' : ` (${listed(one.actionRefs)})`}: ${one.did} ${one.changed === undefined ? 'What changed because of it is not recorded.' : `Changed because of it: ${one.changed}`}`,
    ),
    'Not held: no work with parents, children or schools is recorded.',
  );
}
