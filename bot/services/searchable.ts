// What can be found on a board: actions, risks, measures and decisions as everybody on it may read them, now or as released.
import { notRecorded } from '../board/log';
import type { ActionImpactLog, Recorded } from '../board/logShape';
import type { ActionAssessment, BoardAssessment } from '../board/assessment';
import type { Calendar } from '../board/calendar';
import type { BoardSnapshot, CivilDate, Decision, Person, Ref } from '../board/model';
import { figure, monthName, plain } from '../board/wording';
import { deliveryWords, measureWords, riskBandWords, type StatusWords } from '../cards/words';

export type FoundKind = 'action' | 'risk' | 'measure' | 'decision';
export interface FoundFact {
  readonly name: string;
  readonly words: string;
}

export interface Searchable {
  readonly kind: FoundKind;
  readonly ref: Ref;
  readonly title: string;
  readonly status?: StatusWords;
  /** One sentence: where it stands, by the records. */
  readonly reason: string;
  /** As shown to others: a volunteer is their body. */
  readonly owner?: string;
  /** Area, body, and words of its state. */
  readonly words: string;
  /** What it says beyond its title. */
  readonly text: string;
  readonly slow: boolean;
  /** What others may read of it; nobody's name and nobody's words. Worked out when it is shown. */
  facts(): readonly FoundFact[];
}

const decisionWords = {
  open: { word: 'Open', icon: '○', colour: 'default' },
  overdue: { word: 'Overdue', icon: '■', colour: 'attention' },
  done: { word: 'Done', icon: '✓', colour: 'accent' },
} satisfies Record<string, StatusWords>;

/** All that the board holds now, the most urgent actions first. */
export function searchables(
  snapshot: BoardSnapshot,
  assessment: BoardAssessment,
  calendar: Calendar,
): readonly Searchable[] {
  const areas = new Map(snapshot.areas.map((one) => [one.ref, one]));
  const people = new Map(snapshot.people.map((one) => [one.ref, one]));
  const areaWords = (ref: Ref): string => `${ref} ${areas.get(ref)?.shortLabel ?? areas.get(ref)?.title ?? ''}`.trim();
  const ownedBy = (ref: Ref | undefined) => named(ref === undefined ? undefined : people.get(ref));
  const actions = new Map(snapshot.actions.map((one) => [one.ref, one]));
  const risks = new Map(snapshot.risks.map((one) => [one.ref, one]));
  const measures = new Map(snapshot.measures.map((one) => [one.ref, one]));
  return [
    ...[...assessment.actions]
      .sort((a, b) => a.urgency - b.urgency)
      .map((judged): Searchable => {
        const action = actions.get(judged.ref);
        const overdue = !judged.complete && judged.dueOn !== undefined && judged.dueOn < assessment.on;
        return {
          kind: 'action',
          ref: judged.ref,
          title: judged.title,
          status: deliveryWords[judged.computedDelivery],
          reason: judged.deliveryReasons[0]?.text ?? 'As last recorded.',
          ...ownedBy(judged.ownerRef),
          words: [
            areaWords(judged.areaRef),
            judged.leadBody,
            ...(action?.partnerBodies ?? []),
            overdue && 'overdue late',
            judged.slow && 'slow',
          ]
            .filter(Boolean)
            .join(' '),
          text: [action?.description, action?.successMeasure].filter(Boolean).join(' '),
          slow: judged.slow,
          facts: () => actionFacts(judged, areaWords(judged.areaRef), calendar),
        };
      }),
    ...assessment.risks.map((judged): Searchable => {
      const risk = risks.get(judged.ref);
      return {
        kind: 'risk',
        ref: judged.ref,
        title: judged.title,
        status: riskBandWords[judged.band],
        reason: `Scores ${judged.score} (likelihood ${judged.likelihood}, impact ${judged.impact}).`,
        ...ownedBy(judged.ownerRef),
        words: [
          ...judged.areaRefs.map(areaWords),
          risk?.status,
          judged.aboveTolerance && 'above tolerance',
          judged.rising && 'rising',
        ]
          .filter(Boolean)
          .join(' '),
        text: [risk?.cause, risk?.event, risk?.effect].filter(Boolean).join(' '),
        slow: false,
        facts: () => [
          ...(judged.areaRefs.length === 0 ? [] : [{ name: 'Area', words: judged.areaRefs.map(areaWords).join(', ') }]),
          ...scoreFacts(judged.inherentScore, judged.score, judged.targetScore),
          {
            name: 'Mitigations',
            words: `${judged.mitigationsDone} of ${judged.mitigationsTotal} complete`,
          },
        ],
      };
    }),
    ...assessment.measures.map((judged): Searchable => {
      const measure = measures.get(judged.ref);
      return {
        kind: 'measure',
        ref: judged.ref,
        title: judged.name,
        status: measureWords[judged.state],
        reason: readingWords(judged),
        ...ownedBy(judged.ownerRef),
        words: areaWords(judged.areaRef),
        text: measure?.definition ?? '',
        slow: false,
        facts: () => [
          { name: 'Area', words: areaWords(judged.areaRef) },
          ...(measure?.target
            ? [
                {
                  name: 'Target',
                  words: `${figure(measure.target.value, judged.unit)} by ${calendar.longDate(measure.target.on)}`,
                },
              ]
            : []),
        ],
      };
    }),
    ...snapshot.decisions.map((one) =>
      searchableDecision(
        { ...one, ...ownedBy(one.ownerRef) },
        snapshot.meetings.find((other) => other.ref === one.meetingRef)?.on,
        assessment.on,
        calendar,
      ),
    ),
  ];
}

