// Cells as councils write them: read, written back in their own style, and a part of a cell taken out and put back.
import fc from 'fast-check';
import { parseBinding } from '../../bot/sharepoint/binding';
import { cellStyles } from '../../bot/sharepoint/bindingSchema';
import { partOf, withPart } from '../../bot/sharepoint/cellParts';
import { dateFromSerial, dateFromText } from '../../bot/sharepoint/cellStyles';
import { readerOf } from '../../bot/sharepoint/cellReaders';
import { encode } from '../../bot/sharepoint/cellWriting';
import { fieldNameOf, selectedFields } from '../../bot/sharepoint/columnNames';
import type { ValueContext } from '../../bot/sharepoint/columnNames';
import { columnsOf } from '../../bot/sharepoint/fieldChanges';
import { sitePeople } from '../../bot/sharepoint/people';
import { schemaOf } from '../../bot/sharepoint/snapshotReader';

const people = sitePeople(
  [
    { id: '6', fields: { EMail: 'ada.thorn@council.example' } },
    { id: '7', fields: { EMail: 'bo.quill@council.example' } },
  ],
  [
    { ref: 'P1', name: 'Ada Thorn', email: 'ada.thorn@council.example' },
    { ref: 'P2', name: 'Bo Quill', email: 'bo.quill@council.example' },
    { ref: 'P3', name: 'Sam Twin', email: 'sam.one@council.example' },
    { ref: 'P4', name: 'Sam Twin', email: 'sam.two@council.example' },
  ],
);

const actions = schemaOf('action');

function cell(name: string, bound: unknown, words?: Readonly<Record<string, string>>) {
  const entry = { columns: { [name]: bound }, ...(words ? { words: { [name]: words } } : {}) };
  const { binding, findings } = parseBinding({ lists: { Actions: entry } });
  expect(findings).toEqual([]);
  const context: ValueContext = { binding, people, timeZone: 'Europe/London' };
  const column = actions.columns.find((one) => one.name === name);
  if (!column) throw new TypeError(`no column ${name}`);
  return {
    context,
    read: (raw: unknown) => readerOf(actions, column, context)(raw),
    write: (given: unknown, current?: Readonly<Record<string, unknown>>) =>
      encode(actions, column, given, context, current),
    field: fieldNameOf(actions, column, binding),
  };
}

describe('a date', () => {
  it.each([
    ['14/02/2025', '2025-02-14'],
    ['4/2/25', '2025-02-04'],
    ['14.2.2025', '2025-02-14'],
    ['14 Feb 2025', '2025-02-14'],
    ['Fri 14th February 2025', '2025-02-14'],
    ['3 Sept 2025', '2025-09-03'],
    ['2025-02-14', '2025-02-14'],
    ['29/02/2024', '2024-02-29'],
    ['29/02/2025', undefined],
    ['2/14/2025', undefined],
    ['Feb 2025', undefined],
    ['end of March', undefined],
    ['14 Mayo 2025', undefined],
  ])('in the text %s is %s', (text, expected) => {
    expect(dateFromText(text)).toBe(expected);
  });

  it.each([
    [45_702, '2025-02-14'],
    [45_702.75, '2025-02-14'],
    ['45702', '2025-02-14'],
    [61, '1900-03-01'],
    [60, undefined],
    [3_000_000, undefined],
    ['soon', undefined],
  ])('as the day number %s of Excel is %s', (raw, expected) => {
    expect(dateFromSerial(raw)).toBe(expected);
  });

  const styles = cellStyles.filter((one) => /y|serial/.test(one) && one !== 'number');
  it.each(styles.filter((one) => one.includes('yyyy') || one.includes('serial')))(
    'written as %s comes back on every day',
    (as) => {
      const due = cell('DueOn', { name: 'When', as });
      const days = fc.integer({ min: 0, max: 40_000 });
      fc.assert(
        fc.property(days, (day) => {
          const on = new Date(day * 86_400_000).toISOString().slice(0, 10);
          expect(due.read(due.write(on)['When'])).toEqual({ kind: 'value', value: on });
        }),
        { numRuns: 60 },
      );
    },
  );

  it('keeps the style of the council, and words for no date are an empty cell', () => {
    const due = cell('DueOn', { name: 'By_x0020_when', as: 'd mmm yyyy', empty: ['TBC'] });
    expect(due.write('2025-02-04')).toEqual({ By_x0020_when: '4 Feb 2025' });
    expect(due.read(' tbc ')).toEqual({ kind: 'absent' });
    expect(due.read('soon')).toEqual({ kind: 'misfit', expected: 'a date' });
  });
});

