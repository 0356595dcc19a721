// What each view says about the sample board, and to whom.
import { createViewBoard, type ViewBoard } from '../../bot/services/viewBoard';
import type { BoardSnapshot } from '../../bot/board/model';
import { UpstreamError } from '../../bot/errors';
import { someEvidence } from '../fixtures/builders';
import { createMemoryLedger } from '../fixtures/memoryDelivery';
import { createFixedClock, createMemoryLibrary, createMemoryRecords } from '../fixtures/memoryPorts';
import { sampleSnapshot } from '../fixtures/samplePlan';

const id = 'hertland-send';
const sample = sampleSnapshot();

function viewing(change: (snapshot: BoardSnapshot) => BoardSnapshot = (one) => one, at = '2025-01-06T17:30:00.000Z') {
  const records = createMemoryRecords({ [id]: change(sample) });
  const library = createMemoryLibrary();
  const clock = createFixedClock(at);
  return { records, library, clock, views: createViewBoard({ records, ledger: createMemoryLedger(), library, clock }) };
}

const oid = (ref: string) => sample.people.find((one) => one.ref === ref)?.entraObjectId ?? 'none';
const as = (ref: string) => ({ entraObjectId: oid(ref) });

describe('the first screen', () => {
  const first = (ref: string, at?: string) => viewing(undefined, at).views.board(as(ref));

  test('begins with a sentence that counts the slow actions', async () => {
    const { state, slow } = await first('P01');
    expect(state.text).toMatch(/^8 of 18 open actions are slow/);
    expect([slow.rows.length, slow.total, slow.open]).toEqual([7, 8, 18]);
  });

  test('tells the chair which body has not answered, by count', async () => {
    const [chair, member] = await Promise.all([first('P01'), first('P04')]);
    expect(chair.state.text).toContain('No answer yet from Hertland ICB for 3 of 8 asked.');
    expect(member.state.text).not.toContain('No answer yet');
  });

  test('gives the deadlines in words with their distance', async () => {
    const { next } = await first('P01', '2025-01-06T09:00:00.000Z');
    expect(next?.deadlines.map((one) => [one.label, one.words, one.state])).toEqual([
      ['Update request', 'Friday 20 December 2024 (8 working days ago)', 'passed'],
      ['Owners’ deadline', 'Monday 6 January 2025, 5 pm (today)', 'today'],
      ['Papers deadline', 'Wednesday 8 January 2025, 4 pm (in 2 working days)', 'coming'],
      ['Meeting', 'Wednesday 15 January 2025, 10 am (in 7 working days)', 'coming'],
      ['Minutes due', 'Wednesday 22 January 2025 (in 12 working days)', 'coming'],
    ]);
  });

  test.each([
    ['2025-01-06T16:59:59.000Z', 'today'],
    ['2025-01-06T17:00:00.000Z', 'passed'],
  ])('counts the owners’ deadline at %s as %s', async (at, state) => {
    const { next } = await first('P01', at);
    expect(next?.deadlines[1]?.state).toBe(state);
  });

  test('puts before the chair what the chair must decide or put right', async () => {
    const { needs } = await first('P01');
    expect(needs.map((one) => one.kind)).toEqual(['date-change', 'adviser', 'risk', 'disagreement']);
    expect(needs[0]?.text).toContain('Friday 31 January 2025 to Friday 21 February 2025');
    expect(needs[0]?.text).toContain('after the notice’s aim date, Friday 31 January 2025');
    expect(needs[1]?.text).toContain('Remy Hadlowe');
  });

  test('puts before an owner their own answers alone', async () => {
    const { needs } = await first('P10', '2025-01-06T09:00:00.000Z');
    expect(needs).toEqual([
      {
        key: 'answer-action-APA1.04',
        kind: 'answer',
        title: 'APA1.04 Locality profiles',
        text: 'No answer yet. Due by Monday 6 January 2025, 5 pm.',
        to: '/tab/actions/APA1.04',
      },
    ]);
  });

  test('tells a deputy for whom they would answer, and that late is still welcome', async () => {
    const { needs } = await first('P17');
    const text = needs.find((one) => one.key === 'answer-action-APA1.04')?.text;
    expect(text).toContain('you are deputy for Freya Langmoor');
    expect(text).toContain('still welcome');
  });

  test('sorts what changed into better and worse, one row a subject', async () => {
    const { changed } = await first('P01');
    const refs = changed.rows.map((one) => one.ref);
    expect(changed.sinceWords).toBe('Since the meeting on Wednesday 27 November 2024');
    expect(new Set(refs).size).toBe(refs.length);
    expect(changed.rows.find((one) => one.ref === 'R03')).toMatchObject({
      text: 'Risk score up from 16 to 20.',
      direction: 'worse',
      to: '/tab/risks#R03',
    });
    expect(changed.rows.find((one) => one.ref === 'AFI1.03')).toMatchObject({ direction: 'better' });
  });

  test('gives the first of many changes and counts the rest', async () => {
    const evidence = Array.from({ length: 70 }, (_, index) =>
      someEvidence({ ref: `N${index}`, actionRef: `Z${index + 10}`, on: '2025-01-03', contrary: false }),
    );
    const few = await viewing((board) => ({ ...board, evidence: [] })).views.board(as('P01'));
    const many = await viewing((board) => ({ ...board, evidence })).views.board(as('P01'));
    const better = (rows: typeof few.changed.rows) => rows.filter((row) => row.direction === 'better').length;
    expect(few.changed.more).toEqual({ worse: 0, better: 0, neutral: 0 });
    expect(better(many.changed.rows)).toBe(60);
    expect(many.changed.more).toEqual({ worse: 0, better: better(few.changed.rows) + 10, neutral: 0 });
  });

  test('shows the first warnings of clause 14 and counts them all', async () => {
    const { warnings } = await first('P01');
    expect(warnings.rows.length).toBe(Math.min(5, warnings.total));
    expect(warnings.total).toBeGreaterThan(0);
  });

  test('has a row for each area whose counts add up to its actions', async () => {
    const { areas } = await first('P01');
    const sum = (counts: Readonly<Record<string, number>>) => Object.values(counts).reduce((a, b) => a + b, 0);
    expect(areas).toHaveLength(7);
    expect(areas.map((one) => [sum(one.computed), sum(one.claimed), sum(one.effect)])).toEqual(
      areas.map((one) => [one.actions, one.actions, one.actions]),
    );
  });

  test('never names a volunteer to others, and does to themselves', async () => {
    const volunteers = sample.people.filter((one) => one.volunteer);
    const everything = JSON.stringify([
      await first('P01'),
      await viewing().views.actions(as('P01')),
      await viewing().views.risks(as('P01')),
    ]);
    expect(volunteers.filter((one) => everything.includes(one.name))).toEqual([]);
    expect(volunteers.length).toBeGreaterThan(0);
  });

  test('says what an empty board lacks instead of failing', async () => {
    const empty = viewing((one) => ({
      ...one,
      ...{ actions: [], milestones: [], risks: [], mitigations: [], measures: [], readings: [], areas: [] },
      ...{ meetings: [], requests: [], updates: [], loggedRows: [], evidence: [], dateChanges: [], invitations: [] },
    }));
    const shown = await empty.views.board(as('P01'));
    expect([shown.next, shown.areas, shown.slow.total]).toEqual([undefined, [], 0]);
    expect(shown.changed).toEqual({
      sinceWords: 'Since the plan began',
      rows: [],
      more: { worse: 0, better: 0, neutral: 0 },
      none: 'Nothing was recorded as changed since then.',
    });
  });
});

