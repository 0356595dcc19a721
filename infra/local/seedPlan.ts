// Reads a plan file leniently: records come out as they stand, and what does not fit is named in words.

export interface SeedProblem {
  /** "Action APA1.04", or "Action number 7" when it has no id. */
  readonly record: string;
  readonly field: string;
  /** One sentence for people. */
  readonly message: string;
}

export type Raw = Readonly<Record<string, unknown>>;

export function isRaw(value: unknown): value is Raw {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export interface PlanReader {
  readonly problems: SeedProblem[];
  report(record: string, field: string, message: string): void;
  /** The records under a key of `from`; what is not a record is named and left out. */
  records(from: Raw, key: string, what: string): readonly Raw[];
}

export function createPlanReader(): PlanReader {
  const problems: SeedProblem[] = [];
  const report = (record: string, field: string, message: string): void =>
    void problems.push({ record, field, message });
  return {
    problems,
    report,
    records(from, key, what) {
      const value = from[key];
      if (value === undefined || value === null) return [];
      if (!Array.isArray(value)) {
        report(what, key, `"${key}" should be a list of records; it was left out.`);
        return [];
      }
      return value.filter((one: unknown, i): one is Raw => {
        if (isRaw(one)) return true;
        report(`${what} number ${i + 1}`, key, `${what} number ${i + 1} is not a record; it was left out.`);
        return false;
      });
    },
  };
}

export function textOf(raw: Raw, key: string): string | undefined {
  const value = raw[key];
  return typeof value === 'string' && value !== '' ? value : undefined;
}

export function nested(raw: Raw, key: string): Raw {
  const value = raw[key];
  return isRaw(value) ? value : {};
}

/** "Action APA1.04", or "Action number 7". */
export function labelOf(what: string, raw: Raw, i: number): string {
  const id = textOf(raw, 'id');
  return id === undefined ? `${what} number ${i + 1}` : `${what} ${id}`;
}

/** A row on its way into a list: values by the field names of the board's records. */
export interface SeedRow {
  readonly label: string;
  readonly values: Raw;
  /** Where a field came from, for messages: `dueOn` -> `due`. */
  readonly sources: Readonly<Record<string, string>>;
  /** Unique for ever within the list. */
  readonly key: string;
}

/** Pairs of record field and source field; `from` alone when both are the same. */
export type Mapping = Readonly<Record<string, string>>;

/** A row by a mapping, `a.b` reading inside a record, plus values made here. */
export function rowBy(mapping: Mapping, label: string, raw: Raw, key: string, made: Raw = {}): SeedRow {
  const values: Record<string, unknown> = {};
  for (const { field, parts } of stepsOf(mapping)) {
    let value: unknown = raw;
    for (const part of parts) value = isRaw(value) ? value[part] : undefined;
    values[field] = value;
  }
  return { label, values: Object.assign(values, made), sources: mapping, key };
}

interface Step {
  readonly field: string;
  readonly parts: readonly string[];
}
const steps = new WeakMap<Mapping, readonly Step[]>();

/** Worked out once a mapping: a plan may have tens of thousands of rows. */
function stepsOf(mapping: Mapping): readonly Step[] {
  const known = steps.get(mapping);
  if (known) return known;
  const made = Object.entries(mapping).map(([field, source]) => ({ field, parts: source.split('.') }));
  steps.set(mapping, made);
  return made;
}
