// Links into the tab: the address of a record's page, in the browser and in Teams.
import { tabAddressOf, tabPageOf } from '../../bot/services/tabPages';

const publicUrl = 'https://board.example/';
const teamsAppId = '11111111-2222-3333-4444-555555555555';

test('opens in the browser while the app is in no catalogue', () => {
  expect(tabAddressOf({ publicUrl })('/tab/risks#R01', 'send')).toBe('https://board.example/tab/risks#R01');
});

test('opens in Teams, with the page in the context and the browser as the way out', () => {
  const link = new URL(tabAddressOf({ publicUrl, teamsAppId })('/tab/actions?area=APA1&show=slow', 'send'));
  expect(`${link.origin}${link.pathname}`).toBe(`https://teams.microsoft.com/l/entity/${teamsAppId}/board`);
  expect(link.searchParams.get('webUrl')).toBe('https://board.example/tab/actions?area=APA1&show=slow');
  expect(JSON.parse(link.searchParams.get('context') ?? '')).toEqual({ subEntityId: 'actions?area=APA1&show=slow' });
});

test('names the board where the service looks after several', () => {
  const addressOf = tabAddressOf({ publicUrl, boards: ['send', 'adults'] });
  expect(addressOf('/tab/risks#R01', 'adults')).toBe('https://board.example/tab/risks?board=adults#R01');
  expect(addressOf('/tab/actions?mine=yes', 'a b')).toBe('https://board.example/tab/actions?mine=yes&board=a%20b');
  expect(tabAddressOf({ publicUrl, boards: ['send'] })('/tab/log', 'send')).toBe('https://board.example/tab/log');
});

test('leads from a mitigation to its risk, and from what has no page to the board', () => {
  expect(tabPageOf('mitigation', 'R01.2')).toBe('/tab/risks#R01');
  expect(tabPageOf('decision', 'D12')).toBe('/tab/');
});
