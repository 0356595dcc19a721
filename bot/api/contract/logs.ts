// The bodies about frozen logs and the clauses they prove: clauses, preview and release, comparison.
import * as z from 'zod/mini';
import { asOf, civilDate, count, instant, line, list, words } from './terms';

const day = z.optional(civilDate);
const clauseStateName = z.enum([
  'evidenced',
  'partly-evidenced',
  'gap',
  'not-yet-due',
  'the-departments-to-do',
  'for-a-person-to-confirm',
]);

const shownClause = z.strictObject({
  clause: line,
  title: line,
  state: z.optional(clauseStateName),
  stateWords: line,
  sentence: line,
  on: day,
  /** `link` opens the row, the file or the letter. */
  evidence: list(z.strictObject({ ref: line, kind: line, on: day, text: line, link: words })),
  /** How many records show it beside those of `evidence`. */
  moreEvidence: count,
  gaps: list(
    z.strictObject({ text: line, since: day, closes: line, open: z.boolean(), closedOn: day, refs: list(line) }),
  ),
  toConfirm: list(line),
  confirmedBy: z.optional(z.strictObject({ name: line, on: civilDate, text: line, link: words })),
  warnings: list(
    z.strictObject({
      ref: line,
      text: line,
      since: day,
      done: list(z.strictObject({ text: line, by: line, on: day })),
    }),
  ),
});

/** From when the states are, and of which frozen log: advisers read what the last released log holds. */
const judgedFrom = { asOf, judgedAt: instant, shortCode: words };

/** GET /api/v1/clauses: of each clause the first records. */
export const clausesResponse = z.strictObject({ ...judgedFrom, none: words, clauses: list(shownClause) });

/** GET /api/v1/clauses/:clause: one clause, with all its records. */
export const clauseResponse = z.strictObject({ ...judgedFrom, clause: shownClause });

const comparedRow = z.strictObject({
  kind: z.enum(['action', 'risk', 'measure', 'decision', 'date change', 'contribution', 'clause']),
  ref: line,
  title: words,
  direction: z.enum(['better', 'worse', 'mixed', 'changed', 'new', 'gone']),
  texts: list(line),
});
const logKind = z.enum(['for the meeting', 'after the meeting']);
const noted = list(z.strictObject({ ref: line, text: line }));

/** Query of GET /api/v1/boards/:boardId/meetings/:ref/release */
export const releaseQuery = z.strictObject({
  kind: z.optional(z.enum(['before', 'after'])),
  reason: z.optional(z.string().check(z.maxLength(1000))),
});

/** GET /api/v1/boards/:boardId/meetings/:ref/release: what would be filed; `seen` goes back to release it. */
export const releasePreview = z.strictObject({
  meetingRef: line,
  kind: logKind,
  seen: line,
  judgedAt: instant,
  headline: line,
  previousShortCode: words,
  slow: list(line),
  outcomes: z.optional(
    z.strictObject({
      attendance: line,
      decisionRefs: list(line),
      dateChangeRefs: list(line),
      slow: list(z.strictObject({ ref: line, title: line, agreed: list(line) })),
    }),
  ),
  alreadyFrozen: words,
  corrects: z.optional(z.strictObject({ shortCode: line, changed: list(comparedRow) })),
  fileNames: list(line),
  rows: count,
  /** Who gets the papers once it is released, and how. */
  goesTo: list(line),
  /** Why nothing is shared or sent yet once it is released. */
  waits: z.exactOptional(line),
  blocked: noted,
  warnings: noted,
});

/** POST to the same address; 409 with what changed when the board moved since. */
export const releaseRequest = z.strictObject({
  kind: z.exactOptional(z.enum(['before', 'after'])),
  seen: z.string().check(z.maxLength(120)),
  reason: z.exactOptional(z.string().check(z.trim(), z.maxLength(1000))),
});
export const releaseResponse = z.strictObject({
  shortCode: line,
  hash: line,
  by: line,
  alreadyFrozen: z.boolean(),
  papers: list(z.strictObject({ name: line, webUrl: line, bytes: count })),
});

/** Query of GET /api/v1/boards/:boardId/logs/diff; `from` is the log before `to` when absent. */
export const logDiffQuery = z.strictObject({
  from: z.optional(z.string().check(z.maxLength(120))),
  to: z.string().check(z.minLength(1), z.maxLength(120)),
});
const comparedLog = z.strictObject({
  meetingRef: line,
  kind: logKind,
  shortCode: line,
  hash: line,
  rowsAlone: z.boolean(),
});
export const logDiffResponse = z.strictObject({
  from: z.optional(comparedLog),
  to: comparedLog,
  /** One sentence; without a log before it, that there is none. */
  text: line,
  rows: list(comparedRow),
  notes: list(line),
});

/** GET /api/v1/boards/:boardId/meetings/:ref/verification: whether what is filed is what was frozen. */
export const verificationResponse = z.strictObject({
  meetingRef: line,
  logs: list(z.strictObject({ shortCode: line, kind: logKind, hash: line, file: line, agrees: z.boolean() })),
  /** What does not agree or could not be compared; `ref` is the file, or the meeting. */
  findings: noted,
});

export type VerificationResponse = z.infer<typeof verificationResponse>;
export type ClausesResponse = z.infer<typeof clausesResponse>;
export type ClauseResponse = z.infer<typeof clauseResponse>;
export type ReleasePreviewBody = z.infer<typeof releasePreview>;
export type ReleaseResponse = z.infer<typeof releaseResponse>;
export type LogDiffResponse = z.infer<typeof logDiffResponse>;
