// The console's lists: an overview, a list as an editable table, a row with its history.
import { civilDateOf, inWords } from './clock';
import { fieldKey } from './columns';
import { mark, nothing, type Markup } from './consoleHtml';
import { etagOf, plainText } from './fieldReads';
import { graphEditor } from './graphPeople';
import { stateOf, type LocalList } from './localItems';
import type { Column, Editor, Fields, Item } from './records';
import { seedApp } from './seed';
import type { Tenant } from './tenant';

const pageRows = 500;
/** Columns that name a row; a list without one numbers its rows. */
const nameColumns = ['Ref', 'Key'];
/** Bookkeeping of the service, shown on request. */
const quietColumns = ['OperationKey', 'LastOpId'];

export function listsPage(tenant: Tenant): Markup {
  const lists = tenant.lists().filter((one) => one.record.template === 'genericList');
  const rows = lists.map((list) => {
    const items = live(list);
    const newest = items.reduce<Item | undefined>((last, one) => (!last || one.seq > last.seq ? one : last), undefined);
    const touched = newest && !(newest.modifiedBy.kind === 'app' && newest.modifiedBy.id === seedApp.id);
    const changed = touched
      ? `${inWords(new Date(newest.modifiedAt))}, ${editorName(tenant, newest.modifiedBy)}`
      : 'Nothing since the start';
    return mark`<tr>
      <th scope="row">
        <a href="/lists/${encodeURIComponent(list.record.displayName)}">${list.record.displayName}</a>
      </th>
      <td>${list.record.description}</td>
      <td class="number">${items.length}</td>
      <td>${changed}</td>
    </tr>`;
  });
  return mark`<h1>Lists</h1>
    <p class="lead">
      The SharePoint lists of the board. Open one to read it, and to change a cell as a person of the board would.
    </p>
    <div class="frame whole" role="region" aria-label="Lists" tabindex="0">
      <table>
        <thead>
          <tr>
            <th scope="col">List</th>
            <th scope="col">What it holds</th>
            <th scope="col" class="number">Rows</th>
            <th scope="col">Last change</th>
          </tr>
        </thead>
        <tbody>
          ${rows}
        </tbody>
      </table>
    </div>`;
}

export function listPage(tenant: Tenant, name: string, query: URLSearchParams): Markup {
  const list = tenant.findList(name);
  const all = query.get('columns') === 'all';
  const start = Math.max(0, Number(query.get('from') ?? 0) || 0);
  const items = live(list);
  const shown = items.slice(start, start + pageRows);
  const columns = list.record.columns.filter((one) => all || isShown(one, items));
  const first = columns.find((one) => nameColumns.includes(one.name));
  const rest = columns.filter((one) => one !== first);
  const base = `/lists/${encodeURIComponent(list.record.displayName)}`;
  const heads = rest.map((one) => {
    const choices = JSON.stringify(one.choices ?? []);
    const looks = one.kind === 'number' ? 'number' : '';
    return mark`<th scope="col" class="${looks}" id="column-${one.name}" data-name="${spaced(one.displayName)}" data-key="${fieldKey(one)}" data-kind="${one.kind}" data-choices="${choices}">${spaced(one.displayName)}</th>`;
  });
  const rows = shown.map((item) => {
    const label = labelOf(item, first);
    const cells = rest.map((one) => cell(tenant, one, item));
    return mark`<tr data-label="${label}" data-version="${etagOf(item)}" data-post="/_local${base}/items/${item.id}">
      <th scope="row" tabindex="-1"><a href="${base}/${item.id}" tabindex="-1">${label}</a></th>
      ${cells}
    </tr>`;
  });
  const range =
    items.length > pageRows
      ? `Rows ${start + 1} to ${start + shown.length} of ${items.length}`
      : `${items.length} rows`;
  return mark`<p><a href="/">All lists</a></p>
    <h1>${list.record.displayName}</h1>
    <p class="lead">
      ${list.record.description}. ${isAppendOnly(list) ? 'The service adds rows here and changes none: what is changed by hand is reported.' : 'Double-click a cell, or move with the arrow keys and press Enter, to change it.'}
      Open a row by its name to see its history.
    </p>
    <div class="tools">
      ${editorChoice(tenant)}
      <label>Find rows <input type="search" data-search /></label>
      <span data-count>${range}</span>
      ${all ? mark`<a href="${base}">Show the usual columns</a>` : mark`<a href="${base}?columns=all">Show every column</a>`}
      ${start + pageRows < items.length ? mark`<a href="${base}?from=${start + pageRows}${all ? '&columns=all' : ''}">Next rows</a>` : nothing}
    </div>
    ${
      items.length === 0
        ? mark`<p class="empty">This list has no rows yet. The service adds them as it works.</p>`
        : mark`<div class="frame">
            <table role="grid" aria-label="${list.record.displayName}">
              <thead>
                <tr>
                  <th scope="col">${first?.displayName ?? 'Row'}</th>
                  ${heads}
                </tr>
              </thead>
              <tbody>
                ${rows}
              </tbody>
            </table>
          </div>`
    }`;
}

function isAppendOnly(list: LocalList): boolean {
  return list.record.description.startsWith('Append-only');
}

/** Columns that hold something, without bookkeeping. */
function isShown(column: Column, items: readonly Item[]): boolean {
  if (quietColumns.includes(column.name)) return false;
  return column.required || items.some((one) => one.fields[fieldKey(column)] !== undefined);
}

/** "DueOn" reads "Due on". */
function spaced(name: string): string {
  const words = name.replace(/([a-z])([A-Z])/g, '$1 $2').toLowerCase();
  return words.charAt(0).toUpperCase() + words.slice(1);
}

