// Which rows of a plan are taken: by ref or name, beside what they belong to, once each, and every refusal in words.
import { describe, expect, test } from '@jest/globals';
import type { PlanSheet } from '../../bot/board/planRecords';
import { aBody, aMeasure, anAction, anArea, aPerson, aReading, aRisk, aSnapshot } from '../fixtures/builders';
import { aPlanRow, decided } from '../fixtures/planRows';

const areas = [anArea()];
const areaCells = { ref: 'AFI2', title: 'Transport', kind: 'Improvement' };

describe('a second row', () => {
  test('of the same ref is not taken', () => {
    const rows = [aPlanRow('area', areaCells), aPlanRow('area', { ...areaCells, title: 'Buses' }, { row: 3 })];
    const { outcomes, texts } = decided(rows);
    expect(outcomes).toEqual(['add area AFI2', 'refused area AFI2']);
    expect(texts('import-ref-twice')).toEqual(['A row above has the same ref already; this one is not taken.']);
  });

  test('of a ref that may have lost its nought says how Excel writes it', () => {
    const rows = [2, 3].map((row) => aPlanRow('action', { ref: '1.1', areaRef: 'A1', title: `Step ${row}` }, { row }));
    const { texts } = decided(rows, { snapshot: aSnapshot({ areas }) });
    expect(texts('import-ref-twice')).toEqual([expect.stringMatching(/Excel writes 1\.10 as 1\.1/)]);
  });

  test('of the same name, and no ref, is not taken', () => {
    const snapshot = aSnapshot({ areas, actions: [anAction()] });
    const rows = [2, 3].map((row) => aPlanRow('action', { areaRef: 'A1', title: 'Publish the standard' }, { row }));
    const { outcomes, texts } = decided(rows, { snapshot });
    expect(outcomes).toEqual(['same action A1.01', 'refused action A1.01']);
    expect(texts('import-ref-twice')).toEqual([expect.stringMatching(/has the same name already/)]);
  });
});

test('a change goes to the version of the record that was read', () => {
  const stamp = { itemId: '7', version: '3.0' };
  const snapshot = aSnapshot({ areas, actions: [anAction({ stamp })] });
  const { items } = decided([aPlanRow('action', { ref: 'A1.01', percentComplete: 70 })], { snapshot });
  expect(items).toMatchObject([{ outcome: 'change', stamp, ownerRef: 'P1', values: { percentComplete: 70 } }]);
});

test('a body is known by its name, however spelled, and needs no ref', () => {
  const snapshot = aSnapshot({ bodies: [aBody()] });
  const rows = [
    aPlanRow('body', { name: 'northam council', volunteer: 'No' }),
    aPlanRow('body', { name: 'Northam Schools' }, { row: 3 }),
  ];
  const { items, outcomes } = decided(rows, { snapshot });
  expect(outcomes).toEqual(['same body Northam Council', 'add body Northam Schools']);
  expect(items[1]?.values).toEqual({ name: 'Northam Schools' });
});

describe('a row is refused', () => {
  test('when a cell it needs is not understood', () => {
    const { outcomes, texts } = decided([aPlanRow('area', { ...areaCells, kind: 'Wish' })]);
    expect(outcomes).toEqual(['refused area AFI2']);
    expect(texts('import-unknown-word')).toEqual([expect.stringMatching(/^Kind says "Wish"/)]);
  });

  test('when the board does not know its ref and it has no name', () => {
    const { texts } = decided([aPlanRow('risk', { ref: 'R7' })]);
    expect(texts('import-no-name')).toEqual(['The row has a ref and no title, and the board does not know the ref.']);
  });

  test('when it is an area without a ref', () => {
    const { texts } = decided([aPlanRow('area', { title: 'Transport', kind: 'Improvement' })]);
    expect(texts('import-no-ref')).toEqual(['An area needs a ref, such as APA1 or AFI2.']);
  });

  test.each([
    [{}, 'Neither a column nor a heading says to which area it belongs.'],
    [{ areaRef: 'A7' }, 'It belongs to "A7", which is no area of the board or of the workbook.'],
  ])('when it is an action that belongs to no area: %j', (cells, says) => {
    const { texts } = decided([aPlanRow('action', { title: 'Train the panels', ...cells })]);
    expect(texts('import-no-parent')).toEqual([says]);
  });
});

