// The tab: who reads, which page the address names, the navigation of what is open to them.
import { Button } from '@fluentui/react-components';
import { useEffect, useRef } from 'react';
import { meResponse, type MeResponse } from '../../bot/api/contract';
import { Empty, Loading, ProblemMessage } from './components/Message';
import { ActionPage } from './pages/ActionPage';
import { ActionsPage } from './pages/ActionsPage';
import { BoardPage } from './pages/BoardPage';
import { LogPage } from './pages/LogPage';
import { RisksPage } from './pages/RisksPage';
import { PageLink, useAddress } from './router';
import { useView } from './useView';

const pages = {
  board: { to: '/tab/', title: 'Board' },
  actions: { to: '/tab/actions', title: 'Actions' },
  risks: { to: '/tab/risks', title: 'Risks' },
  log: { to: '/tab/log', title: 'Log' },
} as const;

export function App(props: { readonly onLeave?: (() => void) | undefined }) {
  const { data: me, problem, reload } = useView('/me', meResponse);
  const { parts } = useAddress();
  const page = parts[0] ?? me?.pages[0] ?? 'board';
  useFocusOnNewPage(parts.join('/'));
  return (
    <div className="tab">
      <a className="skip" href="#content">
        Skip to the content
      </a>
      <header className="top">
        <p className="board-name">{me?.boardName ?? 'Board Assistant'}</p>
        {me && (
          <nav aria-label="Pages" className="no-print">
            <ul>
              {me.pages.map((one) => (
                <li key={one}>
                  <PageLink to={pages[one].to} current={page === one}>
                    {pages[one].title}
                  </PageLink>
                </li>
              ))}
            </ul>
          </nav>
        )}
        {me && <Reader me={me} onLeave={props.onLeave} />}
      </header>
      <main id="content" tabIndex={-1}>
        {problem && !me ? (
          <ProblemMessage problem={problem} onRetry={() => void reload()} />
        ) : (
          <Shown parts={parts} me={me} />
        )}
      </main>
    </div>
  );
}

function Reader({ me, onLeave }: { readonly me: MeResponse; readonly onLeave: (() => void) | undefined }) {
  return (
    <p className="reader">
      {me.name}, {me.roleWords.charAt(0).toLowerCase() + me.roleWords.slice(1)}
      {onLeave && (
        <Button className="no-print" size="small" appearance="transparent" onClick={onLeave}>
          Be somebody else
        </Button>
      )}
    </p>
  );
}

/** Pages start reading beside the question who reads, so that the first one needs one round trip. */
function Shown({ parts, me }: { readonly parts: readonly string[]; readonly me: MeResponse | undefined }) {
  const [page = me && !me.pages.includes('board') ? 'log' : 'board', ref, ...rest] = parts;
  if (rest.length === 0) {
    if (page === 'actions') return ref === undefined ? <ActionsPage /> : <ActionPage key={ref} actionRef={ref} />;
    if (page === 'risks' && ref === undefined) return <RisksPage />;
    if (page === 'log' && ref === undefined) return <LogPage />;
    if (page === 'board' && ref === undefined) return <BoardPage />;
  }
  if (!me) return <Loading what="the tab" />;
  return (
    <>
      <h1 tabIndex={-1}>There is no such page</h1>
      <Empty>
        The address may be mistyped or from an older version. <PageLink to="/tab/">Go to the board</PageLink>.
      </Empty>
    </>
  );
}

/** After a move within the tab the heading of the new page has the focus; the first page leaves it where it is. */
function useFocusOnNewPage(path: string): void {
  const shown = useRef(path);
  useEffect(() => {
    if (shown.current === path) return;
    shown.current = path;
    window.scrollTo(0, 0);
    document.querySelector<HTMLElement>('main h1')?.focus({ preventScroll: true });
  }, [path]);
}
