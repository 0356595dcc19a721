// The way to search from every page: a button that names its key, and Ctrl+K.
import { Button } from '@fluentui/react-components';
import { lazy, Suspense, useEffect, useState } from 'react';

const SearchDialog = lazy(() => import('./SearchDialog'));

export function Search({ boardId }: { readonly boardId: string }) {
  const [isOpen, setOpen] = useState(false);
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent): void => {
      if ((event.ctrlKey || event.metaKey) && !event.altKey && event.key.toLowerCase() === 'k') {
        event.preventDefault();
        setOpen(true);
      }
    };
    window.addEventListener('keydown', onKeyDown);
    return () => window.removeEventListener('keydown', onKeyDown);
  }, []);
  return (
    <>
      <Button className="no-print" size="small" aria-keyshortcuts="Control+K" onClick={() => setOpen(true)}>
        Search
        <span className="quiet key" aria-hidden="true">
          Ctrl+K
        </span>
      </Button>
      {isOpen && (
        <Suspense fallback={null}>
          <SearchDialog boardId={boardId} onClose={() => setOpen(false)} />
        </Suspense>
      )}
    </>
  );
}
