// The value of "nobody" is the same in a form and in what is read from chat.
import { nobodyWaitedFor } from '../../bot/board/phraseAction';
import { nobody } from '../../bot/cards/fields';

test('the word for nobody in chat is that of the form', () => {
  expect(nobodyWaitedFor).toBe(nobody);
});
