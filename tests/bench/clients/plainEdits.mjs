// How the plain clients edit: read the item, write it, add a row to the history; a step that fails is tried again.
import { armFault, sharedOut, textWith } from './edits.mjs';

const tries = 10;

async function again(step) {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await step();
    } catch (error) {
      if (attempt >= tries) throw error;
    }
  }
}

/** `client` has get(itemId), patch(itemId, fields, eTag) and post(fields). */
export async function runPlainEdits(client, job) {
  const taken = [];
  await sharedOut(job, async (edit) => {
    await armFault(job, edit);
    try {
      await again(async () => {
        const { eTag, fields } = await client.get(edit.itemId);
        await client.patch(edit.itemId, { Description: textWith(fields.Description, edit.mark) }, eTag);
      });
      await again(() =>
        client.post({
          SubjectKind: 'action',
          SubjectRef: edit.ref,
          ByRef: 'P10',
          AnsweredAt: '2025-01-06T09:05:00Z',
          Route: 'bench',
          Narrative: edit.mark,
        }),
      );
      taken.push(edit.mark);
    } catch {
      // Given up: what became of it is seen in the lists, and it is not counted as taken.
    }
  });
  return { facts: { taken } };
}
