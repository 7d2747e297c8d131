import type { CardCorners } from '@/api';

/** Corners are in ten thousandths of the photo's width and height. */
export const kScale = 10_000;

export interface Place {
  x: number;
  y: number;
}

const inside = (value: number) => Math.min(kScale, Math.max(0, Math.round(value)));

export function cornerOf(corners: CardCorners, index: number): Place {
  return { x: corners[index * 2] ?? 0, y: corners[index * 2 + 1] ?? 0 };
}

export function withCorner(corners: CardCorners, index: number, place: Place): CardCorners {
  const next: CardCorners = [...corners];
  next[index * 2] = inside(place.x);
  next[index * 2 + 1] = inside(place.y);
  return next;
}

/** From one corner to the one across it. */
export function rectangle(from: Place, to: Place): CardCorners {
  const left = inside(Math.min(from.x, to.x));
  const right = inside(Math.max(from.x, to.x));
  const top = inside(Math.min(from.y, to.y));
  const bottom = inside(Math.max(from.y, to.y));
  return [left, top, right, top, right, bottom, left, bottom];
}

/** Where somebody begins to draw: what was cut before, or most of a photo in which nothing was found. */
export function firstCorners(corners: CardCorners): CardCorners {
  const whole = corners.every((value) => value === 0 || value === kScale);
  const rim = kScale * 0.05;
  return whole ? rectangle({ x: rim, y: rim }, { x: kScale - rim, y: kScale - rim }) : corners;
}

/** Clockwise, without a dent, and large enough: what the server takes. */
export function usable(corners: CardCorners): boolean {
  let twice = 0;
  for (let index = 0; index < 4; index++) {
    const a = cornerOf(corners, index);
    const b = cornerOf(corners, (index + 1) % 4);
    const c = cornerOf(corners, (index + 2) % 4);
    if ((b.x - a.x) * (c.y - b.y) - (b.y - a.y) * (c.x - b.x) <= 0) return false;
    twice += a.x * b.y - b.x * a.y;
  }
  return twice / 2 >= (kScale * kScale) / 500;
}
