// Where the keyboard stands in a calendar. The elements say it themselves: data-day, data-day-button, data-entry.

export interface Standing {
  day: string;
  entry: string | undefined;
  /** What stands below (1) or above it on the same day. */
  beside: (step: number) => HTMLElement | undefined;
}

/** Undefined outside of the days, and on what has keys of its own. */
export function focusIn(target: HTMLElement): Standing | undefined {
  const head = target.closest<HTMLElement>('[data-day-button]');
  const cell = target.closest<HTMLElement>('[data-day]');
  const day = head?.dataset.dayButton ?? cell?.dataset.day;
  if (!day) return undefined;
  const entry = target.closest<HTMLElement>('[data-entry]')?.dataset.entry;
  return {
    day,
    entry,
    beside: (step) => {
      const places = placesOf(target.closest('[data-calendar]'), day);
      const here = places.findIndex((place) => place === target || place.contains(target));
      const chip = target.closest('[data-entry]')?.querySelector<HTMLElement>('a');
      const at = here >= 0 ? here : chip ? places.indexOf(chip) : -1;
      return at < 0 ? undefined : places[at + step];
    },
  };
}

// The number of the day, its entries, and what tells of the rest, from top to bottom.
function placesOf(root: Element | null, day: string): HTMLElement[] {
  if (!root) return [];
  const head = root.querySelectorAll<HTMLElement>(`[data-day-button="${day}"]`);
  const rest = root.querySelectorAll<HTMLElement>(
    `[data-day="${day}"] [data-entry] > a, [data-day="${day}"] > button`,
  );
  return [...head, ...rest];
}

/** Puts the focus on an entry, else on its day. False as long as neither is there. */
export function landOn(root: HTMLElement, to: { day: string; entry?: string }): boolean {
  const entry = to.entry && root.querySelector<HTMLElement>(`[data-entry="${CSS.escape(to.entry)}"] > a`);
  const found = entry || root.querySelector<HTMLElement>(`[data-day-button="${to.day}"]`);
  found?.focus();
  return !!found;
}

/** Arrows: days to the side, lines up and down. */
export function stepOf(key: string): { days: number; lines: number } | undefined {
  const days = { ArrowLeft: -1, ArrowRight: 1 }[key] ?? 0;
  const lines = { ArrowUp: -1, ArrowDown: 1 }[key] ?? 0;
  return days || lines ? { days, lines } : undefined;
}
