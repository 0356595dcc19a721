// What owners, the chair and the secretary do in chat besides answering a form, in real Teams clients of the local product.
import type { Browser, Locator, Page } from 'playwright-core';
import { launchBrowser, picture } from './browser';
import { openChat, sees, write } from './chatPage';
import { startSystem, type System } from './system';

jest.setTimeout(240_000);

let system: System;
let browser: Browser;
let owner: Page;
let secretary: Page;
let chair: Page;

function newest(page: Page, name: string | RegExp): Locator {
  return page.getByRole('button', { name }).last();
}

/** Changes a row in SharePoint behind the back of whoever has its form open. */
async function changeElsewhere(
  ref: string,
  fields: Readonly<Record<string, unknown>>,
  list = 'Actions',
): Promise<void> {
  const tenant = '33333333-3333-3333-3333-333333333333';
  const form = new URLSearchParams({ grant_type: 'client_credentials', client_id: 'local', client_secret: 'local' });
  const signIn = await fetch(`${system.microsoft365Url}/${tenant}/oauth2/v2.0/token`, { method: 'POST', body: form });
  const { access_token: token } = (await signIn.json()) as { access_token: string };
  const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
  const lists = `${system.microsoft365Url}/v1.0/sites/root/lists/${list}/items`;
  const read = await fetch(`${lists}?$expand=fields&$top=5000`, { headers });
  const { value } = (await read.json()) as {
    value: readonly { id: string; eTag: string; fields: Readonly<Record<string, unknown>> }[];
  };
  const item = value.find((one) => one.fields['Ref'] === ref);
  const changed = await fetch(`${lists}/${item?.id}/fields`, {
    method: 'PATCH',
    headers: { ...headers, 'if-match': item?.eTag ?? '' },
    body: JSON.stringify(fields),
  });
  expect(changed.status).toBe(200);
}

beforeAll(async () => {
  [system, browser] = await Promise.all([startSystem(), launchBrowser()]);
  [owner, secretary, chair] = await Promise.all([
    openChat(browser, system.playgroundUrls[0], { width: 1150, height: 1250 }),
    openChat(browser, system.playgroundUrls[1], { width: 1150, height: 1250 }),
    openChat(browser, system.playgroundUrls[2], { width: 1150, height: 1250 }),
  ]);
});

afterAll(async () => {
  await browser?.close();
  await system?.stop();
});

