// The edits of the writing suite through the product's own port.
import { createRequire } from 'node:module';
import { armFault, editByHand, sharedOut, textWith } from './edits.mjs';

// TypeScript of the tree, which the process has learnt to load.
const { connect, editAction } = createRequire(import.meta.url)('./ourWriter.ts');

export { connect };

export async function edit(job) {
  const taken = [];
  await sharedOut(job, async (one, worker) => {
    await armFault(job, one);
    if (one.byHand ? await editByHand(job, one) : await editAction(one, worker, textWith)) taken.push(one.mark);
  });
  return { facts: { taken } };
}
