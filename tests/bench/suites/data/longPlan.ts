// The sample plan with any number of actions, as a seed file: everything else of the board stays as it is.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { z } from 'zod';

const sample = path.join(__dirname, '../../../../infra/local/seed/sample-plan.json');
const planSchema = z.looseObject({ actions: z.array(z.looseObject({ id: z.string() })).min(1) });

/** What would add rows to other lists is left out of the added actions, so that one list alone grows. */
const bare = { milestones: [], measureIds: [], riskIds: [], dateChanges: [], latestUpdate: null };

/** Gives the path of the file and what removes it. */
export function writeLongPlan(actions: number): { readonly file: string; remove(): void } {
  const plan = planSchema.parse(JSON.parse(readFileSync(sample, 'utf8')));
  const given = plan.actions;
  const added = Array.from({ length: Math.max(0, actions - given.length) }, (_, at) => ({
    ...given[at % given.length],
    ...bare,
    id: `LONG.${String(at + 1).padStart(5, '0')}`,
    title: `Action ${at + 1} of a long list`,
  }));
  const folder = mkdtempSync(path.join(tmpdir(), 'long-plan-'));
  const file = path.join(folder, 'plan.json');
  writeFileSync(file, JSON.stringify({ ...plan, actions: [...given, ...added] }));
  return { file, remove: () => rmSync(folder, { recursive: true, force: true }) };
}
