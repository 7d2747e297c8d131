import { useEffect, useRef } from 'react';
import { countForm } from '@/api/formCounts';

/**
 * Counts a form for 設定 → 使い方: begun, saved, or left with something typed, then with the field touched last. `touched` is told
 * the key of a field, never what stands in it. A form that always stands on its page is begun with the first touch.
 */
export function useFormCount(object: string, { standing = false } = {}) {
  const state = useRef({ object, begun: false, typed: false, field: '' });
  useEffect(() => {
    state.current.object = object;
  }, [object]);
  useEffect(() => {
    const now = state.current;
    if (!standing) {
      now.begun = true;
      countForm(now.object, 'opened');
    }
    const leave = () => {
      if (now.typed) countForm(now.object, 'left', now.field);
      now.typed = false;
    };
    // A tab that is closed takes nothing down.
    window.addEventListener('pagehide', leave);
    return () => {
      window.removeEventListener('pagehide', leave);
      leave();
    };
  }, [standing]);
  return {
    touched: (field: string) => {
      const now = state.current;
      if (!now.begun) countForm(now.object, 'opened');
      now.begun = now.typed = true;
      now.field = field;
    },
    saved: () => {
      const now = state.current;
      countForm(now.object, 'saved');
      now.begun = now.typed = false;
    },
  };
}
