import { assess } from '../../bot/board/assess';
import type { BoardSnapshot } from '../../bot/board/model';
import { viewerOf } from '../../bot/services/access';
import { createSearch, type Search } from '../../bot/services/search';
import { createContext, type ViewContext } from '../../bot/services/viewContext';
import { aDecision, anAction, aPerson } from '../fixtures/builders';
import { createMemoryLibrary } from '../fixtures/memoryPorts';
import { aReleasingBoard, releasingBoardId } from '../fixtures/releasing';
import { sampleSnapshot } from '../fixtures/samplePlan';

const at = '2025-01-06T09:00:00.000Z';
const sample = sampleSnapshot();

function contextFor(personRef: string, snapshot: BoardSnapshot = sample, boardId = 'send', asOf = at): ViewContext {
  const assessment = assess(snapshot, { at: asOf });
  const person = snapshot.people.find((one) => one.ref === personRef);
  if (!person) throw new Error(`no ${personRef} on the board`);
  const viewer = viewerOf(person, assessment.policy);
  return createContext({ boardId, snapshot, assessment, viewer, readAt: snapshot.readAt });
}

const search = createSearch({ library: createMemoryLibrary() });
const chair = contextFor('P01');
const refs = async (query: string, context = chair, by: Search = search): Promise<readonly string[]> =>
  (await by.find(context, query)).found.map((one) => one.ref);

describe('a reference', () => {
  test.each([
    ['APA1.04', 'APA1.04'],
    ['apa14', 'APA1.04'],
    ['apa104', 'APA1.04'],
    ['APA1-4', 'APA1.04'],
    ['apa 1.4', 'APA1.04'],
    ['  Apa1.04  ', 'APA1.04'],
    ['apb1.04', 'APA1.04'],
    ['r3', 'R03'],
    ['R 03', 'R03'],
    ['m1', 'M01'],
    ['APA1.04 locality', 'APA1.04'],
  ])('typed %j is found first', async (typed, ref) => {
    expect((await refs(typed))[0]).toBe(ref);
  });

  test('begun finds all of its area, before what speaks of it', async () => {
    const inArea = sample.actions.filter((one) => one.areaRef === 'APA2').map((one) => one.ref);
    expect([...(await refs('APA2'))].slice(0, inArea.length).sort()).toEqual([...inArea].sort());
  });

  test('without its letters finds those of every area', async () => {
    expect(await refs('1.04')).toEqual(expect.arrayContaining(['APA1.04', 'AFI1.04']));
  });

  test('with a slip in its number is no other reference', async () => {
    expect(await refs('APA1.99')).toEqual([]);
  });
});

describe('words', () => {
  test.each([
    ['locality profiles', 'APA1.04'],
    ['locality profils', 'APA1.04'],
    ['local prof', 'APA1.04'],
    ['profiles locality', 'APA1.04'],
  ])('%j find what is titled so', async (typed, ref) => {
    expect((await refs(typed))[0]).toBe(ref);
  });

  test.each([['Freya Langmoor'], ['langmoor'], ['Langmor'], ['freya lang']])(
    '%j finds what she owns',
    async (typed) => {
      const { found } = await search.find(chair, typed);
      expect(found.length).toBeGreaterThan(0);
      expect([...new Set(found.map((one) => one.owner))]).toEqual(['Freya Langmoor']);
    },
  );

  test.each([
    ['off track', 'Off track'],
    ['OFF-TRACK', 'Off track'],
    ['at risk', 'At risk'],
    ['extreme', 'Extreme'],
  ])('%j finds what stands so and nothing else', async (typed, word) => {
    const { found } = await search.find(chair, typed);
    expect(found.length).toBeGreaterThan(0);
    expect([...new Set(found.map((one) => one.status?.word))]).toEqual([word]);
  });

  test('of several kinds of fact must all fit', async () => {
    const { found } = await search.find(chair, 'langmoor off track');
    expect(found.map((one) => [one.owner, one.status?.word])).toEqual(found.map(() => ['Freya Langmoor', 'Off track']));
    expect(found.length).toBeGreaterThan(0);
  });

  test('find risks, measures and decisions too', async () => {
    const [risk, measure, decision] = [sample.risks[0], sample.measures[0], sample.decisions[0]];
    expect((await refs(risk?.title ?? ''))[0]).toBe(risk?.ref);
    expect((await refs(measure?.name ?? ''))[0]).toBe(measure?.ref);
    expect((await refs(decision?.text ?? ''))[0]).toBe(decision?.ref);
  });

  test('that fit nothing find nothing', async () => {
    expect(await search.find(chair, 'zzyzx quux')).toMatchObject({ found: [], total: 0 });
  });

  test.each(['', ' ', '"', '*', '((', 'a', '\u0000', '\ud800', '😀', '__proto__', 'constructor', '-'.repeat(200)])(
    '%j is a search like another',
    async (typed) => {
      expect((await search.find(chair, typed)).total).toBeGreaterThanOrEqual(0);
    },
  );
});

