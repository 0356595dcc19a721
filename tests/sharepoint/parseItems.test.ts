// List items as records of the board: every column type, and what does not fit as a finding in words.
import fc from 'fast-check';
import { UpstreamError } from '../../bot/errors';
import { ownNames, parseBinding } from '../../bot/sharepoint/binding';
import { readerOf } from '../../bot/sharepoint/cellReaders';
import { encode } from '../../bot/sharepoint/cellWriting';
import type { ValueContext } from '../../bot/sharepoint/columnNames';
import { lists } from '../../bot/sharepoint/lists';
import type { ColumnSchema, ListSchema } from '../../bot/sharepoint/lists';
import { parseItem } from '../../bot/sharepoint/listItem';
import { parseList } from '../../bot/sharepoint/parseItems';
import type { ListItem } from '../../bot/sharepoint/listItem';
import { sitePeople } from '../../bot/sharepoint/people';
import type { ShapeName } from '../../bot/sharepoint/recordShapes';
import { plainText } from '../../bot/sharepoint/plainText';
import { schemaOf } from '../../bot/sharepoint/snapshotReader';

const people = sitePeople(
  [
    { id: '6', fields: { EMail: 'Robin.Ashdown@council.example', Title: 'Robin' } },
    { id: '7', fields: { Name: 'i:0#.f|membership|sam.tilney@council.example' } },
    { id: '8', fields: { EMail: 'somebody.else@council.example' } },
    { id: '9', fields: { Title: 'System Account' } },
  ],
  [
    { ref: 'P1', email: 'robin.ashdown@council.example' },
    { ref: 'P2', email: 'sam.tilney@council.example' },
    { ref: 'P3', email: 'external@partner.example' },
  ],
);
const context: ValueContext = { binding: ownNames, people, timeZone: 'Europe/London' };

const goodAction = {
  Ref: 'A1',
  AreaRef: 'APA1',
  Title: 'Agree one dataset',
  DeliveryStatus: 'on-track',
  EffectStatus: 'too-early',
};

function item(fields: Record<string, unknown>, id = '1'): ListItem {
  return { id, eTag: `"guid,${id}"`, fields };
}

function parse<K extends ShapeName>(kind: K, ...rows: readonly Record<string, unknown>[]) {
  const items = rows.map((fields, at) => item(fields, String(at + 1)));
  return parseList(kind, schemaOf(kind), items, context, new Set());
}

function column(list: string, name: string): { list: ListSchema; column: ColumnSchema } {
  const schema = lists.find((one) => one.name === list);
  const found = schema?.columns.find((one) => one.name === name);
  if (!schema || !found) throw new TypeError(`no column ${list}.${name}`);
  return { list: schema, column: found };
}

