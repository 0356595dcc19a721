// Who changed which setting, when, from what to what; each change can be put back, which is a change of its own.
import { Button } from '@fluentui/react-components';
import { useEffect, useState } from 'react';
import { settingsHistoryResponse, type Problem, type SettingsHistoryResponse } from '../../../bot/api/contract';
import { problemOf, useApi } from '../useView';
import { Loading, ProblemMessage } from './Message';
import { Section } from './Page';
import { ChangeLines, useSettingChange } from './useSettingChange';

export function SettingsHistory(props: {
  readonly boardId: string;
  readonly mayChange: boolean;
  /** How many changes were made on this page: the history is open after the first, and read again after each. */
  readonly made: number;
  readonly onDone: () => Promise<void>;
}) {
  const api = useApi();
  const { boardId, made } = props;
  const [isAsked, setAsked] = useState(false);
  const isOpen = isAsked || made > 0;
  const [changes, setChanges] = useState<SettingsHistoryResponse['changes']>();
  const [problem, setProblem] = useState<Problem>();
  const setting = useSettingChange({ boardId, fields: [], onSaved: props.onDone });
  useEffect(() => {
    if (!isOpen) return;
    let isLeft = false;
    api.get(`/boards/${encodeURIComponent(boardId)}/settings/history`, settingsHistoryResponse).then(
      (found) => {
        if (isLeft) return;
        setProblem(undefined);
        setChanges(found.changes);
      },
      (error: unknown) => isLeft || setProblem(problemOf(error)),
    );
    return () => {
      isLeft = true;
    };
  }, [api, boardId, isOpen, made]);
  return (
    <Section id="history" title="Who changed what">
      {!isOpen && (
        <div className="buttons no-print choose-first">
          <Button onClick={() => setAsked(true)}>Show the changes</Button>
        </div>
      )}
      {problem && <ProblemMessage problem={problem} />}
      {isOpen && !changes && !problem && <Loading what="the changes" />}
      {changes?.length === 0 && <p className="empty">No setting has been changed yet.</p>}
      {setting.panel}
      {changes && changes.length > 0 && (
        <ol className="rows">
          {changes.map((one) => (
            <li key={one.change}>
              <p>
                {one.when}, {one.who} {one.by}
              </p>
              <ChangeLines lines={one.lines} />
              {props.mayChange && one.mayPutBack && (
                <Button
                  className="no-print"
                  size="small"
                  aria-label={`Put back what was changed on ${one.when}`}
                  disabledFocusable={setting.isBusy}
                  onClick={() => setting.propose({ kind: 'put-back', change: one.change })}
                >
                  Put back
                </Button>
              )}
            </li>
          ))}
        </ol>
      )}
    </Section>
  );
}
