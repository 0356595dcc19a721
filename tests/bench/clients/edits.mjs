// What all contenders of the writing suite share: how edits are dealt out, what one leaves behind, how its fault is set.

/** Every mark left so far, and one more. */
export function textWith(text, mark) {
  return text === undefined || text === '' ? mark : `${text} ${mark}`;
}

/** Deals the edits of a job to its workers, each taking the next when it is free. */
export async function sharedOut({ edits, workers }, doEdit) {
  const left = edits[Symbol.iterator]();
  await Promise.all(
    Array.from({ length: workers }, async (_, worker) => {
      for (const edit of left) await doEdit(edit, worker);
    }),
  );
}

/** The next write of this kind is carried out, and its answer lost. */
export async function armFault({ url, actionsId, updatesId }, { fault, itemId }) {
  if (fault === undefined) return;
  const pathIncludes = fault === 'PATCH' ? `${actionsId}/items/${itemId}` : `${updatesId}/items`;
  const response = await fetch(`${url}/_local/faults`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({
      match: { method: fault, pathIncludes },
      times: 1,
      fault: { kind: 'statusAfterCommit', status: 504 },
    }),
  });
  if (!response.ok) throw new Error(`The fault was not taken: ${response.status} ${await response.text()}`);
}

/** An edit by a person in SharePoint itself, who reads the item again when somebody was quicker. */
export async function editByHand({ url, token, siteId, actionsId }, { itemId, mark }) {
  for (let attempt = 1; attempt <= 100; attempt += 1) {
    const path = `${url}/v1.0/sites/${siteId}/lists/${actionsId}/items/${itemId}?$expand=fields`;
    const item = await (await fetch(path, { headers: { Authorization: `Bearer ${token}` } })).json();
    const response = await fetch(`${url}/_local/lists/Actions/items/${itemId}`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({
        version: item.eTag,
        editor: 'P10',
        fields: { Description: textWith(item.fields.Description, mark) },
      }),
    });
    if (response.ok) return true;
    if (response.status !== 412) throw new Error(`${response.status} ${await response.text()}`);
  }
  return false;
}
