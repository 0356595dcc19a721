// What the tab reads of the measures: the list, and one measure with its trajectory and readings.
import * as z from 'zod/mini';
import { asOf, civilDate, count, line, list, owner, reason, words } from './terms';

const month = z.string().check(z.regex(/^\d{4}-\d{2}$/));

const measureRow = z.strictObject({
  ref: line,
  name: line,
  areaLabel: line,
  owner: z.optional(owner),
  state: z.enum(['ahead', 'within-tolerance', 'behind', 'no-reading', 'no-expectation']),
  stateWords: line,
  /** The latest reading and what was expected of it. */
  text: line,
  direction: z.optional(z.enum(['improving', 'level', 'worsening'])),
  /** The month whose reading is due and not in, in words. */
  readingDue: words,
  behindReadings: count,
  forecast: line,
  /** The forecast in a few words. */
  outlook: line,
});

/** GET /api/v1/measures */
export const measuresResponse = z.strictObject({ asOf, lead: line, rows: list(measureRow) });

/** GET /api/v1/measures/:ref. Values in the measure's unit. */
export const measureResponse = z.strictObject({
  asOf,
  measure: measureRow,
  unit: line,
  definition: line,
  aim: line,
  asked: line,
  tolerance: line,
  baseline: words,
  target: words,
  points: list(
    z.strictObject({
      period: month,
      periodWords: line,
      value: z.number(),
      /** As first reported, where it was revised. */
      asReported: z.optional(z.number()),
      expected: z.optional(z.number()),
      stateWords: line,
      reportedOn: civilDate,
    }),
  ),
  expected: list(z.strictObject({ period: month, value: z.number(), low: z.number(), high: z.number() })),
  missing: list(line),
  localities: list(z.strictObject({ name: line, text: line })),
  localityGap: words,
  reasons: list(reason),
  actions: list(z.strictObject({ ref: line, title: line })),
});

export type MeasuresResponse = z.infer<typeof measuresResponse>;
export type MeasureResponse = z.infer<typeof measureResponse>;
