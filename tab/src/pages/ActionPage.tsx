// Everything known about one action, and the form to answer for it.
import { lazy, Suspense } from 'react';
import { actionResponse, type ActionResponse } from '../../../bot/api/contract';
import { Empty, Loading } from '../components/Message';
import { Page, Section } from '../components/Page';
import { Delivery, Effect, Icon } from '../components/Status';
import { PageLink } from '../router';
import { useView } from '../useView';
import { bandWords, counted, effectWords, longDate, shortDate } from '../words';

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
          <Standing data={data} />
        </Section>
        <Section id="facts" title="The action">
          <p>{data.description}</p>
          <dl className="facts">
            <Fact label="Owner">{action.owner?.name ?? 'No owner'}</Fact>
            <Fact label="Lead body">{action.body ?? 'None'}</Fact>
            <Fact label="With">{data.partnerBodies.join(', ') || 'Nobody else'}</Fact>
            <Fact label="Area">{`${action.areaRef} ${action.areaLabel}`}</Fact>
            <Fact label="Success looks like">{data.successMeasure}</Fact>
            {data.clauses.length > 0 && <Fact label="Clauses of the notice">{data.clauses.join(', ')}</Fact>}
          </dl>
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
      <div className="two-columns">
        <Section id="dates" title="Dates">
          <Dates data={data} />
        </Section>
        <Section id="milestones" title="Milestones" note={milestoneNote(data)}>
          <Milestones data={data} />
        </Section>
      </div>
      <Section
        id="evidence"
        title="Evidence of effect"
        note={`Owner says: ${effectWords[action.claimedEffect].toLowerCase()}`}
      >
        <Evidence data={data} />
      </Section>
      <div className="two-columns">
        <Section id="measures" title="Measures it should move">
          {data.measures.length === 0 && <Empty>No measure is linked, so its effect cannot be counted.</Empty>}
          <ul className="rows">
            {data.measures.map((one) => (
              <li key={one.ref}>
                <p className="row-title">{`${one.ref} ${one.name}`}</p>
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
      <Section id="updates" title="What was said" note="Newest first">
        <Updates data={data} />
      </Section>
    </>
  );
}

function Fact({ label, children }: { readonly label: string; readonly children: string }) {
  return (
    <div>
      <dt>{label}</dt>
      <dd>{children}</dd>
    </div>
  );
}

function Standing({ data }: { readonly data: ActionResponse }) {
  const { action } = data;
  return (
    <>
      <dl className="facts">
        <div>
          <dt>Delivery, by the record</dt>
          <dd>
            <Delivery status={action.computed} />
          </dd>
        </div>
        <div>
          <dt>Delivery, the owner says</dt>
          <dd>
            <Delivery status={action.claimed} />
            {data.deliveryClaim === 'better' && <span className="tag">Better than the record shows</span>}
            {data.deliveryClaim === 'worse' && <span className="tag">More cautious than the dates</span>}
          </dd>
        </div>
        <div>
          <dt>Effect, by the evidence</dt>
          <dd>
            <Effect status={action.computedEffect} />
            {data.effectClaim === 'better' && <span className="tag">Claimed better than the evidence shows</span>}
          </dd>
        </div>
      </dl>
      <Reasons title="Why this rating" reasons={data.deliveryReasons} />
      {action.slow && <Reasons title="Why it is slow" reasons={data.slowReasons} />}
      {data.blocker && (
        <p className="blocker">
          <strong>What blocks it: </strong>
          {data.blocker.text}
          {data.blocker.waitingOnBody !== undefined &&
            ` (waiting for ${data.blocker.waitingOnBody}${data.blocker.accepted ? ', accepted by the chair' : ''})`}
        </p>
      )}
    </>
  );
}

function Reasons({ title, reasons }: { readonly title: string; readonly reasons: ActionResponse['slowReasons'] }) {
  if (reasons.length === 0) return null;
  return (
    <>
      <h3>{title}</h3>
      <ul className="reasons">
        {reasons.map((one) => (
          <li key={one.rule + one.text}>{one.text}</li>
        ))}
      </ul>
    </>
  );
}

function Dates({ data }: { readonly data: ActionResponse }) {
  const { dates } = data;
  const shown = (on: string | undefined): string => (on === undefined ? 'Not given' : longDate(on));
  return (
    <>
      <dl className="facts">
        <Fact label="Started">{shown(dates.startOn)}</Fact>
        <Fact label="Due">{`${shown(dates.dueOn)}${dates.lateWords === undefined ? '' : `, ${dates.lateWords}`}`}</Fact>
        {dates.originalDueOn !== dates.dueOn && <Fact label="First due">{shown(dates.originalDueOn)}</Fact>}
        {dates.completedOn === undefined && <Fact label="Owner’s forecast">{shown(dates.forecastOn)}</Fact>}
        {dates.completedOn !== undefined && <Fact label="Completed">{shown(dates.completedOn)}</Fact>}
      </dl>
      {data.dateChanges.length > 0 && <h3>Date changes</h3>}
      <ul className="rows">
        {data.dateChanges.map((one) => (
          <li key={one.ref}>
            <p className="row-title">{`${one.what}: ${shortDate(one.fromOn)} to ${shortDate(one.toOn)}`}</p>
            <p className="quiet">{`${one.decisionWords}. ${one.reason}`}</p>
          </li>
        ))}
      </ul>
    </>
  );
}

function milestoneNote({ action }: ActionResponse): string | undefined {
  if (action.milestonesTotal === 0) return undefined;
  return `${action.milestonesDone} of ${counted(action.milestonesTotal, 'milestone')} completed`;
}

function Milestones({ data }: { readonly data: ActionResponse }) {
  if (data.milestones.length === 0)
    return <Empty>{`No milestones: progress is the owner’s percentage, ${Math.round(data.action.percent)}%.`}</Empty>;
  return (
    <ol className="milestones">
      {data.milestones.map((one) => (
        <li
          key={one.ref}
          className={one.completedOn === undefined ? (one.lateWords === undefined ? '' : 'late') : 'completed'}
        >
          <Icon shape={one.completedOn !== undefined ? 'tick' : one.lateWords === undefined ? 'ring' : 'warning'} />
          <div>
            <p className="row-title">{one.title}</p>
            <p className="quiet">
              {one.completedOn === undefined ? `Due ${longDate(one.dueOn)}` : `Completed ${longDate(one.completedOn)}`}
              {one.lateWords === undefined ? '' : `, ${one.lateWords}`}
              {one.originalDueOn === one.dueOn ? '' : ` (first due ${shortDate(one.originalDueOn)})`}
            </p>
          </div>
        </li>
      ))}
    </ol>
  );
}

function Evidence({ data }: { readonly data: ActionResponse }) {
  return (
    <>
      <Reasons title="What the evidence shows" reasons={data.effectReasons} />
      {data.evidence.length === 0 && (
        <Empty>No evidence is recorded. Owners add it with an answer, or the secretary in the list Evidence.</Empty>
      )}
      <ul className="rows">
        {data.evidence.map((one) => (
          <li key={one.ref}>
            <p className="row-title">
              {`${one.kindWords}, ${one.sourceBody}, ${shortDate(one.on)}`}
              {one.contrary && (
                <span className="tag">
                  {one.resolvedOn === undefined ? 'Against effect' : 'Against effect, resolved since'}
                </span>
              )}
            </p>
            <p>{one.summary}</p>
            {one.link !== undefined && (
              <p>
                <a href={one.link} target="_blank" rel="noreferrer">
                  Open the evidence (new window)
                </a>
              </p>
            )}
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

function Updates({ data }: { readonly data: ActionResponse }) {
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
