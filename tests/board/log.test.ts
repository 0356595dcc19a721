// The action and impact log as a whole: the sample's, an old one rebuilt, and personal data found in it.
import { assess } from '../../bot/board/assess';
import { canonicalJson } from '../../bot/board/canonical';
import { applyDiff, diffLogs } from '../../bot/board/diff';
import { compileLog, notRecorded, rebuildLog } from '../../bot/board/log';
import { loggedValues } from '../../bot/board/loggedRows';
import { checkLogTexts } from '../../bot/board/logPrivacy';
import { aDecision, aLoggedRow, anAction, anUpdate, aPerson, aQuietBoard } from '../fixtures/builders';
import { at, compile } from '../fixtures/logs';
import { sampleAt, sampleSnapshot } from '../fixtures/samplePlan';

describe('the log of the sample board', () => {
  const sample = sampleSnapshot();
  const previous = rebuildLog(sample, 'B08', 'for the meeting');
  const log = compileLog({
    snapshot: sample,
    assessment: assess(sample, { at: sampleAt, meetingRef: 'B09' }),
    kind: 'for the meeting',
    meetingRef: 'B09',
    ...(previous ? { previous } : {}),
  });

  test('has every action and risk, the areas in turn, and the same value as JSON', () => {
    expect(log.actions).toHaveLength(45);
    expect(log.risks).toHaveLength(14);
    expect(log.sections.areas.map((one) => one.ref)).toEqual(sample.areas.map((one) => one.ref));
    expect(log.actions.map((one) => one.detail.areaRef).filter((ref, place, all) => ref !== all[place - 1])).toEqual(
      sample.areas.map((one) => one.ref),
    );
    expect(JSON.parse(JSON.stringify(log))).toEqual(log);
  });

  test('says what changed since the log of November, row by row', () => {
    const row = log.actions.find((one) => one.ref === 'AFI5.05');
    expect(row?.detail.then).toEqual({ percent: 70, milestonesDone: 2, milestonesTotal: 3 });
    expect(row?.detail.changed).toEqual(['Percentage: 70, now 40.']);
    expect(log.comparedWith).toEqual({ meetingRef: 'B08', kind: 'for the meeting' });
    expect(log.headline).toMatchObject({ slow: 8, open: 18, total: 45, slowLastTime: notRecorded });
  });

  test('asks the board to decide the date change that waits', () => {
    const row = log.actions.find((one) => one.ref === 'APA2.05');
    expect(row?.detail.ask).toBe('decide');
    expect(row?.asked).toBe(
      'Decide whether the date of APA2.05 moves from Friday 31 January 2025 to Friday 21 February 2025.',
    );
  });

  test('puts seven slow rows on page one, extreme risks first, and counts the rest', () => {
    expect(log.sections.slow.filter((one) => one.onPageOne)).toHaveLength(7);
    expect(log.sections.slowBeyondPageOne).toBe(log.sections.slow.length - 7);
    expect(log.sections.slow.filter((one) => one.kind === 'action')).toHaveLength(8);
    const objectives = log.sections.slow.filter((one) => one.kind === 'measure').map((one) => one.ref);
    expect(objectives).toEqual(['M02', 'M03', 'M04', 'M09']);
  });

  test('prints areas without a voice, and names no volunteer', () => {
    const silent = log.sections.livedExperience.filter((one) => one.voices.length === 0).map((one) => one.ref);
    expect(silent).toEqual(expect.arrayContaining(['APA2', 'AFI1', 'AFI3']));
    const volunteers = sample.people.filter((one) => one.volunteer).map((one) => one.name);
    const text = JSON.stringify(log);
    expect(volunteers.filter((name) => text.includes(name))).toEqual([]);
    expect(checkLogTexts(log).filter((one) => one.level === 'refused')).toEqual([]);
  });

  test('differs from November exactly by its difference', () => {
    expect(canonicalJson(applyDiff(previous, diffLogs(previous, log)))).toBe(canonicalJson(log));
  });

  test('leaves rows from which it is rebuilt, with what no row holds marked as not recorded', () => {
    const rows = loggedValues(log, 'a'.repeat(64), '2025-01-08');
    expect(rows).toHaveLength(1 + 45 + 14);
    const rebuilt = rebuildLog({ ...sample, loggedRows: rows }, 'B09', 'for the meeting');
    const action = log.actions.find((one) => one.ref === 'APA1.04');
    expect(rebuilt?.actions.find((one) => one.ref === 'APA1.04')).toEqual({ ...action, detail: notRecorded });
    expect(rebuilt?.risks).toEqual(log.risks.map((one) => ({ ...one, detail: notRecorded })));
    expect(rebuilt).toMatchObject({ headline: notRecorded, sections: notRecorded, judgedOn: '2025-01-08' });
    const undated = rebuilt?.actions.find((one) => one.ref === 'APA1.01');
    expect(undated?.forecastOn).toBe(notRecorded);
  });
});

