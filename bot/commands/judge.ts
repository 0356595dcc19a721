// The operator's commands about judgement: assess and clauses.
import type { z } from 'zod';
import { assess } from '../board/assess';
import { clauses } from '../board/clauses';
import { clauseStateWords } from '../board/clauseState';
import { count } from '../board/wording';
import { findingData, situation, type CommandDeps, type CommandResult, type forMoment } from './situation';

type Args = z.infer<typeof forMoment>;

export async function runAssess(deps: CommandDeps, args: Args): Promise<CommandResult> {
  const { snapshot, at, meeting, calendar } = await situation(deps, args);
  const assessment = assess(snapshot, { at, meetingRef: meeting.ref });
  const actions = Object.fromEntries(
    assessment.actions.map((one) => [
      one.ref,
      {
        delivery: one.computedDelivery,
        effect: one.computedEffect,
        claimedDelivery: one.claimedDelivery,
        claimedEffect: one.claimedEffect,
        slow: one.slow,
      },
    ]),
  );
  const findings = assessment.findings.filter((one) => one.level === 'finding');
  const text = [
    `${meeting.ref}, judged as of ${calendar.longDateTime(at)}`,
    '',
    assessment.headline.text,
    '',
    `${count(findings.length, 'finding')}, and ${count(assessment.findings.length - findings.length, 'piece', 'pieces')} of information:`,
    ...assessment.findings.map(
      (one) => `  ${one.level === 'finding' ? '!' : 'i'} ${one.ref.padEnd(12)} ${one.text}  [${one.rule}]`,
    ),
  ].join('\n');
  return { exitCode: 0, text, data: { at, actions, findings: assessment.findings.map(findingData) } };
}

export async function runClauses(deps: CommandDeps, args: Args): Promise<CommandResult> {
  const { snapshot, at, meeting, calendar } = await situation(deps, args);
  const states = clauses(snapshot, assess(snapshot, { at, meetingRef: meeting.ref }));
  const text = [
    `The clauses of the notice and their proof, as of ${calendar.longDateTime(at)}`,
    ...states.flatMap((one) => [
      '',
      `${one.clause} ${one.title}: ${one.state === undefined ? 'warnings' : clauseStateWords[one.state]}. ${one.sentence}`,
      ...one.gaps.filter((gap) => gap.open).map((gap) => `  Gap: ${gap.text} ${gap.closes}`),
      ...(one.warnings ?? []).map((warning) => `  Warning: ${warning.text}`),
    ]),
  ].join('\n');
  return { exitCode: 0, text, data: states };
}
