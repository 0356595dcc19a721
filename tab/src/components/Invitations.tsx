// Who is invited to the next meeting, their answers, what is missing, and the one press that mends it.
import { Button, TableCell, TableRow } from '@fluentui/react-components';
import { useCallback, useEffect, useState } from 'react';
import type { Problem } from '../../../bot/api/contract';
import { invitationsResponse, inviteResponse, type InvitationsResponse } from '../../../bot/api/contract';
import { problemOf, useApi } from '../useView';
import { counted } from '../words';
import { Loading, ProblemMessage, Stale } from './Message';
import { StackingTable } from './StackingTable';

export function Invitations(props: {
  readonly boardId: string;
  readonly meetingRef: string;
  readonly mayAct: boolean;
}) {
  const api = useApi();
  const [data, setData] = useState<InvitationsResponse>();
  const [problem, setProblem] = useState<Problem>();
  const [said, setSaid] = useState<string>();
  const [isSending, setSending] = useState(false);
  const path = `/boards/${props.boardId}/meetings/${encodeURIComponent(props.meetingRef)}/invitations`;

  // Read once, not again and again: each look asks the calendar.
  const look = useCallback(async (): Promise<void> => {
    setProblem(undefined);
    try {
      setData(await api.get(path, invitationsResponse));
    } catch (error) {
      setProblem(problemOf(error));
    }
  }, [api, path]);
  useEffect(() => {
    void look();
  }, [look]);

  async function send(): Promise<void> {
    setSending(true);
    setProblem(undefined);
    setSaid(undefined);
    try {
      const result = await api.post(path, {}, inviteResponse);
      setData(result.view);
      setSaid(result.words.length === 0 ? 'There was nothing left to send.' : `Done. ${result.words.join(' ')}`);
    } catch (error) {
      setProblem(problemOf(error));
    } finally {
      setSending(false);
    }
  }

  return (
    <>
      <div role="status">{said !== undefined && <p className="said">{said}</p>}</div>
      {problem && <ProblemMessage problem={problem} onRetry={() => void look()} />}
      {!data && !problem && <Loading what="the invitations" />}
      {data && (
        <>
          {data.problem !== undefined && <Stale text={data.problem} />}
          <p>{data.summary}</p>
          {data.gaps.length > 0 && (
            <ul className="reasons">
              {data.gaps.map((one) => (
                <li key={one}>{one}</li>
              ))}
            </ul>
          )}
          {data.next && (
            <div className="to-do">
              {data.next.words.map((one) => (
                <p key={one}>{one}</p>
              ))}
              {props.mayAct && (
                <Button appearance="primary" disabledFocusable={isSending} onClick={() => void send()}>
                  {isSending ? 'Sending …' : data.next.title}
                </Button>
              )}
            </div>
          )}
          <details>
            <summary>{`Each of the ${counted(data.people.length, 'person', 'people')}`}</summary>
            <InvitedTable people={data.people} />
          </details>
        </>
      )}
    </>
  );
}

function InvitedTable({ people }: { readonly people: InvitationsResponse['people'] }) {
  return (
    <StackingTable label="Who is invited, advisers first" columns={['Person', 'Answer']}>
      {people.map((one) => (
        <TableRow key={one.personRef}>
          <TableCell className="cell-head" role="rowheader">
            <span>
              {one.name}
              <br />
              <span className="quiet">{one.role}</span>
            </span>
          </TableCell>
          <TableCell data-label="Answer">{`${one.words.charAt(0).toUpperCase()}${one.words.slice(1)}`}</TableCell>
        </TableRow>
      ))}
    </StackingTable>
  );
}
