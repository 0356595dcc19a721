// Search over everything on the board: Ctrl+K anywhere, words, arrow keys, Enter; each hit is a real link.
import { useEffect, useId, useState, type KeyboardEvent } from 'react';
import { searchResponse, type SearchResponse } from '../../../bot/api/contract';
import { navigate } from '../router';
import { problemOf, useApi } from '../useView';
import { counted } from '../words';
import { Empty } from './Message';
import { ModalDialog } from './ModalDialog';

/** While somebody types, one request for each pause. */
const pauseMs = 150;

type Found =
  { readonly kind: 'rows'; readonly data: SearchResponse } | { readonly kind: 'problem'; readonly text: string };

/** Loaded when it is first opened. */
export default function SearchDialog(props: { readonly boardId: string; readonly onClose: () => void }) {
  const [words, setWords] = useState('');
  const [chosen, setChosen] = useState(0);
  const found = useFound(props.boardId, words);
  const rows = found?.kind === 'rows' ? found.data.rows : [];
  const listId = useId();

  useEffect(() => setChosen(0), [found]);

  const onKeyDown = (event: KeyboardEvent<HTMLInputElement>): void => {
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
    if (step !== 0 && rows.length > 0) {
      event.preventDefault();
      setChosen((old) => (old + step + rows.length) % rows.length);
    }
    const row = rows[chosen];
    if (event.key === 'Enter' && row) {
      event.preventDefault();
      navigate(row.to);
      props.onClose();
    }
  };

  return (
    <ModalDialog className="search" name={{ words: 'Search the board' }} onClose={props.onClose}>
      <label htmlFor={`${listId}-words`}>Search actions, risks, measures and decisions</label>
      <input
        id={`${listId}-words`}
        type="search"
        role="combobox"
        aria-expanded={rows.length > 0}
        aria-controls={listId}
        aria-activedescendant={rows.length > 0 ? `${listId}-${chosen}` : undefined}
        autoComplete="off"
        // The dialog was opened to type here.
        autoFocus
        value={words}
        onChange={(event) => setWords(event.target.value)}
        onKeyDown={onKeyDown}
      />
      <p className="visually-hidden" role="status">
        {found?.kind === 'rows' ? counted(rows.length, 'hit') : ''}
      </p>
      {found?.kind === 'problem' && <p role="alert">{found.text}</p>}
      {found?.kind === 'rows' && found.data.none !== undefined && <Empty>{found.data.none}</Empty>}
      <ul id={listId} role="listbox" aria-label="What fits">
        {rows.map((row, index) => (
          <li
            key={`${row.kind} ${row.ref}`}
            id={`${listId}-${index}`}
            role="option"
            aria-selected={index === chosen}
            onClick={() => {
              navigate(row.to);
              props.onClose();
            }}
          >
            <span className="row-title">{`${row.ref} ${row.title}`}</span>
            <span className="quiet">
              {[row.kindWords, row.statusWords, row.owner].filter((one) => one !== undefined).join(' · ')}
            </span>
          </li>
        ))}
      </ul>
      <p className="quiet">Arrow keys choose, Enter opens, Escape closes.</p>
    </ModalDialog>
  );
}

/** What fits the words typed last; before any word the reader's own. */
function useFound(boardId: string, words: string): Found | undefined {
  const api = useApi();
  const [found, setFound] = useState<Found>();
  useEffect(() => {
    let isLast = true;
    const ask = async (): Promise<void> => {
      const path = `/boards/${encodeURIComponent(boardId)}/search?q=${encodeURIComponent(words.slice(0, 200))}`;
      const next: Found = await api.get(path, searchResponse).then(
        (data) => ({ kind: 'rows', data }),
        (error: unknown) => ({ kind: 'problem', text: `${problemOf(error).title}. ${problemOf(error).detail}` }),
      );
      if (isLast) setFound(next);
    };
    const timer = setTimeout(() => void ask(), words === '' ? 0 : pauseMs);
    return () => {
      isLast = false;
      clearTimeout(timer);
    };
  }, [api, boardId, words]);
  return found;
}
