// The list of keys: a button in the head of the tab, and the ? key, which can be switched off.
import { Button } from '@fluentui/react-components';
import { lazy, Suspense, useEffect, useState } from 'react';
import { isQuestionKeyOn } from '../questionKey';

const KeysDialog = lazy(() => import('./KeysDialog'));

export function Keys() {
  const [isOpen, setOpen] = useState(false);
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent): void => {
      if (event.key !== '?' || event.ctrlKey || event.metaKey || event.altKey) return;
      if (isTyping(event.target) || document.querySelector('dialog[open]') || !isQuestionKeyOn()) return;
      event.preventDefault();
      setOpen(true);
    };
    window.addEventListener('keydown', onKeyDown);
    return () => window.removeEventListener('keydown', onKeyDown);
  }, []);
  return (
    <>
      <Button className="no-print" size="small" appearance="subtle" onClick={() => setOpen(true)}>
        Keys
        <span className="quiet key" aria-hidden="true">
          ?
        </span>
      </Button>
      {isOpen && (
        <Suspense fallback={null}>
          <KeysDialog onClose={() => setOpen(false)} />
        </Suspense>
      )}
    </>
  );
}

function isTyping(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && target.closest('input, textarea, select, [contenteditable]') !== null;
}
