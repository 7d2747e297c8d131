import { type ReactNode, useEffect, useLayoutEffect, useRef, useState } from 'react';
import { createPortal } from 'react-dom';
import '@/grid/paint.css';
import classes from './print.module.css';

/** A page over the page, and all that is printed. The rest of the screen waits behind it. */
export function Paper({
  label,
  onClose,
  children,
}: {
  label: string;
  onClose: () => void;
  children: ReactNode;
}) {
  const [host] = useState(() => {
    const made = document.createElement('div');
    made.className = classes.host ?? '';
    return made;
  });
  useLayoutEffect(() => {
    const before = document.activeElement;
    const behind = [...document.body.children].filter((each) => !each.hasAttribute('inert'));
    for (const each of behind) each.setAttribute('inert', '');
    document.body.append(host);
    host.querySelector<HTMLElement>('[role="dialog"]')?.focus();
    return () => {
      host.remove();
      for (const each of behind) each.removeAttribute('inert');
      if (before instanceof HTMLElement && before.isConnected) before.focus();
    };
  }, [host]);
  const latest = useRef(onClose);
  latest.current = onClose;
  useEffect(() => {
    const pressed = (event: KeyboardEvent) => {
      if (event.key === 'Escape') latest.current();
    };
    window.addEventListener('keydown', pressed);
    return () => window.removeEventListener('keydown', pressed);
  }, []);
  return createPortal(
    <div role="dialog" aria-modal="true" aria-label={label} tabIndex={-1} className={classes.sheet}>
      {children}
    </div>,
    host,
  );
}
