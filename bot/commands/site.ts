// The operator's commands about a board's SharePoint site: provision and doctor.
import { z } from 'zod';
import { count } from '../board/wording';
import { doctor } from '../sharepoint/doctor';
import { provision } from '../sharepoint/provision';
import { boardOf, common, findingData, siteOf, type CommandDeps, type CommandResult } from './situation';

export const provisionArgs = z.strictObject({ ...common, dryRun: z.boolean().optional() });
export const doctorArgs = z.strictObject(common);

export async function runProvision(deps: CommandDeps, args: z.infer<typeof provisionArgs>): Promise<CommandResult> {
  const boardId = boardOf(deps, args.board);
  const site = siteOf(deps, boardId);
  const result = await provision({ graph: deps.graph, siteUrl: site.siteUrl, dryRun: args.dryRun === true });
  const done = result.carriedOut ? 'Done:' : 'To do (nothing was changed):';
  const text =
    result.steps.length === 0
      ? `${site.siteUrl}: every list, column and the library is there; nothing to do.`
      : [`${site.siteUrl}. ${done}`, ...result.steps.map((one) => `  ${one.text}`)].join('\n');
  return { exitCode: 0, text, data: result };
}

export async function runDoctor(deps: CommandDeps, args: z.infer<typeof doctorArgs>): Promise<CommandResult> {
  const boardId = boardOf(deps, args.board);
  const board = siteOf(deps, boardId);
  const findings = await doctor({ graph: deps.graph, board, records: deps.records });
  const text =
    findings.length === 0
      ? 'Lists, columns, rows and people: nothing to mend.'
      : [`${count(findings.length, 'thing')} to mend:`, ...findings.map((one) => `  ${one.ref}: ${one.text}`)].join(
          '\n',
        );
  return { exitCode: findings.length === 0 ? 0 : 1, text, data: findings.map(findingData) };
}
