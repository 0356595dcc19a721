// True while the page is being printed: what is closed on the screen is drawn for paper, in the light theme.
import { useSyncExternalStore } from 'react';
import { flushSync } from 'react-dom';

let isPrinting = false;
const listeners = new Set<() => void>();

/** The browser lays the page out right after it says so: what changes must be drawn by then. */
function say(now: boolean): void {
  isPrinting = now;
  flushSync(() => listeners.forEach((one) => one()));
}

if (typeof window !== 'undefined') {
  window.addEventListener('beforeprint', () => say(true));
  window.addEventListener('afterprint', () => say(false));
}

export function usePrinting(): boolean {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => isPrinting,
  );
}
