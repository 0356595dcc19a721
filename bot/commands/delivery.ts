// The operator's commands about delivery: who got what, have a message sent again, see what an owner would get.
import { z } from 'zod';
import { InvalidInputError } from '../errors';
import { totalsWords, type DeliveryLine } from '../services/deliveryLines';
import type { Delivery } from '../services/viewDelivery';
import { behalfOf } from './manage';
import { forMeeting, situation, situationNamed, type CommandDeps, type CommandResult } from './situation';

export async function runDelivery(deps: CommandDeps, args: z.infer<typeof forMeeting>): Promise<CommandResult> {
  const { boardId, meeting } = await situationNamed(deps, args);
  const delivery = await deps.viewDelivery.whole(boardId, meeting.ref);
  return { exitCode: 0, text: deliveryWords(delivery), data: delivery };
}

function deliveryWords(delivery: Delivery): string {
  const { meetingRef, steps, notReached, paused } = delivery;
  return [
    ...(paused === undefined ? [] : [paused, '']),
    ...(steps.length === 0
      ? [`${meetingRef}: nothing has been sent yet. npm run board -- remind sends the step that is due.`]
      : steps.map((one, index) =>
          [
            ...(index === 0 ? [] : ['']),
            `${meetingRef}, ${one.title}: ${totalsWords(one.totals)}`,
            ...one.lines.map((line) => `  ${lineWords(line)}`),
          ].join('\n'),
        )),
    ...(notReached.length === 0
      ? []
      : [
          '',
          'Not reached, or nobody knows:',
          ...notReached.map((one) => `  ${one.name} (${one.personRef})`),
          'To send one again: npm run board -- resend --person P09 --step request',
        ]),
  ].join('\n');
}

export function lineWords(line: DeliveryLine): string {
  return `${line.name} (${line.personRef}): ${line.words}`;
}

export const resendArgs = z.strictObject({
  ...forMeeting.shape,
  person: z.string().min(1).max(40),
  step: z.string().min(1).max(200),
  by: z.string().max(200).optional(),
  mayArriveTwice: z.boolean().optional(),
});

export async function runResend(deps: CommandDeps, args: z.infer<typeof resendArgs>): Promise<CommandResult> {
  const { boardId, meeting } = await situation(deps, args);
  const { actor } = await behalfOf(deps, args);
  const result = await deps.resendMessage.resend({
    boardId,
    meetingRef: meeting.ref,
    step: args.step,
    personRef: args.person,
    byRef: actor.personRef,
    ...(args.mayArriveTwice === true ? { mayArriveTwice: true } : {}),
  });
  const more = result.kind === 'confirm' ? ' To send it all the same, add --may-arrive-twice.' : '';
  return { exitCode: result.kind === 'resent' ? 0 : 1, text: `${result.words}${more}`, data: result };
}

/** `remind --test-to`: nothing of it is recorded, nothing goes to the owner. */
export async function runTest(
  deps: CommandDeps,
  args: z.infer<typeof forMeeting> & { readonly testTo: string; readonly owner?: string | undefined },
): Promise<CommandResult> {
  if (args.owner === undefined) throw new InvalidInputError('Say whose message is shown: add --owner P05.');
  const { boardId, meeting } = await situationNamed(deps, args);
  const sent = await deps.sendTest.send({ boardId, meetingRef: meeting.ref, ownerRef: args.owner, to: args.testTo });
  return { exitCode: 0, text: sent.words.join('\n'), data: sent };
}
