// The form that answers words: what was read of them, said first with a Save beside it, and what was not sure.
import type { OwnerItem } from '../board/ownerItems';
import type { PhraseItem } from '../board/phrases';
import { listed, monthName, small } from '../board/wording';
import { nobody } from './fields';
import type { Field } from './fields';
import { itemCard } from './item';
import type { ItemCardInput } from './item';
import { button, buttons, cardBytes, cardLimitBytes, clean, container, paragraph } from './kit';
import type { CardJson, Run } from './kit';
import { itemInput } from './ownerView';
import type { OwnerView } from './ownerView';

export interface HeardCard {
  readonly card: CardJson;
  readonly summary: string;
}

export interface HeardState {
  readonly nonce: string;
  /** "1 of 3": one of several cards of a message, each saved by itself. */
  readonly place?: string;
}

/** Buttons of a card that is one of several: after saving it shows its receipt, not another item. */
export const aloneVerbs = {
  save: 'save-heard',
  'no-change': 'no-change-heard',
  resolve: 'resolve-heard',
  open: 'open-heard',
} as const;

function isAloneVerb(verb: unknown): verb is keyof typeof aloneVerbs {
  return typeof verb === 'string' && Object.hasOwn(aloneVerbs, verb);
}

/** An item's form with what was read filled in; nothing is saved before the button is pressed. */
export function heardCard(view: OwnerView, item: OwnerItem, read: PhraseItem, state: HeardState): HeardCard {
  const asked = read.period === undefined ? item : { ...item, readingPeriod: read.period };
  const known = itemInput(view, asked, { nonce: state.nonce });
  const names = new Set(known.fields.map((field) => field.name));
  const typed = Object.fromEntries(Object.entries(read.fields).filter(([name]) => names.has(name)));
  const lost = Object.keys(read.fields).filter((name) => !names.has(name));
  const { lastSaid: _said, ...input }: ItemCardInput = {
    ...known,
    typed,
    ...(state.place === undefined ? {} : { more: 0 }),
  };
  const words = readWords(view, known.fields, typed, read, asked.readingPeriod);
  const unsure = [
    ...read.questions.map((one) => one.text),
    ...lost.map(() => 'A part of it has no place in this form.'),
  ];
  const form = itemCard(input);
  const ways = [
    withReadBack(form, { words, unsure, noChange: read.noChange && input.noChange, ...state }),
    withReadBack(form, { words: 'what is filled in below', unsure: [], noChange: false, ...state }),
    form,
  ];
  const card = ways.find((one) => cardBytes(one) <= cardLimitBytes) ?? form;
  const summary = clean(`${read.ref}: I read: ${words}`, 200);
  return { card: state.place === undefined ? card : aloneCard(card, state.place), summary };
}

/** The card with the buttons of one of several, which know their place among them. */
export function aloneCard(card: CardJson, place: string | undefined): CardJson {
  return changed(card, (one) => {
    const verb = one['verb'];
    if (!isAloneVerb(verb)) return one;
    const data = { ...dataOf(one), ...(place === undefined ? {} : { place }) };
    return { ...one, verb: aloneVerbs[verb], data };
  });
}

interface ReadBack extends HeardState {
  readonly words: string;
  readonly unsure: readonly string[];
  readonly noChange: boolean;
}

