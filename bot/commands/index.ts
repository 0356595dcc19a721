// The operator's commands by name, as functions: arguments in, words and data out; cli.ts prints them.
import type { z } from 'zod';
import { InvalidInputError } from '../errors';
import { cycleArgs, remindArgs, runCycleView, runRemind } from './cycle';
import { resendArgs, runDelivery, runResend } from './delivery';
import { diffArgs, releaseArgs, runDiff, runRelease } from './frozen';
import { inviteArgs, runInvite } from './invite';
import { runAssess, runClauses } from './judge';
import { handOverArgs, leavesArgs, pauseArgs, resumeArgs, runHandOver, runLeaves, runPause, runResume } from './manage';
import { compileArgs, packArgs, runCompile, runPack, runVerify } from './papers';
import { personArgs, runPerson } from './person';
import { exportArgs, importArgs, runExport, runImport } from './plan';
import { runSettings, settingsArgs } from './settings';
import { doctorArgs, provisionArgs, runDoctor, runProvision } from './site';
import { forMeeting, forMoment, type CommandDeps, type CommandResult, type Run } from './situation';

export type { CommandDeps, CommandResult };

export function createOperatorCommands(deps: CommandDeps): ReadonlyMap<string, Run> {
  return new Map<string, Run>([
    ['assess', (args) => runAssess(deps, parse(forMoment, args))],
    ['clauses', (args) => runClauses(deps, parse(forMoment, args))],
    ['remind', (args) => runRemind(deps, parse(remindArgs, args))],
    ['delivery', (args) => runDelivery(deps, parse(forMeeting, args))],
    ['resend', (args) => runResend(deps, parse(resendArgs, args))],
    ['cycle', (args) => runCycleView(deps, parse(cycleArgs, args))],
    ['invite', (args) => runInvite(deps, parse(inviteArgs, args))],
    ['compile', (args) => runCompile(deps, parse(compileArgs, args))],
    ['pack', (args) => runPack(deps, parse(packArgs, args))],
    ['release', (args) => runRelease(deps, parse(releaseArgs, args))],
    ['diff', (args) => runDiff(deps, parse(diffArgs, args))],
    ['verify', (args) => runVerify(deps, parse(forMeeting, args))],
    ['settings', (args) => runSettings(deps, parse(settingsArgs, args))],
    ['provision', (args) => runProvision(deps, parse(provisionArgs, args))],
    ['import', (args) => runImport(deps, parse(importArgs, args))],
    ['export', (args) => runExport(deps, parse(exportArgs, args))],
    ['pause', (args) => runPause(deps, parse(pauseArgs, args))],
    ['resume', (args) => runResume(deps, parse(resumeArgs, args))],
    ['hand-over', (args) => runHandOver(deps, parse(handOverArgs, args))],
    ['leaves', (args) => runLeaves(deps, parse(leavesArgs, args))],
    ['person', (args) => runPerson(deps, parse(personArgs, args))],
    ['doctor', (args) => runDoctor(deps, parse(doctorArgs, args))],
  ]);
}

function parse<Shape extends z.ZodType>(shape: Shape, args: unknown): z.infer<Shape> {
  const parsed = shape.safeParse(args);
  if (parsed.success) return parsed.data;
  const issues = parsed.error.issues.map((one) => ({ field: one.path.join('.'), message: one.message }));
  throw new InvalidInputError(
    `The command was not understood: ${issues.map((one) => `${one.field} ${one.message}`).join('; ')}`,
    issues,
  );
}