describe('a percentage', () => {
  it.each([
    ['fraction', 0.6, 60, 0.6],
    ['fraction', 0.07, 7, 0.07],
    ['percent as text', '60%', 60, '60%'],
    ['percent as text', '12.5 %', 12.5, '12.5%'],
    ['number as text', '60', 60, '60'],
  ])('kept as %s: %s is %s and is written as %s', (as, raw, value, written) => {
    const percent = cell('PercentComplete', { name: 'Progress', as });
    expect(percent.read(raw)).toEqual({ kind: 'value', value });
    expect(percent.write(value)).toEqual({ Progress: written });
  });

  it('in words is a misfit, and no guess', () => {
    expect(cell('PercentComplete', { name: 'Progress', as: 'percent as text' }).read('about half').kind).toBe('misfit');
    expect(cell('PercentComplete', { name: 'Progress', as: 'number as text' }).read('60%').kind).toBe('misfit');
  });
});

describe('a person', () => {
  it.each([
    ['name', 'Ada Thorn', 'P1'],
    ['name', 'ada  thorn', 'P1'],
    ['e-mail', 'Bo Quill <bo.quill@council.example>', 'P2'],
    ['e-mail', 'Bo.Quill@council.example', 'P2'],
  ])('as %s: %s is %s', (as, raw, ref) => {
    expect(cell('Owner', { name: 'Lead', as }).read(raw)).toEqual({ kind: 'value', value: ref });
  });

  it('is written as the council names people, and never so that another could be meant', () => {
    expect(cell('Owner', { name: 'Lead', as: 'name' }).write('P1')).toEqual({ Lead: 'Ada Thorn' });
    expect(cell('Owner', { name: 'Lead', as: 'e-mail' }).write('P3')).toEqual({ Lead: 'sam.one@council.example' });
    const owner = cell('Owner', { name: 'Lead', as: 'name' });
    expect(owner.read('Sam Twin').kind).toBe('misfit');
    expect(() => owner.write('P3')).toThrow(/a name of their own/);
  });

  it('in a column of several is the first, and the others stay when the first changes', () => {
    const owner = cell('Owner', { name: 'Leads', as: 'people' });
    const leads = [{ LookupId: 6, LookupValue: 'Ada Thorn' }, { LookupId: 7 }];
    expect(owner.field).toBe('Leads');
    expect(owner.read(leads)).toEqual({ kind: 'value', value: 'P1' });
    expect(owner.write('P2', { Leads: [{ LookupId: 6 }, { LookupId: 9 }] })).toEqual({
      'LeadsLookupId@odata.type': 'Collection(Edm.Int32)',
      LeadsLookupId: [7, 9],
    });
  });

  it('the list of deputies may be names with the council’s own separator', () => {
    const deputies = cell('Deputies', { name: 'Cover', as: 'name', separator: [' and ', ','] });
    expect(deputies.read('Ada Thorn and Bo Quill')).toEqual({ kind: 'value', value: ['P1', 'P2'] });
    expect(deputies.write(['P1', 'P2'])).toEqual({ Cover: 'Ada Thorn and Bo Quill' });
    expect(deputies.read('Ada Thorn, Somebody').kind).toBe('misfit');
  });
});

