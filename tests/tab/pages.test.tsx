// Every page as its readers find it: headings, names, states, and no barrier that axe knows.
import { act, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { barriers, drawTab, problemWith } from './drawTab';

const heading = (name: string | RegExp, level = 1) => screen.findByRole('heading', { level, name });

describe('accessibility', () => {
  // Every page is looked at in a real browser; here what a reader alone sees, and what is nowhere.
  test.each([
    ['/tab/', 'P10', 'Where the board stands'],
    ['/tab/nothing', 'P01', 'There is no such page'],
  ])('%s has no barrier for %s', async (address, person, title) => {
    const { container } = drawTab(address, person);
    await heading(title);
    await screen.findAllByRole('link');
    await waitFor(() => expect(screen.queryByText(/^Loading/)).toBeNull());
    expect(await barriers(container)).toEqual([]);
  });
});

describe('the board', () => {
  test('answers the chair’s questions in their order', async () => {
    drawTab('/tab/', 'P01');
    await heading('What is next', 2);
    const order = screen.getAllByRole('heading', { level: 2 }).map((one) => one.textContent);
    expect(order).toEqual([
      ...['What is next', 'What needs you', 'What is slow, and why', 'The areas'],
      ...['What could trouble the Secretary of State', 'What changed'],
    ]);
  });

  test('says in one sentence where it stands', async () => {
    drawTab('/tab/', 'P01');
    const state = await screen.findByRole('region', { name: 'In short' });
    expect(state).toHaveProperty('textContent', expect.stringMatching(/^8 of 18 open actions are slow/));
  });

  test('shows who is outstanding when a count of readiness is opened', async () => {
    drawTab('/tab/', 'P01');
    const next = await screen.findByRole('region', { name: 'What is next' });
    await userEvent.click(within(next).getByText('Answers in'));
    const link = within(next).getByRole('link', { name: 'Freya Langmoor: 1 to answer' });
    expect(link.getAttribute('href')).toBe('/tab/actions?owner=P10');
  });

  test('lists seven slow actions with reasons and leads to the rest', async () => {
    drawTab('/tab/', 'P01');
    const slow = await screen.findByRole('region', { name: 'What is slow, and why' });
    expect(within(slow).getAllByRole('link')).toHaveLength(8);
    expect(within(slow).getByRole('list', { name: 'Why APA1.04 is slow' }).textContent).toContain(
      'The due date passed 23 working days ago.',
    );
    expect(within(slow).getByRole('link', { name: '1 more slow action' }).getAttribute('href')).toBe(
      '/tab/actions?show=slow',
    );
  });

  test('opens the rest of what changed on request', async () => {
    drawTab('/tab/', 'P01');
    const changed = await screen.findByRole('region', { name: 'What changed' });
    const before = within(changed).getAllByRole('listitem').length;
    await userEvent.click(within(changed).getByRole('button', { name: /more\s*, worse$/ }));
    expect(within(changed).getAllByRole('listitem').length).toBeGreaterThan(before);
    expect(within(changed).queryByRole('button', { name: /more\s*, worse$/ })).toBeNull();
    // The first of what came is read next.
    expect(document.activeElement?.closest('li')?.previousElementSibling?.tagName).toBe('LI');
  });
});

describe('moving between pages', () => {
  test('follows a link without leaving, and puts the focus on the new heading', async () => {
    drawTab('/tab/', 'P01');
    const pages = await screen.findByRole('navigation', { name: 'Pages' });
    await userEvent.click(within(pages).getByRole('link', { name: 'Risks' }));
    const title = await heading('Risks');
    expect(window.location.pathname).toBe('/tab/risks');
    await waitFor(() => expect(document.activeElement).toBe(title));
    expect(within(pages).getByRole('link', { name: 'Risks' }).getAttribute('aria-current')).toBe('page');
    // The board's name comes with the page.
    await waitFor(() => expect(document.title).toBe('Risks, Hertland SEND Improvement Board'));
  });

  test('shows an adviser what was released', async () => {
    const guest = '77777777-7777-4777-8777-777777777777';
    drawTab('/tab/log', guest, (board) => ({
      ...board,
      people: board.people.map((one) => (one.ref === 'X01' ? { ...one, entraObjectId: guest } : one)),
    }));
    const pages = await screen.findByRole('navigation', { name: 'Pages' });
    expect(
      within(pages)
        .getAllByRole('link')
        .map((one) => one.textContent),
    ).toEqual(['Log', 'Clauses', 'Meeting']);
    expect(await screen.findByRole('table', { name: 'Frozen logs, newest first' })).toBeTruthy();
  });

  test('tells a stranger what to do', async () => {
    drawTab('/tab/', 'nobody');
    const alerts = await screen.findAllByRole('alert');
    expect(alerts[0]?.textContent).toContain('Ask the board’s secretary to add you');
  });
});

describe('states', () => {
  test('says what is loading', async () => {
    drawTab('/tab/risks', 'P01');
    expect(screen.getByText('Loading the risks …')).toBeTruthy();
    await heading('Likelihood and impact', 2);
  });

  test('keeps what is shown when reading again fails, and says from when it is', async () => {
    const tab = drawTab('/tab/risks', 'P01');
    await heading('Likelihood and impact', 2);
    tab.fail(problemWith({ title: 'SharePoint did not answer' }));
    await userEvent.click(screen.getByRole('button', { name: 'Read again' }));
    expect(
      await screen.findByText(/SharePoint did not answer\. .*Shown as read on Monday 6 January 2025/),
    ).toBeTruthy();
    expect(screen.getByRole('table')).toBeTruthy();
  });

  test('offers to try again when nothing could be read', async () => {
    const tab = drawTab('/tab/log', 'P01');
    tab.fail(problemWith({}));
    await userEvent.click(await screen.findByRole('link', { name: 'Actions' }));
    expect(await screen.findByRole('alert')).toHaveProperty('textContent', expect.stringContaining('It did not work'));
    tab.fail(undefined);
    await userEvent.click(screen.getByRole('button', { name: 'Try again' }));
    expect(await screen.findByText('45 actions')).toBeTruthy();
  });

  test('says what would fill an empty page', async () => {
    drawTab('/tab/risks', 'P01', (board) => ({ ...board, risks: [], mitigations: [] }));
    expect(await screen.findByText(/The secretary adds them to the list Risks/)).toBeTruthy();
  });
});

describe('measures', () => {
  test('say how many are behind, to which month, and list those first', async () => {
    drawTab('/tab/measures', 'P01');
    expect(await screen.findByText(/^\d+ of 12 measures are behind \(readings to November 2024\)\./)).toBeTruthy();
    const states = screen
      .getAllByRole('row')
      .slice(1)
      .map((one) => within(one).getAllByRole('cell')[0]?.textContent ?? '');
    const behind = states.filter((one) => one.startsWith('Behind')).length;
    expect(behind).toBeGreaterThan(1);
    expect(states.slice(0, behind).every((one) => one.startsWith('Behind'))).toBe(true);
  });

  test('one has each reading in a table, what was first reported, and the actions meant to move it', async () => {
    drawTab('/tab/measures/M04', 'P01');
    await heading(/^M04 New EHC plans/);
    const table = await screen.findByRole('table', { name: /Readings of M04/ });
    const june = within(table).getByRole('row', { name: /^June 2024/ });
    expect(
      within(june)
        .getAllByRole('cell')
        .map((one) => one.textContent),
    ).toEqual(['56.3', '54', expect.any(String), expect.any(String), expect.any(String)]);
    expect(screen.getByRole('link', { name: /^AFI2\.03/ }).getAttribute('href')).toBe('/tab/actions/AFI2.03');
  });

  test('one with localities says the gap in words', async () => {
    drawTab('/tab/measures/M03', 'P01');
    const gap = await screen.findByRole('region', { name: 'Localities' });
    expect(gap.textContent).not.toBe('');
  });

  test('an unknown one is said to be unknown', async () => {
    drawTab('/tab/measures/M99', 'P01');
    expect((await screen.findByRole('alert')).textContent).toContain('M99');
  });
});

describe('the clauses', () => {
  test('stand with their state in words, what is missing and what would close it; none is called met', async () => {
    drawTab('/tab/clauses', 'P01');
    const clause = await screen.findByRole('region', { name: /^6: / });
    expect(clause.textContent).toContain('Partly evidenced');
    expect(within(clause).getByRole('heading', { level: 3, name: 'What is missing' })).toBeTruthy();
    expect(clause.textContent).toContain('What would close it');
    expect(screen.queryByText(/compliant/i)).toBeNull();
  });

  test('name the record of what shows them, once, where it has a reference', async () => {
    drawTab('/tab/clauses', 'P01');
    const texts = async (name: RegExp) =>
      within(await screen.findByRole('region', { name }))
        .getAllByRole('listitem')
        .map((one) => one.textContent ?? '');
    expect(await texts(/^2: /)).toContainEqual('AFI1.01: Led by Hertland ICB, with Hertland Community NHS.');
    expect((await texts(/^5c: /)).some((one) => one.startsWith('Last change of the risk register.'))).toBe(true);
    expect((await texts(/^12: /)).some((one) => one.startsWith('Minutes of B08.'))).toBe(true);
  });

  test('are listed first with their state in words, and a link leads to the heading of each', async () => {
    drawTab('/tab/clauses', 'P01');
    const list = await screen.findByRole('navigation', { name: 'Clauses on this page' });
    const links = within(list).getAllByRole('link');
    expect(links.map((one) => one.textContent)).toEqual(
      screen.getAllByRole('heading', { level: 2 }).map((one) => one.textContent),
    );
    const sixth = within(list).getByRole('link', { name: /^6: / });
    expect(sixth.closest('li')?.textContent).toContain('Partly evidenced');
    const heading = screen.getByRole('heading', { level: 2, name: /^6: / });
    await userEvent.click(sixth);
    await waitFor(() => expect(document.activeElement).toBe(heading));
    // The same link once more, from somewhere else: the address is the same, the place is shown again.
    act(() => links[0]?.focus());
    await userEvent.click(sixth);
    expect(document.activeElement).toBe(heading);
  });

  test('can be narrowed to those with a gap, in the list too', async () => {
    drawTab('/tab/clauses', 'P15');
    await screen.findByRole('region', { name: /^6: / });
    const before = screen.getAllByRole('heading', { level: 2 }).length;
    await userEvent.selectOptions(screen.getByRole('combobox', { name: /Show/ }), 'With a gap');
    const after = screen.getAllByRole('heading', { level: 2 }).length;
    expect(after).toBeLessThan(before);
    expect(screen.getByText(new RegExp(`^${after} of ${before} clauses have a gap`))).toBeTruthy();
    const list = screen.getByRole('navigation', { name: 'Clauses on this page' });
    expect(within(list).getAllByRole('link')).toHaveLength(after);
  });
});

describe('one clause', () => {
  test('has a page of its own, with where it stands and every record in sight', async () => {
    drawTab('/tab/clauses/2', 'P01');
    expect(await screen.findByRole('heading', { level: 1, name: /^Clause 2: / })).toBeTruthy();
    const section = screen.getByRole('region', { name: 'Where it stands' });
    expect(within(section).getByRole('heading', { level: 3, name: /^\d+ records$/ })).toBeTruthy();
    expect(within(section).getByText('AFI1.01: Led by Hertland ICB, with Hertland Community NHS.')).toBeTruthy();
    expect(screen.getByRole('link', { name: 'All clauses' }).getAttribute('href')).toBe('/tab/clauses');
  });

  test('that is on the page of all with its first records alone has a link to it there', async () => {
    drawTab('/tab/clauses', 'P01', (board) => {
      const copies = (one: (typeof board.actions)[number]) =>
        ['', 'b', 'c', 'd', 'e', 'f'].map((letter) => ({ ...one, ref: `${one.ref}${letter}` }));
      const more = board.actions.flatMap(copies);
      return { ...board, actions: more };
    });
    const clause = await screen.findByRole('region', { name: /^3c: / });
    const [, total] = /These are 60 of (\d+)\./.exec(clause.textContent ?? '') ?? [];
    expect(Number(total)).toBeGreaterThan(60);
    const link = within(clause).getByRole('link', { name: 'All records of clause 3c' });
    await userEvent.click(link);
    expect(await screen.findByRole('heading', { level: 1, name: /^Clause 3c: / })).toBeTruthy();
    await waitFor(() => expect(screen.getByRole('heading', { level: 3, name: `${total} records` })).toBeTruthy());
    await waitFor(() => expect(screen.getAllByRole('listitem').length).toBeGreaterThanOrEqual(Number(total)));
  });
});

describe('contributions', () => {
  test('show the chair bodies with their owners, those that could contribute more first, and how it is counted', async () => {
    drawTab('/tab/contributions', 'P01');
    expect(
      await screen.findByText(/^2 of \d+ bodies could contribute more: Hertland Community NHS and Hertland ICB\.$/),
    ).toBeTruthy();
    const icb = screen.getByRole('article', { name: 'Hertland ICB' });
    // Once: the reason holds the figures.
    expect(icb.textContent?.match(/21 of 29 requests answered on time/g)).toHaveLength(1);
    expect(icb.textContent).toContain('over the last 3 cycles; 1 late, 7 without an answer.');
    const council = screen.getByRole('article', { name: 'Hertland Council' });
    expect(council.textContent).toContain('67 of 72 requests answered on time; 1 late, 4 without an answer.');
    await userEvent.click(within(icb).getByText(/owners?$/));
    expect(within(icb).getByText('Kofi Brantwell')).toBeTruthy();
    expect(screen.getByText(/Volunteers are never listed by name/)).toBeTruthy();
  });

  test('show an owner their own line alone', async () => {
    drawTab('/tab/contributions', 'P10');
    const articles = await screen.findAllByRole('article');
    expect(articles.map((one) => one.getAttribute('aria-label'))).toEqual(['Freya Langmoor']);
  });

  test('show a member their own body and themselves, and nobody else', async () => {
    drawTab('/tab/contributions', 'P10', (board) => ({
      ...board,
      people: board.people.map((one) => (one.ref === 'P10' ? { ...one, boardRole: 'member' as const } : one)),
    }));
    const articles = await screen.findAllByRole('article');
    expect(articles.map((one) => one.getAttribute('aria-label'))).toEqual(['Hertland Council']);
    expect(screen.queryByText('Kofi Brantwell')).toBeNull();
  });

  test('are not open to an adviser', async () => {
    const guest = '77777777-7777-4777-8777-777777777777';
    drawTab('/tab/contributions', guest, (board) => ({
      ...board,
      people: board.people.map((one) => (one.ref === 'X01' ? { ...one, entraObjectId: guest } : one)),
    }));
    expect((await screen.findByRole('alert')).textContent).toContain('under Log');
  });
});

describe('risks', () => {
  test('stand in the matrix where likelihood and impact meet', async () => {
    drawTab('/tab/risks', 'P01');
    const row = await screen.findByRole('row', { name: /Almost certain/ });
    const cells = within(row).getAllByRole('cell');
    expect(cells.map((one) => one.textContent)).toEqual([
      '5 moderate',
      '10 high',
      '15 extreme',
      '20 extreme1 risk of likelihood 5, Almost certain, impact 4, Major: R03 Show these',
      '25 extreme',
    ]);
    const count = within(row).getByRole('link', {
      name: /^1 risk of likelihood 5, .* impact 4, Major: R03 Show these$/,
    });
    expect(count.getAttribute('href')).toBe('/tab/risks?cell=5x4');
  });

  test('are counted in a sentence and told one by one', async () => {
    drawTab('/tab/risks', 'P01');
    expect(
      await screen.findByText(/^6 of 14 open risks score above the board’s tolerance of 12\. 4 are stuck\.$/),
    ).toBeTruthy();
    const risk = screen.getByRole('article', { name: /^R03/ });
    expect(risk.textContent).toContain('Extreme, 20');
    expect(risk.textContent).toContain('Up 4 since the last log');
  });
});

describe('the log', () => {
  test('lists frozen logs and says what an old one did not record', async () => {
    drawTab('/tab/log', 'P01');
    const row = await screen.findByRole('row', { name: /^B08, for the meeting/ });
    expect(row.textContent).toContain('Wednesday 27 November 2024');
    expect(row.textContent).toContain('not recorded then');
  });

  test('downloads a paper under its name', async () => {
    const clicked: string[] = [];
    const given = jest.spyOn(HTMLAnchorElement.prototype, 'click').mockImplementation(function (
      this: HTMLAnchorElement,
    ) {
      clicked.push(`${this.download} from ${this.href}`);
    });
    URL.createObjectURL = () => 'blob:paper';
    URL.revokeObjectURL = () => undefined;
    const tab = drawTab('/tab/log', 'P01');
    await tab.library.file('hertland-send', 'B08', 'B08 log.json', new Uint8Array([1]), 'application/json');
    await userEvent.click(await screen.findByRole('button', { name: 'Read again' }));
    await userEvent.click(await screen.findByRole('button', { name: 'Download B08 log.json' }));
    await waitFor(() => expect(clicked).toEqual(['B08 log.json from blob:paper']));
    given.mockRestore();
  });
});
