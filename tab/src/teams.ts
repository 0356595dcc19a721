// The only importer of teams-js: theme, token and deep link when the tab runs inside Teams.
export type TeamsTheme = 'default' | 'dark' | 'contrast';

export interface TeamsHost {
  readonly theme: TeamsTheme;
  /** Where a deep link leads: `actions/APA1.04`. */
  readonly subPageId: string | undefined;
  onTheme(listener: (theme: TeamsTheme) => void): void;
  token(): Promise<string>;
  /** Tells Teams that the first content is shown, so that it takes its loading sign away. */
  ready(): void;
}

const answerWithinMs = 5000;

/** The host, or undefined when the tab is not framed or the frame is not Teams. */
export async function connectToTeams(): Promise<TeamsHost | undefined> {
  if (window.parent === window) return undefined;
  const { app, authentication } = await import('@microsoft/teams-js');
  const answered = await inTime(app.initialize());
  if (!answered) return undefined;
  const context = await app.getContext();
  return {
    theme: themeOf(context.app.theme),
    subPageId: context.page.subPageId,
    onTheme: (listener) => {
      void app.registerOnThemeChangeHandler((theme) => listener(themeOf(theme)));
    },
    token: () => authentication.getAuthToken(),
    ready: () => {
      void app.notifySuccess();
    },
  };
}

function themeOf(name: string): TeamsTheme {
  return name === 'dark' || name === 'contrast' ? name : 'default';
}

/** False when the frame does not speak the protocol of Teams. */
async function inTime(started: Promise<void>): Promise<boolean> {
  const late = new Promise<boolean>((resolve) => setTimeout(() => resolve(false), answerWithinMs));
  return Promise.race([started.then(() => true), late]);
}
