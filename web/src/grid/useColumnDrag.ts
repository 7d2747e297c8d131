import {
  type PointerEvent as ReactPointerEvent,
  type RefObject,
  useCallback,
  useEffect,
  useRef,
  useState,
} from 'react';
import { type Drop, dropAt } from './columnDrop';

interface ColumnDrag {
  /** The column that is being dragged. */
  dragged: string | undefined;
  /** Where it would come, in pixels from the left edge of the sheet. */
  line: number | undefined;
  onPointerDown: (event: ReactPointerEvent, key: string) => void;
}

const kStart = 6; // pixels that are no slip of the hand
const kEdge = 32; // pixels from the edge where the sheet begins to scroll
const kStep = 12; // pixels a frame

/** Follows a heading that is dragged with the mouse to another place; Esc puts it back. */
export function useColumnDrag(
  frame: RefObject<HTMLDivElement | null>,
  onDrop: (key: string, before: string | undefined) => void,
): ColumnDrag {
  const [drag, setDrag] = useState<{ key: string; line?: number }>();
  const latest = useRef(onDrop);
  latest.current = onDrop;
  const stop = useRef<() => void>(undefined);
  useEffect(() => () => stop.current?.(), []);

  const onPointerDown = useCallback(
    (event: ReactPointerEvent, key: string) => {
      const element = frame.current;
      // A finger scrolls the sheet; it has the menu of the column.
      if (!element || event.button !== 0 || event.pointerType === 'touch') return;
      const from = event.clientX;
      let x = from;
      let begun = false;
      let drop: Drop | undefined;
      let turn: number | undefined;

      const heads = () => [...element.querySelectorAll<HTMLElement>('[data-column]')];
      const look = () => {
        const all = heads();
        const edges = all.map((head) => head.getBoundingClientRect());
        const frozen = all.filter((head) => head.dataset.frozen !== undefined).length;
        const dragged = all.findIndex((head) => head.dataset.column === key);
        drop = dropAt(edges, frozen, x, dragged);
        const line = drop && Math.round(drop.at - element.getBoundingClientRect().left);
        setDrag((now) => (now?.key === key && now.line === line ? now : { key, line }));
      };
      const scroll = () => {
        turn = undefined;
        const box = element.getBoundingClientRect();
        const by = x > box.right - kEdge ? kStep : x < box.left + kEdge ? -kStep : 0;
        if (by === 0) return;
        element.scrollBy(by, 0);
        look();
        turn = requestAnimationFrame(scroll);
      };
      const move = (moved: PointerEvent) => {
        x = moved.clientX;
        begun ||= Math.abs(x - from) >= kStart;
        if (!begun) return;
        look();
        turn ??= requestAnimationFrame(scroll);
      };
      const up = () => {
        const all = heads();
        const found = drop;
        const wasDrag = begun;
        stop.current?.();
        if (!wasDrag) return;
        // The click that follows on the heading is no wish to sort.
        window.addEventListener('click', swallow, { capture: true, once: true });
        setTimeout(() => window.removeEventListener('click', swallow, { capture: true }));
        if (found) latest.current(key, all[found.before]?.dataset.column);
      };
      const press = (pressed: KeyboardEvent) => {
        if (pressed.key !== 'Escape' || !begun) return;
        pressed.stopPropagation();
        stop.current?.();
        window.addEventListener('click', swallow, { capture: true, once: true });
      };
      stop.current?.();
      stop.current = () => {
        window.removeEventListener('pointermove', move);
        window.removeEventListener('pointerup', up);
        window.removeEventListener('pointercancel', cancel);
        window.removeEventListener('keydown', press, true);
        if (turn !== undefined) cancelAnimationFrame(turn);
        setDrag(undefined);
        stop.current = undefined;
      };
      const cancel = () => stop.current?.();
      window.addEventListener('pointermove', move);
      window.addEventListener('pointerup', up);
      window.addEventListener('pointercancel', cancel);
      window.addEventListener('keydown', press, true);
    },
    [frame],
  );

  return { dragged: drag?.key, line: drag?.line, onPointerDown };
}

function swallow(event: MouseEvent) {
  event.stopPropagation();
  event.preventDefault();
}
