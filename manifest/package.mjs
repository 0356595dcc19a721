// Packs the app for Teams: `npm run package -- --env infra/env/.env.prod` fills the manifest and writes dist/manifest/boardAssistant.zip.
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs, parseEnv } from 'node:util';
import { zip } from './zip.mjs';

const folder = dirname(fileURLToPath(import.meta.url));

/** What a value must be, by the ending of its name. */
const kinds = [
  [/ID$/, /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i, 'a GUID'],
  [/DOMAIN$/, /^[a-z0-9-]+(\.[a-z0-9-]+)+$/i, 'a host such as board.contoso.example'],
  [/URL$/, /^https:\/\/\S+$/, 'an https:// address'],
];

/** The manifest with its values, or what is wrong with them, all at once. */
export function fillManifest(template, values) {
  const problems = [];
  const filled = template.replace(/\$\{\{([A-Z0-9_]+)\}\}/g, (_all, name) => {
    const value = values[name] ?? '';
    const [, pattern, what] = kinds.find(([ending]) => ending.test(name)) ?? [undefined, /\S/, 'a value'];
    if (!pattern.test(value)) problems.push(`${name} must be ${what}`);
    return value.replace(/["\\]/g, '');
  });
  return { filled, problems: [...new Set(problems)] };
}

/** The package as bytes; throws an Error that names every value that lacks or does not fit. */
export function packageApp(values) {
  const { filled, problems } = fillManifest(readFileSync(join(folder, 'manifest.json'), 'utf8'), values);
  if (problems.length > 0) throw new Error(problems.map((one) => `  - ${one}`).join('\n'));
  const { icons } = JSON.parse(filled);
  const files = [icons.color, icons.outline].map((name) => ({ name, content: readFileSync(join(folder, name)) }));
  return zip([{ name: 'manifest.json', content: Buffer.from(filled) }, ...files]);
}

function main() {
  const options = { env: { type: 'string' }, out: { type: 'string', default: 'dist/manifest/boardAssistant.zip' } };
  const { env, out } = parseArgs({ options }).values;
  if (env !== undefined && !existsSync(env)) throw new Error(`  - there is no file ${env}`);
  const values = { ...process.env, ...(env === undefined ? {} : parseEnv(readFileSync(env, 'utf8'))) };
  const bytes = packageApp(values);
  mkdirSync(dirname(out), { recursive: true });
  writeFileSync(out, bytes);
  console.log(`${out}, ${bytes.length} bytes`);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  try {
    main();
  } catch (error) {
    console.error(`The app was not packed:\n${error.message}`);
    console.error('The values come from the environment, or from the file that --env names (docs/configuration.md).');
    process.exitCode = 1;
  }
}