describe('a cell that holds several things', () => {
  const slash = [{ separator: '/', at: 1 }];
  it.each([
    ['Jo Field / Hertland ICB', slash, 'Hertland ICB', 'Schools', 'Jo Field / Schools'],
    ['Jo Field/Hertland ICB', slash, 'Hertland ICB', 'Schools', 'Jo Field/Schools'],
    ['Jo Field', slash, undefined, 'Schools', 'Jo Field/Schools'],
    ['Jo Field / ICB', slash, 'ICB', '', 'Jo Field'],
    ['A1.04 Speech therapy', [{ separator: ' ', from: 1 }], 'Speech therapy', 'Play', 'A1.04 Play'],
    [
      'A1.04 Speech',
      [
        { separator: ' ', at: 0 },
        { separator: '.', at: 0 },
      ],
      'A1',
      'B7',
      'B7.04 Speech',
    ],
  ])('%s: a part is taken out and put back', (text, steps, part, other, expected) => {
    expect(partOf(text, steps)).toBe(part);
    expect(withPart(text, steps, other)).toBe(expected);
  });

  it('without what comes before a part refuses the part rather than shift it', () => {
    expect(withPart('', slash, 'Schools')).toBeUndefined();
    const body = cell('LeadBody', { name: 'Lead', part: { separator: '/', at: 1 } });
    expect(() => body.write('Schools', {})).toThrow(/lacks what comes before it/);
  });

  it('comes back whole when each part is put back as it was', () => {
    const words = fc.stringMatching(/^[A-Za-z][A-Za-z ]{0,8}[A-Za-z]$/);
    const between = fc.constantFrom(' / ', '/', ' - ', ' | ');
    fc.assert(
      fc.property(fc.array(words, { minLength: 1, maxLength: 4 }), between, fc.nat(3), (parts, separator, at) => {
        const text = parts.join(separator);
        const steps = [{ separator: ['/', ' - ', '|'], at: at % parts.length }];
        expect(withPart(text, steps, partOf(text, steps) ?? '')).toBe(text);
      }),
      { numRuns: 150 },
    );
  });

  it('is asked for once, and two parts changed together are one cell', () => {
    const { binding } = parseBinding({
      lists: {
        Actions: {
          columns: {
            Ref: { name: 'Title', part: { separator: ' ', at: 0 } },
            Title: { name: 'Title', part: { separator: ' ', from: 1 } },
          },
        },
      },
    });
    const context: ValueContext = { binding, people, timeZone: 'Europe/London' };
    expect(selectedFields(actions, binding, new Set()).filter((one) => one === 'Title')).toHaveLength(1);
    const changes = { ref: 'A2', title: 'Play and talk' };
    expect(columnsOf(actions, changes, context, new Set(), { Title: 'A1 Speech' })).toEqual({
      Title: 'A2 Play and talk',
    });
    expect(columnsOf(actions, changes, context, new Set())).toEqual({ Title: 'A2 Play and talk' });
  });
});

describe('words', () => {
  it('of the council stand for yes and no, for numbers and for references', () => {
    const accepted = cell('WaitingAccepted', 'Accepted', { Y: 'true', N: 'false' });
    expect(accepted.read('y')).toEqual({ kind: 'value', value: true });
    expect(accepted.write(false)).toEqual({ Accepted: 'N' });
    const percent = cell('PercentComplete', 'Progress', { Halfway: '50' });
    expect(percent.read('halfway')).toEqual({ kind: 'value', value: 50 });
    expect(percent.write(50)).toEqual({ Progress: 'Halfway' });
    const area = cell('AreaRef', 'Workstream', { 'Early help': 'APA1' });
    expect(area.read('Early help')).toEqual({ kind: 'value', value: 'APA1' });
    expect(area.write('APA1')).toEqual({ Workstream: 'Early help' });
  });

  it('may be a choice of several, a link or a number kept for text', () => {
    expect(cell('PartnerBodies', { name: 'Partners', as: 'choices' }).read(['ICB', 'Schools'])).toEqual({
      kind: 'value',
      value: ['ICB', 'Schools'],
    });
    expect(cell('Ref', { name: 'Number', as: 'number' }).read(12)).toEqual({ kind: 'value', value: '12' });
    expect(cell('Ref', { name: 'Number', as: 'number' }).write('12')).toEqual({ Number: 12 });
    expect(cell('LeadBody', { name: 'Page', as: 'link' }).read({ Url: 'https://a.example' })).toEqual({
      kind: 'value',
      value: 'https://a.example',
    });
  });
});
