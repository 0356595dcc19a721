// The secretary's forms in chat: made from what is asked, and read back into what is to be done.
import { z } from 'zod';
import { delegationsOf } from '../board/cycleDeputies';
import { delegationEnds, holdingWords, holdingsOf } from '../board/manageLeaver';
import { nextItemRef, type NewItem } from '../board/manageNewItem';
import { ownedItems, type OwnedItem } from '../board/manageOwned';
import type { CivilDate, HandOverMove, Ref } from '../board/model';
import { nobody, type FormValues } from '../cards/fields';
import type { CardJson } from '../cards/kit';
import { handOverFields, leaverFields, newActionFields, newRiskFields } from '../cards/manageFields';
import { manageFormCard, typedIn } from '../cards/manageForm';
import type { ManagedResult } from '../services/carryOut';
import type { ChatDeps, Seat } from './seat';

/** What a form carries; what the person may do is looked at anew with each press. */
export const formData = z.object({
  nonce: z.string().min(8).max(100),
  about: z.enum(['action', 'risk', 'hand-over', 'leave']),
  refs: z.array(z.string().max(60)).max(200).default([]),
  personRef: z.string().max(60).exactOptional(),
  /** Things set apart: their new owner by ref. */
  apart: z.record(z.string().max(60), z.string().max(60)).default({}),
  confirmed: z.boolean().default(false),
});
export type FormData = z.infer<typeof formData>;

export interface FormState {
  readonly typed?: FormValues;
  readonly result?: Exclude<ManagedResult, { kind: 'done' }>;
}

export function today(seat: Seat, deps: ChatDeps): CivilDate {
  return seat.view.calendar.on(deps.clock.now().toISOString());
}

function shared(seat: Seat, deps: ChatDeps, data: Omit<FormData, 'nonce' | 'confirmed'>, state: FormState) {
  const { result, typed } = state;
  return {
    data: { boardId: seat.boardId, nonce: deps.newNonce(), ...data },
    ...(typed ? { typed } : {}),
    ...(result?.kind === 'refused' ? { issues: result.issues } : {}),
    ...(result?.kind === 'confirm' ? { warnings: result.warnings } : {}),
  };
}

export function fieldsFor(seat: Seat, deps: ChatDeps, form: Pick<FormData, 'about' | 'refs' | 'personRef'>) {
  const { snapshot } = seat.view;
  const on = today(seat, deps);
  switch (form.about) {
    case 'action':
      return newActionFields(snapshot, on, {});
    case 'risk':
      return newRiskFields(snapshot, on, undefined);
    case 'hand-over':
      return handOverFields(snapshot, on, {});
    case 'leave':
      return leaverFields(snapshot, on, {
        ref: form.personRef ?? '',
        items: holdingsOf(snapshot, form.personRef ?? '')?.items ?? [],
      });
  }
}

export function addForm(
  seat: Seat,
  deps: ChatDeps,
  about: 'action' | 'risk',
  known: { readonly areaRef?: Ref; readonly title?: string },
  state: FormState = {},
): CardJson {
  const { snapshot } = seat.view;
  const on = today(seat, deps);
  const next =
    about === 'action' && known.areaRef === undefined
      ? 'Its reference is the next free one of its area.'
      : `Its reference will be ${nextItemRef(snapshot, { kind: about, ...(known.areaRef === undefined ? {} : { areaRef: known.areaRef }) })}.`;
  return manageFormCard({
    title: about === 'action' ? 'Add an action?' : 'Add a risk?',
    lines: [`${next} Who adds it is recorded.`],
    fields: about === 'action' ? newActionFields(snapshot, on, known) : newRiskFields(snapshot, on, known.title),
    save: { title: about === 'action' ? 'Add the action' : 'Add the risk', verb: 'manage-save' },
    ...shared(seat, deps, { about, refs: [], apart: {} }, state),
  });
}

export function handOverForm(
  seat: Seat,
  deps: ChatDeps,
  items: readonly OwnedItem[],
  known: { readonly toRef?: Ref; readonly fromOn?: CivilDate },
  state: FormState = {},
): CardJson {
  const { snapshot } = seat.view;
  const names = new Map(snapshot.people.map((one) => [one.ref, one.name]));
  const asked = items.filter((item) =>
    snapshot.requests.some(
      (one) => one.subjectRef === item.ref && one.meetingRef === seat.view.meeting?.ref && one.state === 'open',
    ),
  );
  return manageFormCard({
    title: items.length === 1 ? `Hand over ${items[0]?.ref ?? ''}?` : `Hand over ${items.length} items?`,
    lines: [
      ...items.map((one) => `${one.ref} ${one.title}. Owner now: ${names.get(one.ownerRef ?? '') ?? 'nobody'}.`),
      ...(asked.length === 0
        ? []
        : ['What was asked and not answered is asked of the new owner instead, if the deadline has not passed.']),
      'The former owner and the new one are told. It is recorded in the update history.',
    ],
    fields: handOverFields(snapshot, today(seat, deps), known),
    save: { title: 'Hand over', verb: 'manage-save' },
    ...shared(seat, deps, { about: 'hand-over', refs: items.map((one) => one.ref), apart: {} }, state),
  });
}

