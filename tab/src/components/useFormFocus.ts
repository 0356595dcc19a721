// A form that a button opens in its own place: the focus goes into the form, and back to the button once it is closed.
import { useCallback, useLayoutEffect, useRef, type RefObject } from 'react';

export interface FormFocus {
  /** Takes the button; Fluent's own says of no element which it is. */
  readonly opener: (button: HTMLElement | null) => void;
  readonly form: RefObject<HTMLFormElement | null>;
}

export function useFormFocus(isOpen: boolean): FormFocus {
  const button = useRef<HTMLElement>(null);
  const form = useRef<HTMLFormElement>(null);
  const wasOpen = useRef(isOpen);
  const opener = useCallback((one: HTMLElement | null): void => {
    button.current = one;
  }, []);
  // Before anybody else looks where the focus is: what had it went as the form came or went.
  useLayoutEffect(() => {
    if (wasOpen.current === isOpen) return;
    wasOpen.current = isOpen;
    // Somebody may be elsewhere by now.
    if (document.activeElement !== document.body) return;
    const first = form.current?.querySelector<HTMLElement>('input, select, textarea, summary');
    (isOpen ? first : button.current)?.focus();
  }, [isOpen]);
  return { opener, form };
}
