// Invitations in chat: secretary and chair look, the secretary sends after a question, nobody else sees them.
import { describe, expect, test } from '@jest/globals';
import type { CardJson } from '../../bot/cards/kit';
import { buttonsOf } from '../cards/checkCard';
import { filled, house, sample } from './house';

const words = (card: unknown): string => JSON.stringify(card);
const titles = (card: CardJson | undefined): readonly string[] => buttonsOf(card ?? {}).map((one) => one.title);
const data = (meetingRef: string) => ({ boardId: 'send', meetingRef });

describe('invitations', () => {
  test('show the next meeting: the adviser who has none first of all, with one button that mends it', async () => {
    const { say } = house();
    const [card] = await say('P15', 'invitations');
    expect(words(card)).toContain('Invitations to B09, Wednesday 15 January 2025');
    expect(words(card)).toContain('To mend');
    expect(words(card)).toMatch(/The invitation to Remy Hadlowe, the DfE case lead, has not been sent/);
    expect(titles(card)).toEqual(['Invite now', 'B10', 'B11']);
  });

  test.each([
    ['invitations B10', 'B10'],
    ['Who is invited to b11?', 'B11'],
    ['show me the invitations for B10', 'B10'],
  ])('%s shows %s', async (phrase, ref) => {
    const [card] = await house().say('P15', phrase);
    expect(words(card)).toContain(`Invitations to ${ref},`);
  });

  test('of a meeting that there is not, or of none to come, say so', async () => {
    expect(words(await house().say('P15', 'invitations B77'))).toContain('The meetings to come: B09, B10, B11.');
    const held = sample.meetings.map((one) => ({ ...one, state: 'held' as const }));
    const over = house({ snapshot: { ...sample, meetings: held } });
    expect(words(await over.say('P15', 'invitations'))).toContain('No meeting to come is planned.');
  });

  test('are looked at by the chair, who does not send', async () => {
    const { say, press } = house();
    const [card] = await say('P01', 'invitations');
    expect(titles(card)).toEqual(['B10', 'B11']);
    expect(titles(await press('P01', 'invite-ask', data('B10')))).toEqual(['B09', 'B11']);
  });

  test.each(['P10', 'P98'])('are not shown to %s', async (who) => {
    const { say, invoke } = house();
    expect(words(await say(who, 'invitations'))).toContain('That is for the secretary and the chair');
    const answer = await invoke(who, 'invitations', data('B10'));
    expect(words(answer)).toContain('The secretary and the chair look at invitations.');
  });

  test('go after a question that says whom they reach; pressed twice they go once', async () => {
    const { press, calendar, records } = house();
    const question = await press('P15', 'invite-ask', data('B10'));
    expect(words(question)).toMatch(/An invitation to Wednesday 26 February 2025 goes to \d+ people/);
    expect(titles(question)).toEqual(['Invite now', 'Back']);
    expect(calendar.calls).toEqual([]);
    const done = await press('P15', 'invite-send', data('B10'));
    expect(words(done)).toContain('4 of 4 advisers among them');
    expect(words(await press('P15', 'invite-send', data('B10')))).toContain('There was nothing to send.');
    expect(calendar.calls).toEqual(['create B10']);
    const rows = (await records.refresh('send')).invitations.filter((one) => one.meetingRef === 'B10');
    expect(new Set(rows.map((one) => one.personRef)).size).toBe(rows.length);
    expect(titles(await press('P15', 'invite-ask', data('B10')))).toEqual(['B09', 'B11']);
  });

  test.each(['P01', 'P10'])('are not sent by %s', async (who) => {
    const { invoke, calendar } = house();
    expect(words(await invoke(who, 'invite-send', data('B10')))).toMatch(/The secretary (sends|and the chair look)/);
    expect(calendar.calls).toEqual([]);
  });

  test('are not sent while sending is paused, and the card says so', async () => {
    const { say, press, calendar } = house();
    const [form] = await say('P15', 'pause');
    await press('P15', 'pause-save', filled(form ?? {}, 'pause-save', { why: 'A week of rest' }));
    const answer = await press('P15', 'invite-send', data('B10'));
    expect(words(answer)).toMatch(/Nothing was sent.*Sending is paused/);
    expect(calendar.calls).toEqual([]);
  });

  test('answered are shown with their answer, a declined one as a gap', async () => {
    const { press, calendar } = house();
    await press('P15', 'invite-send', data('B10'));
    calendar.answer('B10', 'remy.hadlowe@dfe.example', 'declined');
    calendar.answer('B10', 'toni.averley@nhse.example', 'accepted');
    const card = words(await press('P15', 'invitations', data('B10')));
    expect(card).toMatch(/Remy Hadlowe, the DfE case lead, has declined B10, and no deputy is named/);
    expect(card).toMatch(/✓ Toni Averley/);
  });

  test('a button that cannot be read changes nothing', async () => {
    const { invoke, calendar } = house();
    expect(words(await invoke('P15', 'invite-send', { boardId: 'send' }))).toContain('cannot be read any more');
    expect(calendar.calls).toEqual([]);
  });
});

test('the next meeting says to secretary and chair how many advisers are invited, and to nobody else', async () => {
  const { say } = house();
  expect(words(await say('P15', 'next meeting'))).toMatch(/Advisers invited: 2 of 4/);
  expect(words(await say('P01', 'next meeting'))).toMatch(/Advisers invited: 2 of 4/);
  expect(words(await say('P10', 'next meeting'))).not.toContain('Advisers invited');
});