/** What a frozen log says of them: what an adviser may find. */
export function releasedSearchables(log: ActionImpactLog, calendar: Calendar): readonly Searchable[] {
  const { sections } = log;
  const titles = new Map(sections === notRecorded ? [] : sections.areas.map((one) => [one.ref, one.title]));
  const areaWords = (ref: Ref): string => `${ref} ${titles.get(ref) ?? ''}`.trim();
  const actions = log.actions.flatMap((row): readonly Searchable[] => {
    const { detail } = row;
    if (detail === notRecorded) return [];
    const status = recorded(row.computedDelivery);
    const dueOn = recorded(row.dueOn) ?? undefined;
    return [
      {
        kind: 'action',
        ref: row.ref,
        title: detail.title,
        ...(status === undefined ? {} : { status: deliveryWords[status] }),
        reason: detail.slowReasons[0] ?? 'As recorded in the log.',
        owner: detail.owner,
        words: [areaWords(detail.areaRef), detail.leadBody, row.slow === true && 'slow'].filter(Boolean).join(' '),
        text: '',
        slow: row.slow === true,
        facts: () => [
          { name: 'Area', words: areaWords(detail.areaRef) },
          ...(detail.leadBody === undefined ? [] : [{ name: 'Led by', words: detail.leadBody }]),
          ...(dueOn === undefined ? [] : [{ name: 'Due', words: calendar.longDate(dueOn) }]),
          ...(row.percent === notRecorded
            ? []
            : [{ name: 'Progress', words: `${plain(Math.round(row.percent))}% done` }]),
        ],
      },
    ];
  });
  const risks = log.risks.flatMap(({ ref, likelihood, impact, detail }): readonly Searchable[] => {
    if (detail === notRecorded) return [];
    const band = Object.entries(riskBandWords).find(([name]) => name === detail.band)?.[1];
    return [
      {
        kind: 'risk',
        ref,
        title: detail.title,
        ...(band ? { status: band } : {}),
        reason: `Scores ${detail.score} (likelihood ${likelihood}, impact ${impact}).`,
        owner: detail.owner,
        words: detail.aboveTolerance ? 'above tolerance' : '',
        text: '',
        slow: false,
        facts: () => scoreFacts(detail.inherentScore, detail.score, detail.targetScore),
      },
    ];
  });
  if (sections === notRecorded) return [...actions, ...risks];
  const measures = sections.measures.map((one): Searchable => {
    const state = Object.entries(measureWords).find(([name]) => name === one.state)?.[1];
    return {
      kind: 'measure',
      ref: one.ref,
      title: one.name,
      ...(state ? { status: state } : {}),
      reason: readingWords(one),
      owner: one.owner,
      words: areaWords(one.areaRef),
      text: one.course?.definition ?? '',
      slow: false,
      facts: () => [{ name: 'Area', words: areaWords(one.areaRef) }],
    };
  });
  const decisions = sections.decisions.map((one) => searchableDecision(one, undefined, log.judgedOn, calendar));
  return [...actions, ...risks, ...measures, ...decisions];
}

