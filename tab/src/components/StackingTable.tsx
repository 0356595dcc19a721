// A table of a page: its columns as headers; on a phone each row stacks under its first cell.
import { Table, TableBody, TableHeader, TableHeaderCell, TableRow } from '@fluentui/react-components';
import type { ReactNode } from 'react';

/** The rows say the column of each cell again as `data-label`, which stands beside it where the headers are out of sight. */
export function StackingTable(props: {
  readonly label: string;
  readonly columns: readonly string[];
  readonly children: ReactNode;
}) {
  return (
    <Table className="stacking" aria-label={props.label}>
      <TableHeader>
        <TableRow>
          {props.columns.map((one) => (
            <TableHeaderCell key={one}>{one}</TableHeaderCell>
          ))}
        </TableRow>
      </TableHeader>
      <TableBody>{props.children}</TableBody>
    </Table>
  );
}
