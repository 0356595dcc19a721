// Other names that councils give to our lists and columns, and what their status words stand for: what a proposal goes by.
import { planFields } from '../board/planFields';
import type { PlanField } from '../board/planFields';
import {
  areaKindTable,
  deliveryTable,
  effectTable,
  flagTable,
  frequencyTable,
  riskStatusTable,
  scoreTable,
  stepTable,
} from '../board/planWords';
import type { StatusWord } from '../board/planWords';
import { foldName, mostAlike } from '../board/similarity';
import type { ColumnSchema, ListSchema } from './lists';

/** The lists that a council may keep already; the others are the assistant's own. */
const listNames: Readonly<Record<string, string>> = {
  Areas: 'Priority areas|Areas for improvement|Priorities|Workstreams|Themes',
  Bodies: 'Partners|Organisations|Partner organisations|Agencies',
  People: 'Contacts|Board members|Members|Membership|Board membership|Named leads|Officers|Owners',
  Actions:
    'Action plan|Improvement plan|SEND improvement plan|Plan actions|Action tracker|Improvement actions|Action log',
  Milestones: 'Key milestones|Steps|Key steps|Sub actions|Action milestones',
  Risks: 'Risk register|Risk log|SEND risk register|Strategic risks',
  Mitigations: 'Mitigating actions|Controls|Risk controls|Risk mitigations',
  Measures: 'KPIs|Indicators|Performance measures|Key performance indicators|Scorecard',
  Readings: 'KPI data|Measure data|Performance data|Scorecard data|KPI readings',
  Evidence: 'Evidence log|Impact evidence|Evidence bank',
  CoProduction: 'Co-production log|Engagement|Engagement log|Co production',
  Meetings: 'Board meetings|Meeting dates|Board dates|Forward plan|Meeting schedule',
  Decisions: 'Decision log|Board decisions|Actions arising',
};

/** Beyond those of board/planFields.ts: `List.Column`. */
const columnNames: Readonly<Record<string, string>> = {
  'People.Ref': 'Reference|Initials|Staff ID',
  'People.Title': 'Name|Full name|Officer|Member',
  'People.Body': 'Organisation|Agency|Employer|Representing',
  'People.BoardRole': 'Role on board|Position|Board position|Position on board|Capacity',
  'People.Role': 'Job title|Post|Post title',
  'People.Email': 'E-mail|Email address|E-mail address|Mail',
  'Meetings.Ref': 'Meeting|Meeting number|Meeting ref|Number',
  'Meetings.HeldOn': 'Date|Meeting date|Date of meeting|Board date',
  'Meetings.StartsAt': 'Start|Start time|Starts|From|Time',
  'Meetings.EndsAt': 'End|End time|Ends|Finish|Until|Finish time',
  'Meetings.Place': 'Venue|Location|Where|Room',
  'Meetings.State': 'Status|Meeting status',
  'Decisions.Ref': 'Decision ref|Reference|Number',
  'Decisions.DecisionText': 'Decision|Agreed|Action agreed|Resolution',
  'Decisions.MeetingRef': 'Meeting|Meeting number|Date of meeting',
  'Evidence.EvidenceOn': 'Date|Evidence date',
  'CoProduction.HeldOn': 'Date|Event date',
};

export function mayBeTheirs(list: ListSchema): boolean {
  return listNames[list.name] !== undefined;
}

export function namesOfList(list: ListSchema): readonly string[] {
  return [list.name, ...(listNames[list.name] ?? '').split('|').filter((one) => one !== '')];
}

export function namesOfColumn(list: ListSchema, column: ColumnSchema): readonly string[] {
  const more = (columnNames[`${list.name}.${column.name}`] ?? '').split('|').filter((one) => one !== '');
  return [column.name, ...more, ...(fieldOf(list, column)?.names ?? [])];
}

function fieldOf(list: ListSchema, column: ColumnSchema): PlanField | undefined {
  const kinds = new Map<string, readonly PlanField[]>(Object.entries(planFields));
  return kinds.get(list.record)?.find((one) => one.field === column.field);
}

const tables: Readonly<Record<string, readonly StatusWord<string | boolean | number>[]>> = {
  'Actions.DeliveryStatus': deliveryTable,
  'Actions.EffectStatus': effectTable,
  'Mitigations.Status': stepTable,
  'Risks.Status': riskStatusTable,
  'Areas.Kind': areaKindTable,
  'Measures.Frequency': frequencyTable,
  'Meetings.State': [
    { value: 'held', words: ['Held', 'Done', 'Past', 'Completed', 'Taken place'] },
    { value: 'in-preparation', words: ['In preparation', 'Next', 'Papers out', 'Upcoming'] },
    { value: 'planned', words: ['Planned', 'Scheduled', 'Future', 'Confirmed'] },
    { value: 'cancelled', words: ['Cancelled', 'Canceled', 'Stood down', 'Postponed'] },
  ],
  'People.BoardRole': [
    { value: 'chair', words: ['Chair', 'Independent chair', 'Chairperson', 'Board chair'] },
    { value: 'secretary', words: ['Secretary', 'Board secretary', 'Clerk', 'Business support', 'Programme support'] },
    { value: 'member', words: ['Member', 'Board member', 'Full member', 'Voting member'] },
    { value: 'owner', words: ['Owner', 'Lead', 'Action owner', 'Named lead', 'Workstream lead', 'In attendance'] },
    { value: 'deputy', words: ['Deputy', 'Substitute'] },
    { value: 'dfe-send-adviser', words: ['DfE adviser', 'DfE SEND adviser', 'SEND adviser'] },
    { value: 'nhse-adviser', words: ['NHSE adviser', 'NHS England adviser'] },
    { value: 'dfe-case-lead', words: ['DfE case lead', 'Case lead', 'DfE'] },
  ],
};

function tableOf(list: ListSchema, column: ColumnSchema): readonly StatusWord<string | boolean | number>[] | undefined {
  if (column.type === 'boolean') return flagTable;
  return column.type === 'number' ? scoreTable : tables[`${list.name}.${column.name}`];
}

/** The words that one of our columns takes; none where any text or figure will do. */
export function wordsTaken(list: ListSchema, column: ColumnSchema): readonly string[] {
  if (column.choices) return column.choices;
  if (column.type !== 'boolean' && column.type !== 'number') return [];
  return [...new Set((tableOf(list, column) ?? []).map((one) => String(one.value)))];
}

/** Our word for one of theirs; undefined where only a person can say. */
export function ourWord(list: ListSchema, column: ColumnSchema, theirs: string): string | undefined {
  const name = foldName(theirs);
  const own = (column.choices ?? []).find((one) => foldName(one) === name);
  if (own !== undefined) return own;
  const table = tableOf(list, column);
  // A word that says less than ours does is for a person to decide.
  const found = table?.find((one) => one.doubt === undefined && one.words.some((word) => foldName(word) === name));
  return found === undefined ? undefined : String(found.value);
}

/** Less alike than this is a guess and not a misspelling. */
const leastLike = 0.6;

/** Our word that one of theirs is most like, doubtful ones included: for a person to look at. */
export function nearestWord(list: ListSchema, column: ColumnSchema, theirs: string): string | undefined {
  const own = (column.choices ?? []).map((one) => ({ ours: one, names: [one] }));
  const known = (tableOf(list, column) ?? []).map((one) => ({ ours: String(one.value), names: one.words }));
  return (
    ourWord(list, column, theirs) ??
    mostAlike(theirs, [...own, ...known], (one) => one.names, leastLike)?.candidate.ours
  );
}
