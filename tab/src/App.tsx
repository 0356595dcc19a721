// The tab: who reads, which page the address names, the navigation of what is open to them.
import { Button } from '@fluentui/react-components';
import { lazy, Suspense, useEffect, useRef } from 'react';
import { meResponse, type MeResponse } from '../../bot/api/contract';
import { Keys } from './components/Keys';
import { Empty, Loading, PageLoading, ProblemMessage } from './components/Message';
import { Search } from './components/Search';
import { addressOf, pageList } from './pageList';
import { isPageName } from './pageNames';
import { PageTitle } from './components/PageTitle';
import { PageLink, useAddress } from './router';
import { useChanges } from './live';
import { useApi, useView } from './useView';
import { small } from './words';

/** Shown by Teams while the tab is added to a channel; no page to go to. */
const ConfigurePage = lazy(async () => ({ default: (await import('./pages/ConfigurePage')).ConfigurePage }));

export function App(props: { readonly onLeave?: (() => void) | undefined }) {
  const { data: me, problem, reload } = useView('/me', meResponse);
  const { parts } = useAddress();
  useChanges(useApi(), me?.boardId);
  const page = parts[0] ?? me?.pages[0] ?? 'board';
  const isAdded = parts[0] === 'configure';
  const isOneOfSeveral = me !== undefined && me.boards.length > 1;
  useTopOfNewPage(parts.join('/'));
  return (
    <div className="tab">
      <a className="skip" href="#content">
        Skip to the content
      </a>
      <header className="top">
        <p className={`board-name ${isOneOfSeveral ? 'print-only' : ''}`}>{me?.boardName ?? 'Board Assistant'}</p>
        {me && isOneOfSeveral && <Boards me={me} />}
        {!me && !problem && !isAdded && <HeadToCome />}
        {me && !isAdded && (
          <div className="tools">
            <Search boardId={me.boardId} />
            <Keys />
            <Reader me={me} onLeave={props.onLeave} />
          </div>
        )}
        {me && !isAdded && (
          <nav aria-label="Pages" className="no-print">
            <ul>
              {me.pages.map((one) => (
                <li key={one}>
                  <PageLink to={addressOf(one)} current={page === one}>
                    {pageList[one].title}
                  </PageLink>
                </li>
              ))}
            </ul>
          </nav>
        )}
      </header>
      <main id="content" tabIndex={-1}>
        {problem && !me ? (
          <ProblemMessage problem={problem} onRetry={() => void reload()} />
        ) : isAdded ? (
          <Suspense fallback={<Loading what="what can be shown" />}>
            {me ? <ConfigurePage me={me} /> : <Loading what="what can be shown" />}
          </Suspense>
        ) : (
          <Shown parts={parts} me={me} />
        )}
      </main>
    </div>
  );
}

/** Out of sight: about the room that the head takes once it is known who reads, so that the page does not move then. */
function HeadToCome() {
  return (
    <>
      <div className="tools to-come" aria-hidden="true">
        <span className="reader">Search, keys and your name</span>
      </div>
      <nav className="to-come" aria-hidden="true">
        <ul>
          {Object.entries(pageList).map(([name, { title }]) => (
            <li key={name}>
              <a>{title}</a>
            </li>
          ))}
        </ul>
      </nav>
    </>
  );
}

/** For who belongs to several boards; another board is read anew from its first page. */
function Boards({ me }: { readonly me: MeResponse }) {
  return (
    <nav aria-label="Your boards" className="boards no-print">
      <ul>
        {me.boards.map((one) => (
          <li key={one.id}>
            <a
              href={`/tab/?board=${encodeURIComponent(one.id)}`}
              aria-current={one.id === me.boardId ? 'true' : undefined}
            >
              {one.name}
            </a>
          </li>
        ))}
      </ul>
    </nav>
  );
}

function Reader({ me, onLeave }: { readonly me: MeResponse; readonly onLeave: (() => void) | undefined }) {
  return (
    <p className="reader">
      {me.name}, {small(me.roleWords)}
      {onLeave && (
        <Button className="no-print" size="small" appearance="transparent" onClick={onLeave}>
          Be somebody else
        </Button>
      )}
    </p>
  );
}

/** Pages start reading beside the question who reads, which goes along with the first view: one request brings both. */
function Shown({ parts, me }: { readonly parts: readonly string[]; readonly me: MeResponse | undefined }) {
  const [name = me?.pages[0] ?? 'board', ref, ...rest] = parts;
  if (isPageName(name) && rest.length === 0) {
    const { title, page: Page, one: One } = pageList[name];
    if (ref === undefined || One !== undefined)
      return (
        <Suspense fallback={<PageToCome what={title.toLowerCase()} />}>
          {ref === undefined ? <Page /> : One && <One key={ref} itemRef={ref} />}
        </Suspense>
      );
  }
  if (!me) return <Loading what="the tab" />;
  return (
    <>
      <PageTitle>There is no such page</PageTitle>
      <Empty>
        The address may be mistyped or from an older version. <PageLink to="/tab/">Go to the board</PageLink>.
      </Empty>
    </>
  );
}

/** The heading is the page's own and comes with it; its room is there already. */
function PageToCome({ what }: { readonly what: string }) {
  return (
    <>
      <div className="page-head" />
      <PageLoading what={what} />
    </>
  );
}

/** After a move within the tab the new page is read from its top; its heading takes the focus. */
function useTopOfNewPage(path: string): void {
  const shown = useRef(path);
  useEffect(() => {
    if (shown.current === path) return;
    shown.current = path;
    window.scrollTo(0, 0);
  }, [path]);
}
