// The evidence index of a pack: each clause of the notice with the state of its evidence, its records and its open gaps.
import { clauseStateWords } from '../board/clauseShape';
import { capital, count, listed } from '../board/wording';
import type { Block } from './document';
import { col, heading } from './logBlocks';
import { dayOf, fromWords, lines } from './logWords';
import type { PackInput, PaperClause } from './packBlocks';

/** Where each clause's proof is; nothing when the clauses were not worked out. */
export function evidenceIndex({ log, clauses }: PackInput): readonly Block[] {
  if (!clauses) return [];
  return [
    heading('Evidence index by clause'),
    {
      kind: 'table',
      caption: `Each clause of the notice with the state of its evidence and the records that show it; the board does not certify itself. ${fromWords(log, "all the board's lists")}`,
      columns: [
        col('Clause', 15),
        col('State', 12),
        col('Why', 24),
        col('Records', 16),
        col('Open gaps, and what would close them', 33),
      ],
      rows: clauses.map((one) => [
        `${one.clause} ${one.title}`,
        lines([one.state === undefined ? 'No state' : capital(clauseStateWords[one.state]), one.on && dayOf(one.on)]),
        one.sentence,
        recordWords(one),
        gapWords(one),
      ]),
      whenEmpty: 'None.',
    },
  ];
}

/** Gaps of a clause told in one cell; the rest is counted. */
const gapsShown = 3;

function gapWords(clause: PaperClause): string {
  const open = clause.gaps.filter((one) => one.open !== false);
  const closed = clause.gaps.length - open.length;
  const rest = open.length - gapsShown;
  return lines([
    open.length === 0 ? 'None open' : undefined,
    ...open.slice(0, gapsShown).map((gap) => `${shortLists(gap.text)} To close it: ${gap.closes}`),
    rest > 0 ? `And ${count(rest, 'more open gap')}.` : undefined,
    closed > 0 ? `${count(closed, 'gap')} closed or past.` : undefined,
  ]);
}

/** More refs than this in a row are counted instead of read. */
const refsShown = 6;
const longList = new RegExp(
  `(?:[A-Z]{1,4}\\d[\\w.-]*, ){${refsShown + 1},}[A-Z]{1,4}\\d[\\w.-]*(?: and [A-Z]{1,4}\\d[\\w-]*(?:\\.\\d+)?)?`,
  'g',
);

/** "AFI1.01, AFI1.02 ... and 39 more": all of them stand in the tab and the workbook. */
function shortLists(text: string): string {
  return text.replace(longList, (list) => {
    const refs = list.split(/, | and /);
    return `${refs.slice(0, refsShown).join(', ')} and ${refs.length - refsShown} more`;
  });
}

/** Records of a clause named in one cell; the rest is counted. */
const recordsShown = 12;

function recordWords(clause: PaperClause): string {
  const refs = [...new Set(clause.evidence.map((one) => one.ref))];
  if (refs.length === 0) return 'None';
  const rest = refs.length - recordsShown;
  return rest > 0 ? `${refs.slice(0, recordsShown).join(', ')} and ${count(rest, 'more record')}` : listed(refs);
}
