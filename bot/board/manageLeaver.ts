// A person leaves: everything that is theirs goes to successors in one step, and nothing more goes to them.
import type { AnswerIssue, NewUpdate } from './answers';
import { calendarOf } from './cycle';
import { delegationsOf, endedDelegation } from './cycleDeputies';
import { decideHandOver, secretaryOnly } from './manageHandOver';
import type { ManagedChange, ManagedDecision, ManagedNotice } from './manageDecision';
import type { HandOverMove, Leaver, Leaving } from './manageModel';
import { ownedItems, whyNotOwner, type OwnedItem } from './manageOwned';
import { isSecretary } from './mayAnswer';
import type { Action, Body, BoardSnapshot, Instant, Person, Ref } from './model';
import type { BoardPolicy } from './policy';
import { count, listed } from './wording';

/** All that a person holds on the board. */
export interface Holdings {
  readonly person: Person;
  /** Open and theirs. */
  readonly items: readonly OwnedItem[];
  /** Whom they deputise for. */
  readonly deputyOf: readonly Person[];
  /** Actions that name them as a deputy. */
  readonly deputyOfActions: readonly Action[];
  /** Bodies whose escalations go to them. */
  readonly escalationOf: readonly Body[];
  /** Parts on the board that the settings or the list People give them; another person has to be entered there. */
  readonly parts: readonly string[];
}

export function holdingsOf(snapshot: BoardSnapshot, personRef: Ref): Holdings | undefined {
  const person = snapshot.people.find((one) => one.ref === personRef);
  if (!person) return undefined;
  const { facts } = snapshot;
  return {
    person,
    items: ownedItems(snapshot).filter((one) => one.open && one.ownerRef === personRef),
    deputyOf: snapshot.people.filter((one) => one.deputyRefs.includes(personRef)),
    deputyOfActions: snapshot.actions.filter((one) => one.deputyRefs.includes(personRef)),
    escalationOf: snapshot.bodies.filter((one) => one.escalationPersonRef === personRef),
    parts: [
      ...(facts.chairRef === personRef || person.boardRole === 'chair' ? ['chair'] : []),
      ...(facts.secretaryRef === personRef || person.boardRole === 'secretary' ? ['secretary'] : []),
    ],
  };
}

/** Each open thing to whom it was given by name, else to the one who takes over the rest. */
export function leaverMoves(
  holdings: Holdings,
  leaving: Leaving,
  named: readonly HandOverMove[],
): readonly HandOverMove[] {
  const chosen = new Map(named.map((one) => [`${one.kind}/${one.ref}`, one]));
  return holdings.items.map(({ kind, ref }) => {
    const to = leaving.toRef === undefined ? {} : { toRef: leaving.toRef };
    return chosen.get(`${kind}/${ref}`) ?? { kind, ref, ...to };
  });
}

export interface LeaverInput {
  readonly snapshot: BoardSnapshot;
  readonly policy: BoardPolicy;
  readonly at: Instant;
  readonly byRef: Ref;
  readonly leaving: Leaving;
  /** Things given to others than `leaving.toRef`, or to nobody. */
  readonly named: readonly HandOverMove[];
}

/** What leaving comes to when it takes effect now. Refuses as handing over does. */
export function decideLeaver(input: LeaverInput): ManagedDecision {
  const { snapshot, leaving, byRef, at, policy } = input;
  if (!isSecretary(snapshot, byRef)) return refused('byRef', secretaryOnly);
  const holdings = holdingsOf(snapshot, leaving.personRef);
  if (!holdings) return refused('personRef', 'Choose somebody of the list People.');
  const on = calendarOf(policy).on(at);
  const issues = successorIssues(snapshot, leaving, on);
  if (issues.length > 0) return { kind: 'refused', issues };
  const moves = leaverMoves(holdings, leaving, input.named);
  if (moves.some((one) => one.toRef === leaving.personRef))
    return refused('toRef', `${holdings.person.name} leaves, so nothing can stay with them.`);
  const handed = moves.length === 0 ? undefined : decideHandOver({ snapshot, policy, at, byRef, moves });
  if (handed?.kind === 'refused') return handed;
  const rest = restOf(holdings, leaving, snapshot, byRef, at);
  const ended = endedOf(input, new Map(moves.map((one) => [one.ref, one.toRef])));
  const told = [...(handed?.notices ?? []), ...ended.notices];
  return {
    kind: 'accepted',
    subjectRef: leaving.personRef,
    changes: [...(handed?.changes ?? []), ...rest.changes],
    additions: handed?.additions ?? [],
    updates: [...(handed?.updates ?? []), ...rest.updates, ...ended.updates],
    // Who leaves is told by people, not by a machine on the way out.
    notices: told.filter((one) => one.personRef !== leaving.personRef),
    words: [...(handed?.words ?? []), ...rest.words, ...ended.words],
    asks: handed?.asks ?? [],
    findings: [...(handed?.findings ?? []), ...partWords(holdings)],
    warnings: [],
    left: { personRef: leaving.personRef, lastDayOn: leaving.lastDayOn, byRef, at, ...rest.kept },
  };
}

