// Answers given in the tab: who may give them, what is refused, and what becomes of conflicts and repeats.
import request from 'supertest';
import * as contract from '../../bot/api/contract';
import { NotFoundError } from '../../bot/errors';
import { boardId, getAs, postAs, startIssuer, tabService, type Issuer, type TabService } from '../fixtures/tabService';

let issuer: Issuer;
let service: TabService;

beforeAll(async () => {
  issuer = await startIssuer();
});
afterAll(() => issuer.close());
beforeEach(() => {
  service = tabService(issuer);
});

const post = (personRef: string, body: unknown) => postAs(service, '/answers', personRef, body);

const narrative = 'Five of six are published; the sixth waits for the health split.';
const answer = (parts: object = {}) => ({
  nonce: 'nonce-0001',
  answer: { kind: 'action', ref: 'APA1.04', deliveryStatus: 'at-risk', narrative, ...parts },
});
const actionNow = async () => (await service.records.snapshot(boardId)).actions.find((one) => one.ref === 'APA1.04');

describe('an answer', () => {
  test('of the owner is saved, recorded as given in the tab, and shown at once', async () => {
    const saved = await post('P10', answer());
    expect(saved.status).toBe(200);
    expect(contract.answerResponse.parse(saved.body)).toMatchObject({ ref: 'APA1.04', recordedAs: 'answered' });
    const { updates } = await service.records.snapshot(boardId);
    expect(updates.at(-1)).toMatchObject({ subjectRef: 'APA1.04', byRef: 'P10', route: 'tab', narrative });
    const shown = await getAs(service, '/actions/APA1.04', 'P01');
    expect(contract.actionResponse.parse(shown.body)).toMatchObject({
      action: { claimed: 'at-risk', answered: true },
      updates: [{ narrative, by: 'Freya Langmoor' }, {}, {}, {}, {}],
    });
  });

  test.each([
    ['the owner', 'P10', 200],
    ['the owner’s deputy', 'P17', 200],
    ['the secretary', 'P15', 200],
    ['the chair, whose action it is not', 'P01', 422],
    ['a member, whose action it is not', 'P04', 422],
    ['another owner', 'P08', 422],
    ['an adviser', 'X01', 403],
    ['a stranger', 'stranger', 403],
  ])('by %s (%s) gets %i', async (_who, personRef, status) => {
    const before = await actionNow();
    const given = await post(personRef, answer());
    expect(given.status).toBe(status);
    const after = await actionNow();
    expect(after?.deliveryStatus).toBe(status === 200 ? 'at-risk' : before?.deliveryStatus);
  });

  test('is saved once, however often it is sent', async () => {
    const first = await post('P10', answer());
    const second = await post('P10', answer());
    expect(second.body).toEqual(first.body);
    expect(service.records.operations).toHaveLength(1);
  });

  test('with a percentage of 140 is refused beside its field', async () => {
    const refused = await post('P10', answer({ percentComplete: 140 }));
    expect(refused.status).toBe(422);
    expect(contract.problem.parse(refused.body).issues?.map((one) => one.field)).toEqual(['percentComplete']);
  });

  test('that may tell who a family is waits to be confirmed', async () => {
    const risky = { narrative: 'We met 3 families of the unit and agreed what happens next with them.' };
    const asked = await post('P10', answer(risky));
    expect(asked.status).toBe(422);
    expect(contract.problem.parse(asked.body)).toMatchObject({
      type: 'urn:board-assistant:problem:confirm',
      warnings: [expect.any(String)],
    });
    const confirmed = await post('P10', { ...answer(risky), confirmedWarnings: true });
    expect(confirmed.status).toBe(200);
  });

  test('given on an older version of the same field shows both and writes neither', async () => {
    const shown = await getAs(service, '/actions/APA1.04', 'P10');
    const seenVersion = contract.actionResponse.parse(shown.body).answering?.version;
    await post('P15', { ...answer({ deliveryStatus: 'on-track' }), nonce: 'nonce-other' });
    const late = await post('P10', { ...answer(), seenVersion });
    expect(late.status).toBe(409);
    expect(contract.problem.parse(late.body)).toMatchObject({
      changed: [
        {
          ...{ field: 'deliveryStatus', theirs: 'On track', yours: 'At risk' },
          ...{ by: 'Marlow Finchley', atWords: expect.stringMatching(/^Monday 6 January 2025, \d\d:\d\d$/) },
        },
      ],
      currentVersion: expect.any(String),
    });
    expect((await actionNow())?.deliveryStatus).toBe('on-track');
    // Who may not answer is told so, and not what somebody else wrote.
    const foreign = await post('P04', { ...answer(), seenVersion });
    expect(foreign.status).toBe(422);
    expect(foreign.body).not.toHaveProperty('changed');
  });
});

