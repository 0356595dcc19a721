// The columns of a plan in a workbook: our name for each, other names councils give it, and how its cells are read.
// Longer than most: one table of columns and how each is read; a column is looked up in one place.
// One table past 300 lines: a column is looked up here and nowhere else.
import type { PlanKind } from './planRecords';

export type PlanFieldType =
  | 'text'
  | 'ref'
  | 'refs'
  | 'words'
  | 'person'
  | 'people'
  | 'date'
  | 'month'
  | 'number'
  | 'percent'
  | 'score'
  | 'flag'
  | 'delivery'
  | 'effect'
  | 'areaKind'
  | 'riskStatus'
  | 'stepStatus'
  | 'frequency'
  | 'polarity'
  | 'months'
  | 'trajectory';

export interface PlanField {
  /** The name in board/model.ts, dotted for a nested value; `narrative` goes into the history alone, `dateReason` into a request. */
  readonly field: string;
  /** The heading of an exported column. */
  readonly title: string;
  readonly type: PlanFieldType;
  readonly names: readonly string[];
  /** A row without it cannot be taken. */
  readonly required?: boolean;
}

function field(name: string, title: string, type: PlanFieldType, names: string, required = false): PlanField {
  return { field: name, title, type, names: [title, ...names.split('|')], ...(required ? { required } : {}) };
}

const ownerNames =
  'Lead|Lead officer|Action owner|Responsible officer|Responsible|Accountable|Accountable officer|Owner name|Named lead|SRO|By whom|Who|Assigned to';
const dueNames =
  'Due|Deadline|Target date|Due by|By when|End date|Completion date|Target completion date|Timescale|When|Planned completion';
/** Why an agreed date is to move; it goes into the request. */
const dateReason = field(
  'dateReason',
  'Reason for the new date',
  'text',
  'Reason for date change|Reason for change of date|Reason for moving the date|Reason for new date|Reason for revised date|Reason for extension',
);
const statusNames = 'RAG|BRAG|RAG rating|BRAG rating|RAG status|Delivery|Current RAG|Progress RAG|Delivery RAG';

