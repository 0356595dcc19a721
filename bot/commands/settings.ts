// The operator's commands about a board's settings: show, check, set, schema.
import { createHash } from 'node:crypto';
import { z } from 'zod';
import { resolvePolicy } from '../board/policy';
import { differences, differenceWords } from '../board/settingsDiff';
import { count } from '../board/wording';
import { ConflictError, InvalidInputError, NotAuthorisedError, NotFoundError } from '../errors';
import { viewerOf } from '../services/access';
import { parseBinding } from '../sharepoint/binding';
import { provision } from '../sharepoint/provision';
import { parsedJson, readSettingRows, settingRow, writeSetting } from '../sharepoint/settingsList';
import type { SettingRow } from '../sharepoint/settingsList';
import { settingKeys, settingProblems, settingsJsonSchema } from '../sharepoint/settingsSchema';
import type { SettingKey } from '../sharepoint/settingsSchema';
import { boardOf, common, siteOf, type CommandDeps, type CommandResult } from './situation';

const key = z.enum(['board', 'policy', 'binding', 'clauses']);
export const settingsArgs = z.strictObject({
  ...common,
  action: z.enum(['show', 'check', 'set', 'schema']),
  key: key.optional(),
  /** What the file holds. */
  content: z.string().max(500_000).optional(),
  /** The secretary on whose behalf; the administrator when absent. */
  by: z.string().optional(),
  /** For this board alone, where several boards share a site. */
  thisBoard: z.boolean().optional(),
  dryRun: z.boolean().optional(),
});
type SettingsArgs = z.infer<typeof settingsArgs>;

export async function runSettings(deps: CommandDeps, args: SettingsArgs): Promise<CommandResult> {
  switch (args.action) {
    case 'schema': {
      const schema = settingsJsonSchema();
      return { exitCode: 0, text: JSON.stringify(schema, undefined, 2), data: schema };
    }
    case 'check':
      return check(args);
    case 'show':
      return show(deps, args);
    case 'set':
      return set(deps, args);
  }
}

async function show(deps: CommandDeps, args: SettingsArgs): Promise<CommandResult> {
  const place = placeOf(deps, args);
  const rows = await readSettingRows(place);
  const keys = args.key === undefined ? settingKeys : [args.key];
  const shown = Object.fromEntries(keys.map((one) => [one, jsonOf(settingRow(rows, one, place.boardId))]));
  const text = keys.map((one) => {
    const row = settingRow(rows, one, place.boardId);
    const given = shown[one];
    return row === undefined
      ? `${one}: not set; the defaults hold.`
      : `${row.key}:\n${given === undefined ? 'This is not JSON.' : JSON.stringify(given, undefined, 2)}`;
  });
  return { exitCode: 0, text: text.join('\n\n'), data: args.key === undefined ? shown : (shown[args.key] ?? null) };
}

function check(args: SettingsArgs): CommandResult {
  const given = parseContent(args.content);
  const problems = args.key === undefined ? wholeProblems(given) : settingProblems(args.key, given);
  const text =
    problems.length === 0
      ? 'It fits: nothing to mend.'
      : [`${count(problems.length, 'thing')} to mend:`, ...indented(problems)].join('\n');
  return { exitCode: problems.length === 0 ? 0 : 1, text, data: { problems } };
}

async function set(deps: CommandDeps, args: SettingsArgs): Promise<CommandResult> {
  if (args.key === undefined) throw new InvalidInputError(`Say which setting with --key: ${settingKeys.join(', ')}.`);
  const given = parseContent(args.content);
  const problems = settingProblems(args.key, given);
  if (problems.length > 0) {
    const text = ['Nothing was changed, because this does not fit:', ...indented(problems)].join('\n');
    return { exitCode: 1, text, data: { changed: false, problems } };
  }
  const place = placeOf(deps, args);
  const by = await actorOf(deps, place.boardId, args.by);
  const rows = await readSettingRows(place);
  const ownRow = args.thisBoard === true || rows.some((one) => one.key === `${args.key}@${place.boardId}`);
  const row = ownRow
    ? rows.find((one) => one.key === `${args.key}@${place.boardId}`)
    : settingRow(rows, args.key, place.boardId);
  const changes = differences(jsonOf(row), given).map(differenceWords);
  const toDo = args.key === 'binding' ? await stillMissing(deps, place.siteUrl, given) : [];
  const data = { changed: false, key: args.key, by, changes, stillMissing: toDo };
  const said = [...indented(changes), ...missingWords(toDo)];
  if (changes.length === 0) {
    return { exitCode: 0, text: [`${args.key} is that already; nothing to change.`, ...said].join('\n'), data };
  }
  if (args.dryRun === true) {
    return { exitCode: 0, text: [`${args.key} would change (nothing was written):`, ...said].join('\n'), data };
  }
  await write(deps, args.key, place, { row, ownRow, by, given });
  const read = await readAgain(deps, place.boardId);
  return {
    exitCode: 0,
    text: [`${args.key} was changed:`, ...said, ...read].join('\n'),
    data: { ...data, changed: true },
  };
}

