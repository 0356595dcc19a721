// Prints the bill of materials of what production installs (CycloneDX 1.5), from the lock file: `npm run --silent sbom`.
// With `-- --base node:TAG@sha256:DIGEST` the image that the container stands on is in it, too.
// npm's own `npm sbom --omit=dev` leaves out packages that development packages need as well, pg and express among them.
import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';

const root = new URL('..', import.meta.url);
const read = (file) => JSON.parse(readFileSync(new URL(file, root), 'utf8'));
const lockText = readFileSync(new URL('package-lock.json', root), 'utf8');
const { name, version, packages } = JSON.parse(lockText);

/** Of a package that is not for this system the lock file alone is there. */
function licenceOf(folder, entry) {
  const file = `${folder}/package.json`;
  const said = existsSync(new URL(file, root)) ? read(file).license : entry.license;
  return typeof said === 'string' ? said : undefined;
}

function component([folder, entry]) {
  const called = entry.name ?? folder.slice(folder.lastIndexOf('node_modules/') + 'node_modules/'.length);
  const purl = `pkg:npm/${called.replace('@', '%40')}@${entry.version}`;
  const licence = licenceOf(folder, entry);
  const hash = entry.integrity?.startsWith('sha512-')
    ? Buffer.from(entry.integrity.slice(7), 'base64').toString('hex')
    : undefined;
  return {
    type: 'library',
    'bom-ref': `${purl}#${folder}`,
    name: called,
    version: entry.version,
    purl,
    ...(entry.optional ? { scope: 'optional' } : {}),
    ...(licence
      ? { licenses: [/[\s()/]/.test(licence) ? { license: { name: licence } } : { license: { id: licence } }] }
      : {}),
    ...(hash ? { hashes: [{ alg: 'SHA-512', content: hash }] } : {}),
  };
}

/** An image by tag and digest; without a digest nobody could tell which one it was. */
function baseImage(reference) {
  const [, name, tag, digest] = /^([a-z0-9./-]+):([\w.-]+)@sha256:([0-9a-f]{64})$/.exec(reference) ?? [];
  if (digest === undefined) throw new Error(`--base must be NAME:TAG@sha256:DIGEST, not ${reference}`);
  const purl = `pkg:oci/${name.slice(name.lastIndexOf('/') + 1)}@sha256%3A${digest}?tag=${tag}`;
  return {
    ...{ type: 'container', 'bom-ref': purl, name, version: tag, purl },
    hashes: [{ alg: 'SHA-256', content: digest }],
  };
}

const { base } = parseArgs({ options: { base: { type: 'string' } } }).values;
const isFor = ([folder, entry]) => folder !== '' && !entry.dev && !entry.devOptional && !entry.link;
// The same lock file on the same base gives the same bill: its number is made of both, and no time is in it.
const digest = createHash('sha256')
  .update(lockText)
  .update(base ?? '')
  .digest('hex');
const serial = [
  digest.slice(0, 8),
  digest.slice(8, 12),
  `5${digest.slice(13, 16)}`,
  `8${digest.slice(17, 20)}`,
  digest.slice(20, 32),
];
const bill = {
  bomFormat: 'CycloneDX',
  specVersion: '1.5',
  serialNumber: `urn:uuid:${serial.join('-')}`,
  version: 1,
  metadata: { component: { type: 'application', 'bom-ref': name, name, version } },
  components: [
    ...Object.entries(packages).filter(isFor).map(component),
    ...(base === undefined ? [] : [baseImage(base)]),
  ],
};
console.log(JSON.stringify(bill, undefined, 2));
