// Clauses 1 to 4: the areas, the partners, what the plan covers, whose views were taken. Rules: docs/rules.md, "Clauses".
// Longer than most: clauses of one kind, each a function that stands by itself; they share the parties to the plan.
import {
  dated,
  newest,
  oldest,
  openGap,
  partiesIn,
  withoutParties,
  type ClauseDraft,
  type ClauseEvidence,
  type ClauseFacts,
  type ClauseGap,
  type Party,
} from './clauseState';
import { compareText, distinct, grouped } from './grounds';
import { present } from './logFacts';
import type { Action, Area, CoProduction, Evidence, Ref } from './model';
import { deliveryWords, effectWords, count, listed, small } from './wording';

export function planClauses(facts: ClauseFacts): readonly ClauseDraft[] {
  return [areas(facts), partners(facts), ...letters.map((one) => coverage(facts, one)), coProduced(facts)];
}

/** Each area with who answers for it and what is recorded under it. */
function areas(facts: ClauseFacts): ClauseDraft {
  const { snapshot } = facts.grounds;
  const actionsOf = grouped(snapshot.actions, (one) => one.areaRef);
  const looked = snapshot.areas.map((area) => {
    const actions = actionsOf(area.ref);
    return {
      area,
      actions,
      measures: measuresOf(facts, area.ref, actions),
      shown: evidenceOfArea(facts, area.ref, actions),
    };
  });
  type Looked = (typeof looked)[number];
  const lacking = (lacks: (one: Looked) => boolean, words: string, closes: string): readonly ClauseGap[] => {
    const refs = looked.filter(lacks).map((one) => one.area.ref);
    const text = `${count(refs.length, 'area has', 'areas have')} ${words}: ${listed(refs)}.`;
    return refs.length === 0 ? [] : [openGap(text, closes, snapshot.facts.noticeIssuedOn, refs)];
  };
  const withActions = looked.filter((one) => one.actions.length > 0);
  return {
    clause: '1',
    title: 'The areas for action',
    shows: `Actions are recorded for ${withActions.length} of ${count(looked.length, 'area')}`,
    nothing: 'No area is recorded.',
    evidence: withActions.map((one) => areaRecord(facts, one.area, one.actions, one.measures, one.shown)),
    gaps: [
      ...lacking(
        (one) => one.area.responsibleBodies.length === 0,
        'no responsible body',
        'Name the bodies that the notice holds responsible.',
      ),
      ...lacking((one) => one.actions.length === 0, 'no action', 'Add an action for the area.'),
      ...lacking((one) => one.measures === 0, 'no measure', 'Link a measure to the area.'),
      ...lacking((one) => one.shown.length === 0, 'no evidence of an effect, for or against', 'Record evidence.'),
      ...lacking(
        (one) => one.shown.length > 0 && !one.shown.some(isVoice),
        "no family's or child's voice on record",
        'Record what families or children say.',
      ),
      ...(looked.length === 0 ? [openGap('No area of the notice is recorded.', 'Enter the areas of the annex.')] : []),
    ],
    toConfirm: ["That the areas listed are all the areas of the notice's annex."],
    counts: { areas: looked.length, withActions: withActions.length },
  };
}

function areaRecord(
  facts: ClauseFacts,
  area: Area,
  actions: readonly Action[],
  measures: number,
  shown: readonly Evidence[],
): ClauseEvidence {
  const owners = distinct(actions.flatMap((one) => one.ownerRef ?? [])).length;
  const voiceOn = newest(shown.filter(isVoice).map((one) => one.on));
  const voice =
    voiceOn === undefined ? 'no voice of families yet' : `last voice ${facts.grounds.calendar.longDate(voiceOn)}`;
  const on = newest(shown.map((one) => one.on));
  return {
    ref: area.ref,
    kind: 'area',
    ...present('on', on),
    text: `${area.title}: ${count(actions.length, 'action')}, ${count(owners, 'owner')}, ${count(measures, 'measure')}, ${count(shown.length, 'piece')} of evidence, ${voice}.`,
  };
}

/** Measures of the area or linked by its actions. */
function measuresOf(facts: ClauseFacts, areaRef: Ref, actions: readonly Action[]): number {
  const linked = new Set(actions.flatMap((one) => one.measureRefs));
  return facts.grounds.snapshot.measures.filter((one) => one.areaRef === areaRef || linked.has(one.ref)).length;
}

function evidenceOfArea(facts: ClauseFacts, areaRef: Ref, actions: readonly Action[]): readonly Evidence[] {
  const refs = new Set(actions.map((one) => one.ref));
  return happened(facts).filter((one) =>
    one.actionRef !== undefined && facts.grounds.actions.has(one.actionRef)
      ? refs.has(one.actionRef)
      : one.areaRef === areaRef,
  );
}

