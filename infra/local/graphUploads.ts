// Upload sessions of the local Graph: a large file in fragments, to an address that needs and takes no token.
import { randomBytes } from 'node:crypto';
import { z } from 'zod';
import { checkName, conflictBehaviours, nameTaken, placePatterns } from './drivePlaces';
import type { ConflictBehaviour, DrivePlaces, Place } from './drivePlaces';
import type { GraphCall, GraphResponse, Operation } from './graph';
import { GraphFailure, invalidRequest, notFound } from './graphError';
import { contextOf } from './graphLists';
import type { Editor } from './records';

/** Kept in memory: a restart ends an upload, as a lapse of its time would. */
interface Session {
  readonly place: () => Place;
  readonly conflict: ConflictBehaviour;
  readonly by: Editor;
  readonly fragments: Uint8Array[];
  received: number;
  total: number | undefined;
  /** Real time in milliseconds. */
  expiresAt: number;
}

// Source: Microsoft Graph, "driveItem: createUploadSession".
const fragmentUnit = 320 * 1024;
const largestFragment = 60 * 1024 * 1024;
const lifetimeMs = 60 * 60_000;
const folder = 'uploadSessions';

/** Whether a path below `/v1.0` is the address of an upload session, which is secret and asks for no token. */
export function isUploadAddress(path: string): boolean {
  return path.startsWith(`/${folder}/`);
}

const newBody = z.object({
  item: z
    .object({
      '@microsoft.graph.conflictBehavior': z.enum(conflictBehaviours).optional(),
      name: z.string().optional(),
    })
    .loose()
    .optional(),
});

export function graphUploadsOperations(places: DrivePlaces, now: () => number = Date.now): readonly Operation[] {
  const sessions = new Map<string, Session>();

  function open(call: GraphCall): GraphResponse {
    const parsed = newBody.safeParse(call.request.body.byteLength === 0 ? {} : call.json());
    if (!parsed.success) throw invalidRequest('An upload session is expected as {"item": {...}}.');
    const { name, '@microsoft.graph.conflictBehavior': conflict = 'fail' } = parsed.data.item ?? {};
    if (name !== undefined) checkName(name);
    const place = (): Place => places.placeOf(call);
    const { node } = place();
    if (node?.kind === 'folder' || (node && conflict === 'fail')) throw nameTaken();
    const id = randomBytes(24).toString('base64url');
    for (const [key, one] of sessions) if (one.expiresAt <= now()) sessions.delete(key);
    const session: Session = {
      place,
      conflict,
      by: call.request.caller,
      fragments: [],
      received: 0,
      total: undefined,
      expiresAt: now() + lifetimeMs,
    };
    sessions.set(id, session);
    const uploadUrl = `${call.request.base}/v1.0/${folder}/${id}`;
    return { status: 200, body: { ...contextOf(call, 'uploadSession'), uploadUrl, ...stateOf(session) } };
  }

  function find(call: GraphCall): Session {
    if (call.header('authorization') !== undefined)
      throw new GraphFailure(401, 'unauthenticated', 'The address of an upload takes no Authorization header.');
    const found = sessions.get(call.param('session'));
    if (!found || found.expiresAt <= now()) throw notFound('The upload session was not found.');
    return found;
  }

  async function put(call: GraphCall): Promise<GraphResponse> {
    const session = find(call);
    const bytes = call.request.body;
    const { from, to, total } = readRange(call.header('content-range'));
    if (to - from + 1 !== bytes.byteLength) throw invalidRequest('Content-Range does not fit the length of the body.');
    if (bytes.byteLength > largestFragment) throw invalidRequest('A fragment holds at most 60 MiB.');
    if (session.total !== undefined && session.total !== total)
      throw invalidRequest('The size of the file cannot change during an upload.');
    if (from < session.received) throw outOfRange('The fragment has been received already.', 'fragmentOverlap');
    if (from > session.received) throw outOfRange('Fragments must come in order.', 'fragmentOutOfOrder');
    const isLast = to + 1 === total;
    if (!isLast && bytes.byteLength % fragmentUnit !== 0)
      throw invalidRequest('The length of a fragment is a multiple of 320 KiB, but for the last.');
    if (!isLast) {
      session.total = total;
      session.fragments.push(bytes);
      session.received += bytes.byteLength;
      session.expiresAt = now() + lifetimeMs;
      return { status: 202, body: stateOf(session) };
    }
    // A name taken meanwhile leaves the session open: the last fragment may be sent again.
    const { list, node, isNew } = await places.storeFile(session.place, {
      bytes: Buffer.concat([...session.fragments, bytes]),
      mimeType: 'application/octet-stream',
      by: session.by,
      conflict: session.conflict,
    });
    sessions.delete(call.param('session'));
    return {
      status: isNew ? 201 : 200,
      body: { ...contextOf(call, 'driveItems/$entity'), ...places.graphNode(list, node) },
    };
  }

  function getState(call: GraphCall): GraphResponse {
    return { status: 200, body: stateOf(find(call)) };
  }

  function cancel(call: GraphCall): GraphResponse {
    find(call);
    sessions.delete(call.param('session'));
    return { status: 204 };
  }

  const session = `${folder}/:session`;
  return [
    ...placePatterns.map((place): Operation => ({
      method: 'POST',
      pattern: `${place}/createUploadSession`,
      units: 2,
      handle: open,
    })),
    { method: 'PUT', pattern: session, units: 2, handle: put },
    { method: 'GET', pattern: session, units: 1, handle: getState },
    { method: 'DELETE', pattern: session, units: 1, handle: cancel },
  ];
}

function stateOf(session: Session): Record<string, unknown> {
  return {
    expirationDateTime: new Date(session.expiresAt).toISOString(),
    nextExpectedRanges: [`${session.received}-`],
  };
}

function readRange(header: string | undefined): { readonly from: number; readonly to: number; readonly total: number } {
  const match = /^bytes (\d+)-(\d+)\/(\d+)$/.exec(header ?? '');
  const [from = NaN, to = NaN, total = NaN] = (match ?? []).slice(1).map(Number);
  if (!(from <= to && to < total)) throw invalidRequest('Content-Range is expected as "bytes 0-327679/1000000".');
  return { from, to, total };
}

function outOfRange(message: string, innerCode: string): GraphFailure {
  return new GraphFailure(416, 'invalidRange', message, { innerCode });
}
