// Links into the tab: the address of a record's page, in the browser and in Teams.
import { tabAddressOf, tabPageOf } from '../../bot/services/tabPages';

const publicUrl = 'https://board.example/';
const teamsAppId = '11111111-2222-3333-4444-555555555555';

test('opens in the browser while the app is in no catalogue', () => {
  expect(tabAddressOf({ publicUrl })('/tab/risks#R01')).toBe('https://board.example/tab/risks#R01');
});

test('opens in Teams, with the page in the context and the browser as the way out', () => {
  const link = new URL(tabAddressOf({ publicUrl, teamsAppId })('/tab/actions?area=APA1&show=slow'));
  expect(`${link.origin}${link.pathname}`).toBe(`https://teams.microsoft.com/l/entity/${teamsAppId}/board`);
  expect(link.searchParams.get('webUrl')).toBe('https://board.example/tab/actions?area=APA1&show=slow');
  expect(JSON.parse(link.searchParams.get('context') ?? '')).toEqual({ subEntityId: 'actions?area=APA1&show=slow' });
});

test('leads from a mitigation to its risk, and from what has no page to the board', () => {
  expect(tabPageOf('mitigation', 'R01.2')).toBe('/tab/risks#R01');
  expect(tabPageOf('decision', 'D12')).toBe('/tab/');
});
