// What an answer changes in an action: status, percentage, milestones, forecast, effect, blocker; the due date never.
import {
  changeOf,
  collect,
  draft,
  isCivilDate,
  lineLimits,
  narrativeLimits,
  textLimits,
  tidy,
  type Collected,
  type Draft,
  type Fields,
  type RuleFacts,
} from './answerDraft';
import type { ActionAnswer, RecordChange } from './answers';
import type { Action, CivilDate, DeliveryStatus } from './model';
import { deliveryRank } from './terms';
import { deliveryWords, effectWords, small } from './wording';

/** What an answer about an action comes to. */
export function actionDraft(action: Action, answer: ActionAnswer, facts: RuleFacts): Draft {
  const found = collect();
  const narrative = found.text('narrative', answer.narrative, narrativeLimits);
  if (answer.noChange === true) {
    if (action.deliveryStatus === 'off-track' && narrative === undefined)
      found.refuse('narrative', 'This is off track: please say in a line why nothing has changed.');
    return draft(found, [], { noChange: true, narrative });
  }
  const own: Fields = {};
  const status = changeStatus(action, answer, own, found, facts.on);
  changePercent(action, answer, status, own, found);
  const milestones = completeMilestones(action, answer, found, facts);
  changeForecast(action, answer, own, found, facts);
  if (answer.effectStatus !== undefined && answer.effectStatus !== action.effectStatus) {
    own['effectStatus'] = answer.effectStatus;
    found.note('effectStatus', action.effectStatus, answer.effectStatus);
    found.words.push(`Effect: ${small(effectWords[action.effectStatus])} → ${small(effectWords[answer.effectStatus])}`);
  }
  const blocker = changeBlocker(action, answer, own, found, facts);
  const worse = deliveryRank[status] < deliveryRank[action.deliveryStatus];
  if ((worse || status === 'off-track') && narrative === undefined)
    found.refuse(
      'narrative',
      worse
        ? 'The status is worse than before: please say what happened, in 10 to 1,000 characters.'
        : 'This is off track: please say what happened, in 10 to 1,000 characters.',
    );
  const effect = found.text('effect', answer.effect, textLimits);
  const reply = found.text('reply', answer.reply, lineLimits);
  if (reply !== undefined) {
    found.note('reply', undefined, reply);
    found.words.push('Your reply to the computed rating');
  }
  const evidenceLink = evidence(answer, found);
  const changes: RecordChange[] = Object.keys(own).length === 0 ? [] : [changeOf('action', action, own)];
  return draft(found, [...changes, ...milestones], { narrative, effect, blocker, evidenceLink });
}

function changeStatus(
  action: Action,
  answer: ActionAnswer,
  own: Fields,
  found: Collected,
  on: CivilDate,
): DeliveryStatus {
  const status = answer.deliveryStatus ?? action.deliveryStatus;
  if (status === action.deliveryStatus) return status;
  own['deliveryStatus'] = status;
  found.note('deliveryStatus', action.deliveryStatus, status);
  found.words.push(`Status: ${small(deliveryWords[action.deliveryStatus])} → ${small(deliveryWords[status])}`);
  if (isDone(status) && action.completedOn === undefined) {
    own['completedOn'] = on;
    found.note('completedOn', undefined, on);
  }
  if (!isDone(status) && action.completedOn !== undefined) {
    own['completedOn'] = null;
    found.note('completedOn', action.completedOn, null);
  }
  return status;
}

function isDone(status: DeliveryStatus): boolean {
  return deliveryRank[status] >= deliveryRank.complete;
}

/** Done is 100 per cent unless the owner says otherwise; outside what the milestones allow is for the record to find. */
function changePercent(
  action: Action,
  answer: ActionAnswer,
  status: DeliveryStatus,
  own: Fields,
  found: Collected,
): void {
  const becameDone = isDone(status) && !isDone(action.deliveryStatus);
  const percent = answer.percentComplete ?? (becameDone ? 100 : action.percentComplete);
  if (percent === undefined || percent === action.percentComplete) return;
  if (!Number.isInteger(percent) || percent < 0 || percent > 100) {
    found.refuse('percentComplete', 'The percentage must be a whole number from 0 to 100.');
    return;
  }
  own['percentComplete'] = percent;
  found.note('percentComplete', action.percentComplete, percent);
  found.words.push(`Percentage: ${action.percentComplete ?? 'none'} → ${percent}`);
}

