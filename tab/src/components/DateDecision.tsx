// Date changes that wait: what is known about each, and for who decides, approve or refuse with a reason; once, for the record.
import { Button, Field, MessageBar, MessageBarBody, Textarea } from '@fluentui/react-components';
import { useEffect, useRef, useState } from 'react';
import { dateDecisionResponse, type MeetingResponse, type Problem } from '../../../bot/api/contract';
import { problemOf, useApi } from '../useView';
import { ConfirmWords } from './ConfirmWords';
import { ProblemMessage } from './Message';
import { OtherIssues } from './OtherIssues';

type Change = NonNullable<NonNullable<MeetingResponse['meeting']>['datesToDecide']>[number];

export function DateDecision(props: {
  readonly boardId: string;
  readonly changes: readonly Change[];
  readonly onDone: () => Promise<void>;
}) {
  const [said, setSaid] = useState<string>();
  const status = useRef<HTMLDivElement>(null);
  // The form that had the focus is gone: what came of it is read next.
  useEffect(() => {
    if (said !== undefined) status.current?.focus();
  }, [said]);
  return (
    <>
      <div role="status" tabIndex={-1} ref={status}>
        {said !== undefined && (
          <MessageBar intent="success" layout="multiline" className="message">
            <MessageBarBody>{said}</MessageBarBody>
          </MessageBar>
        )}
      </div>
      <ul className="rows">
        {props.changes.map((one) => (
          <li key={one.ref}>
            <h3>{one.title}</h3>
            <ul className="reasons">
              {one.lines.map((line) => (
                <li key={line}>{line}</li>
              ))}
            </ul>
            {one.mayDecide ? (
              <Decide
                boardId={props.boardId}
                change={one}
                onDone={async (words) => {
                  setSaid(words);
                  await props.onDone();
                }}
              />
            ) : (
              <p className="quiet">Somebody else decides about this date: the chair, unless it is their own.</p>
            )}
          </li>
        ))}
      </ul>
    </>
  );
}

function Decide(props: {
  readonly boardId: string;
  readonly change: Change;
  readonly onDone: (words: string) => Promise<void>;
}) {
  const { boardId, change } = props;
  const api = useApi();
  const [reason, setReason] = useState('');
  const [problem, setProblem] = useState<Problem>();
  const [underWay, setUnderWay] = useState<boolean>();
  /** What was pressed last, for the confirmation of doubtful words. */
  const pressed = useRef(true);

  async function decide(approve: boolean, confirmedWarnings: boolean): Promise<void> {
    if (underWay !== undefined) return;
    pressed.current = approve;
    setUnderWay(approve);
    try {
      const address = `/boards/${encodeURIComponent(boardId)}/date-changes/${encodeURIComponent(change.ref)}/decision`;
      const given = {
        approve,
        ...(reason.trim() === '' ? {} : { reason }),
        ...(confirmedWarnings ? { confirmedWarnings } : {}),
      };
      const { words } = await api.post(address, given, dateDecisionResponse);
      setProblem(undefined);
      await props.onDone(words);
    } catch (error) {
      const found = problemOf(error);
      // Somebody else was first: their decision stands, and the request waits no more.
      if (found.status === 409) await props.onDone(`${found.title}. ${found.detail}`);
      else setProblem(found);
    } finally {
      setUnderWay(undefined);
    }
  }

  const ofReason = problem?.issues?.find((one) => one.field === 'reason');
  const elsewhere = problem?.issues?.filter((one) => one.field !== 'reason') ?? [];
  return (
    <div className="answer no-print">
      <Field
        label={`Reason about ${change.ref}, for the owner and the record`}
        hint="Needed to refuse, and for a date of your own."
        {...(ofReason ? { validationMessage: ofReason.message, validationState: 'error' as const } : {})}
      >
        <Textarea rows={2} value={reason} onChange={(_event, { value }) => setReason(value)} />
      </Field>
      {problem && !ofReason && elsewhere.length === 0 && !problem.warnings && <ProblemMessage problem={problem} />}
      <OtherIssues issues={elsewhere} />
      {problem && <ConfirmWords problem={problem} onConfirm={() => void decide(pressed.current, true)} />}
      <p className="quiet">
        Approving moves the date; refusing leaves it. Either way the owner is told, and the decision stays on record: it
        is changed by asking for another date.
      </p>
      <div className="buttons">
        <Button
          appearance="primary"
          disabledFocusable={underWay !== undefined}
          aria-label={`Approve ${change.ref}`}
          onClick={() => void decide(true, false)}
        >
          {underWay === true ? 'Approving …' : 'Approve'}
        </Button>
        <Button
          disabledFocusable={underWay !== undefined}
          aria-label={`Refuse ${change.ref}`}
          onClick={() => void decide(false, false)}
        >
          {underWay === false ? 'Refusing …' : 'Refuse'}
        </Button>
      </div>
    </div>
  );
}
