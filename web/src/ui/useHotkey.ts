import { useEffect, useRef } from 'react';

/** True while an input method is composing: such keys belong to it, never to us. */
export function isComposing(event: KeyboardEvent | { nativeEvent: KeyboardEvent }): boolean {
  const key = 'nativeEvent' in event ? event.nativeEvent : event;
  return key.isComposing || key.keyCode === 229;
}

function isTyping(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement &&
    (target.isContentEditable || ['INPUT', 'TEXTAREA', 'SELECT'].includes(target.tagName))
  );
}

/**
 * Calls `run` on a key of the whole page: 'mod+K', '?', 'g'. mod = Ctrl, or ⌘ on Apple keyboards. Keys without mod are left
 * alone while someone types in a field, unless `whileTyping`.
 */
export function useHotkey(
  hotkey: string,
  run: (event: KeyboardEvent) => void,
  { enabled = true, whileTyping = false }: { enabled?: boolean; whileTyping?: boolean } = {},
): void {
  const latest = useRef(run);
  useEffect(() => {
    latest.current = run;
  });
  useEffect(() => {
    if (!enabled) return;
    const wanted = hotkey.toLowerCase().split('+');
    const key = wanted.at(-1) ?? '';
    const mod = wanted.includes('mod');
    const shift = wanted.includes('shift');
    const alt = wanted.includes('alt');
    const listen = (event: KeyboardEvent) => {
      if (isComposing(event) || event.key.toLowerCase() !== key) return;
      if ((event.ctrlKey || event.metaKey) !== mod || event.altKey !== alt) return;
      // '?' needs Shift on many keyboards: only letters and named keys look at it.
      if (/^[a-z0-9]+$/.test(key) && event.shiftKey !== shift) return;
      if (!mod && !whileTyping && isTyping(event.target)) return;
      event.preventDefault();
      latest.current(event);
    };
    window.addEventListener('keydown', listen);
    return () => window.removeEventListener('keydown', listen);
  }, [hotkey, enabled, whileTyping]);
}
