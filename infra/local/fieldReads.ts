// The fields of items as Graph answers them: empty columns left out, LookupIds as text, joined values only when named.
import { columnNamed, fieldKey, isLookup } from './columns';
import type { Column, Editor, FieldValue, Item, ListRecord } from './records';

/** What SharePoint shows as author of an application's change. */
export const appAuthorLookupId = 1073741822;
/** The most lookup columns one query joins, Author and Editor among them. Source: Graph, fieldValueSet. */
export const mostLookups = 12;

/** An item, or one of its versions. */
export type Shown = Pick<
  Item,
  'id' | 'guid' | 'version' | 'fields' | 'createdAt' | 'createdBy' | 'modifiedAt' | 'modifiedBy'
>;

/** Looks up what people and lookups point to. */
export interface Names {
  user(lookupId: number): { readonly name: string; readonly email: string } | undefined;
  /** The value of a column of another list's item, in text. */
  item(listId: string, id: number, columnName: string): string | undefined;
}

/** Makes the `fields` of one item. */
export type FieldReader = (item: Shown) => Record<string, unknown>;

type Getter = (item: Shown) => unknown;

/** Prepared once for a whole page; refuses a name the list does not have. */
export function fieldReader(list: ListRecord, select: readonly string[] | undefined, names: Names): FieldReader {
  const getters = select
    ? select.map((name): [string, Getter] => [name, getterOf(list, name, names)])
    : [
        ...list.columns
          .filter((one) => !one.hidden && !(isLookup(one) && one.multiple === true))
          .map((one): [string, Getter] => [fieldKey(one), plainGetter(one, names)]),
        ...Object.entries(systemGetters(list)),
      ];
  return (item) => {
    const shown: Record<string, unknown> = { '@odata.etag': etagOf(item) };
    for (const [name, get] of getters) {
      const value = get(item);
      if (value !== undefined) shown[name] = value;
    }
    return shown;
  };
}

function systemGetters(list: ListRecord): Readonly<Record<string, Getter>> {
  return {
    LinkTitle: (item) => item.fields['Title'],
    LinkTitleNoMenu: (item) => item.fields['Title'],
    id: (item) => String(item.id),
    ContentType: () => (list.template === 'userInformation' ? 'Person' : 'Item'),
    Modified: (item) => item.modifiedAt,
    Created: (item) => item.createdAt,
    AuthorLookupId: (item) => String(lookupIdOf(item.createdBy)),
    EditorLookupId: (item) => String(lookupIdOf(item.modifiedBy)),
    _UIVersionString: (item) => `${item.version}.0`,
    Attachments: () => false,
    Edit: () => '',
    ItemChildCount: () => '0',
    FolderChildCount: () => '0',
  };
}

function getterOf(list: ListRecord, name: string, names: Names): Getter {
  const column = columnNamed(list, name);
  if (column && isLookup(column) && name === column.name) return joinedGetter(column, names);
  if (column) return plainGetter(column, names);
  if (name === 'ID') return (item) => String(item.id);
  if (name === 'Author') return (item) => editorName(item.createdBy, names);
  if (name === 'Editor') return (item) => editorName(item.modifiedBy, names);
  return systemGetters(list)[name] ?? (() => undefined);
}

function plainGetter(column: Column, names: Names): Getter {
  const key = fieldKey(column);
  if (isLookup(column) && column.multiple === true) return joinedGetter(column, names);
  if (isLookup(column)) return ({ fields }) => (fields[key] === undefined ? undefined : String(fields[key]));
  if (column.kind === 'calculated') return ({ fields }) => fields[column.repeats ?? ''];
  if (column.kind === 'hyperlink')
    return ({ fields }) => (fields[key] === undefined ? undefined : { Url: fields[key], Description: fields[key] });
  return ({ fields }) => fields[key];
}

/** The text of what one value points to; of several the ids beside it. */
function joinedGetter(column: Column, names: Names): Getter {
  const join = (id: number): { text: string | undefined; email?: string } => {
    if (column.kind === 'lookup')
      return { text: names.item(column.lookup?.listId ?? '', id, column.lookup?.columnName ?? '') };
    const user = names.user(id);
    return user ? { text: user.name, email: user.email } : { text: undefined };
  };
  return ({ fields }) => {
    const value = fields[fieldKey(column)];
    if (typeof value === 'number') return join(value).text;
    return Array.isArray(value) ? value.map((one) => severalForm(Number(one), join(Number(one)))) : undefined;
  };
}

function severalForm(
  id: number,
  { text, email }: { readonly text: string | undefined; readonly email?: string },
): Record<string, unknown> {
  return { LookupId: id, LookupValue: text ?? '', ...(email === undefined ? {} : { Email: email }) };
}

function editorName(editor: Editor, names: Names): string | undefined {
  return editor.kind === 'app' ? 'SharePoint App' : names.user(editor.lookupId)?.name;
}

function lookupIdOf(editor: Editor): number {
  return editor.kind === 'app' ? appAuthorLookupId : editor.lookupId;
}

/** How many joined columns a selection names, `X` and `XLookupId` being one. */
export function lookupsNamed(list: ListRecord, select: readonly string[]): number {
  const named = select.flatMap((name) => {
    const column = columnNamed(list, name);
    if (column) return isLookup(column) ? [column.name] : [];
    const system = name.replace(/LookupId$/, '');
    return system === 'Author' || system === 'Editor' ? [system] : [];
  });
  return new Set(named).size;
}

/** Fields that a collection read without a selection leaves out: lookups past the most a query joins. */
export function lookupsBeyond(list: ListRecord): ReadonlySet<string> {
  const own = list.columns.filter((one) => isLookup(one) && !one.hidden);
  return new Set(own.slice(mostLookups - 2).map(fieldKey));
}

/** In text, for filters and the console. */
export function plainText(value: FieldValue): string {
  return Array.isArray(value) ? value.join('; ') : String(value);
}

/** The quotes are part of the value. */
export function etagOf(item: { readonly guid: string; readonly version: number }): string {
  return `"${item.guid},${item.version}"`;
}
