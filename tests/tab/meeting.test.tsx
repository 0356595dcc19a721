// The page of a meeting: what each part of the board reads, deciding about dates, looking at the log and releasing it.
import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import type { BoardSnapshot, DateChange } from '../../bot/board/model';
import { barriers, drawTab, problemWith } from './drawTab';

const region = (name: string | RegExp) => screen.findByRole('region', { name });

const waiting: DateChange = {
  ref: 'APA1.04-DC9',
  subjectRef: 'APA1.04',
  actionRef: 'APA1.04',
  fromOn: '2024-11-29',
  toOn: '2025-02-14',
  reason: 'The data of two schools is late.',
  requestedByRef: 'P10',
  requestedOn: '2025-01-03',
  decision: 'pending',
  beyondNoticeAim: false,
};
const withRequest = (board: BoardSnapshot): BoardSnapshot => {
  const action = board.actions.find((one) => one.ref === 'APA1.04');
  return { ...board, dateChanges: [{ ...waiting, fromOn: action?.dueOn ?? waiting.fromOn }] };
};

test.each([
  ['/tab/meeting', 'P01', 'Next meeting'],
  ['/tab/meeting/B08', 'P04', 'Meeting B08'],
])('%s has no barrier for %s', async (address, person, title) => {
  const { container } = drawTab(address, person, withRequest);
  await screen.findByRole('heading', { level: 1, name: title });
  await region('Attendance');
  expect(await barriers(container)).toEqual([]);
});

describe('reading', () => {
  test('a member reads when it is, its deadlines, decisions and who comes; nothing to decide or release', async () => {
    drawTab('/tab/meeting', 'P04', withRequest);
    const when = await region('When and where');
    expect(when.textContent).toContain('Wednesday 15 January 2025, 10:00');
    expect(within(when).getAllByRole('listitem')[1]?.textContent).toMatch(/^Owners’ deadline/);
    expect(screen.queryByRole('region', { name: /Date changes to decide/ })).toBeNull();
    expect(screen.queryByRole('region', { name: /The log/ })).toBeNull();
  });

  test('a meeting that was held says who came, and each decision with who, by when and its state', async () => {
    drawTab('/tab/meeting/B08', 'P10');
    const attendance = await region('Attendance');
    expect(within(attendance).getByRole('heading', { name: /^Present \(\d+\)$/ })).toBeTruthy();
    expect(attendance.textContent).toMatch(/Of \d+ people on the list: \d+ present/);
    const decisions = await region('Decisions and actions arising');
    expect(within(decisions).getAllByRole('listitem')[0]?.textContent).toMatch(/^D-B08-1 .+(Open|Done).+ · .+by /);
    expect((await region('What was agreed about slow actions')).textContent).not.toBe('');
  });

  test('another meeting is chosen from a list and has an address of its own', async () => {
    drawTab('/tab/meeting', 'P04');
    await userEvent.selectOptions(await screen.findByRole('combobox', { name: 'Meeting' }), 'B08');
    await screen.findByRole('heading', { level: 1, name: 'Meeting B08' });
    expect(window.location.pathname).toBe('/tab/meeting/B08');
  });

  test('an adviser reads decisions and attendance, nothing that is under way', async () => {
    const guest = '77777777-7777-4777-8777-777777777777';
    drawTab('/tab/meeting/B08', guest, (board) => ({
      ...withRequest(board),
      people: board.people.map((one) => (one.ref === 'X01' ? { ...one, entraObjectId: guest } : one)),
    }));
    await region('Attendance');
    const parts = screen.getAllByRole('heading', { level: 2 }).map((one) => one.textContent);
    expect(parts).toEqual(['When and where', 'Decisions and actions arising', 'Attendance']);
  });

  test('a meeting that there is not is said', async () => {
    drawTab('/tab/meeting/B99', 'P04');
    expect((await screen.findByRole('alert')).textContent).toContain('B99');
  });

  test('without meetings the page says who adds them', async () => {
    drawTab('/tab/meeting', 'P04', (board) => ({ ...board, meetings: [] }));
    expect(await screen.findByText(/The secretary adds meetings to the list Meetings/)).toBeTruthy();
  });
});

