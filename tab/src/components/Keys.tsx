// The list of keys: a button in the head of the tab, and the ? key, which can be switched off.
import { Button } from '@fluentui/react-components';
import { lazy, Suspense, useEffect, useState } from 'react';

const KeysDialog = lazy(() => import('./KeysDialog'));

/** A key without Ctrl may clash with speech input: WCAG 2.1.4 wants a way to switch it off. */
const offName = 'board-assistant:question-key';

export function isQuestionKeyOn(): boolean {
  return window.localStorage.getItem(offName) !== 'off';
}

export function setQuestionKey(isOn: boolean): void {
  if (isOn) window.localStorage.removeItem(offName);
  else window.localStorage.setItem(offName, 'off');
}

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
