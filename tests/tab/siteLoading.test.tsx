// While SharePoint is asked: what is loading, and after some seconds why it may take longer.
import { act, render, screen } from '@testing-library/react';
import { SiteLoading } from '../../tab/src/components/Message';

beforeEach(() => {
  jest.useFakeTimers();
});
afterEach(() => {
  jest.useRealTimers();
});

test('says what is loading at once, and why it takes longer when it does', () => {
  render(<SiteLoading what="the site" />);
  expect(screen.getByText('Loading the site …')).toBeTruthy();
  act(() => void jest.advanceTimersByTime(5_900));
  expect(screen.queryByText(/SharePoint allows/)).toBeNull();
  act(() => void jest.advanceTimersByTime(200));
  // In a place that was there before, so that it is read aloud.
  expect(screen.getByText(/can take up to two minutes; it goes on by itself/).getAttribute('role')).toBe('status');
});