function recorded<T>(value: Recorded<T>): T | undefined {
  return value === notRecorded ? undefined : value;
}

function named(person: Person | undefined): { readonly owner?: string } {
  return person ? { owner: person.volunteer ? person.body : person.name } : {};
}

function actionFacts(judged: ActionAssessment, area: string, calendar: Calendar): readonly FoundFact[] {
  const { milestonesDone, milestonesTotal, percent } = judged.progress;
  const of = milestonesTotal === 0 ? '' : `, ${milestonesDone} of ${milestonesTotal} milestones`;
  const when =
    judged.completedOn === undefined
      ? { name: 'Due', words: judged.dueOn === undefined ? 'no due date is recorded' : calendar.longDate(judged.dueOn) }
      : { name: 'Done', words: calendar.longDate(judged.completedOn) };
  return [
    { name: 'Area', words: area },
    ...(judged.leadBody === undefined ? [] : [{ name: 'Led by', words: judged.leadBody }]),
    when,
    { name: 'Progress', words: `${plain(Math.round(percent))}% done${of}` },
  ];
}

function scoreFacts(inherent: number, now: number, wanted: number): readonly FoundFact[] {
  return [{ name: 'Score', words: `${inherent} at first, ${now} now, ${wanted} wanted` }];
}

function readingWords(judged: {
  readonly latestValue?: number;
  readonly latestPeriod?: string;
  readonly expectedValue?: number;
  readonly unit: string;
}): string {
  if (judged.latestValue === undefined || judged.latestPeriod === undefined) return 'No reading yet.';
  const expected = judged.expectedValue === undefined ? '' : `, ${figure(judged.expectedValue, judged.unit)} expected`;
  return `${figure(judged.latestValue, judged.unit)} in ${monthName(judged.latestPeriod)}${expected}.`;
}

/** A decision as everybody may read it; `decidedOn` absent: the meeting is named by its reference. */
export function searchableDecision(
  one: Pick<Decision, 'ref' | 'meetingRef' | 'text' | 'dueOn' | 'state' | 'subjectRef'> & { readonly owner?: string },
  decidedOn: CivilDate | undefined,
  todayOn: CivilDate,
  calendar: Calendar,
): Searchable {
  const overdue = one.state === 'open' && one.dueOn !== undefined && one.dueOn < todayOn;
  const due = one.dueOn === undefined ? undefined : calendar.longDate(one.dueOn);
  const open = due === undefined ? 'No date is set for it.' : `Due by ${due}.`;
  const meeting = decidedOn === undefined ? one.meetingRef : calendar.longDate(decidedOn);
  return {
    kind: 'decision',
    ref: one.ref,
    title: one.text,
    status: decisionWords[overdue ? 'overdue' : one.state],
    reason: one.state === 'done' ? 'Carried out.' : open,
    ...(one.owner === undefined ? {} : { owner: one.owner }),
    words: [one.meetingRef, one.subjectRef].filter(Boolean).join(' '),
    text: '',
    slow: false,
    facts: () => [
      { name: 'Decided at the meeting', words: meeting },
      ...(one.subjectRef === undefined ? [] : [{ name: 'About', words: one.subjectRef }]),
    ],
  };
}
