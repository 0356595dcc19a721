// What the messages of a whole cycle say: each to whom it concerns, the same words in both renditions, small, and unharmed by what people type.
import type { BoardSnapshot } from '../../bot/board/model';
import { cardBytes, cardLimitBytes } from '../../bot/cards/kit';
import { messageCard } from '../../bot/cards/manageNoticeCard';
import { messageContent } from '../../bot/cards/messageContent';
import { contentMail, messageMail } from '../../bot/cards/messageMail';
import type { MessageContent, MessageInput } from '../../bot/cards/messageShape';
import { sampleMessages } from '../fixtures/sampleMessages';
import { sampleSnapshot } from '../fixtures/samplePlan';
import { buttonsOf, cardProblems, partsOf, textOf } from './checkCard';

const all = sampleMessages();
const named = all.map((one) => [one.step.replace(/(papers-sent):.*/, '$1'), one.personRef, one] as const);
const asking = ['request', 'reminder', 'final-reminder', 'deadline-day'];

const textsOf = (content: MessageContent): readonly string[] => [
  content.title,
  content.summary,
  ...content.parts.flatMap((part) => {
    if (part.kind === 'text') return [part.text];
    if (part.kind === 'facts') return [part.heading, ...part.rows.flatMap((one) => [one.name, one.value])];
    const items = part.items.flatMap((one) => [one.ref ?? '', one.title, ...one.lines]);
    return [part.heading, part.note ?? '', ...items, part.more ?? ''];
  }),
];
const flat = (text: string): string => text.replace(/\\/g, '').replace(/\s+/g, ' ').trim();
const entities: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', '#39': "'" };
const readOf = (html: string): string =>
  flat(
    html
      .replace(/<(?:br|\/[^>]+|[^>]+)>/g, ' ')
      .replace(/&([a-z0-9#]+);/g, (whole, name: string) => entities[name] ?? whole),
  );
const missing = (texts: readonly string[], shown: string): readonly string[] =>
  texts.map(flat).filter((one) => !shown.includes(one));
function of(step: string, personRef: string): MessageInput {
  const found = named.find(([name, ref]) => name === step && ref === personRef);
  if (!found) throw new TypeError(`no ${step} to ${personRef}`);
  return found[2];
}
const wordsOf = (step: string, personRef: string): string => messageMail(of(step, personRef))?.text ?? '';

describe('every message of the cycle', () => {
  test('is there, for many people', () => {
    expect(new Set(named.map(([step]) => step)).size).toBe(12);
    expect(all.length).toBeGreaterThan(60);
  });

  test('says the same words in the card, in the HTML and in the text', () => {
    const problems = named.flatMap(([step, ref, input]) => {
      const content = messageContent(input);
      const mail = messageMail(input) ?? { html: '', text: '', subject: '' };
      const card = flat(textOf(messageCard(input).card));
      const texts = textsOf(content);
      // The list in which the owner answers shows a page at a time.
      const onCard = asking.includes(step) ? [content.title, content.summary.replace(/\.$/, '')] : texts;
      // Headings of the text rendition are capitals.
      const inText = missing(texts, flat(mail.text)).filter((one) => !flat(mail.text).includes(one.toUpperCase()));
      return [...missing(onCard, card), ...missing(texts, readOf(mail.html)), ...inText].map(
        (one) => `${step} ${ref}: ${one}`,
      );
    });
    expect(problems).toEqual([]);
  });

  test('lists in the e-mail every item that the card asks for', () => {
    const asked = named.filter(([step]) => asking.includes(step));
    const problems = asked.flatMap(([step, ref, input]) => {
      const text = messageMail(input)?.text ?? '';
      const updates = buttonsOf(messageCard(input).card).filter((one) => one.title.startsWith('Update '));
      return updates
        .filter((one) => !text.includes(`- ${one.title.slice(7)} `))
        .map((one) => `${step} ${ref} ${one.title}`);
    });
    expect(problems).toEqual([]);
  });

  test('is a sound card within the limit, and a subject that a phone shows whole', () => {
    const problems = named.flatMap(([step, ref, input]) => {
      const { card, summary } = messageCard(input);
      const { subject = '' } = messageMail(input) ?? {};
      const wrong = [
        ...cardProblems(card),
        ...(cardBytes(card) > cardLimitBytes ? ['too large'] : []),
        ...(subject.length > 70 || subject.length < 10 ? [subject] : []),
        ...(summary.length > 200 ? ['long summary'] : []),
      ];
      return wrong.map((one) => `${step} ${ref}: ${one}`);
    });
    expect(problems).toEqual([]);
  });

  test('lists at most seven things, counts the rest, and promises no link to people outside the tenant that they cannot open', () => {
    for (const [step, ref, input] of named.filter(([one]) => !asking.includes(one))) {
      const content = messageContent(input);
      const lists = content.parts.flatMap((part) => (part.kind === 'list' ? [part.items.length] : []));
      expect([step, ref, Math.max(0, ...lists) <= (step === 'arising' ? 12 : 7)]).toEqual([step, ref, true]);
      const external = input.snapshot.people.find((one) => one.ref === ref)?.external;
      const pages = content.links.filter((one) => one.url.includes('/tab/'));
      expect([step, ref, external === true ? pages : []]).toEqual([step, ref, []]);
    }
  });

  test('needs no picture, follows nobody, and is marked up for screen readers', () => {
    for (const [, , input] of named) {
      const { html = '' } = messageMail(input) ?? {};
      expect(html).not.toMatch(/<img|<script|<link|<style|src=|url\(|http:\/\//);
      expect(html).toMatch(/^<!doctype html>\n<html lang="en-GB">/);
      expect(html.match(/<h1/g)).toHaveLength(1);
      expect(html).not.toMatch(/<th(?! scope="row")[ >]/);
    }
  });

  test('names no volunteer in a list', () => {
    const people = sampleSnapshot().people;
    const bodies = new Set(
      sampleSnapshot()
        .bodies.filter((one) => one.volunteer)
        .map((one) => one.name),
    );
    const volunteers = people.filter((one) => one.volunteer || bodies.has(one.body));
    expect(volunteers.length).toBeGreaterThan(0);
    const listed = named
      .filter(([step]) => !asking.includes(step))
      .map(([, , input]) => messageMail(input)?.text ?? '');
    for (const { name } of volunteers) expect(listed.filter((text) => text.includes(name))).toEqual([]);
  });
});

describe('what a message says', () => {
  test.each([
    [
      'request',
      'P01',
      'Update for the board on Wednesday 15 January',
      'to answer by Monday 6 January, 5 pm (in 17 days)',
    ],
    ['reminder', 'P07', 'Reminder: update for the board', 'Off track: The due date passed'],
    ['final-reminder', 'P07', 'Last reminder: update for the board', 'You answer for Devan Marlcroft'],
    ['deadline-day', 'P07', 'Today is the last day: update', 'not answered for two meetings goes to Jordan Peverill'],
    [
      'escalation',
      'P03',
      'items for your attention before the board',
      'Please speak with each owner before the papers go out',
    ],
    ['escalation', 'P05', 'A copy for you: 1 item went to Samira Holtashby', 'You can still answer'],
    [
      'papers',
      'P15',
      'Papers to check for the board',
      'release it by 4 pm today. Nothing is frozen or shared before you have seen it',
    ],
    ['papers-reminder', 'P15', 'Papers not released yet', 'They are due by 4 pm today. Please look at the draft log'],
    [
      'papers-last-call',
      'P01',
      'Papers not released yet',
      'They were due by 4 pm today. Marlow Finchley is asked to look',
    ],
    ['notice:papers-sent', 'P02', 'Papers for the board on Wednesday 15 January', 'Log code: B09-before, 4F2A.'],
    ['briefing', 'P01', "Chair's briefing for the board", 'WHAT TO STRENGTHEN'],
    ['digest', 'P02', 'Before the board on Wednesday 15 January', 'Wednesday 15 January 2025, 10 am to midday'],
    ['digest', 'P02', 'Before the board on Wednesday 15 January', 'And 1 more action and 4 measures behind.'],
    [
      'digest',
      'P01',
      'What changed before the board',
      'Nothing has changed since the briefing on Friday 10 January 2025',
    ],
    [
      'arising',
      'P03',
      'For you from the board on Wednesday 27 November',
      'D-B08-1 Escalate the neurodiversity contract',
    ],
  ])('%s to %s: %s', (step, personRef, title, words) => {
    expect(messageContent(of(step, personRef)).title).toContain(title);
    expect(wordsOf(step, personRef)).toContain(words);
  });

  test('a reminder at the secretary’s wish asks by e-mail for what the card asks for, and hands nothing over', () => {
    const input: MessageInput = { ...of('reminder', 'P07'), step: 'notice:nudge:2025-01-03' };
    const { subject = '', text = '' } = messageMail(input) ?? {};
    expect(subject).toMatch(/^Reminder: update for the board/);
    expect(text).toContain('The board’s secretary asks you for this.');
    expect(text).not.toMatch(/now yours|from now on/i);
    expect(missing(input.subjectRefs, flat(text))).toEqual([]);
    expect(flat(textOf(messageCard(input).card))).toContain(subject);
  });

  test('the chair is told after the briefing what was answered since, and nothing else', () => {
    const snapshot = sampleSnapshot();
    const [like] = snapshot.updates;
    if (!like) throw new TypeError('the sample has no update');
    const answered = {
      ...snapshot,
      updates: [
        ...snapshot.updates,
        {
          ...like,
          subjectKind: 'action' as const,
          subjectRef: 'APA1.04',
          at: '2025-01-13T10:00:00.000Z',
          narrative: 'The extract came.',
        },
      ],
    };
    const input = sampleMessages(answered).find((one) => one.step === 'digest' && one.personRef === 'P01');
    const text = input ? (messageMail(input)?.text ?? '') : '';
    expect(text).toContain('1 item changed since the briefing on Friday 10 January 2025.');
    expect(text).toContain('- APA1.04 Locality profiles\n  Now: Off track.\n  The extract came.');
  });

  test('advisers read what was released and open the papers; nothing under way, no page of the tab', () => {
    const adviser = sampleSnapshot().people.find((one) => one.boardRole === 'nhse-adviser')?.ref ?? '';
    const text = wordsOf('notice:papers-sent', adviser);
    expect(text).toContain('Board pack (Word): https://');
    expect(text.indexOf('OPEN')).toBeLessThan(text.indexOf('SLOW TO PROGRESS'));
    expect(text).not.toContain('board.example');
  });

  test('the papers of a log that cannot be read are still announced, without figures', () => {
    const { released: _gone, ...input } = of('notice:papers-sent', 'P02');
    const { parts, summary } = messageContent(input);
    expect(summary).toBe('The action and impact log and the board pack are released.');
    expect(parts.map((one) => one.kind)).toEqual(['facts']);
  });
});

describe('what people typed', () => {
  const hostile = `<img src=x onerror=alert(1)></li></main> **bold** [l](https://evil.example) {{DATE(2025-01-01)}} "'& \u202e\u0000end`;
  const dirty = (text: string): string => `${text.slice(0, 20)} ${hostile}`;
  const snapshot = sampleSnapshot();
  const spoilt: BoardSnapshot = {
    ...snapshot,
    facts: { ...snapshot.facts, name: dirty(snapshot.facts.name) },
    people: snapshot.people.map((one) => ({ ...one, name: dirty(one.name) })),
    actions: snapshot.actions.map((one) => ({ ...one, title: dirty(one.title) })),
    risks: snapshot.risks.map((one) => ({ ...one, title: dirty(one.title) })),
    decisions: snapshot.decisions.map((one) => ({ ...one, text: dirty(one.text) })),
    dateChanges: snapshot.dateChanges.map((one) => ({ ...one, reason: dirty(one.reason) })),
    meetings: snapshot.meetings.map((one) => ({ ...one, place: hostile })),
  };
  const messages = sampleMessages(spoilt);
  const ours = new Set([
    '!doctype',
    'html',
    'head',
    'meta',
    'title',
    'body',
    'main',
    'h1',
    'h2',
    'p',
    'ul',
    'li',
    'br',
    'strong',
    'a',
    'table',
    'tbody',
    'tr',
    'th',
    'td',
  ]);

  test('stays text in every e-mail: no tag, attribute or link of theirs', () => {
    for (const input of messages) {
      const { html = '', subject = '', text = '' } = messageMail(input) ?? {};
      const tags = [...html.matchAll(/<\/?([^\s>/]+)/g)].map((one) => (one[1] ?? '').toLowerCase());
      expect(tags.filter((one) => !ours.has(one))).toEqual([]);
      expect(html.match(/<main/g)).toHaveLength(1);
      expect([...html.matchAll(/href="([^"]*)"/g)].map((one) => one[1]).filter((one) => one?.includes('evil'))).toEqual(
        [],
      );
      expect([subject, text].join(' ')).not.toMatch(/[\u202e\u0000]/);
      expect(subject).not.toMatch(/\n/);
    }
  });

  test('stays text in every card, which stays small', () => {
    for (const input of messages) {
      const { card } = messageCard(input);
      expect(cardProblems(card)).toEqual([]);
      const headings = partsOf(card)
        .filter((one) => one['type'] === 'TextBlock')
        .map((one) => String(one['text']));
      expect(headings.filter((one) => /(^|[^\\])(\*\*|\[|<)/.test(one))).toEqual([]);
      expect(JSON.stringify(card)).not.toMatch(/\{\{DATE/);
    }
  });

  test('an address that is none of ours makes no link', () => {
    const links = [
      { title: 'Bad', url: 'javascript:alert(1)' },
      { title: 'Worse', url: 'https://x.example/"onmouseover="alert(1)' },
      { title: 'Plain', url: 'http://elsewhere.example/' },
      { title: 'Mine', url: 'http://127.0.0.1:3978/tab/log' },
    ];
    const { html, text } = contentMail({ title: 'A title', summary: 'S.', parts: [], links }, { boardName: 'Board' });
    expect([...html.matchAll(/href="([^"]*)"/g)].map((one) => one[1])).toEqual(['http://127.0.0.1:3978/tab/log']);
    expect(text).not.toMatch(/javascript|Worse|Plain/);
  });
});
