import {
  ConfigError,
  ConflictError,
  InvalidInputError,
  NotAuthorisedError,
  NotFoundError,
  ThrottledError,
  UpstreamError,
} from '../../bot/errors';
import { failureWords, slowWords } from '../../bot/teams/failureWords';

const secret = 'stack of secrets at 10.0.0.7';

describe('what a person reads when something fails', () => {
  test.each([
    [new UpstreamError('SharePoint', secret), 'not saved yet. What you typed is still in the card: press Save again.'],
    [new UpstreamError('SharePoint', secret, { mayHaveHappened: true }), 'press Save again; it is never saved twice.'],
    [new ThrottledError(secret, 30), 'SharePoint is busy, so your update is not saved yet.'],
    [new ConflictError('R01', secret), 'R01 was changed by somebody else'],
    [new NotAuthorisedError(secret, 'notAllowed'), 'You may not answer this item.'],
    [new NotAuthorisedError(secret, 'serviceRefused'), 'your own rights are not the reason'],
    [new NotFoundError('action', 'A9'), 'no longer on the board'],
    [
      new NotFoundError('column', 'TakesBack in the list Updates'),
      'lacks the column TakesBack in the list Updates, so this cannot be done yet. Ask the administrator to run "npm run board -- provision"',
    ],
    [new NotFoundError('list', 'Settings'), 'Ask the administrator to run "npm run board -- provision"'],
    [new InvalidInputError(secret, [{ field: 'x', message: 'Type a number.' }]), 'Type a number.'],
    [new InvalidInputError(secret), 'could not be read'],
    [new ConfigError([secret]), 'not set up completely'],
    [new Error(secret), 'it is never saved twice'],
    ['a string', 'it is never saved twice'],
  ])('says what is safe and what to do, never the cause (%#)', (error, words) => {
    expect(failureWords(error, 'Save')).toContain(words);
    expect(failureWords(error, 'Save')).not.toContain(secret);
    expect(failureWords(error, undefined)).not.toContain(secret);
  });

  test('names the button that was pressed, and none where nothing was to be saved', () => {
    expect(failureWords(new UpstreamError('SharePoint', secret), 'No change')).toContain('press No change again.');
    expect(failureWords(new UpstreamError('SharePoint', secret), undefined)).toBe(
      'SharePoint did not answer. Nothing was changed. Please try again in a minute.',
    );
    expect(slowWords('Save')).toContain('nothing is saved twice');
    expect(slowWords(undefined)).toContain('The card changes when it is ready.');
  });
});
