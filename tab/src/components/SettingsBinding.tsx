// How the board's lists in SharePoint are understood: list by list, column by column, with what the examination found.
import { Button } from '@fluentui/react-components';
import { useState } from 'react';
import { settingsBindingResponse, type Problem, type SettingsBindingResponse } from '../../../bot/api/contract';
import { problemOf, useApi } from '../useView';
import { Loading, ProblemMessage } from './Message';
import { Section } from './Page';

export function SettingsBinding({ boardId }: { readonly boardId: string }) {
  const api = useApi();
  const [shown, setShown] = useState<SettingsBindingResponse>();
  const [problem, setProblem] = useState<Problem>();
  const [isReading, setReading] = useState(false);

  async function read(): Promise<void> {
    if (isReading) return;
    setReading(true);
    setProblem(undefined);
    try {
      setShown(await api.get(`/boards/${encodeURIComponent(boardId)}/settings/binding`, settingsBindingResponse));
    } catch (error) {
      setProblem(problemOf(error));
    } finally {
      setReading(false);
    }
  }
  return (
    <Section id="binding" title="The lists in SharePoint">
      <p>
        The board’s records stand in lists of its own site. Where the council named a list, a column or a word
        differently, the binding says what stands for what. It is read here and changed by the operator:{' '}
        <code>npm run board -- doctor --propose FILE</code> writes a proposal, <code>settings set binding FILE</code>{' '}
        keeps it.
      </p>
      <div className="buttons no-print">
        <Button disabledFocusable={isReading} onClick={() => void read()}>
          {shown ? 'Examine the site again' : 'Examine the site'}
        </Button>
      </div>
      {isReading && <Loading what="the site" />}
      {problem && <ProblemMessage problem={problem} />}
      {shown && <Bound shown={shown} />}
    </Section>
  );
}

function Bound({ shown }: { readonly shown: SettingsBindingResponse }) {
  return (
    <>
      <h3>What was found</h3>
      {shown.findings.length === 0 ? (
        <p>Nothing to mend.</p>
      ) : (
        <ul className="reasons">
          {shown.findings.map((one) => (
            <li key={`${one.rule} ${one.ref} ${one.text}`}>{one.text}</li>
          ))}
        </ul>
      )}
      <h3>What stands for what</h3>
      {shown.isOwn && <p>Every list, column and word has the assistant’s own name.</p>}
      {shown.lists.map((list) => (
        <details key={list.name}>
          <summary>
            {list.name}
            {list.title === undefined
              ? ': not kept by the council'
              : list.title === list.name
                ? ''
                : `: the list “${list.title}”`}
          </summary>
          <p className="quiet">{list.holds}</p>
          <ul className="reasons">
            {list.columns.map((column) => (
              <li key={column.name}>
                {column.name}
                {column.column === undefined
                  ? ': not kept'
                  : column.column === column.name
                    ? ''
                    : `: the column “${column.column}”`}
                {column.words.length > 0 && `; words: ${column.words.join(', ')}`}
              </li>
            ))}
          </ul>
        </details>
      ))}
    </>
  );
}
