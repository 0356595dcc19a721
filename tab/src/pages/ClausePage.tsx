// One clause of the notice, with every record that shows it.
import { clauseResponse } from '../../../bot/api/contract';
import { ClauseDetail } from '../components/ClauseDetail';
import { ClauseStanding } from '../components/ClauseStanding';
import { Page, Section } from '../components/Page';
import { PageLink } from '../router';
import { useView } from '../useView';

export function ClausePage({ itemRef }: { readonly itemRef: string }) {
  const view = useView(`/clauses/${encodeURIComponent(itemRef)}`, clauseResponse);
  const name = `Clause ${itemRef}`;
  return (
    <>
      <p className="back no-print">
        <PageLink to="/tab/clauses">All clauses</PageLink>
      </p>
      <Page title={view.data ? `${name}: ${view.data.clause.title}` : name} what={`clause ${itemRef}`} view={view}>
        {({ clause, shortCode }) => (
          <Section
            id="standing"
            title="Where it stands"
            note={<ClauseStanding state={clause.state} word={clause.stateWords} />}
          >
            {shortCode !== undefined && <p className="quiet">{`As released in the log ${shortCode}.`}</p>}
            <ClauseDetail clause={clause} isAlone />
          </Section>
        )}
      </Page>
    </>
  );
}
