// Small forms that the records of several lists share: a date, a list of words, a score.
import { z } from 'zod';
import { deliveryStatuses, effectStatuses } from '../board/model';

export const stamp = z.object({ itemId: z.string(), version: z.string() }).exactOptional();
export const text = z.string();
export const textOr = z.string().default('');
export const maybeText = z.string().exactOptional();
export const date = z.iso.date();
export const maybeDate = z.iso.date().exactOptional();
export const time = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/);
export const flag = z.boolean().default(false);
export const number = z.number();
export const maybeNumber = z.number().exactOptional();
export const words = z.array(z.string()).readonly().default([]);
export const delivery = z.enum(deliveryStatuses);
export const effect = z.enum(effectStatuses);
export const evidenceKind = z.enum(['family-voice', 'child-voice', 'audit', 'observation', 'data']);
export const subjectKind = z.enum(['action', 'risk', 'mitigation', 'measure', 'decision']);
export const quietPeriod = z.object({ fromOn: date, toOn: date, why: z.string().exactOptional() });
export const oneToFive = z.int().min(1).max(5);
export const score = z.object({ likelihood: oneToFive, impact: oneToFive });
export const point = z.object({ on: date, value: number }).exactOptional();
export const changedFields = z
  .record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()]))
  .readonly()
  .default({});