function happened(facts: ClauseFacts): readonly Evidence[] {
  return facts.grounds.snapshot.evidence.filter((one) => one.on <= facts.grounds.on);
}

export function isVoice(one: Evidence): boolean {
  return one.kind === 'family-voice' || one.kind === 'child-voice';
}

/** A lead and a partner for each action, the partner never the lead; the ICB on each action of a priority area. */
function partners(facts: ClauseFacts): ClauseDraft {
  const { snapshot } = facts.grounds;
  const { icb } = snapshot.facts;
  const alone = new Set(
    facts.assessment.findings.filter((one) => one.rule === 'no-partner-body').map((one) => one.ref),
  );
  const priority = new Set(snapshot.areas.filter((one) => one.kind === 'priority').map((one) => one.ref));
  const noLead = snapshot.actions.filter((one) => one.leadBody === undefined);
  const noPartner = snapshot.actions.filter((one) => alone.has(one.ref));
  const sound = snapshot.actions.filter((one) => one.leadBody !== undefined && !alone.has(one.ref));
  const ofPriority = snapshot.actions.filter((one) => priority.has(one.areaRef));
  const noIcb = ofPriority.filter((one) => one.leadBody !== icb && !one.partnerBodies.includes(icb));
  return {
    clause: '2',
    title: 'Working with partners',
    shows: `A lead and a partner body are named for ${sound.length} of ${count(snapshot.actions.length, 'action')}`,
    nothing: 'No action is recorded.',
    evidence: sound.map((one) => ({
      ref: one.ref,
      kind: 'action',
      text: `Led by ${String(one.leadBody)}, with ${listed(one.partnerBodies)}.`,
    })),
    gaps: [
      ...actionGap(noLead, 'no lead body', 'Name the body that leads.'),
      ...actionGap(noPartner, 'no partner body other than the lead', 'Name the partner body.'),
      ...actionGap(
        noIcb,
        `no part for ${icb}, though the area is a priority`,
        `Name ${icb} as lead or partner, or let the board record why not.`,
      ),
    ],
    counts: {
      actions: snapshot.actions.length,
      withPartner: sound.length,
      priority: ofPriority.length,
      priorityWithIcb: ofPriority.length - noIcb.length,
    },
  };
}

/** One gap for several actions, since the first of them started. */
export function actionGap(actions: readonly Action[], lack: string, closes: string): readonly ClauseGap[] {
  if (actions.length === 0) return [];
  const refs = actions.map((one) => one.ref).sort(compareText);
  const text = `${count(refs.length, 'action has', 'actions have')} ${lack}: ${listed(refs)}.`;
  return [openGap(text, closes, oldest(actions.map((one) => one.startOn)), refs)];
}

interface Letter {
  readonly clause: string;
  readonly title: string;
  /** What its subject needs that the lists do not hold. */
  readonly elsewhere?: string;
}

const letters: readonly Letter[] = [
  { clause: '3a', title: 'Shared data and strong governance' },
  { clause: '3b', title: 'Equal access to health services' },
  { clause: '3c', title: 'The quality of plans' },
  {
    clause: '3d',
    title: 'Attendance, placements and part-time timetables',
    elsewhere: 'The list of part-time timetables and their reviews, which is kept elsewhere.',
  },
  { clause: '3e', title: 'Gaps and delays in services' },
  { clause: '3f', title: "Families' concerns settled early" },
];

/** `3(a)`, `3 A` and `3a` are the same. */
function sameClause(given: string, clause: string): boolean {
  return given.toLowerCase().replaceAll(/[^a-z0-9]/g, '') === clause;
}

