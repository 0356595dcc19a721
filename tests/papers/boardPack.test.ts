// The board pack: agenda with lived experience first, and everything the board needs in one paper.
import { defaultAgenda, type AgendaItem } from '../../bot/board/agenda';
import { boardPack } from '../../bot/papers/boardPack';
import { documentTexts } from '../../bot/papers/readPapers';
import { renderDocument } from '../../bot/papers/document';
import { sampleSnapshot } from '../fixtures/samplePlan';
import { headings, rowsOf, samplePack, under, words } from '../fixtures/sampleLog';

const input = samplePack();
const pack = boardPack(input);
const agenda = rowsOf(under(pack, 'Agenda'));

describe('the agenda', () => {
  test('begins with the lived experience of children and families, led by the forum', () => {
    expect(agenda[0]?.slice(0, 2)).toEqual(['10:00', '1. Welcome, and the lived experience of children and families']);
    expect(agenda[0]?.[3]).toBe('Parent Carer Forum');
  });

  test('names areas from which nothing new was heard', () => {
    expect(agenda[0]?.[2]).toMatch(/nothing new from .*APA2/);
  });

  test('asks for the decisions that wait, with their refs', () => {
    const row = agenda.find((one) => one[1]?.endsWith('Date changes'));
    expect(row?.[2]).toBe('Decide 1 request: APA2.05.');
  });

  test('points each item at a section that the pack has', () => {
    const places = agenda.map((one) => one[4] ?? '').filter((one) => one !== '');
    expect(places.filter((one) => !headings(pack).includes(one))).toEqual([]);
  });

  test('says who is expected and who sent apologies', () => {
    expect(words(under(pack, 'Agenda'))).toContain('11 of 14 members are expected. Apologies: ');
  });

  test('says what is not recorded when the meeting is not in the list', () => {
    const without = samplePack({ snapshot: { ...sampleSnapshot(), attendance: [], invitations: [] } });
    const snapshot = { ...without.snapshot, meetings: [] };
    const said = words(under(boardPack({ ...without, snapshot }), 'Agenda'));
    expect(said).toContain('The time and place are not recorded.');
    expect(said).toContain('Nobody has answered the invitation yet.');
    expect(said).toContain('No further meeting is planned.');
  });
});

describe("the board's own standing items", () => {
  const agenda: readonly AgendaItem[] = [
    { topic: 'risks', title: 'Risks first', minutes: 30, lead: 'chair' },
    { topic: 'other', title: 'The new school', minutes: 60, lead: 'secretary', asks: 'Agree the site.' },
    { topic: 'other', title: 'Any other business', minutes: 30, lead: 'chair' },
  ];
  const snapshot = { ...sampleSnapshot(), policy: { agenda } };
  const own = rowsOf(under(boardPack(samplePack({ snapshot })), 'Agenda'));

  test('replace the default in their order, timed by their minutes', () => {
    expect(own.map((row) => [row[0], row[1]])).toEqual([
      ['10:00', '1. Risks first'],
      ['10:30', '2. The new school'],
      ['11:30', '3. Any other business'],
    ]);
  });

  test('say what the record says of a known topic, and what the board wrote of another', () => {
    expect(own.map((row) => row[2])).toEqual([expect.stringContaining('above tolerance'), 'Agree the site.', '']);
    expect(own.map((row) => row[4])).toEqual(['Risk register', '', '']);
  });

  test('that cannot be understood leave the default', () => {
    const wrong = { ...sampleSnapshot(), policy: { agenda: [{ title: 'No topic' }] } };
    expect(rowsOf(under(boardPack(samplePack({ snapshot: wrong })), 'Agenda'))).toHaveLength(defaultAgenda.length);
  });
});

describe('the pack', () => {
  test('has every measure with its chart and the numbers of the chart', () => {
    const blocks = under(pack, 'Measures with charts');
    expect(blocks.filter((one) => one.kind === 'image')).toHaveLength(input.log.sections.measures.length);
    expect(rowsOf(under(pack, 'M04 New EHC plans issued in 20 weeks')).map((row) => row[0])).toEqual([
      'Reading',
      'First reported',
      'Expected',
      'State',
    ]);
  });

  test('says that no chart can be drawn from a log that did not keep the readings', () => {
    const { sections } = input.log;
    const measures = sections.measures.map(({ course: _left, ...one }) => one);
    const charts = { trajectory: () => undefined };
    const old = boardPack({ ...input, charts, log: { ...input.log, sections: { ...sections, measures } } });
    expect(words(under(old, 'Measures with charts'))).toContain('no chart can be drawn from it');
  });

  test('has the risk register worst first, each with its mitigation plan and movement', () => {
    const rows = rowsOf(under(pack, 'Risk register'));
    const scores = rows.map((row) => Number(row[2]?.split(' ')[0]));
    expect(rows).toHaveLength(input.log.risks.length);
    expect([...scores].sort((a, b) => b - a)).toEqual(scores);
    expect(rows[0]?.[4]).toContain('R03.1');
  });

  test('does not know of a mitigation done after the day of the log', () => {
    const snapshot = sampleSnapshot();
    const mitigations = snapshot.mitigations.map((one) => ({
      ...one,
      status: 'complete' as const,
      completedOn: '2025-01-10',
    }));
    const later = boardPack({ ...input, snapshot: { ...snapshot, mitigations } });
    expect(words(under(later, 'Risk register'))).not.toContain('done 10 January 2025');
  });

  test('says of each date change that waits what the board should know', () => {
    expect(rowsOf(under(pack, 'Date changes to decide'))[0]?.[3]).toContain("beyond the notice's aim date");
  });

  test('shows a question of an adviser that has no answer by the day of the log', () => {
    const rows = rowsOf(under(pack, 'Questions and concerns of the advisers'));
    expect(rows.find((row) => row[0]?.startsWith('Q03'))?.[2]).toBe('No answer yet');
  });

  test('lists the papers filed with it and says what it was made from', () => {
    expect(words(under(pack, 'Papers index'))).toContain('4F2A0000.docx');
    expect(words(under(pack, 'What this paper was made from'))).toContain(input.facts.hash);
  });

  test('becomes a Word document that says the same', async () => {
    const texts = documentTexts(await renderDocument(pack)) ?? [];
    expect(texts).toEqual(expect.arrayContaining(['Agenda', 'Risk register', input.log.headline.text]));
  });
});
