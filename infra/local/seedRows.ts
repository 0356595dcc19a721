// Turns a plan into the rows of each list: areas, people, actions, risks, measures, evidence and the plan's settings.
// Longer than most: one function a list.
import { createPlanReader, isRaw, labelOf, nested, rowBy, textOf } from './seedPlan';
import type { Mapping, PlanReader, Raw, SeedRow } from './seedPlan';
import { meetingRows } from './seedMeetings';

/** Rows by record kind (`action`, `risk`), as in bot/sharepoint/lists.ts. */
export type SeedRows = Readonly<Record<string, readonly SeedRow[]>>;

export interface PlanRows {
  readonly rows: SeedRows;
  readonly reader: PlanReader;
  readonly asOf: string | undefined;
}

export function planRows(plan: unknown): PlanRows {
  const reader = createPlanReader();
  if (!isRaw(plan)) {
    reader.report('The file', 'all', 'The file does not hold a plan: an object with areas, people, actions and so on.');
    return { rows: {}, reader, asOf: undefined };
  }
  const rows = {
    ...registerRows(plan, reader),
    ...measureRows(plan, reader),
    ...meetingRows(plan, reader),
    ...settingRows(plan),
  };
  return { rows, reader, asOf: textOf(plan, 'asOf') };
}

function simple(plan: Raw, reader: PlanReader, key: string, what: string, record: string, mapping: Mapping): SeedRow[] {
  return reader
    .records(plan, key, what)
    .map((raw, i) =>
      rowBy(mapping, labelOf(what, raw, i), raw, `seed:${record}:${textOf(raw, 'id') ?? `number-${i + 1}`}`),
    );
}

const person: Mapping = {
  ref: 'id',
  name: 'name',
  role: 'role',
  boardRole: 'boardRole',
  body: 'body',
  email: 'email',
  entraObjectId: 'entraObjectId',
  external: 'external',
  volunteer: 'volunteer',
  deputyRefs: 'deputyPersonIds',
  requiredByNotice: 'requiredByNotice',
};

const action: Mapping = {
  ref: 'id',
  areaRef: 'area',
  title: 'title',
  description: 'description',
  ownerRef: 'accountablePersonId',
  leadBody: 'leadBody',
  startOn: 'start',
  dueOn: 'due',
  originalDueOn: 'originalDue',
  forecastOn: 'forecastOn',
  deliveryStatus: 'deliveryStatus',
  percentComplete: 'percentComplete',
  effectStatus: 'impactStatus',
  successMeasure: 'successMeasure',
  measureRefs: 'measureIds',
  riskRefs: 'riskIds',
  clauses: 'noticeClauses',
  completedOn: 'completedOn',
  'blocker.text': 'blocker.text',
  'blocker.waitingOnBody': 'blocker.waitingOnBody',
  'blocker.accepted': 'blocker.outsideOwnersControl',
};

const risk: Mapping = {
  ref: 'id',
  title: 'title',
  cause: 'cause',
  event: 'event',
  effect: 'effect',
  ownerRef: 'ownerPersonId',
  areaRefs: 'areas',
  actionRefs: 'actionIds',
  'inherent.likelihood': 'inherent.likelihood',
  'inherent.impact': 'inherent.impact',
  'current.likelihood': 'current.likelihood',
  'current.impact': 'current.impact',
  'target.likelihood': 'target.likelihood',
  'target.impact': 'target.impact',
  response: 'response',
  status: 'status',
  proximity: 'proximity',
  lastReviewedOn: 'lastReviewedOn',
  reviewOn: 'reviewOn',
};

const mitigation: Mapping = {
  ref: 'id',
  text: 'text',
  ownerRef: 'ownerPersonId',
  dueOn: 'due',
  status: 'status',
  completedOn: 'completedOn',
};

