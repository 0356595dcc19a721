// Cards of a board that SharePoint could not be asked for in time: they say from when it is and why.
import { cardProblems, textOf } from '../cards/checkCard';
import { house, openForm } from './house';

const words =
  'As of Monday 6 January 2025, 17:30. SharePoint has not answered, so this is what was read before. ' +
  'Nothing is lost; it is asked again by itself.';

test('the list and the form say from when the board is, and why, when it is older than it should be', async () => {
  const it = house({ stale: 'no-answer' });
  const [list = {}] = await it.say('P10', 'my items');
  const form = await openForm(it, 'P10', 'action', 'APA1.04');
  for (const card of [list, form]) {
    expect(cardProblems(card)).toEqual([]);
    expect(textOf(card)).toContain(words);
  }
});

test('they say nothing of it while the board is as young as it should be', async () => {
  const it = house();
  const [list = {}] = await it.say('P10', 'my items');
  expect(textOf(list)).toContain('Update for the board on');
  for (const card of [list, await openForm(it, 'P10', 'action', 'APA1.04')])
    expect(textOf(card)).not.toContain('As of');
});
