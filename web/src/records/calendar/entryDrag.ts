import { draggable, dropTargetForElements } from '@atlaskit/pragmatic-drag-and-drop/element/adapter';
import { type RefObject, useEffect, useRef, useState } from 'react';
import type { Entry } from './calendarModel';

// What is dragged is told by these; other draggable things of the page are none of the calendar's business.
interface Dragged {
  calendarEntry: Entry;
  /** How far below its upper edge it was taken, in pixels. */
  grip: number;
}

/** Makes the element an entry that can be dragged. True while it is. */
export function useEntryDrag(
  element: RefObject<HTMLElement | null>,
  entry: Entry,
  enabled: boolean,
): boolean {
  const [dragging, setDragging] = useState(false);
  useEffect(() => {
    const found = element.current;
    if (!found || !enabled) return;
    return draggable({
      element: found,
      getInitialData: ({ input }) => ({
        calendarEntry: entry,
        grip: input.clientY - found.getBoundingClientRect().top,
      }),
      onDragStart: () => setDragging(true),
      onDrop: () => setDragging(false),
    });
  }, [element, entry, enabled]);
  return dragging && enabled;
}

/** Makes the element a place to drop entries. While one is over it: how far down it would come to stand, in pixels. */
export function useEntryDrop(
  element: RefObject<HTMLElement | null>,
  onEntry: (entry: Entry, top: number) => void,
): number | undefined {
  const [over, setOver] = useState<number>();
  const latest = useRef(onEntry);
  useEffect(() => {
    latest.current = onEntry;
  });
  useEffect(() => {
    const found = element.current;
    if (!found) return;
    const topOf = (y: number, data: Record<string, unknown>) =>
      y - found.getBoundingClientRect().top - (data as unknown as Dragged).grip;
    return dropTargetForElements({
      element: found,
      canDrop: ({ source }) => 'calendarEntry' in source.data,
      onDragEnter: ({ source, location }) => setOver(topOf(location.current.input.clientY, source.data)),
      onDrag: ({ source, location }) => setOver(topOf(location.current.input.clientY, source.data)),
      onDragLeave: () => setOver(undefined),
      onDrop: ({ source, location }) => {
        setOver(undefined);
        const { calendarEntry } = source.data as unknown as Dragged;
        latest.current(calendarEntry, topOf(location.current.input.clientY, source.data));
      },
    });
  }, [element]);
  return over;
}