function coverage(facts: ClauseFacts, letter: Letter): ClauseDraft {
  const { snapshot } = facts.grounds;
  const areaRefs = new Set(
    snapshot.areas.filter((one) => one.clauses.some((given) => sameClause(given, letter.clause))).map((one) => one.ref),
  );
  const actions = snapshot.actions.filter(
    (one) => areaRefs.has(one.areaRef) || one.clauses.some((given) => sameClause(given, letter.clause)),
  );
  const refs = new Set(actions.map((one) => one.ref));
  const views = [
    ...happened(facts).filter((one) => one.actionRef !== undefined && refs.has(one.actionRef)),
    ...together(facts).filter((one) => one.actionRefs.some((ref) => refs.has(ref))),
  ];
  const heard = distinctParties(views);
  const missing = withoutParties(heard);
  const versions = versionRecords(facts);
  const noticeOn = snapshot.facts.noticeIssuedOn;
  return {
    clause: letter.clause,
    title: letter.title,
    shows: `${count(actions.length, 'action covers', 'actions cover')} it${heard.length === 0 ? ' without anybody’s views on record yet' : `, and views are recorded of ${listed(heard)}`}`,
    nothing: 'No action covers it.',
    evidence: actions.length === 0 ? [] : [...coveringActions(facts, refs), ...versions],
    gaps: [
      ...(actions.length === 0
        ? [openGap('No action of the plan covers it.', 'Add an action, or mark those that cover it.', noticeOn)]
        : []),
      ...(missing.length === 0
        ? []
        : [
            openGap(
              `Nothing is recorded of the views of ${listed(missing)}.`,
              'Record what they said and what it changed, or let the board record why it does not apply.',
              noticeOn,
            ),
          ]),
    ],
    toConfirm: [
      ...(versions.length === 0 ? ['The versions of the plan, and what each changed.'] : []),
      ...(letter.elsewhere === undefined ? [] : [letter.elsewhere]),
    ],
    counts: { actions: actions.length, views: views.length },
  };
}

function coveringActions(facts: ClauseFacts, refs: ReadonlySet<Ref>): readonly ClauseEvidence[] {
  return facts.assessment.actions
    .filter((one) => refs.has(one.ref))
    .map((one) => {
      const updatedOn = one.lastUpdateAt === undefined ? undefined : facts.grounds.calendar.on(one.lastUpdateAt);
      const on = newest([one.completedOn, updatedOn]);
      return {
        ref: one.ref,
        kind: 'action',
        ...present('on', on),
        text: `${one.title}: ${small(deliveryWords[one.computedDelivery])}; ${small(effectWords[one.computedEffect])}.`,
      };
    });
}

function versionRecords(facts: ClauseFacts): readonly ClauseEvidence[] {
  return (facts.extra.planVersions ?? []).flatMap((one) =>
    dated(facts, one.on, () => ({
      ref: one.ref,
      kind: 'plan version',
      text: one.changed,
      ...present('link', one.link),
    })),
  );
}

/** Work together that has taken place. */
export function together(facts: ClauseFacts): readonly CoProduction[] {
  return facts.grounds.snapshot.coProduction.filter((one) => one.on <= facts.grounds.on);
}

function partiesOf(one: Evidence | CoProduction): readonly Party[] {
  if ('with' in one) return partiesIn(one.with);
  if (one.kind === 'family-voice') return ['parents'];
  return one.kind === 'child-voice' ? ['children'] : partiesIn(one.sourceBody);
}

/** In a fixed order. */
function distinctParties(views: readonly (Evidence | CoProduction)[]): readonly Party[] {
  return withoutParties(withoutParties(views.flatMap(partiesOf)));
}

/** Per area: with whom, when, and what changed because of it. */
function coProduced(facts: ClauseFacts): ClauseDraft {
  const { snapshot, actions } = facts.grounds;
  const rows = together(facts);
  const areasOf = (row: CoProduction): readonly Ref[] =>
    distinct(row.actionRefs.flatMap((ref) => actions.get(ref)?.areaRef ?? []));
  const gaps: ClauseGap[] = [];
  for (const area of snapshot.areas) {
    const ofArea = rows.filter((row) => areasOf(row).includes(area.ref));
    const missing = withoutParties(distinctParties(ofArea));
    if (missing.length > 0)
      gaps.push(
        openGap(
          `${area.ref}: no work together with ${listed(missing)} is recorded.`,
          'Record what was done together and what it changed, or why it was not possible.',
          snapshot.facts.noticeIssuedOn,
          [area.ref],
        ),
      );
  }
  for (const row of rows)
    if (row.changed === undefined)
      gaps.push(
        openGap(
          `What changed because of the work with ${row.with} is not recorded.`,
          'Record what changed, or that nothing did.',
          row.on,
          [row.ref],
        ),
      );
  if (rows.length === 0)
    gaps.push(openGap('No work together with families or schools is recorded.', 'Record the first.', undefined));
  return {
    clause: '4',
    title: 'Views and co-production',
    shows: `${count(rows.length, 'piece')} of work together ${rows.length === 1 ? 'is' : 'are'} recorded, for ${distinct(rows.flatMap(areasOf)).length} of ${count(snapshot.areas.length, 'area')}`,
    nothing: 'No work together is recorded.',
    evidence: rows.map((row) => ({
      ref: row.ref,
      kind: 'co-production',
      on: row.on,
      text: `With ${row.with}: ${row.did}${row.changed === undefined ? '' : ` What changed: ${row.changed}`}`,
    })),
    gaps,
    counts: { records: rows.length, areas: distinct(rows.flatMap(areasOf)).length },
  };
}
