// One measure: where it stands, its readings against the trajectory as chart and table, forecast, localities, what moves it.
import { TableCell, TableRow } from '@fluentui/react-components';
import { measureResponse, type MeasureResponse } from '../../../bot/api/contract';
import { StackingTable } from '../components/StackingTable';
import { MeasureChart } from '../components/MeasureChart';
import { MeasureState, Trend } from '../components/MeasureState';
import { Empty } from '../components/Message';
import { Page, Section } from '../components/Page';
import { PageLink } from '../router';
import { useView } from '../useView';
import { shortDate } from '../words';

export function MeasurePage({ itemRef }: { readonly itemRef: string }) {
  const view = useView(`/measures/${encodeURIComponent(itemRef)}`, measureResponse);
  const title = view.data ? `${view.data.measure.ref} ${view.data.measure.name}` : `Measure ${itemRef}`;
  return (
    <>
      <p className="back no-print">
        <PageLink to="/tab/measures">All measures</PageLink>
      </p>
      <Page title={title} what={`measure ${itemRef}`} view={view}>
        {(data) => <MeasureDetail data={data} />}
      </Page>
    </>
  );
}

function MeasureDetail({ data }: { readonly data: MeasureResponse }) {
  const { measure } = data;
  return (
    <>
      <section className="state" aria-label="In short">
        <p className="scores">
          <MeasureState state={measure.state} word={measure.stateWords} />
          {measure.direction !== undefined && <Trend to={measure.direction} />}
        </p>
        <p className="state-first">{measure.text}</p>
        <p>{measure.forecast}</p>
      </section>
      <Section id="readings" title="Readings against the trajectory">
        {data.points.length === 0 ? (
          <Empty>No reading is recorded. The owner gives one in chat: {measure.ref} and the figure.</Empty>
        ) : (
          <>
            <MeasureChart data={data} />
            <Readings data={data} />
          </>
        )}
        {data.missing.length > 0 && (
          <p className="quiet">{`No reading was recorded for ${data.missing.join(', ')}.`}</p>
        )}
      </Section>
      <div className="two-columns">
        <About data={data} />
        <Localities data={data} />
      </div>
      <Section id="why" title="What the record shows">
        {data.reasons.length === 0 && <Empty>Nothing about this measure calls for the board’s attention.</Empty>}
        <ul className="reasons">
          {data.reasons.map((one) => (
            <li key={one.rule + one.text}>{one.text}</li>
          ))}
        </ul>
      </Section>
      <Section id="actions" title="Actions meant to move it">
        {data.actions.length === 0 && <Empty>No action names this measure.</Empty>}
        <ul className="rows">
          {data.actions.map((one) => (
            <li key={one.ref}>
              <PageLink to={`/tab/actions/${encodeURIComponent(one.ref)}`}>{`${one.ref} ${one.title}`}</PageLink>
            </li>
          ))}
        </ul>
      </Section>
    </>
  );
}

const columns = ['Month', 'Reading', 'First reported', 'Expected', 'State', 'Reported on'] as const;

function Readings({ data }: { readonly data: MeasureResponse }) {
  const shown = (value: number | undefined) => value?.toLocaleString('en-GB', { maximumFractionDigits: 2 }) ?? '';
  return (
    <StackingTable label={`Readings of ${data.measure.ref} in ${data.unit}, newest first`} columns={columns}>
      {data.points.toReversed().map((one) => (
        <TableRow key={one.period}>
          <TableCell className="cell-head" role="rowheader">
            {one.periodWords}
          </TableCell>
          <TableCell data-label={columns[1]}>{shown(one.value)}</TableCell>
          <TableCell data-label={columns[2]}>
            {one.asReported === undefined ? <span className="quiet">The same</span> : shown(one.asReported)}
          </TableCell>
          <TableCell data-label={columns[3]}>{shown(one.expected)}</TableCell>
          <TableCell data-label={columns[4]}>{one.stateWords}</TableCell>
          <TableCell data-label={columns[5]}>{shortDate(one.reportedOn)}</TableCell>
        </TableRow>
      ))}
    </StackingTable>
  );
}

function About({ data }: { readonly data: MeasureResponse }) {
  const facts: readonly (readonly [string, string | undefined])[] = [
    ['What is counted', data.definition],
    ['Aim', data.aim],
    ['At first', data.baseline],
    ['Target', data.target],
    ['Tolerance', data.tolerance],
    ['Asked for', data.asked],
    ['Owner', data.measure.owner?.name ?? 'No owner'],
    ['Reading due', data.measure.readingDue],
  ];
  return (
    <Section id="about" title="About it">
      <dl className="facts">
        {facts.map(([name, value]) =>
          value === undefined || value === '' ? null : (
            <div key={name}>
              <dt>{name}</dt>
              <dd>{value}</dd>
            </div>
          ),
        )}
      </dl>
    </Section>
  );
}

function Localities({ data }: { readonly data: MeasureResponse }) {
  return (
    <Section id="localities" title="Localities">
      {data.localityGap !== undefined && <p>{data.localityGap}</p>}
      {data.localities.length === 0 && <Empty>Readings are for the whole area alone.</Empty>}
      <dl className="facts">
        {data.localities.map((one) => (
          <div key={one.name}>
            <dt>{one.name}</dt>
            <dd>{one.text}</dd>
          </div>
        ))}
      </dl>
    </Section>
  );
}
