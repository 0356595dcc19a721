import { readMessage } from '../../bot/teams/commands';

const refs = ['APA1.04', 'AFI2.02', 'R03', 'R05.1', 'M01'];

describe('words typed in chat', () => {
  test.each([
    ['my actions', 'my-actions'],
    ['  My   Actions! ', 'my-actions'],
    ['actions', 'my-actions'],
    ['help', 'help'],
    ['Hello', 'help'],
    ['?', 'help'],
    ['next meeting', 'next-meeting'],
  ])('%j is %s', (text, kind) => {
    expect(readMessage(text, refs)).toEqual({ kind });
  });

  test.each([
    ['APA1.04', 'APA1.04'],
    ['apa1.4', 'APA1.04'],
    ['APA1-4', 'APA1.04'],
    ['apa 1.4', 'APA1.04'],
    ['afi 2 02', 'AFI2.02'],
    ['r3', 'R03'],
    ['R5.1', 'R05.1'],
    ['m1', 'M01'],
  ])('%j is the item %s', (text, ref) => {
    expect(readMessage(text, refs)).toEqual({ kind: 'item', ref });
  });

  test.each(['constructor', '__proto__', '', '   ', 'APA9.99', 'APA1.04 is 60% done', '🙂'])(
    '%j is unknown, with the three nearest',
    (text) => {
      const command = readMessage(text, refs);
      expect(command).toMatchObject({ kind: 'unknown' });
      expect(command).toHaveProperty('nearest.length', 3);
    },
  );

  test('the nearest comes first', () => {
    expect(readMessage('my actons', refs)).toHaveProperty(['nearest', 0], 'my actions');
    expect(readMessage('helpp', refs)).toHaveProperty(['nearest', 0], 'help');
    expect(readMessage('next meting', refs)).toHaveProperty(['nearest', 0], 'next meeting');
  });
});
