// The board's settings: whether messages go out, the figures of the rules in words, quiet days, facts of the notice.
import { Button, Field, Input, MessageBar, MessageBarBody, Select } from '@fluentui/react-components';
import { useEffect, useRef, useState, type FormEvent } from 'react';
import { managedResponse, settingsResponse, type Problem, type SettingsResponse } from '../../../bot/api/contract';
import { ProblemMessage, Stale } from '../components/Message';
import { Page, Section } from '../components/Page';
import { problemOf, useApi, useView } from '../useView';

export function SettingsPage() {
  const view = useView('/settings', settingsResponse);
  return (
    <Page title="Settings" what="the settings" view={view}>
      {(data) => (
        <>
          {data.problems.map((one) => (
            <Stale key={one} text={one} />
          ))}
          <Sending data={data} onDone={() => view.reload()} />
          <Section id="facts" title="The board and its notice">
            <dl className="facts">
              {data.facts.map((one) => (
                <div key={one.label}>
                  <dt>{one.label}</dt>
                  <dd>{one.value}</dd>
                </div>
              ))}
            </dl>
          </Section>
          <Section id="quiet" title="Quiet days">
            <p>{data.quietDays.words}</p>
            <ul className="reasons">
              {data.quietDays.periods.map((one) => (
                <li key={one}>{one}</li>
              ))}
            </ul>
          </Section>
          <Policy policy={data.policy} />
        </>
      )}
    </Page>
  );
}

function Policy({ policy }: { readonly policy: SettingsResponse['policy'] }) {
  const own = policy.flatMap((one) => one.rows).filter((one) => one.isOwn).length;
  return (
    <Section
      id="policy"
      title="The figures of the rules"
      note={own === 0 ? 'All as the default' : `${own} set by this board, the rest as the default`}
    >
      <p>
        The secretary and the chair have them changed with the operator’s command <code>settings set policy</code>,
        under the name given after each.
      </p>
      {policy.map((one) => (
        <div key={one.group}>
          <h3>{one.group}</h3>
          <dl className="facts">
            {one.rows.map((row) => (
              <div key={row.key}>
                <dt>{row.words}</dt>
                <dd>
                  {row.value}
                  {row.isOwn && <span className="tag">{`set by this board, default ${row.standard}`}</span>}{' '}
                  <code className="quiet">{row.key}</code>
                </dd>
              </div>
            ))}
          </dl>
        </div>
      ))}
    </Section>
  );
}

function Sending({ data, onDone }: { readonly data: SettingsResponse; readonly onDone: () => Promise<void> }) {
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
          <Field label="Why is it paused?" hint="A line that the secretary and the chair read." {...issue('why')}>
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
