// Links from cards and mails lead to pages that the tab has, and a page's own link leads back to it.
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { screen } from '@testing-library/react';
import { tabAddressOf, tabPageOf } from '../../bot/services/tabPages';
import { addressOfSubPage, subPageOf } from '../../tab/src/deepLinks';
import { pageList } from '../../tab/src/pageList';
import { drawTab } from './drawTab';

const address = tabAddressOf({
  publicUrl: 'https://board.example',
  teamsAppId: '11111111-2222-3333-4444-555555555555',
});

/** What Teams hands to the tab when somebody follows the link. */
function subPageIn(link: string): string {
  const context: { subEntityId: string } = JSON.parse(new URL(link).searchParams.get('context') ?? '');
  return context.subEntityId;
}

/** Every address of the tab that stands in the code of the cards, messages and views. */
function pagesInCode(): readonly string[] {
  const files = ['cards', 'services', 'teams'].flatMap((folder) => {
    const whole = path.resolve(__dirname, '../../bot', folder);
    return readdirSync(whole).map((name) => path.join(whole, name));
  });
  const found = files
    .filter((file) => file.endsWith('.ts'))
    .flatMap((file) => readFileSync(file, 'utf8').match(/(?<=['`])\/tab\/[a-z]*/g) ?? []);
  return [...new Set(found)].sort();
}

const records = [
  ['action', 'APA1.04'],
  ['risk', 'R01'],
  ['mitigation', 'R01.2'],
  ['measure', 'M03'],
  ['decision', 'D12'],
] as const;

test.each(records)('a link to a %s arrives at the page it was made for', (kind, ref) => {
  const page = tabPageOf(kind, ref);
  expect(addressOfSubPage(subPageIn(address(page, 'send')))).toBe(page);
});

test('every address in the code of the service is a page of the tab', () => {
  const pages = pagesInCode();
  expect(pages).toEqual(expect.arrayContaining(['/tab/actions', '/tab/board', '/tab/log', '/tab/risks']));
  expect(pages.filter((page) => addressOfSubPage(subPageIn(address(page, 'send'))) !== page)).toEqual([]);
});

test.each(Object.keys(pageList))('the page %s has a link that leads back to it, with its filters', (name) => {
  const shown = new URL(`https://board.example/tab/${name}?area=APA1#R01`);
  expect(addressOfSubPage(subPageOf(shown))).toBe(`/tab/${name}?area=APA1#R01`);
});

test('the first page is called the board', () => {
  expect(subPageOf({ pathname: '/tab/', search: '', hash: '' })).toBe('board');
});

test.each(['../api/v1/me', '//elsewhere.example/x', 'nothing', 'configure', 'https://elsewhere.example/'])(
  '%s leads nowhere',
  (subPageId) => {
    expect(addressOfSubPage(subPageId)).toBeUndefined();
  },
);

test('what a link names is drawn', async () => {
  drawTab(addressOfSubPage('measures/M03') ?? '', 'P01');
  expect(await screen.findByRole('heading', { level: 1, name: /^M03 / })).toBeTruthy();
});
