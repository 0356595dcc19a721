// A change of the settings: shown first with what moves, then saved under what was shown; problems by field.
import { Button, MessageBar, MessageBarBody } from '@fluentui/react-components';
import { useEffect, useRef, useState, type ReactNode } from 'react';
import {
  managedResponse,
  settingsPreviewResponse,
  type Problem,
  type SettingsAsked,
  type SettingsPreviewResponse,
} from '../../../bot/api/contract';
import { problemOf, useApi } from '../useView';
import { ProblemMessage, SiteLoading } from './Message';
import { OtherIssues } from './OtherIssues';

interface Shown {
  readonly change: SettingsAsked;
  readonly preview: SettingsPreviewResponse;
  /** The same press again is the same request. */
  readonly nonce: string;
}

export interface SettingChange {
  readonly isBusy: boolean;
  propose(change: SettingsAsked): void;
  /** What was shown does not hold any more: something else was typed. */
  drop(): void;
  /** For a field: what is wrong with it. */
  issue(field: string): object;
  /** What would change with its buttons, problems that have no field here, and what was done. */
  readonly panel: ReactNode;
}

/** `fields`: those that show their own problems; `loads`: what is worked out until the change can be shown. */
export function useSettingChange(props: {
  readonly boardId: string;
  readonly fields: readonly string[];
  readonly loads?: string;
  readonly onSaved: () => Promise<void>;
}): SettingChange {
  const api = useApi();
  const [shown, setShown] = useState<Shown>();
  const [problem, setProblem] = useState<Problem>();
  const [said, setSaid] = useState<string>();
  const [isBusy, setBusy] = useState(false);
  const place = useRef<HTMLDivElement>(null);
  const address = `/boards/${encodeURIComponent(props.boardId)}/settings`;
  // The eye goes to what would change, or was done; so does the focus.
  useEffect(() => {
    if (shown !== undefined || said !== undefined) place.current?.focus();
  }, [shown, said]);

  async function once(run: () => Promise<void>): Promise<void> {
    if (isBusy) return;
    setBusy(true);
    setSaid(undefined);
    try {
      await run();
      setProblem(undefined);
    } catch (error) {
      setShown(undefined);
      setProblem(problemOf(error));
    } finally {
      setBusy(false);
    }
  }
  const propose = (change: SettingsAsked): void => {
    void once(async () => {
      const preview = await api.post(`${address}/preview`, { change }, settingsPreviewResponse);
      setShown({ change, preview, nonce: crypto.randomUUID() });
    });
  };
  const save = ({ change, preview, nonce }: Shown): void => {
    void once(async () => {
      const { words } = await api.post(
        `${address}/change`,
        { change, version: preview.version, nonce },
        managedResponse,
      );
      setShown(undefined);
      setSaid(`Saved. ${words.join(' ')}`);
      await props.onSaved();
    });
  };
  const found = (field: string) => problem?.issues?.find((one) => one.field === field);
  const elsewhere = problem?.issues?.filter((one) => !props.fields.includes(one.field)) ?? [];
  return {
    isBusy,
    propose,
    drop() {
      setShown(undefined);
      setSaid(undefined);
    },
    issue(field) {
      const one = found(field);
      return one ? { validationMessage: one.message, validationState: 'error' as const } : {};
    },
    panel: (
      <>
        {problem && problem.issues === undefined && <ProblemMessage problem={problem} />}
        <OtherIssues issues={elsewhere} />
        {isBusy && !shown && <SiteLoading what={props.loads ?? 'what would change'} />}
        <div role="status" tabIndex={-1} ref={place} className="what-changes">
          {said !== undefined && (
            <MessageBar intent="success" layout="multiline" className="message">
              <MessageBarBody>{said} It can be put back on the page Settings, under “Who changed what”.</MessageBarBody>
            </MessageBar>
          )}
          {shown && (
            <>
              <Preview preview={shown.preview} kind={shown.change.kind} />
              <div className="buttons">
                <Button appearance="primary" disabledFocusable={isBusy} onClick={() => save(shown)}>
                  {isBusy ? 'Saving …' : 'Save this change'}
                </Button>
                <Button disabledFocusable={isBusy} onClick={() => setShown(undefined)}>
                  Leave it as it is
                </Button>
              </div>
            </>
          )}
        </div>
      </>
    ),
  };
}

function Preview(props: { readonly preview: SettingsPreviewResponse; readonly kind: SettingsAsked['kind'] }) {
  const { lines, moves, notes } = props.preview;
  return (
    <>
      <h3>What would change</h3>
      <ChangeLines lines={lines} />
      {props.kind === 'binding' ? (
        <>
          <h3>The site, read once this way</h3>
          <ul className="reasons">
            {notes.map((one) => (
              <li key={one}>{one}</li>
            ))}
          </ul>
        </>
      ) : (
        <>
          {/* The agenda moves no date. */}
          {props.kind !== 'agenda' && <Moves moves={moves} />}
          {notes.map((one) => (
            <p key={one}>{one}</p>
          ))}
        </>
      )}
    </>
  );
}

function Moves({ moves }: Pick<SettingsPreviewResponse, 'moves'>) {
  return (
    <>
      <h3>Dates that move</h3>
      {moves.length === 0 ? (
        <p className="quiet">No date of the cycle under way moves. Dates stored with a meeting stay as they are.</p>
      ) : (
        <ChangeLines lines={moves} />
      )}
    </>
  );
}

/** `Reminder: 10 working days, then 9 working days`. */
export function ChangeLines({ lines }: { readonly lines: SettingsPreviewResponse['lines'] }) {
  return (
    <ul className="reasons">
      {lines.map((one) => (
        <li key={one.what}>
          {one.what}: {one.before}, <strong>then {one.after}</strong>
        </li>
      ))}
    </ul>
  );
}
