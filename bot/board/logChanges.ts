// What moved between two rows of logs, in words and in which direction; what either log did not record says nothing.
import { compareDelivery } from './delivery';
import { compareEffect } from './effect';
import { notRecorded, type LogRisk, type LogRow, type LogRowDetail, type Recorded } from './logShape';
import type { CivilDate, DeliveryStatus, EffectStatus } from './terms';
import { deliveryWords, effectWords, small } from './wording';

export type Direction = 'better' | 'worse' | 'changed';

export interface Change {
  readonly text: string;
  readonly direction: Direction;
}

export type Way = 'same' | 'better' | 'worse';
type Comparable = Omit<LogRow, 'ref' | 'asked' | 'detail'>;

/** Ratings, progress, dates and slowness of one action. */
export function rowChanges(
  before: Comparable,
  now: Comparable,
  longDate: (on: CivilDate) => string,
): readonly Change[] {
  const changes: Change[] = [];
  const moved = <V>(
    then: Recorded<V>,
    value: Recorded<V>,
    say: (then: V, value: V) => string,
    way: (then: V, value: V) => Way,
  ): void => {
    if (then === notRecorded || value === notRecorded || then === value) return;
    changes.push({ text: say(then, value), direction: directionOf(way(then, value)) });
  };
  const day = (on: CivilDate | null): string => (on === null ? 'none' : longDate(on));
  const delivery = (what: string) => (then: DeliveryStatus, value: DeliveryStatus) =>
    `${what}: ${small(deliveryWords[then])}, now ${small(deliveryWords[value])}.`;
  const effect = (what: string) => (then: EffectStatus, value: EffectStatus) =>
    `${what}: ${small(effectWords[then])}, now ${small(effectWords[value])}.`;
  const byDelivery = (then: DeliveryStatus, value: DeliveryStatus): Way => compareDelivery(value, then);
  const byEffect = (then: EffectStatus, value: EffectStatus): Way => compareEffect(value, then);
  const byNumber = (then: number, value: number): Way => byStep(value - then);
  const total = now.milestonesTotal;
  moved(before.claimedDelivery, now.claimedDelivery, delivery('Owner says'), byDelivery);
  moved(before.computedDelivery, now.computedDelivery, delivery('Record says'), byDelivery);
  moved(before.percent, now.percent, (then, value) => `Percentage: ${then}, now ${value}.`, byNumber);
  moved(
    before.milestonesDone,
    now.milestonesDone,
    (then, value) => `Milestones done: ${then}, now ${value}${total === notRecorded ? '' : ` of ${total}`}.`,
    byNumber,
  );
  moved(before.dueOn, now.dueOn, (then, value) => `Due date: ${day(then)}, now ${day(value)}.`, sooner);
  moved(before.forecastOn, now.forecastOn, (then, value) => `Forecast: ${day(then)}, now ${day(value)}.`, sooner);
  moved(before.claimedEffect, now.claimedEffect, effect('Effect, owner says'), byEffect);
  moved(before.computedEffect, now.computedEffect, effect('Effect, record says'), byEffect);
  moved(
    before.slow,
    now.slow,
    (then) => (then ? 'No longer slow to progress.' : 'Now slow to progress.'),
    (then) => (then ? 'better' : 'worse'),
  );
  return changes;
}

/** Whose an action is: by ref, and as it is named. */
export type OwnerNow = Pick<LogRowDetail, 'ownerRef' | 'owner'>;

/** Whose it was and is, where the earlier row says so. */
export function ownerChange({ detail: then }: Pick<LogRow, 'detail'>, now: OwnerNow): Change | undefined {
  if (then === notRecorded || then.ownerRef === now.ownerRef) return undefined;
  return { text: `Owner: ${then.owner}, now ${now.owner}.`, direction: 'changed' };
}

/** The score of one risk. */
export function riskChanges(before: LogRisk, now: LogRisk): readonly Change[] {
  const [then, value] = [scoreOf(before), scoreOf(now)];
  if (then === undefined || value === undefined) return [];
  const { likelihood, impact } = now;
  if (before.likelihood === likelihood && before.impact === impact) return [];
  return [
    {
      text: `Score: ${then}, now ${value} (likelihood ${likelihood}, impact ${impact}).`,
      direction: directionOf(byStep(then - value)),
    },
  ];
}

function scoreOf({ likelihood, impact }: LogRisk): number | undefined {
  return likelihood === notRecorded || impact === notRecorded ? undefined : likelihood * impact;
}

/** A date that was not there, or is gone, is neither better nor worse. */
function sooner(then: CivilDate | null, value: CivilDate | null): Way {
  if (then === null || value === null) return 'same';
  return value < then ? 'better' : 'worse';
}

/** Up is better. */
export function byStep(step: number): Way {
  if (step === 0) return 'same';
  return step > 0 ? 'better' : 'worse';
}

export function directionOf(way: Way): Direction {
  return way === 'same' ? 'changed' : way;
}
