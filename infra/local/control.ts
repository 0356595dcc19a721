// What only the local Microsoft 365 has: health, clock, people, faults, reset, and editing a row as a person would.
import { Router, type Request, type Response } from 'express';
import { z } from 'zod';
import type { LocalClock } from './clock';
import { inWords } from './clock';
import { consolePages } from './console';
import { etagOf } from './fieldReads';
import { readFields } from './fieldWrites';
import { faultSchema, type Faults } from './faults';
import { GraphFailure, LocalError } from './graphError';
import type { Office } from './office';
import type { User } from './records';
import type { SeedReport } from './seed';
import { addRows } from './seedMany';
import { teamsHost } from './teamsHost';
import { tenantId, site, type Tenant } from './tenant';
import type { Meter } from './throttle';

interface ControlSettings {
  readonly tenant: Tenant;
  readonly clock: LocalClock;
  readonly faults: Faults;
  readonly meter: Meter;
  readonly office: Office;
  readonly reseed: () => Promise<SeedReport>;
  readonly saveClock: () => Promise<void>;
  /** Where the service and its tab answer: `http://127.0.0.1:3978`. */
  readonly serviceUrl: string;
}

const moveSchema = z.union([
  z.strictObject({ advanceTo: z.string() }),
  z.strictObject({ advanceBy: z.strictObject({ minutes: z.number().positive() }) }),
]);
const responseSchema = z.strictObject({
  event: z.string(),
  address: z.string(),
  response: z.enum(['accepted', 'tentativelyAccepted', 'declined']),
});
const unreachableSchema = z.strictObject({ address: z.string().includes('@'), why: z.string().max(300).nullable() });
const editSchema = z.strictObject({
  version: z.string(),
  /** Reference of the person who edits, one with an account here. */
  editor: z.string(),
  fields: z.record(z.string(), z.unknown()),
});

