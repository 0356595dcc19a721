// The same moment, the same figures: log JSON, the chair's first screen and the Word document count alike.
import { assess } from '../../bot/board/assess';
import { canonicalJson } from '../../bot/board/canonical';
import { compileLog } from '../../bot/board/log';
import { renderLogDocument } from '../../bot/papers/logDocument';
import { documentTexts } from '../../bot/papers/readPapers';
import { createViewBoard } from '../../bot/services/viewBoard';
import { createMemoryLedger } from '../fixtures/memoryDelivery';
import { createFixedClock, createMemoryLibrary, createMemoryRecords } from '../fixtures/memoryPorts';
import { sampleFacts } from '../fixtures/sampleLog';
import { sampleAt, sampleSnapshot } from '../fixtures/samplePlan';

const snapshot = sampleSnapshot();
const assessment = assess(snapshot, { at: sampleAt, meetingRef: 'B09' });
const log = compileLog({ snapshot, assessment, kind: 'for the meeting', meetingRef: 'B09' });
const json = canonicalJson(log);
const slowRefs = log.sections.slow.flatMap((one) => (one.kind === 'action' ? [one.ref] : []));

async function firstScreen() {
  const records = createMemoryRecords({ [snapshot.facts.id]: snapshot });
  const views = createViewBoard({
    records,
    ledger: createMemoryLedger(),
    library: createMemoryLibrary(),
    clock: createFixedClock(sampleAt),
  });
  const chair = snapshot.people.find((one) => one.boardRole === 'chair')?.entraObjectId ?? 'none';
  return views.board({ entraObjectId: chair });
}

async function headlinePage(): Promise<readonly string[]> {
  const texts = documentTexts(await renderLogDocument(log, sampleFacts)) ?? [];
  const from = texts.indexOf('Headlines');
  return texts.slice(from, texts.indexOf('Back on track', from));
}

/** The texts between one heading of the page of headlines and the next. */
async function under(heading: string, next: string): Promise<readonly string[]> {
  const page = await headlinePage();
  const from = page.indexOf(heading);
  const to = page.indexOf(next);
  return page.slice(from + 1, to < 0 ? undefined : to);
}

describe('for the same moment', () => {
  test('the slow actions are counted alike in judgement, JSON, first screen and document', async () => {
    const { slow } = await firstScreen();
    expect(JSON.parse(json)).toMatchObject({ headline: { slow: slow.total, open: slow.open } });
    expect(slowRefs).toHaveLength(slow.total);
    expect((await headlinePage())[1]).toMatch(new RegExp(`^${slow.total} of ${slow.open} open actions are slow`));
  });

  test('the first screen and page one name the same slow actions in the same order', async () => {
    const { slow } = await firstScreen();
    const bullets = await under('Slow to progress', 'Whose contribution to strengthen');
    const named = bullets.map((one) => one.split(' ')[0]).filter((one) => slowRefs.includes(one ?? ''));
    expect(named).toEqual(slow.rows.map((one) => one.ref).slice(0, named.length));
    expect(named).toHaveLength(Math.min(7, slow.total));
  });

  test('page one has a line for each contribution to strengthen in the JSON', async () => {
    const bullets = await under('Whose contribution to strengthen', 'What the board must decide');
    expect(bullets.map((one) => one.split(':')[0])).toEqual(log.sections.contributions.rows.map((one) => one.name));
  });

  test('the date changes that wait are the same in JSON, first screen and document', async () => {
    const waiting = log.sections.dateChanges.filter((one) => one.decision === 'pending').map((one) => one.actionRef);
    const { needs } = await firstScreen();
    const bullets = await under('What the board must decide', 'none');
    expect(bullets.filter((one) => one.includes(': move the date')).map((one) => one.split(':')[0])).toEqual(waiting);
    expect(needs.filter((one) => one.kind === 'date-change')).toHaveLength(waiting.length);
    expect(log.headline.text).toContain(`${waiting.length} request to move a date waits`);
  });
});
