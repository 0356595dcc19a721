// What is nobody's, or belongs to somebody who has left: findings that stand until somebody takes it over.
import type { Grounds } from './grounds';
import { hasLeft, ownedItems } from './manageOwned';
import type { Finding, PlannedHandOver, SubjectKind } from './model';

/** Actions without an owner have a rule of their own; a decision may be the whole board's. */
const ownedAlways: readonly SubjectKind[] = ['risk', 'mitigation', 'measure'];

/** What stands in the board's findings until somebody takes it over. */
export function ownerFindings(grounds: Grounds): readonly Finding[] {
  const { snapshot, on } = grounds;
  const overdue = (snapshot.running?.planned ?? []).filter((one) => one.fromOn < on);
  return [...overdue.map((one) => notDone(one, grounds)), ...itemFindings(grounds)];
}

function notDone(planned: PlannedHandOver, { calendar }: Grounds): Finding {
  const ref = planned.leaving?.personRef ?? planned.moves[0]?.ref ?? planned.key;
  return {
    rule: 'hand-over-not-done',
    level: 'finding',
    ref,
    text: `The hand-over planned for ${calendar.longDate(planned.fromOn)} could not be made: hand over again, and take the planned one back.`,
    records: [ref],
  };
}

function itemFindings({ snapshot, on, calendar }: Grounds): readonly Finding[] {
  const people = new Map(snapshot.people.map((one) => [one.ref, one]));
  return ownedItems(snapshot)
    .filter((one) => one.open)
    .flatMap((item): readonly Finding[] => {
      const owner = people.get(item.ownerRef ?? '');
      const finding = (rule: string, text: string): Finding => ({
        rule,
        level: 'finding',
        ref: item.ref,
        text,
        records: owner ? [item.ref, owner.ref] : [item.ref],
      });
      if (owner?.leavesOn !== undefined && hasLeft(owner, on))
        return [
          finding(
            'owner-has-left',
            `Its owner ${owner.name} left the board on ${calendar.longDate(owner.leavesOn)} and nobody has taken it over.`,
          ),
        ];
      return item.ownerRef === undefined && ownedAlways.includes(item.kind)
        ? [finding('item-without-owner', `No one person is recorded as accountable for this ${item.kind}.`)]
        : [];
    });
}
