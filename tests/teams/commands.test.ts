import { nearest, plainWords, refNamed, slipOf } from '../../bot/teams/commands';

const refs = ['APA1.04', 'AFI2.02', 'R03', 'R05.1', 'M01'];
const phrases = ['my actions', 'next meeting', 'help', 'overdue', "who hasn't answered", 'APA1.04', 'add risk: ...'];

describe('words typed in chat', () => {
  test.each([
    ['my actions', 'my actions'],
    ['  My   Actions! ', 'my actions'],
    ['Who hasn’t answered?', 'who hasnt answered'],
    ["what's overdue, please", 'whats overdue'],
    ['Please help.', 'help'],
    ['?', '?'],
    ['"next\nmeeting"', 'next meeting'],
    ['', ''],
    ['🙂', '🙂'],
  ])('%j is compared as %j', (text, plain) => {
    expect(plainWords(text)).toBe(plain);
  });

  test.each([
    ['APA1.04', 'APA1.04'],
    ['apa1.4', 'APA1.04'],
    ['APA1-4', 'APA1.04'],
    ['apa 1.4', 'APA1.04'],
    ['afi 2 02', 'AFI2.02'],
    ['r3?', 'R03'],
    ['R5.1', 'R05.1'],
    ['m1', 'M01'],
  ])('%j names %s', (text, ref) => {
    expect(refNamed(text, refs)).toBe(ref);
  });

  test.each(['constructor', '__proto__', '', '   ', 'APA9.99', 'APA1.04 is 60% done', '🙂'])(
    '%j names none',
    (text) => {
      expect(refNamed(text, refs)).toBeUndefined();
    },
  );

  test.each([
    ['my actons', 'my actions'],
    ['next meting', 'next meeting'],
    ['overdu', 'overdue'],
    ['who hasnt answerd', "who hasn't answered"],
  ])('%j is a slip of %j', (words, phrase) => {
    expect(slipOf(words, phrases)).toBe(phrase);
  });

  test.each(['apa1.05', 'hello', 'add risk', 'my actoins plese', 'constructor', ''])(
    '%j is a slip of nothing',
    (words) => {
      expect(slipOf(words, phrases)).toBeUndefined();
    },
  );

  test('three are offered, the nearest first', () => {
    expect(nearest('helpp', phrases)).toHaveLength(3);
    expect(nearest('helpp', phrases)[0]).toBe('help');
    expect(nearest('my actoins plese', phrases)[0]).toBe('my actions');
  });
});
