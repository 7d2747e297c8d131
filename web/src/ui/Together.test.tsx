// @vitest-environment jsdom
import { act, render, screen } from '@testing-library/react';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { Together } from './Together';
import { useWaiting } from './waiting';

function Part({ name, loading }: { name: string; loading: boolean }) {
  return loading ? <Line /> : <p>{name}</p>;
}
function Line() {
  useWaiting();
  return <i />;
}

vi.mock('./Loading', () => ({ Loading: () => <b>wait</b> }));
beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const page = (first: boolean, second: boolean) => (
  <Together rows={3}>
    <Part name="first" loading={first} />
    <Part name="second" loading={second} />
  </Together>
);
const tick = (by = 1) => act(() => vi.advanceTimersByTime(by));

it('shows the parts when the last of them has loaded, and keeps them', () => {
  const { rerender } = render(page(true, true));
  tick();
  rerender(page(false, true));
  tick();
  expect(screen.getByText('wait')).toBeTruthy();
  expect(screen.getByText('first').parentElement?.style.display).toBe('none');
  rerender(page(false, false));
  tick();
  expect(screen.queryByText('wait')).toBeNull();
  expect(screen.getByText('second').parentElement?.style.display).toBe('contents');
  rerender(page(true, false));
  tick();
  expect(screen.queryByText('wait')).toBeNull();
});

it('shows at once what has nothing to load', () => {
  render(page(false, false));
  tick();
  expect(screen.getByText('first').parentElement?.style.display).toBe('contents');
});

it('waits for a slow part no longer than it may', () => {
  render(page(false, true));
  tick(1_400);
  expect(screen.getByText('wait')).toBeTruthy();
  tick(200);
  expect(screen.queryByText('wait')).toBeNull();
});
