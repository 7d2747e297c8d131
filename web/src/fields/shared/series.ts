import type { FieldValue } from '@/api';

// How the fill handle goes on from what is there, as Excel does it: two numbers or more with one step between them
// continue, dates go on by their step or by the day, and everything else is repeated.

export type Series = 'number' | 'date';

/** `count` more values behind `values` (not empty), in their order. */
export function continued(
  values: readonly FieldValue[],
  count: number,
  series: Series | undefined,
): FieldValue[] {
  const next = series === 'number' ? numberStep(values) : series === 'date' ? dateStep(values) : undefined;
  return Array.from({ length: count }, (_, at) => (next ? next(at + 1) : values[at % values.length]));
}

type Next = (places: number) => FieldValue;

function numberStep(values: readonly FieldValue[]): Next | undefined {
  const numbers = values.filter((value) => typeof value === 'number');
  const [first, second] = numbers;
  const last = numbers.at(-1);
  if (numbers.length !== values.length || first === undefined || second === undefined || last === undefined)
    return undefined;
  const step = second - first;
  const even = numbers.every((value, at) => at === 0 || close(value - (numbers[at - 1] ?? 0), step));
  return even ? (places) => tidy(last + step * places) : undefined;
}

// 0.1 + 0.2 is 0.3 to whoever counts money.
function tidy(value: number): number {
  return Number.isInteger(value) ? value : Number(value.toPrecision(12));
}
function close(a: number, b: number): boolean {
  return tidy(a) === tidy(b);
}

const kDay = 86_400_000; // milliseconds

function dateStep(values: readonly FieldValue[]): Next | undefined {
  const days = values.map((value) =>
    typeof value === 'string' && /^\d{4}-\d{2}-\d{2}$/.test(value) ? Date.parse(value) : Number.NaN,
  );
  const last = days.at(-1);
  if (last === undefined || days.some(Number.isNaN)) return undefined;
  const byMonth = monthStep(days, last);
  if (byMonth) return byMonth;
  const steps = days.slice(1).map((day, at) => day - (days[at] ?? 0));
  const step = steps[0] ?? kDay;
  return steps.every((each) => each === step) ? (places) => isoDay(last + step * places) : undefined;
}

// The same day of every month, or of every few months.
function monthStep(days: readonly number[], last: number): Next | undefined {
  const months = days.map((day) => monthOf(day));
  const steps = months.slice(1).map((month, at) => month - (months[at] ?? 0));
  const step = steps[0] ?? 0;
  const day = new Date(last).getUTCDate();
  const sameDay = days.every((each) => new Date(each).getUTCDate() === day);
  if (step === 0 || !sameDay || steps.some((each) => each !== step)) return undefined;
  return (places) => {
    const month = monthOf(last) + step * places;
    const length = new Date(Date.UTC(0, month + 1, 0)).getUTCDate();
    return isoDay(Date.UTC(Math.floor(month / 12), month % 12, Math.min(day, length)));
  };
}

function monthOf(day: number): number {
  const date = new Date(day);
  return date.getUTCFullYear() * 12 + date.getUTCMonth();
}
function isoDay(day: number): string {
  return new Date(day).toISOString().slice(0, 10);
}