export function createControl(settings: ControlSettings): Router {
  const { tenant, clock, faults, meter } = settings;
  const router = Router();
  const clockState = () => ({
    now: clock.now().toISOString(),
    offsetMs: clock.offsetMs(),
    inWords: inWords(clock.now()),
  });

  router.get('/_local/health', (_request, response) => {
    response.json({ status: 'ready', tenantId, site: `${site.host}:${site.path}`, now: clock.now().toISOString() });
  });
  router.get('/_local/clock', (_request, response) => {
    response.json(clockState());
  });
  router.post(
    '/_local/clock',
    answering(async (request) => {
      const parsed = moveSchema.safeParse(readJson(request));
      if (!parsed.success)
        throw new GraphFailure(
          400,
          'invalidRequest',
          'Give {"advanceTo": moment} or {"advanceBy": {"minutes": number}}.',
        );
      clock.advanceTo(
        'advanceTo' in parsed.data
          ? new Date(parsed.data.advanceTo)
          : new Date(clock.now().getTime() + parsed.data.advanceBy.minutes * 60_000),
      );
      await settings.saveClock();
      return clockState();
    }),
  );
  router.get('/_local/people', (_request, response) => {
    response.json({ value: tenant.users().map((one) => seededPerson(tenant, one)) });
  });
  router.get('/_local/seed', (_request, response) => {
    response.json(tenant.value('seed'));
  });
  router.post(
    '/_local/seed/rows',
    answering((request) => addRows(tenant, readJson(request))),
  );
  router.get('/_local/outbox', (_request, response) => {
    response.json({ value: tenant.mails() });
  });
  router.post(
    '/_local/calendar/responses',
    answering(async (request) => {
      const parsed = responseSchema.safeParse(readJson(request));
      if (!parsed.success)
        throw new GraphFailure(
          400,
          'invalidRequest',
          'Give {"event": id, "address": whose, "response": "accepted", "tentativelyAccepted" or "declined"}.',
        );
      const { event, address, response } = parsed.data;
      await settings.office.calendar.respond(event, address, response);
      return parsed.data;
    }),
  );
  router.post(
    '/_local/mail/unreachable',
    answering(async (request) => {
      const parsed = unreachableSchema.safeParse(readJson(request));
      if (!parsed.success)
        throw new GraphFailure(400, 'invalidRequest', 'Give {"address": whose, "why": the report, null for none}.');
      await settings.office.inbox.refuse(parsed.data.address, parsed.data.why ?? undefined);
      return parsed.data;
    }),
  );
  router.get('/_local/subscriptions', (_request, response) => {
    response.json({ value: settings.office.subscriptions.list() });
  });
  router.get('/_local/usage', (_request, response) => {
    response.json(meter.usage());
  });
  router.post(
    '/_local/usage',
    answering(() => {
      meter.forget();
      return meter.usage();
    }),
  );
  router.get('/_local/faults', (_request, response) => {
    response.json({ value: faults.list() });
  });
  router.post(
    '/_local/faults',
    answering((request) => {
      const parsed = faultSchema.safeParse(readJson(request));
      if (!parsed.success)
        throw new GraphFailure(400, 'invalidRequest', `This fault is not understood: ${z.prettifyError(parsed.error)}`);
      faults.add(parsed.data);
      return { value: faults.list() };
    }),
  );
  router.delete('/_local/faults', (_request, response) => {
    faults.clear();
    response.status(204).end();
  });
  router.post(
    '/_local/reset',
    answering(async () => {
      faults.clear();
      return settings.reseed();
    }),
  );
  router.post(
    '/_local/lists/:list/items/:item',
    answering(async (request) => {
      const parsed = editSchema.safeParse(readJson(request));
      if (!parsed.success) throw new GraphFailure(400, 'invalidRequest', 'An edit needs version, editor and fields.');
      const { version, editor, fields } = parsed.data;
      const person = tenant.users().find((one) => one.ref === editor);
      if (person?.lookupId === undefined)
        throw new GraphFailure(403, 'accessDenied', `${editor} has no account here and cannot edit in SharePoint.`);
      const list = tenant.findList(text(request.params['list']));
      const changes = readFields(list.record, fields, tenant.referents, { inSharePoint: true });
      const by = { kind: 'person', lookupId: person.lookupId } as const;
      const item = await tenant.updateItem(list, text(request.params['item']), changes, by, version);
      return {
        id: String(item.id),
        version: etagOf(item),
        modifiedAt: item.modifiedAt,
        modifiedBy: person.displayName,
      };
    }),
  );
  router.use(consolePages({ tenant, clock, office: settings.office }));
  router.use(teamsHost(tenant, settings.serviceUrl));
  return router;
}

/** A person as the People list holds them; `oid` is what their sign-in carries, also without an account here. */
function seededPerson(tenant: Tenant, user: User): Record<string, unknown> {
  const people = tenant.lists().find((one) => one.record.displayName === 'People');
  const row = [...(people?.items.values() ?? [])].find((one) => one.fields['Ref'] === user.ref && !one.deleted);
  const external = user.lookupId === undefined;
  return {
    ref: user.ref,
    name: user.displayName,
    role: user.jobTitle,
    boardRole: row?.fields['BoardRole'] ?? 'member',
    body: row?.fields['Body'] ?? '',
    email: user.mail,
    external,
    oid: user.id,
    ...(external ? {} : { entraObjectId: user.id }),
  };
}

/** JSON of what the work returns; a refusal in words with its status. */
function answering(work: (request: Request) => unknown) {
  return async (request: Request, response: Response): Promise<void> => {
    try {
      response.json(await work(request));
    } catch (error) {
      const refused = error instanceof LocalError ? new GraphFailure(400, 'invalidRequest', error.message) : error;
      if (!(refused instanceof GraphFailure)) throw error;
      response.status(refused.status).json({ error: { code: refused.code, message: refused.message } });
    }
  };
}

function readJson(request: Request): unknown {
  const body: unknown = request.body;
  if (!Buffer.isBuffer(body) || body.byteLength === 0) return {};
  try {
    return JSON.parse(body.toString('utf8'));
  } catch (error) {
    if (error instanceof SyntaxError) throw new GraphFailure(400, 'invalidRequest', 'The body is not JSON.');
    throw error;
  }
}

function text(value: string | readonly string[] | undefined): string {
  return typeof value === 'string' ? value : '';
}
