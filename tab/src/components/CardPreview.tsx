// The card that a chosen owner will get, made by the service as it makes the one it sends; nothing on it can be pressed.
import { Field, Select } from '@fluentui/react-components';
import { lazy, Suspense, useEffect, useState } from 'react';
import type { Problem } from '../../../bot/api/contract';
import { cardResponse, type CardResponse } from '../../../bot/api/contract';
import { problemOf, useApi } from '../useView';
import { Loading, ProblemMessage } from './Message';

const ShownCard = lazy(() => import('./ShownCard'));

export function CardPreview(props: {
  readonly boardId: string;
  readonly people: readonly { readonly personRef: string; readonly name: string }[];
}) {
  const api = useApi();
  const [chosen, setChosen] = useState('');
  const [shown, setShown] = useState<{
    readonly of: string;
    readonly card?: CardResponse;
    readonly problem?: Problem;
  }>();
  useEffect(() => {
    if (chosen === '') return;
    let isWanted = true;
    api
      .get(`/boards/${props.boardId}/cards/${encodeURIComponent(chosen)}`, cardResponse)
      .then((card) => isWanted && setShown({ of: chosen, card }))
      .catch((error: unknown) => isWanted && setShown({ of: chosen, problem: problemOf(error) }));
    return () => {
      isWanted = false;
    };
  }, [api, props.boardId, chosen]);
  const card = shown?.of === chosen ? shown.card : undefined;
  const problem = shown?.of === chosen ? shown.problem : undefined;
  return (
    <>
      <div className="acts no-print">
        <Field label="Person">
          <Select value={chosen} onChange={(_event, { value }) => setChosen(value)}>
            <option value="">Choose a person</option>
            {props.people.map((one) => (
              <option key={one.personRef} value={one.personRef}>
                {one.name}
              </option>
            ))}
          </Select>
        </Field>
      </div>
      <div aria-live="polite">
        {chosen === '' && <p className="quiet choose-first">Choose a person to see exactly what they will get.</p>}
        {chosen !== '' && !card && !problem && <Loading what="the card" />}
        {problem && <ProblemMessage problem={problem} />}
        {card && <p>{card.what}</p>}
      </div>
      {card && (
        <>
          {card.card && (
            <Suspense fallback={<Loading what="the card" />}>
              <ShownCard name={card.name} card={card.card} />
            </Suspense>
          )}
          <details key={card.name} open={card.card === undefined}>
            <summary>{card.card ? 'The same as text' : 'The e-mail as text'}</summary>
            <pre className="as-text" tabIndex={0} aria-label={`The message to ${card.name} as text`}>
              {card.text}
            </pre>
          </details>
        </>
      )}
    </>
  );
}
