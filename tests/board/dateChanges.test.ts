// Moving a due date: who may ask and decide, which dates can be, what a decision changes; who answers an item this cycle.
import {
  datesToDecide,
  decidersOf,
  decidesDate,
  decideDateAsk,
  decideDateChange,
  mayDecideDates,
  type DateAsk,
} from '../../bot/board/dateChanges';
import type { BoardSnapshot } from '../../bot/board/model';
import { defaultPolicy } from '../../bot/board/policy';
import { aDateChange, aMilestone, anAction, aQuietBoard, aPerson, someFacts } from '../fixtures/builders';

const at = '2025-06-10T09:00:00.000Z';
const today = '2025-06-10';
const policy = { ...defaultPolicy, quietDays: [] };
const good: DateAsk = { subjectRef: 'A1.01', toOn: '2025-10-31', reason: 'The supplier delivers in October.' };
const stamp = { itemId: '1', version: 'v1' };
const board = (over: Partial<BoardSnapshot> = {}): BoardSnapshot =>
  aQuietBoard({ actions: [anAction({ stamp })], milestones: [aMilestone({ stamp })], ...over });
const ask = (snapshot: BoardSnapshot, over: Partial<DateAsk> = {}, byRef = 'P1') =>
  decideDateAsk({ snapshot, ask: { ...good, ...over }, byRef, at, policy });
const messages = (decision: { readonly kind: string; readonly issues?: readonly { readonly message: string }[] }) =>
  decision.issues?.map((one) => one.message) ?? [decision.kind];

describe('asking for a new date', () => {
  test('makes a request with its reason under the next free reference', () => {
    const known = [aDateChange({ ref: 'A1.01-DC1' })];
    const decision = ask(board({ dateChanges: known, facts: someFacts({ actionsAimOn: '2025-09-30' }) }));
    expect(decision).toMatchObject({
      kind: 'accepted',
      row: {
        ...{ ref: 'A1.01-DC2', subjectRef: 'A1.01', actionRef: 'A1.01', fromOn: '2025-09-30', toOn: '2025-10-31' },
        ...{ requestedByRef: 'P1', requestedOn: '2025-06-10', decision: 'pending', beyondNoticeAim: true },
      },
    });
    expect(ask(board(), { subjectRef: 'A1.01-1' })).toMatchObject({
      row: { subjectRef: 'A1.01-1', actionRef: 'A1.01', beyondNoticeAim: false },
    });
  });

  test.each([
    ['P1', 'accepted'],
    ['P2', 'accepted'],
    ['P8', 'accepted'],
    ['P9', 'refused'],
    ['X1', 'refused'],
    ['P77', 'refused'],
  ])('is for the owner, their deputy and the secretary: %s is %s', (byRef, kind) => {
    expect(ask(board(), {}, byRef).kind).toBe(kind);
  });

  test.each([
    ['not a date', '2025-02-30', 'Please choose the new date.'],
    ['the date it has', '2025-09-30', 'Tuesday 30 September 2025 is the due date already.'],
    ['today', '2025-06-10', 'The new date must be after today, Tuesday 10 June 2025.'],
    [
      'a weekend',
      '2025-10-18',
      'Saturday 18 October 2025 is not a working day. Please choose Friday 17 October 2025 or Monday 20 October 2025.',
    ],
  ])('refuses %s', (_what, toOn, message) => {
    expect(messages(ask(board(), { toOn }))).toEqual([message]);
  });

  test('offers only the day after where the one before has passed', () => {
    const friday = '2025-06-13T09:00:00.000Z';
    const decision = decideDateAsk({
      snapshot: board(),
      ask: { ...good, toOn: '2025-06-14' },
      byRef: 'P1',
      at: friday,
      policy,
    });
    expect(messages(decision)).toEqual([
      'Saturday 14 June 2025 is not a working day. Please choose Monday 16 June 2025.',
    ]);
  });

  test('needs a reason without a child in it', () => {
    expect(messages(ask(board(), { reason: ' ' }))[0]).toContain('Please say why');
    expect(messages(ask(board(), { reason: 'NHS number 943 476 5919 waits.' }))[0]).toContain('an NHS number');
    expect(ask(board(), { reason: 'We wait for 3 families to answer.' })).toMatchObject({
      warnings: [{ kind: 'small-count' }],
    });
  });

  test.each([
    ['of nothing', board(), 'A9.09', 'There is no A9.09 on this board any more.'],
    ['of what is done', board({ actions: [anAction({ completedOn: '2025-06-01' })] }), 'A1.01', 'is complete'],
    ['without a date', board({ actions: [{ ...anAction(), dueOn: undefined } as never] }), 'A1.01', 'no due date yet'],
    [
      'asked for already',
      board({ dateChanges: [aDateChange({ decision: 'pending', toOn: '2025-12-01' })] }),
      'A1.01',
      'to Monday 1 December 2025 waits for a decision already',
    ],
  ])('never moves the date %s', (_what, snapshot, subjectRef, message) => {
    expect(messages(ask(snapshot, { subjectRef }))[0]).toContain(message);
  });
});

