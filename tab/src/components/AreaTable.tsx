// The areas as rows: delivery by the record and as owners say, effect, measures, risks, answers, direction.
import { TableCell, TableRow } from '@fluentui/react-components';
import type { BoardResponse, DeliveryStatus } from '../../../bot/api/contract';
import { StackingTable } from './StackingTable';
import { PageLink } from '../router';
import { deliveryOrder, deliveryWords, effectOrder, effectWords, shortDate } from '../words';
import { Empty } from './Message';
import { Direction } from './Status';

type Area = BoardResponse['areas'][number];

const columns = [
  'Area',
  'Delivery',
  'Effect',
  'Measures',
  'Risks',
  'Answers in',
  'Last heard',
  'Since last meeting',
] as const;

export function AreaTable({ areas }: { readonly areas: readonly Area[] }) {
  if (areas.length === 0)
    return <Empty>No area is recorded. The secretary adds them to the list Areas in SharePoint.</Empty>;
  return (
    <StackingTable label="The areas of the notice" columns={columns}>
      {areas.map((area) => (
        <TableRow key={area.ref}>
          <TableCell className="cell-head" role="rowheader">
            <PageLink to={`/tab/actions?area=${encodeURIComponent(area.ref)}`}>
              {area.ref} {area.label}
            </PageLink>
          </TableCell>
          <TableCell data-label="Delivery">
            <DeliveryCounts area={area} />
          </TableCell>
          <TableCell data-label="Effect">{wordsOf(area.effect, effectOrder, effectWords)}</TableCell>
          <TableCell data-label="Measures">
            {area.measures === 0 ? 'none' : `${area.measuresBehind} of ${area.measures} behind`}
          </TableCell>
          <TableCell data-label="Risks">
            {area.risks === 0 ? 'none' : `${area.risksAboveTolerance} of ${area.risks} above tolerance`}
          </TableCell>
          <TableCell data-label="Answers in">
            {area.asked === 0 ? 'none asked' : `${area.answered} of ${area.asked}`}
          </TableCell>
          <TableCell data-label="Last heard">
            <span>
              {area.updatedOn === undefined ? 'No update yet' : `Update ${shortDate(area.updatedOn)}`}
              <br />
              <span className="quiet">
                {area.heardOn === undefined ? 'No family or child yet' : `Family or child ${shortDate(area.heardOn)}`}
              </span>
            </span>
          </TableCell>
          <TableCell data-label="Since last meeting">
            <Direction to={area.trend} />
          </TableCell>
        </TableRow>
      ))}
    </StackingTable>
  );
}

function DeliveryCounts({ area }: { readonly area: Area }) {
  const recorded = wordsOf(area.computed, deliveryOrder, deliveryWords);
  const claimed = wordsOf(area.claimed, deliveryOrder, deliveryWords);
  return (
    <span className="claim">
      <span className="bar" aria-hidden="true">
        {deliveryOrder.map((one) => (
          <Share key={one} status={one} n={area.computed[one]} />
        ))}
      </span>
      <span>{recorded}</span>
      {claimed !== recorded && <span className="quiet">Owners say: {claimed}</span>}
    </span>
  );
}

function Share({ status, n }: { readonly status: DeliveryStatus; readonly n: number }) {
  return n === 0 ? null : <span className={`bar-${status}`} style={{ flexGrow: n }} />;
}

/** `2 off track, 1 at risk`: what there is, in the given order. */
function wordsOf<Key extends string>(
  counts: Readonly<Record<Key, number>>,
  order: readonly Key[],
  words: Readonly<Record<Key, string>>,
): string {
  const shown = order.filter((one) => counts[one] > 0).map((one) => `${counts[one]} ${words[one].toLowerCase()}`);
  return shown.length === 0 ? 'none' : shown.join(', ');
}
