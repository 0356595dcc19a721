// The operator's commands about a board's SharePoint site: provision and doctor.
import { z } from 'zod';
import type { Finding } from '../board/model';
import { count } from '../board/wording';
import { doctor } from '../sharepoint/doctor';
import type { Proposal } from '../sharepoint/proposal';
import { provision } from '../sharepoint/provision';
import type { Provisioned } from '../sharepoint/provision';
import { bindingInForce } from '../sharepoint/settingsList';
import type { NotificationState } from '../sharepoint/subscriptions';
import { boardOf, common, findingData, siteOf, type CommandDeps, type CommandResult } from './situation';

export const provisionArgs = z.strictObject({ ...common, dryRun: z.boolean().optional() });
export const doctorArgs = z.strictObject(common);

export async function runProvision(deps: CommandDeps, args: z.infer<typeof provisionArgs>): Promise<CommandResult> {
  const boardId = boardOf(deps, args.board);
  const site = siteOf(deps, boardId);
  const place = { graph: deps.graph, siteUrl: site.siteUrl, boardId };
  const binding = await bindingInForce(place);
  const result = await provision({ ...place, binding, dryRun: args.dryRun === true });
  return { exitCode: 0, text: provisionWords(result), data: result };
}

export function provisionWords(result: Provisioned): string {
  const done = result.carriedOut ? 'Done:' : 'To do (nothing was changed):';
  return result.steps.length === 0
    ? `${result.siteUrl}: every list, column and the library is there; nothing to do.`
    : [`${result.siteUrl}. ${done}`, ...result.steps.map((one) => `  ${one.text}`)].join('\n');
}

export async function runDoctor(deps: CommandDeps, args: z.infer<typeof doctorArgs>): Promise<CommandResult> {
  const boardId = boardOf(deps, args.board);
  const board = siteOf(deps, boardId);
  const { findings, proposal } = await doctor({ graph: deps.graph, board, records: deps.records });
  const toMend = findings.filter((one) => one.level === 'finding');
  const toKnow = findings.filter((one) => one.level === 'information');
  const words =
    toMend.length === 0
      ? ['Rights, lists, columns, rows and people: nothing to mend.']
      : [`${count(toMend.length, 'thing')} to mend:`, ...toMend.map((one) => `  ${one.ref}: ${one.text}`)];
  const known = toKnow.length === 0 ? [] : ['Good to know:', ...toKnow.map((one) => `  ${one.ref}: ${one.text}`)];
  const proposed = proposal === undefined ? [] : proposedWords(proposal);
  return {
    exitCode: toMend.length === 0 ? 0 : 1,
    text: [...words, ...known, toldWords[deps.notified(boardId).kind], ...proposed].join('\n'),
    // The first finding that a binding would mend carries what it could be.
    data: findings.map((one, at) => ({
      ...findingData(one),
      ...(proposal !== undefined && at === findings.findIndex(isMendedByBinding) ? { proposal } : {}),
    })),
  };
}

/** No finding: without notifications everything works, only somewhat later. */
const toldWords: Readonly<Record<NotificationState['kind'], string>> = {
  told: 'SharePoint tells this service of changes in the lists.',
  refused:
    'SharePoint does not tell of changes: the application may not subscribe to the lists. The board is read by its age instead.',
  failed:
    'SharePoint could not be asked to tell of changes: it must reach PUBLIC_URL from outside. The board is read by its age instead.',
  notYet: 'SharePoint was not asked yet to tell of changes, or another instance did.',
};

function isMendedByBinding({ rule }: Finding): boolean {
  return rule === 'list-missing' || rule === 'column-missing' || rule === 'word-unknown';
}

function proposedWords({ binding, open }: Proposal): readonly string[] {
  const titles = Object.entries(binding.lists ?? {}).map(([name, one]) =>
    one === null ? `  no list for ${name}` : `  ${one.title ?? name} as ${name}`,
  );
  const more = open.length === 0 ? [] : ['It leaves open:', ...open.map((one) => `  ${one}`)];
  return ['A binding can be proposed by likeness (doctor --propose FILE), with these lists:', ...titles, ...more];
}
