// The table of actions: filters, order, addresses, keyboard.
import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { drawTab } from './drawTab';

const table = () => screen.findByRole('table', { name: /^Actions/ });
const refs = async () =>
  within(await table())
    .getAllByRole('link')
    .map((one) => one.textContent?.split(' ')[0]);

describe('filters', () => {
  test.each([
    ['Area', 'APA1 Data dashboard', 'area=APA1', 6],
    ['Rating', 'Off track', 'rating=off-track', 8],
    ['Show', 'Slow', 'show=slow', 8],
    ['Show', 'Rated better than the record', 'show=disagreements', 6],
    ['Lead body', 'Hertland Community NHS', 'body=Hertland+Community+NHS', 3],
    ['Owner', 'Freya Langmoor', 'owner=P10', 6],
  ])('by %s "%s" keep the address %s', async (label, option, query, n) => {
    drawTab('/tab/actions', 'P01');
    await table();
    await userEvent.selectOptions(screen.getByLabelText(label), option);
    expect(window.location.search).toBe(`?${query}`);
    expect(screen.getByText(`${n} of 45 actions`)).toBeTruthy();
    expect(await refs()).toHaveLength(n);
  });

  test('are taken from the address, and given back by one button', async () => {
    drawTab('/tab/actions?area=APA1&rating=off-track', 'P01');
    expect(await refs()).toEqual(['APA1.04']);
    expect(screen.getByLabelText<HTMLSelectElement>('Area').value).toBe('APA1');
    await userEvent.click(screen.getByRole('button', { name: 'Show all' }));
    expect(await screen.findByText('45 actions')).toBeTruthy();
    expect(window.location.search).toBe('');
  });

  test('that nothing fits say so', async () => {
    drawTab('/tab/actions?area=APA1&rating=not-started', 'P01');
    expect(await screen.findByText(/No action fits these filters/)).toBeTruthy();
  });

  test('of an unknown value in the address show everything', async () => {
    drawTab('/tab/actions?show=everything&sort=colour', 'P01');
    expect(await screen.findByText('45 actions')).toBeTruthy();
  });

  test('show an owner what is theirs', async () => {
    drawTab('/tab/actions', 'P10');
    await table();
    await userEvent.click(screen.getByLabelText('Mine only'));
    expect(window.location.search).toBe('?mine=yes');
    expect(screen.getByText(/^\d+ of 45 actions$/)).toBeTruthy();
  });
});

describe('order', () => {
  test('begins with the worst', async () => {
    drawTab('/tab/actions', 'P01');
    const first = within(await table()).getAllByRole('row')[1];
    expect(first?.textContent).toContain('Off track');
  });

  test('by a column is turned round and given up again by the keyboard', async () => {
    drawTab('/tab/actions', 'P01');
    const button = within(await table()).getByRole('button', { name: 'Action' });
    const header = () => screen.getByRole('columnheader', { name: 'Action' }).getAttribute('aria-sort');
    const worstFirst = await refs();
    button.focus();
    await userEvent.keyboard('{Enter}');
    expect([header(), (await refs())[0]]).toEqual(['ascending', 'AFI1.01']);
    await userEvent.keyboard(' ');
    expect([header(), (await refs())[0]]).toEqual(['descending', 'APA2.08']);
    await userEvent.keyboard('{Enter}');
    expect([header(), await refs()]).toEqual(['none', worstFirst]);
  });

  test('by any column keeps every action', async () => {
    drawTab('/tab/actions', 'P01');
    const columns = ['Area', 'Owner', 'Due', 'Delivery', 'Effect', 'Progress'];
    for (const column of columns) {
      await userEvent.click(within(await table()).getByRole('button', { name: column }));
      expect(new Set(await refs()).size).toBe(45);
      expect(screen.getByRole('columnheader', { name: column }).getAttribute('aria-sort')).toBe('ascending');
    }
  });
});

test('a row leads to its action', async () => {
  drawTab('/tab/actions?area=APA1', 'P01');
  await userEvent.click(within(await table()).getByRole('link', { name: 'APA1.04 Locality profiles' }));
  expect(await screen.findByRole('heading', { level: 1, name: 'APA1.04 Locality profiles' })).toBeTruthy();
  expect(window.location.pathname).toBe('/tab/actions/APA1.04');
});

test('status is a word before it is a colour', async () => {
  drawTab('/tab/actions?area=APA2', 'P01');
  const row = within(await table()).getByRole('row', { name: /^APA2\.03/ });
  expect(within(row).getByText('Off track')).toBeTruthy();
  expect(within(row).getByText('Owner says at risk')).toBeTruthy();
  expect(within(row).getByText('1 of 2 milestones')).toBeTruthy();
});
