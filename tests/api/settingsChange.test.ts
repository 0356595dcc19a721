// Changing the settings over HTTP: the secretary alone, under what was shown, with a record; unknown fields are refused.
import request from 'supertest';
import {
  bindingChoicesResponse,
  meetingResponse,
  problem,
  settingsBindingResponse,
  settingsHistoryResponse,
  settingsPreviewResponse,
  settingsResponse,
  type SettingsAsked,
} from '../../bot/api/contract';
import { boardId, startIssuer, tabService, type Issuer, type TabService } from '../fixtures/tabService';

jest.setTimeout(60_000);

let issuer: Issuer;
let service: TabService;
beforeAll(async () => {
  issuer = await startIssuer();
});
afterAll(() => issuer.close());
beforeEach(() => {
  service = tabService(issuer);
});

const address = (part: string, board = boardId) => `/api/v1/boards/${board}/settings/${part}`;
const post = async (who: string, part: string, body: object, board?: string) =>
  request(service.app)
    .post(address(part, board))
    .set('Authorization', await service.as(who))
    .send(body);
const get = async (who: string, path: string) =>
  request(service.app)
    .get(path)
    .set('Authorization', await service.as(who));

const sooner: SettingsAsked = { kind: 'policy', values: [{ key: 'briefingWorkingDaysBefore', value: 4 }] };
const briefing = {
  what: 'Chair’s briefing, before the meeting',
  before: '3 working days (the default)',
  after: '4 working days',
};
const shown = async (change: SettingsAsked) =>
  settingsPreviewResponse.parse((await post('P15', 'preview', { change })).body);
const save = async (change: SettingsAsked, nonce = 'nonce-0001') =>
  post('P15', 'change', { change, nonce, version: (await shown(change)).version });
const history = async (who = 'P15') => settingsHistoryResponse.parse((await get(who, address('history'))).body).changes;

test('the secretary sees before and after, and which dates of the cycle move; nothing is written', async () => {
  const preview = await shown(sooner);
  expect(preview.lines).toEqual([briefing]);
  expect(preview.moves).toHaveLength(1);
  expect(preview.moves[0]?.what).toMatch(/^Chair’s briefing for the meeting on \d+ \w+ 2025$/);
  expect(service.records.operations).toEqual([]);
});

test('what is saved holds, is recorded with who and when, and is done once however often it is sent', async () => {
  const { version } = await shown(sooner);
  for (let n = 0; n < 2; n += 1)
    expect((await post('P15', 'change', { change: sooner, version, nonce: 'nonce-0001' })).status).toBe(200);
  expect(service.records.operations).toHaveLength(1);
  const { policy } = settingsResponse.parse((await get('P15', '/api/v1/settings')).body);
  const row = policy.flatMap((one) => one.rows).find((one) => one.key === 'briefingWorkingDaysBefore');
  expect(row).toMatchObject({ value: '4 working days', isOwn: true, given: '4', kind: 'figure' });
  expect(await history('P01')).toMatchObject([
    { when: 'Monday 6 January 2025, 09:00', by: 'in the tab', mayPutBack: true, lines: [briefing] },
  ]);
});

test('a change is put back from the history, by a change of its own', async () => {
  await save(sooner);
  const [line] = await history();
  expect((await save({ kind: 'put-back', change: line?.change ?? '' }, 'nonce-0002')).status).toBe(200);
  const { policy } = settingsResponse.parse((await get('P15', '/api/v1/settings')).body);
  expect(policy.flatMap((one) => one.rows).filter((one) => one.isOwn && one.key.startsWith('briefing'))).toEqual([]);
  expect(await history()).toHaveLength(2);
});

test('when somebody changed it since it was shown, nothing is written over', async () => {
  const { version } = await shown(sooner);
  await save({ kind: 'policy', values: [{ key: 'undoMinutes', value: 20 }] }, 'nonce-0002');
  const refused = await post('P15', 'change', { change: sooner, version, nonce: 'nonce-0003' });
  expect(refused.status).toBe(409);
  expect(problem.parse(refused.body).detail).toMatch(/Somebody changed these settings since they were shown/);
  expect(await history()).toHaveLength(1);
});

