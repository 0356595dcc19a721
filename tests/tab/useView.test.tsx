// How a view stays young while it is in sight, and what is kept when it cannot be read.
import { act, render, screen } from '@testing-library/react';
import * as z from 'zod/mini';
import { ProblemError, type Api } from '../../tab/src/api';
import { ApiContext, useView } from '../../tab/src/useView';
import { problemWith } from './drawTab';

const schema = z.strictObject({ words: z.string() });

function Shown({ path }: { readonly path: string }) {
  const { data, problem, isReading } = useView(path, schema);
  return (
    <p>
      {[data?.words, problem?.title, isReading ? 'reading' : undefined].filter((one) => one !== undefined).join(', ')}
    </p>
  );
}

function viewing() {
  const asked: string[] = [];
  let answer: () => Promise<string> = async () => 'first';
  const api = {
    get: async (path: string) => {
      asked.push(path);
      return { words: await answer() };
    },
  } as unknown as Api;
  const page = (path: string) => (
    <ApiContext value={api}>
      <Shown path={path} />
    </ApiContext>
  );
  const drawn = render(page('/risks'));
  return {
    asked,
    answer: (next: () => Promise<string>) => (answer = next),
    go: (path: string) => drawn.rerender(page(path)),
    text: () => screen.getByText(/.*/, { selector: 'p' }).textContent,
  };
}

const pass = (ms: number) => act(async () => jest.advanceTimersByTimeAsync(ms));
const sight = (state: 'visible' | 'hidden') =>
  Object.defineProperty(document, 'visibilityState', { value: state, configurable: true });

beforeEach(() => {
  jest.useFakeTimers();
  sight('visible');
});
afterEach(() => jest.useRealTimers());

describe('a view in sight', () => {
  test('is read again every quarter of a minute, without a sign of reading', async () => {
    const { asked, answer, text } = viewing();
    await pass(0);
    let go = (_words: string) => undefined as void;
    answer(() => new Promise((resolve) => (go = resolve)));
    await pass(14_999);
    expect([asked.length, text()]).toEqual([1, 'first']);
    await pass(1);
    expect([asked, text()]).toEqual([['/risks', '/risks'], 'first']);
    await act(async () => go('second'));
    expect(text()).toBe('second');
  });

  test('is not asked for again while an answer is awaited', async () => {
    const { asked, answer } = viewing();
    await pass(0);
    answer(() => new Promise(() => undefined));
    await pass(60_000);
    expect(asked).toHaveLength(2);
  });

  test('is left alone while it is out of sight', async () => {
    const { asked } = viewing();
    await pass(0);
    sight('hidden');
    await pass(60_000);
    expect(asked).toHaveLength(1);
  });

  test('keeps what was read, with the problem, and recovers by itself', async () => {
    const { answer, text } = viewing();
    await pass(0);
    answer(() => Promise.reject(new ProblemError(problemWith({ title: 'The service did not answer' }))));
    await pass(15_000);
    expect(text()).toBe('first, The service did not answer');
    answer(async () => 'second');
    await pass(15_000);
    expect(text()).toBe('second');
  });

  test('is not asked for by itself while nobody is signed in: Teams would ask the person each time', async () => {
    const { asked, answer, text } = viewing();
    await pass(0);
    answer(() => Promise.reject(new ProblemError(problemWith({ type: 'urn:board-assistant:problem:signed-out' }))));
    await pass(15_000);
    expect(asked).toHaveLength(2);
    await pass(60_000);
    expect(asked).toHaveLength(2);
    answer(async () => 'second');
    sight('visible');
    await act(async () => void document.dispatchEvent(new Event('visibilitychange')));
    expect([asked.length, text()]).toEqual([3, 'second']);
    await pass(15_000);
    expect(asked).toHaveLength(4);
  });

  test('does not show an answer that belongs to the page before', async () => {
    const { answer, go, text } = viewing();
    await pass(0);
    let late = (_words: string) => undefined as void;
    answer(() => new Promise((resolve) => (late = resolve)));
    await pass(15_000);
    answer(async () => 'of the actions');
    go('/actions');
    await pass(0);
    await act(async () => late('of the risks'));
    expect(text()).toBe('of the actions');
  });
});
