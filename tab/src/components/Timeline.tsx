// The plan in time, area by area: a bar for each action that leads to it, what the signs mean, and a table of the same.
import { TableCell, TableRow } from '@fluentui/react-components';
import { useMemo, useState } from 'react';
import { timelineResponse, type Plan, type TimelineResponse } from '../../../bot/api/contract';
import type { ActionRow } from '../pages/actionFilters';
import { earlierWords, milestonesWords, planWords } from '../planWords';
import { usePrinting } from '../printing';
import { PageLink } from '../router';
import { useGrowing } from '../useGrowing';
import { useView } from '../useView';
import { deliveryWords, shortDate } from '../words';
import { Loading, ProblemMessage } from './Message';
import { PlanBar, PlanPatterns } from './PlanBar';
import { PlanKey } from './PlanKey';
import { StackingTable } from './StackingTable';
import { Delivery } from './Status';
import { TimeAxis, TimeLines } from './TimeAxis';

/** `rows`: the actions that the filters leave; the others are not drawn, and the span stays the whole plan's. */
export default function Timeline({ rows }: { readonly rows: readonly ActionRow[] }) {
  const { data, problem, reload } = useView('/timeline', timelineResponse);
  if (!data)
    return problem ? (
      <ProblemMessage problem={problem} onRetry={() => void reload()} />
    ) : (
      <Loading what="the timeline" />
    );
  return <Drawn data={data} rows={rows} />;
}

interface Shown {
  readonly plan: Plan;
  readonly row: ActionRow;
}

function Drawn({ data, rows }: { readonly data: TimelineResponse; readonly rows: readonly ActionRow[] }) {
  // In the order they are drawn, so that what grows grows at its end.
  const inTurn = useMemo(() => {
    const byRef = new Map(rows.map((one) => [one.ref, one]));
    return [...data.areas.flatMap((one) => one.plans), ...data.elsewhere].flatMap((plan) => byRef.get(plan.ref) ?? []);
  }, [data, rows]);
  const parts = useGrowing(inTurn, window.location.search).filter((one) => !one.isLeaving);
  const wanted = new Map(parts.flatMap((part) => part.rows.map((one) => [one.ref, one] as const)));
  const shownOf = (plans: readonly Plan[]): readonly Shown[] =>
    plans.flatMap((plan) => {
      const row = wanted.get(plan.ref);
      return row ? [{ plan, row }] : [];
    });
  const groups = [
    ...data.areas.map((area) => ({ ref: area.ref, label: `${area.ref} ${area.label}`, shown: shownOf(area.plans) })),
    { ref: 'elsewhere', label: 'In no area of the board', shown: shownOf(data.elsewhere) },
  ].filter((one) => one.shown.length > 0);
  return (
    <>
      <PlanPatterns />
      <p className="quiet">
        {`From ${shortDate(data.fromOn)} to ${shortDate(data.toOn)}. Today is ${data.today.words}.`}
        {data.aim !== undefined && ` The notice wants the actions implemented by ${data.aim.words}.`}
      </p>
      <PlanKey />
      {groups.map((group) => (
        <section key={group.ref} className="panel plan-area" aria-labelledby={`plan-${group.ref}`}>
          <h2 id={`plan-${group.ref}`}>{group.label}</h2>
          <TimeAxis span={data} />
          <div className="plan-frame">
            <TimeLines span={data} todayOn={data.today.on} aimOn={data.aim?.on} meetings={data.meetings} />
            <ul className="plan-rows">
              {group.shown.map(({ plan, row }) => (
                <li key={plan.ref}>
                  <PlanRow plan={plan} row={row} data={data} />
                </li>
              ))}
            </ul>
          </div>
        </section>
      ))}
      <PlanTable groups={groups} />
    </>
  );
}

function PlanRow({ plan, row, data }: Shown & { readonly data: TimelineResponse }) {
  return (
    <PageLink to={`/tab/actions/${encodeURIComponent(plan.ref)}`} className="plan-row">
      <span className="plan-what">
        <span className="plan-title">{`${plan.ref} ${row.title}`}</span>{' '}
        <span className="plan-state">
          <Delivery status={row.computed} />{' '}
          <span className="plan-due" aria-hidden="true">
            {plan.dueOn === undefined ? 'no due date' : `due ${shortDate(plan.dueOn)}`}
          </span>
        </span>{' '}
        <span className="plan-words">{planWords(plan)}</span>
      </span>
      <span className="plan-track">
        <PlanBar plan={plan} status={row.computed} span={data} />
      </span>
    </PageLink>
  );
}

const columns = ['Action', 'Delivery', 'Start', 'First due', 'Due', 'Forecast', 'Completed', 'Milestones'] as const;

/** Read when opened or printed: on a long plan it is as long again. */
function PlanTable({ groups }: { readonly groups: readonly { readonly shown: readonly Shown[] }[] }) {
  const [isOpen, setOpen] = useState(false);
  const isPrinting = usePrinting();
  const day = (on: string | undefined) => (on === undefined ? <span className="quiet">None</span> : shortDate(on));
  return (
    <details className="panel" onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>The same as a table</summary>
      {(isOpen || isPrinting) && (
        <StackingTable label="Dates of the actions, area by area" columns={columns}>
          {groups.flatMap(({ shown }) =>
            shown.map(({ plan, row }) => (
              <TableRow key={plan.ref}>
                <TableCell className="cell-head" role="rowheader">
                  <PageLink to={`/tab/actions/${encodeURIComponent(plan.ref)}`}>{`${plan.ref} ${row.title}`}</PageLink>
                </TableCell>
                <TableCell data-label={columns[1]}>{deliveryWords[row.computed]}</TableCell>
                <TableCell data-label={columns[2]}>{day(plan.startOn)}</TableCell>
                <TableCell data-label={columns[3]}>
                  {plan.earlierDueOn.length === 0 ? <span className="quiet">The same</span> : earlierWords(plan)}
                </TableCell>
                <TableCell data-label={columns[4]}>
                  <span>
                    {day(plan.dueOn)}
                    {plan.askedDueOn !== undefined && (
                      <>
                        <br />
                        <span className="quiet">{`${shortDate(plan.askedDueOn)} asked for`}</span>
                      </>
                    )}
                  </span>
                </TableCell>
                <TableCell data-label={columns[5]}>{day(plan.forecastOn)}</TableCell>
                <TableCell data-label={columns[6]}>{day(plan.completedOn)}</TableCell>
                <TableCell data-label={columns[7]}>
                  {milestonesWords(plan) === '' ? <span className="quiet">None</span> : milestonesWords(plan)}
                </TableCell>
              </TableRow>
            )),
          )}
        </StackingTable>
      )}
    </details>
  );
}
