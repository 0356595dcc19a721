// What the bars and signs of a plan mean: each drawn as it is drawn there, with its words.
import type { DeliveryStatus, Plan } from '../../../bot/api/contract';
import { deliveryOrder, deliveryWords } from '../words';
import { PlanBar } from './PlanBar';

const span = { fromOn: '2025-01-01', toOn: '2025-01-31' };
const bare: Plan = { ref: '', areaRef: '', earlierDueOn: [], milestones: [] };
const milestone = { ref: '', title: '', dueOn: '2025-01-16', late: false };

const signs: readonly { readonly words: string; readonly plan: Plan; readonly status: DeliveryStatus }[] = [
  ...deliveryOrder.map((status) => ({
    words: deliveryWords[status],
    plan: { ...bare, startOn: '2025-01-02', dueOn: '2025-01-30' },
    status,
  })),
  {
    words: 'Due date moved',
    plan: { ...bare, startOn: '2025-01-02', dueOn: '2025-01-29', earlierDueOn: ['2025-01-14'] },
    status: 'not-started',
  },
  { words: 'Owner’s forecast', plan: { ...bare, forecastOn: '2025-01-16' }, status: 'not-started' },
  { words: 'Completed', plan: { ...bare, completedOn: '2025-01-16' }, status: 'not-started' },
  {
    words: 'Milestone completed',
    plan: { ...bare, milestones: [{ ...milestone, completedOn: '2025-01-16' }] },
    status: 'not-started',
  },
  { words: 'Milestone to come', plan: { ...bare, milestones: [milestone] }, status: 'not-started' },
  {
    words: 'Milestone late',
    plan: { ...bare, milestones: [{ ...milestone, late: true }] },
    status: 'not-started',
  },
];

export function PlanKey() {
  return (
    <details className="plan-key">
      <summary>What the signs mean</summary>
      <ul>
        {signs.map((one) => (
          <li key={one.words}>
            <span className="plan-sample">
              <PlanBar plan={one.plan} status={one.status} span={span} />
            </span>
            {one.words}
          </li>
        ))}
        <li>
          <span className="plan-sample plan-sample-line plan-sample-today" />
          Today
        </li>
        <li>
          <span className="plan-sample plan-sample-line plan-sample-aim" />
          The notice’s aim date
        </li>
        <li>
          <span className="plan-sample plan-sample-line plan-sample-meeting" />A meeting of the board
        </li>
      </ul>
    </details>
  );
}
