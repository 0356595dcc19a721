// The cards that chat answers words with, over the sample board: to be looked at in a browser.
import type { BoardSnapshot } from '../../bot/board/model';
import type { CardJson } from '../../bot/cards/kit';
import { paperName } from '../../bot/services/frozenLogs';
import { filled, house, openForm, sample } from '../teams/house';

const owner = 'P10';
const chair = sample.facts.chairRef ?? '';
const secretary = sample.facts.secretaryRef ?? '';

type House = ReturnType<typeof house>;

/** By name. */
export async function chatCards(snapshot: BoardSnapshot = sample): Promise<Readonly<Record<string, CardJson>>> {
  const it = house({ snapshot });
  const ask = async (who: string, text: string): Promise<CardJson> => (await it.say(who, text))[0] ?? {};
  const last = snapshot.loggedRows.at(-1);
  if (last) {
    const name = `${paperName(last.meetingRef, last.kind, last.logHash)}.docx`;
    await it.library.file('send', last.meetingRef, name, new Uint8Array([1]), 'application/octet-stream');
  }
  return {
    // Before the first word: who wrote already is not welcomed again.
    welcome: await welcome(it),
    personal: await ask(owner, 'my actions'),
    form: await ask(owner, 'APA1.04'),
    overdue: await ask(owner, 'overdue'),
    area: await ask(chair, 'APA2'),
    action: await ask(chair, 'APA1.04'),
    milestone: await ask(chair, 'APA1.04-2'),
    decision: await ask(chair, 'D-B08-1'),
    nearest: await ask(chair, 'APA1.99'),
    history: await ask(chair, 'history APA1.04'),
    risks: await ask(chair, 'risks'),
    risk: await ask(chair, 'R03'),
    measures: await ask(chair, 'measures'),
    measure: await ask(chair, 'M01'),
    changes: await ask(chair, 'what changed'),
    waiting: await ask(chair, "who hasn't answered"),
    meeting: await ask(chair, 'next meeting'),
    search: await ask(chair, 'find locality profiles'),
    searchNone: await ask(chair, 'find zzyzx'),
    help: await ask(owner, 'help'),
    helpSecretary: await ask(secretary, 'help'),
    notUnderstood: await ask(owner, 'whats for lunch'),
    stranger: await ask('nobody', 'my actions'),
    adviser: await ask('P98', 'risks'),
    log: await ask(owner, 'log'),
    ...(await heardCards(it)),
    ...(await foundCards(it)),
    conflict: await conflictOf(it),
  };
}

async function welcome(it: House): Promise<CardJson> {
  const added = { type: 'conversationUpdate', membersAdded: [{ id: '28:bot', name: 'Board Assistant' }] };
  return it.cardsOf(await it.turn(owner, added))[0] ?? {};
}

/** The form that answers words: sure, unsure, and one of several. */
async function heardCards(it: House): Promise<Readonly<Record<string, CardJson>>> {
  const [heard = {}] = await it.say(owner, 'APA1.04 65%, waiting for the ICB. Two to split.');
  const [heardUnsure = {}] = await it.say(owner, 'APA1.04 about two thirds done by next friday');
  const [, heardSecond = {}] = await it.say(owner, 'no change on APA1.04, APA1.02 and R01');
  return { heard, heardUnsure, heardSecond };
}

/** What the search from a message puts into a conversation: one of each kind. */
async function foundCards(it: House): Promise<Readonly<Record<string, CardJson>>> {
  const find = async (words: string): Promise<CardJson> => {
    const value = { commandId: 'searchBoard', parameters: [{ name: 'words', value: words }] };
    const [answer] = await it.turn(owner, { type: 'invoke', name: 'composeExtension/query', value });
    const { body } = answer?.value as {
      body: { composeExtension: { attachments?: readonly { content: CardJson }[] } };
    };
    return body.composeExtension.attachments?.[0]?.content ?? {};
  };
  return {
    foundAction: await find('APA1.04'),
    foundRisk: await find('R03'),
    foundMeasure: await find('M01'),
    foundDecision: await find('D-B08-1'),
  };
}

/** The owner answers a form while the secretary answers the same item. */
async function conflictOf(it: House): Promise<CardJson> {
  const form = await openForm(it, owner, 'action', 'APA1.04');
  const other = await openForm(it, secretary, 'action', 'APA1.04');
  const first = { percentComplete: '71', narrative: 'Five of the six are published now.' };
  await it.press(secretary, 'save', filled(other, 'save', first));
  const narrative = 'All but one of the profiles are out now.';
  return it.press(owner, 'save', filled(form, 'save', { percentComplete: '90', narrative }));
}
