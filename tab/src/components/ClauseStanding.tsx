// How a clause stands, as word, icon and colour; no state says that it is met.
import type { ClausesResponse } from '../../../bot/api/contract';
import { Icon } from './Status';

type State = NonNullable<ClausesResponse['clauses'][number]['state']>;

const looks = {
  evidenced: { shape: 'done', tone: 'good' },
  'partly-evidenced': { shape: 'ring', tone: 'plain' },
  gap: { shape: 'warning', tone: 'bad' },
  'not-yet-due': { shape: 'dash', tone: 'plain' },
  'the-departments-to-do': { shape: 'level', tone: 'plain' },
  'for-a-person-to-confirm': { shape: 'ring', tone: 'plain' },
} as const satisfies Record<State, unknown>;

export function ClauseStanding({ state, word }: { readonly state: State | undefined; readonly word: string }) {
  const { shape, tone } = state === undefined ? ({ shape: 'dash', tone: 'plain' } as const) : looks[state];
  return (
    <span className={`status tone-${tone}`}>
      <Icon shape={shape} />
      {word.charAt(0).toUpperCase() + word.slice(1)}
    </span>
  );
}
