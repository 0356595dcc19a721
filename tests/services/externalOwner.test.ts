// An owner outside the tenant through a whole step: asked by e-mail from the mailbox, answering in SharePoint, reminded no more.
import { messageCard } from '../../bot/cards/manageNoticeCard';
import { messageMail } from '../../bot/cards/messageMail';
import { createDeliver } from '../../bot/services/deliver';
import type { BoardRecords, SiteHistory } from '../../bot/services/ports';
import { createRunCycle } from '../../bot/services/runCycle';
import { createSiteEdits } from '../../bot/services/siteEdits';
import { createViewDelivery } from '../../bot/services/viewDelivery';
import { createBoardRecords } from '../../bot/sharepoint/boardRecords';
import { createMailer } from '../../bot/sharepoint/mail';
import { createMyItems } from '../../bot/sharepoint/myItems';
import { localBoardId, localGraph, startLocalBoard, type LocalBoard } from '../fixtures/localBoard';
import {
  createMemoryConversations,
  createMemoryLedger,
  createMemoryMessenger,
  createTestTime,
} from '../fixtures/memoryDelivery';
import { createFixedClock, createMemoryLogger } from '../fixtures/memoryPorts';
import { editByHand } from '../fixtures/siteEditing';

// A whole tenant runs beneath; a busy machine is no failure.
jest.setTimeout(120_000);

let board: LocalBoard;
beforeAll(async () => {
  board = await startLocalBoard();
});
afterAll(() => board.close());

/** Who writes in SharePoint as a guest; the local Microsoft 365 knows no guests, so P15's edits stand for theirs. */
let guest: { readonly name: string; readonly email: string } | undefined;

function withGuest(history: SiteHistory): SiteHistory {
  return {
    ...history,
    versions: async (...asked) => {
      const versions = await history.versions(...asked);
      return versions?.map((one) =>
        guest && one.editor.kind === 'person' && one.editor.personRef === 'P15'
          ? { ...one, editor: { kind: 'person', ...guest } }
          : one,
      );
    },
  };
}

function service() {
  const logger = createMemoryLogger();
  const clock = createFixedClock('2025-01-06T09:00:00.000Z');
  const site = createBoardRecords({ ...board, logger });
  const records: BoardRecords = createSiteEdits({ history: withGuest(site.history), logger }).watch(site);
  const time = createTestTime();
  const ledger = createMemoryLedger(time);
  const messenger = createMemoryMessenger(time);
  const deliver = createDeliver({
    ...{ records, ledger, messenger, clock, logger, time },
    conversations: createMemoryConversations(),
    cards: messageCard,
    mails: messageMail,
    mailer: createMailer({
      graph: localGraph(board.local.url, { retry: { tries: 1, totalMs: 0 } }),
      mailbox: 'send.board@hertland.example',
      logger,
    }),
    myItemsUrl: createMyItems({ graph: board.graph, records: site, logger }),
  });
  const runCycle = createRunCycle({ records, ledger, clock, logger });
  return { records, ledger, deliver, runCycle, clock, view: createViewDelivery({ records, ledger, clock }) };
}

interface SentMail {
  readonly to: readonly string[];
  readonly subject: string;
  readonly body: string;
  readonly html: string;
}
async function mailsTo(address: string): Promise<readonly SentMail[]> {
  const answer = (await (await fetch(`${board.local.url}/_local/outbox`)).json()) as { value: readonly SentMail[] };
  return answer.value.filter((one) => one.to.includes(address));
}

test('is asked by e-mail about their items, answers in SharePoint, and is not reminded of them', async () => {
  const { records, deliver, runCycle, view, clock } = service();
  const { plan } = await runCycle.remind(localBoardId, 'B09');
  await deliver.drain(localBoardId);
  const snapshot = await records.snapshot(localBoardId);
  const asked = (plan?.messages ?? []).filter((one) => one.route === 'e-mail');
  const isAskedOfAction = (ref: string): boolean =>
    asked.some(
      (one) =>
        one.personRef === ref &&
        snapshot.actions.some((action) => action.ownerRef === ref && one.subjectRefs.includes(action.ref)),
    );
  const owner = snapshot.people.find((one) => one.external && isAskedOfAction(one.ref));
  if (owner?.email === undefined) throw new TypeError('nobody outside the tenant is asked');

  const [mail, ...more] = await mailsTo(owner.email);
  expect(more).toEqual([]);
  const subjects = asked.find((one) => one.personRef === owner.ref)?.subjectRefs ?? [];
  expect(subjects.length).toBeGreaterThan(0);
  for (const ref of subjects.slice(0, 7)) expect(mail?.body).toContain(ref);
  expect(mail?.body).toContain(`FilterValue1=${owner.ref}`);
  const shown = await view.whole(localBoardId, 'B09');
  const line = shown.steps.flatMap((one) => one.lines).find((one) => one.personRef === owner.ref);
  expect(line).toMatchObject({ state: 'sent', route: 'e-mail' });

  const action = snapshot.actions.find((one) => one.ownerRef === owner.ref && subjects.includes(one.ref));
  if (!action) throw new TypeError('they are asked about no action');
  guest = { name: owner.name, email: owner.email };
  await fetch(`${board.local.url}/_local/clock`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ advanceBy: { minutes: 5 } }),
  });
  expect(await editByHand(board.local.url, 'Actions', action, 'P15', { PercentComplete: 95 })).toBe(true);
  const after = await records.refresh(localBoardId);
  expect(after.updates.at(-1)).toMatchObject({ subjectRef: action.ref, byRef: owner.ref, route: 'SharePoint' });
  expect(after.requests.find((one) => one.meetingRef === 'B09' && one.subjectRef === action.ref)).toMatchObject({
    state: 'answered',
    answeredByRef: owner.ref,
  });
  clock.set('2025-01-07T09:00:00.000Z');
  const next = await runCycle.plan(localBoardId, 'B09');
  expect(next.messages.find((one) => one.personRef === owner.ref)?.subjectRefs ?? []).not.toContain(action.ref);
});

test('by an address that nobody of the board has, an edit is a finding and answers nothing', async () => {
  const { records } = service();
  const before = await records.refresh(localBoardId);
  const action = before.actions.find((one) =>
    before.requests.some(
      (request) => request.subjectRef === one.ref && request.meetingRef === 'B09' && request.state === 'open',
    ),
  );
  if (!action) throw new TypeError('nothing is open');
  guest = { name: 'Somebody Else', email: 'somebody@elsewhere.example' };
  await fetch(`${board.local.url}/_local/clock`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ advanceBy: { minutes: 5 } }),
  });
  await editByHand(board.local.url, 'Actions', action, 'P15', { PercentComplete: 7 });
  const after = await records.refresh(localBoardId);
  expect(after.requests.find((one) => one.meetingRef === 'B09' && one.subjectRef === action.ref)?.state).toBe('open');
  expect(
    after.updates.filter((one) => one.subjectRef === action.ref && one.route === 'SharePoint').map((one) => one.byRef),
  ).not.toContain(action.ownerRef);
});
