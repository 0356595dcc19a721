// Evidence added to an action: what it needs, who may add it, and the row it becomes.
import { decideEvidence, type EvidenceGiven } from '../../bot/board/newEvidence';
import type { BoardSnapshot } from '../../bot/board/model';
import { defaultPolicy } from '../../bot/board/policy';
import { anAction, aQuietBoard, someEvidence } from '../fixtures/builders';

const at = '2025-06-10T09:00:00.000Z';
const good: EvidenceGiven = {
  actionRef: 'A1.01',
  kind: 'family-voice',
  on: '2025-06-09',
  heard: 'Parents say that calls are answered.',
  contrary: false,
};
const add = (over: Partial<EvidenceGiven> = {}, byRef = 'P1', snapshot: BoardSnapshot = aQuietBoard()) =>
  decideEvidence({ snapshot, given: { ...good, ...over }, byRef, at, policy: defaultPolicy });
const issues = (decision: ReturnType<typeof add>) =>
  decision.kind === 'refused' ? decision.issues.map((one) => `${one.field}: ${one.message}`) : [];

test('becomes a row under the next reference, and a row of the history that names it', () => {
  const whole = { did: 'Two more people', difference: 'Answered in a day', link: 'https://forum.example/notes' };
  expect(add({ ...whole, sourceBody: 'Northam ICB' })).toMatchObject({
    row: { ref: 'E10', actionRef: 'A1.01', areaRef: 'A1', sourceBody: 'Northam ICB', summary: good.heard, ...whole },
    update: { subjectRef: 'A1.01', after: { 'evidence.E10': 'family-voice' } },
  });
  expect(add({ contrary: true }, 'P8')).toMatchObject({
    row: { contrary: true, sourceBody: 'Northam Council' },
    update: { byRef: 'P8', forOwnerRef: 'P1', after: { 'evidence.E10': 'family-voice, against' } },
  });
  const { ownerRef: _owner, ...nobodys } = anAction();
  const bare = aQuietBoard({ actions: [nobodys], evidence: [] });
  expect(add({}, 'P8', bare)).toMatchObject({ row: { ref: 'E01' } });
  const otherwise = aQuietBoard({
    evidence: ['Audit 30', 'E4', 'E70 of the audit'].map((ref) => someEvidence({ ref })),
  });
  expect(add({}, 'P1', otherwise)).toMatchObject({ row: { ref: 'E05' } });
});

test.each([
  ['P1', 'accepted'],
  ['P2', 'accepted'],
  ['P8', 'accepted'],
  ['P9', 'refused'],
  ['X1', 'refused'],
  ['P77', 'refused'],
])('is added by the owner, a deputy or the secretary: %s is %s', (byRef, kind) => {
  expect(add({}, byRef).kind).toBe(kind);
});

test.each([
  [{ kind: 'gossip' }, 'kind: Please choose what kind'],
  [{ on: '9 June' }, 'on: Please choose the day'],
  [{ on: '2025-06-11' }, 'on: It cannot be later than today, Tuesday 10 June 2025.'],
  [{ heard: '' }, 'heard: Please write what was heard'],
  [{ heard: 'Short' }, 'heard: Please write at least 10'],
  [{ link: 'http://forum.example' }, 'link: Please give the full address'],
  [{ link: `https://forum.example/${'x'.repeat(500)}` }, 'link: Please give the full address'],
  [{ sourceBody: 'Elsewhere' }, 'sourceBody: Please choose a body'],
  [{ did: 'NHS number 943 476 5919' }, 'did: This seems to hold an NHS number'],
  [{ actionRef: 'A9.09' }, 'ref: There is no action A9.09'],
])('refuses %j', (over, message) => {
  expect(issues(add(over))[0]).toContain(message);
});

test('lets the writer confirm what may tell who a family is', () => {
  expect(add({ heard: 'We heard 3 families say so.' })).toMatchObject({ warnings: [{ field: 'heard' }] });
});
