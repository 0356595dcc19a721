// One meeting: when and where, its agenda, who came, what was decided and who does it, dates to decide, the log to release.
import { Select } from '@fluentui/react-components';
import { meetingResponse, type MeetingResponse } from '../../../bot/api/contract';
import { AgendaItems } from '../components/AgendaItems';
import { DateDecision } from '../components/DateDecision';
import { Deadlines } from '../components/NextMeeting';
import { Empty } from '../components/Message';
import { Page, Section } from '../components/Page';
import { ReleaseLog } from '../components/ReleaseLog';
import { navigate, PageLink } from '../router';
import { useView } from '../useView';
import { counted } from '../words';

type Meeting = NonNullable<MeetingResponse['meeting']>;

export function MeetingPage({ itemRef }: { readonly itemRef?: string }) {
  const view = useView(itemRef === undefined ? '/meeting' : `/meeting/${encodeURIComponent(itemRef)}`, meetingResponse);
  return (
    <Page title={itemRef === undefined ? 'Next meeting' : `Meeting ${itemRef}`} what="the meeting" view={view}>
      {(data) => (
        <>
          <ChooseMeeting data={data} />
          {data.meeting ? (
            <OneMeeting
              key={data.meeting.ref}
              boardId={data.asOf.boardId}
              meeting={data.meeting}
              onDone={() => view.reload()}
            />
          ) : (
            <Empty>{data.none}</Empty>
          )}
        </>
      )}
    </Page>
  );
}

function ChooseMeeting({ data }: { readonly data: MeetingResponse }) {
  if (data.meetings.length < 2) return null;
  return (
    <p className="choose no-print">
      <label>
        Meeting{' '}
        <Select
          value={data.meeting?.ref ?? ''}
          onChange={(_event, { value }) => navigate(`/tab/meeting/${encodeURIComponent(value)}`)}
        >
          {data.meetings.map((one) => (
            <option key={one.ref} value={one.ref}>
              {one.words}
            </option>
          ))}
        </Select>
      </label>
    </p>
  );
}

function OneMeeting(props: {
  readonly boardId: string;
  readonly meeting: Meeting;
  readonly onDone: () => Promise<void>;
}) {
  const { boardId, meeting, onDone } = props;
  const { datesToDecide, release, slow } = meeting;
  return (
    <>
      <Section id="when" title="When and where" note={meeting.stateWords}>
        <p className="meeting-when">
          {meeting.words} <span className="quiet">({meeting.distance})</span>
        </p>
        <p className="quiet">{meeting.place ?? 'No place is recorded.'}</p>
        {meeting.note !== undefined && <p>{meeting.note}</p>}
        <Deadlines deadlines={meeting.deadlines} />
        <h3>Minutes</h3>
        <p>
          {meeting.minutes.words}{' '}
          {meeting.minutes.link !== undefined && (
            <a href={meeting.minutes.link} target="_blank" rel="noreferrer">
              Open the minutes of {meeting.ref}
            </a>
          )}
        </p>
      </Section>
      {meeting.agenda && <AgendaItems boardId={boardId} agenda={meeting.agenda} onDone={onDone} />}
      {release && <ReleaseLog boardId={boardId} meetingRef={meeting.ref} release={release} onDone={onDone} />}
      {datesToDecide && <DatesToDecide boardId={boardId} changes={datesToDecide} onDone={onDone} />}
      <Section id="decisions" title="Decisions and actions arising" note={decisionsNote(meeting)}>
        <Decisions meeting={meeting} />
      </Section>
      {slow && (
        <Section id="slow" title="What was agreed about slow actions">
          <Slow slow={slow} />
        </Section>
      )}
      <Section id="attendance" title="Attendance" note={meeting.attendance.words}>
        <Attendance groups={meeting.attendance.groups} />
      </Section>
    </>
  );
}

