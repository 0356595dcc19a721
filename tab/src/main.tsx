// Mounts the tab: theme, sign-in, and a last message when something breaks.
import { FluentProvider } from '@fluentui/react-components';
import { Component, StrictMode, useMemo, type ReactNode } from 'react';
import { createRoot } from 'react-dom/client';
import { createApi } from './api';
import { App } from './App';
import { ProblemMessage } from './components/Message';
import { SignIn } from './pages/SignIn';
import './page.css';
import './plan.css';
import './settings.css';
import './narrow.css';
import './print.css';
import { addressOfSubPage } from './deepLinks';
import { keepFocus } from './focusKept';
import { navigate } from './router';
import { forgetPerson, openSession, type Session } from './session';
import { TeamsContext } from './teams';
import { useTheme } from './theme';
import { ApiContext, problemOf } from './useView';

type Opened = Session | { readonly kind: 'failed'; readonly error: unknown };

function Tab({ session }: { readonly session: Opened }) {
  const teams = session.kind === 'signed-in' ? session.teams : undefined;
  const theme = useTheme(teams);
  const api = useMemo(
    () => (session.kind === 'signed-in' ? createApi(session.token, session.boardId) : undefined),
    [session],
  );
  return (
    <FluentProvider theme={theme}>
      {/* Not on FluentProvider itself: it gives its class to what floats over the page, too. */}
      <div className="provider">
        <Boundary>
          {api && (
            <ApiContext value={api}>
              <TeamsContext value={teams}>
                <App onLeave={session.kind === 'signed-in' && !teams ? forgetPerson : undefined} />
              </TeamsContext>
            </ApiContext>
          )}
          {(session.kind === 'choose' || session.kind === 'outside-teams') && <SignIn session={session} />}
          {session.kind === 'failed' && (
            <main className="tab">
              <ProblemMessage problem={problemOf(session.error)} onRetry={() => window.location.reload()} />
            </main>
          )}
        </Boundary>
      </div>
    </FluentProvider>
  );
}

/** Shows words instead of an empty page when drawing fails. */
class Boundary extends Component<{ readonly children: ReactNode }, { readonly error?: unknown }> {
  override state: { readonly error?: unknown } = {};

  static getDerivedStateFromError(error: unknown) {
    return { error };
  }

  override render() {
    if (!('error' in this.state)) return this.props.children;
    return (
      <main className="tab">
        <ProblemMessage problem={problemOf(this.state.error)} onRetry={() => window.location.reload()} />
      </main>
    );
  }
}

async function start(place: HTMLElement): Promise<void> {
  const session: Opened = await openSession().catch((error: unknown) => ({ kind: 'failed', error }) as const);
  const teams = session.kind === 'signed-in' ? session.teams : undefined;
  const linked = teams?.subPageId === undefined ? undefined : addressOfSubPage(teams.subPageId);
  if (linked !== undefined) navigate(linked, 'replace');
  place.textContent = '';
  keepFocus(place);
  createRoot(place).render(
    <StrictMode>
      <Tab session={session} />
    </StrictMode>,
  );
  teams?.ready();
}

const place = document.getElementById('tab');
if (place) void start(place);
