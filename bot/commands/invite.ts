// The operator's command about invitations: shows how those of a meeting stand and what a sending would do, and sends.
import { z } from 'zod';
import { InvalidInputError } from '../errors';
import type { InvitationsView } from '../services/viewInvitations';
import { forMeeting, situationNamed, type CommandDeps, type CommandResult } from './situation';

export const inviteArgs = z.strictObject({
  ...forMeeting.shape,
  by: z.string().optional(),
  dryRun: z.boolean().optional(),
});

export async function runInvite(deps: CommandDeps, args: z.infer<typeof inviteArgs>): Promise<CommandResult> {
  const { boardId, snapshot, meeting } = await situationNamed(deps, args);
  const secretary = snapshot.facts.secretaryRef ?? snapshot.people.find((one) => one.boardRole === 'secretary')?.ref;
  const byRef = args.by ?? secretary;
  if (byRef === undefined) throw new InvalidInputError('The board has no secretary on record: name one with --by.');
  const request = { boardId, meetingRef: meeting.ref, byRef };
  if (args.dryRun === true) {
    const view = await deps.inviteBoard.view(request);
    const would = view.next ? view.next.words.map((one) => `  ${one}`) : ['  Nothing is left to send.'];
    const text = [...lines(view), '', 'A sending would do this:', ...would, '', 'Nothing was sent: this is a dry run.'];
    return { exitCode: view.problem === undefined ? 0 : 1, text: text.join('\n'), data: view };
  }
  const { words, view } = await deps.inviteBoard.send(request);
  const done = words.length === 0 ? ['There was nothing to send.'] : words;
  return { exitCode: 0, text: [...done, '', ...lines(view)].join('\n'), data: { words, view } };
}

function lines(view: InvitationsView): readonly string[] {
  return [
    view.title,
    view.summary,
    ...view.people.map((one) => `  ${one.personRef} ${one.name}, ${one.role}: ${one.words}`),
    ...view.gaps.map((one) => `To mend: ${one}`),
    ...(view.problem === undefined ? [] : [view.problem]),
  ];
}
