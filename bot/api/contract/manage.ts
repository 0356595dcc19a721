// What the tab asks of the secretary's use cases, and what comes back.
import * as z from 'zod/mini';
import { civilDate, instant, line, list, ref } from './terms';

const nonce = z.string().check(z.minLength(8), z.maxLength(100));
const text = (most: number) => z.string().check(z.maxLength(most));
const subjectKind = z.enum(['action', 'risk', 'mitigation', 'measure', 'decision']);
const level = z.int().check(z.minimum(1), z.maximum(5));
const score = z.strictObject({ likelihood: level, impact: level });
const asked = { boardId: z.optional(line), nonce };
const move = z.strictObject({ kind: subjectKind, ref, toRef: z.exactOptional(ref) });

export const addItemRequest = z.strictObject({
  ...asked,
  confirmedWarnings: z.exactOptional(z.boolean()),
  item: z.discriminatedUnion('kind', [
    z.strictObject({
      kind: z.literal('action'),
      areaRef: ref,
      title: text(300),
      description: z.exactOptional(text(2000)),
      ownerRef: z.exactOptional(ref),
      leadBody: z.exactOptional(text(200)),
      partnerBodies: z.exactOptional(list(text(200))),
      startOn: z.exactOptional(civilDate),
      dueOn: z.exactOptional(civilDate),
      measureRefs: z.exactOptional(list(ref)),
      successMeasure: z.exactOptional(text(500)),
    }),
    z.strictObject({
      kind: z.literal('risk'),
      title: text(300),
      cause: z.exactOptional(text(2000)),
      event: z.exactOptional(text(2000)),
      effect: z.exactOptional(text(2000)),
      ownerRef: z.exactOptional(ref),
      areaRefs: z.exactOptional(list(ref)),
      current: score,
      target: score,
      reviewOn: z.exactOptional(civilDate),
    }),
  ]),
});
export const handOverRequest = z.strictObject({
  ...asked,
  moves: list(move).check(z.minLength(1), z.maxLength(500)),
  fromOn: z.exactOptional(civilDate),
});
export const leaveRequest = z.strictObject({
  ...asked,
  personRef: ref,
  lastDayOn: civilDate,
  toRef: z.exactOptional(ref),
  named: z.exactOptional(list(move)),
  takeOverNow: z.exactOptional(z.boolean()),
});
export const handBackRequest = z.strictObject({ boardId: z.optional(line) });
export const pauseRequest = z.strictObject({ ...asked, why: text(1000), untilAt: z.exactOptional(instant) });
export const resumeRequest = z.strictObject({ ...asked });

export const managedResponse = z.strictObject({ subjectRef: line, words: list(line), findings: list(line) });
export type ManagedResponse = z.infer<typeof managedResponse>;
