// Somebody leaves the board: who, their last day, who takes over; the last hand-over can be taken back.
import { Button, Field, MessageBar, MessageBarBody, Select } from '@fluentui/react-components';
import { useEffect, useRef, useState, type FormEvent } from 'react';
import { managedResponse, type Problem, type SettingsResponse } from '../../../bot/api/contract';
import { problemOf, useApi } from '../useView';
import { DayField } from './DayField';
import { ProblemMessage } from './Message';
import { Section } from './Page';
import { OtherIssues } from './OtherIssues';

const nothing = { personRef: '', lastDayOn: '', toRef: '' };

export function HandOver({ data, onDone }: { readonly data: SettingsResponse; readonly onDone: () => Promise<void> }) {
  const api = useApi();
  const [given, setGiven] = useState(nothing);
  const [problem, setProblem] = useState<Problem>();
  const [said, setSaid] = useState<readonly string[]>();
  const [isBusy, setBusy] = useState(false);
  /** The same press again is the same request. */
  const nonce = useRef<string>(undefined);
  const status = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (said !== undefined) status.current?.focus();
  }, [said]);

  async function send(path: string, body: object): Promise<void> {
    if (isBusy) return;
    setBusy(true);
    try {
      const { words, findings } = await api.post(path, { boardId: data.asOf.boardId, ...body }, managedResponse);
      nonce.current = undefined;
      setProblem(undefined);
      setGiven(nothing);
      setSaid([...words, ...findings]);
      await onDone();
    } catch (error) {
      setSaid(undefined);
      setProblem(problemOf(error));
    } finally {
      setBusy(false);
    }
  }
  const set = (part: Partial<typeof nothing>): void => {
    nonce.current = undefined;
    setGiven({ ...given, ...part });
  };
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    const missing = [
      ...(given.personRef === '' ? [{ field: 'personRef', message: 'Choose who leaves.' }] : []),
      ...(given.lastDayOn === '' ? [{ field: 'lastDayOn', message: 'Choose the last day.' }] : []),
    ];
    if (missing.length > 0) {
      setProblem({ type: '', title: 'Not recorded yet', status: 422, detail: '', issues: missing });
      return;
    }
    nonce.current ??= crypto.randomUUID();
    const { toRef, ...rest } = given;
    void send('/manage/leave', { ...rest, ...(toRef === '' ? {} : { toRef }), nonce: nonce.current });
  };
  const issue = (field: string) => {
    const found = problem?.issues?.find((one) => one.field === field);
    return found ? { validationMessage: found.message, validationState: 'error' as const } : {};
  };
  const elsewhere = problem?.issues?.filter((one) => !Object.hasOwn(nothing, one.field)) ?? [];
  const leaving = data.people.filter((one) => one.leaves !== undefined);
  return (
    <Section id="people" title="People and hand-over">
      {leaving.length > 0 && (
        <ul className="reasons">
          {leaving.map((one) => (
            <li key={one.ref}>
              {one.name}, {one.words}: {one.leaves}
            </li>
          ))}
        </ul>
      )}
      <div role="status" tabIndex={-1} ref={status}>
        {said !== undefined && (
          <MessageBar intent="success" layout="multiline" className="message">
            <MessageBarBody>
              {said.map((one) => (
                <p key={one}>{one}</p>
              ))}
            </MessageBarBody>
          </MessageBar>
        )}
      </div>
      {problem && problem.issues === undefined && <ProblemMessage problem={problem} />}
      <OtherIssues issues={elsewhere} />
      <form className={`answer no-print ${leaving.length === 0 ? 'choose-first' : ''}`} onSubmit={submit} noValidate>
        <p className="quiet">
          Who leaves hands over all that is open on the day after their last: both are told, and nothing is asked of who
          has left. Single actions are handed over in chat.
        </p>
        <Field label="Who leaves?" {...issue('personRef')}>
          <Select value={given.personRef} onChange={(_event, { value }) => set({ personRef: value })}>
            <option value="">choose a person</option>
            {data.people.map((one) => (
              <option key={one.ref} value={one.ref}>
                {one.name}, {one.words}
              </option>
            ))}
          </Select>
        </Field>
        <div className="side-by-side">
          <DayField
            label="Last day"
            value={given.lastDayOn}
            issue={issue('lastDayOn')}
            onChange={(lastDayOn) => set({ lastDayOn })}
          />
          <Field label="Who takes over?" {...issue('toRef')}>
            <Select value={given.toRef} onChange={(_event, { value }) => set({ toRef: value })}>
              <option value="">nobody yet</option>
              {data.people
                .filter((one) => one.ref !== given.personRef)
                .map((one) => (
                  <option key={one.ref} value={one.ref}>
                    {one.name}, {one.words}
                  </option>
                ))}
            </Select>
          </Field>
        </div>
        <div className="buttons">
          <Button type="submit" disabledFocusable={isBusy}>
            Record the leaving
          </Button>
          <Button disabledFocusable={isBusy} onClick={() => void send('/manage/hand-back', {})}>
            Take my last hand-over back
          </Button>
        </div>
      </form>
    </Section>
  );
}
