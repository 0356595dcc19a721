// Who was said to leave stays after all: all that went with them comes back, but for what somebody changed since.
import type { NewUpdate } from './answers';
import { calendarOf } from './cycle';
import { renewedDelegation } from './cycleDeputies';
import { isHandOver } from './handOvers';
import { backMoves, takeBackDays } from './manageBack';
import { decideHandOver, secretaryOnly } from './manageHandOver';
import type { ManagedChange, ManagedDecision, ManagedNotice } from './manageDecision';
import type { Leaver } from './manageModel';
import { isSecretary } from './mayAnswer';
import type { BoardSnapshot, Instant, Ref, Update } from './model';
import type { BoardPolicy } from './policy';
import { listed } from './wording';

/** Who left last of those whom this secretary let go, for as long as that is taken back with a word, or was. */
export function lastLeaver(snapshot: BoardSnapshot, byRef: Ref, at: Instant): Leaver | undefined {
  const sinceAt = new Date(Date.parse(at) - takeBackDays * 86_400_000).toISOString();
  return snapshot.running?.left?.find((one) => one.byRef === byRef && one.at >= sinceAt);
}

/** What taking a leaving back comes to now. Refuses (`byRef`): anybody but the secretary; (`personRef`): who is gone. */
export function decideReturn(input: {
  readonly snapshot: BoardSnapshot;
  readonly policy: BoardPolicy;
  readonly at: Instant;
  readonly byRef: Ref;
  readonly leaver: Leaver;
}): ManagedDecision {
  const { policy, at, byRef, leaver } = input;
  if (!isSecretary(input.snapshot, byRef)) return refused('byRef', secretaryOnly);
  const person = input.snapshot.people.find((one) => one.ref === leaver.personRef);
  if (!person) return refused('personRef', 'They are not in the list People any more.');
  const { leavesOn: _gone, ...staying } = person;
  const snapshot: BoardSnapshot = {
    ...input.snapshot,
    people: input.snapshot.people.map((one) => (one === person ? staying : one)),
  };
  const rows = rowsOf(snapshot, leaver);
  const { moves, stays } = backMoves(snapshot, rows.filter(isHandOver), calendarOf(policy).on(at));
  const handed = moves.length === 0 ? undefined : decideHandOver({ snapshot, policy, at, byRef, moves });
  if (handed?.kind === 'refused') return handed;
  const facts: Facts = {
    snapshot,
    leaver,
    name: person.name,
    rows,
    moved: new Set(moves.map((one) => one.ref)),
    byRef,
    at,
  };
  const deputies = deputiesBack(facts);
  const escalations = escalationsBack(facts);
  const delegations = delegationsBack(facts);
  const kept = [...stays, ...deputies.stays, ...escalations.stays];
  return {
    kind: 'accepted',
    subjectRef: person.ref,
    changes: [
      ...(handed?.changes ?? []),
      ...deputies.changes,
      ...escalations.changes,
      { record: 'person', ref: person.ref, ...stampOf(person), changes: { leavesOn: null } },
    ],
    additions: handed?.additions ?? [],
    updates: [...(handed?.updates ?? []), ...deputies.updates, ...delegations.updates],
    notices: [...(handed?.notices ?? []), ...delegations.notices],
    words: [
      `${person.name} stays on the board.`,
      ...(handed?.words ?? []),
      ...deputies.words,
      ...escalations.words,
      ...delegations.words,
      ...(kept.length === 0 ? [] : [`Changed since, so as it is now: ${listed(kept)}.`]),
    ],
    findings: handed?.findings ?? [],
    warnings: [],
  };
}

interface Facts {
  readonly snapshot: BoardSnapshot;
  readonly leaver: Leaver;
  /** Of who left. */
  readonly name: string;
  /** What the history holds of their leaving and nobody took back. */
  readonly rows: readonly Update[];
  /** What goes back to them. */
  readonly moved: ReadonlySet<Ref>;
  readonly byRef: Ref;
  readonly at: Instant;
}

function rowsOf({ updates }: BoardSnapshot, leaver: Leaver): readonly Update[] {
  const taken = new Set(updates.map((one) => one.takesBack));
  return updates.filter((one) => one.byRef === leaver.byRef && one.at === leaver.at && !taken.has(one.key));
}

interface Back {
  readonly changes: readonly ManagedChange[];
  readonly words: readonly string[];
  /** What somebody changed since, in words. */
  readonly stays: readonly string[];
}