describe('a date change', () => {
  test('is approved by the chair once, with what follows said and in focus', async () => {
    const tab = drawTab('/tab/meeting', 'P01', withRequest);
    const dates = await region('Date changes to decide');
    expect(dates.textContent).toContain('The data of two schools is late.');
    await userEvent.dblClick(within(dates).getByRole('button', { name: 'Approve APA1.04-DC9' }));
    const said = await within(dates).findByText(/^Approved by Avery Linwood.*now due on Friday 14 February 2025/);
    expect(tab.posts).toEqual([
      { path: '/boards/hertland-send/date-changes/APA1.04-DC9/decision', body: { approve: true } },
    ]);
    await waitFor(() => expect(document.activeElement?.contains(said)).toBe(true));
    expect(await within(dates).findByText(/No request to move a date waits/)).toBeTruthy();
    const { actions, dateChanges } = await tab.records.snapshot('hertland-send');
    expect(actions.find((one) => one.ref === 'APA1.04')?.dueOn).toBe('2025-02-14');
    expect(dateChanges[0]).toMatchObject({ decision: 'approved', decidedByRef: 'P01' });
  });

  test('is not refused without a reason: the field says so; with one it is', async () => {
    const tab = drawTab('/tab/meeting', 'P01', withRequest);
    const dates = await region('Date changes to decide');
    await userEvent.click(within(dates).getByRole('button', { name: 'Refuse APA1.04-DC9' }));
    expect(await within(dates).findByText(/Please say in a line why not/)).toBeTruthy();
    const reason = within(dates).getByRole('textbox', { name: /Reason about APA1.04-DC9/ });
    expect(reason.getAttribute('aria-invalid')).toBe('true');
    await userEvent.type(reason, 'The schools were told in September.');
    await userEvent.click(within(dates).getByRole('button', { name: 'Refuse APA1.04-DC9' }));
    expect(await within(dates).findByText(/^Refused by Avery Linwood.*stays due on/)).toBeTruthy();
    expect((await tab.records.snapshot('hertland-send')).dateChanges[0]).toMatchObject({ decision: 'refused' });
  });

  test('that somebody decided meanwhile says so and is gone from the list', async () => {
    const tab = drawTab('/tab/meeting', 'P01', withRequest);
    const dates = await region('Date changes to decide');
    tab.refuse(problemWith({ status: 409, title: 'This was decided before', detail: 'Refused by Robin Ashgrove.' }));
    await userEvent.click(within(dates).getByRole('button', { name: 'Approve APA1.04-DC9' }));
    expect(await within(dates).findByText(/This was decided before\. Refused by Robin Ashgrove/)).toBeTruthy();
  });

  test('is only watched by a secretary who may not decide', async () => {
    drawTab('/tab/meeting', 'P15', withRequest);
    const dates = await region('Date changes to decide');
    expect(within(dates).queryByRole('button')).toBeNull();
    expect(dates.textContent).toContain('Somebody else decides');
  });
});

describe('the log', () => {
  const look = async () => {
    const log = await region('The log for the meeting');
    await userEvent.click(within(log).getByRole('button', { name: 'Look at the draft' }));
    await within(log).findByRole('heading', { name: 'The draft' });
    return log;
  };

  test('is looked at, then released exactly as seen by the secretary', async () => {
    const tab = drawTab('/tab/meeting', 'P15');
    const log = await look();
    expect(within(log).getByRole('heading', { name: /^What is filed: 4 files, 60 rows/ })).toBeTruthy();
    expect(log.textContent).toContain('Avery Linwood');
    expect(tab.library.papers.size).toBe(0);
    await userEvent.click(within(log).getByRole('button', { name: 'Release' }));
    const said = await within(log).findByText(/^Released as B09-before, .* by/);
    await waitFor(() => expect(document.activeElement?.contains(said)).toBe(true));
    expect(tab.posts[0]?.body).toMatchObject({ kind: 'before', seen: expect.stringMatching(/^[0-9a-f]{64}@/) });
    expect(tab.library.papers.size).toBe(4);
  });

  test('that moved since is not released: what changed is said and the new draft shown', async () => {
    const tab = drawTab('/tab/meeting', 'P15');
    const log = await look();
    tab.records.editInSharePoint('hertland-send', 'action', 'APA1.04', { percentComplete: 51 });
    await userEvent.click(within(log).getByRole('button', { name: 'Release' }));
    const alert = await within(log).findByRole('alert');
    expect(alert.textContent).toMatch(/nothing was released.*APA1\.04: .*now 51/);
    expect(tab.library.papers.size).toBe(0);
    await userEvent.click(await within(log).findByRole('button', { name: 'Release' }));
    expect(await within(log).findByText(/^Released as/)).toBeTruthy();
  });

  test('is only looked at by the chair', async () => {
    drawTab('/tab/meeting', 'P01');
    const log = await look();
    expect(within(log).queryByRole('button', { name: 'Release' })).toBeNull();
    expect(log.textContent).toContain('The secretary releases the log; the chair may look at it.');
  });
});

