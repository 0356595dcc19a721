// The page of settings: who reads it, each figure in words, changing and putting back, pausing and resuming.
import { act, fireEvent, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { barriers, drawTab, problemWith } from './drawTab';

const region = (name: string | RegExp) => screen.findByRole('region', { name });

test('has no barrier for the chair, who reads it', async () => {
  const { container } = drawTab('/tab/settings', 'P01');
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
  await userEvent.type(
    within(sending).getByRole('textbox', { name: 'Why pause the messages?' }),
    'Between two secretaries',
  );
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

describe('changing settings', () => {
  const briefing = 'Chair’s briefing, before the meeting';
  const openCycle = async () => {
    await userEvent.click(await screen.findByRole('button', { name: 'Change: The cycle of a meeting' }));
    return screen.findByRole('textbox', { name: briefing });
  };
  const showButton = () =>
    within(screen.getByRole('region', { name: 'The figures of the rules' })).getByRole('button', {
      name: 'Show what would change',
    });

  test('a figure is shown before and after with the dates that move, saved, and put back', async () => {
    const { container, posts } = drawTab('/tab/settings', 'P15');
    const field = await openCycle();
    await userEvent.clear(field);
    await userEvent.type(field, '4');
    await userEvent.click(showButton());
    const heading = await screen.findByRole('heading', { name: 'What would change' });
    const panel = heading.closest<HTMLElement>('[role=status]');
    expect(panel?.textContent).toContain(`${briefing}: 3 working days (the default), then 4 working days`);
    expect(panel?.textContent).toContain('Chair’s briefing for the meeting on 15 January 2025');
    expect(document.activeElement).toBe(panel);
    expect(await barriers(container)).toEqual([]);
    await userEvent.click(screen.getByRole('button', { name: 'Save this change' }));
    expect(await screen.findByText(/^Saved\. Chair’s briefing, before the meeting: 4 working days\./)).toBeTruthy();
    await userEvent.click(
      await screen.findByRole('button', { name: /^Put back what was changed on Monday 6 January/ }),
    );
    await userEvent.click(await screen.findByRole('button', { name: 'Save this change' }));
    await waitFor(() => expect(posts.filter((one) => one.path.endsWith('/settings/change'))).toHaveLength(2));
    await waitFor(() =>
      expect(screen.getByRole('region', { name: 'The figures of the rules' }).textContent).toContain(
        `${briefing}3 working days`,
      ),
    );
  });

  test('an error stands beside its field; typing on takes back what was shown', async () => {
    drawTab('/tab/settings', 'P15');
    const field = await openCycle();
    await userEvent.clear(field);
    await userEvent.type(field, 'four');
    await userEvent.click(showButton());
    expect(await screen.findByText('Give a whole number: 0 to 60 working days.')).toBeTruthy();
    expect(field.getAttribute('aria-invalid')).toBe('true');
    await userEvent.clear(field);
    await userEvent.type(field, '4');
    await userEvent.click(showButton());
    await screen.findByRole('heading', { name: 'What would change' });
    await userEvent.type(field, '0');
    expect(screen.queryByRole('heading', { name: 'What would change' })).toBeNull();
  });

  test('words that are not saved stay while the board changes', async () => {
    const { records } = drawTab('/tab/settings', 'P15');
    const field = await openCycle();
    await userEvent.clear(field);
    await userEvent.type(field, '4');
    const why = screen.getByRole('textbox', { name: 'What are they for?' });
    await userEvent.type(why, 'Half term');
    records.editInSharePoint('hertland-send', 'person', 'P04', { name: 'Robin Ashdown' });
    await records.refresh('hertland-send');
    act(() => void document.dispatchEvent(new Event('visibilitychange')));
    expect((await screen.findAllByRole('option', { name: /Robin Ashdown/ })).length).toBeGreaterThan(0);
    expect((field as HTMLInputElement).value).toBe('4');
    expect((why as HTMLInputElement).value).toBe('Half term');
    expect(document.activeElement).toBe(why);
  });

  test('quiet days of a body are added with their reason', async () => {
    drawTab('/tab/settings', 'P15');
    const quiet = await region('Quiet days');
    const form = within(quiet);
    const [, body] = within(form.getByRole('combobox', { name: 'For whom?' })).getAllByRole('option');
    await userEvent.selectOptions(form.getByRole('combobox', { name: 'For whom?' }), body?.textContent ?? '');
    fireEvent.change(form.getByLabelText('First day'), { target: { value: '2025-02-17' } });
    fireEvent.change(form.getByLabelText('Last day'), { target: { value: '2025-02-21' } });
    await userEvent.click(form.getByRole('button', { name: 'Show what would change' }));
    expect(await form.findByText(/Please say why, in a line/)).toBeTruthy();
    await userEvent.type(form.getByRole('textbox', { name: 'What are they for?' }), 'Half term');
    await userEvent.click(form.getByRole('button', { name: 'Show what would change' }));
    await userEvent.click(await form.findByRole('button', { name: 'Save this change' }));
    expect(
      await form.findByRole('button', { name: /^Remove 17 February 2025 to 21 February 2025: Half term/ }),
    ).toBeTruthy();
  });

  test('the aim date moves with its letter', async () => {
    drawTab('/tab/settings', 'P15');
    await userEvent.click(await screen.findByRole('button', { name: 'The Department moved the aim date' }));
    fireEvent.change(screen.getByLabelText('The new aim date'), { target: { value: '2025-07-31' } });
    fireEvent.change(screen.getByLabelText('Date of the letter'), { target: { value: '2025-01-03' } });
    await userEvent.type(screen.getByRole('textbox', { name: 'Reference or subject of the letter' }), 'Letter 4');
    const facts = within(await region('The board and its notice'));
    await userEvent.click(facts.getByRole('button', { name: 'Show what would change' }));
    await userEvent.click(await facts.findByRole('button', { name: 'Save this change' }));
    expect(await facts.findByText('Thursday 31 July 2025')).toBeTruthy();
  });

  test('a leaving is recorded with who takes over', async () => {
    const { posts } = drawTab('/tab/settings', 'P15');
    const people = within(await region('People and hand-over'));
    await userEvent.click(people.getByRole('button', { name: 'Record the leaving' }));
    expect(await people.findByText('Choose who leaves.')).toBeTruthy();
    const person = people.getByRole('combobox', { name: 'Who leaves?' });
    await userEvent.selectOptions(person, 'P10');
    fireEvent.change(people.getByLabelText('Last day'), { target: { value: '2025-01-31' } });
    await userEvent.selectOptions(people.getByRole('combobox', { name: 'Who takes over?' }), 'P17');
    await userEvent.click(people.getByRole('button', { name: 'Record the leaving' }));
    await waitFor(() => expect(people.getByRole('status').textContent).not.toBe(''));
    expect(posts.at(-1)).toMatchObject({ path: '/manage/leave', body: { personRef: 'P10', toRef: 'P17' } });
    expect(await people.findByText(/leaves on Friday 31 January 2025/)).toBeTruthy();
  });

  describe('how a list of the site is read', () => {
    const openActions = async () => {
      const binding = within(await region('The lists in SharePoint'));
      await userEvent.click(binding.getByRole('button', { name: 'Examine the site' }));
      await userEvent.click(await binding.findByRole('button', { name: 'Change how Actions is read' }));
      return within(await binding.findByRole('form', { name: 'How Actions is read' }));
    };
    const choose = (form: Awaited<ReturnType<typeof openActions>>, name: string | RegExp, option: string) =>
      userEvent.selectOptions(form.getByRole('combobox', { name }), option);

    test('another column is chosen from those there are, its words mapped, shown, saved and put back', async () => {
      const { container, posts } = drawTab('/tab/settings', 'P15');
      const form = await openActions();
      expect(document.activeElement).toBe(form.getByRole('combobox', { name: 'Which list of the site is Actions?' }));
      await choose(form, 'Delivery status', 'RAG');
      // What is certain is filled in, the rest is for a person.
      const word = (name: string) => form.getByRole<HTMLSelectElement>('combobox', { name });
      expect(word('“Amber” in Delivery status means').value).toBe('at-risk');
      expect(word('“Mauve” in Delivery status means').value).toBe('');
      await choose(form, '“Mauve” in Delivery status means', 'off track');
      expect(await barriers(container)).toEqual([]);
      await userEvent.click(form.getByRole('button', { name: 'Show what would change' }));
      const panel = (await screen.findByRole('heading', { name: 'What would change' })).closest('[role=status]');
      expect(panel?.textContent).toContain(
        'Actions, Delivery status: the column “DeliveryStatus”, then the column “RAG”',
      );
      expect(panel?.textContent).toContain('Actions: 45 rows would be understood, as many as now.');
      expect(panel?.textContent).not.toContain('Dates that move');
      await userEvent.click(screen.getByRole('button', { name: 'Save this change' }));
      expect(await screen.findByText(/^Saved\. Actions, Delivery status: the column “RAG”\./)).toBeTruthy();
      expect(posts.find((one) => one.path.endsWith('/settings/change'))?.body).toMatchObject({
        change: { list: 'Actions', columns: [{ column: 'DeliveryStatus', name: 'RAG' }] },
      });
      const list = () => within(screen.getByRole('region', { name: 'The lists in SharePoint' }));
      await waitFor(() =>
        expect(list().getByText(/DeliveryStatus: the column “RAG”; words: .*mauve = off-track/)).toBeTruthy(),
      );
      await userEvent.click(await screen.findByRole('button', { name: /^Put back what was changed on/ }));
      await userEvent.click(await screen.findByRole('button', { name: 'Save this change' }));
      const history = within(screen.getByRole('region', { name: 'Who changed what' }));
      const said = await history.findByText(/^Saved\. Actions, Delivery status/);
      expect(document.activeElement?.contains(said)).toBe(true);
      expect(posts.filter((one) => one.path.endsWith('/settings/change'))).toHaveLength(2);
    });

    test('of another list the columns are proposed, and what it lacks is said beside its field', async () => {
      const { posts } = drawTab('/tab/settings', 'P15');
      const form = await openActions();
      await choose(form, 'Which list of the site is Actions?', 'Improvement plan');
      const due = await form.findByRole<HTMLSelectElement>('combobox', { name: 'Due on' });
      expect(due.value).toBe('By_x0020_when');
      await choose(form, /^Title/, 'Reference');
      await userEvent.click(form.getByRole('button', { name: 'Show what would change' }));
      await waitFor(() => expect(posts).toHaveLength(1));
      expect(posts[0]?.body).toMatchObject({
        change: {
          title: 'Improvement plan',
          columns: expect.arrayContaining([{ column: 'Title', name: 'Reference' }]),
        },
      });
      await screen.findByRole('heading', { name: 'What would change' });
      await userEvent.click(form.getByRole('button', { name: 'Leave it as it is' }));
      expect(screen.queryByRole('form', { name: 'How Actions is read' })).toBeNull();
      expect(document.activeElement).toBe(screen.getByRole('button', { name: 'Change how Actions is read' }));
    });

    test('a refusal stands beside the column that it is about', async () => {
      const tab = drawTab('/tab/settings', 'P15');
      const form = await openActions();
      const message = 'The list “Actions” has no column “RAG”: choose one of those it has.';
      tab.refuse(problemWith({ status: 422, issues: [{ field: 'lists.Actions.columns.DeliveryStatus', message }] }));
      await userEvent.click(form.getByRole('button', { name: 'Show what would change' }));
      expect(await form.findByText(message)).toBeTruthy();
      const field = form.getByRole('combobox', { name: 'Delivery status' });
      expect(field.getAttribute('aria-invalid')).toBe('true');
    });
  });

  test('the chair sees figures and history, and no form', async () => {
    drawTab('/tab/settings', 'P01');
    await region('The figures of the rules');
    expect(screen.queryByRole('button', { name: /^Change/ })).toBeNull();
    expect(screen.queryByRole('region', { name: 'People and hand-over' })).toBeNull();
    await userEvent.click(screen.getByRole('button', { name: 'Show the changes' }));
    expect(await screen.findByText('No setting has been changed yet.')).toBeTruthy();
    await userEvent.click(screen.getByRole('button', { name: 'Examine the site' }));
    expect(await screen.findByText('Every list, column and word has the assistant’s own name.')).toBeTruthy();
    expect(screen.queryByRole('button', { name: /^Change/ })).toBeNull();
  });
});
