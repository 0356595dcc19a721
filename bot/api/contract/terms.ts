// The terms that the bodies of the contract are made of: lines, dates, statuses, owners.
import * as z from 'zod/mini';

export const list = <Item extends z.ZodMiniType>(item: Item) => z.readonly(z.array(item));
export const ref = z.string().check(z.regex(/^[A-Za-z0-9][A-Za-z0-9._-]{0,39}$/, 'Give the reference as in the plan.'));
export const line = z.string();
export const words = z.optional(line);
export const civilDate = z.iso.date();
export const instant = z.iso.datetime();
export const claim = z.enum(['same', 'better', 'worse']);
export const count = z.int().check(z.minimum(0));

export const deliveryStatus = z.enum(['not-started', 'on-track', 'at-risk', 'off-track', 'complete', 'embedded']);
export const effectStatus = z.enum(['too-early', 'no-evidence', 'some-evidence', 'clear-evidence']);
export const riskBand = z.enum(['low', 'moderate', 'high', 'extreme']);
export const mitigationStatus = z.enum(['not-started', 'in-progress', 'complete']);
export const pageName = z.enum([
  'board',
  'actions',
  'risks',
  'measures',
  'log',
  'clauses',
  'contributions',
  'settings',
  'meeting',
  'readiness',
]);
export const accessRole = z.enum(['chair', 'secretary', 'member', 'owner', 'adviser']);

/** A person as the reader may see them: a name, or for volunteers their body alone. */
export const owner = z.strictObject({ ref: line, name: line });
export const reason = z.strictObject({ rule: line, text: line, records: list(line) });

/** From when the figures are; every view carries it. */
export const asOf = z.strictObject({
  boardId: line,
  boardName: line,
  at: instant,
  atWords: line,
  readAtWords: line,
  /** Why the figures are older than they should be, in words. */
  stale: words,
  /** Nothing is sent now, in words; for those who may know. */
  paused: words,
});
