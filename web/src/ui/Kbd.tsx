import { Kbd as MantineKbd } from '@mantine/core';
import { Fragment } from 'react';

const apple = typeof navigator !== 'undefined' && /Mac|iPhone|iPad/.test(navigator.userAgent);
const names: Record<string, string> = apple
  ? { mod: '⌘', shift: '⇧', alt: '⌥', enter: '⏎' }
  : { mod: 'Ctrl', shift: 'Shift', alt: 'Alt', enter: 'Enter' };

/** `<Kbd keys="mod+K" />` shows the keys with the names of the reader's keyboard. */
export function Kbd({ keys }: { keys: string }) {
  return (
    <span className="keys">
      {keys.split('+').map((key, at) => (
        <Fragment key={key}>
          {at > 0 && ' '}
          <MantineKbd size="xs">{names[key.toLowerCase()] ?? key}</MantineKbd>
        </Fragment>
      ))}
    </span>
  );
}
