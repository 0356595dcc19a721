// Reads the definition of a column that a client wants to add, as strictly as SharePoint does.
import { z } from 'zod';
import { isSingleLine, newColumn } from './columns';
import { GraphFailure, invalidRequest } from './graphError';
import type { Column } from './records';

const flags = {
  required: z.boolean().optional(),
  indexed: z.boolean().optional(),
  enforceUniqueValues: z.boolean().optional(),
  hidden: z.boolean().optional(),
};
const bodySchema = z.strictObject({
  name: z.string().regex(/^[A-Za-z_][A-Za-z0-9_]{0,31}$/),
  displayName: z.string().optional(),
  description: z.string().optional(),
  ...flags,
  text: z
    .object({ allowMultipleLines: z.boolean().optional(), textType: z.enum(['plain', 'richText']).optional() })
    .loose()
    .optional(),
  number: z.object({}).loose().optional(),
  boolean: z.object({}).optional(),
  dateTime: z
    .object({ format: z.enum(['dateOnly', 'dateTime']).optional() })
    .loose()
    .optional(),
  choice: z
    .object({
      choices: z.array(z.string()).min(1),
      allowTextEntry: z.boolean().optional(),
      displayAs: z.enum(['checkBoxes', 'dropDownMenu', 'radioButtons']).optional(),
    })
    .loose()
    .optional(),
  personOrGroup: z.object({ allowMultipleSelection: z.boolean().optional() }).loose().optional(),
  lookup: z
    .object({ listId: z.string(), columnName: z.string(), allowMultipleValues: z.boolean().optional() })
    .loose()
    .optional(),
  hyperlinkOrPicture: z.object({ isPicture: z.boolean().optional() }).optional(),
  calculated: z.object({ formula: z.string() }).loose().optional(),
});
type NewColumnBody = z.infer<typeof bodySchema>;

const facets = [
  'text',
  'number',
  'boolean',
  'dateTime',
  'choice',
  'personOrGroup',
  'lookup',
  'hyperlinkOrPicture',
  'calculated',
] as const;
const missing = ['term', 'thumbnail', 'geolocation'];

/** Exactly one type facet, spelt as Graph spells it. */
export function readColumn(body: unknown): Column {
  const given = z.record(z.string(), z.unknown()).safeParse(body);
  if (!given.success) throw invalidRequest('A column definition is expected.');
  const unknown = missing.find((name) => given.data[name] !== undefined);
  if (unknown !== undefined) throw notHere(`Columns of type ${unknown}`);
  const chosen = facets.filter((name) => given.data[name] !== undefined);
  if (chosen.length !== 1) throw invalidRequest('Unable to determine type of provided column definition');
  const parsed = bodySchema.safeParse(body);
  if (!parsed.success) throw invalidRequest(`Invalid request: ${parsed.error.issues.map(namesOf).join(', ')}`);
  const one = parsed.data;
  const column = newColumn(one.name, kindOf(one), {
    displayName: one.displayName ?? one.name,
    description: one.description ?? '',
    required: one.required ?? false,
    indexed: one.indexed ?? false,
    unique: one.enforceUniqueValues ?? false,
    hidden: one.hidden ?? false,
    ...detailsOf(one),
  });
  if (column.unique && !column.indexed) throw invalidRequest('A column that enforces unique values must be indexed.');
  if (column.indexed && !isSingleLine(column))
    throw invalidRequest('A column of several lines or values, a link or a calculation cannot be indexed.');
  return column;
}

function notHere(what: string): GraphFailure {
  return new GraphFailure(501, 'notSupported', `${what} are not part of the local Microsoft 365.`);
}

/** The path of what is wrong; the names themselves when they are not known. */
function namesOf(issue: z.core.$ZodIssue): string {
  return issue.code === 'unrecognized_keys' ? issue.keys.join(', ') : issue.path.join('.');
}

function kindOf(one: NewColumnBody): Column['kind'] {
  if (one.text) return one.text.allowMultipleLines === true ? 'note' : 'text';
  if (one.number) return 'number';
  if (one.boolean) return 'boolean';
  if (one.dateTime) return one.dateTime.format === 'dateOnly' ? 'dateOnly' : 'dateTime';
  if (one.choice) return 'choice';
  if (one.lookup) return 'lookup';
  if (one.hyperlinkOrPicture) return 'hyperlink';
  return one.calculated ? 'calculated' : 'person';
}

function detailsOf(one: NewColumnBody): Partial<Column> {
  const multiple =
    one.choice?.displayAs === 'checkBoxes' ||
    one.personOrGroup?.allowMultipleSelection === true ||
    one.lookup?.allowMultipleValues === true;
  const repeats = one.calculated && /^=\[([^\]]+)\]$/.exec(one.calculated.formula)?.[1];
  if (one.calculated && repeats === undefined) throw notHere('Formulas other than one column, such as =[Title],');
  return {
    ...(multiple ? { multiple } : {}),
    ...(one.choice ? { choices: one.choice.choices } : {}),
    ...(one.lookup ? { lookup: { listId: one.lookup.listId, columnName: one.lookup.columnName } } : {}),
    ...(repeats === undefined ? {} : { repeats }),
  };
}
