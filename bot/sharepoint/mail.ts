// E-mail from the service mailbox through Graph: sent at most once, looked up in Sent Items by its Message-ID.
import { createHash } from 'node:crypto';
import { z } from 'zod';
import { isKnownError, type KnownError } from '../errors';
import type { Logger } from '../logger';
import type { Mailer, MailOutcome } from '../services/portsMail';
import type { Graph } from './graphClient';
import { isPlainAddress, mimeOf } from './mime';

const found = z.object({ value: z.array(z.object({ sentDateTime: z.iso.datetime() })) });

/**
 * `graph` must not repeat a refused request by itself: how long to wait stands in the ledger, where other instances see it.
 * Permissions: Mail.Send; Mail.ReadBasic to look in Sent Items, without which what is uncertain stays so.
 */
export function createMailer(settings: {
  readonly graph: Pick<Graph, 'get' | 'postText'>;
  readonly mailbox: string;
  readonly logger: Logger;
}): Mailer {
  const { graph, mailbox, logger } = settings;
  const user = `users/${encodeURIComponent(mailbox)}`;
  const messageIdOf = (key: string): string => {
    const digest = createHash('sha256').update(key).digest('hex').slice(0, 40);
    return `<${digest}.board-assistant@${mailbox.split('@')[1] ?? ''}>`;
  };

  return {
    async send(to, mail, key): Promise<MailOutcome> {
      if (!isPlainAddress(to.address))
        return { kind: 'failed', detail: 'The address in the list People is not one e-mail address.', mayRetry: false };
      const messageId = messageIdOf(key);
      const mime = mimeOf({ from: mailbox, to, messageId, ...mail });
      try {
        // Graph: "user: sendMail", MIME format. It is always saved to Sent Items.
        await graph.postText(`${user}/sendMail`, Buffer.from(mime, 'latin1').toString('base64'), 'text/plain');
        return { kind: 'accepted', messageId };
      } catch (error) {
        if (!isKnownError(error)) throw error;
        const outcome = outcomeOf(error);
        logger.warn('mail.notAccepted', { outcome: outcome.kind }, error);
        return outcome;
      }
    },

    async find(key) {
      const messageId = messageIdOf(key);
      const filter = encodeURIComponent(`internetMessageId eq '${messageId}'`);
      try {
        const answer = await graph.get(
          `${user}/mailFolders/sentitems/messages?$filter=${filter}&$select=id,sentDateTime&$top=1`,
        );
        const [mail] = found.parse(answer).value;
        return mail === undefined ? 'notFound' : { messageId, sentAt: new Date(mail.sentDateTime).toISOString() };
      } catch (error) {
        if (!isKnownError(error) && !(error instanceof z.ZodError)) throw error;
        logger.warn('mail.notLookedUp', {}, error);
        return undefined;
      }
    },
  };
}

function outcomeOf(error: KnownError): MailOutcome {
  const failed = (detail: string, mayRetry = false): MailOutcome => ({ kind: 'failed', detail, mayRetry });
  switch (error.kind) {
    case 'throttled':
      return { kind: 'throttled', retryAfterSeconds: error.retryAfterSeconds };
    case 'notAuthorised':
      return failed(
        'The service mailbox does not let Board Assistant send. The administrator can give it the role Application Mail.Send on this mailbox.',
      );
    case 'notFound':
      return failed('The service mailbox does not exist. The administrator can set SERVICE_MAILBOX.');
    case 'upstream':
      if (error.mayHaveHappened)
        return {
          kind: 'uncertain',
          detail: 'The mailbox did not say whether it took the e-mail; it may have gone out.',
        };
      return error.status === undefined
        ? failed('The mailbox could not be reached, so nothing was sent.', true)
        : failed(`The mailbox refused the e-mail (status ${error.status}).`);
    case 'conflict':
      return failed('The mailbox asked to send it again.', true);
    case 'config':
    case 'invalidInput':
      return failed('The e-mail could not be made.');
  }
}