interface Written {
  readonly row: SettingRow | undefined;
  readonly ownRow: boolean;
  readonly by: string;
  readonly given: unknown;
}

async function write(deps: CommandDeps, settingKey: SettingKey, place: Place, written: Written): Promise<void> {
  const { row, ownRow, by, given } = written;
  const json = JSON.stringify(given);
  const from = createHash('sha256').update(JSON.stringify([place.boardId, settingKey, row?.stamp ?? null, json]));
  const outcome = await writeSetting(place, deps.logger, {
    ...{ key: settingKey, row, ownRow, json, by },
    at: deps.clock.now().toISOString(),
    operationId: `setting:${from.digest('hex').slice(0, 32)}`,
  });
  if (outcome.kind === 'conflict') {
    throw new ConflictError(
      settingKey,
      `Somebody changed the setting ${settingKey} since it was read: nothing was written. Look at it with "settings show", then set it again.`,
    );
  }
}

/** The service reads the board by the new setting at once; that it cannot yet is said and is no failure. */
async function readAgain(deps: CommandDeps, boardId: string): Promise<readonly string[]> {
  try {
    await deps.records.refresh(boardId);
    return [];
  } catch (error) {
    if (!(error instanceof NotFoundError)) throw error;
    return [`The board cannot be read yet: ${error.message}`];
  }
}

type Place = ReturnType<typeof placeOf>;

function placeOf(deps: CommandDeps, args: SettingsArgs) {
  const boardId = boardOf(deps, args.board);
  return { graph: deps.graph, siteUrl: siteOf(deps, boardId).siteUrl, boardId };
}

/** Whoever may run commands on this computer is the administrator; a person of the board must be its secretary. */
async function actorOf(deps: CommandDeps, boardId: string, by: string | undefined): Promise<string> {
  if (by === undefined) return 'administrator';
  const snapshot = await deps.records.snapshot(boardId);
  const person = snapshot.people.find((one) => one.ref === by);
  if (!person) throw new InvalidInputError(`There is no person ${by} in the list People.`);
  const { role } = viewerOf(person, resolvePolicy(snapshot.policy).policy);
  if (role === 'secretary') return person.ref;
  throw new NotAuthorisedError(`${person.name} may not change settings: the secretary may.`, 'notAllowed');
}

/** What the site lacks for a binding, as the steps that provision would take. */
async function stillMissing(deps: CommandDeps, siteUrl: string, given: unknown): Promise<readonly string[]> {
  const { binding } = parseBinding(given);
  return (await provision({ graph: deps.graph, siteUrl, binding, dryRun: true })).steps.map((one) => one.text);
}

const shownSteps = 12;

function missingWords(steps: readonly string[]): readonly string[] {
  if (steps.length === 0) return [];
  const more =
    steps.length > shownSteps
      ? [`  and ${steps.length - shownSteps} more ("npm run board -- provision --dry-run")`]
      : [];
  return ['The site lacks for it (npm run board -- provision):', ...indented(steps.slice(0, shownSteps)), ...more];
}

function parseContent(content: string | undefined): unknown {
  if (content === undefined) throw new InvalidInputError('Name the file that holds the setting.');
  try {
    const parsed: unknown = JSON.parse(content);
    return parsed;
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    throw new InvalidInputError(`The file is not JSON: ${error.message}`, [], { cause: error });
  }
}

function wholeProblems(given: unknown): readonly string[] {
  if (typeof given !== 'object' || given === null || Array.isArray(given)) return ['The file must hold an object.'];
  return Object.entries(given).flatMap(([name, one]) => {
    const known = key.safeParse(name);
    return known.success
      ? settingProblems(known.data, one)
      : [`${name}: there is no such setting; there are ${settingKeys.join(', ')} (or name one with --key).`];
  });
}

function jsonOf(row: SettingRow | undefined): unknown {
  return row?.json === undefined ? undefined : parsedJson(row.json);
}

function indented(lines: readonly string[]): readonly string[] {
  return lines.map((one) => `  ${one}`);
}
