// Runs a step of a board's cycle: read the board, decide who gets what, write what was asked and what is to be sent.
import { createHash } from 'node:crypto';
import { assess } from '../board/assess';
import type { BoardAssessment } from '../board/assessment';
import { calendarOf, meetingAt, planCycle, type CyclePlan } from '../board/cycle';
import { requestKey } from '../board/manageRequests';
import type { BoardSnapshot, Instant, Ref } from '../board/model';
import { itemsByPerson } from '../board/ownerItems';
import { planReminders, type ReminderMessage, type ReminderPlan } from '../board/reminders';
import { askingSteps } from '../board/timely';
import { NotFoundError, UpstreamError } from '../errors';
import type { Logger } from '../logger';
import type { BoardRecords, Clock, Ledger, RecordWrite } from './ports';

export interface RunCyclePorts {
  readonly records: BoardRecords;
  readonly ledger: Ledger;
  readonly clock: Clock;
  readonly logger: Logger;
}

export interface Reminded {
  readonly plan: ReminderPlan;
  /** Messages new in the ledger. */
  readonly planned: number;
  /** Messages that failed before and are tried again. */
  readonly reopened: number;
  /** Requests added to the board's record. */
  readonly requested: number;
}

export interface RunCycle {
  /** A dry run: who would get what, and why. Throws NotFoundError for an unknown meeting, UpstreamError. */
  plan(boardId: string, meetingRef?: Ref, at?: Instant): Promise<ReminderPlan>;
  /**
   * Puts the latest step that is due into the ledger, one message a person, however often it is called.
   * `retryFailed`: what definitely was not sent is planned again, for a person who asks for it.
   * `maxAgeMs`: a board that is at most so old is looked at first, and read only when something is due on it.
   */
  remind(
    boardId: string,
    meetingRef?: Ref,
    options?: { readonly retryFailed?: boolean; readonly maxAgeMs?: number },
  ): Promise<Reminded>;
}

export function createRunCycle(ports: RunCyclePorts): RunCycle {
  const { records, ledger, clock, logger } = ports;

  async function decide(snapshot: BoardSnapshot, boardId: string, at: Instant, named?: Ref): Promise<Decided> {
    const { meeting, previous } = meetingAt(snapshot, at, named);
    if (meeting === undefined) throw new NotFoundError('meeting', named ?? 'to prepare for');
    const assessment = assess(snapshot, { at, meetingRef: meeting.ref });
    const calendar = calendarOf(assessment.policy);
    const cycle = planCycle(meeting, previous, calendar, assessment.policy);
    const already = await ledger.entries(boardId, meeting.ref);
    return { snapshot, assessment, cycle, plan: planReminders({ snapshot, assessment, plan: cycle, at, already }) };
  }

  return {
    async plan(boardId, meetingRef, at) {
      const snapshot = await records.refresh(boardId);
      return (await decide(snapshot, boardId, at ?? clock.now().toISOString(), meetingRef)).plan;
    },

    async remind(boardId, meetingRef, options = {}) {
      const at = clock.now().toISOString();
      if (options.maxAgeMs !== undefined) {
        const known = await decide(await records.snapshot(boardId, options.maxAgeMs), boardId, at, meetingRef);
        if (dueIn(known.plan).length === 0) return nothingDue(known.plan);
      }
      const decided = await decide(await records.refresh(boardId), boardId, at, meetingRef);
      const { plan } = decided;
      const { step } = plan;
      const due = dueIn(plan);
      if (step === undefined || due.length === 0) return nothingDue(plan);

      const requests = askingSteps.includes(step) ? missingRequests(decided, due, at) : [];
      if (requests.length > 0) await writeRequests(boardId, requests);
      const drafts = due.map((one) => ({
        boardId,
        meetingRef: plan.meetingRef,
        step,
        personRef: one.personRef,
        subjectRefs: one.subjectRefs,
      }));
      const planned = await ledger.plan(drafts, at);
      const reopened = options.retryFailed === true ? await ledger.reopen(drafts, at) : [];
      const counts = { planned: planned.length, reopened: reopened.length, requested: requests.length };
      logger.info('cycle.planned', { boardId, meetingRef: plan.meetingRef, step, ...counts });
      return { plan, ...counts };
    },
  };

  async function writeRequests(boardId: string, writes: readonly AddRequest[]): Promise<void> {
    const keys = writes.map((one) => one.operationKey).sort();
    const digest = createHash('sha256').update(keys.join('\n')).digest('hex').slice(0, 32);
    const outcome = await records.write({ boardId, operationId: `requests:${digest}`, writes });
    if (outcome.kind === 'conflict')
      throw new UpstreamError('SharePoint', `The requests could not be added: ${outcome.ref} stands in the way.`);
  }
}

function dueIn(plan: ReminderPlan): readonly ReminderMessage[] {
  return plan.step === undefined ? [] : plan.messages.filter((one) => !one.alreadySent);
}

function nothingDue(plan: ReminderPlan): Reminded {
  return { plan, planned: 0, reopened: 0, requested: 0 };
}

interface Decided {
  readonly snapshot: BoardSnapshot;
  readonly assessment: BoardAssessment;
  readonly cycle: CyclePlan;
  readonly plan: ReminderPlan;
}

type AddRequest = RecordWrite & { readonly kind: 'add' };

/** A row for each thing asked now and not on the record for this meeting: once a subject, of its owner. */
function missingRequests(decided: Decided, due: readonly ReminderMessage[], at: Instant): readonly AddRequest[] {
  const { snapshot, assessment, cycle } = decided;
  const { meetingRef } = cycle;
  const known = new Set(
    snapshot.requests.filter((one) => one.meetingRef === meetingRef).map((one) => `${one.subjectRef}/${one.ownerRef}`),
  );
  const itemsOf = itemsByPerson(snapshot, assessment);
  const writes = new Map<string, AddRequest>();
  for (const message of due)
    for (const item of itemsOf(message.personRef)) {
      const key = `${item.ref}/${item.ownerRef}`;
      if (!message.subjectRefs.includes(item.ref) || known.has(key) || writes.has(key)) continue;
      writes.set(key, {
        kind: 'add',
        record: 'request',
        operationKey: requestKey(meetingRef, item.ref, item.ownerRef),
        values: {
          meetingRef,
          subjectKind: item.kind,
          subjectRef: item.ref,
          ownerRef: item.ownerRef,
          requestedOn: calendarOf(assessment.policy).on(at),
          dueOn: cycle.deadlines.ownersDeadlineOn,
          state: 'open',
          noChange: false,
          ...(message.route === 'none' ? {} : { route: message.route === 'chat' ? 'chat card' : 'e-mail' }),
        },
      });
    }
  return [...writes.values()];
}
