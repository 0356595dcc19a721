// Three ways to send to many that people write: one after the other, all at once, and through p-queue. No ledger, no crash
// safety: a post with the plain fetch, again after a 429 where the way has room for it.
import PQueue from 'p-queue';

const perSecond = 50;
const wait = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

async function post({ port, boardId }, number) {
  const id = `${boardId}|P${number}`;
  const response = await fetch(`http://127.0.0.1:${port}/v3/conversations/${encodeURIComponent(id)}/activities`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({
      type: 'message',
      from: { id: '28:bot' },
      conversation: { id },
      summary: `reminder P${number}`,
      attachments: [{ contentType: 'application/vnd.microsoft.card.adaptive', content: {} }],
    }),
  });
  await response.arrayBuffer();
  return response.status === 429 ? Number(response.headers.get('retry-after')) * 1000 : undefined;
}

const numbers = (owners) => Array.from({ length: owners }, (_, number) => number);

/** Until all are sent, or the time is over. */
export async function loop({ owners, seconds, ...board }) {
  const endsAt = performance.now() + seconds * 1000;
  for (const number of numbers(owners)) {
    if (performance.now() > endsAt) break;
    for (let again = await post(board, number); again !== undefined; again = await post(board, number))
      await wait(again);
  }
}

/** Everything at once; what is refused stays refused. */
export async function all({ owners, ...board }) {
  const answers = await Promise.allSettled(numbers(owners).map((number) => post(board, number)));
  return { facts: { lost: answers.filter((one) => one.status === 'rejected' || one.value !== undefined).length } };
}

/** At most fifty in any second by the queue's strict count; a refused one waits as long as it was told and queues again. */
export async function queue({ owners, seconds, ...board }) {
  const endsAt = performance.now() + seconds * 1000;
  const waiting = new PQueue({ interval: 1000, intervalCap: perSecond, strict: true });
  const add = (number) =>
    waiting.add(async () => {
      if (performance.now() > endsAt) return;
      const again = await post(board, number);
      if (again === undefined) return;
      void wait(again).then(() => add(number));
    });
  for (const number of numbers(owners)) void add(number);
  await waiting.onIdle();
}
