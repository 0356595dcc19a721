// The register of risks: counts in the matrix that filter, scores at other moments, kinds of risk.
import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { drawTab } from './drawTab';

const matrix = () => screen.findByRole('table', { name: /^Open risks by likelihood and impact/ });
const shown = () => screen.getAllByRole('article').map((one) => one.getAttribute('aria-labelledby')?.split('-')[0]);

test('every open risk is counted once in the matrix', async () => {
  drawTab('/tab/risks', 'P01');
  const counts = within(await matrix()).getAllByRole('link');
  const total = counts.reduce((sum, one) => sum + Number(/^(\d+) risks? of/.exec(one.textContent ?? '')?.[1]), 0);
  expect(total).toBe(shown().length);
});

test('a count shows its risks alone, keeps them in the address, and gives all back when pressed again', async () => {
  drawTab('/tab/risks', 'P01');
  const all = (await matrix(), shown());
  const link = within(await matrix()).getAllByRole('link')[0];
  const refs = /: ([^:]+) Show these$/.exec(link?.textContent ?? '')?.[1]?.split(', ');
  if (link) await userEvent.click(link);
  expect(window.location.search).toMatch(/^\?cell=[1-5]x[1-5]$/);
  expect([...shown()].sort()).toEqual([...(refs ?? [])].sort());
  expect(screen.getByText(new RegExp(`^${refs?.length} of ${all.length} open risks$`))).toBeTruthy();
  await userEvent.click(screen.getByRole('link', { name: /Show all again$/ }));
  expect(window.location.search).toBe('');
  expect(shown()).toEqual(all);
});

test('the scores at first and as aimed for are counted in their place', async () => {
  drawTab('/tab/risks?scores=inherent', 'P01');
  const places = async () =>
    within(await matrix())
      .getAllByRole('link')
      .map((one) => one.textContent);
  const inherent = await places();
  await userEvent.selectOptions(screen.getByLabelText('Scores'), 'As aimed for');
  expect(window.location.search).toBe('?scores=target');
  expect(await places()).not.toEqual(inherent);
  expect((await matrix()).textContent).toContain('as aimed for');
});

test.each([
  ['Above tolerance', 'above'],
  ['Stuck', 'stuck'],
  ['With an overdue step', 'overdue'],
])('only those of the kind "%s" are listed and counted', async (option, value) => {
  drawTab('/tab/risks', 'P01');
  await matrix();
  const all = shown().length;
  await userEvent.selectOptions(screen.getByLabelText('Show'), option);
  expect(window.location.search).toBe(`?show=${value}`);
  const entries = screen.queryAllByRole('article');
  expect(entries.length).toBeLessThan(all);
  const counts = within(await matrix()).queryAllByRole('link');
  expect(counts.reduce((sum, one) => sum + Number(one.textContent?.split(' ')[0]), 0)).toBe(entries.length);
});

test('a risk says its scores, its response, its review and who lowers it', async () => {
  drawTab('/tab/risks', 'P01');
  await matrix();
  const risk = screen.getByRole('article', { name: /^R03/ });
  expect(risk.textContent).toMatch(/At first \d+ \(\d by \d\), now \d by \d, aim \d+ \(\d by \d\)/);
  expect(risk.textContent).toMatch(/Response: \w+/);
  expect(risk.textContent).toMatch(/Reviewed on|Never reviewed/);
});
