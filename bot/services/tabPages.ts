// Where the tab shows a record.
import type { Ref, SubjectKind } from '../board/model';

/** The page of a record, from `/tab/` on; the board's first page where a kind has none of its own. */
export function tabPageOf(kind: SubjectKind, ref: Ref): string {
  return ownPageOf(kind, ref) ?? '/tab/';
}

export function ownPageOf(kind: SubjectKind, ref: Ref): string | undefined {
  if (kind === 'action') return `/tab/actions/${ref}`;
  if (kind === 'measure') return `/tab/measures/${ref}`;
  if (kind === 'risk') return `/tab/risks#${ref}`;
  if (kind === 'mitigation') return `/tab/risks#${ref.split('.')[0] ?? ref}`;
  return undefined;
}
