// The published form of a board's settings: it agrees with what is checked, and what does not fit is said with its path.
import { readFileSync } from 'node:fs';
import path from 'node:path';
import Ajv from 'ajv/dist/2020';
import { defaultPolicy } from '../../bot/board/policy';
import { settingProblems, settingsJsonSchema } from '../../bot/sharepoint/settingsSchema';

const published: unknown = JSON.parse(readFileSync(path.join(__dirname, '../../docs/settings.schema.json'), 'utf8'));

const binding = {
  lists: {
    Actions: {
      title: 'Plan',
      columns: { DueOn: { name: 'Due_x0020_Date', as: 'dd/mm/yyyy' }, Owner: 'Lead', StartOn: null },
      words: { DeliveryStatus: { Green: 'on-track' } },
      defaults: { EffectStatus: 'too-early' },
      leaveOut: [{ Title: { startsWith: ['Priority'] }, RAG: 'empty' }],
    },
    Evidence: null,
  },
};

describe('docs/settings.schema.json', () => {
  it('is what the check goes by ("npm run board -- settings schema" writes it anew)', () => {
    expect(published).toEqual(JSON.parse(JSON.stringify(settingsJsonSchema())));
  });

  it('takes a binding and a policy, and refuses a name that is not there', () => {
    const validate = new Ajv({ strict: false, formats: { date: true } }).compile(Object(published));
    expect(validate({ binding, policy: { timeZone: 'Europe/London', undoMinutes: 5 } })).toBe(true);
    expect(validate({ binding: { list: {} } })).toBe(false);
    expect(validate({ policy: { undoMinute: 5 } })).toBe(false);
  });
});

describe('a setting', () => {
  it('that fits has no problems', () => {
    expect(settingProblems('binding', binding)).toEqual([]);
    expect(settingProblems('policy', { ...defaultPolicy })).toEqual([]);
  });

  it.each([
    [[], 'policy.agenda: '],
    [[{ topic: 'lunch', title: 'Lunch', minutes: 5, lead: 'chair' }], 'policy.agenda.0.topic: '],
    [[{ topic: 'slow', title: 'Slow', minutes: 0, lead: 'chair' }], 'policy.agenda.0.minutes: '],
    [[{ topic: 'slow', title: ' ', minutes: 5, lead: 'chair' }], 'policy.agenda: Each topic but "other"'],
    [
      [{ topic: 'slow', title: 'Slow', minutes: 5, lead: 'chair', room: 'Hall' }],
      'policy.agenda.0: there is no setting "room"',
    ],
  ])('of an agenda %j that does not fit says where', (agenda, said) => {
    expect(settingProblems('policy', { agenda })).toEqual([expect.stringContaining(said)]);
  });

  it.each([
    ['policy', { undoMinute: 5 }, 'policy: there is no setting "undoMinute" here.'],
    ['policy', { undoMinutes: 'ten' }, /^policy.undoMinutes: .*number/],
    [
      'policy',
      { timeZone: 'London' },
      'policy.timeZone: "London" is not the name of a time zone, such as Europe/London.',
    ],
    ['board', { id: 'b' }, /^board.name: /],
    ['binding', { list: {} }, 'binding: there is no setting "list" here.'],
    ['binding', 'Actions', /^binding: /],
    ['binding', { lists: { Plans: {} } }, 'binding.lists.Plans: it names a list Plans that the board does not use.'],
    [
      'binding',
      { lists: { Actions: { columns: { Due: 'X' } } } },
      'binding.lists.Actions.columns.Due: it names a column Due that the list Actions does not have.',
    ],
    [
      'binding',
      { lists: { Actions: { columns: { DueOn: { name: 'X', as: 'fraction' } } } } },
      /^binding\.lists\.Actions\.columns\.DueOn\.as: the column DueOn of the list Actions takes dd\/mm\/yyyy, .*; not "fraction"\.$/,
    ],
    [
      'binding',
      { lists: { Actions: { columns: { DueOn: { nam: 'X' } } } } },
      /binding\.lists\.Actions\.columns\.DueOn/,
    ],
    [
      'binding',
      { lists: { Actions: { words: { DeliveryStatus: { Green: 'good' } } } } },
      /^binding\.lists\.Actions\.words\.DeliveryStatus\.Green: "good" is not a word of the column DeliveryStatus; it takes not-started/,
    ],
    [
      'binding',
      { lists: { Actions: null } },
      'binding.lists.Actions: the list Actions is needed and cannot be left out.',
    ],
    [
      'binding',
      { lists: { Actions: { columns: { AreaRef: null } } } },
      'binding.lists.Actions.columns.AreaRef: the column AreaRef of the list Actions is needed: name one, or give it a default.',
    ],
    [
      'binding',
      { lists: { Actions: { columns: { LastOpId: null } } } },
      "binding.lists.Actions.columns.LastOpId: the column LastOpId of the list Actions is the assistant's own and is needed.",
    ],
  ] as const)('%s %j is refused in words', (key, given, expected) => {
    const [problem = '', ...others] = settingProblems(key, given);
    expect(problem).toMatch(expected);
    expect(others.filter((one) => !one.startsWith(key))).toEqual([]);
  });
});
