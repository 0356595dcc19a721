// The deep-dive pack: one area in full, then the themes that a review looks at, each with its records or "not held".
import type { CompiledRow, LogArea } from '../board/logShape';
import type { Ref } from '../board/model';
import { count, listed } from '../board/wording';
import type { Block, Paper } from './document';
import { evidenceIndex } from './evidenceIndex';
import { areaBlocks, bullets, col, heading, paragraph } from './logBlocks';
import { dayOf, deliveryCell, evidenceWords, fromWords, lines, longDate } from './logWords';
import {
  coProductionBullets,
  evidenceLine,
  evidenceOf,
  isVoice,
  measureBlocks,
  namesOf,
  packCover,
  packFooter,
  riskRegister,
  sourcesSection,
  type PackInput,
} from './packBlocks';

/** The deep dive of an area of the log. */
export function deepDive(input: PackInput, area: LogArea): Paper {
  const { log, charts } = input;
  return {
    title: `Deep dive: ${area.ref} ${area.title}`,
    cover: packCover(input),
    withContents: true,
    footer: packFooter(input, `deep dive ${area.ref}`),
    sections: [
      { orientation: 'portrait', blocks: [...aimSection(input, area), ...themeSection(input, area)] },
      {
        orientation: 'landscape',
        blocks: [
          heading('Actions'),
          ...areaBlocks(log, area),
          ...milestoneSection(input, area),
          heading('Risks'),
          riskRegister(input, risksOf(input, area)),
        ],
      },
      {
        orientation: 'portrait',
        blocks: [
          heading('Measures'),
          ...measureBlocks(
            log,
            log.sections.measures.filter((one) => one.areaRef === area.ref),
            charts,
          ),
          ...evidenceSection(input, area),
        ],
      },
      { orientation: 'landscape', blocks: [...evidenceIndex(input), ...sourcesSection(input)] },
    ],
  };
}

function rowsOf({ log }: PackInput, area: LogArea): readonly CompiledRow[] {
  return log.actions.filter((one) => one.detail.areaRef === area.ref);
}

function risksOf({ log, snapshot }: PackInput, area: LogArea) {
  const actions = new Set(area.actionRefs);
  const linked = new Set([
    ...snapshot.risks
      .filter((one) => one.areaRefs.includes(area.ref) || one.actionRefs.some((ref) => actions.has(ref)))
      .map((one) => one.ref),
    ...log.actions.filter((one) => actions.has(one.ref)).flatMap((one) => one.detail.riskRefs),
  ]);
  return log.risks.filter((one) => linked.has(one.ref));
}

function aimSection(input: PackInput, area: LogArea): readonly Block[] {
  const record = input.snapshot.areas.find((one) => one.ref === area.ref);
  const bodies = record && record.responsibleBodies.length > 0 ? record.responsibleBodies : undefined;
  return [
    heading('The area'),
    paragraph(
      record === undefined || record.aim === '' ? 'Its aim is not held.' : `Aim: ${record.aim}.`.replace('..', '.'),
    ),
    paragraph(bodies ? `Responsible: ${listed(bodies)}.` : 'The responsible bodies are not held.'),
    paragraph(
      `${area.slow} of ${count(area.actionRefs.length, 'action')} slow; ${area.measuresBehind} of ${count(area.measures, 'measure')} behind; ${area.risksAboveTolerance} of ${count(area.risks, 'risk')} above tolerance.`,
    ),
  ];
}

/** Words that mark an action as one about a theme: the plan has no field for it, and the paper says so. */
const themeWords = {
  workforce: /\b(train|workforce|recruit|staff|caseload|supervision|induction|skills?|vacanc)/i,
  plans: /\b(plans?|annual reviews?|assessments?|20 weeks|timel)/i,
};

