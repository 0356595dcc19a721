// Looks things up by action once, so that a log of many actions is made in one pass over the records.
import { handOverWords, handOversSince } from './handOvers';
import type { LogFacts } from './logFacts';
import { notRecorded, type LogRow } from './logShape';
import type { DateChange, Evidence, Ref, Update } from './model';
import { isAnswer } from './siteEdits';
import { standingUpdates } from './takenBack';

export interface ActionIndex {
  /** Rows of the log compared with. */
  readonly before: ReadonlyMap<Ref, LogRow>;
  /** The last answer; who hands over, names a deputy or decides a date answers nothing. */
  readonly lastUpdate: ReadonlyMap<Ref, Update>;
  /** Since the log compared with, the first first. */
  readonly handOvers: ReadonlyMap<Ref, readonly Update[]>;
  /** The last words of this cycle on what is different for families. */
  readonly effect: ReadonlyMap<Ref, string>;
  /** The owner's reply of this cycle to the computed rating. */
  readonly reply: ReadonlyMap<Ref, string>;
  readonly evidence: ReadonlyMap<Ref, readonly Evidence[]>;
  readonly pending: ReadonlyMap<Ref, DateChange>;
  readonly risks: ReadonlyMap<Ref, readonly Ref[]>;
  readonly decisions: ReadonlyMap<Ref, readonly Ref[]>;
  /** What the board decided at the meeting before. */
  readonly said: ReadonlyMap<Ref, readonly string[]>;
}

export function createActionIndex(facts: LogFacts): ActionIndex {
  const { snapshot, assessment } = facts;
  const updates = standingUpdates(snapshot).filter((one) => one.subjectKind === 'action' && one.at <= assessment.at);
  const ofCycle = updates.filter((one) => facts.cycleStartAt === undefined || one.at > facts.cycleStartAt);
  const evidence = new Map<Ref, Evidence[]>();
  for (const one of snapshot.evidence) if (one.actionRef !== undefined) push(evidence, one.actionRef, one);
  const risks = new Map<Ref, Ref[]>();
  for (const action of snapshot.actions) for (const ref of action.riskRefs) push(risks, action.ref, ref);
  for (const risk of snapshot.risks)
    for (const ref of risk.actionRefs) if (!risks.get(ref)?.includes(risk.ref)) push(risks, ref, risk.ref);
  const decisions = new Map<Ref, Ref[]>();
  const said = new Map<Ref, string[]>();
  for (const one of snapshot.decisions) {
    if (one.subjectRef === undefined) continue;
    push(decisions, one.subjectRef, one.ref);
    if (one.meetingRef === assessment.previousMeetingRef) push(said, one.subjectRef, one.text);
  }
  return {
    before: new Map(facts.previous?.actions.map((one) => [one.ref, one])),
    lastUpdate: lastOf(updates, (one) => (isAnswer(snapshot, one) ? one : undefined)),
    handOvers: handOversOf(facts),
    effect: lastOf(ofCycle, (one) => one.effect),
    reply: lastOf(ofCycle, (one) => {
      const reply = one.after['reply'];
      return typeof reply === 'string' ? reply : undefined;
    }),
    evidence,
    pending: new Map(
      snapshot.dateChanges.filter((one) => one.decision === 'pending').map((one) => [one.actionRef, one]),
    ),
    risks,
    decisions,
    said,
  };
}

/** What is said of the hand-overs of an item since the log compared with, the first first. */
export function handOverLines(facts: LogFacts): (ref: Ref) => readonly string[] {
  const rows = handOversOf(facts);
  return (ref) => (rows.get(ref) ?? []).map((one) => handOverWords(one, facts.nameOf, facts.calendar));
}

function handOversOf({ snapshot, assessment, previous, calendar }: LogFacts): ReadonlyMap<Ref, readonly Update[]> {
  if (!previous) return new Map();
  const { judgedAt, judgedOn } = previous;
  const since = judgedAt === notRecorded ? { on: judgedOn } : { at: judgedAt };
  return handOversSince(snapshot, since, assessment.at, calendar);
}

function push<V>(map: Map<Ref, V[]>, key: Ref, value: V): void {
  const known = map.get(key);
  if (known) known.push(value);
  else map.set(key, [value]);
}

/** What the last update of each action that says anything says; of two of one moment the later row. */
function lastOf<V>(updates: readonly Update[], read: (one: Update) => V | undefined): ReadonlyMap<Ref, V> {
  const found = new Map<Ref, { readonly at: Update['at']; readonly value: V }>();
  for (const one of updates) {
    const value = read(one);
    const known = found.get(one.subjectRef);
    if (value !== undefined && (!known || known.at <= one.at)) found.set(one.subjectRef, { at: one.at, value });
  }
  return new Map([...found].map(([ref, one]) => [ref, one.value]));
}
