// The names of the tab's pages, as they stand in addresses; apart from the pages, so that links need not know what is drawn.
import type { MeResponse } from '../../bot/api/contract';

export type PageName = MeResponse['pages'][number];

const names: Readonly<Record<PageName, true>> = {
  board: true,
  actions: true,
  risks: true,
  measures: true,
  readiness: true,
  meeting: true,
  log: true,
  clauses: true,
  contributions: true,
  settings: true,
};

export function isPageName(name: string): name is PageName {
  return Object.hasOwn(names, name);
}