function DatesToDecide(props: {
  readonly boardId: string;
  readonly changes: NonNullable<Meeting['datesToDecide']>;
  readonly onDone: () => Promise<void>;
}) {
  const { changes } = props;
  return (
    <Section
      id="dates"
      title="Date changes to decide"
      note={changes.length === 0 ? undefined : `${changes.length} waiting`}
    >
      {/* What was just decided stays in sight, though it waits no more. */}
      <DateDecision {...props} />
      {changes.length === 0 && <Empty>No request to move a date waits for a decision.</Empty>}
    </Section>
  );
}

function decisionsNote({ decisions }: Meeting): string | undefined {
  if (decisions.length === 0) return undefined;
  return `${decisions.filter((one) => one.state === 'done').length} of ${counted(decisions.length, 'decision')} done`;
}

function Decisions({ meeting }: { readonly meeting: Meeting }) {
  const { decisions, datesDecided } = meeting;
  if (decisions.length + datesDecided.length === 0)
    return (
      <Empty>
        No decision of this meeting is recorded. The secretary adds them to the list Decisions in SharePoint.
      </Empty>
    );
  return (
    <>
      <ul className="rows">
        {decisions.map((one) => (
          <li key={one.ref}>
            <p>
              <strong>{one.ref}</strong> {one.text}
            </p>
            <p className="quiet">
              <strong>{one.stateWords}</strong>
              {` · ${one.owner?.name ?? 'No owner'} · ${one.dueWords === undefined ? 'no date' : `by ${one.dueWords}`}`}
            </p>
            {one.about && (
              <p className="quiet">
                About <Linked to={one.about.to} words={`${one.about.ref} ${one.about.title}`} />
              </p>
            )}
            {one.ledTo.map((action) => (
              <p key={action.ref} className="quiet">
                Became <Linked to={action.to} words={`${action.ref} ${action.title}`} />
              </p>
            ))}
          </li>
        ))}
      </ul>
      {datesDecided.length > 0 && (
        <>
          <h3>Dates decided</h3>
          <ul className="reasons">
            {datesDecided.map((one) => (
              <li key={one.ref}>{one.text}</li>
            ))}
          </ul>
        </>
      )}
    </>
  );
}

function Linked({ words, to }: { readonly words: string; readonly to: string | undefined }) {
  return to === undefined ? <>{words}</> : <PageLink to={to}>{words}</PageLink>;
}

function Slow({ slow }: { readonly slow: NonNullable<Meeting['slow']> }) {
  const agreed = slow.rows.filter((one) => one.agreed.length > 0);
  const open = slow.rows.filter((one) => one.agreed.length === 0);
  return (
    <>
      <p>{slow.words}</p>
      <ul className="rows">
        {agreed.map((one) => (
          <li key={one.ref}>
            <p className="row-title">
              <PageLink to={one.to}>{`${one.ref} ${one.title}`}</PageLink>
            </p>
            <ul className="reasons">
              {one.agreed.map((text) => (
                <li key={text}>{text}</li>
              ))}
            </ul>
          </li>
        ))}
      </ul>
      {open.length > 0 && (
        <>
          <h3>{`Nothing is recorded as agreed about ${agreed.length === 0 ? 'these' : 'the rest'}`}</h3>
          <ul className="reasons">
            {open.map((one) => (
              <li key={one.ref}>
                <PageLink to={one.to}>{`${one.ref} ${one.title}`}</PageLink>
              </li>
            ))}
          </ul>
        </>
      )}
    </>
  );
}

function Attendance({ groups }: { readonly groups: Meeting['attendance']['groups'] }) {
  if (groups.length === 0) return <Empty>Nobody is on the list of this meeting yet.</Empty>;
  return (
    <div className="changes">
      {groups.map((group) => (
        <div key={group.label}>
          <h3>{`${group.label} (${group.people.length})`}</h3>
          <ul className="reasons">
            {group.people.map((one, index) => (
              <li key={`${one.name} ${index}`}>
                {one.name}
                {one.role !== '' && <span className="quiet">{` ${one.role}`}</span>}
              </li>
            ))}
          </ul>
        </div>
      ))}
    </div>
  );
}
