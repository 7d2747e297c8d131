import { draggable, dropTargetForElements } from '@atlaskit/pragmatic-drag-and-drop/element/adapter';
import { type RefObject, useEffect, useRef, useState } from 'react';
import type { RecordData } from '@/api';
import type { ColumnKey } from './boardModel';

// What is dragged is told by these; other draggable things of the page are none of the board's business.
interface Dragged {
  card: true;
  record: RecordData;
  from: ColumnKey;
}

function isCard(data: Record<string, unknown>): boolean {
  return data.card === true;
}

/** Makes the element a card that can be dragged. True while it is. */
export function useCardDrag(
  element: RefObject<HTMLElement | null>,
  record: RecordData,
  from: ColumnKey,
  enabled: boolean,
): boolean {
  const [dragging, setDragging] = useState(false);
  useEffect(() => {
    if (!element.current || !enabled) return;
    return draggable({
      element: element.current,
      getInitialData: () => ({ card: true, record, from }),
      onDragStart: () => setDragging(true),
      onDrop: () => setDragging(false),
    });
  }, [element, record, from, enabled]);
  return dragging && enabled;
}

/** Makes the element a place to drop cards of other columns. True while one is over it. */
export function useCardDrop(
  element: RefObject<HTMLElement | null>,
  column: ColumnKey,
  onCard: (record: RecordData, from: ColumnKey) => void,
): boolean {
  const [over, setOver] = useState(false);
  const latest = useRef(onCard);
  useEffect(() => {
    latest.current = onCard;
  });
  useEffect(() => {
    if (!element.current) return;
    return dropTargetForElements({
      element: element.current,
      canDrop: ({ source }) => isCard(source.data) && source.data.from !== column,
      onDragEnter: () => setOver(true),
      onDragLeave: () => setOver(false),
      onDrop: ({ source }) => {
        setOver(false);
        const { record, from } = source.data as unknown as Dragged;
        latest.current(record, from);
      },
    });
  }, [element, column]);
  return over;
}
