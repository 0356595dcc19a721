// Which words of a message belong to which item: where an item is named beside one that there is not.
import { nameIndex } from '../../bot/board/phraseRefs';
import { statementsOf } from '../../bot/board/phraseStatements';
import { sampleSnapshot } from '../fixtures/samplePlan';

test.each(['APA1.04 and APA1.99 are 60% done', 'APA1.04, APA1.99: 60% done'])(
  'the words of "%s" belong to the item that there is',
  (text) => {
    const { statements, unclear } = statementsOf(text, nameIndex(sampleSnapshot(), new Set()));
    expect(statements.map((one) => one.items.map((item) => item.ref))).toEqual([['APA1.04']]);
    expect(unclear).toMatchObject([{ words: 'APA1.99', text: '' }]);
  },
);
