// A row's address is the form of its item by the list's id; without the list, or the board, there is none.
import { NotFoundError } from '../../bot/errors';
import type { SitePlaces } from '../../bot/sharepoint/boardRecords';
import { createRecordAddresses } from '../../bot/sharepoint/recordAddresses';
import type { AddressedKind } from '../../bot/services/ports';

const listId = '0b2f1c4e-8a3d-4c55-9a51-3c1d2e4f5a6b';

function addresses(over: Partial<SitePlaces> = {}) {
  const places: SitePlaces = {
    siteId: 'northam.example,1,2',
    webUrl: 'https://northam.example/sites/board',
    listIds: new Map([
      ['Evidence', listId],
      ['AdviserNotes', 'notes-id'],
    ]),
    ...over,
  };
  return createRecordAddresses({
    placesOf: (boardId) =>
      boardId === 'northam' ? Promise.resolve(places) : Promise.reject(new NotFoundError('board', boardId)),
  });
}

test('leads to the form that shows the item of the list of its kind', async () => {
  const addressOf = await addresses().addressesOf('northam');
  const url = new URL(addressOf('evidence', '17') ?? '');
  expect(url.origin + url.pathname).toBe('https://northam.example/sites/board/_layouts/15/listform.aspx');
  expect(Object.fromEntries(url.searchParams)).toEqual({ PageType: '4', ListId: `{${listId}}`, ID: '17' });
  expect(addressOf('adviserNote', '2')).toContain('notes-id');
});

test.each(['https://northam.example/sites/board/', 'https://northam.example/sites/board//'])(
  'has one stroke after the site however that is written: %s',
  async (webUrl) => {
    const addressOf = await addresses({ webUrl }).addressesOf('northam');
    expect(addressOf('evidence', '1')).toMatch(/^https:\/\/northam\.example\/sites\/board\/_layouts\//);
  },
);

test('keeps what an item is called from becoming part of the address', async () => {
  const addressOf = await addresses().addressesOf('northam');
  const url = new URL(addressOf('evidence', '1&PageType=6#x') ?? '');
  expect(url.searchParams.getAll('PageType')).toEqual(['4']);
  expect(url.searchParams.get('ID')).toBe('1&PageType=6#x');
});

test.each<AddressedKind>(['action', 'measure', 'decision'])(
  'is none for a %s where the site has no such list',
  async (kind) => {
    expect((await addresses().addressesOf('northam'))(kind, '1')).toBeUndefined();
  },
);

test('fails in words for a board that there is not', async () => {
  await expect(addresses().addressesOf('elsewhere')).rejects.toThrow('There is no board elsewhere.');
});
