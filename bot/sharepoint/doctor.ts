// What is wrong with a board's site, as findings that say how to mend it; reads only.
import type { Finding } from '../board/model';
import { NotFoundError } from '../errors';
import type { BoardRecords } from '../services/ports';
import type { BoardSite } from './boardRecords';
import type { Graph } from './graphClient';
import { provision } from './provision';
import type { ProvisionStep } from './provision';

export interface DoctorSettings {
  readonly graph: Graph;
  readonly board: BoardSite;
  readonly records: BoardRecords;
}

/** Lists, columns and the library; then every row that does not parse and every person who cannot be reached. */
export async function doctor(settings: DoctorSettings): Promise<readonly Finding[]> {
  const { graph, board, records } = settings;
  const { steps } = await provision({ graph, siteUrl: board.siteUrl, dryRun: true });
  const findings = steps.map(findingOf);
  try {
    const snapshot = await records.refresh(board.id);
    const known = new Set(findings.map((one) => `${one.rule} ${one.ref}`));
    // A missing list or column is already said, with its mending.
    findings.push(...snapshot.findings.filter((one) => !known.has(`${one.rule} ${one.ref}`)));
    for (const person of snapshot.people) {
      if (person.email !== undefined) continue;
      findings.push({
        rule: 'person-without-address',
        level: 'finding',
        ref: person.ref,
        text: `${person.name} has no e-mail address in the list People: no message reaches them.`,
        records: [person.ref],
      });
    }
  } catch (error) {
    // Without its main lists the board cannot be read; that they are missing is among the findings.
    if (!(error instanceof NotFoundError) || findings.length === 0) throw error;
  }
  return findings;
}

const rules: Readonly<Record<ProvisionStep['kind'], string>> = {
  createList: 'list-missing',
  createLibrary: 'library-missing',
  addColumn: 'column-missing',
  changeColumn: 'column-not-as-needed',
  byHand: 'column-of-other-type',
};

function findingOf(step: ProvisionStep): Finding {
  const how = step.kind === 'byHand' ? '' : ' "npm run board -- provision" does it.';
  return { rule: rules[step.kind], level: 'finding', ref: step.list, text: `${step.text}${how}`, records: [] };
}
