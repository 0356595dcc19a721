// What the tab reads of one meeting, and how a date change is decided from there.
import * as z from 'zod/mini';
import { asOf, civilDate, count, line, list, owner, words } from './terms';
import { deadline } from './views';

const linked = z.strictObject({ ref: line, title: line, to: words });

/** One request to move a date: `lines` say what is known and what the decision does. */
const dateChange = z.strictObject({
  ref: line,
  title: line,
  lines: list(line),
  /** The reader may approve or refuse it. */
  mayDecide: z.boolean(),
});

export const agendaTopic = z.enum([
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
]);
export const agendaLead = z.enum(['chair', 'secretary', 'families', 'owners']);

/** The board's standing items as a meeting to come has them. */
const agenda = z.strictObject({
  /** The published agenda holds. */
  isDefault: z.boolean(),
  mayChange: z.boolean(),
  items: list(
    z.strictObject({
      topic: agendaTopic,
      title: line,
      minutes: count,
      lead: agendaLead,
      asks: words,
      /** When it begins, and who leads it, in words. */
      starts: line,
      leadWords: line,
    }),
  ),
  /** What may be chosen. */
  topics: list(z.strictObject({ topic: agendaTopic, words: line })),
  leads: list(z.strictObject({ lead: agendaLead, words: line })),
});

/** GET /api/v1/meeting: the next one; GET /api/v1/meeting/:ref: any. */
export const meetingResponse = z.strictObject({
  asOf,
  /** In place of a meeting, where none is planned. */
  none: words,
  meetings: list(z.strictObject({ ref: line, words: line })),
  meeting: z.optional(
    z.strictObject({
      ref: line,
      on: civilDate,
      words: line,
      distance: line,
      place: words,
      stateWords: line,
      note: words,
      deadlines: list(deadline),
      /** Absent of a meeting that was held or is cancelled. */
      agenda: z.optional(agenda),
      minutes: z.strictObject({ words: line, link: words }),
      attendance: z.strictObject({
        words: line,
        groups: list(z.strictObject({ label: line, people: list(z.strictObject({ name: line, role: line })) })),
      }),
      decisions: list(
        z.strictObject({
          ref: line,
          text: line,
          about: z.optional(linked),
          owner: z.optional(owner),
          dueWords: words,
          stateWords: line,
          state: z.enum(['open', 'late', 'done']),
          /** Actions of the plan that it led to. */
          ledTo: list(linked),
        }),
      ),
      /** Absent for who reads what was released alone. */
      slow: z.optional(
        z.strictObject({
          words: line,
          rows: list(z.strictObject({ ref: line, title: line, to: line, agreed: list(line) })),
        }),
      ),
      datesDecided: list(z.strictObject({ ref: line, text: line, to: line })),
      /** Those that wait; for who decides about dates, and the secretary. */
      datesToDecide: z.optional(list(dateChange)),
      /** For the secretary and the chair: the log that can be looked at now. */
      release: z.optional(
        z.strictObject({
          kind: z.enum(['before', 'after']),
          title: line,
          frozen: list(z.strictObject({ shortCode: line, words: line, actions: count })),
          mayRelease: z.boolean(),
        }),
      ),
    }),
  ),
});

/** POST /api/v1/boards/:boardId/date-changes/:ref/decision */
export const dateDecisionRequest = z.strictObject({
  approve: z.boolean(),
  reason: z.exactOptional(z.string().check(z.trim(), z.maxLength(1000, 'Write at most 1,000 characters.'))),
  confirmedWarnings: z.exactOptional(z.boolean()),
});
export const dateDecisionResponse = z.strictObject({ ref: line, approved: z.boolean(), words: line });

export type MeetingResponse = z.infer<typeof meetingResponse>;
export type DateDecisionResponse = z.infer<typeof dateDecisionResponse>;
