// A page of the tab as it is printed: laid out for A4 by the browser itself, and looked at in the style of paper.
import { mkdirSync } from 'node:fs';
import path from 'node:path';
import type { Page } from 'playwright-core';
import { pictureFolder } from './browser';
import { tooWide } from './tabPage';

export interface Paper {
  readonly sheets: number;
  /** Rows of tables in the moment in which the browser laid the page out for paper. */
  readonly rows: number;
  /** All words, as they stand. */
  readonly words: string;
  /** What can be pressed or chosen and is printed all the same. */
  readonly pressed: readonly string[];
  /** What reaches over the edge of the sheet, and tables whose heads stand on their first sheet alone. */
  readonly cut: readonly string[];
}

/** A4 less the margins that the tab asks for, in CSS pixels. */
const sheet = { width: 703, height: 1009 };

/** Listens after the tab, which draws for paper when the browser says that it prints. */
const countRows = `addEventListener('beforeprint', () => {
  window.printedRows = document.querySelectorAll('main tbody:not([hidden]) tr').length;
}, { once: true })`;

const headless = `[...document.querySelectorAll('main table')]
  .filter((one) => one.tHead && getComputedStyle(one.tHead).display !== 'table-header-group')
  .map((one) => 'no head on each sheet: ' + one.getAttribute('aria-label'))`;

const isSeen = '(one) => one.checkVisibility({ visibilityProperty: true })';

/** Prints the page into a file of this name, to be looked at. */
export async function onPaper(page: Page, name: string): Promise<Paper> {
  await page.evaluate(countRows);
  mkdirSync(pictureFolder, { recursive: true });
  const file = await page.pdf({ preferCSSPageSize: true, path: path.join(pictureFolder, `${name}.pdf`) });
  const rows = await page.evaluate<number>('window.printedRows');
  const before = page.viewportSize();
  await page.emulateMedia({ media: 'print' });
  await page.setViewportSize(sheet);
  const paper = {
    sheets: file.toString('latin1').match(/\/Type \/Page\b/g)?.length ?? 0,
    rows,
    words: await page.evaluate<string>('document.body.innerText'),
    pressed: await page.evaluate<readonly string[]>(
      `[...document.querySelectorAll('nav, button, input, select, textarea')].filter(${isSeen}).map((one) => one.innerText)`,
    ),
    cut: [...(await tooWide(page.mainFrame())), ...(await page.evaluate<readonly string[]>(headless))],
  };
  await page.emulateMedia({ media: null });
  if (before) await page.setViewportSize(before);
  return paper;
}
