// "All mine no change" in chat: one form for everything open of one's own, a line where something is off track, one button.
import { z } from 'zod';
import type { OwnerItem } from '../board/ownerItems';
import { count, listed } from '../board/wording';
import type { Field, FormValues } from '../cards/fields';
import type { FormIssue } from '../cards/formParts';
import type { CardJson } from '../cards/kit';
import { manageDoneCard, manageFormCard, typedIn } from '../cards/manageForm';
import { noticeCard } from '../cards/notice';
import { deliveryWords } from '../cards/words';
import type { AnswerResult } from '../services/updateItem';
import type { OutgoingCard } from '../services/ports';
import { findItem } from './findItem';
import type { ChatDeps, Seat } from './seat';
import { cardReply, messageReply, unreadableCard } from './skills';
import type { ChatTurn, PressReply, PressTurn, Skill } from './skills';

const phrases = new Set([
  ...['all mine no change', 'all my actions no change', 'all of mine no change', 'all no change', 'mine no change'],
  ...['no change on all of mine', 'no change on all mine', 'no change on mine', 'no change on any of mine'],
  ...['no change on all my actions', 'no change on all of my actions', 'no change to all mine', 'no change all'],
  ...['no change on everything', 'no change on all', 'no change to all', 'no change for all', 'no change to any'],
  ...['no changes', 'no changes on mine', 'everything no change', 'everything the same', 'everything is the same'],
  ...['nothing changed', 'nothing has changed', 'nothing has changed on mine', 'nothing changed on mine'],
  ...['all the same', 'all mine the same', 'same as last time', 'all as before', 'no update on any'],
]);

const verb = 'all-no-change';
const kinds = ['action', 'risk', 'mitigation'] as const;
type Kind = (typeof kinds)[number];
const named = z.object({
  kind: z.enum(kinds),
  ref: z.string().min(1).max(60),
  version: z.string().min(1).max(200).optional(),
});
/** More would be a form that nobody reads before pressing; the rest follows when these are answered. */
const mostItems = 20;
const pressed = z.object({
  nonce: z.string().min(8).max(100),
  items: z.array(named).min(1).max(mostItems),
  confirmed: z.boolean().optional(),
});
type Named = z.infer<typeof named>;

export const allMineSkill: Skill = {
  offers: [{ phrase: 'all mine no change', does: 'one form for everything of yours that has not changed' }],
  verbs: [verb],
  saving: { [verb]: 'No change on all' },
  message: (turn) => Promise.resolve(messageFor(turn)),
  press,
};

function messageFor({ words, seats, deps }: ChatTurn): readonly OutgoingCard[] | undefined {
  if (!phrases.has(words)) return undefined;
  const cards = seats.flatMap((seat) => {
    const wanted = ownOpen(seat);
    if (wanted.length === 0) return [];
    const card = form(seat, wanted.map(nameOf), { nonce: deps.newNonce(), notes: leftOut(seat) });
    return [{ card, summary: titleOf(wanted.length) }];
  });
  if (cards.length > 0) return cards;
  const lines = seats.flatMap(leftOut);
  const nothing = 'Nothing of yours waits for an answer.';
  return [noticeCard({ title: 'Nothing to answer so', lines: lines.length === 0 ? [nothing] : lines })];
}

/** What is the person's own and may stay as it is. */
function ownOpen({ view }: Seat): readonly OwnerItem[] {
  return view.open.filter((one) => !one.asDeputy && isKind(one.kind));
}

function isKind(kind: string): kind is Kind {
  return kinds.some((one) => one === kind);
}

/** What these words cannot answer: a reading needs its number, another's item its owner or a word of its own. */
function leftOut({ view }: Seat): readonly string[] {
  const refs = (fits: (one: OwnerItem) => boolean): readonly string[] => view.open.filter(fits).map((one) => one.ref);
  const readings = refs((one) => !one.asDeputy && one.kind === 'measure');
  const others = refs((one) => one.asDeputy);
  return [
    ...(readings.length === 0 ? [] : [`Not among them: ${listed(readings)}, where a reading is asked for.`]),
    ...(others.length === 0 ? [] : [`Not among them: ${listed(others)}, which you answer for somebody else.`]),
  ];
}

function nameOf({ kind, ref, stamp }: OwnerItem): Named {
  return { kind: isKind(kind) ? kind : 'action', ref, ...(stamp ? { version: stamp.version } : {}) };
}

function titleOf(items: number): string {
  return `No change on ${items === 1 ? 'this item' : `these ${items} items`}?`;
}

const beforeSaving =
  'The board sees that you looked and nothing has changed. Nothing is saved before you press the button.';

interface FormState {
  readonly nonce: string;
  readonly notes: readonly string[];
  readonly typed?: FormValues;
  readonly issues?: readonly FormIssue[];
  readonly warnings?: readonly string[];
}

