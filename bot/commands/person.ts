// The operator's command about one person's data: where it is, and forgetting them.
import { z } from 'zod';
import { InvalidInputError } from '../errors';
import type { PersonFound } from '../services/personData';
import { common, type CommandDeps, type CommandResult } from './situation';

export const personArgs = z.strictObject({
  ...common,
  find: z.string().min(1).max(320).optional(),
  forget: z.string().min(1).max(320).optional(),
  carryOut: z.boolean().optional(),
});

const notReached = [
  'Not reached by this command:',
  '  the frozen logs and the papers filed with them: they are the board’s record and stay as they were released;',
  '  older versions of rows and the recycle bin in SharePoint, the site’s own list of users, mail and calendar of the',
  '  service mailbox, and the chat in Teams: docs/data-protection.md says who deletes these.',
];

export async function runPerson(deps: CommandDeps, args: z.infer<typeof personArgs>): Promise<CommandResult> {
  const { find, forget, carryOut } = args;
  const words = find ?? forget;
  if (words === undefined || (find !== undefined && forget !== undefined))
    throw new InvalidInputError('Say either --find or --forget, with an address, a reference or a whole name.');
  const carriesOut = forget !== undefined && carryOut === true;
  const found = carriesOut ? await deps.personData.forget(words) : await deps.personData.find(words);
  if (found.length === 0)
    return {
      exitCode: 1,
      text: 'Nobody of that address, reference or name is in the list People of a board.',
      data: [],
    };
  const lines = found.flatMap((one) => wordsOf(one, carriesOut));
  const refused = forget !== undefined && found.some((one) => one.stillHere !== undefined);
  const end = forget === undefined ? [] : carriesOut ? ['', ...notReached] : ['', ...notReached, '', dry(refused)];
  return { exitCode: refused ? 1 : 0, text: [...lines, ...end].join('\n'), data: found };
}

function dry(refused: boolean): string {
  return refused
    ? 'Nothing was changed, and nothing can be while they are on a board.'
    : 'Nothing was changed: this is a dry run. With --carry-out it is done, and cannot be taken back.';
}

function wordsOf(found: PersonFound, done: boolean): readonly string[] {
  const { boardId, personRef, name, email, stillHere, database, rows, named } = found;
  const { conversations, messages, operations } = database;
  return [
    `${boardId}: ${name} (${personRef})${email === undefined ? '' : `, ${email}`}`,
    ...(stillHere === undefined ? [] : [`  Cannot be forgotten yet: ${stillHere}`]),
    done
      ? `  Database: ${conversations} chats forgotten, ${messages} messages without words and ids now, ${operations} operations deleted.`
      : `  Database: ${conversations} chats, ${messages} messages, ${operations} finished operations.`,
    ...(done ? [`  People: the row is "Former member ${personRef}" now, without address and account.`] : []),
    `  Lists that point to ${personRef}: ${listed(Object.entries(rows).map(([list, count]) => `${list} ${count}`))}.`,
    `  Texts that name them, to be looked at by a person: ${listed(named.slice(0, 20))}${named.length > 20 ? ` and ${named.length - 20} more` : ''}.`,
  ];
}

function listed(parts: readonly string[]): string {
  return parts.length === 0 ? 'none' : parts.join(', ');
}