export function leaverForm(
  seat: Seat,
  deps: ChatDeps,
  leaver: { readonly personRef: Ref; readonly lastDayOn?: CivilDate; readonly apart: Readonly<Record<Ref, Ref>> },
  state: FormState = {},
): CardJson | undefined {
  const { snapshot } = seat.view;
  const held = holdingsOf(snapshot, leaver.personRef);
  if (!held) return undefined;
  const names = new Map(snapshot.people.map((one) => [one.ref, one.name]));
  const { personRef, lastDayOn, apart } = leaver;
  const to = (ref: Ref): string => {
    const chosen = apart[ref];
    return chosen === undefined ? '' : ` To ${chosen === nobody ? 'nobody yet' : (names.get(chosen) ?? chosen)}.`;
  };
  const also = [
    ...held.deputyOf.map((one) => `deputy of ${one.name}`),
    ...held.deputyOfActions.map((one) => `deputy for ${one.ref}`),
    ...held.escalationOf.map((one) => `escalations of ${one.name}`),
  ];
  const ending = delegationsOf(snapshot, personRef, deps.clock.now().toISOString()).map(({ deputyRef, item }) =>
    delegationEnds(item.ref, names.get(deputyRef) ?? deputyRef, names.get(item.ownerRef ?? '') ?? 'its owner'),
  );
  return manageFormCard({
    title: `${held.person.name} leaves?`,
    lines: [
      `Theirs: ${holdingWords(held.items)}.${also.length === 0 ? '' : ` Also: ${also.join(', ')}.`}`,
      ...(ending.length === 0 ? [] : [`Left to somebody for this cycle, and ending: ${ending.join(' ')}`]),
      'Everything goes over in one step. Nothing is sent to them after their last day, and the board is not shown to them.',
      ...held.items.map((one) => `${one.ref} ${one.title}.${to(one.ref)}`),
    ],
    fields: leaverFields(snapshot, today(seat, deps), {
      ref: personRef,
      items: held.items,
      ...(lastDayOn === undefined ? {} : { lastDayOn }),
    }),
    save: { title: 'Hand everything over', verb: 'manage-save' },
    more: held.items.length < 2 ? [] : [{ title: 'Give it to them', verb: 'manage-apart' }],
    ...shared(seat, deps, { about: 'leave', refs: [], personRef, apart: { ...apart } }, state),
  });
}

/** What was typed, without what was left as "nobody" or empty. */
export function chosen(seat: Seat, deps: ChatDeps, form: FormData, data: unknown): FormValues {
  const typed = typedIn(fieldsFor(seat, deps, form), data);
  return Object.fromEntries(Object.entries(typed).filter(([, value]) => value.trim() !== '' && value !== nobody));
}

export function newItemOf(about: 'action' | 'risk', given: FormValues): NewItem {
  const title = given['title'] ?? '';
  const said = <K extends string>(name: K): { readonly [P in K]?: string } => {
    const value = given[name];
    const found: { [P in K]?: string } = {};
    if (value !== undefined) found[name] = value;
    return found;
  };
  if (about === 'action') {
    const partner = given['partnerBody'];
    const measure = given['measureRef'];
    return {
      kind: 'action',
      areaRef: given['areaRef'] ?? '',
      title,
      ...said('description'),
      ...said('ownerRef'),
      ...said('leadBody'),
      ...said('dueOn'),
      ...(partner === undefined ? {} : { partnerBodies: [partner] }),
      ...(measure === undefined ? {} : { measureRefs: [measure] }),
    };
  }
  const level = (name: string): number => Number(given[name] ?? 0);
  const area = given['areaRef'];
  return {
    kind: 'risk',
    title,
    ...said('cause'),
    ...said('event'),
    ...said('effect'),
    ...said('ownerRef'),
    ...said('reviewOn'),
    ...(area === undefined ? {} : { areaRefs: [area] }),
    current: { likelihood: level('likelihood'), impact: level('impact') },
    target: { likelihood: level('targetLikelihood'), impact: level('targetImpact') },
  };
}

export function itemsNamed(seat: Seat, refs: readonly Ref[]): readonly OwnedItem[] {
  return ownedItems(seat.view.snapshot).filter((one) => refs.includes(one.ref));
}

export function movesOf(items: readonly OwnedItem[], toRef: Ref | undefined): readonly HandOverMove[] {
  return items.map(({ kind, ref }) => ({ kind, ref, ...(toRef === undefined ? {} : { toRef }) }));
}

/** Things set apart, each to its new owner or to nobody. */
export function movesApart(seat: Seat, apart: Readonly<Record<Ref, Ref>>): readonly HandOverMove[] {
  return itemsNamed(seat, Object.keys(apart)).flatMap((item) => {
    const toRef = apart[item.ref];
    return movesOf([item], toRef === nobody ? undefined : toRef);
  });
}