export const planFields: Readonly<Record<PlanKind, readonly PlanField[]>> = {
  area: [
    field('ref', 'Ref', 'ref', 'Area ref|Reference|Code|ID|No', true),
    field('title', 'Area', 'text', 'Title|Area title|Priority|Theme|Name', true),
    field('kind', 'Kind', 'areaKind', 'Area kind|Kind of area|Type', true),
    field('aim', 'Aim', 'text', 'Objective|Outcome|Ambition'),
    field('shortLabel', 'Short name', 'text', 'Short label|Abbreviation'),
    field('clauses', 'Clauses', 'words', 'Notice clauses|Clause'),
    field('responsibleBodies', 'Responsible bodies', 'words', 'Responsible partners|Bodies'),
  ],
  body: [
    field('name', 'Body', 'text', 'Organisation|Partner|Partner organisation|Agency|Name', true),
    field('escalationPersonRef', 'Escalate to', 'person', 'Escalation person|Escalation contact|Senior lead'),
    field('volunteer', 'Volunteers', 'flag', 'Volunteer|Voluntary'),
    field('requiredAtBoard', 'Required at the board', 'flag', 'Required|Required member'),
  ],
  person: [
    field('ref', 'Ref', 'ref', 'Person ref|Reference|ID'),
    field('name', 'Name', 'text', 'Person|Full name', true),
    field('role', 'Role', 'text', 'Job title|Post'),
    field('body', 'Body', 'text', 'Organisation|Agency'),
    field('email', 'E-mail', 'text', 'Email|Email address'),
  ],
  action: [
    field(
      'ref',
      'Ref',
      'ref',
      'Action ref|Action reference|Reference|Action number|Action no|Number|No|ID|Action ID|#',
    ),
    field(
      'areaRef',
      'Area',
      'ref',
      'Area ref|Priority area|Priority|APA|Area for action|Workstream|Theme|Area of focus',
    ),
    field('title', 'Action', 'text', 'Title|Action title|What we will do|What will we do|Actions|Activity|Task', true),
    field('description', 'Description', 'text', 'Detail|Details|Action description|How|How we will do it'),
    field('ownerRef', 'Owner', 'person', ownerNames),
    field('deputyRefs', 'Deputies', 'people', 'Deputy|Delegate|Supported by'),
    field('leadBody', 'Lead body', 'text', 'Lead organisation|Lead agency|Lead partner|Organisation|Agency'),
    field(
      'partnerBodies',
      'Partner bodies',
      'words',
      'Partners|Partner organisations|Partner agencies|Partner body|Supporting partners',
    ),
    field('startOn', 'Start date', 'date', 'Start|Started|Start on|Begins'),
    field('dueOn', 'Due date', 'date', dueNames),
    field(
      'originalDueOn',
      'Original due date',
      'date',
      'Original deadline|Baseline date|Original date|Original target date',
    ),
    dateReason,
    field(
      'forecastOn',
      'Forecast date',
      'date',
      'Forecast|Revised date|Expected date|Forecast completion|Revised due date',
    ),
    field('deliveryStatus', 'Delivery status', 'delivery', `Status|${statusNames}|Action status|Current status`),
    field(
      'percentComplete',
      'Per cent complete',
      'percent',
      '% complete|Progress %|% progress|Percentage complete|% done|Complete %',
    ),
    field('effectStatus', 'Effect', 'effect', 'Effect status|Impact rating|Impact RAG|Impact status|Effect rating'),
    field(
      'successMeasure',
      'Success measure',
      'text',
      'Success criteria|Measure of success|How will we know|How we will know|Intended impact|Impact measure|Outcome|What will be different',
    ),
    field('measureRefs', 'Measures', 'refs', 'Measure refs|KPI|KPIs|Linked measures|KPI ref'),
    field('riskRefs', 'Risks', 'refs', 'Risk refs|Linked risks|Risk ref'),
    field('clauses', 'Clauses', 'words', 'Notice clauses|Clause|Notice clause'),
    field(
      'completedOn',
      'Completed on',
      'date',
      'Date completed|Completed|Actual completion date|Completed date|Actual completion|Date closed',
    ),
    field('blocker.text', 'Blocker', 'text', 'Barriers|Barrier|Blockers|Issues|Issue|What blocks it|Obstacles'),
    field('blocker.waitingOnBody', 'Waiting on', 'text', 'Waiting for|Dependency|Dependent on'),
    field(
      'narrative',
      'Latest update',
      'text',
      'Progress|Progress update|Update|Commentary|Comments|Progress commentary|Progress to date|Latest progress|Narrative',
    ),
  ],
  milestone: [
    field('ref', 'Ref', 'ref', 'Milestone ref|Milestone reference|Step ref|Milestone no'),
    field('actionRef', 'Action', 'ref', 'Action ref|Action reference|Action no'),
    field(
      'title',
      'Milestone',
      'text',
      'Milestones|Step|Key step|Key milestone|Key milestones|Milestone title|Sub action|Sub actions',
      true,
    ),
    field(
      'dueOn',
      'Due date',
      'date',
      `Milestone date|Milestone due|Milestone due date|Milestone deadline|Step due|${dueNames}`,
      true,
    ),
    field('originalDueOn', 'Original due date', 'date', 'Milestone original date|Original date|Original deadline'),
    dateReason,
    field(
      'completedOn',
      'Completed on',
      'date',
      'Milestone completed|Milestone completed on|Milestone met|Date completed|Date met|Completed|Achieved on',
    ),
  ],
  risk: [
    field('ref', 'Ref', 'ref', 'Risk ref|Risk reference|Reference|Risk number|Risk no|Risk ID|No|ID|Number|#'),
    field('title', 'Risk', 'text', 'Risk title|Title|Risk description|Description of risk|Risks|Description', true),
    field('cause', 'Cause', 'text', 'If|Because|Risk cause|Causes|Trigger'),
    field('event', 'Event', 'text', 'Then|Risk event|There is a risk that'),
    field(
      'effect',
      'Effect',
      'text',
      'So that|Consequence|Consequences|Impact description|Resulting in|Risk effect|Leading to',
    ),
    field('ownerRef', 'Owner', 'person', `Risk owner|${ownerNames}`),
    field('areaRefs', 'Areas', 'refs', 'Area|Area refs|Priority area|Area ref'),
    field('actionRefs', 'Actions', 'refs', 'Action refs|Linked actions|Action ref'),
    ...(['inherent', 'current', 'target'] as const).flatMap((stage) => scoreFields(stage)),
    field('response', 'Response', 'text', 'Treatment|Risk response|Strategy|Risk treatment|Treat or tolerate'),
    field('status', 'Status', 'riskStatus', 'Risk status|Open or closed|State'),
    field('proximity', 'Proximity', 'text', 'When might it happen|Timing|Risk proximity'),
    field('lastReviewedOn', 'Last reviewed on', 'date', 'Last reviewed|Date reviewed|Last review|Review date last'),
    field('reviewOn', 'Next review on', 'date', 'Next review|Review date|Review on|Review due|Next review date'),
    field('narrative', 'Latest update', 'text', 'Commentary|Comments|Update|Progress update|Progress'),
  ],
  mitigation: [
    field('ref', 'Ref', 'ref', 'Mitigation ref|Mitigation reference|Control ref'),
    field('riskRef', 'Risk', 'ref', 'Risk ref|Risk reference|Risk no|Risk ID'),
    field(
      'text',
      'Mitigation',
      'text',
      'Mitigations|Mitigating action|Mitigating actions|Mitigation text|Controls|Control|Action to mitigate|Further action|Mitigating controls',
      true,
    ),
    field('ownerRef', 'Owner', 'person', `Mitigation owner|Control owner|Mitigation lead|${ownerNames}`),
    field(
      'dueOn',
      'Due date',
      'date',
      `Mitigation due|Mitigation due date|Mitigation date|Mitigation deadline|Mitigate by|${dueNames}`,
    ),
    field('status', 'Status', 'stepStatus', 'Mitigation status|Control status|Mitigation progress|Progress'),
    field(
      'completedOn',
      'Completed on',
      'date',
      'Mitigation completed|Mitigation completed on|Date completed|Completed',
    ),
  ],
  measure: [
    field('ref', 'Ref', 'ref', 'Measure ref|KPI ref|KPI no|Reference|No|ID|Number|#'),
    field('areaRef', 'Area', 'ref', 'Area ref|Priority area|Priority|Theme|APA'),
    field(
      'name',
      'Measure',
      'text',
      'Indicator|KPI|Name|Measure name|Performance measure|Performance indicator|Title',
      true,
    ),
    field('unit', 'Unit', 'text', 'Units|Unit of measure|Measured in'),
    field(
      'lowerIsBetter',
      'Better when',
      'polarity',
      'Polarity|Good is|Good performance is|Direction|Lower is better|Good to be',
    ),
    field('definition', 'Definition', 'text', 'Description|How it is measured|Calculation'),
    field('ownerRef', 'Owner', 'person', `Measure owner|Data owner|${ownerNames}`),
    field('frequency', 'Frequency', 'frequency', 'How often|Reported|Reporting frequency|Collected'),
    field('readingMonths', 'Reading months', 'months', 'Months reported|Reported in'),
    field('baseline.value', 'Baseline', 'number', 'Baseline value|Baseline figure|Start point|Starting point'),
    field('baseline.on', 'Baseline date', 'date', 'Baseline on|Date of baseline|Baseline as at'),
    field('target.value', 'Target', 'number', 'Target value|Goal|Target figure'),
    field('target.on', 'Target date', 'date', 'Target on|Target by|By when|Date of target|Achieve by'),
    field('tolerance', 'Tolerance', 'number', 'Tolerance points|Within'),
    field('reportingLagWorkingDays', 'Reporting lag in working days', 'number', 'Reporting lag|Lag|Data lag'),
    field('trajectory', 'Trajectory', 'trajectory', 'Expected values|Expected by quarter|Quarterly trajectory'),
  ],
  reading: [
    field('measureRef', 'Measure', 'ref', 'Measure ref|KPI|KPI ref|Indicator', true),
    field('period', 'Period', 'month', 'Month|Reading month|Reporting period|As at', true),
    field('locality', 'Locality', 'text', 'Place|District|Local area'),
    field('value', 'Value', 'number', 'Reading|Result|Actual|Figure', true),
    field('reportedOn', 'Reported on', 'date', 'Reported|Date reported|Report date'),
    field('revises', 'Revision', 'flag', 'Revises|Revised|Is a revision'),
    field('source', 'Source', 'text', 'Data source|Sourced from'),
    field('note', 'Note', 'text', 'Notes|Comment|Comments'),
  ],
};

