// Records made field by field: the same as the shape itself gives, whatever the values are.
import fc from 'fast-check';
import { recordMaker, refused } from '../../bot/sharepoint/recordMaking';
import { recordShapes } from '../../bot/sharepoint/recordShapes';

const words = fc.constantFrom('on-track', 'open', 'monthly', 'action', 'chat card', 'too-early', 'chair', 'priority');
const texts = fc.constantFrom('', 'A1', '2025-01-06', '2025-02-30', '2025-01', '2025-Q1', '09:30', '25:00', '12');
const plain = fc.oneof(words, texts, fc.boolean(), fc.integer({ min: -1, max: 120 }), fc.double(), fc.constant(null));
const nested = fc.oneof(
  fc.array(plain, { maxLength: 3 }),
  fc.record(
    { text: plain, on: texts, value: plain, likelihood: plain, impact: plain, accepted: plain, other: plain },
    { requiredKeys: [] },
  ),
  fc.array(fc.record({ fromOn: texts, toOn: texts, quarter: texts, value: plain }, { requiredKeys: [] }), {
    maxLength: 2,
  }),
  fc.constant(JSON.parse('{"__proto__":{"value":1},"value":2}')),
);
const anything = fc.oneof({ weight: 4, arbitrary: plain }, { weight: 1, arbitrary: nested });

/** What the shape takes at a field, found by asking it: so that most values are right. */
const samples = [
  ...[
    'A1',
    '2025-01-06',
    '09:30',
    1,
    40,
    true,
    ['A'],
    [],
    { likelihood: 2, impact: 3 },
    { on: '2025-01-06', value: 1 },
  ],
  ...['on-track', 'open', 'monthly', 'action', 'chat card', 'too-early', 'chair', 'priority', 'held', 'present'],
  ...['not-started', 'audit', 'pending', 'delivered', 'accepted', 'for the meeting', { a: 1, b: null }, '2025-01'],
  { text: 'Waits' },
];

describe.each(Object.entries(recordShapes))('a record %s', (_kind, shape) => {
  const maker = recordMaker(shape);
  const fields = Object.entries(shape.shape);
  const rights = fields.map(([, field]) => samples.filter((one) => field.safeParse(one).success));
  const made = (values: readonly unknown[]) => maker.make((at) => values[at]);
  const asked = (values: readonly unknown[]) => {
    const given = fields.map(([name], at) => [name, values[at]] as const).filter(([, value]) => value !== undefined);
    const parsed = shape.safeParse(Object.fromEntries(given));
    return parsed.success ? parsed.data : refused;
  };
  const values = fc.tuple(
    ...rights.map((right) =>
      fc.oneof(
        { weight: 12, arbitrary: right.length === 0 ? fc.constant(undefined) : fc.constantFrom(...right) },
        { weight: 1, arbitrary: fc.constant(undefined) },
        { weight: 1, arbitrary: anything },
      ),
    ),
  );

  it('is what its shape makes of the same values', () => {
    fc.assert(
      fc.property(values, (given) => {
        expect(made(given)).toEqual(asked(given));
      }),
      { numRuns: 150 },
    );
  });

  it('is made of right values', () => {
    const right = rights.map((one) => one[0]);
    expect(made(right)).not.toBe(refused);
    expect(Object.keys(asked(right))).toEqual(Object.keys(made(right) ?? {}));
  });
});

it('does not let a list of words be changed afterwards', () => {
  const { shape } = recordShapes.action;
  const words = ['3.1'];
  const right = Object.values(shape).map((field) => samples.find((one) => field.safeParse(one).success));
  const made = recordMaker(recordShapes.action).make((at) =>
    Object.keys(shape)[at] === 'clauses' ? words : right[at],
  );
  expect(made).toMatchObject({ clauses: ['3.1'] });
  expect(() => words.push('3.2')).toThrow(TypeError);
});
