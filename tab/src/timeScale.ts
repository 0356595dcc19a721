// Where dates stand on a line of whole months: in percent of its width, with the months that are named on it.
export interface Span {
  readonly fromOn: string;
  readonly toOn: string;
}

interface Tick {
  readonly on: string;
  readonly label: string;
  readonly place: number;
}

const dayMs = 86_400_000;
const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'] as const;
/** As many as can be read beside each other. */
const ticksAtMost = 8;

/** Percent of the width, from 0 to 100; what lies outside stands at the edge. */
export function placeOf(on: string, span: Span): number {
  const from = Date.parse(span.fromOn);
  const whole = Date.parse(span.toOn) + dayMs - from;
  const share = (Date.parse(on) - from) / whole;
  return Math.round(Math.min(1, Math.max(0, share)) * 10_000) / 100;
}

/** Each month, quarter, half year or year, whichever gives at most eight. */
export function ticksOf(span: Span): readonly Tick[] {
  const first = monthNumber(span.fromOn);
  const last = monthNumber(span.toOn);
  const step = [1, 3, 6, 12].find((one) => (last - first + 1) / one <= ticksAtMost) ?? 12;
  const ticks: Tick[] = [];
  for (let month = Math.ceil(first / step) * step; month <= last; month += step) {
    const [year, index] = [Math.floor(month / 12), month % 12];
    const on = `${year}-${String(index + 1).padStart(2, '0')}-01`;
    ticks.push({ on, label: `${months[index]} ${year}`, place: placeOf(on, span) });
  }
  return ticks;
}

function monthNumber(on: string): number {
  return Number(on.slice(0, 4)) * 12 + Number(on.slice(5, 7)) - 1;
}
