// The dates of one action drawn as a bar: pattern and outline by rating, earlier due dates above it, milestones below.
// The drawing says nothing that the words beside it do not: screen readers pass it by.
import type { DeliveryStatus, Plan } from '../../../bot/api/contract';
import { placeOf, type Span } from '../timeScale';

const heightPx = 34;
const percent = (place: number): string => `${place}%`;

/** The patterns of the bars, once on a page that draws any. */
export function PlanPatterns() {
  return (
    <svg width="0" height="0" className="plan-patterns" aria-hidden="true" focusable="false">
      <defs>
        <Pattern status="at-risk" d="M0 6L6 0" />
        <Pattern status="off-track" d="M0 6L6 0M0 0L6 6" />
        <Pattern status="complete" d="M3 0V6" />
        <Pattern status="embedded" d="M1.5 0V6M4.5 0V6" />
      </defs>
    </svg>
  );
}

function Pattern({ status, d }: { readonly status: DeliveryStatus; readonly d: string }) {
  return (
    <pattern id={`plan-${status}`} width="6" height="6" patternUnits="userSpaceOnUse" className={`status-${status}`}>
      <path d={d} stroke="currentColor" strokeWidth="1.3" fill="none" />
    </pattern>
  );
}

export function PlanBar(props: { readonly plan: Plan; readonly status: DeliveryStatus; readonly span: Span }) {
  const { plan, status, span } = props;
  const at = (on: string): number => placeOf(on, span);
  const end = plan.dueOn ?? plan.forecastOn;
  return (
    <svg className={`plan-bar status-${status}`} width="100%" height={heightPx} aria-hidden="true" focusable="false">
      {plan.dueOn !== undefined && <Moves plan={plan} dueOn={plan.dueOn} at={at} />}
      {plan.startOn !== undefined && end !== undefined && (
        <Bar from={at(plan.startOn)} to={at(end)} status={status} isOpen={plan.dueOn === undefined} />
      )}
      {plan.startOn !== undefined && end === undefined && <Mark place={at(plan.startOn)} d="M0 8V20M0 14H7" />}
      {plan.startOn === undefined && plan.dueOn !== undefined && <Mark place={at(plan.dueOn)} d="M0 8V20M-7 14H0" />}
      {plan.forecastOn !== undefined && <Forecast from={at(end ?? plan.forecastOn)} to={at(plan.forecastOn)} />}
      {plan.completedOn !== undefined && <Mark place={at(plan.completedOn)} d="M-5 14L-1 18L6 8" weight={2.4} />}
      {plan.milestones.map((one) => (
        <Mark
          key={one.ref}
          place={at(one.completedOn ?? one.dueOn)}
          d="M0 22.5L4.5 27L0 31.5L-4.5 27Z"
          fill={one.completedOn === undefined ? 'none' : 'currentColor'}
          weight={one.late ? 2.2 : 1.2}
        />
      ))}
    </svg>
  );
}

function Bar(props: {
  readonly from: number;
  readonly to: number;
  readonly status: DeliveryStatus;
  readonly isOpen: boolean;
}) {
  const { from, to, status, isOpen } = props;
  const fill = status === 'on-track' ? 'currentColor' : status === 'not-started' ? 'none' : `url(#plan-${status})`;
  return (
    <rect
      x={percent(from)}
      width={percent(Math.max(0.5, to - from))}
      y="8"
      height="12"
      rx="2"
      fill={fill}
      stroke="currentColor"
      strokeWidth="1.4"
      {...(isOpen || status === 'not-started' ? { strokeDasharray: '4 3' } : {})}
    />
  );
}

/** A dotted line above the bar from each earlier due date to the one that stands, and on to the one asked for. */
function Moves(props: { readonly plan: Plan; readonly dueOn: string; readonly at: (on: string) => number }) {
  const { plan, dueOn, at } = props;
  const [first] = plan.earlierDueOn;
  return (
    <>
      {first !== undefined && <Dotted from={at(first)} to={at(dueOn)} />}
      {plan.earlierDueOn.map((on) => (
        <circle key={on} cx={percent(at(on))} cy="4" r="2.6" className="plan-hollow" stroke="currentColor" />
      ))}
      {plan.askedDueOn !== undefined && (
        <>
          <Dotted from={at(dueOn)} to={at(plan.askedDueOn)} />
          <Mark place={at(plan.askedDueOn)} d="M-3 1L3 4L-3 7Z" />
        </>
      )}
    </>
  );
}

function Dotted({ from, to, y = 4 }: { readonly from: number; readonly to: number; readonly y?: number }) {
  return (
    <line
      x1={percent(from)}
      x2={percent(to)}
      y1={y}
      y2={y}
      stroke="currentColor"
      strokeWidth="1.4"
      strokeDasharray="1.5 3"
    />
  );
}

/** Where the owner expects to finish: a ring, led to from the end of the bar. */
function Forecast({ from, to }: { readonly from: number; readonly to: number }) {
  return (
    <>
      {to > from && <Dotted from={from} to={to} y={14} />}
      <circle cx={percent(to)} cy="14" r="4" className="plan-hollow" stroke="currentColor" strokeWidth="1.6" />
    </>
  );
}

/** A sign around a place: its path is in pixels from there. */
function Mark(props: { readonly place: number; readonly d: string; readonly fill?: string; readonly weight?: number }) {
  return (
    <svg x={percent(props.place)} overflow="visible">
      <path
        d={props.d}
        fill={props.fill ?? 'none'}
        stroke="currentColor"
        strokeWidth={props.weight ?? 1.6}
        strokeLinejoin="round"
      />
    </svg>
  );
}
