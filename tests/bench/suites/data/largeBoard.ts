// A large board with everything a board may have wrong, drawn from a seed: the same records on every machine.
import type {
  Action,
  BoardSnapshot,
  CivilDate,
  DeliveryStatus,
  EffectStatus,
  Evidence,
  EvidenceKind,
  LoggedRow,
  Measure,
  Meeting,
  Milestone,
  Mitigation,
  Person,
  Reading,
  Ref,
  Risk,
  Update,
  UpdateRequest,
} from '../../../../bot/board/model';

export interface BoardSize {
  readonly actions: number;
  readonly updatesEach: number;
  readonly risks: number;
  readonly measures: number;
}

/** Six weeks of answers, then the morning two weeks before the meeting. */
export const judgedAt = '2025-06-10T08:00:00.000Z';
export const judgedFor: Ref = 'M18';
export const meetingBefore: Ref = 'M17';

const bodies = ['Northam Council', 'Northam ICB', 'Northam Hospitals', 'Schools Forum', 'Parent Forum', 'Police'];
const delivery: readonly DeliveryStatus[] = ['not-started', 'on-track', 'on-track', 'at-risk', 'off-track', 'complete'];
const effect: readonly EffectStatus[] = ['too-early', 'no-evidence', 'some-evidence', 'clear-evidence'];
const kinds: readonly EvidenceKind[] = ['family-voice', 'child-voice', 'audit', 'observation', 'data'];
const areaRefs = ['A1', 'A2', 'A3', 'A4', 'A5', 'A6', 'A7'];

/** Numbers from 0 up to 1 that look drawn and are the same each time (xorshift, 32 bits). */
function draws(seed: number): () => number {
  let state = seed;
  return () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) / 2 ** 32;
  };
}

