// Where one clause stands: its sentence, what is missing and what would close it, what a person confirms, and its records.
import type { ClausesResponse } from '../../../bot/api/contract';
import { PageLink } from '../router';
import { useGrowing } from '../useGrowing';
import { counted, longDate } from '../words';

type Clause = ClausesResponse['clauses'][number];
type Evidence = Clause['evidence'][number];

export function ClauseDetail({ clause, isAlone = false }: { readonly clause: Clause; readonly isAlone?: boolean }) {
  const open = clause.gaps.filter((one) => one.open);
  const closed = clause.gaps.filter((one) => !one.open);
  return (
    <>
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
      {isAlone ? <AllRecords clause={clause} /> : <Records clause={clause} />}
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
    </>
  );
}

/** Folded away: first one reads where a clause stands. */
function Records({ clause }: { readonly clause: Clause }) {
  const { evidence, moreEvidence } = clause;
  if (evidence.length === 0) return <None />;
  const all = evidence.length + moreEvidence;
  return (
    <details>
      <summary>
        {counted(all, 'record')}
        <span className="visually-hidden">{` of clause ${clause.clause}`}</span>
      </summary>
      <ul className="reasons">{evidence.map(recordOf)}</ul>
      {moreEvidence > 0 && (
        <p>
          {`These are ${evidence.length} of ${all}. `}
          <PageLink to={`/tab/clauses/${clause.clause}`}>{`All records of clause ${clause.clause}`}</PageLink>
        </p>
      )}
    </details>
  );
}

function AllRecords({ clause }: { readonly clause: Clause }) {
  const parts = useGrowing(clause.evidence, clause.clause);
  return (
    <>
      <h3>{clause.evidence.length === 0 ? 'Records' : counted(clause.evidence.length, 'record')}</h3>
      {clause.evidence.length === 0 ? (
        <None />
      ) : (
        <ul className="reasons">{parts.flatMap((one) => one.rows).map(recordOf)}</ul>
      )}
    </>
  );
}

function None() {
  return <p className="quiet">No record shows it yet.</p>;
}

function recordOf(one: Evidence, index: number) {
  return (
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
  );
}

/** "AFI1.01: Led by Hertland ICB …": which record it is, where the text does not say so and it has a reference at all. */
function named({ ref, text }: Evidence): string {
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