describe('one action', () => {
  const action = (ref: string, person = 'P01') => viewing().views.action(as(person), ref);

  test('has its dates, milestones, changes of date and words', async () => {
    const shown = await action('APA1.04');
    expect(shown.dates).toMatchObject({
      dueOn: '2024-11-29',
      originalDueOn: '2024-09-30',
      forecastOn: '2025-02-28',
      lateWords: '23 working days late',
    });
    expect(shown.milestones.map((one) => [one.title, one.lateWords])).toEqual([
      ['Template tested in two localities', '9 working days late'],
      ['All six published', '23 working days late'],
    ]);
    expect(shown.dateChanges[0]).toMatchObject({
      what: 'Milestone: All six published',
      decisionWords: 'Approved on Wednesday 4 September 2024 by Avery Linwood',
    });
    expect(shown.updates[0]?.narrative).toMatch(/^Four of six done/);
    expect(shown.blocker).toMatchObject({ waitingOnBody: 'Hertland ICB', accepted: true });
  });

  test('says what the linked measure shows and with which risk it stands', async () => {
    const shown = await action('APA1.04');
    expect(shown.measures).toEqual([
      { ref: 'M03', name: expect.any(String), text: 'Behind: 24 weeks in November 2024, 16.67 weeks expected.' },
    ]);
    expect(shown.risks.map((one) => one.ref)).toEqual(['R01']);
  });

  test('offers the form to those who may answer', async () => {
    const shown = await Promise.all(['P10', 'P17', 'P15', 'P01', 'P08'].map((ref) => action('APA1.04', ref)));
    expect(shown.map((one) => one.answering !== undefined)).toEqual([true, true, true, false, false]);
    expect(shown[0]?.answering?.version).toEqual(expect.any(String));
  });

  test('shows no link that is not https', async () => {
    const evidence = sample.evidence.slice(0, 2).map((one, index) => ({
      ...one,
      actionRef: 'APA1.04',
      link: ['javascript:alert(1)', 'https://hertland.example/audit'][index] ?? '',
    }));
    const shown = await viewing((one) => ({ ...one, evidence })).views.action(as('P01'), 'APA1.04');
    expect(shown.evidence.map((one) => one.link).sort()).toEqual(['https://hertland.example/audit', undefined]);
  });

  test('does not exist under another reference', async () => {
    await expect(action('APA1.99')).rejects.toMatchObject({ kind: 'notFound', ref: 'APA1.99' });
  });
});

