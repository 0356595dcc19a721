// What had the focus goes from the page: the heading of its part takes it, and nobody's own wish is overruled.
import { keepFocus } from '../../tab/src/focusKept';

const page = `
  <header><button id="search">Search</button></header>
  <main>
    <h1 tabindex="-1">Readiness</h1>
    <section id="asked"><h2>Who was asked</h2><form><button id="remind">Remind</button></form></section>
    <section id="papers"><h2>Papers</h2><button id="release">Release</button></section>
  </main>`;

let end: () => void;

beforeEach(() => {
  document.body.innerHTML = `<div id="tab">${page}</div>`;
  end = keepFocus(one('tab'));
});
afterEach(() => end());

function one(id: string): HTMLElement {
  const found = document.getElementById(id);
  if (!found) throw new Error(`there is no ${id}`);
  return found;
}

/** What the observer of the page is told, it is told after the change. */
const told = () => new Promise((resolve) => setTimeout(resolve));

test('the heading of the part takes the focus of a button that has done its work', async () => {
  one('remind').focus();
  one('remind').remove();
  await told();
  expect(document.activeElement?.textContent).toBe('Who was asked');
  expect(document.activeElement?.getAttribute('tabindex')).toBe('-1');
});

test('where the part went too, it is the heading of what is around it', async () => {
  one('release').focus();
  one('papers').remove();
  await told();
  expect(document.activeElement?.textContent).toBe('Readiness');
});

test('from outside every part, it is the heading of the page', async () => {
  one('search').focus();
  one('search').remove();
  await told();
  expect(document.activeElement?.textContent).toBe('Readiness');
});

test('what has moved on meanwhile keeps it', async () => {
  one('remind').focus();
  one('release').focus();
  one('remind').remove();
  await told();
  expect(document.activeElement?.id).toBe('release');
});

test('what was left by a click beside it is not brought back when it goes later', async () => {
  one('remind').focus();
  one('remind').blur();
  await told();
  one('remind').remove();
  await told();
  expect(document.activeElement).toBe(document.body);
});

test('a page without any heading is left as it is', async () => {
  one('tab').innerHTML = '<button id="alone">Alone</button>';
  one('alone').focus();
  one('alone').remove();
  await told();
  expect(document.activeElement).toBe(document.body);
});

test('once ended, it does nothing more', async () => {
  end();
  one('remind').focus();
  one('remind').remove();
  await told();
  expect(document.activeElement).toBe(document.body);
});