function form(seat: Seat, wanted: readonly Named[], { nonce, notes, ...state }: FormState): CardJson {
  const items = wanted.slice(0, mostItems);
  const rest = wanted.length - items.length;
  const found = items.flatMap(({ kind, ref }) => {
    const one = findItem(seat, kind, ref);
    return one.kind === 'item' ? [one.item] : [];
  });
  return manageFormCard({
    title: titleOf(items.length),
    lines: [
      ...found.map((one) => `${one.ref} ${one.title}${one.claimed ? `: ${deliveryWords[one.claimed].word}` : ''}.`),
      ...(rest > 0 ? [`${count(rest, 'more item')} of yours follow when these are answered.`] : []),
      ...notes,
      ...(state.typed === undefined ? [beforeSaving] : []),
    ],
    fields: fieldsFor(found),
    save: { title: items.length === 1 ? 'No change' : `No change on all ${items.length}`, verb },
    data: { boardId: seat.boardId, nonce, items },
    ...state,
  });
}

const whyField = 'why:';

/** Where the owner says off track, no change is explained in a line. Source: docs/rules.md, what an answer may change. */
function fieldsFor(items: readonly OwnerItem[]): readonly Field[] {
  return items
    .filter((one) => one.kind === 'action' && one.claimed === 'off-track')
    .map((one) => ({
      type: 'text' as const,
      name: `${whyField}${one.ref}`,
      label: `${one.ref} is off track: why has nothing changed? (required, one line)`,
      lines: 'one' as const,
      maxLength: 300,
      error: 'Write why, in a line of at least 10 characters.',
    }));
}

async function press({ seat, data, deps }: PressTurn): Promise<PressReply> {
  const read = pressed.safeParse(data);
  if (!read.success) return messageReply(unreadableCard);
  const { nonce, items, confirmed } = read.data;
  const found = items.flatMap(({ kind, ref }) => {
    const one = findItem(seat, kind, ref);
    return one.kind === 'item' ? [one.item] : [];
  });
  const typed = typedIn(fieldsFor(found), data);
  const done: string[] = [];
  const not: string[] = [];
  const again: { readonly item: Named; readonly issues: readonly FormIssue[]; readonly warnings: readonly string[] }[] =
    [];
  for (const item of items) {
    if (findItem(seat, item.kind, item.ref).kind !== 'item') {
      not.push(`${item.ref} is not yours to answer any more.`);
      continue;
    }
    const result = await answer(deps, seat, item, { nonce, typed, confirmed: confirmed === true });
    if (result.kind === 'saved') done.push(item.ref);
    else if (result.kind === 'conflict')
      not.push(`${item.ref} was changed by somebody else since you looked: type "${item.ref}" to see it and answer.`);
    else if (result.kind === 'confirm') again.push({ item, issues: [], warnings: result.warnings });
    else again.push({ item, issues: issuesOf(item, result.issues), warnings: [] });
  }
  const recorded = done.length === 0 ? [] : [`Recorded as not changed: ${listed(done)}.`];
  if (again.length > 0) {
    const state = {
      nonce,
      typed,
      issues: again.flatMap((one) => one.issues),
      warnings: again.flatMap((one) => one.warnings),
      notes: [...recorded, ...not],
    };
    const wanted = again.map((one) => one.item);
    return cardReply(form(seat, wanted, state));
  }
  const title = done.length === 0 ? 'Nothing was recorded' : `No change on ${count(done.length, 'item')}`;
  const words = [...recorded, ...not, 'You can still change any of them: type its reference.'];
  return cardReply(manageDoneCard({ title, words, findings: [] }));
}

async function answer(
  deps: ChatDeps,
  seat: Seat,
  { kind, ref, version }: Named,
  said: { readonly nonce: string; readonly typed: FormValues; readonly confirmed: boolean },
): Promise<AnswerResult> {
  const why = said.typed[`${whyField}${ref}`]?.trim();
  const narrative = why === undefined || why === '' ? {} : { narrative: why };
  return deps.updateItem.answer({
    boardId: seat.boardId,
    actor: { personRef: seat.person.ref, route: 'chat card' },
    nonce: said.nonce,
    answer: kind === 'risk' ? { kind, ref, noChange: true } : { kind, ref, noChange: true, ...narrative },
    confirmedWarnings: said.confirmed,
    ...(version === undefined ? {} : { seenVersion: version }),
  });
}

/** Beside the line that explains it; anything else stands at the top with its reference. */
function issuesOf({ ref }: Named, issues: readonly FormIssue[]): readonly FormIssue[] {
  return issues.map((one) =>
    one.field === 'narrative'
      ? { field: `${whyField}${ref}`, message: one.message }
      : { field: '', message: `${ref}: ${one.message}` },
  );
}