describe('a row', () => {
  it('becomes a record with where it lives and which version was read', () => {
    const { records, findings } = parse('action', {
      ...goodAction,
      PartnerBodies: 'ICB; Schools',
      PercentComplete: 40,
    });
    expect(findings).toEqual([]);
    expect(records).toEqual([
      {
        stamp: { itemId: '1', version: '"guid,1"' },
        ref: 'A1',
        areaRef: 'APA1',
        title: 'Agree one dataset',
        description: '',
        deputyRefs: [],
        partnerBodies: ['ICB', 'Schools'],
        deliveryStatus: 'on-track',
        percentComplete: 40,
        effectStatus: 'too-early',
        successMeasure: '',
        measureRefs: [],
        riskRefs: [],
        clauses: [],
      },
    ]);
  });

  it('names its owner by the person column, or by the text beside it', () => {
    const { records } = parse(
      'action',
      { ...goodAction, Ref: 'A1', OwnerLookupId: '6' },
      { ...goodAction, Ref: 'A2', OwnerLookupId: 7, OwnerRef: 'P3' },
      { ...goodAction, Ref: 'A3', OwnerRef: 'P3' },
      { ...goodAction, Ref: 'A4' },
    );
    expect(records.map((one) => one.ownerRef)).toEqual(['P1', 'P2', 'P3', undefined]);
  });

  it('with an owner nobody knows keeps the rest and says so', () => {
    const { records, findings } = parse(
      'action',
      { ...goodAction, OwnerLookupId: '8' },
      { ...goodAction, Ref: 'A2', OwnerLookupId: '99' },
    );
    expect(records.map((one) => one.ownerRef)).toEqual([undefined, undefined]);
    expect(findings.map((one) => one.text)).toEqual([
      'List Actions, row A1: the column Owner does not hold a person of the list People (nobody there has this e-mail address); it is left empty.',
      'List Actions, row A2: the column Owner does not hold a person whom the site knows; it is left empty.',
    ]);
  });

  it.each([
    ['PercentComplete', '40', 'the column PercentComplete does not hold a number; it is left empty.'],
    ['PercentComplete', 140, 'PercentComplete has not the expected form; it is left empty.'],
    ['DueOn', 'end of March', 'the column DueOn does not hold a date; it is left empty.'],
    ['DueOn', '2025-02-30', 'the column DueOn does not hold a date; it is left empty.'],
    ['WaitingAccepted', 'yes', 'the column WaitingAccepted does not hold yes or no; it is left empty.'],
    ['Description', 12, 'the column Description does not hold text; it is left empty.'],
  ])('with a bad optional %s (%j) is kept without it', (name, value, expected) => {
    const { records, findings } = parse('action', { ...goodAction, [name]: value });
    expect(records).toHaveLength(1);
    expect(findings).toEqual([
      {
        rule: 'row-not-understood',
        level: 'finding',
        ref: 'A1',
        text: `List Actions, row A1: ${expected}`,
        records: ['A1'],
      },
    ]);
  });

  it('never shows in a finding what people wrote', () => {
    const { findings } = parse('action', { ...goodAction, DueOn: 'when Jo is back', DeliveryStatus: 'nearly there' });
    expect(JSON.stringify(findings)).not.toMatch(/Jo|nearly/);
  });

  it('with a status word that is not known is left out, and the words are named', () => {
    const { records, findings } = parse('action', { ...goodAction, DeliveryStatus: 'Finished' });
    expect(records).toEqual([]);
    expect(findings.map((one) => one.text)).toEqual([
      'List Actions, row A1: the column DeliveryStatus does not hold one of not-started, on-track, at-risk, off-track, complete, embedded; the row is left out.',
    ]);
  });

  it('without its reference is left out and named by its number', () => {
    const { records, findings } = parse('milestone', { ActionRef: 'A1', Title: 'T', DueOn: '2025-01-01' });
    expect(records).toEqual([]);
    expect(findings[0]).toMatchObject({ ref: 'Milestones #1' });
    expect(findings[0]?.text).toBe(
      'List Milestones, row number 1: the column Ref is empty and is needed; the row is left out.',
    );
  });

  it('with the reference of an older one is left out', () => {
    const { records, findings } = parse('action', goodAction, { ...goodAction, Title: 'Again' });
    expect(records.map((one) => one.title)).toEqual(['Agree one dataset']);
    expect(findings.map((one) => one.ref)).toEqual(['A1']);
  });

  it.each([0, 6, 2.5])('of the risk register with a likelihood of %d is left out', (likelihood) => {
    const row = {
      Ref: 'R1',
      Title: 'Data',
      Status: 'open',
      InherentLikelihood: 4,
      InherentImpact: 4,
      TargetLikelihood: 1,
      TargetImpact: 1,
    };
    const { records, findings } = parse('risk', { ...row, CurrentLikelihood: likelihood, CurrentImpact: 3 });
    expect(records).toEqual([]);
    expect(findings[0]?.text).toMatch(/CurrentLikelihood and CurrentImpact has not the expected form/);
  });

  it('has a blocker, a baseline and a target only when their main part is there', () => {
    const [without, withBlocker] = parse(
      'action',
      { ...goodAction, WaitingOnBody: 'ICB', WaitingAccepted: true },
      { ...goodAction, Ref: 'A2', Blocker: 'No extract', WaitingOnBody: 'ICB' },
    ).records;
    expect(without).not.toHaveProperty('blocker');
    expect(withBlocker?.blocker).toEqual({ text: 'No extract', waitingOnBody: 'ICB', accepted: false });
    const measure = { Ref: 'M1', AreaRef: 'APA1', Title: 'Fields live', Frequency: 'monthly' };
    const read = parse('measure', { ...measure, BaselineOn: '2023-12-31', Target: 95, TargetOn: '2025-03-31' });
    expect(read.records[0]).toMatchObject({ target: { on: '2025-03-31', value: 95 } });
    expect(read.records[0]).not.toHaveProperty('baseline');
    const dateless = parse('measure', { ...measure, Baseline: 35 });
    expect(dateless.records[0]).not.toHaveProperty('baseline');
    expect(dateless.findings[0]?.text).toMatch(/the baseline has a value and no date/);
  });

  it('of the history is known by its operation key, else by its number', () => {
    const row = {
      SubjectKind: 'action',
      SubjectRef: 'A1',
      ByRef: 'P1',
      AnsweredAt: '2025-01-06T12:00:00Z',
      Route: 'tab',
    };
    const { records } = parse('update', { ...row, OperationKey: 'op-1', After: '{"percentComplete":40}' }, row);
    expect(records.map((one) => one.key)).toEqual(['op-1', 'Updates #2']);
    expect(records[0]?.after).toEqual({ percentComplete: 40 });
    expect(records[0]?.at).toBe('2025-01-06T12:00:00.000Z');
  });

  it.each(['{"a":', '"text"', '{"a":{"b":1}}', '[1]'])(
    'of the history with %s for its changes keeps the rest',
    (json) => {
      const row = {
        SubjectKind: 'action',
        SubjectRef: 'A1',
        ByRef: 'P1',
        AnsweredAt: '2025-01-06T12:00:00Z',
        Route: 'tab',
      };
      const { records, findings } = parse('update', { ...row, Before: json });
      expect(records[0]?.before).toEqual({});
      expect(findings).toHaveLength(1);
    },
  );

  it('without id, version or fields is no item at all', () => {
    expect(() => parseItem({ id: '1', fields: {} })).toThrow(UpstreamError);
    expect(parseItem({ id: '1', '@odata.etag': '"g,1"', fields: { A: 1 } })).toEqual({
      id: '1',
      eTag: '"g,1"',
      fields: { A: 1 },
    });
  });

  it('of a list that lacks a needed column is left out without a finding of its own', () => {
    const { Ref: _ref, ...rest } = goodAction;
    const read = parseList('action', schemaOf('action'), [item(rest)], context, new Set(['Ref']));
    expect(read).toEqual({ records: [], findings: [], leftOut: 0 });
  });
});

