// Whether the board's messages go out; the secretary pauses them with a reason, and resumes.
import { Button, Field, Input, MessageBar, MessageBarBody, Select } from '@fluentui/react-components';
import { useEffect, useRef, useState, type FormEvent } from 'react';
import { managedResponse, type Problem, type SettingsResponse } from '../../../bot/api/contract';
import { problemOf, useApi } from '../useView';
import { ProblemMessage } from './Message';
import { Section } from './Page';

export function SendingPause({
  data,
  onDone,
}: {
  readonly data: SettingsResponse;
  readonly onDone: () => Promise<void>;
}) {
  const api = useApi();
  const [why, setWhy] = useState('');
  const [untilAt, setUntilAt] = useState('');
  const [problem, setProblem] = useState<Problem>();
  const [said, setSaid] = useState<string>();
  const [isSaving, setSaving] = useState(false);
  /** The same press again is the same request. */
  const nonce = useRef<string>(undefined);
  const status = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (said !== undefined) status.current?.focus();
  }, [said]);

  async function send(what: 'pause' | 'resume'): Promise<void> {
    if (isSaving) return;
    setSaving(true);
    nonce.current ??= crypto.randomUUID();
    const given = { boardId: data.asOf.boardId, nonce: nonce.current };
    const pause = { why, ...(untilAt === '' ? {} : { untilAt }) };
    try {
      const { words } = await api.post(
        `/manage/${what}`,
        what === 'pause' ? { ...given, ...pause } : given,
        managedResponse,
      );
      nonce.current = undefined;
      setProblem(undefined);
      setWhy('');
      setUntilAt('');
      setSaid(words.join(' '));
      await onDone();
    } catch (error) {
      setSaid(undefined);
      setProblem(problemOf(error));
    } finally {
      setSaving(false);
    }
  }

  const submit = (event: FormEvent): void => {
    event.preventDefault();
    void send('pause');
  };
  const issue = (field: string) => {
    const found = problem?.issues?.find((one) => one.field === field);
    return found ? { validationMessage: found.message, validationState: 'error' as const } : {};
  };
  return (
    <Section id="sending" title="Messages of the board" note={data.paused === undefined ? 'Going out' : 'Paused'}>
      <div role="status" tabIndex={-1} ref={status}>
        {said !== undefined && (
          <MessageBar intent="success" layout="multiline" className="message">
            <MessageBarBody>{said}</MessageBarBody>
          </MessageBar>
        )}
      </div>
      {problem && !problem.issues?.some((one) => one.field === 'why' || one.field === 'untilAt') && (
        <ProblemMessage problem={problem} />
      )}
      <p>
        {data.paused ??
          'Requests, reminders and papers go out by the plan of the cycle. A pause stops all of them; people can still look and answer.'}
      </p>
      {!data.mayPause && <p className="quiet">The secretary pauses and resumes sending.</p>}
      {data.mayPause && data.paused !== undefined && (
        <div className="buttons no-print">
          <Button appearance="primary" disabledFocusable={isSaving} onClick={() => void send('resume')}>
            Resume sending
          </Button>
        </div>
      )}
      {data.mayPause && data.paused === undefined && (
        <form className="answer no-print" onSubmit={submit} noValidate>
          <Field label="Why pause the messages?" hint="A line that the secretary and the chair read." {...issue('why')}>
            <Input value={why} onChange={(_event, { value }) => setWhy(value)} />
          </Field>
          <Field label="For how long?" {...issue('untilAt')}>
            <Select value={untilAt} onChange={(_event, { value }) => setUntilAt(value)}>
              <option value="">until somebody resumes it</option>
              {data.pauseEnds.map((one) => (
                <option key={one.untilAt} value={one.untilAt}>
                  {one.words}
                </option>
              ))}
            </Select>
          </Field>
          <div className="buttons">
            <Button type="submit" disabledFocusable={isSaving}>
              {isSaving ? 'Pausing …' : 'Pause sending'}
            </Button>
          </div>
        </form>
      )}
    </Section>
  );
}