test.each([
  [
    { kind: 'policy', values: [{ key: 'reminderWorkingDaysBefore', value: 99 }] },
    'reminderWorkingDaysBefore',
    /0 to 60/,
  ],
  [
    { kind: 'policy', values: [{ key: 'reminderWorkingDaysBefore', value: 7 }] },
    'reminderWorkingDaysBefore',
    /further/,
  ],
  [
    { kind: 'policy', values: [{ key: 'timeZone', value: 'Europe/Hertland' }] },
    'timeZone',
    /not the name of a time zone/,
  ],
  [{ kind: 'add-quiet-days', period: { fromOn: '2025-02-17', toOn: '2025-02-21', why: '' } }, 'why', /say why/],
  [{ kind: 'aim-date', aimOn: '2025-06-30', letterOn: '2025-12-01', reference: 'Letter 4' }, 'letterOn', /to come/],
  [
    { kind: 'agenda', items: [{ topic: 'slow', title: 'Slow', minutes: 0, lead: 'chair' }] },
    'items.0.minutes',
    /1 to 240/,
  ],
] as const)('what does not fit is said under its field: %j', async (change, field, words) => {
  const refused = problem.parse((await post('P15', 'preview', { change })).body);
  expect(refused.status).toBe(422);
  expect(refused.issues?.map((one) => one.field)).toEqual([field]);
  expect(refused.issues?.[0]?.message).toMatch(words);
});

test('quiet days of the council and of one body stand with their reason', async () => {
  const period = { fromOn: '2025-02-17', toOn: '2025-02-21', why: 'Half term' };
  const body = settingsResponse.parse((await get('P15', '/api/v1/settings')).body).quietDays.bodies[0]?.name ?? '';
  expect((await save({ kind: 'add-quiet-days', period })).status).toBe(200);
  expect((await save({ kind: 'add-quiet-days', body, period }, 'nonce-0002')).status).toBe(200);
  const { quietDays } = settingsResponse.parse((await get('P15', '/api/v1/settings')).body);
  const words = '17 February 2025 to 21 February 2025: Half term';
  expect(quietDays.periods.map((one) => one.words)).toContain(words);
  expect(quietDays.bodies.find((one) => one.name === body)?.periods.map((one) => one.words)).toContain(words);
});

test('the aim date moves with its letter, and what is judged by it', async () => {
  const change: SettingsAsked = {
    kind: 'aim-date',
    aimOn: '2025-07-31',
    letterOn: '2025-01-03',
    reference: 'Letter 4',
  };
  const preview = await shown(change);
  expect(preview.lines[0]).toEqual({ what: 'The notice’s aim date', before: '31 January 2025', after: '31 July 2025' });
  expect(preview.moves.map((one) => one.what)).toEqual(['Due after the aim date']);
  expect((await save(change)).status).toBe(200);
  expect(settingsResponse.parse((await get('P15', '/api/v1/settings')).body).aimOn).toBe('2025-07-31');
});

const bound: SettingsAsked = {
  kind: 'binding',
  list: 'Actions',
  columns: [{ column: 'DeliveryStatus', name: 'RAG' }],
  words: [{ column: 'DeliveryStatus', word: 'Mauve', means: 'off-track' }],
};

test('what a list of the site may be is chosen from what is there', async () => {
  const own = bindingChoicesResponse.parse((await get('P15', address('binding/Actions'))).body);
  expect(own).toMatchObject({ title: 'Actions', isBound: true, mayBeLeftOut: false });
  const other = await get('P15', `${address('binding/Actions')}?title=Improvement%20plan`);
  const { columns } = bindingChoicesResponse.parse(other.body);
  expect(columns.find((one) => one.name === 'DueOn')?.proposed).toBe('By_x0020_when');
  expect((await get('P15', address('binding/Nothing'))).status).toBe(404);
});

test('the binding is changed under what was shown, recorded, and put back', async () => {
  const { lines, notes } = await shown(bound);
  expect(lines.map((one) => `${one.what}: ${one.after}`)).toEqual([
    'Actions, Delivery status: the column “RAG”',
    'Actions, the word “Mauve” of Delivery status: “off track”',
  ]);
  expect(notes).toEqual([expect.stringMatching(/^Actions: 45 rows would be understood, as many as now/)]);
  expect((await save(bound)).status).toBe(200);
  const [line] = await history();
  expect(line).toMatchObject({ by: 'in the tab', mayPutBack: true, lines });
  expect((await save({ kind: 'put-back', change: line?.change ?? '' }, 'nonce-0002')).status).toBe(200);
  const columns = bindingChoicesResponse.parse((await get('P15', address('binding/Actions'))).body).columns;
  expect(columns.find((one) => one.name === 'DeliveryStatus')).toMatchObject({ column: 'DeliveryStatus' });
});