/** Right under the title: on a phone the form is long, and what was read well needs one press. */
function withReadBack(form: CardJson, back: ReadBack): CardJson {
  const { words, unsure, noChange, place } = back;
  const body = form['body'];
  const verb = noChange ? 'no-change' : 'save';
  const press = found(form, (one) => one['type'] === 'Action.Execute' && one['verb'] === verb);
  const title = noChange ? 'No change' : 'Save';
  const isSure = unsure.length === 0 && press !== undefined;
  const next = isSure ? `Check and press ${title}.` : 'Check below and press Save.';
  const runs: Run[] = [{ text: 'I read: ', bold: true }, `${words}. `, { text: next, bold: true }];
  const items = [
    ...(place === undefined ? [] : [paragraph([{ text: place, subtle: true, size: 'small' }])]),
    paragraph(runs),
    ...(unsure.length === 0 ? [] : [paragraph([{ text: 'Not sure ▲', bold: true }], { spacing: 'Small' })]),
    ...unsure.slice(0, 6).map((one) => paragraph([clean(one, 300)], { spacing: 'Small' })),
    ...(isSure
      ? [buttons([button(title, verb, dataOf(press), { style: 'positive', tooltip: `${title}: what was read` })])]
      : []),
  ];
  const readBack = container(items, { style: unsure.length === 0 ? 'accent' : 'warning', spacing: 'Medium' });
  return Array.isArray(body) ? { ...form, body: [...body.slice(0, 2), readBack, ...body.slice(2)] } : form;
}

function readWords(
  view: OwnerView,
  fields: readonly Field[],
  typed: Readonly<Record<string, string>>,
  read: PhraseItem,
  period: string | undefined,
): string {
  const parts = fields.flatMap((field) => {
    const value = typed[field.name];
    return value === undefined ? [] : partsOf(field, value, typed, view, period);
  });
  if (parts.length > 0) return parts.join('; ');
  if (read.noChange) return 'no change';
  return `nothing certain but ${read.ref}`;
}

const shortWords = 140;

/** What one input was filled with, in words. */
function partsOf(
  field: Field,
  value: string,
  typed: Readonly<Record<string, string>>,
  view: OwnerView,
  period: string | undefined,
): readonly string[] {
  const quoted = `"${clean(value, shortWords)}"`;
  const title = field.type === 'choice' ? field.options.find((one) => one.value === value)?.title : undefined;
  switch (field.name) {
    case 'deliveryStatus':
    case 'status':
      return [small(title ?? value)];
    case 'percentComplete':
      return [`${value}% done`];
    case 'milestonesCompleted':
      return [`${listed(value.split(','))} done`];
    case 'forecastOn':
      return [`forecast ${view.calendar.longDate(value)}`];
    case 'blocker':
      return [value === '' ? 'nothing in the way' : `in the way: ${quoted}`];
    case 'waitingOnBody':
      return value === nobody
        ? typed['blocker'] === ''
          ? []
          : ['waiting for nobody']
        : [`waiting for ${clean(value, 80)}`];
    case 'effectStatus':
      return [`effect: ${small(title ?? value)}`];
    case 'likelihood':
    case 'impact':
      return [`${field.name} ${value}`];
    case 'value':
      return [period === undefined ? value : `${value} for ${monthName(period)}`];
    case 'narrative':
      return [`what happened: ${quoted}`];
    case 'effect':
      return [`what is different: ${quoted}`];
    default:
      return [title === undefined ? `${field.name}: ${quoted}` : `${field.name.replace(/^.*:/u, '')} ${small(title)}`];
  }
}

function isElement(value: unknown): value is CardJson {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The first element of a card for which `test` holds. */
function found(value: unknown, test: (one: CardJson) => boolean): CardJson | undefined {
  if (isElement(value) && test(value)) return value;
  const inside: readonly unknown[] = isElement(value) ? Object.values(value) : Array.isArray(value) ? value : [];
  for (const one of inside) {
    const hit = found(one, test);
    if (hit) return hit;
  }
  return undefined;
}

/** The same card with each element changed. */
function changed(card: CardJson, change: (one: CardJson) => CardJson): CardJson {
  const inside = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(inside);
    return isElement(value) ? changed(value, change) : value;
  };
  return change(Object.fromEntries(Object.entries(card).map(([name, value]) => [name, inside(value)])));
}

function dataOf(press: CardJson | undefined): CardJson {
  const data = press?.['data'];
  return isElement(data) ? data : {};
}
