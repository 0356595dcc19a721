// Who gave a field the value it has, and when, as the update history says.
import { mitigationField } from './answers';
import type { BoardSnapshot, Instant, Ref } from './model';

export interface LastChange {
  /** A person of the board, or in words somebody whom the board does not know. */
  readonly byRef: Ref;
  readonly at: Instant;
}

/**
 * `field` is the name of a form's input, `value` what the record holds. Undefined where the newest row about the field
 * does not say this value: an edit that the history does not have yet is nobody's.
 */
export function lastChangeOf(
  snapshot: BoardSnapshot,
  ref: Ref,
  field: string,
  value: string | number | undefined,
): LastChange | undefined {
  const places = placesOf(snapshot, ref, field);
  let newest: { readonly change: LastChange; readonly value: unknown } | undefined;
  for (const { subjectRef, byRef, at, after } of snapshot.updates)
    for (const place of places)
      if (place.ref === subjectRef && Object.hasOwn(after, place.name) && (!newest || at >= newest.change.at))
        newest = { change: { byRef, at }, value: after[place.name] ?? undefined };
  return newest?.value === value ? newest?.change : undefined;
}

/** Where the history keeps a field: under which item, by which name. A mitigation is also answered with its risk. */
function placesOf(
  snapshot: BoardSnapshot,
  ref: Ref,
  field: string,
): readonly { readonly ref: Ref; readonly name: string }[] {
  const mitigationRef = field.startsWith(mitigationField) ? field.slice(mitigationField.length) : ref;
  const mitigation = snapshot.mitigations.find((one) => one.ref === mitigationRef);
  if (mitigation)
    return [
      { ref: mitigation.ref, name: 'status' },
      { ref: mitigation.riskRef, name: `${mitigation.ref}.status` },
    ];
  return [{ ref, name: names.get(field) ?? field }];
}

const names = new Map([
  ['blocker', 'blocker.text'],
  ['waitingOnBody', 'blocker.waitingOnBody'],
  ['likelihood', 'current.likelihood'],
  ['impact', 'current.impact'],
]);
