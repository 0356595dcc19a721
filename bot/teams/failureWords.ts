// What a person reads when something we depend on fails: what happened, what is safe, what to do; never a raw message.
import { isKnownError, siteLackWords } from '../errors';

/** The title of the button pressed to save something; undefined: nothing was to be saved. */
export type SavingButton = string | undefined;

/** For a press of a button: the card stays as it is, with what was typed. */
export function failureWords(error: unknown, saving: SavingButton): string {
  if (!isKnownError(error)) {
    return saving ? `Something went wrong here. ${unsure(saving)}` : tryAgain('Something went wrong here.');
  }
  switch (error.kind) {
    case 'upstream':
      if (!saving) return tryAgain(`${error.service} did not answer.`);
      return error.mayHaveHappened
        ? `${error.service} did not answer. ${unsure(saving)}`
        : `${error.service} did not answer, so your update is not saved yet. ${kept(saving)}`;
    case 'throttled':
      return saving
        ? `SharePoint is busy, so your update is not saved yet. ${kept(saving)}`
        : tryAgain('SharePoint is busy just now.');
    case 'conflict':
      return `${error.ref} was changed by somebody else at the same moment. ${kept(saving)}`;
    case 'notAuthorised':
      if (error.reason === 'serviceRefused')
        return 'SharePoint does not let Board Assistant in. Nothing was changed, and your own rights are not the reason: tell the secretary.';
      return 'You may not answer this item. Nothing was saved. If that is wrong, tell the secretary.';
    case 'notFound': {
      const lacks = siteLackWords(error);
      if (lacks !== undefined) return `${lacks} Nothing was changed.`;
      return 'This item is no longer on the board. Nothing was saved. Type "my actions" for what is open.';
    }
    case 'invalidInput':
      return error.issues.length > 0 ? error.issues.map((issue) => issue.message).join(' ') : unreadable;
    case 'config':
      return tryAgain('Board Assistant is not set up completely.');
  }
}

/** When the answer takes longer than a person waits: it goes on, and the card changes when it is done. */
export function slowWords(saving: SavingButton): string {
  return saving
    ? 'Saving takes a little longer just now. This card changes when it is done; nothing is saved twice.'
    : 'This takes a little longer just now. The card changes when it is ready.';
}

const unreadable = 'What you typed could not be read. Nothing was saved.';

function kept(saving: SavingButton): string {
  return `What you typed is still in the card: press ${saving ?? 'the button'} again.`;
}

function unsure(saving: SavingButton): string {
  return `It is not certain that your update was saved. ${kept(saving).replace(/\.$/, '')}; it is never saved twice.`;
}

function tryAgain(what: string): string {
  return `${what} Nothing was changed. Please try again in a minute.`;
}
