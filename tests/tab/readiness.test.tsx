// The readiness page: the secretary sees who was asked, reached and answered, and acts; the chair reads; nobody else has it.
import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { createMemoryLedger } from '../fixtures/memoryDelivery';
import { fillLedger } from '../fixtures/sentMessages';
import { barriers, drawTab, problemWith } from './drawTab';

const board = 'hertland-send';
/** The day of the papers deadline, on which no step of the cycle reaches an owner. */
const quietDay = '2025-01-08T10:00:00.000Z';

async function drawn(person = 'P15', at = quietDay) {
  const ledger = createMemoryLedger();
  await fillLedger(ledger, board);
  const tab = drawTab('/tab/readiness', person, (snapshot) => snapshot, { at, ledger });
  await screen.findByRole('heading', { level: 2, name: 'Who was asked, reached and answered' });
  return { ...tab, ledger };
}
const table = () => screen.getByRole('table', { name: /^Who was asked/ });
const rowOf = (name: RegExp) => within(table()).getByRole('row', { name });
const nudged = async (ledger: ReturnType<typeof createMemoryLedger>) =>
  (await ledger.entries(board, 'B09'))
    .filter((one) => one.step === 'notice:nudge:2025-01-08')
    .map((one) => one.personRef)
    .sort();

test('has no barrier for the chair, who reads it', async () => {
  const { container } = await drawn('P01');
  await screen.findByText(/people invited/);
  expect(await barriers(container)).toEqual([]);
});

test('says in one sentence how ready the meeting is', async () => {
  await drawn();
  expect(screen.getByText(/answers are in/).textContent).toMatch(
    /^26 of 32 answers are in; for 1 person it is uncertain whether the message arrived; the log is not released\./,
  );
});

test('says of each person what became of the last message, and leads to what is outstanding', async () => {
  await drawn();
  expect(rowOf(/^Callum Wraysbury/).textContent).toContain('4 of 5');
  expect(rowOf(/^Callum Wraysbury/).textContent).toContain('Update request. Uncertain: it may have arrived, by chat.');
  expect(rowOf(/^Kofi Brantwell/).textContent).toContain('No message on record');
  const link = within(rowOf(/^Freya Langmoor/)).getByRole('link', { name: 'APA1.04 Locality profiles' });
  expect(link.getAttribute('href')).toBe('/tab/actions/APA1.04');
});

test('shows everybody asked when wanted', async () => {
  await drawn();
  expect(within(table()).getAllByRole('row')).toHaveLength(6);
  await userEvent.selectOptions(screen.getByRole('combobox', { name: 'Show' }), 'Everybody asked');
  expect(within(table()).getAllByRole('row')).toHaveLength(13);
});

describe('a reminder', () => {
  test('goes to one person after a preview, and once a day', async () => {
    const { ledger } = await drawn();
    await userEvent.click(screen.getByRole('button', { name: 'Remind Freya Langmoor' }));
    const preview = await screen.findByRole('dialog', { name: 'A reminder goes to 1 person' });
    expect(within(preview).getByRole('listitem').textContent).toBe('Freya LangmoorBy chat: APA1.04');
    expect(await nudged(ledger)).toEqual([]);
    await userEvent.click(within(preview).getByRole('button', { name: 'Send 1 reminder' }));
    expect(await screen.findByText('A reminder goes to Freya Langmoor.')).toBeTruthy();
    expect(await nudged(ledger)).toEqual(['P10']);
    await waitFor(() => expect(screen.queryByRole('button', { name: 'Remind Freya Langmoor' })).toBeNull());
    expect(rowOf(/^Freya Langmoor/).textContent).toContain('at most one a person a day');
  });

  test('to all goes exactly to those of the preview', async () => {
    const { ledger, posts } = await drawn();
    await userEvent.click(screen.getByRole('button', { name: 'Remind all outstanding' }));
    await userEvent.click(await screen.findByRole('button', { name: 'Send 5 reminders' }));
    await screen.findByText(/^A reminder goes to Kofi Brantwell, /);
    expect(posts).toHaveLength(1);
    expect(await nudged(ledger)).toHaveLength(5);
  });

  test('is not sent when the preview is left', async () => {
    const { posts } = await drawn();
    await userEvent.click(screen.getByRole('button', { name: 'Remind all outstanding' }));
    await userEvent.click(await screen.findByRole('button', { name: 'Cancel' }));
    expect(screen.queryByRole('dialog')).toBeNull();
    expect(posts).toEqual([]);
  });

  test('that could not be sent is said to be so', async () => {
    const tab = await drawn();
    tab.refuse(problemWith({ title: 'SharePoint did not answer' }));
    await userEvent.click(screen.getByRole('button', { name: 'Remind Freya Langmoor' }));
    await userEvent.click(await screen.findByRole('button', { name: 'Send 1 reminder' }));
    expect((await screen.findByRole('alert')).textContent).toContain('SharePoint did not answer');
    expect(await nudged(tab.ledger)).toEqual([]);
  });

  test('is not offered at night, and the page says why', async () => {
    await drawn('P15', '2025-01-08T20:00:00.000Z');
    expect(screen.queryByRole('button', { name: /^Remind/ })).toBeNull();
    expect(screen.getByText(/^Nobody can be reminded now\. Messages go out from 08:00 to 18:00/)).toBeTruthy();
  });
});

test('shows the gaps of the invitations and mends them with one press', async () => {
  await drawn();
  expect(await screen.findByText(/Remy Hadlowe, the DfE case lead, has not been sent/)).toBeTruthy();
  await userEvent.click(screen.getByRole('button', { name: 'Invite now' }));
  expect(await screen.findByText(/^Done\. An invitation to Wednesday 15 January 2025 goes to 18 people/)).toBeTruthy();
  expect(screen.queryByRole('button', { name: 'Invite now' })).toBeNull();
});

test('shows exactly the card that an owner will get, with nothing to press, and the same as text', async () => {
  const { container } = await drawn();
  await userEvent.selectOptions(screen.getByRole('combobox', { name: 'Person' }), 'Freya Langmoor');
  const card = await screen.findByRole('figure', { name: /^The card that Freya Langmoor will get/ });
  await waitFor(() => expect(within(card).getAllByRole('button').length).toBeGreaterThan(0));
  for (const one of within(card).getAllByRole('button')) expect(one).toHaveProperty('disabled', true);
  expect(card.querySelector('[inert]')).not.toBeNull();
  expect(screen.getByLabelText('The message to Freya Langmoor as text').textContent).toContain('APA1.04');
  expect(await barriers(container)).toEqual([]);
});

test('lets the chair read, not act', async () => {
  await drawn('P01');
  await screen.findByText(/people invited/);
  expect(within(table()).getAllByRole('row')).toHaveLength(6);
  expect(screen.queryByRole('button', { name: /Remind|Invite now/ })).toBeNull();
  expect(screen.queryByRole('heading', { name: 'What an owner will get' })).toBeNull();
});

test('is not there for an owner', async () => {
  drawTab('/tab/readiness', 'P10');
  expect((await screen.findAllByRole('alert'))[0]?.textContent).toContain('is for the board’s chair and secretary');
  expect(screen.queryByRole('link', { name: 'Readiness' })).toBeNull();
});
