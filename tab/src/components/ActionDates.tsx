// The dates of an action: drawn over time with its milestones, in words, and each move with who asked, why and who decided.
import type { ActionResponse } from '../../../bot/api/contract';
import { planWords } from '../planWords';
import { counted, longDate, shortDate } from '../words';
import { Fact } from './Fact';
import { Empty } from './Message';
import { PlanBar, PlanPatterns } from './PlanBar';
import { PlanKey } from './PlanKey';
import { Icon } from './Status';
import { TimeAxis, TimeLines } from './TimeAxis';

/** The dates as a drawing; the facts, the moves and the milestones below it say the same. */
export function ActionPlan({ data }: { readonly data: ActionResponse }) {
  const { plan: span } = data;
  if (!span) return <Empty>Neither a start nor a due date is recorded, so there is nothing to draw.</Empty>;
  return (
    <>
      <p>{`${planWords(span.plan)}.`}</p>
      <PlanPatterns />
      <div className="plan-alone">
        <TimeAxis span={span} />
        <div className="plan-frame">
          <TimeLines span={span} todayOn={span.todayOn} />
          <PlanBar plan={span.plan} status={data.action.computed} span={span} />
        </div>
      </div>
      <PlanKey />
    </>
  );
}

export function ActionDates({ data }: { readonly data: ActionResponse }) {
  const { dates } = data;
  const shown = (on: string | undefined): string => (on === undefined ? 'Not given' : longDate(on));
  return (
    <>
      <dl className="facts">
        <Fact label="Started">{shown(dates.startOn)}</Fact>
        <Fact label="Due">{`${shown(dates.dueOn)}${dates.lateWords === undefined ? '' : `, ${dates.lateWords}`}`}</Fact>
        {dates.originalDueOn !== dates.dueOn && <Fact label="First due">{shown(dates.originalDueOn)}</Fact>}
        {dates.completedOn === undefined && <Fact label="Owner’s forecast">{shown(dates.forecastOn)}</Fact>}
        {dates.completedOn !== undefined && <Fact label="Completed">{shown(dates.completedOn)}</Fact>}
      </dl>
      <h3>Moves</h3>
      {data.dateChanges.length === 0 && <Empty>Nobody has asked to move a date.</Empty>}
      <ul className="rows">
        {data.dateChanges.map((one) => (
          <li key={one.ref}>
            <p className="row-title">
              {`${one.what}: ${shortDate(one.fromOn)} to ${shortDate(one.toOn)}`}
              {one.waiting && <span className="tag">Waits for a decision</span>}
            </p>
            <p>{one.reason}</p>
            <p className="quiet">{`${one.askedWords}. ${one.decisionWords}.`}</p>
            {one.decisionReason !== undefined && <p className="quiet">{one.decisionReason}</p>}
          </li>
        ))}
      </ul>
    </>
  );
}

export function milestoneNote({ action }: ActionResponse): string | undefined {
  if (action.milestonesTotal === 0) return undefined;
  return `${action.milestonesDone} of ${counted(action.milestonesTotal, 'milestone')} completed`;
}

export function ActionMilestones({ data }: { readonly data: ActionResponse }) {
  if (data.milestones.length === 0)
    return <Empty>{`No milestones: progress is the owner’s percentage, ${Math.round(data.action.percent)}%.`}</Empty>;
  return (
    <ol className="milestones">
      {data.milestones.map((one) => (
        <li
          key={one.ref}
          className={one.completedOn === undefined ? (one.lateWords === undefined ? '' : 'late') : 'completed'}
        >
          <Icon shape={one.completedOn !== undefined ? 'tick' : one.lateWords === undefined ? 'ring' : 'warning'} />
          <div>
            <p className="row-title">{one.title}</p>
            <p className="quiet">
              {one.completedOn === undefined ? `Due ${longDate(one.dueOn)}` : `Completed ${longDate(one.completedOn)}`}
              {one.lateWords === undefined ? '' : `, ${one.lateWords}`}
              {one.originalDueOn === one.dueOn ? '' : ` (first due ${shortDate(one.originalDueOn)})`}
            </p>
          </div>
        </li>
      ))}
    </ol>
  );
}