describe('an old log', () => {
  test('keeps no date where there was none, and half a score as half', () => {
    const { dueOn: _due, ...undated } = anAction();
    const [, action] = loggedValues(compile({ actions: [undated] }), 'h', '2025-06-18');
    expect(Object.keys(action ?? {})).not.toContain('dueOn');
    const rows = [aLoggedRow({ subjectKind: 'risk', subjectRef: 'R1', impact: 3 })];
    const rebuilt = rebuildLog(aQuietBoard({ loggedRows: rows }), 'M3', 'for the meeting');
    expect(rebuilt?.risks).toEqual([{ ref: 'R1', likelihood: notRecorded, impact: 3, detail: notRecorded }]);
  });

  test('without rows is none; of two freezings the last one counts', () => {
    const rows = [
      aLoggedRow({ logHash: 'second', frozenOn: '2025-05-02', percentComplete: 2 }),
      aLoggedRow({ logHash: 'first', frozenOn: '2025-04-29', percentComplete: 1 }),
      aLoggedRow({ logHash: 'second', frozenOn: '2025-05-02', subjectRef: 'A1.00' }),
      aLoggedRow({ logHash: 'after', kind: 'after the meeting' }),
    ];
    const snapshot = aQuietBoard({ loggedRows: rows });
    expect(rebuildLog(snapshot, 'M1', 'for the meeting')).toBeUndefined();
    const last = rebuildLog(snapshot, 'M3', 'for the meeting');
    expect(last?.actions.map((one) => [one.ref, one.percent])).toEqual([
      ['A1.00', notRecorded],
      ['A1.01', 2],
    ]);
    expect(rebuildLog({ ...snapshot, meetings: [] }, 'M3', 'for the meeting')?.meetingOn).toBe('2025-05-02');
  });

  test('corrected on the day it was frozen is the one added later, in whatever order the rows come', () => {
    const row = (itemId: string, logHash: string, percentComplete: number) =>
      aLoggedRow({ logHash, percentComplete, stamp: { itemId, version: '1' } });
    const rows = [row('9', 'c', 1), row('10', 'a', 2), row('8', 'd', 0)];
    for (const loggedRows of [rows, [...rows].reverse()]) {
      const log = rebuildLog(aQuietBoard({ loggedRows }), 'M3', 'for the meeting');
      expect(log?.actions.map((one) => one.percent)).toEqual([2]);
    }
  });

  test('names the day judged when its meeting is not known', () => {
    const snapshot = aQuietBoard({ meetings: [] });
    const log = compileLog({
      snapshot,
      assessment: assess(snapshot, { at }),
      kind: 'for the meeting',
      meetingRef: 'M9',
    });
    expect([log.meetingOn, log.judgedOn]).toEqual(['2025-06-16', '2025-06-16']);
    expect(log.actions[0]?.detail.effectText).toBeUndefined();
  });
});

test('personal data is found wherever people wrote, by place and kind', () => {
  const number = '943 476 5919';
  const log = compile({
    actions: [anAction({ blocker: { text: `See ${number}`, accepted: false } })],
    people: [aPerson()],
    updates: [anUpdate({ narrative: `We met 2 families at SW1A 1AA, ${number}.` })],
    decisions: [aDecision({ text: `Ask about ${number}.` })],
    coProduction: [{ ref: 'C1', on: '2025-06-02', with: 'Families', actionRefs: [], did: 'Wrote to a@home.example.' }],
  });
  const found = checkLogTexts(log);
  expect(found).toEqual([
    { ref: 'A1.01', field: 'narrative', kind: 'nhs-number', level: 'refused' },
    { ref: 'A1.01', field: 'narrative', kind: 'postcode', level: 'warning' },
    { ref: 'A1.01', field: 'narrative', kind: 'small-count', level: 'warning' },
    { ref: 'A1.01', field: 'blocker', kind: 'nhs-number', level: 'refused' },
    { ref: 'C1', field: 'did', kind: 'email', level: 'warning' },
    { ref: 'D-M3-1', field: 'text', kind: 'nhs-number', level: 'refused' },
  ]);
  expect(JSON.stringify(found)).not.toContain('5919');
});
