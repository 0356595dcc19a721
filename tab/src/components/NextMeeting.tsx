// The next meeting: when, its deadlines in order, and how ready it is with who is outstanding.
import type { BoardResponse } from '../../../bot/api/contract';
import { PageLink } from '../router';

type Next = NonNullable<BoardResponse['next']>;

const stateWords = { passed: 'passed', today: 'today', coming: 'to come' } as const;

export function NextMeeting({ next }: { readonly next: Next }) {
  return (
    <>
      <p className="meeting-when">
        {next.words} <span className="quiet">({next.distance})</span>
      </p>
      {next.place !== undefined && <p className="quiet">{next.place}</p>}
      <Deadlines deadlines={next.deadlines} />
      {next.readiness.length > 0 && (
        <>
          <h3>How ready we are</h3>
          <ul className="readiness">
            {next.readiness.map((one) => (
              <li key={one.label}>
                <Readiness one={one} />
              </li>
            ))}
          </ul>
        </>
      )}
    </>
  );
}

export function Deadlines({ deadlines }: { readonly deadlines: Next['deadlines'] }) {
  if (deadlines.length === 0) return null;
  return (
    <ol className="deadlines" aria-label="Deadlines">
      {deadlines.map((one) => (
        <li key={one.label} className={`deadline-${one.state}`}>
          <span className="deadline-label">
            {one.label}
            <span className="visually-hidden"> ({stateWords[one.state]})</span>
          </span>
          <span className="quiet">{one.words}</span>
        </li>
      ))}
    </ol>
  );
}

function Readiness({ one }: { readonly one: Next['readiness'][number] }) {
  const line = (
    <>
      <span>{one.label}</span>
      <strong>{one.words}</strong>
    </>
  );
  if (one.outstanding.length === 0) return <p className="readiness-line">{line}</p>;
  return (
    <details>
      <summary className="readiness-line">{line}</summary>
      <ul className="outstanding">
        {one.outstanding.map((item) => (
          <li key={item.label}>
            {item.to === undefined ? item.label : <PageLink to={item.to}>{item.label}</PageLink>}
          </li>
        ))}
      </ul>
    </details>
  );
}
