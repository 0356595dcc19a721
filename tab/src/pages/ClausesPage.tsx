// The notice clause by clause: a list of them with their states, then where each stands, the records that show it, what is missing and what would close it.
import { useState } from 'react';
import { Select } from '@fluentui/react-components';
import { clausesResponse, type ClausesResponse } from '../../../bot/api/contract';
import { ClauseStanding } from '../components/ClauseStanding';
import { Empty } from '../components/Message';
import { Page, Section } from '../components/Page';
import { PageLink, useNamedPlace } from '../router';
import { useView } from '../useView';
import { counted, longDate } from '../words';

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
  const open = clause.gaps.filter((one) => one.open);
  const closed = clause.gaps.filter((one) => !one.open);
  return (
    <Section
      id={placeOf(clause)}
      isPlace
      title={`${clause.clause}: ${clause.title}`}
      note={<ClauseStanding state={clause.state} word={clause.stateWords} />}
    >
      <p>{clause.sentence}</p>
      {open.length > 0 && (
        <>
          <h3>What is missing</h3>
          <ul className="reasons">
            {open.map((gap) => (
              <li key={gap.text}>
                {gap.text}
                {gap.since !== undefined && <span className="quiet">{` Since ${longDate(gap.since)}.`}</span>}
                {gap.closes !== '' && <span className="quiet">{` What would close it: ${gap.closes}`}</span>}
              </li>
            ))}
          </ul>
        </>
      )}
      {clause.toConfirm.length > 0 && (
        <>
          <h3>For a person to confirm</h3>
          <ul className="reasons">
            {clause.toConfirm.map((text) => (
              <li key={text}>{text}</li>
            ))}
          </ul>
        </>
      )}
      {clause.confirmedBy && (
        <p>
          {`Confirmed by ${clause.confirmedBy.name} on ${longDate(clause.confirmedBy.on)}: ${clause.confirmedBy.text}`}
        </p>
      )}
      <Warnings warnings={clause.warnings} />
      <Evidence evidence={clause.evidence} clause={clause.clause} />
      {closed.length > 0 && (
        <details>
          <summary>{counted(closed.length, 'gap that was closed', 'gaps that were closed')}</summary>
          <ul>
            {closed.map((gap) => (
              <li key={gap.text}>
                {gap.text}
                {gap.closedOn !== undefined && <span className="quiet">{` Closed on ${longDate(gap.closedOn)}.`}</span>}
              </li>
            ))}
          </ul>
        </details>
      )}
    </Section>
  );
}

function Evidence({ evidence, clause }: { readonly evidence: Clause['evidence']; readonly clause: string }) {
  if (evidence.length === 0) return <p className="quiet">No record shows it yet.</p>;
  return (
    <details>
      <summary>
        {counted(evidence.length, 'record')}
        <span className="visually-hidden">{` of clause ${clause}`}</span>
      </summary>
      <ul>
        {evidence.map((one, index) => (
          <li key={`${one.ref} ${index}`}>
            {one.link === undefined ? (
              named(one)
            ) : (
              <a href={one.link} target="_blank" rel="noreferrer">
                {named(one)}
              </a>
            )}
            {one.on !== undefined && <span className="quiet">{` ${longDate(one.on)}`}</span>}
          </li>
        ))}
      </ul>
    </details>
  );
}

/** "AFI1.01: Led by Hertland ICB …": which record it is, where the text does not say so and it has a reference at all. */
function named({ ref, text }: Clause['evidence'][number]): string {
  return /\d/u.test(ref) && !text.includes(ref) ? `${ref}: ${text}` : text;
}

function Warnings({ warnings }: { readonly warnings: Clause['warnings'] }) {
  if (warnings.length === 0) return null;
  return (
    <ul className="reasons" aria-label="What could trouble the Secretary of State">
      {warnings.map((one) => (
        <li key={one.ref + one.text}>
          {one.text}
          {one.done.length > 0 && (
            <ul>
              {one.done.map((done) => (
                <li key={done.text} className="quiet">
                  {`${done.text} ${done.by}${done.on === undefined ? '' : `, ${longDate(done.on)}`}`}
                </li>
              ))}
            </ul>
          )}
        </li>
      ))}
    </ul>
  );
}
