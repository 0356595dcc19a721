// The standing items of a board's agenda: what a board may set, the published default, lived experience first, and when each begins.
import type { Meeting } from './meetingModel';

/** What the pack can say of an item from the record; `other` is an item of the board's own. */
export const agendaTopics = [
  'lived-experience',
  'decisions',
  'slow',
  'contributions',
  'measures',
  'risks',
  'date-changes',
  'advisers',
  'close',
  'other',
] as const;
export const agendaLeads = ['chair', 'secretary', 'families', 'owners'] as const;
export const agendaLimits = { items: 20, titleLength: 120, minutes: 240 } as const;

export const agendaLeadWords: Readonly<Record<(typeof agendaLeads)[number], string>> = {
  chair: 'the chair',
  secretary: 'the secretary',
  families: 'families',
  owners: 'the owners',
};

/** What the pack says of an item, as the secretary chooses it. */
export const agendaTopicWords: Readonly<Record<(typeof agendaTopics)[number], string>> = {
  'lived-experience': 'what families and children said',
  decisions: 'decisions and whether they are carried out',
  slow: 'what is slow to progress',
  contributions: 'contributions and help offered',
  measures: 'measures',
  risks: 'risks and their mitigation',
  'date-changes': 'date changes to decide',
  advisers: 'questions of the advisers',
  close: 'what was agreed, and the next meeting',
  other: 'nothing more: an item of our own',
};

export interface AgendaItem {
  readonly topic: (typeof agendaTopics)[number];
  readonly title: string;
  /** Its share: the minutes of all items are scaled to the length of the meeting. */
  readonly minutes: number;
  readonly lead: (typeof agendaLeads)[number];
  /** What is asked of the board, for an item of its own. */
  readonly asks?: string;
}

/** Source: clause 5 of the notice, item by item; docs/rules.md. */
export const defaultAgenda: readonly AgendaItem[] = [
  {
    topic: 'lived-experience',
    title: 'Welcome, and the lived experience of children and families',
    minutes: 15,
    lead: 'families',
  },
  { topic: 'decisions', title: 'Minutes of the last meeting, and decisions carried out', minutes: 10, lead: 'chair' },
  { topic: 'slow', title: 'What is slow to progress, and what the board will do', minutes: 30, lead: 'owners' },
  {
    topic: 'contributions',
    title: 'Whose contribution to strengthen, and what help is offered',
    minutes: 10,
    lead: 'chair',
  },
  { topic: 'measures', title: 'Measures', minutes: 20, lead: 'owners' },
  { topic: 'risks', title: 'Risk register and mitigation plan', minutes: 15, lead: 'owners' },
  { topic: 'date-changes', title: 'Date changes', minutes: 10, lead: 'chair' },
  { topic: 'advisers', title: 'Questions of the advisers, and the next review', minutes: 5, lead: 'chair' },
  {
    topic: 'close',
    title: 'What was agreed, by whom and by when; next meeting',
    minutes: 5,
    lead: 'secretary',
  },
];

/** Whether a value is an agenda: at least one item, each of the known form, each topic but `other` at most once. */
export function isAgenda(value: unknown): value is readonly AgendaItem[] {
  if (!Array.isArray(value) || value.length === 0 || value.length > agendaLimits.items) return false;
  if (!value.every(isItem)) return false;
  const own = value.filter((one) => one.topic !== 'other').map((one) => one.topic);
  return new Set(own).size === own.length;
}

const fields: readonly string[] = ['topic', 'title', 'minutes', 'lead', 'asks'];

function isItem(value: unknown): value is AgendaItem {
  if (typeof value !== 'object' || value === null) return false;
  const item: Partial<Record<keyof AgendaItem, unknown>> = value;
  const { topic, title, minutes, lead, asks } = item;
  return (
    agendaTopics.some((one) => one === topic) &&
    agendaLeads.some((one) => one === lead) &&
    isText(title) &&
    (asks === undefined || isText(asks)) &&
    Number.isInteger(minutes) &&
    Number(minutes) > 0 &&
    Number(minutes) <= agendaLimits.minutes &&
    Object.keys(value).every((key) => fields.includes(key))
  );
}

function isText(value: unknown): boolean {
  return typeof value === 'string' && value.trim() !== '' && value.length <= agendaLimits.titleLength;
}

/** The start of each item: the items' minutes scaled to the meeting's length, to five minutes. */
export function startTimes(
  meeting: Pick<Meeting, 'startsAtTime' | 'endsAtTime'>,
  agenda: readonly Pick<AgendaItem, 'minutes'>[],
): readonly string[] {
  const from = minutesOf(meeting.startsAtTime);
  const length = minutesOf(meeting.endsAtTime) - from;
  const whole = agenda.reduce((sum, one) => sum + one.minutes, 0);
  let before = 0;
  return agenda.map((one) => {
    const start = from + Math.round((length * before) / whole / 5) * 5;
    before += one.minutes;
    return `${String(Math.floor(start / 60)).padStart(2, '0')}:${String(start % 60).padStart(2, '0')}`;
  });
}

function minutesOf(time: string): number {
  return Number(time.slice(0, 2)) * 60 + Number(time.slice(3, 5));
}
