// Scripted faults: the next requests that match fail, or are answered awkwardly, exactly as the script says.
import { z } from 'zod';

const status = z.number().int().min(400).max(599);
const ms = z.number().int().min(0).max(600_000);
/** Seconds, fractional too; a text as it stands; or the HTTP date that is so many seconds away. */
const retryAfter = z.union([z.string(), z.number(), z.strictObject({ dateInSeconds: z.number() })]).optional();
/** Gateways answer without a body, or with a page. */
const body = z.enum(['graph', 'empty', 'html']).default('graph');
const resyncCodes = [
  'resyncRequired',
  'resyncChangesApplyDifferences',
  'resyncChangesUploadDifferences',
  'syncStateNotFound',
] as const;

const failureSchemas = [
  z.strictObject({ kind: z.literal('status'), status, retryAfter, code: z.string().optional(), body }),
  /** The work is done, the answer is this status. */
  z.strictObject({ kind: z.literal('statusAfterCommit'), status: status.default(504), retryAfter, body }),
  /** The connection is cut: before the work, with `afterCommit` once it is done, with `midBody` within the answer. */
  z.strictObject({
    kind: z.literal('reset'),
    afterCommit: z.boolean().default(false),
    midBody: z.boolean().default(false),
  }),
  /** The answer ends early: its length is that of the whole, or (`cut`) of what is left of it. */
  z.strictObject({
    kind: z.literal('truncate'),
    keepBytes: z.number().int().min(0).optional(),
    contentLength: z.enum(['whole', 'cut']).default('whole'),
  }),
  /** The work is done, then nothing comes for a while: before the answer, or in the middle of it. */
  z.strictObject({ kind: z.literal('stall'), ms, midBody: z.boolean().default(false) }),
  /** The work itself begins later. */
  z.strictObject({ kind: z.literal('delay'), ms }),
] as const;

const deltaSchema = z.strictObject({
  kind: z.literal('delta'),
  seed: z.number().int().default(1),
  /** The share of rows that come twice on a page, and of known rows that come again. */
  repeat: z.number().min(0).max(1).default(0),
  shuffle: z.boolean().default(false),
  /** An empty page with a nextLink before each page. */
  emptyPage: z.boolean().default(false),
  pageRows: z.number().int().min(1).optional(),
  /** Once: 410 when a reading asks for more after so many pages. */
  expireAfterPage: z.number().int().min(0).optional(),
  code: z.enum(resyncCodes).default('resyncRequired'),
  /** 403, as for an application whose permission does not reach. */
  refuse: z.boolean().default(false),
});

const shapingSchemas = [
  deltaSchema,
  /** Pages of items are shorter than asked for. */
  z.strictObject({ kind: z.literal('pages'), atMost: z.number().int().min(1) }),
  /** The answers of a batch come in another order. */
  z.strictObject({ kind: z.literal('batchOrder'), seed: z.number().int().default(1) }),
] as const;

export const faultSchema = z.strictObject({
  /** `inBatch`: only parts of batches, or only requests by themselves. */
  match: z.strictObject({
    method: z.string().optional(),
    pathIncludes: z.string().optional(),
    inBatch: z.boolean().optional(),
  }),
  /** So many matching requests go by first. */
  skip: z.number().int().min(0).default(0),
  times: z.number().int().min(1).max(1_000_000).default(1),
  fault: z.discriminatedUnion('kind', [
    ...failureSchemas,
    ...shapingSchemas,
    /** Of a subscriber's change notifications, `pathIncludes` being part of its address: lost, or sent twice. */
    z.strictObject({ kind: z.literal('notification'), effect: z.enum(['drop', 'duplicate']) }),
  ]),
});
export type FaultScript = z.infer<typeof faultSchema>;
type Fault = FaultScript['fault'];
/** What goes wrong with a request. */
export type Failure = z.infer<(typeof failureSchemas)[number]>;
/** What is odd about an answer that is right. */
export type Shaping = z.infer<(typeof shapingSchemas)[number]>;
export type DeltaFault = z.infer<typeof deltaSchema>;

export interface Asked {
  readonly method: string;
  /** From `/v1.0` on, with its query, as the client wrote it. */
  readonly path: string;
  /** A part of a batch. */
  readonly isPart: boolean;
}

export interface Faults {
  add(script: FaultScript): void;
  list(): readonly FaultScript[];
  clear(): void;
  /** What is due for a request; counts each as used. */
  take(asked: Asked): { readonly failure?: Failure; readonly shaping?: Shaping };
  /** What is to become of a notification to an address; counts it as used. */
  takeNotification(address: string): 'drop' | 'duplicate' | undefined;
}

export function createFaults(): Faults {
  let scripts: FaultScript[] = [];

  function use<T extends Fault>(fits: (script: FaultScript) => T | undefined): T | undefined {
    for (const script of scripts) {
      const fault = fits(script);
      if (!fault) continue;
      if (script.skip > 0) {
        script.skip -= 1;
        continue;
      }
      script.times -= 1;
      scripts = scripts.filter((one) => one.times > 0);
      return fault;
    }
    return undefined;
  }

  return {
    add: (script) => void scripts.push(script),
    list: () => scripts,
    clear: () => {
      scripts = [];
    },
    take(asked) {
      const failure = use((one) => (isFailure(one.fault, asked) && matches(one, asked) ? one.fault : undefined));
      const shaping = use((one) => (isShaping(one.fault, asked) && matches(one, asked) ? one.fault : undefined));
      return { ...(failure ? { failure } : {}), ...(shaping ? { shaping } : {}) };
    },
    takeNotification: (address) =>
      use(({ fault, match: { pathIncludes = '' } }) =>
        fault.kind === 'notification' && address.includes(pathIncludes) ? fault : undefined,
      )?.effect,
  };
}

function matches({ match }: FaultScript, asked: Asked): boolean {
  return (
    (match.method === undefined || match.method.toUpperCase() === asked.method) &&
    (match.pathIncludes === undefined || asked.path.includes(match.pathIncludes)) &&
    (match.inBatch === undefined || match.inBatch === asked.isPart)
  );
}

/** A part of a batch has no connection of its own that could break. */
function isFailure(fault: Fault, asked: Asked): fault is Failure {
  if (['status', 'statusAfterCommit', 'delay'].includes(fault.kind)) return true;
  return !asked.isPart && ['reset', 'truncate', 'stall'].includes(fault.kind);
}

function isShaping(fault: Fault, { path, isPart, method }: Asked): fault is Shaping {
  const [address = ''] = path.split('?');
  if (fault.kind === 'batchOrder') return !isPart && address.endsWith('/$batch');
  if (method !== 'GET') return false;
  if (fault.kind === 'delta') return /\/delta(\(\))?$/.test(address);
  return fault.kind === 'pages' && address.endsWith('/items');
}
