// Names of columns compared: spelling, order and marks do not matter, another meaning does.
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { foldName, mostAlike, similarity } from '../../bot/board/similarity';

describe('a name', () => {
  test.each([
    ['Due_x0020_Date', 'due date'],
    ['DueDate', 'due date'],
    ['  Due date: ', 'due date'],
    ['% complete', 'per cent complete'],
    ["Owner's role", 'owners role'],
    ['Café & co', 'cafe and co'],
  ])('%s is compared as %s', (name, folded) => {
    expect(foldName(name)).toBe(folded);
  });
});

describe('likeness', () => {
  test('is 1 for one name however it is written', () => {
    expect(similarity('Due_x0020_Date', 'due date')).toBe(1);
  });

  test('counts words in any order, and one or many', () => {
    expect(similarity('Measures of success', 'Success measure')).toBe(0.99);
  });

  test('forgives a misspelling', () => {
    expect(similarity('Accountible owner', 'Accountable owner')).toBeGreaterThan(0.75);
  });

  test('is low for names that mean something else', () => {
    expect(similarity('Due date', 'Owner')).toBeLessThan(0.3);
  });

  test('is 0 when a name says nothing', () => {
    expect(similarity('---', 'Owner')).toBe(0);
  });

  test.each([
    ['of the', 'to the', 0.5],
    ['of', 'to', 0],
    ['x', 'y', 0],
    ['banana', 'bandana', 0.95 * (8 / 11)],
  ])('of %j and %j is counted though they are short or repeat themselves', (one, other, score) => {
    expect(similarity(one, other)).toBeCloseTo(score, 10);
  });

  test('is the same when more names were compared than are remembered', () => {
    const first = similarity('Lead officer', 'Lead officers');
    for (let at = 0; at <= 5000; at += 1) similarity('Lead officer', `Column ${at}`);
    expect(similarity('Lead officer', 'Lead officers')).toBe(first);
  });

  test('is the same both ways and between 0 and 1', () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), (one, other) => {
        const score = similarity(one, other);
        expect(score).toBe(similarity(other, one));
        expect(score).toBeGreaterThanOrEqual(0);
        expect(score).toBeLessThanOrEqual(1);
      }),
      { numRuns: 200 },
    );
  });
});

describe('the most alike', () => {
  const fields = [
    { field: 'ownerRef', names: ['Owner', 'Lead officer'] },
    { field: 'dueOn', names: ['Due date', 'Deadline'] },
  ];

  test('is found by any of its names', () => {
    expect(mostAlike('Lead Officers', fields, (one) => one.names)?.candidate.field).toBe('ownerRef');
  });

  test('is nobody when nothing is alike enough', () => {
    expect(mostAlike('Budget', fields, (one) => one.names)).toBeUndefined();
  });
});
