// What the plan itself lacks, and dates the board must know of or decide. Rules: docs/rules.md, "Plan" and "Dates".
import { compareText, distinct, type Grounds } from './grounds';
import type { Action, Finding, Ref } from './model';
import { movedMuch, movedText, type DateMoves } from './slow';
import { count, listed } from './wording';

/** Findings of one action's entry in the plan, complete or not. */
export function planFindings(grounds: Grounds, action: Action): readonly Finding[] {
  const { ref, ownerRef, measureRefs } = action;
  const found: Finding[] = [];
  const add = (rule: string, text: string): void => {
    found.push({ rule, level: 'finding', ref, text, records: [ref] });
  };
  if (ownerRef === undefined) add('no-owner', 'No one person is recorded as accountable for it.');
  else if (!grounds.people.has(ownerRef))
    add('no-owner', `Its owner ${ownerRef} is not among the people of the board.`);
  if (action.dueOn === undefined) add('no-due-date', 'No due date is recorded.');
  if (!measureRefs.some((one) => grounds.measures.has(one)))
    add(
      'no-linked-measure',
      measureRefs.length === 0
        ? 'No measure is linked to it, so nothing would show that it worked.'
        : `It names ${listed(measureRefs)}, which ${measureRefs.length === 1 ? 'is not a measure' : 'are not measures'} of the board.`,
    );
  const partner = partnerLacking(action);
  if (partner !== undefined) add('no-partner-body', partner);
  return found;
}

/** A partner is a named body other than the lead. */
function partnerLacking(action: Action): string | undefined {
  const lead = fold(action.leadBody ?? '');
  const names = action.partnerBodies.map((one) => one.trim()).filter((one) => one !== '');
  if (names.some((one) => fold(one) !== lead && fold(one) !== 'all partners')) return undefined;
  const [name] = names;
  if (name === undefined) return 'No partner body is named.';
  return fold(name) === lead
    ? `Its partner, ${name}, is its own lead body.`
    : `Its partner is given as "${name}", which is no one body.`;
}

function fold(name: string): string {
  return name.trim().toLowerCase();
}

/** Findings about the dates of one action; only moves still waiting, or of open actions, ask for anything. */
export function dateFindings(
  grounds: Grounds,
  action: Action,
  moves: DateMoves,
  complete: boolean,
): readonly Finding[] {
  const { ref, dueOn, forecastOn } = action;
  const { calendar } = grounds;
  const aimOn = grounds.snapshot.facts.actionsAimOn;
  const found: Finding[] = [];
  const add = (rule: string, level: Finding['level'], text: string, records: readonly Ref[] = []): void => {
    found.push({ rule, level, ref, text, records: distinct([ref, ...records]) });
  };
  if (movedMuch(grounds, moves))
    add(
      'date-moved',
      'information',
      `The due date ${movedText(complete ? { ...moves, passedAgain: false } : moves)}.`,
      [...moves.changeRefs],
    );
  const pending = grounds
    .dateChangesOf(ref)
    .filter((one) => one.decision === 'pending' && one.requestedOn <= grounds.on)
    .sort((a, b) => compareText(a.ref, b.ref));
  if (pending.length > 0) {
    const asked = pending.map((one) => {
      const what = one.subjectRef === ref ? 'the due date' : `the date of ${one.subjectRef}`;
      const beyond = aimOn !== undefined && one.toOn > aimOn ? ", beyond the notice's aim date" : '';
      return `${what} to ${calendar.longDate(one.toOn)}${beyond}`;
    });
    add(
      'date-change-to-decide',
      'finding',
      `${count(pending.length, 'request')} to move a date ${pending.length === 1 ? 'waits' : 'wait'} for a decision: ${listed(asked)}.`,
      pending.map((one) => one.ref),
    );
  }
  if (complete || aimOn === undefined) return found;
  const aim = `the aim date of the notice, ${calendar.longDate(aimOn)}`;
  if (dueOn !== undefined && dueOn > aimOn)
    add('due-after-aim-date', 'information', `Due on ${calendar.longDate(dueOn)}, after ${aim}.`);
  if (forecastOn !== undefined && forecastOn > aimOn)
    add('forecast-after-aim-date', 'information', `Forecast for ${calendar.longDate(forecastOn)}, after ${aim}.`);
  return found;
}
