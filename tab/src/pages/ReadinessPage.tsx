// The week before a meeting: who was asked, reached and answered, reminders, invitations, papers, and an owner's card.
import { Button, Field, Select } from '@fluentui/react-components';
import { useState } from 'react';
import type { Problem } from '../../../bot/api/contract';
// Not by way of the whole contract, which the first page loads.
import { nudgeResponse, readinessResponse, type ReadinessResponse } from '../../../bot/api/contract';
import { AskedTable, type AskedPerson } from '../components/AskedTable';
import { CardPreview } from '../components/CardPreview';
import { Invitations } from '../components/Invitations';
import { Empty, ProblemMessage } from '../components/Message';
import { Deadlines } from '../components/NextMeeting';
import { Page, Section } from '../components/Page';
import { RemindDialog } from '../components/RemindDialog';
import { PageLink } from '../router';
import { problemOf, useApi, useView } from '../useView';
import { counted } from '../words';

export function ReadinessPage() {
  const view = useView('/readiness', readinessResponse);
  return (
    <Page title="Readiness" what="how ready the meeting is" view={view}>
      {(data) => <Readiness data={data} reload={view.reload} />}
    </Page>
  );
}

function Readiness({ data, reload }: { readonly data: ReadinessResponse; readonly reload: () => Promise<void> }) {
  const { meeting, mayAct, people } = data;
  if (meeting === undefined)
    return <Empty>{data.lead} The secretary adds meetings to the list Meetings in SharePoint.</Empty>;
  return (
    <>
      <p className="lead">
        {data.lead} <span className="quiet">{`The meeting is on ${meeting.words} (${meeting.distance}).`}</span>
      </p>
      <Asked data={data} meetingRef={meeting.ref} reload={reload} />
      <div className="two-columns">
        <Section id="invitations" title="Invitations">
          <Invitations boardId={data.asOf.boardId} meetingRef={meeting.ref} mayAct={mayAct} />
        </Section>
        <Section id="papers" title="Papers">
          <p>
            {data.papers.words}{' '}
            <PageLink to="/tab/log">{data.papers.released ? 'Open the log' : 'Logs so far'}</PageLink>
          </p>
          <Deadlines deadlines={data.deadlines} />
        </Section>
        <Section id="channel" title="The board’s channel">
          <p>{data.channel.words}</p>
          {data.channel.last && <p>{`${data.channel.last.title}. ${data.channel.last.words}`}</p>}
        </Section>
      </div>
      {mayAct && people.length > 0 && (
        <Section id="card" title="What an owner will get" note="Nothing is sent from here">
          <CardPreview boardId={data.asOf.boardId} people={people} />
        </Section>
      )}
    </>
  );
}

function Asked(props: {
  readonly data: ReadinessResponse;
  readonly meetingRef: string;
  readonly reload: () => Promise<void>;
}) {
  const { data, meetingRef, reload } = props;
  const api = useApi();
  const [shows, setShows] = useState<'outstanding' | 'all'>('outstanding');
  const [asked, setAsked] = useState<readonly AskedPerson[]>();
  const [said, setSaid] = useState<string>();
  const [problem, setProblem] = useState<Problem>();
  const waiting = data.people.filter((one) => one.outstanding.length > 0);
  const rows = shows === 'all' ? data.people : waiting;
  const ready = waiting.filter((one) => one.nudgeBy !== undefined);

  async function send(people: readonly AskedPerson[]): Promise<void> {
    setProblem(undefined);
    setSaid(undefined);
    try {
      const body = { meetingRef, personRefs: people.map((one) => one.personRef) };
      const result = await api.post(`/boards/${data.asOf.boardId}/nudges`, body, nudgeResponse);
      setSaid(result.words);
      await reload();
    } catch (error) {
      setProblem(problemOf(error));
    } finally {
      setAsked(undefined);
    }
  }

  return (
    <Section id="asked" title="Who was asked, reached and answered">
      <div role="status">{said !== undefined && <p className="said">{said}</p>}</div>
      {problem && <ProblemMessage problem={problem} />}
      {data.people.length === 0 ? (
        <Empty>Nobody has been asked for this meeting yet. The update request asks everybody on its day.</Empty>
      ) : (
        <>
          <div className="acts no-print">
            <Field label="Show">
              <Select value={shows} onChange={(_event, { value }) => setShows(value === 'all' ? 'all' : 'outstanding')}>
                <option value="outstanding">With something outstanding</option>
                <option value="all">Everybody asked</option>
              </Select>
            </Field>
            {data.mayAct && ready.length > 0 && (
              <Button appearance="primary" onClick={() => setAsked(waiting)}>
                Remind all outstanding
              </Button>
            )}
          </div>
          {data.nudgesClosed !== undefined && <p className="quiet">Nobody can be reminded now. {data.nudgesClosed}</p>}
          <p className="count" role="status">
            {shows === 'all'
              ? counted(rows.length, 'person asked', 'people asked')
              : `${rows.length} of ${counted(data.people.length, 'person', 'people')} with something outstanding`}
          </p>
          {rows.length === 0 ? (
            <Empty>Everything asked is answered.</Empty>
          ) : (
            <AskedTable
              rows={rows}
              isClosed={data.nudgesClosed !== undefined}
              {...(data.mayAct ? { onRemind: (one: AskedPerson) => setAsked([one]) } : {})}
            />
          )}
        </>
      )}
      {asked && <RemindDialog people={asked} onSend={send} onClose={() => setAsked(undefined)} />}
    </Section>
  );
}
