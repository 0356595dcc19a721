import fc from 'fast-check';
import { createCalendar } from '../../bot/board/calendar';
import { readPhrases } from '../../bot/board/phrases';
import type { PhraseReading } from '../../bot/board/phrases';
import { sampleSnapshot } from '../fixtures/samplePlan';

const snapshot = sampleSnapshot();
const calendar = createCalendar({ timeZone: 'Europe/London', quietDays: [] });
const refs = [...snapshot.actions, ...snapshot.risks, ...snapshot.mitigations, ...snapshot.measures].map(
  (one) => one.ref,
);

function read(text: string, over: Partial<Parameters<typeof readPhrases>[0]> = {}): PhraseReading {
  return readPhrases({
    text,
    snapshot,
    calendar,
    todayOn: '2025-01-06',
    openRefs: [],
    ownRefs: ['APA1.04', 'AFI2.08'],
    readingDue: () => undefined,
    ...over,
  });
}

describe('laws', () => {
  const pieces = fc.constantFrom(
    'APA1.04',
    'apa 1.4',
    'R03',
    'R03.2',
    'M01',
    'APA9.9',
    'Locality profiles',
    '60%',
    'done',
    'waiting for',
    'the ICB',
    'by 14 feb',
    'tuesday week',
    'next friday',
    '5/12',
    'impact 4',
    'likelihood',
    'dec 89',
    'no change',
    'on',
    'and',
    ',',
    '.',
    '\n',
    ' - ',
    'because',
    'milestone 2',
    '“',
    '😀',
    '\ud800',
    '30 feb',
    'Sent from my iPhone',
  );
  const messages = fc.oneof(
    fc.string(),
    fc.string({ unit: 'binary' }),
    fc.array(pieces, { maxLength: 30 }).map((all) => all.join(' ')),
  );

  test('any text gives items of the board alone, each once, in the order in which they are named', () => {
    fc.assert(
      fc.property(messages, (text) => {
        const found = read(text).items.map((one) => one.ref);
        expect(found.filter((one) => !refs.includes(one))).toEqual([]);
        expect(new Set(found).size).toBe(found.length);
      }),
      { numRuns: 150 },
    );
    fc.assert(
      fc.property(fc.shuffledSubarray(['APA1.04', 'APA1.06', 'R03', 'M01', 'R03.2', 'AFI2.03']), (order) => {
        const text = order.map((ref) => `${ref} no change`).join('\n');
        expect(read(text).items.map((one) => one.ref)).toEqual(order);
      }),
      { numRuns: 40 },
    );
  });

  test('a forecast is never a day that has passed, a value always fits its input', () => {
    fc.assert(
      fc.property(messages, (text) => {
        for (const { fields } of read(text).items) {
          expect((fields['forecastOn'] ?? '2025-01-06') >= '2025-01-06').toBe(true);
          expect(Number(fields['percentComplete'] ?? 0)).toBeLessThanOrEqual(100);
          expect(fields['impact'] ?? '1').toMatch(/^[1-5]$/);
        }
      }),
      { numRuns: 100 },
    );
  });

  test.each([
    'APA1.04 60% by 14 march, waiting for the ICB, 2 weeks on friday R03 impact 4 M01 dec 89. ',
    'APA1.04 by 14 feb ',
    'impact is now ',
    '1 ',
    'APA1.04 - ',
    'by the end of ',
    'no change ',
    'a',
    ' ',
  ])('5,000 characters of %j take time in step with their number', (piece) => {
    const text = (length: number): string => `APA1.04 ${piece.repeat(5000)}`.slice(0, length);
    const took = (length: number): number => {
      const times = [1, 2, 3].map(() => {
        const from = process.cpuUsage();
        read(text(length));
        const { user } = process.cpuUsage(from);
        return user / 1000;
      });
      return Math.min(...times);
    };
    // What a quadratic reading of these would take is far beyond both; a busy machine is not.
    expect(took(5000)).toBeLessThan(Math.max(150, 15 * took(1000)));
  });
});

test('a plan of another make is read by its own references', () => {
  const [action] = snapshot.actions;
  const [milestone] = snapshot.milestones;
  const [measure] = snapshot.measures;
  if (!action || !milestone || !measure) throw new Error('the sample plan has records');
  const other = {
    ...snapshot,
    actions: [
      { ...action, ref: 'K1.23', title: 'Keep' },
      { ...action, ref: 'K12.3', title: 'Hold' },
      { ...action, ref: '7', title: 'Seven' },
      { ...action, ref: 'K5', title: 'K12.3 again' },
    ],
    milestones: [{ ...milestone, actionRef: 'gone' }],
    measures: [{ ...measure, ref: 'M01', frequency: 'quarterly' as const, readingMonths: ['11'] }],
  };
  const ofOther = (text: string): readonly string[] => read(text, { snapshot: other }).items.map((one) => one.ref);
  expect(ofOther('K1.23 done')).toEqual(['K1.23']);
  // K123 may be either.
  expect(ofOther('K123 done')).toEqual([]);
  expect(ofOther('7 done')).toEqual([]);
  // The longer name counts where one begins another.
  expect(ofOther('K12.3 again done')).toEqual(['K5']);
});
