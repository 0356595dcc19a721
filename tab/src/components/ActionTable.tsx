// The actions as a table sorted by any column: its rows in groups of which those out of sight cost no drawing.
// Rows are plain elements with their roles: laid out as a grid they would lose them, and there may be thousands.
import { Table, TableHeader, TableHeaderCell, TableRow } from '@fluentui/react-components';
import { memo } from 'react';
import { addressOf, type ActionRow, type Filters, type SortKey } from '../pages/actionFilters';
import { PageLink } from '../router';
import { useGrowing } from '../useGrowing';
import { counted, shortDate } from '../words';
import { ClaimAndRecord, Effect } from './Status';

const columns: readonly { readonly key: SortKey; readonly label: string }[] = [
  { key: 'ref', label: 'Action' },
  { key: 'area', label: 'Area' },
  { key: 'owner', label: 'Owner' },
  { key: 'due', label: 'Due' },
  { key: 'rating', label: 'Delivery' },
  { key: 'effect', label: 'Effect' },
  { key: 'progress', label: 'Progress' },
];

export function ActionTable(props: {
  readonly rows: readonly ActionRow[];
  readonly filters: Filters;
  readonly change: (part: Partial<Filters>) => void;
}) {
  const { rows, filters, change } = props;
  const parts = useGrowing(rows, addressOf(filters));
  const sortBy = (key: SortKey): void => {
    if (filters.sort !== key) change({ sort: key, down: false });
    else if (!filters.down) change({ down: true });
    else change({ sort: 'urgency', down: false });
  };
  return (
    <Table
      className="stacking actions"
      role="table"
      sortable
      aria-label="Actions, worst first unless sorted by a column"
      aria-rowcount={rows.length + 1}
    >
      <TableHeader role="rowgroup">
        <TableRow role="row">
          {columns.map(({ key, label }) => (
            <TableHeaderCell
              key={key}
              role="columnheader"
              {...(filters.sort === key ? { sortDirection: filters.down ? 'descending' : 'ascending' } : {})}
              onClick={() => sortBy(key)}
            >
              {label}
            </TableHeaderCell>
          ))}
        </TableRow>
      </TableHeader>
      {parts.map(({ key, rows: some, isLeaving }) => (
        <Lines key={key} rows={some} isLeaving={isLeaving} />
      ))}
    </Table>
  );
}

/** Drawn once while its rows stay what they are, however long the list around it. */
const Lines = memo(function Lines(props: { readonly rows: readonly ActionRow[]; readonly isLeaving: boolean }) {
  return (
    <tbody role="rowgroup" hidden={props.isLeaving}>
      {props.rows.map((one) => (
        <Line key={one.ref} one={one} />
      ))}
    </tbody>
  );
});

const Line = memo(function Line({ one }: { readonly one: ActionRow }) {
  return (
    <tr role="row">
      <td className="cell-head" role="rowheader">
        <PageLink to={`/tab/actions/${encodeURIComponent(one.ref)}`}>
          {one.ref} {one.title}
        </PageLink>
        <span className="tags">
          {one.slow && <span className="tag">Slow</span>}
          {one.asked && !one.answered && <span className="tag">No answer yet</span>}
        </span>
      </td>
      <td role="cell" data-label="Area">
        {one.areaLabel}
      </td>
      <td role="cell" data-label="Owner">
        <span className="claim">
          {one.owner?.name ?? 'No owner'}
          {one.body !== undefined && one.body !== one.owner?.name && <span className="quiet">{one.body}</span>}
        </span>
      </td>
      <td role="cell" data-label="Due">
        <span className="claim">
          <span className="date">{one.dueOn === undefined ? 'No date' : shortDate(one.dueOn)}</span>
          {one.dateMoves > 0 && (
            <span className="quiet">{one.dateMoves === 1 ? 'moved once' : `moved ${one.dateMoves} times`}</span>
          )}
        </span>
      </td>
      <td role="cell" data-label="Delivery">
        <ClaimAndRecord computed={one.computed} claimed={one.claimed} />
      </td>
      <td role="cell" data-label="Effect">
        <Effect status={one.computedEffect} />
      </td>
      <td role="cell" data-label="Progress">
        <Progress one={one} />
      </td>
    </tr>
  );
});

function Progress({ one }: { readonly one: ActionRow }) {
  if (one.milestonesTotal === 0) return <>{`${Math.round(one.percent)}%`}</>;
  return <>{`${one.milestonesDone} of ${counted(one.milestonesTotal, 'milestone')}`}</>;
}
