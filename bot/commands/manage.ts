// The operator's commands on behalf of the secretary: pause, resume, hand-over, leaves.
import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { calendarOf } from '../board/cycle';
import { decideHandOver } from '../board/manageHandOver';
import { decideLeaver } from '../board/manageLeaver';
import { ownedItems } from '../board/manageOwned';
import { pauseAt, pauseWords } from '../board/managePause';
import type { ManagedDecision } from '../board/manageDecision';
import type { BoardSnapshot } from '../board/model';
import { personNamed } from '../board/planPeople';
import { resolvePolicy } from '../board/policy';
import { InvalidInputError } from '../errors';
import type { ManagedResult } from '../services/carryOut';
import type { Actor } from '../services/ports';
import { boardOf, common, type CommandDeps, type CommandResult } from './situation';

const behalf = { ...common, by: z.string().optional(), dryRun: z.boolean().optional() };
const day = z.iso.date('is no date: write it as 2025-02-03');
export const pauseArgs = z.strictObject({ ...behalf, why: z.string().max(1000), until: day.optional() });
export const resumeArgs = z.strictObject(behalf);
export const handOverArgs = z.strictObject({
  ...behalf,
  refs: z.string().max(5000),
  to: z.string().max(200),
  from: day.optional(),
});
export const leavesArgs = z.strictObject({
  ...behalf,
  person: z.string().max(200),
  lastDay: day,
  to: z.string().max(200).optional(),
  nobody: z.boolean().optional(),
  now: z.boolean().optional(),
});

/** Who asks, and the board as it is now. */
export async function behalfOf(
  deps: CommandDeps,
  args: { readonly board?: string | undefined; readonly by?: string | undefined },
) {
  const boardId = boardOf(deps, args.board);
  const snapshot = await deps.records.refresh(boardId);
  const secretary = snapshot.facts.secretaryRef ?? snapshot.people.find((one) => one.boardRole === 'secretary')?.ref;
  const byRef = args.by === undefined ? secretary : personRef(snapshot, args.by);
  if (byRef === undefined) throw new InvalidInputError('The board has no secretary on record: name one with --by.');
  const actor: Actor = { personRef: byRef, route: 'operator command' };
  const { policy } = resolvePolicy(snapshot.policy);
  const at = deps.clock.now().toISOString();
  return { boardId, snapshot, actor, policy, calendar: calendarOf(policy), at, nonce: randomUUID() };
}

function personRef(snapshot: BoardSnapshot, words: string): string {
  const found = personNamed(snapshot.people, words);
  if (found.kind === 'known') return found.person.ref;
  throw new InvalidInputError(`"${words}" ${found.why}`);
}

export async function runPause(deps: CommandDeps, args: z.infer<typeof pauseArgs>): Promise<CommandResult> {
  const { boardId, actor, calendar, nonce, snapshot, at } = await behalfOf(deps, args);
  const untilAt = args.until === undefined ? undefined : calendar.at(calendar.addDays(args.until, 1), '00:00');
  if (args.dryRun === true) {
    const pause = { byRef: actor.personRef, at, why: args.why, ...(untilAt === undefined ? {} : { untilAt }) };
    return { exitCode: 0, text: `${pauseWords(pause, snapshot, calendar)}\n\n${dry}`, data: pause };
  }
  const request = { boardId, actor, nonce, why: args.why, ...(untilAt === undefined ? {} : { untilAt }) };
  return told(await deps.pauseSending.pause(request));
}

const dry = 'Nothing was changed: this is a dry run.';

export async function runResume(deps: CommandDeps, args: z.infer<typeof resumeArgs>): Promise<CommandResult> {
  const { boardId, actor, nonce, snapshot, at, calendar } = await behalfOf(deps, args);
  if (args.dryRun === true) {
    const pause = pauseAt(snapshot, at);
    const text = pause ? pauseWords(pause, snapshot, calendar) : 'Sending is not paused.';
    return { exitCode: 0, text: `${text}\n\n${dry}`, data: pause ?? null };
  }
  return told(await deps.pauseSending.resume({ boardId, actor, nonce }));
}

export async function runHandOver(deps: CommandDeps, args: z.infer<typeof handOverArgs>): Promise<CommandResult> {
  const { boardId, snapshot, actor, policy, calendar, at, nonce } = await behalfOf(deps, args);
  const toRef = personRef(snapshot, args.to);
  const items = new Map(ownedItems(snapshot).map((one) => [one.ref.toLowerCase(), one]));
  const moves = args.refs
    .split(/[\s,;]+/u)
    .filter((one) => one !== '')
    .map((ref) => {
      const item = items.get(ref.toLowerCase());
      if (!item) throw new InvalidInputError(`There is nothing with the reference ${ref} that somebody owns.`);
      return { kind: item.kind, ref: item.ref, toRef };
    });
  if (args.dryRun === true)
    return dryRun(
      decideHandOver({ snapshot, policy, at, byRef: actor.personRef, moves }),
      args.from !== undefined && args.from > calendar.on(at) ? calendar.longDate(args.from) : undefined,
    );
  return told(
    await deps.manageItems.handOver({
      boardId,
      actor,
      nonce,
      moves,
      ...(args.from === undefined ? {} : { fromOn: args.from }),
    }),
  );
}

export async function runLeaves(deps: CommandDeps, args: z.infer<typeof leavesArgs>): Promise<CommandResult> {
  const { boardId, snapshot, actor, policy, calendar, at, nonce } = await behalfOf(deps, args);
  if (args.to === undefined && args.nobody !== true)
    throw new InvalidInputError('Name with --to who takes over, or say --nobody: the findings will then say so.');
  const leaving = {
    personRef: personRef(snapshot, args.person),
    lastDayOn: args.lastDay,
    ...(args.to === undefined ? {} : { toRef: personRef(snapshot, args.to) }),
  };
  if (args.dryRun === true)
    return dryRun(
      decideLeaver({ snapshot, policy, at, byRef: actor.personRef, leaving, named: [] }),
      args.now === true || args.lastDay < calendar.on(at)
        ? undefined
        : calendar.longDate(calendar.addDays(args.lastDay, 1)),
    );
  return told(
    await deps.manageItems.leave({ boardId, actor, nonce, leaving, named: [], takeOverNow: args.now === true }),
  );
}

/** In the words of the act itself: `from` is the day from which it holds, where that is to come. */
function dryRun(decision: ManagedDecision, from: string | undefined): CommandResult {
  if (decision.kind === 'refused') return told(decision);
  const said = [
    ...(from === undefined ? [] : [`From ${from}:`]),
    ...decision.words,
    ...(from === undefined ? (decision.asks ?? []) : []),
  ];
  const text = [...said, ...decision.findings, '', dry];
  return { exitCode: 0, text: text.join('\n'), data: { words: said, findings: decision.findings } };
}

export function told(result: ManagedResult): CommandResult {
  switch (result.kind) {
    case 'done':
      return {
        exitCode: 0,
        text: [...result.receipt.words, ...result.receipt.findings].join('\n'),
        data: result.receipt,
      };
    case 'refused':
      return {
        exitCode: 1,
        text: ['Nothing was changed:', ...result.issues.map((one) => `  ${one.message}`)].join('\n'),
        data: result,
      };
    case 'confirm':
      return {
        exitCode: 1,
        text: ['Nothing was changed:', ...result.warnings.map((one) => `  ${one}`)].join('\n'),
        data: result,
      };
  }
}
