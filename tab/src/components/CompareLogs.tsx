// What changed between two frozen logs, in words: chosen by the reader, kept in the address so that it can be passed on.
import { Button, Field, Select } from '@fluentui/react-components';
import { useEffect, useState } from 'react';
import { logDiffResponse, type LogDiffResponse, type LogResponse, type Problem } from '../../../bot/api/contract';
import { navigate, PageLink, useAddress } from '../router';
import { problemOf, useApi } from '../useView';
import { counted, longDate } from '../words';
import { Loading, ProblemMessage } from './Message';
import { Direction } from './Status';

type Logs = LogResponse['logs'];

export function CompareLogs({ boardId, logs }: { readonly boardId: string; readonly logs: Logs }) {
  const { query } = useAddress();
  const known = (name: string): string | undefined => logs.find((one) => one.shortCode === query.get(name))?.shortCode;
  const [asked, setAsked] = useState({ from: known('from'), to: known('to') });
  const [newest, before] = logs;
  const chosen = { from: asked.from ?? before?.shortCode ?? '', to: asked.to ?? newest?.shortCode ?? '' };
  const shown = { from: known('from'), to: known('to') };
  const options = logs.map((one) => (
    <option key={one.shortCode} value={one.shortCode}>
      {`${one.shortCode}, frozen on ${longDate(one.frozenOn)}`}
    </option>
  ));
  return (
    <>
      <form
        className={`acts no-print ${shown.from === undefined || shown.to === undefined ? 'choose-first' : ''}`}
        aria-label="Two logs to compare"
        onSubmit={(event) => {
          event.preventDefault();
          if (chosen.from !== chosen.to) navigate(`/tab/log?${new URLSearchParams(chosen).toString()}`, 'replace');
        }}
      >
        <Field label="From">
          <Select value={chosen.from} onChange={(_event, { value }) => setAsked({ ...chosen, from: value })}>
            {options}
          </Select>
        </Field>
        <Field label="To">
          <Select value={chosen.to} onChange={(_event, { value }) => setAsked({ ...chosen, to: value })}>
            {options}
          </Select>
        </Field>
        <Button type="submit" disabledFocusable={chosen.from === chosen.to}>
          Compare
        </Button>
      </form>
      {chosen.from === chosen.to && <p className="quiet">Choose two different logs.</p>}
      {shown.from !== undefined && shown.to !== undefined && (
        <Compared key={`${shown.from} ${shown.to}`} boardId={boardId} from={shown.from} to={shown.to} />
      )}
    </>
  );
}

function Compared(props: { readonly boardId: string; readonly from: string; readonly to: string }) {
  const { boardId, from, to } = props;
  const api = useApi();
  const [found, setFound] = useState<LogDiffResponse>();
  const [problem, setProblem] = useState<Problem>();
  // Frozen logs never change: read once.
  useEffect(() => {
    const query = new URLSearchParams({ from, to }).toString();
    let isShown = true;
    api.get(`/boards/${encodeURIComponent(boardId)}/logs/diff?${query}`, logDiffResponse).then(
      (answer) => isShown && setFound(answer),
      (error: unknown) => isShown && setProblem(problemOf(error)),
    );
    return () => {
      isShown = false;
    };
  }, [api, boardId, from, to]);
  if (problem) return <ProblemMessage problem={problem} />;
  if (!found) return <Loading what="both logs" />;
  return <Difference found={found} />;
}

const kinds = [
  ['action', 'Actions'],
  ['risk', 'Risks'],
  ['measure', 'Measures'],
  ['decision', 'Decisions'],
  ['date change', 'Date changes'],
  ['contribution', 'Contributions'],
  ['clause', 'Clauses of the notice'],
] as const;

const directions = {
  better: ['better', 'Better'],
  worse: ['worse', 'Worse'],
  mixed: ['neutral', 'Better and worse'],
  changed: ['neutral', 'Changed'],
  new: ['neutral', 'New'],
  gone: ['neutral', 'Gone'],
} as const;

function Difference({ found }: { readonly found: LogDiffResponse }) {
  return (
    <div role="region" aria-label={`${found.from?.shortCode ?? 'Nothing'} compared with ${found.to.shortCode}`}>
      <p role="status">
        <strong>{`${found.from?.shortCode ?? 'Nothing'} to ${found.to.shortCode}: `}</strong>
        {found.text}
      </p>
      {found.notes.length > 0 && (
        <ul className="reasons quiet">
          {[...new Set(found.notes)].map((one) => (
            <li key={one}>{one}</li>
          ))}
        </ul>
      )}
      {kinds.map(([kind, title]) => (
        <ChangesOf key={kind} title={title} rows={found.rows.filter((one) => one.kind === kind)} />
      ))}
    </div>
  );
}

function ChangesOf({ title, rows }: { readonly title: string; readonly rows: LogDiffResponse['rows'] }) {
  if (rows.length === 0) return null;
  return (
    <details open={rows.length <= 10}>
      <summary>{`${title}: ${counted(rows.length, 'change')}`}</summary>
      <ul className="rows">
        {rows.map((one) => {
          const [direction, word] = directions[one.direction];
          const name = `${one.ref}${one.title === undefined ? '' : ` ${one.title}`}`;
          return (
            <li key={one.ref}>
              <p className="row-title">
                {one.kind === 'action' && one.direction !== 'gone' ? (
                  <PageLink to={`/tab/actions/${encodeURIComponent(one.ref)}`}>{name}</PageLink>
                ) : (
                  name
                )}{' '}
                <Direction to={direction} word={word} />
              </p>
              <ul className="reasons">
                {one.texts.map((text) => (
                  <li key={text}>{text}</li>
                ))}
              </ul>
            </li>
          );
        })}
      </ul>
    </details>
  );
}