function registerRows(plan: Raw, reader: PlanReader): SeedRows {
  const areaMapping = { ref: 'id', title: 'title', kind: 'kind', aim: 'aim', shortLabel: 'shortLabel' };
  const advisers = simple(plan, reader, 'advisers', 'Adviser', 'person', person).map((row) => ({
    ...row,
    values: { ...row.values, volunteer: false, requiredByNotice: false },
  }));
  const actions = reader.records(plan, 'actions', 'Action');
  const risks = reader.records(plan, 'risks', 'Risk');
  return {
    area: simple(plan, reader, 'areas', 'Area', 'area', areaMapping),
    body: bodyRows(plan, reader),
    person: [...simple(plan, reader, 'people', 'Person', 'person', person), ...advisers],
    action: actions.map((raw, i) => {
      const partner = textOf(raw, 'partnerBody');
      return rowBy(action, labelOf('Action', raw, i), raw, `seed:action:${textOf(raw, 'id') ?? `number-${i + 1}`}`, {
        partnerBodies: partner === undefined ? [] : [partner],
      });
    }),
    milestone: actions.flatMap((raw, i) => milestonesOf(raw, i, reader)),
    risk: simple(plan, reader, 'risks', 'Risk', 'risk', risk),
    mitigation: risks.flatMap((raw) =>
      reader.records(raw, 'mitigations', 'Mitigation').map((one, j) =>
        rowBy(
          mitigation,
          labelOf('Mitigation', one, j),
          one,
          `seed:mitigation:${textOf(one, 'id') ?? `${textOf(raw, 'id')}-${j + 1}`}`,
          {
            riskRef: textOf(raw, 'id'),
          },
        ),
      ),
    ),
    decision: simple(plan, reader, 'decisions', 'Decision', 'decision', {
      ref: 'id',
      meetingRef: 'meetingId',
      text: 'text',
      ownerRef: 'ownerPersonId',
      dueOn: 'dueOn',
      state: 'state',
      completedOn: 'completedOn',
    }),
    coProduction: simple(plan, reader, 'coProduction', 'Co-production', 'coProduction', {
      ref: 'id',
      on: 'on',
      with: 'with',
      actionRefs: 'actionIds',
      did: 'did',
      changed: 'changed',
    }),
  };
}

function milestonesOf(raw: Raw, i: number, reader: PlanReader): SeedRow[] {
  const id = textOf(raw, 'id');
  const mapping = { title: 'title', dueOn: 'due', originalDueOn: 'originalDue', completedOn: 'completedOn' };
  return reader.records(raw, 'milestones', `Milestone of ${labelOf('action', raw, i)}`).map((one, j) => {
    const ref = id === undefined ? undefined : `${id}-${j + 1}`;
    const label = `Milestone ${ref ?? `${j + 1} of action number ${i + 1}`}`;
    return rowBy(mapping, label, one, `seed:milestone:${ref ?? `${i + 1}-${j + 1}`}`, { ref, actionRef: id });
  });
}

/** Partner bodies are the names used by people and actions; "All partners" is no body. */
function bodyRows(plan: Raw, reader: PlanReader): SeedRow[] {
  const people = reader.records(plan, 'people', 'Person');
  const actions = reader.records(plan, 'actions', 'Action');
  const used = [
    ...people.map((one) => textOf(one, 'body')),
    ...actions.flatMap((one) => [textOf(one, 'leadBody'), textOf(one, 'partnerBody')]),
  ];
  const names = [...new Set(used)].filter((one) => one !== undefined && one.toLowerCase() !== 'all partners');
  return names.map((name) => {
    const members = people.filter((one) => textOf(one, 'body') === name);
    const senior = members.find((one) => ['chair', 'member'].includes(textOf(one, 'boardRole') ?? '')) ?? members[0];
    return {
      label: `Body ${name}`,
      key: `seed:body:${name}`,
      sources: {},
      values: {
        name,
        title: name,
        escalationPersonRef: senior === undefined ? undefined : textOf(senior, 'id'),
        volunteer: members.length > 0 && members.every((one) => one['volunteer'] === true),
        requiredAtBoard: members.some((one) => one['requiredByNotice'] === true),
        quietDays: [],
      },
    };
  });
}

const measure: Mapping = {
  ref: 'id',
  areaRef: 'area',
  name: 'name',
  unit: 'unit',
  lowerIsBetter: 'lowerIsBetter',
  definition: 'definition',
  ownerRef: 'ownerPersonId',
  frequency: 'frequency',
  readingMonths: 'readingMonths',
  'baseline.on': 'baseline.asAt',
  'baseline.value': 'baseline.value',
  'target.on': 'target.by',
  'target.value': 'target.value',
  tolerance: 'tolerance',
  reportingLagWorkingDays: 'reportingLagWorkingDays',
  trajectory: 'trajectory',
};

