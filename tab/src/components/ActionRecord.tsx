// What is on record about an action: the evidence for and against its effect, and what was said and changed, newest first.
import type { ActionResponse } from '../../../bot/api/contract';
import { shortDate } from '../words';
import { Empty } from './Message';
import { Reasons } from './Reasons';

type EvidenceRow = ActionResponse['evidence'][number];

export function ActionEvidence({ data }: { readonly data: ActionResponse }) {
  const against = data.evidence.filter((one) => one.contrary);
  const supporting = data.evidence.filter((one) => !one.contrary);
  return (
    <>
      <Reasons title="What the evidence shows" reasons={data.effectReasons} />
      {data.evidence.length === 0 && (
        <Empty>No evidence is recorded. Owners add it with an answer, or the secretary in the list Evidence.</Empty>
      )}
      <EvidenceList title="Evidence of effect" rows={supporting} />
      <EvidenceList title="Evidence against effect" rows={against} />
    </>
  );
}

function EvidenceList({ title, rows }: { readonly title: string; readonly rows: readonly EvidenceRow[] }) {
  if (rows.length === 0) return null;
  return (
    <>
      <h3>{`${title} (${rows.length})`}</h3>
      <ul className="rows">
        {rows.map((one) => (
          <li key={one.ref}>
            <p className="row-title">
              {`${one.kindWords}, ${one.sourceBody}, ${shortDate(one.on)}`}
              {one.contrary && (
                <span className="tag">
                  {one.resolvedOn === undefined ? 'Not resolved' : `Resolved ${shortDate(one.resolvedOn)}`}
                </span>
              )}
            </p>
            <p>{one.summary}</p>
            <p className="quiet">
              {`${one.ref}, strength: ${one.strength}`}
              {one.link !== undefined && (
                <>
                  {' · '}
                  <a href={one.link} target="_blank" rel="noreferrer" aria-label={`Open ${one.ref} in a new window`}>
                    Open (new window)
                  </a>
                </>
              )}
            </p>
          </li>
        ))}
      </ul>
    </>
  );
}

const routeWords: Readonly<Record<string, string>> = {
  'chat card': 'by card in chat',
  'chat text': 'in chat',
  tab: 'in the tab',
  SharePoint: 'in SharePoint',
  'e-mail link': 'by e-mail link',
  import: 'by import',
};

function isBare(one: ActionResponse['updates'][number]): boolean {
  return !one.noChange && one.changes.length === 0 && !one.narrative && !one.effect && !one.blocker;
}

export function ActionHistory({ data }: { readonly data: ActionResponse }) {
  if (data.updates.length === 0) return <Empty>Nobody has said anything about this action yet.</Empty>;
  return (
    <ul className="rows">
      {data.updates.map((one) => (
        <li key={one.at + one.by + one.changes.join()}>
          <p className="row-title">
            {`${one.words}, ${one.by}${one.forOwner === undefined ? '' : ` for ${one.forOwner}`}`}{' '}
            <span className="quiet">{routeWords[one.route] ?? one.route}</span>
          </p>
          {one.noChange && <p className="quiet">No change</p>}
          {isBare(one) && <p className="quiet">Answered; no words are recorded.</p>}
          {one.changes.length > 0 && <p className="quiet">{one.changes.join(' · ')}</p>}
          {one.narrative !== undefined && <p>{one.narrative}</p>}
          {one.effect !== undefined && <p>{`For children and families: ${one.effect}`}</p>}
          {one.blocker !== undefined && <p>{`Blocked by: ${one.blocker}`}</p>}
        </li>
      ))}
    </ul>
  );
}
