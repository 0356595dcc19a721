// The console in the browser: edit a cell as a person, move the clock, find rows, start afresh.
'use strict';

const status = document.querySelector('[data-status]');

/** Says what happened, also to screen readers. */
function say(text, bad) {
  status.textContent = text;
  status.classList.toggle('bad', bad === true);
  status.hidden = false;
}

async function post(path, body) {
  const response = await fetch(path, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify(body),
  });
  const answer = await response.json();
  if (response.ok) return answer;
  const changed = response.status === 412;
  throw new Error(
    changed
      ? 'Somebody changed this row since the page was loaded, so nothing was saved. Reload the page to see it.'
      : answer.error.message,
  );
}

// Clock and reset: a button carries what it sends.
for (const button of document.querySelectorAll('button[data-post]')) {
  button.addEventListener('click', async () => {
    if (button.dataset.ask && !window.confirm(button.dataset.ask)) return;
    button.disabled = true;
    try {
      await post(button.dataset.post, JSON.parse(button.dataset.body));
      window.location.reload();
    } catch (error) {
      button.disabled = false;
      say(error.message, true);
    }
  });
}

// The person who edits is kept while the browser is open.
const editor = document.querySelector('[data-editor]');
if (editor) {
  const kept = window.sessionStorage.getItem('editor');
  if (kept && [...editor.options].some((one) => one.value === kept)) editor.value = kept;
  editor.addEventListener('change', () => window.sessionStorage.setItem('editor', editor.value));
}

const search = document.querySelector('[data-search]');
if (search) {
  const count = document.querySelector('[data-count]');
  const whole = count.textContent;
  search.addEventListener('input', () => {
    const wanted = search.value.trim().toLowerCase();
    const rows = [...document.querySelectorAll('tbody tr')];
    for (const row of rows) row.hidden = !row.textContent.toLowerCase().includes(wanted);
    const found = rows.filter((row) => !row.hidden).length;
    count.textContent = wanted === '' ? whole : `${found} of ${rows.length} rows hold "${search.value.trim()}"`;
  });
}

// The grid: one stop for Tab, arrows move, Enter or a double click edits.
const grid = document.querySelector('[role=grid]');
if (grid) {
  const cells = () => [...grid.querySelectorAll('tbody tr:not([hidden])')].map((row) => [...row.cells]);
  let current = null;

  const focus = (cell) => {
    if (!cell) return;
    if (current) current.tabIndex = -1;
    current = cell;
    cell.tabIndex = 0;
    cell.focus();
  };

  const move = (down, right) => {
    const rows = cells();
    const row = rows.findIndex((one) => one.includes(current));
    if (row < 0) return;
    focus(rows[row + down]?.[rows[row].indexOf(current) + right]);
  };

  grid.addEventListener('focusin', (event) => {
    const cell = event.target.closest('td, tbody th');
    if (cell && cell === event.target) {
      if (current && current !== cell) current.tabIndex = -1;
      current = cell;
      cell.tabIndex = 0;
    }
  });
  grid.addEventListener('keydown', (event) => {
    if (event.target !== current) return;
    const moves = { ArrowDown: [1, 0], ArrowUp: [-1, 0], ArrowRight: [0, 1], ArrowLeft: [0, -1] };
    const by = moves[event.key];
    if (by) move(by[0], by[1]);
    else if (event.key === 'Enter' || event.key === 'F2') edit(current);
    else return;
    event.preventDefault();
  });
  grid.addEventListener('dblclick', (event) => edit(event.target.closest('td')));

  const edit = (cell) => {
    const column = cell && document.getElementById(cell.dataset.column);
    if (!column || cell.querySelector('.editing')) {
      const link = cell && cell.querySelector('a');
      if (link) link.click();
      return;
    }
    const before = cell.innerHTML;
    const input = inputFor(column.dataset, cell.dataset.raw || '');
    input.setAttribute('aria-label', `${column.dataset.name} of ${cell.closest('tr').dataset.label}`);
    const save = document.createElement('button');
    save.textContent = 'Save';
    const cancel = document.createElement('button');
    cancel.textContent = 'Cancel';
    cancel.className = 'quiet';
    const form = document.createElement('div');
    form.className = 'editing';
    form.append(input, save, cancel);
    cell.replaceChildren(form);
    input.focus();
    const close = () => {
      cell.innerHTML = before;
      focus(cell);
    };
    const store = async () => {
      save.disabled = true;
      const row = cell.closest('tr');
      const value = valueOf(column.dataset.kind, input.value);
      try {
        const answer = await post(row.dataset.post, {
          version: row.dataset.version,
          editor: editor.value,
          fields: { [column.dataset.key]: value },
        });
        row.dataset.version = answer.version;
        cell.dataset.raw = input.value;
        const shown = input.tagName === 'SELECT' ? input.selectedOptions[0].textContent : input.value;
        cell.textContent = shown;
        say(`Saved as ${answer.modifiedBy}: ${column.dataset.name} of ${row.dataset.label}.`);
        focus(cell);
      } catch (error) {
        save.disabled = false;
        say(error.message, true);
        input.focus();
      }
    };
    save.addEventListener('click', store);
    cancel.addEventListener('click', close);
    form.addEventListener('keydown', (event) => {
      if (event.key === 'Escape') close();
      if (event.key === 'Enter' && input.tagName !== 'TEXTAREA' && event.target === input) store();
      event.stopPropagation();
    });
  };

  const first = grid.querySelector('tbody td');
  if (first) first.tabIndex = 0;
  current = first;
}

function inputFor(column, raw) {
  const options = {
    choice: () => JSON.parse(column.choices).map((one) => [one, one]),
    boolean: () => [
      ['true', 'yes'],
      ['false', 'no'],
    ],
    person: () => [...document.querySelectorAll('[data-people] option')].map((one) => [one.value, one.textContent]),
  }[column.kind];
  if (options) {
    const select = document.createElement('select');
    const given = options();
    if (raw !== '' && !given.some(([value]) => value === raw)) given.push([raw, raw]);
    for (const [value, label] of [['', ''], ...given]) select.append(new Option(label, value, false, value === raw));
    return select;
  }
  const input = document.createElement(column.kind === 'note' ? 'textarea' : 'input');
  if (column.kind === 'number') Object.assign(input, { type: 'number', step: 'any' });
  if (column.kind === 'dateOnly') input.type = 'date';
  input.value = raw;
  return input;
}

function valueOf(kind, text) {
  if (text === '') return null;
  if (kind === 'number' || kind === 'person') return Number(text);
  return kind === 'boolean' ? text === 'true' : text;
}
