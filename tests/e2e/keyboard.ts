// What the keyboard reaches in the tab: where the focus is, and the way to something with the Tab key alone.
import type { Frame, Page } from 'playwright-core';

/** The words of what has the focus: a name for links and buttons, the heading's text, the id of a place. */
export const focused = (frame: Frame): Promise<string> =>
  frame.evaluate(`(() => {
    const one = document.activeElement;
    return (one.getAttribute('aria-label') ?? one.innerText ?? '').trim().split('\\n')[0] || one.id || one.tagName;
  })()`);

/** Presses Tab until what begins with `name` has the focus; throws when it has not after `most` presses. */
export async function tabTo(page: Page, name: string, most = 80): Promise<void> {
  for (let presses = 0; presses < most; presses += 1) {
    await page.keyboard.press('Tab');
    if ((await focused(page.mainFrame())).startsWith(name)) return;
  }
  throw new Error(`${name} cannot be reached with the Tab key`);
}
