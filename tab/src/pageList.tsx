// Every page of the tab: its name in the navigation and what is drawn at its address; all but the first load when asked for.
import { lazy, type ComponentType } from 'react';
import type { PageName } from './pageNames';
import { BoardPage } from './pages/BoardPage';

export interface TabPage {
  readonly title: string;
  /** What is drawn at `/tab/NAME`. */
  readonly page: ComponentType;
  /** What is drawn at `/tab/NAME/REF`, where one of the things listed has a page of its own. */
  readonly one?: ComponentType<{ readonly itemRef: string }>;
}

export const pageList: Readonly<Record<PageName, TabPage>> = {
  board: { title: 'Board', page: BoardPage },
  actions: {
    title: 'Actions',
    page: lazy(async () => ({ default: (await import('./pages/ActionsPage')).ActionsPage })),
    one: lazy(async () => ({ default: (await import('./pages/ActionPage')).ActionPage })),
  },
  risks: { title: 'Risks', page: lazy(async () => ({ default: (await import('./pages/RisksPage')).RisksPage })) },
  measures: {
    title: 'Measures',
    page: lazy(async () => ({ default: (await import('./pages/MeasuresPage')).MeasuresPage })),
    one: lazy(async () => ({ default: (await import('./pages/MeasurePage')).MeasurePage })),
  },
  readiness: {
    title: 'Readiness',
    page: lazy(async () => ({ default: (await import('./pages/ReadinessPage')).ReadinessPage })),
  },
  clauses: {
    title: 'Clauses',
    page: lazy(async () => ({ default: (await import('./pages/ClausesPage')).ClausesPage })),
    one: lazy(async () => ({ default: (await import('./pages/ClausePage')).ClausePage })),
  },
  contributions: {
    title: 'Contributions',
    page: lazy(async () => ({ default: (await import('./pages/ContributionsPage')).ContributionsPage })),
  },
  meeting: {
    title: 'Meeting',
    page: lazy(async () => ({ default: (await import('./pages/MeetingPage')).MeetingPage })),
    one: lazy(async () => ({ default: (await import('./pages/MeetingPage')).MeetingPage })),
  },
  settings: {
    title: 'Settings',
    page: lazy(async () => ({ default: (await import('./pages/SettingsPage')).SettingsPage })),
  },
  log: { title: 'Log', page: lazy(async () => ({ default: (await import('./pages/LogPage')).LogPage })) },
};

/** The address of a page: the board's is the tab's own. */
export function addressOf(name: PageName): string {
  return name === 'board' ? '/tab/' : `/tab/${name}`;
}