describe('the agenda', () => {
  const open = async () => {
    const agenda = within(await region('Agenda'));
    await userEvent.click(agenda.getByRole('button', { name: 'Change the agenda' }));
    const form = agenda.getByRole('form', { name: 'The agenda' });
    expect(document.activeElement).toBe(form.querySelector('summary'));
    return { agenda, form: within(form) };
  };

  test('stands with times and leads for everybody, and with no button but the secretary’s', async () => {
    drawTab('/tab/meeting', 'P10');
    const agenda = await region('Agenda');
    expect(agenda.textContent).toContain('10:00 1. Welcome, and the lived experience of children and families');
    expect(agenda.textContent).toContain('Led by families');
    expect(within(agenda).queryByRole('button')).toBeNull();
  });

  test('of a meeting that was held is in its pack, not here', async () => {
    drawTab('/tab/meeting/B08', 'P15');
    await region('Attendance');
    expect(screen.queryByRole('region', { name: 'Agenda' })).toBeNull();
  });

  test('an item is moved, one withdrawn, one added; shown before and after, and saved', async () => {
    const { container, posts } = drawTab('/tab/meeting', 'P15');
    const { agenda, form } = await open();
    const measures = () => form.getByRole('button', { name: 'Move “Measures” up' });
    await userEvent.click(measures());
    expect(form.getByText('“Measures” is item 4 of 9 now.')).toBeTruthy();
    await waitFor(() => expect(document.activeElement).toBe(measures()));
    await userEvent.click(form.getByRole('button', { name: 'Withdraw “Date changes”' }));
    await userEvent.click(form.getByRole('button', { name: 'Add an item' }));
    const item = within(form.getByRole('group', { name: 'Item 9 of 9' }));
    const title = item.getByRole('textbox', { name: 'What is it about?' });
    await waitFor(() => expect(document.activeElement).toBe(title));
    await userEvent.click(form.getByRole('button', { name: 'Show what would change' }));
    expect(await item.findByText('Say what the item is about.')).toBeTruthy();
    await userEvent.type(title, 'The new school');
    await userEvent.type(item.getByRole('textbox', { name: /^What is asked of the board/ }), 'Agree the site.');
    // What was withdrawn can be chosen again, what stands cannot.
    const says = within(item.getByRole('combobox', { name: 'The board pack says about it' }));
    expect(says.getAllByRole('option').map((one) => one.textContent)).toEqual([
      'date changes to decide',
      'nothing more: an item of our own',
    ]);
    expect(await barriers(container)).toEqual([]);
    await userEvent.click(form.getByRole('button', { name: 'Show what would change' }));
    const heading = await agenda.findByRole('heading', { name: 'What would change' });
    const panel = heading.closest('[role=status]');
    expect(panel?.textContent).toContain(
      'Agenda, “Date changes”: item 7 of 9, 10 minutes, led by the chair, then not on it',
    );
    expect(panel?.textContent).toContain('Order of the agenda');
    expect(panel?.textContent).not.toContain('Dates that move');
    await userEvent.click(agenda.getByRole('button', { name: 'Save this change' }));
    expect(await agenda.findByText(/put back on the page Settings/)).toBeTruthy();
    await waitFor(() => expect(agenda.getByText(/9\. The new school/)).toBeTruthy());
    expect(posts.map((one) => one.path)).toEqual([
      ...['preview', 'preview', 'change'].map((one) => `/boards/hertland-send/settings/${one}`),
    ]);
    await userEvent.click(agenda.getByRole('button', { name: 'Take the published agenda again' }));
    await userEvent.click(await agenda.findByRole('button', { name: 'Save this change' }));
    await waitFor(() => expect(agenda.queryByText(/9\. The new school/)).toBeNull());
  });
});
