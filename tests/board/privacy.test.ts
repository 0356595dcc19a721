// Personal data in texts: identifiers are refused, what may tell who somebody is warns, ordinary progress passes.
import fc from 'fast-check';
import { checkText, privacyWords } from '../../bot/board/privacy';

const kinds = (text: string) => checkText(text).map((one) => one.kind);

describe('a text', () => {
  test.each([
    ['NHS number 943 476 5919 on the letter', ['nhs-number']],
    ['id 9434765919.', ['nhs-number']],
    ['943-476-5919', ['nhs-number']],
    ['943 476 5918 has a wrong check figure', []],
    ['0000000000 is no number of anybody', []],
    ['order 19434765919 is longer', []],
    ['UPN H801200001001 was sent', ['pupil-number']],
    ['upn h801200001001', ['pupil-number']],
    ['A801200001001 has a wrong letter', []],
    ['temporary U80120000100A', ['pupil-number']],
    ['H80120000100O has a letter that is not used', []],
    ['lives at SW1A 1AA', ['postcode']],
    ['lives at b1 1aa', ['postcode']],
    ['papers for B09 3rd item', []],
    ['M04 47 % in APA1.04', []],
    ['born on 3 May 2015', ['date-of-birth']],
    ['DOB: 03/05/2015', ['date-of-birth']],
    ['d.o.b 2015-05-03', ['date-of-birth']],
    ['date of birth is 3rd May, 2015', ['date-of-birth']],
    ['due on 3 May 2025', []],
    ['ring 07700 900123', ['phone']],
    ['ring +44 7700 900123 after four', ['phone']],
    ['ring 020 7946 0018', ['phone']],
    ['write to robin@home.example', ['email']],
    ['3 children wait', ['small-count']],
    ['we spoke with two of the families', ['small-count']],
    ['a young person and four others', ['small-count']],
    ['parents of one', ['small-count']],
    ['12 children wait', []],
    ['5 % of pupils', []],
    ['4 per cent of pupils', []],
    ['children wait 3 weeks', []],
    ['year 5 pupils', []],
    ['4.3 pupils in each class', []],
    ['1,200 pupils', []],
    ['2 of 3 milestones done', []],
    ['three providers signed; work with children in schools across the county goes on', []],
    ['young, 3', []],
    ['3 of the young', []],
    ['', []],
  ])('%j holds %j', (text, expected) => {
    expect(kinds(text)).toEqual(expected);
  });

  test('is refused for identifiers and warned about for the rest, each kind once', () => {
    const hits = checkText('943 476 5919, 943 476 5919, H801200001001, SW1A 1AA and SW1A 2AA');
    expect(hits).toEqual([
      { kind: 'nhs-number', level: 'refused' },
      { kind: 'pupil-number', level: 'refused' },
      { kind: 'postcode', level: 'warning' },
    ]);
    expect(Object.keys(privacyWords)).toHaveLength(7);
  });

  test('is understood in wide figures too', () => {
    expect(kinds('９４３４７６５９１９')).toEqual(['nhs-number']);
  });

  test('of a thousand characters is checked in a moment, whatever they are', () => {
    const startedAt = performance.now();
    for (const text of ['a'.repeat(1000), '1 '.repeat(500), 'a.'.repeat(500), 'born '.repeat(200), '0 '.repeat(500)])
      checkText(text);
    expect(performance.now() - startedAt).toBeLessThan(1000);
  });

  test('of any kind is checked without failing, and the result never holds it', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 150 }), (text) => {
        expect(checkText(text).every((one) => Object.keys(one).length === 2)).toBe(true);
      }),
      { numRuns: 200 },
    );
  });

  test('with any NHS number in it is refused', () => {
    const numbers = fc
      .tuple(fc.integer({ min: 100_000_000, max: 999_999_999 }))
      .map(([nine]) => {
        const sum = [...String(nine)].reduce((total, digit, index) => total + Number(digit) * (10 - index), 0);
        return { nine, check: (11 - (sum % 11)) % 11 };
      })
      .filter((one) => one.check < 10);
    fc.assert(
      fc.property(numbers, ({ nine, check }) => {
        expect(kinds(`The letter names ${nine}${check} twice.`)).toContain('nhs-number');
      }),
      { numRuns: 100 },
    );
  });
});
