// The heading of a page: it takes the focus when the reader came here from another page of the tab.
import { useEffect, useRef, type ReactNode } from 'react';
import { takeFocusWish } from '../router';

export function PageTitle({ children }: { readonly children: ReactNode }) {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    if (takeFocusWish()) heading.current?.focus({ preventScroll: true });
  }, []);
  return (
    <h1 tabIndex={-1} ref={heading}>
      {children}
    </h1>
  );
}
