// The chair's page: where we stand, what is next, what needs you, what is slow, areas, warnings, what changed.
import { Button } from '@fluentui/react-components';
import { useLayoutEffect, useRef, useState } from 'react';
import { boardResponse, type BoardResponse } from '../../../bot/api/contract';
import { AreaTable } from '../components/AreaTable';
import { Empty } from '../components/Message';
import { NextMeeting } from '../components/NextMeeting';
import { Page, Section } from '../components/Page';
import { ClaimAndRecord, Direction } from '../components/Status';
import { PageLink } from '../router';
import { useView } from '../useView';
import { counted, ordinal } from '../words';

export function BoardPage() {
  const view = useView('/board', boardResponse);
  return (
    <Page title="Where the board stands" what="the board" view={view}>
      {(board) => (
        <>
          <State state={board.state} />
          <div className="two-columns">
            <Section id="next" title="What is next">
              {board.next ? (
                <NextMeeting next={board.next} />
              ) : (
                <Empty>No meeting is planned. The secretary adds one to the list Meetings in SharePoint.</Empty>
              )}
            </Section>
            <Needs needs={board.needs} />
          </div>
          <Slow slow={board.slow} />
          <Section id="areas" title="The areas" note="What the record shows, beside what owners say">
            <AreaTable areas={board.areas} />
          </Section>
          <Warnings warnings={board.warnings} />
          <Changed changed={board.changed} />
        </>
      )}
    </Page>
  );
}

const stateWords = {
  better: 'Better than last time',
  worse: 'Worse than last time',
  same: 'The same as last time',
} as const;

/** The first sentence is for reading out; what follows is for who wants to know more. */
function State({ state }: { readonly state: BoardResponse['state'] }) {
  const [first = '', ...rest] = state.text.split(/(?<=\.)\s+(?=[A-Z0-9])/);
  return (
    <section className="state" aria-label="In short">
      {state.direction !== 'no-comparison' && <Direction to={state.direction} word={stateWords[state.direction]} />}
      <p className="state-first">{first}</p>
      {rest.length > 0 && <p>{rest.join(' ')}</p>}
    </section>
  );
}

function Needs({ needs }: { readonly needs: BoardResponse['needs'] }) {
  return (
    <Section id="needs" title="What needs you">
      {needs.length === 0 && <Empty>Nothing waits for you just now.</Empty>}
      <ul className="rows">
        {needs.map((need) => (
          <li key={need.key}>
            <p className="row-title">
              {need.to === undefined ? need.title : <PageLink to={need.to}>{need.title}</PageLink>}
            </p>
            <p className="quiet">{need.text}</p>
          </li>
        ))}
      </ul>
    </Section>
  );
}

/** The first say most; the action's page has them all. */
const reasonsShown = 3;

function Slow({ slow }: { readonly slow: BoardResponse['slow'] }) {
  const rest = slow.total - slow.rows.length;
  return (
    <Section id="slow" title="What is slow, and why" note={`${slow.total} of ${counted(slow.open, 'open action')}`}>
      {slow.total === 0 && <Empty>No action is slow by the board’s rules.</Empty>}
      <ol className="rows slow">
        {slow.rows.map((row) => (
          <li key={row.ref}>
            <div className="slow-what">
              <p className="row-title">
                <PageLink to={`/tab/actions/${encodeURIComponent(row.ref)}`}>
                  {row.ref} {row.title}
                </PageLink>
              </p>
              <p className="quiet">
                {row.areaLabel}
                {row.owner && ` · ${row.owner.name}`}
              </p>
              <ClaimAndRecord computed={row.computed} claimed={row.claimed} />
              {row.meetingsRunning > 1 && (
                <p className="quiet">{capital(ordinal(row.meetingsRunning))} meeting running</p>
              )}
            </div>
            <ul className="reasons" aria-label={`Why ${row.ref} is slow`}>
              {row.reasons.slice(0, reasonsShown).map((reason) => (
                <li key={reason.rule + reason.text}>{reason.text}</li>
              ))}
              {row.reasons.length > reasonsShown && (
                <li className="quiet">{`and ${counted(row.reasons.length - reasonsShown, 'more reason')}`}</li>
              )}
            </ul>
          </li>
        ))}
      </ol>
      {rest > 0 && (
        <p className="more">
          <PageLink to="/tab/actions?show=slow">{`${rest} more slow ${rest === 1 ? 'action' : 'actions'}`}</PageLink>
        </p>
      )}
    </Section>
  );
}

