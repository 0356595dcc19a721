// What the tab reads of a board's settings: each figure in words, quiet days, facts of the notice, and whether messages go out.
import * as z from 'zod/mini';
import { asOf, instant, line, list, words } from './terms';

/** GET /api/v1/settings: for the secretary and the chair. */
export const settingsResponse = z.strictObject({
  asOf,
  /** The reader may pause and resume. */
  mayPause: z.boolean(),
  /** The pause in force, in words. */
  paused: words,
  /** Ends that a pause may be given. */
  pauseEnds: list(z.strictObject({ untilAt: instant, words: line })),
  facts: list(z.strictObject({ label: line, value: line })),
  quietDays: z.strictObject({ words: line, periods: list(line) }),
  policy: list(
    z.strictObject({
      group: line,
      /** `isOwn`: this board set it; `standard` is the default. */
      rows: list(z.strictObject({ key: line, words: line, value: line, standard: line, isOwn: z.boolean() })),
    }),
  ),
  /** What the settings hold that does not fit, so that the default is used. */
  problems: list(line),
});

export type SettingsResponse = z.infer<typeof settingsResponse>;
