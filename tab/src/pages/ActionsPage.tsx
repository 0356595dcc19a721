// Every action of the plan, as a table sorted by any column or drawn over time; filtered by area, body, owner and rating.
import {
  Button,
  Checkbox,
  Field,
  Select,
  Table,
  TableBody,
  TableCell,
  TableHeader,
  TableHeaderCell,
  TableRow,
} from '@fluentui/react-components';
import { lazy, memo, Suspense } from 'react';
import { actionsResponse, type ActionsResponse } from '../../../bot/api/contract';
import { Empty, Loading } from '../components/Message';
import { Page } from '../components/Page';
import { ClaimAndRecord, Effect } from '../components/Status';
import { navigate, PageLink, useAddress } from '../router';
import { useGrowing } from '../useGrowing';
import { useView } from '../useView';
import { counted, deliveryOrder, deliveryWords, shortDate } from '../words';
import {
  addressOf,
  chosen,
  filtersOf,
  forms,
  isNarrowed,
  shows,
  wholeAddress,
  type ActionRow,
  type Filters,
  type Form,
  type SortKey,
} from './actionFilters';

/** Comes when it is asked for. */
const Timeline = lazy(() => import('../components/Timeline'));

export function ActionsPage() {
  const view = useView('/actions', actionsResponse);
  return (
    <Page title="Actions" what="the actions" view={view}>
      {(data) => <ActionList data={data} />}
    </Page>
  );
}

function ActionList({ data }: { readonly data: ActionsResponse }) {
  const filters = filtersOf(useAddress().query);
  const rows = chosen(data.rows, filters);
  const change = (part: Partial<Filters>): void => navigate(addressOf({ ...filters, ...part }), 'replace');
  if (data.rows.length === 0)
    return <Empty>The plan has no action yet. The secretary adds them to the list Actions in SharePoint.</Empty>;
  return (
    <>
      <FormChoice filters={filters} />
      <FilterBar data={data} filters={filters} change={change} />
      <p className="count" role="status">
        {rows.length === data.rows.length
          ? counted(rows.length, 'action')
          : `${rows.length} of ${counted(data.rows.length, 'action')}`}
      </p>
      {rows.length === 0 ? (
        <Empty>No action fits these filters. Choose fewer, or press Show all.</Empty>
      ) : filters.form === 'timeline' ? (
        <Suspense fallback={<Loading what="the timeline" />}>
          <Timeline rows={rows} />
        </Suspense>
      ) : (
        <ActionTable rows={rows} filters={filters} change={change} />
      )}
    </>
  );
}

function FormChoice({ filters }: { readonly filters: Filters }) {
  return (
    <nav className="forms no-print" aria-label="How the actions are shown">
      <ul>
        {(['table', 'timeline'] satisfies Form[]).map((form) => (
          <li key={form}>
            <PageLink to={addressOf({ ...filters, form })} current={filters.form === form}>
              {forms[form]}
            </PageLink>
          </li>
        ))}
      </ul>
    </nav>
  );
}

interface Controls {
  readonly filters: Filters;
  readonly change: (part: Partial<Filters>) => void;
}

function FilterBar({ data, filters, change }: Controls & { readonly data: ActionsResponse }) {
  const bodies = [...new Set(data.rows.flatMap((one) => (one.body === undefined ? [] : [one.body])))].sort();
  const owners = new Map(data.rows.flatMap((one) => (one.owner ? [[one.owner.ref, one.owner.name] as const] : [])));
  const ownerOptions = [...owners].sort((a, b) => a[1].localeCompare(b[1]));
  return (
    <form className="filters no-print" aria-label="Filters" onSubmit={(event) => event.preventDefault()}>
      <Choice
        label="Show"
        value={filters.show}
        options={Object.entries(shows)}
        onChange={(show) => change({ show: filtersOf(new URLSearchParams({ show })).show })}
      />
      <Choice
        label="Area"
        value={filters.area}
        all="All areas"
        options={data.areas.map((one) => [one.ref, `${one.ref} ${one.label}`])}
        onChange={(area) => change({ area })}
      />
      <Choice
        label="Lead body"
        value={filters.body}
        all="All bodies"
        options={bodies.map((one) => [one, one])}
        onChange={(body) => change({ body })}
      />
      <Choice
        label="Owner"
        value={filters.owner}
        all="All owners"
        options={ownerOptions}
        onChange={(owner) => change({ owner })}
      />
      <Choice
        label="Rating"
        value={filters.rating}
        all="All ratings"
        options={deliveryOrder.map((one) => [one, deliveryWords[one]])}
        onChange={(rating) => change({ rating })}
      />
      <Checkbox
        label="Mine only"
        checked={filters.mine}
        onChange={(_event, { checked }) => change({ mine: checked === true })}
      />
      {isNarrowed(filters) && (
        <Button appearance="subtle" onClick={() => navigate(wholeAddress(filters), 'replace')}>
          Show all
        </Button>
      )}
    </form>
  );
}

