import fc from 'fast-check';
import { button, buttons, clean, escapeMarkdown, label, paragraph } from '../../bot/cards/kit';
import type { CardJson } from '../../bot/cards/kit';
import { distanceWords, dayWords, timeWords } from '../../bot/cards/words';
import { createCalendar } from '../../bot/board/calendar';

const runs = (card: CardJson): readonly CardJson[] => card['inlines'] as readonly CardJson[];

describe('people’s text on a card', () => {
  test('loses control and direction characters and lone surrogates, and keeps the rest', () => {
    expect(clean('a\u0000b\u202ec\u2066d\ud800e\r\nf\tg')).toBe('abcd\ufffde\nf g');
    expect(clean('Zoë’s “plan” 😀')).toBe('Zoë’s “plan” 😀');
  });

  test('alone is as clean as in a text with others', () => {
    const different = Array.from({ length: 0x10000 }, (_none, code) => String.fromCharCode(code)).filter(
      (one) => `${clean(one)}\u4e00` !== clean(`${one}\u4e00`),
    );
    expect(different).toEqual([]);
  });

  test('is cut with an ellipsis, never inside a character', () => {
    expect(clean('abcdef', 4)).toBe('abc…');
    expect(clean('ab😀cdef', 4)).toBe('ab…');
  });

  test('stays whole in a paragraph, in runs that render no Markdown', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        const shown = runs(paragraph([text]))
          .map((run) => String(run['text']))
          .join('');
        expect(shown).toBe(clean(text));
      }),
      { numRuns: 200 },
    );
  });

  test('holds no date function in one run', () => {
    const parts = runs(paragraph(['{{DATE(2017-02-14T06:08:39Z,SHORT)}}']));
    expect(parts.every((run) => !String(run['text']).includes('{{'))).toBe(true);
    expect(label('{{DATE(2017-02-14T06:08:39Z)}}')).not.toContain('{{');
  });

  test.each([
    ['[click](https://evil.example)', '\\[click\\](https\\://evil.example)'],
    ['**bold** _it_ `code`', '\\*\\*bold\\*\\* \\_it\\_ \\`code\\`'],
    ['<at>Chair</at>', '\\<at\\>Chair\\</at\\>'],
    ['- list', '\\- list'],
    ['1. list', '1\\. list'],
    ['&lt;b&gt;', '\\&lt;b\\&gt;'],
    ['www.evil.example', 'www\\.evil.example'],
  ])('escapes %s where Markdown is rendered', (text, expected) => {
    expect(escapeMarkdown(text)).toBe(expected);
  });
});

describe('dates and times in words', () => {
  const calendar = createCalendar({ timeZone: 'Europe/London', quietDays: [] });

  test.each([
    ['2025-01-06', 'today'],
    ['2025-01-07', 'tomorrow'],
    ['2025-01-05', 'yesterday'],
    ['2025-01-15', 'in 9 days'],
    ['2024-11-29', '38 days ago'],
  ])('%s is %s on 6 January 2025', (on, words) => {
    expect(distanceWords(calendar, on, '2025-01-06')).toBe(words);
  });

  test('give the year only when it is far away', () => {
    expect(dayWords(calendar, '2025-01-15', '2025-01-06')).toBe('Wednesday 15 January');
    expect(dayWords(calendar, '2026-01-15', '2025-01-06')).toBe('Thursday 15 January 2026');
  });

  test.each([
    ['17:00', '5 pm'],
    ['16:30', '4:30 pm'],
    ['09:05', '9:05 am'],
    ['12:00', 'midday'],
    ['00:00', 'midnight'],
  ])('say %s as %s', (time, words) => {
    expect(timeWords(time)).toBe(words);
  });
});

describe('buttons beside each other', () => {
  const made = (...titles: string[]) => buttons(titles.map((title) => button(title, 'x', {})));
  const rowsOf = (card: CardJson): readonly (readonly string[])[] =>
    ((card['items'] ?? [card]) as readonly CardJson[]).map((row) =>
      (row['actions'] as readonly CardJson[]).map((one) => String(one['title'])),
    );

  test('stand in one row where a narrow phone has room', () => {
    expect(rowsOf(made('Approve', 'Refuse', 'Back'))).toEqual([['Approve', 'Refuse', 'Back']]);
  });

  test('take as many rows as it needs, in their order', () => {
    expect(rowsOf(made('Save and next', 'No change', 'Back'))).toEqual([['Save and next', 'No change'], ['Back']]);
    expect(rowsOf(made('A title as long as a phone is wide, and more', 'Back'))).toHaveLength(2);
  });
});
