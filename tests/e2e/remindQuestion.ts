// The question before reminders leave, by keyboard in the browser: closed in each way, asked again at once, and sent.
import type { Page } from 'playwright-core';
import { focused, tabTo } from './keyboard';
import type { System } from './system';
import { openTab, settled } from './tabPage';

const opener = 'Remind all outstanding';

/** Several have something outstanding; in the end they are reminded. */
export async function remindQuestion(page: Page, system: System, secretary: string): Promise<void> {
  const remind = page.getByRole('button', { name: opener });
  const question = page.getByRole('dialog');
  // While messages of the clock's way there still leave, those just asked cannot be reminded, and the button goes.
  const asks = async (): Promise<boolean> => {
    await openTab(page, system, '/tab/readiness', secretary);
    if ((await remind.count()) === 0) return false;
    await tabTo(page, opener);
    await page.keyboard.press('Enter');
    return question.waitFor({ timeout: 3_000 }).then(
      () => true,
      () => false,
    );
  };
  expect(await settled(asks, (isAsked) => isAsked)).toBe(true);
  // Asked again as fast as keys can be pressed: what closes late must not take away what was opened anew.
  for (const closing of ['Escape', 'Cancel', 'Escape', 'Escape', 'Cancel'] as const) {
    await question.waitFor();
    expect(await staysInside(page)).toBe(true);
    if (closing === 'Cancel') {
      await tabTo(page, 'Cancel', 6);
      await page.keyboard.press('Enter');
    } else await page.keyboard.press('Escape');
    expect(await focused(page.mainFrame())).toBe(opener);
    await page.keyboard.press('Enter');
  }
  await question.waitFor();
  await tabTo(page, 'Send ', 6);
  await page.keyboard.press('Enter');
  await question.waitFor({ state: 'detached' });
  // Whoever was just reminded cannot be reminded again: the button is gone, and the focus is not lost with it.
  expect(await remind.count()).toBe(0);
  expect(await focused(page.mainFrame())).toBe('Who was asked, reached and answered');
}

async function staysInside(page: Page): Promise<boolean> {
  const inside: boolean[] = [];
  for (let presses = 0; presses < 4; presses += 1) {
    inside.push(await page.evaluate<boolean>("document.activeElement.closest('dialog') !== null"));
    await page.keyboard.press('Tab');
  }
  // After its last control the browser's own are next, then the dialog again.
  return inside[0] === true;
}