describe('deciding', () => {
  const pending = aDateChange({ ref: 'D1', decision: 'pending', fromOn: '2025-09-30', toOn: '2025-10-31', stamp });
  const asked = (over: Partial<BoardSnapshot> = {}) => board({ dateChanges: [pending], ...over });
  const decide = (snapshot: BoardSnapshot, over: Partial<Parameters<typeof decideDateChange>[0]> = {}) =>
    decideDateChange({ snapshot, ref: 'D1', approve: true, byRef: 'P9', at, policy, ...over });

  test('moves the date with the decision and notes both in the history', () => {
    expect(decide(asked(), { reason: 'Agreed with the ICB.' })).toMatchObject({
      changes: [
        {
          record: 'dateChange',
          changes: { decision: 'approved', decidedByRef: 'P9', decidedOn: '2025-06-10', meetingRef: 'M4' },
        },
        { record: 'action', ref: 'A1.01', stamp, changes: { dueOn: '2025-10-31' } },
      ],
      update: {
        subjectRef: 'A1.01',
        forOwnerRef: 'P1',
        before: { dueOn: '2025-09-30' },
        after: { dueOn: '2025-10-31' },
      },
    });
  });

  test('moves a milestone under its own name, of an action that nobody owns too', () => {
    const { ownerRef: _owner, ...nobodys } = anAction();
    const { stamp: _stamp, ...unread } = aMilestone();
    const snapshot = asked({
      actions: [nobodys],
      milestones: [unread],
      dateChanges: [{ ...pending, subjectRef: 'A1.01-1' }],
      meetings: [],
    });
    const decision = decide(snapshot);
    expect(decision).toMatchObject({ update: { after: { 'A1.01-1.dueOn': '2025-10-31' } } });
    expect(JSON.stringify(decision)).not.toContain('meetingRef":"M4');
  });

  test('refuses with a reason and leaves the date', () => {
    expect(messages(decide(asked(), { approve: false }))[0]).toContain('Please say in a line why not');
    const decision = decide(asked(), { approve: false, reason: 'Count first.' });
    expect(decision).toMatchObject({ changes: [{ changes: { decision: 'refused', decisionReason: 'Count first.' } }] });
    expect(decision).not.toHaveProperty('update');
  });

  test('is the chair’s, the secretary’s where the policy says so, and nobody’s own', () => {
    const lets = { ...policy, secretaryDecidesDates: true };
    expect(mayDecideDates(asked(), 'P9', policy, today)).toBe(true);
    expect(mayDecideDates(asked(), 'P8', policy, today)).toBe(false);
    expect(mayDecideDates(asked(), 'P8', lets, today)).toBe(true);
    expect(['P1', 'P2', 'X1', 'P77'].filter((ref) => mayDecideDates(asked(), ref, lets, today))).toEqual([]);
    expect(messages(decide(asked(), { byRef: 'P8' }))[0]).toContain('The chair decides');
  });

  test('is for those who deputise for the chair once every chair has left, and never for somebody who left', () => {
    const chair = aPerson({
      ref: 'P9',
      name: 'Kit Marsden',
      boardRole: 'chair',
      deputyRefs: ['P5', 'X1'],
      leavesOn: '2025-06-09',
    });
    const deputy = aPerson({ ref: 'P5', name: 'Jo Ashdown', boardRole: 'member', deputyRefs: [] });
    const others = asked().people.filter((one) => one.ref !== 'P9');
    const left = asked({ people: [...others, chair, deputy] });
    const may = (snapshot: BoardSnapshot, on = today, by = policy) =>
      snapshot.people.map((one) => one.ref).filter((ref) => mayDecideDates(snapshot, ref, by, on));
    expect(may(left)).toEqual(['P5']);
    expect(may(left, '2025-06-09')).toEqual(['P9']);
    expect(may(left, today, { ...policy, secretaryDecidesDates: true })).toEqual(['P8', 'P5']);
    expect(datesToDecide(left, 'P9', policy, today)).toEqual([]);
    expect(messages(decide(left, { byRef: 'P9' }))[0]).toContain('The chair decides');
    expect(decide(left, { byRef: 'P5' }).kind).toBe('accepted');
    const next = aPerson({ ref: 'P6', name: 'Ash Corley', boardRole: 'chair', deputyRefs: [] });
    expect(may(asked({ people: [...others, chair, deputy, next] }))).toEqual(['P6']);
    const alone = asked({ people: [...others, { ...chair, deputyRefs: [] }] });
    expect(decidersOf(alone, pending, policy, today)).toEqual([]);
  });

  test('about the chair’s own date is the secretary’s where they may decide, and not the chair’s', () => {
    const lets = { ...policy, secretaryDecidesDates: true };
    for (const own of [
      asked({ dateChanges: [{ ...pending, requestedByRef: 'P9' }] }),
      asked({ actions: [anAction({ ownerRef: 'P9' })] }),
    ]) {
      const [change = pending] = own.dateChanges;
      expect(decidersOf(own, change, lets, today)).toEqual(['P8']);
      expect(messages(decide(own, { policy: lets }))[0]).toContain('somebody else has to decide it');
      expect(decide(own, { byRef: 'P8', policy: lets }).kind).toBe('accepted');
      expect(datesToDecide(own, 'P9', lets, today)).toEqual([]);
    }
  });

  test('about the chair’s own date is the chair’s where nobody else decides, with a reason that is kept', () => {
    const own = asked({ dateChanges: [{ ...pending, requestedByRef: 'P9' }] });
    expect(decidersOf(own, pending, policy, today)).toEqual(['P9']);
    expect(decidesDate(own, pending, 'P1', policy, today)).toBe(false);
    expect(datesToDecide(own, 'P9', policy, today).map((one) => one.ref)).toEqual(['D1']);
    expect(messages(decide(own))).toEqual([
      'This is your own date: please say in a line why you approve it yourself, for the record.',
    ]);
    expect(decide(own, { reason: 'The board agreed to it on 7 May.' })).toMatchObject({
      kind: 'accepted',
      changes: [
        { changes: { decision: 'approved', decidedByRef: 'P9', decisionReason: 'The board agreed to it on 7 May.' } },
        { record: 'action' },
      ],
    });
    expect(decide(own, { approve: false, reason: 'It can hold.' }).kind).toBe('accepted');
  });

  test('comes once: the second sees what was decided; a date moved meanwhile is asked for anew', () => {
    const done = { ...pending, decision: 'refused' as const };
    expect(decide(asked({ dateChanges: [done] }))).toEqual({ kind: 'decided', change: done });
    const moved = asked({ actions: [anAction({ dueOn: '2025-08-01' })] });
    expect(messages(decide(moved))[0]).toContain('The due date is no longer Tuesday 30 September 2025.');
    expect(decide(moved, { approve: false, reason: 'Moved meanwhile.' }).kind).toBe('accepted');
    expect(messages(decide(asked(), { ref: 'D9' }))[0]).toContain('There is no request D9');
    expect(messages(decide(asked({ actions: [] })))[0]).toContain('There is no request D1');
  });

  test('waits with who may decide it, the oldest first', () => {
    const second = { ...pending, ref: 'D2', requestedOn: '2025-01-02' };
    const third = { ...pending, ref: 'D3' };
    const snapshot = asked({ dateChanges: [pending, second, third, aDateChange()] });
    expect(datesToDecide(snapshot, 'P9', policy, today).map((one) => one.ref)).toEqual(['D2', 'D1', 'D3']);
    expect(datesToDecide(snapshot, 'P1', policy, today)).toEqual([]);
    const other = aPerson({ ref: 'P5', boardRole: 'member' });
    expect(
      mayDecideDates({ ...snapshot, people: [other], facts: someFacts({ chairRef: 'P5' }) }, 'P5', policy, today),
    ).toBe(true);
  });
});