function labelOf(item: Item, first: Column | undefined): string {
  const value = first && item.fields[fieldKey(first)];
  return value === undefined ? `Row ${item.id}` : String(value);
}

function editorChoice(tenant: Tenant): Markup {
  const people = tenant.users().filter((one) => one.lookupId !== undefined);
  const options = people.map((one) => mark`<option value="${one.ref}">${one.displayName}, ${one.jobTitle}</option>`);
  const byLookup = people.map((one) => mark`<option value="${one.lookupId}">${one.displayName}</option>`);
  return mark`<label>Change as <select data-editor>${options}</select></label>
<select data-people hidden aria-hidden="true" tabindex="-1">${byLookup}</select>`;
}

function cell(tenant: Tenant, column: Column, item: Item): Markup {
  const value = item.fields[fieldKey(column)];
  const looks: Partial<Record<Column['kind'], string>> = { number: 'number', note: 'note-text', dateOnly: 'date' };
  const raw = value === undefined ? '' : column.kind === 'dateOnly' ? civilDateOf(String(value)) : String(value);
  return mark`<td tabindex="-1" class="${looks[column.kind]}" data-column="column-${column.name}" data-raw="${raw}">
    ${inWordsOf(tenant, column, item.fields)}
  </td>`;
}

function inWordsOf(tenant: Tenant, column: Column, fields: Fields): string {
  const value = fields[fieldKey(column)];
  if (value === undefined) return '';
  if (column.kind === 'boolean') return value === true ? 'yes' : 'no';
  if (column.kind === 'person' && typeof value === 'number')
    return tenant.userByLookupId(value)?.displayName ?? `unknown person ${String(value)}`;
  if (column.kind === 'dateTime') return inWords(new Date(String(value)));
  if (column.kind === 'dateOnly')
    return inWords(new Date(String(value)))
      .replace(/^\S+ /, '')
      .replace(/, .*$/, '');
  const text = plainText(value);
  return personNamed(tenant, text) ?? flatWords(text) ?? text;
}

/** "P02 (Avery Linwood)": a reference alone says little to who reads the lists for the first time. */
function personNamed(tenant: Tenant, text: string): string | undefined {
  const person = tenant.users().find((one) => one.ref === text);
  return person && `${text} (${person.displayName})`;
}

/** What an update changed, a line a field: it is kept as JSON. */
function flatWords(text: string): string | undefined {
  if (!text.startsWith('{')) return undefined;
  let fields: unknown;
  try {
    fields = JSON.parse(text);
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    return undefined;
  }
  const entries = Object.entries(Object(fields));
  if (entries.some(([, value]) => typeof value === 'object' && value !== null)) return undefined;
  return entries.length === 0
    ? 'nothing'
    : entries.map(([name, value]) => `${name}: ${value === null ? 'nothing' : String(value)}`).join('; ');
}

export function rowPage(tenant: Tenant, name: string, id: string): Markup {
  const list = tenant.findList(name);
  const item = tenant.findItem(list, id);
  const columns = list.record.columns;
  const base = `/lists/${encodeURIComponent(list.record.displayName)}`;
  const states = [...(list.earlier.get(item.id) ?? []), stateOf(item)];
  const history = states
    .map((state, i) => {
      const before = states[i - 1]?.fields;
      const changed = columns.filter((one) => before && before[fieldKey(one)] !== state.fields[fieldKey(one)]);
      const lines = changed.map(
        (one) =>
          mark`<div>
            ${spaced(one.displayName)}: ${quoted(inWordsOf(tenant, one, before ?? {}))} became
            ${quoted(inWordsOf(tenant, one, state.fields))}
          </div>`,
      );
      return mark`<tr>
        <th scope="row">${state.version}.0</th>
        <td>${inWords(new Date(state.modifiedAt))}</td>
        <td>${editorName(tenant, state.modifiedBy)}</td>
        <td class="note-text">${i === 0 ? 'Added' : lines}</td>
      </tr>`;
    })
    .reverse();
  const filled = columns.filter((one) => item.fields[fieldKey(one)] !== undefined);
  const values = filled.map(
    (one) =>
      mark`<tr>
        <th scope="row">${spaced(one.displayName)}</th>
        <td>${inWordsOf(tenant, one, item.fields)}</td>
      </tr>`,
  );
  return mark`<p><a href="/">All lists</a> · <a href="${base}">${list.record.displayName}</a></p>
    <h1>
      ${labelOf(
        item,
        columns.find((one) => nameColumns.includes(one.name)),
      )}
    </h1>
    <h2>Now</h2>
    <div class="frame whole" role="region" aria-label="The row now" tabindex="0">
      <table>
        <tbody>
          ${values}
        </tbody>
      </table>
    </div>
    <h2>History</h2>
    <div class="frame whole" role="region" aria-label="History" tabindex="0">
      <table>
        <thead>
          <tr>
            <th scope="col">Version</th>
            <th scope="col">When</th>
            <th scope="col">By</th>
            <th scope="col">What changed</th>
          </tr>
        </thead>
        <tbody>
          ${history}
        </tbody>
      </table>
    </div>`;
}

function quoted(text: string): string {
  return text === '' ? 'nothing' : `“${text}”`;
}

function editorName(tenant: Tenant, editor: Editor): string {
  if (editor.kind === 'app') return editor.name;
  const { user } = graphEditor(tenant, editor);
  return typeof user === 'object' && user !== null && 'displayName' in user ? String(user.displayName) : 'somebody';
}

function live(list: LocalList): readonly Item[] {
  return [...list.items.values()].filter((one) => !one.deleted);
}
