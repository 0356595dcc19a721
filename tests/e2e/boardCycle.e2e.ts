// The whole board cycle as people live it: chat in the Playground, the lists, the commands, the log, the tab; then kill -9.
import { readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { editByHand } from '../fixtures/siteEditing';
import { readSamplePlan } from '../fixtures/samplePlanFile';
import { launchBrowser, picture } from './browser';
import { openChat, sees, write } from './chatPage';
import { startSystem, type System } from './system';

jest.setTimeout(240_000);

const site = 'sites/hertland.sharepoint.example:/sites/send-board';

let system: System;
let browser: Browser;
let chat: Page;

interface ListItem {
  readonly id: string;
  readonly eTag: string;
  readonly fields: Readonly<Record<string, unknown>>;
}

/** Reads a list of the local SharePoint as another application would. */
async function readList(name: string, filter: (fields: ListItem['fields']) => boolean): Promise<readonly ListItem[]> {
  const tenant = '33333333-3333-3333-3333-333333333333';
  const form = new URLSearchParams({ grant_type: 'client_credentials', client_id: 'local', client_secret: 'local' });
  const signIn = await fetch(`${system.microsoft365Url}/${tenant}/oauth2/v2.0/token`, { method: 'POST', body: form });
  const { access_token: token } = (await signIn.json()) as { access_token: string };
  const get = async (path: string): Promise<unknown> => {
    const response = await fetch(`${system.microsoft365Url}/v1.0/${path}`, {
      headers: { authorization: `Bearer ${token}` },
    });
    return response.json();
  };
  const { id } = (await get(site)) as { id: string };
  const { value } = (await get(`sites/${id}/lists/${name}/items?$expand=fields&$top=5000`)) as {
    value: readonly ListItem[];
  };
  return value.filter((one) => filter(one.fields));
}

beforeAll(async () => {
  [system, browser] = await Promise.all([startSystem(), launchBrowser()]);
});

afterAll(async () => {
  await browser?.close();
  await system?.stop();
});

describe('a board cycle on one machine', () => {
  test('is ready within a minute, with the addresses', () => {
    expect(system.readySeconds).toBeLessThan(120);
    for (const words of [
      'Chat as an owner',
      'Chat as the secretary',
      'Chat as the chair',
      'The tab as the chair',
      'SharePoint, files, mail and clock',
    ]) {
      expect(system.output()).toContain(words);
    }
  });

  test('shows an owner what is open, most urgent first', async () => {
    chat = await openChat(browser, system.playgroundUrls[0]);
    await sees(chat, 'Welcome to Board Assistant');
    await write(chat, 'my actions');
    await sees(chat, /Update for the board on Wednesday 15 January/);
    await sees(chat, /to answer by Monday 6 January, 5 pm \(today\)/);
    const buttons = await chat.getByRole('button', { name: /^(Update|Change) / }).allTextContents();
    expect(buttons[0]).toBe('Update APA1.04');
    expect(buttons).toContain('Change R01');
    await picture(chat, '01-my-actions');
  });

  test('refuses a percentage of 140 in words and keeps what was typed', async () => {
    await chat.getByRole('button', { name: 'Update APA1.04' }).click();
    await sees(chat, /What happened since/);
    await chat
      .getByLabel(/Percentage done/)
      .last()
      .fill('140');
    await chat
      .getByLabel(/What happened since/)
      .last()
      .fill('Five of six profiles are published; the last waits for the extract.');
    await picture(chat, '02-form');
    await chat.getByRole('button', { name: /^Save/ }).last().click();
    await sees(chat, /between 0 and 100|0 to 100/);
    expect(
      await chat
        .getByLabel(/What happened since/)
        .last()
        .inputValue(),
    ).toContain('Five of six profiles');
    await picture(chat, '03-refused');
  });

  test('turns the answer into a receipt with what comes next, and SharePoint holds it', async () => {
    await chat
      .getByLabel(/Percentage done/)
      .last()
      .fill('80');
    await chat.getByRole('button', { name: /^Save/ }).last().click();
    await sees(chat, /Saved/);
    await picture(chat, '04-receipt');
    const [action] = await readList('Actions', (fields) => fields['Ref'] === 'APA1.04');
    expect(action?.fields['PercentComplete']).toBe(80);
    const updates = await readList(
      'Updates',
      (fields) =>
        fields['SubjectRef'] === 'APA1.04' &&
        fields['Route'] === 'chat card' &&
        String(fields['AnsweredAt']) >= '2025-01-06',
    );
    expect(updates).toHaveLength(1);
    expect(updates[0]?.fields).toMatchObject({
      ByRef: 'P10',
      Narrative: expect.stringContaining('Five of six profiles'),
    });
    expect(JSON.parse(String(updates[0]?.fields['Before']))).toMatchObject({ percentComplete: 67 });
    expect(JSON.parse(String(updates[0]?.fields['After']))).toMatchObject({ percentComplete: 80 });
  });

  test('understands a slip of the finger, and shows an item that is not theirs without a form', async () => {
    await write(chat, 'next meetng');
    await sees(chat, /Wednesday 15 January 2025/);
    await write(chat, 'AFI4.01');
    await sees(chat, 'Action AFI4.01');
    expect(await chat.getByRole('button', { name: /^(Update|Change) AFI4.01/ }).count()).toBe(0);
  });

  test('lists who would be asked, sends once, and a second time sends nothing', async () => {
    const secretary = await openChat(browser, system.playgroundUrls[1]);
    await sees(secretary, 'Welcome to Board Assistant');
    const dry = await system.board('remind', '--meeting', 'B09', '--dry-run');
    expect(dry).toMatchObject({ code: 0, stderr: '' });
    expect(dry.stdout).toContain('Kofi Brantwell (P11)');
    expect(dry.stdout).toContain('Nothing was sent: this is a dry run.');
    const first = await system.board('remind', '--meeting', 'B09', '--json');
    const second = await system.board('remind', '--meeting', 'B09', '--json');
    const sent = (run: { stdout: string }): number =>
      (JSON.parse(run.stdout) as { drained: { sent: number } }).drained.sent;
    expect(sent(second)).toBe(0);
    const states = await system.board('delivery', '--meeting', 'B09', '--json');
    const { steps } = JSON.parse(states.stdout) as {
      steps: readonly { lines: readonly { personRef: string; state: string; route?: string; why?: string }[] }[];
    };
    const lines = steps.flatMap((one) => one.lines);
    expect(lines.find((one) => one.personRef === 'P11')).toMatchObject({
      state: 'sent',
      route: 'e-mail',
      why: expect.stringContaining('Outside the council'),
    });
    expect(lines.filter((one) => one.state === 'sent')).toHaveLength(sent(first));
    const mails = (await (await fetch(`${system.microsoft365Url}/_local/outbox`)).json()) as {
      value: readonly { to: readonly string[]; subject: string }[];
    };
    const forKofi = mails.value.filter((one) => one.to.includes('kofi.brantwell@icb.hertland.example'));
    expect(forKofi).toHaveLength(1);
    await secretary.close();
  });

  test('asks an owner who answered on the day of the deadline no more', async () => {
    const plan = JSON.parse((await system.board('remind', '--meeting', 'B09', '--dry-run', '--json')).stdout) as {
      messages: readonly { personRef: string; subjectRefs: readonly string[] }[];
    };
    expect(plan.messages.flatMap((one) => (one.personRef === 'P10' ? one.subjectRefs : []))).not.toContain('APA1.04');
  });

  test('says which meetings there are when asked for another', async () => {
    const run = await system.board('assess', '--meeting', 'B99');
    expect(run.code).toBe(1);
    expect(run.stderr).toContain('There is no meeting B99.');
    expect((await system.board('assess', '--metting', 'B09')).code).toBe(2);
  });

  test('compiles a draft, freezes it once, and files three papers', async () => {
    const at = ['--meeting', 'B09', '--at', '2025-01-06T17:30'];
    const draft = await system.board('compile', ...at);
    expect(draft.stdout).toContain('Since B08-before');
    const frozen = await system.board('compile', ...at, '--freeze');
    expect(frozen.stdout).toMatch(/Frozen as B09-before, [0-9A-F]{4}/);
    for (const ending of ['.docx', '.xlsx', '.json']) expect(frozen.stdout).toContain(ending);
    const again = await system.board('compile', ...at, '--freeze');
    expect(again.stdout).toContain('nothing new was filed');
    const rows = await readList(
      'ActionImpactLog',
      (fields) => fields['MeetingRef'] === 'B09' && fields['SubjectKind'] === 'action',
    );
    expect(rows).toHaveLength(45);
  });

  test('shows the chair where the board stands', async () => {
    const tab = await browser.newPage({ viewport: { width: 1280, height: 1000 } });
    const errors: string[] = [];
    tab.on('pageerror', (error) => errors.push(error.message));
    await tab.goto(`${system.serviceUrl}/tab/?as=P01`);
    await tab.getByRole('heading', { name: 'Where the board stands' }).waitFor({ timeout: 30_000 });
    await sees(tab, /of 18 open actions are slow to progress/);
    await picture(tab, '09-tab-first-screen');
    await picture(tab, '10-tab-board', true);
    for (const [name, shot] of [
      ['Actions', '11-tab-actions'],
      ['Risks', '12-tab-risks'],
      ['Log', '13-tab-log'],
    ] as const) {
      await tab.getByRole('link', { name, exact: true }).click();
      await tab.getByRole('heading', { level: 1, name: new RegExp(name, 'i') }).waitFor({ timeout: 15_000 });
      await picture(tab, shot, true);
    }
    await tab.getByRole('table').getByText(/B09/).first().waitFor({ timeout: 30_000 });
    expect(errors).toEqual([]);
    await tab.close();
  });

  test('edits a cell in the console as a person in SharePoint would, and the tab shows it', async () => {
    const tab = await browser.newPage({ viewport: { width: 1280, height: 900 } });
    await tab.goto(`${system.serviceUrl}/tab/actions/AFI3.06?as=P01`);
    await tab.getByRole('heading', { level: 1, name: /AFI3\.06/ }).waitFor({ timeout: 30_000 });
    const page = await browser.newPage({ viewport: { width: 1280, height: 900 } });
    await page.goto(`${system.microsoft365Url}/`);
    await page.getByRole('link', { name: 'Actions', exact: true }).first().click();
    await sees(page, /45 rows/);
    await page
      .locator('[data-editor]')
      .selectOption({ label: 'Callum Wraysbury, Service Director, Inclusion and Attendance' });
    const row = page.locator('tr').filter({ hasText: 'AFI3.06' });
    await row.locator('[data-column="column-Title"]').dblclick();
    await page.locator('td textarea, td input').first().fill('Part-time timetables checked each half term');
    await page.keyboard.press('Enter');
    await sees(page, 'Part-time timetables checked each half term');
    await picture(page, '20-console');
    const [action] = await readList('Actions', (fields) => fields['Ref'] === 'AFI3.06');
    expect(action?.fields['Title']).toBe('Part-time timetables checked each half term');
    // Nobody presses anything: the tab hears of it, and says so to who cannot see it.
    const title = /Part-time timetables checked each half term/;
    await tab.getByRole('heading', { level: 1, name: title }).waitFor({ timeout: 60_000 });
    await tab.getByText(/^Updated at \d\d:\d\d$/).waitFor({ state: 'attached', timeout: 30_000 });
    await Promise.all([tab.close(), page.close()]);
  });

  test('finds what is held of a person, and forgets an adviser only once they have left', async () => {
    const kofi = 'kofi.brantwell@icb.hertland.example';
    const held = await system.board('person', '--find', kofi, '--json');
    expect(held).toMatchObject({ code: 0, stderr: '' });
    expect(JSON.parse(held.stdout)).toMatchObject([{ personRef: 'P11', email: kofi, database: { messages: 1 } }]);
    const [adviser] = await readList('People', (fields) => fields['Ref'] === 'X01');
    const address = String(adviser?.fields['Email']);
    const stays = await system.board('person', '--forget', address, '--carry-out');
    expect(stays).toMatchObject({ code: 1, stdout: '' });
    expect(stays.stderr).toContain('Let them leave first');
    const seen = { stamp: { itemId: adviser?.id ?? '', version: adviser?.eTag ?? '' } };
    await editByHand(system.microsoft365Url, 'People', seen, 'P15', { LeavesOn: '2025-01-03' });
    const asked = await system.board('person', '--forget', address);
    expect(asked).toMatchObject({ code: 0, stderr: '' });
    expect(asked.stdout).toContain('Nothing was changed: this is a dry run. With --carry-out it is done');
    expect(asked.stdout).toContain('docs/data-protection.md says who deletes these.');
    expect((await readList('People', (fields) => fields['Ref'] === 'X01'))[0]?.fields['Email']).toBe(address);
    const done = await system.board('person', '--forget', address, '--carry-out');
    expect(done).toMatchObject({ code: 0, stderr: '' });
    const [after] = await readList('People', (fields) => fields['Ref'] === 'X01');
    expect(after?.fields).toMatchObject({ Title: 'Former member X01' });
    expect(after?.fields).not.toHaveProperty('Email');
    expect(await readList('Invitations', (fields) => String(fields['SentTo']) === address)).toEqual([]);
    const gone = await system.board('person', '--find', address);
    expect(gone.code).toBe(1);
    expect(gone.stdout).toContain('Nobody of that address, reference or name');
    expect((await system.board('person', '--find')).code).toBe(2);
  });

  test('keeps every acknowledged answer through kill -9 of everything', async () => {
    await chat.close();
    const { dataFolder } = system;
    await system.kill();
    system = await startSystem({ dataFolder });
    expect(system.output()).toContain('with the data of the last time');
    const [action] = await readList('Actions', (fields) => fields['Ref'] === 'APA1.04');
    expect(action?.fields['PercentComplete']).toBe(80);
    const again = await system.board('remind', '--meeting', 'B09', '--json');
    expect(JSON.parse(again.stdout)).toMatchObject({ drained: { sent: 0 } });
  });

  test('leaves the operator’s token where its user alone can read it', () => {
    expect(statSync(path.join(system.dataFolder, 'operator.json')).mode & 0o077).toBe(0);
  });

  test('has no name, address, answer or token in any line of the service’s log', () => {
    const log = readFileSync(path.join(system.dataFolder, 'logs', 'service.log'), 'utf8');
    const lines = log.split('\n').filter((line) => line.startsWith('{'));
    const read = lines.map((line) => JSON.parse(line) as { event: string; correlationId?: string });
    expect(read.find((one) => one.event === 'answer saved')?.correlationId).toMatch(/^[0-9a-f-]{36}$/);
    const { people } = readSamplePlan();
    expect(people.length).toBeGreaterThan(15);
    const names = people.flatMap((one) => [one.name, one.email]);
    for (const kept of [...names, 'Five of six profiles', 'Part-time timetables', 'eyJ', 'Bearer ', '@'])
      expect(lines.filter((line) => line.includes(kept))).toEqual([]);
  });

  test('names a port that is in use and the setting that changes it', async () => {
    const port = new URL(system.serviceUrl).port;
    await expect(startSystem({ ports: { service: Number(port) } })).rejects.toThrow(
      new RegExp(`Port ${port} for the service is in use\\. Stop what uses it, or set PORT`),
    );
  });

  test('stops every process on Ctrl-C', async () => {
    expect(await system.stop()).toBe(0);
    await expect(fetch(`${system.serviceUrl}/health/live`)).rejects.toThrow();
    await expect(fetch(`${system.microsoft365Url}/_local/health`)).rejects.toThrow();
    await expect(fetch(`${system.playgroundUrls[0]}/_debug/ping`)).rejects.toThrow();
  });
});
