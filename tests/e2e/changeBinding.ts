// The secretary's way through a change of the binding, in the browser: looked at, tried, saved and put back.
import type { Page } from 'playwright-core';
import { barriers, tooWide } from './tabPage';

/** The page Settings is open; in the end the binding is as it was. */
export async function changeBinding(page: Page): Promise<void> {
  const binding = page.getByRole('region', { name: 'The lists in SharePoint' });
  await binding.getByRole('button', { name: 'Examine the site' }).click();
  await binding.getByText('CoProduction', { exact: true }).click();
  await binding.getByRole('button', { name: 'Change how CoProduction is read' }).click();
  const form = binding.getByRole('form', { name: 'How CoProduction is read' });
  await form
    .getByRole('combobox', { name: 'Which list of the site is CoProduction?' })
    .selectOption('The council does not keep it');
  await form.getByRole('button', { name: 'Show what would change' }).click();
  await binding.getByText(/^CoProduction: no row would be read/).waitFor();
  expect([...(await barriers(page.mainFrame())), ...(await tooWide(page.mainFrame()))]).toEqual([]);
  await binding.getByRole('button', { name: 'Save this change' }).click();
  await binding.getByText('CoProduction: not kept by the council').waitFor();
  const history = page.getByRole('region', { name: 'Who changed what' });
  await history.getByRole('button', { name: /^Put back/ }).click();
  await history.getByRole('button', { name: 'Save this change' }).click();
  await history.getByText(/^Saved\./).waitFor();
  await binding.getByText('Every list, column and word has the assistant’s own name.').waitFor();
}
