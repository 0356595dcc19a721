// What the tab reads and changes of a board's settings: figures in words with their ranges, quiet days, the notice, who changed what.
import * as z from 'zod/mini';
import { agendaLead, agendaTopic } from './meeting';
import { asOf, civilDate, instant, line, list, words } from './terms';

const period = z.strictObject({ fromOn: civilDate, toOn: civilDate });
const shownPeriod = z.strictObject({ fromOn: civilDate, toOn: civilDate, words: line });

/** GET /api/v1/settings: for the secretary and the chair. */
export const settingsResponse = z.strictObject({
  asOf,
  /** The reader may pause, resume and change. */
  mayPause: z.boolean(),
  mayChange: z.boolean(),
  /** The pause in force, in words. */
  paused: words,
  /** Ends that a pause may be given. */
  pauseEnds: list(z.strictObject({ untilAt: instant, words: line })),
  facts: list(z.strictObject({ label: line, value: line })),
  aimOn: z.optional(civilDate),
  quietDays: z.strictObject({
    words: line,
    /** The council keeps the default. */
    isDefault: z.boolean(),
    periods: list(shownPeriod),
    bodies: list(z.strictObject({ name: line, periods: list(shownPeriod) })),
  }),
  policy: list(
    z.strictObject({
      group: line,
      /** Where the rule and its default are written down. */
      source: line,
      rows: list(
        z.strictObject({
          key: line,
          words: line,
          value: line,
          standard: line,
          /** This board set it; `standard` is the default. */
          isOwn: z.boolean(),
          unit: line,
          range: line,
          /** How it is given, and what stands in the form. */
          kind: z.enum(['figure', 'time', 'text', 'yes-no']),
          given: line,
          standardGiven: line,
        }),
      ),
    }),
  ),
  /** People of the board who have not left, for a hand-over. */
  people: list(z.strictObject({ ref: line, name: line, words: line, leaves: words })),
  /** What the settings hold that does not fit, so that the default is used. */
  problems: list(line),
});

const text = (most: number) => z.string().check(z.maxLength(most));
const body = z.exactOptional(text(200));
const asked = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('policy'),
    values: list(
      z.strictObject({ key: text(80), value: z.nullable(z.union([z.number(), z.boolean(), text(100)])) }),
    ).check(z.minLength(1), z.maxLength(100)),
  }),
  z.strictObject({
    kind: z.literal('add-quiet-days'),
    body,
    // Days and words are looked at by the rules, so that each is answered under its own field.
    period: z.strictObject({ fromOn: text(20), toOn: text(20), why: text(1000) }),
  }),
  z.strictObject({ kind: z.literal('remove-quiet-days'), body, period }),
  z.strictObject({ kind: z.literal('default-quiet-days') }),
  z.strictObject({
    kind: z.literal('aim-date'),
    aimOn: text(20),
    letterOn: text(20),
    reference: text(1000),
    link: z.exactOptional(text(2000)),
  }),
  /** All items as they are to be, in order; null: the published ones. What does not fit is answered under its field. */
  z.strictObject({
    kind: z.literal('agenda'),
    items: z.nullable(
      list(
        z.strictObject({
          ...{ topic: agendaTopic, lead: agendaLead, title: text(1000), minutes: z.number() },
          asks: z.exactOptional(text(1000)),
        }),
      ).check(z.maxLength(100)),
    ),
  }),
  /** How one list of the site stands for ours; what is not named stays as it is. */
  z.strictObject({
    kind: z.literal('binding'),
    list: text(80),
    title: z.exactOptional(z.nullable(text(255))),
    columns: list(z.strictObject({ column: text(80), name: z.nullable(text(255)) })).check(z.maxLength(60)),
    words: list(z.strictObject({ column: text(80), word: text(255), means: z.nullable(text(80)) })).check(
      z.maxLength(300),
    ),
  }),
  /** `change` is that of a line of the history. */
  z.strictObject({ kind: z.literal('put-back'), change: text(200) }),
]);

const change = z.strictObject({ what: line, before: line, after: line });

/** POST /api/v1/boards/:board/settings/preview: writes nothing. */
export const settingsPreviewRequest = z.strictObject({ change: asked });
export const settingsPreviewResponse = z.strictObject({
  lines: list(change),
  /** Dates of the present cycle that move, and what is judged otherwise. */
  moves: list(change),
  notes: list(line),
  version: line,
});

/** POST /api/v1/boards/:board/settings/change; answered like the secretary's other acts. */
export const settingsChangeRequest = z.strictObject({
  change: asked,
  version: text(100),
  nonce: z.string().check(z.regex(/^[A-Za-z0-9-]{8,64}$/)),
});

/** GET /api/v1/boards/:board/settings/history: the newest first. */
export const settingsHistoryResponse = z.strictObject({
  changes: list(
    z.strictObject({ change: line, when: line, who: line, by: line, lines: list(change), mayPutBack: z.boolean() }),
  ),
});

/** GET /api/v1/boards/:board/settings/binding: takes seconds, for the site is examined. */
export const settingsBindingResponse = z.strictObject({
  isOwn: z.boolean(),
  lists: list(
    z.strictObject({
      name: line,
      holds: line,
      title: words,
      mayBeChosen: z.boolean(),
      columns: list(z.strictObject({ name: line, column: words, words: list(line) })),
    }),
  ),
  findings: list(z.strictObject({ rule: line, ref: line, text: line })),
});

/** GET /api/v1/boards/:board/settings/binding/:list[?title=]: what the secretary may choose from for one list. */
export const bindingChoicesResponse = z.strictObject({
  name: line,
  holds: line,
  mayBeLeftOut: z.boolean(),
  title: words,
  /** False for a list that was asked for and is not bound. */
  isBound: z.boolean(),
  titles: list(line),
  theirs: list(z.strictObject({ name: line, words: line })),
  columns: list(
    z.strictObject({
      ...{ name: line, words: line, about: words, isNeeded: z.boolean(), isPart: z.boolean() },
      state: z.enum(['bound', 'lacking', 'not-kept']),
      ...{ column: words, proposed: words, may: list(line) },
      takes: list(z.strictObject({ word: line, words: line })),
    }),
  ),
  words: list(z.strictObject({ column: line, of: line, word: line, means: words, proposed: words })),
});

export type BindingChoicesResponse = z.infer<typeof bindingChoicesResponse>;
export type SettingsResponse = z.infer<typeof settingsResponse>;
export type SettingsAsked = z.infer<typeof asked>;
export type SettingsPreviewResponse = z.infer<typeof settingsPreviewResponse>;
export type SettingsHistoryResponse = z.infer<typeof settingsHistoryResponse>;
export type SettingsBindingResponse = z.infer<typeof settingsBindingResponse>;
