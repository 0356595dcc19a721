// Where an action stands: the ratings by the record beside those of the owner, each with its reasons, and what blocks it.
import type { ActionResponse } from '../../../bot/api/contract';
import { Reasons } from './Reasons';
import { Delivery, Effect } from './Status';

export function ActionStanding({ data }: { readonly data: ActionResponse }) {
  const { action } = data;
  return (
    <>
      <dl className="facts">
        <div>
          <dt>Delivery, by the record</dt>
          <dd>
            <Delivery status={action.computed} />
          </dd>
        </div>
        <div>
          <dt>Delivery, the owner says</dt>
          <dd>
            <Delivery status={action.claimed} />
            {data.deliveryClaim === 'better' && <span className="tag">Better than the record shows</span>}
            {data.deliveryClaim === 'worse' && <span className="tag">More cautious than the dates</span>}
          </dd>
        </div>
        <div>
          <dt>Effect, by the evidence</dt>
          <dd>
            <Effect status={action.computedEffect} />
            {data.effectClaim === 'better' && <span className="tag">Claimed better than the evidence shows</span>}
          </dd>
        </div>
      </dl>
      <Reasons title="Why this rating" reasons={data.deliveryReasons} />
      {action.slow && <Reasons title="Why it is slow" reasons={data.slowReasons} />}
      {data.blocker && (
        <p className="blocker">
          <strong>What blocks it: </strong>
          {data.blocker.text}
          {data.blocker.waitingOnBody !== undefined &&
            ` (waiting for ${data.blocker.waitingOnBody}${data.blocker.accepted ? ', accepted by the chair' : ''})`}
        </p>
      )}
    </>
  );
}
