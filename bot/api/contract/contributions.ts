// What the tab reads of contributions: bodies with their owners, counts over the last cycles, reasons.
import * as z from 'zod/mini';
import { asOf, count, line, list, reason } from './terms';

const counted = {
  kind: z.enum(['person', 'body']),
  name: line,
  volunteer: z.boolean(),
  asked: count,
  onTime: count,
  late: count,
  unanswered: count,
  needsStrengthening: z.boolean(),
  reasons: list(reason),
};

/** GET /api/v1/contributions: what the reader's part allows, those that need strengthening first. */
export const contributionsResponse = z.strictObject({
  asOf,
  lead: line,
  rows: list(z.strictObject({ ...counted, people: list(z.strictObject(counted)) })),
  help: line,
  /** How fairness is kept, a sentence each. */
  notes: list(line),
});

export type ContributionsResponse = z.infer<typeof contributionsResponse>;
