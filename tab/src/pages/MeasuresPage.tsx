// The measures, worst first: the latest reading against what was expected, where the trend leads, what is due.
import { TableCell, TableRow } from '@fluentui/react-components';
import { measuresResponse, type MeasuresResponse } from '../../../bot/api/contract';
import { StackingTable } from '../components/StackingTable';
import { MeasureState, Trend } from '../components/MeasureState';
import { Empty } from '../components/Message';
import { Page, Section } from '../components/Page';
import { PageLink } from '../router';
import { useView } from '../useView';

const columns = ['Measure', 'State', 'Latest reading', 'Direction', 'Forecast', 'Reading due'] as const;

export function MeasuresPage() {
  const view = useView('/measures', measuresResponse);
  return (
    <Page title="Measures" what="the measures" view={view}>
      {({ lead, rows }) =>
        rows.length === 0 ? (
          <Empty>No measure is recorded. The secretary adds them to the list Measures in SharePoint.</Empty>
        ) : (
          <>
            <p className="lead">{lead}</p>
            <Section id="measures" title="Each measure" note="Behind first">
              <StackingTable label="Each measure, behind first" columns={columns}>
                {rows.map((one) => (
                  <MeasureRow key={one.ref} row={one} />
                ))}
              </StackingTable>
            </Section>
          </>
        )
      }
    </Page>
  );
}

function MeasureRow({ row }: { readonly row: MeasuresResponse['rows'][number] }) {
  // The state stands in its own column: here the figures alone.
  const figures = row.text.replace(/^[^:]*: /, '');
  return (
    <TableRow>
      <TableCell className="cell-head" role="rowheader">
        <span>
          <PageLink to={`/tab/measures/${encodeURIComponent(row.ref)}`}>{`${row.ref} ${row.name}`}</PageLink>
          <br />
          <span className="quiet">
            {row.areaLabel}
            {row.owner && ` · ${row.owner.name}`}
          </span>
        </span>
      </TableCell>
      <TableCell data-label={columns[1]}>
        <span>
          <MeasureState state={row.state} word={row.stateWords} />
          {row.behindReadings > 1 && (
            <>
              <br />
              <span className="quiet">{`${row.behindReadings} readings running`}</span>
            </>
          )}
        </span>
      </TableCell>
      <TableCell data-label={columns[2]}>{figures}</TableCell>
      <TableCell data-label={columns[3]}>
        {row.direction === undefined ? <span className="quiet">Too few readings</span> : <Trend to={row.direction} />}
      </TableCell>
      <TableCell data-label={columns[4]}>{row.outlook}</TableCell>
      <TableCell data-label={columns[5]}>{row.readingDue ?? <span className="quiet">None</span>}</TableCell>
    </TableRow>
  );
}
