// Search from every page of the tab: by key, by words with slips, by arrow and Enter.
import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { barriers, drawTab, problemWith } from './drawTab';

async function opened(person = 'P01') {
  const tab = drawTab('/tab/risks', person);
  await screen.findByRole('button', { name: 'Search' });
  await userEvent.keyboard('{Control>}k{/Control}');
  return { tab, box: await screen.findByRole('combobox', { name: /^Search actions/ }) };
}

test('opens with Ctrl+K, finds in spite of a slip, and leads to the page with Enter', async () => {
  const { tab, box } = await opened();
  await userEvent.type(box, 'localty profile');
  const [first] = await screen.findAllByRole('option', { name: /Locality profiles/ });
  expect(first?.getAttribute('aria-selected')).toBe('true');
  expect(await barriers(tab.container)).toEqual([]);
  await userEvent.keyboard('{Enter}');
  await waitFor(() => expect(window.location.pathname).toBe('/tab/actions/APA1.04'));
  expect(screen.queryByRole('combobox', { name: /^Search actions/ })).toBeNull();
});

test('the arrows go through the hits and around', async () => {
  const { box } = await opened();
  await userEvent.type(box, 'M0');
  const options = await waitFor(() => {
    const shown = within(screen.getByRole('listbox')).getAllByRole('option');
    expect(shown.length).toBeGreaterThan(1);
    return shown;
  });
  await userEvent.keyboard('{ArrowUp}');
  expect(options.at(-1)?.getAttribute('aria-selected')).toBe('true');
  await userEvent.keyboard('{ArrowDown}');
  expect(options[0]?.getAttribute('aria-selected')).toBe('true');
});

test('says when nothing fits, and when it could not look', async () => {
  const { tab, box } = await opened();
  await userEvent.type(box, 'zzzzqqqq');
  expect(await screen.findByText(/^Nothing fits/)).toBeTruthy();
  tab.fail(problemWith({ title: 'The service cannot be reached' }));
  await userEvent.type(box, 'x');
  expect((await screen.findByRole('alert')).textContent).toContain('The service cannot be reached');
});
