// Pages of the tab as Teams names them in a link: `actions/APA1.04` for /tab/actions/APA1.04, and back.
import { isPageName } from './pageNames';

/** The address that a link leads to; undefined for what names no page of the tab. */
export function addressOfSubPage(subPageId: string): string | undefined {
  const url = new URL(`/tab/${subPageId.replace(/^\/+/, '')}`, window.location.origin);
  const [name = ''] = url.pathname.replace(/^\/tab\//, '').split('/');
  if (!url.pathname.startsWith('/tab/') || (name !== '' && !isPageName(name))) return undefined;
  return `${url.pathname}${url.search}${url.hash}`;
}

/** The name of the page that is shown, with its filters; the board's is `board`. */
export function subPageOf(location: Pick<Location, 'pathname' | 'search' | 'hash'>): string {
  const path = location.pathname.replace(/^\/tab\/?/, '');
  return `${path === '' ? 'board' : path}${location.search}${location.hash}`;
}
