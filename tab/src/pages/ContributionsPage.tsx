// Contributions by body and owner over the last cycles: counts, why and what help is offered, and how fairness is kept.
import { contributionsResponse, type ContributionsResponse } from '../../../bot/api/contract';
import { Empty } from '../components/Message';
import { Page, Section } from '../components/Page';
import { useView } from '../useView';
import { counted } from '../words';

type Row = ContributionsResponse['rows'][number];

export function ContributionsPage() {
  const view = useView('/contributions', contributionsResponse);
  return (
    <Page title="Contributions" what="the contributions" view={view}>
      {({ lead, rows, help, notes }) => (
        <>
          <p className="lead">{lead}</p>
          <Section id="bodies" title="Who was asked, and what came" note="Those that could contribute more first">
            {rows.length === 0 && <Empty>Nobody has been asked in a cycle whose deadline has passed.</Empty>}
            <ul className="rows">
              {rows.map((one) => (
                <li key={`${one.kind} ${one.name}`}>
                  <Contribution row={one} />
                </li>
              ))}
            </ul>
          </Section>
          <Section id="help" title="Help on offer">
            <p>{help}</p>
          </Section>
          <Section id="fair" title="How this is counted">
            <ul className="reasons">
              {notes.map((one) => (
                <li key={one}>{one}</li>
              ))}
            </ul>
          </Section>
        </>
      )}
    </Page>
  );
}

function Contribution({ row }: { readonly row: Row }) {
  return (
    <article aria-label={row.name}>
      <h3>
        {row.name}
        {row.volunteer && <span className="tag">Volunteers</span>}
        {row.needsStrengthening && <span className="tag">Could contribute more</span>}
      </h3>
      {!saysFigures(row) && <p>{figures(row)}</p>}
      <Reasons of={row} />
      {row.people.length > 0 && (
        <details>
          <summary>{counted(row.people.length, 'owner')}</summary>
          <ul className="rows">
            {row.people.map((one) => (
              <li key={one.name}>
                <p className="row-title">
                  {one.name}
                  {one.needsStrengthening && <span className="tag">Could contribute more</span>}
                </p>
                {!saysFigures(one) && <p className="quiet">{figures(one)}</p>}
                <Reasons of={one} />
              </li>
            ))}
          </ul>
        </details>
      )}
    </article>
  );
}

function Reasons({ of }: { readonly of: Pick<Row, 'reasons'> }) {
  if (of.reasons.length === 0) return null;
  return (
    <ul className="reasons">
      {of.reasons.map((one) => (
        <li key={one.rule + one.text}>{one.text}</li>
      ))}
    </ul>
  );
}

/** The reason for asking for more holds the same figures. */
function saysFigures({ reasons }: Pick<Row, 'reasons'>): boolean {
  return reasons.some((one) => /^contribution-(?:body|owner)-answers$/u.test(one.rule));
}

function figures(row: Pick<Row, 'asked' | 'onTime' | 'late' | 'unanswered'>): string {
  if (row.asked === 0) return 'Nothing was asked.';
  const rest = [
    ...(row.late > 0 ? [`${row.late} late`] : []),
    ...(row.unanswered > 0 ? [`${row.unanswered} without an answer`] : []),
  ];
  return `${row.onTime} of ${counted(row.asked, 'request')} answered on time${rest.length > 0 ? `; ${rest.join(', ')}` : ''}.`;
}
