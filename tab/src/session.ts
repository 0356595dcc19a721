// Who the reader is: the token of Teams, or in local mode that of a sample person.
import type { ConfigResponse } from '../../bot/api/contract';
import { getConfig, ProblemError, signInAs, type TokenSource } from './api';
import { connectToTeams, type TeamsHost } from './teams';

export type Session =
  | {
      readonly kind: 'signed-in';
      readonly token: TokenSource;
      readonly teams: TeamsHost | undefined;
      /** The board that the address names; the reader's first when absent. */
      readonly boardId: string | undefined;
    }
  /** Local mode, and nobody chosen yet. */
  | { readonly kind: 'choose'; readonly people: readonly LocalPerson[] }
  /** Outside Teams there is no way to sign in. */
  | { readonly kind: 'outside-teams' };

export type LocalPerson = NonNullable<ConfigResponse['signIn']>['people'][number];

const chosenKey = 'board-assistant:as';

export async function openSession(): Promise<Session> {
  const [config, teams] = await Promise.all([getConfig(), connectToTeams()]);
  const boardId = new URLSearchParams(window.location.search).get('board') ?? undefined;
  // Inside Teams it is Teams that says who reads.
  if (teams) return { kind: 'signed-in', token: () => teamsToken(teams), teams, boardId };
  const as = chosenPerson();
  if (config.signIn && as !== undefined) return { kind: 'signed-in', token: localToken(as), teams, boardId };
  if (config.signIn) return { kind: 'choose', people: config.signIn.people };
  return { kind: 'outside-teams' };
}

/** Teams asks for consent itself. Where it gives no token, its words are all that a service desk has: nothing reached us. */
export async function teamsToken(teams: Pick<TeamsHost, 'token'>): Promise<string> {
  try {
    return await teams.token();
  } catch (cause) {
    const said = (cause instanceof Error ? cause.message : String(cause)).replace(/\s+/g, ' ').trim().slice(0, 200);
    throw new ProblemError({
      type: 'urn:board-assistant:problem:signed-out',
      title: 'Teams did not sign you in',
      status: 401,
      detail: `Press Try again; where Teams asks whether the app may know who you are, allow it. If this stays, tell your service desk what Teams said: ${said || 'nothing'}.`,
    });
  }
}

/** `?as=P01` chooses; the choice holds for this window and leaves the address. */
function chosenPerson(): string | undefined {
  const url = new URL(window.location.href);
  const asked = url.searchParams.get('as');
  if (asked !== null) {
    window.sessionStorage.setItem(chosenKey, asked);
    url.searchParams.delete('as');
    window.history.replaceState(null, '', url);
  }
  return window.sessionStorage.getItem(chosenKey) ?? undefined;
}

export function forgetPerson(): void {
  window.sessionStorage.removeItem(chosenKey);
  window.location.assign('/tab/');
}

function localToken(as: string): TokenSource {
  const key = `board-assistant:token:${as}`;
  return async (renew) => {
    const kept = window.sessionStorage.getItem(key);
    if (!renew && kept !== null) return kept;
    const { accessToken } = await signInAs(as);
    window.sessionStorage.setItem(key, accessToken);
    return accessToken;
  };
}
