// Checks a card as a client would: parsed at 1.5, no unknown property, no newer version, ids unique, small enough.
import * as AdaptiveCards from 'adaptivecards';
import { cardBytes, cardLimitBytes } from '../../bot/cards/kit';
import type { CardJson } from '../../bot/cards/kit';

const element = ['type', 'id', 'separator', 'spacing', 'isVisible', 'height', 'fallback', 'requires'];
const input = [...element, 'label', 'isRequired', 'errorMessage', 'value'];
const action = ['type', 'id', 'title', 'iconUrl', 'style', 'fallback', 'tooltip', 'isEnabled', 'mode', 'requires'];
/** Properties up to Adaptive Cards 1.5. Source: https://adaptivecards.io/explorer/ */
const known: Readonly<Record<string, readonly string[]>> = {
  AdaptiveCard: ['$schema', 'type', 'version', 'speak', 'fallbackText', 'body', 'actions', 'lang', 'minHeight', 'rtl'],
  TextBlock: [
    ...element,
    'text',
    'color',
    'fontType',
    'isSubtle',
    'maxLines',
    'size',
    'weight',
    'wrap',
    'style',
    'horizontalAlignment',
  ],
  RichTextBlock: [...element, 'inlines', 'horizontalAlignment'],
  TextRun: [
    'type',
    'text',
    'color',
    'fontType',
    'highlight',
    'isSubtle',
    'italic',
    'size',
    'strikethrough',
    'underline',
    'weight',
  ],
  Container: [...element, 'items', 'style', 'bleed', 'minHeight', 'rtl', 'verticalContentAlignment', 'selectAction'],
  ColumnSet: [...element, 'columns', 'style', 'bleed', 'minHeight', 'horizontalAlignment'],
  Column: [...element, 'items', 'width', 'style', 'bleed', 'minHeight', 'verticalContentAlignment'],
  ActionSet: [...element, 'actions'],
  'Input.Text': [...input, 'isMultiline', 'maxLength', 'placeholder', 'regex', 'style', 'inlineAction'],
  'Input.Number': [...input, 'min', 'max', 'placeholder'],
  'Input.Date': [...input, 'min', 'max', 'placeholder'],
  'Input.ChoiceSet': [...input, 'choices', 'isMultiSelect', 'style', 'placeholder', 'wrap'],
  'Action.OpenUrl': [...action, 'url'],
  'Action.Execute': [...action, 'verb', 'data', 'associatedInputs'],
};

/** What is wrong with a card; empty: nothing. */
export function cardProblems(card: CardJson): readonly string[] {
  const problems: string[] = [];
  if (card['version'] !== '1.5') problems.push(`version is ${String(card['version'])}`);
  if (cardBytes(card) > cardLimitBytes) problems.push(`${cardBytes(card)} bytes are more than ${cardLimitBytes}`);
  const context = new AdaptiveCards.SerializationContext(AdaptiveCards.Versions.v1_5);
  const parsed = new AdaptiveCards.AdaptiveCard();
  parsed.parse(card, context);
  for (let index = 0; index < context.eventCount; index += 1) problems.push(context.getEventAt(index).message);
  for (const event of parsed.validateProperties().validationEvents) problems.push(event.message);
  const inputs: string[] = [];
  for (const part of partsOf(card)) {
    const type = String(part['type']);
    const allowed = known[type];
    if (!allowed) problems.push(`${type} is not known`);
    for (const name of Object.keys(part))
      if (allowed && !allowed.includes(name)) problems.push(`${type}.${name} is not known`);
    if (type.startsWith('Input.')) {
      inputs.push(String(part['id']));
      if (!part['label']) problems.push(`${String(part['id'])} has no label`);
      if (!part['errorMessage']) problems.push(`${String(part['id'])} has no errorMessage`);
      if (part['isRequired'] === true && !String(part['label']).includes('required'))
        problems.push(`${String(part['id'])} does not say that it is required`);
    }
    if (type === 'Action.Execute' && !part['title']) problems.push('a button has no title');
  }
  if (new Set(inputs).size !== inputs.length) problems.push('two inputs share an id');
  return problems;
}

/** Every element and action of a card, itself included; not the data of its buttons. */
export function partsOf(value: unknown): readonly CardJson[] {
  if (Array.isArray(value)) return value.flatMap(partsOf);
  if (typeof value !== 'object' || value === null) return [];
  const part = value as CardJson;
  const inner = Object.entries(part).flatMap(([name, child]) =>
    name === 'data' || name === 'choices' ? [] : partsOf(child),
  );
  return typeof part['type'] === 'string' ? [part, ...inner] : inner;
}

/** All that a person reads on a card, in order. */
export function textOf(card: CardJson): string {
  return partsOf(card)
    .map((part) => (part['type'] === 'TextBlock' || part['type'] === 'TextRun' ? String(part['text']) : ''))
    .join('');
}

/** The buttons of a card. */
export function buttonsOf(
  card: CardJson,
): readonly { readonly title: string; readonly verb: string; readonly data: CardJson }[] {
  return partsOf(card)
    .filter((part) => part['type'] === 'Action.Execute')
    .map((part) => ({ title: String(part['title']), verb: String(part['verb']), data: part['data'] as CardJson }));
}

/** The inputs of a card by id. */
export function inputsOf(card: CardJson): Readonly<Record<string, CardJson>> {
  const inputs = partsOf(card).filter((part) => String(part['type']).startsWith('Input.'));
  return Object.fromEntries(inputs.map((part) => [String(part['id']), part]));
}
