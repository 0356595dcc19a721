// Records out of values by the shapes of recordShapes.ts: what each shape asks is worked out once, so that a record costs
// no more than its fields. A shape of a kind that is not known here is asked itself, so the answer is zod's always.
import { z } from 'zod';

/** Not taken as it is: the shape itself is to say what is wrong. */
export const refused = Symbol('refused');

/** What the shape makes of a value, or `refused`. */
type Take = (given: unknown) => unknown;

interface FieldOfShape {
  readonly name: string;
  readonly take: Take;
  /** What stands for no value: a default, nothing at all, or `refused`. */
  readonly absent: unknown;
}

const omitted = Symbol('omitted');

/** Gives the record, or `refused`; `at` says the value of a field by its place in `fields`, undefined for none. */
export interface RecordMaker {
  readonly fields: readonly string[];
  make(at: (field: number) => unknown): unknown;
}

const makers = new WeakMap<z.ZodObject, RecordMaker>();

export function recordMaker(shape: z.ZodObject): RecordMaker {
  const known = makers.get(shape);
  if (known) return known;
  const maker = newMaker(shape);
  makers.set(shape, maker);
  return maker;
}

function newMaker(shape: z.ZodObject): RecordMaker {
  const fields = fieldsOf(shape);
  return {
    fields: fields.map((one) => one.name),
    make(at) {
      const record: Record<string, unknown> = {};
      for (let place = 0; place < fields.length; place += 1) {
        const field = fields[place];
        if (field === undefined) continue;
        const given = at(place);
        const taken = given === undefined ? field.absent : field.take(given);
        if (taken === refused) return refused;
        if (taken !== omitted) record[field.name] = taken;
      }
      return record;
    },
  };
}

function fieldsOf(shape: z.ZodObject): readonly FieldOfShape[] {
  return Object.entries(shape.shape).map(([name, field]) => ({ name, take: takeOf(field), absent: absentOf(field) }));
}

function absentOf(shape: z.core.$ZodType): unknown {
  if (shape instanceof z.ZodExactOptional) return omitted;
  const nothing = z.safeParse(shape, undefined);
  if (!nothing.success || nothing.data === undefined) return refused;
  // One for all records: they are read only.
  return frozen(nothing.data);
}

function takeOf(shape: z.core.$ZodType): Take {
  if (shape instanceof z.ZodDefault || shape instanceof z.ZodExactOptional) return takeOf(shape.def.innerType);
  if (shape instanceof z.ZodReadonly) {
    const take = takeOf(shape.def.innerType);
    return (given) => frozen(take(given));
  }
  const hasChecks = (shape._zod.def.checks?.length ?? 0) > 0;
  if (hasChecks) return asked(shape);
  if (shape instanceof z.ZodString) return (given) => (typeof given === 'string' ? given : refused);
  if (shape instanceof z.ZodNumber && !(shape instanceof z.ZodNumberFormat)) {
    return (given) => (typeof given === 'number' && Number.isFinite(given) ? given : refused);
  }
  if (shape instanceof z.ZodBoolean) return (given) => (typeof given === 'boolean' ? given : refused);
  if (shape instanceof z.ZodEnum) {
    const words = new Set<unknown>(shape.options);
    return (given) => (words.has(given) ? given : refused);
  }
  if (shape instanceof z.ZodArray) return arrayOf(takeOf(shape.def.element));
  if (shape instanceof z.ZodObject && shape.def.catchall === undefined) return objectOf(recordMaker(shape));
  return asked(shape);
}

function arrayOf(take: Take): Take {
  return (given) => {
    if (!Array.isArray(given)) return refused;
    const entries: readonly unknown[] = given;
    const taken = entries.map(take);
    if (taken.includes(refused)) return refused;
    return taken.every((one, at) => one === entries[at]) ? entries : taken;
  };
}

function objectOf(maker: RecordMaker): Take {
  return (given) => {
    if (typeof given !== 'object' || given === null || Array.isArray(given)) return refused;
    const values = new Map<string, unknown>(Object.entries(given));
    return maker.make((at) => values.get(maker.fields[at] ?? ''));
  };
}

/** Values of a shape that were found right: dates and scores come again and again. */
const mostRemembered = 2_000;

function asked(shape: z.core.$ZodType): Take {
  const right = new Set<unknown>();
  return (given) => {
    if (right.has(given)) return given;
    const parsed = z.safeParse(shape, given);
    if (!parsed.success) return refused;
    if (parsed.data === given && typeof given !== 'object') {
      if (right.size >= mostRemembered) right.clear();
      right.add(given);
    }
    return parsed.data;
  };
}

function frozen(value: unknown): unknown {
  return typeof value === 'object' ? Object.freeze(value) : value;
}
