// Scripted faults: the next requests that match fail as asked, before or after the work is done.
import { z } from 'zod';

export const faultSchema = z.strictObject({
  match: z.strictObject({ method: z.string().optional(), pathIncludes: z.string().optional() }),
  times: z.number().int().min(1).max(1_000_000).default(1),
  fault: z.discriminatedUnion('kind', [
    z.strictObject({
      kind: z.literal('status'),
      status: z.number().int().min(400).max(599),
      /** Seconds, fractional too, or an HTTP date. */
      retryAfter: z.union([z.string(), z.number()]).optional(),
      code: z.string().optional(),
    }),
    /** The work is done, the answer is this status. */
    z.strictObject({ kind: z.literal('statusAfterCommit'), status: z.number().int().min(400).max(599).default(504) }),
    /** The connection is cut: before the work, or with `afterCommit` once it is done. */
    z.strictObject({ kind: z.literal('reset'), afterCommit: z.boolean().default(false) }),
    /** Of a subscriber's change notifications, `pathIncludes` being part of its address: lost, or sent twice. */
    z.strictObject({ kind: z.literal('notification'), effect: z.enum(['drop', 'duplicate']) }),
    z.strictObject({ kind: z.literal('delay'), ms: z.number().int().min(0).max(600_000) }),
  ]),
});
export type FaultScript = z.infer<typeof faultSchema>;
export type Fault = FaultScript['fault'];
export type RequestFault = Exclude<Fault, { kind: 'notification' }>;

export interface Faults {
  add(script: FaultScript): void;
  list(): readonly FaultScript[];
  clear(): void;
  /** The fault due for a request; counts it as used. */
  take(method: string, path: string): RequestFault | undefined;
  /** What is to become of a notification to an address; counts it as used. */
  takeNotification(address: string): 'drop' | 'duplicate' | undefined;
}

export function createFaults(): Faults {
  let scripts: FaultScript[] = [];
  function use(found: FaultScript | undefined): Fault | undefined {
    if (!found) return undefined;
    found.times -= 1;
    scripts = scripts.filter((one) => one.times > 0);
    return found.fault;
  }
  return {
    add: (script) => void scripts.push(script),
    list: () => scripts,
    clear: () => {
      scripts = [];
    },
    take(method, path) {
      const fault = use(
        scripts.find(
          (one) =>
            one.fault.kind !== 'notification' &&
            (one.match.method === undefined || one.match.method.toUpperCase() === method) &&
            (one.match.pathIncludes === undefined || path.includes(one.match.pathIncludes)),
        ),
      );
      return fault?.kind === 'notification' ? undefined : fault;
    },
    takeNotification(address) {
      const fault = use(
        scripts.find(
          ({ fault: { kind }, match: { pathIncludes = '' } }) =>
            kind === 'notification' && address.includes(pathIncludes),
        ),
      );
      return fault?.kind === 'notification' ? fault.effect : undefined;
    },
  };
}
