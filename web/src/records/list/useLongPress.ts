import { type MouseEvent, type PointerEvent, useRef } from 'react';

const kHoldMs = 450;
// A finger never lies quite still; more than this is a scroll.
const kSlip = 10;

/** A finger that stays on something, as phones choose several things. The click that ends the press is swallowed. */
export function useLongPress<Key>(onHold: (key: Key) => void) {
  const press = useRef<{ timer: number; x: number; y: number; held: boolean } | null>(null);
  const stop = () => {
    if (press.current) window.clearTimeout(press.current.timer);
  };
  return (key: Key) => ({
    onPointerDown: (event: PointerEvent) => {
      stop();
      press.current = null;
      if (event.pointerType !== 'touch') return;
      const timer = window.setTimeout(() => {
        if (press.current) press.current.held = true;
        onHold(key);
      }, kHoldMs);
      press.current = { timer, x: event.clientX, y: event.clientY, held: false };
    },
    onPointerMove: (event: PointerEvent) => {
      const now = press.current;
      if (now && Math.hypot(event.clientX - now.x, event.clientY - now.y) > kSlip) stop();
    },
    onPointerUp: stop,
    onPointerCancel: stop,
    // The browser's own menu of a link would cover the choice.
    onContextMenu: (event: MouseEvent) => {
      if (press.current) event.preventDefault();
    },
    onClickCapture: (event: MouseEvent) => {
      if (!press.current?.held) return;
      press.current = null;
      event.preventDefault();
      event.stopPropagation();
    },
  });
}
