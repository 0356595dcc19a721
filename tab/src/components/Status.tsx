// A rating as word, icon and colour, in this order of weight: it reads the same without colour and without sight.
import type { DeliveryStatus, EffectStatus } from '../../../bot/api/contract';
import { deliveryWords, effectWords } from '../words';

type Shape = 'ring' | 'tick' | 'warning' | 'cross' | 'done' | 'seal' | 'dash' | 'up' | 'down' | 'level';

/** Drawn in the text's colour, hidden from screen readers: the word stands beside it. */
export function Icon({ shape }: { readonly shape: Shape }) {
  return (
    <svg className="icon" viewBox="0 0 16 16" width="16" height="16" aria-hidden="true" focusable="false">
      {paths[shape]}
    </svg>
  );
}

const line = {
  fill: 'none',
  stroke: 'currentColor',
  strokeWidth: 1.6,
  strokeLinecap: 'round',
  strokeLinejoin: 'round',
} as const;
/** A mark cut out of a filled shape, in the colour of the page. */
const cut = { ...line, stroke: 'var(--colorNeutralBackground1)', strokeWidth: 1.8 } as const;

const paths: Readonly<Record<Shape, React.ReactNode>> = {
  ring: <circle cx="8" cy="8" r="5.7" {...line} strokeDasharray="2.2 2.3" />,
  tick: (
    <>
      <circle cx="8" cy="8" r="7" fill="currentColor" />
      <path d="M4.8 8.3l2.2 2.2 4.2-4.6" {...cut} />
    </>
  ),
  warning: (
    <>
      <path d="M8 1.2l7.2 13H.8z" fill="currentColor" strokeLinejoin="round" />
      <path d="M8 6v3.7M8 12.1v.1" {...cut} />
    </>
  ),
  cross: (
    <>
      <path d="M5 1h6l4 4v6l-4 4H5l-4-4V5z" fill="currentColor" />
      <path d="M5.6 5.6l4.8 4.8M10.4 5.6l-4.8 4.8" {...cut} />
    </>
  ),
  done: (
    <>
      <circle cx="8" cy="8" r="6.2" {...line} />
      <path d="M5 8.2l2.1 2.1L11 6" {...line} />
    </>
  ),
  seal: (
    <>
      <path
        d="M8 .8l2 1.5 2.5-.2.7 2.4 2.1 1.3-.8 2.2.8 2.3-2.1 1.3-.7 2.4-2.5-.2L8 15.2l-2-1.4-2.5.2-.7-2.4-2.1-1.3L1.5 8 .7 5.8l2.1-1.3.7-2.4 2.5.2z"
        fill="currentColor"
      />
      <path d="M5 8.2l2.1 2.1L11 6" {...cut} />
    </>
  ),
  dash: <path d="M3.5 8h9" {...line} />,
  up: <path d="M8 13V3.5M3.8 7.5L8 3.2l4.2 4.3" {...line} />,
  down: <path d="M8 3v9.5M3.8 8.5L8 12.8l4.2-4.3" {...line} />,
  level: <path d="M3 8h9.5M8.5 3.8L12.8 8l-4.3 4.2" {...line} />,
};

const deliveryShapes: Readonly<Record<DeliveryStatus, Shape>> = {
  'not-started': 'ring',
  'on-track': 'tick',
  'at-risk': 'warning',
  'off-track': 'cross',
  complete: 'done',
  embedded: 'seal',
};

export function Delivery({ status }: { readonly status: DeliveryStatus }) {
  return (
    <span className={`status status-${status}`}>
      <Icon shape={deliveryShapes[status]} />
      {deliveryWords[status]}
    </span>
  );
}

const effectShapes: Readonly<Record<EffectStatus, Shape>> = {
  'clear-evidence': 'tick',
  'some-evidence': 'done',
  'no-evidence': 'warning',
  'too-early': 'ring',
};

export function Effect({ status }: { readonly status: EffectStatus }) {
  return (
    <span className={`status effect-${status}`}>
      <Icon shape={effectShapes[status]} />
      {effectWords[status]}
    </span>
  );
}

const directions = {
  better: { shape: 'up', word: 'Better', tone: 'good' },
  worse: { shape: 'down', word: 'Worse', tone: 'bad' },
  same: { shape: 'level', word: 'The same', tone: 'plain' },
  neutral: { shape: 'dash', word: 'Changed', tone: 'plain' },
  'no-comparison': { shape: 'dash', word: 'Nothing to compare with', tone: 'plain' },
  'not-recorded-then': { shape: 'dash', word: 'Not recorded then', tone: 'plain' },
} as const;

/** `arrow` where the figure's own direction is not the judgement's: a score that rises is worse. */
export function Direction(props: {
  readonly to: keyof typeof directions;
  readonly word?: string;
  readonly arrow?: 'up' | 'down';
}) {
  const shown = directions[props.to];
  return (
    <span className={`status tone-${shown.tone}`}>
      <Icon shape={props.arrow ?? shown.shape} />
      {props.word ?? shown.word}
    </span>
  );
}

/** What the record shows, and what the owner says where the two differ. */
export function ClaimAndRecord(props: { readonly computed: DeliveryStatus; readonly claimed: DeliveryStatus }) {
  return (
    <span className="claim">
      <Delivery status={props.computed} />
      {props.claimed !== props.computed && (
        <span className="quiet">Owner says {deliveryWords[props.claimed].toLowerCase()}</span>
      )}
    </span>
  );
}
