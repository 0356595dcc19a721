// Draws the app's two icons from their SVG sources: `node manifest/icons.mjs`.
import { readFileSync, writeFileSync } from 'node:fs';
import { Resvg } from '@resvg/resvg-js';

for (const name of ['color', 'outline']) {
  const svg = readFileSync(new URL(`${name}.svg`, import.meta.url), 'utf8');
  const drawn = new Resvg(svg, { font: { loadSystemFonts: false } }).render();
  writeFileSync(new URL(`${name}.png`, import.meta.url), drawn.asPng());
  console.log(`${name}.png ${drawn.width} x ${drawn.height}`);
}
