// The difference of two logs and the canonical text of a value: exact, whatever the values are.
import fc from 'fast-check';
import { canonicalJson } from '../../bot/board/canonical';
import { applyDiff, changedRows, diffLogs } from '../../bot/board/diff';

describe('canonical JSON', () => {
  test.each([
    [{ b: 2, a: 1 }, '{"a":1,"b":2}'],
    [[3, 1, { z: null, y: true }], '[3,1,{"y":true,"z":null}]'],
    [
      { numbers: [333333333.33333329, 1e30, 4.5, 2e-3, 1e-27, -0, 1e21] },
      '{"numbers":[333333333.3333333,1e+30,4.5,0.002,1e-27,0,1e+21]}',
    ],
    // Sorted by UTF-16 code units: the astral letter (d83d...) comes before U+FB33.
    [
      { '\ufb33': 1, '\u{1f600}': 2, '\u20ac': 3, '\r': 4, '1': 5, é: 6 },
      '{"\\r":4,"1":5,"é":6,"€":3,"\u{1f600}":2,"\ufb33":1}',
    ],
    ['\u20ac$\u000f\nA\'B"\\"/', '"€$\\u000f\\nA\'B\\"\\\\\\"/"'],
    [{ a: undefined, b: 1 }, '{"b":1}'],
    [undefined, 'null'],
    [Number.NaN, 'null'],
    [[undefined, () => 1], '[null,null]'],
    [{}, '{}'],
  ])('of %j is exact', (value, expected) => {
    expect(canonicalJson(value)).toBe(expected);
  });

  test('is the same for members in any order, and parses back to the value', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.jsonValue()), (value) => {
        const reversed = Object.fromEntries(Object.entries(value).reverse());
        expect(canonicalJson(reversed)).toBe(canonicalJson(value));
        expect(JSON.parse(canonicalJson(value))).toEqual(JSON.parse(JSON.stringify(value)));
      }),
      { numRuns: 150 },
    );
  });
});

const row = fc.record(
  {
    ref: fc.constantFrom('A', 'B', 'C', 'D', 'E'),
    percent: fc.integer({ min: 0, max: 3 }),
    said: fc.array(fc.string()),
  },
  { requiredKeys: ['ref'] },
);
const log = fc.record(
  {
    headline: fc.oneof(fc.constant('not recorded then'), fc.record({ slow: fc.integer(), text: fc.string() })),
    actions: fc.uniqueArray(row, { selector: (one) => one.ref }),
    findings: fc.uniqueArray(fc.record({ key: fc.constantFrom('x', 'y', 'z'), ref: fc.constant('same') }), {
      selector: (one) => one.key,
    }),
    other: fc.jsonValue(),
  },
  { requiredKeys: ['actions'] },
);

describe('the difference of two logs', () => {
  test('applied to the first gives the second', () => {
    fc.assert(
      fc.property(log, log, (a, b) => {
        expect(canonicalJson(applyDiff(a, diffLogs(a, b)))).toBe(canonicalJson(b));
      }),
      { numRuns: 200 },
    );
  });

  test('of any two values is exact', () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.jsonValue(), (a, b) => {
        expect(canonicalJson(applyDiff(a, diffLogs(a, b)))).toBe(canonicalJson(b));
      }),
      { numRuns: 200 },
    );
  });

  test('of a log with itself is empty, and leaves it as it is', () => {
    fc.assert(
      fc.property(log, (a) => {
        const text = canonicalJson(a);
        expect(diffLogs(a, a).changes).toEqual([]);
        expect(canonicalJson(applyDiff(a, { changes: [] }))).toBe(text);
      }),
      { numRuns: 100 },
    );
  });

  test('does not touch the first', () => {
    const a = { actions: [{ ref: 'A', percent: 1 }, { ref: 'B' }] };
    const before = canonicalJson(a);
    applyDiff(a, diffLogs(a, { actions: [{ ref: 'B' }, { ref: 'A', percent: 2 }] }));
    expect(canonicalJson(a)).toBe(before);
  });

  test('names what changed row by row, also when rows come, go and change places', () => {
    const a = { actions: [{ ref: 'A', percent: 1 }, { ref: 'B', percent: 5 }, { ref: 'C' }], note: 'old' };
    const b = { actions: [{ ref: 'D' }, { ref: 'C' }, { ref: 'A', percent: 2 }] };
    const diff = diffLogs(a, b);
    expect(diff.changes).toEqual([
      { op: 'remove', path: ['actions', 'B'], before: { ref: 'B', percent: 5 } },
      { op: 'set', path: ['actions', 'D'], after: { ref: 'D' } },
      { op: 'set', path: ['actions', 'A', 'percent'], before: 1, after: 2 },
      { op: 'order', path: ['actions'], names: ['D', 'C', 'A'] },
      { op: 'remove', path: ['note'], before: 'old' },
    ]);
    expect(changedRows(diff, 'actions')).toEqual(['B', 'D', 'A']);
    expect(applyDiff(a, diff)).toEqual(b);
  });

  test('of lists whose elements have no names replaces the list', () => {
    expect(diffLogs({ x: [1, 2] }, { x: [2] }).changes).toEqual([
      { op: 'set', path: ['x'], before: [1, 2], after: [2] },
    ]);
    expect(diffLogs([{ ref: 1 }], [{ ref: 2 }]).changes).toHaveLength(1);
    expect(diffLogs([{ ref: 'A' }, { ref: 'A' }], [{ ref: 'A' }]).changes).toHaveLength(1);
  });

  test('takes names that every object inherits for names like any other', () => {
    const a: unknown = JSON.parse('{"__proto__":1,"toString":"x","b":{"constructor":2}}');
    const b: unknown = JSON.parse('{"b":{"valueOf":3}}');
    expect(canonicalJson(applyDiff(a, diffLogs(a, b)))).toBe('{"b":{"valueOf":3}}');
    expect(canonicalJson(applyDiff(b, diffLogs(b, a)))).toBe(canonicalJson(a));
  });

  test('that does not fit the value it is applied to still gives a value', () => {
    expect(applyDiff('text', { changes: [{ op: 'set', path: ['a', 'b'], after: 1 }] })).toEqual({ a: { b: 1 } });
    expect(applyDiff('text', { changes: [{ op: 'order', path: [], names: ['A'] }] })).toEqual([undefined]);
    expect(applyDiff('text', { changes: [{ op: 'remove', path: [], before: 'text' }] })).toBeUndefined();
  });
});
