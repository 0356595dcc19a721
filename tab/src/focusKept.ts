// Keeps the focus from being lost: when what has it goes from the page, the heading of its part of the page takes it.

/** Begins to look after the focus of the whole page; returns what ends it. */
export function keepFocus(root: HTMLElement): () => void {
  let last: Element | undefined;
  /** `last` was reached by keyboard: then the eye is to be led along, while nothing moves under a pointer. */
  let isLed = false;
  /** The parts of the page that `last` stood in, the innermost first: once it is gone it does not know them any more. */
  let places: readonly Element[] = [];

  const remember = ({ target }: FocusEvent): void => {
    if (!(target instanceof Element)) return;
    last = target;
    isLed = target.matches(':focus-visible');
    places = placesOf(target);
  };
  const forget = ({ target }: FocusEvent): void => {
    // Left by a click beside it, nothing has the focus by the reader's own wish; of what goes, the browser may say the same.
    queueMicrotask(() => {
      if (target === last && last?.isConnected && document.activeElement === document.body) last = undefined;
    });
  };
  const mend = (): void => {
    if (!last || last.isConnected) return;
    last = undefined;
    if (document.activeElement !== document.body) return;
    const heading = [...places.filter((one) => one.isConnected), root]
      .map((one) => one.querySelector<HTMLElement>('h1, h2, h3'))
      .find((one) => one !== null);
    if (!heading) return;
    // A heading takes the focus, but is no stop of the Tab key.
    if (!heading.hasAttribute('tabindex')) heading.tabIndex = -1;
    heading.focus({ preventScroll: !isLed });
  };

  const observer = new MutationObserver(mend);
  observer.observe(root, { childList: true, subtree: true });
  document.addEventListener('focusin', remember);
  document.addEventListener('focusout', forget);
  return () => {
    observer.disconnect();
    document.removeEventListener('focusin', remember);
    document.removeEventListener('focusout', forget);
  };
}

function placesOf(element: Element): readonly Element[] {
  const place = element.parentElement?.closest('section, form, main');
  return place ? [place, ...placesOf(place)] : [];
}