function completeMilestones(
  action: Action,
  answer: ActionAnswer,
  found: Collected,
  facts: RuleFacts,
): readonly RecordChange[] {
  const refs = [...new Set(answer.milestonesCompleted)];
  return refs.flatMap((ref) => {
    const milestone = facts.snapshot.milestones.find((one) => one.ref === ref && one.actionRef === action.ref);
    if (!milestone) {
      found.refuse('milestonesCompleted', `${ref} is not a milestone of ${action.ref}.`);
      return [];
    }
    if (milestone.completedOn !== undefined) return [];
    found.note(`${ref}.completedOn`, undefined, facts.on);
    found.words.push(`Milestone ${ref} completed`);
    return [changeOf('milestone', milestone, { completedOn: facts.on })];
  });
}

function changeForecast(action: Action, answer: ActionAnswer, own: Fields, found: Collected, facts: RuleFacts): void {
  const { forecastOn } = answer;
  if (forecastOn === undefined || forecastOn === (action.forecastOn ?? null)) return;
  if (forecastOn !== null && !isCivilDate(forecastOn)) {
    found.refuse('forecastOn', 'The forecast must be a date of the calendar.');
    return;
  }
  if (forecastOn !== null && forecastOn < facts.on) {
    found.refuse('forecastOn', `The forecast must be today, ${facts.calendar.longDate(facts.on)}, or later.`);
    return;
  }
  own['forecastOn'] = forecastOn;
  found.note('forecastOn', action.forecastOn, forecastOn);
  found.words.push(forecastOn === null ? 'Forecast date removed' : `Forecast: ${facts.calendar.longDate(forecastOn)}`);
}

/** The chair's acceptance of waiting belongs to one body: another body asks for it anew. */
function changeBlocker(
  action: Action,
  answer: ActionAnswer,
  own: Fields,
  found: Collected,
  facts: RuleFacts,
): string | undefined {
  const known = action.blocker;
  if (answer.blocker === undefined) return undefined;
  const text = answer.blocker === null ? undefined : found.text('blocker', answer.blocker.text, textLimits);
  const body = answer.blocker === null ? undefined : tidy(answer.blocker.waitingOnBody);
  if (answer.blocker !== null && text === undefined) {
    found.refuse('blocker', 'Please say in a line what is in the way, or take the blocker out.');
    return undefined;
  }
  if (body !== undefined && body !== known?.waitingOnBody && !facts.snapshot.bodies.some((one) => one.name === body)) {
    found.refuse('waitingOnBody', 'Please choose a body of this board.');
    return undefined;
  }
  if (text === known?.text && body === known?.waitingOnBody) return text;
  if (text !== known?.text) {
    own['blocker.text'] = text ?? null;
    found.note('blocker.text', known?.text, text ?? null);
  }
  if (body !== known?.waitingOnBody) {
    own['blocker.waitingOnBody'] = body ?? null;
    found.note('blocker.waitingOnBody', known?.waitingOnBody, body ?? null);
    if (known?.accepted === true) {
      own['blocker.accepted'] = false;
      found.note('blocker.accepted', true, false);
    }
  }
  found.words.push(
    text === undefined
      ? 'Blocker removed'
      : body === undefined
        ? 'What is in the way'
        : `What is in the way, waiting for ${body}`,
  );
  return text;
}

function evidence(answer: ActionAnswer, found: Collected): string | undefined {
  const link = tidy(answer.evidenceLink);
  if (link === undefined) return undefined;
  if (link.length > 500 || !/^https:\/\/[^\s/]+\.[^\s]+$/iu.test(link))
    found.refuse('evidenceLink', 'Please give the full address of the evidence, starting with https://.');
  found.words.push('A link to evidence');
  return link;
}
