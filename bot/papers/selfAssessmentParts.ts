// The parts of a self-assessment that rest on the board's lists: governance, documents, milestones, what partners do.
import { loggedLogs } from '../board/loggedRows';
import type { CivilDate, LoggedRow, Milestone } from '../board/model';
import { standingUpdates } from '../board/takenBack';
import { count, effectWords, listed, quorumWords } from '../board/wording';
import type { Block } from './document';
import { bullets, col, heading, paragraph } from './logBlocks';
import { dates, dayOf, fromWords, lines, longDate } from './logWords';
import { coProductionBullets, doneBy, namesOf, type PackInput } from './packBlocks';

/** The last review held before the day of the log: what happened since then is new to the reviewers. */
export function periodStart({ snapshot, log }: PackInput): CivilDate | undefined {
  return snapshot.reviews
    .filter((one) => one.state === 'held' && one.on <= log.judgedOn)
    .map((one) => one.on)
    .sort()
    .at(-1);
}

/** Meetings whose attendance is shown. */
const meetingsShown = 3;
/** How far ahead the next milestones are listed, in months. */
const aheadMonths = 3;

const boardRoles: Readonly<Record<string, string>> = {
  chair: 'Chair',
  secretary: 'Secretary',
  member: 'Member',
};

export function governance(input: PackInput): {
  readonly members: number;
  readonly chart: string | undefined;
  readonly blocks: readonly Block[];
} {
  const { snapshot, filed } = input;
  const { facts } = snapshot;
  const members = snapshot.people.filter((one) => one.boardRole in boardRoles);
  const meetings = heldMeetings(input).slice(-meetingsShown);
  const attended = (personRef: string): string =>
    meetings
      .map((meeting) => {
        const row = snapshot.attendance.find((one) => one.meetingRef === meeting.ref && one.personRef === personRef);
        return `${meeting.ref} ${row?.state ?? 'not recorded'}`;
      })
      .join('\n');
  return {
    members: members.length,
    chart: filed.find((name) => /^governance chart/i.test(name)),
    blocks: [
      paragraph(
        facts.chairAgreedWithDepartmentOn === undefined
          ? 'The date on which the Department agreed the chair is not held.'
          : `The chair was agreed with the Department on ${longDate(facts.chairAgreedWithDepartmentOn)}.`,
      ),
      paragraph(facts.quorum === undefined ? 'The quorum is not held.' : `Quorum: ${quorumWords(facts.quorum)}.`),
      {
        kind: 'table',
        caption: `The members of the board, and their attendance at the last ${count(meetings.length, 'meeting')} held. ${fromWords(input.log, 'the lists People and Attendance')}`,
        columns: [col('Who', 26), col('Post', 30), col('Body', 22), col('Attendance', 22)],
        rows: members.map((one) => [
          lines([one.name, boardRoles[one.boardRole], one.requiredByNotice ? 'named by the notice' : undefined]),
          one.role,
          one.body,
          attended(one.ref),
        ]),
        whenEmpty: 'No member is recorded.',
      },
      ...accountability(input),
    ],
  };
}

function heldMeetings({ snapshot, log }: PackInput) {
  return snapshot.meetings
    .filter((one) => one.state === 'held' && one.on <= log.judgedOn)
    .sort((a, b) => (a.on < b.on ? -1 : 1));
}

function accountability({ log }: PackInput): readonly Block[] {
  const owners = [...new Set(log.actions.map((one) => one.detail.owner))].sort();
  return [
    heading('Who answers for what', 2),
    {
      kind: 'table',
      caption: `Each accountable owner with the actions and measures they answer for. ${fromWords(log, 'the frozen log')}`,
      columns: [col('Owner', 30), col('Actions', 45), col('Measures', 25)],
      rows: owners.map((owner) => [
        owner,
        listed(log.actions.filter((one) => one.detail.owner === owner).map((one) => one.ref)),
        listed(log.sections.measures.filter((one) => one.owner === owner).map((one) => one.ref)),
      ]),
      whenEmpty: 'No owner is recorded.',
    },
  ];
}

interface PartContent {
  readonly held: boolean;
  readonly what: string;
  readonly blocks: readonly Block[];
}

