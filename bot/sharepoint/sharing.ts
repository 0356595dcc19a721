// Papers for people outside the tenant: read access for one address, to one file, that ends by itself.
import { z } from 'zod';
import {
  InvalidInputError,
  isKnownError,
  NotAuthorisedError,
  NotFoundError,
  UpstreamError,
  type KnownError,
} from '../errors';
import type { PaperSharing, ShareOutcome } from '../services/portsSharing';
import { findDrive, pathPart, type LibrarySettings } from './documents';

const item = z.object({ id: z.string(), webUrl: z.string() });
/** One of them may be an error instead: Graph answers 207 in part. */
const permissions = z.object({
  value: z.array(z.looseObject({ id: z.string().optional(), expirationDateTime: z.string().nullish() })).min(1),
});

/** Graph: "driveItem: invite". No mail is sent by SharePoint: the board's own message says what it is about. */
export function createPaperSharing(settings: LibrarySettings): PaperSharing {
  const { graph, boards } = settings;
  const drives = new Map<string, string>();

  async function invite(path: string, address: string, endsAt: string | undefined): Promise<string | undefined> {
    const answer = await graph.post(path, {
      recipients: [{ email: address }],
      roles: ['read'],
      requireSignIn: true,
      sendInvitation: false,
      ...(endsAt === undefined ? {} : { expirationDateTime: endsAt }),
    });
    const [given] = permissions.parse(answer).value;
    if (given?.id === undefined)
      throw new NotAuthorisedError('SharePoint gave no access to this address.', 'notAllowed');
    return given.expirationDateTime ?? undefined;
  }

  return {
    async share(boardId, meetingRef, paperName, { address, endsAt }): Promise<ShareOutcome> {
      try {
        const drive = drives.get(boardId) ?? (await findDrive(graph, boards, boardId));
        drives.set(boardId, drive);
        const where = `drives/${drive}/root:/${pathPart(meetingRef)}/${pathPart(paperName)}?$select=id,webUrl`;
        const file = item.parse(await graph.get(where));
        const path = `drives/${drive}/items/${file.id}/invite`;
        const until = await invite(path, address, endsAt).catch((error: unknown) => {
          // A tenant may not allow an end of our own: then its own rules end the access.
          if (endsAt === undefined || !isRefusedAsAsked(error)) throw error;
          return invite(path, address, undefined);
        });
        const ends = until === undefined ? {} : { endsAt: until };
        return { kind: 'shared', webUrl: file.webUrl, ...ends };
      } catch (error) {
        if (error instanceof z.ZodError)
          return { kind: 'uncertain', detail: 'SharePoint answered in an unknown form.' };
        if (!isKnownError(error)) throw error;
        return outcomeOf(error);
      }
    },
  };
}

/** 400: what was asked is not taken, whoever asks. */
function isRefusedAsAsked(error: unknown): boolean {
  return error instanceof UpstreamError && error.status === 400;
}

function outcomeOf(error: KnownError): ShareOutcome {
  if (error instanceof NotFoundError) return { kind: 'refused', detail: 'The paper is not in the library any more.' };
  if (error instanceof NotAuthorisedError)
    return { kind: 'refused', detail: 'SharePoint does not let the board share with this address.' };
  if (error instanceof InvalidInputError || isRefusedAsAsked(error))
    return { kind: 'refused', detail: 'SharePoint did not take the address, or sharing outside is switched off.' };
  return { kind: 'uncertain', detail: 'SharePoint did not answer whether it was shared.' };
}
