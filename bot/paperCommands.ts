// The operator's commands about papers: pack makes and files one, verify compares what is filed with its record.
import { z } from 'zod';
import { count } from './board/wording';
import { InvalidInputError } from './errors';
import type { FilePack } from './services/filePack';
import type { VerifyLog } from './services/verifyLog';

/** Says what each command found, for people and for programs. */
interface Said {
  readonly exitCode: 0 | 1;
  readonly text: string;
  readonly data: unknown;
}

interface OfMeeting {
  readonly boardId: string;
  readonly meetingRef: string;
}

export const packOptions = {
  kind: z.enum(['board', 'self-assessment', 'deep-dive']).default('board'),
  area: z.string().optional(),
  dryRun: z.boolean().optional(),
};
type PackArgs = z.infer<z.ZodObject<typeof packOptions>>;

export async function runPack(filePack: FilePack, of: OfMeeting, args: PackArgs): Promise<Said> {
  if (args.area !== undefined && args.kind !== 'deep-dive')
    throw new InvalidInputError('--area goes with --kind deep-dive alone.');
  const request = { ...of, kind: args.kind, ...(args.area === undefined ? {} : { areaRef: args.area }) };
  const filed = args.dryRun === true ? undefined : await filePack.file(request);
  const preview = filed ?? (await filePack.preview(request));
  const text = [
    `${preview.title}, made from the frozen log ${preview.shortCode}`,
    filed
      ? `Filed in the library Board papers:\n  ${preview.name} (${filed.paper.bytes} bytes)  ${filed.paper.webUrl}`
      : `It would be filed as ${preview.name}. Nothing was filed: this is a dry run.`,
    ...preview.privacyWarnings.map((one) => `Look at this before it is shared: ${one}`),
  ];
  return { exitCode: 0, text: text.join('\n'), data: preview };
}

/** Exit code 1 when anything does not agree. */
export async function runVerify(verifyLog: VerifyLog, of: OfMeeting): Promise<Said> {
  const result = await verifyLog.verify(of);
  const text = [
    result.logs.length === 0
      ? `${result.meetingRef}: no frozen log is filed.`
      : `${result.meetingRef}: ${count(result.logs.length, 'frozen log')} filed.`,
    ...result.logs.map(
      (one) =>
        `  ${one.shortCode}: ${one.agrees ? 'record, rows, document, workbook and machine rows agree' : 'does not agree'}\n    SHA-256 ${one.hash}`,
    ),
    ...result.findings.map((one) => `  ! ${one.ref}: ${one.text}`),
  ];
  return { exitCode: result.findings.length === 0 ? 0 : 1, text: text.join('\n'), data: result };
}
