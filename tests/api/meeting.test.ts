// A meeting and decisions about dates over HTTP, by part: who reads what, who decides, once and for the record.
import { dateDecisionResponse, meetingResponse, problem } from '../../bot/api/contract';
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

const get = (path: string, who: string) => getAs(service, path, who);
const decide = (ref: string, who: string, body: object) =>
  postAs(service, `/boards/${boardId}/date-changes/${ref}/decision`, who, body);
const read = async (path: string, who: string) => meetingResponse.parse((await get(path, who)).body).meeting;

const waitingRef = async (): Promise<string> => {
  const { dateChanges } = await service.records.snapshot(boardId);
  return dateChanges.find((one) => one.decision === 'pending')?.ref ?? 'none';
};

describe('reading', () => {
  test.each(['P01', 'P15', 'P04', 'P10', 'P16', 'X01'])(
    '%s reads the next meeting and one that was held',
    async (who) => {
      expect((await read('/meeting', who))?.ref).toBe('B09');
      const held = await read('/meeting/B08', who);
      expect(held?.attendance.words).toMatch(/^Of \d+ people on the list: \d+ present/);
      expect(held?.decisions.length).toBeGreaterThan(0);
    },
  );

  test('dates to decide and the release are for the chair and the secretary; what is slow is for all but advisers', async () => {
    const shown = await Promise.all(
      ['P01', 'P15', 'P04', 'P10', 'X01'].map(async (who) => {
        const meeting = await read('/meeting', who);
        return [meeting?.datesToDecide !== undefined, meeting?.release?.mayRelease, meeting?.slow !== undefined];
      }),
    );
    expect(shown).toEqual([
      [true, false, true],
      [true, true, true],
      [false, undefined, true],
      [false, undefined, true],
      [false, undefined, false],
    ]);
  });

  test('no link leads an adviser to what is under way', async () => {
    const links = (await read('/meeting/B08', 'X01'))?.decisions.flatMap((one) => [
      one.about?.to,
      ...one.ledTo.map((to) => to.to),
    ]);
    expect(links?.filter((one) => one !== undefined)).toEqual([]);
  });

  test('a stranger is refused, and an unknown meeting is not found', async () => {
    expect((await get('/meeting', 'stranger')).status).toBe(403);
    expect((await get('/meeting/B99', 'P01')).status).toBe(404);
  });
});

describe('deciding about a date', () => {
  test('is done by the chair once; the same press again answers the same, another is told it was decided', async () => {
    const ref = await waitingRef();
    const first = await decide(ref, 'P01', { approve: true });
    expect(first.status).toBe(200);
    expect(dateDecisionResponse.parse(first.body).words).toMatch(/^Approved by Avery Linwood .*is now due on/);
    const again = await decide(ref, 'P01', { approve: true });
    expect([again.status, again.body]).toEqual([200, first.body]);
    const other = await decide(ref, 'P01', { approve: false, reason: 'Too late for the review.' });
    expect(other.status).toBe(409);
    expect(problem.parse(other.body).detail).toMatch(/^Approved by/);
    expect(service.records.operations).toHaveLength(1);
  });

  test.each(['P15', 'P04', 'P10', 'X01', 'stranger'])('is refused to %s', async (who) => {
    expect((await decide(await waitingRef(), who, { approve: true })).status).toBe(403);
    expect(service.records.operations).toEqual([]);
  });

  test('a refusal without a reason says which field to fill', async () => {
    const answer = await decide(await waitingRef(), 'P01', { approve: false });
    expect(answer.status).toBe(422);
    expect(problem.parse(answer.body).issues?.map((one) => one.field)).toEqual(['reason']);
  });

  test.each([[{}], [{ approve: 'yes' }], [{ approve: true, more: 1 }], [{ approve: true, reason: 'x'.repeat(1001) }]])(
    'a body that does not fit is refused: %j',
    async (body) => {
      expect((await decide(await waitingRef(), 'P01', body)).status).toBe(400);
    },
  );
});
