// The form of an action: only what was touched is sent, and nothing that was typed is lost.
import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { barriers, drawTab, problemWith } from './drawTab';

const words = 'Five of six are published and in use.';
const form = async () => {
  const tab = drawTab('/tab/actions/APA1.04', 'P10');
  await screen.findByRole('button', { name: 'No change' }, { timeout: 10_000 });
  return tab;
};
const save = () => userEvent.click(screen.getByRole('button', { name: 'Save' }));
const narrative = () => screen.getByLabelText<HTMLTextAreaElement>(/^What happened since/);

test('shows what was last said', async () => {
  await form();
  expect(screen.getByLabelText<HTMLSelectElement>('Delivery').value).toBe('off-track');
  expect(screen.getByLabelText<HTMLInputElement>('Percentage complete').value).toBe('67');
  expect(screen.getByLabelText<HTMLInputElement>('You expect to finish on').value).toBe('2025-02-28');
});

test('is not there for who may not answer', async () => {
  drawTab('/tab/actions/APA1.04', 'P01');
  await screen.findByRole('heading', { name: 'Where it stands' });
  expect(screen.queryByRole('heading', { name: 'Answer for the board' })).toBeNull();
});

test('sends what was touched and nothing else', async () => {
  const tab = await form();
  await userEvent.selectOptions(screen.getByLabelText('Delivery'), 'At risk');
  await userEvent.clear(screen.getByLabelText('Percentage complete'));
  await userEvent.type(screen.getByLabelText('Percentage complete'), '83');
  await userEvent.click(screen.getByLabelText('All six published'));
  await userEvent.type(narrative(), words);
  await save();
  expect(await screen.findByText('Saved: status: off track → at risk; what happened.')).toBeTruthy();
  expect(tab.answers).toEqual([
    {
      boardId: 'hertland-send',
      nonce: expect.stringMatching(/^[0-9a-f-]{36}$/),
      seenVersion: expect.any(String),
      answer: {
        kind: 'action',
        ref: 'APA1.04',
        deliveryStatus: 'at-risk',
        percentComplete: 83,
        milestonesCompleted: ['APA1.04-2'],
        narrative: words,
      },
    },
  ]);
  expect(narrative().value).toBe('');
});

test('sends an emptied forecast and blocker as empty', async () => {
  const tab = await form();
  await userEvent.clear(screen.getByLabelText('You expect to finish on'));
  await userEvent.clear(screen.getByLabelText(/^What blocks you/));
  await save();
  await waitFor(() => expect(tab.answers).toHaveLength(1));
  expect(tab.answers[0]?.answer).toEqual({ kind: 'action', ref: 'APA1.04', forecastOn: null, blocker: null });
});

test('takes "No change" with the line that an off-track action needs', async () => {
  const tab = await form();
  await userEvent.type(narrative(), words);
  await userEvent.click(screen.getByRole('button', { name: 'No change' }));
  expect(await screen.findByText('Saved: no change.')).toBeTruthy();
  expect(tab.answers[0]?.answer).toEqual({ kind: 'action', ref: 'APA1.04', noChange: true, narrative: words });
});

test('cannot be saved untouched', async () => {
  const tab = await form();
  await save();
  expect(tab.answers).toEqual([]);
});

test('says beside the field what to change and keeps what was typed', async () => {
  const tab = await form();
  const issues = [{ field: 'narrative', message: 'Say in 10 to 1,000 characters what happened.' }];
  tab.reply(problemWith({ status: 422, title: 'Not saved yet', issues }));
  await userEvent.type(narrative(), 'Soon');
  await save();
  expect(await screen.findByText('Say in 10 to 1,000 characters what happened.')).toBeTruthy();
  expect(narrative().value).toBe('Soon');
  expect(narrative().getAttribute('aria-invalid')).toBe('true');
  expect(await barriers(tab.container)).toEqual([]);
});

test('shows a refusal of no field of its own', async () => {
  const tab = await form();
  tab.reply(problemWith({ status: 422, issues: [{ field: 'ref', message: 'This is not yours to answer.' }] }));
  await userEvent.type(narrative(), words);
  await save();
  expect(await screen.findByText('This is not yours to answer.')).toBeTruthy();
});

test('asks before words that may tell who a child is are saved', async () => {
  const tab = await form();
  tab.reply(problemWith({ status: 422, warnings: ['A small count of families.'] }));
  await userEvent.type(narrative(), 'We met 3 families of the unit.');
  await save();
  expect(await screen.findByText('A small count of families.')).toBeTruthy();
  await userEvent.click(screen.getByRole('button', { name: /: save$/ }));
  await waitFor(() => expect(tab.answers.map((one) => one.confirmedWarnings)).toEqual([undefined, true]));
  expect(tab.answers[0]?.nonce).toBe(tab.answers[1]?.nonce);
});

test('says who changed the same and when, shows both sides, and saves over it only when asked again', async () => {
  const tab = await form();
  const marlow = { by: 'Marlow Finchley', atWords: 'Monday 6 January 2025, 09:00' };
  const changed = [
    { field: 'deliveryStatus', theirs: 'On track', yours: 'At risk', ...marlow },
    { field: 'percentComplete', theirs: '71', yours: '75', ...marlow },
  ];
  tab.reply(problemWith({ title: 'Somebody changed this meanwhile', status: 409, changed, currentVersion: 'v9' }));
  await userEvent.selectOptions(screen.getByLabelText('Delivery'), 'At risk');
  await save();
  const alert = await screen.findByRole('alert');
  expect(alert.textContent).toMatch(
    /^Somebody changed this meanwhile\. Marlow Finchley changed it on Monday 6 January 2025, 09:00, after this form was opened\. Nothing is overwritten/,
  );
  expect(
    within(alert)
      .getAllByRole('listitem')
      .map((one) => one.textContent),
  ).toEqual([
    'Delivery: On track in the record now, At risk in yours.',
    'Percentage complete: 71 in the record now, 75 in yours.',
  ]);
  await save();
  await waitFor(() => expect(tab.answers.map((one) => one.seenVersion === 'v9')).toEqual([false, true]));
});

test('names nobody where the record does not say who, and each by their field where several changed it', async () => {
  const tab = await form();
  const changed = [
    { field: 'deliveryStatus', theirs: 'On track', yours: 'At risk' },
    { field: 'percentComplete', theirs: '71', yours: '75', by: 'You', atWords: 'Monday 6 January 2025, 09:00' },
  ];
  tab.reply(problemWith({ title: 'Somebody changed this meanwhile', status: 409, changed, currentVersion: 'v9' }));
  await userEvent.selectOptions(screen.getByLabelText('Delivery'), 'At risk');
  await save();
  const alert = await screen.findByRole('alert');
  expect(alert.textContent).toMatch(/^Somebody changed this meanwhile\. Nothing is overwritten/);
  expect(
    within(alert)
      .getAllByRole('listitem')
      .map((one) => one.textContent),
  ).toEqual([
    'Delivery: On track in the record now, At risk in yours.',
    'Percentage complete: 71 in the record now, 75 in yours. You changed it on Monday 6 January 2025, 09:00.',
  ]);
});
