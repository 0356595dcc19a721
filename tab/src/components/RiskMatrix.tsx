// The 5x5 matrix as a real table: likelihood down, impact across, in each cell the count that shows its risks alone.
import { addressOf, isIn, moments, type Filters, type Risk } from '../pages/riskFilters';
import { PageLink } from '../router';
import { bandWords } from '../words';

const likelihoods = ['Rare', 'Unlikely', 'Possible', 'Likely', 'Almost certain'] as const;
const impacts = ['Negligible', 'Minor', 'Moderate', 'Major', 'Severe'] as const;

/** Bands as the published rules name them. */
function bandOf(score: number): keyof typeof bandWords {
  if (score >= 15) return 'extreme';
  if (score >= 8) return 'high';
  return score >= 4 ? 'moderate' : 'low';
}

export function RiskMatrix({ rows, filters }: { readonly rows: readonly Risk[]; readonly filters: Filters }) {
  return (
    <div className="matrix-frame">
      <table className="matrix">
        <caption>
          {`Open risks by likelihood and impact, ${moments[filters.moment].toLowerCase()}; the small number in a cell is its score`}
        </caption>
        <thead>
          <tr>
            <th scope="col">
              <span className="visually-hidden">Likelihood</span>
            </th>
            {impacts.map((name, index) => (
              <th key={name} scope="col">
                <span className="matrix-n">{index + 1}</span> <span className="matrix-word">{name}</span>
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {[5, 4, 3, 2, 1].map((likelihood) => (
            <tr key={likelihood}>
              <th scope="row">
                <span className="matrix-n">{likelihood}</span>{' '}
                <span className="matrix-word">{likelihoods[likelihood - 1]}</span>
              </th>
              {[1, 2, 3, 4, 5].map((impact) => (
                <Cell
                  key={impact}
                  likelihood={likelihood}
                  impact={impact}
                  risks={rows.filter((one) => isIn(one, filters.moment, { likelihood, impact }))}
                  filters={filters}
                />
              ))}
            </tr>
          ))}
        </tbody>
      </table>
      <p className="matrix-axis quiet" aria-hidden="true">
        Likelihood upwards, impact to the right
      </p>
    </div>
  );
}

function Cell(props: {
  readonly likelihood: number;
  readonly impact: number;
  readonly risks: readonly Risk[];
  readonly filters: Filters;
}) {
  const { likelihood, impact, risks, filters } = props;
  const score = likelihood * impact;
  const band = bandOf(score);
  const isChosen = filters.cell?.likelihood === likelihood && filters.cell.impact === impact;
  const cell = isChosen ? undefined : { likelihood, impact };
  const refs = risks.map((one) => one.ref).join(', ');
  const where = `likelihood ${likelihood}, ${likelihoods[likelihood - 1] ?? ''}, impact ${impact}, ${impacts[impact - 1] ?? ''}`;
  return (
    <td className={`cell-${band}${isChosen ? ' cell-chosen' : ''}`}>
      <span className="matrix-score">
        {score}
        <span className="visually-hidden"> {bandWords[band].toLowerCase()}</span>
      </span>
      {risks.length > 0 && (
        <PageLink to={addressOf({ ...filters, cell })} current={isChosen}>
          <span className="matrix-count">{risks.length}</span>
          {/* Beside what is seen, not instead of it: who speaks to the page says what they see. */}
          <span className="visually-hidden">{` ${risks.length === 1 ? 'risk' : 'risks'} of ${where}: `}</span>
          <span className="matrix-refs">{refs}</span>
          <span className="visually-hidden">{` ${isChosen ? 'Show all again' : 'Show these'}`}</span>
        </PageLink>
      )}
    </td>
  );
}