describe('words instead of forms', () => {
  test('become a filled form, one press saves it, and one takes it back', async () => {
    await write(owner, 'APA1.04 is 75% done, waiting for the ICB extract, should land by 14 February');
    await sees(owner, /I read: 75% done/);
    await picture(owner, '30-words');
    await newest(owner, /^Save/).click();
    await sees(owner, /Recorded: percentage: 67 → 75/);
    await picture(owner, '31-saved');
    await newest(owner, /^Undo \(until/).click();
    await sees(owner, /[Tt]aken back/);
    await picture(owner, '32-taken-back');
  });

  test('let a colleague answer for this meeting', async () => {
    await write(owner, 'let kofi answer APA1.04 this cycle');
    await sees(owner, 'Kofi Brantwell answers APA1.04 this cycle');
    await picture(owner, '33-deputy');
  });
});

test('search finds by a typed reference and by words, and each result opens', async () => {
  await write(owner, 'find apa14');
  await sees(owner, 'Found: 1 record');
  await newest(owner, 'Show APA1.04').click();
  await sees(owner, 'Action APA1.04');
  await write(owner, 'find contract');
  await sees(owner, /What fits "contract", the best first/);
  await sees(owner, /Escalate the neurodiversity contract/);
  await picture(owner, '39-search');
  await newest(owner, 'Show D-B08-1').click();
  await sees(owner, 'Decision D-B08-1');
  await picture(owner, '39-decision');
  await write(owner, 'APA1.04-2');
  await sees(owner, 'Milestone APA1.04-2');
  await write(owner, 'M03');
  await sees(owner, /The last 8 readings: from 27 weeks in April 2024/);
  await picture(owner, '39-readings');
});

test('an item that somebody else changed meanwhile shows both versions, and keeps the one that is chosen', async () => {
  await write(owner, 'APA1.04');
  await sees(owner, /What happened since/);
  await changeElsewhere('APA1.04', { PercentComplete: 71 });
  await owner
    .getByLabel(/Percentage done/)
    .last()
    .fill('90');
  await owner
    .getByLabel(/What happened since/)
    .last()
    .fill('All but one of the profiles are out now.');
  await newest(owner, /^Save/).click();
  await sees(owner, /changed (by|since|while|meanwhile)|somebody else/i);
  await picture(owner, '33-conflict');
  await newest(owner, /^Save/).click();
  await sees(owner, /Recorded: percentage: 71 → 90/);
});

test('two items of one message, both changed by somebody else, are both shown and both decided', async () => {
  const card = (ref: string): Locator => owner.locator('.ac-adaptiveCard', { hasText: new RegExp(`${ref}\\b`) }).last();
  await write(owner, 'APA1.04 is 92% done; APA1.06 is 57% done');
  await sees(owner, /I read: 57% done/);
  await changeElsewhere('APA1.04', { PercentComplete: 81 });
  await changeElsewhere('APA1.06', { PercentComplete: 53 });
  for (const ref of ['APA1.04', 'APA1.06']) {
    await card(ref).getByRole('button', { name: /^Save/ }).last().click();
    await card(ref).getByText(`${ref} was changed meanwhile`).first().waitFor();
  }
  await picture(owner, '33-two-conflicts');
  await card('APA1.04').getByRole('button', { name: /^Save/ }).last().click();
  await sees(owner, /Recorded: percentage: 81 → 92/);
  await card('APA1.06').getByLabel('What is in the record now').first().check();
  await card('APA1.06').getByRole('button', { name: /^Save/ }).last().click();
  await sees(owner, /APA1\.06 .*No change/);
  await picture(owner, '33-two-decided');
});

describe('a date', () => {
  test('is asked for by the owner, agreed by the chair, and the owner hears of it', async () => {
    await write(owner, 'move APA1.04 to 14 March because the ICB extract comes a month late');
    await sees(owner, 'Ask to move the date of APA1.04');
    await picture(owner, '34-ask-to-move');
    await newest(owner, 'Send the request').click();
    await sees(owner, /Your request to move APA1.04 to Friday 14 March 2025 is with the chair/);
    await write(chair, 'date changes');
    await newest(chair, 'Decide APA1.04').click();
    await sees(chair, /the ICB extract comes a month late/);
    await picture(chair, '36-decide');
    await newest(chair, /^Approve/).click();
    await sees(chair, /Approved: APA1.04 is now due on Friday 14 March 2025/);
    await sees(owner, /Friday 14 March 2025/);
    await picture(owner, '37-decided');
  });
});

describe('the board’s channel', () => {
  /** Says something to the bot in the channel that is open. */
  async function post(page: Page, words: string): Promise<void> {
    await page.locator('[contenteditable=true][role=textbox]').first().click();
    await page.keyboard.type('@');
    await page.getByText('Board Assistant', { exact: true }).last().click();
    await page.keyboard.type(` ${words}`);
    await page.getByRole('button', { name: 'Post' }).click();
  }

  test('is chosen in the channel by the secretary, told of a meeting that moved, and named where it went', async () => {
    const page = await openChat(browser, system.playgroundUrls[1], { width: 1500, height: 1100 });
    await page.getByText('Board', { exact: true }).last().click();
    await post(page, 'use this channel');
    await sees(page, /Send public messages of .* to this channel\?/);
    await picture(page, '40-use-channel');
    await newest(page, 'Use this channel').click();
    await sees(page, /go to the channel Board in .* from now on/);
    await changeElsewhere('B09', { HeldOn: '2025-01-16' }, 'Meetings');
    await system.board('remind');
    await sees(page, 'The meeting has moved');
    await picture(page, '41-in-the-channel');
    const { stdout } = await system.board('delivery', '--meeting', 'B09');
    expect(stdout).toMatch(/Channel Board in .*: Sent, .* In the channel Board in /);
    await page.close();
  });
});

describe('the secretary', () => {
  test('sees who has not answered, and hands an item over', async () => {
    await write(secretary, "who hasn't answered");
    await sees(secretary, /answers are in/);
    await write(secretary, 'hand over APA1.04 to Jordan Peverill');
    await sees(secretary, 'Hand over APA1.04?');
    await newest(secretary, 'Hand over').click();
    await sees(secretary, /Jordan Peverill/);
    await picture(secretary, '38-handed-over');
  });
});