/** The documents that show how actions are planned, tracked and evaluated. */
export function plannedEvidence(input: PackInput, since: CivilDate | undefined): PartContent {
  const { snapshot, log } = input;
  const meetings = heldMeetings(input).filter((one) => since === undefined || one.on > since);
  const logs = frozenLogs(input);
  const on = (at: string): CivilDate => dates.on(at);
  const isNew = (day: CivilDate): boolean => day <= log.judgedOn && (since === undefined || day > since);
  const updates = standingUpdates(snapshot).filter((one) => isNew(on(one.at))).length;
  const decisions = snapshot.decisions.filter((one) =>
    meetings.some((meeting) => meeting.ref === one.meetingRef),
  ).length;
  const period = since === undefined ? 'on record' : `since ${longDate(since)}`;
  return {
    held: logs.length > 0 || updates > 0,
    what:
      logs.length > 0 || updates > 0
        ? `${count(updates, 'update')} by owners and ${count(decisions, 'decision')} of the board ${period}; ${count(logs.length, 'frozen log')} on record.`
        : 'Not held: no frozen log and no update is on record.',
    blocks: [
      {
        kind: 'table',
        caption: `Papers and minutes of the meetings ${period}. ${fromWords(log, 'the list Meetings')}`,
        columns: [col('Meeting', 30), col('Papers sent', 25), col('Minutes', 45)],
        rows: meetings.map((one) => [
          `${one.ref}, ${dayOf(one.on)}`,
          one.papersSentOn === undefined ? 'not recorded' : dayOf(one.papersSentOn),
          one.minutesFiledOn === undefined
            ? 'not held'
            : lines([
                `${one.minutesState ?? 'state not recorded'}, filed ${dayOf(one.minutesFiledOn)}`,
                one.minutesLink,
              ]),
        ]),
        whenEmpty: 'No meeting was held in this time.',
      },
      {
        kind: 'table',
        caption: `The frozen action and impact logs, each with the first figures of its SHA-256. ${fromWords(log, 'the list ActionImpactLog')}`,
        columns: [col('Meeting', 20), col('Log', 40), col('Frozen on', 22), col('Code', 18)],
        rows: logs.map((one) => [
          one.meetingRef,
          one.kind,
          dayOf(one.frozenOn),
          /^[0-9a-f]{64}$/.test(one.logHash) ? one.logHash.slice(0, 4).toUpperCase() : 'not recorded then',
        ]),
        whenEmpty: 'No log is frozen yet.',
      },
    ],
  };
}

/** One row a frozen log, in order of day. */
function frozenLogs({ snapshot, log }: PackInput): readonly LoggedRow[] {
  const rows = loggedLogs(snapshot.loggedRows).map((one) => one.last);
  return rows
    .filter((one) => one.frozenOn <= log.judgedOn)
    .sort((a, b) => (a.frozenOn < b.frozenOn ? -1 : a.frozenOn > b.frozenOn ? 1 : 0));
}

