// The states of every page beside its content: loading, empty, older than it should be, in part, failed, not allowed.
import { act, screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import type { BoardSnapshot } from '../../bot/board/model';
import { navigate } from '../../tab/src/router';
import { drawTab, problemWith } from './drawTab';

const pages = [
  ['/tab/', 'the board', 'Where the board stands'],
  ['/tab/actions', 'the actions', 'Actions'],
  ['/tab/actions/APA1.04', 'action APA1.04', /^Action APA1\.04|^APA1\.04/],
  ['/tab/risks', 'the risks', 'Risks'],
  ['/tab/measures', 'the measures', 'Measures'],
  ['/tab/measures/M04', 'measure M04', /^Measure M04|^M04/],
  ['/tab/readiness', 'readiness', /^Readiness/],
  ['/tab/meeting', 'the meeting', 'Next meeting'],
  ['/tab/log', 'the logs', 'Log'],
  ['/tab/clauses', 'the clauses', 'Clauses of the notice'],
  ['/tab/clauses/6', 'clause 6', /^Clause 6/],
  ['/tab/contributions', 'the contributions', 'Contributions'],
  ['/tab/settings', 'the settings', 'Settings'],
] as const;

const title = (name: string | RegExp) => screen.findByRole('heading', { level: 1, name });
const isRead = () => waitFor(() => expect(screen.getByText(/^As of/)).toBeTruthy());

describe.each(pages)('%s', (address, what, name) => {
  test('says what is loading, when its figures are older than they should be, and keeps them when reading fails', async () => {
    const tab = drawTab(address, 'P15');
    expect(await screen.findByText(`Loading ${what} …`)).toBeTruthy();
    await title(name);
    await isRead();
    expect(screen.queryByText(`Loading ${what} …`)).toBeNull();
    tab.records.freshness = () => ({ readAt: '2025-01-06T08:12:00.000Z', stale: 'no-answer' });
    const again = screen.getByRole('button', { name: 'Read again' });
    await userEvent.click(again);
    expect(
      await screen.findByText(/^SharePoint has not answered.*as read on Monday 6 January 2025, 08:12\.$/),
    ).toBeTruthy();
    tab.fail(problemWith({ title: 'The service cannot be reached' }));
    await userEvent.click(again);
    expect(
      await screen.findByText(/^The service cannot be reached\..*as read on Monday 6 January 2025, 08:12\.$/),
    ).toBeTruthy();
    expect(screen.getAllByRole('heading', { level: 1 })).toHaveLength(1);
  });

  test('says what went wrong under its own heading, and reads again', async () => {
    const tab = drawTab(address === '/tab/log' ? '/tab/risks' : '/tab/log', 'P15');
    await isRead();
    tab.fail(problemWith({ title: 'The service cannot be reached' }));
    act(() => navigate(address));
    await title(name);
    const retry = await screen.findByRole('button', { name: 'Try again' });
    expect(screen.getByRole('alert').textContent).toContain('The service cannot be reached');
    tab.fail(undefined);
    await userEvent.click(retry);
    await isRead();
    expect(screen.queryByRole('alert')).toBeNull();
  });
});

test.each(['/tab/actions?view=timeline', '/tab/risks', '/tab/log'])(
  '%s tells a stranger what to do',
  async (address) => {
    drawTab(address, 'nobody');
    const alerts = await screen.findAllByRole('alert');
    expect(alerts.at(-1)?.textContent).toContain('Ask the board’s secretary to add you');
    expect(screen.queryByText(/^As of/)).toBeNull();
  },
);

const bare = (board: BoardSnapshot): BoardSnapshot => ({
  ...board,
  ...{ areas: [], actions: [], milestones: [], risks: [], mitigations: [], measures: [], readings: [] },
  ...{ evidence: [], meetings: [], attendance: [], requests: [], updates: [], dateChanges: [], decisions: [] },
  ...{ invitations: [], dispatches: [], loggedRows: [], coProduction: [], reviews: [], adviserNotes: [] },
});

test.each([
  ['/tab/', /The secretary adds one to the list Meetings/],
  ['/tab/actions', /The secretary adds them to the list Actions/],
  ['/tab/actions?view=timeline', /The secretary adds them to the list Actions/],
  ['/tab/risks', /The secretary adds them to the list Risks/],
  ['/tab/measures', /The secretary adds them to the list Measures/],
  ['/tab/readiness', /No meeting is planned|adds/],
  ['/tab/meeting', /The secretary adds meetings to the list Meetings/],
  ['/tab/log', /The secretary freezes the first one/],
  ['/tab/contributions', /Nobody has been asked/],
])('%s of a new board says what would fill it', async (address, words) => {
  drawTab(address, 'P15', bare);
  expect((await screen.findAllByText(words)).length).toBeGreaterThan(0);
});

test.each([
  ['/tab/readiness', 'P10', /for the board’s chair and secretary/],
  ['/tab/settings', 'P04', /for the board’s secretary and chair/],
])('%s tells %s why it is not theirs', async (address, who, words) => {
  drawTab(address, who);
  const alerts = await screen.findAllByRole('alert');
  expect(alerts.at(-1)?.textContent).toMatch(words);
  // Nothing is broken: to try again would change nothing.
  expect(screen.queryByRole('button', { name: 'Try again' })).toBeNull();
  expect(screen.queryByRole('link', { name: /^(?:Readiness|Settings)$/ })).toBeNull();
});

test('an adviser is told where what was released is', async () => {
  const guest = '77777777-7777-4777-8777-777777777777';
  drawTab('/tab/actions?view=timeline', guest, (board) => ({
    ...board,
    people: board.people.map((one) => (one.ref === 'X01' ? { ...one, entraObjectId: guest } : one)),
  }));
  expect((await screen.findByRole('alert')).textContent).toContain('it is under Log');
});

test('the log stays whole when the papers cannot be listed, and says that they are not', async () => {
  const tab = drawTab('/tab/log', 'P01');
  await isRead();
  tab.library.list = () => Promise.reject(new TypeError('no answer'));
  await userEvent.click(screen.getByRole('button', { name: 'Read again' }));
  expect(await screen.findByText(/the papers of some meetings are not listed/)).toBeTruthy();
  expect(screen.getByRole('table', { name: 'Frozen logs, newest first' })).toBeTruthy();
});
