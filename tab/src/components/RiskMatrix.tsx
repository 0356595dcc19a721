// The 5x5 matrix as a real table: likelihood down, impact across, the risks of each cell as links.
import type { RisksResponse } from '../../../bot/api/contract';
import { bandWords } from '../words';

type Risk = RisksResponse['rows'][number];

const likelihoods = ['Rare', 'Unlikely', 'Possible', 'Likely', 'Almost certain'] as const;
const impacts = ['Negligible', 'Minor', 'Moderate', 'Major', 'Severe'] as const;

/** Bands as the published rules name them. */
function bandOf(score: number): keyof typeof bandWords {
  if (score >= 15) return 'extreme';
  if (score >= 8) return 'high';
  return score >= 4 ? 'moderate' : 'low';
}

export function RiskMatrix({ rows }: { readonly rows: readonly Risk[] }) {
  return (
    <div className="matrix-frame">
      <table className="matrix">
        <caption>Open risks by likelihood and impact; the number in a cell is its score</caption>
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
                  score={likelihood * impact}
                  risks={rows.filter((one) => one.likelihood === likelihood && one.impact === impact)}
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

function Cell({ score, risks }: { readonly score: number; readonly risks: readonly Risk[] }) {
  const band = bandOf(score);
  return (
    <td className={`cell-${band}`}>
      <span className="matrix-score">
        {score}
        <span className="visually-hidden"> {bandWords[band].toLowerCase()}</span>
      </span>
      {risks.map((one) => (
        <a key={one.ref} href={`#${one.ref}`} aria-label={`${one.ref} ${one.title}`}>
          {one.ref}
        </a>
      ))}
    </td>
  );
}
