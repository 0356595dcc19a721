import fc from 'fast-check';
import { cardBytes, cardLimitBytes } from '../../bot/cards/kit';
import { ownerCard } from '../../bot/cards/owner';
import type { OwnerCardInput, OwnerRow } from '../../bot/cards/owner';
import { deliveryWords } from '../../bot/cards/words';
import { buttonsOf, cardProblems, textOf } from './checkCard';

const row = (over: Partial<OwnerRow> = {}): OwnerRow => ({
  kind: 'action',
  ref: 'APA1.04',
  title: 'Locality profiles',
  status: deliveryWords['off-track'],
  reason: 'Its due date passed 25 working days ago.',
  due: 'Due Friday 29 November (38 days ago)',
  answerable: true,
  ...over,
});
const list = (over: Partial<OwnerCardInput> = {}): OwnerCardInput => ({
  boardId: 'send',
  heading: 'Update for the board on Wednesday 15 January',
  deadline: '5 to answer by Monday 6 January, 5 pm (today)',
  afterwards: 'All 1 answered. Thank you.',
  rows: [row()],
  ...over,
});
const many = (count: number): OwnerRow[] =>
  Array.from({ length: count }, (_, index) =>
    row({ ref: `APA1.${index + 1}`, title: `${'Long title '.repeat(12)}${index}`, reason: 'Because. '.repeat(40) }),
  );

describe('the owner card', () => {
  test('is a valid card with heading, deadline, status in words and one button a row', () => {
    const card = ownerCard(list());
    expect(cardProblems(card)).toEqual([]);
    expect(textOf(card)).toContain('Update for the board on Wednesday 15 January');
    expect(textOf(card)).toContain('5 to answer by Monday 6 January, 5 pm (today)');
    expect(textOf(card)).toContain('Off track ■: Its due date passed 25 working days ago.');
    expect(buttonsOf(card)).toEqual([
      { title: 'Update APA1.04', verb: 'open', data: { boardId: 'send', kind: 'action', ref: 'APA1.04' } },
    ]);
  });

  test('shows what is answered as answered and lets it be changed', () => {
    const card = ownerCard(list({ rows: [row({ answered: 'Answered on Friday 3 January' })] }));
    expect(textOf(card)).toContain('Answered on Friday 3 January ✓');
    expect(textOf(card)).toContain('All 1 answered. Thank you.');
    expect(buttonsOf(card).map((one) => one.title)).toEqual(['Change APA1.04']);
  });

  test('gives no button to what cannot be answered in chat', () => {
    expect(buttonsOf(ownerCard(list({ rows: [row({ kind: 'decision', answerable: false })] })))).toEqual([]);
  });

  test('names the owner for whom a deputy answers', () => {
    expect(textOf(ownerCard(list({ rows: [row({ deputyFor: 'Freya Langmoor' })] })))).toContain(
      'You answer for Freya Langmoor',
    );
  });

  test('pages forty long items under 28 KB of UTF-16, leaving none out', () => {
    const rows = many(40);
    const seen: string[] = [];
    let page = 1;
    for (;;) {
      const card = ownerCard(list({ rows, page }));
      expect(cardProblems(card)).toEqual([]);
      expect(cardBytes(card)).toBeLessThanOrEqual(cardLimitBytes);
      const found = buttonsOf(card);
      seen.push(...found.filter((one) => one.verb === 'open').map((one) => String(one.data['ref'])));
      const next = found.find((one) => one.title.startsWith('Show'));
      if (!next) break;
      page = Number(next.data['page']);
    }
    expect(seen).toEqual(rows.map((one) => one.ref));
  });

  test('shows the last page when a page is asked for that is no more', () => {
    const card = ownerCard(list({ rows: many(10), page: 99 }));
    expect(textOf(card)).toMatch(/Page (\d+) of \1,/);
  });

  test('stays valid and small whatever people wrote', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ unit: 'binary', maxLength: 400 }), { minLength: 1, maxLength: 12 }), (texts) => {
        const rows = texts.map((text, index) => row({ ref: `R${index}`, title: text, reason: text }));
        expect(cardProblems(ownerCard(list({ rows })))).toEqual([]);
      }),
      { numRuns: 100 },
    );
  });
});
