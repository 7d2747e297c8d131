import type { KeyboardEvent } from 'react';

/** A key that belongs to the Japanese conversion: it must not save, close or move anything. 229 is what some browsers
 *  report for the Enter that ends a conversion, after isComposing is already false. */
export function isConverting(event: KeyboardEvent): boolean {
  return event.nativeEvent.isComposing || event.keyCode === 229;
}
