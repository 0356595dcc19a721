// How the board's lists in SharePoint are understood: list by list, column by column, with what the examination found; the secretary changes it.
import { Button } from '@fluentui/react-components';
import { useEffect, useState, type ReactNode } from 'react';
import { settingsBindingResponse, type Problem, type SettingsBindingResponse } from '../../../bot/api/contract';
import { problemOf, useApi } from '../useView';
import { counted } from '../words';
import { BindingForm } from './BindingForm';
import { ProblemMessage, SiteLoading } from './Message';
import { Section } from './Page';

export function SettingsBinding(props: {
  readonly boardId: string;
  readonly mayChange: boolean;
  /** How many changes were made on this page: the site is examined again after each. */
  readonly changes: number;
  readonly onDone: () => Promise<void>;
}) {
  const { boardId, mayChange, changes } = props;
  const api = useApi();
  const [shown, setShown] = useState<SettingsBindingResponse>();
  const [problem, setProblem] = useState<Problem>();
  /** The changes after which it was asked for last; undefined until somebody asks. */
  const [wanted, setWanted] = useState<{ readonly after: number }>();
  const [isReading, setReading] = useState(false);
  useEffect(() => {
    if (wanted && wanted.after !== changes) setWanted({ after: changes });
  }, [wanted, changes]);
  useEffect(() => {
    if (!wanted) return;
    let isLeft = false;
    setReading(true);
    setProblem(undefined);
    const end = (): void => {
      if (!isLeft) setReading(false);
    };
    api
      .get(`/boards/${encodeURIComponent(boardId)}/settings/binding`, settingsBindingResponse)
      .then(
        (found) => isLeft || setShown(found),
        (error: unknown) => isLeft || setProblem(problemOf(error)),
      )
      .finally(end);
    return () => {
      isLeft = true;
    };
  }, [api, boardId, wanted]);
  return (
    <Section id="binding" title="The lists in SharePoint">
      <p>
        The board’s records stand in lists of its own site. Where the council named a list, a column or a word
        differently, it is said here what stands for what.
        {mayChange && ' Examine the site, then change list by list what is read otherwise.'}
      </p>
      <p className="quiet">
        Parts of a cell, rows that are no records and what an empty cell means are said by the operator, in a file:{' '}
        <code>npm run board -- doctor --propose FILE</code>, then <code>settings set</code>.
      </p>
      <div className="buttons no-print">
        <Button disabledFocusable={isReading} onClick={() => isReading || setWanted({ after: changes })}>
          {shown ? 'Examine the site again' : 'Examine the site'}
        </Button>
      </div>
      {isReading && <SiteLoading what="the site" />}
      {problem && <ProblemMessage problem={problem} />}
      {shown && (
        <Bound
          shown={shown}
          formFor={(list) =>
            mayChange && list.mayBeChosen && <BindingForm boardId={boardId} list={list.name} onSaved={props.onDone} />
          }
        />
      )}
    </Section>
  );
}

function Bound(props: {
  readonly shown: SettingsBindingResponse;
  readonly formFor: (list: SettingsBindingResponse['lists'][number]) => ReactNode;
}) {
  const { shown } = props;
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
          {props.formFor(list)}
          <OtherColumns list={list} />
        </details>
      ))}
    </>
  );
}

/** The columns that are not called as ours are; the rest is counted. */
function OtherColumns({ list }: { readonly list: SettingsBindingResponse['lists'][number] }) {
  const others = list.columns.filter((one) => one.column !== one.name || one.words.length > 0);
  const own = list.columns.length - others.length;
  return (
    <>
      {others.length > 0 && (
        <ul className="reasons">
          {others.map((column) => (
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
      )}
      {own > 0 && (
        <p className="quiet">{`${counted(own, 'column')} ${own === 1 ? 'has' : 'have'} the assistant’s own name.`}</p>
      )}
    </>
  );
}
