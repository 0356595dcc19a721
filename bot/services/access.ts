// Who may see and do what: a person of the board, their part, and what it opens.
import { hasLeft } from '../board/manageOwned';
import { cycleDeputyOf } from '../board/cycleDeputies';
import type { BoardPolicy } from '../board/policy';
import type { BoardSnapshot, Person, Ref } from '../board/model';

/** Refusals in words for people; nothing else that a refusal carries may be shown. */
export const refusals = {
  stranger:
    'You are signed in, but the board’s list of people does not have you. Ask the board’s secretary to add you.',
  adviserView: 'Advisers read what the board has released: it is under Log.',
  readinessView: 'Readiness, with the names of those outstanding, is for the board’s chair and secretary.',
  settingsView: 'The settings are for the board’s secretary and chair.',
  adviserAnswer: 'Advisers read what was released; they do not answer for an action, a risk or a measure.',
} as const;

/** The parts of docs/rules.md; owners and deputies read alike, the three advisers too. */
export type AccessRole = 'chair' | 'secretary' | 'member' | 'owner' | 'adviser';
export type ViewName =
  | 'board'
  | 'actions'
  | 'risks'
  | 'measures'
  | 'log'
  | 'clauses'
  | 'contributions'
  | 'meeting'
  | 'readiness'
  | 'settings';

/** A recognised person with what their part allows. */
export interface Viewer {
  readonly person: Person;
  readonly role: AccessRole;
  /** Advisers read what was released, decisions and attendance; nothing under way. */
  readonly views: readonly ViewName[];
  /** Readiness with the names of those outstanding. */
  readonly seesReadiness: boolean;
  readonly decidesDates: boolean;
}

const roles: Readonly<Record<Person['boardRole'], AccessRole>> = {
  chair: 'chair',
  secretary: 'secretary',
  member: 'member',
  owner: 'owner',
  deputy: 'owner',
  'dfe-send-adviser': 'adviser',
  'nhse-adviser': 'adviser',
  'dfe-case-lead': 'adviser',
};

/** The person with this Entra object id, or undefined for a stranger, and for who has left; an address proves nothing. */
export function recognise(snapshot: BoardSnapshot, entraObjectId: string): Person | undefined {
  const wanted = entraObjectId.toLowerCase();
  const found = snapshot.people.find((one) => one.entraObjectId?.toLowerCase() === wanted);
  return found && hasLeft(found, snapshot.readAt.slice(0, 10)) ? undefined : found;
}

/** What a person of the board may see and do. */
export function viewerOf(person: Person, policy: BoardPolicy): Viewer {
  const role = roles[person.boardRole];
  const seesReadiness = role === 'chair' || role === 'secretary';
  const readiness: readonly ViewName[] = seesReadiness ? ['readiness'] : [];
  const settings: readonly ViewName[] = seesReadiness ? ['settings'] : [];
  return {
    person,
    role,
    views:
      role === 'adviser'
        ? ['log', 'clauses', 'meeting']
        : [
            'board',
            'actions',
            'risks',
            'measures',
            ...readiness,
            'meeting',
            'log',
            'clauses',
            'contributions',
            ...settings,
          ],
    seesReadiness,
    decidesDates: role === 'chair' || (role === 'secretary' && policy.secretaryDecidesDates),
  };
}

/** True when the viewer may answer for an item: its owner, a deputy of either kind, the secretary; advisers never. */
export function mayAnswer(snapshot: BoardSnapshot, viewer: Viewer, item: AnswerableItem): boolean {
  if (viewer.role === 'adviser') return false;
  return viewer.role === 'secretary' || isTheirs(snapshot, viewer.person.ref, item);
}

interface AnswerableItem {
  readonly ref?: Ref;
  readonly ownerRef?: Ref;
  readonly deputyRefs?: readonly Ref[];
}

/** True when an item is this person's own, theirs as a deputy, or theirs for this cycle. */
export function isTheirs(snapshot: BoardSnapshot, personRef: Ref, item: AnswerableItem): boolean {
  if (item.ownerRef === personRef || item.deputyRefs?.includes(personRef)) return true;
  if (item.ref !== undefined && cycleDeputyOf(snapshot, item.ref, snapshot.readAt).includes(personRef)) return true;
  const owner = snapshot.people.find((one) => one.ref === item.ownerRef);
  return owner?.deputyRefs.includes(personRef) ?? false;
}