function measureRows(plan: Raw, reader: PlanReader): SeedRows {
  const measures = reader.records(plan, 'measures', 'Measure');
  return {
    measure: simple(plan, reader, 'measures', 'Measure', 'measure', measure).map((row) => ({
      ...row,
      values: { ...row.values, computed: false },
    })),
    reading: measures.flatMap((raw) => readingsOf(raw, reader)),
    evidence: simple(plan, reader, 'impactEvidence', 'Evidence', 'evidence', {
      ref: 'id',
      actionRef: 'actionId',
      areaRef: 'area',
      kind: 'kind',
      sourceBody: 'sourceBody',
      on: 'on',
      summary: 'summary',
      strength: 'strength',
      contrary: 'contrary',
      resolvedOn: 'resolvedOn',
      link: 'link',
      heard: 'heard',
      did: 'did',
      difference: 'difference',
    }),
  };
}

/** A month without a value is no row; localities and revisions are rows of their own. */
function readingsOf(raw: Raw, reader: PlanReader): SeedRow[] {
  const measureRef = textOf(raw, 'id');
  const mapping = { value: 'value', reportedOn: 'reportedOn', source: 'source', note: 'note' };
  return reader.records(raw, 'readings', `Reading of measure ${measureRef ?? 'without an id'}`).flatMap((one) => {
    if (one['value'] === null || one['value'] === undefined) return [];
    const period = textOf(one, 'month');
    const label = `Reading of ${measureRef ?? 'a measure'} for ${period ?? 'no month'}`;
    const key = `seed:reading:${measureRef}:${period}`;
    const made = { measureRef, period, revises: false };
    const localities = Object.entries(nested(one, 'localities')).map(([locality, value]) =>
      rowBy(mapping, `${label}, ${locality}`, { ...one, value }, `${key}:${locality}`, {
        ...made,
        locality,
        note: undefined,
      }),
    );
    const revisions = reader.records(one, 'revisions', `Revision of the ${label}`).map((revision, i) =>
      rowBy(mapping, `Revision of the ${label}`, { source: one['source'], ...revision }, `${key}:revision-${i + 1}`, {
        ...made,
        revises: true,
      }),
    );
    return [rowBy(mapping, label, one, key, made), ...localities, ...revisions];
  });
}

function settingRows(plan: Raw): SeedRows {
  const board = nested(plan, 'board');
  const quorum = nested(board, 'quorum');
  const quietDays = Array.isArray(board['quietDays']) ? board['quietDays'].filter(isRaw) : undefined;
  const facts = {
    id: textOf(board, 'id') ?? 'board',
    name: textOf(board, 'name') ?? 'Improvement board',
    localAuthority: textOf(board, 'localAuthority') ?? '',
    icb: textOf(board, 'icb') ?? '',
    chairRef: textOf(board, 'chairPersonId'),
    secretaryRef: textOf(board, 'secretaryPersonId'),
    noticeIssuedOn: textOf(board, 'noticeIssued'),
    actionsAimOn: textOf(board, 'actionsAimDate'),
    chairAgreedWithDepartmentOn: textOf(board, 'chairAgreedWithDepartmentOn'),
    localities: board['localities'] ?? [],
    ...(isRaw(board['quorum'])
      ? { quorum: { minimum: quorum['minimum'], mustInclude: quorum['mustInclude'] ?? [] } }
      : {}),
  };
  const policy = quietDays
    ? { quietDays: quietDays.map((one) => ({ fromOn: one['fromOn'] ?? one['from'], toOn: one['toOn'] ?? one['to'] })) }
    : {};
  const rows: Raw = { board: facts, policy, binding: {} };
  return {
    setting: Object.entries(rows).map(([key, json]) => ({
      label: `Setting ${key}`,
      key: `seed:setting:${key}`,
      sources: {},
      values: { key, json: JSON.stringify(json) },
    })),
  };
}
