// Which record a row of a plan is, by ref or by name, and the ref that a new one gets.
import { describe, expect, test } from '@jest/globals';
import { knownRecords, meant, nextRef, withName, withRef } from '../../bot/board/planRefs';
import type { PlanKind } from '../../bot/board/planRecords';
import { aBody, aMeasure, aMilestone, aMitigation, anAction, anArea, aRisk, aSnapshot } from '../fixtures/builders';

const action = anAction({ ref: 'A1.04', title: 'Publish the standard' });
const board = aSnapshot({
  areas: [
    anArea({ ref: 'APA1', title: 'Leadership' }),
    anArea({ ref: 'APA2', title: 'Health advice' }),
    anArea({ ref: 'SEND', title: 'Strategy' }),
  ],
  bodies: [aBody()],
  measures: [aMeasure()],
  risks: [aRisk()],
  actions: [
    action,
    anAction({ ref: 'A1.05', title: 'Train staff' }),
    anAction({ ref: 'A2.01', areaRef: 'A2', title: 'Train staff' }),
  ],
  milestones: [aMilestone()],
  mitigations: [aMitigation()],
});
const all = knownRecords(board);
const known = (kind: PlanKind): NonNullable<ReturnType<typeof all.get>> => all.get(kind) ?? [];
const refs = (...list: readonly string[]): { ref: string; name: string }[] => list.map((ref) => ({ ref, name: ref }));

test.each([
  ['area', 'APA1', 'Leadership', undefined],
  ['body', 'Northam Council', 'Northam Council', undefined],
  ['measure', 'K1', 'Plans issued on time', 'A1'],
  ['risk', 'R1', 'Posts stay empty', undefined],
  ['action', 'A1.04', 'Publish the standard', 'A1'],
  ['milestone', 'A1.01-1', 'Draft agreed', 'A1.01'],
  ['mitigation', 'R1.1', 'Advertise again', 'R1'],
] as const)('the board knows its %s by ref, name and parent', (kind, ref, name, parentRef) => {
  expect(known(kind)[0]).toMatchObject({ ref, name, ...(parentRef === undefined ? {} : { parentRef }) });
});

test('a ref is known whatever its case and spaces, and with letters whatever its zeros', () => {
  expect(withRef(known('action'), ' a1. 04')?.record).toBe(action);
  expect(withRef(known('action'), 'A1.4')?.record).toBe(action);
  expect(withRef(known('action'), 'A1.40')).toBeUndefined();
});

test('a ref without letters is known as it stands, and one that may be two is none', () => {
  const records = ['1.01', '1.10', 'A1.1', 'A1.01', 'A2.01', 'A2.001'].map((ref) => ({ ref, name: ref }));
  expect(withRef(records, '1.1')).toBeUndefined();
  expect(withRef(records, '1.10')?.ref).toBe('1.10');
  expect(withRef(records, 'A1.01')?.ref).toBe('A1.01');
  expect(withRef(records, 'A2.1')).toBeUndefined();
});

describe('a name', () => {
  test('is known whatever its case and marks', () => {
    expect(withName(known('action'), 'publish the STANDARD.')?.ref).toBe('A1.04');
  });

  test('that two have is nobody’s, unless their parent tells them apart', () => {
    expect(withName(known('action'), 'Train staff')).toBeUndefined();
    expect(withName(known('action'), 'Train staff', 'A2')?.ref).toBe('A2.01');
  });

  test('under another parent is another record', () => {
    expect(withName(known('action'), 'Publish the standard', 'A2')).toBeUndefined();
  });
});

describe('a text of a cell', () => {
  test.each([
    ['area', 'apa1', 'APA1'],
    ['area', 'leadership', 'APA1'],
    ['area', 'APA2: Leadership and more', 'APA2'],
    ['area', ' APA2 – Health\nadvice', 'APA2'],
    ['area', 'APA 2 – Health\nadvice', 'APA2'],
    ['area', 'SEND 2025 and after', 'SEND'],
    ['action', 'A1.04. Publish it', 'A1.04'],
    ['action', 'A1.04, A1.05', 'A1.04'],
  ] as const)('of an %s, %j, means %s', (kind, text, ref) => {
    expect(meant(known(kind), text)?.ref).toBe(ref);
  });

  test.each(['APA3: Leadership', 'APA 3 Leadership', ': APA1', '', 'APA'])('%j means no area', (text) => {
    expect(meant(known('area'), text)).toBeUndefined();
  });
});

describe('the next ref', () => {
  test.each([
    ['action', 'A1', ['A1.04', 'A1.09', 'A2.30', 'A1.x'], 'A1.10'],
    ['action', 'A1', [], 'A1.01'],
    ['milestone', 'A1.01', ['A1.01-1', 'A1.01-2', 'A1.02-7'], 'A1.01-3'],
    ['mitigation', 'R1', ['R1.1', 'R10.4'], 'R1.2'],
    ['measure', 'A1', ['K01', 'K02'], 'K03'],
    ['measure', 'A1', [], 'M01'],
    ['risk', undefined, ['R01', 'K7', 'R02', 'first'], 'R03'],
    ['risk', undefined, ['K7', 'R01', 'R02'], 'R03'],
    ['risk', undefined, [], 'R01'],
  ] as const)('of a %s under %s beside %j is %s', (kind, parentRef, there, ref) => {
    expect(nextRef(kind, refs(...there), parentRef)).toBe(ref);
  });
});
