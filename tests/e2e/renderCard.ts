// Shows cards in a browser roughly as Teams would: for looking at, for tests of what is shown.
import { readFileSync } from 'node:fs';
import type { Browser, Page } from 'playwright-core';

export type CardTheme = 'light' | 'dark' | 'contrast';

export interface RenderOptions {
  readonly width: number;
  readonly theme?: CardTheme;
}

const palettes = {
  light: {
    page: '#f5f5f5',
    card: '#ffffff',
    emphasis: '#f0f0f0',
    text: '#242424',
    subtle: '#616161',
    good: '#0e700e',
    warning: '#835b00',
    attention: '#b10e1c',
    accent: '#444791',
    goodBack: '#e7f4e7',
    warningBack: '#fff4ce',
    attentionBack: '#fde7e9',
    border: '#8a8a8a',
    button: '#444791',
  },
  dark: {
    page: '#1f1f1f',
    card: '#292929',
    emphasis: '#333333',
    text: '#ffffff',
    subtle: '#c8c8c8',
    good: '#a4d8a4',
    warning: '#ffd79e',
    attention: '#f5a3a9',
    accent: '#aeb2ff',
    goodBack: '#12301a',
    warningBack: '#3d2f10',
    attentionBack: '#45191d',
    border: '#9a9a9a',
    button: '#aeb2ff',
  },
  contrast: {
    page: '#000000',
    card: '#000000',
    emphasis: '#000000',
    text: '#ffffff',
    subtle: '#ffffff',
    good: '#3ff23f',
    warning: '#ffff01',
    attention: '#ffff01',
    accent: '#ffff01',
    goodBack: '#000000',
    warningBack: '#000000',
    attentionBack: '#000000',
    border: '#ffffff',
    button: '#1aebff',
  },
} as const;

/**
 * A page that shows cards, one below the other, each in a `section` as wide as the page and named by `data-card`: one
 * page serves every check of a theme and every picture. Close its context.
 */
export async function openCards(
  browser: Browser,
  cards: Readonly<Record<string, unknown>>,
  options: RenderOptions,
): Promise<Page> {
  const context = await browser.newContext({ viewport: { width: options.width, height: 640 } });
  const page = await context.newPage();
  await page.setContent(html(options.theme ?? 'light'));
  await page.addScriptTag({
    content: readFileSync(require.resolve('adaptivecards/dist/adaptivecards.min.js'), 'utf8'),
  });
  await page.evaluate(
    `(() => {
      for (const [name, json] of Object.entries(${JSON.stringify(cards)})) {
        const card = new AdaptiveCards.AdaptiveCard();
        card.hostConfig = new AdaptiveCards.HostConfig(${JSON.stringify(hostConfig(options.theme ?? 'light'))});
        card.parse(json);
        const section = document.createElement('section');
        section.dataset.card = name;
        section.appendChild(card.render());
        document.querySelector('main').appendChild(section);
      }
    })()`,
  );
  return page;
}

/** One card of the page as a PNG. */
export async function pictureOf(page: Page, name: string): Promise<Buffer> {
  return page.locator(`section[data-card="${name}"]`).screenshot();
}

function html(theme: CardTheme): string {
  const p = palettes[theme];
  const font = (file: string, weight: number): string => {
    const data = readFileSync(require.resolve(`dejavu-fonts-ttf/ttf/${file}.ttf`)).toString('base64');
    return `@font-face{font-family:Board;font-weight:${weight};src:url(data:font/ttf;base64,${data})}`;
  };
  return `<!doctype html><html lang="en-GB"><head><meta charset="utf-8"><title>Card</title><style>
    ${font('DejaVuSans', 400)} ${font('DejaVuSans-Bold', 700)}
    body{margin:0;background:${p.page};font-family:'Segoe UI',Board,sans-serif}
    section{padding:12px}
    .ac-adaptiveCard{border-radius:6px;box-shadow:0 1px 3px #0004}
    .ac-pushButton{min-height:32px;padding:4px 14px;border:1px solid ${p.border};border-radius:4px;background:${p.card};color:${p.text};font:inherit;font-size:13px;font-weight:700}
    .ac-pushButton.style-positive,.ac-pushButton.primary{background:${p.button};color:${p.card};border-color:${p.button}}
    .ac-input{box-sizing:border-box;width:100%;min-height:32px;padding:6px 8px;border:1px solid ${p.border};border-radius:4px;background:${p.card};color:${p.text};font:inherit}
    textarea.ac-input{min-height:76px}
    .ac-choiceSetInput-expanded,.ac-choiceSetInput-multiSelect{border:0;padding:0}
    input[type=checkbox],input[type=radio]{width:18px;min-height:18px}
  </style></head><body><main></main></body></html>`;
}

function hostConfig(theme: CardTheme): unknown {
  const p = palettes[theme];
  const colour = (value: string): unknown => ({ default: value, subtle: value });
  const foregroundColors = {
    default: { default: p.text, subtle: p.subtle },
    good: colour(p.good),
    warning: colour(p.warning),
    attention: colour(p.attention),
    accent: colour(p.accent),
  };
  const style = (backgroundColor: string): unknown => ({ backgroundColor, foregroundColors });
  return {
    fontFamily: "'Segoe UI', Board, sans-serif",
    fontSizes: { small: 12, default: 14, medium: 14, large: 18, extraLarge: 24 },
    fontWeights: { lighter: 400, default: 400, bolder: 700 },
    spacing: { small: 4, default: 8, medium: 12, large: 16, extraLarge: 24, padding: 16 },
    separator: { lineThickness: 1, lineColor: theme === 'contrast' ? '#ffffff' : '#88888855' },
    textBlock: { headingLevel: 2 },
    inputs: {
      label: {
        requiredInputs: { weight: 'bolder', suffix: '' },
        optionalInputs: { weight: 'bolder' },
        inputSpacing: 4,
      },
    },
    actions: {
      actionsOrientation: 'horizontal',
      actionAlignment: 'left',
      buttonSpacing: 8,
      maxActions: 6,
      spacing: 'default',
    },
    containerStyles: {
      default: style(p.card),
      emphasis: style(p.emphasis),
      good: style(p.goodBack),
      warning: style(p.warningBack),
      attention: style(p.attentionBack),
      accent: style(p.emphasis),
    },
  };
}