function deputiesBack({ snapshot, leaver, rows, byRef, at }: Facts): Back & { readonly updates: readonly NewUpdate[] } {
  const now = { person: snapshot.people, action: snapshot.actions };
  const name = (record: 'person' | 'action', ref: Ref): string =>
    record === 'action' ? ref : (snapshot.people.find((one) => one.ref === ref)?.name ?? ref);
  const back = leaver.deputies.flatMap((one) => {
    const row = now[one.record].find(({ ref }) => ref === one.ref);
    return row && row.deputyRefs.join('; ') === one.after.join('; ') ? [{ ...one, stamped: stampOf(row) }] : [];
  });
  const stays = leaver.deputies.filter((one) => !back.some((of) => of.record === one.record && of.ref === one.ref));
  return {
    changes: back.map(({ record, ref, before, stamped }) => ({
      ...{ record, ref, ...stamped },
      changes: { deputyRefs: before },
    })),
    updates: back.flatMap(({ record, ref, before, after }): readonly NewUpdate[] => {
      const known = rows.find((one) => one.subjectRef === ref && Object.hasOwn(one.after, 'deputyRefs'));
      if (record === 'person') return [];
      return [
        {
          ...{ subjectKind: 'action', subjectRef: ref, byRef, at, noChange: false },
          before: { deputyRefs: after.length === 0 ? null : after.join('; ') },
          after: { deputyRefs: before.join('; ') },
          ...(known ? { takesBack: known.key } : {}),
        },
      ];
    }),
    words:
      back.length === 0
        ? []
        : [`Deputies as before: ${listed(back.map(({ record, ref }) => `of ${name(record, ref)}`))}.`],
    stays: stays.map(({ record, ref }) => `the deputies of ${name(record, ref)}`),
  };
}

function escalationsBack({ snapshot, leaver, name }: Facts): Back {
  const back = leaver.escalations.flatMap(({ body, toRef }) => {
    const row = snapshot.bodies.find((one) => one.name === body);
    return row && row.escalationPersonRef === toRef ? [{ body, stamped: stampOf(row) }] : [];
  });
  const stays = leaver.escalations.filter((one) => !back.some(({ body }) => body === one.body));
  return {
    changes: back.map(({ body, stamped }) => ({
      ...{ record: 'body', ref: body, ...stamped },
      changes: { escalationPersonRef: leaver.personRef },
    })),
    words: back.map(({ body }) => `Escalations of ${body} go to ${name} again.`),
    stays: stays.map(({ body }) => `the escalations of ${body}`),
  };
}

/** Of items that are whose they were; one whose owner is another decides anew. */
function delegationsBack({ snapshot, leaver, rows, moved, byRef, at }: Facts): {
  readonly updates: readonly NewUpdate[];
  readonly notices: readonly ManagedNotice[];
  readonly words: readonly string[];
} {
  const name = (ref: Ref): string => snapshot.people.find((one) => one.ref === ref)?.name ?? ref;
  const renewed = rows.flatMap((row) => {
    const again = renewedDelegation(snapshot, row, byRef, at);
    const ownerRef = row.forOwnerRef ?? row.byRef;
    return again && (ownerRef !== leaver.personRef || moved.has(row.subjectRef)) ? [{ ...again, ownerRef }] : [];
  });
  const told = new Map<Ref, Ref[]>();
  for (const { deputyRef, subjectRef } of renewed) told.set(deputyRef, [...(told.get(deputyRef) ?? []), subjectRef]);
  return {
    updates: renewed.map(({ deputyRef: _deputy, forOwnerRef: _now, ownerRef, ...row }) => ({
      ...row,
      ...(ownerRef === byRef ? {} : { forOwnerRef: ownerRef }),
    })),
    notices: [...told]
      .filter(([personRef]) => personRef !== byRef)
      .map(([personRef, subjectRefs]) => ({ personRef, subjectRefs, about: 'deputy' })),
    words: renewed.map(
      ({ deputyRef, subjectRef, ownerRef }) =>
        `${name(deputyRef)} answers ${subjectRef} for ${name(ownerRef)} this cycle again.`,
    ),
  };
}

function stampOf({ stamp }: { readonly stamp?: ManagedChange['stamp'] }): Pick<ManagedChange, 'stamp'> {
  return stamp ? { stamp } : {};
}

function refused(field: string, message: string): ManagedDecision {
  return { kind: 'refused', issues: [{ field, message }] };
}
