// Before anybody is signed in: whom to be in local mode, or where to open the tab.
import type { Session } from '../session';

export function SignIn({ session }: { readonly session: Extract<Session, { kind: 'choose' | 'outside-teams' }> }) {
  if (session.kind === 'outside-teams')
    return (
      <main className="tab">
        <h1>Open the board in Microsoft Teams</h1>
        <p className="lead">Teams tells the board who you are. In Teams, choose Apps, then Board Assistant.</p>
      </main>
    );
  return (
    <main className="tab">
      <h1>Who would you like to be?</h1>
      <p className="lead">This is the local board with invented people. The choice holds for this window.</p>
      <ul className="rows people">
        {session.people.map((one) => (
          <li key={one.ref}>
            <a href={`?as=${encodeURIComponent(one.ref)}`}>{one.name}</a> <span className="quiet">{one.role}</span>
          </li>
        ))}
      </ul>
    </main>
  );
}