function Choice(props: {
  readonly label: string;
  readonly value: string;
  readonly all?: string;
  readonly options: readonly (readonly [string, string])[];
  readonly onChange: (value: string) => void;
}) {
  return (
    <Field label={props.label}>
      <Select value={props.value} onChange={(_event, data) => props.onChange(data.value)}>
        {props.all !== undefined && <option value="">{props.all}</option>}
        {props.options.map(([value, label]) => (
          <option key={value} value={value}>
            {label}
          </option>
        ))}
      </Select>
    </Field>
  );
}

const columns: readonly { readonly key: SortKey; readonly label: string }[] = [
  { key: 'ref', label: 'Action' },
  { key: 'area', label: 'Area' },
  { key: 'owner', label: 'Owner' },
  { key: 'due', label: 'Due' },
  { key: 'rating', label: 'Delivery' },
  { key: 'effect', label: 'Effect' },
  { key: 'progress', label: 'Progress' },
];

function ActionTable({ rows, filters, change }: Controls & { readonly rows: readonly ActionRow[] }) {
  const drawn = useGrowing(rows, addressOf(filters));
  const sortBy = (key: SortKey): void => {
    if (filters.sort !== key) change({ sort: key, down: false });
    else if (!filters.down) change({ down: true });
    else change({ sort: 'urgency', down: false });
  };
  return (
    <Table className="stacking actions" sortable aria-label="Actions, worst first unless sorted by a column">
      <TableHeader>
        <TableRow>
          {columns.map(({ key, label }) => (
            <TableHeaderCell
              key={key}
              {...(filters.sort === key ? { sortDirection: filters.down ? 'descending' : 'ascending' } : {})}
              onClick={() => sortBy(key)}
            >
              {label}
            </TableHeaderCell>
          ))}
        </TableRow>
      </TableHeader>
      <TableBody>
        {drawn.map((one) => (
          <ActionLine key={one.ref} one={one} />
        ))}
      </TableBody>
    </Table>
  );
}

/** Drawn once while the row stays what it is, however long the list around it. */
const ActionLine = memo(function ActionLine({ one }: { readonly one: ActionRow }) {
  return (
    <TableRow>
      <TableCell className="cell-head" role="rowheader">
        <PageLink to={`/tab/actions/${encodeURIComponent(one.ref)}`}>
          {one.ref} {one.title}
        </PageLink>
        <span className="tags">
          {one.slow && <span className="tag">Slow</span>}
          {one.asked && !one.answered && <span className="tag">No answer yet</span>}
        </span>
      </TableCell>
      <TableCell data-label="Area">{one.areaLabel}</TableCell>
      <TableCell data-label="Owner">
        <span className="claim">
          {one.owner?.name ?? 'No owner'}
          {one.body !== undefined && one.body !== one.owner?.name && <span className="quiet">{one.body}</span>}
        </span>
      </TableCell>
      <TableCell data-label="Due">
        <span className="claim">
          <span className="date">{one.dueOn === undefined ? 'No date' : shortDate(one.dueOn)}</span>
          {one.dateMoves > 0 && (
            <span className="quiet">{one.dateMoves === 1 ? 'moved once' : `moved ${one.dateMoves} times`}</span>
          )}
        </span>
      </TableCell>
      <TableCell data-label="Delivery">
        <ClaimAndRecord computed={one.computed} claimed={one.claimed} />
      </TableCell>
      <TableCell data-label="Effect">
        <Effect status={one.computedEffect} />
      </TableCell>
      <TableCell data-label="Progress">
        <Progress one={one} />
      </TableCell>
    </TableRow>
  );
});

function Progress({ one }: { readonly one: ActionRow }) {
  if (one.milestonesTotal === 0) return <>{`${Math.round(one.percent)}%`}</>;
  return (
    <>
      {`${one.milestonesDone} of ${one.milestonesTotal}`}
      <span className="visually-hidden"> milestones completed</span>
    </>
  );
}
