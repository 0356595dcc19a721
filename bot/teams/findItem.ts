// The item a card or a word names, as it stands now, and whether this person may answer it.
import { ownerItems } from '../board/ownerItems';
import type { OwnerItem } from '../board/ownerItems';
import type { Ref, Stamp } from '../board/model';
import type { AnswerableKind } from '../cards/verbs';
import { mayAnswer, viewerOf } from '../services/access';
import type { Seat } from './seat';

export type FoundItem =
  { readonly kind: 'item'; readonly item: OwnerItem } | { readonly kind: 'notYours' } | { readonly kind: 'gone' };

interface NamedRecord {
  readonly ref: Ref;
  readonly title: string;
  readonly ownerRef?: Ref;
  readonly deputyRefs?: readonly Ref[];
  readonly stamp?: Stamp;
}

/** Its owner, a deputy or the secretary may answer; an item no longer listed is still shown as it is now. */
export function findItem(seat: Seat, kind: AnswerableKind, ref: Ref): FoundItem {
  const { view, person } = seat;
  const listed = view.items.find((one) => one.kind === kind && one.ref === ref);
  if (listed) return { kind: 'item', item: listed };
  const record = recordOf(seat, kind, ref);
  if (!record) return { kind: 'gone' };
  if (!mayAnswer(view.snapshot, viewerOf(person, view.assessment.policy), record)) return { kind: 'notYours' };
  const ownerRef = record.ownerRef ?? person.ref;
  const others = ownerItems(view.snapshot, view.assessment, ownerRef);
  const item = others.find((one) => one.kind === kind && one.ref === ref) ?? asItem(seat, kind, record, ownerRef);
  return { kind: 'item', item: { ...item, asDeputy: ownerRef !== person.ref } };
}

/** What is finished and clear is asked of nobody, and can still be answered. */
function asItem(seat: Seat, kind: AnswerableKind, record: NamedRecord, ownerRef: Ref): OwnerItem {
  const { assessment } = seat.view;
  const action = assessment.actions.find((one) => one.ref === record.ref);
  const period = assessment.measures.find((one) => one.ref === record.ref)?.readingDue;
  return {
    kind,
    ref: record.ref,
    title: record.title,
    ownerRef,
    asDeputy: false,
    reason: 'Nothing is asked about it for this meeting; you can still say something.',
    answered: false,
    asked: false,
    urgency: 0,
    ...(action ? { claimed: action.claimedDelivery, computed: action.computedDelivery } : {}),
    ...(kind === 'measure' && period !== undefined ? { readingPeriod: period } : {}),
    ...(record.stamp ? { stamp: record.stamp } : {}),
  };
}

function recordOf(seat: Seat, kind: AnswerableKind, ref: Ref): NamedRecord | undefined {
  const { actions, risks, mitigations, measures } = seat.view.snapshot;
  switch (kind) {
    case 'action':
      return actions.find((one) => one.ref === ref);
    case 'risk':
      return risks.find((one) => one.ref === ref);
    case 'mitigation': {
      const found = mitigations.find((one) => one.ref === ref);
      return found && { ...found, title: found.text };
    }
    case 'measure': {
      const found = measures.find((one) => one.ref === ref);
      return found && { ...found, title: found.name };
    }
  }
}