type ScoreStage = 'inherent' | 'current' | 'target';

function scoreFields(stage: ScoreStage): readonly PlanField[] {
  const stages: Readonly<Record<ScoreStage, readonly [string, ...string[]]>> = {
    inherent: ['Inherent', 'Gross', 'Initial', 'Raw', 'Original', 'Unmitigated', 'Pre mitigation', 'Before mitigation'],
    current: ['Current', 'Residual', 'Net', 'Now', 'Mitigated', 'Post mitigation', 'After mitigation', ''],
    target: ['Target', 'Desired', 'Tolerated', 'Goal'],
  };
  const called = stages[stage];
  const [first] = called;
  const names = (words: readonly string[]) =>
    called
      .flatMap((one) => words.flatMap((word) => [`${one} ${word}`, `${one} risk ${word}`, `${one} score ${word}`]))
      .join('|');
  return [
    field(
      `${stage}.likelihood`,
      `${first} likelihood`,
      'score',
      names(['likelihood', 'L', 'probability', 'likelihood 1 5']),
    ),
    field(`${stage}.impact`, `${first} impact`, 'score', names(['impact', 'I', 'severity', 'impact 1 5'])),
    // Likelihood times impact: read to check the two, never kept.
    field(`${stage}.score`, `${first} score`, 'number', names(['score', 'rating', 'total', 'LxI', 'RAG'])),
  ];
}

