// The page of settings: who reads it, each figure in words, and pausing and resuming what is sent.
import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { barriers, drawTab } from './drawTab';

const region = (name: string | RegExp) => screen.findByRole('region', { name });

test.each(['P15', 'P01'])('has no barrier for %s', async (person) => {
  const { container } = drawTab('/tab/settings', person);
  await region('Messages of the board');
  expect(await barriers(container)).toEqual([]);
});

test('says each figure in words with its unit, and which this board set itself', async () => {
  drawTab('/tab/settings', 'P01', (board) => ({ ...board, policy: { ...board.policy, reminderWorkingDaysBefore: 9 } }));
  const policy = await region('The figures of the rules');
  expect(policy.textContent).toContain(
    'Reminder, before the meeting9 working days' + 'set by this board, default 10 working days',
  );
  expect(policy.textContent).toContain('Time of the owners’ deadline17:00 ownersDeadlineTime');
});

test('says what in the settings does not fit', async () => {
  drawTab('/tab/settings', 'P15', (board) => ({ ...board, policy: { ...board.policy, remindrDays: 3 } }));
  expect(await screen.findByText(/a setting "remindrDays" that is not known/)).toBeTruthy();
});

test('the secretary pauses with a reason and an end, then resumes; each is said and has the focus', async () => {
  const tab = drawTab('/tab/settings', 'P15');
  const sending = await region('Messages of the board');
  await userEvent.click(within(sending).getByRole('button', { name: 'Pause sending' }));
  expect(await within(sending).findByText(/Please say why, in a line/)).toBeTruthy();
  await userEvent.type(within(sending).getByRole('textbox', { name: 'Why is it paused?' }), 'Between two secretaries');
  await userEvent.selectOptions(
    within(sending).getByRole('combobox', { name: 'For how long?' }),
    'until the end of Wednesday 8 January 2025',
  );
  await userEvent.click(within(sending).getByRole('button', { name: 'Pause sending' }));
  const said = /Sending is paused since .* until the end of Wednesday 8 January 2025\. Why: Between two secretaries/;
  const status = within(sending).getByRole('status');
  await waitFor(() => expect(status.textContent).toMatch(said));
  await waitFor(() => expect(document.activeElement).toBe(status));
  await userEvent.click(await within(sending).findByRole('button', { name: 'Resume sending' }));
  await waitFor(() => expect(status.textContent).toMatch(/^Sending goes on/));
  expect(tab.posts.map((one) => one.path)).toEqual(['/manage/pause', '/manage/pause', '/manage/resume']);
});

test('the chair reads and changes nothing', async () => {
  drawTab('/tab/settings', 'P01');
  const sending = await region('Messages of the board');
  expect(within(sending).queryByRole('button')).toBeNull();
  expect(sending.textContent).toContain('The secretary pauses and resumes sending.');
});

test('a member is told whose page it is', async () => {
  drawTab('/tab/settings', 'P04');
  expect((await screen.findByRole('alert')).textContent).toContain(
    'The settings are for the board’s secretary and chair.',
  );
});
