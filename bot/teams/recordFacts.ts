// What chat says of a milestone and of a decision: what it is, who, when, how it stands, and the action it belongs to.
import type { Ref } from '../board/model';
import { nearestRefs, refKey } from '../board/phraseRefs';
import type { AskItemInput } from '../cards/askItem';
import { clean } from '../cards/kit';
import { noticeCard } from '../cards/notice';
import type { NoticeCard } from '../cards/notice';
import type { StatusWords } from '../cards/words';
import { searchableDecision } from '../services/searchable';
import { viewAction } from '../services/viewActions';
import type { ViewContext } from '../services/viewContext';
import { dueWords } from './askActions';

/** A card but for its buttons. */
export type Facts = Omit<AskItemInput, 'boardId' | 'heading' | 'ref' | 'buttons'>;
type Fact = Facts['facts'][number];

const milestoneWords = {
  done: { word: 'Done', icon: '✓', colour: 'accent' },
  late: { word: 'Overdue', icon: '■', colour: 'attention' },
  open: { word: 'Open', icon: '○', colour: 'default' },
} satisfies Record<string, StatusWords>;

export function milestoneFacts(context: ViewContext, ref: Ref, personal: boolean): Facts | undefined {
  const { calendar, snapshot } = context;
  const actionRef = snapshot.milestones.find((one) => one.ref === ref)?.actionRef;
  const action = actionRef === undefined ? undefined : viewAction(context, actionRef);
  const milestone = action?.milestones.find((one) => one.ref === ref);
  if (!action || !milestone) return undefined;
  const { completedOn, dueOn, originalDueOn, lateWords } = milestone;
  const late = lateWords === undefined ? '' : `, ${lateWords}`;
  const { owner, body } = action.action;
  return {
    title: milestone.title,
    status: milestoneWords[completedOn === undefined ? (lateWords === undefined ? 'open' : 'late') : 'done'],
    reason:
      completedOn === undefined
        ? `due ${dueWords(context, dueOn)}${late}.`
        : `done on ${calendar.longDate(completedOn)}${late}.`,
    facts: [
      { name: 'Milestone of', words: `${action.action.ref} ${action.action.title}` },
      ...ownerFact(owner?.name, body, personal),
      ...(originalDueOn === dueOn ? [] : [{ name: 'At first due', words: calendar.longDate(originalDueOn) }]),
    ],
  };
}

export function decisionFacts(context: ViewContext, ref: Ref, personal: boolean): Facts | undefined {
  const { snapshot, assessment, calendar, meetingsByRef, viewer } = context;
  const decision = snapshot.decisions.find((one) => one.ref === ref);
  if (!decision) return undefined;
  const heldOn = meetingsByRef.get(decision.meetingRef)?.on;
  const found = searchableDecision(decision, heldOn, assessment.on, calendar);
  const done =
    decision.state === 'done' && decision.completedOn !== undefined
      ? `Carried out on ${calendar.longDate(decision.completedOn)}.`
      : found.reason;
  const owner = decision.ownerRef === undefined ? undefined : context.nameOf(decision.ownerRef);
  return {
    title: decision.text,
    ...(found.status ? { status: found.status } : {}),
    reason: done,
    facts: [
      ...found.facts().filter((one) => one.name !== 'About'),
      ...(personal ? ownerFact(owner, undefined, personal) : []),
      ...subjectFact(context, decision.subjectRef),
      ...(personal && decision.state === 'open' && decision.ownerRef === viewer.person.ref
        ? [{ name: 'When it is done', words: 'tell the secretary, who records it' }]
        : []),
    ],
  };
}

/** Where others read along, the body stands for the person. */
export function ownerFact(owner: string | undefined, body: string | undefined, personal: boolean): readonly Fact[] {
  const parts = [...(personal ? [owner ?? 'nobody yet'] : []), ...(body ? [body] : [])];
  return parts.length === 0 ? [] : [{ name: personal ? 'Owner' : 'Led by', words: [...new Set(parts)].join(', ') }];
}

function subjectFact({ actionsByRef }: ViewContext, ref: Ref | undefined): readonly Fact[] {
  if (ref === undefined) return [];
  const title = actionsByRef.get(ref)?.title;
  return [{ name: 'About', words: title === undefined ? ref : `${ref} ${title}` }];
}

interface Named {
  readonly ref: Ref;
  readonly title: string;
}

/** Everything that has a reference of its own, with what it is called. */
export function namedRecords({ snapshot }: Pick<ViewContext, 'snapshot'>): readonly Named[] {
  const { areas, actions, milestones, risks, mitigations, measures, decisions } = snapshot;
  return [
    ...[...actions, ...risks, ...areas, ...milestones].map(({ ref, title }) => ({ ref, title })),
    ...[...mitigations, ...decisions].map(({ ref, text }) => ({ ref, title: text })),
    ...measures.map(({ ref, name }) => ({ ref, title: name })),
  ];
}

/** Those of the same letters, and of these the ones with as many parts: APA1.99 is no area. */
function alike(typed: string, records: readonly Named[]): readonly Named[] {
  const [letters, ...numbers] = refKey(typed).split('.');
  const ofKind = records.filter(({ ref }) => refKey(ref).split('.')[0] === letters);
  const ofShape = ofKind.filter(({ ref }) => refKey(ref).split('.').length === numbers.length + 1);
  return ofShape.length > 0 ? ofShape : ofKind;
}

/** True for what looks like a reference of this board and nothing else: "D12", "APA1.99", "r 44"; "M01 89" is a reading. */
export function looksLikeRef(text: string, records: readonly Named[]): boolean {
  const one = /^\s*([a-z]{1,5})[\s.\-_/]?[a-z]?\d{1,4}(?:[.\-_/][a-z]?\d{1,4}){0,3}[?!.,;:\s]*$/iu;
  const letters = one.exec(text)?.[1]?.toLowerCase();
  return letters !== undefined && records.some(({ ref }) => /^[a-z]+/u.exec(ref.toLowerCase())?.[0] === letters);
}

/** A reference that nothing has, with those most like it. */
export function unknownRefNotice(context: ViewContext, typed: string): NoticeCard {
  const records = alike(typed, namedRecords(context));
  const titles = new Map(records.map((one) => [one.ref, one.title]));
  const near = nearestRefs(typed, records).map((ref) => `${ref} ${clean(titles.get(ref) ?? '', 60)}`);
  return noticeCard({
    title: `There is no ${clean(typed, 40)} here`,
    lines: [
      ...(near.length === 0 ? [] : ['The nearest are:', ...near]),
      'Type one of them, or "find" and words of a title.',
    ],
  });
}