describe('an action belongs', () => {
  const snapshot = aSnapshot({ areas, actions: [anAction({ ref: 'X7' })] });

  test.each([
    ['to the area with which its ref begins', { ref: 'A1.07', title: 'Train the panels' }, {}],
    ['to its own area when the board has it already', { ref: 'X7', title: 'Train the panels' }, {}],
    ['to the area of the heading', { title: 'Train the panels' }, { heading: { text: 'Plans on time', at: 'A1' } }],
  ])('%s', (_, cells, over) => {
    expect(decided([aPlanRow('action', cells, over)], { snapshot }).items).toMatchObject([{ parentRef: 'A1' }]);
  });
});

test('a step belongs to the action of the row beside it, and a mitigation takes no heading for its risk', () => {
  const snapshot = aSnapshot({ areas, risks: [aRisk()] });
  const heading = { text: 'R1', at: 'A1' };
  const rows = [
    aPlanRow('action', { ref: 'A1.07', title: 'Train the panels' }),
    aPlanRow('milestone', { title: 'Draft agreed', dueOn: '30 June 2025' }, { parent: 0 }),
    aPlanRow('mitigation', { text: 'Advertise again' }, { row: 3, heading }),
  ];
  expect(decided(rows, { snapshot }).outcomes).toEqual([
    'add action A1.07',
    'add milestone A1.07-1',
    'refused mitigation Advertise again',
  ]);
});

describe('a heading over actions', () => {
  const under = (text: string, at = 'A1', cells = {}) =>
    decided([aPlanRow('action', { title: 'Train the panels', ...cells }, { heading: { text, at } })], {
      snapshot: aSnapshot({ areas }),
    });

  test.each([
    ['APA3: Health advice on time', 'APA3', 'priority'],
    ['AFI 2 – Transport\nby September', 'AFI2', 'improvement'],
    ['T1: Transport, an area for improvement', 'T1', 'improvement'],
    ['T2: Transport, a priority', 'T2', 'priority'],
  ])('%j brings its area', (text, ref, kind) => {
    const { items } = under(text);
    expect(items[0]).toMatchObject({ kind: 'area', outcome: 'add', values: { ref, kind } });
    expect(items[1]).toMatchObject({ kind: 'action', outcome: 'add', parentRef: ref });
  });

  test('brings its area once, whatever the number of actions below', () => {
    const heading = { text: 'AFI 2: Transport', at: 'A1' };
    const rows = ['Book buses', 'Train drivers'].map((title, at) =>
      aPlanRow('action', { title }, { row: at + 2, heading }),
    );
    expect(decided(rows).outcomes).toEqual(['add area AFI2', 'add action AFI2.01', 'add action AFI2.02']);
  });

  test.each(['Next steps', 'T1: Transport'])('%j is no area, and the action is refused', (text) => {
    const { outcomes, texts } = under(text);
    expect(outcomes).toEqual(['refused action Train the panels']);
    expect(texts('import-unknown-area')).toEqual([expect.stringContaining(`"${text}" is no area of the board`)]);
  });

  test('is not looked at when it is the name of the sheet', () => {
    expect(under('APA3: Health advice on time', '').rules).toEqual(['import-no-parent']);
  });

  test('is not looked at when the row names its area', () => {
    expect(under('APA3: Health advice on time', 'A1', { areaRef: 'A1' }).outcomes).toEqual(['add action A1.01']);
  });
});

