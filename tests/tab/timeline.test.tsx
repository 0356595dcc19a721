// The actions drawn over time: reached from the table with its filters, said in words, led to by keyboard, printed as a table.
import { act, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { barriers, drawTab, problemWith } from './drawTab';

const area = (name: string | RegExp) => screen.findByRole('region', { name });
const timeline = async (query = '') => {
  const tab = drawTab(`/tab/actions?view=timeline${query}`, 'P01');
  await area('APA1 Data dashboard');
  return tab;
};

test('is one press away from the table, with the filters kept, and back', async () => {
  drawTab('/tab/actions?area=APA1', 'P01');
  await screen.findByRole('table', { name: /^Actions/ });
  const forms = screen.getByRole('navigation', { name: 'How the actions are shown' });
  expect(within(forms).getByRole('link', { name: 'Table' }).getAttribute('aria-current')).toBe('page');
  await userEvent.click(within(forms).getByRole('link', { name: 'Timeline' }));
  expect(window.location.search).toBe('?view=timeline&area=APA1');
  const shown = await area('APA1 Data dashboard');
  expect(within(shown).getAllByRole('link')).toHaveLength(6);
  expect(screen.queryByRole('table', { name: /^Actions/ })).toBeNull();
  await userEvent.click(screen.getByRole('link', { name: 'Table' }));
  expect(window.location.search).toBe('?area=APA1');
  expect(await screen.findByRole('table', { name: /^Actions/ })).toBeTruthy();
});

test('has an area for each of the board, and each action once', async () => {
  await timeline();
  expect(screen.getAllByRole('heading', { level: 2 })).toHaveLength(7);
  expect(screen.getByText('45 actions')).toBeTruthy();
  const links = screen.getAllByRole('link').filter((one) => one.className.includes('plan-row'));
  expect(links).toHaveLength(45);
});

test('says rating, dates, the move, the forecast and the milestones of an action in its link', async () => {
  await timeline('&area=APA1');
  const link = screen.getByRole('link', { name: /^APA1\.04 Locality profiles/ });
  expect(link.textContent).toContain('Off track');
  expect(
    within(link).getByText(/to 29 November 2024, first due 30 September 2024, forecast 28 February 2025/),
  ).toBeTruthy();
  expect(link.textContent).toContain('1 of 2 milestones completed, 1 late');
  expect(link.getAttribute('href')).toBe('/tab/actions/APA1.04');
});

test('leads to an action by the keyboard', async () => {
  await timeline('&area=APA1');
  screen.getByRole('link', { name: /^APA1\.04/ }).focus();
  await userEvent.keyboard('{Enter}');
  expect(await screen.findByRole('heading', { level: 1, name: 'APA1.04 Locality profiles' })).toBeTruthy();
});

test('filters what is drawn, keeps the form, and gives all back', async () => {
  await timeline();
  await userEvent.selectOptions(screen.getByLabelText('Rating'), 'Off track');
  expect(window.location.search).toBe('?view=timeline&rating=off-track');
  expect(screen.getByText('8 of 45 actions')).toBeTruthy();
  await userEvent.click(screen.getByRole('button', { name: 'Show all' }));
  expect(window.location.search).toBe('?view=timeline');
  expect(await screen.findByText('45 actions')).toBeTruthy();
});

test('has the same as a table, when it is opened', async () => {
  await timeline('&area=APA1');
  expect(screen.queryByRole('table')).toBeNull();
  await userEvent.click(screen.getByText('The same as a table'));
  const table = await screen.findByRole('table', { name: 'Dates of the actions, area by area' });
  const row = within(table).getByRole('row', { name: /^APA1\.04/ });
  const cells = within(row)
    .getAllByRole('cell')
    .map((one) => one.textContent);
  expect(cells.slice(0, 1)).toEqual(['Off track']);
  expect(cells.slice(2, 5)).toEqual(['30 September 2024', '29 November 2024', '28 February 2025']);
});

test('is printed with its table, whether that was opened or not', async () => {
  await timeline('&area=APA1');
  act(() => void window.dispatchEvent(new Event('beforeprint')));
  expect(screen.getByRole('table', { name: 'Dates of the actions, area by area' })).toBeTruthy();
  act(() => void window.dispatchEvent(new Event('afterprint')));
  expect(screen.queryByRole('table')).toBeNull();
});

test('explains its signs in words', async () => {
  await timeline('&area=APA1');
  await userEvent.click(screen.getByText('What the signs mean'));
  const shown = screen.getAllByRole('listitem').map((one) => one.textContent);
  expect(shown).toEqual(expect.arrayContaining(['Off track', 'Due date moved', 'Milestone late', 'Today']));
});

test('says that it could not be read, and tries again', async () => {
  const tab = drawTab('/tab/actions', 'P01');
  await screen.findByRole('table', { name: /^Actions/ });
  tab.fail(problemWith({}));
  await userEvent.click(screen.getByRole('link', { name: 'Timeline' }));
  expect((await screen.findByRole('alert')).textContent).toContain('It did not work');
  tab.fail(undefined);
  await userEvent.click(screen.getByRole('button', { name: 'Try again' }));
  expect(await area('APA1 Data dashboard')).toBeTruthy();
});

test('has no barrier that axe knows', async () => {
  const { container } = await timeline('&area=APA1');
  await userEvent.click(screen.getByText('The same as a table'));
  await waitFor(() => expect(screen.queryByText(/^Loading/)).toBeNull());
  expect(await barriers(container)).toEqual([]);
});
