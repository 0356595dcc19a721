// The only importer of teams-js: who reads, theme, place, links and the tab's settings when it runs inside Teams.
import { createContext } from 'react';

export type TeamsTheme = 'default' | 'dark' | 'contrast';

/** What a channel or meeting keeps of the tab that somebody added. */
export interface TabSettings {
  readonly contentUrl: string;
  readonly websiteUrl: string;
  readonly entityId: string;
  readonly suggestedDisplayName: string;
}

export interface TeamsHost {
  readonly theme: TeamsTheme;
  /** Where the tab stands: its own page, the side panel of a meeting, or the dialog that adds it to a channel. */
  readonly place: 'page' | 'panel' | 'settings';
  /** The tab of the personal app, and no tab that somebody added to a channel or meeting. */
  readonly isPersonal: boolean;
  /** Where a deep link leads: `actions/APA1.04`. */
  readonly subPageId: string | undefined;
  onTheme(listener: (theme: TeamsTheme) => void): void;
  token(): Promise<string>;
  /** Tells Teams that the first content is shown, so that it takes its loading sign away. */
  ready(): void;
  /** Has Teams show the link to a page of the tab, to be copied into a chat. */
  shareLink(page: { readonly subPageId: string; readonly label: string; readonly webUrl: string }): void;
  /** Opens a page in the personal app, where there is room. */
  openInApp(subPageId: string): Promise<void>;
  /** While the tab is being added: what is kept now, and whether Save may be pressed. */
  settings(): Promise<Partial<TabSettings>>;
  mayBeSaved(isValid: boolean): void;
  /** Called when the reader presses Save; what it returns is kept. */
  onSave(kept: () => TabSettings): void;
}

/** Undefined outside Teams. */
export const TeamsContext = createContext<TeamsHost | undefined>(undefined);

const answerWithinMs = 5000;
/** The id of the personal tab in the manifest. */
const personalTab = 'board';

/** The host, or undefined when the tab is not framed or the frame is not Teams. */
export async function connectToTeams(): Promise<TeamsHost | undefined> {
  if (window.parent === window) return undefined;
  const { app, authentication, pages } = await import('@microsoft/teams-js');
  const answered = await inTime(app.initialize(localFrames(app.getImmediateParentOrigin())));
  if (!answered) return undefined;
  const context = await app.getContext();
  const frame = context.page.frameContext;
  return {
    theme: themeOf(context.app.theme),
    place: frame === 'settings' ? 'settings' : frame === 'sidePanel' ? 'panel' : 'page',
    isPersonal: context.channel === undefined && context.chat === undefined && context.meeting === undefined,
    subPageId: context.page.subPageId,
    onTheme: (listener) => {
      void app.registerOnThemeChangeHandler((theme) => listener(themeOf(theme)));
    },
    token: () => authentication.getAuthToken(),
    ready: () => {
      void app.notifySuccess();
    },
    shareLink: ({ subPageId, label, webUrl }) =>
      pages.shareDeepLink({ subPageId, subPageLabel: label, subPageWebUrl: webUrl }),
    openInApp: (subPageId) => pages.currentApp.navigateTo({ pageId: personalTab, subPageId }),
    settings: async () => pages.getConfig(),
    mayBeSaved: (isValid) => pages.config.setValidityState(isValid),
    onSave: (kept) =>
      pages.config.registerOnSaveHandler((event) => {
        pages.config.setConfig(kept()).then(
          () => event.notifySuccess(),
          () => event.notifyFailure('Teams did not take the settings. Press Save again.'),
        );
      }),
  };
}

/**
 * A page of this computer may frame the tab of this computer, as the local Microsoft 365 does; the service's headers
 * allow that in local mode alone. Everywhere else teams-js heeds only the addresses of Teams that it knows.
 */
function localFrames(parent: string | null): string[] {
  const isHere = (address: string): boolean => new URL(address).hostname === '127.0.0.1';
  return parent !== null && isHere(parent) && isHere(window.location.href) ? [parent] : [];
}

function themeOf(name: string): TeamsTheme {
  return name === 'dark' || name === 'contrast' ? name : 'default';
}

/** False when the frame does not speak the protocol of Teams. */
async function inTime(started: Promise<void>): Promise<boolean> {
  const late = new Promise<boolean>((resolve) => setTimeout(() => resolve(false), answerWithinMs));
  return Promise.race([started.then(() => true), late]);
}
