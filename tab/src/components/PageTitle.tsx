// The heading of a page: it takes the focus when the reader came here from another page of the tab.
import { useLayoutEffect, useRef, type ReactNode } from 'react';
import { takeFocusWish } from '../router';

export function PageTitle({ children }: { readonly children: ReactNode }) {
  const heading = useRef<HTMLHeadingElement>(null);
  // Before it is seen: nothing is read aloud, and no key pressed, between the page and its focus.
  useLayoutEffect(() => {
    if (takeFocusWish()) heading.current?.focus({ preventScroll: true });
  }, []);
  return (
    <h1 tabIndex={-1} ref={heading}>
      {children}
    </h1>
  );
}