/** What of theirs others answer this cycle, and what they answer for others, ends: who owns it then decides anew. */
function endedOf(
  { snapshot, leaving, byRef, at }: LeaverInput,
  newOwners: ReadonlyMap<Ref, Ref | undefined>,
): {
  readonly updates: readonly NewUpdate[];
  readonly notices: readonly ManagedNotice[];
  readonly words: readonly string[];
} {
  const ended = delegationsOf(snapshot, leaving.personRef, at);
  const nameOf = (ref: Ref | undefined): string => snapshot.people.find((one) => one.ref === ref)?.name ?? 'its owner';
  const told = new Map<Ref, Ref[]>();
  for (const { deputyRef, item } of ended)
    for (const ref of [deputyRef, item.ownerRef]) {
      if (ref === undefined || ref === byRef || ref === newOwners.get(item.ref)) continue;
      told.set(ref, [...(told.get(ref) ?? []), item.ref]);
    }
  return {
    updates: ended.map((one) => endedDelegation(one, byRef, at)),
    notices: [...told].map(([personRef, subjectRefs]) => ({ personRef, subjectRefs, about: 'deputy' })),
    words: ended.map(({ deputyRef, item }) => delegationEnds(item.ref, nameOf(deputyRef), nameOf(item.ownerRef))),
  };
}

/** What becomes of an item that somebody answers for its owner this cycle. */
export function delegationEnds(ref: Ref, deputy: string, owner: string): string {
  return `${deputy} no longer answers ${ref} for ${owner} this cycle.`;
}

function refused(field: string, message: string): ManagedDecision {
  return { kind: 'refused', issues: [{ field, message }] };
}

function successorIssues(snapshot: BoardSnapshot, leaving: Leaving, on: string): readonly AnswerIssue[] {
  if (leaving.toRef === undefined) return [];
  const why =
    leaving.toRef === leaving.personRef
      ? 'Choose somebody else than the person who leaves.'
      : whyNotOwner(snapshot, leaving.toRef, on);
  return why === undefined ? [] : [{ field: 'toRef', message: why }];
}

interface Rest {
  readonly changes: readonly ManagedChange[];
  readonly updates: readonly NewUpdate[];
  readonly words: readonly string[];
  /** As it was, to be given back. */
  readonly kept: Pick<Leaver, 'deputies' | 'escalations'>;
}

/** Deputies, escalations and the person's own row; what nobody takes over is simply no longer theirs. */
function restOf(holdings: Holdings, leaving: Leaving, snapshot: BoardSnapshot, byRef: Ref, at: Instant): Rest {
  const { person } = holdings;
  const to = snapshot.people.find((one) => one.ref === leaving.toRef);
  const people = holdings.deputyOf.map((one) => ({
    one,
    deputyRefs: replaced(one.deputyRefs, person.ref, to?.ref, one.ref),
  }));
  const actions = holdings.deputyOfActions.map((one) => ({
    one,
    deputyRefs: replaced(one.deputyRefs, person.ref, to?.ref, one.ownerRef),
  }));
  const instead = to?.name ?? 'nobody';
  return {
    changes: [
      ...actions.map(({ one, deputyRefs }) => change('action', one.ref, one, { deputyRefs })),
      ...people.map(({ one, deputyRefs }) => change('person', one.ref, one, { deputyRefs })),
      ...holdings.escalationOf.map((one) => change('body', one.name, one, { escalationPersonRef: to?.ref ?? null })),
      change('person', person.ref, person, { leavesOn: leaving.lastDayOn }),
    ],
    updates: actions.map(({ one, deputyRefs }) => ({
      subjectKind: 'action',
      subjectRef: one.ref,
      byRef,
      at,
      before: { deputyRefs: one.deputyRefs.join('; ') },
      after: { deputyRefs: deputyRefs.length === 0 ? null : deputyRefs.join('; ') },
      noChange: false,
    })),
    words: [
      ...(people.length === 0 ? [] : [`Deputy of ${listed(people.map(({ one }) => one.name))}: ${instead} instead.`]),
      ...(actions.length === 0 ? [] : [`Deputy for ${listed(actions.map(({ one }) => one.ref))}: ${instead} instead.`]),
      ...holdings.escalationOf.map((one) => `Escalations of ${one.name} go to ${instead}.`),
    ],
    kept: {
      deputies: [
        ...people.map((row) => ({ record: 'person' as const, ...keptDeputies(row) })),
        ...actions.map((row) => ({ record: 'action' as const, ...keptDeputies(row) })),
      ],
      escalations: holdings.escalationOf.map((one) => ({ body: one.name, ...(to ? { toRef: to.ref } : {}) })),
    },
  };
}

function keptDeputies(row: {
  readonly one: { readonly ref: Ref; readonly deputyRefs: readonly Ref[] };
  readonly deputyRefs: readonly Ref[];
}): Omit<Leaver['deputies'][number], 'record'> {
  return { ref: row.one.ref, before: row.one.deputyRefs, after: row.deputyRefs };
}

/** Nobody is their own deputy, nor twice. */
function replaced(
  refs: readonly Ref[],
  leaverRef: Ref,
  toRef: Ref | undefined,
  ownRef: Ref | undefined,
): readonly Ref[] {
  const next = refs.flatMap((ref) => (ref === leaverRef ? (toRef ?? []) : ref));
  return [...new Set(next)].filter((ref) => ref !== ownRef);
}

function change(
  record: ManagedChange['record'],
  ref: Ref,
  of: { readonly stamp?: ManagedChange['stamp'] },
  changes: ManagedChange['changes'],
): ManagedChange {
  return { record, ref, ...(of.stamp ? { stamp: of.stamp } : {}), changes };
}

function partWords({ person, parts }: Holdings): readonly string[] {
  return parts.length === 0
    ? []
    : [`${person.name} is the board's ${listed(parts)}: enter who is now, in the list People and in the settings.`];
}

/** "3 actions, 1 risk and 2 measures". */
export function holdingWords(items: readonly OwnedItem[]): string {
  const kinds = ['action', 'risk', 'mitigation', 'measure', 'decision'] as const;
  const parts = kinds.flatMap((kind) => {
    const of = items.filter((one) => one.kind === kind).length;
    return of === 0 ? [] : [count(of, kind)];
  });
  return parts.length === 0 ? 'nothing open' : listed(parts);
}
