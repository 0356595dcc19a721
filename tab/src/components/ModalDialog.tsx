// A native modal dialog: it keeps the focus inside, and gives it back to what opened it, whichever way it is closed.
import { useLayoutEffect, useRef, type KeyboardEvent, type ReactNode, type RefObject } from 'react';

/** There while it is open: who shows it takes it away in `onClose`. */
export function ModalDialog(props: {
  readonly className: 'ask' | 'search';
  /** What names it: words, or the id of its heading. */
  readonly name: { readonly words: string } | { readonly headingId: string };
  /** What has the focus first; the first control where nothing is said. */
  readonly first?: RefObject<HTMLElement | null>;
  readonly onClose: () => void;
  readonly children: ReactNode;
}) {
  const { name, first } = props;
  const box = useRef<HTMLDialogElement>(null);
  useLayoutEffect(() => {
    const opened = box.current;
    opened?.showModal();
    first?.current?.focus();
    // A dialog that is gone from the page already cannot give the focus back.
    return () => opened?.close();
  }, [first]);

  // Left to the browser, a search field would take the first Escape to empty itself, and the dialog would say only later
  // that it closed: one that was opened again meanwhile would be taken away.
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key !== 'Escape') return;
    event.preventDefault();
    props.onClose();
  };

  return (
    <dialog
      ref={box}
      className={props.className}
      {...('words' in name ? { 'aria-label': name.words } : { 'aria-labelledby': name.headingId })}
      onKeyDown={onKeyDown}
      // Other ways than the key: the browser's own wish to close, as the back gesture of a phone.
      onClose={props.onClose}
    >
      {props.children}
    </dialog>
  );
}
