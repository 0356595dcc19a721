// What a person reads when something we depend on fails: what happened, what is safe, what to do; never a raw message.
import { isKnownError } from '../errors';

/** For a press of a button: the card stays as it is, with what was typed. */
export function failureWords(error: unknown, saving: boolean): string {
  if (!isKnownError(error))
    return saving ? `Something went wrong here. ${unsure}` : tryAgain('Something went wrong here.');
  switch (error.kind) {
    case 'upstream':
      if (!saving) return tryAgain(`${error.service} did not answer.`);
      return error.mayHaveHappened
        ? `${error.service} did not answer. ${unsure}`
        : `${error.service} did not answer, so your update is not saved yet. ${kept}`;
    case 'throttled':
      return saving
        ? `SharePoint is busy, so your update is not saved yet. ${kept}`
        : tryAgain('SharePoint is busy just now.');
    case 'conflict':
      return `${error.ref} was changed by somebody else at the same moment. ${kept}`;
    case 'notAuthorised':
      return 'You may not answer this item. Nothing was saved. If that is wrong, tell the secretary.';
    case 'notFound':
      return 'This item is no longer on the board. Nothing was saved. Type "my actions" for what is open.';
    case 'invalidInput':
      return error.issues.length > 0 ? error.issues.map((issue) => issue.message).join(' ') : unreadable;
    case 'config':
      return tryAgain('Board Assistant is not set up completely.');
  }
}

const kept = 'What you typed is still in the card: press Save again.';
const unsure =
  'It is not certain that your update was saved. What you typed is still in the card: press Save again; it is never saved twice.';
const unreadable = 'What you typed could not be read. Nothing was saved.';

function tryAgain(what: string): string {
  return `${what} Nothing was changed. Please try again in a minute.`;
}