test('a volunteer is found as their body, never by name', async () => {
  const volunteer = aPerson({ ref: 'P50', name: 'Quentin Quill', body: 'Parent carer forum', volunteer: true });
  const snapshot = {
    ...sample,
    people: [...sample.people, volunteer],
    actions: [...sample.actions, anAction({ ref: 'APA1.90', areaRef: 'APA1', title: 'Tea and talk', ownerRef: 'P50' })],
  };
  const context = contextFor('P01', snapshot, 'forum');
  expect(await refs('Quentin Quill', context)).toEqual([]);
  expect((await search.find(context, 'tea and talk')).found[0]?.owner).toBe('Parent carer forum');
});

test('what changed, came and went is found as it is now', async () => {
  const own = createSearch({ library: createMemoryLibrary() });
  expect(await refs('locality profiles', chair, own)).toContain('APA1.04');
  const snapshot = {
    ...sample,
    actions: sample.actions
      .map((one) => (one.ref === 'APA1.04' ? { ...one, title: 'Maps of need' } : one))
      .slice(0, -1),
    decisions: [...sample.decisions, aDecision({ ref: 'D99', text: 'Hire a marquee', meetingRef: 'B08' })],
  };
  const context = contextFor('P01', snapshot);
  expect(await refs('maps of need', context, own)).toEqual(['APA1.04']);
  expect(await refs('marquee', context, own)).toEqual(['D99']);
  const gone = sample.actions.at(-1)?.ref ?? '';
  expect(await refs(gone, context, own)).not.toContain(gone);
  expect(await refs(gone, chair, own)).toContain(gone);
});

describe('one’s own', () => {
  test('comes worst first, each once', async () => {
    const { found, total } = await search.own(contextFor('P10'));
    const owned = found.map((one) => `${one.kind} ${one.ref}`);
    expect(owned).toContain('action APA1.04');
    expect(new Set(owned).size).toBe(total);
  });

  test('is what is slow for who owns nothing', async () => {
    const { found } = await search.own(contextFor('P02'));
    const judged = new Map(chair.assessment.actions.map((one) => [one.ref, one.slow]));
    expect(found.length).toBeGreaterThan(0);
    expect(found.every((one) => judged.get(one.ref) === true)).toBe(
      sample.actions.every((one) => one.ownerRef !== 'P02'),
    );
  });
});

describe('an adviser', () => {
  const adviser = aPerson({ ref: 'X09', name: 'Ada Viser', boardRole: 'dfe-send-adviser', deputyRefs: [] });
  const onBoard = (snapshot: BoardSnapshot): BoardSnapshot => ({ ...snapshot, people: [...snapshot.people, adviser] });

  test('finds nothing while nothing was released', async () => {
    const snapshot = onBoard({ ...sample, loggedRows: [] });
    expect(await search.find(contextFor('X09', snapshot), 'APA1.04')).toMatchObject({
      found: [],
      asOf: 'No log has been released yet.',
    });
  });

  test('finds what the last released log says, not what changed since', async () => {
    const board = aReleasingBoard();
    const { shortCode } = await board.compileLog.freeze({
      boardId: releasingBoardId,
      meetingRef: 'M4',
      kind: 'for the meeting',
    });
    board.records.editInSharePoint(releasingBoardId, 'action', 'A1.01', { title: 'A secret new title' });
    const snapshot = onBoard(await board.records.refresh(releasingBoardId));
    const own = createSearch({ library: board.library });
    const context = contextFor('X09', snapshot, releasingBoardId, '2025-06-18T07:00:00.000Z');
    expect((await own.find(context, 'secret')).found).toEqual([]);
    const { found, asOf, released } = await own.find(context, 'a1.1');
    expect(found[0]?.ref).toBe('A1.01');
    expect(released).toBe(true);
    expect(asOf).toContain(shortCode);
    expect(found[0]?.title).toBe(anAction().title);
  });
});

test('2,000 actions answer within half a second, the first search included', async () => {
  const many = Array.from({ length: 2_000 }, (_, at) => {
    const like = sample.actions[at % sample.actions.length];
    return anAction({ ...like, ref: `APA${(at % 7) + 1}.${String(at + 100)}`, title: `${like?.title ?? ''} ${at}` });
  });
  const context = contextFor('P01', { ...sample, actions: [...sample.actions, ...many] }, 'large');
  const own = createSearch({ library: createMemoryLibrary() });
  const startedAt = process.cpuUsage();
  for (const typed of ['locality profils', 'apa14', 'langmor off track', 'children families waiting']) {
    expect((await own.find(context, typed)).total).toBeGreaterThan(0);
  }
  const { user, system } = process.cpuUsage(startedAt);
  expect((user + system) / 1000).toBeLessThan(2_000);
});