/** The steps that may stand in columns beside the record they belong to. */
export const childKind: Readonly<Partial<Record<PlanKind, PlanKind>>> = { action: 'milestone', risk: 'mitigation' };

/** The names by which a record of a kind is told from others, best first. */
export const nameField: Readonly<Record<PlanKind, string>> = {
  area: 'title',
  body: 'name',
  person: 'name',
  action: 'title',
  milestone: 'title',
  risk: 'title',
  mitigation: 'text',
  measure: 'name',
  reading: 'period',
};

/** Words of a sheet's name that tell what it holds, and the name of an exported sheet. */
export const sheetNames: Readonly<Record<PlanKind, readonly string[]>> = {
  area: ['Areas', 'Priority areas'],
  body: ['Bodies', 'Partners', 'Organisations'],
  person: ['People', 'Contacts', 'Owners'],
  action: ['Actions', 'Action plan', 'Improvement plan', 'Plan'],
  milestone: ['Milestones', 'Steps'],
  risk: ['Risks', 'Risk register', 'Risk log'],
  mitigation: ['Mitigations', 'Mitigation plan', 'Controls'],
  measure: ['Measures', 'KPIs', 'Indicators', 'Performance'],
  reading: ['Readings', 'Data', 'Results'],
};

/** The field of a kind; undefined for what no column of a workbook holds. */
export function planField(kind: PlanKind, name: string): PlanField | undefined {
  return planFields[kind].find((one) => one.field === name);
}