describe('a reading', () => {
  const snapshot = aSnapshot({ areas, measures: [aMeasure()], readings: [aReading()] });
  const read = (...cells: Parameters<typeof aPlanRow>[1][]) =>
    decided(
      cells.map((one, at) => aPlanRow('reading', { measureRef: 'K1', ...one }, { row: at + 2 })),
      { snapshot },
    );

  test.each([
    [{ note: 'As seen with Tom, born 3/4/2015' }, 'add reading K1 May 2025', { value: 65 }],
    [{ source: 'tom@mail.example' }, 'add reading K1 May 2025', { value: 65 }],
    [{ locality: 'NG1 5DT' }, 'refused reading K1 May 2025', {}],
  ])('with a private text in %j does not take it', (text, outcome, values) => {
    const { outcomes, items, rules } = read({ period: 'May 2025', value: 65, reportedOn: '2025-06-02', ...text });
    expect(outcomes).toEqual([outcome]);
    expect(items[0]?.values).toMatchObject(values);
    expect(JSON.stringify(items)).not.toContain(Object.values(text)[0]);
    expect(rules).toEqual(['import-personal-data']);
  });

  test('of a new month is added as reported today, with its place and source', () => {
    const { items, rules } = read({
      period: 'May 2025',
      value: 65,
      locality: 'East',
      source: 'Returns',
      note: 'Early',
    });
    expect(items).toMatchObject([{ outcome: 'add', ref: 'K1 May 2025 East', changes: [] }]);
    expect(items[0]?.values).toEqual({
      measureRef: 'K1',
      period: '2025-05',
      locality: 'East',
      value: 65,
      reportedOn: '2025-06-10',
      revises: false,
      source: 'Returns',
      note: 'Early',
    });
    expect(rules).toEqual(['import-reported-today']);
  });

  test('that the board has already is the same', () => {
    expect(read({ period: 'April 2025', value: 60 }).outcomes).toEqual(['same reading K1 April 2025']);
  });

  test('of another value is a revision of what was reported', () => {
    const { items } = read({ period: 'April 2025', value: 62, reportedOn: '2 June 2025' });
    expect(items[0]).toMatchObject({
      values: { value: 62, revises: true, reportedOn: '2025-06-02' },
      changes: [{ title: 'Reading for April 2025', before: '60', after: '62' }],
    });
  });

  test('is a revision when the row says so', () => {
    const { items } = read({ period: 'May 2025', value: 65, revises: 'Yes' });
    expect(items[0]?.values).toMatchObject({ revises: true });
  });

  test('that an earlier row of the workbook brings is the same', () => {
    const { outcomes } = read({ period: 'May 2025', value: 65 }, { period: 'May 2025', value: 65 });
    expect(outcomes).toEqual(['add reading K1 May 2025', 'same reading K1 May 2025']);
  });

  test.each([
    [{ value: 65 }, 'K1', 'A reading needs a measure, a month and a value.'],
    [{ period: 'May 2025' }, 'K1 May 2025', 'A reading needs a measure, a month and a value.'],
    [
      { measureRef: 'K7', period: 'May 2025', value: 65 },
      'Plan May 2025',
      'It belongs to "K7", which is no measure of the board or of the workbook.',
    ],
  ])('of the cells %j is refused', (cells, label, says) => {
    const { outcomes, texts } = read(cells);
    expect(outcomes).toEqual([`refused reading ${label}`]);
    expect(texts('import-incomplete')).toEqual([says]);
  });

  test('whose value is no number is refused with the reason of its cell', () => {
    const { outcomes, texts } = read({ period: 'May 2025', value: 'many' });
    expect(outcomes).toEqual(['refused reading K1 May 2025']);
    expect(texts('import-not-understood')).toEqual(['Value says "many", which is no number.']);
  });
});

describe('of a sheet', () => {
  const sheet: PlanSheet = { name: 'Notes', headerRows: [], columns: [], unused: [], rows: 0, hiddenRows: [] };
  const told = (over: Partial<PlanSheet>) => decided([], { plan: { sheets: [{ ...sheet, ...over }], rows: [] } });

  test('that is not taken the reason is told', () => {
    expect(told({ whyNot: 'it is empty' }).texts('import-sheet-not-taken')).toEqual([
      'The sheet was not taken: it is empty.',
    ]);
    expect(told({}).texts('import-sheet-not-taken')).toEqual(['The sheet was not taken.']);
  });

  test.each([
    [[4], '1 hidden row was taken like the others.'],
    [[4, 5], '2 hidden rows were taken like the others.'],
  ])('the hidden rows %j are told', (hiddenRows, says) => {
    expect(told({ kind: 'action', hiddenRows }).findings.map((one) => one.text)).toEqual([says]);
  });
});

describe('a person of the workbook', () => {
  const snapshot = aSnapshot({ people: [aPerson()] });
  const named = (cells: Parameters<typeof aPlanRow>[1]) => decided([aPlanRow('person', cells)], { snapshot });

  test.each([{ ref: 'P1' }, { name: 'robin ashdown' }, { name: 'R Ashdown', email: 'Robin.Ashdown@northam.example' }])(
    'is known by %j',
    (cells) => {
      expect(named(cells).rules).toEqual([]);
    },
  );

  test.each([{ name: 'Kim Lee' }, { name: 'Kim Lee', email: 'kim.lee@one.example' }])(
    'whom the board does not know by %j is not added',
    (cells) => {
      const { items, texts } = named(cells);
      expect(items).toEqual([]);
      expect(texts('import-person-not-added')).toEqual([expect.stringMatching(/^Kim Lee is not in the list People/)]);
    },
  );
});

test('what many rows have in common is said once, with the number of places', () => {
  const snapshot = aSnapshot({ areas, measures: [aMeasure()] });
  const rows = ['April 2025', 'May 2025'].map((period, at) =>
    aPlanRow('reading', { measureRef: 'K1', period, value: 60 }, { row: at + 2 }),
  );
  expect(decided(rows, { snapshot }).texts('import-reported-today')).toEqual([
    expect.stringMatching(/\(So in 2 places, the first of them here\.\)$/),
  ]);
});