describe('a date', () => {
  const { list, column: due } = column('Actions', 'DueOn');
  it.each([
    ['2025-01-15T00:00:00Z', '2025-01-15', 'midnight in winter'],
    ['2025-06-30T23:00:00Z', '2025-07-01', 'local midnight in summer'],
    ['2025-03-30T00:00:00Z', '2025-03-30', 'the day the clocks go forward'],
    ['2025-10-25T23:00:00Z', '2025-10-26', 'the day the clocks go back'],
    ['2025-07-01T12:00:00Z', '2025-07-01', 'noon'],
    ['2024-02-29', '2024-02-29', 'a civil date'],
  ])('kept as %s is %s (%s)', (raw, expected) => {
    expect(readerOf(list, due, context)(raw)).toEqual({ kind: 'value', value: expected });
  });

  it('comes back as it was written, in any zone of Europe', () => {
    const days = fc.integer({ min: 0, max: 20_000 });
    fc.assert(
      fc.property(days, fc.constantFrom('Europe/London', 'Europe/Lisbon', 'Europe/Athens'), (day, timeZone) => {
        const on = new Date(day * 86_400_000).toISOString().slice(0, 10);
        const written = encode(list, due, on, { ...context, timeZone });
        expect(readerOf(list, due, { ...context, timeZone })(written['DueOn'])).toEqual({ kind: 'value', value: on });
      }),
      { numRuns: 200 },
    );
  });
});

