// Who was asked for the next meeting: how much they answered, what became of their last message, what is outstanding.
import { Button, TableCell, TableRow } from '@fluentui/react-components';
import type { ReadinessResponse } from '../../../bot/api/contract';
import { StackingTable } from './StackingTable';
import { PageLink } from '../router';

export type AskedPerson = ReadinessResponse['people'][number];

const stateWords = {
  reached: 'Sent',
  waiting: 'On its way',
  uncertain: 'Uncertain',
  'not-reached': 'Not reached',
} as const;
const tones = { reached: 'plain', waiting: 'plain', uncertain: 'bad', 'not-reached': 'bad' } as const;

export function AskedTable(props: {
  readonly rows: readonly AskedPerson[];
  /** Nobody is reminded now, which is said above the table. */
  readonly isClosed: boolean;
  readonly onRemind?: (person: AskedPerson) => void;
}) {
  const { onRemind } = props;
  const columns = ['Person', 'Answered', 'Last message', 'Outstanding', ...(onRemind ? ['Remind'] : [])];
  return (
    <StackingTable label="Who was asked for the next meeting, most outstanding first" columns={columns}>
      {props.rows.map((one) => (
        <TableRow key={one.personRef}>
          <TableCell className="cell-head" role="rowheader">
            <span>
              {one.name}
              {one.body !== one.name && (
                <>
                  <br />
                  <span className="quiet">{one.body}</span>
                </>
              )}
            </span>
          </TableCell>
          <TableCell data-label="Answered">{`${one.answered} of ${one.asked}`}</TableCell>
          <TableCell data-label="Last message">
            <LastMessage last={one.last} />
          </TableCell>
          <TableCell data-label="Outstanding">
            <Outstanding items={one.outstanding} />
          </TableCell>
          {onRemind && (
            <TableCell data-label="Remind">
              <Remind one={one} isClosed={props.isClosed} onRemind={onRemind} />
            </TableCell>
          )}
        </TableRow>
      ))}
    </StackingTable>
  );
}

function LastMessage({ last }: { readonly last: AskedPerson['last'] }) {
  if (last === undefined) return <span className="quiet">No message on record</span>;
  return (
    <span>
      <strong className={`tone-${tones[last.state]}`}>{stateWords[last.state]}</strong>
      <br />
      <span className="quiet">{`${last.title}. ${last.words}`}</span>
    </span>
  );
}

function Outstanding({ items }: { readonly items: AskedPerson['outstanding'] }) {
  if (items.length === 0) return <span className="quiet">Nothing</span>;
  return (
    <ul className="refs">
      {items.map((one) => (
        <li key={one.ref}>
          {one.to === undefined ? (
            <span title={one.title}>{one.ref}</span>
          ) : (
            <PageLink to={one.to} label={`${one.ref} ${one.title}`}>
              {one.ref}
            </PageLink>
          )}
        </li>
      ))}
    </ul>
  );
}

function Remind(props: {
  readonly one: AskedPerson;
  readonly isClosed: boolean;
  readonly onRemind: (person: AskedPerson) => void;
}) {
  const { one } = props;
  if (one.outstanding.length === 0) return <span className="quiet">Not needed</span>;
  if (one.nudgeBy === undefined) return <span className="quiet">{props.isClosed ? 'Not now' : one.notNow}</span>;
  return (
    <Button size="small" aria-label={`Remind ${one.name}`} onClick={() => props.onRemind(one)}>
      Remind
    </Button>
  );
}
