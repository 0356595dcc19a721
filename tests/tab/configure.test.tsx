// Adding the tab to a channel: what is chosen is what Teams keeps, and what was kept is chosen again.
import { FluentProvider, teamsLightTheme } from '@fluentui/react-components';
import { render, screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import type { MeResponse } from '../../bot/api/contract';
import { ConfigurePage } from '../../tab/src/pages/ConfigurePage';
import { TeamsContext, type TabSettings, type TeamsHost } from '../../tab/src/teams';

const me: MeResponse = {
  personRef: 'P15',
  name: 'Marlow Finchley',
  roleWords: 'Secretary',
  role: 'secretary',
  boardId: 'send-board',
  boardName: 'Hertland SEND Improvement Board',
  boards: [
    { id: 'send-board', name: 'Hertland SEND Improvement Board' },
    { id: 'other', name: 'The other board' },
  ],
  pages: ['board', 'actions', 'risks'],
};

/** Teams while a tab is added: remembers what it was told. */
function dialogOfTeams(kept: Partial<TabSettings> = {}) {
  const validity: boolean[] = [];
  let toSave: (() => TabSettings) | undefined;
  const teams: TeamsHost = {
    theme: 'default',
    place: 'settings',
    isPersonal: false,
    subPageId: undefined,
    onTheme: () => undefined,
    token: async () => 'token',
    ready: () => undefined,
    shareLink: () => undefined,
    openInApp: async () => undefined,
    settings: async () => kept,
    mayBeSaved: (isValid) => void validity.push(isValid),
    onSave: (settings) => {
      toSave = settings;
    },
  };
  return { teams, validity, save: () => toSave?.() };
}

const draw = (teams: TeamsHost | undefined, reader = me) =>
  render(
    <FluentProvider theme={teamsLightTheme}>
      <TeamsContext value={teams}>
        <ConfigurePage me={reader} />
      </TeamsContext>
    </FluentProvider>,
  );

const page = () => screen.findByRole<HTMLSelectElement>('combobox', { name: 'Page' });

test('may be saved at once with the first page', async () => {
  const { teams, validity, save } = dialogOfTeams();
  draw(teams);
  expect((await page()).value).toBe('board');
  expect(validity.at(-1)).toBe(true);
  expect(save()).toEqual({
    contentUrl: 'http://localhost/tab/?board=send-board',
    websiteUrl: 'http://localhost/tab/?board=send-board',
    entityId: 'send-board/board',
    suggestedDisplayName: 'Board',
  });
});

test('keeps the board and the page that were chosen', async () => {
  const { teams, save } = dialogOfTeams();
  draw(teams);
  await userEvent.selectOptions(await page(), 'Risks');
  await userEvent.selectOptions(screen.getByRole('combobox', { name: 'Board' }), 'The other board');
  expect(save()).toMatchObject({
    contentUrl: 'http://localhost/tab/risks?board=other',
    entityId: 'other/risks',
    suggestedDisplayName: 'Board risks',
  });
});

test('begins with what the channel shows now', async () => {
  const { teams } = dialogOfTeams({ contentUrl: 'http://localhost/tab/actions?board=other' });
  draw(teams);
  const select = await page();
  await waitFor(() => expect(select.value).toBe('actions'));
  expect(screen.getByRole<HTMLSelectElement>('combobox', { name: 'Board' }).value).toBe('other');
});

test('may not be saved with a board or a page that is not open to the reader', async () => {
  const { teams, validity } = dialogOfTeams({ contentUrl: 'http://localhost/tab/settings?board=gone' });
  draw(teams);
  await waitFor(() => expect(validity.at(-1)).toBe(false));
});

test('asks for no board where there is one', async () => {
  draw(dialogOfTeams().teams, { ...me, boards: me.boards.slice(0, 1) });
  await page();
  expect(screen.queryByRole('combobox', { name: 'Board' })).toBeNull();
});

test('says how to get there when it is opened outside Teams', async () => {
  draw(undefined);
  expect(await screen.findByRole('heading', { name: 'Add the board to a channel in Teams' })).toBeTruthy();
});
