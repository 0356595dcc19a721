// The dates of a plan in words: what its drawing shows, for the list, for screen readers and for the table beside it.
import type { Plan } from '../../bot/api/contract';
import { counted, shortDate } from './words';

/** `1 May 2024 to 29 November 2024, first due 30 September 2024; 2 of 4 milestones completed, 1 late`. */
export function planWords(plan: Plan): string {
  return [datesWords(plan), milestonesWords(plan)].filter((one) => one !== '').join('; ');
}

function datesWords(plan: Plan): string {
  const { startOn, dueOn, askedDueOn, forecastOn, completedOn } = plan;
  const from = startOn === undefined ? 'No start date' : shortDate(startOn);
  const to = dueOn === undefined ? 'no due date' : shortDate(dueOn);
  return [
    startOn === undefined && dueOn === undefined ? 'No dates' : `${from} to ${to}`,
    ...(plan.earlierDueOn.length > 0 ? [`first due ${earlierWords(plan)}`] : []),
    ...(askedDueOn === undefined ? [] : [`${shortDate(askedDueOn)} asked for`]),
    ...(completedOn === undefined ? [] : [`completed ${shortDate(completedOn)}`]),
    ...(forecastOn === undefined || forecastOn === dueOn ? [] : [`forecast ${shortDate(forecastOn)}`]),
  ].join(', ');
}

/** `30 September 2024, then 31 October 2024`. */
export function earlierWords(plan: Plan): string {
  return plan.earlierDueOn.map(shortDate).join(', then ');
}

export function milestonesWords({ milestones }: Plan): string {
  if (milestones.length === 0) return '';
  const done = milestones.filter((one) => one.completedOn !== undefined).length;
  const late = milestones.filter((one) => one.completedOn === undefined && one.late).length;
  return `${done} of ${counted(milestones.length, 'milestone')} completed${late === 0 ? '' : `, ${late} late`}`;
}
