// The months above a plan, and the lines through it: today, the notice's aim date, the meetings.
import { placeOf, ticksOf, type Span } from '../timeScale';

/** Near this edge a label ends at its place instead of beginning there. */
const lastPlace = 88;

export function TimeAxis({ span }: { readonly span: Span }) {
  return (
    <div className="plan-axis" aria-hidden="true">
      {ticksOf(span).map((one) => (
        <span key={one.on} style={{ left: `${one.place}%` }} className={one.place > lastPlace ? 'plan-last' : ''}>
          {one.label}
        </span>
      ))}
    </div>
  );
}

export function TimeLines(props: {
  readonly span: Span;
  readonly todayOn: string;
  readonly aimOn?: string | undefined;
  readonly meetings?: readonly { readonly ref: string; readonly on: string }[];
}) {
  const { span, todayOn, aimOn, meetings = [] } = props;
  const line = (on: string, kind: string) => {
    const place = `${placeOf(on, span)}%`;
    return <line key={`${kind} ${on}`} x1={place} x2={place} y1="0" y2="100%" className={`plan-line-${kind}`} />;
  };
  return (
    <svg className="plan-lines" width="100%" height="100%" aria-hidden="true" focusable="false">
      {ticksOf(span).map((one) => line(one.on, 'month'))}
      {meetings.map((one) => line(one.on, 'meeting'))}
      {aimOn !== undefined && line(aimOn, 'aim')}
      {line(todayOn, 'today')}
    </svg>
  );
}
