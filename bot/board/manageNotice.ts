// What a person is told after a hand-over: which things are theirs now and whose the others are, as the board is when it is sent.
import type { CivilDate, BoardSnapshot, Ref, Update } from './model';
import { ownedItems } from './manageOwned';
import { isPlanChange } from './siteEdits';

const handOver = 'notice:hand-over:';
/** Enough of an operation's name to know its rows by. */
const nameLength = 24;

/** The step under which the ledger keeps the messages of one operation. */
export function handOverStep(operationId: string): `notice:${string}` {
  return `${handOver}${operationId.slice(-nameLength)}`;
}

/** The things of a message that nobody has handed over again since. */
export function standingSubjects(
  snapshot: Pick<BoardSnapshot, 'updates'>,
  step: string,
  subjectRefs: readonly Ref[],
): readonly Ref[] {
  if (!step.startsWith(handOver)) return subjectRefs;
  const name = step.slice(handOver.length);
  const last = lastChanges(snapshot, new Set(subjectRefs));
  return subjectRefs.filter((ref) => last.get(ref)?.key.includes(name) ?? true);
}

/** True while there is something left to say. */
export function noticeStands(snapshot: BoardSnapshot, step: string, subjectRefs: readonly Ref[]): boolean {
  return standingSubjects(snapshot, step, subjectRefs).length > 0;
}

function lastChanges(snapshot: Pick<BoardSnapshot, 'updates'>, refs: ReadonlySet<Ref>): ReadonlyMap<Ref, Update> {
  const last = new Map<Ref, Update>();
  for (const update of snapshot.updates) {
    if (!refs.has(update.subjectRef) || !isPlanChange(update) || !Object.hasOwn(update.after, 'ownerRef')) continue;
    const known = last.get(update.subjectRef);
    if (!known || known.at <= update.at) last.set(update.subjectRef, update);
  }
  return last;
}

export interface HandedItem {
  readonly ref: Ref;
  readonly title: string;
  readonly dueOn?: CivilDate;
  /** Whose it is now, by name; absent: nobody's. */
  readonly owner?: string;
  /** Whose it was, by name. */
  readonly from?: string;
  /** It was asked of the new owner and is to be answered by this day. */
  readonly askedBy?: CivilDate;
}

/** What one person is told. */
export interface HandOverNotice {
  readonly yours: readonly HandedItem[];
  readonly others: readonly HandedItem[];
}

export function handOverNotice(
  snapshot: BoardSnapshot,
  input: {
    readonly step: string;
    readonly personRef: Ref;
    readonly subjectRefs: readonly Ref[];
    readonly meetingRef?: Ref;
  },
): HandOverNotice {
  const refs = standingSubjects(snapshot, input.step, input.subjectRefs);
  const last = lastChanges(snapshot, new Set(refs));
  const names = new Map(snapshot.people.map((one) => [one.ref, one.name]));
  const items = ownedItems(snapshot).filter((one) => refs.includes(one.ref));
  const handed = items.map((one) => {
    const before = last.get(one.ref)?.before['ownerRef'];
    const from = typeof before === 'string' ? names.get(before) : undefined;
    const owner = names.get(one.ownerRef ?? '');
    const request = snapshot.requests.find(
      (row) =>
        row.subjectRef === one.ref &&
        row.ownerRef === one.ownerRef &&
        row.meetingRef === input.meetingRef &&
        row.state === 'open',
    );
    const item: HandedItem = {
      ref: one.ref,
      title: one.title,
      ...(one.dueOn === undefined ? {} : { dueOn: one.dueOn }),
      ...(owner === undefined ? {} : { owner }),
      ...(from === undefined ? {} : { from }),
      ...(request ? { askedBy: request.dueOn } : {}),
    };
    return { item, mine: one.ownerRef === input.personRef };
  });
  return {
    yours: handed.filter((one) => one.mine).map((one) => one.item),
    others: handed.filter((one) => !one.mine).map((one) => one.item),
  };
}