describe('risks', () => {
  test('stand highest first, each as one sentence', async () => {
    const { rows, tolerance } = await viewing().views.risks(as('P04'));
    const scores = rows.map((one) => one.score);
    expect(tolerance).toBe(12);
    expect(scores).toEqual([...scores].sort((a, b) => b - a));
    expect(rows.find((one) => one.ref === 'R01')?.sentence).toBe(
      'If separate provider systems and no agreed extract, then monthly feeds miss the refresh date, so that board decisions rest on a partial picture.',
    );
  });
});

describe('logs', () => {
  test('are listed newest first with the code a chair can read out', async () => {
    const { logs } = await viewing().views.log(as('P01'));
    expect(logs[0]).toMatchObject({ meetingRef: 'B08', kind: 'for the meeting', actions: 45 });
    expect(logs[0]?.shortCode).toMatch(/^B08-before, [0-9A-F]{4}$/);
  });

  test('stay readable when the library does not answer', async () => {
    const { views, library } = viewing();
    library.list = () => Promise.reject(new UpstreamError('Graph', 'down'));
    const shown = await views.log(as('P01'));
    expect(shown.logs.length).toBeGreaterThan(0);
    expect([shown.papers, shown.unread]).toEqual([[], expect.stringContaining('SharePoint did not answer')]);
  });
});

describe('reading again', () => {
  test.each([
    ['no-answer', /has not answered/],
    ['throttled', /asked us to wait/],
    ['waiting', /waits for its turn/],
  ] as const)('shows what there was, since when and why, on %s', async (stale, words) => {
    const { views, records } = viewing();
    records.freshness = () => ({ readAt: '2025-01-06T08:12:00.000Z', stale });
    const { asOf } = await views.board(as('P01'));
    expect(asOf.stale).toMatch(words);
    expect(asOf.readAtWords).toBe('Monday 6 January 2025, 08:12');
  });

  test('does not hide an error that is ours', async () => {
    const { views, records } = viewing();
    records.snapshot = () => Promise.reject(new TypeError('a mistake'));
    await expect(views.board({ ...as('P01'), fresh: true })).rejects.toThrow(TypeError);
  });
});

describe('who reads', () => {
  const secondBoard = (): ViewBoard => {
    const other: BoardSnapshot = {
      ...sample,
      facts: { ...sample.facts, name: 'Second board' },
      people: sample.people.filter((one) => one.ref !== 'P01'),
    };
    const records = createMemoryRecords({ other, [id]: sample });
    return createViewBoard({
      records,
      ledger: createMemoryLedger(),
      library: createMemoryLibrary(),
      clock: createFixedClock(sample.readAt),
    });
  };

  test('sees the first of their boards unless another is asked for', async () => {
    const chair = await secondBoard().me(as('P01'));
    const secretary = await secondBoard().me(as('P15'));
    expect([chair.boardId, chair.boards.length]).toEqual([id, 1]);
    expect([secretary.boardId, secretary.boards.length]).toEqual(['other', 2]);
    expect((await secondBoard().me({ ...as('P15'), boardId: id })).boardId).toBe(id);
  });

  test('is refused a board they do not belong to', async () => {
    await expect(secondBoard().board({ ...as('P01'), boardId: 'other' })).rejects.toMatchObject({
      kind: 'notAuthorised',
      reason: 'notAllowed',
    });
  });

  test('is known by the id of Entra in either case, never by an address', async () => {
    const shown = await viewing().views.me({ entraObjectId: oid('P01').toUpperCase() });
    expect(shown.name).toBe('Avery Linwood');
    await expect(viewing().views.me({ entraObjectId: 'avery.linwood@chair.hertland.example' })).rejects.toMatchObject({
      kind: 'notAuthorised',
    });
  });
});

test('the history names people: who handed over to whom, whom an item was left to, who deputises', async () => {
  const base = {
    subjectKind: 'action',
    subjectRef: 'APA1.04',
    byRef: 'P15',
    route: 'chat card',
    noChange: false,
  } as const;
  const rows = [
    { after: { ownerRef: 'P17' }, before: { ownerRef: 'P10' } },
    { after: { 'deputy.B09': 'P11' }, before: { 'deputy.B09': null } },
    { after: { 'deputy.B09': null }, before: { 'deputy.B09': 'P11' } },
    { after: { 'deputy.B09': null }, before: {} },
    { after: { deputyRefs: null }, before: { deputyRefs: 'P11; P17' } },
  ].map((one, index) => ({ ...base, ...one, key: `H${index}`, at: `2025-01-06T0${index + 1}:00:00.000Z` }));
  const { views } = viewing((one) => ({ ...one, updates: rows }));
  const { updates } = await views.action(as('P01'), 'APA1.04');
  const name = (ref: string) => sample.people.find((one) => one.ref === ref)?.name ?? ref;
  expect(updates.map((one) => one.changes).reverse()).toEqual([
    [`Handed over from ${name('P10')} to ${name('P17')} on Monday 6 January 2025.`],
    [`Left to ${name('P11')} to answer for B09`],
    [`No longer left to ${name('P11')} to answer for B09`],
    ['No longer left to a colleague to answer for B09'],
    [`Deputies: ${name('P11')}, ${name('P17')} to empty`],
  ]);
});