describe('a value', () => {
  it.each([
    ['Actions', 'PercentComplete', 55],
    ['Actions', 'Description', 'Ten of <twelve> & more'],
    ['Actions', 'PartnerBodies', ['Hertland ICB', 'Schools']],
    ['Actions', 'Owner', 'P1'],
    ['Actions', 'DeliveryStatus', 'at-risk'],
    ['Updates', 'AnsweredAt', '2025-01-06T12:00:00.000Z'],
    ['Updates', 'After', { percentComplete: 40, forecastOn: null }],
    ['Requests', 'NoChange', false],
  ])('of %s.%s comes back as it was written', (listName, name, given) => {
    const { list, column: one } = column(listName, name);
    const written = encode(list, one, given, context);
    const [raw] = Object.values(written);
    expect(readerOf(list, one, context)(raw)).toEqual({ kind: 'value', value: given });
  });

  it('of a person is written as the LookupId', () => {
    const { list, column: owner } = column('Actions', 'Owner');
    expect(encode(list, owner, 'P1', context)).toEqual({ OwnerLookupId: 6 });
  });

  it.each([
    ['Actions', 'PercentComplete', '40'],
    ['Actions', 'DueOn', '2025-02-30'],
    ['Actions', 'DeliveryStatus', 'finished'],
    ['Actions', 'PartnerBodies', ['one; two']],
    ['Actions', 'Owner', 'P3'],
    ['Updates', 'AnsweredAt', 'yesterday'],
    ['Requests', 'NoChange', 'no'],
    ['Actions', 'Title', 7],
  ])('that does not fit %s.%s (%j) is refused in words', (listName, name, given) => {
    const { list, column: one } = column(listName, name);
    expect(() => encode(list, one, given, context)).toThrow(new RegExp(`${name} of the list ${listName} takes `));
  });

  it.each([
    [
      '<div class="ExternalClass1"><p>Two&nbsp;days<br>late &amp; rising</p><p>See &#8220;B08&#8221;</p></div>',
      'Two days\nlate & rising\nSee “B08”',
    ],
    ['<p>x</p><script>alert(1)</script><p>y</p>', 'x\ny'],
    ['5 < 6 <b>bold</b>', '5 < 6 <b>bold</b>'],
    ['<script>alert(1)</script>', '<script>alert(1)</script>'],
    ['  plain  ', 'plain'],
    ['<div>a &unknown; &#x110000; b</div>', 'a &unknown; &#x110000; b'],
  ])('of rich text %j reads %j', (html, expected) => {
    expect(plainText(html)).toBe(expected);
  });
});

describe('a binding', () => {
  const input = {
    lists: {
      Actions: {
        title: 'SEND plan',
        columns: { DueOn: 'Due_x0020_Date' },
        words: { DeliveryStatus: { Finished: 'complete', Done: 'complete' } },
      },
    },
  };

  it('maps titles, columns and words both ways', () => {
    const { binding, findings } = parseBinding(input);
    const { list, column: due } = column('Actions', 'DueOn');
    const { column: status } = column('Actions', 'DeliveryStatus');
    expect(findings).toEqual([]);
    expect(binding.titleOf(list)).toBe('SEND plan');
    expect(encode(list, due, '2025-01-15', { ...context, binding })).toEqual({
      Due_x0020_Date: '2025-01-15T12:00:00Z',
    });
    expect(readerOf(list, status, { ...context, binding })('done ')).toEqual({ kind: 'value', value: 'complete' });
    expect(encode(list, status, 'complete', { ...context, binding })).toEqual({ DeliveryStatus: 'Finished' });
    expect(encode(list, status, 'at-risk', { ...context, binding })).toEqual({ DeliveryStatus: 'at-risk' });
  });

  it.each([
    ['a list that is not ours', { lists: { Plans: {} } }],
    ['a column that is not ours', { lists: { Actions: { columns: { Due: 'X' } } } }],
    ['another form', { lists: [] }],
    ['text', 'Actions'],
  ])('with %s is a finding', (_what, given) => {
    const { findings } = parseBinding(given);
    expect(findings.map((one) => one.rule)).toEqual(['binding-not-understood']);
  });

  it('of a new site is empty and changes nothing', () => {
    const { list, column: due } = column('Actions', 'DueOn');
    const { binding } = parseBinding(undefined);
    expect([binding.titleOf(list), binding.columnOf(list, due)]).toEqual(['Actions', 'DueOn']);
  });
});
