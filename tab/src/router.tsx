// Real addresses under /tab/: links, history, filters in the query, focus on the heading of a new page.
import { Link } from '@fluentui/react-components';
import { useEffect, useSyncExternalStore, type MouseEvent, type ReactNode } from 'react';

const moved = 'board-assistant:moved';

function subscribe(listener: () => void): () => void {
  window.addEventListener('popstate', listener);
  window.addEventListener(moved, listener);
  return () => {
    window.removeEventListener('popstate', listener);
    window.removeEventListener(moved, listener);
  };
}

export interface Address {
  /** Parts after /tab/: `['actions', 'APA1.04']`. */
  readonly parts: readonly string[];
  readonly query: URLSearchParams;
  readonly hash: string;
}

/** The address shown; the component is drawn again when it changes. */
export function useAddress(): Address {
  const href = useSyncExternalStore(subscribe, () => window.location.href);
  const url = new URL(href);
  return {
    parts: url.pathname
      .replace(/^\/tab\/?/, '')
      .split('/')
      .filter(Boolean)
      .map(decodeURIComponent),
    query: url.searchParams,
    hash: url.hash.slice(1),
  };
}

/** The first page leaves the focus where it is; a page that is moved to within the tab has it on its heading. */
let focusWish = false;
if (typeof window !== 'undefined') window.addEventListener('popstate', () => (focusWish = true));

/** True once after a move to another page. */
export function takeFocusWish(): boolean {
  const wished = focusWish;
  focusWish = false;
  return wished;
}

/** What the address names by `#` on this page comes into sight and takes the focus. */
export function useNamedPlace(): void {
  const { hash } = useAddress();
  useEffect(() => showPlace(hash), [hash]);
}

function showPlace(hash: string): void {
  const place = hash === '' ? null : document.getElementById(decodeURIComponent(hash));
  place?.scrollIntoView();
  place?.focus({ preventScroll: true });
}

/** An address of the tab with the board that is looked at, where the address of the window names one. */
export function ofSameBoard(to: string): string {
  const board = new URLSearchParams(window.location.search).get('board');
  if (board === null) return to;
  const url = new URL(to, window.location.href);
  if (!url.searchParams.has('board')) url.searchParams.set('board', board);
  return `${url.pathname}${url.search}${url.hash}`;
}

/** Goes to an address of the tab; a changed filter replaces the entry so that Back leaves the page. */
export function navigate(to: string, how: 'push' | 'replace' = 'push'): void {
  if (how === 'push' && new URL(to, window.location.href).pathname !== window.location.pathname) focusWish = true;
  const address = ofSameBoard(to);
  const { href, hash } = new URL(address, window.location.href);
  // Pressed again after scrolling away: the same place, no other entry.
  if (href === window.location.href) return showPlace(hash.slice(1));
  if (how === 'push') window.history.pushState(null, '', address);
  else window.history.replaceState(null, '', address);
  window.dispatchEvent(new Event(moved));
}

/** A link within the tab; new windows and other clicks stay the browser's. */
export function PageLink(props: {
  readonly to: string;
  readonly children: ReactNode;
  readonly className?: string;
  readonly current?: boolean;
  readonly label?: string;
}) {
  const follow = (event: MouseEvent<HTMLElement>): void => {
    const isPlain = event.button === 0 && !event.metaKey && !event.ctrlKey && !event.shiftKey && !event.altKey;
    if (!isPlain) return;
    event.preventDefault();
    navigate(props.to);
  };
  return (
    <Link
      as="a"
      href={ofSameBoard(props.to)}
      onClick={follow}
      className={props.className}
      aria-current={props.current ? 'page' : undefined}
      aria-label={props.label}
    >
      {props.children}
    </Link>
  );
}