/** Milestones met, late and to come; slippage; evidence of effect. */
export function dashboardFigures(input: PackInput, since: CivilDate | undefined): readonly Block[] {
  const { log, snapshot } = input;
  const on = log.judgedOn;
  const due = snapshot.milestones.filter((one) => one.dueOn <= on && (since === undefined || one.dueOn > since));
  const done = (one: Milestone): CivilDate | undefined => doneBy(one.completedOn, on);
  const inTime = due.filter((one) => (done(one) ?? '9999') <= one.dueOn);
  const late = due.filter((one) => (done(one) ?? '') > one.dueOn);
  const open = snapshot.milestones.filter((one) => done(one) === undefined && one.dueOn < on);
  const aheadOn = dates.addMonths(on, aheadMonths);
  const next = snapshot.milestones
    .filter((one) => done(one) === undefined && one.dueOn >= on && one.dueOn <= aheadOn)
    .sort((a, b) => (a.dueOn < b.dueOn ? -1 : a.dueOn > b.dueOn ? 1 : 0));
  const rows = new Map(log.actions.map((one) => [one.ref, one]));
  const moved = log.actions.filter((one) => one.detail.dateMoves > 0);
  const days = moved.reduce((sum, one) => sum + one.detail.dateMovedCalendarDays, 0);
  const effects = (['clear-evidence', 'some-evidence', 'no-evidence', 'too-early'] as const).map(
    (status) =>
      `${effectWords[status]}: ${count(log.actions.filter((one) => one.computedEffect === status).length, 'action')}`,
  );
  return [
    heading('Milestones and slippage', 2),
    bullets(
      [
        `Due ${since === undefined ? 'up to' : `after ${longDate(since)} and up to`} the day of the log: ${due.length}; completed in time ${inTime.length}, late ${late.length}, still open ${due.length - inTime.length - late.length}.`,
        `Open past their date, whenever due: ${open.length === 0 ? 'none' : `${open.length} (${listed(open.map((one) => one.ref))})`}.`,
        `Due dates moved: ${count(moved.length, 'action')}, by ${count(days, 'day')} in all.`,
      ],
      '',
    ),
    heading('Evidence of effect', 2),
    bullets(effects, ''),
    heading('The next set of milestones', 2),
    {
      kind: 'table',
      caption: `Milestones due up to ${longDate(aheadOn)}, and whether their action is on course for them. ${fromWords(log, 'the lists Milestones and Actions')}`,
      columns: [col('Milestone', 50), col('Due', 20), col('On course', 30)],
      rows: next.map((one) => {
        const row = rows.get(one.actionRef);
        return [
          `${one.ref} ${one.title}`,
          dayOf(one.dueOn),
          row === undefined
            ? 'not known'
            : row.slow
              ? 'Its action is slow to progress'
              : row.forecastOn !== null && row.dueOn !== null && row.forecastOn > row.dueOn
                ? 'Its action is forecast late'
                : 'Nothing speaks against it',
        ];
      }),
      whenEmpty: 'No milestone is due in this time.',
    },
    heading('Measures with charts', 2),
  ];
}

/** What partners, families, children and schools did: work together, attendance, answers, voices. */
export function partnerRoles(input: PackInput, since: CivilDate | undefined): PartContent {
  const { snapshot, log } = input;
  const together = snapshot.coProduction.filter((one) => one.on <= log.judgedOn);
  const name = namesOf(snapshot);
  const bodyOf = new Map(snapshot.people.map((one) => [one.ref, one.body]));
  const meetings = heldMeetings(input).slice(-meetingsShown);
  const asked = snapshot.requests.filter(
    (one) => one.state !== 'cancelled' && one.dueOn <= log.judgedOn && (since === undefined || one.requestedOn > since),
  );
  const bodies = snapshot.bodies.map((one) => one.name).sort();
  return {
    held: together.length > 0,
    what:
      together.length === 0
        ? 'Not held: no work with parents, children or schools is recorded.'
        : `${count(together.length, 'record')} of work with parents, children and schools, ${together.filter((one) => one.changed !== undefined && one.changed !== '').length} with what changed because of it.`,
    blocks: [
      heading('Work with parents, children and schools', 2),
      coProductionBullets(input),
      heading('Partners', 2),
      {
        kind: 'table',
        caption: `Each partner's answers to update requests ${since === undefined ? 'on record' : `since ${longDate(since)}`}, and attendance at the last ${count(meetings.length, 'meeting')} held (present or by deputy). ${fromWords(log, 'the lists Requests and Attendance')}`,
        columns: [col('Body', 40), col('Answered in time', 20), col('Attendance', 20), col('Leads or supports', 20)],
        rows: bodies.map((body) => {
          const mine = asked.filter((one) => bodyOf.get(one.ownerRef) === body);
          const seats = snapshot.attendance.filter(
            (one) => bodyOf.get(one.personRef) === body && meetings.some((meeting) => meeting.ref === one.meetingRef),
          );
          const there = seats.filter((one) => one.state === 'present' || one.state === 'deputy').length;
          const leads = log.actions.filter((one) => one.detail.leadBody === body).length;
          const supports = log.actions.filter((one) => one.detail.partnerBodies.includes(body)).length;
          return [
            body,
            mine.length === 0
              ? 'not asked'
              : `${mine.filter((one) => one.state === 'answered').length} of ${mine.length}`,
            seats.length === 0 ? 'no seat' : `${there} of ${seats.length}`,
            `${leads} led, ${supports} supported`,
          ];
        }),
        whenEmpty: 'No partner is recorded.',
      },
      paragraph(`Chair: ${snapshot.facts.chairRef === undefined ? 'not held' : name(snapshot.facts.chairRef)}.`),
    ],
  };
}