function day(fromOn: CivilDate, days: number): CivilDate {
  return new Date(Date.parse(`${fromOn}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10);
}

/** One meeting a month, each on its last Wednesday but the first ones held. */
function meetings(): readonly Meeting[] {
  return Array.from({ length: 24 }, (_none, index) => {
    const on = day('2024-01-24', Math.round(index * 30.4375) - (Math.round(index * 30.4375) % 7));
    const held = on < judgedAt.slice(0, 10);
    return {
      ref: `M${String(index + 1).padStart(2, '0')}`,
      on,
      startsAtTime: '10:00',
      endsAtTime: '12:00',
      state: held ? 'held' : 'planned',
      ...(held ? { papersSentOn: day(on, -7) } : {}),
    };
  });
}

/** The records that grow with the board are about 40 an action; areas, bodies and meetings stay as they are. */
export function largeBoard(size: BoardSize): BoardSnapshot {
  const next = draws(20_250_610);
  const some = (chance: number): boolean => next() < chance;
  const whole = (from: number, to: number): number => from + Math.floor(next() * (to - from + 1));
  const one = <T>(values: readonly [T, ...T[]] | readonly T[]): T => {
    const value = values[Math.floor(next() * values.length)];
    if (value === undefined) throw new Error('There is nothing to draw from.');
    return value;
  };
  const onBetween = (fromOn: CivilDate, days: number): CivilDate => day(fromOn, whole(0, days));

  const allMeetings = meetings();
  const people = owners(Math.max(20, Math.round(size.actions / 50)));
  const owner = (): Ref => one(people).ref;
  const measureRefs = Array.from({ length: size.measures }, (_none, index) => `K${index + 1}`);
  const riskRefs = Array.from({ length: size.risks }, (_none, index) => `R${index + 1}`);

  const actions: Action[] = [];
  const milestones: Milestone[] = [];
  const evidence: Evidence[] = [];
  const updates: Update[] = [];
  const requests: UpdateRequest[] = [];
  const loggedRows: LoggedRow[] = [];
  const dateChanges: BoardSnapshot['dateChanges'][number][] = [];
  const decisions: BoardSnapshot['decisions'][number][] = [];

  const asked = (subjectKind: 'action' | 'risk', subjectRef: Ref, ownerRef: Ref): void => {
    for (const meetingRef of ['M16', meetingBefore, judgedFor]) {
      const state = one(['answered', 'answered', 'late', meetingRef === judgedFor ? 'open' : 'unanswered'] as const);
      const answered = state === 'answered' || state === 'late';
      const common = { meetingRef, subjectKind, subjectRef, ownerRef, noChange: false };
      const dates = { requestedOn: '2025-05-20', dueOn: '2025-06-16' };
      requests.push({ ...common, ...dates, state, ...(answered ? { answeredOn: onBetween('2025-05-21', 30) } : {}) });
    }
  };
  const logged = (
    subjectKind: 'action' | 'risk',
    subjectRef: Ref,
    row: (place: number) => Partial<LoggedRow>,
  ): void => {
    for (const [place, meetingRef] of ['M15', 'M16', meetingBefore].entries()) {
      const frozenOn = allMeetings.find((meeting) => meeting.ref === meetingRef)?.on ?? '2025-01-01';
      const head = { meetingRef, kind: 'for the meeting' as const, frozenOn, logHash: `hash-${meetingRef}` };
      loggedRows.push({ ...head, subjectKind, subjectRef, ...row(place) });
    }
  };

  for (let index = 0; index < size.actions; index += 1) {
    const ref = `APA${1 + (index % 7)}.${String(index + 1).padStart(5, '0')}`;
    const ownerRef = owner();
    const leadBody = one(bodies);
    const startOn = onBetween('2024-02-01', 560);
    const originalDueOn = onBetween(day(startOn, 60), 300);
    const moved = some(0.2) ? whole(7, 60) : 0;
    const dueOn = day(originalDueOn, moved);
    const complete = some(0.25) && startOn < '2025-03-01';
    const percentComplete = complete ? 100 : whole(0, 95);
    actions.push({
      ref,
      areaRef: `A${1 + (index % 7)}`,
      title: `Agree and publish standard ${index + 1}`,
      description: 'Write it with families, try it in two schools, publish it and train those who use it.',
      ownerRef,
      deputyRefs: some(0.3) ? [owner()] : [],
      leadBody,
      partnerBodies: [one(bodies)],
      startOn,
      dueOn,
      originalDueOn,
      ...(some(0.3) ? { forecastOn: day(dueOn, whole(-10, 60)) } : {}),
      deliveryStatus: complete ? 'complete' : one(delivery),
      percentComplete,
      effectStatus: one(effect),
      successMeasure: 'Nine in ten families say that it helps',
      measureRefs: some(0.7) && measureRefs.length > 0 ? [one(measureRefs)] : [],
      riskRefs: some(0.2) && riskRefs.length > 0 ? [one(riskRefs)] : [],
      clauses: ['3c'],
      ...(complete ? { completedOn: onBetween(day(startOn, 1), 90) } : {}),
      ...(some(0.1)
        ? { blocker: { text: 'Waits for a contract', waitingOnBody: one(bodies), accepted: some(0.5) } }
        : {}),
    });
    if (moved > 0)
      dateChanges.push({
        ref: `D${index + 1}`,
        subjectRef: ref,
        actionRef: ref,
        fromOn: originalDueOn,
        toOn: dueOn,
        reason: 'The contract came late',
        requestedByRef: ownerRef,
        requestedOn: onBetween('2025-01-10', 120),
        decision: one(['approved', 'approved', 'refused', 'pending']),
        beyondNoticeAim: false,
      });
    const steps = some(0.5) ? whole(2, 5) : 0;
    for (let step = 1; step <= steps; step += 1) {
      const stepDueOn = day(startOn, Math.round((step * 300) / steps));
      milestones.push({
        ref: `${ref}-${step}`,
        actionRef: ref,
        title: `Step ${step} of ${steps}`,
        dueOn: stepDueOn,
        originalDueOn: stepDueOn,
        ...(complete || some(0.5) ? { completedOn: onBetween(day(startOn, 1), 200) } : {}),
      });
    }
    for (let count = whole(0, 2); count > 0; count -= 1)
      evidence.push({
        ref: `E${evidence.length + 1}`,
        actionRef: ref,
        kind: one(kinds),
        sourceBody: one(bodies),
        on: onBetween('2025-01-10', 170),
        summary: 'Six families of eight said that the letters are clearer now.',
        strength: 'some',
        contrary: some(0.15),
      });
    for (let count = 0; count < size.updatesEach; count += 1)
      updates.push({
        key: `${ref}/${count}`,
        subjectKind: 'action',
        subjectRef: ref,
        byRef: ownerRef,
        at: `${onBetween('2024-06-01', 380)}T${String(whole(8, 17)).padStart(2, '0')}:${String(whole(10, 59))}:00.000Z`,
        route: 'chat card',
        before: { percentComplete: whole(0, 50) },
        after: { percentComplete: whole(50, 95) },
        narrative: 'The draft went round the partners; two have answered, one asks for a simpler form.',
        ...(some(0.2) ? { effect: 'Families wait four weeks less for a first meeting.' } : {}),
        noChange: false,
      });
    if (!complete && some(0.9)) asked('action', ref, ownerRef);
    if (some(0.05))
      decisions.push({
        ref: `B${decisions.length + 1}`,
        meetingRef: one(['M15', 'M16', meetingBefore]),
        subjectRef: ref,
        text: 'Bring a plan for the rest to the next meeting',
        ownerRef,
        dueOn: onBetween('2025-04-01', 120),
        state: one(['open', 'done']),
      });
    logged('action', ref, (place) => ({
      claimedDelivery: one(delivery),
      computedDelivery: one(delivery),
      claimedEffect: one(effect),
      computedEffect: one(effect),
      milestonesDone: 0,
      milestonesTotal: steps,
      percentComplete: Math.max(0, percentComplete - whole(0, 3 - place) * 10),
      dueOn,
      slow: some(0.4),
      asked: 'Note the progress.',
    }));
  }

  const risks: Risk[] = [];
  const mitigations: Mitigation[] = [];
  const score = () => ({ likelihood: whole(1, 5), impact: whole(1, 5) });
  for (const ref of riskRefs) {
    const ownerRef = owner();
    risks.push({
      ref,
      title: `Posts of team ${ref} stay empty`,
      cause: 'Few people apply',
      event: 'Posts stay empty',
      effect: 'Plans are late',
      ownerRef,
      areaRefs: [one(areaRefs)],
      actionRefs: some(0.5) ? [one(actions).ref] : [],
      inherent: score(),
      current: score(),
      target: score(),
      response: 'treat',
      status: some(0.9) ? 'open' : 'closed',
      lastReviewedOn: onBetween('2025-01-01', 160),
      reviewOn: onBetween('2025-04-01', 160),
    });
    for (let step = whole(0, 4); step > 0; step -= 1)
      mitigations.push({
        ref: `${ref}.${step}`,
        riskRef: ref,
        text: 'Advertise again',
        ownerRef: owner(),
        dueOn: onBetween('2025-01-01', 300),
        status: one(['not-started', 'in-progress', 'complete']),
      });
    asked('risk', ref, ownerRef);
    logged('risk', ref, score);
  }

  const measures: Measure[] = [];
  const readings: Reading[] = [];
  for (const ref of measureRefs) {
    const lowerIsBetter = some(0.4);
    const tilt = whole(-6, 6);
    measures.push({
      ref,
      areaRef: one(areaRefs),
      name: `Share of plans issued on time, ${ref}`,
      unit: '%',
      lowerIsBetter,
      definition: 'Plans issued within 20 weeks',
      ownerRef: owner(),
      frequency: some(0.7) ? 'monthly' : 'quarterly',
      readingMonths: [],
      baseline: { on: '2023-12-31', value: 50 },
      target: { on: '2025-12-31', value: lowerIsBetter ? 10 : 90 },
      tolerance: 2,
      reportingLagWorkingDays: 10,
      trajectory: [{ quarter: '2024-Q4', value: lowerIsBetter ? 30 : 70 }],
      computed: false,
    });
    for (let month = 0; month < 17; month += 1) {
      if (some(0.05)) continue;
      const period = day('2024-01-15', Math.round(month * 30.4375)).slice(0, 7);
      const value = Math.round(50 + (lowerIsBetter ? -1 : 1) * month * 1.6 + tilt + whole(-3, 3));
      const reading = { measureRef: ref, period, value, reportedOn: day(`${period}-28`, 12), revises: false };
      readings.push(reading);
      if (some(0.1))
        readings.push({ ...reading, value: value + 1, reportedOn: day(`${period}-28`, 45), revises: true });
    }
  }

  return {
    readAt: judgedAt,
    facts: {
      id: 'northam',
      name: 'Northam improvement board',
      localAuthority: 'Northam Council',
      icb: 'Northam ICB',
      actionsAimOn: '2025-12-31',
      noticeIssuedOn: '2023-12-01',
      localities: [],
    },
    policy: {},
    areas: areaRefs.map((ref) => ({
      ref,
      title: `Area ${ref}`,
      kind: 'priority',
      aim: 'Children have a plan when they need one',
      clauses: ['3c'],
      responsibleBodies: ['Northam Council'],
    })),
    bodies: bodies.map((name) => ({ name, volunteer: name.endsWith('Forum'), requiredAtBoard: true, quietDays: [] })),
    people,
    actions,
    milestones,
    risks,
    mitigations,
    measures,
    readings,
    evidence,
    coProduction: [],
    meetings: allMeetings,
    attendance: [],
    requests,
    updates,
    dateChanges,
    decisions,
    invitations: [],
    dispatches: [],
    adviserNotes: [],
    reviews: [],
    loggedRows,
    findings: [],
  };
}

function owners(count: number): readonly Person[] {
  return Array.from({ length: count }, (_none, index) => ({
    ref: `P${index + 1}`,
    name: `Owner ${index + 1}`,
    role: 'Head of service',
    boardRole: 'owner',
    body: bodies[index % bodies.length] ?? 'Northam Council',
    external: false,
    volunteer: bodies[index % bodies.length]?.endsWith('Forum') ?? false,
    requiredByNotice: false,
    deputyRefs: index % 3 === 0 ? [] : [`P${1 + ((index + 1) % count)}`],
  }));
}