describe('a body', () => {
  test.each([
    ['an unknown field', { ...answer(), owner: 'P01' }],
    ['an unknown field of the answer', answer({ dueOn: '2025-12-31' })],
    ['a status that is none', answer({ deliveryStatus: 'splendid' })],
    ['another kind', { nonce: 'nonce-0001', answer: { kind: 'decision', ref: 'D-B03-1' } }],
    ['no nonce', { answer: answer().answer }],
    ['a reference that is a path', answer({ ref: '../../APA1.04' })],
    [
      'a forged prototype',
      JSON.parse('{"nonce":"nonce-0001","__proto__":{"x":1},"answer":{"kind":"action","ref":"A"}}'),
    ],
    ['a list', []],
  ])('with %s is refused and nothing is written', async (_what, body) => {
    const refused = await post('P10', body);
    expect(refused.status).toBe(400);
    expect(contract.problem.parse(refused.body).issues?.length).toBeGreaterThan(0);
    expect(service.records.operations).toHaveLength(0);
  });

  test('of more than 64 KB is refused', async () => {
    const refused = await post('P10', answer({ narrative: 'x'.repeat(70_000) }));
    expect(refused.status).toBe(413);
    expect(contract.problem.parse(refused.body).title).toBe('This is too long');
  });

  test('that is not JSON is refused without a word of the parser', async () => {
    const refused = await request(service.app)
      .post('/api/v1/answers')
      .set('Authorization', await service.as('P10'))
      .set('Content-Type', 'application/json')
      .send('{"nonce":');
    expect(refused.status).toBe(400);
    expect(JSON.stringify(refused.body)).not.toMatch(/JSON|position|token/);
  });
});

describe('on a site made by an earlier version', () => {
  test.each([
    ['column', 'TakesBack in the list Updates'],
    ['list', 'Updates'],
  ] as const)(
    'a missing %s is named with what to run, and the same press saves once it is there',
    async (what, ref) => {
      const before = await actionNow();
      service.records.failNextWrite(new NotFoundError(what, ref), 'before');
      const refused = await post('P10', answer());
      expect(refused.status).toBe(500);
      expect(refused.headers['content-type']).toMatch(/^application\/problem\+json/);
      expect(refused.body).toMatchObject({
        title: 'The board’s site is not complete',
        detail: `Nothing was changed. The board’s site in SharePoint lacks the ${what} ${ref}, so this cannot be done yet. Ask the administrator to run "npm run board -- provision", then try again.`,
      });
      expect(await actionNow()).toEqual(before);
      // Nothing of the first press is left that would be carried out by itself.
      expect(service.records.operations).toEqual([]);
      expect((await post('P10', answer())).status).toBe(200);
      expect((await actionNow())?.deliveryStatus).toBe('at-risk');
    },
  );

  test('a record that does not exist is no incomplete site', async () => {
    service.records.failNextWrite(new NotFoundError('action', 'APA1.04'), 'before');
    const refused = await post('P10', answer());
    expect(refused.status).toBe(404);
    expect(JSON.stringify(refused.body)).not.toContain('provision');
  });
});
