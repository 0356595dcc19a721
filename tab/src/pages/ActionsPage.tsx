// Every action of the plan, as a table sorted by any column or drawn over time; filtered by area, body, owner and rating.
import { Button, Checkbox, Field, Select } from '@fluentui/react-components';
import { lazy, Suspense, useMemo } from 'react';
import { actionsResponse, type ActionsResponse } from '../../../bot/api/contract';
import { ActionTable } from '../components/ActionTable';
import { Empty, Loading } from '../components/Message';
import { Page } from '../components/Page';
import { navigate, PageLink, useAddress } from '../router';
import { useView } from '../useView';
import { counted, deliveryOrder, deliveryWords } from '../words';
import {
  addressOf,
  chosen,
  filtersOf,
  forms,
  isNarrowed,
  shows,
  wholeAddress,
  type Filters,
  type Form,
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
  const view = addressOf(filters);
  // The same rows of the same view are the same list: what is drawn of it stays.
  const rows = useMemo(
    () => chosen(data.rows, filtersOf(new URL(view, window.location.href).searchParams)),
    [data.rows, view],
  );
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
