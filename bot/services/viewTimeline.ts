// The plan in time: each action from start to due date with its earlier dates and milestones, area by area.
import type { ActionAssessment } from '../board/assessment';
import { grouped } from '../board/grounds';
import { keptByJudgement } from '../board/keptByJudgement';
import type { CivilDate, DateChange, Milestone } from '../board/model';
import { monthEnd } from '../board/trajectory';
import { areaLabel, type BoardContext, type ViewContext } from './viewContext';

/** All that is drawn over time; whose it is and how it is rated is with the rows of the actions. */
export function viewTimeline(context: ViewContext) {
  return { asOf: context.asOf, ...timeline(context) };
}

const timeline = keptByJudgement((context: BoardContext) => {
  const { snapshot, assessment, calendar } = context;
  const plans = plansOf(context, assessment.actions);
  const plansIn = grouped(plans, (one) => one.areaRef);
  const aimOn = snapshot.facts.actionsAimOn;
  const spanned = spanOf([...plans.flatMap(datesOf), assessment.on, ...(aimOn === undefined ? [] : [aimOn])]);
  return {
    ...spanned,
    today: { on: assessment.on, words: calendar.longDate(assessment.on) },
    aim: aimOn === undefined ? undefined : { on: aimOn, words: calendar.longDate(aimOn) },
    meetings: snapshot.meetings
      .filter((one) => one.state !== 'cancelled' && one.on >= spanned.fromOn && one.on <= spanned.toOn)
      .map((one) => ({ ref: one.ref, on: one.on }))
      .sort((a, b) => (a.on < b.on ? -1 : 1)),
    areas: snapshot.areas.map((area) => ({
      ref: area.ref,
      label: areaLabel(context, area.ref),
      plans: plansIn(area.ref),
    })),
    /** Actions whose area the board's list of areas does not have. */
    elsewhere: plans.filter((one) => !context.areasByRef.has(one.areaRef)),
  };
});

/** The dates of one action with the span they are drawn in; undefined when it has none. */
export function viewPlan(context: ViewContext, one: ActionAssessment) {
  const [plan] = plansOf(context, [one]);
  if (!plan || datesOf(plan).length === 0) return undefined;
  return { ...spanOf([...datesOf(plan), context.assessment.on]), todayOn: context.assessment.on, plan };
}

type Plan = ReturnType<typeof planOf>;

/** By start, then by due date; what has neither comes last. */
function plansOf(context: BoardContext, actions: readonly ActionAssessment[]): readonly Plan[] {
  const milestonesOf = grouped(context.snapshot.milestones, (one) => one.actionRef);
  const movesOf = grouped(context.snapshot.dateChanges, (one) => one.subjectRef);
  return actions
    .map((one) => planOf(context, one, milestonesOf(one.ref), movesOf(one.ref)))
    .map((plan) => ({ plan, place: `${plan.startOn ?? plan.dueOn ?? '9999'} ${plan.dueOn ?? '9999'} ${plan.ref}` }))
    .sort((a, b) => (a.place < b.place ? -1 : 1))
    .map((one) => one.plan);
}

function planOf(
  context: BoardContext,
  one: ActionAssessment,
  milestones: readonly Milestone[],
  moves: readonly DateChange[],
) {
  const action = context.actionsByRef.get(one.ref);
  const { on } = context.assessment;
  const approved = moves.filter((move) => move.decision === 'approved').map((move) => move.fromOn);
  const earlier = [...(one.originalDueOn === undefined ? [] : [one.originalDueOn]), ...approved];
  return {
    ref: one.ref,
    areaRef: one.areaRef,
    startOn: action?.startOn,
    dueOn: one.dueOn,
    /** Due dates it had before, the first first. */
    earlierDueOn: [...new Set(earlier)].filter((date) => date !== one.dueOn).sort(),
    /** Asked for and not decided yet. */
    askedDueOn: moves.find((move) => move.decision === 'pending')?.toOn,
    /** What the owner expects, while it is not complete. */
    forecastOn: one.complete ? undefined : action?.forecastOn,
    completedOn: one.completedOn,
    milestones: [...milestones]
      .sort((a, b) => (a.dueOn < b.dueOn ? -1 : 1))
      .map(({ ref, title, dueOn, completedOn }) => ({
        ref,
        title,
        dueOn,
        completedOn,
        late: (completedOn ?? on) > dueOn,
      })),
  };
}

function datesOf(plan: Plan): readonly CivilDate[] {
  const { startOn, dueOn, earlierDueOn, askedDueOn, forecastOn, completedOn, milestones } = plan;
  const known = [startOn, dueOn, ...earlierDueOn, askedDueOn, forecastOn, completedOn];
  return [...known, ...milestones.flatMap((one) => [one.dueOn, one.completedOn])].flatMap((one) => one ?? []);
}

/** Whole months from the first date to the last. */
function spanOf(dates: readonly CivilDate[]): { readonly fromOn: CivilDate; readonly toOn: CivilDate } {
  const [any = ''] = dates;
  const first = dates.reduce((earliest, one) => (one < earliest ? one : earliest), any);
  const last = dates.reduce((latest, one) => (one > latest ? one : latest), any);
  return { fromOn: `${first.slice(0, 7)}-01`, toOn: monthEnd(last.slice(0, 7)) };
}