function themeSection(input: PackInput, area: LogArea): readonly Block[] {
  const { log, snapshot } = input;
  const rows = rowsOf(input, area);
  const refs = new Set(area.actionRefs);
  const name = namesOf(snapshot);
  const title = (row: CompiledRow): string =>
    `${row.ref} ${row.detail.title}: ${deliveryCell(row).split('\n').join('; ')}`;
  const about = (words: RegExp) => rows.filter((row) => words.test(row.detail.title)).map(title);
  const measures = log.sections.measures
    .filter((one) => one.areaRef === area.ref && themeWords.plans.test(one.name))
    .map((one) => `${one.ref} ${one.name}: ${one.state.replaceAll('-', ' ')}`);
  const decisions = snapshot.decisions
    .filter((one) => one.subjectRef !== undefined && refs.has(one.subjectRef))
    .map((one) => `${one.ref}, ${one.meetingRef}: ${one.text}`);
  const voices = evidenceOf(input, area.ref).filter(isVoice);
  const owners = [...new Set(rows.map((row) => row.detail.owner))];
  const leads = [...new Set(rows.flatMap((row) => row.detail.leadBody ?? []))];
  const themes: readonly (readonly [string, readonly string[]])[] = [
    [
      'Leadership',
      owners.length === 0 ? [] : [`Accountable owners: ${listed(owners)}.`, `Lead bodies: ${listed(leads)}.`],
    ],
    [
      'Governance',
      [...decisions, ...risksOf(input, area).map((one) => `${one.ref} ${one.detail.title}: owner ${one.detail.owner}`)],
    ],
    ['Quality of workforce training and support', about(themeWords.workforce)],
    ['Multi-agency arrangements', multiAgency(rows)],
    ['Timeliness and quality of plans', [...measures, ...about(themeWords.plans)]],
    ['Engagement with children, young people and families', voices.slice(0, 6).map(evidenceLine)],
  ];
  const asked = snapshot.reviews
    .filter((one) => one.on > log.judgedOn && one.state === 'planned' && one.focus.includes(area.ref))
    .map(
      (one) =>
        `${one.ref}, ${one.kind} on ${longDate(one.on)}, by ${one.party}, signed off by ${one.signedOffByRef === undefined ? 'nobody yet' : name(one.signedOffByRef)}`,
    );
  return [
    heading('Reviews planned for this area'),
    bullets(asked, 'None is planned.'),
    heading('By theme'),
    paragraph(
      'Workforce and plans are found by words in the titles, because the plan has no field for a theme: a person should add what the words do not find.',
    ),
    ...themes.flatMap(([theme, items]): readonly Block[] => [
      heading(theme, 2),
      bullets(items, 'Not held: no record of this area speaks of it.'),
    ]),
    heading('Co-production', 2),
    coProductionBullets(input, refs),
  ];
}

function multiAgency(rows: readonly CompiledRow[]): readonly string[] {
  const joint = rows.filter((one) => one.detail.partnerBodies.length > 0);
  const waiting = rows.filter((one) => one.detail.blocker?.waitingOnBody !== undefined);
  return [
    ...(joint.length === 0
      ? []
      : [
          `${joint.length} of ${count(rows.length, 'action')} have partner bodies: ${listed([...new Set(joint.flatMap((one) => one.detail.partnerBodies))])}.`,
        ]),
    ...waiting.map(
      (one) => `${one.ref} waits for ${one.detail.blocker?.waitingOnBody ?? ''}: ${one.detail.blocker?.text ?? ''}`,
    ),
  ];
}

function milestoneSection(input: PackInput, area: LogArea): readonly Block[] {
  const on = input.log.judgedOn;
  const refs = new Set<Ref>(area.actionRefs);
  return [
    heading('Milestones'),
    {
      kind: 'table',
      caption: `The milestones of ${area.ref} in order of date. ${fromWords(input.log, 'the list Milestones')}`,
      columns: [col('Milestone', 43), col('Due', 17), col('First due', 17), col('State', 23)],
      rows: input.snapshot.milestones
        .filter((one) => refs.has(one.actionRef))
        .sort((a, b) => (a.dueOn < b.dueOn ? -1 : a.dueOn > b.dueOn ? 1 : a.ref < b.ref ? -1 : 1))
        .map((one) => {
          const done = one.completedOn !== undefined && one.completedOn <= on ? one.completedOn : undefined;
          return [
            `${one.ref} ${one.title}`,
            dayOf(one.dueOn),
            one.originalDueOn === one.dueOn ? 'the same' : dayOf(one.originalDueOn),
            done !== undefined
              ? lines([`Done ${dayOf(done)}`, done > one.dueOn ? 'late' : undefined])
              : one.dueOn < on
                ? 'Open, past its date'
                : 'Open',
          ];
        }),
      whenEmpty: 'No milestone is recorded for this area.',
    },
  ];
}

function evidenceSection(input: PackInput, area: LogArea): readonly Block[] {
  const all = evidenceOf(input, area.ref);
  const against = rowsOf(input, area).flatMap((row) => row.detail.evidenceAgainst);
  return [
    heading('Evidence of effect'),
    bullets(all.map(evidenceLine), 'Not held: no evidence is recorded for this area.'),
    heading('Evidence that speaks against effect', 2),
    bullets([...new Set(against.map(evidenceWords))], 'None is open in the log.'),
  ];
}