test('a column that the list does not have is refused under its field', async () => {
  const columns = [{ column: 'DueOn', name: 'Never' }];
  const refused = problem.parse((await post('P15', 'preview', { change: { ...bound, columns } })).body);
  expect(refused.issues).toEqual([
    {
      field: 'lists.Actions.columns.DueOn',
      message: 'The list “Actions” has no column “Never”: choose one of those it has.',
    },
  ]);
});

const agenda: SettingsAsked = {
  kind: 'agenda',
  items: [
    { topic: 'slow', title: 'What is slow', minutes: 40, lead: 'owners' },
    { topic: 'other', title: 'The new school', minutes: 20, lead: 'chair', asks: 'Agree the site.' },
  ],
};
const shownAgenda = async (who: string) =>
  meetingResponse.parse((await get(who, '/api/v1/meeting')).body).meeting?.agenda;

test('the agenda of a meeting to come is read by everybody and changed under what was shown', async () => {
  for (const who of ['P01', 'P04', 'P10', 'X01'])
    expect(await shownAgenda(who)).toMatchObject({ isDefault: true, mayChange: false });
  expect((await shownAgenda('P15'))?.items).toHaveLength(9);
  expect((await save(agenda)).status).toBe(200);
  expect(await shownAgenda('P15')).toMatchObject({
    ...{ isDefault: false, mayChange: true },
    items: [
      { starts: '10:00', leadWords: 'the owners' },
      { title: 'The new school', asks: 'Agree the site.' },
    ],
  });
  const [line] = await history();
  expect(line?.lines.map((one) => one.what)).toContain('Agenda, “The new school”');
  expect((await save({ kind: 'put-back', change: line?.change ?? '' }, 'nonce-0002')).status).toBe(200);
  expect(await shownAgenda('P15')).toMatchObject({ isDefault: true });
  const held = await get('P15', '/api/v1/meeting/B08');
  expect(meetingResponse.parse(held.body).meeting?.agenda).toBeUndefined();
});

describe.each(['P01', 'P04', 'P10', 'X01', 'stranger'])('%s', (who) => {
  test('changes nothing', async () => {
    expect((await post(who, 'preview', { change: sooner })).status).toBe(403);
    const body = { change: sooner, version: 'any', nonce: 'nonce-0001' };
    expect((await post(who, 'change', body)).status).toBe(403);
    expect((await post(who, 'preview', { change: bound })).status).toBe(403);
    expect((await post(who, 'change', { ...body, change: bound })).status).toBe(403);
    expect((await get(who, address('binding/Actions'))).status).toBe(403);
    expect((await post(who, 'preview', { change: agenda })).status).toBe(403);
    expect((await post(who, 'change', { ...body, change: agenda })).status).toBe(403);
    expect(service.records.operations).toEqual([]);
  });

  test('reads history and binding only as the chair', async () => {
    const expected = who === 'P01' ? 200 : 403;
    for (const part of ['history', 'binding']) expect((await get(who, address(part))).status).toBe(expected);
  });
});

test('how the lists are bound is shown by the contract', async () => {
  const bound = await get('P15', address('binding'));
  expect(settingsBindingResponse.parse(bound.body).isOwn).toBe(true);
});

test.each([
  { change: sooner, more: 1 },
  { change: { ...sooner, more: 1 } },
  { change: { kind: 'policy', values: [{ key: 'undoMinutes', value: 5, more: 1 }] } },
  { change: { kind: 'policy', values: [] } },
  { change: { kind: 'binding', json: '{}' } },
  { change: { ...bound, defaults: {} } },
  { change: { ...agenda, meetingRef: 'B09' } },
  { change: { kind: 'agenda', items: [{ topic: 'lunch', title: 'Lunch', minutes: 30, lead: 'chair' }] } },
  { change: { ...bound, columns: [{ column: 'DueOn', name: 'By', as: 'name' }] } },
  {},
])('a body with what is not known is refused: %j', async (body) => {
  expect((await post('P15', 'preview', body)).status).toBe(400);
});

test('another board than one’s own is refused', async () => {
  expect((await post('P15', 'preview', { change: sooner }, 'another-board')).status).toBe(403);
});
