// The risk register: the matrix, then each risk with its movement, reasons and mitigations, highest score first.
import { Button, Field, Select } from '@fluentui/react-components';
import { risksResponse, type RisksResponse } from '../../../bot/api/contract';
import { Empty } from '../components/Message';
import { Page, Section } from '../components/Page';
import { RiskMatrix } from '../components/RiskMatrix';
import { Direction } from '../components/Status';
import { navigate, PageLink, useAddress, useNamedPlace } from '../router';
import { useView } from '../useView';
import { bandWords, counted, longDate } from '../words';
import { addressOf, filtersOf, isIn, moments, ofKind, shows, type Filters } from './riskFilters';

export function RisksPage() {
  const view = useView('/risks', risksResponse);
  return (
    <Page title="Risks" what="the risks" view={view}>
      {(data) => <Register data={data} />}
    </Page>
  );
}

function Register({ data }: { readonly data: RisksResponse }) {
  const filters = filtersOf(useAddress().query);
  useNamedPlace();
  if (data.rows.length === 0)
    return <Empty>No open risk is recorded. The secretary adds them to the list Risks in SharePoint.</Empty>;
  const above = data.rows.filter((one) => one.aboveTolerance).length;
  const stuck = data.rows.filter((one) => one.stuck).length;
  const counts = ofKind(data.rows, filters.show);
  const { cell, moment } = filters;
  const rows = cell ? counts.filter((one) => isIn(one, moment, cell)) : counts;
  return (
    <>
      <p className="lead">
        {`${above} of ${counted(data.rows.length, 'open risk')} ${above === 1 ? 'scores' : 'score'} above the board’s tolerance of ${data.tolerance}. ${
          stuck === 0 ? 'None is stuck.' : `${stuck} ${stuck === 1 ? 'is' : 'are'} stuck.`
        }`}
      </p>
      <Section id="matrix" title="Likelihood and impact" note={moments[moment]}>
        <RiskFilters filters={filters} />
        <RiskMatrix rows={counts} filters={filters} />
      </Section>
      <Section id="register" title="Each risk" note="Highest score first">
        <p className="count" role="status">
          {rows.length === data.rows.length
            ? counted(rows.length, 'open risk')
            : `${rows.length} of ${counted(data.rows.length, 'open risk')}`}
        </p>
        {rows.length === 0 && <Empty>No open risk fits. Choose fewer filters, or press Show all.</Empty>}
        <ul className="rows risks">
          {rows.map((one) => (
            <li key={one.ref} id={one.ref} tabIndex={-1}>
              <RiskEntry risk={one} />
            </li>
          ))}
        </ul>
      </Section>
    </>
  );
}

function RiskFilters({ filters }: { readonly filters: Filters }) {
  const choice = (label: string, value: string, options: Readonly<Record<string, string>>, key: string) => (
    <Field label={label}>
      <Select
        value={value}
        onChange={(_event, chosen) => {
          const query = new URL(addressOf(filters), window.location.href).searchParams;
          query.set(key, chosen.value);
          navigate(addressOf(filtersOf(query)), 'replace');
        }}
      >
        {Object.entries(options).map(([name, words]) => (
          <option key={name} value={name}>
            {words}
          </option>
        ))}
      </Select>
    </Field>
  );
  return (
    <form className="acts no-print" aria-label="Filters" onSubmit={(event) => event.preventDefault()}>
      {choice('Scores', filters.moment, moments, 'scores')}
      {choice('Show', filters.show, shows, 'show')}
      {addressOf(filters) !== '/tab/risks' && (
        <Button appearance="subtle" onClick={() => navigate('/tab/risks', 'replace')}>
          Show all
        </Button>
      )}
    </form>
  );
}

const statusWords = { 'not-started': 'Not started', 'in-progress': 'In progress', complete: 'Complete' } as const;

function RiskEntry({ risk }: { readonly risk: RisksResponse['rows'][number] }) {
  const done = risk.mitigations.filter((one) => one.status === 'complete').length;
  return (
    <article aria-labelledby={`${risk.ref}-title`}>
      <h3 id={`${risk.ref}-title`}>
        {`${risk.ref} ${risk.title}`}
        {risk.aboveTolerance && <span className="tag">Above tolerance</span>}
        {risk.stuck && <span className="tag">Stuck</span>}
      </h3>
      <p className="scores">
        <strong className={`score cell-${risk.band}`}>{`${bandWords[risk.band]}, ${risk.score}`}</strong>
        <Movement movement={risk.movement} />
        <span className="quiet">
          {`At first ${risk.inherentScore} (${risk.inherent.likelihood} by ${risk.inherent.impact}), now ${risk.likelihood} by ${risk.impact}, aim ${risk.targetScore} (${risk.target.likelihood} by ${risk.target.impact})`}
        </span>
        <span className="quiet">{risk.owner?.name ?? 'No owner'}</span>
      </p>
      <p>{risk.sentence}</p>
      <p className="quiet">
        {[
          ...(risk.response === undefined ? [] : [`Response: ${risk.response}`]),
          ...(risk.areaLabels.length === 0 ? [] : [risk.areaLabels.join(', ')]),
          ...(risk.reviewWords === undefined ? [] : [risk.reviewWords]),
        ].join(' · ')}
      </p>
      {risk.reasons.length > 0 && (
        <ul className="reasons">
          {risk.reasons.map((one) => (
            <li key={one.rule + one.text}>{one.text}</li>
          ))}
        </ul>
      )}
      {risk.mitigations.length === 0 ? (
        <p className="quiet">No step to lower it is recorded.</p>
      ) : (
        <details>
          <summary>{`${done} of ${counted(risk.mitigations.length, 'step')} to lower it done`}</summary>
          <ul>
            {risk.mitigations.map((one) => (
              <li key={one.ref}>
                {one.text}{' '}
                <span className="quiet">
                  {statusWords[one.status]}
                  {one.dueOn !== undefined && `, due ${longDate(one.dueOn)}${one.overdue ? ', overdue' : ''}`}
                  {one.owner && `, ${one.owner.name}`}
                </span>
              </li>
            ))}
          </ul>
        </details>
      )}
      {risk.actionRefs.length > 0 && (
        <p className="quiet">
          {'Actions: '}
          {risk.actionRefs.map((ref, index) => (
            <span key={ref}>
              {index > 0 && ', '}
              <PageLink to={`/tab/actions/${encodeURIComponent(ref)}`}>{ref}</PageLink>
            </span>
          ))}
        </p>
      )}
    </article>
  );
}

function Movement({ movement }: { readonly movement: number | undefined }) {
  if (movement === undefined) return <Direction to="not-recorded-then" />;
  if (movement === 0) return <Direction to="same" word="No movement since the last log" />;
  return movement > 0 ? (
    <Direction to="worse" arrow="up" word={`Up ${movement} since the last log`} />
  ) : (
    <Direction to="better" arrow="down" word={`Down ${-movement} since the last log`} />
  );
}
