// How a measure stands and where it goes, as word, icon and colour.
import type { MeasuresResponse } from '../../../bot/api/contract';
import { Direction, Icon } from './Status';

type Row = MeasuresResponse['rows'][number];

const shapes = {
  ahead: 'tick',
  'within-tolerance': 'done',
  behind: 'warning',
  'no-reading': 'ring',
  'no-expectation': 'dash',
} as const;

const tones = {
  ahead: 'good',
  'within-tolerance': 'plain',
  behind: 'bad',
  'no-reading': 'plain',
  'no-expectation': 'plain',
} as const;

export function MeasureState({ state, word }: { readonly state: Row['state']; readonly word: string }) {
  return (
    <span className={`status tone-${tones[state]}`}>
      <Icon shape={shapes[state]} />
      {word}
    </span>
  );
}

const trends = {
  improving: { to: 'better', word: 'Improving' },
  level: { to: 'same', word: 'Level' },
  worsening: { to: 'worse', word: 'Getting worse' },
} as const;

/** Better or worse, whichever way the figure itself goes. */
export function Trend({ to }: { readonly to: NonNullable<Row['direction']> }) {
  return <Direction to={trends[to].to} word={trends[to].word} />;
}
