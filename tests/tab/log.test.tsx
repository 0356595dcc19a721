// The page of the logs: comparing any two, downloading what is filed, checking it, and who may correct.
import { cleanup, screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { barriers, drawTab, problemWith } from './drawTab';

const codes = async () => {
  const table = await screen.findByRole('table', { name: 'Frozen logs, newest first' });
  return within(table)
    .getAllByRole('row')
    .slice(1)
    .map((one) => within(one).getAllByRole('cell').at(4)?.textContent ?? '');
};

/** Releases the log of the next meeting as the secretary would, so that something is filed. */
async function released() {
  const tab = drawTab('/tab/meeting', 'P15');
  await userEvent.click(await screen.findByRole('button', { name: 'Look at the draft' }));
  await userEvent.click(await screen.findByRole('button', { name: 'Release' }));
  await screen.findByText(/^Released as B09-before/);
  await userEvent.click(screen.getByRole('link', { name: 'Log' }));
  await screen.findByRole('table', { name: 'Frozen logs, newest first' });
  return tab;
}

describe('comparing', () => {
  test('says what changed between the last two in words, and keeps both in the address', async () => {
    drawTab('/tab/log', 'P01');
    const [newest, before] = await codes();
    await userEvent.click(screen.getByRole('button', { name: 'Compare' }));
    const found = await screen.findByRole('region', { name: `${before} compared with ${newest}` });
    expect(within(found).getByRole('status').textContent).toContain(`${before} to ${newest}: `);
    const query = new URLSearchParams(window.location.search);
    expect([query.get('from'), query.get('to')]).toEqual([before, newest]);
    expect(within(found).getByText(/^Actions: \d+ changes$/)).toBeTruthy();
  });

  test('of two that are chosen is read anew, and one with itself is not', async () => {
    drawTab('/tab/log', 'P10');
    const all = await codes();
    const [newest = '', oldest = ''] = [all[0], all.at(-1)];
    const form = screen.getByRole('form', { name: 'Two logs to compare' });
    await userEvent.selectOptions(within(form).getByLabelText('From'), newest);
    expect(screen.getByText('Choose two different logs.')).toBeTruthy();
    await userEvent.click(screen.getByRole('button', { name: 'Compare' }));
    expect(window.location.search).toBe('');
    await userEvent.selectOptions(within(form).getByLabelText('From'), oldest);
    await userEvent.click(screen.getByRole('button', { name: 'Compare' }));
    expect(await screen.findByRole('region', { name: `${oldest} compared with ${newest}` })).toBeTruthy();
  });

  test('that the address asks for is there at once; of a log that is not there nothing is', async () => {
    drawTab('/tab/log', 'P01');
    const [newest = '', before = ''] = await codes();
    cleanup();
    const { container } = drawTab(`/tab/log?${new URLSearchParams({ from: before, to: newest }).toString()}`, 'P01');
    expect(await screen.findByRole('region', { name: `${before} compared with ${newest}` })).toBeTruthy();
    expect(await barriers(container)).toEqual([]);
    cleanup();
    const strange = drawTab('/tab/log?from=B01-after,%20FFFF&to=B08', 'P01');
    await within(strange.container).findByRole('table', { name: 'Frozen logs, newest first' });
    expect(within(strange.container).queryByRole('region', { name: /compared with/ })).toBeNull();
  });
});

describe('what is filed', () => {
  test('is listed with all four files of a log, each to download', async () => {
    await released();
    const papers = await screen.findByRole('region', { name: 'Papers filed with them' });
    const kinds = within(papers)
      .getAllByRole('listitem')
      .map((one) => one.textContent?.match(/Word document|Excel workbook|Rows for machines|Frozen record/)?.[0]);
    expect(kinds.sort()).toEqual(['Excel workbook', 'Frozen record', 'Rows for machines', 'Word document']);
    expect(within(papers).getAllByRole('button', { name: /^Download B09 action and impact log/ })).toHaveLength(4);
  });

  test('is checked on request: what cannot be compared is named with its file', async () => {
    await released();
    await userEvent.click(screen.getByRole('button', { name: 'Check what is filed' }));
    // The papers of this test are lines of text, no Word and no Excel.
    expect(await screen.findByText(/Its document \(\.docx\) cannot be read\./)).toBeTruthy();
    expect(screen.getByText(/^not everything agrees; see below\.$/)).toBeTruthy();
  });

  test('of a meeting before this product is said to stand in its rows alone', async () => {
    drawTab('/tab/log', 'P01');
    await screen.findByRole('table', { name: 'Frozen logs, newest first' });
    await userEvent.selectOptions(screen.getByLabelText('Meeting'), 'B07');
    await userEvent.click(screen.getByRole('button', { name: 'Check what is filed' }));
    expect(await screen.findByText(/stands in the list ActionImpactLog alone|without a SHA-256/)).toBeTruthy();
  });

  test('that cannot be read is said, and nothing else is lost', async () => {
    const tab = drawTab('/tab/log', 'P01');
    await screen.findByRole('table', { name: 'Frozen logs, newest first' });
    tab.fail(problemWith({ title: 'SharePoint did not answer' }));
    await userEvent.click(screen.getByRole('button', { name: 'Check what is filed' }));
    expect((await screen.findByRole('alert')).textContent).toContain('SharePoint did not answer');
    expect(screen.getByRole('table', { name: 'Frozen logs, newest first' })).toBeTruthy();
  });
});

test('the secretary alone is led to correct a log with a new one, while it can be corrected', async () => {
  const { container } = await released();
  const links = within(container).getAllByRole('link', { name: /^Correct .* with a new log$/ });
  expect(links.map((one) => one.getAttribute('href'))).toEqual(['/tab/meeting/B09#release']);
  expect(links[0]?.getAttribute('aria-label')).toMatch(/^Correct B09-before, [0-9A-F]{4} with a new log$/);
  cleanup();
  drawTab('/tab/log', 'P01');
  await screen.findByRole('table', { name: 'Frozen logs, newest first' });
  expect(screen.queryByRole('link', { name: /^Correct/ })).toBeNull();
});
