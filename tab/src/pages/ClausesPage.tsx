// The notice clause by clause: a list of them with their states, then where each stands, the records that show it, what is missing and what would close it.
import { useState } from 'react';
import { Select } from '@fluentui/react-components';
import { clausesResponse, type ClausesResponse } from '../../../bot/api/contract';
import { ClauseDetail } from '../components/ClauseDetail';
import { ClauseStanding } from '../components/ClauseStanding';
import { Empty } from '../components/Message';
import { Page, Section } from '../components/Page';
import { PageLink, useNamedPlace } from '../router';
import { useView } from '../useView';
import { counted } from '../words';

type Clause = ClausesResponse['clauses'][number];

export function ClausesPage() {
  const view = useView('/clauses', clausesResponse);
  return (
    <Page title="Clauses of the notice" what="the clauses" view={view}>
      {(data) => <Clauses data={data} />}
    </Page>
  );
}

const filters = { all: 'All clauses', gaps: 'With a gap', confirm: 'For a person to confirm' } as const;
type Filter = keyof typeof filters;

function Clauses({ data }: { readonly data: ClausesResponse }) {
  const [filter, setFilter] = useState<Filter>('all');
  useNamedPlace();
  if (data.none !== undefined) return <Empty>{data.none}</Empty>;
  const shown = data.clauses.filter(
    (one) =>
      filter === 'all' ||
      (filter === 'gaps' ? one.gaps.some((gap) => gap.open) : one.toConfirm.length > 0 && !one.confirmedBy),
  );
  const open = data.clauses.filter((one) => one.gaps.some((gap) => gap.open)).length;
  return (
    <>
      <p className="lead">
        {`${open} of ${counted(data.clauses.length, 'clause')} ${open === 1 ? 'has' : 'have'} a gap. Nothing here says that a clause is met: the Department decides that.`}
        {data.shortCode !== undefined && ` As released in the log ${data.shortCode}.`}
      </p>
      <p className="filters no-print">
        <label>
          Show{' '}
          <Select value={filter} onChange={(_event, { value }) => setFilter(filterOf(value))}>
            {Object.entries(filters).map(([value, words]) => (
              <option key={value} value={value}>
                {words}
              </option>
            ))}
          </Select>
        </label>
      </p>
      {shown.length > 1 && <Contents clauses={shown} />}
      {shown.length === 0 && <Empty>No clause is of this kind.</Empty>}
      {shown.map((one) => (
        <ClauseEntry key={one.clause} clause={one} />
      ))}
    </>
  );
}

function filterOf(value: string): Filter {
  return value === 'gaps' || value === 'confirm' ? value : 'all';
}

const placeOf = ({ clause }: Clause): string => `clause-${clause}`;

/** What is further down, in the same order: one line each. */
function Contents({ clauses }: { readonly clauses: readonly Clause[] }) {
  return (
    <nav className="panel contents" aria-label="Clauses on this page">
      <ul>
        {clauses.map((one) => (
          <li key={one.clause}>
            <PageLink to={`/tab/clauses#${placeOf(one)}-title`}>{`${one.clause}: ${one.title}`}</PageLink>
            <ClauseStanding state={one.state} word={one.stateWords} />
          </li>
        ))}
      </ul>
    </nav>
  );
}

function ClauseEntry({ clause }: { readonly clause: Clause }) {
  return (
    <Section
      id={placeOf(clause)}
      isPlace
      title={`${clause.clause}: ${clause.title}`}
      note={<ClauseStanding state={clause.state} word={clause.stateWords} />}
    >
      <ClauseDetail clause={clause} />
    </Section>
  );
}
