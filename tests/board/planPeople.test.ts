// Who is meant by a name in a plan: each way people write one, and who is nobody for certain.
import { describe, expect, test } from '@jest/globals';
import { personNamed } from '../../bot/board/planPeople';
import { aPerson } from '../fixtures/builders';

const people = [
  aPerson(),
  aPerson({ ref: 'P2', name: 'Dr Sam O’Neill', role: 'Designated Doctor', email: 'sam.oneill@northam.example' }),
  aPerson({ ref: 'P3', name: 'Kim Lee', role: 'Teacher', email: 'kim.lee@one.example' }),
  aPerson({ ref: 'P4', name: 'Kim Lee', role: 'Teacher', email: 'kim.lee@two.example' }),
];

describe('a name', () => {
  test.each([
    ['P2', 'P2'],
    ['Robin Ashdown', 'P1'],
    ['ashdown, robin', 'P1'],
    ['Robin Ashdown (Head of Plans)', 'P1'],
    ['Robin Ashdown - Head of Plans', 'P1'],
    ["Sam O'Neill", 'P2'],
    ['robin.ashdown@northam.example', 'P1'],
    ['Kim Lee <kim.lee@two.example>', 'P4'],
    ['Robin Ashdown, Head of Plans', 'P1'],
    ['Designated Doctor', 'P2'],
  ])('%s is %s', (text, ref) => {
    const named = personNamed(people, text);
    expect(named.kind === 'known' ? named.person.ref : named.why).toBe(ref);
  });

  test.each([
    ['Kim Lee', 'P3 and P4'],
    ['Teacher', 'nobody of the list People'],
    ['Robin Ashdwon', 'Is Robin Ashdown meant?'],
    ['Robin Ashdown / Sam O’Neill', 'names 2 people'],
    ['Robin', 'nobody of the list People'],
  ])('%s is nobody for certain', (text, why) => {
    expect(personNamed(people, text)).toMatchObject({ kind: 'unknown', why: expect.stringContaining(why) });
  });

  test.each([
    ['Robin Ashdown; Ann Other', ' Known of them: Robin Ashdown.'],
    ['Robin Ashdown and Sam O’Neill', ' Known of them: Robin Ashdown and Dr Sam O’Neill.'],
    ['Kim Lee & Ann Other', ''],
  ])('%s is nobody, and says who of them is known', (text, known) => {
    expect(personNamed(people, text)).toEqual({
      kind: 'unknown',
      why: `names 2 people; one person must be accountable.${known}`,
    });
  });
});
