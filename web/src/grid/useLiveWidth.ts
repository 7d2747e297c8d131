import { useCallback, useMemo, useRef, useState } from 'react';

interface Sized {
  key: string;
  width: number;
  growTo?: number;
}

interface Live {
  key: string;
  width: number;
  /** Of which columns; once it is told, other ones know the width themselves. */
  of: readonly Sized[];
  told: boolean;
}

/** The columns with the one that is being made wider as wide as it is drawn; its owner hears of it when it is let go. */
export function useLiveWidth<Column extends Sized>(
  columns: readonly Column[],
  onResize: (key: string, width: number) => void,
): [readonly Column[], (key: string, width: number, done: boolean) => void] {
  const [live, setLive] = useState<Live>();
  const latest = useRef({ columns, onResize });
  latest.current = { columns, onResize };
  const over = live && live.told && live.of !== columns ? undefined : live;
  const sized = useMemo(
    () =>
      over
        ? columns.map((column) =>
            column.key === over.key ? { ...column, width: over.width, growTo: undefined } : column,
          )
        : columns,
    [columns, over],
  );
  const resize = useCallback((key: string, width: number, done: boolean) => {
    setLive({ key, width, of: latest.current.columns, told: done });
    if (done) latest.current.onResize(key, width);
  }, []);
  return [sized, resize];
}
