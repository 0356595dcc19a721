// Building and serialising an owner's ten rows: our typed functions beside Microsoft's template engine.
import assert from 'node:assert/strict';
import { createRequire } from 'node:module';
import path from 'node:path';
import { ownerCard, type OwnerCardInput } from '../../../bot/cards/owner';
import { takeTurns, timesAsLong, type Contender } from '../measure';
import type { Outcome, Suite } from '../report';
import { ownerData, ownerInput, ownerTemplate } from './data/ownerCard';

interface Templating {
  readonly Template: new (payload: object) => { expand(context: { $root: object }): object };
}

const requireContender = createRequire(path.join(__dirname, '..', 'package.json'));
const { Template } = requireContender('adaptivecards-templating') as Templating;
const { version } = requireContender('adaptivecards-templating/package.json') as { readonly version: string };

const least = 4;

/** Ten rows are more than a card holds: the owner pages through two cards. */
const pages: readonly OwnerCardInput[] = [ownerInput, { ...ownerInput, page: 2 }];

export const suite: Suite = {
  title: 'ten rows of one owner, built and serialised as the cards Teams gets',
  run({ full }): Outcome {
    const ours: Contender = {
      name: 'typed functions',
      version: 'this tree',
      run: () => pages.map((input) => JSON.stringify(ownerCard(input))),
    };
    // Best practice of the engine: parse the template once, expand it for each card. The texts it is given are
    // cleaned, cut and worded already, which our functions do while they build.
    const template = new Template(ownerTemplate);
    const data = pages.map((input) => ownerData(input));
    const parsedOnce: Contender = {
      name: 'adaptivecards-templating',
      version,
      run: () => data.map(($root) => JSON.stringify(template.expand({ $root }))),
    };
    const parsedEachTime: Contender = {
      name: 'adaptivecards-templating, parsed for each card',
      version,
      run: () => data.map(($root) => JSON.stringify(new Template(ownerTemplate).expand({ $root }))),
    };
    const contenders = [ours, parsedOnce, parsedEachTime];
    const results = contenders.map((contender) => contender.run() as readonly string[]);
    const expected = results[0]?.map((card) => JSON.parse(card));
    for (const result of results)
      assert.deepEqual(
        result.map((card) => JSON.parse(card)),
        expected,
      );

    const pace = full ? { rounds: 101, batchMs: 60, warmUpMs: 1500 } : { rounds: 41, batchMs: 40, warmUpMs: 600 };
    const [first, ...others] = takeTurns(contenders, pace).map((figures, at) => ({
      ...figures,
      counts: { cards: results[at]?.length ?? 0, bytes: (results[at] ?? []).join('').length * 2 },
    }));
    assert.ok(first);
    const ratios = Object.fromEntries(others.map((peer) => [peer.name, timesAsLong(peer.samples, first.samples)]));
    const measured = ratios[parsedOnce.name] ?? Number.NaN;
    return {
      ours: first,
      peers: others,
      ratios,
      targets: [{ what: `adaptivecards-templating takes at least ${least} times as long`, atLeast: least, measured }],
    };
  },
};
