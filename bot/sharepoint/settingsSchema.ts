// The one published form of a board's settings: `board`, `policy`, `binding` and `clauses`, for people, editors and checks alike.
import { z } from 'zod';
import { agendaLeads, agendaLimits, agendaTopics, isAgenda, type AgendaItem } from '../board/agenda';
import type { BoardFacts } from '../board/model';
import { defaultPolicy, resolvePolicy } from '../board/policy';
import { bindingIssues, bindingSchema } from './bindingSchema';
import { clausePrivacyProblems, clauseSettings } from './clauseSettings';

const text = z.string();
const words = z.array(text).readonly().default([]);
const maybeDate = z.iso.date().exactOptional();

export const boardFacts = z.object({
  id: text.describe('The id of the board, as in BOARD_SITES'),
  name: text.describe('The name of the board, as papers and cards show it'),
  localAuthority: text,
  icb: text.describe('The integrated care board'),
  chairRef: text.exactOptional().describe('Reference in the list People'),
  secretaryRef: text.exactOptional().describe('Reference in the list People'),
  noticeIssuedOn: maybeDate,
  actionsAimOn: maybeDate.describe('The date by which the notice wants the actions done'),
  chairAgreedWithDepartmentOn: maybeDate,
  localities: words,
  quorum: z.object({ minimum: z.number(), mustInclude: words }).exactOptional(),
}) satisfies z.ZodType<BoardFacts>;

const quietDays = z.union([
  z.literal('default'),
  z.array(
    z.strictObject({
      fromOn: z.iso.date(),
      toOn: z.iso.date(),
      why: text.max(300).exactOptional().describe('What they are for'),
    }),
  ),
]);

const agendaText = text.min(1).max(agendaLimits.titleLength);
const agenda = z.array(
  z.strictObject({
    topic: z.enum(agendaTopics).describe('What the pack says of the item from the record; "other" for one of your own'),
    title: agendaText,
    minutes: z.int().min(1).max(agendaLimits.minutes).describe("Its share of the meeting's length"),
    lead: z.enum(agendaLeads),
    asks: agendaText.exactOptional().describe('What is asked of the board, for an item of your own'),
  }) satisfies z.ZodType<AgendaItem>,
);

/** A value of the kind of the default; what the default is, is said beside it. */
function likeDefault(name: string, standard: unknown): z.ZodType {
  if (name === 'quietDays') return quietDays.optional().describe('Days on which nothing is sent or due');
  if (name === 'agenda')
    return agenda
      .min(1)
      .max(agendaLimits.items)
      .refine(isAgenda, {
        error: 'Each topic but "other" may stand once, and a title is not blank',
        // Said only where each item has its form; else its own problem is said, with its place.
        when: ({ issues }) => issues.length === 0,
      })
      .optional()
      .describe(`The standing items of the agenda, in order. Default: ${JSON.stringify(standard)}`);
  const said = `Default: ${String(standard)}`;
  if (typeof standard === 'number') return z.number().min(0).optional().describe(said);
  if (typeof standard === 'boolean') return z.boolean().optional().describe(said);
  const time = typeof standard === 'string' && /^\d\d:\d\d$/.test(standard);
  return (time ? text.regex(/^([01]\d|2[0-3]):[0-5]\d$/) : text).optional().describe(said);
}

const policy = z
  .strictObject(
    Object.fromEntries(Object.entries(defaultPolicy).map(([name, standard]) => [name, likeDefault(name, standard)])),
  )
  .describe('The figures of the rules where this board differs from the defaults; docs/rules.md');

const settingSchemas = { board: boardFacts, policy, binding: bindingSchema, clauses: clauseSettings } as const;
export type SettingKey = keyof typeof settingSchemas;
export const settingKeys: readonly SettingKey[] = ['board', 'policy', 'binding', 'clauses'];

/** The JSON Schema kept at docs/settings.schema.json. */
export function settingsJsonSchema(): unknown {
  const whole = z
    .strictObject({
      board: boardFacts.optional(),
      policy: policy.optional(),
      binding: bindingSchema.optional(),
      clauses: clauseSettings.optional(),
    })
    .describe('The settings of a board: each is one row of the list Settings, its JSON in the column Json');
  return { ...z.toJSONSchema(whole, { io: 'input' }), title: 'Settings of a board' };
}

/** What does not fit in one setting, each in one sentence with its path; none when it may be kept. */
export function settingProblems(key: SettingKey, given: unknown): readonly string[] {
  const parsed = settingSchemas[key].safeParse(given);
  if (!parsed.success) return parsed.error.issues.flatMap((issue) => problemsOf(key, issue));
  if (key === 'policy') {
    return resolvePolicy(parsed.data)
      .findings.map((one) => `policy.${one.ref}: ${one.text}`)
      .concat(zoneProblem(given));
  }
  if (key === 'clauses') return clausePrivacyProblems(parsed.data);
  if (key !== 'binding') return [];
  return bindingIssues(bindingSchema.parse(given)).map((one) => `binding.${one.path}: ${one.text}`);
}

function zoneProblem(given: unknown): readonly string[] {
  const zone = typeof given === 'object' && given !== null && 'timeZone' in given ? given.timeZone : undefined;
  if (typeof zone !== 'string') return [];
  try {
    new Intl.DateTimeFormat('en-GB', { timeZone: zone });
    return [];
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    return [`policy.timeZone: "${zone}" is not the name of a time zone, such as Europe/London.`];
  }
}

function problemsOf(key: SettingKey, issue: z.core.$ZodIssue): readonly string[] {
  const path = [key, ...issue.path.map(String)].join('.');
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((name) => `${path}: there is no setting "${name}" here.`);
  }
  // Of several forms the nearest is the one with the deepest complaint.
  if (issue.code === 'invalid_union') {
    const deepest = issue.errors
      .flat()
      .filter((one) => one.path.length > 0 || one.code === 'unrecognized_keys')
      .map((one) => problemsOf(key, { ...one, path: [...issue.path, ...one.path] }));
    return deepest[0] ?? [`${path}: this has not one of the forms that it may have.`];
  }
  return [`${path}: ${issue.message}.`];
}