/** Clause 14 of the notice: the first are read, the rest is on the page of the clauses. */
function Warnings({ warnings }: { readonly warnings: BoardResponse['warnings'] }) {
  const rest = warnings.total - warnings.rows.length;
  return (
    <Section id="warnings" title="What could trouble the Secretary of State" note="Clause 14 of the notice">
      {warnings.total === 0 && <Empty>The record shows nothing of this kind.</Empty>}
      <ul className="rows">
        {warnings.rows.map((one) => (
          <li key={one.ref + one.text}>
            <p>{one.text}</p>
            {one.done.length > 0 && (
              <ul className="reasons quiet" aria-label={`What the board did about ${one.ref}`}>
                {one.done.map((done) => (
                  <li key={done}>{done}</li>
                ))}
              </ul>
            )}
          </li>
        ))}
      </ul>
      {warnings.total > 0 && (
        <p className="more">
          <PageLink to="/tab/clauses">
            {rest > 0 ? `${counted(rest, 'more warning')}, on the clauses’ page` : 'All clauses of the notice'}
          </PageLink>
        </p>
      )}
    </Section>
  );
}

const changesShown = 5;
const groups = [
  { direction: 'worse', title: 'Worse' },
  { direction: 'better', title: 'Better' },
  { direction: 'neutral', title: 'Also changed' },
] as const;

function Changed({ changed }: { readonly changed: BoardResponse['changed'] }) {
  return (
    <Section id="changed" title="What changed" note={changed.sinceWords}>
      {changed.none !== undefined && <Empty>{changed.none}</Empty>}
      <div className="changes">
        {groups.map(({ direction, title }) => {
          const rows = changed.rows.filter((one) => one.direction === direction);
          return rows.length === 0 ? null : (
            <ChangeGroup key={title} title={title} direction={direction} rows={rows} more={changed.more[direction]} />
          );
        })}
      </div>
    </Section>
  );
}

function ChangeGroup(props: {
  readonly title: string;
  readonly direction: 'better' | 'worse' | 'neutral';
  readonly rows: BoardResponse['changed']['rows'];
  readonly more: number;
}) {
  const [isWhole, setWhole] = useState(false);
  const shown = isWhole ? props.rows : props.rows.slice(0, changesShown);
  const rest = props.rows.length - shown.length;
  const list = useRef<HTMLUListElement>(null);
  // The button that showed the rest is gone: the first of what came is read next.
  useLayoutEffect(() => {
    if (isWhole) list.current?.children[changesShown]?.querySelector('a')?.focus();
  }, [isWhole]);
  return (
    <div>
      <h3>
        <Direction to={props.direction} word={`${props.title}: ${props.rows.length + props.more}`} />
      </h3>
      <ul className="rows" ref={list}>
        {shown.map((row) => (
          <li key={row.ref}>
            <p className="row-title">
              {row.to === undefined ? (
                `${row.ref} ${row.title}`
              ) : (
                <PageLink to={row.to}>{`${row.ref} ${row.title}`}</PageLink>
              )}
            </p>
            <p className="quiet">{row.text}</p>
          </li>
        ))}
      </ul>
      {rest > 0 && (
        <Button className="no-print" appearance="subtle" size="small" onClick={() => setWhole(true)}>
          {`Show ${rest} more`}
          <span className="visually-hidden">{`, ${props.title.toLowerCase()}`}</span>
        </Button>
      )}
      {isWhole && props.more > 0 && (
        <p className="quiet">
          {`${props.more} more. `}
          <PageLink to="/tab/log">Compare the logs</PageLink>
        </p>
      )}
    </div>
  );
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
