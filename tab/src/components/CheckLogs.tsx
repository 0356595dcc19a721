// Whether what is filed for a meeting is still what was frozen: hashes, rows and papers compared anew, said in words.
import { Button, Field, Select } from '@fluentui/react-components';
import { useState } from 'react';
import {
  verificationResponse,
  type LogResponse,
  type Problem,
  type VerificationResponse,
} from '../../../bot/api/contract';
import { problemOf, useApi } from '../useView';
import { counted } from '../words';
import { Loading, ProblemMessage } from './Message';

export function CheckLogs({ boardId, logs }: { readonly boardId: string; readonly logs: LogResponse['logs'] }) {
  const api = useApi();
  const meetings = new Map(logs.map((one) => [one.meetingRef, `${one.meetingRef}, ${one.meetingWords}`]));
  const [meetingRef, setMeetingRef] = useState(logs[0]?.meetingRef ?? '');
  const [found, setFound] = useState<VerificationResponse>();
  const [problem, setProblem] = useState<Problem>();
  const [isChecking, setChecking] = useState(false);

  async function check(): Promise<void> {
    if (isChecking) return;
    setChecking(true);
    setProblem(undefined);
    setFound(undefined);
    try {
      const path = `/boards/${encodeURIComponent(boardId)}/meetings/${encodeURIComponent(meetingRef)}/verification`;
      setFound(await api.get(path, verificationResponse));
    } catch (error) {
      setProblem(problemOf(error));
    } finally {
      setChecking(false);
    }
  }

  return (
    <>
      <p>
        Each file is read again, its code is worked out anew, and document, workbook and rows are compared with the
        record that was frozen.
      </p>
      <div className="acts">
        <Field label="Meeting">
          <Select
            value={meetingRef}
            onChange={(_event, { value }) => {
              setMeetingRef(value);
              setFound(undefined);
            }}
          >
            {[...meetings].map(([ref, words]) => (
              <option key={ref} value={ref}>
                {words}
              </option>
            ))}
          </Select>
        </Field>
        <Button disabledFocusable={isChecking} onClick={() => void check()}>
          {isChecking ? 'Checking …' : 'Check what is filed'}
        </Button>
      </div>
      {isChecking && <Loading what="what is filed" />}
      {problem && <ProblemMessage problem={problem} />}
      <div role="status">{found && <Outcome found={found} />}</div>
    </>
  );
}

function Outcome({ found }: { readonly found: VerificationResponse }) {
  const { logs, findings, meetingRef } = found;
  return (
    <>
      {logs.length === 0 && findings.length === 0 && <p>{`No log is filed for ${meetingRef}.`}</p>}
      {logs.map((one) => (
        <p key={one.file}>
          <strong>{`${one.shortCode}: `}</strong>
          {one.agrees
            ? 'record, document, workbook and rows agree; nothing was changed since it was frozen.'
            : 'not everything agrees; see below.'}
        </p>
      ))}
      {findings.length > 0 && (
        <>
          <h3>{`What does not agree, or could not be compared: ${counted(findings.length, 'finding')}`}</h3>
          <ul className="reasons">
            {findings.map((one) => (
              <li key={one.ref + one.text}>
                <strong>{`${one.ref}: `}</strong>
                {one.text}
              </li>
            ))}
          </ul>
        </>
      )}
    </>
  );
}
