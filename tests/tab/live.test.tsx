// Hearing of changes: one connection while the window is in sight, again after it breaks, asking where it is refused.
import { act, screen, within } from '@testing-library/react';
import { followChanges, isLive, onChange } from '../../tab/src/live';
import type { Api } from '../../tab/src/api';
import { sampleSnapshot } from '../fixtures/samplePlan';
import { drawTab } from './drawTab';

class FakeSource extends EventTarget {
  static opened: FakeSource[] = [];
  readonly url: string;
  isClosed = false;
  constructor(url: string) {
    super();
    this.url = url;
    FakeSource.opened.push(this);
  }
  close(): void {
    this.isClosed = true;
  }
}
const sources = FakeSource.opened;

let visible = true;
beforeEach(() => {
  jest.useFakeTimers();
  sources.length = 0;
  visible = true;
  Object.assign(window, { EventSource: FakeSource });
  Object.defineProperty(document, 'visibilityState', {
    configurable: true,
    get: () => (visible ? 'visible' : 'hidden'),
  });
});
afterEach(() => jest.useRealTimers());

const pass = (ms: number) => jest.advanceTimersByTimeAsync(ms);
const sight = (isVisible: boolean): void => {
  visible = isVisible;
  document.dispatchEvent(new Event('visibilitychange'));
};

function following(refused = false) {
  let tickets = 0;
  let told = 0;
  const post = async () => {
    tickets += 1;
    if (refused) throw new Error('refused');
    return { ticket: `ticket-${tickets}`, expiresInSeconds: 30 };
  };
  const leave = followChanges({ post } as unknown as Api, 'a board');
  const forget = onChange(() => (told += 1));
  return {
    tickets: () => tickets,
    told: () => told,
    leave: () => {
      leave();
      forget();
    },
  };
}

test('each connection has a ticket of its own, and every change is told', async () => {
  const tab = following();
  await pass(0);
  expect(sources.map((one) => one.url)).toEqual(['/api/v1/changes?ticket=ticket-1']);
  sources[0]?.dispatchEvent(new Event('ready'));
  expect([isLive(), tab.told()]).toEqual([true, 0]);
  sources[0]?.dispatchEvent(new Event('changed'));
  expect(tab.told()).toBe(1);
  tab.leave();
  expect([isLive(), sources[0]?.isClosed]).toEqual([false, true]);
});

test('a connection that breaks is made again with another ticket, and what was missed is read', async () => {
  const tab = following();
  await pass(0);
  sources[0]?.dispatchEvent(new Event('ready'));
  sources[0]?.dispatchEvent(new Event('error'));
  expect([isLive(), sources[0]?.isClosed]).toEqual([false, true]);
  await pass(10_000);
  expect(sources[1]?.url).toBe('/api/v1/changes?ticket=ticket-2');
  sources[1]?.dispatchEvent(new Event('ready'));
  expect(tab.told()).toBe(1);
  tab.leave();
});

test('where it is refused, it is asked for ever more seldom and pages go on asking', async () => {
  const tab = following(true);
  await pass(10 * 60_000);
  expect(tab.tickets()).toBeLessThan(12);
  expect(tab.tickets()).toBeGreaterThan(4);
  expect([isLive(), sources.length]).toEqual([false, 0]);
  tab.leave();
});

test('out of sight nothing is held', async () => {
  const tab = following();
  await pass(0);
  sources[0]?.dispatchEvent(new Event('ready'));
  sight(false);
  expect([isLive(), sources[0]?.isClosed]).toEqual([false, true]);
  await pass(10 * 60_000);
  expect(sources).toHaveLength(1);
  sight(true);
  await pass(0);
  expect(sources).toHaveLength(2);
  tab.leave();
});

describe('a page', () => {
  beforeEach(() => jest.useRealTimers());

  test('is read again at once and says so politely', async () => {
    const { records } = drawTab('/tab/risks', 'P15');
    await screen.findByRole('heading', { name: 'Risks', level: 1 });
    await screen.findAllByText(/R1|Risk/);
    records.editInSharePoint('hertland-send', 'risk', sampleSnapshot().risks[0]?.ref ?? '', { title: 'Another title' });
    await records.refresh('hertland-send');
    act(() => void sources[0]?.dispatchEvent(new Event('changed')));
    expect((await screen.findAllByText(/Another title/)).length).toBeGreaterThan(0);
    expect(screen.getByText('Updated at 09:00').getAttribute('role')).toBe('status');
  });

  test('shows who belongs to several boards which one it is, with links that keep it', async () => {
    const other = { ...sampleSnapshot(), facts: { ...sampleSnapshot().facts, name: 'Other Board' } };
    drawTab('/tab/risks?board=hertland-send', 'P15', undefined, { boards: { 'other-board': other } });
    const boards = within(await screen.findByRole('navigation', { name: 'Your boards' }));
    expect(boards.getAllByRole('link').map((one) => [one.textContent, one.getAttribute('aria-current')])).toEqual([
      ['Hertland SEND Improvement Board', 'true'],
      ['Other Board', null],
    ]);
    // Its name stands in that list; by itself it is for paper, where there is no list.
    expect(screen.getByText('Hertland SEND Improvement Board', { selector: 'p' }).className).toContain('print-only');
    expect(boards.getByRole('link', { name: 'Other Board' }).getAttribute('href')).toBe('/tab/?board=other-board');
    const pages = within(screen.getByRole('navigation', { name: 'Pages' }));
    expect(pages.getByRole('link', { name: 'Actions' }).getAttribute('href')).toBe('/tab/actions?board=hertland-send');
  });

  test('shows nothing of boards to who belongs to one', async () => {
    drawTab('/tab/risks', 'P15');
    await screen.findByRole('navigation', { name: 'Pages' });
    expect(screen.queryByRole('navigation', { name: 'Your boards' })).toBeNull();
  });
});
