// Draws an adaptive card roughly as Teams does. Loaded only when somebody looks at one.
import { AdaptiveCard, HostConfig } from 'adaptivecards';
import { useEffect, useRef } from 'react';

/** Nothing is made of Markdown, so the package puts every text in as text: what people wrote can never become HTML. */
AdaptiveCard.onProcessMarkdown = () => undefined;

export default function ShownCard(props: { readonly name: string; readonly card: Readonly<Record<string, unknown>> }) {
  const place = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const card = new AdaptiveCard();
    card.hostConfig = new HostConfig(hostConfig);
    card.parse(unescaped(props.card));
    const drawn = card.render();
    if (!drawn) return;
    for (const one of drawn.querySelectorAll('button, input, textarea, select')) one.setAttribute('disabled', '');
    place.current?.replaceChildren(drawn);
  }, [props.card]);
  return (
    <figure className="shown-card" aria-label={`The card that ${props.name} will get; its text follows`}>
      <div ref={place} inert />
    </figure>
  );
}

/** Teams renders Markdown in these and takes the marks before its signs away; here they would stand as they are. */
function unescaped(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(unescaped);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value);
  const isMarkdown = entries.some(([name, one]) => name === 'type' && one === 'TextBlock');
  return Object.fromEntries(
    entries.map(([name, one]) => [
      name,
      isMarkdown && name === 'text' && typeof one === 'string'
        ? one.replace(/\\([\\*_[\]`~<>&|{}#!+=.:@)-])/g, '$1')
        : unescaped(one),
    ]),
  );
}

const text = (colour: string) => ({ default: `var(--${colour})`, subtle: `var(--${colour})` });
const foregroundColors = {
  default: { default: 'var(--colorNeutralForeground1)', subtle: 'var(--colorNeutralForeground3)' },
  good: text('colorPaletteGreenForeground1'),
  warning: text('colorPaletteDarkOrangeForeground1'),
  attention: text('colorPaletteRedForeground1'),
  accent: text('colorBrandForegroundLink'),
};
const container = (colour: string) => ({ backgroundColor: `var(--${colour})`, foregroundColors });

/** The theme's own colours, so that the card follows light, dark and contrast. */
const hostConfig = {
  fontFamily: "'Segoe UI', system-ui, sans-serif",
  fontSizes: { small: 12, default: 14, medium: 14, large: 18, extraLarge: 24 },
  fontWeights: { lighter: 400, default: 400, bolder: 600 },
  spacing: { small: 4, default: 8, medium: 12, large: 16, extraLarge: 24, padding: 16 },
  separator: { lineThickness: 1, lineColor: 'var(--colorNeutralStroke2)' },
  // Below the heading of its part of the page.
  textBlock: { headingLevel: 3 },
  actions: { actionsOrientation: 'horizontal', actionAlignment: 'left', buttonSpacing: 8, maxActions: 6 },
  containerStyles: {
    default: container('colorNeutralBackground1'),
    emphasis: container('colorNeutralBackground3'),
    good: container('colorNeutralBackground3'),
    warning: container('colorNeutralBackground3'),
    attention: container('colorNeutralBackground3'),
    accent: container('colorNeutralBackground3'),
  },
};
