// Everything known about one action, and the form to answer for it.
import { lazy, Suspense } from 'react';
import { actionResponse, type ActionResponse } from '../../../bot/api/contract';
import { ActionDates, ActionMilestones, ActionPlan, milestoneNote } from '../components/ActionDates';
import { ActionEvidence, ActionHistory } from '../components/ActionRecord';
import { ActionStanding } from '../components/ActionStanding';
import { Fact } from '../components/Fact';
import { Empty, Loading } from '../components/Message';
import { Page, Section } from '../components/Page';
import { PageLink } from '../router';
import { useView } from '../useView';
import { bandWords, effectWords } from '../words';

/** Loaded with the first action that the reader may answer, so that reading needs no form. */
const AnswerForm = lazy(() => import('../components/AnswerForm'));

export function ActionPage({ itemRef: actionRef }: { readonly itemRef: string }) {
  const view = useView(`/actions/${encodeURIComponent(actionRef)}`, actionResponse);
  const title = view.data ? `${view.data.action.ref} ${view.data.action.title}` : `Action ${actionRef}`;
  return (
    <>
      <p className="back no-print">
        <PageLink to="/tab/actions">All actions</PageLink>
      </p>
      <Page title={title} what={`action ${actionRef}`} view={view}>
        {(data) => <ActionDetail data={data} reload={() => view.reload()} />}
      </Page>
    </>
  );
}

function ActionDetail({ data, reload }: { readonly data: ActionResponse; readonly reload: () => Promise<void> }) {
  const { action } = data;
  return (
    <>
      <div className="two-columns">
        <Section id="standing" title="Where it stands">
          <ActionStanding data={data} />
        </Section>
        <Section id="facts" title="The action">
          <p>{data.description}</p>
          <dl className="facts">
            <Fact label="Owner">{action.owner?.name ?? 'No owner'}</Fact>
            <Fact label={data.deputies.length > 1 ? 'Deputies' : 'Deputy'}>{data.deputies.join(', ') || 'None'}</Fact>
            <Fact label="Lead body">{action.body ?? 'None'}</Fact>
            <Fact label="With">{data.partnerBodies.join(', ') || 'Nobody else'}</Fact>
            <Fact label="Area">{`${action.areaRef} ${action.areaLabel}`}</Fact>
            <Fact label="Success looks like">{data.successMeasure}</Fact>
            {data.clauses.length > 0 && <Fact label="Clauses of the notice">{data.clauses.join(', ')}</Fact>}
          </dl>
          <HandOvers rows={data.handOvers} />
        </Section>
      </div>
      {data.answering && (
        <Section
          id="answer"
          title="Answer for the board"
          className="no-print"
          note={data.answering.dueWords === undefined ? undefined : `By ${data.answering.dueWords}`}
        >
          <Suspense fallback={<Loading what="the form" />}>
            <AnswerForm data={data} version={data.answering.version} onSaved={reload} />
          </Suspense>
        </Section>
      )}
      <Section id="plan" title="The plan in time">
        <ActionPlan data={data} />
      </Section>
      <div className="two-columns">
        <Section id="dates" title="Dates">
          <ActionDates data={data} />
        </Section>
        <Section id="milestones" title="Milestones" note={milestoneNote(data)}>
          <ActionMilestones data={data} />
        </Section>
      </div>
      <Section
        id="evidence"
        title="Evidence of effect"
        note={`Owner says: ${effectWords[action.claimedEffect].toLowerCase()}`}
      >
        <ActionEvidence data={data} />
      </Section>
      <div className="two-columns">
        <Section id="measures" title="Measures it should move">
          {data.measures.length === 0 && <Empty>No measure is linked, so its effect cannot be counted.</Empty>}
          <ul className="rows">
            {data.measures.map((one) => (
              <li key={one.ref}>
                <p className="row-title">
                  <PageLink to={`/tab/measures/${encodeURIComponent(one.ref)}`}>{`${one.ref} ${one.name}`}</PageLink>
                </p>
                <p className="quiet">{one.text}</p>
              </li>
            ))}
          </ul>
        </Section>
        <Section id="risks" title="Risks to it">
          {data.risks.length === 0 && <Empty>No risk is linked to this action.</Empty>}
          <ul className="rows">
            {data.risks.map((one) => (
              <li key={one.ref}>
                <p className="row-title">
                  <PageLink to={`/tab/risks#${encodeURIComponent(one.ref)}`}>{`${one.ref} ${one.title}`}</PageLink>
                </p>
                <p className="quiet">{`${bandWords[one.band]}, score ${one.score}`}</p>
              </li>
            ))}
          </ul>
        </Section>
      </div>
      <Section id="updates" title="What was said and changed" note="Newest first">
        <ActionHistory data={data} />
      </Section>
    </>
  );
}

function HandOvers({ rows }: { readonly rows: ActionResponse['handOvers'] }) {
  if (rows.length === 0) return null;
  return (
    <>
      <h3>Hand-overs</h3>
      <ul className="reasons">
        {rows.map((one) => (
          <li key={one}>{one}</li>
        ))}
      </ul>
    </>
  );
}
